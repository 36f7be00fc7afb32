#include "report/json_summary.h"

void pv_json_summary(pv_json *json, const char *key, const pv_summary *summary) {
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
    pv_json_object_end(json);
}
