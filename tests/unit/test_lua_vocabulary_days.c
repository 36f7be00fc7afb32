/* Judging as of a day: deadlines, terms that recur, quarters, and what is in effect. The submission was opened on
 * 2022-01-03, closed on 2022-02-02, and has no last day. */
#include "vocabulary_fixture.h"

#define OPENED "submission.fields.opened"
#define CLOSED "submission.fields.closed"
#define ENDED "submission.fields.ended"
#define D(day) "date(\"" day "\")"
#define BY(done, deadline, as_of, more) "done_by(" done ", " D(deadline) ", { as_of = " D(as_of) more " })"

static const check deadlines[] = {
    {BY(CLOSED, "2022-02-02", "2022-03-01", ""), PASS, "done on 2022-02-02, due on 2022-02-02", "2022-02-02",
     "2022-02-02 ≤ 2022-02-02"},
    {BY(CLOSED, "2022-02-01", "2022-02-02", ""), FAIL, "1 day late, on 2022-02-02; due on 2022-02-01", "2022-02-02",
     "2022-02-02 > 2022-02-01"},
    {BY(CLOSED ".value", "2022-01-21", "2022-02-02", ", what = \"it is posted\", from = \"18 days after\""), FAIL,
     "it is posted: 12 days late, on 2022-02-02; due on 2022-01-21", "2022-02-02", NULL},
    /* Not done: on the deadline itself, the day after, and as the windows open. February 2022 has 28 days. */
    {BY(ENDED, "2022-02-28", "2022-02-28", ""), REVIEW, "falls due on 2022-02-28, today", "", NULL},
    {BY(ENDED, "2022-02-28", "2022-03-01", ""), FAIL, "was due on 2022-02-28, 1 day ago", "",
     "judged as of 2022-03-01"},
    {BY(ENDED, "2022-02-28", "2022-02-27", ""), REVIEW, "falls due on 2022-02-28, in 1 day (within 30 days)", "", NULL},
    {BY(ENDED, "2022-02-28", "2022-01-29", ""), REVIEW, "falls due on 2022-02-28, in 30 days (within 30 days)", "",
     NULL},
    {BY(ENDED, "2022-02-28", "2022-01-28", ""), REVIEW, "falls due on 2022-02-28, in 31 days (within 60 days)", "",
     NULL},
    {BY(ENDED, "2022-02-28", "2021-12-30", ""), REVIEW, "falls due on 2022-02-28, in 60 days (within 60 days)", "",
     NULL},
    {BY(ENDED, "2022-02-28", "2021-11-30", ""), REVIEW, "falls due on 2022-02-28, in 90 days (within 90 days)", "",
     NULL},
    {BY(ENDED, "2022-02-28", "2021-11-29", ""), PASS, "not due before 2022-02-28", "", "not due before 2022-02-28"},
    {BY(ENDED, "2022-02-28", "2022-01-15", ", horizon = 45"), REVIEW,
     "falls due on 2022-02-28, in 44 days (within 45 days)", "", NULL},
    {BY(ENDED, "2022-02-28", "2022-02-27", ", horizon = 0"), PASS, "not due before 2022-02-28", "", NULL},
    {BY("nil", "2022-02-28", "2022-03-30", ", what = \"it is posted\""), FAIL,
     "it is posted: was due on 2022-02-28, 30 days ago", NULL, NULL},
    /* What is dated after the day has not happened. */
    {BY(CLOSED, "2022-02-10", "2022-02-01", ""), REVIEW,
     "falls due on 2022-02-10, in 9 days (within 30 days); 2022-02-02 is still to come", "2022-02-02", NULL},
    {BY(CLOSED, "2022-01-31", "2022-02-01", ""), FAIL, "was due on 2022-01-31, 1 day ago; 2022-02-02 is still to come",
     "2022-02-02", NULL},
    {"done_by(" CLOSED ", " ENDED ", { as_of = " D("2022-03-01") " })", FAIL, "Last day is not given", "", NULL},
};

static void test_deadlines(void **state) {
    answer(*state, "");
    assert_checks(*state, "", ROWS(deadlines));
}

