#include "report_fixture.h"

#include "report/verdicts/statistics.h"

static const pv_rule_statistics *row(const pv_statistics *statistics, size_t index) {
    assert_true(index < statistics->rules.count);
    return &statistics->rules.items[index];
}

static void add_all(pv_statistics *statistics, report_fixture *fixture) {
    pv_error error = {0};
    assert_true(pv_statistics_add(statistics, &fixture->results, &error));
}

static pv_statistics counted(report_fixture *fixture) {
    pv_statistics statistics = pv_statistics_in(fixture->base.arena);
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "6 words");
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_PASS, "six", "");
    add_response_verdict(fixture, 0, RULE_PARTNERS, PV_STATE_REVIEW, "six", "none");
    fixture->verdicts[0].outcome.work = 7;
    fixture->verdicts[1].outcome.work = 5;
    add_all(&statistics, fixture);
    return statistics;
}

static void test_each_rule_is_counted_by_its_id(void **state) {
    pv_statistics statistics = counted(*state);
    assert_int_equal(statistics.rules.count, 2);
    assert_str(row(&statistics, 0)->rule, "demo.limit");
    assert_int_equal(row(&statistics, 0)->states[PV_STATE_FAIL], 1);
    assert_int_equal(row(&statistics, 0)->states[PV_STATE_PASS], 1);
    assert_int_equal(row(&statistics, 0)->work, 12);
    assert_str(row(&statistics, 1)->rule, "demo.partners");
    assert_int_equal(row(&statistics, 1)->states[PV_STATE_REVIEW], 1);
    add_all(&statistics, *state);
    assert_int_equal(row(&statistics, 0)->states[PV_STATE_FAIL], 2);
    pv_statistics_reset(&statistics);
    assert_int_equal(statistics.rules.count, 2);
    assert_int_equal(row(&statistics, 0)->states[PV_STATE_FAIL], 0);
}

static void test_parts_in_any_order_are_the_whole(void **state) {
    report_fixture *fixture = *state;
    pv_statistics part = counted(fixture);
    pv_statistics whole = pv_statistics_in(fixture->base.arena);
    pv_error error = {0};
    for (size_t i = part.rules.count; i > 0; i--)
        assert_true(pv_statistics_add_row(&whole, row(&part, i - 1), &error));
    pv_json json = pv_json_on(&fixture->out);
    pv_statistics_json(&json, &whole);
    assert_written(fixture, "[\n"
                            "{\"rule\":\"demo.limit\",\"pass\":1,\"fail\":1,\"review\":0,\"not_applicable\":0,"
                            "\"not_checked\":0,\"work\":12},\n"
                            "{\"rule\":\"demo.partners\",\"pass\":0,\"fail\":0,\"review\":1,\"not_applicable\":0,"
                            "\"not_checked\":0,\"work\":0}\n"
                            "]");
}

/* Numbers as they come, ids with numbers in their order, and the id cut where it would not fit. */
static void test_a_table_for_the_terminal(void **state) {
    report_fixture *fixture = *state;
    pv_statistics statistics = pv_statistics_in(fixture->base.arena);
    const pv_rule_statistics rows[] = {{.rule = PV_STR("r.10"), .states = {1, 2, 3, 4, 5}, .work = 123456},
                                       {.rule = PV_STR("r.9"), .states = {1, 0, 0, 0, 0}},
                                       {.rule = PV_STR("r.a-name-that-is-long")}};
    pv_error error = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(pv_statistics_add_row(&statistics, &rows[i], &error));
    pv_statistics_terminal(&fixture->out, &fixture->style, &statistics);
    assert_written(fixture, "Rule                   passed    failed    review       n/a undecided       work\n"
                            "r.9                         1         0         0         0         0          0\n"
                            "r.10                        1         2         3         4         5     123456\n"
                            "r.a-name-that-is-l…         0         0         0         0         0          0\n"
                            "all                         2         2         3         4         5     123456\n\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_each_rule_is_counted_by_its_id, report_setup, report_teardown),
        cmocka_unit_test_setup_teardown(test_parts_in_any_order_are_the_whole, report_setup, report_teardown),
        cmocka_unit_test_setup_teardown(test_a_table_for_the_terminal, report_setup, report_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
