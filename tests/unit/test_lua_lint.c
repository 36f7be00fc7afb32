/* What is said about the code, examples and patterns of rules, and what is left alone. */
#include "lua_fixture.h"

#include "base/utf8.h"
#include "lua/authoring/authoring_p.h"
#include "run/lint.h"

static const pv_manifest no_manifest;

static void lint_rules(lua_fixture *fixture, pv_lint *lint, pv_pack *pack, const char *text) {
    pv_error error = {0};
    load_rules(fixture, text);
    if (fixture->ruleset->fault_count > 0)
        fail_msg("%.*s", PV_STR_ARG(fixture->ruleset->faults[0].message));
    *pack = (pv_pack){.manifest = &no_manifest, .form = fixture->form, .ruleset = fixture->ruleset};
    assert_true(pv_lint_begin(lint, fixture->base.arena, pack, &error));
    assert_true(pv_lint_finish(lint, &error));
}

/* The findings in the rule file of this kind, as "LINE WORDS", each on a line; a text without a rule is given one. */
static void assert_found(lua_fixture *fixture, pv_lint_id id, const char *text, const char *expected) {
    pv_lint lint;
    pv_pack pack;
    const char *rule = strstr(text, "rule \"") ? "" : RULE("other", "return pass()");
    lint_rules(fixture, &lint, &pack, pv_arena_format(fixture->base.arena, "%s%s", text, rule).data);
    pv_buf found = pv_buf_on(&fixture->base.memory);
    for (size_t i = 0; i < lint.findings.count; i++) {
        const pv_lint_finding *finding = &lint.findings.items[i];
        if (finding->id == id)
            pv_buf_format(&found, "%u %.*s\n", (unsigned)pv_source_locate(finding->source, finding->at.start).line,
                          PV_STR_ARG(pv_source_slice(finding->source, finding->at)));
    }
    assert_str(pv_buf_str(&found), expected);
    pv_buf_clear(&found);
}

/* On a rule whose check has this body, which begins on line 3. */
static void assert_found_in(lua_fixture *fixture, pv_lint_id id, const char *body, const char *expected) {
    pv_str text = pv_arena_format(fixture->base.arena, RULE("r", "%s"), body);
    assert_found(fixture, id, text.data, expected);
}

static void test_numbers(void **state) {
    lua_fixture *fixture = *state;
    assert_found_in(fixture, PV_LINT_NUMBER_IN_RULE, "return at_most(40, 3.5) -- 17", "3 40\n3 3.5\n");
    assert_found_in(fixture, PV_LINT_NUMBER_IN_RULE, "return at_most(0 + 1 + 2, 100)", "");
    assert_found_in(fixture, PV_LINT_NUMBER_IN_RULE, "return fail(\"17 of %d\", 1)", "");
    assert_found(fixture, PV_LINT_NUMBER_IN_RULE, "local most = 40\nlocal list = { 40 }\n", "1 40\n");
    /* Examples and file level are no code that judges; the blocks of a function are. */
    assert_found(fixture, PV_LINT_NUMBER_IN_RULE,
                 "local function f(x)\nif x then\nfor i = 1, 7 do end\nwhile false do end\nrepeat until true\nend\n"
                 "return 8\nend\nlocal text = (\"x\"):rep(9)\n",
                 "3 7\n7 8\n");
}

static void test_comparisons_that_are_never_true(void **state) {
    lua_fixture *fixture = *state;
    pv_lint_id id = PV_LINT_COMPARISON_NEVER_TRUE;
    assert_found_in(fixture, id, "if subject.responses[1].text == \"x\" then return pass() end\nreturn pass()",
                    "3 subject.responses[1].text == \"x\"\n");
    assert_found_in(fixture, id, "if subject.responses[1].item.target ~= 20 then return pass() end\nreturn pass()",
                    "3 subject.responses[1].item.target ~= 20\n");
    assert_found_in(fixture, id, "return subject.responses[1].text:percentages():largest() == -1 and pass() or pass()",
                    "");
    /* Plain on both sides, a length, a value of the engine on both sides, and a name of which nothing is known. */
    assert_found_in(fixture, id, "if subject.responses[1].id == \"x\" then return pass() end\nreturn pass()", "");
    assert_found_in(fixture, id, "if #subject.responses[1].words == 2 then return pass() end\nreturn pass()", "");
    assert_found_in(fixture, id,
                    "local r = subject.responses[1]\nif r.text == r.text then return pass() end\nreturn pass()", "");
    assert_found_in(fixture, id, "local t = { a = 1 }\nif t.a == 1 then return pass() end\nreturn pass()", "");
}

