/* A check that is followed as a plan gives what it gives when it is run; and which checks have a plan. */
#include "lua_fixture.h"

#include "lua/rules/rules.h"

#define CHECK(text)                                                                                                    \
    "rule \"r\" { title = \"t\", citation = \"c\", remedy = \"r\", each = \"response\", level = \"error\",\n"          \
    "blank = true, check = " text " }\n"

static const char *const planned[] = {
    CHECK("function(r) return at_most(r.words, r.item.word_limit) end"),
    CHECK("function(r)\n  return at_least(r.words, 3)\nend"),
    CHECK("function(r) return at_most(r.words, 2, 'terms') end"),
    CHECK("function(r) return at_most(r.words, 0) end"),
    CHECK("function(one, submission) return present(one) end"),
    CHECK("function(r)\n"
          "  local stated = r.text:percentages():largest() -- of all\n"
          "  if not stated then\n"
          "    return fail(\"none is stated; the prompt asks for %s\", r.item.target)\n"
          "  end\n"
          "  return at_least(stated, r.item.target)\n"
          "end"),
    CHECK("function(r) local least = r.text:percentages():smallest()\n"
          "if least then return at_least(least, r.item.target, \"target\") end return review('%s: none', r.id) end"),
    CHECK("function(r) local text = r.text local most = text:counts():largest()\n"
          "if not most then return not_applicable('no count') end return at_least(most, 4) end"),
    CHECK("function(r) local most = r.text:amounts():largest()\n"
          "if most then return fail('%s and %s', most, 12) end return pass('nothing') end"),
    CHECK("function(r) if r.blank then return pass('blank') end\n"
          "if r.measure.mandatory then return fail('%s, %s', r.item.prompt, r.item.word_limit) end\n"
          "return review('“plain”') end"),
    CHECK("function(r) if r.answered then return pass('it is %s', r.item.id) end return fail('it is not') end"),
    CHECK("function(r) local at_most = r.words return at_least(at_most, 1) end"),
    CHECK("function(r) return at_least(r.item.target, 5) end"),
    CHECK("function(r) return at_most(r.item.word_limit, 4) end"),
};

static const char *const unplanned[] = {
    CHECK("function(r) return at_most(#r.words, 3) end"),
    CHECK("function(r) return fail('%d', 3) end"),
    CHECK("function(r) return fail('a\\tb') end"),
    CHECK("function(r) return fail('100%%') end"),
    CHECK("function(r) return (present(r)) end"),
    CHECK("function(r) return present(r.text) end"),
    CHECK("function(r) return pass('this function'), present(r) end"),
    CHECK("function(r) return present(r):at(r) end"),
    CHECK("function(r) local fail = pass return fail('x') end"),
    CHECK("function(r, fail) if r.blank then return pass('x') end return fail:measure('1.1.6') and pass('x') end"),
    CHECK("function(r) return fail(r.text) end"),
    CHECK("function(...) return present(...) end"),
    CHECK("function(r) if r.blank then return pass('x') else return present(r) end end"),
    "local present = present\n" CHECK("function(r) return present(r) end"),
    "local function at_most() return pass('mine') end\n" CHECK("function(r) return at_most(r.words, 1) end"),
    CHECK("present"),
    CHECK("function(r) return pass() end"),
    CHECK("(function() return function(r) return present(r) end end)()"),
};

static const char *const answers[] = {
    "\"\"",
    "One",
    "Two words",
    "TBD",
    "We plan four visits by 25% of all.",
    "\"10% to 30%, then a third of them\"",
    "\"h\\u00e9 w\\u00f6rter 20%\"",
    "\"a\\u00a0b c\\u200bd e\"",
    "\"\\u200b\"",
    ">-\n      We pay $4 million for 19.5% of what\n      is asked, 20\n      % that is.",
    "|-\n      - one\n      - two 21%\n\n      Three, 5 and 6.",
    "\"19 percent, or \\u00bd, twen\\u00adty percent\"",
};

static void assert_same_text(const char *rule, const char *answer, pv_str a, pv_str b) {
    if (!pv_str_equal(a, b))
        fail_msg("%s on %s: planned “%.*s”, run “%.*s”", rule, answer, PV_STR_ARG(a), PV_STR_ARG(b));
}

