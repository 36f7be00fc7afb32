/* Invariant: what is shown is what was read of a submission, and where; no verdict. */
#ifndef PV_REPORT_SHOW_H
#define PV_REPORT_SHOW_H

#include "model/submission.h"
#include "report/write/layout.h"

/* What was read (show_json.c, show_terminal.c). */
void pv_show_json(pv_buf *out, const pv_submission *submission);
void pv_show_terminal(pv_buf *out, const pv_report_style *style, const pv_submission *submission);

#endif
