/* Invariant: what is nearest to a response is worked out for all responses at once, when it is first asked for in a session. */
#ifndef PV_LUA_FILING_NEAREST_P_H
#define PV_LUA_FILING_NEAREST_P_H

#include "lua/filing/filing.h"

/* [-0, +2, v] The earlier response that shares the most wording with the response at index 1, and its similarity to that one;
 * nil and nil when none shares a run of three words. Returns 2. */
int pv_push_nearest_earlier(lua_State *L, const pv_response *response);

#endif
