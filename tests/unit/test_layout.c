#include "torture.h"

#include "report/verdicts/place.h"
#include "report/write/layout.h"

static pv_memory memory = {.limit = SIZE_MAX};
static pv_buf out;

static int setup(void **state) {
    (void)state;
    out = pv_buf_on(&memory);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    pv_buf_clear(&out);
    return memory.used == 0 ? 0 : -1;
}

#define assert_written(expected)                                                                                       \
    do {                                                                                                               \
        assert_str(pv_buf_str(&out), expected);                                                                        \
        pv_buf_reset(&out);                                                                                            \
    } while (0)

static void test_columns_are_those_of_a_terminal(void **state) {
    (void)state;
    assert_int_equal(pv_layout_columns(PV_STR("")), 0);
    assert_int_equal(pv_layout_columns(PV_STR("words")), 5);
    assert_int_equal(pv_layout_columns(PV_STR("“é”")), 3);
    assert_int_equal(pv_layout_columns(PV_STR("e\xCC\x81")), 1); /* e and a combining acute */
    assert_int_equal(pv_layout_columns(PV_STR("漢字")), 4);
    assert_int_equal(pv_layout_columns(PV_STR("a\tb")), 6);
}

/* What could move the cursor, turn the text around or hide in it is shown by its code. */
static void test_hidden_characters_are_shown(void **state) {
    (void)state;
    pv_layout_text(&out, PV_STR("\x1b[31m\a\x7f"));
    assert_written("<U+001B>[31m<U+0007><U+007F>");
    pv_layout_text(&out, PV_STR("\xC2\x9B"));
    assert_written("<U+009B>");
    pv_layout_text(&out, PV_STR("a\xE2\x80\x8B" /* zero width space */ "b\xE2\x80\xAE" /* right-to-left override */));
    assert_written("a<U+200B>b<U+202E>");
    assert_int_equal(pv_layout_columns(PV_STR("\xE2\x80\x8B")), 8);
    pv_layout_text(&out, PV_STR("one\r\ntwo\tthree"));
    assert_written("one  two    three");
    pv_layout_text(&out, PV_STR("\xFF"));
    assert_written("\xEF\xBF\xBD");
}

static void test_cut(void **state) {
    (void)state;
    assert_int_equal(pv_layout_cut(&out, PV_STR("Gap-Filling"), 11), 11);
    assert_written("Gap-Filling");
    assert_int_equal(pv_layout_cut(&out, PV_STR("Gap-Filling"), 10), 10);
    assert_written("Gap-Filli…");
    assert_int_equal(pv_layout_cut(&out, PV_STR("漢字漢字"), 4), 3); /* half a character is not shown */
    assert_written("漢…");
    assert_int_equal(pv_layout_cut(&out, PV_STR("ab"), 1), 1);
    assert_written("…");
    assert_int_equal(pv_layout_cut(&out, PV_STR("ab"), 0), 0);
    assert_written("");
}

static void test_cells_and_numbers_are_aligned(void **state) {
    (void)state;
    pv_layout_cell(&out, PV_STR("é"), 4);
    pv_layout_cell(&out, PV_STR("漢字漢字"), 4);
    pv_layout_number(&out, 7, 3);
    pv_layout_number(&out, 12345, 3);
    assert_written("é   漢…   712345");
}

static void test_wrap(void **state) {
    (void)state;
    pv_layout_wrap(&out, PV_STR("one two three four"), 9, 0, 2, 0);
    assert_written("one two\n  three\n  four\n");
    pv_layout_wrap(&out, PV_STR("one two"), 9, 2, 2, 0); /* two columns are taken: seven are left, and enough */
    assert_written("one two\n");
    pv_layout_wrap(&out, PV_STR("one two"), 9, 3, 2, 0);
    assert_written("one\n  two\n");
    pv_layout_wrap(&out, PV_STR("  a \n b\t c "), 40, 0, 0, 0);
    assert_written("a b c\n");
    pv_layout_wrap(&out, PV_STR("unbreakablylong"), 5, 0, 0, 0);
    assert_written("unbreakablylong\n");
    pv_layout_wrap(&out, PV_STR(""), 5, 0, 0, 0);
    assert_written("\n");
}

static void test_wrap_with_a_last_line(void **state) {
    (void)state;
    pv_layout_wrap(&out, PV_STR("one two three four five"), 9, 0, 0, 2);
    assert_written("one two\nthree …\n");
    pv_layout_wrap(&out, PV_STR("one two three"), 9, 0, 0, 2); /* all of it fits: nothing is cut */
    assert_written("one two\nthree\n");
}

static void test_ink_only_with_color(void **state) {
    (void)state;
    const pv_report_style plain = {.width = 80};
    const pv_report_style color = {.width = 80, .color = true};
    pv_layout_inked(&out, &plain, PV_INK_ERROR, PV_STR("error"));
    assert_written("error");
    pv_layout_inked(&out, &color, PV_INK_ERROR, PV_STR("error"));
    assert_written("\x1b[1;31merror\x1b[0m");
}

static void test_place(void **state) {
    (void)state;
    const pv_report_style style = {.width = 80};
    pv_place_write(&out, &style, PV_STR("a.yaml"), (pv_position){12, 3});
    assert_written("  --> a.yaml:12:3\n");
    pv_place_write(&out, &style, PV_STR("a.yaml"), (pv_position){0, 0});
    assert_written("  --> a.yaml\n");
}

static void test_labelled(void **state) {
    (void)state;
    const pv_report_style style = {.width = 20};
    pv_layout_labelled(&out, &style, "asked", 8, PV_STR("one two three"), 0);
    assert_written("  asked   one two\n          three\n");
    pv_layout_labelled(&out, &style, "asked", 8, PV_STR(""), 0);
    assert_written("");
}

static void test_count(void **state) {
    (void)state;
    pv_layout_count(&out, 0, "error");
    pv_layout_count(&out, 1, "error");
    pv_layout_count(&out, 2, "error");
    assert_written("0 errors1 error2 errors");
}

#define layout_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        layout_test(test_columns_are_those_of_a_terminal),
        layout_test(test_hidden_characters_are_shown),
        layout_test(test_cut),
        layout_test(test_cells_and_numbers_are_aligned),
        layout_test(test_wrap),
        layout_test(test_wrap_with_a_last_line),
        layout_test(test_ink_only_with_color),
        layout_test(test_place),
        layout_test(test_labelled),
        layout_test(test_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
