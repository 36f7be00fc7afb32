/* Invariant: a declared value comes to rules in its declared type: data of the form as plain Lua values (and decimals and dates),
 * data of the submission as values that know their place. An absent value is nil. */
#ifndef PV_LUA_VALUE_H
#define PV_LUA_VALUE_H

#include "lua/class.h"

/* [-0, +1, m] A value of the submission. Returns 1. */
int pv_push_filed_value(lua_State *L, const pv_value *value);
/* [-0, +1, m] The text of a value of the submission, also when it is absent. Returns 1. */
int pv_push_value_text(lua_State *L, const pv_value *value);
/* [-0, +1, -] A limit that the form prints, nil for 0. Returns 1. */
int pv_push_limit(lua_State *L, uint32_t limit);
/* Where a value of the submission stands, or should. */
pv_place pv_value_place(const pv_value *value);

/* [-0, +1, m] A value of the form, or of a parameter, that is given. */
void pv_push_form_value(lua_State *L, const pv_value *value);
/* [-0, +(0|1), m] The value of the form with this name, for a get_declared: returns 1, or 0 when none is declared. */
int pv_push_attribute(lua_State *L, const pv_value_list *values, pv_str name);
/* The names of the values, for a declared_names. */
size_t pv_attribute_names(const pv_value_list *values, pv_str *names, size_t capacity);

#endif
