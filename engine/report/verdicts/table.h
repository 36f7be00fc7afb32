/* Invariant: one row per measure, in the form's order, every column aligned at any width from 40. */
#ifndef PV_REPORT_TABLE_H
#define PV_REPORT_TABLE_H

#include "report/verdicts/report.h"
#include "report/verdicts/tally.h"

/* Points, where the form gives any, state and tightest response of each measure. Nothing for a form without measures. */
void pv_table_write(pv_buf *out, const pv_report_style *style, const pv_form *form, const pv_tally *tally);

#endif
