/* The record lists of a submission: rows of typed values, given kind by kind or inside the rows that they belong to. */
#include <stdlib.h>

#include "model/message.h"
#include "model/submission_reader.h"

/* Where a row was found. */
typedef struct pv_found_row {
    const pv_node *node;
    const pv_record *host; /* the row it stands in; NULL: in the list of its own kind */
} pv_found_row;

/* The rows of one kind, while they are gathered. */
typedef struct pv_found_rows {
    pv_found_row *rows;
    size_t count;
} pv_found_rows;

/* All kinds being read, in the form's order: a kind's owner before it. */
typedef struct pv_records_reader {
    pv_submission_reader *reader;
    pv_record_list *lists;
    pv_record **records;   /* the rows read, by kind */
    const pv_node ***rows; /* their nodes */
} pv_records_reader;

/* ---- one row ---- */

/* parts: what the row has, by column. */
static bool report_missing_columns(pv_submission_reader *reader, const pv_node *const *parts, const pv_record *record) {
    for (size_t i = 0; i < record->values.count; i++) {
        const pv_value *value = &record->values.values[i];
        bool told = reader->columns_told && parts[i] == NULL;
        if (value->spec->required && pv_value_is_blank(value) && !told &&
            !pv_problems_add(&reader->problems, PV_PROBLEM_MISSING_PART, value->at, reader->error,
                             "row %zu of %s has no %s", record->number, pv_message_quote(record->spec->name).text,
                             pv_message_quote(value->spec->name).text))
            return false;
    }
    return true;
}

/* A row inside another need not say again to which one it belongs. */
static void inherit_key(const pv_record *record, const pv_record *host, pv_value *values) {
    for (size_t i = 0; i < host->spec->key_count; i++) {
        if (values[i].given)
            continue;
        values[i] = host->values.values[host->spec->key[i]];
        values[i].spec = &record->spec->columns[i];
    }
}

static bool read_row(pv_submission_reader *reader, const pv_record_spec *spec, const pv_found_row *row,
                     const pv_node **parts, pv_record *record) {
    const pv_children names = {"a row of ", spec->name, "column", &spec->part_names};
    pv_value *values = pv_reader_array(reader, spec->column_count, sizeof *values);
    if (values == NULL || !pv_reader_sort_children(reader, row->node, &names, parts) ||
        !pv_reader_values(reader, spec->columns, spec->column_count, parts, row->node->span.start, values))
        return false;
    record->spec = spec;
    record->at = row->node->span;
    record->values = (pv_value_list){.values = values, .count = spec->column_count};
    record->owner = row->host;
    if (row->host != NULL)
        inherit_key(record, row->host, values);
    return report_missing_columns(reader, parts, record);
}

/* ---- the rows of a kind ---- */

/* Whether rows can be taken from list, which stands under the name of a kind. */
static bool check_list(pv_submission_reader *reader, const pv_record_spec *spec, const pv_node *list, bool *is_list) {
    *is_list = list->kind == PV_NODE_SEQUENCE;
    return *is_list || pv_node_is_empty(list) ||
           pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, list->span, reader->error,
                           "%s is a list of rows, not %s", pv_message_quote(spec->name).text, pv_message_found(list));
}

static const pv_node *nested_list(const pv_records_reader *all, const pv_record_spec *spec, size_t host) {
    return pv_node_get(all->rows[spec->owner->index][host], spec->name);
}

static size_t count_nested(const pv_records_reader *all, const pv_record_spec *spec) {
    size_t count = 0;
    for (size_t i = 0; spec->owner != NULL && i < all->lists[spec->owner->index].count; i++) {
        const pv_node *list = nested_list(all, spec, i);
        count += list ? list->count : 0;
    }
    return count;
}

/* Adds the rows of list; where the kind has no list of its own, the first one in a row stands for it. */
static bool add_rows(pv_records_reader *all, const pv_record_spec *spec, const pv_node *list, const pv_record *host,
                     pv_found_rows *out) {
    pv_record_list *own = &all->lists[spec->index];
    bool is_list;
    if (!check_list(all->reader, spec, list, &is_list))
        return false;
    if (!own->given)
        own->at = is_list ? list->span : (pv_span){list->span.start, list->span.start};
    own->given = true;
    for (const pv_node *row = is_list ? list->first : NULL; row != NULL; row = row->next)
        out->rows[out->count++] = (pv_found_row){.node = row, .host = host};
    return true;
}

