/* Invariant: a change is shown as the line it was made in, before and after, so that the reader can see what a test would have to
 * tell apart. */
#ifndef PV_REPORT_MUTANTS_H
#define PV_REPORT_MUTANTS_H

#include "report/verdicts/report.h"
#include "run/mutation.h"

/* A change that no example and no case noticed. source: the file as it is. */
void pv_mutant_unnoticed(pv_buf *out, const pv_report_style *style, const pv_source *source,
                         const pv_mutation *mutation);
/* The closing line. */
void pv_mutants_summary(pv_buf *out, const pv_report_style *style, size_t noticed, size_t all);

#endif
