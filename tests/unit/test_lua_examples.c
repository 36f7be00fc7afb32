/* The examples of rules: what they build, which subject they judge, and when they count as failed. */
#include "lua_fixture.h"

#include "lua/authoring/authoring.h"

/* A rule with these keys and examples. */
#define EXAMPLES(keys, examples)                                                                                       \
    "rule \"a\" { title = \"\", citation = \"\", remedy = \"\", level = \"error\", " keys ", examples = {" examples    \
    "} }"
#define PASSING "check = function() return pass() end"
#define LIMIT                                                                                                          \
    "each = \"response\", when = function(response) return response.item.word_limit end,\n"                            \
    "check = function(response) return at_most(response.words, response.item.word_limit) end"

typedef struct example_row {
    const char *rule;
    bool passed;
    const char *expected;
    const char *actual; /* a part of it */
} example_row;

/* Each rule has one example; the result for the missing other side comes before it. */
static const example_row rows[] = {
    /* The response goes to the first item that has a word limit, which is 1.1.6.1. */
    {EXAMPLES(LIMIT, "{ state = \"pass\", response = \"one two three\" }"), true, "pass",
     "pass at \"one two three\": 3 words"},
    {EXAMPLES(LIMIT, "{ state = \"fail\", response = \"one two three four\", at = 4 }"), true, "fail at word 4",
     "fail at \"four\": 4 words"},
    {EXAMPLES(LIMIT, "{ state = \"fail\", response = \"one two three four\", at = 3 }"), false, "fail at word 3",
     "fail at \"four\""},
    {EXAMPLES(LIMIT, "{ state = \"fail\", response = \"one two three four five\", at = \"four five\" }"), true,
     "fail at \"four five\"", "fail at \"four five\""},
    {EXAMPLES(LIMIT, "{ state = \"fail\", response = \"one two three four\", at = 9 }"), false, "fail at word 9",
     "fail"},
    {EXAMPLES(LIMIT, "{ state = \"pass\", response = \"one two three four\" }"), false, "pass", "fail at \"four\""},
    {EXAMPLES(LIMIT, "{ state = \"fail\", response = \"one two three four\", message = \"at most 3\" }"), true,
     "fail saying \"at most 3\"", "fail"},
    {EXAMPLES(LIMIT, "{ state = \"fail\", response = \"one two three four\", message = \"at most 4\" }"), false,
     "fail saying \"at most 4\"", "fail"},
    {EXAMPLES(LIMIT, "{ state = \"not-applicable\", item = \"1.1.6.2\", response = \"one two three four\" }"), true,
     "not-applicable", "not-applicable"},
    /* The day that the example says; a rule of some days is tried on one of them, unless the example says another. */
    {EXAMPLES("each = \"submission\", check = function(s) return pass(\"%s\", s.as_of) end",
              "{ state = \"pass\", as_of = \"2022-07-01\" }"),
     true, "pass", "pass: 2022-07-01"},
    {EXAMPLES("each = \"submission\", since = \"2022-07-01\", " PASSING, "{ state = \"pass\" }"), true, "pass", "pass"},
    {EXAMPLES("each = \"submission\", since = \"2022-07-01\", " PASSING,
              "{ state = \"not-applicable\", as_of = \"2022-06-30\" }"),
     true, "not-applicable", "the day is 2022-06-30"},
    {EXAMPLES(LIMIT, "{ state = \"pass\", item = \"1.1.6.9\", response = \"\" }"), false, "pass",
     "the form has no item \"1.1.6.9\""},
    /* Line breaks are paragraph breaks, and a blank response is not judged. */
    {EXAMPLES("each = \"response\", check = function(response) return equals(#response.text:paragraphs(), 2) end",
              "{ state = \"pass\", response = \"one\\n\\ntwo\" }"),
     true, "pass", "pass"},
    {EXAMPLES(LIMIT, "{ state = \"not-applicable\", item = \"1.1.6.1\", response = \" \" }"), true, "not-applicable",
     "blank"},
    /* Fields, responses by id, records, and what is missing. */
    {EXAMPLES("each = \"submission\", check = function(submission) return present(submission.fields.county) end",
              "{ state = \"pass\", fields = { county = \"Kern\" }, at = \"Kern\" }"),
     true, "pass at \"Kern\"", "pass at \"Kern\": County is given"},
    {EXAMPLES("each = \"submission\", check = function(submission) return present(submission.fields.county) end",
              "{ state = \"fail\", expected_here = true }"),
     true, "fail where something is missing", "fail where something is missing: County is not given"},
    {EXAMPLES("each = \"submission\", check = function(submission) return present(submission.fields.county) end",
              "{ state = \"fail\", fields = { countty = \"Kern\" } }"),
     false, "fail", "did you mean"},
    {EXAMPLES("each = \"submission\",\n"
              "check = function(submission) return pass(\"%s\", submission:response(\"1.1.6.2\").text) end",
              "{ state = \"pass\", responses = { [\"1.1.6.2\"] = \"more\" }, message = \"more\" }"),
     true, "pass saying \"more\"", "more"},
    {EXAMPLES("each = \"submission\", " PASSING, "{ state = \"pass\", responses = { [\"1.1.7\"] = \"more\" } }"), false,
     "pass", "the form has no item \"1.1.7\""},
    {EXAMPLES("each = \"submission\", check = function(submission)\n"
              "  return equals(#submission.responses:where(function(r) return not r.blank end), 2) end",
              "{ state = \"pass\", complete = true }"),
     true, "pass", "pass"},
    {EXAMPLES("each = \"record\", record = \"meeting\",\n"
              "check = function(row) return at_most(row.guests, 20) end",
              "{ state = \"fail\", record = 2, at = \"30\",\n"
              "  records = { meeting = { { guests = 10 }, { place = \"Hall\", guests = \"30\" } } } }"),
     true, "fail at \"30\"", "fail at \"30\": 30 is more than 20"},
    {EXAMPLES("each = \"record\", record = \"meeting\", " PASSING, "{ state = \"pass\" }"), false, "pass",
     "has not what the rule is to judge"},
    {EXAMPLES("each = \"measure\", check = function(measure) return pass(\"%s\", measure.id) end",
              "{ state = \"pass\", measure = \"1.1.6\", responses = { [\"1.1.6.1\"] = \"x\" }, message = \"1.1.6\" }"),
     true, "pass saying \"1.1.6\"", "pass"},
    {EXAMPLES("each = \"section\", check = function(section) return pass(\"%s\", section.title) end",
              "{ state = \"pass\", section = \"1\", message = \"First\" }"),
     true, "pass saying \"First\"", "pass"},
    {EXAMPLES("each = \"section\", " PASSING, "{ state = \"pass\", section = \"7\" }"), false, "pass",
     "has not what the rule is to judge"},
    /* A rule at fault. */
    {EXAMPLES("each = \"submission\", check = function() error(\"oh no\") end", "{ state = \"fail\" }"), false, "fail",
     "not-checked: oh no"},
    {EXAMPLES(LIMIT, "{ state = \"pass\", response = string.char(255) }"), false, "pass", "UTF-8"},
};

