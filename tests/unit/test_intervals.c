/* Periods from one date to another: as found in a text, and as a field of a form holds one; months and years. */
#include "arena_fixture.h"

#include <stdio.h>

#include "base/buf.h"
#include "text/intervals.h"

static void show_date(pv_buf *out, const pv_date_mention *date) {
    pv_buf_format(out, "%04d-%02d-%02d/%04d-%02d-%02d", date->first.year, date->first.month, date->first.day,
                  date->last.year, date->last.month, date->last.day);
}

/* "2003-01-01/2003-12-31 to 2014-01-01/2014-12-31 [2003–2014]" */
static void show(pv_buf *out, pv_str text, const pv_interval *found) {
    show_date(out, &found->from);
    pv_buf_append_text(out, " to ");
    if (found->open)
        pv_buf_append_text(out, "present");
    else
        show_date(out, &found->to);
    pv_buf_format(out, " [%.*s]", PV_STR_ARG(pv_str_slice(text, found->at.start, found->at.end)));
}

static void found(const char *prose, const char *expected) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_buf shown = pv_buf_on(&memory);
    pv_str text = pv_str_from(prose);
    pv_interval_list list;
    pv_error error = {0};
    assert_true(pv_intervals_find(arena, text, PV_DATE_ORDER_UNKNOWN, &list, &error));
    for (size_t i = 0; i < list.count; i++) {
        pv_buf_append_text(&shown, i > 0 ? "; " : "");
        show(&shown, text, &list.intervals[i]);
    }
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
    pv_arena_free(arena);
}

static void test_years(void **state) {
    (void)state;
    const char *decade = "2003-01-01/2003-12-31 to 2014-01-01/2014-12-31";
    static const char *const written[] = {"2003–2014",    "2003-2014",       "2003—2014", "2003 – 2014",
                                          "2003 to 2014", "2003 until 2014", "2003–14",   "2003-14"};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        char prose[80];
        char expected[120];
        snprintf(prose, sizeof prose, "We did it (%s), as said.", written[i]);
        snprintf(expected, sizeof expected, "%s [%s]", decade, written[i]);
        found(prose, expected);
    }
    found("in 2013/14 and 2014/2015.", "2013-01-01/2014-12-31 to 2013-01-01/2014-12-31 [2013/14]; "
                                       "2014-01-01/2015-12-31 to 2014-01-01/2015-12-31 [2014/2015]");
    found("from 2013/14 to 2015/16", "2013-01-01/2014-12-31 to 2015-01-01/2016-12-31 [2013/14 to 2015/16]");
    found("2004–present; 2004 to date; 2004 - ongoing",
          "2004-01-01/2004-12-31 to present [2004–present]; 2004-01-01/2004-12-31 to present [2004 to date]; "
          "2004-01-01/2004-12-31 to present [2004 - ongoing]");
}

static void test_months_and_days(void **state) {
    (void)state;
    found("Jan–Dec 2015", "2015-01-01/2015-01-31 to 2015-12-01/2015-12-31 [Jan–Dec 2015]");
    found("between Sept 2011 – Feb 2012.", "2011-09-01/2011-09-30 to 2012-02-01/2012-02-29 [Sept 2011 – Feb 2012]");
    found("1 January – 31 March 2015", "2015-01-01/2015-01-01 to 2015-03-31/2015-03-31 [1 January – 31 March 2015]");
    found("2022-01-01 to 2022-06-30", "2022-01-01/2022-01-01 to 2022-06-30/2022-06-30 [2022-01-01 to 2022-06-30]");
    found("29 February 2012 to 1 March 2012",
          "2012-02-29/2012-02-29 to 2012-03-01/2012-03-01 [29 February 2012 to 1 March 2012]");
}

static void test_what_is_none(void **state) {
    (void)state;
    found("in 2003; on 2022-07-01; 2003, 2014", "");
    found("2014–2003", "");    /* it would end before it begins */
    found("Nov–Feb 2015", ""); /* of which year is November? */
    found("12/13, 12–13", "");
    found("2009-10", ""); /* a month, or two years */
    found("29 February 2011 to 1 March 2011", "");
    found("tel. 555-2003-2014, £2003–2014, section 2003-2014", "");
    found("2013/15; 2003-2014-5", "");
    found("8,600 to 9,000; 10–12 people", "");
}

static void value(const char *written, const char *expected) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_buf shown = pv_buf_on(&memory);
    pv_interval interval;
    pv_str text = pv_str_from(written);
    assert_int_equal(pv_interval_read(text, PV_DATE_ORDER_UNKNOWN, &interval), PV_DATING_FINE);
    show(&shown, text, &interval);
    pv_str all = pv_buf_str(&shown);
    assert_str(pv_str_slice(all, 0, pv_str_find(all, PV_STR(" ["), 0)), expected);
    pv_buf_clear(&shown);
}

