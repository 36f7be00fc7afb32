/* The records of a submission: rows of typed values, given kind by kind or inside the rows that they belong to; and
 * the pairs of its matrices. */
#include "model/submission_p.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "model/message.h"

/* ---- keys ---- */

/* Which rows say that they are about the same thing, and which row each one belongs to. */

/* A record by its key. */
typedef struct keyed_record {
    uint64_t key; /* taken as proof, as that of a text's tokens is */
    pv_record *record;
} keyed_record;

typedef struct keyed_list {
    keyed_record *entries; /* by key, then in the order of the rows */
    size_t count;
} keyed_list;

/* Numbers that are equal are one, whatever their zeros, commas and blanks. */
static uint64_t hash_number(pv_decimal number, uint64_t hash) {
    while (number.scale > 0 && number.coefficient % 10 == 0) {
        number.coefficient /= 10;
        number.scale--;
    }
    hash = pv_hash_byte(hash, (char)number.scale);
    return pv_hash_continue(hash, (pv_str){(const char *)&number.coefficient, sizeof number.coefficient});
}

/* The signs of a text that tell it from another with the same words: A+ from A, >5 from 5, A- from A. */
static uint64_t hash_signs(pv_str text, uint64_t hash) {
    text = pv_str_trim(text);
    for (size_t i = 0; i < text.size; i++)
        if (strchr("+<>=", text.data[i]) || (text.data[i] == '-' && i + 1 == text.size))
            hash = pv_hash_byte(hash, text.data[i]);
    return hash;
}

static uint64_t hash_day(pv_date date, uint64_t hash) {
    const uint64_t day = (uint64_t)date.year * 10000 + (uint64_t)date.month * 100 + date.day;
    return pv_hash_continue(hash, (pv_str){(const char *)&day, sizeof day});
}

static bool hash_wording(const pv_submission_reader *reader, pv_str text, uint64_t *hash) {
    uint64_t key;
    if (!pv_synonym_key(reader->arena, text, &key, reader->error))
        return false;
    *hash = pv_hash_continue(*hash, (pv_str){(const char *)&key, sizeof key});
    *hash = hash_signs(text, *hash);
    return true;
}

/* Names read as wording, as are words that the form accepts for a value, all else as the value it is. */
static bool hash_value(const pv_submission_reader *reader, const pv_value *value, uint64_t *hash) {
    const pv_interval *days = &value->days;
    uint64_t number;
    if (value->accepted) {
        *hash = pv_hash_byte(*hash, '?');
        return hash_wording(reader, value->text.value, hash);
    }
    switch (pv_type_of(value->spec->type)->sort) {
    case PV_SORT_ROW:
        number = pv_table_row_number(value->spec->table, value->row);
        *hash = pv_hash_continue(*hash, (pv_str){(const char *)&number, sizeof number});
        return true;
    case PV_SORT_DAYS:
        *hash = hash_day(days->from.first, *hash);
        if (value->spec->type == PV_TYPE_PERIOD)
            *hash = hash_day(days->to.last, hash_day(days->to.first, hash_day(days->from.last, *hash)));
        return true;
    case PV_SORT_NUMBER:
        *hash = hash_number(value->number, *hash);
        return true;
    case PV_SORT_BOOLEAN:
        *hash = pv_hash_byte(*hash, value->boolean ? '1' : '0');
        return true;
    case PV_SORT_LIST:
    case PV_SORT_DOCUMENT:
    case PV_SORT_FILE:
        *hash = pv_hash_continue(*hash, pv_str_trim(value->text.value));
        return true;
    case PV_SORT_TEXT:
        break;
    }
    return hash_wording(reader, value->text.value, hash);
}

/* Whether it says what a row is known by: a value, or words that the form accepts for one. */
static bool is_key_part(const pv_value *value) {
    return (pv_value_is_known(value) || value->accepted) && !pv_value_is_blank(value);
}

