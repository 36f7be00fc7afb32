/* Invariant: no message of Lua's own reaches the author of a rule where there are plainer words for it, and no other is
 * changed. */
#ifndef PV_LUA_HOST_PLAIN_MESSAGES_P_H
#define PV_LUA_HOST_PLAIN_MESSAGES_P_H

#include "base/str.h"

/* What Lua's runtime says, in plain words, in out; the message itself where it is none of Lua's. Allocates nothing. The
 * text ends with a NUL. */
pv_str pv_plain_message(pv_str message, char *out, size_t size);

#endif
