#include "lua/sandbox.h"

#include "lua/class.h"

#define MAX_SUGGESTED_NAMES 256

/* Their addresses are keys of the registry. */
static const char environment_key = 0; /* what chunks get as _ENV */
static const char globals_key = 0;     /* the table behind it */

/* ---- strict tables ---- */

/* __index of the content of a strict table: the key is not there. Upvalue: what the table is called in messages. */
static int l_unknown_name(lua_State *L) {
    const char *owner = lua_tostring(L, lua_upvalueindex(1));
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "%s is asked for a name, not for a %s", owner, luaL_typename(L, 2));
    pv_str name;
    name.data = lua_tolstring(L, 2, &name.size);
    pv_str names[MAX_SUGGESTED_NAMES];
    size_t count = 0;
    /* Sorted, so that of two names equally near the same one is suggested every time. */
    pv_sandbox_push_sorted_keys(L, 1);
    while (count < MAX_SUGGESTED_NAMES && lua_rawgeti(L, -1, (lua_Integer)count + 1) == LUA_TSTRING) {
        names[count].data = lua_tolstring(L, -1, &names[count].size); /* the list of keys keeps it alive */
        lua_pop(L, 1);
        count++;
    }
    lua_settop(L, 3);
    return pv_raise_unknown(L, owner, name, names, count);
}

static int l_read_only(lua_State *L) {
    const char *owner = lua_tostring(L, lua_upvalueindex(1));
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "%s cannot be changed", owner);
    return luaL_error(L, "%s cannot be changed: declare \"local %s\" first", owner, lua_tostring(L, 2));
}

/* [-0, +0, m] Adds to the metatable on top a function that knows the owner's name. */
static void set_owned(lua_State *L, const char *event, lua_CFunction function, const char *owner) {
    lua_pushstring(L, owner);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, event);
}

/* [-0, +0, m] Makes reading a name that the table on top has not an error. */
static void make_strict(lua_State *L, const char *owner) {
    lua_createtable(L, 0, 1);
    set_owned(L, "__index", l_unknown_name, owner);
    lua_setmetatable(L, -2);
}

/* [-1, +1, m] Replaces the table on top by an empty one that reads from it and cannot be written to. */
static void make_read_only(lua_State *L, const char *owner) {
    lua_newtable(L);
    lua_createtable(L, 0, 3);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    set_owned(L, "__newindex", l_read_only, owner);
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_remove(L, -2);
}

/* ---- standard functions ---- */

void pv_sandbox_charge_arguments(lua_State *L, int first) {
    size_t work = 1;
    for (int index = lua_gettop(L); index >= first; index--)
        if (lua_type(L, index) == LUA_TSTRING)
            work += (size_t)lua_rawlen(L, index) / 16;
    MAY_RAISE(pv_runtime_charge(L, work));
}

/* Standard functions have no upvalues of their own (those copied here), so one can run in the place of its wrapper. */
int pv_sandbox_continue_standard(lua_State *L) {
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

int pv_sandbox_charged(lua_State *L) {
    MAY_RAISE(pv_sandbox_charge_arguments(L, 1));
    return pv_sandbox_continue_standard(L);
}

void pv_sandbox_add_standard(lua_State *L, lua_CFunction open, const luaL_Reg *entries) {
    int target = lua_gettop(L);
    lua_pushcfunction(L, open);
    lua_call(L, 0, 1);
    for (; entries->name; entries++) {
        lua_getfield(L, -1, entries->name);
        if (entries->func)
            lua_pushcclosure(L, entries->func, 1);
        lua_setfield(L, target, entries->name);
    }
    lua_settop(L, target);
}

/* ---- the environment ---- */

/* [-0, +0, m] Sets name in the globals on top to a read-only table made of the functions push gives. */
static void add_library(lua_State *L, const char *name, void (*push)(lua_State *L)) {
    push(L);
    make_strict(L, name);
    make_read_only(L, name);
    lua_setfield(L, -2, name);
}

/* [-0, +0, m] The methods of strings: the same functions, and no arithmetic ("10" + 1 is a mistake, not 11). */
static void lock_strings(lua_State *L) {
    lua_pushliteral(L, "");
    lua_createtable(L, 0, 2);
    pv_sandbox_push_string(L);
    make_strict(L, "a string");
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

void pv_sandbox_install(lua_State *L, void (*add)(lua_State *L)) {
    pv_sandbox_push_base(L);
    add_library(L, "string", pv_sandbox_push_string);
    add_library(L, "table", pv_sandbox_push_table);
    add_library(L, "math", pv_sandbox_push_math);
    add_library(L, "utf8", pv_sandbox_push_utf8);
    lock_strings(L);
    add(L);
    make_strict(L, "the rule language");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &globals_key);
    make_read_only(L, "the rule language");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &environment_key);
    /* The standard libraries have filled Lua's own table of globals, which nothing uses from here on. */
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

void pv_sandbox_push_environment(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &environment_key);
}

bool pv_sandbox_is_declared(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &globals_key);
    lua_pushvalue(L, -2);
    bool declared = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 2);
    return declared;
}

void pv_sandbox_declare(lua_State *L) {
    int names = lua_gettop(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &globals_key);
    lua_pushnil(L);
    while (lua_next(L, names)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, names + 1);
    }
    lua_settop(L, names - 1);
}
