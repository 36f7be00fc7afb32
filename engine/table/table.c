#include "table/table_p.h"

#include "base/array.h"
#include "model/blocks.h"
#include "model/message.h"

/* ---- the header ---- */

static bool check_header_surplus(const pv_table_loader *loader) {
    pv_cell surplus = pv_rows_filled_from(loader->rows, 2);
    const char *advice = loader->rows->separator == 0 ? "" : "; put the value in quotes when a separator belongs to it";
    return surplus.blank || pv_problems_add(loader->problems, PV_PROBLEM_WRONG_TYPE, surplus.at, loader->tree.error,
                                            "a header row has a name and one value%s", advice);
}

bool pv_table_read_form_row(pv_table_loader *loader) {
    pv_cell cell = pv_rows_cell(loader->rows, 1);
    if (cell.blank)
        return pv_fail_without_form_name(&cell, loader->tree.error);
    loader->form_name = pv_table_scalar(&loader->tree, &cell);
    return loader->form_name && check_header_surplus(loader);
}

/* What a formula comes to is the business of the program that saved it. */
static bool check_valued(const pv_table_loader *loader, const pv_cell *cell) {
    return !cell->unvalued ||
           pv_problems_add(loader->problems, PV_PROBLEM_WRONG_TYPE, cell->at, loader->tree.error,
                           "this formula was saved without its value; open the workbook in a spreadsheet program and "
                           "save it again");
}

static bool add_field(pv_table_loader *loader, const pv_cell *name, size_t field) {
    const pv_value_spec *spec = &loader->form->fields[field];
    const pv_cell cell = pv_rows_cell(loader->rows, 1);
    if (loader->field_given[field])
        return pv_problems_add(loader->problems, PV_PROBLEM_UNKNOWN_NAME, name->at, loader->tree.error,
                               "“%s” is given in a row above already; keep one of the two",
                               pv_message_quote(spec->label).text);
    loader->field_given[field] = true;
    if (!check_valued(loader, &cell))
        return false;
    pv_node *key = pv_table_key(&loader->tree, spec->name, name->at);
    pv_node *value = key ? pv_table_value(&loader->tree, spec, &cell) : NULL;
    if (!value)
        return false;
    pv_table_add(&loader->fields, key, value);
    return check_header_surplus(loader);
}

static bool fail_headings_too_early(const pv_table_loader *loader) {
    return pv_fail_at(loader->tree.error, PV_ERROR_SHAPE, loader->rows->at,
                      "these are headings; an empty row belongs between them and the rows above");
}

static bool report_unknown_field(pv_table_loader *loader, const pv_cell *name) {
    const pv_names known = {.names = loader->names->fields.spellings, .count = loader->names->fields.count};
    bool are_headings;
    if (!pv_table_is_headings(&loader->tree, loader->form, &are_headings))
        return false;
    if (are_headings)
        return fail_headings_too_early(loader);
    const pv_node *written = pv_table_scalar(&loader->tree, name);
    return written && pv_problems_add_unknown(loader->problems, "the form", PV_STR(""), "field", written, &known, "",
                                              loader->tree.error);
}

bool pv_table_read_field_row(pv_table_loader *loader) {
    const pv_cell name = loader->rows->row[0];
    pv_error *error = loader->tree.error;
    pv_text text;
    uint64_t key;
    if (name.blank)
        return pv_problems_add(loader->problems, PV_PROBLEM_MISSING_PART, name.at, error,
                               "this row gives a value and does not say of which field");
    if (!pv_table_text(&loader->tree, &name, &text) || !pv_synonym_key(loader->tree.arena, text.value, &key, error))
        return false;
    size_t field = pv_synonyms_find(&loader->names->fields, key);
    return field == SIZE_MAX ? report_unknown_field(loader, &name) : add_field(loader, &name, field);
}

/* From the row that names the form to the empty one. */
static bool read_header(pv_table_loader *loader) {
    pv_rows *rows = loader->rows;
    bool found;
    if (!pv_table_read_form_row(loader))
        return false;
    for (;;) {
        loader->header_end = rows->at.end;
        if (!rows->next(rows, &found, loader->tree.error))
            return false;
        if (!found || rows->blank)
            return true;
        if (!rows->remark && !pv_table_read_field_row(loader))
            return false;
    }
}

/* ---- rows ---- */

