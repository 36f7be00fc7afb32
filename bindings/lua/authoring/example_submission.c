#include "lua/authoring/authoring_p.h"

#include "base/buf.h"

/* A node being written. */
typedef struct draft {
    pv_node node;
    struct draft *last_child;
    struct draft *earlier_scalar;
} draft;

/* A document being written: its bytes, and its nodes with spans into them. The texts of scalars follow when all bytes
 * are there, since the buffer moves as it grows. A refused allocation is kept in the buffer's `failed`; from then on
 * nodes are NULL, and what is added to them is dropped. */
typedef struct writer {
    pv_arena *arena;
    pv_buf bytes;
    draft *last_scalar;
} writer;

/* ---- nodes ---- */

static draft *new_draft(writer *out, pv_node_kind kind) {
    draft *made = PV_NEW(out->arena, draft);
    if (!made) {
        out->bytes.failed = true;
        return NULL;
    }
    made->node.kind = kind;
    made->node.span.start = made->node.span.end = (uint32_t)out->bytes.size;
    return made;
}

/* A scalar over text, which is written. */
static draft *write_scalar(writer *out, pv_str text) {
    draft *scalar = new_draft(out, PV_NODE_SCALAR);
    pv_buf_append(&out->bytes, text);
    if (!scalar)
        return NULL;
    scalar->node.span.end = (uint32_t)out->bytes.size;
    scalar->earlier_scalar = out->last_scalar;
    out->last_scalar = scalar;
    return scalar;
}

/* Makes child the last in parent, whose span grows to hold it; key is NULL in a sequence. */
static void adopt(draft *parent, const draft *key, draft *child) {
    child->node.parent = &parent->node;
    child->node.key = key ? &key->node : NULL;
    child->node.index = parent->node.count++;
    if (parent->last_child)
        parent->last_child->node.next = &child->node;
    else
        parent->node.first = &child->node;
    parent->last_child = child;
}

static void start_line(writer *out, size_t depth) {
    if (out->bytes.size > 0)
        pv_buf_append_char(&out->bytes, '\n');
    pv_buf_append_repeat(&out->bytes, ' ', 2 * depth);
}

/* Writes "name:" on a line of its own; what it names is added with adopt. */
static draft *write_key(writer *out, size_t depth, pv_str name) {
    start_line(out, depth);
    draft *key = write_scalar(out, name);
    pv_buf_append_char(&out->bytes, ':');
    return key;
}

/* An empty mapping or sequence under a name. */
static draft *write_collection(writer *out, draft *parent, size_t depth, pv_str name, pv_node_kind kind) {
    draft *key = write_key(out, depth, name);
    draft *made = new_draft(out, kind);
    if (!parent || !key || !made)
        return NULL;
    adopt(parent, key, made);
    return made;
}

static void write_named_text(writer *out, draft *parent, size_t depth, pv_str name, pv_str text) {
    draft *key = write_key(out, depth, name);
    pv_buf_append_char(&out->bytes, ' ');
    draft *value = write_scalar(out, text);
    if (parent && key && value)
        adopt(parent, key, value);
}

/* The spans of collections, once their contents are written: from the first child to the end of the last. */
static void close_span(draft *collection) {
    if (!collection || !collection->node.first)
        return;
    const pv_node *first = collection->node.first;
    collection->node.span.start = first->key ? first->key->span.start : first->span.start;
    collection->node.span.end = collection->last_child->node.span.end;
}

/* ---- the parts of a submission ---- */

static void write_entry(writer *out, draft *parent, size_t depth, const pv_example_entry *entry) {
    if (!entry->elements) {
        write_named_text(out, parent, depth, entry->name, entry->text);
        return;
    }
    draft *list = write_collection(out, parent, depth, entry->name, PV_NODE_SEQUENCE);
    for (size_t i = 0; i < entry->element_count; i++) {
        start_line(out, depth + 1);
        pv_buf_append_text(&out->bytes, "- ");
        draft *element = write_scalar(out, entry->elements[i]);
        if (list && element)
            adopt(list, NULL, element);
    }
    close_span(list);
}

static void write_entries(writer *out, draft *mapping, size_t depth, const pv_example_entries *entries) {
    for (size_t i = 0; i < entries->count; i++)
        write_entry(out, mapping, depth, &entries->entries[i]);
    close_span(mapping);
}

