#include "load/table_p.h"

#include <assert.h>

#include "base/utf8.h"
#include "load/tree_p.h"
#include "model/blocks.h"
#include "model/message.h"
#include "model/submission.h"

/* ---- rows ---- */

bool pv_rows_next_filled(pv_rows *rows, bool *found, pv_error *error) {
    do {
        if (!rows->next(rows, found, error))
            return false;
    } while (*found && (rows->blank || rows->remark));
    return true;
}

pv_cell pv_rows_cell(const pv_rows *rows, size_t index) {
    if (index < rows->count)
        return rows->row[index];
    return (pv_cell){.at = {rows->at.end, rows->at.end}, .blank = true};
}

bool pv_rows_name_form(const pv_rows *rows) {
    pv_str written = pv_source_slice(rows->source, rows->row[0].at);
    return pv_str_equal_ascii_folded(written, PV_STR("form")) || pv_str_equal_ascii_folded(written, PV_STR("\"form\""));
}

bool pv_fail_without_form_name(const pv_cell *cell, pv_error *error) {
    return pv_fail_at(error, PV_ERROR_SHAPE, cell->at, "the form's name belongs here, beside form");
}

/* ---- the tree ---- */

/* What is made here are the untyped texts that YAML gives (model/node.h), each a cell or a part of one; only the
 * keys are the form's names, standing where the table has a heading for them. */

typedef struct table_tree {
    pv_arena *arena;
    const pv_rows *rows;
    const pv_spelling *spelling; /* of every cell that is written as people write it */
    pv_error *error;
} table_tree;

static pv_node *new_node(const table_tree *tree, pv_node_kind kind, pv_span span) {
    pv_node *node = pv_tree_node(tree->arena, kind, span, tree->error);
    if (node)
        node->spelling = tree->spelling;
    return node;
}

/* An empty mapping or list that begins at `at`; .node is NULL when there is no memory, which is reported already. */
static pv_branch new_branch(const table_tree *tree, pv_node_kind kind, uint32_t at) {
    return (pv_branch){.node = new_node(tree, kind, (pv_span){at, at})};
}

/* The branch grows with what is added. key: in a mapping the name of child, else NULL. */
static void add_child(pv_branch *branch, const pv_node *key, pv_node *child) {
    assert(branch->node && child);
    branch->key = key;
    pv_branch_add(branch, child);
    if (child->span.end > branch->node->span.end)
        branch->node->span.end = child->span.end;
}

/* The form's name for what stands at `at`; NULL is reported already, here and below. */
static pv_node *new_key(const table_tree *tree, pv_str name, pv_span at) {
    pv_node *node = new_node(tree, PV_NODE_SCALAR, at);
    return node && pv_text_made_from(&node->text, tree->arena, name, at, tree->error) ? node : NULL;
}

static bool read_text(const table_tree *tree, const pv_cell *cell, pv_text *out) {
    return tree->rows->text(out, tree->arena, tree->rows->source, cell, tree->error);
}

/* A cell as a text. */
static pv_node *new_scalar(const table_tree *tree, const pv_cell *cell) {
    static const pv_spelling typed = {.numbers = PV_NUMBER_MARK_POINT};
    pv_node *node = new_node(tree, PV_NODE_SCALAR, cell->at);
    if (node && cell->typed)
        node->spelling = &typed;
    return node && read_text(tree, cell, &node->text) ? node : NULL;
}

static bool is_white(pv_str text, size_t offset) {
    size_t length;
    return pv_utf8_is_white_space(pv_utf8_decode(text, offset, &length));
}

/* Adds bytes [start, end) of the cell's text as an entry, without the white space around it. */
static bool add_entry(const table_tree *tree, pv_branch *list, const pv_text *text, size_t start, size_t end) {
    size_t length;
    while (start < end && is_white(text->value, start)) {
        pv_utf8_decode(text->value, start, &length);
        start += length;
    }
    while (end > start && is_white(text->value, pv_utf8_previous(text->value, end)))
        end = pv_utf8_previous(text->value, end);
    pv_node *entry = new_node(tree, PV_NODE_SCALAR, pv_text_locate(text, start, end));
    if (!entry || !pv_text_slice(&entry->text, tree->arena, text, start, end, tree->error))
        return false;
    add_child(list, NULL, entry);
    return true;
}

/* A semicolon at the end closes the last entry and opens no further one. */
static bool add_entries(const table_tree *tree, pv_branch *list, const pv_text *text) {
    size_t start = 0;
    while (start < text->value.size) {
        size_t semicolon = pv_str_find(text->value, PV_STR(";"), start);
        size_t end = semicolon == SIZE_MAX ? text->value.size : semicolon;
        if (!add_entry(tree, list, text, start, end))
            return false;
        start = end + 1;
    }
    return true;
}

static pv_node *list_of(const table_tree *tree, const pv_cell *cell) {
    pv_text text;
    pv_branch list = new_branch(tree, PV_NODE_SEQUENCE, cell->at.start);
    if (!list.node || !read_text(tree, cell, &text) || !add_entries(tree, &list, &text))
        return NULL;
    list.node->span = cell->at;
    return list.node;
}

