/* Invariant: what a rule file compiles (a pattern, a phrase set) is compiled once per rule set, kept as long as it, and
 * shared, immutable, by all its sessions: a session that asks for the same key again gets the same value. */
#ifndef PV_LUA_HOST_COMPILED_H
#define PV_LUA_HOST_COMPILED_H

#include "base/arena.h"
#include "base/error.h"

typedef struct pv_compiled pv_compiled;

/* Empty, charged to memory, which must outlive it; NULL when memory is refused. Yours: pv_compiled_free. */
pv_compiled *pv_compiled_new(pv_memory *memory);
/* NULL is allowed. */
void pv_compiled_free(pv_compiled *compiled);
/* The value kept under key, or NULL. Keys of different kinds of values must differ ("pattern i \bQ[1-4]"). */
void *pv_compiled_find(pv_compiled *compiled, pv_str key);
/* Keeps value under a copy of key and takes it over: free_value (NULL: the value lives in pv_compiled_arena) is called
 * with it at the end, and at once when memory is refused. */
bool pv_compiled_keep(pv_compiled *compiled, pv_str key, void *value, void (*free_value)(void *value),
                      pv_error *error) PV_MUST_CHECK;
/* For values that live as long as the rule set. */
pv_arena *pv_compiled_arena(const pv_compiled *compiled);

#endif