/* *known: every cell could be read. A row whose key is open has a problem of its own already. */
static bool key_of(const pv_submission_reader *reader, const pv_record *record, const size_t *positions, size_t count,
                   uint64_t *key, bool *known) {
    *known = true;
    *key = PV_HASH_SEED;
    for (size_t i = 0; i < count; i++) {
        const pv_value *value = &record->values.values[positions ? positions[i] : i];
        *known = *known && is_key_part(value);
        if (*known && !hash_value(reader, value, key))
            return false;
        *key = pv_hash_byte(*key, '\n');
    }
    return true;
}

bool pv_reader_record_key(const pv_submission_reader *reader, const pv_record *record, uint64_t *key, bool *known) {
    return key_of(reader, record, record->spec->key, record->spec->key_count, key, known);
}

bool pv_reader_name_key(const pv_submission_reader *reader, const pv_value_spec *column, const pv_node *name,
                        size_t start, size_t end, uint64_t *key, bool *known) {
    pv_node part = *name;
    pv_value value;
    pv_error failure = {0};
    if (!pv_text_slice(&part.text, reader->arena, &name->text, start, end, reader->error))
        return false;
    *known = pv_value_read(&value, reader->arena, column, &part, &failure);
    if (!*known && failure.code == PV_ERROR_MEMORY)
        return pv_fail_memory(reader->error);
    bool own_words = !*known && column->other && !pv_text_is_blank(&part.text); /* beside the choices */
    *known = own_words || (*known && is_key_part(&value));
    if (own_words ? !hash_wording(reader, part.text.value, key) : *known && !hash_value(reader, &value, key))
        return false;
    *key = pv_hash_byte(*key, '\n');
    return true;
}

static int compare_keyed(const void *left, const void *right) {
    const keyed_record *a = left;
    const keyed_record *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->record->number > b->record->number) - (a->record->number < b->record->number);
}

static const keyed_record *find_keyed(const keyed_list *list, uint64_t key) {
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->entries[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && list->entries[low].key == key ? &list->entries[low] : NULL;
}

/* The cells of a record at these positions, from the first to the last of those that stand in it. */
static pv_span cells_of(const pv_record *record, const size_t *positions, size_t count) {
    bool any = false;
    pv_span hull = {record->at.start, record->at.start};
    for (size_t i = 0; i < count; i++) {
        const pv_value *value = &record->values.values[positions ? positions[i] : i];
        bool is_inside = value->at.start >= record->at.start && value->at.end <= record->at.end;
        if (!value->given || !is_inside) /* absent, or said by the row around it */
            continue;
        if (!any || value->at.start < hull.start)
            hull.start = value->at.start;
        if (!any || value->at.end > hull.end)
            hull.end = value->at.end;
        any = true;
    }
    return hull;
}

/* "county and party": the names of the columns, or (with values) "Amador, WIC": what the record says in them. */
static pv_str describe_key(const pv_submission_reader *reader, const pv_record *record, const size_t *positions,
                           size_t count, bool values) {
    pv_str said = PV_STR("");
    for (size_t i = 0; i < count && said.data; i++) {
        const pv_value *value = &record->values.values[positions ? positions[i] : i];
        pv_str part = values ? pv_str_trim(value->text.value) : value->spec->label;
        const char *joint = i == 0 ? "" : values || i + 1 < count ? ", " : " and ";
        said = pv_arena_format(reader->arena, values ? "%.*s%s%s" : "%.*s%s“%s”", PV_STR_ARG(said), joint,
                               pv_message_quote(part).text);
    }
    if (!said.data)
        pv_fail_memory(reader->error);
    return said;
}

static bool report_repeated(pv_submission_reader *reader, const pv_record *first, const pv_record *again) {
    const pv_record_spec *spec = again->spec;
    pv_span other = cells_of(first, spec->key, spec->key_count);
    pv_str names = describe_key(reader, again, spec->key, spec->key_count, false);
    pv_str values = describe_key(reader, again, spec->key, spec->key_count, true);
    return names.data && values.data &&
           pv_problems_add_key(&reader->problems, cells_of(again, spec->key, spec->key_count), &other, reader->error,
                               "row %zu of “%s” has the same %s as row %zu: %s", again->number,
                               pv_message_quote(spec->label).text, names.data, first->number,
                               pv_message_quote(values).text);
}

static bool report_orphan(pv_submission_reader *reader, const pv_record *record) {
    const pv_record_spec *owner = record->spec->owner;
    pv_str names = describe_key(reader, record, NULL, owner->key_count, false);
    pv_str values = describe_key(reader, record, NULL, owner->key_count, true);
    return names.data && values.data &&
           pv_problems_add_key(&reader->problems, cells_of(record, NULL, owner->key_count), NULL, reader->error,
                               "row %zu of “%s” belongs to no row of “%s”: none has the %s %s", record->number,
                               pv_message_quote(record->spec->label).text, pv_message_quote(owner->label).text,
                               names.data, pv_message_quote(values).text);
}

static bool report_contradiction(pv_submission_reader *reader, const pv_record *record) {
    size_t count = record->spec->owner->key_count;
    pv_str values = describe_key(reader, record->owner, record->spec->owner->key, count, true);
    return values.data &&
           pv_problems_add_key(&reader->problems, cells_of(record, NULL, count), NULL, reader->error,
                               "this row of “%s” stands in the one for %s, but says that it belongs to another",
                               pv_message_quote(record->spec->label).text, pv_message_quote(values).text);
}

static bool index_keys(pv_submission_reader *reader, pv_record *records, const pv_record_list *list, keyed_list *out) {
    *out = (keyed_list){.entries = pv_reader_array(reader, list->count, sizeof *out->entries)};
    if (!out->entries)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        bool known;
        keyed_record *entry = &out->entries[out->count];
        entry->record = &records[i];
        if (!key_of(reader, entry->record, list->spec->key, list->spec->key_count, &entry->key, &known))
            return false;
        out->count += known;
    }
    if (out->count > 1)
        qsort(out->entries, out->count, sizeof *out->entries, compare_keyed);
    return true;
}

