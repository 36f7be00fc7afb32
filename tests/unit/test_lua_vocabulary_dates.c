/* Days, terms and calendars in the check vocabulary. Day counts are taken from a calendar of 2022: 3 January is a
 * Monday; the holidays of the form are the Mondays 17 January, 21 February and 4 July. */
#include "vocabulary_fixture.h"

#define OPENED "submission.fields.opened" /* 2022-01-03 */
#define CLOSED "submission.fields.closed" /* 2022-02-02, 30 days later */
#define ENDED "submission.fields.ended"   /* not given */
#define FIRST_DATE R ".text:dates():first()"

static const check of_fields[] = {
    {"before(" OPENED ", " CLOSED ")", PASS, "2022-01-03 is before 2022-02-02", "2022-01-03",
     "2022-01-03 < 2022-02-02"},
    {"before(" CLOSED ", date(\"2022-02-02\"), \"closing day\")", FAIL,
     "the closing day, 2022-02-02, is not before 2022-02-02", "2022-02-02", "2022-02-02 ≥ 2022-02-02"},
    {"on_or_before(" CLOSED ", date(\"2022-02-02\"))", PASS, "2022-02-02 is on or before 2022-02-02", "2022-02-02",
     "2022-02-02 ≤ 2022-02-02"},
    {"after(" OPENED ", " CLOSED ")", FAIL, "2022-01-03 is not after 2022-02-02", "2022-01-03",
     "2022-01-03 ≤ 2022-02-02"},
    {"on_or_after(" CLOSED ", " OPENED ")", PASS, "2022-02-02 is on or after 2022-01-03", "2022-02-02",
     "2022-02-02 ≥ 2022-01-03"},
    {"before(" ENDED ", " CLOSED ")", FAIL, "Last day is not given", "", NULL},
    {"before(" CLOSED ", " ENDED ")", FAIL, "Last day is not given", "", NULL},
    /* The helpers for limits take days too. */
    {"at_most(" CLOSED ", date(\"2022-02-01\"))", FAIL, "2022-02-02 is after 2022-02-01", "2022-02-02",
     "2022-02-02 > 2022-02-01"},
    {"at_least(" CLOSED ".value, date(\"2022-02-02\"))", PASS, "2022-02-02 is on or after 2022-02-02", "2022-02-02",
     NULL},
    {"between(" CLOSED ", " OPENED ", date(\"2022-12-31\"))", PASS, "2022-02-02 is from 2022-01-03 to 2022-12-31",
     "2022-02-02", "2022-01-03 ≤ 2022-02-02 ≤ 2022-12-31"},
    {"between(" OPENED ", " CLOSED ", date(\"2022-12-31\"))", FAIL, "2022-01-03 is before 2022-02-02", "2022-01-03",
     NULL},
    {"at_most(" ENDED ", date(\"2022-02-01\"))", FAIL, "Last day is not given", "", NULL},
};

static void test_fields(void **state) {
    answer(*state, "");
    assert_checks(*state, "", ROWS(of_fields));
}

/* 3 January to 2 February: 30 days; 22 from Monday to Friday (4 + 5 + 5 + 5 + 3); 21 less the holiday of 17 January. */
static const check terms[] = {
    {"within_days(" OPENED ", " CLOSED ", 30)", PASS, "2022-02-02 is within 30 days of 2022-01-03", "2022-02-02",
     "2022-01-03 + 30 days = 2022-02-02"},
    {"within_days(" OPENED ", " CLOSED ", submission.fields.term.value, \"calendar\")", PASS,
     "2022-02-02 is within 30 calendar days of 2022-01-03", "2022-02-02", NULL},
    {"within_days(" OPENED ", " CLOSED ", 29)", FAIL,
     "2022-02-02 is after 2022-02-01, the last of the 29 days from 2022-01-03", "2022-02-02",
     "2022-01-03 + 29 days = 2022-02-01"},
    {"within_days(" OPENED ", " CLOSED ", 22, \"business\")", PASS,
     "2022-02-02 is within 22 business days of 2022-01-03", "2022-02-02", NULL},
    {"within_days(" OPENED ", " CLOSED ", 21, \"business\")", FAIL,
     "2022-02-02 is after 2022-02-01, the last of the 21 business days from 2022-01-03", "2022-02-02", NULL},
    {"within_days(" OPENED ", " CLOSED ", 21, holidays)", PASS, "2022-02-02 is within 21 working days of 2022-01-03",
     "2022-02-02", NULL},
    {"within_days(" OPENED ", " CLOSED ", 20, holidays)", FAIL,
     "2022-02-02 is after 2022-02-01, the last of the 20 working days from 2022-01-03", "2022-02-02", NULL},
    {"within_days(" CLOSED ", " OPENED ", 5)", FAIL, "2022-01-03 is before 2022-02-02", "2022-01-03", NULL},
    {"within_days(" OPENED ", " OPENED ", 0)", PASS, "2022-01-03 is within 0 days of 2022-01-03", "2022-01-03", NULL},
    {"within_days(" OPENED ", " ENDED ", 5)", FAIL, "Last day is not given", "", NULL},
};

