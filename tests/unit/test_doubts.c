/* What rests on a response that could not be told with certainty from its prompt is for a person to judge, whatever the
 * rules say of it; and nothing else is. */
#include "lua_fixture.h"

#include "run/runner.h"

static const char doubts_form[] = "form: test\n"
                                  "title: A form\n"
                                  "sections: [{ id: \"1\", title: First }]\n"
                                  "measures:\n"
                                  "  - id: 1.1\n"
                                  "    section: \"1\"\n"
                                  "    title: One\n"
                                  "    obligation: mandatory\n"
                                  "    items:\n"
                                  "      - { id: \"1\", prompt: Say what., word_limit: 5 }\n"
                                  "      - { id: \"2\", prompt: Say more., word_limit: 5 }\n"
                                  "  - id: 1.2\n"
                                  "    section: \"1\"\n"
                                  "    title: Two\n"
                                  "    obligation: mandatory\n"
                                  "    items: [{ id: \"1\", prompt: Say it again., word_limit: 5 }]\n";

/* 1.1.2 is not certain: "fully and" may be of its prompt. */
static const char doubts_filing[] = "form: test\n"
                                    "measures:\n"
                                    "  1.1:\n"
                                    "    1: We plan four visits.\n"
                                    "    2: fully and we do it.\n"
                                    "  1.2: We plan no visits.\n";

static const char rules_text[] =
    "local kept\n"
    "local function of(each, check, when)\n"
    "  return { title = 'Title', citation = 'c', remedy = 'r', each = each, level = 'error', check = check, when = "
    "when }\n"
    "end\n"
    "rule 'd.limit' (of('response', function(r) return at_most(r.words, 3) end))\n"
    "rule 'd.passes' (of('response', function(r) return pass('fine') end))\n"
    "rule 'd.when-long' (of('response', function(r) return pass('fine') end,\n"
    "  function(r) return #r.words > 100, 'it is short' end))\n"
    "rule 'd.when-first' (of('response', function(r) return pass('fine') end,\n"
    "  function(r) return r.id == '1.1.1', 'it is not the first' end))\n"
    "rule 'd.given' (of('measure', function(m) return present(m) end))\n"
    "rule 'd.titled' (of('measure', function(m) return pass(m.title .. m.responses[1].id) end))\n"
    "rule 'd.first-texts' (of('measure', function(m) return pass('%s', m.responses[1].text) end))\n"
    "rule 'd.all-texts' (of('submission', function(s)\n"
    "  for _, r in ipairs(s.responses) do kept = r.text end\n"
    "  return pass('%s', kept) end))\n"
    "rule 'd.path' (of('submission', function(s) return pass('%s', s.path) end))\n"
    "rule 'd.raises' (of('submission', function(s) return s.responses[2].nothing end))\n"
    "rule 'd.several' (of('response', function(r) return { fail('one'):at(r), fail('two'):at(r) } end))\n";

static pv_node *node_at(const pv_document *document, const char *measure, const char *item) {
    const pv_node *node = pv_node_get(document->root, PV_STR("measures"));
    node = pv_node_get(node, pv_str_from(measure));
    node = item ? pv_node_get(node, pv_str_from(item)) : node;
    assert_non_null(node);
    return (pv_node *)(uintptr_t)node;
}

static pv_text other;
static pv_uncertainty uncertainty = {
    .thousandths = 412,
    .why = {"its beginning could not be separated with certainty from its prompt", 67},
    .other = &other,
};

/* The filing, in which item 1.1.2 is uncertain. */
static void file_uncertainly(lua_fixture *fixture) {
    pv_submission *submission = NULL;
    pv_error error = {0};
    const pv_document *document = document_of(&fixture->base, doubts_filing);
    size_t start = pv_str_find(document->source->bytes, PV_STR("we do it."), 0);
    assert_true(pv_text_verbatim(&other, fixture->base.arena, PV_STR("we do it."), start, &error));
    node_at(document, "1.1", "2")->uncertainty = &uncertainty;
    fixture->form = form_of(&fixture->base, doubts_form);
    assert_true(pv_submission_build(&submission, fixture->base.arena, fixture->form, document, &error));
    assert_int_equal(submission->uncertain_count, 1);
    fixture->submission = submission;
}

static pv_results check(lua_fixture *fixture, const char *pattern) {
    static pv_manifest manifest = {.id = {"t", 1}};
    const pv_pack pack = {.manifest = &manifest, .form = fixture->form, .ruleset = fixture->ruleset};
    const pv_run_options options = {.mode = PV_MODE_SUBMISSION, .rule_pattern = pv_str_from(pattern)};
    pv_results results;
    pv_error error = {0};
    assert_true(pv_run_check(&results, fixture->base.arena, &pack, fixture->submission, &options, &error));
    return results;
}

