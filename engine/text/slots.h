/* Invariant: an open-addressing table has a power of two of slots, at least twice as many as it will ever hold, so that a
 * search always meets an empty one. */
#ifndef PV_TEXT_SLOTS_H
#define PV_TEXT_SLOTS_H

#include <stddef.h>
#include <stdint.h>

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

#endif
