#include "report/other/coverage_table.h"
#include "report/other/side_by_side.h"
#include "report/verdicts/excerpt.h"
#include "report/write/layout.h"

#define LABEL_COLUMNS ((size_t)10)

static void write_heading(pv_buf *out, const pv_report_style *style, const pv_test_result *result) {
    bool passed = result->outcome == PV_TEST_PASSED;
    pv_layout_inked(out, style, passed ? PV_INK_GOOD : PV_INK_ERROR, passed ? PV_STR("passed ") : PV_STR("failed "));
    pv_layout_inked(out, style, PV_INK_STRONG, result->name);
    if (result->number > 0)
        pv_buf_format(out, ", example %zu", result->number);
    pv_buf_append_char(out, '\n');
    if (!passed)
        pv_place_write(out, style, result->path, result->at);
}

/* Both sides of an example are sentences; those of a case are lists to be compared. */
static void write_rows(pv_buf *out, const pv_report_style *style, const pv_test_result *result) {
    if (result->kind == PV_TEST_CASE) {
        if (result->row_count > 0)
            pv_side_by_side(out, style, result->rows, result->row_count);
        return;
    }
    for (size_t i = 0; i < result->row_count; i++) {
        pv_layout_labelled(out, style, "expected", LABEL_COLUMNS, result->rows[i].expected, 0);
        pv_layout_labelled(out, style, "got", LABEL_COLUMNS, result->rows[i].actual, 0);
    }
}

static void write_outcome(pv_buf *out, const pv_report_style *style, const pv_test_summary *summary) {
    if (summary->failed > 0) {
        pv_layout_inked(out, style, PV_INK_ERROR, PV_STR("FAILED"));
        pv_buf_format(out, "  %zu of ", summary->failed);
    } else if (summary->faulty > 0) {
        pv_layout_inked(out, style, PV_INK_ERROR, PV_STR("FAULTY"));
        pv_buf_append_text(out, "  ");
    } else {
        pv_layout_inked(out, style, PV_INK_GOOD, PV_STR("PASSED"));
        pv_buf_append_text(out, "  ");
    }
}

static void write_summary(pv_buf *out, const pv_report_style *style, const pv_test_report *report) {
    pv_test_summary summary = pv_test_summarize(report);
    write_outcome(out, style, &summary);
    pv_layout_count(out, summary.examples, "example");
    pv_buf_append_text(out, " of ");
    pv_layout_count(out, report->rules, "rule");
    if (summary.cases > 0) {
        pv_buf_append_text(out, " and ");
        pv_layout_count(out, summary.cases, "case");
    }
    if (summary.faulty > 0)
        pv_buf_format(out, "; %zu could not be run", summary.faulty);
    pv_buf_append_char(out, '\n');
}

void pv_test_terminal(pv_buf *out, const pv_report_style *style, const pv_test_report *report) {
    for (size_t i = 0; i < report->result_count; i++) {
        const pv_test_result *result = &report->results[i];
        if (result->outcome == PV_TEST_FAULTY || (result->outcome == PV_TEST_PASSED && !style->verbose))
            continue;
        write_heading(out, style, result);
        write_rows(out, style, result);
    }
    for (size_t i = 0; i < report->coverage_count; i++)
        pv_coverage_table(out, style, &report->coverage[i]);
    write_summary(out, style, report);
}
