/* Invariant: an outcome that leaves the rule host is valid UTF-8 and lies wholly in the arena of the caller. */
#ifndef PV_LUA_OUTCOME_H
#define PV_LUA_OUTCOME_H

#include "lua/runtime.h"

/* Copies from, and after its working the lines of trace, into arena. */
bool pv_outcome_copy(pv_outcome *out, pv_arena *arena, const pv_outcome *from, const pv_runtime *runtime,
                     pv_error *error) PV_MUST_CHECK;
/* The outcome of a rule that ended with runtime->stop; without a place in a rule file, rule's own. */
bool pv_outcome_of_stop(pv_outcome *out, pv_arena *arena, const pv_runtime *runtime, const pv_rule *rule,
                        pv_error *error) PV_MUST_CHECK;

#endif
