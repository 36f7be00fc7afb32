/* What a case expects held against verdicts made by hand. */
#include "arena_fixture.h"

#include "run/cases.h"

static const pv_rule first_rule = {.id = PV_STR("a.first")};
static const pv_rule second_rule = {.id = PV_STR("a.second")};

static pv_verdict verdict_at(const pv_rule *rule, pv_state state, uint32_t start, uint32_t end) {
    return (pv_verdict){
        .rule = rule,
        .subject = {.kind = PV_SUBJECT_SUBMISSION},
        .outcome.state = state,
        .outcome.at = {{start, end}, false},
        .outcome.has_at = true,
    };
}

static pv_source *source_of(arena_fixture *fixture, pv_str bytes) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("case.yaml"), bytes, &limits, &fixture->error));
    return source;
}

static pv_case_match match(arena_fixture *fixture, const char *text, const pv_verdict *verdicts, size_t count,
                           const char *pattern) {
    pv_case read;
    pv_case_match out;
    pv_source *file = source_of(fixture, pv_str_from(text));
    const pv_results results = {.verdicts = verdicts, .verdict_count = count};
    assert_true(pv_case_read(&read, fixture->arena, file, &fixture->error));
    assert_true(pv_case_compare(&out, fixture->arena, &read, source_of(fixture, read.bytes), &results,
                                pv_str_from(pattern), &fixture->error));
    return out;
}

static void test_words_state_and_rule_must_all_agree(void **state) {
    static const char text[] = "a: two words\n#  ^^^ a.first: fail\n";
    const struct {
        pv_verdict verdict;
        size_t differences;
    } trials[] = {
        {verdict_at(&first_rule, PV_STATE_FAIL, 3, 6), 0},
        {verdict_at(&first_rule, PV_STATE_FAIL, 3, 7), 0}, /* blanks at the end have no caret */
        {verdict_at(&first_rule, PV_STATE_FAIL, 3, 12), 1},
        {verdict_at(&first_rule, PV_STATE_FAIL, 4, 6), 1},
        {verdict_at(&first_rule, PV_STATE_REVIEW, 3, 6), 1},
        {verdict_at(&second_rule, PV_STATE_FAIL, 3, 6), 2}, /* one unmet, one unexpected */
    };
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++)
        assert_int_equal(match(*state, text, &trials[i].verdict, 1, "").differences, trials[i].differences);
}

static void test_the_day_it_is_due_must_agree_where_it_is_named(void **state) {
    static const char text[] = "a: two words\n#  ^^^ a.first: fail due 2024-02-29\n";
    pv_verdict verdict = verdict_at(&first_rule, PV_STATE_FAIL, 3, 6);
    assert_int_equal(match(*state, text, &verdict, 1, "").differences, 1);
    verdict.outcome.has_due = true;
    verdict.outcome.due = (pv_date){2024, 2, 28};
    assert_int_equal(match(*state, text, &verdict, 1, "").differences, 1);
    verdict.outcome.due.day = 29;
    assert_int_equal(match(*state, text, &verdict, 1, "").differences, 0);
    assert_int_equal(match(*state, "a: two words\n#  ^^^ a.first: fail\n", &verdict, 1, "").differences, 0);
}

static void test_of_several_lines_the_first_is_marked(void **state) {
    const pv_verdict verdict = verdict_at(&first_rule, PV_STATE_FAIL, 3, 10);
    assert_int_equal(match(*state, "a: one\n#  ^^^ a.first: fail\n   two\n", &verdict, 1, "").differences, 0);
}

static void test_absence_is_not_the_same_as_words(void **state) {
    static const char text[] = "a: b\n#   ^ a.first: fail expected here\n";
    pv_verdict verdict = verdict_at(&first_rule, PV_STATE_FAIL, 4, 4);
    assert_int_equal(match(*state, text, &verdict, 1, "").differences, 1);
    verdict.outcome.at.expected_here = true;
    assert_int_equal(match(*state, text, &verdict, 1, "").differences, 0);
}

static void test_an_arrow_asks_only_for_the_start(void **state) {
    const pv_verdict verdict = verdict_at(&first_rule, PV_STATE_FAIL, 0, 4);
    assert_int_equal(match(*state, "a: b\n# <- a.first: fail\n", &verdict, 1, "").differences, 0);
}

/* The one that names a place must not lose its finding to the one that names none, whatever their order. */
static void test_precise_expectations_choose_first(void **state) {
    const pv_verdict verdicts[] = {
        verdict_at(&first_rule, PV_STATE_FAIL, 3, 6),
        verdict_at(&first_rule, PV_STATE_FAIL, 7, 12),
    };
    pv_case_match out = match(*state, "# a.first: fail\na: two words\n#  ^^^ a.first: fail\n", verdicts, 2, "");
    assert_int_equal(out.differences, 0);
    assert_int_equal(out.row_count, 2);
}

static void test_one_finding_meets_one_expectation(void **state) {
    const pv_verdict verdict = verdict_at(&first_rule, PV_STATE_FAIL, 3, 6);
    pv_case_match out = match(*state, "# a.first: fail\n# a.first: fail\na: two words\n", &verdict, 1, "");
    assert_int_equal(out.differences, 1);
}

static void test_what_is_no_finding_need_not_be_expected(void **state) {
    const pv_verdict verdicts[] = {
        verdict_at(&first_rule, PV_STATE_PASS, 3, 6),
        verdict_at(&first_rule, PV_STATE_NOT_APPLICABLE, 3, 6),
        verdict_at(&first_rule, PV_STATE_NOT_CHECKED, 3, 6),
    };
    pv_case_match out = match(*state, "a: two words\n", verdicts, 3, "");
    assert_int_equal(out.row_count, 1);
    assert_ptr_equal(out.rows[0].actual, &verdicts[2]);
    assert_null(out.rows[0].expected);
}

static void test_an_unmet_expectation_stands_beside_the_nearest_verdict(void **state) {
    const pv_verdict verdicts[] = {
        verdict_at(&first_rule, PV_STATE_PASS, 0, 1),
        verdict_at(&first_rule, PV_STATE_FAIL, 8, 9), /* on the expectation's line */
        verdict_at(&second_rule, PV_STATE_FAIL, 8, 9),
    };
    pv_case_match out = match(*state, "a: b\nc: d\n#  ^ a.first: review\n#  ^ a.second: fail\n", verdicts, 3, "");
    assert_int_equal(out.row_count, 2);
    assert_false(out.rows[0].met);
    assert_ptr_equal(out.rows[0].actual, &verdicts[1]);
    assert_true(out.rows[1].met);
}

static void test_other_rules_are_left_out_on_both_sides(void **state) {
    const pv_verdict verdict = verdict_at(&second_rule, PV_STATE_FAIL, 3, 6);
    assert_int_equal(match(*state, "# a.first: fail\na: two words\n", &verdict, 1, "a.third").row_count, 0);
    assert_int_equal(match(*state, "# a.first: fail\na: two words\n", &verdict, 1, "a.s*").differences, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_words_state_and_rule_must_all_agree),
        arena_test(test_the_day_it_is_due_must_agree_where_it_is_named),
        arena_test(test_of_several_lines_the_first_is_marked),
        arena_test(test_absence_is_not_the_same_as_words),
        arena_test(test_an_arrow_asks_only_for_the_start),
        arena_test(test_precise_expectations_choose_first),
        arena_test(test_one_finding_meets_one_expectation),
        arena_test(test_what_is_no_finding_need_not_be_expected),
        arena_test(test_an_unmet_expectation_stands_beside_the_nearest_verdict),
        arena_test(test_other_rules_are_left_out_on_both_sides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
