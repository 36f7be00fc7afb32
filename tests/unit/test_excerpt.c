#include "pages_fixture.h"

#include "report/verdicts/place.h"

static void assert_excerpt_in(arena_fixture *fixture, const pv_source *source, pv_place place, const char *expected) {
    const pv_report_style style = {.width = 60};
    pv_buf out = pv_buf_on(&fixture->memory);
    pv_excerpt_write(&out, &style, PV_INK_ERROR, source, &place);
    assert_false(out.failed);
    assert_str(pv_buf_str(&out), expected);
    pv_buf_clear(&out);
}

/* The excerpt of the first occurrence of words in text, 60 columns wide unless told. */
static void assert_excerpt_at(void **state, const char *text, pv_place place, unsigned width, const char *expected) {
    arena_fixture *fixture = *state;
    const pv_report_style style = {.width = width};
    pv_limits limits = pv_limits_default();
    pv_source *source;
    assert_true(pv_source_new(&source, fixture->arena, PV_STR("f.yaml"), pv_str_from(text), &limits, &fixture->error));
    pv_buf out = pv_buf_on(&fixture->memory);
    pv_excerpt_write(&out, &style, PV_INK_ERROR, source, &place);
    assert_false(out.failed);
    assert_str(pv_buf_str(&out), expected);
    pv_buf_clear(&out);
}

static pv_place place_of(const char *text, const char *words) {
    size_t start = pv_str_find(pv_str_from(text), pv_str_from(words), 0);
    assert_int_not_equal(start, SIZE_MAX);
    return (pv_place){.span = {(uint32_t)start, (uint32_t)(start + pv_str_from(words).size)}};
}

static void assert_excerpt(void **state, const char *text, const char *words, const char *expected) {
    assert_excerpt_at(state, text, place_of(text, words), 60, expected);
}

static void test_words_in_a_line(void **state) {
    assert_excerpt(state, "form: x\nplan: Health Net\n", "Health Net",
                   "  --> f.yaml:2:7\n"
                   "  2 | plan: Health Net\n"
                   "    |       ^^^^^^^^^^\n");
}

static void test_indentation_is_taken_off(void **state) {
    assert_excerpt(state, "a:\n      b: words here\n", "here",
                   "  --> f.yaml:2:16\n"
                   "  2 | b: words here\n"
                   "    |          ^^^^\n");
}

static void test_tabs_combining_marks_and_wide_characters(void **state) {
    assert_excerpt(state, "a\tb", "b",
                   "  --> f.yaml:1:3\n"
                   "  1 | a    b\n"
                   "    |      ^\n");
    assert_excerpt(state, "cafe\xCC\x81 noir", "noir",
                   "  --> f.yaml:1:7\n" /* code points: c a f e U+0301 and a space come first */
                   "  1 | cafe\xCC\x81 noir\n"
                   "    |      ^^^^\n");
    assert_excerpt(state, "漢字 and 漢字 too", "and 漢字",
                   "  --> f.yaml:1:4\n"
                   "  1 | 漢字 and 漢字 too\n"
                   "    |      ^^^^^^^^\n");
}

static void test_a_mark_without_width_gets_one_caret(void **state) {
    assert_excerpt(state, "cafe\xCC\x81", "\xCC\x81",
                   "  --> f.yaml:1:5\n"
                   "  1 | cafe\xCC\x81\n"
                   "    |     ^\n");
}

static void test_hidden_characters_are_shown_under_their_marks(void **state) {
    assert_excerpt(state, "a: two\xE2\x80\x8Bwords", "two\xE2\x80\x8Bwords",
                   "  --> f.yaml:1:4\n"
                   "  1 | a: two<U+200B>words\n"
                   "    |    ^^^^^^^^^^^^^^^^\n");
}

static void test_a_byte_order_mark_is_not_shown(void **state) {
    assert_excerpt(state,
                   "\xEF\xBB\xBF"
                   "form: x\n",
                   "form",
                   "  --> f.yaml:1:1\n"
                   "  1 | form: x\n"
                   "    | ^^^^\n");
}

/* 60 columns leave 54 for the text. "here" is in columns 44 to 48 of 92 and gets 25 before it: columns 19 to 73 are
 * shown, the first and the last of them as "…". */
static void test_a_long_line_is_cut_around_the_words(void **state) {
    const char *text = "0123456789 0123456789 0123456789 0123456789 here 0123456789 0123456789 0123456789 0123456789";
    assert_excerpt(state, text, "here",
                   "  --> f.yaml:1:45\n"
                   "  1 | …9 0123456789 0123456789 here 0123456789 0123456789 0…\n"
                   "    |                          ^^^^\n");
    assert_excerpt(state, text, "0123456789",
                   "  --> f.yaml:1:1\n"
                   "  1 | 0123456789 0123456789 0123456789 0123456789 here 0123…\n"
                   "    | ^^^^^^^^^^\n");
}

static void test_words_longer_than_the_line_are_marked_to_its_end(void **state) {
    const char *text = "a: 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789";
    assert_excerpt(state, text, "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789",
                   "  --> f.yaml:1:4\n"
                   "  1 | a: 0123456789 0123456789 0123456789 0123456789 012345…\n"
                   "    |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n");
}

