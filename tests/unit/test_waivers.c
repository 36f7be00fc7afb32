/* Which waiver accepts which finding on which day, and what is wrong with waivers. */
#include "report_fixture.h"

#include "run/waivers.h"

static const char two_waivers[] = "- id: W-1\n"
                                  "  rule: demo.limit\n"
                                  "  subject: 1.1.1\n"
                                  "  path: filings/*.yaml\n"
                                  "  reason: R\n"
                                  "  approver: A\n"
                                  "  created: 2024-01-15\n"
                                  "  expires: 2024-03-31\n"
                                  "- { id: W-2, rule: demo.*, subject: '*', reason: R, approver: B,\n"
                                  "    created: 2024-01-15, expires: 2024-12-31 }\n";

static pv_waivers *waivers_of(report_fixture *fixture, const char *yaml) {
    pv_waivers *waivers;
    assert_true(
        pv_waivers_read(&waivers, fixture->base.arena, document_of(&fixture->base, yaml), &fixture->base.error));
    return waivers;
}

static pv_date day_of(const char *text) {
    pv_date day;
    assert_true(pv_date_parse(pv_str_from(text), &day));
    return day;
}

/* Marks the fixture's results; they are then fixture->results. */
static void apply(report_fixture *fixture, const pv_waivers *waivers, const char *day, const char *path,
                  unsigned char *notes) {
    assert_true(pv_waivers_apply(waivers, day_of(day), pv_str_from(path), &fixture->results, notes, fixture->base.arena,
                                 &fixture->base.error));
}

static const char *accepted_by(const report_fixture *fixture, size_t index) {
    const pv_waiver *waiver = fixture->results.verdicts[index].waiver;
    return waiver ? waiver->id.data : NULL;
}

/* From the day it was created to the day it expires, both counted in. */
static void test_the_days_of_a_waiver(void **state) {
    report_fixture *fixture = *state;
    const char one[] = "- { id: W-1, rule: demo.limit, subject: 1.1.1, reason: R, approver: A, created: 2024-01-15,\n"
                       "    expires: 2024-03-31 }\n";
    const pv_waivers *waivers = waivers_of(fixture, one);
    const struct {
        const char *day;
        bool accepted;
    } days[] = {{"2024-01-14", false}, {"2024-01-15", true}, {"2024-03-31", true}, {"2024-04-01", false}};
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "");
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        unsigned char note = 0;
        fixture->results.verdicts = fixture->verdicts;
        apply(fixture, waivers, days[i].day, "a.yaml", &note);
        assert_int_equal(fixture->results.verdicts[0].waiver != NULL, days[i].accepted);
        /* it is not unused for being out of date */
        assert_int_equal(note, PV_WAIVER_USED | PV_WAIVER_COVERED | PV_WAIVER_NEARBY);
    }
}

static void test_the_first_waiver_that_meets_accepts(void **state) {
    report_fixture *fixture = *state;
    const pv_waivers *waivers = waivers_of(fixture, two_waivers);
    unsigned char notes[2] = {0};
    add_response_verdict(fixture, 0, RULE_LIMIT, PV_STATE_FAIL, "six", "");
    add_measure_verdict(fixture, 1, RULE_PARTNERS, PV_STATE_REVIEW, "county", "");
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_NOT_CHECKED, "three", "");
    add_response_verdict(fixture, 1, RULE_LIMIT, PV_STATE_PASS, "three", "");
    apply(fixture, waivers, "2024-02-01", "./filings/a.yaml", notes);
    assert_ptr_equal(fixture->results.verdicts[0].waiver, &waivers->list[0]);
    assert_ptr_equal(fixture->results.verdicts[1].waiver, &waivers->list[1]);
    assert_null(accepted_by(fixture, 2)); /* what could not be decided cannot be accepted */
    assert_null(accepted_by(fixture, 3));
    assert_null(fixture->verdicts[0].waiver); /* the results it was given are as they were */
    pv_summary summary = {0};
    pv_summary_add(&summary, &fixture->results);
    assert_int_equal(summary.fail, 1);
    assert_int_equal(summary.review, 1);
    assert_int_equal(summary.waived, 2);
    assert_int_equal(summary.error + summary.warning + summary.note + summary.open_reviews + summary.blocking, 0);
}

