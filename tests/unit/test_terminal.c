#include "terminal_fixture.h"

#include "format_fixture.h"

static void write_submission(report_fixture *fixture) {
    write_submission_as(fixture, &pv_terminal_format);
}

static void write_end(report_fixture *fixture, const pv_fault *faults, size_t fault_count) {
    pv_summary summary = {0};
    pv_summary_add(&summary, &fixture->results);
    summary.faults += fault_count;
    finish_report(fixture, report_on(fixture, &pv_terminal_format, &fixture->out, NULL), 0, &summary, faults,
                  fault_count);
}

static void test_a_filing_without_findings(void **state) {
    report_fixture *fixture = *state;
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_PASS, "one", "3 words");
    write_submission(fixture);
    write_end(fixture, NULL, 0);
    assert_written(fixture, "test.yaml\n"
                            "Demonstration form (demo 1.0.0, submission mode)\n"
                            "\n"
                            "  READY        no errors\n"
                            "  answered     3 of 4 responses\n"
                            "\n"
                            "Measure              Points  State         Words of limit\n"
                            "1.1      Plan            80  not as asked  6/5 in 1.1.1\n"
                            "1.2      Partners        30* passes        3/5 in 1.2\n"
                            "1.3      Engagement      30* not reported\n"
                            "Total                   110\n"
                            "* 30 points once, for reporting on 1 of 1.2, 1.3\n"
                            "\n"
                            "  READY        1 submission: no errors; 1 check passed, 0 not applicable\n");
}

static void test_a_form_without_points(void **state) {
    report_fixture *fixture = *state;
    file_without_points(fixture);
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_FAIL, "four", "")->level = PV_LEVEL_ERROR;
    add_response_verdict(fixture, 1, RULE_WHOLE, PV_STATE_FAIL, "three", "");
    write_submission(fixture);
    assert_shows(fixture, "  at stake     1 of 2 measures: short\n");
    assert_shows(fixture, "\nMeasure         State         Length of limit\n"
                          "short    Short  error         3/4–40 in short.1\n"
                          "long     Long   not as asked  11/10 characters in long\n"
                          "1 of long is asked for\n");
    assert_hides(fixture, "Points");
    assert_hides(fixture, "Total");
}

static void test_an_error_shows_all_there_is_to_know(void **state) {
    report_fixture *fixture = *state;
    pv_verdict *verdict =
        add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "6 words, 1 more than the limit of 5");
    const pv_str working[] = {PV_STR("6 words by the definition “word”")};
    verdict->outcome.working = working;
    verdict->outcome.working_count = 1;
    write_submission(fixture);
    assert_shows(fixture, "  NOT READY    1 error\n"
                          "  at stake     80 of 110 points: 1.1 (80)\n"
                          "  answered     3 of 4 responses\n"
                          "\n"
                          "error[demo.limit]: 1.1.1: 6 words, 1 more than the limit of 5\n"
                          "  --> test.yaml:8:32\n"
                          "   8 | 1: one two three four five six\n"
                          "     |                            ^^^\n"
                          "  asked    Describe the plan.\n"
                          "  because  6 words by the definition “word”\n"
                          "  rule     Each response keeps to its word limit\n"
                          "  form     Form: “5 words”\n"
                          "  to do    Shorten the response.\n");
    assert_shows(fixture, "1.1      Plan            80  error         6/5 in 1.1.1\n");
}

static void test_findings_of_one_rule_stand_together(void **state) {
    report_fixture *fixture = *state;
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "first");
    add_measure_verdict(fixture, 1, RULE_PARTNERS, PV_STATE_REVIEW, "county", "second");
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_FAIL, "three", "third");
    write_submission(fixture);
    pv_str written = pv_buf_str(&fixture->out);
    size_t first = pv_str_find(written, PV_STR("error[demo.limit]: 1.1.1: first"), 0);
    size_t third = pv_str_find(written, PV_STR("error[demo.limit]: 1.1.2: third"), first);
    size_t title = pv_str_find(written, PV_STR("Each response keeps to its word limit"), third);
    size_t remedy = pv_str_find(written, PV_STR("Shorten the response."), title);
    size_t second = pv_str_find(written, PV_STR("warning[demo.partners] for review: measure 1.2: second\n"), remedy);
    assert_int_not_equal(second, SIZE_MAX);
    assert_int_equal(pv_str_find(written, PV_STR("Each response keeps to its word limit"), title + 1), SIZE_MAX);
    assert_int_equal(pv_str_find(written, PV_STR("Shorten the response."), remedy + 1), SIZE_MAX);
    assert_shows(fixture, "  NOT READY    2 errors, 1 warning (1 for review)\n");
}

