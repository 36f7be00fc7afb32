#include "load/csv.h"

#include "load/csv_headings.h"
#include "model/message.h"

typedef struct csv_loader {
    pv_csv_reader reader;
    pv_csv_tree tree;
    const pv_form *form;
    const pv_csv_form *csv;
    pv_problems *problems;
    pv_csv_headings headings;
    pv_node *form_name;     /* NULL: no row says it */
    pv_csv_branch fields;   /* by the form's names */
    bool *field_given;      /* per field of the form */
    uint32_t header_end;    /* where a further field would be added */
    pv_csv_branch *records; /* per record kind: its rows; without a node while it has none */
    bool *used;             /* per record kind: it has rows */
} csv_loader;

bool pv_csv_is_named(pv_str path) {
    pv_str ending = PV_STR(".csv");
    return path.size >= ending.size &&
           pv_str_equal_ascii_folded(pv_str_slice(path, path.size - ending.size, path.size), ending);
}

/* Whether the row read last says which form this is. */
static bool is_form_row(const pv_csv_reader *reader, const pv_source *source) {
    pv_str written = pv_source_slice(source, reader->row[0].at);
    return pv_str_equal_ascii_folded(written, PV_STR("form")) || pv_str_equal_ascii_folded(written, PV_STR("\"form\""));
}

bool pv_csv_names_form(pv_arena *arena, const pv_source *source, const pv_limits *limits) {
    pv_csv_reader reader;
    pv_error later = {0}; /* that a cell after it cannot be read is told when the file is loaded */
    bool found;
    bool opened = pv_csv_open(&reader, arena, source, limits, &later);
    (void)(opened && pv_csv_next_filled(&reader, &found, &later));
    return opened && reader.count > 1 && is_form_row(&reader, source);
}

/* ---- the header ---- */

static bool fail_without_form_name(const pv_csv_cell *cell, pv_error *error) {
    return pv_fail_at(error, PV_ERROR_SHAPE, cell->at, "the form's name belongs here, beside form");
}

bool pv_csv_form_id(pv_str *out, pv_span *at, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                    pv_error *error) {
    pv_csv_reader reader;
    bool found;
    pv_text text;
    if (!pv_csv_open(&reader, arena, source, limits, error) || !pv_csv_next_filled(&reader, &found, error))
        return false;
    if (!found || !is_form_row(&reader, source)) {
        uint32_t start = (uint32_t)pv_source_text_start(source);
        return pv_fail_at(error, PV_ERROR_NOT_FOUND, (pv_span){start, start},
                          "the file does not name its form; begin it with a row form,ID and an empty row, or name the "
                          "pack with --pack");
    }
    pv_csv_cell cell = pv_csv_cell_at(&reader, 1);
    if (cell.blank)
        return fail_without_form_name(&cell, error);
    *at = cell.at;
    if (!pv_csv_cell_text(&text, arena, source, &cell, error))
        return false;
    *out = text.value;
    return true;
}

/* The first filled cell at or after index of the row read last; blank when there is none. */
static pv_csv_cell filled_from(const pv_csv_reader *reader, size_t index) {
    while (index < reader->count && reader->row[index].blank)
        index++;
    return pv_csv_cell_at(reader, index);
}

static bool check_header_surplus(const csv_loader *loader) {
    pv_csv_cell surplus = filled_from(&loader->reader, 2);
    return surplus.blank || pv_problems_add(loader->problems, PV_PROBLEM_WRONG_TYPE, surplus.at, loader->tree.error,
                                            "a header row has a name and one value; put the value in quotes when a "
                                            "separator belongs to it");
}

static bool read_form_row(csv_loader *loader) {
    pv_csv_cell cell = pv_csv_cell_at(&loader->reader, 1);
    if (cell.blank)
        return fail_without_form_name(&cell, loader->tree.error);
    loader->form_name = pv_csv_scalar(&loader->tree, &cell);
    return loader->form_name && check_header_surplus(loader);
}

