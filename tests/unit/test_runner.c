/* The runner with a rule set written in C: what it promises does not depend on rules being Lua. */
#include "torture.h"

#include "run/lint.h"
#include "run/runner.h"

static pv_memory memory = {.limit = SIZE_MAX};

/* ---- a rule set whose rules do what their id says ---- */

static const pv_rule rules[] = {
    {.id = {"t.faulty", 8}, .each = PV_SUBJECT_SUBMISSION, .level = PV_LEVEL_ERROR},
    {.id = {"t.looks-at-blanks", 17}, .each = PV_SUBJECT_RESPONSE, .level = PV_LEVEL_WARNING, .checks_blank = true},
    {.id = {"t.measures", 10}, .each = PV_SUBJECT_MEASURE, .level = PV_LEVEL_NOTE},
    {.id = {"t.responses", 11}, .each = PV_SUBJECT_RESPONSE, .level = PV_LEVEL_ERROR},
    {.id = {"t.rows", 6}, .record_kind = {"row", 3}, .each = PV_SUBJECT_RECORD, .level = PV_LEVEL_ERROR},
};

static size_t evaluations;

static bool begin(pv_ruleset *ruleset, const pv_submission *submission, pv_session **out, pv_error *error) {
    (void)ruleset;
    (void)submission;
    (void)error;
    *out = (pv_session *)&evaluations;
    return true;
}

static const pv_fault ran_out = {.kind = PV_FAULT_FUEL, .message = {"ran out", 7}};

static bool evaluate(pv_session *session, size_t rule_index, const pv_subject *subject, pv_arena *arena,
                     pv_outcome *out, pv_error *error) {
    (void)session;
    (void)arena;
    (void)error;
    evaluations++;
    switch (rule_index) {
    case 0:
        out->state = PV_STATE_NOT_CHECKED;
        out->fault = &ran_out;
        return true;
    case 1:
        out->state = subject->response->blank ? PV_STATE_FAIL : PV_STATE_PASS;
        return true;
    case 3: /* points at the last byte of the response */
        out->state = PV_STATE_REVIEW;
        out->has_at = true;
        out->at.span = (pv_span){subject->response->at.end - 1, subject->response->at.end};
        return true;
    default:
        out->state = PV_STATE_PASS;
        return true;
    }
}

static void end(pv_session *session) {
    (void)session;
}

static void free_ruleset(pv_ruleset *ruleset) {
    (void)ruleset;
}

static const pv_ruleset_methods methods = {
    .begin = begin,
    .evaluate = evaluate,
    .end = end,
    .free = free_ruleset,
};
static pv_ruleset ruleset = {.methods = &methods, .rules = rules, .rule_count = sizeof rules / sizeof rules[0]};

/* ---- a submission of one measure with two items, the second blank, and two rows ---- */

static const char bytes[] = "form: t\n1.1: answered\n1.2:\nrows\n";

static pv_source source = {.path = {"t.yaml", 6}, .bytes = {bytes, sizeof bytes - 1}};
static pv_section section = {.id = {"1", 1}};
static pv_item items[2] = {{.id = {"1", 1}, .full_id = {"1.1", 3}}, {.id = {"2", 1}, .full_id = {"1.2", 3}}};
static pv_measure measure = {.id = {"1", 1}, .items = items, .item_count = 2, .section = &section};
static pv_record_spec row_spec = {.name = {"row", 3}, .label = {"Rows", 4}};
static pv_form form = {
    .sections = &section, .section_count = 1, .measures = &measure, .measure_count = 1, .item_count = 2};
static const pv_filed_measure filed;
static pv_response responses[2] = {
    {.item = &items[0], .filed = &filed, .given = true, .at = {13, 21}},
    {.item = &items[1], .filed = &filed, .given = true, .blank = true, .at = {26, 26}},
};
static const pv_filed_measure filed = {.measure = &measure, .given = true, .responses = responses, .at = {8, 11}};
static const size_t starts[] = {0, 1};
static pv_record rows[2] = {{.spec = &row_spec, .number = 1, .at = {27, 28}},
                            {.spec = &row_spec, .number = 2, .at = {28, 29}}};
static pv_record_list lists[1] = {{.spec = &row_spec, .records = rows, .count = 2, .given = true}};
static pv_problem problem = {.kind = PV_PROBLEM_UNKNOWN_NAME, .at = {8, 21}, .message = {"no such name", 12}};
static pv_submission submission = {
    .form = &form,
    .source = &source,
    .at = {6, 7},
    .measures = &filed,
    .measure_count = 1,
    .measure_starts = starts,
    .responses = responses,
    .response_count = 2,
    .records = lists,
    .problems = &problem,
    .problem_count = 1,
};
static pv_manifest manifest = {.id = {"t", 1}};
static pv_pack pack = {.manifest = &manifest, .form = &form, .ruleset = &ruleset};

