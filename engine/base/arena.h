/* Invariant: everything allocated from an arena is aligned for any type, zeroed (but for pv_arena_room), and valid
 * until the arena is cleared or freed; nothing in it is freed alone, but what came last may be taken back. With
 * PV_DEBUG_ARENA every object is a malloc of its own, so that the sanitizers see an overrun or a use after clear which
 * a shared block would hide. */
#ifndef PV_BASE_ARENA_H
#define PV_BASE_ARENA_H

#include "base/memory.h"
#include "base/str.h"

typedef struct pv_arena pv_arena;

/* A new arena charged to memory, which must outlive it; NULL when memory is refused. Yours: pv_arena_free. */
pv_arena *pv_arena_new(pv_memory *memory);
/* Frees the objects, keeps the arena (and, in release builds, one block for reuse). */
void pv_arena_clear(pv_arena *arena);
/* NULL is allowed. */
void pv_arena_free(pv_arena *arena);

/* Where an arena stands: what is allocated after pv_arena_here goes with pv_arena_back_to. */
typedef struct pv_arena_place {
    void *block;
    size_t used;
} pv_arena_place;
pv_arena_place pv_arena_here(const pv_arena *arena);
void pv_arena_back_to(pv_arena *arena, pv_arena_place place);

/* size zeroed bytes, or NULL when memory is refused (size 0 gives a valid pointer). */
void *pv_arena_alloc(pv_arena *arena, size_t size);
/* count * size zeroed bytes; NULL when that overflows or memory is refused. */
void *pv_arena_array(pv_arena *arena, size_t count, size_t size);
/* The same as pv_arena_alloc with anything in it: nothing of it may be read before it is written. */
void *pv_arena_room(pv_arena *arena, size_t size);
/* A NUL-terminated copy in the arena; .data is NULL when memory is refused. */
pv_str pv_arena_copy(pv_arena *arena, pv_str text);
/* The same of the parts, one after the other. */
pv_str pv_arena_join(pv_arena *arena, const pv_str *parts, size_t count);
/* printf into the arena, NUL-terminated; .data is NULL when memory is refused. Never locale-dependent formats (%f). */
pv_str pv_arena_format(pv_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The account this arena is charged to. */
pv_memory *pv_arena_memory(const pv_arena *arena);

#define PV_NEW(arena, type) ((type *)pv_arena_alloc((arena), sizeof(type)))
#define PV_NEW_ARRAY(arena, type, count) ((type *)pv_arena_array((arena), (count), sizeof(type)))

#endif
