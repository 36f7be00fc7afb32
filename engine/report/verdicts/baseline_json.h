/* Invariant: the same findings give the same bytes, one finding to a line, in the order of pv_baseline_compare, so that
 * two baselines are compared line by line. */
#ifndef PV_REPORT_BASELINE_JSON_H
#define PV_REPORT_BASELINE_JSON_H

#include "report/verdicts/report.h"
#include "report/write/json.h"

/* A whole file. entries sorted, packs too. */
void pv_baseline_json(pv_buf *out, pv_str version, const pv_baseline_pack *packs, size_t pack_count,
                      const pv_verdict_entry *const *entries, size_t entry_count);
/* One entry, as an object. */
void pv_verdict_entry_json(pv_json *json, const pv_verdict_entry *entry);

#endif
