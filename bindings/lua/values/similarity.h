/* Invariant: shared wording is that of the two texts as they stood; the costly part is worked out when first asked for. */
#ifndef PV_LUA_VALUES_SIMILARITY_H
#define PV_LUA_VALUES_SIMILARITY_H

#include "lua/values/text_object.h"

/* [-0, +1, v] How the text at index first compares with the text at index second. Returns 1. */
int pv_push_similarity(lua_State *L, int first, int second);

#endif
