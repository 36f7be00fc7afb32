/* Invariant: a check gathers its verdicts one after the other, those of the pack's rules before those of the built-in
 * ones, which go by what the others told; a verdict does not move once the check is at its end. */
#ifndef PV_RUN_RUNNER_P_H
#define PV_RUN_RUNNER_P_H

#include "base/array.h"
#include "run/runner.h"

/* What one check gathers. */
typedef struct pv_gathering {
    pv_arena *arena;
    const pv_pack *pack;
    const pv_submission *submission; /* NULL: the rules look at a collection */
    pv_collection *collection;
    const pv_source *source; /* where places lie */
    pv_place home;           /* of the whole */
    const pv_run_options *options;
    pv_rule_hash rule_hash;
    PV_ARRAY(pv_verdict) verdicts;
    PV_ARRAY(pv_fault) faults;
    size_t *first_of_rule;   /* of each rule of the rule set: one more than its first in `judged`; 0: it was not run */
    PV_ARRAY(size_t) judged; /* of each rule and subject, in the order in which they were: where its verdicts begin */
    unsigned char
        *built_in_of; /* of each condition of the form: the pv_built_in that judges it here; PV_BUILT_IN_COUNT:
                                 * none, as problems tell what breaks it */
    size_t turn[PV_BUILT_IN_COUNT]; /* of each built-in rule: how many verdicts are of rules with lesser ids */
} pv_gathering;

/* A new verdict of the rule on a subject, with its level and no outcome; NULL when memory is refused. */
pv_verdict *pv_gathering_add(pv_gathering *all, const pv_rule *rule, const pv_subject *subject, pv_error *error);
/* Where a subject stands, for verdicts that name no place of their own. */
pv_place pv_gathering_place(const pv_gathering *all, const pv_subject *subject);
/* What is uncertain and a verdict rests on, or NULL: its subject, what its rule looked at, or what it points into. */
const pv_uncertain *pv_doubted(const pv_gathering *all, const pv_verdict *verdict);
/* A response as what is uncertain; NULL: it is not. */
const pv_uncertain *pv_uncertain_response(const pv_submission *submission, const pv_response *response);
/* Leaves to a person what rests on such a part: the verdict becomes a review which says what is not certain, and
 * tells in its working what it was. What was not checked stays. Fails only for memory. */
bool pv_doubt(pv_gathering *all, pv_verdict *verdict, const pv_uncertain *part, pv_error *error) PV_MUST_CHECK;
/* The verdicts of a built-in rule, once all rules of the pack have judged: its findings, else one that says there is
 * nothing for it to report (form_rules.c). Fails only for memory. */
bool pv_built_in_judge(pv_gathering *all, pv_built_in which, pv_error *error) PV_MUST_CHECK;

#endif
