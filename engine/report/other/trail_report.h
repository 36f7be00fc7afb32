/* Invariant: the working of a verdict is shown in the order in which the rule did it, each value with the place it came
 * from, and what is left out is counted. */
#ifndef PV_REPORT_TRAIL_REPORT_H
#define PV_REPORT_TRAIL_REPORT_H

#include "model/verdict.h"
#include "report/verdicts/report.h"
#include "run/trial.h"

/* The verdicts of one rule on one submission. */
typedef struct pv_trail_report {
    const pv_pack *pack;
    const pv_rule *rule;
    const pv_submission *submission;
    const pv_verdict *const *verdicts;
    size_t verdict_count;
    bool all; /* in full also those to which the rule does not apply */
} pv_trail_report;

/* Refused memory leaves out failed. style->verbose: every step, also of loops and on the way to others. */
void pv_trail_terminal(pv_buf *out, const pv_report_style *style, const pv_trail_report *report, pv_arena *scratch);
/* version: of proviso. All steps. */
void pv_trail_json(pv_buf *out, pv_str version, const pv_trail_report *report, pv_arena *scratch);

/* What came of an expression that has a value: each with its place, its elements or attributes beneath. Refused memory
 * leaves out failed. */
void pv_tried_terminal(pv_buf *out, const pv_report_style *style, const pv_tried *tried, pv_arena *scratch);

#endif
