/* Invariant: a parameter is whole once read: its keys are known, its values have its type and keep its limits, and
 * its effective value is the default. All of it is in the rule set's arena. */
#ifndef PV_LUA_RULES_RULE_PARAMETERS_H
#define PV_LUA_RULES_RULE_PARAMETERS_H

#include "lua/object/class.h"

/* [-0, +0, v] Reads the table of parameters at index, name to declaration, into rule, sorted by name; rule's source
 * and place are where the defaults are set. The fault's message begins with the parameter's name. */
bool pv_parameters_read(lua_State *L, int index, pv_arena *arena, pv_rule *rule, pv_error *error) PV_MUST_CHECK;

/* [-0, +1, m] A rule's parameters, as its check and when get them. */
void pv_push_parameters(lua_State *L, const pv_rule *rule);

extern const pv_class pv_parameters_class;

#endif
