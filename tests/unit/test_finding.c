#include "report_fixture.h"

#include "report/verdicts/finding.h"

static void test_a_path_of_the_folder_worked_in(void **state) {
    (void)state;
    assert_str(pv_path_relative(PV_STR("./a.yaml")), "a.yaml");
    assert_str(pv_path_relative(PV_STR(".//./a/./b.yaml")), "a/./b.yaml");
    assert_str(pv_path_relative(PV_STR("../a.yaml")), "../a.yaml");
    assert_str(pv_path_relative(PV_STR(".hidden")), ".hidden");
    assert_str(pv_path_relative(PV_STR("/a")), "/a");
    assert_str(pv_path_relative(PV_STR("-")), "-");
    assert_str(pv_path_relative(PV_STR("./")), "./");
    assert_str(pv_path_relative(PV_STR("")), "");
}

static void test_equal_keys_are_numbered_in_order(void **state) {
    report_fixture *fixture = *state;
    const uint64_t keys[] = {7, 3, 7, UINT64_MAX, 7, 3};
    const size_t expected[] = {1, 1, 2, 1, 3, 2};
    const size_t *ordinals = pv_finding_ordinals(keys, 6, fixture->base.arena);
    assert_non_null(ordinals);
    assert_memory_equal(ordinals, expected, sizeof expected);
    assert_non_null(pv_finding_ordinals(keys, 0, fixture->base.arena));
}

static void assert_sentence(report_fixture *fixture, const pv_verdict *verdict, const char *expected) {
    pv_buf_reset(&fixture->out);
    pv_finding_sentence(&fixture->out, verdict, fixture->base.arena);
    assert_written(fixture, expected);
}

static void test_a_sentence_names_its_subject(void **state) {
    report_fixture *fixture = *state;
    assert_sentence(fixture, add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "6 words"),
                    "1.1.1: 6 words");
    assert_sentence(fixture, add_measure_verdict(fixture, 1, RULE_PARTNERS, PV_STATE_PASS, "county", ""),
                    "measure 1.2: The partners are named");
    assert_sentence(fixture, add_verdict(fixture, RULE_WHOLE, PV_STATE_FAIL, "form", "a part is missing"),
                    "a part is missing");
}

/* Not checked first, then errors before warnings, failures before reviews. */
static void test_findings_come_in_the_order_of_reading(void **state) {
    report_fixture *fixture = *state;
    const pv_verdict *warning = add_measure_verdict(fixture, 1, RULE_PARTNERS, PV_STATE_FAIL, "county", "w");
    add_verdict(fixture, RULE_WHOLE, PV_STATE_PASS, "form", "p");
    const pv_verdict *review = add_verdict(fixture, RULE_WHOLE, PV_STATE_REVIEW, "form", "r");
    const pv_verdict *failure = add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "f");
    const pv_verdict *open = add_measure_verdict(fixture, 0, RULE_PARTNERS, PV_STATE_NOT_CHECKED, "one", "o");
    size_t count;
    const pv_verdict **sorted = pv_findings_sorted(&fixture->results, fixture->base.arena, &count);
    assert_non_null(sorted);
    assert_int_equal(count, 4);
    assert_ptr_equal(sorted[0], open);
    assert_ptr_equal(sorted[1], failure);
    assert_ptr_equal(sorted[2], review);
    assert_ptr_equal(sorted[3], warning);
}

static void test_a_verdict_without_a_place_is_at_the_start(void **state) {
    report_fixture *fixture = *state;
    pv_verdict *verdict = add_verdict(fixture, RULE_WHOLE, PV_STATE_FAIL, "fields", "");
    assert_int_equal(pv_finding_start(&fixture->input, verdict).line, 2);
    assert_int_equal(pv_finding_end(&fixture->input, verdict).column, 7);
    verdict->outcome.has_at = false;
    assert_int_equal(pv_finding_start(&fixture->input, verdict).line, 1);
    assert_int_equal(pv_finding_end(&fixture->input, verdict).column, 1);
    assert_str(pv_finding_path(&fixture->input, verdict), "test.yaml");
}

static pv_verdict *unchecked(report_fixture *fixture, const pv_fault *fault) {
    pv_verdict *verdict = add_measure_verdict(fixture, 0, RULE_PARTNERS, PV_STATE_NOT_CHECKED, "one", "o");
    verdict->outcome.fault = fault;
    return verdict;
}

/* One fault: at one place of a rule, whatever it says there; a budget runs out wherever the rule is. */
static void test_verdicts_not_reached_share_a_fault(void **state) {
    report_fixture *fixture = *state;
    const pv_fault raised = {.message = PV_STR("a"), .path = PV_STR("r.lua"), .at = {9, 1}};
    const pv_fault other_words = {.message = PV_STR("b"), .path = PV_STR("r.lua"), .at = {9, 1}};
    const pv_fault elsewhere = {.message = PV_STR("a"), .path = PV_STR("r.lua"), .at = {10, 1}};
    const pv_fault spent = {.kind = PV_FAULT_FUEL, .path = PV_STR("r.lua"), .at = {9, 1}};
    const pv_fault spent_elsewhere = {.kind = PV_FAULT_FUEL, .path = PV_STR("r.lua"), .at = {10, 1}};
    const pv_verdict *first = unchecked(fixture, &elsewhere);
    const pv_verdict *second = unchecked(fixture, &raised);
    assert_false(pv_findings_share_fault(first, second));
    assert_true(pv_findings_share_fault(second, unchecked(fixture, &other_words)));
    const pv_verdict *budget = unchecked(fixture, &spent);
    assert_false(pv_findings_share_fault(second, budget));
    assert_true(pv_findings_share_fault(budget, unchecked(fixture, &spent_elsewhere)));
    const pv_verdict *failure = add_verdict(fixture, RULE_WHOLE, PV_STATE_FAIL, "form", "f");
    assert_false(pv_findings_share_fault(failure, failure));
    size_t count;
    const pv_verdict **sorted = pv_findings_sorted(&fixture->results, fixture->base.arena, &count);
    assert_non_null(sorted);
    assert_int_equal(count, 6);
    assert_ptr_equal(sorted[0], second); /* line 9 before line 10 */
    assert_ptr_equal(sorted[2], first);
    assert_ptr_equal(sorted[3], budget);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_path_of_the_folder_worked_in),
        report_test(test_equal_keys_are_numbered_in_order),
        report_test(test_a_sentence_names_its_subject),
        report_test(test_findings_come_in_the_order_of_reading),
        report_test(test_verdicts_not_reached_share_a_fault),
        report_test(test_a_verdict_without_a_place_is_at_the_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
