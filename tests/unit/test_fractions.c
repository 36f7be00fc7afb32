/* What is a share of a whole, and what only looks like one; each line reasoned by hand. */
#include "arena_fixture.h"

#include <stdio.h>
#include <string.h>

#include "text/quantities.h"

static void show_shares(const char *prose, pv_memory *memory, pv_buf *shown) {
    pv_arena *arena = pv_arena_new(memory);
    pv_str text = pv_str_from(prose);
    pv_quantity_list list;
    pv_error error = {0};
    assert_true(pv_quantities_find(arena, text, PV_QUANTITY_PERCENTAGE, &list, &error));
    for (size_t i = 0; i < list.count; i++) {
        assert_int_equal(list.quantities[i].unit, PV_QUANTITY_UNIT_FRACTION);
        pv_buf_append_text(shown, i > 0 ? "; " : "");
        pv_decimal_format(list.quantities[i].value, shown);
        pv_str at = pv_str_slice(text, list.quantities[i].at.start, list.quantities[i].at.end);
        pv_buf_format(shown, "%s [%.*s]", list.quantities[i].rounded ? "~" : "", PV_STR_ARG(at));
    }
    pv_arena_free(arena);
}

static void shares(const char *prose, const char *expected) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_buf shown = pv_buf_on(&memory);
    show_shares(prose, &memory, &shown);
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
    assert_int_equal(memory.used, 0);
}

static void test_in_words(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *expected;
    } readings[] = {
        {"We will increase access by one-fifth.", "20 [one-fifth]"},
        {"a third of our members", "33.333333~ [a third]"},
        {"We will increase access by a third.", "33.333333~ [a third]"},
        {"Two thirds of sites; two-thirds are open", "66.666666~ [Two thirds]; 66.666666~ [two-thirds]"},
        {"three-quarters of providers", "75 [three-quarters]"},
        {"three quarters of providers", "75 [three quarters]"},
        {"one quarter of members", "25 [one quarter]"},
        {"raise enrollment by at least a quarter", "25 [a quarter]"},
        {"nine tenths, a tenth of sites", "90 [nine tenths]; 10 [a tenth]"},
        {"one-third share, one third more", "33.333333~ [one-third]; 33.333333~ [one third]"},
        {"one half of our sites", "50 [one half]"},
        {"half of the sites, half the sites, half our sites", "50 [half]; 50 [half]; 50 [half]"},
        {"increase access by half.", "50 [half]"},
        {"at least half, more than half", "50 [half]; 50 [half]"},
        {"a twentieth of the budget", "5 [a twentieth]"},
    };
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++)
        shares(readings[i].text, readings[i].expected);
}

static void test_in_signs(void **state) {
    (void)state;
    shares("We will increase access by 1/5.", "20 [1/5]");
    shares("1/5 of members, 2/3rds of sites, 1\u20444 of all", "20 [1/5]; 66.666666~ [2/3rds]; 25 [1\u20444]");
    shares("increase access by \u2155, \u00BC of members", "20 [\u2155]; 25 [\u00BC]");
    shares("reduce visits by at least 1/3", "33.333333~ [1/3]");
}

static void test_so_many_in_so_many(void **state) {
    (void)state;
    shares("1 in 5 members; One in five adults", "20 [1 in 5]; 20 [One in five]");
    shares("one out of five, 9 out of 10 providers, five out of 5", "20 [one out of five]; 90 [9 out of 10]; "
                                                                    "100 [five out of 5]");
    shares("four of every five providers, two in every three sites", "80 [four of every five]; "
                                                                     "66.666666~ [two in every three]");
    shares("from 1 in 10 to 1 in 4", "10 [1 in 10]; 25 [1 in 4]");
}

static void test_what_is_no_share(void **state) {
    (void)state;
    static const char *const none[] = {
        "the second half of 2022, the second half of our members, the first half, the latter half of the year, the "
        "other half",
        "half of 2022, half of the year, half of the third quarter",
        "third parties, a third party, one third party vendor, the third of them",
        "from half (1/2) an hour to half (\u00BD) a day, half-day, half day, half an hour, a half day, half-time, "
        "half-hourly, one-half hour, half past",
        "a quarter, one quarter, four quarters, for three quarters, the next three quarters",
        "within a quarter of the date, delayed by a quarter, in a quarter of an hour",
        "fourth quarter, the first three quarters of 2022, three quarters of a year",
        "1/5/2022, on 1/5, report by 1/5, due 1/5, page 1/5, 45 CFR 1/5",
        "24/7, 50/50, 9/11, 1/1, 7/3 of",
        "a third time, a fifth provider, a tenth county, a second, one second, a fourth or fifth site",
        "two and a half years, 2\u00BD days, 1 1/2 of them, \u00BD day",
        "half a million members, half a dozen, better half, half and half, half as",
        "We open 3 in 5 counties, Phase 1 in 5 counties, 37 in 60 counties, 2 in 10 clinics",
        "one in 5 years, 3 out of 5 days, 4 out of 5 stars, 1 in 2022",
        "one of five agencies, 3 of 4 clinics, one on one, one-in-five, two-third",
        "a fifth of July, a third of March, twenty-two thirds, seven fifths",
    };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        shares(none[i], "");
}

