/* Days, months and weekdays of the Gregorian calendar, and terms counted in calendar, business and working days. */
#include "torture.h"

#include "base/calendar.h"

static pv_date day(const char *text) {
    pv_date date;
    if (!pv_date_parse(pv_str_from(text), &date))
        fail_msg("%s is no date", text);
    return date;
}

static void assert_date(pv_date actual, const char *expected) {
    if (pv_date_compare(actual, day(expected)) != 0)
        fail_msg("is %04d-%02d-%02d, should be %s", actual.year, actual.month, actual.day, expected);
}

static void test_one_spelling_is_read(void **state) {
    (void)state;
    pv_date date;
    assert_true(pv_date_parse(PV_STR("2022-07-01"), &date));
    assert_int_equal(date.year, 2022);
    assert_int_equal(date.month, 7);
    assert_int_equal(date.day, 1);
    assert_true(pv_date_parse(PV_STR("2024-02-29"), &date));
    assert_true(pv_date_parse(PV_STR("2000-02-29"), &date));
    static const char *const wrong[] = {"2023-02-29", "1900-02-29", "2022-13-01", "2022-00-10", "2022-04-31",
                                        "2022-01-00", "0000-01-01", "2022-7-01",  "2022/07/01", "2022-07-01T",
                                        "",           "20220-7-01", "+022-07-01"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (pv_date_parse(pv_str_from(wrong[i]), &date))
            fail_msg("%s was taken for a date", wrong[i]);
}

static int64_t days(const char *from, const char *to) {
    int64_t apart = pv_date_days_between(day(from), day(to));
    int order = pv_date_compare(day(from), day(to));
    assert_int_equal((apart < 0) - (apart > 0), (order > 0) - (order < 0));
    return apart;
}

static void test_days_between(void **state) {
    (void)state;
    assert_int_equal(days("2022-01-01", "2022-01-31"), 30);
    assert_int_equal(days("2024-02-28", "2024-03-01"), 2);
    assert_int_equal(days("2023-02-28", "2023-03-01"), 1);
    assert_int_equal(days("2022-12-31", "2023-01-01"), 1);
    assert_int_equal(days("2023-01-01", "2022-12-31"), -1);
    assert_int_equal(days("2022-07-01", "2022-07-01"), 0);
    assert_int_equal(days("2000-01-01", "2001-01-01"), 366);
    assert_int_equal(days("1900-01-01", "1901-01-01"), 365);
    /* 400 Gregorian years are 146,097 days. */
    assert_int_equal(days("1600-03-01", "2000-03-01"), 146097);
    assert_int_equal(days("0001-01-01", "9999-12-31"), 3652058);
}

static void test_days_follow_one_another(void **state) {
    (void)state;
    pv_date expected = day("1799-12-31");
    for (int64_t i = 0; i < 146097; i++) {
        pv_date actual;
        pv_error error = {0};
        assert_true(pv_date_add_days(day("1799-12-31"), i, &actual, &error));
        assert_int_equal(pv_date_compare(actual, expected), 0);
        if (expected.day < pv_date_days_in_month(expected.year, expected.month))
            expected.day++;
        else if (expected.month < 12)
            expected = (pv_date){expected.year, (uint8_t)(expected.month + 1), 1};
        else
            expected = (pv_date){(int16_t)(expected.year + 1), 1, 1};
    }
    assert_date(expected, "2199-12-31"); /* 400 years on */
}

static void days_later(const char *from, int64_t count, const char *expected) {
    pv_date date;
    pv_error error = {0};
    bool added = pv_date_add_days(day(from), count, &date, &error);
    assert_true(added == (expected != NULL));
    assert_int_equal(error.code, added ? PV_OK : PV_ERROR_RANGE);
    if (expected)
        assert_date(date, expected);
}

static void test_adding_days(void **state) {
    (void)state;
    days_later("2024-02-28", 1, "2024-02-29");
    days_later("2023-02-28", 1, "2023-03-01");
    days_later("2022-12-31", 1, "2023-01-01");
    days_later("2022-01-01", -1, "2021-12-31");
    days_later("2022-07-01", 0, "2022-07-01");
    days_later("0001-01-01", 3652058, "9999-12-31");
    days_later("9999-12-31", -3652058, "0001-01-01");
    days_later("9999-12-31", 1, NULL);
    days_later("0001-01-01", -1, NULL);
    days_later("2022-07-01", INT64_MAX, NULL);
    days_later("2022-07-01", INT64_MIN, NULL);
}

static void months_later(const char *from, int64_t count, const char *expected) {
    pv_date date;
    pv_error error = {0};
    bool added = pv_date_add_months(day(from), count, &date, &error);
    assert_true(added == (expected != NULL));
    assert_int_equal(error.code, added ? PV_OK : PV_ERROR_RANGE);
    if (expected)
        assert_date(date, expected);
}

static void test_adding_months_stays_in_the_month(void **state) {
    (void)state;
    months_later("2024-01-31", 1, "2024-02-29");
    months_later("2023-01-31", 1, "2023-02-28");
    months_later("2022-03-31", -1, "2022-02-28");
    months_later("2022-11-30", 3, "2023-02-28");
    months_later("2022-12-15", 1, "2023-01-15");
    months_later("2022-01-15", -1, "2021-12-15");
    months_later("2022-05-31", 1, "2022-06-30");
    months_later("2024-02-29", 12, "2025-02-28");
    months_later("2024-02-29", 48, "2028-02-29");
    months_later("2022-07-01", 0, "2022-07-01");
    months_later("0001-01-01", 119987, "9999-12-01"); /* 9,999 years of 12 months, less one */
    months_later("0001-01-01", 119988, NULL);
    months_later("0001-01-31", -1, NULL);
    months_later("2022-07-01", INT64_MAX, NULL);
    months_later("2022-07-01", INT64_MIN, NULL);
}

static void test_weekdays(void **state) {
    (void)state;
    assert_int_equal(pv_date_weekday(day("2022-07-01")), PV_FRIDAY);
    assert_int_equal(pv_date_weekday(day("2024-01-01")), PV_MONDAY);
    assert_int_equal(pv_date_weekday(day("2024-03-31")), PV_SUNDAY);
    assert_int_equal(pv_date_weekday(day("2000-02-29")), PV_TUESDAY);
    assert_int_equal(pv_date_weekday(day("1900-01-01")), PV_MONDAY);
    assert_int_equal(pv_date_weekday(day("0001-01-01")), PV_MONDAY);
    assert_int_equal(pv_date_weekday(day("9999-12-31")), PV_FRIDAY);
}

/* The state holidays of California in 2024. 31 March was a Sunday, and the Monday after it was given instead. */
static const pv_date state_holidays[] = {
    {2024, 1, 1}, {2024, 1, 15}, {2024, 2, 19},  {2024, 3, 31},  {2024, 4, 1},   {2024, 5, 27},
    {2024, 7, 4}, {2024, 9, 2},  {2024, 11, 11}, {2024, 11, 28}, {2024, 11, 29}, {2024, 12, 25},
};

static pv_calendar calendar_of(pv_day_kind kind) {
    return (pv_calendar){.kind = kind,
                         .holidays = state_holidays,
                         .holiday_count = sizeof state_holidays / sizeof state_holidays[0],
                         .first = {2024, 1, 1},
                         .last = {2024, 12, 31}};
}

static void term(pv_day_kind kind, const char *event, int64_t count, pv_day_kind ends_on, const char *expected) {
    pv_calendar calendar = calendar_of(kind);
    pv_date last;
    pv_error error = {0};
    if (!pv_calendar_add(&calendar, day(event), count, ends_on, &last, &error))
        fail_msg("%s: %s", event, error.message);
    assert_date(last, expected);
}

static void test_three_calendars_in_one_policy(void **state) {
    (void)state;
    /* Wednesday, 3 July 2024; the Thursday is Independence Day. */
    term(PV_DAY_CALENDAR, "2024-07-03", 5, PV_DAY_CALENDAR, "2024-07-08");
    term(PV_DAY_BUSINESS, "2024-07-03", 5, PV_DAY_CALENDAR, "2024-07-10");
    term(PV_DAY_WORKING, "2024-07-03", 5, PV_DAY_CALENDAR, "2024-07-11");
    /* 30 Working Days after a quarterly meeting on Friday, 15 March 2024: ten in March, none on 1 April, four in its
     * first week, five in each of the next three, and Monday the 29th. The Sunday holiday takes no day away. */
    term(PV_DAY_WORKING, "2024-03-15", 30, PV_DAY_CALENDAR, "2024-04-29");
    term(PV_DAY_BUSINESS, "2024-03-15", 30, PV_DAY_CALENDAR, "2024-04-26");
}

static void test_a_term_that_starts_or_ends_on_a_day_that_does_not_count(void **state) {
    (void)state;
    term(PV_DAY_BUSINESS, "2022-07-01", 1, PV_DAY_CALENDAR, "2022-07-04"); /* from a Friday */
    term(PV_DAY_BUSINESS, "2022-07-02", 1, PV_DAY_CALENDAR, "2022-07-04");
    term(PV_DAY_BUSINESS, "2022-07-03", 1, PV_DAY_CALENDAR, "2022-07-04");
    term(PV_DAY_WORKING, "2024-07-04", 1, PV_DAY_CALENDAR, "2024-07-05");
    /* 30 calendar days from 30 October end on the Friday after Thanksgiving, a holiday. */
    term(PV_DAY_CALENDAR, "2024-10-30", 30, PV_DAY_CALENDAR, "2024-11-29");
    term(PV_DAY_CALENDAR, "2024-10-30", 30, PV_DAY_BUSINESS, "2024-11-29");
    term(PV_DAY_CALENDAR, "2024-10-30", 30, PV_DAY_WORKING, "2024-12-02");
    term(PV_DAY_CALENDAR, "2024-06-13", 30, PV_DAY_BUSINESS, "2024-07-15"); /* the 13th is a Saturday */
    term(PV_DAY_WORKING, "2024-11-28", 0, PV_DAY_CALENDAR, "2024-11-28");
    term(PV_DAY_WORKING, "2024-11-28", 0, PV_DAY_WORKING, "2024-12-02");
    term(PV_DAY_WORKING, "2024-11-27", 0, PV_DAY_WORKING, "2024-11-27");
}

static void test_counting_back(void **state) {
    (void)state;
    term(PV_DAY_CALENDAR, "2024-03-01", -1, PV_DAY_CALENDAR, "2024-02-29");
    term(PV_DAY_BUSINESS, "2022-07-04", -1, PV_DAY_CALENDAR, "2022-07-01");
    term(PV_DAY_BUSINESS, "2022-07-02", -1, PV_DAY_CALENDAR, "2022-07-01");
    term(PV_DAY_BUSINESS, "2022-07-01", -5, PV_DAY_CALENDAR, "2022-06-24");
    term(PV_DAY_WORKING, "2024-12-02", -1, PV_DAY_CALENDAR, "2024-11-27");
}

static int64_t passed(pv_day_kind kind, const char *event, const char *date) {
    pv_calendar calendar = calendar_of(kind);
    int64_t count = 0;
    pv_error error = {0};
    assert_true(pv_calendar_days_between(&calendar, day(event), day(date), &count, &error));
    return count;
}

static void test_days_that_have_passed(void **state) {
    (void)state;
    assert_int_equal(passed(PV_DAY_WORKING, "2024-07-03", "2024-07-11"), 5);
    assert_int_equal(passed(PV_DAY_WORKING, "2024-07-03", "2024-07-03"), 0);
    assert_int_equal(passed(PV_DAY_WORKING, "2024-07-03", "2024-07-04"), 0);
    assert_int_equal(passed(PV_DAY_WORKING, "2024-07-11", "2024-07-03"), -5);
    assert_int_equal(passed(PV_DAY_BUSINESS, "2024-07-03", "2024-07-11"), 6);
    assert_int_equal(passed(PV_DAY_CALENDAR, "2024-07-03", "2024-07-11"), 8);
    /* On Saturday, 13 July, the sixth day has passed, and a term of six, which ended on Friday, is over. */
    assert_int_equal(passed(PV_DAY_WORKING, "2024-07-03", "2024-07-13"), 6);
    term(PV_DAY_WORKING, "2024-07-03", 6, PV_DAY_CALENDAR, "2024-07-12");
}

static bool counts_by_looking(pv_day_kind kind, pv_date date) {
    bool holiday = false;
    for (size_t i = 0; i < sizeof state_holidays / sizeof state_holidays[0]; i++)
        holiday |= pv_date_compare(state_holidays[i], date) == 0;
    bool weekend = pv_date_weekday(date) == PV_SATURDAY || pv_date_weekday(date) == PV_SUNDAY;
    return kind == PV_DAY_CALENDAR || (!weekend && (kind == PV_DAY_BUSINESS || !holiday));
}

/* Walks the year day by day from each of its days, and back, and compares. */
static void test_counting_agrees_with_walking(void **state) {
    (void)state;
    pv_date new_year = {2024, 1, 1};
    for (int kind = PV_DAY_CALENDAR; kind <= PV_DAY_WORKING; kind++) {
        pv_calendar calendar = calendar_of((pv_day_kind)kind);
        for (int64_t from = 0; from < 366; from += 7) /* each Monday, and so each distance in the week */
            for (int step = -1; step <= 1; step += 2) {
                pv_error error = {0};
                pv_date event, walked;
                assert_true(pv_date_add_days(new_year, from, &event, &error));
                int64_t counted = 0;
                for (int64_t to = from + step; to >= 0 && to < 366; to += step) {
                    assert_true(pv_date_add_days(new_year, to, &walked, &error));
                    bool counts;
                    assert_true(pv_calendar_counts(&calendar, walked, &counts, &error));
                    assert_int_equal(counts, counts_by_looking((pv_day_kind)kind, walked));
                    if (!counts)
                        continue;
                    counted += step;
                    pv_date last;
                    assert_true(pv_calendar_add(&calendar, event, counted, PV_DAY_CALENDAR, &last, &error));
                    assert_int_equal(pv_date_compare(last, walked), 0);
                    if (step < 0)
                        continue;
                    int64_t between;
                    assert_true(pv_calendar_days_between(&calendar, event, walked, &between, &error));
                    assert_int_equal(between, counted);
                }
            }
    }
}

static void test_nothing_is_known_outside_the_holiday_table(void **state) {
    (void)state;
    pv_calendar calendar = calendar_of(PV_DAY_WORKING);
    pv_date last;
    bool counts;
    int64_t count;
    pv_error error = {0};
    term(PV_DAY_WORKING, "2024-12-30", 1, PV_DAY_CALENDAR, "2024-12-31");
    assert_false(pv_calendar_add(&calendar, day("2024-12-30"), 2, PV_DAY_CALENDAR, &last, &error));
    assert_int_equal(error.code, PV_ERROR_RANGE);
    assert_string_equal(error.message,
                        "the holiday table covers 2024-01-01 to 2024-12-31, and 2025-01-01 lies outside");
    error = (pv_error){0};
    assert_false(pv_calendar_add(&calendar, day("2023-12-29"), 1, PV_DAY_CALENDAR, &last, &error));
    assert_int_equal(error.code, PV_ERROR_RANGE);
    error = (pv_error){0};
    assert_false(pv_calendar_counts(&calendar, day("2025-01-01"), &counts, &error));
    assert_int_equal(error.code, PV_ERROR_RANGE);
    error = (pv_error){0};
    assert_false(pv_calendar_days_between(&calendar, day("2024-01-02"), day("2025-01-01"), &count, &error));
    assert_int_equal(error.code, PV_ERROR_RANGE);
    error = (pv_error){0};
    calendar.kind = PV_DAY_CALENDAR; /* 30 days on is a Saturday in 2025 */
    assert_false(pv_calendar_add(&calendar, day("2024-12-05"), 30, PV_DAY_WORKING, &last, &error));
    assert_int_equal(error.code, PV_ERROR_RANGE);
    term(PV_DAY_CALENDAR, "2024-12-05", 30, PV_DAY_BUSINESS, "2025-01-06");
    term(PV_DAY_BUSINESS, "2024-12-30", 2, PV_DAY_CALENDAR, "2025-01-01");
}

static void test_terms_that_leave_the_calendar(void **state) {
    (void)state;
    static const int64_t too_many[] = {INT64_MAX, INT64_MIN, 3652059, -3652059};
    for (int kind = PV_DAY_CALENDAR; kind <= PV_DAY_WORKING; kind++)
        for (size_t i = 0; i < sizeof too_many / sizeof *too_many; i++) {
            pv_calendar calendar = calendar_of((pv_day_kind)kind);
            pv_date last;
            pv_error error = {0};
            assert_false(pv_calendar_add(&calendar, day("2024-07-03"), too_many[i], PV_DAY_CALENDAR, &last, &error));
            assert_int_equal(error.code, PV_ERROR_RANGE);
        }
    pv_calendar calendar = calendar_of(PV_DAY_BUSINESS);
    pv_date last;
    pv_error error = {0};
    assert_false(pv_calendar_add(&calendar, day("9999-12-31"), 1, PV_DAY_CALENDAR, &last, &error));
    error = (pv_error){0};
    assert_false(pv_calendar_add(&calendar, day("0001-01-01"), -1, PV_DAY_CALENDAR, &last, &error));
    assert_int_equal(error.code, PV_ERROR_RANGE);
    term(PV_DAY_BUSINESS, "9999-12-30", 1, PV_DAY_BUSINESS, "9999-12-31");
}

static void assert_bad_table(const pv_date *holidays, size_t count, const char *message) {
    pv_calendar calendar = {PV_DAY_WORKING, holidays, count, {2024, 1, 1}, {2024, 12, 31}};
    pv_error error = {0};
    assert_false(pv_calendar_check(&calendar, &error));
    assert_int_equal(error.code, PV_ERROR_SHAPE);
    assert_string_equal(error.message, message);
}

static void test_the_holiday_table_is_checked(void **state) {
    (void)state;
    pv_calendar calendar = calendar_of(PV_DAY_WORKING);
    pv_error error = {0};
    assert_true(pv_calendar_check(&calendar, &error));
    calendar.holiday_count = 0;
    assert_true(pv_calendar_check(&calendar, &error));
    assert_bad_table((pv_date[]){{2024, 7, 4}, {2024, 7, 4}}, 2,
                     "the holiday 2024-07-04 does not come after the one before it");
    assert_bad_table((pv_date[]){{2024, 7, 4}, {2024, 1, 1}}, 2,
                     "the holiday 2024-01-01 does not come after the one before it");
    assert_bad_table((pv_date[]){{2025, 1, 1}}, 1, "the holiday 2025-01-01 is not within 2024-01-01 to 2024-12-31");
    assert_bad_table((pv_date[]){{2023, 12, 25}}, 1, "the holiday 2023-12-25 is not within 2024-01-01 to 2024-12-31");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_spelling_is_read),
        cmocka_unit_test(test_days_between),
        cmocka_unit_test(test_days_follow_one_another),
        cmocka_unit_test(test_adding_days),
        cmocka_unit_test(test_adding_months_stays_in_the_month),
        cmocka_unit_test(test_weekdays),
        cmocka_unit_test(test_three_calendars_in_one_policy),
        cmocka_unit_test(test_a_term_that_starts_or_ends_on_a_day_that_does_not_count),
        cmocka_unit_test(test_counting_back),
        cmocka_unit_test(test_days_that_have_passed),
        cmocka_unit_test(test_counting_agrees_with_walking),
        cmocka_unit_test(test_nothing_is_known_outside_the_holiday_table),
        cmocka_unit_test(test_terms_that_leave_the_calendar),
        cmocka_unit_test(test_the_holiday_table_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
