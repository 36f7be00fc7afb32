/* Invariant: a duration is what the text states, at the bytes that state it; how long it is in days is said as bounds that
 * hold wherever it begins. */
#ifndef PV_LUA_VALUES_DURATION_P_H
#define PV_LUA_VALUES_DURATION_P_H

#include "lua/values/text_object.h"

/* [-0, +1, v] The list of the durations in text. Returns 1. */
int pv_push_durations(lua_State *L, pv_text_object *text);

#endif
