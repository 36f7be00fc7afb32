/* Two days compared, for people and for programs. The fixture's verdicts are those of the later day, which is judged
 * by. */
#include "terminal_fixture.h"

#include "format_fixture.h"
#include "report/verdicts/comparison.h"

static pv_verdict earlier[MAX_VERDICTS];
static pv_results earlier_results;
static pv_report_input earlier_input;
static pv_changes found;
static pv_report_comparison comparison;

/* The earlier day is as the later, but for one response that passed. */
static void compare_days(report_fixture *fixture) {
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "6 words, 1 more than the limit of 5");
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_FAIL, "three", "the same on both days");
    memcpy(earlier, fixture->verdicts, sizeof earlier);
    earlier[0].outcome.state = PV_STATE_PASS;
    earlier[0].outcome.message = PV_STR("");
    earlier_results = (pv_results){.verdicts = earlier, .verdict_count = fixture->results.verdict_count};
    earlier_input = fixture->input;
    earlier_input.results = &earlier_results;
    assert_true(pv_changes_of(&found, fixture->base.arena, &earlier_results, &fixture->results, &fixture->base.error));
    comparison = (pv_report_comparison){&found, &earlier_input, &fixture->input};
    fixture->input.comparison = &comparison;
    fixture->context.as_of = PV_STR("2024-09-30");
    fixture->context.compare = PV_STR("2024-06-30");
}

static void write_submission(report_fixture *fixture) {
    pv_buf_reset(&fixture->out);
    write_submission_as(fixture, &pv_terminal_format);
}

static void test_the_changes_and_the_sums(void **state) {
    report_fixture *fixture = *state;
    compare_days(fixture);
    write_submission(fixture);
    assert_written(fixture, "test.yaml\n"
                            "Demonstration form (demo 1.0.0, submission mode), from 2024-06-30 to 2024-09-30\n"
                            "\nNewly failing (1)\n"
                            "  1.1.1  demo.limit  8:32\n"
                            "    was  pass\n"
                            "    is   fail: 6 words, 1 more than the limit of 5\n"
                            "\n"
                            "                  2024-06-30  2024-09-30\n"
                            "  pass                     1           0\n"
                            "  fail                     1           2\n"
                            "  review                   0           0\n"
                            "  not applicable           0           0\n"
                            "  1 changed, 1 unchanged\n\n");
    fixture->style.verbose = true;
    write_submission(fixture);
    assert_shows(fixture, "\nUnchanged findings\n  1.1.2  demo.limit");
    assert_shows(fixture, "    is   fail: the same on both days\n");
}

static void test_quiet_gives_a_line_per_error(void **state) {
    report_fixture *fixture = *state;
    compare_days(fixture);
    fixture->style.quiet = true;
    write_submission(fixture);
    assert_written(fixture, "test.yaml:8:32: newly-failing: 1.1.1: 6 words, 1 more than the limit of 5 [demo.limit]\n");
}

static void test_a_due_day_that_the_message_does_not_name(void **state) {
    report_fixture *fixture = *state;
    compare_days(fixture);
    fixture->verdicts[1].outcome.has_due = true;
    fixture->verdicts[1].outcome.due = (pv_date){2024, 9, 29};
    assert_true(pv_changes_of(&found, fixture->base.arena, &earlier_results, &fixture->results, &fixture->base.error));
    write_submission(fixture);
    assert_shows(fixture, "The same, said otherwise (1)\n");
    assert_shows(fixture, "    is   fail: the same on both days; due 2024-09-29\n");
}

static void test_the_days_come_in_their_order(void **state) {
    report_fixture *fixture = *state;
    pv_str first;
    pv_str last;
    compare_days(fixture);
    pv_comparison_days(&fixture->context, &first, &last);
    assert_str(first, "2024-06-30");
    assert_str(last, "2024-09-30");
    fixture->context.compare = PV_STR("2025-01-01");
    pv_comparison_days(&fixture->context, &first, &last);
    assert_str(first, "2024-09-30");
    assert_str(last, "2025-01-01");
}

static void test_for_programs(void **state) {
    report_fixture *fixture = *state;
    pv_summary summary = {0};
    compare_days(fixture);
    finish_report(fixture, report_on(fixture, &pv_json_format, &fixture->out, NULL), 1, &summary, NULL, 0);
    assert_shows(fixture,
                 "\"comparison\":{\"as_of\":\"2024-09-30\",\"compare\":\"2024-06-30\",\"earlier\":\"2024-06-30\","
                 "\"later\":\"2024-09-30\",\n\"changes\":[\n"
                 "{\"path\":\"test.yaml\",\"rule\":\"demo.limit\",\"subject\":\"1.1.1\",\"change\":\"newly-failing\","
                 "\"before\":{\"state\":\"pass\",\"level\":\"error\",\"message\":\"\",\"due\":null,\"at\":{");
    assert_shows(fixture, "],\n\"unchanged\":1,\n\"before\":{\"pass\":1,\"fail\":1,");
    assert_shows(fixture, "\"after\":{\"pass\":0,\"fail\":2,");
}

static void test_no_line_is_wider_than_the_style(void **state) {
    report_fixture *fixture = *state;
    compare_days(fixture);
    for (unsigned width = 40; width <= 120; width += 20) {
        fixture->style.width = width;
        write_submission(fixture);
        assert_in_range(widest_line(pv_buf_str(&fixture->out)), 30, width);
    }
}

static void test_refused_memory_fails_the_buffer(void **state) {
    report_fixture *fixture = *state;
    compare_days(fixture);
    assert_submission_survives(fixture, &pv_terminal_format);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        report_test(test_the_changes_and_the_sums),
        report_test(test_quiet_gives_a_line_per_error),
        report_test(test_a_due_day_that_the_message_does_not_name),
        report_test(test_the_days_come_in_their_order),
        report_test(test_for_programs),
        report_test(test_no_line_is_wider_than_the_style),
        report_test(test_refused_memory_fails_the_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
