/* Invariant: every selected rule yields exactly one verdict for every subject it applies to; a rule that cannot be decided
 * yields not-checked and a fault. Verdicts come out sorted by where they begin, then rule, whatever order they were made in. */
#ifndef PV_RUN_RUNNER_H
#define PV_RUN_RUNNER_H

#include "run/pack.h"

typedef struct pv_run_options {
    pv_mode mode;
    pv_str rule_pattern; /* glob over rule ids ("ipp1.word-*"); empty: all */
    bool follow;         /* verdicts come with their trail, where the rule set can tell it */
} pv_run_options;

typedef struct pv_results {
    const pv_verdict *verdicts;
    size_t verdict_count;
    const pv_fault *faults;
    size_t fault_count;
} pv_results;

typedef struct pv_summary {
    size_t pass, fail, review, not_applicable, not_checked, waived;
    size_t error, warning, note; /* findings by level: fail and review */
    size_t submissions, faults;
} pv_summary;

/* All selected rules on all subjects of submission, but for those on collections; results in arena. Fails only for memory. */
bool pv_run_check(pv_results *out, pv_arena *arena, const pv_pack *pack, const pv_submission *submission,
                  const pv_run_options *options, pv_error *error) PV_MUST_CHECK;
/* The selected rules on the collection as a whole, one verdict each, their places in the collection's source. */
bool pv_run_check_collection(pv_results *out, pv_arena *arena, const pv_pack *pack, const pv_collection *collection,
                             const pv_run_options *options, pv_error *error) PV_MUST_CHECK;
/* Whether there are any such rules: else no collection need be made. */
bool pv_run_needs_collection(const pv_pack *pack, pv_str rule_pattern);
/* Whether the pattern selects the rule. */
bool pv_run_selects(pv_str rule_pattern, const pv_rule *rule);
/* How many rules of the pack (built-in ones included) the pattern selects. */
size_t pv_run_selected(const pv_pack *pack, pv_str rule_pattern);
/* The verdicts and faults of one submission, and the submission. */
void pv_summary_add(pv_summary *summary, const pv_results *results);
/* The same of results that belong to no submission. */
void pv_summary_add_findings(pv_summary *summary, const pv_results *results);
/* 2 when a fault or not-checked verdict is among them or nothing was checked, else 1 when a finding is at or above
 * fail_on, else 0. */
int pv_summary_exit_code(const pv_summary *summary, pv_level fail_on);

#endif