static int set_up(void **state) {
    (void)state;
    measure.index = 0;
    form.records = &row_spec;
    form.record_count = 1;
    evaluations = 0;
    return 0;
}

static pv_results check(pv_arena *arena, const char *pattern) {
    pv_run_options options = {.mode = PV_MODE_SUBMISSION, .rule_pattern = pv_str_from(pattern)};
    pv_results results;
    pv_error error = {0};
    assert_true(pv_run_check(&results, arena, &pack, &submission, &options, &error));
    return results;
}

static void every_rule_answers_for_every_subject(void **state) {
    (void)state;
    pv_arena *arena = pv_arena_new(&memory);
    pv_results results = check(arena, "");
    /* form.names, .types, .parts: 1 each; t.faulty 1; t.looks-at-blanks 2; t.measures 1; t.responses 2; t.rows 2. */
    assert_int_equal(results.verdict_count, 11);
    /* t.responses does not look at the blank one, and is not run on it: 1 + 2 + 1 + 1 + 2. */
    assert_int_equal(evaluations, 7);
    assert_int_equal(results.fault_count, 1);
    assert_str(results.faults[0].rule, "t.faulty");
    pv_summary summary = {0};
    pv_summary_add(&summary, &results);
    /* pass: form.types, form.parts, looks-at-blanks on 1.1, measures, two rows. */
    assert_int_equal(summary.pass, 6);
    /* fail: form.names (error), looks-at-blanks on 1.2 (warning). */
    assert_int_equal(summary.fail, 2);
    assert_int_equal(summary.review, 1);
    assert_int_equal(summary.not_applicable, 1);
    assert_int_equal(summary.not_checked, 1);
    assert_int_equal(summary.error, 2);
    assert_int_equal(summary.warning, 1);
    pv_arena_free(arena);
}

static void verdicts_are_sorted_by_place_then_rule(void **state) {
    (void)state;
    pv_arena *arena = pv_arena_new(&memory);
    pv_results results = check(arena, "");
    static const char *expected[] = {
        "form.parts",        "form.types",  "t.faulty",           /* 6-7: the whole */
        "form.names",                                             /* 8-21: the problem */
        "t.measures",                                             /* 8-11: ends earlier, but the rule decides */
        "t.looks-at-blanks",                                      /* 13-21 */
        "t.responses",                                            /* 20-21: its own place */
        "t.looks-at-blanks", "t.responses", "t.rows",   "t.rows", /* 26-26, 27-28, 28-29 */
    };
    for (size_t i = 0; i < results.verdict_count; i++)
        assert_str(results.verdicts[i].rule->id, expected[i]);
    /* What is missing says so. */
    assert_true(results.verdicts[7].outcome.at.expected_here);
    assert_false(results.verdicts[5].outcome.at.expected_here);
    pv_arena_free(arena);
}