static bool report_repetitions(pv_submission_reader *reader, const keyed_list *list) {
    size_t first = 0;
    for (size_t i = 1; i < list->count; i++) {
        if (list->entries[i].key != list->entries[first].key)
            first = i;
        else if (!report_repeated(reader, list->entries[first].record, list->entries[i].record))
            return false;
    }
    return true;
}

/* Whether a record says of itself what the one around it says; one whose key is open has a problem of its own. */
static bool agrees_with_host(pv_submission_reader *reader, const pv_record *record, uint64_t key, bool *agrees) {
    const pv_record_spec *owner = record->spec->owner;
    uint64_t host_key;
    bool known;
    if (!key_of(reader, record->owner, owner->key, owner->key_count, &host_key, &known))
        return false;
    *agrees = !known || host_key == key;
    return true;
}

/* The record that this one belongs to: the one it stands in, else the one with its key; NULL when there is none. */
static bool find_owner(pv_submission_reader *reader, const keyed_list *owners, pv_record *record, pv_record *hosts,
                       pv_record **out) {
    uint64_t key;
    bool known;
    *out = NULL;
    if (!key_of(reader, record, NULL, record->spec->owner->key_count, &key, &known))
        return false;
    if (!known)
        return true;
    if (record->owner) {
        bool agrees;
        if (!agrees_with_host(reader, record, key, &agrees))
            return false;
        *out = agrees ? &hosts[record->owner - hosts] : NULL;
        return agrees || report_contradiction(reader, record);
    }
    const keyed_record *found = find_keyed(owners, key);
    *out = found ? found->record : NULL;
    return found || report_orphan(reader, record);
}

/* Appends record to what its owner owns. tails: the last one owned, by the owner's place in its list. */
static void own(pv_record *owner, pv_record *owners, pv_record **tails, pv_record *record) {
    pv_record **tail = &tails[owner - owners];
    record->owner = owner;
    if (*tail)
        (*tail)->next_owned = record;
    else
        owner->first_owned = record;
    *tail = record;
}

/* Rows that belong to a kind, kind after kind in the form's order. */
static bool link_to(pv_submission_reader *reader, const pv_record_spec *owner_spec, pv_record *const *records,
                    const pv_record_list *lists, const keyed_list *owners) {
    pv_record *owner_records = records[owner_spec->index];
    pv_record **tails = pv_reader_array(reader, lists[owner_spec->index].count, sizeof *tails);
    if (!tails)
        return false;
    for (size_t kind = 0; kind < reader->form->record_count; kind++) {
        for (size_t i = 0; lists[kind].spec->owner == owner_spec && i < lists[kind].count; i++) {
            pv_record *record = &records[kind][i];
            pv_record *owner;
            if (!find_owner(reader, owners, record, owner_records, &owner))
                return false;
            record->owner = NULL;
            if (owner)
                own(owner, owner_records, tails, record);
        }
    }
    return true;
}

