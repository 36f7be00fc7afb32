/* Invariant: two values have the same key exactly when they are equal as rules compare them: numbers exactly, days as days,
 * texts with case, hyphens, spacing and punctuation folded. */
#ifndef PV_LUA_VALUE_KEY_H
#define PV_LUA_VALUE_KEY_H

#include "lua/class.h"

/* [-0, +1, v] The key of the value at index, a string; nil for nil and for what is blank. Raises for what is neither a number,
 * a day, a text nor a boolean. Returns 1. */
int pv_push_value_key(lua_State *L, int index);

#endif
