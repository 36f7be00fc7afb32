#include "base/set.h"

#include <assert.h>
#include <string.h>

#define FIRST_CAPACITY ((size_t)32)

pv_set pv_set_in(pv_arena *arena) {
    return (pv_set){.arena = arena};
}

pv_set pv_set_on(pv_memory *memory) {
    return (pv_set){.memory = memory};
}

void pv_set_free(pv_set *set) {
    if (set->memory)
        pv_memory_free(set->memory, set->slots, set->capacity * sizeof *set->slots);
    *set = (pv_set){.arena = set->arena, .memory = set->memory};
}

void pv_set_clear(pv_set *set) {
    if (set->capacity > 0)
        memset(set->slots, 0, set->capacity * sizeof *set->slots);
    set->count = 0;
}

/* Puts an entry into the first free slot from where its search begins; false when that is too far. */
static bool place(pv_set_slot *slots, size_t capacity, pv_set_slot added) {
    size_t mask = capacity - 1;
    size_t slot = added.hash & mask;
    for (size_t steps = 0; slots[slot].entry != 0; steps++) {
        if (steps + 1 == PV_SET_STEPS)
            return false;
        slot = pv_slots_next(slot, mask);
    }
    slots[slot] = added;
    return true;
}

static bool fail_steps(pv_error *error) {
    return pv_fail(error, PV_ERROR_LIMIT, "this has more keys of a kind than can be told apart in time");
}

static bool grow(pv_set *set, size_t capacity, pv_error *error) {
    pv_set_slot *slots = set->arena ? PV_NEW_ARRAY(set->arena, pv_set_slot, capacity)
                                    : pv_memory_new(set->memory, capacity * sizeof(pv_set_slot));
    if (!slots)
        return pv_fail_memory(error);
    for (size_t i = 0; i < set->capacity; i++)
        if (set->slots[i].entry != 0 && !place(slots, capacity, set->slots[i])) {
            if (set->memory)
                pv_memory_free(set->memory, slots, capacity * sizeof *slots);
            return fail_steps(error);
        }
    if (set->memory)
        pv_memory_free(set->memory, set->slots, set->capacity * sizeof *set->slots);
    set->slots = slots;
    set->capacity = capacity;
    return true;
}

bool pv_set_reserve(pv_set *set, size_t count, pv_error *error) {
    size_t capacity = pv_slots_capacity(count);
    return capacity <= set->capacity || grow(set, capacity, error);
}

bool pv_set_add(pv_set *set, uint64_t hash, size_t position, pv_error *error) {
    assert(position < UINT32_MAX);
    pv_set_slot added = {(uint32_t)position + 1, (uint32_t)((hash * PV_SLOTS_SPREAD) >> 32)};
    size_t grown = set->capacity > 0 ? set->capacity * 2 : FIRST_CAPACITY;
    if (set->count >= set->capacity / 2 && !grow(set, grown, error))
        return false;
    if (!place(set->slots, set->capacity, added))
        return fail_steps(error);
    set->count++;
    return true;
}
