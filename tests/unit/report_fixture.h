/* A form with two sections, a group of two measures, a record kind; a filing on it; and verdicts made by hand. */
#ifndef PV_TESTS_REPORT_FIXTURE_H
#define PV_TESTS_REPORT_FIXTURE_H

#include "document_fixture.h"

#include "report/verdicts/report.h"
#include "run/ruleset.h"

static const char report_form[] =
    "form: demo\n"
    "title: Demonstration form\n"
    "fields:\n"
    "  plan: { label: Plan name, type: text, required: true }\n"
    "sections:\n"
    "  - { id: \"1\", title: First area }\n"
    "groups:\n"
    "  - { id: either, title: Either of two, measures: [1.2, 1.3], choose: 1, points: 30 }\n"
    "measures:\n"
    "  - id: \"1.1\"\n"
    "    section: \"1\"\n"
    "    title: Plan\n"
    "    obligation: mandatory\n"
    "    points: 80\n"
    "    items:\n"
    "      - { id: \"1\", prompt: Describe the plan., word_limit: 5 }\n"
    "      - { id: \"2\", prompt: Describe the steps., word_limit: 10 }\n"
    "  - id: \"1.2\"\n"
    "    section: \"1\"\n"
    "    title: Partners\n"
    "    obligation: optional\n"
    "    points: 30\n"
    "    items: [{ id: \"1\", prompt: Name the partners., word_limit: 5 }]\n"
    "  - id: \"1.3\"\n"
    "    section: \"1\"\n"
    "    title: Engagement\n"
    "    obligation: optional\n"
    "    points: 30\n"
    "    items: [{ id: \"1\", prompt: Describe the engagement. }]\n"
    "records:\n"
    "  allocation: { label: Points, columns: { area: text, points: integer } }\n"
    "  attachment: { label: Attached, columns: { title: text, supports: list } }\n";

static const char report_filing[] = "form: demo\n"
                                    "fields: { plan: Health Net }\n"
                                    "records:\n"
                                    "  allocation:\n"
                                    "    - { area: \"1\", points: \"1,000\" }\n"
                                    "measures:\n"
                                    "  1.1:\n"
                                    "    1: one two three four five six\n"
                                    "    2: one two three\n"
                                    "  1.2: the county agencies\n";

static const char pointless_form[] = "form: demo\n"
                                     "title: A form without points\n"
                                     "sections: [{ id: all, title: All }]\n"
                                     "groups: [{ id: any, title: Any, measures: [long], choose: 1, points: 0 }]\n"
                                     "measures:\n"
                                     "  - { id: short, section: all, title: Short, obligation: mandatory,\n"
                                     "      items: [{ id: \"1\", prompt: A, word_minimum: 4, word_limit: 40 },\n"
                                     "              { id: \"2\", prompt: B, word_limit: 4 }] }\n"
                                     "  - { id: long, section: all, title: Long, obligation: optional,\n"
                                     "      items: [{ id: \"1\", prompt: C, word_limit: 4, character_limit: 10 }] }\n";

static const char pointless_filing[] = "form: demo\n"
                                       "measures:\n"
                                       "  short: { 1: one two three, 2: one two three four }\n"
                                       "  long: naïve words\n";

static const pv_rule report_rules[] = {
    {.id = PV_STR("demo.limit"),
     .title = PV_STR("Each response keeps to its word limit"),
     .citation = PV_STR("Form: “5 words”"),
     .remedy = PV_STR("Shorten the response."),
     .level = PV_LEVEL_ERROR,
     .each = PV_SUBJECT_RESPONSE},
    {.id = PV_STR("demo.partners"),
     .title = PV_STR("The partners are named"),
     .citation = PV_STR("Form, 1.2"),
     .remedy = PV_STR("Name them."),
     .level = PV_LEVEL_WARNING,
     .each = PV_SUBJECT_MEASURE},
    {.id = PV_STR("demo.whole"),
     .title = PV_STR("The filing is whole"),
     .citation = PV_STR("Form"),
     .remedy = PV_STR("Complete it."),
     .level = PV_LEVEL_ERROR,
     .each = PV_SUBJECT_SUBMISSION},
};

enum { RULE_LIMIT, RULE_PARTNERS, RULE_WHOLE };

static const pv_ruleset report_ruleset = {.rules = report_rules,
                                          .rule_count = sizeof report_rules / sizeof *report_rules};
static const pv_manifest report_manifest = {
    .id = PV_STR("demo"), .version = PV_STR("1.0.0"), .title = PV_STR("Demonstration")};

#define MAX_VERDICTS 16

