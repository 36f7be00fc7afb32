/* What did not pass, said to other tools. */
#include "report/other/remarks.h"
#include "report/other/test_report.h"
#include "report/write/layout.h"

static const pv_remark_kind of_example = {
    PV_STR("test.example"), PV_LEVEL_ERROR, PV_STR("An example of a rule does not give what it says"),
    PV_STR("Correct the rule or its example: until then nothing that it says counts.")};
static const pv_remark_kind of_case = {PV_STR("test.case"), PV_LEVEL_ERROR,
                                       PV_STR("A case of a pack does not give what it says"),
                                       PV_STR("Correct the rules, or what the case expects.")};
static const pv_remark_kind not_run = {PV_STR("test.not-run"), PV_LEVEL_ERROR,
                                       PV_STR("An example, a case or a pack could not be run"),
                                       PV_STR("Correct what the message names.")};

static const pv_remark_kind *kind_of(const pv_test_result *result) {
    if (result->outcome == PV_TEST_FAULTY)
        return &not_run;
    return result->kind == PV_TEST_CASE ? &of_case : &of_example;
}

/* "expected pass; got fail: too long", a line for each row that differs. */
static void write_rows(pv_buf *out, const pv_test_result *result) {
    for (size_t i = 0; i < result->row_count; i++) {
        const pv_test_row *row = &result->rows[i];
        if (row->met)
            continue;
        if (out->size > 0)
            pv_buf_append_char(out, '\n');
        if (row->expected.size > 0)
            pv_buf_format(out, "expected %.*s", PV_STR_ARG(row->expected));
        if (row->expected.size > 0 && row->actual.size > 0)
            pv_buf_append_text(out, "; ");
        if (row->actual.size > 0)
            pv_buf_format(out, "got %.*s", PV_STR_ARG(row->actual));
    }
    if (result->fault.size > 0)
        pv_buf_format(out, "%s%.*s", out->size > 0 ? "\n" : "", PV_STR_ARG(result->fault));
}

static bool add_remark(pv_remarks *remarks, pv_arena *arena, const pv_test_result *result, pv_buf *text) {
    pv_remark *added = PV_ARRAY_ADD(arena, &remarks->all);
    if (!added)
        return false;
    pv_buf_reset(text);
    write_rows(text, result);
    pv_str message = pv_arena_copy(arena, pv_buf_str(text));
    pv_str title = result->number > 0
                       ? pv_arena_format(arena, "%.*s, example %zu", PV_STR_ARG(result->name), result->number)
                       : result->name;
    *added = (pv_remark){kind_of(result), title, result->path, result->at, result->at, message};
    return message.data && title.data && !text->failed;
}

static void write(pv_buf *out, const pv_test_report *report, pv_str version, int exit_code,
                  void (*format)(pv_buf *out, const pv_remarks *remarks)) {
    pv_remarks remarks = {.version = version, .exit_code = exit_code};
    pv_arena *arena = pv_arena_new(out->memory);
    pv_buf text = pv_buf_on(out->memory);
    bool whole = arena;
    for (size_t i = 0; whole && i < report->result_count; i++)
        if (report->results[i].outcome != PV_TEST_PASSED)
            whole = add_remark(&remarks, arena, &report->results[i], &text);
    if (whole)
        format(out, &remarks);
    out->failed |= !whole;
    pv_buf_clear(&text);
    pv_arena_free(arena);
}

void pv_test_github(pv_buf *out, const pv_test_report *report, pv_str version, int exit_code) {
    pv_test_summary summary = pv_test_summarize(report);
    write(out, report, version, exit_code, pv_remarks_github);
    pv_buf_append_text(out, "proviso: ");
    pv_layout_count(out, summary.examples, "example");
    pv_buf_append_text(out, " and ");
    pv_layout_count(out, summary.cases, "case");
    pv_buf_format(out, ", %zu failed, %zu not run\n", summary.failed, summary.faulty);
}

void pv_test_sarif(pv_buf *out, const pv_test_report *report, pv_str version, int exit_code) {
    write(out, report, version, exit_code, pv_remarks_sarif);
}
