/* How often, in prose, as exact times per year. */
#include "arena_fixture.h"

#include "text/periods.h"

static void show_rate(pv_buf *shown, pv_rate rate) {
    pv_buf_format(shown, rate.years == 1 ? "%u" : "%u/%u", rate.times, rate.years);
}

/* The frequencies of text, as "at least 4 [quarterly]; 1/2 [biennial]; 2..4 [every 3 to 6 months]; 6 or 24
 * [bimonthly]". */
static void check(const char *prose, const char *expected, bool show_what) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    assert_non_null(arena);
    pv_buf shown = pv_buf_on(&memory);
    pv_str text = pv_str_from(prose);
    pv_frequency_list list;
    pv_error error = {0};
    assert_true(pv_frequencies_find(arena, text, &list, &error));
    for (size_t i = 0; i < list.count; i++) {
        const pv_frequency *frequency = &list.frequencies[i];
        pv_buf_append_text(&shown, i > 0 ? "; " : "");
        if (frequency->qualifier != PV_QUALIFIER_NONE)
            pv_buf_format(&shown, "%s ", pv_qualifier_name(frequency->qualifier));
        show_rate(&shown, frequency->low);
        int order = pv_rate_compare(frequency->low, frequency->high);
        assert_true(order < 0 || (order == 0 && !frequency->ambiguous));
        if (order < 0) {
            pv_buf_append_text(&shown, frequency->ambiguous ? " or " : "..");
            show_rate(&shown, frequency->high);
        }
        pv_str at = pv_str_slice(text, frequency->at.start, frequency->at.end);
        pv_buf_format(&shown, " [%.*s]", PV_STR_ARG(at));
        pv_str what = pv_str_slice(text, frequency->what.start, frequency->what.end);
        if (show_what)
            pv_buf_format(&shown, " %.*s", PV_STR_ARG(what));
    }
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
    pv_arena_free(arena);
    assert_int_equal(memory.used, 0);
}

static void frequencies(const char *prose, const char *expected) {
    check(prose, expected, false);
}

/* The same, each with the word for what happens so often. */
static void happenings(const char *prose, const char *expected) {
    check(prose, expected, true);
}

static void test_the_wording_of_a_policy(void **state) {
    (void)state;
    frequencies("Conduct regular meetings with Third-Party Entities at least on a quarterly basis, to address",
                "at least 4 [quarterly]");
    frequencies("are conducted annually, at a minimum, with Third-Party Entities", "at least 1 [annually]");
    frequencies("shall meet at least quarterly to address Care Coordination", "at least 4 [quarterly]");
    frequencies("Within thirty (30) Working Days after each quarterly meeting", "4 [quarterly]");
    frequencies("must review MOU(s) annually and submit an annual report", "1 [annually]; 1 [annual]");
    frequencies("within sixty (60) days of the MOU effective date, and annually thereafter", "1 [annually]");
}

static void test_words(void **state) {
    (void)state;
    frequencies("monthly, Quarterly, yearly, annual", "12 [monthly]; 4 [Quarterly]; 1 [yearly]; 1 [annual]");
    /* 400 years have 146,097 days, which are 20,871 weeks. */
    frequencies("daily, weekly, fortnightly", "146097/400 [daily]; 20871/400 [weekly]; 20871/800 [fortnightly]");
    frequencies("biannual, bi-annually, semiannual, semi-annually, half-yearly, twice-yearly",
                "2 [biannual]; 2 [bi-annually]; 2 [semiannual]; 2 [semi-annually]; 2 [half-yearly]; 2 [twice-yearly]");
    frequencies("biennial, biennially, triennial", "1/2 [biennial]; 1/2 [biennially]; 1/3 [triennial]");
    frequencies("semimonthly, semi-weekly", "24 [semimonthly]; 20871/200 [semi-weekly]");
    frequencies("weekly/monthly meetings, (quarterly)", "20871/400 [weekly]; 12 [monthly]; 4 [quarterly]");
}

static void test_words_with_two_readings(void **state) {
    (void)state;
    frequencies("bimonthly, Bi-monthly", "6 or 24 [bimonthly]; 6 or 24 [Bi-monthly]");
    frequencies("biweekly", "20871/800 or 20871/200 [biweekly]");
    frequencies("biyearly", "1/2 or 2 [biyearly]");
}

