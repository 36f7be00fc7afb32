#include "torture.h"

#include "text/quantities.h"

/* The quantities of one kind in text, as "over 8600 [8,600]; 3..4 [3-4]", or "error" when they cannot be read. */
static void check(pv_quantity_kind kind, const char *text, const char *expected) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    assert_non_null(arena);
    pv_buf shown = pv_buf_on(&memory);
    pv_quantity_list list;
    pv_error error = {0};
    if (!pv_quantities_find(arena, pv_str_from(text), kind, &list, &error)) {
        assert_int_equal(error.code, PV_ERROR_RANGE);
        pv_buf_append_text(&shown, "error");
    }
    for (size_t i = 0; i < list.count; i++) {
        const pv_quantity *quantity = &list.quantities[i];
        assert_int_equal(quantity->kind, kind);
        assert_true((quantity->unit != PV_QUANTITY_UNIT_NONE) == (kind == PV_QUANTITY_PERCENTAGE));
        pv_buf_append_text(&shown, i > 0 ? "; " : "");
        if (quantity->qualifier != PV_QUALIFIER_NONE)
            pv_buf_format(&shown, "%s ", pv_qualifier_name(quantity->qualifier));
        pv_decimal_format(quantity->value, &shown);
        if (pv_decimal_compare(quantity->value, quantity->upper) != 0) {
            pv_buf_append_text(&shown, "..");
            pv_decimal_format(quantity->upper, &shown);
        }
        if (quantity->rounded)
            pv_buf_append_char(&shown, '~');
        if (quantity->unit > PV_QUANTITY_UNIT_PERCENT)
            pv_buf_append_text(&shown, quantity->unit == PV_QUANTITY_UNIT_POINTS ? " points" : " share");
        pv_str at = pv_str_slice(pv_str_from(text), quantity->at.start, quantity->at.end);
        pv_buf_format(&shown, " [%.*s]", PV_STR_ARG(at));
    }
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
    pv_arena_free(arena);
    assert_int_equal(memory.used, 0);
}

static void percentages(const char *text, const char *expected) {
    check(PV_QUANTITY_PERCENTAGE, text, expected);
}

static void amounts(const char *text, const char *expected) {
    check(PV_QUANTITY_AMOUNT, text, expected);
}

static void counts(const char *text, const char *expected) {
    check(PV_QUANTITY_COUNT, text, expected);
}

static const char homeless_groups[] = "(1) Black/African Americans make up 33.7% of the homeless population in L.A. "
                                      "County but only 7.9% of the total county "
                                      "population; (2) American Indians/Alaska Natives make up 1.1% of the county's "
                                      "homeless population but only .2% of the "
                                      "total county population; and (3) Hispanics/Latinos make up 36.1% of the "
                                      "homeless population and 48.5% of the total "
                                      "L.A. County population. (Source: 2020 Greater L.A. Homeless Count).";

static const char landscape[] =
    "a) Across all MCPs, we expect that approximately 37 providers will be contracted to provide ECM services.\n"
    "b) A 2011 report by the USC Center for Religion and Civic Culture estimated that over 8,600 religious nonprofits "
    "existed in L.A. County in 2010.\n"
    "c) Some estimates are that over 60,000 CBOs are currently operating.\n"
    "d) L.A. DMH currently directly operates 75 program sites, over 100 co-located sites and contracts with over 1000 "
    "community providers. LA DPH currently works with over 350 SUD providers in the county.";

static void test_the_real_filing(void **state) {
    (void)state;
    percentages(homeless_groups, "33.7 [33.7%]; 7.9 [7.9%]; 1.1 [1.1%]; 0.2 [.2%]; 36.1 [36.1%]; 48.5 [48.5%]");
    counts(homeless_groups, "");
    counts(landscape, "about 37 [37]; over 8600 [8,600]; over 60000 [60,000]; 75 [75]; over 100 [100]; "
                      "over 1000 [1000]; over 350 [350]");
    percentages(landscape, "");
    percentages(
        "take the following steps to increase, by at least 20%, ECM provider capabilities in this area: 1) assess",
        "at least 20 [20%]");
    counts("collaborating to identify the top 3-4 underserved populations in L.A. County", "3..4 [3-4]");
    amounts("learnings from over $4 million in past workforce development investments", "over 4000000 [$4 million]");
    counts("learnings from over $4 million in past workforce development investments", "");
    counts("including Managed Care 101, claims and referral processes", "");
    counts("Throughout 2021, Health Net has been heavily engaged. We will formalize it in 2022 and beyond.", "");
    counts("CS launched in January 2022 and increasing offerings in July 2022 by (1) engaging; (2) conducting", "");
    counts("Identify and describe top 3 – 4 racial and ethnic groups", "3..4 [3 – 4]");
    counts("with at least one strategy for each, for a total of at least five identified health disparities",
           "at least 1 [one]; at least 5 [five]");
    counts("MCP can earn up to 1000 points; Program Year 1; Priority Area 3; Payment 1", "at most 1000 [1000]");
    percentages("Minimum of 20%", "at least 20 [20%]");
}

