/* Invariant: an example is judged by the runner that judges submissions, and no example sees anything of another. */
#ifndef PV_LUA_AUTHORING_EXAMPLES_H
#define PV_LUA_AUTHORING_EXAMPLES_H

#include "run/ruleset.h"

/* One example of one rule, run. */
typedef struct pv_example_result {
    const pv_rule *rule;
    size_t number; /* 1-based, in the rule */
    bool passed;
    bool judged;     /* false: it could not be run, and actual tells why */
    pv_state state;  /* what the rule gave, when judged */
    pv_str given;    /* what it fills in, in short; empty for number 0 */
    pv_str expected; /* "fail at word 101" */
    pv_str actual;   /* "pass: 100 words", or the fault */
    pv_span at;      /* of the rule in rule->source */
} pv_example_result;

/* Runs every example of the rules whose id matches rule_pattern (empty: all), in arena. */
bool pv_lua_run_examples(pv_ruleset *ruleset, pv_str rule_pattern, pv_arena *arena, const pv_example_result **out,
                         size_t *count, pv_error *error) PV_MUST_CHECK;

#endif
