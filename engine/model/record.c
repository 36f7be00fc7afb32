/* What a record is called among others of its kind. */
#include "base/hash.h"
#include "model/submission.h"

/* The columns by which it is known: its own key, else that of what it belongs to, which stands in front. */
static size_t known_by(const pv_record *record) {
    const pv_record_spec *spec = record->spec;
    return spec->key_count > 0 || spec->owner == NULL ? spec->key_count : spec->owner->key_count;
}

/* What the index-th of them says: a row by its name, however it is spelt there. */
static pv_str key_part(const pv_record *record, size_t index) {
    const pv_record_spec *spec = record->spec;
    const pv_value *value = &record->values.values[spec->key_count > 0 ? spec->key[index] : index];
    return value->row != NULL ? pv_row_title(value->row) : pv_str_trim(value->text.value);
}

pv_str pv_record_title(const pv_record *record, pv_arena *arena) {
    pv_str title = PV_STR("");
    for (size_t i = 0; i < known_by(record) && title.data != NULL; i++) {
        const char *joint = title.size > 0 ? ", " : "";
        title = pv_arena_format(arena, "%.*s%s%.*s", PV_STR_ARG(title), joint, PV_STR_ARG(key_part(record, i)));
    }
    return title;
}

uint64_t pv_record_hash(const pv_record *record, uint64_t hash) {
    uint64_t number = record->number;
    for (size_t i = 0; i < known_by(record); i++)
        hash = pv_hash_byte(pv_hash_continue(hash, key_part(record, i)), '\n');
    if (record->spec->key_count > 0)
        return hash;
    if (record->owner != NULL) {
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