static void test_a_note_is_short_unless_asked(void **state) {
    report_fixture *fixture = *state;
    add_measure_verdict(fixture, 1, RULE_PARTNERS, PV_STATE_FAIL, "county", "no name")->level = PV_LEVEL_NOTE;
    write_submission(fixture);
    assert_shows(fixture, "note[demo.partners]: measure 1.2: no name\n  --> test.yaml:10:12\n  rule ");
    pv_buf_reset(&fixture->out);
    fixture->style.verbose = true;
    write_submission(fixture);
    assert_shows(fixture, "  10 | 1.2: the county agencies\n     |          ^^^^^^\n");
}

static void test_what_belongs_to_no_measure(void **state) {
    report_fixture *fixture = *state;
    add_verdict(fixture, RULE_WHOLE, PV_STATE_FAIL, "Health Net", "a second plan");
    write_submission(fixture);
    assert_shows(fixture, "  at stake     the filing as a whole (1 finding)\n");
    assert_shows(fixture, "\nerror[demo.whole]: a second plan\n  --> test.yaml:2:17\n");
}

static void test_a_rule_that_could_not_be_decided(void **state) {
    report_fixture *fixture = *state;
    pv_verdict *first = add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_NOT_CHECKED, "one", "ran out");
    pv_verdict *second = add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_NOT_CHECKED, "one", "ran out");
    first->outcome.fault = second->outcome.fault = &fixture->fault;
    fixture->fault = (pv_fault){.kind = PV_FAULT_FUEL,
                                .rule = PV_STR("demo.limit"),
                                .message = PV_STR("ran out of its budget"),
                                .path = PV_STR("rules/limit.lua"),
                                .at = {3, 5}};
    fixture->results.fault_count = 1;
    write_submission(fixture);
    assert_shows(fixture, "  NOT DECIDED  2 checks not decided, no errors\n");
    assert_shows(fixture, "not checked[demo.limit]: ran out of its budget\n"
                          "  --> rules/limit.lua:3:5\n"
                          "  open for 1.1.1, 1.1.2\n"
                          "  rule     Each response keeps to its word limit\n");
}

static void test_quiet_gives_a_line_per_error(void **state) {
    report_fixture *fixture = *state;
    fixture->style.quiet = true;
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "6 words");
    add_measure_verdict(fixture, 1, RULE_PARTNERS, PV_STATE_FAIL, "county", "no name");
    fixture->fault = (pv_fault){.message = PV_STR("ran out"), .path = PV_STR("rules/limit.lua"), .at = {3, 5}};
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_NOT_CHECKED, "three", "ran out")->outcome.fault =
        &fixture->fault;
    write_submission(fixture);
    assert_written(fixture, "rules/limit.lua:3:5: not checked: ran out (test.yaml: 1.1.2) [demo.limit]\n"
                            "test.yaml:8:32: error: 1.1.1: 6 words [demo.limit]\n");
}

static void test_verbose_lists_the_other_verdicts(void **state) {
    report_fixture *fixture = *state;
    fixture->style.verbose = true;
    const pv_str working[] = {PV_STR("3 of at most 10")};
    pv_verdict *verdict = add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_PASS, "one", "");
    verdict->outcome.working = working;
    verdict->outcome.working_count = 1;
    add_measure_verdict(fixture, 2, RULE_PARTNERS, PV_STATE_NOT_APPLICABLE, "form", "it is blank");
    write_submission(fixture);
    assert_shows(fixture, "\nPassed\n  1.1.2 demo.limit Each response keeps to its word limit\n    3 of at most 10\n");
    assert_shows(fixture, "\nNot applicable\n  measure 1.3 demo.partners it is blank\n");
    fixture->style.verbose = false;
    pv_buf_reset(&fixture->out);
    write_submission(fixture);
    assert_hides(fixture, "Passed");
}

/* Only a run of all rules at full strength says READY. */
static void test_what_was_not_fully_checked_is_not_ready(void **state) {
    report_fixture *fixture = *state;
    fixture->results.mode = PV_MODE_DRAFT;
    write_end(fixture, NULL, 0);
    assert_shows(fixture, "  DRAFT        1 submission: no errors; 0 checks passed, 0 not applicable;\n"
                          "               before it goes out, check it in submission mode\n");
    pv_buf_reset(&fixture->out);
    fixture->results.mode = PV_MODE_SUBMISSION;
    fixture->context.rule_pattern = PV_STR("demo.l*");
    write_end(fixture, NULL, 0);
    assert_shows(fixture, "  PARTLY RUN   1 submission: no errors; 0 checks passed, 0 not applicable; only\n"
                          "               rules demo.l* were run\n");
}

