/* Invariant: every finding is shown exactly once: grouped by level and rule, what is the same for the whole group
 * said once, each occurrence with its own place. Refused memory leaves `out` failed. */
#ifndef PV_REPORT_FINDINGS_H
#define PV_REPORT_FINDINGS_H

#include "report/verdicts/report.h"

/* All findings of one input: what could not be checked, then errors, warnings and notes. */
void pv_findings_write(pv_buf *out, const pv_report_style *style, const pv_report_input *input, pv_arena *scratch);
/* One line per error and per verdict not reached: "PATH:LINE:COLUMN: error: what [rule]". */
void pv_findings_write_lines(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
                             pv_arena *scratch);
/* The verdicts that ask nothing of anyone, with their working: passes, then what does not apply. */
void pv_findings_write_others(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
                              pv_arena *scratch);
/* A fault that belongs to no submission, with its place. */
void pv_findings_write_fault(pv_buf *out, const pv_report_style *style, const pv_fault *fault);

#endif