static bool add_field(csv_loader *loader, const pv_csv_cell *name, size_t field) {
    const pv_value_spec *spec = &loader->form->fields[field];
    const pv_csv_cell cell = pv_csv_cell_at(&loader->reader, 1);
    if (loader->field_given[field])
        return pv_problems_add(loader->problems, PV_PROBLEM_UNKNOWN_NAME, name->at, loader->tree.error,
                               "%s is given in a row above already; keep one of the two",
                               pv_message_quote(spec->name).text);
    loader->field_given[field] = true;
    pv_node *key = pv_csv_key(&loader->tree, spec->name, name->at);
    pv_node *value = key ? pv_csv_value(&loader->tree, spec, &cell) : NULL;
    if (!value)
        return false;
    pv_csv_branch_add(&loader->fields, key, value);
    return check_header_surplus(loader);
}

static bool fail_headings_too_early(const csv_loader *loader) {
    return pv_fail_at(loader->tree.error, PV_ERROR_SHAPE, loader->reader.at,
                      "these are headings; an empty row belongs between them and the rows above");
}

static bool report_unknown_field(csv_loader *loader, const pv_csv_cell *name) {
    const pv_names known = {.names = loader->csv->fields.spellings, .count = loader->csv->fields.count};
    bool are_headings;
    if (!pv_csv_headings_seen(&loader->tree, loader->form, &loader->reader, &are_headings))
        return false;
    if (are_headings)
        return fail_headings_too_early(loader);
    const pv_node *written = pv_csv_scalar(&loader->tree, name);
    return written && pv_problems_add_unknown(loader->problems, "the form", PV_STR(""), "field", written, &known, "",
                                              loader->tree.error);
}

static bool read_field_row(csv_loader *loader) {
    const pv_csv_cell name = loader->reader.row[0];
    pv_error *error = loader->tree.error;
    pv_text text;
    uint64_t key;
    if (name.blank)
        return pv_problems_add(loader->problems, PV_PROBLEM_MISSING_PART, name.at, error,
                               "this row gives a value and does not say of which field");
    if (!pv_csv_cell_text(&text, loader->tree.arena, loader->tree.source, &name, error) ||
        !pv_synonym_key(loader->tree.arena, text.value, &key, error))
        return false;
    size_t field = pv_synonyms_find(&loader->csv->fields, key);
    return field == SIZE_MAX ? report_unknown_field(loader, &name) : add_field(loader, &name, field);
}

/* From the row that names the form to the empty one. */
static bool read_header(csv_loader *loader) {
    pv_csv_reader *reader = &loader->reader;
    bool found;
    if (!read_form_row(loader))
        return false;
    for (;;) {
        loader->header_end = reader->at.end;
        if (!pv_csv_next(reader, &found, loader->tree.error))
            return false;
        if (!found || reader->blank)
            return true;
        if (!read_field_row(loader))
            return false;
    }
}

/* ---- rows ---- */

static bool find_kind(const csv_loader *loader, size_t *out) {
    const pv_csv_form *csv = loader->csv;
    pv_error *error = loader->tree.error;
    *out = 0;
    if (csv->kind.size == 0)
        return true;
    *out = SIZE_MAX;
    const pv_csv_cell cell = pv_csv_cell_at(&loader->reader, loader->headings.kind);
    if (cell.blank)
        return pv_problems_add(
            loader->problems, PV_PROBLEM_MISSING_PART, cell.at, error, "this row does not say under %s what it is%s",
            pv_message_quote(csv->kind).text,
            pv_message_hint(PV_STR(""), loader->form->record_names.names, loader->form->record_count).text);
    const pv_node *name = pv_csv_scalar(&loader->tree, &cell);
    uint64_t key;
    if (!name || !pv_synonym_key(loader->tree.arena, pv_node_value(name), &key, error))
        return false;
    *out = pv_synonyms_find(&csv->kinds, key);
    const pv_names known = {.names = csv->kinds.spellings, .count = csv->kinds.count};
    return *out != SIZE_MAX ||
           pv_problems_add_unknown(loader->problems, "the form", PV_STR(""), "record kind", name, &known, "", error);
}

