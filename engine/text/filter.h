/* Invariant: what a filter refuses is not in the table it stands before; what it passes may be. One bit for each hash of the table,
 * most of them 0, so that nearly every vain search ends after one look at memory that stays near. */
#ifndef PV_TEXT_FILTER_H
#define PV_TEXT_FILTER_H

#include "base/arena.h"
#include "text/slots.h"

#define PV_FILTER_BITS_A_SLOT 16 /* so that at most one bit in 32 is set */

typedef struct pv_filter {
    uint64_t *words;
    size_t mask; /* bits - 1 */
} pv_filter;

/* For a table with room for so many; words is NULL when memory is refused. */
static inline pv_filter pv_filter_new(pv_arena *arena, size_t count) {
    size_t bits = pv_slots_capacity(count) * PV_FILTER_BITS_A_SLOT;
    return (pv_filter){PV_NEW_ARRAY(arena, uint64_t, (bits + 63) / 64), bits - 1};
}

static inline void pv_filter_add(pv_filter filter, uint64_t hash) {
    size_t bit = pv_slots_first(hash, filter.mask);
    filter.words[bit / 64] |= UINT64_C(1) << bit % 64;
}

static inline bool pv_filter_passes(pv_filter filter, uint64_t hash) {
    size_t bit = pv_slots_first(hash, filter.mask);
    return filter.words[bit / 64] >> bit % 64 & 1;
}

#endif