static void test_a_place_over_two_lines_shows_both(void **state) {
    assert_excerpt(state, "a: >-\n  one two\n  three four\n", "two\n  three",
                   "  --> f.yaml:2:7\n"
                   "  2 | one two\n"
                   "    |     ^^^\n"
                   "  3 | three four\n"
                   "    | ^^^^^\n");
}

static void test_a_place_over_more_lines_shows_where_it_ends(void **state) {
    assert_excerpt(state, "a: >-\n  one two\n  three\n  four\n  five\n", "two\n  three\n  four\n  five\n",
                   "  --> f.yaml:2:7\n"
                   "  2 | one two\n"
                   "    |     ^^^\n"
                   "    | … to line 5\n");
}

/* Any row may be the one in question. */
static void test_a_place_over_rows_shows_them(void **state) {
    assert_excerpt(state, "a:\n  - x: 1\n    y: 2\n  - x: 3\nb: 4\n", "- x: 1\n    y: 2\n  - x: 3",
                   "  --> f.yaml:2:3\n"
                   "  2 > - x: 1\n"
                   "  3 >   y: 2\n"
                   "  4 > - x: 3\n");
    const char *many = "- 1\n- 2\n- 3\n- 4\n- 5\n- 6\n- 7\n- 8\n- 9\n- 10\n- 11\n- 12\n- 13\n- 14";
    assert_excerpt(state, many, many,
                   "  --> f.yaml:1:1\n"
                   "   1 > - 1\n   2 > - 2\n   3 > - 3\n   4 > - 4\n   5 > - 5\n"
                   "   6 > - 6\n   7 > - 7\n   8 > - 8\n   9 > - 9\n  10 > - 10\n"
                   "     | … 3 more lines\n"
                   "  14 > - 14\n");
}

static void test_something_absent_is_marked_where_it_belongs(void **state) {
    const char *text = "form: x\nfields:\n  plan: y\n";
    const pv_place end_of_plan = {.span = {25, 25}, .expected_here = true};
    assert_excerpt_at(state, text, end_of_plan, 60,
                      "  --> f.yaml:3:10\n"
                      "  3 | plan: y\n"
                      "    |        ^ expected here\n");
    const pv_place end_of_file = {.span = {26, 26}, .expected_here = true};
    assert_excerpt_at(state, text, end_of_file, 60,
                      "  --> f.yaml:4:1\n"
                      "  4 |\n"
                      "    | ^ expected here\n");
}

/* The remark takes room too: with it the row ends in column 83, so the 54 columns that fit begin at column 29. */
static void test_something_absent_after_a_long_line(void **state) {
    const char *text = "a: 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789";
    const pv_place end = {.span = {68, 68}, .expected_here = true};
    assert_excerpt_at(state, text, end, 60,
                      "  --> f.yaml:1:69\n"
                      "  1 | …56789 0123456789 0123456789 0123456789\n"
                      "    |                                        ^ expected here\n");
}

static void test_line_numbers_are_aligned_in_one_source(void **state) {
    const char *text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";
    assert_excerpt(state, text, "9",
                   "  --> f.yaml:9:1\n"
                   "   9 | 9\n"
                   "     | ^\n");
}

static void test_what_lies_between_parts_is_not_shown(void **state) {
    const pv_source *source = two_columns(*state);
    assert_excerpt_in(*state, source, (pv_place){.span = span_of(source, "spend", "by May.")},
                      "  --> a:1:4\n"
                      "  1 | We spend\n"
                      "    |    ^^^^^\n"
                      "    | …\n"
                      "  3 | all of it\n"
                      "    | ^^^^^^^^^\n"
                      "    | …\n"
                      "  5 | by May.\n"
                      "    | ^^^^^^^\n");
}

static void test_a_document_has_no_line_numbers(void **state) {
    const pv_source *source = pages_document(*state);
    assert_excerpt_in(*state, source, (pv_place){.span = span_of(source, "spend", "it")},
                      "  --> a.docx: page 1, paragraph 2\n"
                      "   | We spend it all.\n"
                      "   |    ^^^^^^^^\n");
    assert_excerpt_in(*state, source, (pv_place){.span = span_of(source, "Budget", "Rent")},
                      "  --> a.docx: page 1, paragraph 1\n"
                      "   | Budget\n"
                      "   | ^^^^^^\n"
                      "   | … to table 1, cell B3\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_words_in_a_line),
        arena_test(test_indentation_is_taken_off),
        arena_test(test_tabs_combining_marks_and_wide_characters),
        arena_test(test_a_mark_without_width_gets_one_caret),
        arena_test(test_hidden_characters_are_shown_under_their_marks),
        arena_test(test_a_byte_order_mark_is_not_shown),
        arena_test(test_a_long_line_is_cut_around_the_words),
        arena_test(test_words_longer_than_the_line_are_marked_to_its_end),
        arena_test(test_a_place_over_two_lines_shows_both),
        arena_test(test_a_place_over_more_lines_shows_where_it_ends),
        arena_test(test_a_place_over_rows_shows_them),
        arena_test(test_something_absent_is_marked_where_it_belongs),
        arena_test(test_something_absent_after_a_long_line),
        arena_test(test_line_numbers_are_aligned_in_one_source),
        arena_test(test_what_lies_between_parts_is_not_shown),
        arena_test(test_a_document_has_no_line_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