static const pv_verdict *verdict_on(lua_fixture *fixture, const pv_results *results, const char *rule,
                                    const char *subject) {
    for (size_t i = 0; i < results->verdict_count; i++)
        if (pv_str_equal(results->verdicts[i].rule->id, pv_str_from(rule)) &&
            pv_str_equal(pv_subject_name(&results->verdicts[i].subject, fixture->base.arena), pv_str_from(subject)))
            return &results->verdicts[i];
    fail_msg("no verdict of %s on %s", rule, subject);
    return NULL;
}

static void each_verdict_that_rests_on_it_is_a_review(void **state) {
    lua_fixture *fixture = *state;
    static const struct {
        const char *rule, *subject;
        pv_state expected;
    } cases[] = {
        {"d.limit", "1.1.1", PV_STATE_FAIL},
        {"d.limit", "1.1.2", PV_STATE_REVIEW},
        {"d.limit", "1.2", PV_STATE_FAIL},
        {"d.passes", "1.1.1", PV_STATE_PASS},
        {"d.passes", "1.1.2", PV_STATE_REVIEW},
        {"d.when-long", "1.1.1", PV_STATE_NOT_APPLICABLE},
        {"d.when-long", "1.1.2", PV_STATE_REVIEW},
        {"d.when-first", "1.1.2", PV_STATE_NOT_APPLICABLE}, /* its text was not looked at */
        {"d.given", "measure 1.1", PV_STATE_REVIEW},
        {"d.given", "measure 1.2", PV_STATE_PASS},
        {"d.titled", "measure 1.1", PV_STATE_PASS},
        {"d.first-texts", "measure 1.1", PV_STATE_PASS},
        {"d.first-texts", "measure 1.2", PV_STATE_PASS},
        {"d.all-texts", "the submission", PV_STATE_REVIEW},
        {"d.path", "the submission", PV_STATE_PASS},
        {"d.raises", "the submission", PV_STATE_NOT_CHECKED},
        {"d.several", "1.1.2", PV_STATE_REVIEW},
        {"form.limits", "1.1.2", PV_STATE_REVIEW},
        {"form.required", "1.1.2", PV_STATE_REVIEW},
    };
    file_uncertainly(fixture);
    load_rules(fixture, rules_text);
    assert_int_equal(fixture->ruleset->fault_count, 0);
    const pv_results results = check(fixture, "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const pv_verdict *verdict = verdict_on(fixture, &results, cases[i].rule, cases[i].subject);
        if (verdict->outcome.state != cases[i].expected)
            fail_msg("%s on %s is %s", cases[i].rule, cases[i].subject, pv_state_name(verdict->outcome.state));
    }
}

static void a_review_names_both_readings_and_what_the_rule_said(void **state) {
    lua_fixture *fixture = *state;
    file_uncertainly(fixture);
    load_rules(fixture, rules_text);
    const pv_results results = check(fixture, "");
    const pv_verdict *own = verdict_on(fixture, &results, "d.limit", "1.1.2");
    assert_str(own->outcome.message,
               "its beginning could not be separated with certainty from its prompt; it was read as “fully and we do "
               "it.” (5 words), and may be “we do it.” (3 words)");
    assert_str(own->outcome.working[0], "as it was read: fail: 5 words; at most 3 are allowed");
    assert_str(own->outcome.working[1], "5 > 3");
    assert_str(own->outcome.related[0].message, "the other reading");
    assert_covers(fixture->submission->source, own->outcome.related[0].at.span, "we do it.");
    assert_true(own->level == PV_LEVEL_ERROR);
    const pv_verdict *above = verdict_on(fixture, &results, "d.given", "measure 1.1");
    assert_true(holds(above->outcome.message, "this rests on the response to 1.1.2: its beginning"));
    assert_str(above->outcome.working[0], "as it was read: pass: it is given");
}

/* A text that was kept from an earlier subject is looked at when something is asked of it. */
static void what_is_kept_from_an_earlier_subject_is_looked_at_too(void **state) {
    static const char text[] =
        "local kept\n"
        "rule 'd.keeps' { title = 't', citation = 'c', remedy = 'r', each = 'measure', level = 'error',\n"
        "  check = function(m)\n"
        "    kept = kept or m.responses[2].text\n"
        "    return pass('%s', #kept.words)\n"
        "  end }\n";
    lua_fixture *fixture = *state;
    file_uncertainly(fixture);
    load_rules(fixture, text);
    const pv_results results = check(fixture, "d.keeps");
    assert_int_equal(verdict_on(fixture, &results, "d.keeps", "measure 1.2")->outcome.state, PV_STATE_REVIEW);
}

/* ---- a limit between two counts ---- */

static const char counting_form[] = "form: test\n"
                                    "title: A form\n"
                                    "sections: [{ id: \"1\", title: First }]\n"
                                    "measures:\n"
                                    "  - id: 1.1\n"
                                    "    section: \"1\"\n"
                                    "    title: One\n"
                                    "    obligation: mandatory\n"
                                    "    items:\n"
                                    "      - { id: \"1\", prompt: Most., word_limit: 6 }\n"
                                    "      - { id: \"2\", prompt: Least., word_minimum: 6 }\n"
                                    "      - { id: \"3\", prompt: Well below., word_limit: 7 }\n"
                                    "      - { id: \"4\", prompt: Above., word_limit: 4 }\n";
