/* What changed between two days, of verdicts made by hand. */
#include "arena_fixture.h"

#include "run/changes.h"

static const pv_rule first_rule = {.id = PV_STR("a.first")};
static const pv_rule second_rule = {.id = PV_STR("a.second")};
/* The same rule of another opening of the pack. */
static const pv_rule first_again = {.id = PV_STR("a.first")};

static const pv_record_spec loans = {.name = PV_STR("loan")};
static const pv_record records[] = {{.spec = &loans, .number = 1}, {.spec = &loans, .number = 2}};

static pv_verdict verdict_on(const pv_rule *rule, size_t record, pv_state state, const char *message) {
    pv_verdict verdict = {
        .rule = rule,
        .subject = {.kind = PV_SUBJECT_SUBMISSION},
        .outcome.state = state,
        .outcome.message = pv_str_from(message),
        .outcome.has_at = true,
    };
    if (record > 0)
        verdict.subject = (pv_subject){.kind = PV_SUBJECT_RECORD, .record = &records[record - 1]};
    verdict.outcome.at.span.start = (uint32_t)(10 * record);
    return verdict;
}

static pv_changes compare(arena_fixture *fixture, const pv_verdict *before, size_t before_count,
                          const pv_verdict *after, size_t after_count) {
    const pv_results was = {.verdicts = before, .verdict_count = before_count};
    const pv_results is = {.verdicts = after, .verdict_count = after_count};
    pv_changes found;
    assert_true(pv_changes_of(&found, fixture->arena, &was, &is, &fixture->error));
    return found;
}

static void test_every_pair_of_states(void **state) {
    const pv_state P = PV_STATE_PASS;
    const pv_state F = PV_STATE_FAIL;
    const pv_state R = PV_STATE_REVIEW;
    const pv_state N = PV_STATE_NOT_APPLICABLE;
    const pv_state C = PV_STATE_NOT_CHECKED;
    const struct {
        pv_state before, after;
        pv_change_kind kind;
    } trials[] = {
        {P, P, PV_CHANGE_NONE},           {P, F, PV_CHANGE_FAILING},     {P, R, PV_CHANGE_REVIEW},
        {P, N, PV_CHANGE_NOT_APPLICABLE}, {P, C, PV_CHANGE_NOT_CHECKED}, {F, F, PV_CHANGE_NONE},
        {F, P, PV_CHANGE_PASSING},        {F, R, PV_CHANGE_REVIEW},      {F, N, PV_CHANGE_NOT_APPLICABLE},
        {R, P, PV_CHANGE_PASSING},        {R, F, PV_CHANGE_FAILING},     {N, N, PV_CHANGE_NONE},
        {N, P, PV_CHANGE_APPLICABLE},     {N, F, PV_CHANGE_FAILING},     {N, R, PV_CHANGE_REVIEW},
        {C, C, PV_CHANGE_NONE},           {C, P, PV_CHANGE_PASSING},     {C, N, PV_CHANGE_NOT_APPLICABLE},
    };
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        const pv_verdict before = verdict_on(&first_rule, 1, trials[i].before, "same");
        const pv_verdict after = verdict_on(&first_again, 1, trials[i].after, "same");
        pv_changes found = compare(*state, &before, 1, &after, 1);
        assert_int_equal(found.count, 1);
        assert_int_equal(found.list[0].kind, trials[i].kind);
        assert_int_equal(found.counts[trials[i].kind], 1);
        assert_int_equal(pv_changes_differing(&found), trials[i].kind != PV_CHANGE_NONE);
        assert_ptr_equal(found.list[0].before->verdict, &before);
        assert_ptr_equal(found.list[0].after->verdict, &after);
        assert_str(pv_change_entry(&found.list[0])->subject, "loan 1");
    }
}

static void test_a_rule_is_matched_with_what_replaces_it(void **state) {
    static const pv_str replaced[] = {PV_STR("a.gone"), PV_STR("a.first")};
    static const pv_rule third_rule = {.id = PV_STR("a.third"), .replaces = replaced, .replaces_count = 2};
    const pv_verdict before[] = {verdict_on(&first_rule, 1, PV_STATE_PASS, ""),
                                 verdict_on(&second_rule, 1, PV_STATE_PASS, "")};
    const pv_verdict after[] = {verdict_on(&second_rule, 1, PV_STATE_PASS, ""),
                                verdict_on(&third_rule, 1, PV_STATE_FAIL, "")};
    pv_changes found = compare(*state, before, 2, after, 2);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.counts[PV_CHANGE_NONE], 1);
    assert_int_equal(found.counts[PV_CHANGE_FAILING], 1);
    assert_ptr_equal(found.list[1].before->verdict, &before[0]);
    assert_ptr_equal(found.list[1].after->verdict, &after[1]);
    /* The other way round nothing is replaced: one rule came, and one went. */
    found = compare(*state, after, 2, before, 2);
    assert_int_equal(found.count, 3);
    assert_int_equal(found.counts[PV_CHANGE_APPLICABLE], 1);
    assert_int_equal(found.counts[PV_CHANGE_NOT_APPLICABLE], 1);
}

