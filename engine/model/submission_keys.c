/* The keys of records: which rows say they are about the same thing, and which row each one belongs to. */
#include <stdlib.h>

#include "base/hash.h"
#include "model/message.h"
#include "model/submission_reader.h"

/* A record by its key. */
typedef struct pv_keyed {
    uint64_t key; /* taken as proof, as that of a text's tokens is */
    pv_record *record;
} pv_keyed;

typedef struct pv_keyed_list {
    pv_keyed *entries; /* by key, then in the order of the rows */
    size_t count;
} pv_keyed_list;

/* Names read as wording, rows and days by which one it is, all else as it is written. */
static bool hash_value(pv_submission_reader *reader, const pv_value *value, uint64_t *hash) {
    if (value->spec->type == PV_TYPE_ROW) {
        uint64_t number = pv_table_row_number(value->spec->table, value->row);
        *hash = pv_hash_continue(*hash, (pv_str){(const char *)&number, sizeof number});
        return true;
    }
    if (value->spec->type == PV_TYPE_DATE) {
        const uint64_t day = (uint64_t)value->date.year * 10000 + (uint64_t)value->date.month * 100 + value->date.day;
        *hash = pv_hash_continue(*hash, (pv_str){(const char *)&day, sizeof day});
        return true;
    }
    if (value->spec->type != PV_TYPE_TEXT) {
        *hash = pv_hash_continue(*hash, pv_str_trim(value->text.value));
        return true;
    }
    uint64_t wording;
    if (!pv_synonym_key(reader->arena, value->text.value, &wording, reader->error))
        return false;
    *hash = pv_hash_continue(*hash, (pv_str){(const char *)&wording, sizeof wording});
    return true;
}

/* *known: every cell could be read. A row whose key is open has a problem of its own already. */
static bool key_of(pv_submission_reader *reader, const pv_record *record, const size_t *positions, size_t count,
                   uint64_t *key, bool *known) {
    *known = true;
    *key = PV_HASH_SEED;
    for (size_t i = 0; i < count; i++) {
        const pv_value *value = &record->values.values[positions ? positions[i] : i];
        *known = *known && pv_value_is_known(value) && !pv_value_is_blank(value);
        if (*known && !hash_value(reader, value, key))
            return false;
        *key = pv_hash_byte(*key, '\n');
    }
    return true;
}

static int compare_keyed(const void *left, const void *right) {
    const pv_keyed *a = left;
    const pv_keyed *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->record->number > b->record->number) - (a->record->number < b->record->number);
}

static const pv_keyed *find_keyed(const pv_keyed_list *list, uint64_t key) {
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

/* ---- what messages say of a key ---- */

pv_span pv_reader_cells(const pv_record *record, const size_t *positions, size_t count) {
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
    for (size_t i = 0; i < count && said.data != NULL; i++) {
        const pv_value *value = &record->values.values[positions ? positions[i] : i];
        pv_str part = values ? pv_str_trim(value->text.value) : value->spec->name;
        const char *joint = i == 0 ? "" : values || i + 1 < count ? ", " : " and ";
        said = pv_arena_format(reader->arena, "%.*s%s%s", PV_STR_ARG(said), joint, pv_message_quote(part).text);
    }
    if (said.data == NULL)
        pv_fail_memory(reader->error);
    return said;
}

static bool report_repeated(pv_submission_reader *reader, const pv_record *first, const pv_record *again) {
    const pv_record_spec *spec = again->spec;
    pv_span other = pv_reader_cells(first, spec->key, spec->key_count);
    pv_str names = describe_key(reader, again, spec->key, spec->key_count, false);
    pv_str values = describe_key(reader, again, spec->key, spec->key_count, true);
    return names.data != NULL && values.data != NULL &&
           pv_problems_add_key(&reader->problems, pv_reader_cells(again, spec->key, spec->key_count), &other,
                               reader->error, "row %zu of %s has the same %s as row %zu: %s", again->number,
                               pv_message_quote(spec->name).text, pv_message_quote(names).text, first->number,
                               pv_message_quote(values).text);
}

static bool report_orphan(pv_submission_reader *reader, const pv_record *record) {
    const pv_record_spec *owner = record->spec->owner;
    pv_str names = describe_key(reader, record, NULL, owner->key_count, false);
    pv_str values = describe_key(reader, record, NULL, owner->key_count, true);
    return names.data != NULL && values.data != NULL &&
           pv_problems_add_key(&reader->problems, pv_reader_cells(record, NULL, owner->key_count), NULL, reader->error,
                               "row %zu of %s belongs to no row of %s: none has the %s %s", record->number,
                               pv_message_quote(record->spec->name).text, pv_message_quote(owner->name).text,
                               pv_message_quote(names).text, pv_message_quote(values).text);
}

static bool report_contradiction(pv_submission_reader *reader, const pv_record *record) {
    size_t count = record->spec->owner->key_count;
    pv_str values = describe_key(reader, record->owner, record->spec->owner->key, count, true);
    return values.data != NULL &&
           pv_problems_add_key(&reader->problems, pv_reader_cells(record, NULL, count), NULL, reader->error,
                               "this row of %s stands in the one for %s, but says that it belongs to another",
                               pv_message_quote(record->spec->name).text, pv_message_quote(values).text);
}

/* ---- repeated keys ---- */

static bool index_keys(pv_submission_reader *reader, pv_record *records, const pv_record_list *list,
                       pv_keyed_list *out) {
    *out = (pv_keyed_list){.entries = pv_reader_array(reader, list->count, sizeof *out->entries)};
    if (out->entries == NULL)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        bool known;
        pv_keyed *entry = &out->entries[out->count];
        entry->record = &records[i];
        if (!key_of(reader, entry->record, list->spec->key, list->spec->key_count, &entry->key, &known))
            return false;
        out->count += known;
    }
    if (out->count > 1)
        qsort(out->entries, out->count, sizeof *out->entries, compare_keyed);
    return true;
}

