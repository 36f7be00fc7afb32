/* Invariant: numbers that rules compare or add are exact: decimals, quantities (as their value) and whole Lua numbers. A Lua
 * number with a fraction is refused, since its bits are not what was written. */
#ifndef PV_LUA_VALUES_NUMBER_H
#define PV_LUA_VALUES_NUMBER_H

#include "lua/values/values.h"

typedef struct pv_number {
    pv_decimal value;
    bool percentage; /* shown with "%" */
} pv_number;

/* [-0, +0, -] The number at index; false when it is none. */
bool pv_number_at(lua_State *L, int index, pv_number *out);
/* [-0, +0, v] The same, raising what is wrong with it. */
pv_number pv_number_check(lua_State *L, int index);
/* [-0, +0, v] A whole number: a count, or which element is meant. */
lua_Integer pv_number_check_whole(lua_State *L, int index);
/* [-0, +1, m] What a value that is no number is: "a text", "1.5, which is not exact; write decimal("1.5")". */
const char *pv_number_describe(lua_State *L, int index);

/* __eq, __lt, __le of every class of numbers: decimals, quantities and whole numbers mix. */
int l_number_equal(lua_State *L);
int l_number_less(lua_State *L);
int l_number_less_or_equal(lua_State *L);
/* :equals(other), since `==` between a decimal and a plain number is always false in Lua. */
int l_number_equals(lua_State *L);

#endif