static void test_the_path_of_a_waiver(void **state) {
    report_fixture *fixture = *state;
    const pv_waiver *waiver = waivers_of(fixture, two_waivers)->list;
    assert_true(pv_waiver_covers(waiver, PV_STR("filings/a.yaml")));
    assert_true(pv_waiver_covers(waiver, PV_STR("././filings/a.yaml")));
    assert_true(pv_waiver_covers(waiver, PV_STR("/home/project/filings/a.yaml")));
    assert_false(pv_waiver_covers(waiver, PV_STR("old-filings/a.yaml"))); /* folders are whole names */
    assert_false(pv_waiver_covers(waiver, PV_STR("filings/2023/a.yaml")));
    assert_true(pv_waiver_covers(waiver + 1, PV_STR("-"))); /* none is named: any */
}

static void test_the_subject_of_a_waiver(void **state) {
    report_fixture *fixture = *state;
    const pv_verdict *measure = add_measure_verdict(fixture, 1, RULE_PARTNERS, PV_STATE_FAIL, "county", "");
    pv_verdict *record = add_verdict(fixture, RULE_WHOLE, PV_STATE_FAIL, "form", "");
    record->subject = (pv_subject){.kind = PV_SUBJECT_RECORD, .record = &fixture->submission->records[0].records[0]};
    const struct {
        const pv_verdict *verdict;
        const char *subject;
        bool meets;
    } cases[] = {
        {measure, "measure 1.2", true},
        {measure, "1.2", true},
        {measure, "2", false},
        {measure, "1.2 ", false},
        {measure, "*", true},
        {measure, "0123456789abcdef", true},
        {measure, "0123456789ABCDE", false},
        {record, "allocation 1", true},
        {record, "1", false}, /* of what? */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const pv_waiver waiver = {.rule = PV_STR("demo.*"), .subject = pv_str_from(cases[i].subject)};
        bool failed = false;
        assert_int_equal(pv_waiver_meets(&waiver, cases[i].verdict, fixture->base.arena, &failed), cases[i].meets);
        assert_false(failed);
    }
}

static const pv_rule *no_nearest(void *payload, pv_str id) {
    (void)payload, (void)id;
    return NULL;
}

/* The failures of the waivers' own rules, as "RULE at PLACE" each on a line. */
static void assert_judged(report_fixture *fixture, const pv_waivers *waivers, const unsigned char *notes,
                          const pv_waivers_run *run, const char *expected) {
    pv_results results;
    pv_buf_reset(&fixture->out);
    assert_true(pv_waivers_judge(&results, fixture->base.arena, waivers, notes, run, &fixture->base.error));
    for (size_t i = 0; i < results.verdict_count; i++) {
        const pv_verdict *verdict = &results.verdicts[i];
        if (verdict->outcome.state != PV_STATE_FAIL)
            continue;
        pv_buf_append(&fixture->out, verdict->rule->id);
        pv_buf_append_text(&fixture->out, " at ");
        pv_buf_append(&fixture->out, pv_source_slice(waivers->source, verdict->outcome.at.span));
        pv_buf_append_char(&fixture->out, '\n');
    }
    assert_str(pv_buf_str(&fixture->out), expected);
}

