#include "base/array.h"

#include <string.h>

#define FIRST_CAPACITY ((size_t)16)

bool pv_array_grow(pv_arena *arena, void *items_at, size_t *capacity, size_t count, size_t item_size) {
    size_t grown = *capacity ? *capacity * 2 : FIRST_CAPACITY;
    void *items = pv_arena_array(arena, grown, item_size);
    void *old;
    if (!items)
        return false;
    memcpy(&old, items_at, sizeof old); /* whatever it points to: no pointer of another type is read through */
    if (count > 0)
        memcpy(items, old, count * item_size);
    memcpy(items_at, &items, sizeof items);
    *capacity = grown;
    return true;
}
