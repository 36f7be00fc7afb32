/* Invariant: every verdict that knows a day on which it falls due stands in the list once, by day and then by place; a
 * pass only where everything is asked for. Fits any width from 40. */
#ifndef PV_REPORT_DUE_H
#define PV_REPORT_DUE_H

#include "report/verdicts/report.h"

/* "Falls due": what is open or overdue, counted from the day that was judged by (without one, the days alone), with
 * passes where style is verbose. Nothing when nothing falls due. Refused memory leaves out failed. */
void pv_due_write(pv_buf *out, const pv_report_style *style, pv_str as_of, const pv_report_input *input,
                  pv_arena *scratch);

#endif