/* Links the records just read to those that they belong to; lists are of all kinds of the form. */
static bool link_records(pv_submission_reader *reader, pv_record *const *records, const pv_record_list *lists) {
    for (size_t kind = 0; kind < reader->form->record_count; kind++) {
        keyed_list keyed;
        if (lists[kind].spec->key_count > 0 &&
            (!index_keys(reader, records[kind], &lists[kind], &keyed) || !report_repetitions(reader, &keyed) ||
             !link_to(reader, lists[kind].spec, records, lists, &keyed)))
            return false;
    }
    return true;
}

/* ---- rows ---- */

/* Where a row was found. */
typedef struct found_row {
    const pv_node *node;
    const pv_record *host; /* the row it stands in; NULL: in the list of its own kind */
} found_row;

/* The rows of one kind, while they are gathered. */
typedef struct found_rows {
    found_row *rows;
    size_t count;
} found_rows;

/* All kinds being read, in the form's order: a kind's owner before it. */
typedef struct records_reader {
    pv_submission_reader *reader;
    pv_record_list *lists;
    pv_record **records;   /* the rows read, by kind */
    const pv_node ***rows; /* their nodes */
} records_reader;

/* A cell that is required and says nothing. */
static bool report_missing_cell(pv_submission_reader *reader, const pv_record *record, const pv_value *value) {
    const pv_quote kind = pv_message_quote(record->spec->label);
    const pv_quote column = pv_message_quote(value->spec->label);
    const char *reason = pv_unanswered_reason(value->unanswered);
    return reason ? pv_problems_add_unsaid(&reader->problems, value->at, reader->error,
                                           "row %zu of “%s” has no “%s”: '%s' %s", record->number, kind.text,
                                           column.text, pv_message_quote(pv_value_written(value)).text, reason)
                  : pv_problems_add(&reader->problems, PV_PROBLEM_MISSING_PART, value->at, reader->error,
                                    "row %zu of “%s” has no “%s”", record->number, kind.text, column.text);
}

static bool is_missing(const pv_value *value, bool conditional) {
    return value->spec->required && value->unanswered != PV_ANSWERED && !value->spec->only_if == !conditional;
}

/* What is required whatever else the filing says. parts: what the row has, by column. */
static bool report_missing_columns(pv_submission_reader *reader, const pv_node *const *parts, const pv_record *record) {
    for (size_t i = 0; i < record->values.count; i++) {
        const pv_value *value = &record->values.values[i];
        bool reported = reader->columns_reported && !parts[i] && !pv_unanswered_reason(value->unanswered);
        if (is_missing(value, false) && !reported && !report_missing_cell(reader, record, value))
            return false;
    }
    return true;
}

