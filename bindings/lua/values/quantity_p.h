/* Invariant: a quantity is what the text states, at the bytes that state it. */
#ifndef PV_LUA_VALUES_QUANTITY_P_H
#define PV_LUA_VALUES_QUANTITY_P_H

#include "lua/values/text_object.h"
#include "text/quantities.h"

typedef struct pv_quantity_object {
    pv_object object;
    pv_quantity quantity; /* at: bytes of whole */
    const pv_text *whole;
} pv_quantity_object;

/* [-0, +1, v] The list of the quantities of this kind in text. Returns 1. */
int pv_push_quantities(lua_State *L, pv_text_object *text, pv_quantity_kind kind);

#endif