/* What it is of is a percentage, and the only one. */
static void test_a_part_of_a_share(void **state) {
    (void)state;
    static const char *const texts[] = {"by a fifth of 1%", "two fifths of the 5 percent", "one-third of 2 %",
                                        "half of 3%"};
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        pv_arena *arena = pv_arena_new(&memory);
        pv_quantity_list list;
        pv_error error = {0};
        assert_true(pv_quantities_find(arena, pv_str_from(texts[i]), PV_QUANTITY_PERCENTAGE, &list, &error));
        assert_int_equal(list.count, 1);
        assert_int_equal(list.quantities[0].unit, PV_QUANTITY_UNIT_PERCENT);
        pv_arena_free(arena);
    }
}

static void test_a_cut_share_compares_rightly(void **state) {
    (void)state;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_quantity_list list;
    pv_error error = {0};
    assert_true(pv_quantities_find(arena, PV_STR("by a third, by 33\u2153%"), PV_QUANTITY_PERCENTAGE, &list, &error));
    assert_int_equal(list.count, 2);
    pv_decimal third = list.quantities[0].value;
    assert_int_equal(pv_decimal_compare(third, list.quantities[1].value), 0);
    assert_true(pv_decimal_compare(third, pv_decimal_from_integer(20)) > 0);
    assert_true(pv_decimal_compare(third, (pv_decimal){3333, 2}) > 0); /* 33.33 */
    assert_true(pv_decimal_compare(third, (pv_decimal){3334, 2}) < 0);
    pv_arena_free(arena);
}

/* Whatever stands around it: texts are looked at in blocks, and a share may stand across two of them, in a block
 * that is not all ASCII, or in the last bytes. */
static void test_wherever_it_stands(void **state) {
    (void)state;
    static const char *const fillers[] = {"", "x", "words; ", "\u00e9 ", "caf\u00e9", "\u4e2d"};
    static const char *const behind[] = {".", ". The rest of it is told below.", ". \u201cQuoted\u201d words follow."};
    char text[256];
    for (size_t filler = 0; filler < sizeof fillers / sizeof *fillers; filler++)
        for (size_t times = 0; times < 18; times++)
            for (size_t end = 0; end < sizeof behind / sizeof *behind; end++) {
                text[0] = '\0';
                for (size_t i = 0; i < times; i++)
                    strcat(text, fillers[filler]);
                strcat(text, ". We will increase access by one-fifth of it");
                strcat(text, behind[end]);
                shares(text, "20 [one-fifth]");
            }
}

/* Every number word that a share can begin with, in small letters and with a capital, at every place of a block. */
static void test_every_number_word(void **state) {
    (void)state;
    static const struct {
        const char *word;
        unsigned value;
    } numbers[] = {
        {"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},     {"five", 5},       {"six", 6},
        {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},     {"eleven", 11},    {"twelve", 12},
        {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18},
        {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},   {"fifty", 50},     {"sixty", 60},
        {"seventy", 70},  {"eighty", 80},   {"ninety", 90},
    };
    char text[128];
    char expected[128];
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        for (int before = 0; before < 18; before++) {
            char word[16];
            snprintf(word, sizeof word, "%s", numbers[i].word);
            word[0] = (char)(before % 2 == 0 ? word[0] : word[0] - 'a' + 'A');
            snprintf(text, sizeof text, "%.*s. %s out of every 100 members have it", before, "xxxxxxxxxxxxxxxxxx",
                     word);
            snprintf(expected, sizeof expected, "%u [%s out of every 100]", numbers[i].value, word);
            shares(text, expected);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_words),           cmocka_unit_test(test_in_signs),
        cmocka_unit_test(test_so_many_in_so_many), cmocka_unit_test(test_what_is_no_share),
        cmocka_unit_test(test_a_part_of_a_share),  cmocka_unit_test(test_a_cut_share_compares_rightly),
        cmocka_unit_test(test_wherever_it_stands), cmocka_unit_test(test_every_number_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
