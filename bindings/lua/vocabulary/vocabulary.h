/* Invariant: what rules find in a state is in these tables and nowhere else: classes, functions written in C, and the
 * check vocabulary, which is Lua like the rules', runs in the same sandbox, and is embedded in the library. The
 * documentation of each stands in its record, or above it. */
#ifndef PV_LUA_VOCABULARY_VOCABULARY_H
#define PV_LUA_VOCABULARY_VOCABULARY_H

#include "lua/object/class.h"

/* A global function of rules that is written in C and is not plain Lua's. */
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

/* A type of parameters: a text that a function reads. */
typedef struct pv_reading {
    const char *type; /* as signatures call it: "how often" */
    const char *doc;
    bool (*reads)(pv_arena *arena, pv_str text, pv_error *error); /* error: what is wrong with the text */
} pv_reading;

/* Ends with a NULL type. */
extern const pv_reading pv_readings[];

typedef struct pv_prelude_file {
    const char *name; /* "=vocabulary/limits.lua" */
    const char *text;
    size_t size;
} pv_prelude_file;

/* The files (CMake embeds the folder prelude), in the order in which they run: a file uses what earlier ones export.
 * Ends with a NULL name. */
extern const pv_prelude_file pv_prelude_files[];

/* They, and the rule files of the packs in the folder rules, as Lua compiled them when this was built. */
extern const pv_precompiled pv_precompiled_files;

/* What the vocabulary has beyond a rule (vocabulary_functions.c). */
extern const luaL_Reg pv_prelude_internal[];
/* What it asks first, since most verdicts are of that kind (soon_verdicts.c). */
extern const luaL_Reg pv_prelude_soon[];

/* All classes, in documentation order, NULL at the end. */
extern const pv_class *const pv_classes[];
/* [-0, +0, v] Gives a new state all that rules find in it: classes, the sandbox with the engine's functions, the
 * vocabulary. For pv_runtime.furnish. */
int pv_furnish(lua_State *L);

#endif
