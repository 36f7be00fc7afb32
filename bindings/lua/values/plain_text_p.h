/* Invariant: a plain string that a text is compared with gives the same text for the whole session, so that what is worked out
 * about it is worked out once; what the form prints is worked out once per rule set, and charged to each session all the same:
 * what a rule may do does not depend on the submissions before. */
#ifndef PV_LUA_VALUES_PLAIN_TEXT_P_H
#define PV_LUA_VALUES_PLAIN_TEXT_P_H

#include "lua/values/text_object.h"

/* [-0, +0, v] Makes the string at index, which need not be absolute, a text without a place. */
void pv_plain_text_make(lua_State *L, int index);

#endif
