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
static void answer(writer *out, const pv_item *item, pv_example_entry *entry) {
    if (!item->spec) {
        entry->text = pv_arena_format(out->arena, "This answers %.*s.", PV_STR_ARG(item->full_id));
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

/* What answers item; false when nothing does. */
static bool find_response(writer *out, const pv_example_setting *setting, const pv_item *item,
                          pv_example_entry *entry) {
    const pv_example *example = setting->example;
    *entry = (pv_example_entry){.name = item->id};
    if (example->has_response && (setting->item == item || (!setting->item && (!item->spec || setting->typed)))) {
        entry->text = example->response;
        return true;
    }
    for (size_t i = 0; i < example->responses.count; i++) {
        if (pv_str_equal(example->responses.entries[i].name, item->full_id)) {
            *entry = example->responses.entries[i];
            entry->name = item->id;
            return true;
        }
    }
    if (example->complete)
        answer(out, item, entry);
    return example->complete;
}

static void write_measure(writer *out, draft *parent, const pv_example_setting *setting, const pv_measure *measure) {
    draft *mapping = NULL;
    bool begun = false;
    for (size_t i = 0; i < measure->item_count; i++) {
        pv_example_entry entry;
        if (!find_response(out, setting, &measure->items[i], &entry))
            continue;
        if (!begun)
            mapping = write_collection(out, parent, 1, measure->id, PV_NODE_MAPPING);
        begun = true;
        write_entry(out, mapping, 2, &entry);
    }
    close_span(mapping);
}

static draft *write_document(writer *out, const pv_example_setting *setting) {
    const pv_form *form = setting->form;
    const pv_example *example = setting->example;
    draft *root = new_draft(out, PV_NODE_MAPPING);
    write_named_text(out, root, 0, PV_STR("form"), form->id);
    write_entries(out, write_collection(out, root, 0, PV_STR("fields"), PV_NODE_MAPPING), 1, &example->fields);
    draft *records = write_collection(out, root, 0, PV_STR("records"), PV_NODE_MAPPING);
    for (size_t i = 0; i < example->record_count; i++)
        write_rows(out, records, &example->records[i]);
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

/* Names an example uses and the form has not are mistakes of the example, not findings. */
static bool check_names(const pv_example_setting *setting, const pv_submission *submission, pv_error *error) {
    for (size_t i = 0; i < submission->problem_count; i++)
        if (submission->problems[i].kind == PV_PROBLEM_UNKNOWN_NAME)
            return pv_fail(error, PV_ERROR_NOT_FOUND, "%.*s", PV_STR_ARG(submission->problems[i].message));
    const pv_example_entries *responses = &setting->example->responses;
    for (size_t i = 0; i < responses->count; i++)
        if (!pv_form_item(setting->form, responses->entries[i].name))
            return pv_fail(error, PV_ERROR_NOT_FOUND, "the form has no item \"%.*s\"",
                           PV_STR_ARG(responses->entries[i].name));
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
