/* Invariant: each verdict, and each fault, becomes one object with the same members in the same order in every report,
 * whatever was written before it; what verdicts share is only written once and copied. */
#ifndef PV_REPORT_VERDICT_JSON_H
#define PV_REPORT_VERDICT_JSON_H

#include "model/verdict.h"
#include "report/verdicts/report.h"
#include "report/write/json.h"

typedef struct pv_json_verdicts pv_json_verdicts;

/* A writer that remembers the rules of the packs it meets, and rules of no pack, which must outlive it. Yours:
 * pv_json_verdicts_free. */
bool pv_json_verdicts_new(pv_json_verdicts **out, pv_memory *memory, pv_error *error) PV_MUST_CHECK;
void pv_json_verdicts_free(pv_json_verdicts *writer);
/* The verdicts of one submission, or of none, each on a line of its own, into the array begun in json. Refused memory
 * leaves json's buffer failed. */
void pv_json_verdicts_write(pv_json_verdicts *writer, pv_json *json, const pv_report_input *input);

/* As one object on a line of its own: rule, kind, message, at. */
void pv_json_fault(pv_json *json, const pv_fault *fault);

#endif