static bool report_repetitions(pv_submission_reader *reader, const pv_keyed_list *list) {
    size_t first = 0;
    for (size_t i = 1; i < list->count; i++) {
        if (list->entries[i].key != list->entries[first].key)
            first = i;
        else if (!report_repeated(reader, list->entries[first].record, list->entries[i].record))
            return false;
    }
    return true;
}

/* ---- owners ---- */

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
static bool find_owner(pv_submission_reader *reader, const pv_keyed_list *owners, pv_record *record, pv_record *hosts,
                       pv_record **out) {
    uint64_t key;
    bool known;
    *out = NULL;
    if (!key_of(reader, record, NULL, record->spec->owner->key_count, &key, &known))
        return false;
    if (!known)
        return true;
    if (record->owner != NULL) {
        bool agrees;
        if (!agrees_with_host(reader, record, key, &agrees))
            return false;
        *out = agrees ? &hosts[record->owner - hosts] : NULL;
        return agrees || report_contradiction(reader, record);
    }
    const pv_keyed *found = find_keyed(owners, key);
    *out = found ? found->record : NULL;
    return found || report_orphan(reader, record);
}

/* Appends record to what its owner owns. tails: the last one owned, by the owner's place in its list. */
static void own(pv_record *owner, pv_record *owners, pv_record **tails, pv_record *record) {
    pv_record **tail = &tails[owner - owners];
    record->owner = owner;
    if (*tail != NULL)
        (*tail)->next_owned = record;
    else
        owner->first_owned = record;
    *tail = record;
}

/* Rows that belong to a kind, kind after kind in the form's order. */
static bool link_to(pv_submission_reader *reader, const pv_record_spec *owner_spec, pv_record *const *records,
                    const pv_record_list *lists, const pv_keyed_list *owners) {
    pv_record *owner_records = records[owner_spec->index];
    pv_record **tails = pv_reader_array(reader, lists[owner_spec->index].count, sizeof *tails);
    if (tails == NULL)
        return false;
    for (size_t kind = 0; kind < reader->form->record_count; kind++) {
        for (size_t i = 0; lists[kind].spec->owner == owner_spec && i < lists[kind].count; i++) {
            pv_record *record = &records[kind][i];
            pv_record *owner;
            if (!find_owner(reader, owners, record, owner_records, &owner))
                return false;
            record->owner = NULL;
            if (owner != NULL)
                own(owner, owner_records, tails, record);
        }
    }
    return true;
}

bool pv_reader_link_records(pv_submission_reader *reader, pv_record *const *records, const pv_record_list *lists) {
    for (size_t kind = 0; kind < reader->form->record_count; kind++) {
        pv_keyed_list keyed;
        if (lists[kind].spec->key_count > 0 &&
            (!index_keys(reader, records[kind], &lists[kind], &keyed) || !report_repetitions(reader, &keyed) ||
             !link_to(reader, lists[kind].spec, records, lists, &keyed)))
            return false;
    }
    return true;
}
