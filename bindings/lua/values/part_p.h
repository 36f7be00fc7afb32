/* Invariant: the parts of a text are the same values however often they are asked for, in text order. */
#ifndef PV_LUA_VALUES_PART_P_H
#define PV_LUA_VALUES_PART_P_H

#include "lua/values/text_object.h"

/* [-0, +1, v] The list of the parts of text. Returns 1. */
int pv_push_parts(lua_State *L, pv_text_object *text);
/* [-0, +1, m] One part. */
void pv_push_part(lua_State *L, const pv_part *part);

#endif