static void write_rows(writer *out, draft *parent, const pv_example_records *records) {
    draft *list = write_collection(out, parent, 1, records->kind, PV_NODE_SEQUENCE);
    for (size_t i = 0; i < records->row_count; i++) {
        start_line(out, 2);
        pv_buf_append_char(&out->bytes, '-');
        draft *row = new_draft(out, PV_NODE_MAPPING);
        if (list && row)
            adopt(list, NULL, row);
        write_entries(out, row, 3, &records->rows[i]);
    }
    close_span(list);
}

/* A value that an item may have, for an example that does not say what it answers. */
static pv_str sample_of(const pv_value_spec *spec) {
    if (spec->prefilled)
        return pv_value_written(spec->prefilled);
    if (spec->choice_count > 0)
        return spec->choices[0];
    if (spec->table)
        return spec->table->row_count > 0 ? pv_row_title(&spec->table->rows[0]) : PV_STR("");
    return pv_str_from(pv_type_of(spec->type)->sample);
}

/* What answers item in an example that answers all. */
static void answer(writer *out, const pv_item *item, pv_str row, pv_example_entry *entry) {
    if (!item->spec) {
        entry->text = pv_arena_format(out->arena, "This answers %.*s%s%.*s.", PV_STR_ARG(item->full_id),
                                      row.size > 0 ? " for " : "", PV_STR_ARG(row));
        out->bytes.failed |= !entry->text.data;
        return;
    }
    entry->text = sample_of(item->spec);
    if (item->spec->type == PV_TYPE_LIST) {
        pv_str *element = PV_NEW(out->arena, pv_str);
        out->bytes.failed |= !element;
        if (element)
            *element = entry->text;
        entry->elements = element;
        entry->element_count = element ? 1 : 0;
    }
}

/* ---- rows for which measures are given ---- */

void pv_example_split(pv_str name, pv_str *id, pv_str *row) {
    size_t open = pv_str_find(name, PV_STR(" ("), 0);
    *id = name;
    *row = PV_STR("");
    if (open == SIZE_MAX || name.data[name.size - 1] != ')')
        return;
    *id = pv_str_slice(name, 0, open);
    *row = pv_str_slice(name, open + 2, name.size - 1);
}

/* Whether name is the id, or the id with this row in brackets. */
static bool is_for(pv_str name, pv_str id, pv_str row) {
    pv_str named, its_row;
    if (pv_str_equal(name, id))
        return true;
    pv_example_split(name, &named, &its_row);
    return pv_str_equal(named, id) && pv_str_equal(its_row, row);
}

/* The rows that the example gives of a kind; NULL: none. */
static const pv_example_records *rows_given(const pv_example *example, pv_str kind) {
    for (size_t i = 0; i < example->record_count; i++)
        if (pv_str_equal(example->records[i].kind, kind) && example->records[i].row_count > 0)
            return &example->records[i];
    return NULL;
}

static pv_str text_of(const pv_example_entries *row, pv_str column) {
    for (size_t i = 0; row && i < row->count; i++)
        if (pv_str_equal(row->entries[i].name, column))
            return row->entries[i].text;
    return PV_STR("");
}

/* What a row is called by its key; row: NULL for the one that is made where the example gives none. */
static pv_str row_name(writer *out, const pv_record_spec *records, const pv_example_entries *row) {
    pv_str name = PV_STR("");
    for (size_t i = 0; i < records->key_count && name.data; i++) {
        const pv_value_spec *column = &records->columns[records->key[i]];
        pv_str text = row ? text_of(row, column->name) : sample_of(column);
        name = pv_arena_format(out->arena, "%.*s%s%.*s", PV_STR_ARG(name), i > 0 ? ", " : "", PV_STR_ARG(text));
    }
    out->bytes.failed |= !name.data;
    return name.data ? name : PV_STR("");
}

/* ---- measures ---- */

/* What answers item, in this row of a measure for each; false when nothing does. */
static bool find_response(writer *out, const pv_example_setting *setting, const pv_item *item, pv_str row,
                          pv_example_entry *entry) {
    const pv_example *example = setting->example;
    *entry = (pv_example_entry){.name = item->id};
    bool is_named = setting->item == item && (example->item.size == 0 || is_for(example->item, item->full_id, row));
    if (example->has_response && (is_named || (!setting->item && (!item->spec || setting->typed)))) {
        entry->text = example->response;
        return true;
    }
    for (size_t i = 0; i < example->responses.count; i++) {
        if (is_for(example->responses.entries[i].name, item->full_id, row)) {
            *entry = example->responses.entries[i];
            entry->name = item->id;
            return true;
        }
    }
    if (example->complete)
        answer(out, item, row, entry);
    return example->complete;
}

