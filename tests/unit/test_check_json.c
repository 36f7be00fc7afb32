#include "format_fixture.h"

static const pv_fault load_fault = {.kind = PV_FAULT_LOAD,
                                    .rule = PV_STR("demo.broken"),
                                    .message = PV_STR("'end' expected"),
                                    .path = PV_STR("rules/broken.lua"),
                                    .at = {7, 1}};

/* The whole report of the fixture's submission, `times` times over. */
static void write_report(report_fixture *fixture, size_t times, const pv_fault *faults, size_t fault_count) {
    pv_summary summary = {0};
    for (size_t i = 0; i < times; i++)
        pv_summary_add(&summary, &fixture->results);
    finish_report(fixture, report_on(fixture, &pv_json_format, &fixture->out, NULL), times, &summary, faults,
                  fault_count);
}

static void test_nothing_checked_is_still_a_report(void **state) {
    report_fixture *fixture = *state;
    const pv_fault unreadable = {.kind = PV_FAULT_INPUT, .message = PV_STR("cannot be read"), .path = PV_STR("x")};
    write_report(fixture, 0, &unreadable, 1);
    assert_written(
        fixture, "{\"schema\":1,\"proviso\":\"0.1.0\",\"mode\":\"submission\",\"as_of\":null,\n"
                 "\"verdicts\":[\n"
                 "],\n"
                 "\"inputs\":[\n"
                 "],\n"
                 "\"faults\":[\n"
                 "{\"rule\":null,\"kind\":\"input\",\"message\":\"cannot be read\",\"at\":{\"path\":\"x\"}}\n"
                 "],\n"
                 "\"skipped\":[\n"
                 "],\n"
                 "\"summary\":{\"pass\":0,\"fail\":0,\"review\":0,\"not_applicable\":0,\"not_checked\":0,\"waived\":0,"
                 "\"error\":0,\"warning\":0,\"note\":0,\"submissions\":0,\"faults\":0},\n"
                 "\"pack\":null,\"packs\":[]}\n");
}

static void test_a_verdict_with_all_its_parts(void **state) {
    report_fixture *fixture = *state;
    fixture->context.as_of = PV_STR("2022-07-01");
    pv_verdict *verdict = add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "6 \"words\"");
    const pv_str working[] = {PV_STR("6 > 5"), PV_STR("by “word”")};
    const pv_related related[] = {{.at = {.span = {9, 10}}, .message = PV_STR("see")}};
    verdict->outcome.working = working;
    verdict->outcome.working_count = 2;
    verdict->outcome.related = related;
    verdict->outcome.related_count = 1;
    write_report(fixture, 1, &load_fault, 1);
    assert_written(
        fixture,
        "{\"schema\":1,\"proviso\":\"0.1.0\",\"mode\":\"submission\",\"as_of\":\"2022-07-01\",\n"
        "\"verdicts\":[\n"
        "{\"rule\":\"demo.limit\",\"state\":\"fail\",\"level\":\"error\",\"title\":\"Each response keeps to its word "
        "limit\",\"message\":\"6 \\\"words\\\"\",\"citation\":\"Form: “5 words”\",\"remedy\":\"Shorten the "
        "response.\",\"subject\":{\"kind\":\"response\",\"section\":null,\"measure\":\"1.1\",\"item\":\"1\",\"record\":"
        "null,\"number\":null,\"name\":\"1.1.1\"},\"at\":{\"path\":\"test.yaml\",\"line\":8,\"column\":32,\"end_"
        "line\":8,\"end_column\":35,\"text\":\"six\",\"expected_here\":false},\"related\":[{\"path\":\"test.yaml\","
        "\"line\":1,\"column\":10,\"end_line\":1,\"end_column\":11,\"text\":\"o\",\"expected_here\":false,\"message\":"
        "\"see\"}],\"working\":[\"6 > 5\",\"by "
        "“word”\"],\"due\":null,\"fingerprint\":\"0123456789abcdef\",\"waiver\":null,"
        "\"baseline\":null}\n"
        "],\n"
        "\"inputs\":[\n"
        "{\"path\":\"test.yaml\",\"sha256\":\"ab12\",\"form\":\"demo\",\"format\":\"yaml\",\"mode\":\"submission\","
        "\"fail_on\":\"error\"}\n"
        "],\n"
        "\"faults\":[\n"
        "{\"rule\":\"demo.broken\",\"kind\":\"load\",\"message\":\"'end' expected\",\"at\":{\"path\":\"rules/"
        "broken.lua\",\"line\":7,\"column\":1}}\n"
        "],\n"
        "\"skipped\":[\n"
        "],\n"
        "\"summary\":{\"pass\":0,\"fail\":1,\"review\":0,\"not_applicable\":0,\"not_checked\":0,\"waived\":0,"
        "\"error\":1,\"warning\":0,\"note\":0,\"submissions\":1,\"faults\":0},\n"
        "\"pack\":{\"id\":\"demo\",\"version\":\"1.0.0\",\"sha256\":\"5e1f\"},\"packs\":[{\"id\":\"demo\",\"version\":"
        "\"1.0.0\",\"sha256\":\"5e1f\"}]}\n");
}

