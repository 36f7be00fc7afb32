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

pv_buf pv_gather_start(pv_arena *arena) {
    return pv_buf_on(pv_arena_memory(arena));
}

void pv_gather_add(pv_buf *items, const void *item, size_t item_size) {
    pv_buf_append(items, (pv_str){item, item_size});
}

const void *pv_gather_finish(pv_buf *items, pv_arena *arena, size_t item_size, size_t *count, pv_error *error) {
    pv_str gathered = items->failed ? (pv_str){NULL, 0} : pv_arena_copy(arena, pv_buf_str(items));
    pv_buf_clear(items);
    if (!gathered.data)
        pv_fail_memory(error);
    *count = gathered.size / item_size;
    return gathered.data;
}
