/* Invariant: a date mention is what the text states, at the bytes that state it: it says from which to which day that may be,
 * and never picks one. */
#ifndef PV_LUA_VALUES_DATE_MENTION_P_H
#define PV_LUA_VALUES_DATE_MENTION_P_H

#include "lua/values/text_object.h"

/* [-0, +1, v] The list of the dates in text; the values from index options on say how they are read. Returns 1. */
int pv_push_date_mentions(lua_State *L, pv_text_object *text, int options);

#endif
