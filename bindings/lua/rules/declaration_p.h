/* Invariant: what is read of a declaration was checked against its keys first, and its texts are copied to the rule
 * set's arena. */
#ifndef PV_LUA_RULES_DECLARATION_P_H
#define PV_LUA_RULES_DECLARATION_P_H

#include "lua/rules/rules.h"

/* Further types of pv_declaration_key. */
#define PV_DECLARED_PLACE (-2) /* a number or a string */
#define PV_DECLARED_VALUE (-3) /* a number, a string, a boolean or a table */
#define PV_DECLARED_TEXTS (-4) /* a string or a table */

/* [-0, +0, m] Checks the table at index against keys (a NULL name at the end). On the first fault false, with a message
 * that names the key, and for an unknown one the key that was probably meant. */
bool pv_declaration_check(lua_State *L, int index, const pv_declaration_key *keys, pv_error *error) PV_MUST_CHECK;

/* Reading a checked table at index; what is absent gives the empty text, false, or 0. Texts are copied to arena;
 * *failed is set when its memory is refused. [-0, +0, m] */
pv_str pv_declaration_text(lua_State *L, int index, const char *name, pv_arena *arena, bool *failed);
bool pv_declaration_flag(lua_State *L, int index, const char *name);
/* Whether it is there and false. */
bool pv_declaration_is_false(lua_State *L, int index, const char *name);
/* A whole number of at least 1. */
size_t pv_declaration_number(lua_State *L, int index, const char *name);
/* The value at index, a number or a string, as a text in arena. */
pv_str pv_declaration_value(lua_State *L, int index, pv_arena *arena, bool *failed);

/* [-0, +0, m] The list of texts at index, in arena; PV_ERROR_SHAPE when something else is in it. */
bool pv_declaration_texts(lua_State *L, int index, pv_arena *arena, const pv_str **out, size_t *count,
                          pv_error *error) PV_MUST_CHECK;
/* The day given under name, as 2022-07-01; *given is false when there is none. [-0, +0, m] */
bool pv_declaration_day(lua_State *L, int index, const char *name, bool *given, pv_date *out,
                        pv_error *error) PV_MUST_CHECK;

/* Fails with "NAME is "each"; it is one of …", or with a suggestion when one is near. */
bool pv_declaration_fail_choice(const char *key, pv_str given, const pv_str *choices, size_t count, pv_error *error);

/* [-0, +0, v] Reads the list of examples at index; the fault's message begins with the example's number. */
bool pv_examples_read(lua_State *L, int index, pv_arena *arena, const pv_rule *rule, pv_example_list *out,
                      pv_error *error) PV_MUST_CHECK;
/* [-0, +0, v] The values that the table at index sets of a rule's parameters, by name; those that it does not set have
 * their defaults. */
bool pv_parameter_values_read(lua_State *L, int index, pv_arena *arena, const pv_rule *rule, const pv_value **out,
                              pv_error *error) PV_MUST_CHECK;
/* [-0, +0, v] Reads the table of parameters at index, name to declaration, into rule, sorted by name; rule's source
 * and place are where the defaults are set. The effective values are the defaults. The fault's message begins with the
 * parameter's name. */
bool pv_parameters_read(lua_State *L, int index, pv_arena *arena, pv_rule *rule, pv_error *error) PV_MUST_CHECK;

#endif
