/* Invariant: following a rule changes nothing that it can see or spend: no fuel is charged for it, and what it keeps is bounded.
 * A runtime without a tracing pays one comparison per value asked for, and sets no hook for it. */
#ifndef PV_LUA_TRACING_H
#define PV_LUA_TRACING_H

#include "lua/runtime.h"
#include "model/verdict.h"

typedef struct pv_tracing pv_tracing;

/* A tracing of the rules of file: it lives in scratch, and its trail in kept. NULL when memory is refused. It follows what
 * runs in a runtime whose `tracing` it is, from the next pv_runtime_call on. */
pv_tracing *pv_tracing_new(pv_arena *scratch, pv_arena *kept, const pv_source *file);
/* Forgets what was followed so far. NULL is allowed. */
void pv_tracing_restart(pv_tracing *tracing);
/* The trail, in kept. */
bool pv_tracing_finish(pv_tracing *tracing, const pv_trail **out, pv_error *error) PV_MUST_CHECK;

/* [-0, +0, m] The hook: a line, a call or a return. */
void pv_tracing_event(lua_State *L, lua_Debug *event);
/* [-0, +0, m] The object at index 1 was asked for the name at index 2 and gave the value on top. */
void pv_tracing_member(lua_State *L);

#endif
