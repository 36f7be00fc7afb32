/* Invariant: the check vocabulary is Lua like the rules', runs in the same sandbox, and is embedded in the library: its names
 * are globals of every rule file. */
#ifndef PV_LUA_PRELUDE_H
#define PV_LUA_PRELUDE_H

#include "lua/class.h"

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

/* All classes, in documentation order, NULL at the end (classes.c). */
extern const pv_class *const pv_classes[];
/* [-0, +0, v] Gives a new state all that rules find in it: classes, the sandbox with the engine's functions, the vocabulary.
 * For pv_runtime.furnish. */
int pv_furnish(lua_State *L);

#endif
