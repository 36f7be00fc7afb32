/* Parameters: how rules declare them, what packs and projects may set, and what a rule is then given. */
#include "lua_fixture.h"

#include <stdio.h>

#include "run/ruleset.h"

/* A rule "x" with these parameters, whose check passes with what body returns as its message. */
#define WITH(parameters, body)                                                                                         \
    "rule \"x\" { title = \"t\", citation = \"c\", remedy = \"r\", each = \"submission\", level = \"error\",\n"        \
    "parameters = " parameters ",\n"                                                                                   \
    "check = function(subject, submission, parameters) return pass(\"%s\", " body ") end }\n"

#define SHARE                                                                                                          \
    "share = { type = \"percentage\", default = \"40%\", low = \"1%\", high = \"100%\", means = \"A share.\" }"
#define RUN "run = { type = \"integer\", default = 40, low = 3, means = \"Words in a row.\" }"

/* ---- declaring ---- */

static void test_each_type_reaches_the_rule_as_its_own(void **state) {
    static const struct {
        const char *declared, *body, *message;
    } rows[] = {
        {"{ n = { type = \"integer\", default = 40, means = \"m\" } }", "parameters.n + 2", "42"},
        {"{ n = { type = \"integer\", default = \"1,000\", means = \"m\" } }", "parameters.n + 1", "1001"},
        {"{ n = { type = \"decimal\", default = \"0.5\", means = \"m\" } }", "parameters.n * 3", "1.5"},
        {"{ n = { type = \"decimal\", default = 2, means = \"m\" } }", "parameters.n + 1", "3"},
        {"{ n = { type = \"percentage\", default = \"40%\", means = \"m\" } }", "parameters.n", "40%"},
        {"{ n = { type = \"text\", default = \"words\", means = \"m\" } }", "parameters.n:upper()", "WORDS"},
        {"{ n = { type = \"date\", default = \"2022-07-01\", means = \"m\" } }", "parameters.n.month", "7"},
        {"{ n = { type = \"boolean\", default = false, means = \"m\" } }", "parameters.n", "false"},
        {"{ n = { type = \"list\", default = { \"one\", \"two\" }, means = \"m\" } }",
         "#parameters.n .. parameters.n[2]", "2two"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "rule \"x\" { title = \"t\", citation = \"c\", remedy = \"r\", each = \"submission\", "
                 "level = \"error\", parameters = %s,\n"
                 "check = function(_, _, parameters) return pass(\"%%s\", %s) end }\n",
                 rows[i].declared, rows[i].body);
        open_rules(*state, text);
        pv_outcome outcome = run_rule(*state, "x");
        assert_int_equal(outcome.state, PV_STATE_PASS);
        assert_str(outcome.message, rows[i].message);
    }
}

static void test_what_is_declared_can_be_read_in_C(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, WITH("{ " SHARE ", " RUN " }", "1"));
    const pv_rule *rule = &fixture->ruleset->rules[0];
    assert_int_equal(rule->parameter_count, 2);
    const pv_parameter *run = &rule->parameters[0]; /* by name */
    assert_str(run->spec.name, "run");
    assert_str(run->means, "Words in a row.");
    assert_int_equal(run->spec.type, PV_TYPE_INTEGER);
    assert_true(run->low.given);
    assert_false(run->high.given);
    assert_int_equal(run->origin, PV_PARAMETER_OF_RULE);
    assert_ptr_equal(run->source, rule->source);
    assert_int_equal(run->value.at.start, rule->at.start);
    assert_ptr_equal(pv_rule_parameter(rule, PV_STR("share")), &rule->parameters[1]);
    assert_null(pv_rule_parameter(rule, PV_STR("shares")));
}

static void test_when_gets_the_parameters_too(void **state) {
    open_rules(
        *state,
        "rule \"x\" { title = \"t\", citation = \"c\", remedy = \"r\", each = \"submission\", level = \"note\",\n"
        "parameters = { on = { type = \"boolean\", default = false, means = \"m\" } }, check = pass,\n"
        "when = function(_, _, parameters) return parameters.on, \"it is off\" end }\n");
    pv_outcome outcome = run_rule(*state, "x");
    assert_int_equal(outcome.state, PV_STATE_NOT_APPLICABLE);
    assert_str(outcome.message, "it is off");
}

