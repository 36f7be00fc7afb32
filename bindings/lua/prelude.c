#include "lua/prelude.h"

#include "lua/chunk.h"
#include "lua/functions.h"
#include "lua/sandbox.h"

/* [-0, +0, v] Runs the vocabulary and declares what its files export. */
static void run_vocabulary(lua_State *L) {
    lua_newtable(L);
    luaL_setfuncs(L, pv_prelude_internal, 0);
    for (const pv_prelude_file *file = pv_prelude_files; file->name; file++) {
        const pv_chunk chunk = {.name = file->name, .text = {file->text, file->size}};
        MAY_RAISE(pv_chunk_push(L, &chunk));
        lua_pushvalue(L, -2);
        lua_call(L, 1, 1);
        pv_sandbox_declare(L);
    }
    lua_pop(L, 1);
}

static void add_engine(lua_State *L) {
    pv_functions_add(L);
    pv_push_form(L);
    lua_setfield(L, -2, "form");
}

int pv_furnish(lua_State *L) {
    pv_class_register_all(L, pv_classes);
    pv_list_register(L);
    pv_sandbox_install(L, add_engine);
    run_vocabulary(L);
    return 0;
}
