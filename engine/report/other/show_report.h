/* Invariant: what is shown is what was read of a submission, and where; no verdict. How long a text may be is said in
 * the same words everywhere, and nothing is said where the form says nothing. */
#ifndef PV_REPORT_SHOW_REPORT_H
#define PV_REPORT_SHOW_REPORT_H

#include "base/buf.h"
#include "model/submission.h"
#include "model/value.h"
#include "report/write/layout.h"

/* What was read (show_json.c, show_terminal.c). */
void pv_show_json(pv_buf *out, const pv_submission *submission);
void pv_show_terminal(pv_buf *out, const pv_report_style *style, const pv_submission *submission);

bool pv_length_is_limited(const pv_length *length);
/* "50 to 300 words, at most 1800 characters". */
void pv_length_write_limits(pv_buf *out, const pv_length *length);

#endif
