/* Invariant: the rules looked up are all that a pack runs: those of its rule set and the built-in ones. */
#ifndef PV_RUN_RULE_LOOKUP_H
#define PV_RUN_RULE_LOOKUP_H

#include "run/ruleset.h"

/* The index-th of all rules: the rule set's, then the built-in ones; NULL past the last. */
const pv_rule *pv_rule_at(const pv_ruleset *ruleset, size_t index);
/* The rule with this id, or NULL. */
const pv_rule *pv_rule_find(const pv_ruleset *ruleset, pv_str id);
/* The rule whose id is probably meant by id, or NULL. */
const pv_rule *pv_rule_nearest(const pv_ruleset *ruleset, pv_str id);
/* Whether a file or rule of the rule set was refused: what is not found may be in it. */
bool pv_rule_may_be_refused(const pv_ruleset *ruleset);
/* PV_ERROR_NOT_FOUND at `at`, with the name probably meant, when no rule has this id; but not when a rule file did
 * not load: it may hold the rule, and its own fault is reported. */
bool pv_rule_require(const pv_ruleset *ruleset, pv_str id, pv_span at, pv_error *error) PV_MUST_CHECK;

#endif