static const check terms[] = {
    /* The second is due a month after the first, on 3 February; the third on 2 March. */
    {"recurring({ " CLOSED ", " OPENED " }, { first = " D("2022-01-03") ", months = 1, as_of = " D("2022-03-01") " })",
     REVIEW, "falls due on 2022-03-02, in 1 day (within 30 days)", "2022-02-02", "judged as of 2022-03-01"},
    {"recurring({ " OPENED ", " CLOSED " }, { first = " D("2022-01-02") ", months = 1, as_of = " D("2022-03-01") " })",
     FAIL, "the one due on 2022-01-02 came on 2022-01-03, 1 day late", "2022-01-03", "2022-01-03, due on 2022-01-02"},
    {"recurring({ " OPENED ", " CLOSED " }, { first = " D("2022-01-03") ", months = 1, as_of = " D("2022-02-01") " })",
     REVIEW, "falls due on 2022-02-03, in 2 days (within 30 days)", "2022-01-03", NULL},
    {"recurring({ " D("2024-02-29") " }, { first = " D("2024-02-29") ", as_of = " D("2025-03-01") " })", FAIL,
     "was due on 2025-02-28, 1 day ago", NULL, NULL},
    {"recurring({ " D("2024-02-29") " }, { first = " D("2024-03-01") ", as_of = " D("2024-02-29") " })", PASS,
     "not due before 2025-02-28", NULL, NULL},
    {"recurring({}, { first = " D("2024-03-01") ", as_of = " D("2020-01-01") ", what = \"counted\" })", PASS,
     "counted: not due before 2024-03-01", NULL, NULL},
    {"recurring({}, { first = " D("2024-03-01") ", as_of = " D("2024-03-02") " })", FAIL,
     "was due on 2024-03-01, 1 day ago", NULL, NULL},
    {"recurring({ " ENDED ", " OPENED " }, { first = " D("2022-01-03") ", as_of = " D("2022-03-01") " })", PASS,
     "not due before 2023-01-03", "2022-01-03", NULL},
};

static void test_terms_that_recur(void **state) {
    answer(*state, "");
    assert_checks(*state, "", ROWS(terms));
}

#define QUARTERS(dates, from, as_of, more)                                                                             \
    "in_every_quarter({ " dates " }, { from = " D(from) ", as_of = " D(as_of) ", what = \"meeting\"" more " })"

static const check quarters[] = {
    {QUARTERS(D("2024-05-14"), "2024-04-01", "2024-06-30", ""), PASS,
     "meeting in every quarter from Q2 2024 to Q2 2024", NULL, "Q2 2024: 2024-05-14"},
    /* A quarter is not over on its last day, but on the day after. */
    {QUARTERS("", "2024-04-01", "2024-07-01", ""), FAIL, "no meeting in Q2 2024", NULL, "Q2 2024: none"},
    {QUARTERS("", "2024-04-01", "2024-06-30", ""), REVIEW, "no meeting in Q2 2024 yet, which ends on 2024-06-30, today",
     NULL, "Q2 2024: none yet"},
    {QUARTERS("", "2024-04-01", "2024-06-29", ""), REVIEW,
     "no meeting in Q2 2024 yet, which ends on 2024-06-30, in 1 day (within 30 days)", NULL, "Q2 2024: none yet"},
    {QUARTERS("", "2024-04-01", "2024-04-01", ""), REVIEW,
     "no meeting in Q2 2024 yet, which ends on 2024-06-30, in 90 days (within 90 days)", NULL, NULL},
    {QUARTERS("", "2024-04-01", "2024-04-01", ", horizon = 89"), PASS,
     "no meeting in Q2 2024 yet, which ends on 2024-06-30", NULL, NULL},
    {QUARTERS(D("2024-06-30") ", " D("2024-10-01") ", " D("2024-05-01"), "2024-04-01", "2025-04-01", ""), FAIL,
     "no meeting in Q3 2024 and Q1 2025", NULL, "Q2 2024: 2024-05-01"},
    {QUARTERS("", "2024-01-01", "2025-01-01", ""), FAIL, "no meeting in Q1 2024, Q2 2024, Q3 2024 and Q4 2024", NULL,
     NULL},
    /* The quarter in which it begins counts when it began on its first day, or where that is asked for. */
    {QUARTERS("", "2024-04-02", "2024-06-30", ""), PASS, "Q3 2024 is the first quarter that counts", NULL, NULL},
    {QUARTERS("", "2024-04-02", "2024-07-01", ", partial = \"count\""), FAIL, "no meeting in Q2 2024", NULL, NULL},
    {QUARTERS("", "2024-04-02", "2024-10-01", ", partial = \"skip\""), FAIL, "no meeting in Q3 2024", NULL, NULL},
    {QUARTERS("", "2024-04-02", "2024-04-01", ""), PV_STATE_NOT_APPLICABLE, "it begins on 2024-04-02, after 2024-04-01",
     NULL, NULL},
    /* A meeting that is dated after the day has not happened. */
    {QUARTERS(D("2024-06-30"), "2024-04-01", "2024-06-29", ""), REVIEW,
     "no meeting in Q2 2024 yet, which ends on 2024-06-30, in 1 day (within 30 days)", NULL, NULL},
    {QUARTERS(OPENED ", " ENDED, "2022-01-01", "2022-03-31", ""), PASS,
     "meeting in every quarter from Q1 2022 to Q1 2022", NULL, NULL},
};

