/* Invariant: a declaration (the table of a rule, or of one of its examples) is read only after every key in it was checked:
 * known, of its type, and none missing that is needed. Nothing here runs code of a rule. */
#ifndef PV_LUA_DECLARATION_H
#define PV_LUA_DECLARATION_H

#include "lua/runtime.h"

typedef struct pv_declaration_key {
    const char *name;
    int type; /* LUA_TSTRING, …; PV_DECLARED_PLACE for a number or a string */
    bool required;
} pv_declaration_key;

#define PV_DECLARED_PLACE (-2)

/* [-0, +0, m] Checks the table at index against keys (a NULL name at the end). On the first fault false, with a message that
 * names the key, and for an unknown one the key that was probably meant. */
bool pv_declaration_check(lua_State *L, int index, const pv_declaration_key *keys, pv_error *error) PV_MUST_CHECK;

/* Reading a checked table at index; what is absent gives the empty text, false, or 0. Texts are copied to arena; *failed is
 * set when its memory is refused. [-0, +0, m] */
pv_str pv_declaration_text(lua_State *L, int index, const char *name, pv_arena *arena, bool *failed);
bool pv_declaration_flag(lua_State *L, int index, const char *name);
/* A whole number of at least 1. */
size_t pv_declaration_number(lua_State *L, int index, const char *name);
/* The value at index, a number or a string, as a text in arena. */
pv_str pv_declaration_value(lua_State *L, int index, pv_arena *arena, bool *failed);

/* Fails with "NAME is "each"; it is one of …", or with a suggestion when one is near. */
bool pv_declaration_fail_choice(const char *key, pv_str given, const pv_str *choices, size_t count, pv_error *error);

#endif
