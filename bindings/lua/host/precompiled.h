/* Invariant: a function that was made when the project was built is taken in place of compiling a text only where the
 * text is the very one that it was made of, byte for byte, and Lua the one that made it. Both stand in the program:
 * nothing that a user, a pack or a cache has is ever taken for compiled code. */
#ifndef PV_LUA_HOST_PRECOMPILED_H
#define PV_LUA_HOST_PRECOMPILED_H

#include <lua.h>

#include "base/str.h"

/* What bindings/lua/precompile writes of a file. */
typedef struct pv_precompiled_chunk {
    const char *text;
    size_t size;
    const char *before; /* the name of the chunk, as Lua dumps it */
    size_t before_size;
    const char *behind;
    size_t behind_size;
} pv_precompiled_chunk;

typedef struct pv_precompiled {
    const char *lua;                    /* lua_ident of the Lua that compiled them */
    const pv_precompiled_chunk *chunks; /* ends with a NULL text */
} pv_precompiled;

/* [-0, +1|0, -] Pushes the function that the text compiles to, with this name; false, and nothing is pushed, where it
 * is not among those that are compiled, or could not be loaded. precompiled may be NULL. */
bool pv_precompiled_push(lua_State *L, const pv_precompiled *precompiled, pv_str text, const char *name);

#endif
