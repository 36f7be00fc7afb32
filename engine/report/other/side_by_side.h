/* Invariant: both texts of a row are shown whole, each in its own half of the width; no line is wider than the style allows. */
#ifndef PV_REPORT_SIDE_BY_SIDE_H
#define PV_REPORT_SIDE_BY_SIDE_H

#include "report/other/test_report.h"

/* Rows under the headings "expected" and "actual", with a mark between them where they differ: "<" what is only expected, ">"
 * what only came, "|" what came instead. */
void pv_side_by_side(pv_buf *out, const pv_report_style *style, const pv_test_row *rows, size_t count);

#endif
