/* What the trail of a rule tells, and that following it changes nothing. */
#include "lua_fixture.h"

static pv_outcome follow_on(lua_fixture *fixture, const char *id, const pv_subject *subject) {
    pv_outcome outcome;
    pv_error error = {0};
    assert_true(fixture->ruleset->methods->follow(fixture->session, index_of(fixture, id), subject, fixture->base.arena,
                                                  &outcome, &error));
    assert_non_null(outcome.trail);
    return outcome;
}

static pv_outcome follow(lua_fixture *fixture, const char *body) {
    pv_str text = pv_arena_format(fixture->base.arena, RULE("r", "%s"), body);
    const pv_subject subject = {.kind = PV_SUBJECT_SUBMISSION};
    open_rules(fixture, text.data);
    return follow_on(fixture, "r", &subject);
}

/* The steps as "LINE EXPRESSION = VALUE", those on the way in brackets. */
static void assert_steps(lua_fixture *fixture, const pv_trail *trail, const char *expected) {
    pv_buf text = pv_buf_on(&fixture->base.memory);
    for (size_t i = 0; i < trail->step_count; i++) {
        const pv_trail_step *step = &trail->steps[i];
        pv_str value = step->finished ? step->value.text : PV_STR("?");
        pv_buf_format(&text, step->passed_through ? "[%u %.*s = %.*s]\n" : "%u %.*s = %.*s\n", (unsigned)step->line,
                      PV_STR_ARG(step->expression), PV_STR_ARG(value));
    }
    assert_str(pv_buf_str(&text), expected);
    pv_buf_clear(&text);
}

static void assert_variables(lua_fixture *fixture, const pv_trail *trail, const char *expected) {
    pv_buf text = pv_buf_on(&fixture->base.memory);
    for (size_t i = 0; i < trail->variable_count; i++)
        pv_buf_format(&text, "%.*s = %.*s\n", PV_STR_ARG(trail->variables[i].name),
                      PV_STR_ARG(trail->variables[i].value.text));
    assert_str(pv_buf_str(&text), expected);
    pv_buf_clear(&text);
}

static size_t runs_of(const pv_trail *trail, uint32_t line) {
    for (size_t i = 0; i < trail->line_count; i++)
        if (trail->lines[i].number == line)
            return trail->lines[i].runs;
    fail_msg("line %u is not in the trail", line);
    return 0;
}

/* RULE puts the body of its check on line 3. */
static void test_values_and_where_they_come_from(void **state) {
    lua_fixture *fixture = *state;
    pv_outcome outcome = follow(fixture, "local county = subject.fields.county.text\n"
                                         "local target = subject.responses[1].item.target\n"
                                         "return fail(\"no\"):at(county)");
    const pv_trail *trail = outcome.trail;
    assert_steps(fixture, trail,
                 "[3 subject.fields = 2 fields]\n"
                 "[3 subject.fields.county = Los Angeles]\n"
                 "3 subject.fields.county.text = “Los Angeles”\n"
                 "4 subject.responses = 2: 1.1.6.1, 1.1.6.2\n"
                 "[4 subject.responses[1].item = 1.1.6.1]\n"
                 "4 subject.responses[1].item.target = 20%\n"
                 "5 fail(\"no\") = fail: no\n"
                 "5 fail(\"no\"):at(county) = fail: no\n");
    assert_ptr_equal(trail->steps[2].value.source, fixture->submission->source);
    assert_covers(fixture->submission->source, trail->steps[2].value.at.span, "Los Angeles");
    assert_ptr_equal(trail->steps[5].value.source, fixture->form->source);
    assert_covers(fixture->form->source, trail->steps[5].value.at.span, "20%");
    assert_int_equal(trail->steps[7].argument_count, 1);
    assert_str(trail->steps[7].arguments[0].text, "“Los Angeles”");
    assert_int_equal(outcome.state, PV_STATE_FAIL);
    assert_variables(fixture, trail,
                     "subject = the submission\nsubmission = the submission\n"
                     "county = “Los Angeles”\ntarget = 20%\n");
}

static void test_which_branch_was_taken(void **state) {
    lua_fixture *fixture = *state;
    pv_outcome outcome = follow(fixture, "if #subject.records.meeting > 5 then\n"
                                         "return fail(\"many\")\n"
                                         "end\n"
                                         "for number = 1, 3 do\n"
                                         "trace(number)\n"
                                         "end\n"
                                         "return pass()");
    const pv_trail *trail = outcome.trail;
    assert_int_equal(runs_of(trail, 3), 1);
    assert_int_equal(runs_of(trail, 4), 0);
    assert_int_equal(runs_of(trail, 7), 3);
    assert_int_equal(runs_of(trail, 9), 1);
    assert_int_equal(trail->lines[0].number, 2); /* the line of `function` */
    assert_false(trail->lines[3].has_code);      /* `end` of the if */
}

