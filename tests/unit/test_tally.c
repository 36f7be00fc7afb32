#include "report_fixture.h"

#include "report/verdicts/tally.h"

static pv_tally tally_of(report_fixture *fixture, pv_level fail_on) {
    pv_tally tally;
    assert_true(pv_tally_count(&tally, fixture->base.arena, &fixture->input, fail_on));
    return tally;
}

static void assert_points(pv_decimal points, int64_t expected) {
    assert_int_equal(pv_decimal_compare(points, pv_decimal_from_integer(expected)), 0);
}

/* 80 for 1.1 and 30 once for 1.2 and 1.3. */
static void test_points_of_a_group_count_once(void **state) {
    pv_tally tally = tally_of(*state, PV_LEVEL_ERROR);
    assert_true(tally.points_known);
    assert_points(tally.points, 110);
    assert_points(tally.points_at_stake, 0);
    assert_int_equal(tally.blocking, 0);
}

static void test_an_error_puts_its_measure_at_stake(void **state) {
    report_fixture *fixture = *state;
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "6 words");
    pv_tally tally = tally_of(fixture, PV_LEVEL_ERROR);
    assert_points(tally.points_at_stake, 80);
    assert_true(tally.measures[0].at_stake);
    assert_int_equal(tally.measures[0].standing, PV_STANDING_ERROR);
    assert_int_equal(tally.blocking, 1);
    assert_int_equal(tally.blocking_filing, 0);
}

static void test_a_group_at_stake_counts_once_too(void **state) {
    report_fixture *fixture = *state;
    add_measure_verdict(fixture, 1, RULE_PARTNERS, PV_STATE_FAIL, "county", "")->level = PV_LEVEL_ERROR;
    add_measure_verdict(fixture, 2, RULE_PARTNERS, PV_STATE_FAIL, "county", "")->level = PV_LEVEL_ERROR;
    pv_tally tally = tally_of(fixture, PV_LEVEL_ERROR);
    assert_true(tally.measures[1].at_stake && tally.measures[2].at_stake);
    assert_points(tally.points_at_stake, 30);
}

/* The second measure of the group alone: the group's points are counted with it. */
static void test_a_later_measure_of_a_group_at_stake(void **state) {
    report_fixture *fixture = *state;
    add_measure_verdict(fixture, 2, RULE_PARTNERS, PV_STATE_FAIL, "county", "")->level = PV_LEVEL_ERROR;
    assert_points(tally_of(fixture, PV_LEVEL_ERROR).points_at_stake, 30);
}

static void test_the_fail_level_decides_what_is_at_stake(void **state) {
    report_fixture *fixture = *state;
    add_measure_verdict(fixture, 1, RULE_PARTNERS, PV_STATE_REVIEW, "county", "");
    assert_int_equal(tally_of(fixture, PV_LEVEL_ERROR).blocking, 0);
    pv_tally tally = tally_of(fixture, PV_LEVEL_WARNING);
    assert_int_equal(tally.blocking, 1);
    assert_points(tally.points_at_stake, 30);
    assert_int_equal(tally.measures[1].standing, PV_STANDING_WARNING);
}

static void test_a_finding_without_a_measure_concerns_the_filing(void **state) {
    report_fixture *fixture = *state;
    add_verdict(fixture, RULE_WHOLE, PV_STATE_FAIL, "form", "");
    pv_tally tally = tally_of(fixture, PV_LEVEL_ERROR);
    assert_int_equal(tally.blocking, 1);
    assert_int_equal(tally.blocking_filing, 1);
    assert_points(tally.points_at_stake, 0);
}

static void test_the_worst_verdict_gives_the_standing(void **state) {
    report_fixture *fixture = *state;
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_NOT_CHECKED, "one", "");
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_FAIL, "one", "");
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_PASS, "one", "");
    pv_tally tally = tally_of(fixture, PV_LEVEL_ERROR);
    assert_int_equal(tally.measures[0].standing, PV_STANDING_NOT_CHECKED);
    assert_int_equal(tally.measures[0].findings, 2);
    assert_int_equal(tally.blocking, 1); /* what was not checked blocks by itself, not by its level */
}

