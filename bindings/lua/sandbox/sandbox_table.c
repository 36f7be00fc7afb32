/* table: the standard functions, charged by the elements they move before they move them, and a sort of our own. */
#include <limits.h>
#include <lualib.h>

#include "lua/sandbox/sandbox.h"

/* [-0, +0, v] Charges a loop over positions first to last, which may be all there are. */
static void charge_range(lua_State *L, lua_Integer first, lua_Integer last) {
    if (last >= first)
        MAY_RAISE(pv_runtime_charge(L, (size_t)last - (size_t)first));
    MAY_RAISE(pv_runtime_charge(L, 1));
}

/* [-0, +0, v] The elements after the position at index 2 are moved by one. */
static int charge_shift(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    charge_range(L, luaL_checkinteger(L, 2), luaL_len(L, 1));
    return pv_sandbox_continue_standard(L);
}

/* table.insert(list, position?, value) */
static int l_table_insert(lua_State *L) {
    return lua_gettop(L) == 3 ? charge_shift(L) : pv_sandbox_continue_standard(L);
}

/* table.remove(list, position?) */
static int l_table_remove(lua_State *L) {
    return lua_gettop(L) >= 2 ? charge_shift(L) : pv_sandbox_continue_standard(L);
}

/* table.unpack(list, first?, last?) */
static int l_table_unpack(lua_State *L) {
    lua_Integer first = luaL_optinteger(L, 2, 1);
    charge_range(L, first, lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3));
    return pv_sandbox_continue_standard(L);
}

/* table.concat(list, separator?, first?, last?): the result's size is known, and paid for, before it is built. */
static int l_table_concat(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    size_t separator = 0;
    luaL_optlstring(L, 2, "", &separator);
    lua_Integer first = luaL_optinteger(L, 3, 1);
    lua_Integer last = lua_isnoneornil(L, 4) ? luaL_len(L, 1) : luaL_checkinteger(L, 4);
    charge_range(L, first, last); /* after this the range is short */
    uint64_t total = 0;
    for (lua_Integer number = first; number <= last; number++) {
        if (lua_geti(L, 1, number) == LUA_TSTRING)
            total += (uint64_t)lua_rawlen(L, -1);
        total += separator;
        lua_pop(L, 1);
        if (number == LUA_MAXINTEGER)
            break;
    }
    MAY_RAISE(pv_sandbox_require_size(L, total > separator ? total - separator : 0));
    return pv_sandbox_continue_standard(L);
}

static bool value_before(lua_State *L) {
    MAY_RAISE(pv_sandbox_charge_arguments(L, lua_gettop(L) - 1));
    return lua_compare(L, -1, -2, LUA_OPLT);
}

/* The order is the function at index 2. */
static bool value_before_by_function(lua_State *L) {
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -4);
    lua_call(L, 2, 1);
    bool before = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return before;
}

/* table.sort(list, before?): stable */
static int l_table_sort(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    bool has_order = !lua_isnoneornil(L, 2);
    if (has_order)
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_Integer count = luaL_len(L, 1);
    luaL_argcheck(L, count < INT_MAX, 1, "too many values to sort");
    MAY_RAISE(pv_sandbox_sort(L, 1, count, has_order ? value_before_by_function : value_before));
    return 0;
}

const luaL_Reg pv_sandbox_table_functions[] = {
    {"concat", l_table_concat}, {"insert", l_table_insert}, {"pack", NULL}, {"remove", l_table_remove},
    {"sort", l_table_sort},     {"unpack", l_table_unpack}, {NULL, NULL},
};

void pv_sandbox_push_table(lua_State *L) {
    lua_newtable(L);
    pv_sandbox_add_standard(L, luaopen_table, pv_sandbox_table_functions);
}
