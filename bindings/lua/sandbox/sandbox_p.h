/* Invariant: a function of a library charges for what it does before it does it. */
#ifndef PV_LUA_SANDBOX_SANDBOX_P_H
#define PV_LUA_SANDBOX_SANDBOX_P_H

#include "lua/sandbox/sandbox.h"

/* The libraries, each [-0, +1, m]: pushes a new table of its functions. */
void pv_sandbox_push_base(lua_State *L);
void pv_sandbox_push_string(lua_State *L);
void pv_sandbox_push_table(lua_State *L);
void pv_sandbox_push_math(lua_State *L);
void pv_sandbox_push_utf8(lua_State *L);

#endif
