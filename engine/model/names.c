#include "model/names.h"

#include "base/hash.h"

/* The slot that holds name, or the free one where it belongs. Ends because at least half of the slots are free. */
static size_t slot_of(const pv_names *names, pv_str name) {
    size_t mask = names->slot_count - 1;
    size_t slot = (size_t)pv_hash_continue(PV_HASH_SEED, name) & mask;
    while (names->slots[slot] != 0 && !pv_str_equal(names->names[names->slots[slot] - 1], name))
        slot = (slot + 1) & mask;
    return slot;
}

bool pv_names_index(pv_names *out, pv_arena *arena, const pv_str *names, size_t count, size_t *repeated,
                    pv_error *error) {
    *repeated = SIZE_MAX;
    size_t slot_count = 2;
    while (slot_count < 2 * count)
        slot_count *= 2;
    uint32_t *slots = PV_NEW_ARRAY(arena, uint32_t, slot_count);
    if (slots == NULL)
        return pv_fail_memory(error);
    *out = (pv_names){.names = names, .count = count, .slots = slots, .slot_count = slot_count};
    for (size_t position = 0; position < count; position++) {
        size_t slot = slot_of(out, names[position]);
        if (slots[slot] != 0) {
            *repeated = position;
            return true;
        }
        slots[slot] = (uint32_t)position + 1;
    }
    return true;
}

size_t pv_names_find(const pv_names *names, pv_str name) {
    if (names->slot_count == 0)
        return SIZE_MAX;
    uint32_t entry = names->slots[slot_of(names, name)];
    return entry == 0 ? SIZE_MAX : entry - 1;
}
