#include "format_fixture.h"
#include "pages_fixture.h"

#include "report/check/record_report.h"

static const pv_format *const formats[] = {
    &pv_terminal_format, &pv_json_format,   &pv_sarif_format,    &pv_junit_format,        &pv_tap_format,
    &pv_github_format,   &pv_gitlab_format, &pv_markdown_format, &pv_step_summary_format, &pv_record_format,
};
#define FORMAT_COUNT (sizeof formats / sizeof *formats)

static pv_str same_name(void *payload, pv_arena *arena, pv_str path) {
    (void)payload;
    return pv_arena_copy(arena, path);
}

static void no_hash(void *payload, pv_str path, char out[65]) {
    (void)payload, (void)path;
    out[0] = '\0';
}

static pv_audit_input inputs[] = {
    {.path = PV_STR("test.yaml")}, {.path = PV_STR("torn.yaml")}, {.path = PV_STR("other.yaml"), .skipped = true}};
static const pv_audit_facts facts = {
    .surroundings = PV_STR("\"engine\":null"), .inputs = inputs, .input_count = 3, .name = same_name, .hash = no_hash};

static const pv_fault load_fault = {.kind = PV_FAULT_LOAD,
                                    .rule = PV_STR("demo.broken"),
                                    .message = PV_STR("'end' expected, 20%"),
                                    .path = PV_STR("./rules/broken.lua"),
                                    .at = {7, 1}};

static void add_verdicts(report_fixture *fixture) {
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "6 words, 20%");
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "6 words, 20%");
    add_measure_verdict(fixture, 1, RULE_PARTNERS, PV_STATE_REVIEW, "the county", "who?");
    add_measure_verdict(fixture, 0, RULE_PARTNERS, PV_STATE_NOT_CHECKED, "one", "'end' expected");
    add_verdict(fixture, RULE_WHOLE, PV_STATE_PASS, "form", "");
    fixture->fault = load_fault;
    fixture->results.fault_count = 1;
}

static pv_report *begun(report_fixture *fixture, const pv_format *format, pv_buf *out, pv_buf *shipped) {
    fixture->context.audit = &facts;
    return report_on(fixture, format, out, shipped);
}

static pv_summary summary_of(const report_fixture *fixture, size_t submissions) {
    pv_summary summary = {.faults = 1};
    for (size_t i = 0; i < submissions; i++)
        pv_summary_add(&summary, &fixture->results);
    return summary;
}

static void write_report(report_fixture *fixture, const pv_format *format, size_t submissions) {
    const pv_summary summary = summary_of(fixture, submissions);
    finish_report(fixture, begun(fixture, format, &fixture->out, NULL), submissions, &summary, &load_fault, 1);
}

/* What two processes ship, of several submissions each, joined in a third. */
static void write_from_two(report_fixture *fixture, const pv_format *format, pv_buf *out) {
    pv_buf unused = pv_buf_on(&fixture->base.memory);
    pv_buf shipped = pv_buf_on(&fixture->base.memory);
    pv_report *workers[2];
    for (size_t i = 0; i < 2; i++)
        workers[i] = begun(fixture, format, &unused, &shipped);
    pv_report *report = begun(fixture, format, out, NULL);
    for (size_t i = 0; i < 4; i++) {
        assert_true(pv_report_submission(workers[i / 2], &fixture->input, &fixture->base.error));
        if (i % 2 == 0)
            continue;
        assert_true(pv_report_join(report, pv_buf_str(&shipped), &fixture->base.error));
        pv_buf_reset(&shipped);
    }
    for (size_t i = 0; i < 2; i++)
        pv_report_free(workers[i]);
    assert_int_equal(unused.size, 0);
    const pv_summary summary = summary_of(fixture, 4);
    finish_report(fixture, report, 0, &summary, &load_fault, 1);
    pv_buf_clear(&unused);
    pv_buf_clear(&shipped);
}

static void test_parts_of_several_processes_give_the_same_report(void **state) {
    report_fixture *fixture = *state;
    add_verdicts(fixture);
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        pv_buf joined = pv_buf_on(&fixture->base.memory);
        pv_buf_reset(&fixture->out);
        write_report(fixture, formats[i], 4);
        write_from_two(fixture, formats[i], &joined);
        assert_true(fixture->out.size > 0);
        assert_written(fixture, joined.data);
        pv_buf_clear(&joined);
    }
}

