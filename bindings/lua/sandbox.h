/* Invariant: what a rule can reach is exactly what is listed in the sandbox's tables; nothing is removed from a full
 * environment, everything is added to an empty one. The environment and the library tables cannot be written to, an
 * undeclared name raises with a suggestion, and no function yields an address, a time or a random number. */
#ifndef PV_LUA_SANDBOX_H
#define PV_LUA_SANDBOX_H

#include "lua/runtime.h"

/* [-0, +0, m] Builds the environment of this state and locks the metatable of strings. Once per state, before any chunk.
 * add puts what rules have besides the standard functions into the table of globals on top. */
void pv_sandbox_install(lua_State *L, void (*add)(lua_State *L));
/* [-0, +1, -] The environment that chunks run in. */
void pv_sandbox_push_environment(lua_State *L);
/* [-1, +0, m] Declares every name of the table on top as a global. */
void pv_sandbox_declare(lua_State *L);
/* [-0, +0, m] Whether there is a global with the name on top. */
bool pv_sandbox_is_declared(lua_State *L);

/* [-(top - first + 1), +1, v] string.format as rules have it, over the values from index first (the format) to the top. */
void pv_sandbox_format(lua_State *L, int first);
/* [-0, +1, v] tostring as rules have it: without addresses. size may be NULL. */
const char *pv_sandbox_to_string(lua_State *L, int index, size_t *size);

/* The libraries, each [-0, +1, m]: pushes a new table of its functions. */
void pv_sandbox_push_base(lua_State *L);
void pv_sandbox_push_string(lua_State *L);
void pv_sandbox_push_table(lua_State *L);
void pv_sandbox_push_math(lua_State *L);
void pv_sandbox_push_utf8(lua_State *L);
/* What is in them, by name. */
extern const luaL_Reg pv_sandbox_base_functions[], pv_sandbox_string_functions[], pv_sandbox_table_functions[],
    pv_sandbox_math_functions[], pv_sandbox_utf8_functions[];

/* trace(…), one of the engine's own functions (functions.c). */
int l_trace(lua_State *L);

/* [-0, +0, m] Adds functions and constants of a standard library to the table on top. An entry with a function of its own is
 * that function, with the standard one as its first upvalue; one without is the standard one as it is. */
void pv_sandbox_add_standard(lua_State *L, lua_CFunction open, const luaL_Reg *entries);
/* In such a function: goes on as the standard one, with the same arguments. */
int pv_sandbox_continue_standard(lua_State *L);
/* Such a function: charges the bytes of its arguments and goes on. */
int pv_sandbox_charged(lua_State *L);
/* [-0, +0, v] Charges the bytes of the strings among the arguments from index first to the top. */
void pv_sandbox_charge_arguments(lua_State *L, int first);

/* [-0, +0, v] Charges for a text of this many bytes that is about to be built; the stop for memory when it is over the cap. */
void pv_sandbox_require_size(lua_State *L, uint64_t size);

/* Whether the value on top comes before the one below it; leaves both. [-0, +0, v] */
typedef bool (*pv_sandbox_before)(lua_State *L);
/* [-0, +0, v] Sorts values 1 to count of the table at index: stable, and by nothing but the order given (the standard sort
 * picks its pivots by the clock). */
void pv_sandbox_sort(lua_State *L, int index, lua_Integer count, pv_sandbox_before before);
/* [-0, +1, v] The keys of the table at index as a sorted list: numbers, then strings by bytes, then false and true. Raises
 * for a key of any other type. */
void pv_sandbox_push_sorted_keys(lua_State *L, int index);

#endif