static void test_terms(void **state) {
    answer(*state, "");
    assert_checks(*state, vocabulary_file_level, ROWS(terms));
}

static const text_check of_texts[] = {
    {"We begin on July 1, 2022.",
     {"before(" FIRST_DATE ", date(\"2022-07-02\"))", PASS, "July 1, 2022 is before 2022-07-02", "July 1, 2022",
      "2022-07-01 < 2022-07-02"}},
    {"We begin on 1 July 2022.",
     {"before(" FIRST_DATE ", date(\"2022-07-01\"))", FAIL, "1 July 2022 is not before 2022-07-01", "1 July 2022",
      "2022-07-01 ≥ 2022-07-01"}},
    {"Begin: 2022-07-01",
     {"on_or_after(" FIRST_DATE ", date(\"2022-07-01\"))", PASS, "2022-07-01 is on or after 2022-07-01", "2022-07-01",
      NULL}},
    /* 1 July or 7 January. */
    {"Begin: 07/01/2022",
     {"before(" FIRST_DATE ", date(\"2022-07-02\"))", PASS, "07/01/2022 is before 2022-07-02", "07/01/2022",
      "2022-07-01 < 2022-07-02"}},
    {"Begin: 07/01/2022",
     {"before(" FIRST_DATE ", date(\"2022-03-01\"))", REVIEW, "07/01/2022 leaves open whether it is before 2022-03-01",
      "07/01/2022", NULL}},
    {"Begin: 07/01/2022",
     {"before(" R ".text:dates(\"month-first\"):first(), date(\"2022-03-01\"))", FAIL,
      "07/01/2022 is not before 2022-03-01", "07/01/2022", "2022-07-01 ≥ 2022-03-01"}},
    {"Begin: 07/01/2022",
     {"before(" R ".text:dates(\"day-first\"):first(), date(\"2022-03-01\"))", PASS, "07/01/2022 is before 2022-03-01",
      "07/01/2022", "2022-01-07 < 2022-03-01"}},
    /* A quarter is its three months. */
    {"It is done by Q4 2022.",
     {"at_most(" FIRST_DATE ", date(\"2022-12-31\"))", PASS, "Q4 2022 is on or before 2022-12-31", "Q4 2022",
      "2022-12-31 ≤ 2022-12-31"}},
    {"It is done by Q4 2022.",
     {"before(" FIRST_DATE ", date(\"2022-11-01\"))", REVIEW, "Q4 2022 leaves open whether it is before 2022-11-01",
      "Q4 2022", "2022-10-01 to 2022-12-31, and 2022-11-01 to 2022-11-01"}},
    {"It is done by Q4 2022.",
     {"before(" FIRST_DATE ", date(\"2022-10-01\"))", FAIL, "Q4 2022 is not before 2022-10-01", "Q4 2022",
      "2022-10-01 ≥ 2022-10-01"}},
    {"It is done by the fourth quarter of 2022.",
     {"after(" FIRST_DATE ", date(\"2022-09-30\"))", PASS, "fourth quarter of 2022 is after 2022-09-30",
      "fourth quarter of 2022", "2022-10-01 > 2022-09-30"}},
    {"In July 2022 we hire, in CY 2023 we train.",
     {"before(" FIRST_DATE ", " R ".text:dates():last())", PASS, "July 2022 is before CY 2023", "July 2022",
      "2022-07-31 < 2023-01-01"}},
    {"In 2022 we hire.",
     {"after(" R ".text:dates(\"bare-years\"):first(), date(\"2021-12-31\"), \"start\")", PASS,
      "the start, 2022, is after 2021-12-31", "2022", NULL}},
    {"It is done by Q4 2022.",
     {"between(" FIRST_DATE ", date(\"2022-01-01\"), date(\"2022-12-31\"), \"end\")", PASS,
      "the end, Q4 2022, is from 2022-01-01 to 2022-12-31", "Q4 2022", "2022-01-01 ≤ Q4 2022 ≤ 2022-12-31"}},
    {"We begin on February 30, 2022.",
     {"before(" FIRST_DATE ", date(\"2022-03-01\"))", FAIL, "“February 30, 2022” is no day of the calendar",
      "February 30, 2022", NULL}},
    /* 30 days after 1 July is 31 July; after 31 July it is 30 August. */
    {"Received July 1, 2022, answered July 31, 2022.",
     {"within_days(" FIRST_DATE ", " R ".text:dates():last(), 30)", PASS,
      "July 31, 2022 is within 30 days of July 1, 2022", "July 31, 2022", "July 1, 2022 + 30 days = 2022-07-31"}},
    {"Received in July 2022, answered August 15, 2022.",
     {"within_days(" FIRST_DATE ", " R ".text:dates():last(), 30)", REVIEW,
      "it is open whether August 15, 2022 is within 30 days of July 2022", "August 15, 2022", NULL}},
    {"Received in July 2022, answered August 31, 2022.",
     {"within_days(" FIRST_DATE ", " R ".text:dates():last(), 30)", FAIL,
      "August 31, 2022 is after 2022-08-30, the last of the 30 days from July 2022", "August 31, 2022", NULL}},
};

