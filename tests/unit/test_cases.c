/* Expectations taken out of a case's text: what they name, where they stand, and what is wrong with a bad one. */
#include "arena_fixture.h"

#include <string.h>

#include "run/cases.h"

static bool try_case(arena_fixture *fixture, const char *text, pv_case *out) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    fixture->error = (pv_error){0};
    assert_true(
        pv_source_new(&source, fixture->arena, PV_STR("case.yaml"), pv_str_from(text), &limits, &fixture->error));
    return pv_case_read(out, fixture->arena, source, false, &fixture->error);
}

static pv_case case_of(arena_fixture *fixture, const char *text) {
    pv_case read;
    if (!try_case(fixture, text, &read))
        fail_msg("at byte %u: %s", fixture->error.where.start, fixture->error.message);
    return read;
}

static void assert_marked(const pv_case *read, size_t index, const char *words) {
    pv_span span = read->expectations[index].span;
    assert_str(pv_str_slice(read->bytes, span.start, span.end), words);
}

static void test_expectations_are_taken_out_and_all_else_stays(void **state) {
    pv_case read = case_of(*state, "# rules: a.*\n"
                                   "a: >-\n"
                                   "  one\n"
                                   "  #^ a.b: fail\n"
                                   "  two\r\n"
                                   "# just a remark: it stays\n"
                                   "b: 1");
    assert_str(read.bytes, "# rules: a.*\na: >-\n  one\n  two\r\n# just a remark: it stays\nb: 1");
    assert_str(read.rules, "a.*");
    assert_int_equal(read.expectation_count, 1);
    assert_marked(&read, 0, "n"); /* the "#" stands under "o" */
}

static void test_a_case_may_name_its_day(void **state) {
    pv_case read =
        case_of(*state, "# as-of: 2022-07-01\n# rules: a.*\na: 1\n# as-of: no day, and no header any more\n");
    assert_true(read.has_as_of);
    assert_int_equal(read.as_of.year, 2022);
    assert_int_equal(read.as_of.month, 7);
    assert_int_equal(read.as_of.day, 1);
    assert_str(read.as_of_text, "2022-07-01");
    assert_false(case_of(*state, "a: 1\n").has_as_of);
}

static void test_a_day_that_is_none_is_refused(void **state) {
    arena_fixture *fixture = *state;
    pv_case read;
    assert_false(try_case(fixture, "# as-of: 2022-02-30\na: 1\n", &read));
    assert_string_equal(fixture->error.message,
                        "\"as-of:\" is followed by a day: there is no such day in the calendar");
    assert_int_equal(fixture->error.where.start, 2); /* from "as-of" on */
    assert_false(try_case(fixture, "# as-of: 2022-02-28\n# as-of: 2022-03-01\na: 1\n", &read));
    assert_int_equal(fixture->error.where.start, 22); /* the second: 20 bytes and "# " */
}

static void test_lines_know_where_they_came_from(void **state) {
    pv_case read = case_of(*state, "a: b\n#  ^ a.b: fail\n#  ^ a.c: fail\nc: d\n");
    assert_int_equal(pv_case_position(&read, (pv_position){1, 3}).line, 1);
    assert_int_equal(pv_case_position(&read, (pv_position){2, 3}).line, 4);
    assert_int_equal(pv_case_position(&read, (pv_position){2, 3}).column, 3);
    assert_int_equal(pv_case_position(&read, (pv_position){0, 0}).line, 0);
    assert_int_equal(read.expectations[1].line, 3);
    assert_marked(&read, 0, "b");
    assert_marked(&read, 1, "b");
}

static void test_what_an_expectation_names(void **state) {
    pv_case read = case_of(*state, "a: word\n"
                                   "#  ^^^^ x.first: review for allocation 2\n"
                                   "#      ^ x.second: fail expected here for the submission\n"
                                   "# <- x.third: pass\n"
                                   "# x.fourth: not-applicable for measure 1.1\n"
                                   "# plain: fail\n");
    assert_int_equal(read.expectation_count, 5);
    const pv_expectation *expected = read.expectations;
    assert_str(expected[0].rule, "x.first");
    assert_int_equal(expected[0].state, PV_STATE_REVIEW);
    assert_int_equal(expected[0].place, PV_EXPECTED_WORDS);
    assert_str(expected[0].subject, "allocation 2");
    assert_marked(&read, 0, "word");
    assert_true(expected[1].expected_here);
    assert_str(expected[1].subject, "the submission");
    assert_int_equal(expected[1].span.start, 7);
    assert_int_equal(expected[1].span.end, 7);
    assert_int_equal(expected[2].place, PV_EXPECTED_START);
    assert_int_equal(expected[2].span.start, 0);
    assert_int_equal(expected[3].place, PV_EXPECTED_ANYWHERE);
    assert_int_equal(expected[3].state, PV_STATE_NOT_APPLICABLE);
    assert_str(expected[3].subject, "measure 1.1");
    assert_str(expected[4].rule, "plain");
}

