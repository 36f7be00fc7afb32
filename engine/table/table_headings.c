#include "table/table_p.h"

#include "base/utf8.h"
#include "model/message.h"
#include "model/ticked.h"

/* ---- headings ---- */

/* Each column of each record kind stands under at most one. What is wrong with a heading is a problem at its cell,
 * once, and the cells below it are then passed over. */

/* The row of headings being read. */
typedef struct heading_reader {
    pv_table_headings *headings;
    const pv_table_tree *tree;
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

static bool report_repeated(const heading_reader *all, const pv_table_heading *heading, const pv_node *name,
                            size_t earlier) {
    return pv_problems_add(all->problems, PV_PROBLEM_UNKNOWN_NAME, heading->cell.at, all->tree->error,
                           "'%s' is the heading of column %zu already; keep one of the two columns",
                           pv_message_quote(pv_node_value(name)).text, earlier + 1);
}

/* Gives the heading the columns that are called so and have no heading yet. */
static bool take_columns(const heading_reader *all, pv_table_heading *heading, const pv_node *name, uint64_t key,
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
        heading->keys[i] = pv_table_key(all->tree, form->records[i].columns[column].name, heading->cell.at);
        if (!heading->keys[i])
            return false;
    }
    if (repeated != SIZE_MAX)
        heading->state = PV_HEADING_BAD;
    return repeated == SIZE_MAX || report_repeated(all, heading, name, repeated);
}

static bool report_unknown(const heading_reader *all, pv_table_heading *heading, const pv_node *name) {
    const pv_names known = {.names = all->names->all.spellings, .count = all->names->all.count};
    heading->state = PV_HEADING_BAD;
    return pv_problems_add_unknown(all->problems, "the form", PV_STR(""), "heading", name, &known, "",
                                   all->tree->error);
}

static bool read_kind_heading(const heading_reader *all, pv_table_heading *heading, const pv_node *name) {
    pv_table_headings *headings = all->headings;
    heading->state = PV_HEADING_KIND;
    if (headings->kind == SIZE_MAX) {
        headings->kind = (size_t)(heading - headings->list);
        return true;
    }
    heading->state = PV_HEADING_BAD;
    return report_repeated(all, heading, name, headings->kind);
}

static bool read_heading(const heading_reader *all, pv_table_heading *heading) {
    const pv_table_tree *tree = all->tree;
    size_t kind_count = all->headings->form->record_count;
    uint64_t key;
    bool known;
    heading->state = heading->cell.blank ? PV_HEADING_BLANK : PV_HEADING_COLUMN;
    heading->keys = PV_NEW_ARRAY(tree->arena, const pv_node *, kind_count);
    heading->columns = PV_NEW_ARRAY(tree->arena, size_t, kind_count);
    if (!heading->keys || !heading->columns)
        return pv_fail_memory(tree->error);
    if (heading->cell.blank)
        return true;
    const pv_node *name = pv_table_scalar(tree, &heading->cell);
    if (!name || !pv_synonym_key(tree->arena, pv_node_value(name), &key, tree->error))
        return false;
    if (all->names->kind.size > 0 && key == all->names->kind_key)
        return read_kind_heading(all, heading, name);
    return take_columns(all, heading, name, key, &known) && (known || report_unknown(all, heading, name));
}

