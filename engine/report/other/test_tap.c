#include "report/other/test_report.h"
#include "report/write/tap.h"

static void write_name(pv_buf *out, const pv_test_result *result) {
    pv_buf name = pv_buf_on(out->memory);
    pv_test_name(&name, result);
    pv_tap_description(out, result->pack);
    pv_buf_append_text(out, ": ");
    pv_tap_description(out, pv_buf_str(&name));
    out->failed = out->failed || name.failed;
    pv_buf_clear(&name);
}

static void write_diagnosis(pv_buf *out, const pv_test_result *result) {
    pv_buf_append_text(out, "  ---\n  ");
    if (result->fault.size > 0) {
        pv_tap_member(out, "message", result->fault);
        pv_buf_append_text(out, "  ");
    }
    pv_tap_member(out, "file", result->path);
    pv_buf_format(out, "  line: %u\n  column: %u\n", (unsigned)result->at.line, (unsigned)result->at.column);
    if (result->row_count > 0)
        pv_buf_append_text(out, "  differences:\n");
    for (size_t i = 0; i < result->row_count; i++) {
        if (result->rows[i].met)
            continue;
        pv_buf_append_text(out, "    - ");
        pv_tap_member(out, "expected", result->rows[i].expected);
        pv_buf_append_text(out, "      ");
        pv_tap_member(out, "actual", result->rows[i].actual);
    }
    pv_buf_append_text(out, "  ...\n");
}

void pv_test_tap(pv_buf *out, const pv_test_report *report) {
    pv_buf_format(out, "TAP version 13\n1..%zu\n", report->result_count);
    for (size_t i = 0; i < report->result_count; i++) {
        const pv_test_result *result = &report->results[i];
        bool passed = result->outcome == PV_TEST_PASSED;
        pv_buf_format(out, "%s %zu - ", passed ? "ok" : "not ok", i + 1);
        write_name(out, result);
        pv_buf_append_char(out, '\n');
        if (!passed)
            write_diagnosis(out, result);
    }
}