/* { file: PATH } */
static pv_node *file_of(const table_tree *tree, const pv_cell *cell) {
    pv_branch mapping = new_branch(tree, PV_NODE_MAPPING, cell->at.start);
    const pv_node *key = mapping.node ? new_key(tree, PV_STR("file"), cell->at) : NULL;
    pv_node *path = key ? new_scalar(tree, cell) : NULL;
    if (!path)
        return NULL;
    add_child(&mapping, key, path);
    return mapping.node;
}

/* A cell as what spec takes: a list has its entries between semicolons, a document or file is what the cell
 * names. A blank one is a blank scalar for every type. */
static pv_node *new_value(const table_tree *tree, const pv_value_spec *spec, const pv_cell *cell) {
    if (cell->blank)
        return new_scalar(tree, cell);
    if (spec->type == PV_TYPE_LIST)
        return list_of(tree, cell);
    return spec->type == PV_TYPE_DOCUMENT || spec->type == PV_TYPE_FILE ? file_of(tree, cell) : new_scalar(tree, cell);
}

/* ---- headings ---- */

/* Each column of each record kind stands under at most one. What is wrong with a heading is a problem at its cell,
 * once, and the cells below it are then passed over. */

typedef enum heading_state {
    HEADING_COLUMN, /* of one record kind at least */
    HEADING_KIND,   /* a row says its kind below it */
    HEADING_BLANK,
    HEADING_BAD, /* reported */
} heading_state;

typedef struct table_heading {
    heading_state state;
    bool used; /* a cell below it is filled */
    pv_cell cell;
    const pv_node **keys; /* per record kind: the column it is the heading of, or NULL */
    size_t *columns;      /* per record kind: that column's position; of no meaning without a key */
} table_heading;

typedef struct table_headings {
    const pv_form *form;
    table_heading *list;
    size_t count;
    size_t kind;   /* the position of the kind's heading; SIZE_MAX: there is none */
    size_t called; /* the kind of all rows where there is no such heading; SIZE_MAX: they say it */
    pv_span at;    /* the whole row */
} table_headings;

/* The row of headings being read. */
typedef struct heading_reader {
    table_headings *headings;
    const table_tree *tree;
    const pv_form_headings *names;
    pv_problems *problems;
    size_t *taken; /* per column of all kinds, one kind after the other: one more than its heading's position */
} heading_reader;

static size_t count_columns(const pv_form *form) {
    size_t count = 0;
    for (size_t i = 0; i < form->record_count; i++)
        count += form->records[i].column_count;
    return count;
}

static bool report_repeated(const heading_reader *all, const table_heading *heading, const pv_node *name,
                            size_t earlier) {
    return pv_problems_add(all->problems, PV_PROBLEM_UNKNOWN_NAME, heading->cell.at, all->tree->error,
                           "'%s' is the heading of column %zu already; keep one of the two columns",
                           pv_message_quote(pv_node_value(name)).text, earlier + 1);
}

/* Gives the heading the columns that are called so and have no heading yet. */
static bool take_columns(const heading_reader *all, table_heading *heading, const pv_node *name, uint64_t key,
                         bool *known) {
    const pv_form *form = all->headings->form;
    size_t *taken = all->taken;
    size_t repeated = SIZE_MAX;
    *known = false;
    for (size_t i = 0; i < form->record_count; taken += form->records[i++].column_count) {
        size_t column = pv_synonyms_find(&all->names->columns[i], key);
        if (column == SIZE_MAX)
            continue;
        *known = true;
        if (taken[column] > 0) {
            repeated = taken[column] - 1;
            continue;
        }
        taken[column] = (size_t)(heading - all->headings->list) + 1;
        heading->columns[i] = column;
        heading->keys[i] = new_key(all->tree, form->records[i].columns[column].name, heading->cell.at);
        if (!heading->keys[i])
            return false;
    }
    if (repeated != SIZE_MAX)
        heading->state = HEADING_BAD;
    return repeated == SIZE_MAX || report_repeated(all, heading, name, repeated);
}

static bool report_unknown(const heading_reader *all, table_heading *heading, const pv_node *name) {
    const pv_names known = {.names = all->names->all.spellings, .count = all->names->all.count};
    heading->state = HEADING_BAD;
    return pv_problems_add_unknown(all->problems, "the form", PV_STR(""), "heading", name, &known, "",
                                   all->tree->error);
}

static bool read_kind_heading(const heading_reader *all, table_heading *heading, const pv_node *name) {
    table_headings *headings = all->headings;
    heading->state = HEADING_KIND;
    if (headings->kind == SIZE_MAX) {
        headings->kind = (size_t)(heading - headings->list);
        return true;
    }
    heading->state = HEADING_BAD;
    return report_repeated(all, heading, name, headings->kind);
}