static void assert_same(const char *rule, const char *answer, const pv_outcome *a, const pv_outcome *b) {
    assert_same_text(rule, answer, pv_str_from(pv_state_name(a->state)), pv_str_from(pv_state_name(b->state)));
    assert_same_text(rule, answer, a->message, b->message);
    assert_same_text(rule, answer, a->remedy, b->remedy);
    if (a->has_at != b->has_at ||
        (a->has_at && (a->at.span.start != b->at.span.start || a->at.span.end != b->at.span.end ||
                       a->at.expected_here != b->at.expected_here)))
        fail_msg("%s on %s: planned at %u to %u, run at %u to %u", rule, answer, a->at.span.start, a->at.span.end,
                 b->at.span.start, b->at.span.end);
    assert_int_equal(a->working_count, b->working_count);
    for (size_t i = 0; i < a->working_count; i++)
        assert_same_text(rule, answer, a->working[i], b->working[i]);
    assert_int_equal(a->related_count, b->related_count);
    assert_int_equal(!a->fault, !b->fault);
    if (a->fault)
        assert_same_text(rule, answer, a->fault->message, b->fault->message);
}

/* Holds what the check gives for each response against what it gives when somebody looks on, who sees it run. */
static void hold_against_run(lua_fixture *fixture, const char *rule, const char *answer) {
    const pv_ruleset_methods *methods = fixture->ruleset->methods;
    for (size_t i = 0; i < fixture->submission->response_count; i++) {
        const pv_subject subject = {.kind = PV_SUBJECT_RESPONSE, .response = &fixture->submission->responses[i]};
        const pv_outcome given = run_on(fixture, "r", &subject);
        pv_outcome run;
        pv_error error = {0};
        assert_true(methods->follow(fixture->session, 0, &subject, fixture->base.arena, &run, &error));
        assert_same(rule, answer, &given, &run);
    }
}

/* Whether it has a plan. */
static bool hold_all_against_run(lua_fixture *fixture, const char *rule) {
    const size_t count = sizeof answers / sizeof answers[0];
    for (size_t i = 0; i < count; i++) {
        const pv_str text =
            pv_arena_format(fixture->base.arena, "form: test\nmeasures:\n  1.1.6:\n    1: %s\n    2: %s\n", answers[i],
                            answers[(i + 1) % count]);
        fixture->submission = submission_of(&fixture->base, fixture->form, text.data);
        open_rules(fixture, rule);
        hold_against_run(fixture, rule, answers[i]);
    }
    return ((const pv_lua_ruleset *)fixture->ruleset)->plans[0];
}

static void test_a_plan_gives_what_its_check_gives(void **state) {
    for (size_t i = 0; i < sizeof planned / sizeof planned[0]; i++)
        if (!hold_all_against_run(*state, planned[i]))
            fail_msg("no plan: %s", planned[i]);
}

static void test_all_else_is_run(void **state) {
    for (size_t i = 0; i < sizeof unplanned / sizeof unplanned[0]; i++)
        if (hold_all_against_run(*state, unplanned[i]))
            fail_msg("a plan: %s", unplanned[i]);
}

/* Where the budget is too small for what a plan does, the check says so as it always does. */
static void test_a_budget_is_kept(void **state) {
    lua_fixture *fixture = *state;
    fixture->limits.fuel = 5;
    open_rules(fixture, planned[5]);
    const pv_subject subject = {.kind = PV_SUBJECT_RESPONSE, .response = fixture->submission->responses};
    const pv_outcome outcome = run_on(fixture, "r", &subject);
    assert_int_equal(outcome.state, PV_STATE_NOT_CHECKED);
    assert_int_equal(outcome.fault->kind, PV_FAULT_FUEL);
}

/* What `when` says of a response is asked before its check. */
static void test_when_comes_first(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, "rule \"r\" { title = \"t\", citation = \"c\", remedy = \"r\", each = \"response\",\n"
                        "level = \"error\", when = function(r) return r.item.target end,\n"
                        "check = function(r) return present(r) end }\n");
    const pv_subject first = {.kind = PV_SUBJECT_RESPONSE, .response = &fixture->submission->responses[0]};
    const pv_subject second = {.kind = PV_SUBJECT_RESPONSE, .response = &fixture->submission->responses[1]};
    assert_int_equal(run_on(fixture, "r", &first).state, PV_STATE_PASS);
    assert_int_equal(run_on(fixture, "r", &second).state, PV_STATE_NOT_APPLICABLE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        lua_test(test_a_plan_gives_what_its_check_gives),
        lua_test(test_all_else_is_run),
        lua_test(test_a_budget_is_kept),
        lua_test(test_when_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