/* A filled cell under a heading that is none of its row's kind. */
static bool report_foreign(const csv_loader *loader, const pv_csv_heading *heading, size_t kind,
                           const pv_csv_cell *cell) {
    const pv_form *form = loader->form;
    size_t other = 0;
    while (other < form->record_count && !heading->keys[other])
        other++;
    if (heading->state != PV_CSV_HEADING_COLUMN || other == form->record_count)
        return true;
    return pv_problems_add(loader->problems, PV_PROBLEM_UNKNOWN_NAME, cell->at, loader->tree.error,
                           "a row of %s has no column %s, which is one of %s; leave the cell empty",
                           pv_message_quote(form->records[kind].name).text,
                           pv_message_quote(pv_node_value(heading->keys[other])).text,
                           pv_message_quote(form->records[other].name).text);
}

static bool read_cell(csv_loader *loader, pv_csv_branch *row, size_t kind, pv_csv_heading *heading,
                      const pv_csv_cell *cell) {
    const pv_node *key = heading->keys[kind];
    heading->used = heading->used || !cell->blank;
    if (!key)
        return cell->blank || report_foreign(loader, heading, kind, cell);
    const pv_value_spec *spec = &loader->form->records[kind].columns[heading->columns[kind]];
    pv_node *value = pv_csv_value(&loader->tree, spec, cell);
    if (value)
        pv_csv_branch_add(row, key, value);
    return value != NULL;
}

static bool add_record(csv_loader *loader, size_t kind, pv_node *row) {
    pv_csv_branch *rows = &loader->records[kind];
    if (!rows->node)
        *rows = pv_csv_branch_new(&loader->tree, PV_NODE_SEQUENCE, row->span.start);
    if (!rows->node)
        return false;
    pv_csv_branch_add(rows, NULL, row);
    loader->used[kind] = true;
    return true;
}

static bool check_surplus(const csv_loader *loader) {
    const pv_csv_cell surplus = filled_from(&loader->reader, loader->headings.count);
    const char *separator = loader->reader.separator == ',' ? "comma" : "separator";
    return surplus.blank ||
           pv_problems_add(loader->problems, PV_PROBLEM_WRONG_TYPE, surplus.at, loader->tree.error,
                           "this row has %zu cells under %zu headings; put a text in quotes when a %s belongs to it",
                           loader->reader.count, loader->headings.count, separator);
}

static bool read_row(csv_loader *loader) {
    size_t kind;
    if (!find_kind(loader, &kind))
        return false;
    if (kind == SIZE_MAX)
        return check_surplus(loader);
    pv_csv_branch row = pv_csv_branch_new(&loader->tree, PV_NODE_MAPPING, loader->reader.at.start);
    if (!row.node)
        return false;
    for (size_t i = 0; i < loader->headings.count; i++) {
        const pv_csv_cell cell = pv_csv_cell_at(&loader->reader, i);
        if (!read_cell(loader, &row, kind, &loader->headings.list[i], &cell))
            return false;
    }
    row.node->span = loader->reader.at;
    return add_record(loader, kind, row.node) && check_surplus(loader);
}

/* From the row read last, which is to be the headings, to the end. */
static bool read_table(csv_loader *loader) {
    pv_csv_reader *reader = &loader->reader;
    pv_error *error = loader->tree.error;
    bool found;
    if (!pv_csv_headings_read(&loader->headings, &loader->tree, loader->form, reader, loader->problems))
        return false;
    for (;;) {
        if (!pv_csv_next_filled(reader, &found, error))
            return false;
        if (!found)
            return pv_csv_headings_check(&loader->headings, loader->used, loader->problems, error);
        if (!read_row(loader))
            return false;
    }
}

/* ---- the whole ---- */

static bool add_part(const csv_loader *loader, pv_csv_branch *root, pv_str name, uint32_t at, pv_node *part) {
    pv_node *key = pv_csv_key(&loader->tree, name, (pv_span){at, at});
    if (key)
        pv_csv_branch_add(root, key, part);
    return key != NULL;
}

