/* Invariant: code is only ever compiled from text, and runs in the sandbox's environment; no state loads bytecode. */
#ifndef PV_LUA_SANDBOX_CHUNK_H
#define PV_LUA_SANDBOX_CHUNK_H

#include "lua/host/runtime.h"

typedef struct pv_chunk {
    const char *name; /* Lua's: "@" and the path of a rule file, "=" and a title otherwise */
    pv_str text;
    const pv_source *source; /* of a rule file; else NULL */
} pv_chunk;

/* [-0, +1, v] Pushes the chunk as a function in the sandbox's environment; raises what the compiler says. */
void pv_chunk_push(lua_State *L, const pv_chunk *chunk);

#endif
