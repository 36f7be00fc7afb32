/* Invariant: every report that people read gives the same answer for the same sums, in the same words. */
#ifndef PV_REPORT_ANSWER_H
#define PV_REPORT_ANSWER_H

#include "report/verdicts/report.h"

/* Can it go out? The one thing a filer wants to know first. */
typedef enum pv_answer {
    PV_ANSWER_READY,
    PV_ANSWER_NOT_READY,
    PV_ANSWER_NOT_DECIDED,
    PV_ANSWER_DRAFT,
    PV_ANSWER_PARTLY,
} pv_answer;

/* Only a run of all rules at full strength can say that something is ready. */
pv_answer pv_answer_of(const pv_report_context *context, const pv_summary *summary);
/* "READY", "NOT READY", … */
const char *pv_answer_name(pv_answer answer);
/* "2 errors, 3 warnings (1 for review), 1 waived, 12 in the baseline". Errors are named even when there are none. */
void pv_answer_counts(pv_buf *out, const pv_summary *summary);

#endif