static void test_dates_of_texts(void **state) {
    assert_text_checks(*state, ROWS(of_texts));
}

/* ---- what dates and calendars answer ---- */

#define D(day) "date(\"" day "\")"

static const char *const truths[] = {
    D("2022-07-01") " + 30 == " D("2022-07-31"),
    "30 + " D("2022-07-01") " == " D("2022-07-31"),
    D("2022-07-01") " + submission.fields.term.value == " D("2022-07-31"),
    D("2024-03-01") " - 1 == " D("2024-02-29"),
    D("2022-07-31") " - " D("2022-07-01") " == 30",
    D("2022-07-01") ":weekday() == \"Friday\"",
    OPENED ".value:weekday() == \"Monday\"",
    "tostring(" D("2022-07-01") ") == \"2022-07-01\"",
    D("2022-01-03") ":add_weeks(12) == " D("2022-03-28"),
    D("2022-03-28") ":add_weeks(-12) == " D("2022-01-03"),
    D("2022-01-31") ":add_months(1) == " D("2022-02-28"),
    D("2024-02-29") ":add_months(-12) == " D("2023-02-28"),
    /* Friday: day 1 is Monday, a holiday to a calendar. */
    D("2022-07-01") ":add(1, \"business\") == " D("2022-07-04"),
    D("2022-07-01") ":add(1, holidays) == " D("2022-07-05"),
    D("2022-07-01") ":add(1) == " D("2022-07-02"),
    D("2022-07-01") ":days_to(" D("2022-07-08") ", \"business\") == 5",
    D("2022-07-01") ":days_to(" D("2022-07-08") ", holidays) == 4",
    D("2022-07-08") ":days_to(" D("2022-07-01") ") == -7",
    "holidays:is_working_day(" D("2022-07-05") ")",
    "not holidays:is_working_day(" D("2022-07-04") ")",
    "not holidays:is_working_day(" D("2022-07-03") ")",
    "holidays:working_day_from(" D("2022-07-02") ") == " D("2022-07-05"),
    "holidays:working_day_from(" D("2022-07-05") ") == " D("2022-07-05"),
    "tostring(holidays) == \"the working days from 2022-01-01 to 2022-12-31\"",
    /* The readings of an ambiguous date, in the order of the calendar; what another mention is. */
    R ".text:dates()[1].first == " D("2022-01-07"),
    R ".text:dates()[1].last == " D("2022-07-01"),
    R ".text:dates()[1].is_ambiguous and not " R ".text:dates()[2].is_ambiguous",
    R ".text:dates()[2].precision == \"quarter\" and " R ".text:dates()[2].last == " D("2022-12-31"),
    R ".text:dates()[3].is_impossible and " R ".text:dates()[3].first == nil",
    R ".text:dates()[2].text.string == \"Q4 2022\"",
    "submission.as_of == nil",
};

static void test_dates_and_calendars(void **state) {
    lua_fixture *fixture = *state;
    answer(fixture, "From 07/01/2022 to Q4 2022, not February 30, 2022.");
    for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++) {
        pv_str expression = pv_arena_format(fixture->base.arena, "(%s) and pass() or fail(\"false\")", truths[i]);
        pv_outcome outcome = run_expression(fixture, vocabulary_file_level, expression.data);
        if (outcome.state != PV_STATE_PASS)
            fail_msg("%s: %.*s%.*s", truths[i], PV_STR_ARG(outcome.message), PV_STR_ARG(fault_message(&outcome)));
    }
}