static void test_quarters(void **state) {
    answer(*state, "");
    assert_checks(*state, "", ROWS(quarters));
}

#define ROW(from, to) "{ from = " from ", to = " to " }"

static const char *const truths[] = {
    "in_effect(" ROW(D("2024-01-01"), D("2024-12-31")) ", " D("2024-12-31") ")",
    "not in_effect(" ROW(D("2024-01-01"), D("2024-12-31")) ", " D("2025-01-01") ")",
    "in_effect(" ROW(D("2024-01-01"), "nil") ", " D("2024-01-01") ")",
    "not in_effect(" ROW(D("2024-01-01"), "nil") ", " D("2023-12-31") ")",
    "in_effect(" ROW("nil", "nil") ", " D("2024-01-01") ")",
    "happened(" CLOSED ", " D("2022-02-02") ")",
    "not happened(" CLOSED ", " D("2022-02-01") ")",
    "not happened(" ENDED ", " D("2022-02-01") ")",
    "not happened(nil, " D("2022-02-01") ")",
    "up_to({ { d = " D("2024-03-01") " }, {}, { d = " D("2024-02-29") " }, { d = " D("2024-03-02") " } }, \"d\", " D(
        "2024-03-01") "):map(function(row) return tostring(row.d) end)[1] == \"2024-02-29\"",
    "up_to({ { d = " D("2024-03-01") " }, {}, { d = " D("2024-02-29") " } }, \"d\", " D("2024-03-01") "):count() == 2",
    /* Quarters and years of dates. */
    D("2024-03-31") ".quarter == 1",
    D("2024-04-01") ".quarter == 2",
    D("2024-12-31") ".quarter == 4",
    D("2024-02-29") ":quarter_start() == " D("2024-01-01"),
    D("2024-02-29") ":quarter_end() == " D("2024-03-31"),
    D("2024-08-15") ":quarter_start() == " D("2024-07-01"),
    D("2024-08-15") ":quarter_end() == " D("2024-09-30"),
    D("2024-08-15") ":quarter_label() == \"Q3 2024\"",
    D("2024-02-29") ":add_years(1) == " D("2025-02-28"),
    D("2024-02-29") ":add_years(4) == " D("2028-02-29"),
    D("2025-02-28") ":add_years(-1) == " D("2024-02-28"),
    "fail(\"x\"):due(" D("2024-02-29") ").due_on == " D("2024-02-29"),
    "fail(\"x\").due_on == nil",
    /* Two calendars of one table. 17 January 2022 is a Monday and a holiday of both, 21 February of the first alone. */
    "working.name == \"working\" and business.name == \"business\"",
    D("2022-02-18") ":add(1, working) == " D("2022-02-22"),
    D("2022-02-18") ":add(1, business) == " D("2022-02-21"),
    D("2022-01-14") ":add(1, business) == " D("2022-01-18"),
    "tostring(business) == \"the business days from 2022-01-01 to 2022-12-31\"",
    "within_days(" D("2022-01-14") ", " D("2022-01-18") ", 1, business).message == "
                                                        "\"2022-01-18 is within 1 business day of 2022-01-14\"",
};

static const char two_calendars[] =
    "local working = calendar(form.tables.holiday)\n"
    "local business = calendar(form.tables.holiday:where(function(row) return row.date.month ~= 2 end), "
    "{ name = \"business\" })\n";

static void test_days_and_calendars(void **state) {
    lua_fixture *fixture = *state;
    answer(fixture, "");
    for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++) {
        pv_str expression = pv_arena_format(fixture->base.arena, "(%s) and pass() or fail(\"false\")", truths[i]);
        pv_outcome outcome = run_expression(fixture, two_calendars, expression.data);
        if (outcome.state != PV_STATE_PASS)
            fail_msg("%s: %.*s%.*s", truths[i], PV_STR_ARG(outcome.message), PV_STR_ARG(fault_message(&outcome)));
    }
}

