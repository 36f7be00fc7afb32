/* Invariant: an open-addressing table has a power of two of slots, at least twice as many as it holds, so that a search
 * always meets an empty one. A pv_set holds positions in an array of its user's, none of two equal entries, each at
 * most PV_SET_STEPS slots from where its search begins: keys made to collide are refused, and never cost more steps
 * than that. */
#ifndef PV_BASE_SET_H
#define PV_BASE_SET_H

#include "base/arena.h"
#include "base/error.h"

/* ---- the kernel, for tables that hold something other than positions ---- */

/* Odd and without pattern: multiplication by it spreads a hash over its high bits. */
#define PV_SLOTS_SPREAD UINT64_C(0x9E3779B97F4A7C15)

static inline size_t pv_slots_capacity(size_t count) {
    size_t capacity = 2;
    while (capacity < 2 * count)
        capacity *= 2;
    return capacity;
}

/* Where the search for a hash begins; mask is the capacity - 1. */
static inline size_t pv_slots_first(uint64_t hash, size_t mask) {
    return (size_t)((hash * PV_SLOTS_SPREAD) >> 32) & mask;
}

static inline size_t pv_slots_next(size_t slot, size_t mask) {
    return (slot + 1) & mask;
}

/* ---- a set of positions ---- */

/* Half-full tables of honest keys need a few dozen steps. */
#define PV_SET_STEPS ((size_t)4096)
#define PV_SET_NONE SIZE_MAX

typedef struct pv_set_slot {
    uint32_t entry; /* the position + 1; 0: free */
    uint32_t hash;  /* the spread hash: most comparisons end here, and the table grows without asking for hashes */
} pv_set_slot;

typedef struct pv_set {
    pv_arena *arena;   /* where the slots stand, or else */
    pv_memory *memory; /* what they are charged to */
    pv_set_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
} pv_set;

/* Whether the entry at position of items is the one wanted; asked only where the hashes agree. */
typedef bool pv_set_same(const void *items, size_t position, const void *wanted);

/* Empty sets. One in an arena goes with it; one on an account is yours: pv_set_free. */
pv_set pv_set_in(pv_arena *arena);
pv_set pv_set_on(pv_memory *memory);
void pv_set_free(pv_set *set);
/* Empties it but keeps its slots. */
void pv_set_clear(pv_set *set);
/* Slots for count entries in all, so that adding these cannot be refused for want of memory. */
bool pv_set_reserve(pv_set *set, size_t count, pv_error *error) PV_MUST_CHECK;
/* Adds a position (< UINT32_MAX) whose entry is known not to be there. False when memory is refused, or, with
 * PV_ERROR_LIMIT, when too many hashes collide; the set is then as it was. */
bool pv_set_add(pv_set *set, uint64_t hash, size_t position, pv_error *error) PV_MUST_CHECK;

/* The position of the entry that is the one wanted, or PV_SET_NONE. Inline, so that the comparison is too. */
static inline size_t pv_set_find(const pv_set *set, uint64_t hash, pv_set_same *same, const void *items,
                                 const void *wanted) {
    uint32_t spread = (uint32_t)((hash * PV_SLOTS_SPREAD) >> 32);
    size_t mask = set->capacity - 1;
    if (set->capacity == 0)
        return PV_SET_NONE;
    for (size_t slot = spread & mask, steps = 0; set->slots[slot].entry != 0 && steps < PV_SET_STEPS;
         slot = pv_slots_next(slot, mask), steps++)
        if (set->slots[slot].hash == spread && same(items, set->slots[slot].entry - 1, wanted))
            return set->slots[slot].entry - 1;
    return PV_SET_NONE;
}

/* Adds a position unless its entry is there already: *at is then the position of that one. Fails like pv_set_add. */
static inline bool pv_set_put(pv_set *set, uint64_t hash, pv_set_same *same, const void *items, const void *wanted,
                              size_t position, size_t *at, pv_error *error) {
    *at = pv_set_find(set, hash, same, items, wanted);
    if (*at != PV_SET_NONE)
        return true;
    *at = position;
    return pv_set_add(set, hash, position, error);
}

/* ---- a filter ---- */

/* What it refuses is not in the table it stands before; what it passes may be. One bit for each hash of the table, most
 * of them 0, so that nearly every vain search ends after one look at memory that stays near. */
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
