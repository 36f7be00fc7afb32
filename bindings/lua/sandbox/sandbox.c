#include "lua/object/class.h"
#include "lua/sandbox/sandbox_p.h"

#include <limits.h>

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
    pv_str name = pv_lua_str(L, 2);
    pv_str names[MAX_SUGGESTED_NAMES];
    size_t count = 0;
    /* Sorted, so that of two names equally near the same one is suggested every time. */
    pv_sandbox_push_sorted_keys(L, 1);
    while (count < MAX_SUGGESTED_NAMES && lua_rawgeti(L, -1, (lua_Integer)count + 1) == LUA_TSTRING) {
        names[count] = pv_lua_str(L, -1); /* the list of keys keeps it alive */
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

void pv_sandbox_push_names(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &globals_key);
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

/* ---- code ---- */

/* [-1, +0, v] Raises the compiler's message on top. The compiler puts the line into the message ("path:12: …") and
 * nowhere else, so here, and only here, a place is read from text. */
static int raise_syntax_error(lua_State *L, const pv_chunk *chunk) {
    pv_runtime *runtime = pv_runtime_of(L);
    pv_str message = pv_lua_str(L, -1);
    for (size_t colon = pv_str_find(message, PV_STR(":"), 0); colon != SIZE_MAX;
         colon = pv_str_find(message, PV_STR(":"), colon + 1)) {
        size_t end = colon + 1;
        int line = 0;
        for (; end < message.size && message.data[end] >= '0' && message.data[end] <= '9' && line < INT_MAX / 10; end++)
            line = line * 10 + (message.data[end] - '0');
        if (line == 0 || !pv_str_starts_with(pv_str_slice(message, end, message.size), PV_STR(": ")))
            continue;
        runtime->stop.file = chunk->source;
        runtime->stop.line = line;
        message = pv_str_slice(message, end + 2, message.size);
        break;
    }
    lua_pushlstring(L, message.data, message.size);
    return lua_error(L);
}

void pv_chunk_push(lua_State *L, const pv_chunk *chunk) {
    int status = pv_runtime_compile(L, chunk->text, chunk->name);
    if (status == LUA_ERRMEM)
        MAY_RAISE(pv_runtime_stop_memory(L));
    if (status != LUA_OK)
        MAY_RAISE(raise_syntax_error(L, chunk));
    pv_sandbox_push_environment(L);
    lua_setupvalue(L, -2, 1);
}
