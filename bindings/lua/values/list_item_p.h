/* Invariant: list items come in text order, those of nested lists after the item that holds them. */
#ifndef PV_LUA_VALUES_LIST_ITEM_P_H
#define PV_LUA_VALUES_LIST_ITEM_P_H

#include "lua/values/text_object.h"

/* [-0, +1, v] The enumerated items of text, as an item list. Returns 1. */
int pv_push_list_items(lua_State *L, pv_text_object *text);

#endif