static bool find_kind(const pv_table_loader *loader, size_t *out) {
    const pv_form_headings *names = loader->names;
    pv_error *error = loader->tree.error;
    *out = 0;
    if (loader->form->record_count == 1 && names->kind.size == 0)
        return true;
    *out = loader->headings.called;
    if (loader->headings.kind == SIZE_MAX)
        return true;
    *out = SIZE_MAX;
    const pv_cell cell = pv_rows_cell(loader->rows, loader->headings.kind);
    if (cell.blank)
        return pv_problems_add(
            loader->problems, PV_PROBLEM_MISSING_PART, cell.at, error, "this row does not say under %s what it is%s",
            pv_message_quote(names->kind).text,
            pv_message_hint(PV_STR(""), loader->form->record_names.names, loader->form->record_count).text);
    const pv_node *name = pv_table_scalar(&loader->tree, &cell);
    uint64_t key;
    if (!name || !pv_synonym_key(loader->tree.arena, pv_node_value(name), &key, error))
        return false;
    *out = pv_synonyms_find(&names->kinds, key);
    const pv_names known = {.names = names->kinds.spellings, .count = names->kinds.count};
    return *out != SIZE_MAX ||
           pv_problems_add_unknown(loader->problems, "the form", PV_STR(""), "record kind", name, &known, "", error);
}

/* A filled cell under a heading that is none of its row's kind. */
static bool report_foreign(const pv_table_loader *loader, const pv_table_heading *heading, size_t kind,
                           const pv_cell *cell) {
    const pv_form *form = loader->form;
    size_t other = 0;
    while (other < form->record_count && !heading->keys[other])
        other++;
    if (heading->state != PV_HEADING_COLUMN || other == form->record_count)
        return true;
    return pv_problems_add(loader->problems, PV_PROBLEM_UNKNOWN_NAME, cell->at, loader->tree.error,
                           "a row of “%s” has no column %s, which is one of “%s”; leave the cell empty",
                           pv_message_quote(form->records[kind].label).text,
                           pv_message_quote(pv_source_slice(loader->tree.rows->source, heading->cell.at)).text,
                           pv_message_quote(form->records[other].label).text);
}

static bool read_cell(pv_table_loader *loader, pv_branch *row, size_t kind, pv_table_heading *heading,
                      const pv_cell *cell) {
    const pv_node *key = heading->keys[kind];
    heading->used = heading->used || !cell->blank;
    if (!key)
        return cell->blank || report_foreign(loader, heading, kind, cell);
    const pv_value_spec *spec = &loader->form->records[kind].columns[heading->columns[kind]];
    if (!check_valued(loader, cell))
        return false;
    pv_node *value = pv_table_value(&loader->tree, spec, cell);
    if (value)
        pv_table_add(row, key, value);
    return value != NULL;
}

static bool add_record(pv_table_loader *loader, size_t kind, pv_node *row) {
    pv_branch *rows = &loader->records[kind];
    if (!rows->node)
        *rows = pv_table_branch(&loader->tree, PV_NODE_SEQUENCE, row->span.start);
    if (!rows->node)
        return false;
    pv_table_add(rows, NULL, row);
    loader->used[kind] = true;
    loader->used_here[kind] = true;
    return true;
}

static bool check_surplus(const pv_table_loader *loader) {
    const pv_cell surplus = pv_rows_filled_from(loader->rows, loader->headings.count);
    const char *separator = loader->rows->separator == ',' ? "comma" : "separator";
    if (!surplus.blank && loader->rows->separator == 0)
        return pv_problems_add(loader->problems, PV_PROBLEM_WRONG_TYPE, surplus.at, loader->tree.error,
                               "no heading stands above this cell");
    return surplus.blank ||
           pv_problems_add(loader->problems, PV_PROBLEM_WRONG_TYPE, surplus.at, loader->tree.error,
                           "this row has %zu cells under %zu headings; put a text in quotes when a %s belongs to it",
                           loader->rows->count, loader->headings.count, separator);
}

/* ---- sums ---- */

static bool is_one_of(pv_str word, const pv_str *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (pv_str_equal_ascii_folded(word, words[i]))
            return true;
    return false;
}

/* Whether a text calls what stands beside it a sum, and nothing else: “Total”, “Sub-total:”, “Grand total (£)”. */
static bool calls_sum(pv_arena *arena, pv_str text, bool *out, pv_error *error) {
    static const pv_str sums[] = {PV_STR("total"), PV_STR("totals"), PV_STR("subtotal"), PV_STR("subtotals"),
                                  PV_STR("sum")};
    static const pv_str others[] = {PV_STR("grand"), PV_STR("sub"),   PV_STR("overall"), PV_STR("project"),
                                    PV_STR("cost"),  PV_STR("costs"), PV_STR("amount"),  PV_STR("budget"),
                                    PV_STR("of"),    PV_STR("the"),   PV_STR("all"),     PV_STR("above"),
                                    PV_STR("rows")};
    pv_token_list tokens;
    bool has_sum = false;
    *out = false;
    if (!pv_tokens_find(arena, text, &tokens, error))
        return false;
    for (size_t i = 0; i < tokens.count; i++) {
        const pv_str word = pv_str_slice(text, tokens.tokens[i].at.start, tokens.tokens[i].at.end);
        const bool is_sum = is_one_of(word, sums, sizeof sums / sizeof *sums) ||
                            pv_str_equal_ascii_folded(word, PV_STR("sub-total")) ||
                            pv_str_equal_ascii_folded(word, PV_STR("sub-totals"));
        if (!is_sum && !is_one_of(word, others, sizeof others / sizeof *others))
            return true;
        has_sum |= is_sum;
    }
    *out = has_sum;
    return true;
}

