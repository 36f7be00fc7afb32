#include "report/check/format.h"

bool pv_report_new(pv_report **out, const pv_report_setup *setup, size_t size, pv_error *error) {
    pv_report *report = pv_memory_new(setup->memory, size);
    if (!report)
        return pv_fail_memory(error);
    report->setup = *setup;
    report->size = size;
    *out = report;
    return true;
}

void pv_report_free(pv_report *report) {
    if (report)
        pv_memory_free(report->setup.memory, report, report->size);
}

bool pv_report_join_text(pv_report *report, pv_str parts, pv_error *error) {
    (void)error;
    pv_buf_append(report->setup.out, parts);
    return true;
}
