/* Invariant: the marks stand under exactly the columns of the words they mean, whatever tabs, combining marks or wide
 * characters come before them, and no row is wider than the style allows. */
#ifndef PV_REPORT_EXCERPT_H
#define PV_REPORT_EXCERPT_H

#include "report/layout.h"

/* The place as PATH:LINE:COLUMN, then the source line with marks under the words, cut around them when it is too
 * wide. Of a place over more than two lines the first is shown, and where it ends. Something absent gets one mark
 * where it should stand. */
void pv_excerpt_write(pv_buf *out, const pv_report_style *style, pv_ink ink, const pv_source *source,
                      const pv_place *place);

#endif
