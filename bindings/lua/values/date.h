/* Invariant: a date object is a day that exists, and never changes; what arithmetic gives has no place, since it stands
 * nowhere. */
#ifndef PV_LUA_VALUES_DATE_H
#define PV_LUA_VALUES_DATE_H

#include "lua/values/values.h"

/* [-0, +0, v] The day that the value at index is. */
pv_date pv_date_check(lua_State *L, int index);
/* [-0, +1, m] "2022-07-01". */
const char *pv_date_push_iso(lua_State *L, pv_date date);
/* date("2022-07-01"): the global function. */
int l_date(lua_State *L);

#endif