static void assert_holds(const report_fixture *fixture, const char *text) {
    if (pv_str_find(pv_buf_str(&fixture->out), pv_str_from(text), 0) == SIZE_MAX)
        fail_msg("\"%s\"\nis not in\n%s", text, fixture->out.data);
}

static size_t occurrences(const report_fixture *fixture, const char *text) {
    size_t count = 0;
    pv_str written = pv_buf_str(&fixture->out);
    for (size_t at = pv_str_find(written, pv_str_from(text), 0); at != SIZE_MAX; count++)
        at = pv_str_find(written, pv_str_from(text), at + 1);
    return count;
}

static void test_subjects_of_every_kind(void **state) {
    report_fixture *fixture = *state;
    add_verdict(fixture, RULE_WHOLE, PV_STATE_PASS, "form", "");
    add_measure_verdict(fixture, 1, RULE_PARTNERS, PV_STATE_PASS, "form", "");
    pv_verdict *section = add_verdict(fixture, RULE_WHOLE, PV_STATE_PASS, "form", "");
    section->subject = (pv_subject){.kind = PV_SUBJECT_SECTION, .section = &fixture->submission->form->sections[0]};
    pv_verdict *record = add_verdict(fixture, RULE_WHOLE, PV_STATE_PASS, "form", "");
    record->subject = (pv_subject){.kind = PV_SUBJECT_RECORD, .record = &fixture->submission->records[0].records[0]};
    write_report(fixture, 1, NULL, 0);
    assert_holds(fixture, "\"subject\":{\"kind\":\"submission\",\"section\":null,\"measure\":null,\"item\":null,"
                          "\"record\":null,\"number\":null,\"name\":\"the submission\"}");
    assert_holds(fixture, "\"subject\":{\"kind\":\"measure\",\"section\":null,\"measure\":\"1.2\",\"item\":null,"
                          "\"record\":null,\"number\":null,\"name\":\"measure 1.2\"}");
    assert_holds(fixture, "\"subject\":{\"kind\":\"section\",\"section\":\"1\",\"measure\":null,\"item\":null,"
                          "\"record\":null,\"number\":null,\"name\":\"section 1\"}");
    assert_holds(fixture, "\"subject\":{\"kind\":\"record\",\"section\":null,\"measure\":null,\"item\":null,"
                          "\"record\":\"allocation\",\"number\":1,\"name\":\"allocation 1\"}");
}

static void test_a_place_that_is_missing_or_absent(void **state) {
    report_fixture *fixture = *state;
    add_verdict(fixture, RULE_WHOLE, PV_STATE_FAIL, "form", "")->outcome.has_at = false;
    pv_verdict *absent = add_verdict(fixture, RULE_WHOLE, PV_STATE_FAIL, "form", "");
    absent->outcome.at = (pv_place){.span = {4, 4}, .expected_here = true};
    write_report(fixture, 1, NULL, 0);
    assert_holds(fixture, "\"at\":null,");
    assert_holds(fixture, "\"line\":1,\"column\":5,\"end_line\":1,\"end_column\":5,\"text\":\"\","
                          "\"expected_here\":true}");
}

