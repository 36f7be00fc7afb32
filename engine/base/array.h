/* Invariant: a growing array keeps what was added to it, in order, in one block of an arena. Adding may move that block: a pointer
 * to an element is good until the next one is added. A refused addition changes nothing. */
#ifndef PV_BASE_ARRAY_H
#define PV_BASE_ARRAY_H

#include "base/arena.h"

/* The type of a growing array of these; zeroed it is empty. Any struct with members of these names will do as well. */
#define PV_ARRAY(type)                                                                                                 \
    struct {                                                                                                           \
        type *items;                                                                                                   \
        size_t count;                                                                                                  \
        size_t capacity;                                                                                               \
    }

/* Room for one more element in *array: false when memory is refused. */
#define PV_ARRAY_RESERVE(arena, array)                                                                                 \
    ((array)->count < (array)->capacity ||                                                                             \
     pv_array_grow((arena), &(array)->items, &(array)->capacity, (array)->count, sizeof *(array)->items))

/* A zeroed element at the end of *array; NULL when memory is refused. */
#define PV_ARRAY_ADD(arena, array) (PV_ARRAY_RESERVE(arena, array) ? &(array)->items[(array)->count++] : NULL)

/* What PV_ARRAY_RESERVE comes down to. items_at: the address of the pointer to the elements. */
bool pv_array_grow(pv_arena *arena, void *items_at, size_t *capacity, size_t count, size_t item_size);

#endif
