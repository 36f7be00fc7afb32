/* Invariant: an example is judged by the runner that judges submissions, and no example sees anything of another. */
#ifndef PV_LUA_EXAMPLES_H
#define PV_LUA_EXAMPLES_H

#include "run/ruleset.h"

/* Runs every example of the rules whose id matches rule_pattern (empty: all), in arena. */
bool pv_lua_run_examples(pv_ruleset *ruleset, pv_str rule_pattern, pv_arena *arena, const pv_example_result **out,
                         size_t *count, pv_error *error) PV_MUST_CHECK;

#endif