static void test_an_unknown_name_raises_with_the_one_meant(void **state) {
    open_rules(*state, WITH("{ " SHARE " }", "parameters.shar"));
    pv_outcome outcome = run_rule(*state, "x");
    assert_int_equal(outcome.state, PV_STATE_NOT_CHECKED);
    assert_true(
        holds(fault_message(&outcome), "the list of the rule's parameters has no \"shar\"; did you mean \"share\"?"));
    assert_int_equal(outcome.fault->at.line, 3);
    open_rules(*state, RULE("x", "return pass(\"%s\", select('#', subject, submission))"));
    assert_int_equal(run_rule(*state, "x").state, PV_STATE_PASS);
}

static void test_a_rule_cannot_change_its_parameters(void **state) {
    open_rules(
        *state,
        "rule \"x\" { title = \"t\", citation = \"c\", remedy = \"r\", each = \"submission\", level = \"note\",\n"
        "parameters = { " SHARE " },\n"
        "check = function(_, _, parameters) parameters.share = 1 return pass() end }\n");
    assert_int_equal(run_rule(*state, "x").state, PV_STATE_NOT_CHECKED);
}

static void test_a_faulty_declaration_is_refused(void **state) {
    static const struct {
        const char *declared, *message;
    } rows[] = {
        {"{ n = 5 }", "parameter \"n\": a parameter is a table, not a number"},
        {"{ { type = \"text\" } }", "\"parameters\" gives each parameter by its name"},
        {"{ n = { type = \"text\", default = \"\", meens = \"m\" } }",
         "parameter \"n\": there is no key \"meens\"; did you mean \"means\"?"},
        {"{ n = { default = 1, means = \"m\" } }", "parameter \"n\": \"type\" is missing"},
        {"{ n = { type = \"integer\", means = \"m\" } }", "parameter \"n\": \"default\" is missing"},
        {"{ n = { type = \"integer\", default = 1 } }", "parameter \"n\": \"means\" is missing"},
        {"{ n = { type = \"integr\", default = 1, means = \"m\" } }",
         "parameter \"n\": type \"integr\" does not exist; did you mean \"integer\"?"},
        {"{ n = { type = \"integer\", default = \"many\", means = \"m\" } }",
         "parameter \"n\": default: 'many' is not an integer; write it like 200 or 1,000"},
        {"{ n = { type = \"percentage\", default = 20, means = \"m\" } }",
         "parameter \"n\": default: '20' is not a percentage; write it like 20%"},
        {"{ n = { type = \"decimal\", default = 0.1, means = \"m\" } }",
         "parameter \"n\": default: a number with a point is written as a text, like \"0.5\""},
        {"{ n = { type = \"date\", default = \"2022-02-30\", means = \"m\" } }",
         "parameter \"n\": default: there is no day '2022-02-30' in the calendar"},
        {"{ n = { type = \"list\", default = { 1 }, means = \"m\" } }",
         "parameter \"n\": default: a list holds texts, not a number"},
        {"{ n = { type = \"list\", default = \"one\", means = \"m\" } }",
         "parameter \"n\": default: a list belongs here"},
        {"{ n = { type = \"integer\", default = check, means = \"m\" } }", "has no \"check\""},
        {"{ n = { type = \"integer\", default = pass, means = \"m\" } }",
         "parameter \"n\": \"default\" is a function; it must be a value"},
        {"{ n = { type = \"integer\", default = 2, low = 3, means = \"m\" } }",
         "parameter \"n\": n is 2, but must be at least 3"},
        {"{ n = { type = \"percentage\", default = \"101%\", high = \"100%\", means = \"m\" } }",
         "parameter \"n\": n is 101%, but must be at most 100%"},
        {"{ n = { type = \"integer\", default = 2, low = 3, high = 1, means = \"m\" } }",
         "parameter \"n\": the low of n, 3, is above its high, 1"},
        {"{ n = { type = \"text\", default = \"a\", low = \"b\", means = \"m\" } }",
         "parameter \"n\": n is a text, which has no low and high"},
        {"{ n = { type = \"integer\", default = \"\", means = \"m\" } }", "parameter \"n\": default: it is empty"},
    };
    lua_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "rule \"x\" { title = \"t\", citation = \"c\", remedy = \"r\", each = \"submission\", "
                 "level = \"error\", parameters = %s, check = pass }\n" RULE("good", "return pass()"),
                 rows[i].declared);
        load_rules(fixture, text);
        assert_int_equal(fixture->ruleset->fault_count, 1);
        if (!holds(fixture->ruleset->faults[0].message, rows[i].message))
            fail_msg("%.*s", PV_STR_ARG(fixture->ruleset->faults[0].message));
        assert_int_equal(fixture->ruleset->faults[0].at.line, 1);
    }
}