bool pv_reader_report_missing_cells(pv_submission_reader *reader) {
    for (size_t kind = 0; kind < reader->form->record_count; kind++) {
        const pv_record_list *list = &reader->records[kind];
        size_t count = list->spec->column_count;
        for (size_t i = 0; i < list->count * count; i++) {
            const pv_value *value = &reader->cells[kind][i];
            if (is_missing(value, true) && value->why_not.size == 0 &&
                !report_missing_cell(reader, &list->records[i / count], value))
                return false;
        }
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

static bool read_row(pv_submission_reader *reader, const pv_record_spec *spec, const found_row *row,
                     const pv_node **parts, pv_value *values, pv_record *record) {
    const pv_children names = {"a row of ", spec->label, "column", &spec->part_names};
    if (!pv_reader_sort_children(reader, row->node, &names, parts) ||
        !pv_reader_values(reader, spec->columns, spec->column_count, parts, row->node->span.start, values))
        return false;
    record->spec = spec;
    record->at = row->node->span;
    record->values = (pv_value_list){.values = values, .count = spec->column_count};
    record->owner = row->host;
    if (row->host)
        inherit_key(record, row->host, values);
    return report_missing_columns(reader, parts, record);
}

/* Whether rows can be taken from list, which stands under the name of a kind. */
static bool check_list(pv_submission_reader *reader, const pv_record_spec *spec, const pv_node *list, bool *is_list) {
    *is_list = list->kind == PV_NODE_SEQUENCE;
    return *is_list || pv_node_is_empty(list) ||
           pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, list->span, reader->error,
                           "“%s” is a list of rows, not %s", pv_message_quote(spec->label).text,
                           pv_message_found(list));
}

static const pv_node *nested_list(const records_reader *all, const pv_record_spec *spec, size_t host) {
    return pv_node_get(all->rows[spec->owner->index][host], spec->name);
}

static size_t count_nested(const records_reader *all, const pv_record_spec *spec) {
    size_t count = 0;
    for (size_t i = 0; spec->owner && i < all->lists[spec->owner->index].count; i++) {
        const pv_node *list = nested_list(all, spec, i);
        count += list ? list->count : 0;
    }
    return count;
}

/* Adds the rows of list; where the kind has no list of its own, the first one in a row stands for it. */
static bool add_rows(records_reader *all, const pv_record_spec *spec, const pv_node *list, const pv_record *host,
                     found_rows *out) {
    pv_record_list *own = &all->lists[spec->index];
    bool is_list;
    if (!check_list(all->reader, spec, list, &is_list))
        return false;
    if (!own->given)
        own->at = is_list ? list->span : (pv_span){list->span.start, list->span.start};
    own->given = true;
    for (const pv_node *row = is_list ? list->first : NULL; row; row = row->next)
        out->rows[out->count++] = (found_row){.node = row, .host = host};
    return true;
}

static int compare_rows(const void *left, const void *right) {
    const found_row *a = left;
    const found_row *b = right;
    return (a->node->span.start > b->node->span.start) - (a->node->span.start < b->node->span.start);
}

/* All rows of a kind, wherever they stand, in document order. list: the kind's own, or NULL. */
static bool find_rows(records_reader *all, const pv_record_spec *spec, const pv_node *list, found_rows *out) {
    size_t most = (list ? list->count : 0) + count_nested(all, spec);
    *out = (found_rows){.rows = pv_reader_array(all->reader, most, sizeof *out->rows)};
    if (!out->rows || (list && !add_rows(all, spec, list, NULL, out)))
        return false;
    for (size_t i = 0; spec->owner && i < all->lists[spec->owner->index].count; i++) {
        const pv_node *nested = nested_list(all, spec, i);
        if (nested && !add_rows(all, spec, nested, &all->records[spec->owner->index][i], out))
            return false;
    }
    if (out->count > 1)
        qsort(out->rows, out->count, sizeof *out->rows, compare_rows);
    return true;
}

static bool read_rows(records_reader *all, const pv_record_spec *spec, const found_rows *found) {
    pv_submission_reader *reader = all->reader;
    pv_record_list *list = &all->lists[spec->index];
    pv_record *records = pv_reader_array(reader, found->count, sizeof *records);
    const pv_node **nodes = pv_reader_array(reader, found->count, sizeof *nodes);
    const pv_node **parts = pv_reader_array(reader, spec->part_names.count, sizeof *parts);
    pv_value *cells = pv_reader_array(reader, found->count * spec->column_count, sizeof *cells);
    if (!records || !nodes || !parts || !cells)
        return false;
    reader->cells[spec->index] = cells;
    for (size_t i = 0; i < found->count; i++) {
        const pv_node *node = found->rows[i].node;
        if (node->kind == PV_NODE_MAPPING) {
            nodes[list->count] = node;
            pv_value *values = &cells[list->count * spec->column_count];
            pv_record *record = &records[list->count++];
            record->number = i + 1;
            if (!read_row(reader, spec, &found->rows[i], parts, values, record))
                return false;
        } else if (!pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, node->span, reader->error,
                                    "row %zu of “%s” is %s; it needs its columns, like name: value", i + 1,
                                    pv_message_quote(spec->label).text, pv_message_found(node))) {
            return false;
        }
    }
    list->records = records;
    all->records[spec->index] = records;
    all->rows[spec->index] = nodes;
    return true;
}

