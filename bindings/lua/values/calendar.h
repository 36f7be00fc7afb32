/* Invariant: a calendar object knows every holiday of the days it covers; what is asked of any other day is a fault. */
#ifndef PV_LUA_VALUES_CALENDAR_H
#define PV_LUA_VALUES_CALENDAR_H

#include "lua/values/values.h"

/* [-0, +0, v] Which days count, by the value at index: "calendar" (also when it is absent), "business", or a calendar. */
pv_calendar pv_calendar_argument(lua_State *L, int index);
/* calendar(form.tables.holiday): the global function. */
int l_calendar(lua_State *L);

#endif