/* The last act of a check takes its place: its variables are as they were before. */
static void test_functions_of_the_file(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, "local function twice(n)\nreturn n + n\nend\n" RULE("r", "local four = twice(2)\n"
                                                                                 "return all_of(\n"
                                                                                 "pass(\"%d\", twice(four)))"));
    const pv_subject subject = {.kind = PV_SUBJECT_SUBMISSION};
    const pv_trail *trail = follow_on(fixture, "r", &subject).trail;
    assert_steps(fixture, trail,
                 "6 twice(2) = 4\n"
                 "8 twice(four) = 8\n"
                 "8 pass(\"%d\", twice(four)) = pass: 8\n"
                 "7 all_of(pass(\"%d\", twice(four))) = pass: 8\n");
    assert_int_equal(trail->steps[1].argument_count, 1);
    assert_str(trail->steps[1].arguments[0].text, "4");
    assert_int_equal(trail->steps[3].argument_count, 1);
    assert_str(trail->steps[3].arguments[0].text, "pass: 8");
    assert_int_equal(runs_of(trail, 2), 2);
    assert_variables(fixture, trail, "subject = the submission\nsubmission = the submission\nfour = 4\n");
}

static void test_one_name_twice_on_a_line(void **state) {
    lua_fixture *fixture = *state;
    const pv_trail *trail = follow(fixture, "local a, b = subject.responses[1], subject.responses[2]\n"
                                            "if b.given or a.given then return pass() end\n"
                                            "return fail(\"no\")")
                                .trail;
    assert_str(trail->steps[2].expression, "b.given");
    assert_str(trail->steps[2].value.text, "false");
    assert_str(trail->steps[3].expression, "a.given");
    assert_str(trail->steps[3].value.text, "true");
}

static void test_comparisons_of_values(void **state) {
    lua_fixture *fixture = *state;
    const pv_trail *trail =
        follow(fixture, "local n = decimal(\"2.5\")\nif n + 1 > n then return pass() end\nreturn fail(\"no\")").trail;
    assert_steps(fixture, trail, "3 decimal(\"2.5\") = 2.5\n4 2.5 + 1 = 3.5\n4 2.5 < 3.5 = true\n4 pass() = pass\n");
    assert_int_equal(trail->steps[1].kind, PV_TRAIL_OPERATED);
}

static void test_a_rule_that_raises(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture,
               "local function ask(x)\nreturn x.nothing\nend\n" RULE("r", "local n = 1\nlocal m = ask(subject)\n"
                                                                          "return pass()"));
    const pv_subject subject = {.kind = PV_SUBJECT_SUBMISSION};
    pv_outcome outcome = follow_on(fixture, "r", &subject);
    assert_int_equal(outcome.state, PV_STATE_NOT_CHECKED);
    assert_int_equal(outcome.trail->step_count, 1);
    assert_false(outcome.trail->steps[0].finished);
    assert_int_equal(runs_of(outcome.trail, 2), 1);
    assert_int_equal(runs_of(outcome.trail, 8), 0);
    assert_variables(fixture, outcome.trail, "subject = the submission\nsubmission = the submission\nn = 1\n");
    /* An error that is caught leaves no frame behind that later calls are taken for. */
    outcome = follow(fixture, "pcall(function() error(\"x\") end)\nreturn present(subject.fields.county)");
    assert_str(outcome.trail->steps[outcome.trail->step_count - 1].value.text, "pass: County is given");
}

static void test_when_decides(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, "rule \"r\" { title = \"t\", citation = \"c\", remedy = \"r\", each = \"submission\",\n"
                        "level = \"error\", when = function(s) return s.fields.plan.given, \"no plan\" end,\n"
                        "check = function(s)\nreturn pass() end }\n");
    const pv_subject subject = {.kind = PV_SUBJECT_SUBMISSION};
    pv_outcome outcome = follow_on(fixture, "r", &subject);
    assert_int_equal(outcome.state, PV_STATE_NOT_APPLICABLE);
    assert_steps(fixture, outcome.trail,
                 "[2 s.fields = 2 fields]\n[2 s.fields.plan = blank]\n2 s.fields.plan.given = false\n");
    assert_variables(fixture, outcome.trail, "s = the submission\n");
}

