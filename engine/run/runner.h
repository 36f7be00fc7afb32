/* Invariant: every selected rule yields one verdict for every subject of its kind, or one for each of its findings, of
 * which none is left uncounted; a rule that cannot be decided yields not-checked and a fault, and one with days never
 * judges outside them. Verdicts come out sorted by where they begin, then rule, whatever order they were made in. */
#ifndef PV_RUN_RUNNER_H
#define PV_RUN_RUNNER_H

#include "run/pack.h"

/* The level of some rules in every mode, whatever the pack says. */
typedef struct pv_level_change {
    pv_str rule_pattern;
    pv_level level;
    pv_span at; /* of the pattern, where a project says so */
} pv_level_change;

typedef struct pv_run_options {
    pv_mode mode;
    pv_level fail_on;
    const pv_level_change *levels; /* the last that matches a rule goes */
    size_t level_count;
    pv_str rule_pattern; /* glob over rule ids ("ipp1.word-*"); empty: all */
    bool follow;         /* verdicts come with their trail, where the rule set can tell it */
} pv_run_options;

typedef struct pv_results {
    const pv_verdict *verdicts;
    size_t verdict_count;
    const pv_fault *faults;
    size_t fault_count;
    pv_mode mode; /* how they were judged */
    pv_level fail_on;
    const pv_ruleset *ruleset; /* whose rules judged; NULL: not said */
} pv_results;

typedef struct pv_summary {
    size_t pass, fail, review, not_applicable, not_checked; /* by state, whatever was decided about it */
    size_t waived;               /* of fail and review; the baseline is not asked for these */
    size_t unchanged;            /* of the others, those in the baseline */
    size_t error, warning, note; /* open findings by level: fail and review less the two above */
    size_t open_reviews;         /* of those, the ones for review */
    size_t new_findings;         /* of those, the ones that the baseline does not hold */
    size_t blocking;             /* of those, at or above the fail level of their submission */
    size_t fixed;                /* findings in the baseline that are no more */
    size_t submissions, faults;
    size_t by_mode[PV_MODE_COUNT]; /* submissions */
    size_t by_fail_on[PV_LEVEL_COUNT];
} pv_summary;

/* All selected rules on all subjects of submission, but for those on collections; results in arena. Fails only for
 * memory. */
bool pv_run_check(pv_results *out, pv_arena *arena, const pv_pack *pack, const pv_submission *submission,
                  const pv_run_options *options, pv_error *error) PV_MUST_CHECK;
/* The selected rules on the collection as a whole, one verdict each, their places in the collection's source; the
 * submissions that they lie in are whole afterwards. */
bool pv_run_check_collection(pv_results *out, pv_arena *arena, const pv_pack *pack, pv_collection *collection,
                             const pv_run_options *options, pv_error *error) PV_MUST_CHECK;
/* Whether there are any such rules: else no collection need be made. */
bool pv_run_needs_collection(const pv_pack *pack, pv_str rule_pattern);
/* Whether the pattern selects the rule. */
bool pv_run_selects(pv_str rule_pattern, const pv_rule *rule);
/* The level of the rule's findings: as options change it, else the pack's in the mode; of a rule of no pack (NULL), its
 * own. */
pv_level pv_run_level(const pv_pack *pack, const pv_rule *rule, const pv_run_options *options);
/* How many rules of the pack (built-in ones included) the pattern selects. */
size_t pv_run_selected(const pv_pack *pack, pv_str rule_pattern);
/* Whether the pattern selects a rule that was refused when the pack was loaded: a fault says why. */
bool pv_run_refused(const pv_pack *pack, pv_str rule_pattern);
/* A day on which a rule that has `since` or `until` applies. */
pv_date pv_window_day_inside(const pv_rule *rule);

/* The verdicts and faults of one submission, and the submission. */
void pv_summary_add(pv_summary *summary, const pv_results *results);
/* The same of results that belong to no submission. */
void pv_summary_add_findings(pv_summary *summary, const pv_results *results);
/* 2 when a fault or not-checked verdict is among them or nothing was checked, else 1 when a finding is at or above the
 * fail level of its submission, else 0. */
int pv_summary_exit_code(const pv_summary *summary);

#endif
