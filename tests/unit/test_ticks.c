/* Boxes in texts; each reasoned by hand. */
#include "arena_fixture.h"

#include "base/buf.h"
#include "text/ticks.h"

/* "x:Yes o:No" for boxes with what stands beside them, "?" where that is not sure, "before|" what stands before. */
static void boxes(const char *text, const char *expected) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_buf shown = pv_buf_on(&memory);
    const pv_str all = pv_str_from(text);
    pv_ticks ticks;
    pv_error error = {0};
    assert_true(pv_ticks_find(&ticks, arena, all, &error));
    if (ticks.before.end > ticks.before.start)
        pv_buf_format(&shown, "%.*s|", PV_STR_ARG(pv_str_slice(all, ticks.before.start, ticks.before.end)));
    for (size_t i = 0; i < ticks.count; i++)
        pv_buf_format(&shown, "%s%s:%.*s", i > 0 ? " " : "", ticks.list[i].is_ticked ? "x" : "o",
                      PV_STR_ARG(pv_str_slice(all, ticks.list[i].label.start, ticks.list[i].label.end)));
    if (ticks.are_unsure)
        pv_buf_append_char(&shown, '?');
    assert_true(pv_str_equal(pv_buf_str(&shown), pv_str_from(expected)));
    pv_buf_clear(&shown);
    pv_arena_free(arena);
}

static void boxes_are_found(void **state) {
    (void)state;
    boxes("☒ Yes ☐ No", "x:Yes o:No");
    boxes("☐ Yes, ☑ No", "o:Yes x:No");
    boxes("Yes ☒ No ☐", "x:Yes o:No");
    boxes("Please tick: ☐ Yes ☒ No", "Please tick:|o:Yes x:No");
    boxes("☒ Yes ☐", "x:Yes o:?"); /* of which box is “Yes”? */
    boxes("☒", "x:");
    boxes("☐ ☒", "o: x:?");
    boxes("[x] a [ ] b [] c", "x:a o:b o:c");
    boxes("( ) a (X) b", "o:a x:b");
    boxes("✔️ Yes", "x:Yes");
    boxes("\xEF\x83\xBE Yes \xEF\x82\xA8 No", "x:Yes o:No"); /* U+F0FE, U+F0A8 */
    boxes("■ Yes □ No", "x:Yes o:No");
}

static void other_signs_are_none(void **state) {
    (void)state;
    boxes("", "");
    boxes("We use f(x) and list[] here", "");
    boxes("● one ● two", ""); /* bullets */
    boxes("(a) first (b) second () third", "");
    boxes("4 Yes o No", ""); /* letters are never boxes */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boxes_are_found),
        cmocka_unit_test(other_signs_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
