/* Invariant: what was accepted is told, never hidden: each waived finding with who answers for it and until when; what the
 * baseline holds by its number, and one by one when everything is asked for. Refused memory leaves `out` failed. */
#ifndef PV_REPORT_ACCEPTED_H
#define PV_REPORT_ACCEPTED_H

#include "report/verdicts/report.h"

/* The waived findings of an input, then those in the baseline. */
void pv_accepted_write(pv_buf *out, const pv_report_style *style, const pv_report_context *context,
                       const pv_report_input *input, pv_arena *scratch);
/* What became of the baseline: what is fixed, and what to know about it. */
void pv_baseline_terminal(pv_buf *out, const pv_report_style *style, const pv_report_baseline *baseline);
/* "waived by Ana Ruiz until 2024-12-31 (W-1): the county has agreed". Appended to out. */
void pv_waiver_sentence(pv_buf *out, const pv_waiver *waiver);

#endif
