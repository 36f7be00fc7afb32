/* Invariant: every rule that was looked at has one row, and what is missing stands out without color too. */
#ifndef PV_REPORT_COVERAGE_TABLE_H
#define PV_REPORT_COVERAGE_TABLE_H

#include "report/other/test_report.h"

/* How often each outcome was seen, rule by rule; then what is untested, the lines that never ran, and the shares. */
void pv_coverage_table(pv_buf *out, const pv_report_style *style, const pv_coverage *coverage);

#endif
