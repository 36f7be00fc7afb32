#include "load/csv_headings.h"

#include "base/suggest.h"
#include "model/message.h"

/* The row of headings being read. */
typedef struct heading_reader {
    pv_csv_headings *headings;
    const pv_csv_tree *tree;
    const pv_csv_form *csv;
    pv_problems *problems;
    size_t *taken; /* per column of all kinds, one kind after the other: one more than its heading's position */
} heading_reader;

static size_t count_columns(const pv_form *form) {
    size_t count = 0;
    for (size_t i = 0; i < form->record_count; i++)
        count += form->records[i].column_count;
    return count;
}

static bool report_repeated(const heading_reader *all, const pv_csv_heading *heading, const pv_node *name,
                            size_t earlier) {
    return pv_problems_add(all->problems, PV_PROBLEM_UNKNOWN_NAME, heading->cell.at, all->tree->error,
                           "'%s' is the heading of column %zu already; keep one of the two columns",
                           pv_message_quote(pv_node_value(name)).text, earlier + 1);
}

/* Gives the heading the columns that are called so and have no heading yet. */
static bool take_columns(const heading_reader *all, pv_csv_heading *heading, const pv_node *name, uint64_t key,
                         bool *known) {
    const pv_form *form = all->headings->form;
    size_t *taken = all->taken;
    size_t repeated = SIZE_MAX;
    *known = false;
    for (size_t i = 0; i < form->record_count; taken += form->records[i++].column_count) {
        size_t column = pv_synonyms_find(&all->csv->columns[i], key);
        if (column == SIZE_MAX)
            continue;
        *known = true;
        if (taken[column] > 0) {
            repeated = taken[column] - 1;
            continue;
        }
        taken[column] = (size_t)(heading - all->headings->list) + 1;
        heading->columns[i] = column;
        heading->keys[i] = pv_csv_key(all->tree, form->records[i].columns[column].name, heading->cell.at);
        if (!heading->keys[i])
            return false;
    }
    if (repeated != SIZE_MAX)
        heading->state = PV_CSV_HEADING_BAD;
    return repeated == SIZE_MAX || report_repeated(all, heading, name, repeated);
}

static bool report_unknown(const heading_reader *all, pv_csv_heading *heading, const pv_node *name) {
    const pv_names known = {.names = all->csv->headings.spellings, .count = all->csv->headings.count};
    heading->state = PV_CSV_HEADING_BAD;
    return pv_problems_add_unknown(all->problems, "the form", PV_STR(""), "heading", name, &known, "",
                                   all->tree->error);
}

static bool read_kind_heading(const heading_reader *all, pv_csv_heading *heading, const pv_node *name) {
    pv_csv_headings *headings = all->headings;
    heading->state = PV_CSV_HEADING_KIND;
    if (headings->kind == SIZE_MAX) {
        headings->kind = (size_t)(heading - headings->list);
        return true;
    }
    heading->state = PV_CSV_HEADING_BAD;
    return report_repeated(all, heading, name, headings->kind);
}

static bool read_heading(const heading_reader *all, pv_csv_heading *heading) {
    const pv_csv_tree *tree = all->tree;
    size_t kind_count = all->headings->form->record_count;
    uint64_t key;
    bool known;
    heading->state = heading->cell.blank ? PV_CSV_HEADING_BLANK : PV_CSV_HEADING_COLUMN;
    heading->keys = PV_NEW_ARRAY(tree->arena, const pv_node *, kind_count);
    heading->columns = PV_NEW_ARRAY(tree->arena, size_t, kind_count);
    if (!heading->keys || !heading->columns)
        return pv_fail_memory(tree->error);
    if (heading->cell.blank)
        return true;
    const pv_node *name = pv_csv_scalar(tree, &heading->cell);
    if (!name || !pv_synonym_key(tree->arena, pv_node_value(name), &key, tree->error))
        return false;
    if (all->csv->kind.size > 0 && key == all->csv->kind_key)
        return read_kind_heading(all, heading, name);
    return take_columns(all, heading, name, key, &known) && (known || report_unknown(all, heading, name));
}

/* ---- what stops everything ---- */

/* At the heading that may be meant for the kind's, else at the whole row. */
static bool fail_without_kind(const heading_reader *all) {
    const pv_csv_headings *headings = all->headings;
    pv_error *error = all->tree->error;
    for (size_t i = 0; i < headings->count; i++) {
        const pv_csv_heading *heading = &headings->list[i];
        pv_str written = pv_source_slice(all->tree->source, heading->cell.at);
        if (heading->state == PV_CSV_HEADING_BAD && pv_suggest(written, &all->csv->kind, 1) == 0)
            return pv_fail_at(error, PV_ERROR_SHAPE, heading->cell.at,
                              "the form has no heading '%s'; did you mean %s, which says what kind of record each row "
                              "is?",
                              pv_message_quote(written).text, pv_message_quote(all->csv->kind).text);
    }
    return pv_fail_at(error, PV_ERROR_SHAPE, headings->at,
                      "a heading '%s' belongs in this row: the column that says what kind of record each row is",
                      pv_message_quote(all->csv->kind).text);
}

