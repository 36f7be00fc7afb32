/* Invariant: every finding is shown exactly once: what decides before the rest, grouped by level and rule, what is the
 * same for the whole group said once, each occurrence with its own place or, of notes, at least its name. What was
 * accepted is shown, never hidden; what falls due stands in a list of its own, by day and then by place. Refused memory
 * leaves `out` failed. Fits any width from 40. */
#ifndef PV_REPORT_TERMINAL_P_H
#define PV_REPORT_TERMINAL_P_H

#include "report/verdicts/report.h"

/* The findings of one input that stand in the way: what could not be checked, then what reaches the fail level. */
void pv_findings_write(pv_buf *out, const pv_report_style *style, const pv_report_input *input, pv_arena *scratch);
/* The others: in full where they are few or style is verbose, else a line each, and of notes their subjects by rule. */
void pv_findings_write_rest(pv_buf *out, const pv_report_style *style, const pv_report_input *input, pv_arena *scratch);
/* One line per fault of a rule, at the rule, and one per error: "PATH:LINE:COLUMN: error: what [rule]". */
void pv_findings_write_lines(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
                             pv_arena *scratch);
/* The verdicts that ask nothing of anyone, with their working: passes, then what does not apply. */
void pv_findings_write_others(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
                              pv_arena *scratch);
/* A fault that belongs to no submission, with its place. */
void pv_findings_write_fault(pv_buf *out, const pv_report_style *style, const pv_fault *fault);

/* The waived findings of an input, then those in the baseline. */
void pv_accepted_write(pv_buf *out, const pv_report_style *style, const pv_report_context *context,
                       const pv_report_input *input, pv_arena *scratch);
/* What became of the baseline: what is fixed, and what to know about it. */
void pv_baseline_terminal(pv_buf *out, const pv_report_style *style, const pv_report_baseline *baseline);

/* "Falls due": what is open or overdue, counted from the day that was judged by (without one, the days alone), with
 * passes where style is verbose. Nothing when nothing falls due. Refused memory leaves out failed. */
void pv_due_write(pv_buf *out, const pv_report_style *style, pv_str as_of, const pv_report_input *input,
                  pv_arena *scratch);

#endif