static void test_percentages(void **state) {
    (void)state;
    percentages("20 %, 20\xC2\xA0%, 20 percent, 20 per cent", "20 [20 %]; 20 [20\xC2\xA0%]; 20 [20 percent]; "
                                                              "20 [20 per cent]");
    percentages("Twenty percent or thirty-five Per  Cent", "20 [Twenty percent]; 35 [thirty-five Per  Cent]");
    percentages("20-25%, 20%-25%, 20 to 25 percent, 20 – 25 %",
                "20..25 [20-25%]; 20..25 [20%-25%]; 20..25 [20 to 25 percent]; 20..25 [20 – 25 %]");
    percentages("between 20 and 25 percent, between 5% and 10%", "20..25 [20 and 25 percent]; 5..10 [5% and 10%]");
    percentages("from 20% to 25%", "20 [20%]; 25 [25%]");
    percentages("from 25 to 20%", "20 [20%]");
    percentages("20% of 30 sites, 100%", "20 [20%]; 100 [100%]");
    percentages("20\npercent; a 20%-ish rise; x20%; v1.20%", "");
    percentages("1,200.50%", "1200.5 [1,200.50%]");
    percentages("twenty\n20%", "20 [20%]");
}

typedef struct reading {
    const char *text;
    const char *expected;
} reading;

static void check_each(pv_quantity_kind kind, const reading *readings, size_t count) {
    for (size_t i = 0; i < count; i++)
        check(kind, readings[i].text, readings[i].expected);
}

#define CHECK_EACH(kind, readings) check_each(kind, readings, sizeof(readings) / sizeof((readings)[0]))

static void test_percentages_in_other_spellings(void **state) {
    (void)state;
    static const reading readings[] = {
        {"20 pct, 20 pc, 20 p.c. of them, 20 per-cent", "20 [20 pct]; 20 [20 pc]; 20 [20 p.c]; 20 [20 per-cent]"},
        {"a 20-percent rise, a twenty-percent rise", "20 [20-percent]; 20 [twenty-percent]"},
        {"\uFF12\uFF10\uFF05, \uFF12\uFF0E\uFF15%, \u0662\u0660\u066A, \uFE6A",
         "20 [\uFF12\uFF10\uFF05]; 2.5 [\uFF12\uFF0E\uFF15%]; 20 [\u0662\u0660\u066A]"},
        {"2\uFF10%, \uFF10\uFF15%", ""}, /* two scripts; a zero in front */
        {"20 percentage points, 5 to 10 percentage points",
         "20 points [20 percentage points]; 5..10 points [5 to 10 percentage points]"},
        {"a 20-percentage-point rise", "20 points [20-percentage-point]"},
        {"twenty (20) percent, 20 (twenty) percent", "20 [twenty (20) percent]; 20 [20 (twenty) percent]"},
        {"twenty percent (20%), 20% (twenty percent)", "20 [twenty percent (20%)]; 20 [20% (twenty percent)]"},
        {"twenty (20) to thirty (30) percent", "20..30 [twenty (20) to thirty (30) percent]"},
        {"twenty (25) percent, twenty percent (25%)", ""},
        {"33.7% (7.9%)", "33.7 [33.7%]; 7.9 [7.9%]"}, /* two facts, and no word for either */
        {"a hundred percent, one hundred and five percent", "100 [a hundred percent]; "
                                                            "105 [one hundred and five percent]"},
        {"hundred percent, several hundred percent, dozen percent", ""},
        {"33\u2153%, 33 1/3 percent, 12\u00BD %", "33.333333~ [33\u2153%]; 33.333333~ [33 1/3 percent]; "
                                                  "12.5 [12\u00BD %]"},
        {"20 PCs, 20 PC, the 20th percentile, twenty- percent, 20-%", ""},
        {"by .2%", "0.2 [.2%]"},
        {"\u226520%, >= 20%, >20%, \u2264 20%, <20%, ~20%",
         "at least 20 [20%]; at least 20 [20%]; over 20 [20%]; at most 20 [20%]; under 20 [20%]; about 20 [20%]"},
        {"20% or above, 20% minimum, 20% at the most, 20% or lower",
         "at least 20 [20%]; at least 20 [20%]; at most 20 [20%]; at most 20 [20%]"},
        {"20%, at least. 20%, at least 5", "at least 20 [20%]; 20 [20%]"},
        {"not below 20%, upwards of 20%, as much as 20%, almost 20%",
         "at least 20 [20%]; at least 20 [20%]; at most 20 [20%]; about 20 [20%]"},
    };
    CHECK_EACH(PV_QUANTITY_PERCENTAGE, readings);
}

