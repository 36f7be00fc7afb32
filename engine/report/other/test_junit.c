#include "report/other/test_report.h"
#include "report/write/xml.h"

typedef struct suite_counts {
    size_t tests;
    size_t failures;
    size_t errors;
} suite_counts;

/* Of results[from .. until), the end of the run of results of one pack. */
static size_t suite_end(const pv_test_report *report, size_t from, suite_counts *counts) {
    size_t end = from;
    for (; end < report->result_count && pv_str_equal(report->results[end].pack, report->results[from].pack); end++) {
        counts->tests++;
        counts->failures += report->results[end].outcome == PV_TEST_FAILED;
        counts->errors += report->results[end].outcome == PV_TEST_FAULTY;
    }
    return end;
}

static void write_counts(pv_buf *out, const suite_counts *counts) {
    pv_xml_number(out, "tests", counts->tests);
    pv_xml_number(out, "failures", counts->failures);
    pv_xml_number(out, "errors", counts->errors);
}

static void write_problem(pv_buf *out, const pv_test_result *result) {
    const char *element = result->outcome == PV_TEST_FAULTY ? "error" : "failure";
    pv_buf_format(out, "      <%s", element);
    pv_xml_attribute(out, "message",
                     result->fault.size > 0 ? result->fault : PV_STR("the verdicts are not those expected"));
    pv_buf_append_char(out, '>');
    pv_xml_text(out, result->path);
    pv_buf_format(out, ":%u:%u\n", (unsigned)result->at.line, (unsigned)result->at.column);
    for (size_t i = 0; i < result->row_count; i++) {
        if (result->rows[i].met)
            continue;
        pv_buf_append_text(out, "expected  ");
        pv_xml_text(out, result->rows[i].expected);
        pv_buf_append_text(out, "\nactual    ");
        pv_xml_text(out, result->rows[i].actual);
        pv_buf_append_char(out, '\n');
    }
    pv_buf_format(out, "</%s>\n", element);
}

static void write_result(pv_buf *out, const pv_test_result *result) {
    static const char *const classes[] = {
        [PV_TEST_EXAMPLE] = "examples", [PV_TEST_CASE] = "cases", [PV_TEST_PACK] = "pack"};
    pv_buf name = pv_buf_on(out->memory);
    pv_test_name(&name, result);
    pv_buf_append_text(out, "    <testcase");
    pv_xml_attribute(out, "name", pv_buf_str(&name));
    pv_xml_attribute(out, "classname", pv_str_from(classes[result->kind]));
    out->failed = out->failed || name.failed;
    pv_buf_clear(&name);
    if (result->outcome == PV_TEST_PASSED) {
        pv_buf_append_text(out, "/>\n");
        return;
    }
    pv_buf_append_text(out, ">\n");
    write_problem(out, result);
    pv_buf_append_text(out, "    </testcase>\n");
}

static void write_suite(pv_buf *out, const pv_test_report *report, size_t from, size_t end,
                        const suite_counts *counts) {
    pv_buf_append_text(out, "  <testsuite");
    pv_xml_attribute(out, "name", report->results[from].pack);
    write_counts(out, counts);
    pv_buf_append_text(out, ">\n");
    for (size_t i = from; i < end; i++)
        write_result(out, &report->results[i]);
    pv_buf_append_text(out, "  </testsuite>\n");
}

void pv_test_junit(pv_buf *out, const pv_test_report *report) {
    pv_test_summary summary = pv_test_summarize(report);
    const suite_counts all = {report->result_count, summary.failed, summary.faulty};
    pv_buf_append_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"proviso\"");
    write_counts(out, &all);
    pv_buf_append_text(out, ">\n");
    for (size_t from = 0; from < report->result_count;) {
        suite_counts counts = {0};
        size_t end = suite_end(report, from, &counts);
        write_suite(out, report, from, end, &counts);
        from = end;
    }
    pv_buf_append_text(out, "</testsuites>\n");
}