static int compare_rows(const void *left, const void *right) {
    const pv_found_row *a = left;
    const pv_found_row *b = right;
    return (a->node->span.start > b->node->span.start) - (a->node->span.start < b->node->span.start);
}

/* All rows of a kind, wherever they stand, in document order. list: the kind's own, or NULL. */
static bool find_rows(pv_records_reader *all, const pv_record_spec *spec, const pv_node *list, pv_found_rows *out) {
    size_t most = (list ? list->count : 0) + count_nested(all, spec);
    *out = (pv_found_rows){.rows = pv_reader_array(all->reader, most, sizeof *out->rows)};
    if (out->rows == NULL || (list != NULL && !add_rows(all, spec, list, NULL, out)))
        return false;
    for (size_t i = 0; spec->owner != NULL && i < all->lists[spec->owner->index].count; i++) {
        const pv_node *nested = nested_list(all, spec, i);
        if (nested != NULL && !add_rows(all, spec, nested, &all->records[spec->owner->index][i], out))
            return false;
    }
    if (out->count > 1)
        qsort(out->rows, out->count, sizeof *out->rows, compare_rows);
    return true;
}

static bool read_rows(pv_records_reader *all, const pv_record_spec *spec, const pv_found_rows *found) {
    pv_submission_reader *reader = all->reader;
    pv_record_list *list = &all->lists[spec->index];
    pv_record *records = pv_reader_array(reader, found->count, sizeof *records);
    const pv_node **nodes = pv_reader_array(reader, found->count, sizeof *nodes);
    const pv_node **parts = pv_reader_array(reader, spec->part_names.count, sizeof *parts);
    if (records == NULL || nodes == NULL || parts == NULL)
        return false;
    for (size_t i = 0; i < found->count; i++) {
        const pv_node *node = found->rows[i].node;
        if (node->kind == PV_NODE_MAPPING) {
            nodes[list->count] = node;
            pv_record *record = &records[list->count++];
            record->number = i + 1;
            if (!read_row(reader, spec, &found->rows[i], parts, record))
                return false;
        } else if (!pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, node->span, reader->error,
                                    "row %zu of %s is %s; it needs its columns, like name: value", i + 1,
                                    pv_message_quote(spec->name).text, pv_message_found(node))) {
            return false;
        }
    }
    list->records = records;
    all->records[spec->index] = records;
    all->rows[spec->index] = nodes;
    return true;
}

bool pv_reader_read_records(pv_submission_reader *reader, const pv_node *mapping, pv_submission *out) {
    const pv_form *form = reader->form;
    const pv_children kinds = {"the form", PV_STR(""), "record kind", &form->record_names};
    pv_records_reader all = {
        .reader = reader,
        .lists = pv_reader_array(reader, form->record_count, sizeof *all.lists),
        .records = pv_reader_array(reader, form->record_count, sizeof *all.records),
        .rows = pv_reader_array(reader, form->record_count, sizeof *all.rows),
    };
    const pv_node **sorted = pv_reader_array(reader, form->record_count, sizeof *sorted);
    if (all.lists == NULL || all.records == NULL || all.rows == NULL || sorted == NULL ||
        !pv_reader_sort_children(reader, mapping, &kinds, sorted))
        return false;
    uint32_t expected = pv_reader_start_of(reader, mapping, reader->content_end);
    for (size_t i = 0; i < form->record_count; i++) {
        pv_found_rows found;
        all.lists[i] = (pv_record_list){.spec = &form->records[i], .at = {expected, expected}};
        if (!find_rows(&all, &form->records[i], sorted[i], &found) || !read_rows(&all, &form->records[i], &found))
            return false;
        if (sorted[i] != NULL)
            expected = pv_reader_end_of(reader, sorted[i]);
    }
    out->records = all.lists;
    return pv_reader_link_records(reader, all.records, all.lists);
}
