/* The verdicts on a document with its tracked changes accepted, and on the same without them. */
#include "report_fixture.h"

#include "run/changes.h"

/* What is in the fixture becomes what the document comes to without its changes. */
static pv_results set_aside(report_fixture *fixture, pv_verdict *original) {
    memcpy(original, fixture->verdicts, sizeof fixture->verdicts);
    const pv_results results = {.verdicts = original, .verdict_count = fixture->results.verdict_count};
    fixture->results.verdict_count = 0;
    return results;
}

static void verdicts_that_differ_say_so(void **state) {
    report_fixture *fixture = *state;
    pv_verdict original[MAX_VERDICTS];
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "6 words; at most 5");
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_PASS, "one two three", "3 words");
    add_response_verdict(fixture, 2, RULE_LIMIT, PV_STATE_FAIL, "county", "7 words; at most 5");
    add_measure_verdict(fixture, 1, RULE_PARTNERS, PV_STATE_NOT_APPLICABLE, "1.2", "none");
    add_measure_verdict(fixture, 2, RULE_PARTNERS, PV_STATE_NOT_APPLICABLE, "1.2", "none");
    add_verdict(fixture, RULE_WHOLE, PV_STATE_PASS, "demo", "it is");
    const pv_results without = set_aside(fixture, original);
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_PASS, "one two three four five six", "5 words");
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_FAIL, "three", "12 words; at most 10");
    add_response_verdict(fixture, 2, RULE_LIMIT, PV_STATE_FAIL, "county", "8 words; at most 5");
    add_measure_verdict(fixture, 1, RULE_PARTNERS, PV_STATE_PASS, "1.2", "named");
    add_measure_verdict(fixture, 2, RULE_PARTNERS, PV_STATE_FAIL, "1.2", "not named");
    add_verdict(fixture, RULE_WHOLE, PV_STATE_PASS, "demo", "it is");
    assert_true(
        pv_run_join_views(&fixture->results, fixture->base.arena, &without, fixture->submission, &fixture->base.error));
    const pv_verdict *verdicts = fixture->results.verdicts;
    static const pv_state expected[] = {PV_STATE_REVIEW, PV_STATE_REVIEW, PV_STATE_FAIL,
                                        PV_STATE_PASS,   PV_STATE_REVIEW, PV_STATE_PASS};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_int_equal(verdicts[i].outcome.state, expected[i]);
    assert_str(verdicts[0].outcome.message,
               "passes with the tracked changes accepted, fails without them: 6 words; at most 5");
    assert_covers(fixture->submission->source, verdicts[0].outcome.related[0].at.span, "six");
    assert_str(verdicts[0].outcome.working[0], "with the tracked changes accepted: pass: 5 words");
    assert_str(verdicts[0].outcome.working[1], "without them: fail: 6 words; at most 5");
    assert_str(verdicts[1].outcome.message,
               "fails with the tracked changes accepted, passes without them: 12 words; at most 10");
    assert_int_equal(verdicts[1].outcome.related_count, 0);
    assert_str(verdicts[2].outcome.message, "8 words; at most 5");
    assert_str(verdicts[2].outcome.working[1], "without them: fail: 7 words; at most 5");
    assert_int_equal(verdicts[3].outcome.working_count, 0);
    assert_str(verdicts[4].outcome.message,
               "fails with the tracked changes accepted, does not apply without them: not named");
    assert_int_equal(verdicts[5].outcome.working_count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        report_test(verdicts_that_differ_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