static void test_what_is_unused(void **state) {
    report_fixture *fixture = *state;
    const pv_waivers *waivers = waivers_of(fixture, two_waivers);
    const pv_run_options options = {.fail_on = PV_LEVEL_ERROR};
    const unsigned char met = PV_WAIVER_COVERED | PV_WAIVER_RULE_EXISTS;
    const unsigned char notes[] = {met, met};
    const unsigned char used[] = {met | PV_WAIVER_USED, met | PV_WAIVER_REFUSED};
    const unsigned char elsewhere[] = {PV_WAIVER_RULE_EXISTS, PV_WAIVER_RULE_EXISTS};
    pv_waivers_run run = {.as_of = day_of("2024-02-01"),
                          .options = &options,
                          .whole = true,
                          .in_folder = true,
                          .all_packs = true,
                          .nearest = no_nearest};
    assert_judged(fixture, waivers, notes, &run, "waivers.unused at W-1\nwaivers.unused at W-2\n");
    assert_judged(fixture, waivers, used, &run, "waivers.refused at demo.*\n");
    assert_judged(fixture, waivers, elsewhere, &run, ""); /* what they are about was not checked */
    run.in_folder = false;
    assert_judged(fixture, waivers, notes, &run, "");
    run.in_folder = true;
    run.whole = false;
    assert_judged(fixture, waivers, notes, &run, "");
    run.whole = true;
    run.as_of = day_of("2024-01-14"); /* not in effect yet */
    assert_judged(fixture, waivers, notes, &run, "");
    run.as_of = day_of("2024-04-01"); /* the first is over: that is said, and nothing else of it */
    assert_judged(fixture, waivers, notes, &run, "waivers.expired at 2024-03-31\nwaivers.unused at W-2\n");
}

static void test_a_rule_that_no_pack_has(void **state) {
    report_fixture *fixture = *state;
    const pv_waivers *waivers = waivers_of(fixture, two_waivers);
    const pv_run_options options = {.fail_on = PV_LEVEL_ERROR};
    unsigned char notes[2] = {0};
    pv_waivers_run run = {.as_of = day_of("2024-02-01"), .options = &options, .nearest = no_nearest};
    assert_judged(fixture, waivers, notes, &run, ""); /* another pack may have it */
    run.all_packs = true;
    assert_judged(fixture, waivers, notes, &run, "waivers.malformed at demo.limit\nwaivers.malformed at demo.*\n");
    pv_waivers_note_rules(waivers, &report_ruleset, notes);
    assert_judged(fixture, waivers, notes, &run, "");
}

/* What is no list is an error; an entry that is not as it should be is a problem, and the others are read. */
static void test_entries_that_are_wrong(void **state) {
    report_fixture *fixture = *state;
    pv_waivers *waivers = waivers_of(fixture, "- nonsense\n"
                                              "- { id: W-1, rule: r, subject: s, reason: R, approver: A, "
                                              "created: 2024-01-02, expires: 2024-01-01 }\n"
                                              "- { id: W-1, rule: r, subject: s, reason: R, approver: A, "
                                              "created: 2024-01-02, expires: 2024-01-02 }\n");
    assert_int_equal(waivers->count, 1);
    assert_int_equal(waivers->problem_count, 2);
    assert_covers(waivers->source, waivers->problems[0].at, "nonsense");
    assert_covers(waivers->source, waivers->problems[1].at, "2024-01-01");
    assert_int_equal(waivers->list[0].index, 0);
    pv_error error = {0};
    assert_false(pv_waivers_read(&waivers, fixture->base.arena, document_of(&fixture->base, "a: b\n"), &error));
    assert_int_equal(error.code, PV_ERROR_SHAPE);
}

static bool read_waivers(pv_arena *arena, pv_error *error) {
    pv_document *document;
    pv_waivers *waivers;
    return try_document(&document, arena, two_waivers, error) && pv_waivers_read(&waivers, arena, document, error);
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(read_waivers);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        report_test(test_the_days_of_a_waiver),   report_test(test_the_first_waiver_that_meets_accepts),
        report_test(test_the_path_of_a_waiver),   report_test(test_the_subject_of_a_waiver),
        report_test(test_what_is_unused),         report_test(test_a_rule_that_no_pack_has),
        report_test(test_entries_that_are_wrong), report_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