static bool read_heading(const heading_reader *all, table_heading *heading) {
    const table_tree *tree = all->tree;
    size_t kind_count = all->headings->form->record_count;
    uint64_t key;
    bool known;
    heading->state = heading->cell.blank ? HEADING_BLANK : HEADING_COLUMN;
    heading->keys = PV_NEW_ARRAY(tree->arena, const pv_node *, kind_count);
    heading->columns = PV_NEW_ARRAY(tree->arena, size_t, kind_count);
    if (!heading->keys || !heading->columns)
        return pv_fail_memory(tree->error);
    if (heading->cell.blank)
        return true;
    const pv_node *name = new_scalar(tree, &heading->cell);
    if (!name || !pv_synonym_key(tree->arena, pv_node_value(name), &key, tree->error))
        return false;
    if (all->names->kind.size > 0 && key == all->names->kind_key)
        return read_kind_heading(all, heading, name);
    return take_columns(all, heading, name, key, &known) && (known || report_unknown(all, heading, name));
}

/* At the heading that may be meant for the kind's, else at the whole row. */
static bool fail_without_kind(const heading_reader *all) {
    const table_headings *headings = all->headings;
    pv_error *error = all->tree->error;
    for (size_t i = 0; i < headings->count; i++) {
        const table_heading *heading = &headings->list[i];
        pv_str written = pv_source_slice(all->tree->rows->source, heading->cell.at);
        if (heading->state == HEADING_BAD && pv_suggest(written, &all->names->kind, 1) == 0)
            return pv_fail_at(error, PV_ERROR_SHAPE, heading->cell.at,
                              "the form has no heading '%s'; did you mean %s, which says what kind of record each row "
                              "is?",
                              pv_message_quote(written).text, pv_message_quote(all->names->kind).text);
    }
    return pv_fail_at(error, PV_ERROR_SHAPE, headings->at,
                      "a heading '%s' belongs in this row: the column that says what kind of record each row is",
                      pv_message_quote(all->names->kind).text);
}

static bool check_headings(const heading_reader *all) {
    const table_headings *headings = all->headings;
    size_t known = 0;
    for (size_t i = 0; i < headings->count; i++)
        known += headings->list[i].state == HEADING_COLUMN;
    if (all->names->kind.size > 0 && headings->kind == SIZE_MAX && headings->called == SIZE_MAX)
        return fail_without_kind(all);
    return known > 0 || pv_fail_at(all->tree->error, PV_ERROR_SHAPE, headings->at,
                                   "a row of headings belongs here, but the form has none of these");
}

static bool has_heading(const table_headings *headings, size_t kind, size_t column) {
    for (size_t i = 0; i < headings->count; i++)
        if (headings->list[i].keys[kind] && headings->list[i].columns[kind] == column)
            return true;
    return false;
}

/* What is required under a condition, a row may do without. */
static bool is_always_required(const pv_value_spec *column) {
    return column->required && !column->only_if;
}

/* What rows under these headings may be, by them alone: the only kind that has each of them and all that it requires;
 * SIZE_MAX: there is none such. */
static size_t kind_by_headings(const table_headings *headings) {
    size_t found = SIZE_MAX;
    for (size_t kind = 0; kind < headings->form->record_count; kind++) {
        const pv_record_spec *record = &headings->form->records[kind];
        bool fits = true;
        for (size_t i = 0; i < headings->count; i++)
            fits &= headings->list[i].state != HEADING_COLUMN || headings->list[i].keys[kind];
        for (size_t i = 0; i < record->column_count; i++)
            fits &= !is_always_required(&record->columns[i]) || has_heading(headings, kind, i);
        if (fits && found != SIZE_MAX)
            return SIZE_MAX;
        if (fits)
            found = kind;
    }
    return found;
}

/* Reads the row that was read last as headings. Fails when none of them is one of the form, or nothing says of which
 * kind rows are; what else is wrong goes to problems. called: the kind that the table is called by; SIZE_MAX: none. */
static bool read_headings(table_headings *out, const table_tree *tree, const pv_form *form, size_t called,
                          pv_problems *problems) {
    const pv_rows *rows = tree->rows;
    heading_reader all = {.headings = out, .tree = tree, .names = form->headings, .problems = problems};
    *out = (table_headings){.form = form, .count = rows->count, .kind = SIZE_MAX, .called = called, .at = rows->at};
    out->list = PV_NEW_ARRAY(tree->arena, table_heading, rows->count);
    all.taken = PV_NEW_ARRAY(tree->arena, size_t, count_columns(form));
    if (!out->list || !all.taken)
        return pv_fail_memory(tree->error);
    for (size_t i = 0; i < rows->count; i++) {
        out->list[i].cell = rows->row[i];
        if (!read_heading(&all, &out->list[i]))
            return false;
    }
    if (out->called == SIZE_MAX && tree->rows->sheet.data && form->headings->kind.size > 0)
        out->called = kind_by_headings(out);
    return check_headings(&all);
}

