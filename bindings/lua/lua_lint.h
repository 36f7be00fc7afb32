/* Invariant: what is said about the rules' code rests on its words as the compiler sees them and on running its examples, not
 * on guesses: a name counts as used wherever a rule file asks for it, so a name that is reported is used nowhere. */
#ifndef PV_LUA_LUA_LINT_H
#define PV_LUA_LUA_LINT_H

#include "base/array.h"
#include "lua/lexemes.h"
#include "lua/loaded_rules.h"
#include "run/lint.h"

/* The patterns that matched anything while the examples were run, each once. */
typedef struct pv_matched {
    pv_observer observer; /* first, so that either pointer is the other */
    pv_arena *arena;
    PV_ARRAY(const pv_pattern *) patterns;
} pv_matched;

/* One rule set being looked at. */
typedef struct pv_lua_lint {
    pv_lint *lint;
    pv_lua_ruleset *owner;
    const pv_lexemes *files; /* one per file of owner */
    pv_matched matched;
} pv_lua_lint;

/* The rule set's method (lua_lint.c): examples, rules that never apply, then the parts below. */
bool pv_lua_ruleset_lint(pv_ruleset *ruleset, pv_lint *lint, pv_error *error) PV_MUST_CHECK;

/* Numbers in code, and comparisons that are never true (lint_code.c). */
bool pv_lua_lint_code(const pv_lua_lint *all, pv_error *error) PV_MUST_CHECK;
/* What the form and the rules declare and no rule asks for (lint_names.c). */
bool pv_lua_lint_names(const pv_lua_lint *all, pv_error *error) PV_MUST_CHECK;
/* Patterns that match nothing, or are slow (lint_patterns.c). */
bool pv_lua_lint_patterns(const pv_lua_lint *all, pv_error *error) PV_MUST_CHECK;

/* The id of the rule whose declaration holds this byte of the file; empty outside of rules. */
pv_str pv_lua_lint_rule_at(const pv_lua_lint *all, const pv_lexemes *file, uint32_t offset);
/* The lexemes of a rule's declaration, `rule` to the closing brace. False when it is not written as `rule "id" { … }`. */
bool pv_lua_lint_declaration(const pv_lua_lint *all, const pv_rule *rule, const pv_lexemes **file, size_t *first,
                             size_t *last);

#endif