static bool check_headings(const heading_reader *all) {
    const pv_csv_headings *headings = all->headings;
    size_t known = 0;
    for (size_t i = 0; i < headings->count; i++)
        known += headings->list[i].state == PV_CSV_HEADING_COLUMN;
    if (all->csv->kind.size > 0 && headings->kind == SIZE_MAX)
        return fail_without_kind(all);
    return known > 0 || pv_fail_at(all->tree->error, PV_ERROR_SHAPE, headings->at,
                                   "a row of headings belongs here, but the form has none of these");
}

bool pv_csv_headings_read(pv_csv_headings *out, const pv_csv_tree *tree, const pv_form *form,
                          const pv_csv_reader *reader, pv_problems *problems) {
    heading_reader all = {.headings = out, .tree = tree, .csv = form->csv, .problems = problems};
    *out = (pv_csv_headings){.form = form, .count = reader->count, .kind = SIZE_MAX, .at = reader->at};
    out->list = PV_NEW_ARRAY(tree->arena, pv_csv_heading, reader->count);
    all.taken = PV_NEW_ARRAY(tree->arena, size_t, count_columns(form));
    if (!out->list || !all.taken)
        return pv_fail_memory(tree->error);
    for (size_t i = 0; i < reader->count; i++) {
        out->list[i].cell = reader->row[i];
        if (!read_heading(&all, &out->list[i]))
            return false;
    }
    return check_headings(&all);
}

bool pv_csv_headings_seen(const pv_csv_tree *tree, const pv_form *form, const pv_csv_reader *reader, bool *out) {
    size_t filled = 0;
    size_t known = 0;
    for (size_t i = 0; i < reader->count; i++) {
        pv_text text;
        uint64_t key;
        if (reader->row[i].blank)
            continue;
        if (!pv_csv_cell_text(&text, tree->arena, tree->source, &reader->row[i], tree->error) ||
            !pv_synonym_key(tree->arena, text.value, &key, tree->error))
            return false;
        filled++;
        known += pv_synonyms_find(&form->csv->headings, key) != SIZE_MAX;
    }
    *out = filled > 1 && known == filled;
    return true;
}

/* ---- what only the rows can tell ---- */

static bool has_heading(const pv_csv_headings *headings, size_t kind, size_t column) {
    for (size_t i = 0; i < headings->count; i++)
        if (headings->list[i].keys[kind] && headings->list[i].columns[kind] == column)
            return true;
    return false;
}

/* Whether an earlier kind lacks a heading of this name too: one heading serves them all. */
static bool told_already(const pv_csv_headings *headings, const bool *used, size_t kind, const pv_value_spec *column) {
    for (size_t i = 0; i < kind; i++) {
        const pv_record_spec *earlier = &headings->form->records[i];
        size_t same = used[i] ? pv_names_find(&earlier->column_names, column->name) : SIZE_MAX;
        if (same != SIZE_MAX && earlier->columns[same].required && !has_heading(headings, i, same))
            return true;
    }
    return false;
}

static bool check_required(const pv_csv_headings *headings, const bool *used, size_t kind, pv_problems *problems,
                           pv_error *error) {
    const pv_record_spec *record = &headings->form->records[kind];
    const pv_span end = {headings->at.end, headings->at.end};
    for (size_t i = 0; i < record->column_count; i++) {
        const pv_value_spec *column = &record->columns[i];
        if (!column->required || has_heading(headings, kind, i) || told_already(headings, used, kind, column))
            continue;
        if (!pv_problems_add(problems, PV_PROBLEM_MISSING_PART, end, error,
                             "there is no heading '%s', and every row of %s needs that column",
                             pv_message_quote(column->label).text, pv_message_quote(record->name).text))
            return false;
    }
    return true;
}

bool pv_csv_headings_check(const pv_csv_headings *headings, const bool *used, pv_problems *problems, pv_error *error) {
    for (size_t i = 0; i < headings->form->record_count; i++)
        if (used[i] && !check_required(headings, used, i, problems, error))
            return false;
    for (size_t i = 0; i < headings->count; i++) {
        const pv_csv_heading *heading = &headings->list[i];
        if (heading->state == PV_CSV_HEADING_BLANK && heading->used &&
            !pv_problems_add(problems, PV_PROBLEM_MISSING_PART, heading->cell.at, error,
                             "cells of this column are filled, and it has no heading"))
            return false;
    }
    return true;
}