/* Whether the example says something under the measure, for a row that is called so. */
static bool is_answered(writer *out, const pv_example_setting *setting, const pv_measure *measure, pv_str row) {
    pv_example_entry entry;
    for (size_t i = 0; i < measure->item_count; i++)
        if (find_response(out, setting, &measure->items[i], row, &entry))
            return true;
    return false;
}

/* The responses, under the name of the measure or of its row. */
static void write_responses(writer *out, draft *parent, size_t depth, const pv_example_setting *setting,
                            const pv_measure *measure, pv_str name, pv_str row) {
    pv_example_entry entry;
    if (!is_answered(out, setting, measure, row))
        return;
    draft *mapping = write_collection(out, parent, depth, name, PV_NODE_MAPPING);
    for (size_t i = 0; i < measure->item_count; i++)
        if (find_response(out, setting, &measure->items[i], row, &entry))
            write_entry(out, mapping, depth + 1, &entry);
    close_span(mapping);
}

/* Under the measure, which *rows stands for once there is something in it, what is said of this row. */
static void write_row_of(writer *out, draft *parent, draft **rows, const pv_example_setting *setting,
                         const pv_measure *measure, pv_str name) {
    if (name.size == 0 || !is_answered(out, setting, measure, name))
        return;
    if (!*rows)
        *rows = write_collection(out, parent, 1, measure->id, PV_NODE_MAPPING);
    write_responses(out, *rows, 2, setting, measure, name, name);
}

static void write_measure(writer *out, draft *parent, const pv_example_setting *setting, const pv_measure *measure) {
    const pv_table *table = measure->for_table;
    const pv_record_spec *records = measure->for_records;
    draft *rows = NULL;
    if (!table && !records)
        write_responses(out, parent, 1, setting, measure, measure->id, PV_STR(""));
    for (size_t i = 0; table && i < table->row_count; i++)
        write_row_of(out, parent, &rows, setting, measure, pv_row_title(&table->rows[i]));
    const pv_example_records *given = records ? rows_given(setting->example, records->name) : NULL;
    for (size_t i = 0; given && i < given->row_count; i++)
        write_row_of(out, parent, &rows, setting, measure, row_name(out, records, &given->rows[i]));
    if (records && !given)
        write_row_of(out, parent, &rows, setting, measure, row_name(out, records, NULL));
    close_span(rows);
}

/* A row for what the example answers under a measure for each row of a kind of which it gives none. */
static void write_row_made(writer *out, draft *parent, const pv_example_setting *setting,
                           const pv_record_spec *records) {
    pv_str name = row_name(out, records, NULL);
    bool is_needed = false;
    for (size_t i = 0; i < setting->form->measure_count && !is_needed; i++)
        is_needed = setting->form->measures[i].for_records == records &&
                    is_answered(out, setting, &setting->form->measures[i], name);
    if (!is_needed || rows_given(setting->example, records->name))
        return;
    draft *list = write_collection(out, parent, 1, records->name, PV_NODE_SEQUENCE);
    start_line(out, 2);
    pv_buf_append_char(&out->bytes, '-');
    draft *row = new_draft(out, PV_NODE_MAPPING);
    if (list && row)
        adopt(list, NULL, row);
    for (size_t i = 0; i < records->column_count; i++)
        if (records->columns[i].required)
            write_named_text(out, row, 3, records->columns[i].name, sample_of(&records->columns[i]));
    close_span(row);
    close_span(list);
}

/* ---- the whole ---- */

static draft *write_document(writer *out, const pv_example_setting *setting) {
    const pv_form *form = setting->form;
    const pv_example *example = setting->example;
    draft *root = new_draft(out, PV_NODE_MAPPING);
    write_named_text(out, root, 0, PV_STR("form"), form->id);
    write_entries(out, write_collection(out, root, 0, PV_STR("fields"), PV_NODE_MAPPING), 1, &example->fields);
    draft *records = write_collection(out, root, 0, PV_STR("records"), PV_NODE_MAPPING);
    for (size_t i = 0; i < example->record_count; i++)
        write_rows(out, records, &example->records[i]);
    for (size_t i = 0; i < form->record_count; i++)
        write_row_made(out, records, setting, &form->records[i]);
    close_span(records);
    draft *measures = write_collection(out, root, 0, PV_STR("measures"), PV_NODE_MAPPING);
    for (size_t i = 0; i < form->measure_count; i++)
        write_measure(out, measures, setting, &form->measures[i]);
    close_span(measures);
    close_span(root);
    return root;
}

