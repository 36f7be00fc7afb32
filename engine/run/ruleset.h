/* Invariant: a rule host owns the rules' code and is the only thing that runs it. Whatever a rule does, evaluate returns
 * with a verdict or a fault, in bounded time and memory, and leaves the session usable for the next rule.
 * bindings/lua implements this; a rule set written in C can stand in for it in a test. */
#ifndef PV_RUN_RULESET_H
#define PV_RUN_RULESET_H

#include "model/collection.h"
#include "model/verdict.h"

typedef struct pv_ruleset pv_ruleset;
struct pv_lint;
typedef struct pv_session pv_session; /* one submission, or one collection, open to the rules */

typedef struct pv_ruleset_methods {
    /* Opens submission to the rules; the session borrows it until end. Fails only for memory. */
    bool (*begin)(pv_ruleset *ruleset, const pv_submission *submission, pv_session **out, pv_error *error);
    /* The same for the rules on a whole collection. NULL when the rule set has none. */
    bool (*begin_collection)(pv_ruleset *ruleset, const pv_collection *collection, pv_session **out, pv_error *error);
    /* Runs the rule_index-th rule on subject; all memory of the outcome is in arena. false only when that is refused. */
    bool (*evaluate)(pv_session *session, size_t rule_index, const pv_subject *subject, pv_arena *arena,
                     pv_outcome *out, pv_error *error);
    /* The same, followed: fills out->trail too. NULL when the rule set cannot tell. */
    bool (*follow)(pv_session *session, size_t rule_index, const pv_subject *subject, pv_arena *arena, pv_outcome *out,
                   pv_error *error);
    void (*end)(pv_session *session);
    /* Looks at the rules' code and examples (run/lint.h). NULL when the rule set has none that can be looked at. */
    bool (*lint)(pv_ruleset *ruleset, struct pv_lint *lint, pv_error *error);
    void (*free)(pv_ruleset *ruleset);
} pv_ruleset_methods;

/* The head every implementation starts with. */
struct pv_ruleset {
    const pv_ruleset_methods *methods;
    const pv_rule *rules; /* sorted by id, as by pv_str_compare_natural */
    size_t rule_count;
    const pv_fault *faults; /* of loading: files that did not compile, rules refused */
    size_t fault_count;
};

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

#endif