static void test_faults_of_no_submission_stand_apart(void **state) {
    report_fixture *fixture = *state;
    const pv_fault faults[] = {
        {.kind = PV_FAULT_LOAD,
         .rule = PV_STR("demo.broken"),
         .message = PV_STR("'end' expected"),
         .path = PV_STR("rules/broken.lua"),
         .at = {7, 1}},
        {.kind = PV_FAULT_INPUT, .message = PV_STR("cannot be read"), .path = PV_STR("b.yaml")},
    };
    write_end(fixture, faults, 2);
    assert_written(fixture, "fault[demo.broken]: 'end' expected\n"
                            "  --> rules/broken.lua:7:1\n"
                            "\nfault: cannot be read\n"
                            "  --> b.yaml\n"
                            "\n"
                            "  NOT DECIDED  1 submission: 2 faults, no errors; 0 checks passed, 0 not\n"
                            "               applicable\n");
}

/* They have a heading of their own, and no submission's table; nor do they count as one. */
static void test_findings_of_no_submission(void **state) {
    report_fixture *fixture = *state;
    belong_to_no_submission(fixture);
    write_submission(fixture);
    assert_written(fixture, "Beside them (test.yaml)\n"
                            "\n"
                            "  found        1 error\n"
                            "\n"
                            "error[form.names]: nobody asked for it\n"
                            "  --> test.yaml:2:17\n"
                            "   2 | fields: { plan: Health Net }\n"
                            "     |                 ^^^^^^^^^^\n"
                            "  rule     Every field, measure, item and record kind in the submission is one\n"
                            "           that the form has\n"
                            "  form     The form: its fields, measures, items and records\n"
                            "  to do    Correct the name, or take the entry out: what stands under a name the\n"
                            "           form has not may stay unread.\n"
                            "\n");
    pv_buf_reset(&fixture->out);
    fixture->style.quiet = true;
    write_submission(fixture);
    assert_written(fixture, "test.yaml:2:17: error: nobody asked for it [form.names]\n");
    pv_summary summary = {0};
    pv_report_count(&summary, &fixture->input);
    assert_int_equal(summary.submissions, 0);
    assert_int_equal(summary.fail, 1);
    assert_int_equal(summary.error, 1);
}

static void test_no_line_is_wider_than_the_style(void **state) {
    report_fixture *fixture = *state;
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "6 words, 1 more than the limit of 5");
    add_measure_verdict(fixture, 1, RULE_PARTNERS, PV_STATE_REVIEW, "county", "the partners are not named by name");
    for (unsigned width = 40; width <= 120; width += 20) {
        fixture->style.width = width;
        pv_buf_reset(&fixture->out);
        write_submission(fixture);
        write_end(fixture, NULL, 0);
        assert_in_range(widest_line(pv_buf_str(&fixture->out)), 30, width);
    }
}

static void test_no_escape_sequence_without_color(void **state) {
    report_fixture *fixture = *state;
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "\x1b[2J six");
    write_submission(fixture);
    assert_hides(fixture, "\x1b");
    assert_shows(fixture, "<U+001B>[2J six");
    fixture->style.color = true;
    write_submission(fixture);
    assert_shows(fixture, "\x1b[1;31merror[demo.limit]\x1b[0m");
}

/* Whatever allocation is refused, the buffer says so and nothing is left behind. */
static void test_refused_memory_fails_the_buffer(void **state) {
    report_fixture *fixture = *state;
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "6 words");
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_NOT_CHECKED, "three", "ran out");
    fixture->style.verbose = true;
    assert_submission_survives(fixture, &pv_terminal_format);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        report_test(test_a_filing_without_findings),
        report_test(test_a_form_without_points),
        report_test(test_an_error_shows_all_there_is_to_know),
        report_test(test_findings_of_one_rule_stand_together),
        report_test(test_a_note_is_short_unless_asked),
        report_test(test_what_belongs_to_no_measure),
        report_test(test_a_rule_that_could_not_be_decided),
        report_test(test_quiet_gives_a_line_per_error),
        report_test(test_verbose_lists_the_other_verdicts),
        report_test(test_what_was_not_fully_checked_is_not_ready),
        report_test(test_faults_of_no_submission_stand_apart),
        report_test(test_findings_of_no_submission),
        report_test(test_no_line_is_wider_than_the_style),
        report_test(test_no_escape_sequence_without_color),
        report_test(test_refused_memory_fails_the_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