/* ---- matrices ---- */

/* Every row of one table against every row of another, with the records about the two. */

/* One matrix being filled. */
typedef struct matrix_filling {
    pv_submission_reader *reader;
    const pv_matrix *matrix;
    const pv_record_list *list;
    pv_pair *pairs;
} matrix_filling;

static size_t pair_count(const pv_matrix *matrix) {
    return matrix->rows->row_count * matrix->columns->row_count;
}

/* The pair that a record is about; NULL when it does not say. */
static pv_pair *pair_of(const matrix_filling *filling, const pv_record *record) {
    const pv_matrix *matrix = filling->matrix;
    const pv_value_list *row = record->values.values[matrix->row_cell].row;
    const pv_value_list *column = record->values.values[matrix->column_cell].row;
    if (!row || !column)
        return NULL;
    return &filling->pairs[pv_table_row_number(matrix->rows, row) * matrix->columns->row_count +
                           pv_table_row_number(matrix->columns, column)];
}

/* Where a record about the pair would stand: after the last one there is. */
static pv_span free_place(const matrix_filling *filling) {
    return (pv_span){filling->list->at.end, filling->list->at.end};
}

static bool name_pairs(const matrix_filling *filling) {
    const pv_matrix *matrix = filling->matrix;
    for (size_t i = 0; i < pair_count(matrix); i++) {
        pv_pair *pair = &filling->pairs[i];
        pair->matrix = matrix;
        pair->row = &matrix->rows->rows[i / matrix->columns->row_count];
        pair->column = &matrix->columns->rows[i % matrix->columns->row_count];
        pair->at = free_place(filling);
        pair->name = pv_arena_format(filling->reader->arena, "%.*s, %.*s", PV_STR_ARG(pv_row_title(pair->row)),
                                     PV_STR_ARG(pv_row_title(pair->column)));
        if (!pair->name.data)
            return pv_fail_memory(filling->reader->error);
    }
    return true;
}

/* The records of all pairs stand in one array, one pair's after another's. */
static bool share_out_records(const matrix_filling *filling) {
    const pv_record_list *list = filling->list;
    const pv_record **records = pv_reader_array(filling->reader, list->count, sizeof *records);
    const pv_record ***free = pv_reader_array(filling->reader, pair_count(filling->matrix), sizeof *free);
    if (!records || !free)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        pv_pair *pair = pair_of(filling, &list->records[i]);
        if (pair)
            pair->record_count++;
    }
    for (size_t i = 0; i < pair_count(filling->matrix); i++) {
        filling->pairs[i].records = records;
        free[i] = records;
        records += filling->pairs[i].record_count;
    }
    for (size_t i = 0; i < list->count; i++) {
        const pv_pair *pair = pair_of(filling, &list->records[i]);
        if (pair)
            *free[pair - filling->pairs]++ = &list->records[i];
    }
    return true;
}

static void place_pairs(const matrix_filling *filling) {
    const size_t cells[] = {filling->matrix->row_cell, filling->matrix->column_cell};
    for (size_t i = 0; i < pair_count(filling->matrix); i++) {
        pv_pair *pair = &filling->pairs[i];
        if (pair->record_count > 0)
            pair->at = cells_of(pair->records[0], cells, sizeof cells / sizeof *cells);
    }
}

/* Gives each pair of each matrix its records, once they are read. */
static bool fill_matrices(pv_submission_reader *reader, pv_submission *out) {
    const pv_form *form = reader->form;
    pv_pair_list *matrices = pv_reader_array(reader, form->matrix_count, sizeof *matrices);
    if (!matrices)
        return false;
    for (size_t i = 0; i < form->matrix_count; i++) {
        const pv_matrix *matrix = &form->matrices[i];
        matrix_filling filling = {
            .reader = reader,
            .matrix = matrix,
            .list = &out->records[matrix->records->index],
            .pairs = pv_reader_array(reader, pair_count(matrix), sizeof *filling.pairs),
        };
        if (!filling.pairs || !name_pairs(&filling) || !share_out_records(&filling))
            return false;
        place_pairs(&filling);
        matrices[i] = (pv_pair_list){.pairs = filling.pairs, .count = pair_count(matrix)};
    }
    out->matrices = matrices;
    return true;
}

