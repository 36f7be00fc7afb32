#include "lua/prelude.h"

#include "base/suggest.h"
#include "lua/chunk.h"
#include "lua/class.h"
#include "lua/sandbox.h"

/* internal.kind(value): the class of an engine value, else Lua's type. */
static int l_internal_kind(lua_State *L) {
    const pv_object *object = pv_object_test(L, 1);
    lua_pushstring(L, object ? object->class->name : luaL_typename(L, 1));
    return 1;
}

/* internal.has_place(value): whether :at(value) can point at something. */
static int l_internal_has_place(lua_State *L) {
    pv_place place;
    lua_pushboolean(L, pv_place_of(L, 1, &place));
    return 1;
}

/* internal.suggest(name, choices): the nearest string of a list, or nil. */
static int l_internal_suggest(lua_State *L) {
    pv_str name;
    name.data = luaL_checklstring(L, 1, &name.size);
    size_t count = (size_t)luaL_len(L, 2);
    MAY_RAISE(pv_runtime_charge(L, count * (name.size + 1)));
    pv_str *choices = PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, count);
    if (!choices)
        return pv_runtime_stop_memory(L);
    for (size_t i = 0; i < count; i++) {
        lua_geti(L, 2, (lua_Integer)i + 1);
        choices[i].data = luaL_checklstring(L, -1, &choices[i].size); /* the list keeps it */
        lua_pop(L, 1);
    }
    size_t nearest = pv_suggest(name, choices, count);
    if (nearest == SIZE_MAX)
        lua_pushnil(L);
    else
        lua_geti(L, 2, (lua_Integer)nearest + 1);
    return 1;
}

/* What the vocabulary has beyond a rule: each of its files is called with a table of these. */
static const luaL_Reg internal_functions[] = {
    {"kind", l_internal_kind},
    {"has_place", l_internal_has_place},
    {"suggest", l_internal_suggest},
    {NULL, NULL},
};

void pv_prelude_run(lua_State *L) {
    luaL_newlib(L, internal_functions);
    for (const pv_prelude_file *file = pv_prelude_files; file->name; file++) {
        const pv_chunk chunk = {.name = file->name, .text = {file->text, file->size}};
        MAY_RAISE(pv_chunk_push(L, &chunk));
        lua_pushvalue(L, -2);
        lua_call(L, 1, 1);
        pv_sandbox_declare(L);
    }
    lua_pop(L, 1);
}
