/* Invariant: every parameter of every rule of a pack is listed once, by rule and name, with the value that counts
 * and where that was set. */
#ifndef PV_REPORT_PARAMETERS_H
#define PV_REPORT_PARAMETERS_H

#include "report/verdicts/report.h"
#include "report/write/json.h"

void pv_parameters_terminal(pv_buf *out, const pv_report_style *style, const pv_pack *pack);
/* "integer from 1 to 40", "text": what may be set. */
void pv_parameters_write_range(pv_buf *out, const pv_parameter *parameter);
/* "integer from 1 to 40; the rule's default", "text; set by the pack, PATH:LINE:COLUMN; …": what may be set, and
 * what was. */
void pv_parameters_write_origin(pv_buf *out, const pv_parameter *parameter);
/* The rule's parameters as an array of objects. */
void pv_parameters_json(pv_json *json, const pv_rule *rule);

#endif
