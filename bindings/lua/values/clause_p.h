/* Invariant: there is one result for each clause of the template, in its order. */
#ifndef PV_LUA_VALUES_CLAUSE_P_H
#define PV_LUA_VALUES_CLAUSE_P_H

#include "lua/values/text_object.h"

/* [-0, +1, v] The list of the clauses of the template at index (a text, what has one, or a string), held against text. Returns 1. */
int pv_push_clauses(lua_State *L, pv_text_object *text, int index);

#endif