static void test_of_one_state_the_wording_may_differ(void **state) {
    pv_verdict before = verdict_on(&first_rule, 0, PV_STATE_REVIEW, "in 12 days");
    pv_verdict after = before;
    before.outcome.has_due = after.outcome.has_due = true;
    before.outcome.due = after.outcome.due = (pv_date){2024, 9, 30};
    assert_int_equal(compare(*state, &before, 1, &after, 1).counts[PV_CHANGE_NONE], 1);
    after.outcome.due.day = 29;
    assert_int_equal(compare(*state, &before, 1, &after, 1).counts[PV_CHANGE_WORDING], 1);
    after.outcome.has_due = false;
    assert_int_equal(compare(*state, &before, 1, &after, 1).counts[PV_CHANGE_WORDING], 1);
    after = before;
    after.outcome.message = PV_STR("in 5 days");
    assert_int_equal(compare(*state, &before, 1, &after, 1).counts[PV_CHANGE_WORDING], 1);
    after = before;
    after.level = PV_LEVEL_ERROR;
    assert_int_equal(compare(*state, &before, 1, &after, 1).counts[PV_CHANGE_LEVEL], 1);
    /* Of what passes, nobody is told a level. */
    before.outcome.state = after.outcome.state = PV_STATE_PASS;
    assert_int_equal(compare(*state, &before, 1, &after, 1).counts[PV_CHANGE_LEVEL], 0);
    after.outcome.message = before.outcome.message;
    assert_int_equal(compare(*state, &before, 1, &after, 1).counts[PV_CHANGE_NONE], 1);
    /* Why something does not apply may change from day to day. */
    before.outcome.state = PV_STATE_NOT_APPLICABLE;
    after.outcome.state = PV_STATE_NOT_APPLICABLE;
    after.outcome.message = PV_STR("the day is another");
    assert_int_equal(compare(*state, &before, 1, &after, 1).counts[PV_CHANGE_NONE], 1);
}

/* A rule that only one of two packs has. */
static void test_what_is_only_on_one_side(void **state) {
    const pv_verdict before[] = {
        verdict_on(&first_rule, 0, PV_STATE_FAIL, ""),
        verdict_on(&first_rule, 1, PV_STATE_NOT_APPLICABLE, ""),
    };
    const pv_verdict after[] = {
        verdict_on(&second_rule, 1, PV_STATE_PASS, ""),
        verdict_on(&second_rule, 2, PV_STATE_FAIL, ""),
    };
    pv_changes found = compare(*state, before, 2, after, 2);
    assert_int_equal(found.count, 4);
    assert_int_equal(found.list[0].kind, PV_CHANGE_NOT_APPLICABLE);
    assert_null(found.list[0].after);
    assert_ptr_equal(pv_change_entry(&found.list[0])->verdict, &before[0]);
    assert_int_equal(found.list[1].kind, PV_CHANGE_NONE); /* it did not apply, and is not there */
    assert_int_equal(found.list[2].kind, PV_CHANGE_APPLICABLE);
    assert_int_equal(found.list[3].kind, PV_CHANGE_FAILING);
    assert_null(found.list[3].before);
}

/* Several findings of one rule on one subject: the same words first, then in order. */
static void test_several_findings_of_one_rule(void **state) {
    pv_verdict before[] = {
        verdict_on(&first_rule, 0, PV_STATE_FAIL, "a"),
        verdict_on(&first_rule, 0, PV_STATE_FAIL, "b"),
        verdict_on(&first_rule, 0, PV_STATE_FAIL, "c"),
    };
    pv_verdict after[] = {
        verdict_on(&first_rule, 0, PV_STATE_FAIL, "b"),
        verdict_on(&first_rule, 0, PV_STATE_FAIL, "d"),
    };
    for (uint32_t i = 0; i < 3; i++) {
        before[i].fingerprint = 1 + i;
        before[i].order = i;
    }
    after[0].fingerprint = 2;
    after[1].fingerprint = 9;
    after[1].order = 1;
    pv_changes found = compare(*state, before, 3, after, 2);
    assert_int_equal(found.count, 3);
    assert_int_equal(found.counts[PV_CHANGE_NONE], 1);    /* b */
    assert_int_equal(found.counts[PV_CHANGE_WORDING], 1); /* a became d */
    assert_int_equal(found.counts[PV_CHANGE_PASSING], 1); /* c is gone */
}