static void test_nobody_asked(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("r", "return present(subject.fields.county)"));
    assert_null(run_rule(fixture, "r").trail);
    const pv_subject subject = {.kind = PV_SUBJECT_SUBMISSION};
    (void)follow_on(fixture, "r", &subject);
    assert_null(run_rule(fixture, "r").trail); /* nor again afterwards */
}

/* The budget ends at the same count, followed or not: this many rounds fit, one more does not. */
static void test_following_costs_no_fuel(void **state) {
    lua_fixture *fixture = *state;
    const char *body = "for i = 1, 1000 do\nlocal t = subject.fields.county.text\nend\nreturn pass()";
    pv_str text = pv_arena_format(fixture->base.arena, RULE("r", "%s"), body);
    const pv_subject subject = {.kind = PV_SUBJECT_SUBMISSION};
    for (fixture->limits.fuel = 1000; fixture->limits.fuel < 200000; fixture->limits.fuel += 1000) {
        open_rules(fixture, text.data);
        pv_state unfollowed = run_rule(fixture, "r").state;
        open_rules(fixture, text.data);
        assert_int_equal(follow_on(fixture, "r", &subject).state, unfollowed);
        if (unfollowed == PV_STATE_PASS)
            return;
    }
    fail_msg("no budget was enough");
}

static void test_many_steps_are_cut(void **state) {
    lua_fixture *fixture = *state;
    const pv_trail *trail = follow(fixture, "for i = 1, 3000 do\nlocal f = subject.fields\nend\nreturn pass()").trail;
    assert_true(trail->cut);
    assert_int_equal(trail->step_count, 1000);
    assert_int_equal(runs_of(trail, 4), 3000);
}

/* What is deeper than a person would follow is run, and not told. */
static void test_endless_rules_end(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, "local function deep(n)\nif n == 0 then\nreturn 0\nend\nreturn 1 + deep(n - 1)\nend\n" RULE(
                            "r", "return equals(deep(5000), 5000)"));
    const pv_subject subject = {.kind = PV_SUBJECT_SUBMISSION};
    pv_outcome outcome = follow_on(fixture, "r", &subject);
    assert_int_equal(outcome.state, PV_STATE_PASS);
    assert_int_equal(runs_of(outcome.trail, 2), 5001);
    assert_str(outcome.trail->steps[0].value.text, "5000");
    fixture->limits.fuel = 200000;
    outcome = follow(fixture, "local n = 0\nwhile true do\nn = n + 1\nend");
    assert_int_equal(outcome.state, PV_STATE_NOT_CHECKED);
    assert_int_equal(outcome.fault->kind, PV_FAULT_FUEL);
    outcome = follow(fixture, "local function f() return f() end\nreturn f()");
    assert_int_equal(outcome.fault->kind, PV_FAULT_FUEL);
}

static void test_long_values_are_cut(void **state) {
    lua_fixture *fixture = *state;
    const pv_trail *trail =
        follow(fixture, "local s = (\"äö\"):rep(500)\nlocal b = string.char(255)\nreturn pass()").trail;
    pv_str text = trail->steps[0].value.text;
    assert_true(text.size < 170);
    assert_true(pv_str_ends_with(text, PV_STR("…")));
    assert_str(trail->steps[1].value.text, "“\xEF\xBF\xBD”");
}

static void test_refused_memory(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, RULE("r", "return at_most(#subject.records.meeting, 5)"));
    const pv_subject subject = {.kind = PV_SUBJECT_SUBMISSION};
    bool refused = true;
    for (size_t request = 1; refused; request++) {
        pv_outcome outcome;
        pv_error error = {0};
        fixture->base.memory.fail_after = request;
        bool kept =
            fixture->ruleset->methods->follow(fixture->session, 0, &subject, fixture->base.arena, &outcome, &error);
        refused = fixture->base.memory.fail_after == 0;
        fixture->base.memory.fail_after = 0;
        if (!refused)
            assert_true(kept && outcome.state == PV_STATE_PASS);
        assert_true(kept || error.code == PV_ERROR_MEMORY);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        lua_test(test_values_and_where_they_come_from),
        lua_test(test_which_branch_was_taken),
        lua_test(test_functions_of_the_file),
        lua_test(test_one_name_twice_on_a_line),
        lua_test(test_comparisons_of_values),
        lua_test(test_a_rule_that_raises),
        lua_test(test_when_decides),
        lua_test(test_nobody_asked),
        lua_test(test_following_costs_no_fuel),
        lua_test(test_many_steps_are_cut),
        lua_test(test_endless_rules_end),
        lua_test(test_long_values_are_cut),
        lua_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
