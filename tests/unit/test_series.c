/* What a sentence puts side by side without markers; each line reasoned by hand. */
#include "arena_fixture.h"

#include "base/buf.h"
#include "text/series.h"

/* "connect | train; a | b | c": the series, and the items of each. */
static void series(const char *prose, const char *expected) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_buf shown = pv_buf_on(&memory);
    pv_str text = pv_str_from(prose);
    pv_series_list found;
    pv_error error = {0};
    assert_true(pv_series_find(arena, text, &found, &error));
    for (size_t i = 0; i < found.count; i++) {
        const pv_list_items *one = &found.series[i];
        assert_int_equal(one->leaves, one->count);
        assert_int_equal(one->outer, one->count);
        pv_buf_append_text(&shown, i > 0 ? "; " : "");
        for (size_t item = 0; item < one->count; item++) {
            assert_int_equal(one->items[item].confidence, PV_ITEM_SERIES);
            assert_int_equal(one->items[item].ordinal, item + 1);
            pv_buf_append_text(&shown, item > 0 ? " | " : "");
            pv_buf_append(&shown, pv_str_slice(text, one->items[item].body.start, one->items[item].body.end));
        }
    }
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
    pv_arena_free(arena);
    assert_int_equal(memory.used, 0);
}

static void test_semicolons(void **state) {
    (void)state;
    series("The three steps are: connect; train; and pay.", "connect | train | pay");
    series("As follows: connect, locally; train staff, too; pay.", "connect, locally | train staff, too | pay");
    series("Two gaps: coverage; beds.", "coverage | beds");
    series("We connect providers; we train them; we pay.", "We connect providers | we train them | we pay");
    series("We connect providers; we train them.", "");
}

static void test_commas(void **state) {
    (void)state;
    series("The gaps are coverage in rural areas, shortage of sobering centers, and lack of recuperative care.",
           "coverage in rural areas | shortage of sobering centers | lack of recuperative care");
    series("Members who are homeless, members with mental illness, members leaving jail.",
           "Members who are homeless | members with mental illness | members leaving jail");
    series("Steps: connect, train, pay.", "connect | train | pay");
    series("We will connect, train and pay.", "We will connect | train | pay");
    series("In 2022, we serve adults, children, and youth.", "we serve adults | children | youth");
    series("We met L.A. Care, Molina and Anthem, which agreed.", "We met L.A. Care | Molina | Anthem");
    series("a, b, and c. D, E, or F", "a | b | c; D | E | F");
    series("Gaps include beds, staff or funds (nurses, drivers, and aides).",
           "beds | staff | funds (nurses, drivers, and aides)");
}

static void test_what_is_no_series(void **state) {
    (void)state;
    static const char *const none[] = {
        "We reach 1,200,000 members, and more.",
        "We have one, which is good.",
        "Los Angeles, California, is large.",
        "Yes, no.",
        "adults and children",
        "In 2022, by July 1, 2022, we meet.",
        "",
        ",,,;;;:::",
        "a, , , and",
        "a, b, and",
        "a; b; and",
        "a; and; b",
        "and, and, and",
        "a, b, &",
    };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        series(none[i], "");
}

static bool find_series(pv_arena *arena, pv_error *error) {
    pv_series_list found;
    return pv_series_find(arena, PV_STR("a, b, and c. D; e; f"), &found, error) && found.count == 2;
}

static void test_every_refused_allocation_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(find_series);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_semicolons),
        cmocka_unit_test(test_commas),
        cmocka_unit_test(test_what_is_no_series),
        cmocka_unit_test(test_every_refused_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
