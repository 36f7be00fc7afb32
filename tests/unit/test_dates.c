/* Dates in prose. */
#include "arena_fixture.h"

#include "base/buf.h"
#include "text/dates.h"

static void show_date(pv_buf *shown, pv_date date) {
    pv_buf_format(shown, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static void show(pv_buf *shown, pv_str text, const pv_date_mention *mention) {
    if (mention->reading == PV_DATE_IMPOSSIBLE)
        pv_buf_append_text(shown, "impossible");
    else
        show_date(shown, mention->first);
    if (mention->reading == PV_DATE_AMBIGUOUS) {
        pv_buf_append_text(shown, " or ");
        show_date(shown, mention->other);
    } else {
        assert_int_equal(pv_date_compare(mention->other, mention->first), 0);
    }
    if (mention->precision != PV_DATE_PRECISION_DAY) {
        pv_buf_append_text(shown, "..");
        show_date(shown, mention->last);
        pv_buf_format(shown, " %s", pv_date_precision_name(mention->precision));
    } else {
        assert_int_equal(pv_date_compare(mention->last, mention->first), 0);
    }
    pv_buf_format(shown, " [%.*s]", PV_STR_ARG(pv_str_slice(text, mention->at.start, mention->at.end)));
}

/* The dates of text, as "2022-07-01 [July 1, 2022]; 2022-01-01..2022-03-31 quarter [Q1 2022]". */
static void check(pv_date_options options, const char *prose, const char *expected) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    assert_non_null(arena);
    pv_buf shown = pv_buf_on(&memory);
    pv_str text = pv_str_from(prose);
    pv_date_list list;
    pv_error error = {0};
    assert_true(pv_dates_find(arena, text, options, &list, &error));
    for (size_t i = 0; i < list.count; i++) {
        pv_buf_append_text(&shown, i > 0 ? "; " : "");
        show(&shown, text, &list.dates[i]);
    }
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
    pv_arena_free(arena);
    assert_int_equal(memory.used, 0);
}

static void dates(const char *text, const char *expected) {
    check((pv_date_options){0}, text, expected);
}

static void with_order(pv_date_order order, const char *text, const char *expected) {
    check((pv_date_options){.order = order}, text, expected);
}

static void with_years(const char *text, const char *expected) {
    check((pv_date_options){.bare_years = true}, text, expected);
}

static void test_days_in_words(void **state) {
    (void)state;
    dates("by July 1, 2022, and on Friday, July 1st 2022.", "2022-07-01 [July 1, 2022]; 2022-07-01 [July 1st 2022]");
    dates("Jul. 1, 2022; Sept 30, 2023; JULY 1, 2022; may 1, 2022",
          "2022-07-01 [Jul. 1, 2022]; 2023-09-30 [Sept 30, 2023]; 2022-07-01 [JULY 1, 2022]; 2022-05-01 [may 1, 2022]");
    dates("1 July 2022, the 1st of July, 2022, 01-Jul-2022",
          "2022-07-01 [1 July 2022]; 2022-07-01 [1st of July, 2022]; "
          "2022-07-01 [01-Jul-2022]");
    dates("July\xC2\xA0"
          "1,\xC2\xA0"
          "2022",
          "2022-07-01 [July\xC2\xA0"
          "1,\xC2\xA0"
          "2022]");
    dates("July 1, 2022–June 30, 2023; 30 June-1 July 2022; 1–15 July 2022",
          "2022-07-01 [July 1, 2022]; 2023-06-30 [June 30, 2023]; 2022-06-30 [30 June]; "
          "2022-07-01 [1 July 2022]; 2022-07-15 [15 July 2022]");
    dates("MOUs Effective January 1, 2024", "2024-01-01 [January 1, 2024]");
}

static void test_days_in_figures(void **state) {
    (void)state;
    dates("2022-07-01, (2022-07-01), 2022/07/01.", "2022-07-01 [2022-07-01]; 2022-07-01 [2022-07-01]; "
                                                   "2022-07-01 [2022/07/01]");
    dates("2022\xE2\x80\x91"
          "07\xE2\x80\x91"
          "01",
          "2022-07-01 [2022\xE2\x80\x91"
          "07\xE2\x80\x91"
          "01]");
    dates("07/01/2022", "2022-07-01 or 2022-01-07 [07/01/2022]");
    dates("7-1-2022", "2022-07-01 or 2022-01-07 [7-1-2022]");
    dates("07/13/2022, 13/07/2022, 07/07/2022", "2022-07-13 [07/13/2022]; 2022-07-13 [13/07/2022]; "
                                                "2022-07-07 [07/07/2022]");
    with_order(PV_DATE_ORDER_MONTH_FIRST, "02/07/2024, 02/21/2025", "2024-02-07 [02/07/2024]; 2025-02-21 [02/21/2025]");
    with_order(PV_DATE_ORDER_DAY_FIRST, "02/07/2024, 21/02/2025", "2024-07-02 [02/07/2024]; 2025-02-21 [21/02/2025]");
    with_order(PV_DATE_ORDER_MONTH_FIRST, "07/01/2022-06/30/2023", "2022-07-01 [07/01/2022]; 2023-06-30 [06/30/2023]");
}

static void test_days_that_do_not_exist(void **state) {
    (void)state;
    dates("February 30, 2022; 31 June 2022; Feb. 29, 2023; February 29, 2024",
          "impossible [February 30, 2022]; impossible [31 June 2022]; impossible [Feb. 29, 2023]; "
          "2024-02-29 [February 29, 2024]");
    dates("July 45, 2022; July 0, 2022", "impossible [July 45, 2022]; impossible [July 0, 2022]");
    dates("2022-02-30, 2022-13-01, 0000-01-01", "impossible [2022-02-30]; impossible [2022-13-01]; "
                                                "impossible [0000-01-01]");
    dates("02/30/2022, 31/04/2022, 13/13/2022, 02/29/2023",
          "impossible [02/30/2022]; impossible [31/04/2022]; impossible [13/13/2022]; impossible [02/29/2023]");
    with_order(PV_DATE_ORDER_MONTH_FIRST, "13/07/2022", "impossible [13/07/2022]");
    with_order(PV_DATE_ORDER_DAY_FIRST, "07/13/2022", "impossible [07/13/2022]");
}

static void test_months(void **state) {
    (void)state;
    dates("CS launched in January 2022 and increasing offerings in July 2022 by (1) engaging",
          "2022-01-01..2022-01-31 month [January 2022]; 2022-07-01..2022-07-31 month [July 2022]");
    dates("Feb. 2024, February of 2023, APRIL, 2023",
          "2024-02-01..2024-02-29 month [Feb. 2024]; 2023-02-01..2023-02-28 month [February of 2023]; "
          "2023-04-01..2023-04-30 month [APRIL, 2023]");
    dates("we may 2022 times march 2022 miles; it opened in May. 2022 was busy", "");
    dates("In March 2500 people came", "");
    dates("Phase 1 July 2022", "2022-07-01..2022-07-31 month [July 2022]");
}

static void test_quarters(void **state) {
    (void)state;
    dates("Q4 2022, Q1 of 2023, 2Q 2023, Q3, 2023, Q4 CY 2022, Q2-2022, 2022 Q4",
          "2022-10-01..2022-12-31 quarter [Q4 2022]; 2023-01-01..2023-03-31 quarter [Q1 of 2023]; "
          "2023-04-01..2023-06-30 quarter [2Q 2023]; 2023-07-01..2023-09-30 quarter [Q3, 2023]; "
          "2022-10-01..2022-12-31 quarter [Q4 CY 2022]; 2022-04-01..2022-06-30 quarter [Q2-2022]; "
          "2022-10-01..2022-12-31 quarter [2022 Q4]");
    dates(
        "the fourth quarter of 2022, 1st calendar quarter of 2022, last quarter 2022, Quarter 3 of calendar year 2022",
        "2022-10-01..2022-12-31 quarter [fourth quarter of 2022]; "
        "2022-01-01..2022-03-31 quarter [1st calendar quarter of 2022]; "
        "2022-10-01..2022-12-31 quarter [last quarter 2022]; "
        "2022-07-01..2022-09-30 quarter [Quarter 3 of calendar year 2022]");
    dates(
        "Q5 2022, Q4 FY 2022, fiscal Q4 2022, the fourth quarter of fiscal year 2022, FQ4 2022, FY 2022 Q4, Q4, Q4 22",
        "");
}

static void test_years(void **state) {
    (void)state;
    dates("calendar year 2022, CY 2022, CY2022, the year 2022",
          "2022-01-01..2022-12-31 year [calendar year 2022]; 2022-01-01..2022-12-31 year [CY 2022]; "
          "2022-01-01..2022-12-31 year [CY2022]; 2022-01-01..2022-12-31 year [the year 2022]");
    dates("2022, fiscal year 2022, Program Year 2022", "");
    with_years("Throughout 2021, and (2022).",
               "2021-01-01..2021-12-31 year [2021]; 2022-01-01..2022-12-31 year [2022]");
    with_years("FY 2022, Program Year 2022, fiscal year 2022, 2021-2022, 2021–22, $2022, 2022%, 2,022, 20222, v2022, "
               "1850, Section 1966",
               "");
    with_years("July 1, 2022 and 2023", "2022-07-01 [July 1, 2022]; 2023-01-01..2023-12-31 year [2023]");
}

static void test_what_is_no_date(void **state) {
    (void)state;
    dates("July 1, January or so, 15 July, 7/1/22, 24/7, 1/2, 2-1-1, 1.2.2022, July 100, 2022", "");
    dates("APL 23-029, DMC-2022-07-01, 2022-07-01-05, 07/01/2022/3, x07/01/2022, 2022-07-01T10:00, 07/01-2022", "");
    dates("July\n1, 2022", "");
    dates("July 1, 20222; July 1, 2,022", "");
    dates("", "");
    dates("July", "");
    dates("July 1,", "");
    dates("12/", "");
}

static bool find(pv_arena *arena, pv_error *error) {
    pv_date_list list;
    bool found = pv_dates_find(arena, PV_STR("July 1, 2022 to Q4 2022"), (pv_date_options){0}, &list, error);
    assert_true(!found || list.count == 2);
    return found;
}

static void test_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(find);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days_in_words),
        cmocka_unit_test(test_days_in_figures),
        cmocka_unit_test(test_days_that_do_not_exist),
        cmocka_unit_test(test_months),
        cmocka_unit_test(test_quarters),
        cmocka_unit_test(test_years),
        cmocka_unit_test(test_what_is_no_date),
        cmocka_unit_test(test_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
