/* Invariant: a fault is written the same way in every report. */
#ifndef PV_REPORT_JSON_FAULT_H
#define PV_REPORT_JSON_FAULT_H

#include "model/verdict.h"
#include "report/write/json.h"

/* As one object on a line of its own: rule, kind, message, at. */
void pv_json_fault(pv_json *json, const pv_fault *fault);

#endif