static const misuse misuses[] = {
    {"before(" OPENED ", nil)", "before needs a day, not a nil"},
    {"before(\"2022-07-01\", " OPENED ")", "before needs a day, not a string"},
    {"before(submission.fields.county, " OPENED ")", "before needs a day, not a field"},
    {"at_most(" OPENED ", 5)", "on_or_before needs a day, not a number"},
    {"within_days(" OPENED ", " CLOSED ", 5, \"working\")", "working days need a calendar of holidays"},
    {"within_days(" OPENED ", " CLOSED ", 5, \"busines\")", "did you mean \"business\"?"},
    {"within_days(" OPENED ", " CLOSED ", decimal(\"2.5\"))", "expected a whole number"},
    {"within_days(" OPENED ", " CLOSED ", 300, holidays)", "2022-12-31"},
    {"pass(\"%s\", date(\"2022-02-30\"))", "\"2022-02-30\" is no date"},
    {"pass(\"%s\", calendar(form.tables.holiday))", "calendars are made at file level"},
    {"pass(\"%s\", " R ".text:dates(\"us\"))", "the list of ways to read dates has no \"us\""},
    {"before(" OPENED ", submission:judged_on())", "say it with --as-of"},
};

static void test_misuse_says_what_is_needed(void **state) {
    answer(*state, "");
    assert_misuses(*state, vocabulary_file_level, 4, ROWS(misuses));
}

/* Declared at file level; the fault of the file. */
static const misuse refused_calendars[] = {
    {"calendar({})", "a calendar needs holidays"},
    {"calendar(5)", "expected a table of the form"},
    {"calendar({ \"2022-07-04\" })", "holiday 1 is a string"},
    {"calendar({ date(\"2022-07-04\"), date(\"2022-07-04\") })", "the holiday 2022-07-04 is listed twice"},
    {"calendar({ date(\"2022-07-04\"), date(\"2024-07-04\") })", "the table has no holiday in 2023"},
    {"calendar(form.tables.holiday, date(\"2022-01-01\"), date(\"2022-06-30\"))", "is not within"},
};

static void test_refused_calendars(void **state) {
    lua_fixture *fixture = *state;
    answer(fixture, "");
    for (size_t i = 0; i < sizeof refused_calendars / sizeof refused_calendars[0]; i++) {
        pv_str text = pv_arena_format(fixture->base.arena, "local days = %s\n" RULE("a", "return pass()"),
                                      refused_calendars[i].expression);
        load_rules(fixture, text.data);
        assert_int_equal(fixture->ruleset->fault_count, 1);
        if (!holds(fixture->ruleset->faults[0].message, refused_calendars[i].message))
            fail_msg("%s: %.*s", refused_calendars[i].expression, PV_STR_ARG(fixture->ruleset->faults[0].message));
        assert_int_equal(fixture->ruleset->faults[0].at.line, 1);
    }
}

static void test_calendar_with_its_days_given(void **state) {
    static const char file_level[] =
        "local holidays = calendar({ date(\"2022-07-04\"), date(\"2024-07-04\") }, date(\"2022-07-01\"), "
        "date(\"2024-12-31\"))\n";
    static const check row = {"holidays:is_working_day(date(\"2023-07-04\")) and pass()", PASS, "", NULL, NULL};
    answer(*state, "");
    assert_checks(*state, file_level, &row, 1);
}

static void test_the_day_to_judge_by(void **state) {
    static const check rows[] = {
        {"before(" OPENED ", submission.as_of)", PASS, "2022-01-03 is before 2022-03-01", "2022-01-03", NULL},
        {"after(" OPENED ", submission:judged_on())", FAIL, "2022-01-03 is not after 2022-03-01", "2022-01-03", NULL},
    };
    lua_fixture *fixture = *state;
    fixture->as_of = PV_STR("2022-03-01");
    answer(fixture, "");
    assert_checks(fixture, "", ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        vocabulary_test(test_fields),
        vocabulary_test(test_terms),
        vocabulary_test(test_dates_of_texts),
        vocabulary_test(test_dates_and_calendars),
        vocabulary_test(test_misuse_says_what_is_needed),
        vocabulary_test(test_refused_calendars),
        vocabulary_test(test_calendar_with_its_days_given),
        vocabulary_test(test_the_day_to_judge_by),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
