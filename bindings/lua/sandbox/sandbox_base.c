/* The functions of the base library: standard ones where they are safe, ours where the standard ones could hide a stop,
 * show an address or depend on the order of a hash table. */
#include <lualib.h>

#include "lua/object/class.h"
#include "lua/sandbox/sandbox.h"

/* A protected call costs about as much as this many instructions. */
#define WORK_OF_PCALL 20
/* Walking a table visits its empty slots too, and how many it has only the size of the heap bounds. */
#define HEAP_BYTES_PER_UNIT 256
/* What trace() keeps for one rule and subject. */
#define MAX_TRACES 100
#define MAX_TRACE_BYTES 1000

/* Like the standard one, but a stop goes through it, and so does the end of memory; and an ordinary error that it catches lets
 * the rule go on, but remains the rule's fault: a misspelt name must not look like a result. */
static int l_pcall(lua_State *L) {
    luaL_checkany(L, 1);
    MAY_RAISE(pv_runtime_charge(L, WORK_OF_PCALL));
    lua_pushboolean(L, true); /* the status has its place on the stack before the call can use the stack up */
    lua_pushcfunction(L, pv_runtime_record_error);
    lua_rotate(L, 1, 2);
    int status = lua_pcall(L, lua_gettop(L) - 3, LUA_MULTRET, 2);
    pv_stop *stop = &pv_runtime_of(L)->stop;
    if (stop->stopped)
        return lua_error(L);
    if (status == LUA_ERRMEM)
        return pv_runtime_stop_memory(L);
    lua_remove(L, 2);
    if (status == LUA_OK)
        return lua_gettop(L);
    stop->caught = true;
    lua_pushboolean(L, false);
    lua_replace(L, 1);
    return 2;
}

/* Upvalues: the table, its sorted keys, and the number of the key given last. */
static int l_next_pair(lua_State *L) {
    lua_Integer number = lua_tointeger(L, lua_upvalueindex(3));
    for (;;) {
        number++;
        if (lua_rawgeti(L, lua_upvalueindex(2), number) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
            break;
        lua_pop(L, 2); /* removed since the loop began */
    }
    lua_pushinteger(L, number);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

static int l_pairs(lua_State *L) {
    if (lua_type(L, 1) != LUA_TTABLE)
        return pv_raise_expected(L, 1, "a table");
    lua_settop(L, 1);
    MAY_RAISE(pv_runtime_charge(L, pv_runtime_of(L)->memory.used / HEAP_BYTES_PER_UNIT));
    MAY_RAISE(pv_sandbox_push_sorted_keys(L, 1));
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, l_next_pair, 3);
    return 1;
}

const char *pv_sandbox_to_string(lua_State *L, int index, size_t *size) {
    switch (lua_type(L, index)) {
    case LUA_TTABLE:
    case LUA_TFUNCTION:
    case LUA_TUSERDATA:
        if (luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
            lua_pop(L, 1);
            break;
        }
        lua_pushstring(L, luaL_typename(L, index));
        return lua_tolstring(L, -1, size);
    default:
        break;
    }
    return luaL_tolstring(L, index, size);
}

static int l_tostring(lua_State *L) {
    luaL_checkany(L, 1);
    pv_sandbox_to_string(L, 1, NULL);
    return 1;
}

/* [-0, +1, v] The arguments as texts with a space between. */
static const char *join_arguments(lua_State *L, size_t *size) {
    int count = lua_gettop(L);
    luaL_Buffer joined;
    luaL_checkstack(L, 2 * count + 1, "too many values to trace");
    for (int index = 1; index <= count; index++)
        pv_sandbox_to_string(L, index, NULL);
    pv_sandbox_charge_arguments(L, count + 1);
    luaL_buffinit(L, &joined);
    for (int index = count + 1; index <= 2 * count; index++) {
        if (index > count + 1)
            luaL_addchar(&joined, ' ');
        size_t part_size;
        const char *part = lua_tolstring(L, index, &part_size);
        luaL_addlstring(&joined, part, part_size < MAX_TRACE_BYTES ? part_size : MAX_TRACE_BYTES);
    }
    luaL_pushresult(&joined);
    return lua_tolstring(L, -1, size);
}

int l_trace(lua_State *L) {
    pv_runtime *runtime = pv_runtime_of(L);
    if (runtime->trace_count == MAX_TRACES)
        return 0;
    pv_str text;
    text.data = join_arguments(L, &text.size);
    if (text.size > MAX_TRACE_BYTES)
        text.size = MAX_TRACE_BYTES;
    pv_trace *line = PV_NEW(runtime->call_arena, pv_trace);
    pv_str kept = pv_arena_copy(runtime->call_arena, text);
    if (!line || !kept.data)
        return pv_runtime_stop_memory(L);
    *line = (pv_trace){runtime->trace, kept};
    runtime->trace = line;
    runtime->trace_count++;
    return 0;
}

const luaL_Reg pv_sandbox_base_functions[] = {
    {"assert", NULL},
    {"error", NULL},
    {"ipairs", NULL},
    {"pairs", l_pairs},
    {"pcall", l_pcall},
    {"select", NULL},
    {"tonumber", pv_sandbox_charged},
    {"tostring", l_tostring},
    {"type", NULL},
    {NULL, NULL},
};

void pv_sandbox_push_base(lua_State *L) {
    lua_newtable(L);
    pv_sandbox_add_standard(L, luaopen_base, pv_sandbox_base_functions);
}
