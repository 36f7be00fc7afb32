/* One run, in every format: what machines read must stay well-formed whatever names and messages hold. */
#include "arena_fixture.h"

#include "report/other/test_report.h"
#include "report/write/markup.h"

static const pv_report_style narrow = {.width = 40};

static void assert_holds(const pv_buf *out, const char *text) {
    if (pv_str_find(pv_buf_str(out), pv_str_from(text), 0) == SIZE_MAX)
        fail_msg("\"%s\" is not in:\n%.*s", text, PV_STR_ARG(pv_buf_str(out)));
}

static const pv_test_row rows[] = {
    {.expected = PV_STR("a.b: fail <\"&'"), .actual = PV_STR("a.b: pass \x01"), .met = false},
    {.expected = PV_STR("a.c: fail"), .actual = PV_STR("a.c: fail"), .met = true},
};

static const pv_test_result results[] = {
    {.kind = PV_TEST_EXAMPLE, .outcome = PV_TEST_PASSED, .pack = PV_STR("one"), .name = PV_STR("a.b"), .number = 2},
    {.kind = PV_TEST_CASE,
     .outcome = PV_TEST_FAILED,
     .pack = PV_STR("one"),
     .name = PV_STR("cases/number #5.yaml"),
     .path = PV_STR("p/cases/number #5.yaml"),
     .at = {1, 1},
     .rows = rows,
     .row_count = 2},
    {.kind = PV_TEST_PACK,
     .outcome = PV_TEST_FAULTY,
     .pack = PV_STR("two"),
     .name = PV_STR("two"),
     .fault = PV_STR("no < form")},
};

static const pv_test_report report = {.results = results, .result_count = 3, .rules = 1};

static void test_tap(void **state) {
    arena_fixture *fixture = *state;
    pv_buf out = pv_buf_on(&fixture->memory);
    pv_test_tap(&out, &report);
    assert_holds(&out, "TAP version 13\n1..3\nok 1 - one: a.b, example 2\n");
    assert_holds(&out, "not ok 2 - one: cases/number \\#5.yaml\n  ---\n"); /* "#" would begin a directive */
    assert_holds(&out, "    - expected: \"a.b: fail <\\\"&'\"\n");
    assert_holds(&out, "not ok 3 - two: two\n  ---\n  message: \"no < form\"\n");
    assert_true(pv_str_find(pv_buf_str(&out), PV_STR("a.c"), 0) == SIZE_MAX); /* what agreed is no difference */
    pv_buf_clear(&out);
}

static void test_junit(void **state) {
    arena_fixture *fixture = *state;
    pv_buf out = pv_buf_on(&fixture->memory);
    pv_test_junit(&out, &report);
    assert_holds(&out, "<testsuites name=\"proviso\" tests=\"3\" failures=\"1\" errors=\"1\" time=\"0\">");
    assert_holds(&out, "<testsuite name=\"one\" tests=\"2\" failures=\"1\" errors=\"0\" time=\"0\">");
    assert_holds(&out, "<testsuite name=\"two\" tests=\"1\" failures=\"0\" errors=\"1\" time=\"0\">");
    assert_holds(&out, "a.b: fail &lt;\"&amp;'\nactual    a.b: pass &lt;U+0001&gt;\n");
    assert_holds(&out, "<error message=\"no &lt; form\">");
    assert_true(pv_str_find(pv_buf_str(&out), PV_STR("skipped"), 0) == SIZE_MAX);
    pv_buf_clear(&out);
}

static void test_summary_counts_examples_and_cases(void **state) {
    (void)state;
    pv_test_summary summary = pv_test_summarize(&report);
    assert_int_equal(summary.examples, 1);
    assert_int_equal(summary.cases, 1);
    assert_int_equal(summary.failed, 1);
    assert_int_equal(summary.faulty, 1);
}

/* 40 columns: 2 of indentation, 3 for the mark, 17 for each side. */
static void test_rows_fit_their_halves(void **state) {
    arena_fixture *fixture = *state;
    const pv_test_row wide[] = {
        {.expected = PV_STR("漢字漢字漢字漢字漢 x"), .actual = PV_STR("same"), .met = true},
        {.expected = PV_STR("only this"), .met = false},
        {.actual = PV_STR("aaaaaaaaaaaaaaaaaaaaa b"), .met = false},
    };
    pv_buf out = pv_buf_on(&fixture->memory);
    pv_report_style all = narrow;
    all.verbose = true;
    pv_side_by_side(&out, &all, wide, 3);
    assert_str(pv_buf_str(&out), "  expected            actual\n"
                                 "  漢字漢字漢字漢字    same\n"
                                 "  漢 x\n"
                                 "  only this         <\n"
                                 "                    > aaaaaaaaaaaaaaaaa\n"
                                 "                    > aaaa b\n");
    pv_buf_clear(&out);
}

static void test_xml_keeps_attributes_on_one_line(void **state) {
    arena_fixture *fixture = *state;
    pv_buf out = pv_buf_on(&fixture->memory);
    pv_markup_attribute(&out, "a", PV_STR("\"x\"\n\ty\r<é"));
    assert_str(pv_buf_str(&out), " a=\"&quot;x&quot;&#10;&#9;y&#13;&lt;é\"");
    pv_buf_clear(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_tap),
        arena_test(test_junit),
        cmocka_unit_test(test_summary_counts_examples_and_cases),
        arena_test(test_rows_fit_their_halves),
        arena_test(test_xml_keeps_attributes_on_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