static void assert_holds(const report_fixture *fixture, const char *text) {
    if (pv_str_find(pv_buf_str(&fixture->out), pv_str_from(text), 0) == SIZE_MAX)
        fail_msg("\"%s\" is not in %s", text, fixture->out.data);
}

static size_t occurrences(const report_fixture *fixture, const char *text) {
    size_t count = 0;
    pv_str all = pv_buf_str(&fixture->out);
    for (size_t at = pv_str_find(all, pv_str_from(text), 0); at != SIZE_MAX;
         at = pv_str_find(all, pv_str_from(text), at + 1))
        count++;
    return count;
}

/* Lines and columns of a document say nothing to whoever opens it: each report says page and paragraph, and of an
 * answer of several parts no word that lies between them. */
static void test_a_document_is_called_by_its_pages(void **state) {
    report_fixture *fixture = *state;
    pv_source *source = (pv_source *)(uintptr_t)fixture->submission->source;
    const pv_span answer = span_of(source, "one two", "six");
    become_a_page(&fixture->base, source);
    cut(&fixture->base, source, answer, "three four ");
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "one two three four five six", "too long");
    static const struct {
        const pv_format *format;
        const char *holds[4];
    } reports[] = {
        {&pv_json_format, {"\"page\":2,\"paragraph\":1,\"parts\":[{", "\"text\":\"one two\\nfive six\""}},
        {&pv_sarif_format,
         {"\"text\":\"1.1.1: too long (page 2, paragraph 1)\"", "\"region\":{\"startLine\":1}}",
          "{\"fullyQualifiedName\":\"page 2, paragraph 1\",\"kind\":\"place\"}"}},
        {&pv_junit_format, {"test.yaml: page 2, paragraph 1\n", "file=\"test.yaml\" time"}},
        {&pv_tap_format, {"  file: \"test.yaml\"\n  place: \"page 2, paragraph 1\"\n"}},
        {&pv_github_format, {"::error file=test.yaml,title=demo.limit::1.1.1: too long (page 2, paragraph 1)%0ATo do"}},
        {&pv_gitlab_format,
         {"1.1.1: too long (page 2, paragraph 1)\"", "\"location\":{\"path\":\"test.yaml\",\"lines\":{\"begin\":1}}"}},
        {&pv_markdown_format, {"| error | page 2, paragraph 1 | `demo.limit` |"}},
        {&pv_terminal_format, {"  --> test.yaml: page 2, paragraph 1\n"}},
    };
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
        pv_buf_reset(&fixture->out);
        write_report(fixture, reports[i].format, 1);
        for (size_t n = 0; n < 4 && reports[i].holds[n]; n++)
            assert_holds(fixture, reports[i].holds[n]);
        assert_int_equal(occurrences(fixture, "three four\""), 0);
    }
}

/* 12,501 submissions with two findings each are 25,002. */
static void test_sarif_says_what_it_leaves_out(void **state) {
    report_fixture *fixture = *state;
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "a");
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "b");
    write_report(fixture, &pv_sarif_format, 12501);
    assert_int_equal(occurrences(fixture, "{\"ruleIndex\":"), 25000);
    assert_holds(fixture, "{\"level\":\"warning\",\"message\":{\"text\":\"2 results are left out: a run holds at most "
                          "25000\"}}");
    assert_holds(fixture, "{\"level\":\"note\",\"message\":{\"text\":\"of these 25000 results GitHub shows at most "
                          "5000\"}}");
    assert_int_equal(occurrences(fixture, "{\"id\":\"demo.limit\","), 1);
}

/* Consumers take every result for a problem, so that --verbose must not make any of passes. */
static void test_sarif_has_no_passes(void **state) {
    report_fixture *fixture = *state;
    fixture->style.verbose = true;
    add_verdict(fixture, RULE_WHOLE, PV_STATE_PASS, "form", "a");
    add_verdict(fixture, RULE_WHOLE, PV_STATE_NOT_APPLICABLE, "form", "a");
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "b");
    write_report(fixture, &pv_sarif_format, 3);
    assert_int_equal(occurrences(fixture, "\"kind\":\"fail\""), 3);
    assert_int_equal(occurrences(fixture, "\"ruleIndex\":"), 3);
}

