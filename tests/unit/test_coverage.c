/* Outcomes and lines counted, and the shares of them. */
#include "arena_fixture.h"

#include "run/coverage.h"

static const pv_rule rules[] = {{.id = PV_STR("a.first")}, {.id = PV_STR("a.second")}, {.id = PV_STR("b.third")}};

static pv_coverage coverage_of(arena_fixture *fixture, const char *pattern) {
    static const pv_manifest manifest = {.id = PV_STR("pack")};
    pv_ruleset ruleset = {.rules = rules, .rule_count = 3};
    const pv_pack pack = {.manifest = &manifest, .ruleset = &ruleset};
    pv_coverage coverage;
    assert_true(pv_coverage_begin(&coverage, fixture->arena, &pack, pv_str_from(pattern), &fixture->error));
    return coverage;
}

static void test_only_selected_rules_are_covered(void **state) {
    pv_coverage coverage = coverage_of(*state, "a.*");
    assert_int_equal(coverage.rule_count, 2);
    pv_coverage_note(&coverage, &rules[2], PV_STATE_PASS); /* passed over */
    pv_coverage_note(&coverage, &rules[1], PV_STATE_FAIL);
    assert_int_equal(coverage.rules[1].seen[PV_STATE_FAIL], 1);
    assert_true(pv_coverage_is_untested(&coverage.rules[0]));
    assert_false(pv_coverage_is_untested(&coverage.rules[1]));
}

static void test_a_rule_that_never_applied_is_untested(void **state) {
    pv_coverage coverage = coverage_of(*state, "");
    pv_coverage_note(&coverage, &rules[0], PV_STATE_NOT_APPLICABLE);
    pv_coverage_note(&coverage, &rules[0], PV_STATE_NOT_CHECKED); /* no outcome of the rule's */
    assert_true(pv_coverage_is_untested(&coverage.rules[0]));
}

/* Three outcomes are asked for: one was seen, and one that nobody asked for does not make up for the others. */
static void test_the_share_is_of_what_is_asked(void **state) {
    pv_coverage coverage = coverage_of(*state, "a.first");
    coverage.rules[0].asked[PV_STATE_PASS] = true;
    coverage.rules[0].asked[PV_STATE_FAIL] = true;
    coverage.rules[0].asked[PV_STATE_NOT_APPLICABLE] = true;
    pv_coverage_note(&coverage, &rules[0], PV_STATE_PASS);
    pv_coverage_note(&coverage, &rules[0], PV_STATE_PASS);
    pv_coverage_note(&coverage, &rules[0], PV_STATE_REVIEW);
    pv_share share = pv_coverage_outcomes(&coverage);
    assert_int_equal(share.covered, 1);
    assert_int_equal(share.all, 3);
    assert_true(pv_share_reaches(share, 33)); /* 33.3% */
    assert_false(pv_share_reaches(share, 34));
    assert_true(pv_share_reaches((pv_share){0, 0}, 100));
}

static void test_lines_without_code_do_not_count(void **state) {
    static const uint8_t lines[] = {PV_LINE_WITHOUT_CODE, PV_LINE_RUN, PV_LINE_MISSED, PV_LINE_RUN};
    static const pv_source source = {.line_count = 4};
    const pv_file_coverage file = {&source, lines};
    pv_coverage coverage = coverage_of(*state, "");
    coverage.files = &file;
    coverage.file_count = 1;
    pv_share share = pv_coverage_lines(&coverage);
    assert_int_equal(share.covered, 2);
    assert_int_equal(share.all, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_only_selected_rules_are_covered),
        arena_test(test_a_rule_that_never_applied_is_untested),
        arena_test(test_the_share_is_of_what_is_asked),
        arena_test(test_lines_without_code_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
