/* Invariant: every global function of rules that is written in C and is not plain Lua's stands in one of these tables; its
 * documentation stands there and nowhere else. (Those written in Lua, the check vocabulary, are documented above each.) */
#ifndef PV_LUA_VOCABULARY_FUNCTIONS_H
#define PV_LUA_VOCABULARY_FUNCTIONS_H

#include "lua/host/runtime.h"

typedef struct pv_function {
    const char *name;
    const char *signature; /* "pass(message: string?, …): verdict" */
    const char *doc;
    lua_CFunction function;
} pv_function;

typedef struct pv_function_group {
    const char *title;
    const pv_function *functions; /* ends with a NULL name */
} pv_function_group;

/* Ends with a NULL title. */
extern const pv_function_group pv_function_groups[];

/* [-0, +0, m] Adds all of them to the table on top. */
void pv_functions_add(lua_State *L);

#endif
