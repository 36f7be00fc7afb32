#include "model/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "text/tokens.h"

static bool is_same(const void *items, size_t position, const void *wanted) {
    return pv_str_equal(((const pv_str *)items)[position], *(const pv_str *)wanted);
}

bool pv_names_index(pv_names *out, pv_arena *arena, const pv_str *names, size_t count, size_t *repeated,
                    pv_error *error) {
    *repeated = SIZE_MAX;
    *out = (pv_names){.names = names, .count = count, .positions = pv_set_in(arena)};
    if (!pv_set_reserve(&out->positions, count, error))
        return false;
    for (size_t position = 0; position < count && *repeated == SIZE_MAX; position++) {
        uint64_t hash = pv_hash_continue(PV_HASH_SEED, names[position]);
        size_t at;
        if (!pv_set_put(&out->positions, hash, is_same, names, &names[position], position, &at, error))
            return false;
        if (at != position)
            *repeated = position;
    }
    return true;
}

size_t pv_names_find(const pv_names *names, pv_str name) {
    return pv_set_find(&names->positions, pv_hash_continue(PV_HASH_SEED, name), is_same, names->names, &name);
}

/* ---- the same text ---- */

bool pv_names_fold(pv_folded *out, pv_arena *arena, pv_str text, pv_error *error) {
    const size_t room = sizeof out->points / sizeof *out->points;
    int32_t *points = out->points;
    out->longer = NULL;
    size_t read = pv_utf8_fold(text, points, room);
    if (read > room) {
        points = out->longer = PV_NEW_ARRAY(arena, int32_t, read);
        if (!points)
            return pv_fail_memory(error);
        read = pv_utf8_fold(text, points, read);
    }
    size_t kept = 0;
    for (size_t i = 0; i < read; i++) {
        if (!pv_utf8_is_white_space((uint32_t)points[i]))
            points[kept++] = points[i];
        else if (kept > 0 && points[kept - 1] != ' ')
            points[kept++] = ' ';
    }
    out->count = kept - (kept > 0 && points[kept - 1] == ' ');
    return true;
}

static const int32_t *points_of(const pv_folded *folded) {
    return folded->longer ? folded->longer : folded->points;
}

bool pv_names_are_same(const pv_folded *a, const pv_folded *b) {
    return a->count == b->count && memcmp(points_of(a), points_of(b), a->count * sizeof *a->points) == 0;
}

/* ---- synonyms ---- */

bool pv_synonym_key(pv_arena *arena, pv_str text, uint64_t *out, pv_error *error) {
    pv_token_list tokens;
    if (!pv_tokens_find(arena, text, &tokens, error))
        return false;
    *out = PV_HASH_SEED;
    for (size_t i = 0; i < tokens.count; i++) {
        uint64_t token = tokens.tokens[i].hash;
        *out = pv_hash_continue(*out, (pv_str){(const char *)&token, sizeof token});
    }
    if (tokens.count == 0)
        *out = pv_hash_continue(*out, pv_str_trim(text));
    return true;
}

int pv_synonym_compare(const void *left, const void *right) {
    const pv_synonym *a = left;
    const pv_synonym *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->thing > b->thing) - (a->thing < b->thing);
}

static int compare_positions(const void *left, const void *right) {
    const pv_synonym *a = left;
    const pv_synonym *b = right;
    return (a->thing > b->thing) - (a->thing < b->thing);
}

/* Leaves the first of those with one key; false when two things share one. */
static bool keep_first(pv_synonym *sorted, size_t *count, const pv_synonym *list, pv_synonym_clash *clash) {
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        const pv_synonym *before = kept > 0 ? &sorted[kept - 1] : NULL;
        if (!before || before->key != sorted[i].key) {
            sorted[kept++] = sorted[i];
        } else if (list[before->thing].thing != list[sorted[i].thing].thing) {
            *clash = (pv_synonym_clash){.found = true, .earlier = before->thing, .later = sorted[i].thing};
            return false;
        }
    }
    *count = kept;
    return true;
}

bool pv_synonyms_index(pv_synonyms *out, pv_arena *arena, const pv_synonym *list, size_t count, pv_synonym_clash *clash,
                       pv_error *error) {
    pv_synonym *sorted = PV_NEW_ARRAY(arena, pv_synonym, count);
    pv_str *spellings = PV_NEW_ARRAY(arena, pv_str, count);
    *clash = (pv_synonym_clash){0};
    if (!sorted || !spellings)
        return pv_fail_memory(error);
    /* Till they are sorted `thing` is the position in the list, so that what is equal stays in order. */
    for (size_t i = 0; i < count; i++) {
        sorted[i] = (pv_synonym){.text = list[i].text, .thing = (uint32_t)i};
        if (!pv_synonym_key(arena, list[i].text, &sorted[i].key, error))
            return false;
    }
    qsort(sorted, count, sizeof *sorted, pv_synonym_compare);
    if (!keep_first(sorted, &count, list, clash))
        return true;
    qsort(sorted, count, sizeof *sorted, compare_positions);
    for (size_t i = 0; i < count; i++)
        spellings[i] = sorted[i].text;
    for (size_t i = 0; i < count; i++)
        sorted[i].thing = list[sorted[i].thing].thing;
    /* Equal keys are gone, so the things do not decide any more. */
    qsort(sorted, count, sizeof *sorted, pv_synonym_compare);
    *out = (pv_synonyms){.sorted = sorted, .count = count, .spellings = spellings};
    return true;
}

size_t pv_synonyms_find(const pv_synonyms *synonyms, uint64_t key) {
    size_t low = 0;
    size_t high = synonyms->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (synonyms->sorted[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < synonyms->count && synonyms->sorted[low].key == key ? synonyms->sorted[low].thing : SIZE_MAX;
}
