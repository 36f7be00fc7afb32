#include "torture.h"

#include "arena_fixture.h"
#include "base/buf.h"
#include "text/lists.h"
#include "text/numbering.h"

static pv_numbering find(arena_fixture *fixture, pv_str text, const pv_marks *marks) {
    pv_heading_list headings;
    pv_list_items items;
    pv_numbering found;
    pv_error error = {0};
    assert_true(pv_headings_find_all(fixture->arena, text, marks, &headings, &error));
    assert_true(pv_lists_find(fixture->arena, text, NULL, &items, &error));
    assert_true(pv_numbering_find(fixture->arena, text, &headings, marks, &items, &found, &error));
    return found;
}

/* The breaks as "of kind number after previous, expected", joined by " / ". */
static void check_marked(void **state, const char *bytes, const pv_marks *marks, const char *expected) {
    static const char *const kinds[] = {"jumps", "repeats", "goes back"};
    static const char *const things[] = {"heading", "caption", "item"};
    arena_fixture *fixture = *state;
    const pv_str text = pv_str_from(bytes);
    const pv_numbering found = find(fixture, text, marks);
    pv_buf shown = pv_buf_on(&fixture->memory);
    for (size_t i = 0; i < found.break_count; i++) {
        const pv_numbering_break *each = &found.breaks[i];
        pv_buf_format(&shown, "%s%s %s %.*s after %.*s, %.*s", i > 0 ? " / " : "", things[each->of], kinds[each->kind],
                      PV_STR_ARG(pv_str_slice(text, each->at.start, each->at.end)),
                      PV_STR_ARG(pv_str_slice(text, each->previous.start, each->previous.end)),
                      PV_STR_ARG(each->expected));
    }
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
}

static void check(void **state, const char *text, const char *expected) {
    check_marked(state, text, NULL, expected);
}

static void test_headings(void **state) {
    check(state, "# 1. A\n\nText.\n\n# 2. B\n\nText.\n\n# 4. C\n\nText.\n", "heading jumps 4 after 2, 3");
    check(state, "# 1. A\n\n## 1.1 B\n\nText.\n\n## 1.3 C\n\nText.\n\n# 2. D\n\n## 2.1 E\n\nText.\n",
          "heading jumps 1.3 after 1.1, 1.2");
    check(state, "# 1. A\n\nText.\n\n## 1.2 B\n\nText.\n", "heading jumps 1.2 after , 1.1");
    check(state, "# 1. A\n\nText.\n\n# 2. B\n\nText.\n\n# 2. C\n\nText.\n", "heading repeats 2 after 2, 3");
    check(state, "# I. A\n\nText.\n\n# II. B\n\nText.\n\n# IV. C\n\nText.\n", "heading jumps IV after II, III");
    check(state, "# A. One\n\nText.\n\n# B. Two\n\nText.\n\n# D. Four\n\nText.\n", "heading jumps D after B, C");
    check(state, "# H. One\n\nText.\n\n# I. Two\n\nText.\n\n# J. Three\n\nText.\n", "");
    check(state, "# 1 Aims\n\nText.\n\n# 2 Means\n\nText.\n\n# 4 Costs\n\nText.\n", "heading jumps 4 after 2, 3");
    /* Two of many begin with a figure that is no number of theirs. */
    check(state, "# Aims\n\nText.\n\n# 90 Days\n\nText.\n\n# Means\n\nText.\n\n# 12 Months\n\nText.\n", "");
}

static void test_no_break(void **state) {
    /* A paragraph has the number: a heading that nobody marked. */
    check(state, "# 1. A\n\nText.\n\n# 2. B\n\nText.\n\n3. C\n\nText.\n\n# 4. D\n\nText.\n", "");
    /* A deeper number shows the one around it. */
    check(state, "# 1. A\n\n## 1.1 B\n\nText.\n\n1.2.1 C\n\nText.\n\n## 1.3 D\n\nText.\n", "");
    /* Numbers begin anew in another part, and behind an appendix. */
    check(state, "# A\n\n## 1. B\n\nText.\n\n## 2. C\n\nText.\n\n# D\n\n## 1. E\n\nText.\n", "");
    check(state,
          "# 1. A\n\nText.\n\n# 2. B\n\n## 2.1 C\n\nText.\n\n# Appendix A\n\nText.\n\n# 1. D\n\n## 1.1 E\n\nText.\n",
          "");
    /* Sentences of a list that a program took for headings. */
    check(state, "# 1. A\n\nText.\n\n# 4. We do all that is asked of us;\n\nText.\n", "");
}

static void test_captions(void **state) {
    check(state, "Table 1: A\n\nText.\n\nTable 2: B\n\nText.\n\nTable 4: C\n\nText.\n",
          "caption jumps Table 4 after Table 2, 3");
    check(state, "Table 1: A\n\nText.\n\nTable 1: B\n\nText.\n", "caption repeats Table 1 after Table 1, 2");
    check(state, "Table 1: A\n\nText.\n\nTable 1: A (continued)\n\nText.\n\nTable 2: B\n\nText.\n", "");
    /* A list of tables, then the tables; what speaks of one is no caption. */
    check(state, "Table 1: A\n\nTable 2: B\n\nText.\n\nTable 1: A\n\nTable 3 shows B.\n\nTable 2: B\n\nText.\n", "");
    check(state, "Figure 2-1. A\n\nText.\n\nFigure 2-3. B\n\nText.\n",
          "caption jumps Figure 2-3 after Figure 2-1, 2-2");
}

static void test_items(void **state) {
    check(state, "We will:\n\n1. train\n2. teach\n2. test\n", "item repeats 2. after 2., ");
    check(state, "We will:\n\n1. train\n2. teach\n4. test\n5. end\n", "item jumps 4. after 2., ");
    /* A list inside another one whose indents are lost. */
    check(state, "We will:\n\n1. train:\n1. here\n2. there\n3. elsewhere\n2. teach\n3. test\n", "");
}

static void test_marks(void **state) {
    static const pv_mark marks[] = {
        {.at = {0, 1}, .kind = PV_MARK_HEADING, .level = 1, .label = {"1.", 2}},
        {.at = {8, 9}, .kind = PV_MARK_HEADING, .level = 1, .label = {"3.", 2}},
        {.at = {17, 28}, .kind = PV_MARK_HEADING, .level = 1},
    };
    static const pv_marks all = {.marks = marks, .count = 3};
    /* What a program numbers is never out of order; what follows it may be: "3." is there, and so "5." jumps. */
    check_marked(state, "A\n\ntext\nB\n\ntext\n\n5. Follows\n\ntext\n", &all, "heading jumps 5 after B, 4");
}

static void test_line_numbers(void **state) {
    arena_fixture *fixture = *state;
    const pv_numbering found = find(fixture, PV_STR("# 1. A\n\nSection 4.7 B\n\nTable 3: C\n\n2022 was good.\n"), NULL);
    assert_int_equal(found.number_count, 3);
    assert_str(found.numbers[0].number, "1");
    assert_str(found.numbers[1].name, "section");
    assert_str(found.numbers[1].number, "4.7");
    assert_str(found.numbers[2].name, "table");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_headings, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_no_break, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_captions, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_items, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_marks, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_line_numbers, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
