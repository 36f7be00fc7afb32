/* Which findings a baseline knows again. */
#include "report_fixture.h"

#include "report/verdicts/baseline_json.h"

#define HEAD                                                                                                           \
    "{\"schema\":1,\"proviso\":\"0.1.0\",\n\"packs\":[\n{\"id\":\"demo\",\"version\":\"1.0.0\"}\n],\n\"findings\":[\n"
#define TAIL "\n]}\n"
#define ENTRY(path, rule, subject, digits, ordinal)                                                                    \
    "{\"path\":\"" path "\",\"rule\":\"" rule "\",\"subject\":\"" subject "\",\"fingerprint\":\"" digits               \
    "\",\"ordinal\":" ordinal "}"

static pv_baseline *baseline_of(report_fixture *fixture, const char *text) {
    pv_baseline *baseline;
    if (!pv_baseline_read(&baseline, fixture->base.arena, document_of(&fixture->base, text), &fixture->base.error))
        fail_msg("%s", fixture->base.error.message);
    return baseline;
}

static void apply(report_fixture *fixture, const pv_baseline *baseline, const char *pattern, bool lost,
                  unsigned char *notes) {
    fixture->results.verdicts = fixture->verdicts;
    assert_true(pv_baseline_apply(baseline, PV_STR("./a.yaml"), pv_str_from(pattern), lost, &fixture->results, notes,
                                  fixture->base.arena, &fixture->base.error));
}

/* Read and written again, in order: 1.2.9 before 1.2.10, whatever the order read. */
static void test_it_is_written_as_it_was_read(void **state) {
    report_fixture *fixture = *state;
    const char *sorted = HEAD ENTRY("a.yaml", "demo.limit", "1.2.9", "000000000000000a", "1") ",\n" ENTRY(
        "a.yaml", "demo.limit", "1.2.10", "0000000000000001", "1") ",\n" ENTRY("a.yaml", "demo.limit", "1.2.10",
                                                                               "0000000000000001", "2") TAIL;
    const char *unsorted = HEAD ENTRY("a.yaml", "demo.limit", "1.2.10", "0000000000000001", "2") ",\n" ENTRY(
        "a.yaml", "demo.limit", "1.2.10", "0000000000000001", "1") ",\n" ENTRY("a.yaml", "demo.limit", "1.2.9",
                                                                               "000000000000000a", "1") TAIL;
    const pv_baseline *baseline = baseline_of(fixture, unsorted);
    const pv_verdict_entry *entries[3];
    assert_int_equal(baseline->count, 3);
    for (size_t i = 0; i < 3; i++)
        entries[i] = &baseline->entries[i];
    pv_baseline_json(&fixture->out, PV_STR("0.1.0"), baseline->packs, baseline->pack_count, entries, 3);
    assert_str(pv_buf_str(&fixture->out), sorted);
}

/* Of three findings that are equal, a baseline of two knows the first two; another subject's is another. */
static void test_equal_findings_are_numbered(void **state) {
    report_fixture *fixture = *state;
    const pv_baseline *baseline =
        baseline_of(fixture, HEAD ENTRY("a.yaml", "demo.limit", "1.1.1", "0123456789abcdef", "1") ",\n" ENTRY(
                                 "a.yaml", "demo.limit", "1.1.1", "0123456789abcdef",
                                 "2") ",\n" ENTRY("b.yaml", "demo.limit", "1.1.1", "0123456789abcdef", "3") TAIL);
    unsigned char notes[3] = {0};
    for (size_t i = 0; i < 3; i++)
        add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "whatever it says");
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "")->fingerprint = 1;
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_PASS, "six", "");
    apply(fixture, baseline, "", false, notes);
    const pv_baseline_mark expected[] = {PV_BASELINE_UNCHANGED, PV_BASELINE_UNCHANGED, PV_BASELINE_NEW, PV_BASELINE_NEW,
                                         PV_BASELINE_NONE};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(fixture->results.verdicts[i].baseline, expected[i]);
    const unsigned char here = PV_BASELINE_SEEN | PV_BASELINE_COVERED;
    const unsigned char seen[] = {here, here, 0}; /* b.yaml was not checked */
    assert_memory_equal(notes, seen, sizeof seen);
    pv_summary summary = {0};
    pv_summary_add(&summary, &fixture->results);
    assert_int_equal(summary.fail, 4);
    assert_int_equal(summary.error, 2);
    assert_int_equal(summary.unchanged, 2);
    assert_int_equal(summary.new_findings, 2);
}

/* A waived finding is neither new nor unchanged, and yet it is there: its entry is not fixed. */
static void test_a_waived_finding_is_left_aside(void **state) {
    report_fixture *fixture = *state;
    const pv_baseline *baseline =
        baseline_of(fixture, HEAD ENTRY("a.yaml", "demo.limit", "1.1.1", "0123456789abcdef", "1") TAIL);
    static const pv_waiver waiver = {.id = PV_STR("W-1")};
    unsigned char note = 0;
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "")->waiver = &waiver;
    apply(fixture, baseline, "", false, &note);
    assert_int_equal(fixture->results.verdicts[0].baseline, PV_BASELINE_NONE);
    assert_int_equal(note, PV_BASELINE_SEEN | PV_BASELINE_COVERED);
}

/* What is missing is fixed only where its rule has looked. */
static void test_what_is_fixed(void **state) {
    report_fixture *fixture = *state;
    const pv_baseline *baseline =
        baseline_of(fixture, HEAD ENTRY("a.yaml", "demo.limit", "1.1.1", "0123456789abcdef", "1") TAIL);
    unsigned char note = 0;
    apply(fixture, baseline, "demo.partners", false, &note);
    assert_int_equal(note, PV_BASELINE_COVERED);
    apply(fixture, baseline, "", true, &note);
    assert_int_equal(note, PV_BASELINE_COVERED);
    apply(fixture, baseline, "demo.l*", false, &note);
    assert_true(pv_baseline_is_fixed(note));
    note = 0;
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_NOT_CHECKED, "three", "");
    apply(fixture, baseline, "", false, &note);
    assert_int_equal(note, PV_BASELINE_COVERED);
}

static bool read_baseline(pv_arena *arena, pv_error *error) {
    pv_document *document;
    pv_baseline *baseline;
    return try_document(&document, arena, HEAD ENTRY("a", "r", "s", "0123456789abcdef", "1") TAIL, error) &&
           pv_baseline_read(&baseline, arena, document, error);
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(read_baseline);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        report_test(test_it_is_written_as_it_was_read),   report_test(test_equal_findings_are_numbered),
        report_test(test_a_waived_finding_is_left_aside), report_test(test_what_is_fixed),
        report_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
