/* Invariant: each of these is one JSON object of SARIF 2.1.0, complete but for the index that another part of the log gives
 * it, and within GitHub's limits of length. */
#ifndef PV_REPORT_SARIF_PARTS_H
#define PV_REPORT_SARIF_PARTS_H

#include "report/verdicts/report.h"
#include "report/write/json.h"

/* A rule: reportingDescriptor. */
void pv_sarif_rule(pv_json *json, const pv_rule *rule);
/* Members of a result without the braces and ruleIndex: `"ruleId":…,`. */
void pv_sarif_result_members(pv_json *json, const pv_report_input *input, const pv_verdict *verdict, pv_arena *scratch);
/* A file that was judged, or lies beside one: artifact. sha256 may be empty. */
void pv_sarif_artifact(pv_json *json, pv_str path, pv_str sha256, bool attached);
/* A fault: notification. */
void pv_sarif_fault(pv_json *json, const pv_fault *fault);
/* What there is to say of the log itself. */
void pv_sarif_remark(pv_json *json, const char *level, pv_str text);

#endif