bool pv_reader_read_records(pv_submission_reader *reader, const pv_node *mapping, pv_submission *out) {
    const pv_form *form = reader->form;
    const pv_children kinds = {"the form", PV_STR(""), "record kind", &form->record_names};
    records_reader all = {
        .reader = reader,
        .lists = pv_reader_array(reader, form->record_count, sizeof *all.lists),
        .records = pv_reader_array(reader, form->record_count, sizeof *all.records),
        .rows = pv_reader_array(reader, form->record_count, sizeof *all.rows),
    };
    const pv_node **sorted = pv_reader_array(reader, form->record_count, sizeof *sorted);
    if (!all.lists || !all.records || !all.rows || !sorted || !pv_reader_sort_children(reader, mapping, &kinds, sorted))
        return false;
    reader->records = all.lists;
    reader->cells = pv_reader_array(reader, form->record_count, sizeof *reader->cells);
    if (!reader->cells)
        return false;
    uint32_t expected = pv_reader_start_of(reader, mapping, reader->content_end);
    for (size_t i = 0; i < form->record_count; i++) {
        found_rows found;
        all.lists[i] = (pv_record_list){.spec = &form->records[i], .at = {expected, expected}};
        if (!find_rows(&all, &form->records[i], sorted[i], &found) || !read_rows(&all, &form->records[i], &found))
            return false;
        if (sorted[i])
            expected = pv_reader_end_of(reader, sorted[i]);
    }
    out->records = all.lists;
    return link_records(reader, all.records, all.lists) && fill_matrices(reader, out);
}

/* ---- what a record is called among others of its kind ---- */

/* The columns by which it is known: its own key, else that of what it belongs to, which stands in front. */
static size_t known_by(const pv_record *record) {
    const pv_record_spec *spec = record->spec;
    return spec->key_count > 0 || !spec->owner ? spec->key_count : spec->owner->key_count;
}

static const pv_value *key_value(const pv_record *record, size_t index) {
    const pv_record_spec *spec = record->spec;
    return &record->values.values[spec->key_count > 0 ? spec->key[index] : index];
}

/* What the index-th of them says: a row by its name, however it is spelt there. */
static pv_str key_part(const pv_record *record, size_t index) {
    const pv_value *value = key_value(record, index);
    return value->row ? pv_row_title(value->row) : pv_str_trim(value->text.value);
}

pv_str pv_record_title(const pv_record *record, pv_arena *arena) {
    pv_str title = PV_STR("");
    for (size_t i = 0; i < known_by(record) && title.data; i++) {
        const char *joint = title.size > 0 ? ", " : "";
        title = pv_arena_format(arena, "%.*s%s%.*s", PV_STR_ARG(title), joint, PV_STR_ARG(key_part(record, i)));
    }
    return title;
}

pv_str pv_record_called(const pv_record *record, pv_arena *arena) {
    const pv_record_spec *spec = record->spec;
    return pv_str_equal(spec->label, spec->name)
               ? pv_arena_format(arena, "%.*s %zu", PV_STR_ARG(spec->name), record->number)
               : pv_arena_format(arena, "row %zu of “%.*s”", record->number, PV_STR_ARG(spec->label));
}

uint64_t pv_record_hash(const pv_record *record, uint64_t hash, bool as_written) {
    uint64_t number = record->number;
    for (size_t i = 0; i < known_by(record); i++) {
        const pv_spelt spelt = pv_value_spelt(key_value(record, i));
        pv_str part = as_written || !spelt.text[0] ? key_part(record, i) : pv_str_from(spelt.text);
        hash = pv_hash_byte(pv_hash_continue(hash, part), '\n');
    }
    if (record->spec->key_count > 0)
        return hash;
    if (record->owner) {
        number = 1;
        for (const pv_record *each = record->owner->first_owned; each != record; each = each->next_owned)
            number += each->spec == record->spec;
    }
    while (number > 0) {
        hash = pv_hash_byte(hash, (char)('0' + number % 10));
        number /= 10;
    }
    return hash;
}
