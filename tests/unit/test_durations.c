/* Durations in prose, and the periods they are made of. */
#include "arena_fixture.h"

#include "text/periods.h"

/* The durations of text, as "at most 30 calendar day [30 calendar days]; 3..5 day [3-5 days]", or "error". */
static void durations(const char *prose, const char *expected) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    assert_non_null(arena);
    pv_buf shown = pv_buf_on(&memory);
    pv_str text = pv_str_from(prose);
    pv_duration_list list;
    pv_error error = {0};
    if (!pv_durations_find(arena, text, &list, &error)) {
        assert_int_equal(error.code, PV_ERROR_RANGE);
        pv_buf_append_text(&shown, "error");
    }
    for (size_t i = 0; i < list.count; i++) {
        const pv_duration *duration = &list.durations[i];
        pv_buf_append_text(&shown, i > 0 ? "; " : "");
        if (duration->qualifier != PV_QUALIFIER_NONE)
            pv_buf_format(&shown, "%s ", pv_qualifier_name(duration->qualifier));
        pv_decimal_format(duration->value, &shown);
        if (pv_decimal_compare(duration->value, duration->upper) != 0) {
            pv_buf_append_text(&shown, "..");
            pv_decimal_format(duration->upper, &shown);
        }
        pv_str at = pv_str_slice(text, duration->at.start, duration->at.end);
        pv_buf_format(&shown, " %s [%.*s]", pv_time_unit_name(duration->unit), PV_STR_ARG(at));
    }
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
    pv_arena_free(arena);
    assert_int_equal(memory.used, 0);
}

static void test_the_terms_of_a_policy(void **state) {
    (void)state;
    durations("as soon as practicable, but no later than five (5) Working Days of the change",
              "at most 5 working day [five (5) Working Days]");
    durations("the requested MOU within ten (10) business days of receipt",
              "at most 10 business day [ten (10) business days]");
    durations("Within sixty (60) days of the MOU effective date, and annually thereafter",
              "at most 60 day [sixty (60) days]");
    durations("Within thirty (30) Working Days after each quarterly meeting",
              "at most 30 working day [thirty (30) Working Days]");
    durations("The MOUs within thirty (30) calendar days of MOU execution",
              "at most 30 calendar day [thirty (30) calendar days]");
    durations("respective MCP within five calendar days, and", "at most 5 calendar day [five calendar days]");
}

static void test_units(void **state) {
    (void)state;
    durations("1 day, 2 weeks, 3 months, two quarters, one year",
              "1 day [1 day]; 2 week [2 weeks]; 3 month [3 months]; 2 quarter [two quarters]; 1 year [one year]");
    durations("10 Business Days, 5 work days, 5 workdays, 3 calendar months, 2 calendar years",
              "10 business day [10 Business Days]; 5 working day [5 work days]; 5 working day [5 workdays]; "
              "3 month [3 calendar months]; 2 year [2 calendar years]");
    durations("30 days' notice, 1.5 years, 30\xC2\xA0"
              "days",
              "30 day [30 days]; 1.5 year [1.5 years]; 30 day [30\xC2\xA0"
              "days]");
}

static void test_hyphens(void **state) {
    (void)state;
    durations("a two-week period, the 30-day limit, a 10-business-day term, a twenty-one-day wait",
              "2 week [two-week]; 30 day [30-day]; 10 business day [10-business-day]; 21 day [twenty-one-day]");
    durations("thirty (30)-day, 60-90-day, 60–90 day, a 5\xE2\x80\x91"
              "year plan",
              "30 day [thirty (30)-day]; 60..90 day [60-90-day]; 60..90 day [60–90 day]; 5 year [5\xE2\x80\x91"
              "year]");
    durations("30 - day, 3-4-5 days, 555-1212 days, 5-3-day, COVID-19 days, 24/7 days, 007-day", "");
}

static void test_numbers(void **state) {
    (void)state;
    durations("3-5 business days, two to three weeks, between 30 and 60 days, 30 or 60 days",
              "3..5 business day [3-5 business days]; 2..3 week [two to three weeks]; 30..60 day [30 and 60 days]; "
              "30..60 day [30 or 60 days]");
    durations("1,000 days; one hundred eighty (180) days; one hundred and twenty (120) calendar days",
              "1000 day [1,000 days]; 180 day [one hundred eighty (180) days]; "
              "120 calendar day [one hundred and twenty (120) calendar days]");
    /* What is said twice must agree, and no part of a number is a number. */
    durations("five (6) days; two dozen days; several hundred days", "");
    durations("one hundred eighty days; two hundred days", "180 day [one hundred eighty days]; "
                                                           "200 day [two hundred days]");
    durations("5 (five) days", "5 day [5 (five) days]");
    durations("99999999999999999999 days", "error");
    durations("99999999999999999999 sites in 5 days", "5 day [5 days]");
    durations("$5 30 days, 20% 30 days", "30 day [30 days]; 30 day [30 days]");
}

static void test_qualifiers(void **state) {
    (void)state;
    durations("within 30 days, no later than 30 days, not more than 30 days, up to 30 days, no longer than 30 days",
              "at most 30 day [30 days]; at most 30 day [30 days]; at most 30 day [30 days]; at most 30 day [30 days]; "
              "at most 30 day [30 days]");
    durations("at least 30 days before, a minimum of 30 days, 30 days or more, over 30 days",
              "at least 30 day [30 days]; at least 30 day [30 days]; at least 30 day [30 days]; over 30 day [30 days]");
    durations("less than 30 days, about three months", "under 30 day [30 days]; about 3 month [three months]");
    durations("within a two-week period, for no more than a 30-day term, within the 60-day window",
              "at most 2 week [two-week]; at most 30 day [30-day]; at most 60 day [60-day]");
    durations("within a year, at least a month, for a week, $5 a month",
              "at most 1 year [a year]; at least 1 month [a month]");
    durations("within a calendar quarter", "at most 1 quarter [a calendar quarter]");
}

static void test_what_is_no_duration(void **state) {
    (void)state;
    durations("every three months, each 30 days, per 12 months, four times a year, once a month, quarterly", "");
    durations("24 hours a day, seven days a week, two weeks per month, 10 days each year", "");
    durations("seven days a weekend", "7 day [seven days]");
    durations("members 18 years old, a 5-year-old, 21 years of age", "");
    durations("three quarters of the sites, someday, 30\ndays, Monday, one dayroom, days", "");
    durations("30 minutes, 5 sites, 30 good days, 30 or more days", "");
    durations("", "");
    durations("5", "");
    durations("a", "");
    durations("five (", "");
    durations("30-", "");
}

static bool find(pv_arena *arena, pv_error *error) {
    pv_duration_list list;
    bool found = pv_durations_find(arena, PV_STR("within 30 days or one year"), &list, error);
    assert_true(!found || list.count == 2);
    return found;
}

static void test_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(find);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_terms_of_a_policy),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_hyphens),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_qualifiers),
        cmocka_unit_test(test_what_is_no_duration),
        cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