/* Of the row read last, how many cells are filled, and how many of them with a heading of the form. */
static bool count_headings(const table_tree *tree, const pv_form *form, size_t *filled, size_t *known) {
    const pv_rows *rows = tree->rows;
    *filled = 0;
    *known = 0;
    for (size_t i = 0; i < rows->count; i++) {
        pv_text text;
        uint64_t key;
        if (rows->row[i].blank)
            continue;
        if (!read_text(tree, &rows->row[i], &text) || !pv_synonym_key(tree->arena, text.value, &key, tree->error))
            return false;
        ++*filled;
        *known += pv_synonyms_find(&form->headings->all, key) != SIZE_MAX;
    }
    return true;
}

/* Whether every filled cell of the row read last, and more than one, is a heading of the form: *out. */
static bool is_row_of_headings(const table_tree *tree, const pv_form *form, bool *out) {
    size_t filled;
    size_t known;
    if (!count_headings(tree, form, &filled, &known))
        return false;
    *out = filled > 1 && known == filled;
    return true;
}

/* Whether an earlier kind lacks a heading of this name too: one heading serves them all. */
static bool reported_already(const table_headings *headings, const bool *used, size_t kind,
                             const pv_value_spec *column) {
    for (size_t i = 0; i < kind; i++) {
        const pv_record_spec *earlier = &headings->form->records[i];
        size_t same = used[i] ? pv_names_find(&earlier->column_names, column->name) : SIZE_MAX;
        if (same != SIZE_MAX && is_always_required(&earlier->columns[same]) && !has_heading(headings, i, same))
            return true;
    }
    return false;
}

static bool check_required(const table_headings *headings, const bool *used, size_t kind, pv_problems *problems,
                           pv_error *error) {
    const pv_record_spec *record = &headings->form->records[kind];
    const pv_span end = {headings->at.end, headings->at.end};
    for (size_t i = 0; i < record->column_count; i++) {
        const pv_value_spec *column = &record->columns[i];
        if (!is_always_required(column) || has_heading(headings, kind, i) ||
            reported_already(headings, used, kind, column))
            continue;
        if (!pv_problems_add(problems, PV_PROBLEM_MISSING_PART, end, error,
                             "there is no heading '%s', and every row of “%s” needs that column",
                             pv_message_quote(column->label).text, pv_message_quote(record->label).text))
            return false;
    }
    return true;
}

/* Once all rows are read: reports required columns without a heading, of the kinds that have rows (used, one per
 * kind), and filled columns without a name. */
static bool check_filled_headings(const table_headings *headings, const bool *used, pv_problems *problems,
                                  pv_error *error) {
    for (size_t i = 0; i < headings->form->record_count; i++)
        if (used[i] && !check_required(headings, used, i, problems, error))
            return false;
    for (size_t i = 0; i < headings->count; i++) {
        const table_heading *heading = &headings->list[i];
        if (heading->state == HEADING_BLANK && heading->used &&
            !pv_problems_add(problems, PV_PROBLEM_MISSING_PART, heading->cell.at, error,
                             "cells of this column are filled, and it has no heading"))
            return false;
    }
    return true;
}

/* ---- the header ---- */

typedef struct table_loader {
    pv_rows *rows;
    table_tree tree;
    const pv_form *form;
    const pv_form_headings *names;
    pv_problems *problems;
    table_headings headings;
    pv_node *form_name;  /* NULL: no row says it */
    pv_branch fields;    /* by the form's names */
    bool *field_given;   /* per field of the form */
    uint32_t header_end; /* where a further field would be added */
    pv_branch *records;  /* per record kind: its rows; without a node while it has none */
    bool *used;          /* per record kind: it has rows */
    bool *used_here;     /* the same, in the table being read */
    size_t tables;       /* read so far */
    PV_ARRAY(pv_left_out) left_out;
} table_loader;

/* The first filled cell at or after index of the row read last; blank when there is none. */
static pv_cell filled_from(const pv_rows *rows, size_t index) {
    while (index < rows->count && rows->row[index].blank)
        index++;
    return pv_rows_cell(rows, index);
}

static bool check_header_surplus(const table_loader *loader) {
    pv_cell surplus = filled_from(loader->rows, 2);
    const char *advice = loader->rows->separator == 0 ? "" : "; put the value in quotes when a separator belongs to it";
    return surplus.blank || pv_problems_add(loader->problems, PV_PROBLEM_WRONG_TYPE, surplus.at, loader->tree.error,
                                            "a header row has a name and one value%s", advice);
}

static bool read_form_row(table_loader *loader) {
    pv_cell cell = pv_rows_cell(loader->rows, 1);
    if (cell.blank)
        return pv_fail_without_form_name(&cell, loader->tree.error);
    loader->form_name = new_scalar(&loader->tree, &cell);
    return loader->form_name && check_header_surplus(loader);
}

/* What a formula comes to is the business of the program that saved it. */
static bool check_valued(const table_loader *loader, const pv_cell *cell) {
    return !cell->unvalued ||
           pv_problems_add(loader->problems, PV_PROBLEM_WRONG_TYPE, cell->at, loader->tree.error,
                           "this formula was saved without its value; open the workbook in a spreadsheet program and "
                           "save it again");
}

