/* Invariant: the check vocabulary is Lua like the rules', runs in the same sandbox, and is embedded in the library: its names
 * are globals of every rule file. */
#ifndef PV_LUA_PRELUDE_H
#define PV_LUA_PRELUDE_H

#include "lua/runtime.h"

typedef struct pv_prelude_file {
    const char *name; /* "=vocabulary/limits.lua" */
    const char *text;
    size_t size;
} pv_prelude_file;

/* The files (CMake embeds the folder prelude), in the order in which they run: a file uses what earlier ones export. Ends with
 * a NULL name. */
extern const pv_prelude_file pv_prelude_files[];

/* What the vocabulary has beyond a rule (prelude_internal.c). */
extern const luaL_Reg pv_prelude_internal[];

/* [-0, +0, v] Runs the vocabulary and declares what its files export. */
void pv_prelude_run(lua_State *L);

#endif