static void test_an_expectation_may_name_the_day_it_is_due(void **state) {
    pv_case read = case_of(*state, "a: word\n"
                                   "#  ^^^^ x.first: review for allocation 2 due 2024-02-29\n"
                                   "#      ^ x.second: fail expected here due 2024-09-30\n"
                                   "# x.third: pass due 2024-12-31\n"
                                   "# x.fourth: pass for residue 2\n");
    const pv_expectation *expected = read.expectations;
    assert_str(expected[0].subject, "allocation 2");
    assert_true(expected[0].has_due);
    assert_int_equal(pv_date_compare(expected[0].due, (pv_date){2024, 2, 29}), 0);
    assert_true(expected[1].expected_here);
    assert_int_equal(pv_date_compare(expected[1].due, (pv_date){2024, 9, 30}), 0);
    assert_int_equal(pv_date_compare(expected[2].due, (pv_date){2024, 12, 31}), 0);
    assert_str(expected[3].subject, "residue 2"); /* no word of its own */
    assert_false(expected[3].has_due);
    arena_fixture *fixture = *state;
    assert_false(try_case(fixture, "a: word\n# x.first: pass due 2023-02-29\n", &read));
    assert_string_equal(fixture->error.message, "\"due\" is followed by a day: there is no such day in the calendar");
}

/* A wide character takes two columns, a combining mark none, and belongs to what it stands on. */
static void test_carets_stand_under_columns(void **state) {
    pv_case wide = case_of(*state, "a: 漢字 x\n#  ^^^^ a.b: fail\n#       ^ a.b: fail\n");
    assert_marked(&wide, 0, "漢字");
    assert_marked(&wide, 1, "x");
    pv_case marks = case_of(*state, "a: cafe\xCC\x81 b\n#     ^ a.b: fail\n#       ^ a.b: fail\n");
    assert_marked(&marks, 0, "e\xCC\x81");
    assert_marked(&marks, 1, "b");
    pv_case tabs = case_of(*state, "a:\tb\n#\t ^ a.b: fail\n");
    assert_marked(&tabs, 0, "b");
}

static void test_several_lines_of_rules_add_up(void **state) {
    pv_case read = case_of(*state, "# rules: a.*\n# rules: {b,c}.d\na: b\n");
    assert_str(read.rules, "{a.*,{b,c}.d}");
    assert_int_equal(read.rule_line_count, 2);
}

static void test_prose_is_no_expectation(void **state) {
    pv_case read = case_of(
        *state, "# Note: the county is wrong.\n# e.g.: nothing\n# 1.2.6: an id is no rule's\n# see a.b\na: b\n");
    assert_int_equal(read.expectation_count, 0);
    assert_int_equal(read.line_count, 6); /* five, and the empty one after the last line feed */
}

static void assert_fault(arena_fixture *fixture, const char *text, unsigned start, const char *message) {
    pv_case read;
    assert_false(try_case(fixture, text, &read));
    assert_int_equal(fixture->error.code, PV_ERROR_SHAPE);
    assert_int_equal(fixture->error.where.start, start);
    if (!strstr(fixture->error.message, message))
        fail_msg("%s", fixture->error.message);
}

static void test_faults_have_their_place(void **state) {
    assert_fault(*state, "a: b\n#   ^ a.b: fail\n", 9, "under nothing");                  /* one column past the end */
    assert_fault(*state, "a: b\n#     ^ a.b: fail expected here\n", 11, "under nothing"); /* two past the end */
    assert_fault(*state, "a: b\n# ^ a.b: fail\n", 7, "under nothing");                    /* under a blank */
    assert_fault(*state, "a: 漢\n#   ^ a.b: fail\n", 11, "under nothing");                /* under half a character */
    assert_fault(*state, "# ^ a.b: fail\na: b\n", 2, "under nothing");                    /* under no line */
    assert_fault(*state, "a: bc\n#  ^^ a.b: fail expected here\n", 9, "one caret, not 2");
    assert_fault(*state, "a: b\n#  ^ a.b fail\n", 5, "RULE: STATE");
    assert_fault(*state, "a: b\n#  ^ a.b: fial\n", 15, "did you mean fail");
    assert_fault(*state, "a: b\n#  ^ a.b: not-checked\n", 15, "no state");
    assert_fault(*state, "a: b\n#  ^ a.b: fail soon\n", 19, "RULE: STATE");
    assert_fault(*state, "# a.b: fail expected here\n", 2, "needs a caret");
    assert_fault(*state, "# rules: a\n# rules:\n", 13, "pattern");
    assert_fault(*state, "# rules:\n", 2, "pattern");
}

static bool read_once(pv_arena *arena, pv_error *error) {
    static const pv_str text = {"# rules: a.*\na: b\n#  ^ a.b: fail\n", 33};
    pv_limits limits = pv_limits_default();
    pv_source *source;
    pv_case read;
    return pv_source_new(&source, arena, PV_STR("case.yaml"), text, &limits, error) &&
           pv_case_read(&read, arena, source, false, error);
}

static void test_every_refused_allocation_is_an_error(void **state) {
    (void)state;
    assert_survives_refused_memory(read_once);
}

/* ---- held against verdicts ---- */

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
    assert_true(pv_case_read(&read, fixture->arena, file, false, &fixture->error));
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
        arena_test(test_expectations_are_taken_out_and_all_else_stays),
        arena_test(test_a_case_may_name_its_day),
        arena_test(test_a_day_that_is_none_is_refused),
        arena_test(test_lines_know_where_they_came_from),
        arena_test(test_what_an_expectation_names),
        arena_test(test_an_expectation_may_name_the_day_it_is_due),
        arena_test(test_carets_stand_under_columns),
        arena_test(test_several_lines_of_rules_add_up),
        arena_test(test_prose_is_no_expectation),
        arena_test(test_faults_have_their_place),
        cmocka_unit_test(test_every_refused_allocation_is_an_error),
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
