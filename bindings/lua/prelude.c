#include "lua/prelude.h"

#include "lua/chunk.h"
#include "lua/sandbox.h"

void pv_prelude_run(lua_State *L) {
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