static const pv_example_result *run_examples(lua_fixture *fixture, const char *rules, const char *pattern,
                                             size_t *count) {
    const pv_example_result *results = NULL;
    pv_error error = {0};
    open_rules(fixture, rules);
    if (!pv_lua_run_examples(fixture->ruleset, pv_str_from(pattern), fixture->base.arena, &results, count, &error))
        fail_msg("%s", error.message);
    return results;
}

static void test_examples_are_judged_like_submissions(void **state) {
    lua_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t count;
        const pv_example_result *result = &run_examples(fixture, rows[i].rule, "", &count)[1];
        assert_int_equal(count, 2);
        assert_int_equal(result->number, 1);
        if (result->passed != rows[i].passed || !holds(result->actual, rows[i].actual))
            fail_msg("%s\n%s: %.*s", rows[i].rule, result->passed ? "passed" : "failed", PV_STR_ARG(result->actual));
        assert_str(result->expected, rows[i].expected);
    }
}

static void test_a_rule_needs_an_example_of_either_side(void **state) {
    lua_fixture *fixture = *state;
    size_t count;
    const pv_example_result *results =
        run_examples(fixture, EXAMPLES("each = \"submission\", " PASSING, "{ state = \"pass\" }"), "", &count);
    assert_int_equal(count, 2);
    assert_int_equal(results[0].number, 0);
    assert_false(results[0].passed);
    assert_str(results[0].actual, "only one of them");
    assert_true(results[1].passed);
    results = run_examples(fixture, RULE("b", "return pass()"), "", &count);
    assert_int_equal(count, 1);
    assert_str(results[0].actual, "no example");
    results = run_examples(fixture,
                           EXAMPLES("each = \"submission\", " PASSING, "{ state = \"pass\" }, { state = \"review\" }"),
                           "", &count);
    assert_int_equal(count, 2);
    assert_true(results[0].passed);
    assert_false(results[1].passed);
}

static void test_only_the_rules_asked_for_run(void **state) {
    lua_fixture *fixture = *state;
    size_t count;
    const pv_example_result *results =
        run_examples(fixture, RULE("x.a", "return pass()") RULE("y.a", "return pass()"), "y.*", &count);
    assert_int_equal(count, 1);
    assert_str(results[0].rule->id, "y.a");
    assert_str(results[0].path, "rules/test.lua");
    assert_int_equal(results[0].at.column, 1);
    assert_str(pv_str_slice(pv_source_line(results[0].rule->source, results[0].at.line), 0, 10), "rule \"y.a\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        lua_test(test_examples_are_judged_like_submissions),
        lua_test(test_a_rule_needs_an_example_of_either_side),
        lua_test(test_only_the_rules_asked_for_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
