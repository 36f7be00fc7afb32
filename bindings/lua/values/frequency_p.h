/* Invariant: a frequency is what the text states, at the bytes that state it; two are compared exactly, and where the text
 * leaves open how often, the comparison does too. */
#ifndef PV_LUA_VALUES_FREQUENCY_P_H
#define PV_LUA_VALUES_FREQUENCY_P_H

#include "lua/values/text_object.h"

/* [-0, +1, v] The list of the frequencies in text. Returns 1. */
int pv_push_frequencies(lua_State *L, pv_text_object *text);

#endif