static bool add_records(const csv_loader *loader, pv_csv_branch *root) {
    uint32_t at = loader->headings.at.end;
    pv_csv_branch records = pv_csv_branch_new(&loader->tree, PV_NODE_MAPPING, at);
    if (!records.node)
        return false;
    for (size_t i = 0; i < loader->form->record_count; i++)
        if (loader->used[i] && !add_part(loader, &records, loader->form->records[i].name, at, loader->records[i].node))
            return false;
    return add_part(loader, root, PV_STR("records"), at, records.node);
}

/* A file whose pack was named is one on that pack's form. */
static pv_node *name_form(const csv_loader *loader) {
    uint32_t start = loader->header_end;
    return loader->form_name ? loader->form_name : pv_csv_key(&loader->tree, loader->form->id, (pv_span){start, start});
}

static bool finish(csv_loader *loader, pv_document *document) {
    const pv_source *source = loader->tree.source;
    uint32_t start = (uint32_t)pv_source_text_start(source);
    pv_csv_branch root = pv_csv_branch_new(&loader->tree, PV_NODE_MAPPING, start);
    pv_node *name = root.node ? name_form(loader) : NULL;
    if (!name || !add_part(loader, &root, PV_STR("form"), start, name) ||
        !add_part(loader, &root, PV_STR("fields"), loader->header_end, loader->fields.node) ||
        !add_records(loader, &root))
        return false;
    *document = (pv_document){
        .source = source,
        .root = root.node,
        .format = PV_STR("csv"),
        .has_headings = true,
        .problems = loader->problems,
    };
    return true;
}

static bool begin(csv_loader *loader, const pv_limits *limits) {
    const pv_csv_tree *tree = &loader->tree;
    uint32_t start = (uint32_t)pv_source_text_start(tree->source);
    loader->header_end = start;
    loader->problems = PV_NEW(tree->arena, pv_problems);
    loader->field_given = PV_NEW_ARRAY(tree->arena, bool, loader->form->field_count);
    loader->records = PV_NEW_ARRAY(tree->arena, pv_csv_branch, loader->form->record_count);
    loader->used = PV_NEW_ARRAY(tree->arena, bool, loader->form->record_count);
    loader->fields = pv_csv_branch_new(tree, PV_NODE_MAPPING, start);
    if (!loader->problems || !loader->field_given || !loader->records || !loader->used || !loader->fields.node)
        return pv_fail_memory(tree->error);
    return pv_problems_begin(loader->problems, tree->arena, NULL, tree->error) &&
           pv_csv_open(&loader->reader, tree->arena, tree->source, limits, tree->error);
}

/* The row of headings: the first filled one, or the one after the header. */
static bool find_headings(csv_loader *loader) {
    pv_csv_reader *reader = &loader->reader;
    pv_error *error = loader->tree.error;
    bool found;
    if (!pv_csv_next_filled(reader, &found, error))
        return false;
    if (found && is_form_row(reader, loader->tree.source) &&
        (!read_header(loader) || !pv_csv_next_filled(reader, &found, error)))
        return false;
    uint32_t end = (uint32_t)loader->tree.source->bytes.size;
    return found ||
           pv_fail_at(error, PV_ERROR_SHAPE, (pv_span){end, end}, "the row of headings is missing; it belongs %s",
                      loader->form_name ? "after the header and an empty row" : "at the top of the file");
}

bool pv_csv_load(pv_document **out, pv_arena *arena, const pv_source *source, const pv_form *form,
                 const pv_limits *limits, pv_error *error) {
    *out = NULL;
    if (!form->csv)
        return pv_fail(error, PV_ERROR_REFUSED,
                       "the form %s does not say how it is kept as CSV; write the submission as YAML",
                       pv_message_quote(form->id).text);
    csv_loader loader = {
        .tree = {.arena = arena, .source = source, .spelling = &form->csv->spelling, .error = error},
        .form = form,
        .csv = form->csv,
    };
    pv_document *document = PV_NEW(arena, pv_document);
    if (!document)
        return pv_fail_memory(error);
    if (!begin(&loader, limits) || !find_headings(&loader) || !read_table(&loader) || !finish(&loader, document))
        return false;
    *out = document;
    return true;
}
