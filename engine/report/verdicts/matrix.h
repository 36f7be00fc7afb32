/* Invariant: a cell shows the gravest state that any rule gave the pair: not-checked, fail, review, pass,
 * not-applicable. A matrix on which no rule was run is left out. */
#ifndef PV_REPORT_MATRIX_H
#define PV_REPORT_MATRIX_H

#include "report/verdicts/report.h"
#include "report/write/json.h"

/* Every matrix of the submission's form as a table: a row for each row, columns that do not fit next to one another
 * below. The heads of columns are the column `short` of their table, where it has one. */
void pv_matrices_terminal(pv_buf *out, const pv_report_style *style, const pv_report_input *input, pv_arena *scratch);
/* "matrices": [{"name","label","rows","columns","cells"}], the cells row after row, a member of the object that json is
 * in; nothing where there is none. */
void pv_matrices_json(pv_json *json, const pv_report_input *input);

#endif