static bool add_field(table_loader *loader, const pv_cell *name, size_t field) {
    const pv_value_spec *spec = &loader->form->fields[field];
    const pv_cell cell = pv_rows_cell(loader->rows, 1);
    if (loader->field_given[field])
        return pv_problems_add(loader->problems, PV_PROBLEM_UNKNOWN_NAME, name->at, loader->tree.error,
                               "“%s” is given in a row above already; keep one of the two",
                               pv_message_quote(spec->label).text);
    loader->field_given[field] = true;
    if (!check_valued(loader, &cell))
        return false;
    pv_node *key = new_key(&loader->tree, spec->name, name->at);
    pv_node *value = key ? new_value(&loader->tree, spec, &cell) : NULL;
    if (!value)
        return false;
    add_child(&loader->fields, key, value);
    return check_header_surplus(loader);
}

static bool fail_headings_too_early(const table_loader *loader) {
    return pv_fail_at(loader->tree.error, PV_ERROR_SHAPE, loader->rows->at,
                      "these are headings; an empty row belongs between them and the rows above");
}

static bool report_unknown_field(table_loader *loader, const pv_cell *name) {
    const pv_names known = {.names = loader->names->fields.spellings, .count = loader->names->fields.count};
    bool are_headings;
    if (!is_row_of_headings(&loader->tree, loader->form, &are_headings))
        return false;
    if (are_headings)
        return fail_headings_too_early(loader);
    const pv_node *written = new_scalar(&loader->tree, name);
    return written && pv_problems_add_unknown(loader->problems, "the form", PV_STR(""), "field", written, &known, "",
                                              loader->tree.error);
}

static bool read_field_row(table_loader *loader) {
    const pv_cell name = loader->rows->row[0];
    pv_error *error = loader->tree.error;
    pv_text text;
    uint64_t key;
    if (name.blank)
        return pv_problems_add(loader->problems, PV_PROBLEM_MISSING_PART, name.at, error,
                               "this row gives a value and does not say of which field");
    if (!read_text(&loader->tree, &name, &text) || !pv_synonym_key(loader->tree.arena, text.value, &key, error))
        return false;
    size_t field = pv_synonyms_find(&loader->names->fields, key);
    return field == SIZE_MAX ? report_unknown_field(loader, &name) : add_field(loader, &name, field);
}

/* From the row that names the form to the empty one. */
static bool read_header(table_loader *loader) {
    pv_rows *rows = loader->rows;
    bool found;
    if (!read_form_row(loader))
        return false;
    for (;;) {
        loader->header_end = rows->at.end;
        if (!rows->next(rows, &found, loader->tree.error))
            return false;
        if (!found || rows->blank)
            return true;
        if (!rows->remark && !read_field_row(loader))
            return false;
    }
}

/* ---- rows ---- */

static bool find_kind(const table_loader *loader, size_t *out) {
    const pv_form_headings *names = loader->names;
    pv_error *error = loader->tree.error;
    *out = 0;
    if (names->kind.size == 0)
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
    const pv_node *name = new_scalar(&loader->tree, &cell);
    uint64_t key;
    if (!name || !pv_synonym_key(loader->tree.arena, pv_node_value(name), &key, error))
        return false;
    *out = pv_synonyms_find(&names->kinds, key);
    const pv_names known = {.names = names->kinds.spellings, .count = names->kinds.count};
    return *out != SIZE_MAX ||
           pv_problems_add_unknown(loader->problems, "the form", PV_STR(""), "record kind", name, &known, "", error);
}

/* A filled cell under a heading that is none of its row's kind. */
static bool report_foreign(const table_loader *loader, const table_heading *heading, size_t kind, const pv_cell *cell) {
    const pv_form *form = loader->form;
    size_t other = 0;
    while (other < form->record_count && !heading->keys[other])
        other++;
    if (heading->state != HEADING_COLUMN || other == form->record_count)
        return true;
    return pv_problems_add(loader->problems, PV_PROBLEM_UNKNOWN_NAME, cell->at, loader->tree.error,
                           "a row of “%s” has no column %s, which is one of “%s”; leave the cell empty",
                           pv_message_quote(form->records[kind].label).text,
                           pv_message_quote(pv_source_slice(loader->tree.rows->source, heading->cell.at)).text,
                           pv_message_quote(form->records[other].label).text);
}

static bool read_cell(table_loader *loader, pv_branch *row, size_t kind, table_heading *heading, const pv_cell *cell) {
    const pv_node *key = heading->keys[kind];
    heading->used = heading->used || !cell->blank;
    if (!key)
        return cell->blank || report_foreign(loader, heading, kind, cell);
    const pv_value_spec *spec = &loader->form->records[kind].columns[heading->columns[kind]];
    if (!check_valued(loader, cell))
        return false;
    pv_node *value = new_value(&loader->tree, spec, cell);
    if (value)
        add_child(row, key, value);
    return value != NULL;
}