static void test_patterns(void **state) {
    lua_fixture *fixture = *state;
    assert_found(fixture, PV_LINT_PATTERN_NEVER_MATCHES,
                 "local a = pattern [[zebra]]\nlocal b = pattern(\"SAY\", \"i\")\nlocal c = pattern \"SAY\"\n",
                 "1 [[zebra]]\n3 \"SAY\"\n");
    /* The words of an example, also when only a part of its text is searched. */
    assert_found(
        fixture, PV_LINT_PATTERN_NEVER_MATCHES,
        "local whole = pattern [[^zebra$]]\n"
        "rule \"r\" { title = \"t\", citation = \"c\", remedy = \"r\", each = \"response\", level = \"error\",\n"
        "check = function(r) return r.words[2]:find(whole) and pass() or fail(\"no\") end,\n"
        "examples = { { state = \"pass\", response = \"one zebra more\" } } }\n",
        "");
    assert_found(
        fixture, PV_LINT_PATTERN_SLOW,
        "local a = pattern [[(a+)+z]]\nlocal b = pattern [[(\\w+\\s?)+!]]\nlocal c = pattern [[\\bQ[1-4] \\d{4}\\b]]\n",
        "1 [[(a+)+z]]\n2 [[(\\w+\\s?)+!]]\n");
}

static void test_samples_of_patterns(void **state) {
    lua_fixture *fixture = *state;
    pv_pattern_sample sample = pv_pattern_sample_of(PV_STR("\\b[a-z]+ \\d{2,}(?<x>[^,]%|.)\\s$"), false);
    assert_str(((pv_str){sample.at, sample.size}), "a 1a%a ");
    sample = pv_pattern_sample_of(PV_STR("a b"), true);
    assert_str(((pv_str){sample.at, sample.size}), "ab");
    /* Texts that are searched are valid UTF-8: a part of a character made machine code read outside of them. */
    sample = pv_pattern_sample_of(PV_STR("\u00ab [\u00e9-\u00fc]+ \\w\u00bb [^\u00e9]"), true);
    assert_str(((pv_str){sample.at, sample.size}), "\u00ab\u00e9a\u00bba");
    pv_buf text = pv_buf_on(&fixture->base.memory);
    for (size_t i = 0; i < pv_hostile_text_count(&sample); i++) {
        pv_hostile_text_write(&sample, i, &text);
        assert_int_equal(pv_utf8_invalid_at(pv_buf_str(&text)), SIZE_MAX);
        assert_true(text.size >= PV_HOSTILE_BYTES);
    }
    pv_buf_clear(&text);
    sample = pv_pattern_sample_of(PV_STR("^$"), false);
    assert_int_equal(pv_hostile_text_count(&sample), 0);
}

static void test_examples_and_application(void **state) {
    lua_fixture *fixture = *state;
    const char *head =
        "rule \"r\" { title = \"t\", citation = \"c\", remedy = \"r\", each = \"response\", level = \"error\",\n";
    pv_str never = pv_arena_format(fixture->base.arena, "%swhen = function() return false end, check = pass }\n", head);
    assert_found(fixture, PV_LINT_RULE_NEVER_APPLIES, never.data,
                 "1 rule \"r\" { title = \"t\", citation = \"c\", remedy = "
                 "\"r\", each = \"response\", level = \"error\",\n");
    pv_str full =
        pv_arena_format(fixture->base.arena, "%swhen = function(r) return not r.blank end, check = pass }\n", head);
    assert_found(fixture, PV_LINT_RULE_NEVER_APPLIES, full.data, "");
    pv_str both = pv_arena_format(fixture->base.arena,
                                  "%scheck = function(r) return at_most(r.words, r.item.word_limit) end,\n"
                                  "examples = { { state = \"pass\", response = \"a\" }, "
                                  "{ state = \"fail\", response = \"a b c d\" } } }\n",
                                  head);
    assert_found(fixture, PV_LINT_EXAMPLE_NONE_PASSES, both.data, "");
    assert_found(fixture, PV_LINT_EXAMPLE_NONE_FAILS, both.data, "");
}