/* The day that each falls due; NULL: none. */
static void test_verdicts_know_the_day(void **state) {
    const struct {
        const char *expression;
        const char *due;
    } rows[] = {
        {BY(ENDED, "2022-02-28", "2022-03-01", ""), "2022-02-28"},
        {BY(ENDED, "2022-02-28", "2020-03-01", ""), "2022-02-28"},
        {BY(CLOSED, "2022-02-28", "2022-03-01", ""), NULL},
        {BY(CLOSED, "2022-01-28", "2022-03-01", ""), NULL},
        {"recurring({ " D("2024-02-29") " }, { first = " D("2024-02-28") ", as_of = " D("2024-03-01") " })",
         "2025-02-28"},
        {QUARTERS("", "2024-01-01", "2024-12-31", ""), "2024-03-31"},
        {QUARTERS("", "2024-04-02", "2024-06-30", ""), "2024-09-30"},
        {QUARTERS(D("2024-05-14"), "2024-04-01", "2024-06-30", ""), NULL},
        {"all_of(pass(), review(\"x\"):due(" D("2024-05-14") "))", "2024-05-14"},
        {"all_of(pass():due(" D("2024-06-14") "), pass():due(" D("2024-05-14") "), pass())", "2024-05-14"},
        {"instead(fail(\"x\"):due(" D("2024-05-14") "), \"review\")", "2024-05-14"},
    };
    lua_fixture *fixture = *state;
    answer(fixture, "");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pv_outcome outcome = run_expression(fixture, "", rows[i].expression);
        char day[PV_DATE_SIZE] = "";
        if (outcome.has_due)
            pv_date_write(outcome.due, day);
        if (!pv_str_equal(pv_str_from(day), pv_str_from(rows[i].due)))
            fail_msg("%s: due \"%s\" %.*s", rows[i].expression, day, PV_STR_ARG(fault_message(&outcome)));
    }
}

static const misuse misuses[] = {
    {"done_by(" CLOSED ", " D("2022-02-02") ")", "done_by needs the day to judge by: as_of = submission:judged_on()"},
    {"done_by(" CLOSED ", nil, { as_of = " D("2022-02-02") " })",
     "done_by needs the day on which it is due, not a nil"},
    {"done_by(submission.fields.county, " D("2022-02-02") ", { as_of = " D("2022-02-02") " })",
     "done_by needs a date, not a text"},
    {BY(CLOSED, "2022-02-02", "2022-02-02", ", horizont = 5"), "done_by has no option \"horizont\""},
    {"recurring({}, { as_of = " D("2022-02-02") " })", "recurring needs the day by which the first is due"},
    {"in_every_quarter({}, { as_of = " D("2022-02-02") " })", "in_every_quarter needs the day on which it begins"},
    {QUARTERS("", "2022-01-01", "2022-02-02", ", partial = \"half\""), "partial = \"skip\" or \"count\""},
    {"happened(" CLOSED ", nil)", "happened needs the day to judge by"},
    {"in_effect({}, 5)", "in_effect needs a day, not a number"},
    {"pass():due(5)", "expected a date"},
};

static void test_misuse_says_what_is_needed(void **state) {
    answer(*state, "");
    assert_misuses(*state, "", 3, ROWS(misuses));
}

static void test_a_day_that_cannot_be_read_is_not_judged(void **state) {
    lua_fixture *fixture = *state;
    close_rules(fixture);
    fixture->submission =
        submission_of(&fixture->base, fixture->form, "form: test\nfields: { closed: soon, opened: 2022-01-03 }\n");
    static const check rows[] = {
        {BY(CLOSED, "2022-02-28", "2022-03-01", ""), PV_STATE_NOT_APPLICABLE,
         "Closing day cannot be read, which has its own finding", NULL, NULL},
        {"recurring({ " OPENED ", " CLOSED " }, { first = " D("2022-01-03") ", as_of = " D("2022-02-01") " })",
         PV_STATE_NOT_APPLICABLE, "Closing day cannot be read, which has its own finding", NULL, NULL},
        {QUARTERS(CLOSED, "2022-01-01", "2022-03-31", ""), PV_STATE_NOT_APPLICABLE,
         "Closing day cannot be read, which has its own finding", NULL, NULL},
    };
    assert_checks(fixture, "", ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        vocabulary_test(test_deadlines),
        vocabulary_test(test_terms_that_recur),
        vocabulary_test(test_quarters),
        vocabulary_test(test_days_and_calendars),
        vocabulary_test(test_verdicts_know_the_day),
        vocabulary_test(test_misuse_says_what_is_needed),
        vocabulary_test(test_a_day_that_cannot_be_read_is_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
