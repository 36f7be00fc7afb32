/* Invariant: the description is made of the registration records and of the comments above the vocabulary's functions,
 * and of nothing else: what a rule can name is in it, with the words that stand where it is registered. */
#ifndef PV_LUA_AUTHORING_DESCRIBE_H
#define PV_LUA_AUTHORING_DESCRIBE_H

#include "model/language.h"

/* Describes the language of rules; lists are in arena. PV_ERROR_SYNTAX for a record with a malformed signature. */
bool pv_lua_describe(pv_language *out, pv_arena *arena, pv_error *error) PV_MUST_CHECK;

#endif
