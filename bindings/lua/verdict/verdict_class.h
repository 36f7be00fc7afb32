/* Invariant: an outcome that leaves the rule host is valid UTF-8 and lies wholly in the arena of the caller. */
#ifndef PV_LUA_VERDICT_VERDICT_CLASS_H
#define PV_LUA_VERDICT_VERDICT_CLASS_H

#include "lua/object/class.h"

/* Copies from, and after its working the lines of trace, into arena. */
bool pv_outcome_copy(pv_outcome *out, pv_arena *arena, const pv_outcome *from, const pv_runtime *runtime,
                     pv_error *error) PV_MUST_CHECK;
/* Says of an outcome without a message that the rule does not apply to the subject. */
bool pv_outcome_default_message(pv_outcome *out, const pv_subject *subject, pv_arena *arena,
                                pv_error *error) PV_MUST_CHECK;
/* The outcome of a rule that ended with runtime->stop; without a place in a rule file, rule's own. */
bool pv_outcome_of_stop(pv_outcome *out, pv_arena *arena, const pv_runtime *runtime, const pv_rule *rule,
                        pv_error *error) PV_MUST_CHECK;

extern const pv_class pv_verdict_class, pv_related_class;

/* [-0, +0 or 1, v] Fills out from the verdict at index, or from the list of verdicts there: its findings, the first
 * with what passes besides as its working; where there is none, the first that passes, or that does not apply. False,
 * with what is wrong with it on top, when it is neither. Its strings are Lua's: they stay until code runs again. */
bool pv_verdicts_read(lua_State *L, int index, pv_outcome *out);

/* [-0, +1, m] What pass("%s", message):at(place):working("%s", step) gives, or fail(…), made at once. step: empty for
 * no working; place: NULL for none. Both texts are UTF-8. Returns 1. */
int pv_verdict_push(lua_State *L, pv_state state, pv_str message, pv_str step, const pv_place *place);

/* Global functions, documented where they are registered. */
int l_pass(lua_State *L);
int l_fail(lua_State *L);
int l_review(lua_State *L);
int l_not_applicable(lua_State *L);

#endif
