/* Invariant: a rule host owns the rules' code and is the only thing that runs it. Whatever a rule does, evaluate returns
 * with a verdict or a fault, in bounded time and memory, and leaves the session usable for the next rule.
 * bindings/lua implements this; a rule set written in C can stand in for it in a test. */
#ifndef PV_RUN_RULESET_H
#define PV_RUN_RULESET_H

#include "model/collection.h"
#include "model/trail.h"

typedef struct pv_ruleset pv_ruleset;
struct pv_lint;
typedef struct pv_session pv_session; /* one submission, or one collection, open to the rules */

/* What evaluate leaves: a verdict's own part, or a fault. All memory is in the arena evaluate was given. */
typedef struct pv_outcome {
    pv_state state; /* not-checked exactly when there is a fault */
    pv_str message;
    pv_place at;
    bool has_at; /* false: the runner uses the subject's own place */
    pv_date due;
    bool has_due;
    const pv_related *related;
    size_t related_count;
    const pv_str *working;
    size_t working_count;
    uint64_t work;         /* units of the budget it took; 0 when nothing was run */
    pv_fault fault;        /* rule id filled in by the runner */
    const pv_trail *trail; /* how the rule came to it; NULL when it was not followed */
} pv_outcome;

typedef struct pv_ruleset_methods {
    /* Opens submission to the rules; the session borrows it until end. Fails only for memory. */
    bool (*begin)(pv_ruleset *ruleset, const pv_submission *submission, pv_session **out, pv_error *error);
    /* The same for the rules on a whole collection. NULL when the rule set has none. */
    bool (*begin_collection)(pv_ruleset *ruleset, const pv_collection *collection, pv_session **out, pv_error *error);
    /* Runs the rule_index-th rule on subject. false only when arena memory is refused. */
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

#endif
