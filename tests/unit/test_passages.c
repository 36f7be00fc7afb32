#include "torture.h"

#include "arena_fixture.h"
#include "base/buf.h"
#include "text/passages.h"

/* The passages of four words or more as "words: later", joined by " / ". */
static void check(void **state, const char *bytes, const pv_marks *marks, const char *expected) {
    arena_fixture *fixture = *state;
    const pv_str text = pv_str_from(bytes);
    pv_token_list tokens;
    pv_passages found;
    pv_error error = {0};
    assert_true(pv_tokens_find(fixture->arena, text, &tokens, &error));
    assert_true(pv_passages_find(fixture->arena, text, &tokens, marks, 4, &found, &error));
    pv_buf shown = pv_buf_on(&fixture->memory);
    for (size_t i = 0; i < found.count; i++) {
        const pv_span at = found.passages[i].at;
        assert_true(found.passages[i].earlier.end <= at.start);
        pv_buf_format(&shown, "%s%zu: %.*s", i > 0 ? " / " : "", found.passages[i].words,
                      PV_STR_ARG(pv_str_slice(text, at.start, at.end)));
    }
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
}

static void test_found(void **state) {
    check(state, "We train all people here. They work.\n\nNow: we train all people. Good.\n", NULL,
          "4: we train all people");
    check(state, "We train all.\n\nWe train all.\n", NULL, "");
    /* In the middle of a copy a word differs: one passage. */
    check(state, "a b c d e f g h i j k.\n\nx a b c d e Z g h i j k.\n", NULL, "10: a b c d e Z g h i j k");
    /* A copy of itself begins where the first ends. */
    check(state, "one two three four one two three four one two three four", NULL,
          "4: one two three four / 4: one two three four");
    /* What goes on reaches in the first into the second: two passages, since none stands within its own copy. */
    check(state, "a b c d e f g h a b c d f g h a", NULL, "4: a b c d / 4: f g h a");
    check(state, "same same same same same same same same same", NULL, "4: same same same same");
    check(state, "", NULL, "");
}

static void test_rows(void **state) {
    check(state, "| a b | c d |\n|---|---|\n| a b | c d |\n", NULL, "");
    check(state, "a b c d\tx\na b c d\ty\n", NULL, "4: a b c d");
    check(state, "a b\tc d\na b\tc d\n", NULL, "");
}

static void test_marks(void **state) {
    const char *text = "a b\n\nc d\n\nx\n\na b\n\nc d\n";
    static const pv_mark cells[] = {{.at = {0, 3}, .kind = PV_MARK_CELL},
                                    {.at = {5, 8}, .kind = PV_MARK_CELL},
                                    {.at = {13, 16}, .kind = PV_MARK_CELL},
                                    {.at = {18, 21}, .kind = PV_MARK_CELL}};
    static const pv_marks all = {.marks = cells, .count = 4};
    static const pv_mark code[] = {{.at = {0, 8}, .kind = PV_MARK_CODE}};
    static const pv_marks shown = {.marks = code, .count = 1};
    check(state, text, NULL, "4: a b\n\nc d");
    check(state, text, &all, "");
    check(state, text, &shown, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_found, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_rows, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_marks, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
