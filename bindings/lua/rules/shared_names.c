#include "lua/rules/shared_names_p.h"

#include "lua/sandbox/sandbox.h"

void pv_share_names(lua_State *L) {
    int names = lua_gettop(L);
    if (lua_type(L, names) != LUA_TTABLE)
        luaL_error(L, "a rule file returns nothing, or a table of what the files after it may use, not a %s",
                   luaL_typename(L, names));
    MAY_RAISE(pv_sandbox_push_sorted_keys(L, names));
    for (lua_Integer i = 1; i <= (lua_Integer)lua_rawlen(L, names + 1); i++) {
        if (lua_rawgeti(L, names + 1, i) != LUA_TSTRING)
            luaL_error(L, "what a rule file shares has names, as in: return { limit = limit }");
        if (pv_sandbox_is_declared(L))
            luaL_error(L, "\"%s\" cannot be shared: there is such a name already", lua_tostring(L, -1));
        lua_pop(L, 1);
    }
    lua_settop(L, names);
    pv_sandbox_declare(L);
}
