/* Invariant: a pattern stands in the list once, however often it matches. */
#ifndef PV_LUA_MATCHED_H
#define PV_LUA_MATCHED_H

#include "base/arena.h"
#include "text/pattern.h"

/* The patterns that matched anything while somebody looked. */
typedef struct pv_matched {
    pv_arena *arena;
    const pv_pattern **patterns;
    size_t count;
    size_t capacity;
} pv_matched;

/* False when memory is refused. */
bool pv_matched_note(pv_matched *matched, const pv_pattern *pattern) PV_MUST_CHECK;
/* Whether a pattern with this source matched. */
bool pv_matched_has(const pv_matched *matched, pv_str source);

#endif
