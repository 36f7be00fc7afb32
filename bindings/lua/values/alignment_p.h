/* Invariant: there is one alignment for each row asked for, in the rows' order, whether or not a part was found. */
#ifndef PV_LUA_VALUES_ALIGNMENT_P_H
#define PV_LUA_VALUES_ALIGNMENT_P_H

#include "lua/values/text_object.h"

/* [-0, +1, v] The list of alignments of text with the list of rows at index. Returns 1. */
int pv_push_alignments(lua_State *L, pv_text_object *text, int index);

#endif
