/* Invariant: following a rule changes nothing that it can see or spend: no fuel is charged for it, and what it keeps is bounded.
 * A runtime without a tracing pays one comparison per value asked for, and sets no hook for it. */
#ifndef PV_LUA_TRACING_H
#define PV_LUA_TRACING_H

#include "lua/runtime.h"
#include "model/verdict.h"

typedef struct pv_tracing pv_tracing;

/* A tracing of the rules of file: it lives in scratch, and its trail in kept. NULL when memory is refused. It follows what
 * runs in a runtime whose observer it is, from the next pv_runtime_call on. */
pv_tracing *pv_tracing_new(pv_arena *scratch, pv_arena *kept, const pv_source *file);
pv_observer *pv_tracing_observer(pv_tracing *tracing);
/* The trail, in kept. */
bool pv_tracing_finish(pv_tracing *tracing, const pv_trail **out, pv_error *error) PV_MUST_CHECK;

#endif