typedef struct report_fixture {
    arena_fixture base;
    const pv_submission *submission;
    pv_pack pack;
    pv_verdict verdicts[MAX_VERDICTS];
    pv_fault fault;
    pv_results results;
    pv_report_input input;
    pv_report_context context;
    pv_report_style style;
    pv_buf out;
} report_fixture;

static inline int report_setup(void **state) {
    report_fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture->base.memory = pv_memory_with_limit(SIZE_MAX);
    fixture->base.arena = pv_arena_new(&fixture->base.memory);
    assert_non_null(fixture->base.arena);
    const pv_form *form = form_of(&fixture->base, report_form);
    fixture->submission = submission_of(&fixture->base, form, report_filing);
    fixture->pack = (pv_pack){.manifest = &report_manifest, .form = form, .sha256 = "5e1f"};
    fixture->pack.ruleset = pv_arena_alloc(fixture->base.arena, sizeof report_ruleset);
    assert_non_null(fixture->pack.ruleset);
    *fixture->pack.ruleset = report_ruleset;
    fixture->results.verdicts = fixture->verdicts;
    fixture->results.faults = &fixture->fault;
    fixture->results.mode = PV_MODE_SUBMISSION;
    fixture->results.fail_on = PV_LEVEL_ERROR;
    fixture->input = (pv_report_input){.submission = fixture->submission,
                                       .source = fixture->submission->source,
                                       .pack = &fixture->pack,
                                       .results = &fixture->results,
                                       .sha256 = "ab12"};
    fixture->context =
        (pv_report_context){.version = PV_STR("0.1.0"), .mode = PV_MODE_SUBMISSION, .fail_on = PV_LEVEL_ERROR};
    fixture->style = (pv_report_style){.width = 80};
    fixture->out = pv_buf_on(&fixture->base.memory);
    *state = fixture;
    return 0;
}

static inline int report_teardown(void **state) {
    report_fixture *fixture = *state;
    pv_buf_clear(&fixture->out);
    pv_arena_free(fixture->base.arena);
    size_t leaked = fixture->base.memory.used;
    free(fixture);
    return leaked == 0 ? 0 : -1;
}

/* Another filing, on a form that gives no points. */
static inline void file_without_points(report_fixture *fixture) {
    fixture->submission = submission_of(&fixture->base, form_of(&fixture->base, pointless_form), pointless_filing);
    fixture->input.submission = fixture->submission;
    fixture->input.source = fixture->submission->source;
}

/* The next verdict, of the rule's own level, at the first occurrence of words in the filing. */
static inline pv_verdict *add_verdict(report_fixture *fixture, size_t rule, pv_state state, const char *words,
                                      const char *message) {
    assert_true(fixture->results.verdict_count < MAX_VERDICTS);
    size_t start = pv_str_find(fixture->submission->source->bytes, pv_str_from(words), 0);
    assert_int_not_equal(start, SIZE_MAX);
    pv_verdict *verdict = &fixture->verdicts[fixture->results.verdict_count++];
    *verdict = (pv_verdict){
        .rule = &report_rules[rule],
        .subject = {.kind = report_rules[rule].each},
        .outcome.state = state,
        .level = report_rules[rule].level,
        .outcome.message = pv_str_from(message),
        .outcome.at = {.span = {(uint32_t)start, (uint32_t)(start + pv_str_from(words).size)}},
        .outcome.has_at = true,
        .fingerprint = 0x0123456789abcdef,
    };
    return verdict;
}

static inline pv_verdict *add_response_verdict(report_fixture *fixture, size_t item, size_t rule, pv_state state,
                                               const char *words, const char *message) {
    pv_verdict *verdict = add_verdict(fixture, rule, state, words, message);
    verdict->subject.response = &fixture->submission->responses[item];
    return verdict;
}

static inline pv_verdict *add_measure_verdict(report_fixture *fixture, size_t measure, size_t rule, pv_state state,
                                              const char *words, const char *message) {
    pv_verdict *verdict = add_verdict(fixture, rule, state, words, message);
    verdict->subject.measure = &fixture->submission->measures[measure];
    return verdict;
}

#define assert_written(fixture, expected) assert_str(pv_buf_str(&(fixture)->out), expected)

#define report_test(function) cmocka_unit_test_setup_teardown(function, report_setup, report_teardown)

/* The input becomes findings of no submission, by a built-in rule. */
static inline void belong_to_no_submission(report_fixture *fixture) {
    pv_verdict *verdict = add_verdict(fixture, RULE_WHOLE, PV_STATE_FAIL, "Health Net", "nobody asked for it");
    verdict->rule = pv_built_in_rule(PV_BUILT_IN_NAMES);
    verdict->subject.kind = PV_SUBJECT_COLLECTION;
    fixture->input.submission = NULL;
    fixture->input.pack = NULL;
    fixture->input.title = PV_STR("Beside them (test.yaml)");
}

#endif