static void refused(const char *written, pv_dating_fault fault) {
    pv_interval interval;
    if (pv_interval_read(pv_str_from(written), PV_DATE_ORDER_UNKNOWN, &interval) != fault)
        fail_msg("%s", written);
}

static void test_values_of_a_form(void **state) {
    (void)state;
    value("2003–2014", "2003-01-01/2003-12-31 to 2014-01-01/2014-12-31");
    value("2013/2014", "2013-01-01/2014-12-31 to 2013-01-01/2014-12-31");
    value("2003", "2003-01-01/2003-12-31 to 2003-01-01/2003-12-31");
    value("1850 to 1900", "1850-01-01/1850-12-31 to 1900-01-01/1900-12-31");
    value("2011-09", "2011-09-01/2011-09-30 to 2011-09-01/2011-09-30"); /* no year 9 after 11 */
    value("2011-09 to 2012-03", "2011-09-01/2011-09-30 to 2012-03-01/2012-03-31");
    value("March 2015", "2015-03-01/2015-03-31 to 2015-03-01/2015-03-31");
    value("since 2004", "2004-01-01/2004-12-31 to present");
    value("from 2004 to 2006", "2004-01-01/2004-12-31 to 2006-01-01/2006-12-31");
    value("2004 onwards", "2004-01-01/2004-12-31 to present");
    value("2004–", "2004-01-01/2004-12-31 to present");
    value("Jan 2004 – present", "2004-01-01/2004-01-31 to present");
    refused("2009-10", PV_DATING_AMBIGUOUS);
    refused("2009-10 to 2012-03", PV_DATING_AMBIGUOUS);
    refused("01/02/2015 to 03/04/2015", PV_DATING_AMBIGUOUS);
    refused("12/13", PV_DATING_SHORT_YEARS);
    refused("03–14", PV_DATING_SHORT_YEARS);
    refused("2014–2003", PV_DATING_REVERSED);
    refused("29 February 2011 to 1 March 2011", PV_DATING_IMPOSSIBLE);
    refused("2022-02-30 to 2022-03-01", PV_DATING_IMPOSSIBLE);
    refused("0", PV_DATING_OTHER);
    refused("always", PV_DATING_OTHER);
    refused("2003–2014 or so", PV_DATING_OTHER);
    refused("2003, 2014", PV_DATING_OTHER);
    refused("", PV_DATING_OTHER);
}

static void test_months_and_years_of_a_form(void **state) {
    (void)state;
    static const char *const months[] = {"2011-09",         "Sept 2011", "Sep. 2011", "September 2011",
                                         "September, 2011", "09/2011",   "9/2011"};
    pv_date_mention date;
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        if (pv_month_read(pv_str_from(months[i]), &date) != PV_DATING_FINE)
            fail_msg("%s", months[i]);
        assert_int_equal(pv_date_compare(date.first, (pv_date){2011, 9, 1}), 0);
        assert_int_equal(pv_date_compare(date.last, (pv_date){2011, 9, 30}), 0);
    }
    assert_int_equal(pv_month_read(PV_STR("2012-02"), &date), PV_DATING_FINE);
    assert_int_equal(date.last.day, 29);
    static const char *const others[] = {"2011-13",    "13/2011", "2011", "Sept 11", "1 Sept 2011",
                                         "2011-09-01", "0",       "",     "11-09"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (pv_month_read(pv_str_from(others[i]), &date) == PV_DATING_FINE)
            fail_msg("%s", others[i]);
    assert_int_equal(pv_year_read(PV_STR("2003"), &date), PV_DATING_FINE);
    assert_int_equal(pv_date_compare(date.last, (pv_date){2003, 12, 31}), 0);
    static const char *const no_years[] = {"0", "03", "0003", "20035", "2,003", "2003/04", "-2003", ""};
    for (size_t i = 0; i < sizeof no_years / sizeof *no_years; i++)
        if (pv_year_read(pv_str_from(no_years[i]), &date) == PV_DATING_FINE)
            fail_msg("%s", no_years[i]);
}

static bool find(pv_arena *arena, pv_error *error) {
    pv_interval_list list;
    return pv_intervals_find(arena, PV_STR("2003–2014"), PV_DATE_ORDER_UNKNOWN, &list, error);
}

static void test_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(find);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_years),
        cmocka_unit_test(test_months_and_days),
        cmocka_unit_test(test_what_is_none),
        cmocka_unit_test(test_values_of_a_form),
        cmocka_unit_test(test_months_and_years_of_a_form),
        cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
