/* Invariant: what a rule can reach is exactly what is listed in the sandbox's tables; nothing is removed from a full
 * environment, everything is added to an empty one. The environment and the library tables cannot be written to, an
 * undeclared name raises with a suggestion, and no function yields an address, a time or a random number. */
#ifndef PV_LUA_SANDBOX_SANDBOX_H
#define PV_LUA_SANDBOX_SANDBOX_H

#include "lua/host/runtime.h"

/* [-0, +0, m] Builds the environment of this state and locks the metatable of strings. Once per state, before any
 * chunk. add puts what rules have besides the standard functions into the table of globals on top. */
void pv_sandbox_install(lua_State *L, void (*add)(lua_State *L));
/* [-0, +1, -] The environment that chunks run in. */
void pv_sandbox_push_environment(lua_State *L);
/* [-1, +0, m] Declares every name of the table on top as a global. */
void pv_sandbox_declare(lua_State *L);
/* [-0, +0, m] Whether there is a global with the name on top. */
bool pv_sandbox_is_declared(lua_State *L);

/* [-(top - first + 1), +1, v] string.format as rules have it, over the values from index first (the format) to the
 * top. */
void pv_sandbox_format(lua_State *L, int first);
/* [-0, +1, v] tostring as rules have it: without addresses. size may be NULL. */
const char *pv_sandbox_to_string(lua_State *L, int index, size_t *size);

/* [-0, +1, -] The table of the names that rules find without declaring them. */
void pv_sandbox_push_names(lua_State *L);

/* What is in the libraries, by name. */
extern const luaL_Reg pv_sandbox_base_functions[], pv_sandbox_string_functions[], pv_sandbox_table_functions[],
    pv_sandbox_math_functions[], pv_sandbox_utf8_functions[];

/* trace(…), one of the engine's own functions, which the vocabulary adds. */
int l_trace(lua_State *L);

/* [-0, +1, v] The keys of the table at index as a sorted list: numbers, then strings by bytes, then false and true.
 * Raises for a key of any other type. */
void pv_sandbox_push_sorted_keys(lua_State *L, int index);

/* Code is only ever compiled from text, or was when this was built from the very same text (host/precompiled.h), and
 * runs in the environment; no state loads bytecode from outside. */
typedef struct pv_chunk {
    const char *name; /* Lua's: "@" and the path of a rule file, "=" and a title otherwise */
    pv_str text;
    const pv_source *source; /* of a rule file; else NULL */
} pv_chunk;

/* [-0, +1, v] Pushes the chunk as a function in the sandbox's environment; raises what the compiler says. */
void pv_chunk_push(lua_State *L, const pv_chunk *chunk);

#endif
