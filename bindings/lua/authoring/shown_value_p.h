/* Invariant: a value is shown without running any of the rule's code, in bounded space, and the same value is always
 * shown the same way. */
#ifndef PV_LUA_AUTHORING_SHOWN_VALUE_P_H
#define PV_LUA_AUTHORING_SHOWN_VALUE_P_H

#include "lua/object/class.h"

#define PV_SHOWN_BYTES ((size_t)160)

typedef struct pv_shown_value {
    char text[PV_SHOWN_BYTES + 4]; /* and room for "…" */
    size_t size;
    bool cut;
    const pv_source *source; /* where the value comes from; NULL: nowhere */
    pv_place at;
} pv_shown_value;

/* [-0, +0, m] Shows the value at index: a text in quotes, a list with its first elements. */
void pv_show_value(lua_State *L, int index, pv_shown_value *out);
/* [-0, +0, m] Shows the value at index, which the object at another index gave for name: a plain value then comes from
 * where the object has it. */
void pv_show_member(lua_State *L, int index, int object, pv_str name, pv_shown_value *out);

#endif
