/* Invariant: items are gathered in scratch memory that grows, and handed over once, in the arena, at their exact number. */
#ifndef PV_TEXT_GATHER_H
#define PV_TEXT_GATHER_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

/* An empty scratch buffer charged to the same account as arena. */
pv_buf pv_gather_start(pv_arena *arena);
/* Appends one item; a refused allocation is reported by pv_gather_finish. */
void pv_gather_add(pv_buf *items, const void *item, size_t item_size);
/* Moves the items into arena, clears the buffer and stores how many there were; NULL when an allocation was refused. */
const void *pv_gather_finish(pv_buf *items, pv_arena *arena, size_t item_size, size_t *count,
                             pv_error *error) PV_MUST_CHECK;

#endif