static void a_pattern_selects_rules(void **state) {
    (void)state;
    static const struct {
        const char *pattern;
        size_t selected;
    } cases[] = {
        {"", 8},       {"*", 8},     {"t.*", 5}, {"form.*", 3},  {"t.r*s", 2},  {"t.rows", 1},
        {"t.ro?s", 1}, {"t.row", 0}, {"*s", 7},  {"**.rows", 1}, {"T.rows", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(pv_run_selected(&pack, pv_str_from(cases[i].pattern)), cases[i].selected);
    pv_arena *arena = pv_arena_new(&memory);
    assert_int_equal(check(arena, "t.rows").verdict_count, 2);
    pv_arena_free(arena);
}

static void exit_codes(void **state) {
    (void)state;
    static const struct {
        pv_summary summary;
        int code;
    } cases[] = {
        {{.submissions = 1, .pass = 3}, 0},
        {{.submissions = 1, .warning = 2}, 0},
        {{.submissions = 1, .warning = 2, .blocking = 2}, 1},
        {{.submissions = 1, .error = 1, .blocking = 1, .not_checked = 1}, 2},
        {{.submissions = 1, .faults = 1}, 2},
        {{.submissions = 0}, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(pv_summary_exit_code(&cases[i].summary), cases[i].code);
}

/* Each submission by its own fail level: 2 errors and a warning for review are among the findings (see above). */
static void findings_block_by_the_level_of_their_submission(void **state) {
    (void)state;
    static const struct {
        pv_level fail_on;
        size_t blocking;
    } cases[] = {{PV_LEVEL_ERROR, 2}, {PV_LEVEL_WARNING, 3}, {PV_LEVEL_NOTE, 3}};
    pv_arena *arena = pv_arena_new(&memory);
    pv_summary both = {0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const pv_run_options options = {.mode = PV_MODE_GATE, .fail_on = cases[i].fail_on};
        pv_results results;
        pv_error error = {0};
        pv_summary summary = {0};
        assert_true(pv_run_check(&results, arena, &pack, &submission, &options, &error));
        pv_summary_add(&summary, &results);
        pv_summary_add(&both, &results);
        assert_int_equal(summary.blocking, cases[i].blocking);
    }
    assert_int_equal(both.blocking, 8);
    assert_int_equal(both.by_mode[PV_MODE_GATE], 3);
    assert_int_equal(both.by_mode[PV_MODE_SUBMISSION], 0);
    assert_int_equal(both.by_fail_on[PV_LEVEL_WARNING], 1);
    pv_arena_free(arena);
}

static void the_last_level_that_matches_goes(void **state) {
    (void)state;
    static const pv_level_change levels[] = {
        {.rule_pattern = {"t.*", 3}, .level = PV_LEVEL_NOTE},
        {.rule_pattern = {"t.looks-*", 9}, .level = PV_LEVEL_ERROR},
    };
    const pv_run_options options = {.mode = PV_MODE_GATE, .levels = levels, .level_count = 2};
    pv_arena *arena = pv_arena_new(&memory);
    pv_results results;
    pv_error error = {0};
    assert_true(pv_run_check(&results, arena, &pack, &submission, &options, &error));
    assert_int_equal(results.verdict_count, 11); /* no level makes a rule not run */
    for (size_t i = 0; i < results.verdict_count; i++) {
        const pv_verdict *verdict = &results.verdicts[i];
        pv_level expected = PV_LEVEL_NOTE;
        if (pv_str_equal(verdict->rule->id, PV_STR("t.looks-at-blanks")))
            expected = PV_LEVEL_ERROR;
        if (pv_str_starts_with(verdict->rule->id, PV_STR("form.")))
            expected = pv_pack_level(&pack, verdict->rule, PV_MODE_GATE);
        assert_int_equal(verdict->level, expected);
    }
    pv_arena_free(arena);
}

/* ---- what could not be told with certainty ---- */

static const pv_uncertainty uncertainty = {.thousandths = 300, .why = {"where it ends is not certain", 28}};

static pv_state state_of(const pv_results *results, const char *rule, const pv_response *response) {
    for (size_t i = 0; i < results->verdict_count; i++)
        if (pv_str_equal(results->verdicts[i].rule->id, pv_str_from(rule)) &&
            (!response || results->verdicts[i].subject.response == response))
            return results->verdicts[i].outcome.state;
    fail_msg("no verdict of %s", rule);
    return PV_STATE_NOT_CHECKED;
}

static void what_rests_on_an_uncertain_response_is_for_review(void **state) {
    (void)state;
    pv_arena *arena = pv_arena_new(&memory);
    responses[0].uncertainty = responses[1].uncertainty = &uncertainty;
    const pv_uncertain uncertain[] = {{.uncertainty = &uncertainty, .response = &responses[0], .at = responses[0].at},
                                      {.uncertainty = &uncertainty, .response = &responses[1], .at = responses[1].at}};
    submission.uncertain = uncertain;
    submission.uncertain_count = 2;
    const pv_results results = check(arena, "");
    assert_int_equal(state_of(&results, "t.looks-at-blanks", &responses[0]), PV_STATE_REVIEW); /* passed */
    assert_int_equal(state_of(&results, "t.looks-at-blanks", &responses[1]), PV_STATE_REVIEW); /* failed */
    assert_int_equal(state_of(&results, "t.responses", &responses[1]), PV_STATE_REVIEW);       /* blank: not run */
    assert_int_equal(state_of(&results, "form.names", NULL), PV_STATE_REVIEW);                 /* points into it */
    assert_int_equal(state_of(&results, "t.measures", NULL), PV_STATE_PASS);                   /* nothing says so */
    assert_int_equal(state_of(&results, "t.faulty", NULL), PV_STATE_NOT_CHECKED);
    assert_int_equal(state_of(&results, "t.rows", NULL), PV_STATE_PASS);
    responses[0].uncertainty = responses[1].uncertainty = NULL;
    submission.uncertain = NULL;
    submission.uncertain_count = 0;
    assert_int_equal(state_of(&(const pv_results[]){check(arena, "t.looks*")}[0], "t.looks-at-blanks", &responses[0]),
                     PV_STATE_PASS);
    pv_arena_free(arena);
}

/* ---- rules that apply on some days only ---- */

static const pv_rule seasonal[] = {
    {.id = {"s.from", 6}, .each = PV_SUBJECT_SUBMISSION, .has_since = true, .since = {2022, 7, 1}},
    {.id = {"s.until", 7}, .each = PV_SUBJECT_SUBMISSION, .has_until = true, .until = {2022, 7, 1}},
};

static bool pass(pv_session *session, size_t rule_index, const pv_subject *subject, pv_arena *arena, pv_outcome *out,
                 pv_error *error) {
    (void)session, (void)rule_index, (void)subject, (void)arena, (void)error;
    evaluations++;
    *out = (pv_outcome){.state = PV_STATE_PASS};
    return true;
}

static void a_rule_applies_on_its_days_only(void **state) {
    (void)state;
    static const pv_ruleset_methods passing = {.begin = begin, .evaluate = pass, .end = end, .free = free_ruleset};
    static pv_ruleset of_days = {.methods = &passing, .rules = seasonal, .rule_count = 2};
    static const struct {
        const char *day; /* NULL: none was said */
        pv_state from, until;
        const char *from_message, *until_message;
    } cases[] = {
        {"2022-06-30", PV_STATE_NOT_APPLICABLE, PV_STATE_PASS,
         "the rule applies from 2022-07-01, and the day is 2022-06-30", ""},
        {"2022-07-01", PV_STATE_PASS, PV_STATE_PASS, "", ""},
        {"2022-07-02", PV_STATE_PASS, PV_STATE_NOT_APPLICABLE, "",
         "the rule applies until 2022-07-01, and the day is 2022-07-02"},
        {NULL, PV_STATE_NOT_CHECKED, PV_STATE_NOT_CHECKED, "the rule applies from 2022-07-01; say the day with --as-of",
         "the rule applies until 2022-07-01; say the day with --as-of"},
    };
    pv_arena *arena = pv_arena_new(&memory);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pv_pack seasonal_pack = {.manifest = &manifest, .form = &form, .ruleset = &of_days};
        seasonal_pack.has_as_of = cases[i].day && pv_date_parse(pv_str_from(cases[i].day), &seasonal_pack.as_of);
        pv_run_options options = {.mode = PV_MODE_SUBMISSION, .rule_pattern = PV_STR("s.*")};
        pv_results results;
        pv_error error = {0};
        evaluations = 0;
        assert_true(pv_run_check(&results, arena, &seasonal_pack, &submission, &options, &error));
        assert_int_equal(results.verdict_count, 2);
        assert_int_equal(results.verdicts[0].outcome.state, cases[i].from);
        assert_str(results.verdicts[0].outcome.message, cases[i].from_message);
        assert_int_equal(results.verdicts[1].outcome.state, cases[i].until);
        assert_str(results.verdicts[1].outcome.message, cases[i].until_message);
        assert_int_equal(evaluations, (cases[i].from == PV_STATE_PASS) + (cases[i].until == PV_STATE_PASS));
        assert_int_equal(results.fault_count, cases[i].day ? 0 : 2);
    }
    pv_arena_free(arena);
}

/* Such a rule set runs as ever when it is asked how, and has nothing to be looked at but its rules. */
static void a_rule_set_need_not_tell_how(void **state) {
    (void)state;
    pv_arena *arena = pv_arena_new(&memory);
    const pv_run_options options = {.mode = PV_MODE_SUBMISSION, .follow = true};
    pv_results results;
    pv_lint lint;
    pv_error error = {0};
    assert_true(pv_run_check(&results, arena, &pack, &submission, &options, &error));
    assert_int_equal(results.verdict_count, 11);
    for (size_t i = 0; i < results.verdict_count; i++)
        assert_null(results.verdicts[i].outcome.trail);
    assert_true(pv_lint_begin(&lint, arena, &pack, &error));
    assert_true(pv_lint_add_case(&lint, &submission, &results, &error));
    assert_true(pv_lint_finish(&lint, &error));
    assert_int_equal(lint.findings.count, 0); /* rules without a source are not looked at */
    pv_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_rule_answers_for_every_subject, set_up),
        cmocka_unit_test_setup(a_rule_applies_on_its_days_only, set_up),
        cmocka_unit_test_setup(verdicts_are_sorted_by_place_then_rule, set_up),
        cmocka_unit_test_setup(a_pattern_selects_rules, set_up),
        cmocka_unit_test_setup(a_rule_set_need_not_tell_how, set_up),
        cmocka_unit_test(exit_codes),
        cmocka_unit_test(findings_block_by_the_level_of_their_submission),
        cmocka_unit_test(the_last_level_that_matches_goes),
        cmocka_unit_test(what_rests_on_an_uncertain_response_is_for_review),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