static void test_measures_without_findings(void **state) {
    pv_tally tally = tally_of(*state, PV_LEVEL_ERROR);
    assert_int_equal(tally.measures[0].standing, PV_STANDING_NOT_AS_ASKED); /* six words where five are allowed */
    assert_int_equal(tally.measures[1].standing, PV_STANDING_PASSES);
    assert_int_equal(tally.measures[2].standing, PV_STANDING_NOT_REPORTED); /* optional and blank */
}

/* A mandatory measure that is blank, whatever was found: a warning, an error or a waiver says more than that. */
static void test_a_blank_mandatory_measure_never_passes(void **state) {
    static const struct {
        bool found;
        pv_level level;
        pv_standing standing;
    } cases[] = {
        {false, PV_LEVEL_NOTE, PV_STANDING_NOT_ANSWERED},
        {true, PV_LEVEL_NOTE, PV_STANDING_NOT_ANSWERED},
        {true, PV_LEVEL_WARNING, PV_STANDING_WARNING},
        {true, PV_LEVEL_ERROR, PV_STANDING_ERROR},
    };
    report_fixture *fixture = *state;
    static pv_submission blank;
    static pv_filed_measure measures[3];
    blank = *fixture->submission;
    memcpy(measures, blank.measures, sizeof measures);
    measures[0].blank = true;
    measures[0].answered = false;
    blank.measures = measures;
    fixture->input.submission = &blank;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (cases[i].found)
            add_measure_verdict(fixture, 0, RULE_PARTNERS, PV_STATE_FAIL, "county", "")->level = cases[i].level;
        assert_int_equal(tally_of(fixture, PV_LEVEL_ERROR).measures[0].standing, cases[i].standing);
    }
}

/* 6 of 5 words is tighter than 3 of 10. */
static void test_the_tightest_response(void **state) {
    pv_tally tally = tally_of(*state, PV_LEVEL_ERROR);
    assert_str(tally.measures[0].tightest.response->item->full_id, "1.1.1");
    assert_int_equal(tally.measures[0].tightest.part, 6);
    assert_int_equal(tally.measures[0].tightest.whole, 5);
    assert_str(tally.measures[1].tightest.response->item->full_id, "1.2");
    assert_null(tally.measures[2].tightest.response);
    assert_int_equal(tally.answered, 3);
}

/* 3 words where 4 are the least are further off than 4 of 4; 11 of 10 characters further than 2 of 4 words. */
static void test_limits_of_every_kind(void **state) {
    report_fixture *fixture = *state;
    file_without_points(fixture);
    pv_tally tally = tally_of(fixture, PV_LEVEL_ERROR);
    const pv_tightest *brief = &tally.measures[0].tightest;
    assert_str(brief->response->item->full_id, "short.1");
    assert_int_equal(brief->part, 4);
    assert_int_equal(brief->whole, 3);
    assert_false(brief->in_characters);
    const pv_tightest *lengthy = &tally.measures[1].tightest;
    assert_int_equal(lengthy->part, 11);
    assert_int_equal(lengthy->whole, 10);
    assert_true(lengthy->in_characters);
}

static void test_a_form_without_points(void **state) {
    report_fixture *fixture = *state;
    assert_true(tally_of(fixture, PV_LEVEL_ERROR).has_points);
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "");
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_FAIL, "three", "");
    assert_int_equal(tally_of(fixture, PV_LEVEL_ERROR).measures_at_stake, 1);
    fixture->results.verdict_count = 0;
    file_without_points(fixture);
    assert_false(tally_of(fixture, PV_LEVEL_ERROR).has_points);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        report_test(test_points_of_a_group_count_once),
        report_test(test_an_error_puts_its_measure_at_stake),
        report_test(test_a_group_at_stake_counts_once_too),
        report_test(test_a_later_measure_of_a_group_at_stake),
        report_test(test_the_fail_level_decides_what_is_at_stake),
        report_test(test_a_finding_without_a_measure_concerns_the_filing),
        report_test(test_the_worst_verdict_gives_the_standing),
        report_test(test_measures_without_findings),
        report_test(test_a_blank_mandatory_measure_never_passes),
        report_test(test_the_tightest_response),
        report_test(test_limits_of_every_kind),
        report_test(test_a_form_without_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