static void test_shares_among_percentages(void **state) {
    (void)state;
    static const reading readings[] = {
        {"by one-fifth", "20 share [one-fifth]"},
        {"Half of them, 30% of us, and a third of all", "50 share [Half]; 30 [30%]; 33.333333~ share [a third]"},
        {"one-fifth (20%), 20% (one-fifth)", "20 share [one-fifth]; 20 [20%]"}, /* each said once */
        {"one-fifth (25%)", "20 share [one-fifth]; 25 [25%]"},
        {"at least one-fifth", "at least 20 share [one-fifth]"},
    };
    CHECK_EACH(PV_QUANTITY_PERCENTAGE, readings);
}

static void test_counts_in_words(void **state) {
    (void)state;
    static const reading readings[] = {
        {"a hundred sites", "100 [a hundred]"},
        {"two hundred and fifty sites", "250 [two hundred and fifty]"},
        {"one thousand sites", "1000 [one thousand]"},
        {"one thousand two hundred sites", "1200 [one thousand two hundred]"},
        {"twelve hundred sites", "1200 [twelve hundred]"},
        {"two million three hundred thousand and five", "2300005 [two million three hundred thousand and five]"},
        {"one hundred twenty-five thousand", "125000 [one hundred twenty-five thousand]"},
        {"between one hundred and two hundred sites", "100..200 [one hundred and two hundred]"},
        {"two to three hundred thousand, five to one hundred", "5..100 [five to one hundred]"},
        {"five (5) sites and 12 (twelve) plans", "5 [five (5)]; 12 [12 (twelve)]"},
        {"five (6) sites", ""},
        {"two (1) sites", "2 [two]"}, /* may begin a list */
        {"half a million, a quarter of a million, a hundredth", ""},
        {"one hundred and ninety and six", "190 [one hundred and ninety]; 6 [six]"},
    };
    CHECK_EACH(PV_QUANTITY_COUNT, readings);
}

static void test_contradictions(void **state) {
    (void)state;
    static const char text[] =
        "Twenty (25) percent, five (5) sites, thirty percent (35%) of 10 (ten), six (1) a (2) b.";
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_contradiction_list list;
    pv_error error = {0};
    assert_true(pv_contradictions_find(arena, PV_STR(text), &list, &error));
    assert_int_equal(list.count, 2);
    assert_str(pv_str_slice(PV_STR(text), list.at[0].start, list.at[0].end), "Twenty (25) percent");
    assert_str(pv_str_slice(PV_STR(text), list.at[1].start, list.at[1].end), "thirty percent (35%)");
    pv_arena_free(arena);
}

static void test_amounts(void **state) {
    (void)state;
    amounts("£1,200, €5 and $0.50", "1200 [£1,200]; 5 [€5]; 0.5 [$0.50]");
    amounts("4,000 dollars, four million dollars, 1 euro", "4000 [4,000 dollars]; 4000000 [four million dollars]; "
                                                           "1 [1 euro]");
    amounts("$4M, $4bn, $250K", "4000000 [$4M]; 4000000000 [$4bn]; 250000 [$250K]");
    amounts("$4-5 million, $4 to 5 million, $4 million - $5 million",
            "4000000..5000000 [$4-5 million]; 4000000..5000000 [$4 to 5 million]; "
            "4000000..5000000 [$4 million - $5 million]");
    amounts("$4-$5 million", ""); /* four dollars or four million? */
    amounts("$4X, $ 4, 5 pounds of flour, $20%", "");
    amounts("up to $1.5 thousand", "at most 1500 [$1.5 thousand]");
}