/* Whether a text is a number or an amount, as one writes a sum. */
static bool is_number(pv_str text) {
    bool has_digit = false;
    for (size_t i = 0; i < text.size; i++) {
        has_digit |= text.data[i] >= '0' && text.data[i] <= '9';
        if (pv_ascii_is_letter(text.data[i]))
            return false;
    }
    return has_digit;
}

/* Whether the row read last is the sum of those above: its first filled cell says so, and in the others there are
 * numbers, at least one. */
static bool is_row_of_sums(const pv_table_loader *loader, bool *out) {
    const pv_rows *rows = loader->rows;
    const pv_cell first = pv_rows_filled_from(rows, 0);
    pv_text text;
    size_t numbers = 0;
    *out = false;
    if (rows->separator != 0 || first.blank)
        return true;
    if (!pv_table_text(&loader->tree, &first, &text) ||
        !calls_sum(loader->tree.arena, text.value, out, loader->tree.error))
        return false;
    bool is_first = true;
    for (size_t i = 0; i < rows->count && *out; i++) {
        if (rows->row[i].blank)
            continue;
        if (!pv_table_text(&loader->tree, &rows->row[i], &text))
            return false;
        numbers += is_number(text.value);
        *out = is_first || is_number(text.value);
        is_first = false;
    }
    *out = *out && numbers > 0;
    return true;
}

bool pv_table_leave_out(pv_table_loader *loader, const pv_cell *cell, pv_str what) {
    pv_left_out *added = PV_ARRAY_ADD(loader->tree.arena, &loader->left_out);
    if (!added || !what.data)
        return pv_fail_memory(loader->tree.error);
    *added = (pv_left_out){cell->at, what};
    return true;
}

bool pv_table_read_record(pv_table_loader *loader) {
    size_t kind;
    bool are_sums;
    if (!is_row_of_sums(loader, &are_sums))
        return false;
    if (are_sums) {
        const pv_cell first = pv_rows_filled_from(loader->rows, 0);
        loader->rows->use = PV_ROW_LEFT_OUT;
        return pv_table_leave_out(loader, &first,
                                  PV_STR("this row sums up those above it, and was not read as a record"));
    }
    loader->rows->use = PV_ROW_READ;
    if (!find_kind(loader, &kind))
        return false;
    if (kind == SIZE_MAX)
        return check_surplus(loader);
    pv_branch row = pv_table_branch(&loader->tree, PV_NODE_MAPPING, loader->rows->at.start);
    if (!row.node)
        return false;
    for (size_t i = 0; i < loader->headings.count; i++) {
        const pv_cell cell = pv_rows_cell(loader->rows, i);
        if (!read_cell(loader, &row, kind, &loader->headings.list[i], &cell))
            return false;
    }
    row.node->span = loader->rows->at;
    return add_record(loader, kind, row.node) && check_surplus(loader);
}

/* From the row read last, which is to be the headings, to the end. */
static bool read_table(pv_table_loader *loader) {
    pv_rows *rows = loader->rows;
    pv_error *error = loader->tree.error;
    bool found;
    if (!pv_table_read_headings(&loader->headings, &loader->tree, loader->form, SIZE_MAX, loader->problems))
        return false;
    for (;;) {
        if (!pv_rows_next_filled(rows, &found, error))
            return false;
        if (!found)
            return pv_table_check_headings(&loader->headings, loader->used_here, loader->problems, error);
        if (!pv_table_read_record(loader))
            return false;
    }
}

/* ---- the whole ---- */

static bool add_part(const pv_table_loader *loader, pv_branch *root, pv_str name, uint32_t at, pv_node *part) {
    pv_node *key = pv_table_key(&loader->tree, name, (pv_span){at, at});
    if (key)
        pv_table_add(root, key, part);
    return key != NULL;
}

static bool add_records(const pv_table_loader *loader, pv_branch *root) {
    uint32_t at = loader->headings.at.end;
    pv_branch records = pv_table_branch(&loader->tree, PV_NODE_MAPPING, at);
    if (!records.node)
        return false;
    for (size_t i = 0; i < loader->form->record_count; i++)
        if (loader->used[i] && !add_part(loader, &records, loader->form->records[i].name, at, loader->records[i].node))
            return false;
    return add_part(loader, root, PV_STR("records"), at, records.node);
}

