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
    return pv_case_read(out, fixture->arena, source, &fixture->error);
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
    assert_string_equal(fixture->error.message, "\"as-of:\" is followed by a day, as in 2022-07-01");
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
    assert_string_equal(fixture->error.message, "\"due\" is followed by a day, as in due 2022-07-01");
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
    assert_fault(*state, "# rules: a\n# rules: b\n", 13, "twice");
    assert_fault(*state, "# rules:\n", 2, "pattern");
}

static bool read_once(pv_arena *arena, pv_error *error) {
    static const pv_str text = {"# rules: a.*\na: b\n#  ^ a.b: fail\n", 33};
    pv_limits limits = pv_limits_default();
    pv_source *source;
    pv_case read;
    return pv_source_new(&source, arena, PV_STR("case.yaml"), text, &limits, error) &&
           pv_case_read(&read, arena, source, error);
}

static void test_every_refused_allocation_is_an_error(void **state) {
    (void)state;
    assert_survives_refused_memory(read_once);
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
        arena_test(test_prose_is_no_expectation),
        arena_test(test_faults_have_their_place),
        cmocka_unit_test(test_every_refused_allocation_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