static const char counting_filing[] = "form: test\n"
                                      "measures:\n"
                                      "  1.1: { 1: we plan and we do, 2: we plan and we do, 3: we plan and we do, "
                                      "4: we plan and we do }\n";
static const char counting_rules[] =
    "local function of(check)\n"
    "  return { title = 'T', citation = 'c', remedy = 'r', each = 'response', level = 'error', check = check }\n"
    "end\n"
    "rule 'c.most' (of(function(r) return at_most(r.words, 6, 'words') end))\n"
    "rule 'c.least' (of(function(r) return at_least(r.words, 6) end))\n"
    "rule 'c.seven' (of(function(r) return at_most(r.words, 7) end))\n"
    "rule 'c.four' (of(function(r) return at_most(r.words, 4) end))\n"
    "rule 'c.eight' (of(function(r) return at_least(r.words, 8) end))\n"
    "rule 'c.between' (of(function(r) return between(r.words, 5, 6) end))\n"
    "rule 'c.from-second' (of(function(r) return at_most(r.words:from(2), 4) end))\n";

/* Five words, and seven with "1." and "(b)" before two of them. */
static void made_labels_leave_a_limit_between_two_counts_to_a_person(void **state) {
    static const pv_made_label labels[] = {{0, {"1.", 2}}, {8, {"(b)", 3}}};
    static const struct {
        const char *rule, *subject;
        pv_state expected;
        const char *message;
    } cases[] = {
        {"c.most", "1.1.1", PV_STATE_REVIEW,
         "5 words, 7 with the numbers and bullets that the word processor adds; at most 6 are allowed"},
        {"c.least", "1.1.1", PV_STATE_REVIEW,
         "5 words, 7 with the numbers and bullets that the word processor adds; at least 6 are asked for"},
        {"c.seven", "1.1.1", PV_STATE_PASS, "5 words; at most 7 are allowed"},
        {"c.four", "1.1.1", PV_STATE_FAIL, "5 words; at most 4 are allowed"},
        {"c.eight", "1.1.1", PV_STATE_FAIL, "5 words; at least 8 are asked for"},
        {"c.between", "1.1.1", PV_STATE_REVIEW, NULL},
        {"c.from-second", "1.1.1", PV_STATE_REVIEW, NULL}, /* four, and the label before "and" */
        {"form.limits", "1.1.1", PV_STATE_REVIEW,
         "5 words, 7 with the numbers and bullets that the word processor adds; the form allows 6"},
        {"form.limits", "1.1.2", PV_STATE_REVIEW,
         "5 words, 7 with the numbers and bullets that the word processor adds; the form asks for at least 6"},
        {"form.limits", "1.1.4", PV_STATE_FAIL, "5 words; the form allows 4"},
    };
    lua_fixture *fixture = *state;
    fixture->form = form_of(&fixture->base, counting_form);
    fixture->submission = submission_of(&fixture->base, fixture->form, counting_filing);
    for (size_t i = 0; i < fixture->submission->response_count; i++) {
        pv_text *text = (pv_text *)(uintptr_t)&fixture->submission->responses[i].text;
        text->labels = labels;
        text->label_count = 2;
    }
    load_rules(fixture, counting_rules);
    const pv_results results = check(fixture, "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const pv_verdict *verdict = verdict_on(fixture, &results, cases[i].rule, cases[i].subject);
        if (verdict->outcome.state != cases[i].expected)
            fail_msg("%s on %s is %s", cases[i].rule, cases[i].subject, pv_state_name(verdict->outcome.state));
        if (cases[i].message)
            assert_str(verdict->outcome.message, cases[i].message);
    }
    for (size_t i = 0; i < results.verdict_count; i++)
        assert_false(pv_str_equal(results.verdicts[i].rule->id, PV_STR("form.limits")) &&
                     results.verdicts[i].subject.response == &fixture->submission->responses[2]);
    assert_str(verdict_on(fixture, &results, "c.most", "1.1.1")->outcome.working[0], "5 ≤ 6 < 7");
    assert_str(verdict_on(fixture, &results, "form.limits", "1.1.1")->outcome.working[0], "5 ≤ 6 < 7");
    assert_str(verdict_on(fixture, &results, "c.least", "1.1.1")->outcome.working[0], "5 < 6 ≤ 7");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        lua_test(each_verdict_that_rests_on_it_is_a_review),
        lua_test(a_review_names_both_readings_and_what_the_rule_said),
        lua_test(what_is_kept_from_an_earlier_subject_is_looked_at_too),
        lua_test(made_labels_leave_a_limit_between_two_counts_to_a_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
