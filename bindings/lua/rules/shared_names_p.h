/* Invariant: a name that a rule file shares is known to the files after it, means the same in all of them, and takes the place of
 * no other. */
#ifndef PV_LUA_RULES_SHARED_NAMES_P_H
#define PV_LUA_RULES_SHARED_NAMES_P_H

#include "lua/host/runtime.h"

/* [-1, +0, v] Makes names of what a rule file returned, which is on top: a table, name to value. Raises for anything else, and
 * for a name that is there already. */
void pv_share_names(lua_State *L);

#endif
