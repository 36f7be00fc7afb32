/* What a changed pack does: its rules, findings, and the sums of both. */
#include "report_fixture.h"

#include "report/other/impact.h"

static const pv_str former[] = {PV_STR("demo.old")};
static const pv_rule rules_before[] = {
    {.id = PV_STR("demo.gone"), .level = PV_LEVEL_ERROR},
    {.id = PV_STR("demo.level"), .level = PV_LEVEL_ERROR},
    {.id = PV_STR("demo.old"), .level = PV_LEVEL_ERROR},
    {.id = PV_STR("demo.same"), .level = PV_LEVEL_NOTE},
};
static const pv_rule rules_after[] = {
    {.id = PV_STR("demo.added"), .level = PV_LEVEL_NOTE},
    {.id = PV_STR("demo.level"), .level = PV_LEVEL_WARNING},
    {.id = PV_STR("demo.new"), .level = PV_LEVEL_ERROR, .replaces = former, .replaces_count = 1},
    {.id = PV_STR("demo.same"), .level = PV_LEVEL_NOTE},
};
static pv_ruleset set_before = {.rules = rules_before, .rule_count = 4};
static pv_ruleset set_after = {.rules = rules_after, .rule_count = 4};
static const pv_pack pack_before = {.manifest = &report_manifest, .ruleset = &set_before};
static const pv_pack pack_after = {.manifest = &report_manifest, .ruleset = &set_after};

static pv_rule_changes changes_of(report_fixture *fixture, const char *pattern) {
    pv_rule_changes changes;
    assert_true(pv_rule_changes_between(&changes, fixture->base.arena, &pack_before, &pack_after, PV_MODE_GATE,
                                        pv_str_from(pattern), &fixture->base.error));
    return changes;
}

static void test_what_became_of_rules(void **state) {
    pv_rule_changes changes = changes_of(*state, "");
    assert_int_equal(changes.count, 4);
    assert_int_equal(changes.list[0].kind, PV_RULE_ADDED);
    assert_str(changes.list[0].after->id, "demo.added");
    assert_null(changes.list[0].before);
    assert_int_equal(changes.list[1].kind, PV_RULE_REMOVED);
    assert_str(changes.list[1].before->id, "demo.gone");
    assert_null(changes.list[1].after);
    assert_int_equal(changes.list[2].kind, PV_RULE_REPLACED);
    assert_str(changes.list[2].before->id, "demo.old");
    assert_str(changes.list[2].after->id, "demo.new");
    assert_int_equal(changes.list[3].kind, PV_RULE_LEVEL);
    assert_int_equal(changes.list[3].level_before, PV_LEVEL_ERROR);
    assert_int_equal(changes.list[3].level_after, PV_LEVEL_WARNING);
    /* Either name finds what was replaced. */
    assert_int_equal(changes_of(*state, "demo.old").count, 1);
    assert_int_equal(changes_of(*state, "demo.new").count, 1);
    assert_int_equal(changes_of(*state, "demo.same").count, 0);
}

static pv_impact_kind impact_of(pv_state before, pv_state after, pv_change_kind kind) {
    const pv_verdict_entry was = {.state = before};
    const pv_verdict_entry is = {.state = after};
    const pv_change change = {.kind = kind, .before = &was, .after = &is};
    return pv_impact_of(&change);
}

static void test_what_a_change_means(void **state) {
    (void)state;
    assert_int_equal(impact_of(PV_STATE_PASS, PV_STATE_FAIL, PV_CHANGE_FAILING), PV_IMPACT_NEW);
    assert_int_equal(impact_of(PV_STATE_NOT_APPLICABLE, PV_STATE_REVIEW, PV_CHANGE_REVIEW), PV_IMPACT_NEW);
    assert_int_equal(impact_of(PV_STATE_REVIEW, PV_STATE_FAIL, PV_CHANGE_FAILING), PV_IMPACT_CHANGED);
    assert_int_equal(impact_of(PV_STATE_FAIL, PV_STATE_FAIL, PV_CHANGE_LEVEL), PV_IMPACT_CHANGED);
    assert_int_equal(impact_of(PV_STATE_FAIL, PV_STATE_FAIL, PV_CHANGE_NONE), PV_IMPACT_NONE);
    assert_int_equal(impact_of(PV_STATE_FAIL, PV_STATE_PASS, PV_CHANGE_PASSING), PV_IMPACT_GONE);
    assert_int_equal(impact_of(PV_STATE_FAIL, PV_STATE_NOT_APPLICABLE, PV_CHANGE_NOT_APPLICABLE), PV_IMPACT_GONE);
    assert_int_equal(impact_of(PV_STATE_PASS, PV_STATE_NOT_APPLICABLE, PV_CHANGE_NOT_APPLICABLE), PV_IMPACT_NONE);
    assert_int_equal(impact_of(PV_STATE_PASS, PV_STATE_PASS, PV_CHANGE_WORDING), PV_IMPACT_NONE);
}

/* The first response fails now and the second passes, of the fixture's pack compared with itself. */
static void test_the_sums(void **state) {
    report_fixture *fixture = *state;
    pv_verdict before[2];
    pv_changes found;
    pv_impact impact;
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "too long");
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_PASS, "three", "");
    memcpy(before, fixture->verdicts, sizeof before);
    before[0].outcome.state = PV_STATE_PASS;
    before[1].outcome.state = PV_STATE_FAIL;
    const pv_results was = {.verdicts = before, .verdict_count = 2};
    pv_report_input first = fixture->input;
    first.results = &was;
    assert_true(pv_changes_of(&found, fixture->base.arena, &was, &fixture->results, &fixture->base.error));
    const pv_report_comparison comparison = {&found, &first, &fixture->input};
    fixture->input.comparison = &comparison;
    const pv_impact_setting setting = {.version = PV_STR("0.1.0"), .before = &fixture->pack, .after = &fixture->pack};
    assert_true(pv_impact_init(&impact, &fixture->base.memory, &setting, &fixture->base.error));
    pv_impact_answer(&fixture->out, &impact);
    assert_str(pv_buf_str(&fixture->out), "0 submissions: no finding changes");
    assert_true(pv_impact_add(&impact, &fixture->input, &fixture->base.error));
    assert_true(pv_impact_add(&impact, &fixture->input, &fixture->base.error));
    assert_true(pv_impact_end(&impact, &fixture->base.error));
    pv_buf_reset(&fixture->out);
    pv_impact_answer(&fixture->out, &impact);
    assert_str(pv_buf_str(&fixture->out), "2 submissions: 2 findings are new, 2 are gone");
    assert_int_equal(impact.rule_count, 1);
    assert_int_equal(impact.rules[0].counts[PV_IMPACT_NEW], 2);
    assert_int_equal(impact.subject_count, 1);
    assert_str(impact.subjects[0].name, "1.1");
    assert_int_equal(impact.subjects[0].counts[PV_IMPACT_GONE], 2);
    /* New before gone. */
    assert_int_equal(impact.changes.items[1].impact, PV_IMPACT_NEW);
    assert_int_equal(impact.changes.items[2].impact, PV_IMPACT_GONE);
    assert_str(impact.changes.items[0].is, "fail: too long");
    pv_impact_clear(&impact);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        report_test(test_what_became_of_rules),
        report_test(test_what_a_change_means),
        report_test(test_the_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
