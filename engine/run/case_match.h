/* Invariant: every expectation of a case and every finding of the rules it looks at stands in exactly one row; a finding meets
 * at most one expectation. A case has passed when no row differs. */
#ifndef PV_RUN_CASE_MATCH_H
#define PV_RUN_CASE_MATCH_H

#include "run/cases.h"
#include "run/runner.h"

/* What was expected beside what came. An unmet expectation stands beside the verdict of its rule that is nearest to it, so
 * both may be there and differ. */
typedef struct pv_case_row {
    const pv_expectation *expected; /* NULL: the finding was not expected */
    const pv_verdict *actual;       /* NULL: the rule gave no verdict to show */
    bool met;
} pv_case_row;

typedef struct pv_case_match {
    const pv_case_row *rows; /* by place */
    size_t row_count;
    size_t differences;
} pv_case_match;

/* Compares with the results of judging read->bytes as submission. rule_pattern (empty: all) leaves out what is about other
 * rules, on both sides. In arena; fails only for memory. */
bool pv_case_compare(pv_case_match *out, pv_arena *arena, const pv_case *read, const pv_source *submission,
                     const pv_results *results, pv_str rule_pattern, pv_error *error) PV_MUST_CHECK;

#endif