static void test_counts(void **state) {
    (void)state;
    counts("five sites, twenty-one staff, Ninety nine beds, 12 million people",
           "5 [five]; 21 [twenty-one]; 99 [Ninety nine]; 12000000 [12 million]");
    counts("3 to 4 steps, three or four steps, between two and six", "3..4 [3 to 4]; 3..4 [three or four]; "
                                                                     "2..6 [two and six]");
    counts("(5 sites), (about 5), five (5) sites", "5 [5]; about 5 [5]; 5 [five (5)]");
    counts("In 37 counties. The 12 clinics.\nAcross 5 plans", "37 [37]; 12 [12]; 5 [5]");
    counts("4 - 5 sites\n- 6 sites\n• 7 sites", "4..5 [4 - 5]; 6 [6]; 7 [7]");
    counts("We ended with 3.", "3 [3]");
    counts("2.5 FTEs", "2.5 [2.5]");
}

static void test_what_is_no_count(void **state) {
    (void)state;
    counts("1.2.6 and 1.2.10.1, Q4, DMC-2, COVID-19, 24/7, 4th, 10:30, 5G, B12, item_3, #5, a-5", "");
    counts("1) do; 2) be; (3) have", "");
    counts("1. do\n2. be\n 12. have", "");
    counts("see Section 3) and step 2, page 14, Table 5, No. 7, Goal 2", "");
    counts("2022, (2022), 2021-2022, FY 2022, 1/15/2022, 2022-01-15, January 5, 2022, 5 January, Jan. 5", "");
    counts("no one, one of them, a one-time, five-year, 3-year, two-thirds, two thirds, 9 a.m.", "");
    counts("several hundred, five twenty, one two, a dozen, two dozen, half a million, hundreds", "");
    counts("nineteen ninety-five, twenty hundred, five million thousand, two (2019) reports", "2 [two]");
    counts("007, 8,60, 1,2,3", "");
    counts("3-4-5, 555-1212, 5-3, 2-1-1, -5", "");
    counts("the First 5 commission and SB 75", "");
    counts("someone, often, tenant, 20% and $20", "");
}

static void test_qualifiers(void **state) {
    (void)state;
    counts("no less than 5, not fewer than 5, minimum of 5, 5 or more, 5+ sites",
           "at least 5 [5]; at least 5 [5]; at least 5 [5]; at least 5 [5]; at least 5 [5]");
    counts("more than 5, above 5, exceeding 5", "over 5 [5]; over 5 [5]; over 5 [5]");
    counts("no more than 5, up to 5, at most 5, a maximum of 5, 5 or fewer",
           "at most 5 [5]; at most 5 [5]; at most 5 [5]; at most 5 [5]; at most 5 [5]");
    counts("under 5, less than 5, below 5, fewer than 5", "under 5 [5]; under 5 [5]; under 5 [5]; under 5 [5]");
    counts("About 5, nearly 5, roughly 5, some 5, around 5", "about 5 [5]; about 5 [5]; about 5 [5]; about 5 [5]; "
                                                             "about 5 [5]");
    counts("AT  LEAST 5, moreover 5, at least\n5", "at least 5 [5]; 5 [5]; 5 [5]");
}

static void test_numbers_too_long(void **state) {
    (void)state;
    counts("99999999999999999999 sites", "error");
    counts("9,223,372,036,854,775,807 sites", "9223372036854775807 [9,223,372,036,854,775,807]");
    amounts("$9999999999999 billion", "error");
    percentages("account 99999999999999999999, 20%", "20 [20%]");
    static char figures[200000];
    for (size_t i = 0; i + 1 < sizeof figures; i++)
        figures[i] = i % 4 == 1 ? ',' : '1';
    counts(figures, "error");
    counts("", "");
}

static void test_every_refused_allocation_is_reported(void **state) {
    (void)state;
    bool done = false;
    for (size_t n = 1; !done; n++) {
        pv_memory memory = pv_memory_with_limit(SIZE_MAX);
        pv_arena *arena = pv_arena_new(&memory);
        memory.fail_after = n;
        pv_quantity_list list;
        pv_error error = {0};
        done = pv_quantities_find(arena, PV_STR("1) 20%; 2) 30%"), PV_QUANTITY_PERCENTAGE, &list, &error);
        assert_int_equal(error.code, done ? PV_OK : PV_ERROR_MEMORY);
        assert_int_equal(list.count, done ? 2 : 0);
        pv_arena_free(arena);
        assert_int_equal(memory.used, 0);
        assert_true(n > 1 || !done);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_real_filing),
        cmocka_unit_test(test_percentages),
        cmocka_unit_test(test_percentages_in_other_spellings),
        cmocka_unit_test(test_shares_among_percentages),
        cmocka_unit_test(test_counts_in_words),
        cmocka_unit_test(test_contradictions),
        cmocka_unit_test(test_amounts),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_what_is_no_count),
        cmocka_unit_test(test_qualifiers),
        cmocka_unit_test(test_numbers_too_long),
        cmocka_unit_test(test_every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
