/* Invariant: sums are written the same way in every report. */
#ifndef PV_REPORT_JSON_SUMMARY_H
#define PV_REPORT_JSON_SUMMARY_H

#include "report/write/json.h"
#include "run/runner.h"

/* The key with one object, on a line of its own. with_baseline: there is one, and the counts by it come too. */
void pv_json_summary(pv_json *json, const char *key, const pv_summary *summary, bool with_baseline);

#endif