static void test_sarif_cuts_what_is_longer_than_github_takes(void **state) {
    report_fixture *fixture = *state;
    static char citation[3000];
    memset(citation, 'x', sizeof citation - 1);
    pv_rule rule = report_rules[RULE_WHOLE];
    rule.citation = pv_str_from(citation);
    add_verdict(fixture, RULE_WHOLE, PV_STATE_FAIL, "form", "a")->rule = &rule;
    write_report(fixture, &pv_sarif_format, 1);
    /* 1,024 characters: 28 are "The filing is whole. Form: " and "…" */
    char expected[1024 - 28 + 8] = "";
    memset(expected, 'x', 1024 - 28);
    strcat(expected, "…\"");
    assert_holds(fixture, expected);
    /* Nothing is longer: the help has 26 characters before them. */
    char longer[1024 - 26 + 1] = "";
    memset(longer, 'x', 1024 - 26);
    assert_int_equal(occurrences(fixture, longer), 0);
}

/* Eleven errors of one submission and the fault: nine of the errors are shown. */
static void test_annotations_are_capped_and_faults_come_first(void **state) {
    report_fixture *fixture = *state;
    static const char *const messages[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"};
    for (size_t i = 0; i < 11; i++)
        add_verdict(fixture, RULE_WHOLE, PV_STATE_FAIL, "form", messages[i]);
    write_report(fixture, &pv_github_format, 1);
    assert_true(pv_str_starts_with(pv_buf_str(&fixture->out),
                                   PV_STR("::error file=rules/broken.lua,line=7,col=1,title=demo.broken::'end' "
                                          "expected, 20%25\n::error file=test.yaml,line=1,")));
    assert_int_equal(occurrences(fixture, "::error "), 10);
    assert_holds(fixture, "::i%0A");
    assert_holds(fixture, "\nand 2 more errors, which GitHub would not show\n");
}

/* Three submissions with six errors each, and the fault: each has its first three shown before any has a fourth. */
static void test_annotations_are_spread_over_files(void **state) {
    report_fixture *fixture = *state;
    static const char *const messages[] = {"a", "b", "c", "d", "e", "f"};
    for (size_t i = 0; i < 6; i++)
        add_verdict(fixture, RULE_WHOLE, PV_STATE_FAIL, "form", messages[i]);
    write_report(fixture, &pv_github_format, 3);
    assert_int_equal(occurrences(fixture, "::a%0A"), 3);
    assert_int_equal(occurrences(fixture, "::c%0A"), 3);
    assert_int_equal(occurrences(fixture, "::d%0A"), 0);
    assert_holds(fixture, "\nand 9 more errors, which GitHub would not show\n");
}

/* One that each of five submissions meets, and one of no submission. */
static void test_a_fault_of_a_rule_is_reported_once(void **state) {
    report_fixture *fixture = *state;
    static const pv_format *const once[] = {&pv_sarif_format,  &pv_junit_format,  &pv_tap_format,
                                            &pv_github_format, &pv_gitlab_format, &pv_markdown_format};
    static const pv_fault raised = {.message = PV_STR("raised"), .path = PV_STR("rules/broken.lua"), .at = {9, 1}};
    add_measure_verdict(fixture, 0, RULE_PARTNERS, PV_STATE_NOT_CHECKED, "one", "raised")->outcome.fault = &raised;
    for (size_t i = 0; i < sizeof once / sizeof *once; i++) {
        pv_buf_reset(&fixture->out);
        write_report(fixture, once[i], 5);
        assert_int_equal(occurrences(fixture, "not checked because of it: test.yaml: measure 1.1; test.yaml: "), 1);
        assert_int_equal(occurrences(fixture, "not checked because of it"), 1);
    }
}

/* Of more than ten subjects the rest is counted. */
static void test_subjects_left_unchecked_are_capped(void **state) {
    report_fixture *fixture = *state;
    static const pv_fault raised = {.message = PV_STR("raised"), .path = PV_STR("rules/broken.lua"), .at = {9, 1}};
    for (size_t i = 0; i < 7; i++)
        add_measure_verdict(fixture, 0, RULE_PARTNERS, PV_STATE_NOT_CHECKED, "one", "raised")->outcome.fault = &raised;
    write_report(fixture, &pv_gitlab_format, 2);
    assert_int_equal(occurrences(fixture, "measure 1.1"), 7);
    assert_holds(fixture, "measure 1.1 and 7 more\"");
}

static void test_what_a_log_would_obey_is_shown(void **state) {
    report_fixture *fixture = *state;
    add_verdict(fixture, RULE_WHOLE, PV_STATE_FAIL, "form", "a\r\n::stop-commands::x\x1b[1m, b: 1%");
    write_report(fixture, &pv_github_format, 1);
    assert_holds(fixture, "::a%0D%0A::stop-commands::x<U+001B>[1m, b: 1%25%0ATo do: Complete it.\n");
}

static void test_equal_findings_have_names_of_their_own(void **state) {
    report_fixture *fixture = *state;
    add_verdicts(fixture);
    write_report(fixture, &pv_junit_format, 1);
    assert_holds(fixture, "<testcase name=\"demo.limit: response 1.1.1\" classname=\"test.yaml\" file=\"test.yaml\" ");
    assert_holds(fixture, "<testcase name=\"demo.limit: response 1.1.1, 2\" classname=\"test.yaml\" file=");
    assert_holds(fixture, "tests=\"5\" failures=\"2\" errors=\"0\" skipped=\"2\" time=\"0\"");
    assert_holds(fixture, "tests=\"2\" failures=\"0\" errors=\"2\" skipped=\"0\" time=\"0\"");
    pv_buf_reset(&fixture->out);
    write_report(fixture, &pv_gitlab_format, 1);
    assert_int_equal(occurrences(fixture, "-2\",\"location\""), 1);
}

/* Whatever the texts, the comment stays within what GitHub takes. */
static void test_a_comment_is_never_too_long(void **state) {
    report_fixture *fixture = *state;
    static char message[4000];
    for (size_t i = 0; i + 1 < sizeof message; i += 2)
        memcpy(message + i, "@a", 2);
    message[sizeof message - 1] = '\0';
    for (size_t i = 0; i < MAX_VERDICTS; i++)
        add_verdict(fixture, RULE_WHOLE, PV_STATE_FAIL, "form", message);
    fixture->context.rule_pattern = pv_str_from(message);
    write_report(fixture, &pv_markdown_format, 40);
    assert_in_range(fixture->out.size, 40000, 65536);
    assert_holds(fixture, "more findings**, in ");
}

static void test_broken_parts_are_refused(void **state) {
    report_fixture *fixture = *state;
    static const pv_format *const framed[] = {&pv_sarif_format, &pv_tap_format, &pv_github_format, &pv_gitlab_format,
                                              &pv_markdown_format};
    for (size_t i = 0; i < sizeof framed / sizeof *framed; i++) {
        pv_report *report = begun(fixture, framed[i], &fixture->out, NULL);
        assert_false(pv_report_join(report, PV_STR("\5\0\0\0\0\0\0\0\1"), &fixture->base.error));
        assert_int_equal(fixture->base.error.code, PV_ERROR_IO);
        pv_report_free(report);
    }
}

static report_fixture *shared;
static const pv_format *shared_format;

static bool write_all(pv_arena *arena, pv_error *error) {
    const pv_report_style style = {.width = 80, .verbose = true};
    return report_survives(shared, shared_format, pv_arena_memory(arena), &style, &load_fault, 1, error);
}

static void test_refused_memory_is_reported(void **state) {
    shared = *state;
    add_verdicts(shared);
    shared->context.audit = &facts;
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        shared_format = formats[i];
        assert_survives_refused_memory(write_all);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        report_test(test_parts_of_several_processes_give_the_same_report),
        report_test(test_a_document_is_called_by_its_pages),
        report_test(test_sarif_says_what_it_leaves_out),
        report_test(test_sarif_has_no_passes),
        report_test(test_sarif_cuts_what_is_longer_than_github_takes),
        report_test(test_annotations_are_capped_and_faults_come_first),
        report_test(test_annotations_are_spread_over_files),
        report_test(test_a_fault_of_a_rule_is_reported_once),
        report_test(test_subjects_left_unchecked_are_capped),
        report_test(test_what_a_log_would_obey_is_shown),
        report_test(test_equal_findings_have_names_of_their_own),
        report_test(test_a_comment_is_never_too_long),
        report_test(test_broken_parts_are_refused),
        report_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