static bool add_record(table_loader *loader, size_t kind, pv_node *row) {
    pv_branch *rows = &loader->records[kind];
    if (!rows->node)
        *rows = new_branch(&loader->tree, PV_NODE_SEQUENCE, row->span.start);
    if (!rows->node)
        return false;
    add_child(rows, NULL, row);
    loader->used[kind] = true;
    loader->used_here[kind] = true;
    return true;
}

static bool check_surplus(const table_loader *loader) {
    const pv_cell surplus = filled_from(loader->rows, loader->headings.count);
    const char *separator = loader->rows->separator == ',' ? "comma" : "separator";
    if (!surplus.blank && loader->rows->separator == 0)
        return pv_problems_add(loader->problems, PV_PROBLEM_WRONG_TYPE, surplus.at, loader->tree.error,
                               "no heading stands above this cell");
    return surplus.blank ||
           pv_problems_add(loader->problems, PV_PROBLEM_WRONG_TYPE, surplus.at, loader->tree.error,
                           "this row has %zu cells under %zu headings; put a text in quotes when a %s belongs to it",
                           loader->rows->count, loader->headings.count, separator);
}

static bool read_row(table_loader *loader) {
    size_t kind;
    if (!find_kind(loader, &kind))
        return false;
    if (kind == SIZE_MAX)
        return check_surplus(loader);
    pv_branch row = new_branch(&loader->tree, PV_NODE_MAPPING, loader->rows->at.start);
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
static bool read_table(table_loader *loader) {
    pv_rows *rows = loader->rows;
    pv_error *error = loader->tree.error;
    bool found;
    if (!read_headings(&loader->headings, &loader->tree, loader->form, SIZE_MAX, loader->problems))
        return false;
    for (;;) {
        if (!pv_rows_next_filled(rows, &found, error))
            return false;
        if (!found)
            return check_filled_headings(&loader->headings, loader->used_here, loader->problems, error);
        if (!read_row(loader))
            return false;
    }
}

/* ---- the whole ---- */

static bool add_part(const table_loader *loader, pv_branch *root, pv_str name, uint32_t at, pv_node *part) {
    pv_node *key = new_key(&loader->tree, name, (pv_span){at, at});
    if (key)
        add_child(root, key, part);
    return key != NULL;
}

static bool add_records(const table_loader *loader, pv_branch *root) {
    uint32_t at = loader->headings.at.end;
    pv_branch records = new_branch(&loader->tree, PV_NODE_MAPPING, at);
    if (!records.node)
        return false;
    for (size_t i = 0; i < loader->form->record_count; i++)
        if (loader->used[i] && !add_part(loader, &records, loader->form->records[i].name, at, loader->records[i].node))
            return false;
    return add_part(loader, root, PV_STR("records"), at, records.node);
}

/* A file whose pack was named is one on that pack's form. */
static pv_node *name_form(const table_loader *loader) {
    uint32_t start = loader->header_end;
    return loader->form_name ? loader->form_name : new_key(&loader->tree, loader->form->id, (pv_span){start, start});
}

static bool finish(table_loader *loader, pv_document *document) {
    const pv_source *source = loader->tree.rows->source;
    uint32_t start = (uint32_t)pv_source_text_start(source);
    pv_branch root = new_branch(&loader->tree, PV_NODE_MAPPING, start);
    pv_node *name = root.node ? name_form(loader) : NULL;
    if (!name || !add_part(loader, &root, PV_STR("form"), start, name) ||
        !add_part(loader, &root, PV_STR("fields"), loader->header_end, loader->fields.node) ||
        !add_records(loader, &root))
        return false;
    *document = (pv_document){
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
static bool spell(table_loader *loader) {
    pv_spelling *spelling = PV_NEW(loader->tree.arena, pv_spelling);
    if (!spelling)
        return pv_fail_memory(loader->tree.error);
    *spelling = loader->names->spelling;
    spelling->semicolons = loader->rows->separator == ';';
    loader->tree.spelling = spelling;
    return true;
}

static bool begin(table_loader *loader, const pv_limits *limits) {
    const table_tree *tree = &loader->tree;
    uint32_t start = (uint32_t)pv_source_text_start(tree->rows->source);
    loader->header_end = start;
    loader->problems = PV_NEW(tree->arena, pv_problems);
    loader->field_given = PV_NEW_ARRAY(tree->arena, bool, loader->form->field_count);
    loader->records = PV_NEW_ARRAY(tree->arena, pv_branch, loader->form->record_count);
    loader->used = PV_NEW_ARRAY(tree->arena, bool, loader->form->record_count);
    loader->used_here = PV_NEW_ARRAY(tree->arena, bool, loader->form->record_count);
    loader->fields = new_branch(tree, PV_NODE_MAPPING, start);
    if (!loader->problems || !loader->field_given || !loader->records || !loader->used || !loader->used_here ||
        !loader->fields.node)
        return pv_fail_memory(tree->error);
    return pv_problems_begin(loader->problems, tree->arena, limits->problems, NULL, tree->error) && spell(loader);
}

/* One table, its headings in the first filled row or in the one after the header. */
static bool read_whole(table_loader *loader) {
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

/* ---- sheets ---- */

typedef struct sheet_state {
    bool has_headings; /* rows below them are records */
    bool has_gap;      /* an empty row came last */
    bool is_hidden;
    bool is_told;  /* of a hidden sheet, that it has records */
    bool has_part; /* a header row or a table was found on it */
    pv_cell first; /* the first cell with something in it */
    pv_cell title; /* of the row before this one, where that is of no table yet; .blank: there is none */
} sheet_state;

static bool leave_out(table_loader *loader, const pv_cell *cell, pv_str what) {
    pv_left_out *added = PV_ARRAY_ADD(loader->tree.arena, &loader->left_out);
    if (!added || !what.data)
        return pv_fail_memory(loader->tree.error);
    *added = (pv_left_out){cell->at, what};
    return true;
}

/* Whether most of the row's filled cells are headings of the form: two at least, or all in a table that is called. */
static bool may_be_headings(table_loader *loader, size_t called, bool *out) {
    size_t filled;
    size_t known;
    if (!count_headings(&loader->tree, loader->form, &filled, &known))
        return false;
    const bool may_be_one = called != SIZE_MAX || loader->names->all.count == 1;
    *out = 2 * known >= filled && (known > 1 || (known == filled && may_be_one));
    return true;
}

/* The kind that a sheet or table is called by, in the singular or plural; SIZE_MAX: none. */
static bool find_called(const table_loader *loader, pv_str name, size_t *out) {
    static const struct {
        pv_str plural, singular;
    } endings[] = {
        {PV_STR(""), PV_STR("")}, {PV_STR("s"), PV_STR("")}, {PV_STR("ies"), PV_STR("y")}, {PV_STR("es"), PV_STR("")}};
    *out = SIZE_MAX;
    for (size_t i = 0; i < sizeof endings / sizeof *endings && *out == SIZE_MAX && name.size > 0; i++) {
        uint64_t key;
        if (!pv_str_ends_with(name, endings[i].plural))
            continue;
        const pv_str stem = pv_str_slice(name, 0, name.size - endings[i].plural.size);
        const pv_str singular =
            pv_arena_format(loader->tree.arena, "%.*s%.*s", PV_STR_ARG(stem), PV_STR_ARG(endings[i].singular));
        if (!singular.data)
            return pv_fail_memory(loader->tree.error);
        if (!pv_synonym_key(loader->tree.arena, singular, &key, loader->tree.error))
            return false;
        *out = pv_synonyms_find(&loader->names->kinds, key);
    }
    return true;
}

static bool end_table(table_loader *loader, sheet_state *sheet) {
    if (!sheet->has_headings)
        return true;
    sheet->has_headings = false;
    if (!check_filled_headings(&loader->headings, loader->used_here, loader->problems, loader->tree.error))
        return false;
    for (size_t i = 0; i < loader->form->record_count; i++)
        loader->used_here[i] = false;
    return true;
}

/* What a table on the sheet that begins at the row at hand is called by: the sheet, or the title above it. */
static bool find_table_called(const table_loader *loader, const sheet_state *sheet, size_t *out) {
    pv_text title;
    if (!find_called(loader, loader->rows->sheet, out))
        return false;
    return *out != SIZE_MAX || sheet->title.blank ||
           (read_text(&loader->tree, &sheet->title, &title) && find_called(loader, title.value, out));
}

static bool begin_table(table_loader *loader, sheet_state *sheet, size_t called) {
    if (!end_table(loader, sheet))
        return false;
    sheet->has_headings = true;
    sheet->has_part = true;
    sheet->title.blank = true;
    loader->tables++;
    return read_headings(&loader->headings, &loader->tree, loader->form, called, loader->problems);
}

/* Passes over a row of a hidden sheet; one with headings was meant to be read, perhaps. */
static bool pass_hidden(table_loader *loader, sheet_state *sheet, bool are_headings) {
    const pv_rows *rows = loader->rows;
    if (sheet->is_told || !are_headings)
        return true;
    sheet->is_told = true;
    return pv_problems_add(loader->problems, PV_PROBLEM_WRONG_TYPE, rows->at, loader->tree.error,
                           "the sheet “%s” has records and is hidden, so it was not read; show it, or take it out of "
                           "the workbook",
                           pv_message_quote(rows->sheet).text);
}

static bool begins_field(const table_loader *loader, bool *out) {
    const pv_cell name = loader->rows->row[0];
    pv_text text;
    uint64_t key;
    *out = false;
    if (name.blank)
        return true;
    if (!read_text(&loader->tree, &name, &text) ||
        !pv_synonym_key(loader->tree.arena, text.value, &key, loader->tree.error))
        return false;
    *out = pv_synonyms_find(&loader->names->fields, key) != SIZE_MAX;
    return true;
}

/* The title before the row at hand was none. */
static bool drop_title(table_loader *loader, sheet_state *sheet) {
    if (sheet->title.blank)
        return true;
    const pv_cell title = sheet->title;
    sheet->title.blank = true;
    return leave_out(loader, &title, PV_STR("this row is neither a heading nor a record, and was not read"));
}

static bool is_alone(const pv_rows *rows) {
    const pv_cell first = filled_from(rows, 0);
    size_t filled = 0;
    for (size_t i = 0; i < rows->count; i++)
        filled += !rows->row[i].blank;
    return filled == 1 && !first.blank;
}

static bool read_sheet_row(table_loader *loader, sheet_state *sheet) {
    const pv_rows *rows = loader->rows;
    const bool may_begin = !sheet->has_headings || sheet->has_gap;
    bool are_headings = false;
    bool is_field = false;
    size_t called = SIZE_MAX;
    if (may_begin && (!find_table_called(loader, sheet, &called) || !may_be_headings(loader, called, &are_headings)))
        return false;
    if (!begins_field(loader, &is_field))
        return false;
    if (rows->is_hidden)
        return pass_hidden(loader, sheet, are_headings);
    if (are_headings)
        return begin_table(loader, sheet, called);
    if (sheet->has_headings && !(sheet->has_gap && loader->headings.count > 1 && is_alone(rows)))
        return drop_title(loader, sheet) && read_row(loader);
    if (!drop_title(loader, sheet))
        return false;
    if (!sheet->has_headings && pv_rows_name_form(rows) && !loader->form_name) {
        sheet->has_part = true;
        loader->header_end = rows->at.end;
        return read_form_row(loader);
    }
    if (!sheet->has_headings && is_field) {
        sheet->has_part = true;
        loader->header_end = rows->at.end;
        return read_field_row(loader);
    }
    sheet->title = filled_from(rows, 0);
    return true;
}

/* A sheet on which nothing was found. One that is called as records are was meant to hold them: a heading that is
 * misspelt must not take them out of the filing. */
static bool pass_sheet(table_loader *loader, const sheet_state *sheet, pv_str name) {
    const pv_quote quoted = pv_message_quote(name);
    size_t called;
    if (!find_called(loader, name, &called))
        return false;
    if (called != SIZE_MAX)
        return pv_problems_add(
            loader->problems, PV_PROBLEM_UNKNOWN_NAME, sheet->first.at, loader->tree.error,
            "the sheet “%s” is called as the records of “%s” are, and no row of it has their headings, "
            "so it was not read",
            quoted.text, pv_message_quote(loader->form->records[called].label).text);
    return leave_out(loader, &sheet->first,
                     pv_arena_format(loader->tree.arena,
                                     "the sheet “%s” has neither headings nor fields of the form, and was not read",
                                     quoted.text));
}

static bool end_sheet(table_loader *loader, sheet_state *sheet, pv_str name) {
    const bool was_read = sheet->has_part || sheet->first.blank || sheet->is_hidden; /* or it is told already */
    if (!was_read)
        sheet->title.blank = true;
    return drop_title(loader, sheet) && end_table(loader, sheet) && (was_read || pass_sheet(loader, sheet, name));
}

/* All sheets of a workbook. */
static bool read_sheets(table_loader *loader) {
    static const sheet_state untouched = {.first = {.blank = true}, .title = {.blank = true}};
    pv_rows *rows = loader->rows;
    sheet_state sheet = untouched;
    pv_str name = {0};
    bool found = true;
    for (;;) {
        if (!rows->next(rows, &found, loader->tree.error))
            return false;
        if (!found || rows->is_first) {
            if (!end_sheet(loader, &sheet, name))
                return false;
            sheet = untouched;
            sheet.is_hidden = rows->is_hidden;
            name = rows->sheet;
        }
        if (!found)
            break;
        if (rows->blank || rows->remark) {
            sheet.has_gap |= rows->blank;
            continue;
        }
        if (sheet.first.blank)
            sheet.first = filled_from(rows, 0);
        if (!read_sheet_row(loader, &sheet))
            return false;
        sheet.has_gap = false;
    }
    const uint32_t end = (uint32_t)rows->source->bytes.size;
    return loader->tables > 0 || pv_fail_at(loader->tree.error, PV_ERROR_SHAPE, (pv_span){end, end},
                                            "no sheet of the workbook has a row of headings of the form");
}

bool pv_table_load(pv_document **out, pv_arena *arena, pv_rows *rows, const pv_form *form, pv_str format,
                   const pv_limits *limits, pv_error *error) {
    table_loader loader = {
        .rows = rows,
        .tree = {.arena = arena, .rows = rows, .error = error},
        .form = form,
        .names = form->headings,
    };
    pv_document *document = PV_NEW(arena, pv_document);
    if (!document)
        return pv_fail_memory(error);
    if (!begin(&loader, limits) || !(rows->separator == 0 ? read_sheets(&loader) : read_whole(&loader)) ||
        !finish(&loader, document))
        return false;
    document->format = format;
    *out = document;
    return true;
}
