/* Invariant: a match holds its groups as bytes of the text searched; a search that meets a limit stops the rule. */
#ifndef PV_LUA_VALUES_MATCH_P_H
#define PV_LUA_VALUES_MATCH_P_H

#include "lua/values/text_object.h"

/* [-0, +0, v] The compiled pattern at index. */
const pv_pattern *pv_pattern_argument(lua_State *L, int index);
/* [-0, +1, v] The first match, or nil. Returns 1. */
int pv_push_first_match(lua_State *L, const pv_text_object *text, const pv_pattern *pattern);
/* [-0, +1, v] The list of all matches. Returns 1. */
int pv_push_matches(lua_State *L, const pv_text_object *text, const pv_pattern *pattern);

#endif
