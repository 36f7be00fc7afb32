/* Invariant: what is written loads as a submission on the form without a problem: every part the form has stands there
 * once, blank and in printed order, and above it as a comment what the form says of it. */
#ifndef PV_REPORT_BLANK_SUBMISSION_H
#define PV_REPORT_BLANK_SUBMISSION_H

#include "base/buf.h"
#include "model/form.h"

/* The form as YAML, ready to be filled in; as_table: as CSV, of a form that says how (form->headings). There the rows
 * of a record kind have their headings and nothing below them, and comments are rows that are passed over. */
void pv_blank_submission(pv_buf *out, const pv_form *form, bool as_table);

#endif