/* At the heading that may be meant for the kind's, else at the whole row. */
static bool fail_without_kind(const heading_reader *all) {
    const pv_table_headings *headings = all->headings;
    pv_error *error = all->tree->error;
    for (size_t i = 0; i < headings->count; i++) {
        const pv_table_heading *heading = &headings->list[i];
        pv_str written = pv_source_slice(all->tree->rows->source, heading->cell.at);
        if (heading->state == PV_HEADING_BAD && pv_suggest(written, &all->names->kind, 1) == 0)
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
    const pv_table_headings *headings = all->headings;
    size_t known = 0;
    for (size_t i = 0; i < headings->count; i++)
        known += headings->list[i].state == PV_HEADING_COLUMN;
    if (all->names->kind.size > 0 && headings->kind == SIZE_MAX && headings->called == SIZE_MAX)
        return fail_without_kind(all);
    return known > 0 || pv_fail_at(all->tree->error, PV_ERROR_SHAPE, headings->at,
                                   "a row of headings belongs here, but the form has none of these");
}

static bool has_heading(const pv_table_headings *headings, size_t kind, size_t column) {
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
static size_t kind_by_headings(const pv_table_headings *headings) {
    size_t found = SIZE_MAX;
    for (size_t kind = 0; kind < headings->form->record_count; kind++) {
        const pv_record_spec *record = &headings->form->records[kind];
        bool fits = true;
        for (size_t i = 0; i < headings->count; i++)
            fits &= headings->list[i].state != PV_HEADING_COLUMN || headings->list[i].keys[kind];
        for (size_t i = 0; i < record->column_count; i++)
            fits &= !is_always_required(&record->columns[i]) || has_heading(headings, kind, i);
        if (fits && found != SIZE_MAX)
            return SIZE_MAX;
        if (fits)
            found = kind;
    }
    return found;
}

/* In a document, of which the rest is read all the same. */
static bool check_kind(const heading_reader *all) {
    const pv_table_headings *headings = all->headings;
    if (headings->form->record_count == 1 || headings->kind != SIZE_MAX || headings->called != SIZE_MAX)
        return true;
    return pv_problems_add(
        all->problems, PV_PROBLEM_MISSING_PART, headings->at, all->tree->error,
        "the rows of this table may be records of several kinds, and nothing says of which they are; "
        "the name of the kind belongs above the table");
}

bool pv_table_read_headings(pv_table_headings *out, const pv_table_tree *tree, const pv_form *form, size_t called,
                            pv_problems *problems) {
    const pv_rows *rows = tree->rows;
    heading_reader all = {.headings = out, .tree = tree, .names = form->called, .problems = problems};
    *out = (pv_table_headings){.form = form, .count = rows->count, .kind = SIZE_MAX, .called = called, .at = rows->at};
    out->list = PV_NEW_ARRAY(tree->arena, pv_table_heading, rows->count);
    all.taken = PV_NEW_ARRAY(tree->arena, size_t, count_columns(form));
    if (!out->list || !all.taken)
        return pv_fail_memory(tree->error);
    for (size_t i = 0; i < rows->count; i++) {
        out->list[i].cell = rows->row[i];
        if (!read_heading(&all, &out->list[i]))
            return false;
    }
    if (out->called == SIZE_MAX && tree->rows->sheet.data && form->record_count > 1)
        out->called = kind_by_headings(out);
    return tree->rows->in_document ? check_kind(&all) : check_headings(&all);
}

bool pv_table_count_headings(const pv_table_tree *tree, const pv_form *form, size_t *filled, size_t *known) {
    const pv_rows *rows = tree->rows;
    *filled = 0;
    *known = 0;
    for (size_t i = 0; i < rows->count; i++) {
        pv_text text;
        uint64_t key;
        if (rows->row[i].blank)
            continue;
        if (!pv_table_text(tree, &rows->row[i], &text) || !pv_synonym_key(tree->arena, text.value, &key, tree->error))
            return false;
        ++*filled;
        *known += pv_synonyms_find(&form->called->all, key) != SIZE_MAX;
    }
    return true;
}

bool pv_table_is_headings(const pv_table_tree *tree, const pv_form *form, bool *out) {
    size_t filled;
    size_t known;
    if (!pv_table_count_headings(tree, form, &filled, &known))
        return false;
    *out = filled > 1 && known == filled;
    return true;
}

/* Whether an earlier kind lacks a heading of this name too: one heading serves them all. */
static bool reported_already(const pv_table_headings *headings, const bool *used, size_t kind,
                             const pv_value_spec *column) {
    for (size_t i = 0; i < kind; i++) {
        const pv_record_spec *earlier = &headings->form->records[i];
        size_t same = used[i] ? pv_names_find(&earlier->column_names, column->name) : SIZE_MAX;
        if (same != SIZE_MAX && is_always_required(&earlier->columns[same]) && !has_heading(headings, i, same))
            return true;
    }
    return false;
}

static bool check_required(const pv_table_headings *headings, const bool *used, size_t kind, pv_problems *problems,
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

bool pv_table_check_headings(const pv_table_headings *headings, const bool *used, pv_problems *problems,
                             pv_error *error) {
    for (size_t i = 0; i < headings->form->record_count; i++)
        if (used[i] && !check_required(headings, used, i, problems, error))
            return false;
    for (size_t i = 0; i < headings->count; i++) {
        const pv_table_heading *heading = &headings->list[i];
        if (heading->state == PV_HEADING_BLANK && heading->used &&
            !pv_problems_add(problems, PV_PROBLEM_MISSING_PART, heading->cell.at, error,
                             "cells of this column are filled, and it has no heading"))
            return false;
    }
    return true;
}
