/* Invariant: a Lua state lives in one region of memory and, what does not fit, in blocks beside it. Once sealed,
 * the heap can be restored: every byte is again what it was, at its address, and so is the state in it. Blocks that
 * only the collector writes to stand together, and are copied only when it may have run (with assertions it is
 * looked whether they are the same). Nothing in the heap owns anything outside it (no class has a finalizer), so a
 * heap is dropped or restored without asking what is in it. */
#ifndef PV_LUA_HOST_HEAP_H
#define PV_LUA_HOST_HEAP_H

#include "base/memory.h"

typedef struct pv_heap pv_heap;

/* An empty heap; its region is charged to owner, which must outlive it. What is asked of it is counted in account, and
 * refused over its limit. NULL when memory is refused. Yours: pv_heap_free. */
pv_heap *pv_heap_new(pv_memory *owner, pv_memory *account);
/* NULL is allowed. */
void pv_heap_free(pv_heap *heap);
/* realloc, as lua_Alloc needs it: a request to shrink is never refused. lasting: of a new block, that once the heap is
 * sealed only the collector writes to it, or what links strings anew. */
void *pv_heap_resize(pv_heap *heap, void *block, size_t old_size, size_t new_size, bool lasting);
/* The collector goes through the heap, or may. */
void pv_heap_touch_all(pv_heap *heap);
/* Something that was said to be lasting may not be. */
void pv_heap_distrust(pv_heap *heap);
/* Forgets everything, the seal included. */
void pv_heap_clear(pv_heap *heap);

/* Keeps a copy of what is there. Afterwards the heap may or may not be sealed: it is not when memory is refused, when
 * more is there than the region holds, and with PV_DEBUG_ARENA, where each object is a malloc of its own for the
 * sanitizers. */
void pv_heap_seal(pv_heap *heap);
/* Makes the heap, and the account, what they were when sealed; false when it is not sealed. */
bool pv_heap_restore(pv_heap *heap);

#endif