/* ---- from the writer to the submission ---- */

static bool fill_scalars(const writer *out, const pv_source *source, pv_error *error) {
    for (draft *scalar = out->last_scalar; scalar; scalar = scalar->earlier_scalar) {
        pv_span span = scalar->node.span;
        if (!pv_text_verbatim(&scalar->node.text, out->arena, pv_source_slice(source, span), span.start, error))
            return false;
        scalar->node.text.span = span;
    }
    return true;
}

/* The name of a response is that of its item; where it has a row in brackets, the submission has that too. */
static bool check_response_name(const pv_form *form, const pv_submission *submission, pv_str name, pv_error *error) {
    pv_str id, row;
    pv_example_split(name, &id, &row);
    const pv_item *item = pv_form_item(form, name);
    if (!item && row.size > 0)
        item = pv_form_item(form, id);
    bool found = item && (row.size == 0 || pv_str_equal(item->full_id, name));
    pv_filed_list list = {NULL, 0};
    if (!found && item)
        list = pv_submission_filed(submission, item->measure);
    for (size_t i = 0; i < list.count && !found; i++)
        found = pv_str_equal(list.measures[i].row_name, row);
    return found ||
           pv_fail(error, PV_ERROR_NOT_FOUND,
                   item ? "the example has no row for \"%.*s\"" : "the form has no item \"%.*s\"", PV_STR_ARG(name));
}

/* Names an example uses and the form has not are mistakes of the example, not findings. */
static bool check_names(const pv_example_setting *setting, const pv_submission *submission, pv_error *error) {
    for (size_t i = 0; i < submission->problem_count; i++)
        if (submission->problems[i].kind == PV_PROBLEM_UNKNOWN_NAME)
            return pv_fail(error, PV_ERROR_NOT_FOUND, "%.*s", PV_STR_ARG(submission->problems[i].message));
    const pv_example_entries *responses = &setting->example->responses;
    for (size_t i = 0; i < responses->count; i++)
        if (!check_response_name(setting->form, submission, responses->entries[i].name, error))
            return false;
    return true;
}

/* A value of the wrong type, or that is none of the choices, makes an example mean less than it says: the rule sees
 * something that cannot be read. Where that is meant, the example says so. */
static bool check_values(const pv_example_setting *setting, const pv_submission *submission, pv_error *error) {
    bool says = setting->example->unreadable;
    for (size_t i = 0; i < submission->problem_count; i++) {
        if (submission->problems[i].kind != PV_PROBLEM_WRONG_TYPE)
            continue;
        return says ||
               pv_fail(error, PV_ERROR_SHAPE, "%.*s (where the example is about just that, it says unreadable = true)",
                       PV_STR_ARG(submission->problems[i].message));
    }
    return !says ||
           pv_fail(error, PV_ERROR_SHAPE, "the example says unreadable = true, and every value in it can be read");
}

bool pv_example_submission(const pv_submission **out, pv_arena *arena, const pv_example_setting *setting,
                           pv_error *error) {
    writer document_writer = {.arena = arena, .bytes = pv_buf_on(pv_arena_memory(arena))};
    const draft *root = write_document(&document_writer, setting);
    pv_buf_append_char(&document_writer.bytes, '\n');
    pv_str bytes = {NULL, 0};
    if (!document_writer.bytes.failed)
        bytes = pv_arena_copy(arena, pv_buf_str(&document_writer.bytes));
    pv_buf_clear(&document_writer.bytes);
    pv_document *document = PV_NEW(arena, pv_document);
    if (!bytes.data || !document)
        return pv_fail_memory(error);
    pv_source *source = NULL;
    if (!pv_source_new(&source, arena, PV_STR("example"), bytes, setting->limits, error) ||
        !fill_scalars(&document_writer, source, error))
        return false;
    *document = (pv_document){.source = source, .root = &root->node, .format = PV_STR("yaml")};
    pv_submission *submission = NULL;
    if (!pv_submission_build(&submission, arena, setting->form, document, error) ||
        !check_names(setting, submission, error) || !check_values(setting, submission, error))
        return false;
    *out = submission;
    return true;
}
