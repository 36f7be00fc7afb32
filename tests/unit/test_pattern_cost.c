/* How much of a pattern lies on its longest way, by hand; of what nothing is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/pattern_cost_p.h"

static void check_items(const char *pattern, uint32_t items, uint32_t captures) {
    pv_pattern_cost cost;
    if (!pv_pattern_cost_read(&cost, pv_str_from(pattern)))
        fail_msg("nothing is told of %s", pattern);
    assert_int_equal(cost.items, items);
    assert_int_equal(cost.captures, captures);
}

static void test_longest_way(void **state) {
    (void)state;
    check_items("", 1, 0);
    check_items("abc", 1, 0);
    check_items("a*b+c?", 4, 0);
    check_items("a*?b++", 5, 0);
    check_items("a|b+|c*d*", 3, 0);
    check_items("(a|b)", 2, 1);
    check_items("(a|b+)*", 4, 1);
    check_items("(?:a(?:b+|c))?d", 5, 0);
    check_items("(?i)a(?x: b + )", 3, 0);
    check_items("a{3}", 3, 0);
    check_items("a{b{,x{2y", 1, 0);
    /* Three copies, and one more: 1 + 2 + (2 + 2 x 4) */
    check_items("(?:a+){1,3}", 13, 0);
    check_items("[)(|*+]\\)\\(\\*", 1, 0);
    check_items("[]a*][^]b*]", 1, 0);
    check_items("[[:alpha:](]+", 2, 0);
    check_items("\\Q(((*\\E+", 2, 0);
    check_items("(?<name>a+)(?P<other>b)(?=c*)(?<!d)", 7, 2);
}

/* Twice the way, and all that there is: (1 + 4) x 2 + 4. */
static void test_calls(void **state) {
    (void)state;
    check_items("(?<one>a+)(?:b(?&one))*", 14, 1);
    pv_pattern_cost cost;
    assert_false(pv_pattern_cost_read(&cost, PV_STR("(?<one>a(?&one)?)")));
    assert_false(pv_pattern_cost_read(&cost, PV_STR("(?<one>a(b|(?&two)))(?<two>c)")));
    assert_false(pv_pattern_cost_read(&cost, PV_STR("(?<one>(?:a+){2})(?&one)")));
}

static void test_not_told(void **state) {
    (void)state;
    static const char *const patterns[] = {
        "(a)\\1", "(?<x>a)\\k<x>", "(?R)?a", "(a)(?1)", "(a)(?-1)",  "(?P>x)(?P<x>a)", "\\Ka",   "\\X",
        "\\R",    "(*ACCEPT)",     "a # (",  "(?C1)a",  "(?(1)a|b)", "(?<*a)b",        "(?*a)b", "[\\Q]\\E(]",
        "[[:a",   "(?#comment)a",  "(a",     "a)",      "(?'x'a)",
    };
    pv_pattern_cost cost;
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
        if (pv_pattern_cost_read(&cost, pv_str_from(patterns[i])))
            fail_msg("of %s something is told", patterns[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_longest_way),
        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
