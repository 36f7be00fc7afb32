#include "lua/matched.h"

#include <string.h>

static bool reserve(pv_matched *matched) {
    if (matched->count < matched->capacity)
        return true;
    size_t wanted = matched->capacity ? matched->capacity * 2 : 16;
    const pv_pattern **grown = PV_NEW_ARRAY(matched->arena, const pv_pattern *, wanted);
    if (!grown)
        return false;
    if (matched->count > 0)
        memcpy(grown, matched->patterns, matched->count * sizeof *grown);
    matched->patterns = grown;
    matched->capacity = wanted;
    return true;
}

bool pv_matched_note(pv_matched *matched, const pv_pattern *pattern) {
    for (size_t i = 0; i < matched->count; i++)
        if (matched->patterns[i] == pattern)
            return true;
    if (!reserve(matched))
        return false;
    matched->patterns[matched->count++] = pattern;
    return true;
}

bool pv_matched_has(const pv_matched *matched, pv_str source) {
    for (size_t i = 0; i < matched->count; i++)
        if (pv_str_equal(pv_pattern_source(matched->patterns[i]), source))
            return true;
    return false;
}