/* A file whose pack was named is one on that pack's form. */
static pv_node *name_form(const pv_table_loader *loader) {
    uint32_t start = loader->header_end;
    return loader->form_name ? loader->form_name
                             : pv_table_key(&loader->tree, loader->form->id, (pv_span){start, start});
}

static bool finish(pv_table_loader *loader, pv_document *document) {
    const pv_source *source = loader->tree.rows->source;
    uint32_t start = (uint32_t)pv_source_text_start(source);
    pv_branch root = pv_table_branch(&loader->tree, PV_NODE_MAPPING, start);
    pv_node *name = root.node ? name_form(loader) : NULL;
    if (!name || !add_part(loader, &root, PV_STR("form"), start, name) ||
        !add_part(loader, &root, PV_STR("fields"), loader->header_end, loader->fields.node) ||
        !add_records(loader, &root))
        return false;
    *document = (pv_document){
        .is_made = true,
        .source = source,
        .root = root.node,
        .has_headings = true,
        .left_out = loader->left_out.items,
        .left_out_count = loader->left_out.count,
        .problems = loader->problems,
    };
    return true;
}

/* As the form says that values are written, in a file with this separator. */
static bool spell(pv_table_loader *loader) {
    pv_spelling *spelling = PV_NEW(loader->tree.arena, pv_spelling);
    if (!spelling)
        return pv_fail_memory(loader->tree.error);
    *spelling = loader->names->spelling;
    spelling->semicolons = loader->rows->separator == ';';
    loader->tree.spelling = spelling;
    return true;
}

static bool begin(pv_table_loader *loader) {
    const pv_table_tree *tree = &loader->tree;
    uint32_t start = (uint32_t)pv_source_text_start(tree->rows->source);
    loader->header_end = start;
    loader->field_given = PV_NEW_ARRAY(tree->arena, bool, loader->form->field_count);
    loader->records = PV_NEW_ARRAY(tree->arena, pv_branch, loader->form->record_count);
    loader->used = PV_NEW_ARRAY(tree->arena, bool, loader->form->record_count);
    loader->used_here = PV_NEW_ARRAY(tree->arena, bool, loader->form->record_count);
    loader->fields = pv_table_branch(tree, PV_NODE_MAPPING, start);
    if (!loader->field_given || !loader->records || !loader->used || !loader->used_here || !loader->fields.node)
        return pv_fail_memory(tree->error);
    return spell(loader);
}

/* One table, its headings in the first filled row or in the one after the header. */
static bool read_whole(pv_table_loader *loader) {
    pv_rows *rows = loader->rows;
    pv_error *error = loader->tree.error;
    bool found;
    if (!pv_rows_next_filled(rows, &found, error))
        return false;
    if (found && pv_rows_name_form(rows) && (!read_header(loader) || !pv_rows_next_filled(rows, &found, error)))
        return false;
    uint32_t end = (uint32_t)rows->source->bytes.size;
    if (!found)
        return pv_fail_at(error, PV_ERROR_SHAPE, (pv_span){end, end}, "the row of headings is missing; it belongs %s",
                          loader->form_name ? "after the header and an empty row" : "at the top of the file");
    return read_table(loader);
}

static pv_table_loader loader_of(pv_arena *arena, pv_rows *rows, const pv_form *form, pv_problems *problems,
                                 pv_error *error) {
    return (pv_table_loader){
        .rows = rows,
        .tree = {.arena = arena, .rows = rows, .error = error},
        .form = form,
        .names = form->called,
        .problems = problems,
    };
}

bool pv_table_load(pv_document **out, pv_arena *arena, pv_rows *rows, const pv_form *form, pv_str format,
                   const pv_limits *limits, pv_error *error) {
    pv_document *document = PV_NEW(arena, pv_document);
    pv_problems *problems = PV_NEW(arena, pv_problems);
    pv_table_loader loader = loader_of(arena, rows, form, problems, error);
    if (!document || !problems)
        return pv_fail_memory(error);
    if (!pv_problems_begin(problems, arena, limits->problems, NULL, error) || !begin(&loader) ||
        !(rows->separator == 0 ? pv_table_read_sheets(&loader) : read_whole(&loader)) || !finish(&loader, document))
        return false;
    document->format = format;
    *out = document;
    return true;
}

bool pv_table_read_records(pv_table_records *out, pv_arena *arena, pv_rows *rows, const pv_form *form,
                           pv_problems *problems, pv_error *error) {
    pv_table_loader loader = loader_of(arena, rows, form, problems, error);
    *out = (pv_table_records){.rows = PV_NEW_ARRAY(arena, pv_branch, form->record_count)};
    if (!out->rows)
        return pv_fail_memory(error);
    if (!form->called)
        return true;
    rows->in_document = true;
    if (!begin(&loader) || !pv_table_read_sheets(&loader))
        return false;
    *out = (pv_table_records){loader.records, loader.left_out.items, loader.left_out.count};
    return true;
}