/* By place, then by rule. */
static void test_order(void **state) {
    const pv_verdict after[] = {
        verdict_on(&second_rule, 1, PV_STATE_FAIL, ""),
        verdict_on(&first_rule, 2, PV_STATE_FAIL, ""),
        verdict_on(&first_rule, 1, PV_STATE_FAIL, ""),
    };
    pv_changes found = compare(*state, NULL, 0, after, 3);
    assert_ptr_equal(found.list[0].after->verdict, &after[2]);
    assert_ptr_equal(found.list[1].after->verdict, &after[0]);
    assert_ptr_equal(found.list[2].after->verdict, &after[1]);
}

/* What was read from a file has no verdict, and no order but its own; paths keep submissions apart. */
static void test_a_side_that_was_read(void **state) {
    arena_fixture *fixture = *state;
    pv_verdict now[] = {
        verdict_on(&first_rule, 1, PV_STATE_FAIL, "a"),
        verdict_on(&first_rule, 2, PV_STATE_FAIL, "a"),
        verdict_on(&second_rule, 1, PV_STATE_PASS, ""),
    };
    now[0].fingerprint = now[1].fingerprint = 7;
    pv_verdict_entry read[] = {
        {.path = PV_STR("a.yaml"), .rule = PV_STR("a.second"), .subject = PV_STR("loan 1"), .ordinal = 1},
        {.path = PV_STR("b.yaml"), .rule = PV_STR("a.first"), .subject = PV_STR("loan 1"), .fingerprint = 7},
        {.path = PV_STR("a.yaml"), .rule = PV_STR("a.first"), .subject = PV_STR("loan 3"), .fingerprint = 7},
    };
    read[0].state = PV_STATE_FAIL;
    read[1].ordinal = 1;
    read[2].ordinal = 2;
    const pv_verdict_entries was = {read, 3, NULL};
    const pv_results results = {.verdicts = now, .verdict_count = 3};
    pv_verdict_entries is;
    pv_changes found;
    assert_true(pv_entries_of(&is, fixture->arena, PV_STR("./a.yaml"), &results, NULL, &fixture->error));
    assert_int_equal(is.list[0].ordinal, 1);
    assert_int_equal(is.list[1].ordinal, 2);
    assert_true(pv_changes_between(&found, fixture->arena, &was, &is, PV_IDENTITY_SUBJECT, &fixture->error));
    assert_int_equal(found.count, 5);
    assert_int_equal(found.counts[PV_CHANGE_PASSING], 1); /* the second rule */
    /* The same words, whatever the row is called now; the second of two that are equal is the second. */
    assert_true(pv_changes_between(&found, fixture->arena, &was, &is, PV_IDENTITY_WORDS, &fixture->error));
    assert_int_equal(found.count, 4);
    for (size_t i = 0; i < found.count; i++)
        if (found.list[i].before == &read[2])
            assert_ptr_equal(found.list[i].after, &is.list[1]);
        else if (found.list[i].before == &read[1])
            assert_null(found.list[i].after);
    assert_ptr_equal(found.list[found.count - 1].before, &read[1]); /* by path */
}

static void test_nothing_to_compare(void **state) {
    assert_int_equal(compare(*state, NULL, 0, NULL, 0).count, 0);
}

static bool compare_all(pv_arena *arena, pv_error *error) {
    const pv_verdict verdict = verdict_on(&first_rule, 1, PV_STATE_FAIL, "");
    const pv_results results = {.verdicts = &verdict, .verdict_count = 1};
    pv_changes found;
    return pv_changes_of(&found, arena, &results, &results, error);
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(compare_all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_every_pair_of_states),
        arena_test(test_a_rule_is_matched_with_what_replaces_it),
        arena_test(test_of_one_state_the_wording_may_differ),
        arena_test(test_what_is_only_on_one_side),
        arena_test(test_several_findings_of_one_rule),
        arena_test(test_order),
        arena_test(test_a_side_that_was_read),
        arena_test(test_nothing_to_compare),
        arena_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