static void test_every(void **state) {
    (void)state;
    frequencies("every quarter, each quarter, every calendar year, each month",
                "4 [every quarter]; 4 [each quarter]; 1 [every calendar year]; 12 [each month]");
    frequencies("every three months, every 3 months, every six (6) months, each 24 months",
                "4 [every three months]; 4 [every 3 months]; 2 [every six (6) months]; 1/2 [each 24 months]");
    frequencies("every other month, every second year, every third quarter",
                "6 [every other month]; 1/2 [every second year]; 4/3 [every third quarter]");
    frequencies("every 7 days, every week, every 90 days, every 3 to 6 months",
                "20871/400 [every 7 days]; 20871/400 [every week]; 16233/4000 [every 90 days]; "
                "2..4 [every 3 to 6 months]");
}

static void test_so_many_times(void **state) {
    (void)state;
    frequencies("once per month, once a year, twice a year, twice yearly, thrice annually",
                "12 [once per month]; 1 [once a year]; 2 [twice a year]; 2 [twice yearly]; 3 [thrice annually]");
    frequencies("four times a year, four (4) times per year, 3 times each calendar quarter, one time per month",
                "4 [four times a year]; 4 [four (4) times per year]; 12 [3 times each calendar quarter]; "
                "12 [one time per month]");
    frequencies("once every two years, twice every three months, once in each quarter, twice in a month",
                "1/2 [once every two years]; 8 [twice every three months]; 4 [once in each quarter]; "
                "24 [twice in a month]");
    frequencies("3-4 times a year, twice bimonthly", "3..4 [3-4 times a year]; 12 or 48 [twice bimonthly]");
}

static void test_qualifiers(void **state) {
    (void)state;
    frequencies(
        "at least once per month, no less than quarterly, no less often than annually, not less frequently than "
        "every two years, a minimum of twice a year",
        "at least 12 [once per month]; at least 4 [quarterly]; at least 1 [annually]; "
        "at least 1/2 [every two years]; at least 2 [twice a year]");
    frequencies("no more than once a year, up to four times a year, more often than monthly",
                "at most 1 [once a year]; at most 4 [four times a year]; over 12 [monthly]");
    frequencies(
        "quarterly or more often; monthly at a minimum; at least a monthly call; on an annual basis, at minimum",
        "at least 4 [quarterly]; at least 12 [monthly]; at least 12 [monthly]; at least 1 [annual]");
}

static void test_what_is_no_frequency(void **state) {
    (void)state;
    frequencies("activities of daily living, non-annual, every site, each of the months, everyday, month, once, twice",
                "");
    frequencies("$500 per month, ten members a year, every working day, each business day, per year", "");
    frequencies("every 0 days, 0 times a year, every 1.5 years, every 10,000 years, -4 times a year", "");
    /* No part of a number is a number. */
    frequencies("two dozen times a year, five (6) times a year", "");
    frequencies("one hundred eighty times a year", "180 [one hundred eighty times a year]");
    frequencies("every\nmonth", "");
    frequencies("", "");
    frequencies("every", "");
    frequencies("bi-", "");
    frequencies("four times", "");
}

static void compare(pv_rate a, pv_rate b, int expected) {
    assert_int_equal(pv_rate_compare(a, b), expected);
    assert_int_equal(pv_rate_compare(b, a), -expected);
}

static void test_rates_compare_exactly(void **state) {
    (void)state;
    compare((pv_rate){12, 1}, (pv_rate){4, 1}, 1);
    compare((pv_rate){1, 2}, (pv_rate){1, 1}, -1);
    compare((pv_rate){4, 1}, (pv_rate){4, 1}, 0);
    compare((pv_rate){20871, 400}, (pv_rate){52, 1}, 1); /* a year is a day longer than 52 weeks */
    compare((pv_rate){UINT32_MAX, 1}, (pv_rate){UINT32_MAX - 1, 1}, 1);
    compare((pv_rate){1, UINT32_MAX}, (pv_rate){1, UINT32_MAX - 1}, -1);
}

static void test_the_largest_numbers(void **state) {
    (void)state;
    frequencies("9,999 times a day", "1460823903/400 [9,999 times a day]");
    frequencies("once every 9,999 years", "1/9999 [once every 9,999 years]");
    frequencies("every 9,998 days", "146097/3999200 [every 9,998 days]");
}

static bool find(pv_arena *arena, pv_error *error) {
    pv_frequency_list list;
    bool found = pv_frequencies_find(arena, PV_STR("quarterly, then every month"), &list, error);
    assert_true(!found || list.count == 2);
    return found;
}

static void test_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(find);
}

