#include "lua/sandbox/chunk.h"

#include <limits.h>

#include "lua/sandbox/sandbox.h"

/* [-1, +0, v] Raises the compiler's message on top. The compiler puts the line into the message ("path:12: …") and nowhere
 * else, so here, and only here, a place is read from text. */
static int raise_syntax_error(lua_State *L, const pv_chunk *chunk) {
    pv_runtime *runtime = pv_runtime_of(L);
    pv_str message;
    message.data = lua_tolstring(L, -1, &message.size);
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
    int status = luaL_loadbufferx(L, chunk->text.data, chunk->text.size, chunk->name, "t");
    if (status == LUA_ERRMEM)
        MAY_RAISE(pv_runtime_stop_memory(L));
    if (status != LUA_OK)
        MAY_RAISE(raise_syntax_error(L, chunk));
    pv_sandbox_push_environment(L);
    lua_setupvalue(L, -2, 1);
}