/* ---- setting ---- */

static bool apply(lua_fixture *fixture, const char *yaml, pv_parameter_origin origin, const pv_source **source,
                  pv_error *error) {
    const pv_document *document = document_of(&fixture->base, yaml);
    pv_settings settings;
    *source = document->source;
    return pv_settings_read(&settings, document->source, document->root, error) &&
           pv_settings_apply(&settings, origin, fixture->ruleset, fixture->base.arena, error);
}

static void test_the_project_outweighs_the_pack_and_the_pack_the_rule(void **state) {
    lua_fixture *fixture = *state;
    const pv_source *source;
    pv_error error = {0};
    open_rules(fixture, WITH("{ " SHARE ", " RUN " }", "parameters.share"));
    assert_str(run_rule(fixture, "x").message, "40%");
    assert_true(apply(fixture, "x:\n  share: 50%\n", PV_PARAMETER_OF_PACK, &source, &error));
    assert_str(run_rule(fixture, "x").message, "50%");
    assert_true(
        apply(fixture, "other-pack.rule: { n: 1 }\nx:\n  share: 60%\n", PV_PARAMETER_OF_PROJECT, &source, &error));
    assert_str(run_rule(fixture, "x").message, "60%");
    const pv_parameter *share = pv_rule_parameter(&fixture->ruleset->rules[0], PV_STR("share"));
    assert_int_equal(share->origin, PV_PARAMETER_OF_PROJECT);
    assert_ptr_equal(share->source, source);
    assert_covers(source, share->value.at, "60%");
    assert_str(share->default_value.text.value, "40%");
    /* What nobody set is the rule's. */
    assert_int_equal(pv_rule_parameter(&fixture->ruleset->rules[0], PV_STR("run"))->origin, PV_PARAMETER_OF_RULE);
}

static void test_a_faulty_setting_is_refused_at_its_place(void **state) {
    static const struct {
        const char *yaml, *at, *message;
    } rows[] = {
        {"x: { shar: 50% }\n", "shar", "rule x has no parameter shar; did you mean share?"},
        {"y: { share: 50% }\n", "y", "the pack has no rule y"},
        {"x: { share: 50 }\n", "50", "'50' is not a percentage; write it like 20%"},
        {"x: { share: 101% }\n", "101%", "share is 101%, but must be at most 100%"},
        {"x: { run: 2 }\n", "2", "run is 2, but must be at least 3"},
        {"x: { run: [2] }\n", "[2]", "an integer belongs here, not a list"},
        {"x: { run: \"\" }\n", "\"\"", "run is empty"},
        {"x: 5\n", "5", "what is set of a rule must be a mapping, but is a text"},
        {"[x]\n", "[x]", "the parameters must be a mapping, but is a list"},
    };
    lua_fixture *fixture = *state;
    open_rules(fixture, WITH("{ " SHARE ", " RUN " }", "parameters.share"));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const pv_source *source;
        pv_error error = {0};
        assert_false(apply(fixture, rows[i].yaml, PV_PARAMETER_OF_PACK, &source, &error));
        assert_true(holds(pv_str_from(error.message), rows[i].message));
        assert_covers(source, error.where, rows[i].at);
        assert_str(run_rule(fixture, "x").message, "40%");
    }
}

static void test_a_list_is_written_as_in_yaml(void **state) {
    lua_fixture *fixture = *state;
    open_rules(fixture, WITH("{ n = { type = \"list\", default = { \"one\", \"two words\" }, means = \"m\" } }", "1"));
    pv_buf out = pv_buf_on(&fixture->base.memory);
    pv_parameter_write(&out, &fixture->ruleset->rules[0].parameters[0].value);
    assert_str(pv_buf_str(&out), "[one, two words]");
    pv_buf_clear(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        lua_test(test_each_type_reaches_the_rule_as_its_own),
        lua_test(test_what_is_declared_can_be_read_in_C),
        lua_test(test_when_gets_the_parameters_too),
        lua_test(test_an_unknown_name_raises_with_the_one_meant),
        lua_test(test_a_rule_cannot_change_its_parameters),
        lua_test(test_a_faulty_declaration_is_refused),
        lua_test(test_the_project_outweighs_the_pack_and_the_pack_the_rule),
        lua_test(test_a_faulty_setting_is_refused_at_its_place),
        lua_test(test_a_list_is_written_as_in_yaml),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