static void test_other_spellings(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *expected;
    } readings[] = {
        {"4x a year, 4 x per year, 4x/year, 4\u00D7 a year, 2 times/yr",
         "4 [4x a year]; 4 [4 x per year]; 4 [4x/year]; 4 [4\u00D7 a year]; 2 [2 times/yr]"},
        {"four meetings per year, 4 meetings annually, one stakeholder meeting every quarter",
         "4 [four meetings per year]; 4 [4 meetings annually]; 4 [one stakeholder meeting every quarter]"},
        {"two to three meetings per year, a call each month",
         "2..3 [two to three meetings per year]; 12 [a call each month]"},
        {"four quarterly meetings", "4 [quarterly]"},
        {"every 3rd month, every fortnight", "4 [every 3rd month]; 20871/800 [every fortnight]"},
        {"every Monday, every other Friday, each January",
         "20871/400 [every Monday]; 20871/800 [every other Friday]; 1 [each January]"},
        {"every second Monday of the month", ""}, /* twelve times a year, not twenty-six */
        {"four times during the year, twice in the year", "4 [four times during the year]; 2 [twice in the year]"},
        {"once in the month of July, twice in the last year", ""},
        {"once or twice a year", "1..2 [once or twice a year]"},
        {"quarterly or annually, monthly or quarterly", "1..4 [quarterly or annually]; 4..12 [monthly or quarterly]"},
        {"monthly or more often, quarterly or less frequently", "at least 12 [monthly]; at most 4 [quarterly]"},
        {"in Q1, Q2, Q3 and Q4; all four quarters", "4 [Q1, Q2, Q3 and Q4]; 4 [all four quarters]"},
        {"Q1, Q2 and Q3; Q1 2022, Q2 2022", ""},
        {"semi annually, bi monthly", "2 [semi annually]; 6 or 24 [bi monthly]"},
        {"triannual", "1/3 or 3 [triannual]"},
        {"each day-long session, 4x4 trucks a year, 24 hours a day, one day a week", ""},
        {"500 members per month, 25 cases reviewed annually, two report annually",
         "1 [annually]; 1 [annually]"}, /* none of them counts what happens */
        {"three times per annum", "3 [three times per annum]"},
    };
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++)
        frequencies(readings[i].text, readings[i].expected);
}

static void test_what_happens_so_often(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *expected;
    } readings[] = {
        {"We will meet quarterly.", "4 [quarterly] meet"},
        {"quarterly stakeholder meetings", "4 [quarterly] meetings"},
        {"quarterly Joint Operating Meetings (JOM)", "4 [quarterly] Meetings"},
        {"quarterly Tribal Advisory Committee (TAC) meetings", "4 [quarterly] meetings"},
        {"quarterly meeting minutes", "4 [quarterly] minutes"},
        {"quarterly meetings include updates", "4 [quarterly] meetings"},
        {"monthly face-to-face visits with a family", "12 [monthly] visits"},
        {"quarterly check-ins", "4 [quarterly] check-ins"},
        {"The quarterly newsletter goes to all of them. We meet as needed.", "4 [quarterly] newsletter"},
        {"We meet to discuss the quarterly report of DHCS.", "4 [quarterly] report"},
        {"We will meet once a year and send quarterly reports.", "1 [once a year] meet; 4 [quarterly] reports"},
        {"We meet quarterly and report annually.", "4 [quarterly] meet; 1 [annually] report"},
        {"quarterly and ad hoc meetings", "4 [quarterly] meetings"},
        {"We will write quarterly and meet yearly.", "4 [quarterly] ; 1 [yearly] meet"},
        {"We will meet quarterly online.", "4 [quarterly] meet"},
        {"We meet quarterly even if few come.", "4 [quarterly] meet"},
        {"On a quarterly basis, we meet.", "4 [quarterly] meet"},
        {"Each quarter we convene.", "4 [Each quarter] convene"},
        {"Meetings with agencies to review data will be held quarterly.", "4 [quarterly] Meetings"},
        {"We hold four meetings per year.", "4 [four meetings per year] meetings"},
        {"Annual income. We meet.", "1 [Annual] income"},
        {"Quarterly.", "4 [Quarterly] "},
    };
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++)
        happenings(readings[i].text, readings[i].expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_wording_of_a_policy), cmocka_unit_test(test_words),
        cmocka_unit_test(test_other_spellings),         cmocka_unit_test(test_what_happens_so_often),
        cmocka_unit_test(test_words_with_two_readings), cmocka_unit_test(test_every),
        cmocka_unit_test(test_so_many_times),           cmocka_unit_test(test_qualifiers),
        cmocka_unit_test(test_what_is_no_frequency),    cmocka_unit_test(test_rates_compare_exactly),
        cmocka_unit_test(test_the_largest_numbers),     cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
