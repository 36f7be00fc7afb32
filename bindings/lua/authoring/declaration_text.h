/* Invariant: what is told here is read from a rule file's text without running it: it is a help to the one who tests
 * the rules, and decides nothing about a submission. */
#ifndef PV_LUA_AUTHORING_DECLARATION_TEXT_H
#define PV_LUA_AUTHORING_DECLARATION_TEXT_H

#include "lua/authoring/lexemes.h"
#include "model/verdict.h"

/* Lexemes [first, end): from `rule` to after the closing brace of the declaration of rule, which lexemes were read
 * with. */
typedef struct pv_declaration_range {
    size_t first;
    size_t end;
} pv_declaration_range;

pv_declaration_range pv_declaration_find(const pv_lexemes *lexemes, const pv_rule *rule);
/* Whether `name =` stands at index. */
bool pv_declaration_is_key(const pv_lexemes *lexemes, size_t index, const char *name);
/* For each state up to not-applicable, whether the words of the declaration can give it: `when` and not_applicable give
 * not-applicable, fail and review what they say, and a check that names neither fails by way of the vocabulary. Fails
 * only for memory. */
bool pv_declaration_outcomes(const pv_rule *rule, pv_arena *scratch, bool *asked, pv_error *error) PV_MUST_CHECK;

#endif
