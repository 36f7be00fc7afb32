/* Invariant: a rule host owns the rules' code and is the only thing that runs it. Whatever a rule does, evaluate
 * returns with a verdict or a fault, in bounded time and memory, and leaves the session usable for the next rule.
 * bindings/lua implements this; a rule set written in C can stand in for it in a test.
 * To the rules of a host come the built-in ones, which run in every pack: by every name and index below, both are
 * found. */
#ifndef PV_RUN_RULESET_H
#define PV_RUN_RULESET_H

#include "model/collection.h"
#include "model/conditions.h"
#include "model/verdict.h"

typedef struct pv_ruleset pv_ruleset;
struct pv_lint;
struct pv_meter;
typedef struct pv_session pv_session; /* one submission, or one collection, open to the rules */

typedef struct pv_ruleset_methods {
    /* Opens submission to the rules; the session borrows it until end. Fails only for memory. */
    bool (*begin)(pv_ruleset *ruleset, const pv_submission *submission, pv_session **out, pv_error *error);
    /* The same for the rules on a whole collection. NULL when the rule set has none. */
    bool (*begin_collection)(pv_ruleset *ruleset, pv_collection *collection, pv_session **out, pv_error *error);
    /* Runs the rule_index-th rule on subject; all memory of the outcome is in arena. false only when that is
     * refused. */
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

/* The id of a rule that is no more, and of the one that stands for it: of the pack, or built in. */
typedef struct pv_retired {
    pv_str rule;
    pv_str by;
    pv_span at; /* of `by`, in the manifest */
} pv_retired;

/* The head every implementation starts with. */
struct pv_ruleset {
    const pv_ruleset_methods *methods;
    const pv_rule *rules; /* sorted by id, as by pv_str_compare_natural */
    size_t rule_count;
    const pv_fault *faults; /* of loading: files that did not compile, rules refused */
    size_t fault_count;
    const pv_retired *retired; /* ids that its pack has no rule for any more; each `by` is there */
    size_t retired_count;
    struct pv_meter *meter; /* what judging costs is told to it (run/meter.h); NULL: nobody asks */
};

/* ---- built-in rules ---- */

/* Sorted by id. Every problem of a submission, and every condition of its form that no rule of the pack has told to be
 * broken, is reported by exactly one of them; they pass when there is nothing to report. */
typedef enum pv_built_in {
    PV_BUILT_IN_APPLIES,  /* form.applies: conditions on fields and columns that are given only where they apply */
    PV_BUILT_IN_COUNTS,   /* form.counts: conditions on rows and groups */
    PV_BUILT_IN_KEYS,     /* form.keys: problems with keys */
    PV_BUILT_IN_LIMITS,   /* form.limits: conditions on words and characters */
    PV_BUILT_IN_NAMES,    /* form.names: unknown names */
    PV_BUILT_IN_PARTS,    /* form.parts: missing parts */
    PV_BUILT_IN_REQUIRED, /* form.required: conditions on fields, measures and items that are to be given */
    PV_BUILT_IN_TYPES,    /* form.types: values not of their type */
    PV_BUILT_IN_VALUES,   /* form.values: conditions on bounds and patterns, and what is computed or prefilled */
    PV_BUILT_IN_COUNT,
} pv_built_in;

const pv_rule *pv_built_in_rule(pv_built_in which);
/* Those that a pack for form has, as a sum of 1 << which: form.names, form.parts and form.types always, the others
 * where the form declares what they judge. */
unsigned pv_built_ins_of(const pv_form *form);
/* The one that reports problems of the kind. */
pv_built_in pv_built_in_of_problem(pv_problem_kind kind);
/* The one that judges the condition. */
pv_built_in pv_built_in_of_condition(const pv_condition *condition);

/* ---- finding a rule ---- */

/* The index-th of all rules: the rule set's, then the built-in ones; NULL past the last. */
const pv_rule *pv_rule_at(const pv_ruleset *ruleset, size_t index);
/* The rule with this id, or NULL. */
const pv_rule *pv_rule_find(const pv_ruleset *ruleset, pv_str id);
/* The rule that stands for one that was called id, as it says itself (`replaces`) or the manifest does (`retired`); or
 * NULL. */
const pv_rule *pv_rule_successor(const pv_ruleset *ruleset, pv_str id);
/* The rule whose id is probably meant by id, its successor first; or NULL. */
const pv_rule *pv_rule_nearest(const pv_ruleset *ruleset, pv_str id);
/* Whether a file or rule of the rule set was refused: what is not found may be in it. */
bool pv_rule_may_be_refused(const pv_ruleset *ruleset);
/* PV_ERROR_NOT_FOUND at `at`, with the name probably meant, when no rule has this id; but not when a rule file did
 * not load: it may hold the rule, and its own fault is reported. */
bool pv_rule_require(const pv_ruleset *ruleset, pv_str id, pv_span at, pv_error *error) PV_MUST_CHECK;

/* ---- parameters ---- */

/* `parameters: { RULE: { NAME: value } }` of a pack or of a project. Borrowed; outlives the rules it is applied to. */
typedef struct pv_settings {
    const pv_source *source;
    const pv_node *rules;             /* NULL: nothing is set */
    const struct pv_settings *before; /* others, which these outweigh; NULL: none */
} pv_settings;

/* Whether node has that form; what it stands in is named by its file. */
bool pv_settings_read(pv_settings *out, const pv_source *source, const pv_node *node, pv_error *error) PV_MUST_CHECK;
/* Sets what origin gives, with texts in arena: each setting exactly one parameter, to a value that its declaration
 * allows. A project's settings may be for rules of other packs, which are passed over; of a pack every rule must be
 * there. PV_ERROR_SHAPE or PV_ERROR_NOT_FOUND with its place in settings->source. */
bool pv_settings_apply(const pv_settings *settings, pv_parameter_origin origin, const pv_ruleset *ruleset,
                       pv_arena *arena, pv_error *error) PV_MUST_CHECK;

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
    pv_str path;     /* the file that the next lies in */
    pv_position at;  /* where the rule is at fault; else of the example, as far as that can be told */
} pv_example_result;

#endif
