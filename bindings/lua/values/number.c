#include "lua/values/number.h"

#include "lua/values/decimal_p.h"
#include "lua/values/quantity_p.h"

bool pv_number_at(lua_State *L, int index, pv_number *out) {
    const pv_decimal_object *decimal = pv_class_test(L, index, &pv_decimal_class);
    if (decimal) {
        *out = decimal->number;
        return true;
    }
    const pv_quantity_object *quantity = pv_class_test(L, index, &pv_quantity_class);
    if (quantity) {
        *out = (pv_number){quantity->quantity.value, quantity->quantity.kind == PV_QUANTITY_PERCENTAGE};
        return true;
    }
    int whole = 0;
    lua_Integer integer = lua_type(L, index) == LUA_TNUMBER ? lua_tointegerx(L, index, &whole) : 0;
    *out = (pv_number){pv_decimal_from_integer(integer), false};
    return whole != 0;
}

const char *pv_number_describe(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TNUMBER)
        return pv_describe(L, index);
    lua_pushvalue(L, index);
    const char *digits = lua_tostring(L, -1);
    return lua_pushfstring(L, "%s, which Lua does not keep exactly; write decimal(\"%s\")", digits, digits);
}

pv_number pv_number_check(lua_State *L, int index) {
    pv_number number;
    if (!pv_number_at(L, index, &number))
        luaL_error(L, "expected a number, got %s", pv_number_describe(L, index));
    return number;
}

lua_Integer pv_number_check_whole(lua_State *L, int index) {
    int64_t whole;
    if (!pv_decimal_to_integer(pv_number_check(L, index).value, &whole))
        pv_raise_expected(L, index, "a whole number");
    return whole;
}

static int compare(lua_State *L) {
    return pv_decimal_compare(pv_number_check(L, 1).value, pv_number_check(L, 2).value);
}

int l_number_equal(lua_State *L) {
    pv_number a, b;
    bool equal = pv_number_at(L, 1, &a) && pv_number_at(L, 2, &b) && pv_decimal_compare(a.value, b.value) == 0;
    lua_pushboolean(L, equal);
    return 1;
}

int l_number_less(lua_State *L) {
    lua_pushboolean(L, compare(L) < 0);
    return 1;
}

int l_number_less_or_equal(lua_State *L) {
    lua_pushboolean(L, compare(L) <= 0);
    return 1;
}

int l_number_equals(lua_State *L) {
    lua_pushboolean(L, compare(L) == 0);
    return 1;
}