static void test_citations_and_names(void **state) {
    lua_fixture *fixture = *state;
    const char *unequal = "rule \"a\" { title = \"It is so\", citation = \"Form: “one\", remedy = \"r\",\n"
                          "each = \"submission\", level = \"error\", check = pass }\n";
    assert_found(fixture, PV_LINT_CITATION_MALFORMED, unequal, "1 Form: “one\n");
    const char *two = "rule \"a\" { title = \"It is so\", citation = \"Form\", remedy = \"r\", each = \"submission\",\n"
                      "level = \"error\", check = pass }\n"
                      "rule \"b\" { title = \"It is so\", citation = \" \", remedy = \"r\", each = \"submission\",\n"
                      "level = \"error\", replaces = { \"a\" }, check = pass }\n";
    assert_found(fixture, PV_LINT_CITATION_MALFORMED, two, "1 Form\n");
    assert_found(fixture, PV_LINT_CITATION_MISSING, two,
                 "3 rule \"b\" { title = \"It is so\", citation = \" \", remedy = \"r\", each = \"submission\",\n");
    assert_found(fixture, PV_LINT_RULE_DUPLICATE, two, "3 It is so\n");
    assert_found(fixture, PV_LINT_RULE_REPLACED, two,
                 "1 rule \"a\" { title = \"It is so\", citation = \"Form\", remedy = \"r\", each = \"submission\",\n");
}

static void test_names_nobody_asks_for(void **state) {
    lua_fixture *fixture = *state;
    const char *rule = RULE("r", "local c = subject.fields[\"plan\"]\nreturn present(subject.records.meeting)");
    assert_found(fixture, PV_LINT_FORM_UNUSED, rule, "6 county\n");
    assert_found(fixture, PV_LINT_ATTRIBUTE_UNREAD, rule, "4 target\n");
    assert_found(fixture, PV_LINT_ATTRIBUTE_UNREAD, RULE("r", "return subject.target"), "");
    const char *parameters =
        "rule \"r\" { title = \"t\", citation = \"c\", remedy = \"r\", each = \"submission\", level = \"error\",\n"
        "parameters = {\n used = { type = \"integer\", default = 3, means = \"m\" },\n"
        " unused = { type = \"integer\", default = 3, means = \"m\" } },\n"
        "check = function(s, _, parameters) return at_most(parameters.used, 1) end }\n";
    assert_found(fixture, PV_LINT_PARAMETER_UNUSED, parameters, "4 unused\n");
}

/* What the form requires, or says how many there are of, is judged whether or not a rule asks for it. */
static void test_what_is_judged_is_used(void **state) {
    lua_fixture *fixture = *state;
    fixture->form = form_of(&fixture->base, "form: test\n"
                                            "title: A form\n"
                                            "fields:\n"
                                            "  county: { type: text, required: true }\n"
                                            "  plan: text\n"
                                            "records:\n"
                                            "  visit: { rows: { most: 3 }, columns: { day: date } }\n"
                                            "  call: { columns: { day: { type: date, required: true } } }\n");
    assert_found(fixture, PV_LINT_FORM_UNUSED, RULE("r", "return pass()"), "5 plan\n8 call\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        lua_test(test_numbers),
        lua_test(test_comparisons_that_are_never_true),
        lua_test(test_patterns),
        lua_test(test_samples_of_patterns),
        lua_test(test_examples_and_application),
        lua_test(test_citations_and_names),
        lua_test(test_names_nobody_asks_for),
        lua_test(test_what_is_judged_is_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
