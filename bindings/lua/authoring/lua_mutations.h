/* Invariant: only code is changed that can bear on a verdict: never a declaration's titles and citations, its examples,
 * a message or a comment. */
#ifndef PV_LUA_AUTHORING_LUA_MUTATIONS_H
#define PV_LUA_AUTHORING_LUA_MUTATIONS_H

#include "lua/authoring/lexemes.h"
#include "run/mutation.h"

/* In a rule file: numbers, comparisons, and, or and not, true and false, the conditions of branches, the states that
 * are returned, and the words of phrases and mentions. */
bool pv_lua_mutations(pv_mutations *all, size_t file, const pv_lexemes *lexemes, pv_error *error) PV_MUST_CHECK;
/* Whether name stands in the code as a name: what is so called in a form may be read. */
bool pv_lua_reads_name(const pv_lexemes *lexemes, pv_str name);

#endif
