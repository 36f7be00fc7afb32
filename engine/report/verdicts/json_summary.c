#include "report/verdicts/json_summary.h"

static void write_baseline_counts(pv_json *json, const pv_summary *summary) {
    pv_json_key(json, "baseline");
    pv_json_object_begin(json);
    pv_json_key(json, "new");
    pv_json_unsigned(json, summary->new_findings);
    pv_json_key(json, "unchanged");
    pv_json_unsigned(json, summary->unchanged);
    pv_json_key(json, "fixed");
    pv_json_unsigned(json, summary->fixed);
    pv_json_object_end(json);
}

void pv_json_summary(pv_json *json, const char *key, const pv_summary *summary, bool with_baseline) {
    const struct {
        const char *key;
        size_t count;
    } counts[] = {
        {"pass", summary->pass},
        {"fail", summary->fail},
        {"review", summary->review},
        {"not_applicable", summary->not_applicable},
        {"not_checked", summary->not_checked},
        {"waived", summary->waived},
        {"error", summary->error},
        {"warning", summary->warning},
        {"note", summary->note},
        {"submissions", summary->submissions},
        {"faults", summary->faults},
    };
    pv_json_line_break(json);
    pv_json_key(json, key);
    pv_json_object_begin(json);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        pv_json_key(json, counts[i].key);
        pv_json_unsigned(json, counts[i].count);
    }
    if (with_baseline)
        write_baseline_counts(json, summary);
    pv_json_object_end(json);
}
