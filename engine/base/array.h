/* Invariant: a growing array keeps what was added to it, in order, in one block of an arena. Adding may move that
 * block: a pointer to an element is good until the next one is added. A refused addition changes nothing. What is
 * gathered grows in scratch memory instead, and is handed over once, in the arena, at its exact size. */
#ifndef PV_BASE_ARRAY_H
#define PV_BASE_ARRAY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

/* ---- growing in an arena ---- */

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

/* ---- gathering for an arena ---- */

/* An empty scratch buffer charged to the same account as arena. */
pv_buf pv_gather_start(pv_arena *arena);
/* Appends one item; a refused allocation is reported by pv_gather_finish. */
void pv_gather_add(pv_buf *items, const void *item, size_t item_size);
/* Moves the items into arena, clears the buffer and stores how many there were; NULL when an allocation was refused. */
const void *pv_gather_finish(pv_buf *items, pv_arena *arena, size_t item_size, size_t *count,
                             pv_error *error) PV_MUST_CHECK;

#endif