/* Built-in rules are in no rule set, and are written all the same. */
static void test_a_builtin_rule(void **state) {
    report_fixture *fixture = *state;
    add_verdict(fixture, RULE_WHOLE, PV_STATE_PASS, "form", "")->rule = pv_built_in_rule(PV_BUILT_IN_TYPES);
    write_report(fixture, 1, NULL, 0);
    assert_holds(fixture, "{\"rule\":\"form.types\",\"state\":\"pass\"");
}

/* Findings of no submission are verdicts like any other, and bring neither an input nor a pack. */
static void test_findings_of_no_submission(void **state) {
    report_fixture *fixture = *state;
    belong_to_no_submission(fixture);
    write_report(fixture, 1, NULL, 0);
    assert_holds(fixture, "\"verdicts\":[\n{\"rule\":\"form.names\",\"state\":\"fail\"");
    assert_holds(fixture, "\"subject\":{\"kind\":\"collection\",");
    assert_holds(fixture, "\"at\":{\"path\":\"test.yaml\",\"line\":2,\"column\":17,");
    assert_holds(fixture, "\"inputs\":[\n],\n");
    assert_holds(fixture, "\"pack\":null,\"packs\":[]}\n");
}

/* Verdicts share a place and a subject in a row; each still says its own. */
static void test_repeated_places_and_subjects(void **state) {
    report_fixture *fixture = *state;
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_PASS, "one two", "a");
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_PASS, "one two", "b");
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_PASS, "one two", "c");
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_PASS, "two", "d");
    write_report(fixture, 2, NULL, 0);
    assert_int_equal(occurrences(fixture, "\"text\":\"one two\""), 6);
    assert_int_equal(occurrences(fixture, "\"text\":\"two\""), 2);
    assert_int_equal(occurrences(fixture, "\"name\":\"1.1.1\""), 4);
    assert_int_equal(occurrences(fixture, "\"name\":\"1.1.2\""), 4);
    assert_int_equal(occurrences(fixture, "\"packs\":[{"), 1);
    assert_int_equal(occurrences(fixture, "\"sha256\":\"5e1f\""), 2);
    assert_int_equal(occurrences(fixture, "\"sha256\":\"ab12\""), 2);
}

/* A finding keeps all its words, a pass the first 120 bytes of them. */
static void test_a_place_holds_all_its_words(void **state) {
    report_fixture *fixture = *state;
    pv_str bytes = fixture->submission->source->bytes;
    pv_verdict *pass = add_verdict(fixture, RULE_WHOLE, PV_STATE_PASS, "form", "");
    pass->outcome.at.span = (pv_span){0, (uint32_t)bytes.size};
    pv_verdict *fail = add_verdict(fixture, RULE_WHOLE, PV_STATE_FAIL, "form", "");
    fail->outcome.at.span = pass->outcome.at.span;
    write_report(fixture, 1, NULL, 0);
    assert_int_equal(occurrences(fixture, "the county agencies\\n\""), 2);
    assert_int_equal(occurrences(fixture, "\"text\":\"form: demo\\nfields"), 2);
}

static bool write_all(pv_arena *arena, pv_error *error);

static report_fixture *shared;

static void test_refused_memory_is_reported(void **state) {
    shared = *state;
    add_response_verdict(shared, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "6 words");
    shared->fault = load_fault;
    shared->results.fault_count = 1;
    assert_survives_refused_memory(write_all);
}

static bool write_all(pv_arena *arena, pv_error *error) {
    return report_survives(shared, &pv_json_format, pv_arena_memory(arena), &shared->style, NULL, 0, error);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        report_test(test_nothing_checked_is_still_a_report),
        report_test(test_a_verdict_with_all_its_parts),
        report_test(test_subjects_of_every_kind),
        report_test(test_a_place_that_is_missing_or_absent),
        report_test(test_a_builtin_rule),
        report_test(test_findings_of_no_submission),
        report_test(test_repeated_places_and_subjects),
        report_test(test_a_place_holds_all_its_words),
        report_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
