/* Invariant: the counts are sums over verdicts, so that those of parts, added in any order, are those of the whole. */
#ifndef PV_REPORT_STATISTICS_H
#define PV_REPORT_STATISTICS_H

#include "base/array.h"
#include "report/verdicts/report.h"
#include "report/write/json.h"

/* What came of one rule. */
typedef struct pv_rule_statistics {
    pv_str rule;
    uint64_t states[PV_STATE_COUNT];
    uint64_t work; /* units of the budget that judging took, in all */
} pv_rule_statistics;

typedef struct pv_statistics {
    pv_arena *arena;
    PV_ARRAY(pv_rule_statistics) rules; /* sorted by id, as by pv_str_compare_natural */
} pv_statistics;

/* None yet; rules met are kept in arena. */
pv_statistics pv_statistics_in(pv_arena *arena);
bool pv_statistics_add(pv_statistics *statistics, const pv_results *results, pv_error *error) PV_MUST_CHECK;
/* Adds what was counted elsewhere; row->rule is copied. */
bool pv_statistics_add_row(pv_statistics *statistics, const pv_rule_statistics *row, pv_error *error) PV_MUST_CHECK;
/* Counts from nothing again, for rules that stay known. */
void pv_statistics_reset(pv_statistics *statistics);

void pv_statistics_terminal(pv_buf *out, const pv_report_style *style, const pv_statistics *statistics);
/* An array, as a value. */
void pv_statistics_json(pv_json *json, const pv_statistics *statistics);

#endif
