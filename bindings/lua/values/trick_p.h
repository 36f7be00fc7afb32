/* Invariant: a trick is a place in a text where a word count and a reader disagree. */
#ifndef PV_LUA_VALUES_TRICK_P_H
#define PV_LUA_VALUES_TRICK_P_H

#include "lua/values/text_object.h"

/* [-0, +1, v] The list of counting tricks in text. Returns 1. */
int pv_push_tricks(lua_State *L, const pv_text_object *text);

#endif
