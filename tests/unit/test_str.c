#include "torture.h"

static void compares_bytes(void **state) {
    (void)state;
    assert_true(pv_str_compare(PV_STR("a"), PV_STR("ab")) < 0);
    assert_true(pv_str_compare(PV_STR("b"), PV_STR("ab")) > 0);
    assert_int_equal(pv_str_compare(PV_STR(""), (pv_str){NULL, 0}), 0);
    /* Bytes are unsigned: a letter with an accent stands after every ASCII letter. */
    assert_true(pv_str_compare(PV_STR("\xC3\xA9"), PV_STR("z")) > 0);
}

static void orders_numbers_in_names(void **state) {
    (void)state;
    assert_true(pv_str_compare_natural(PV_STR("1.2.9"), PV_STR("1.2.10")) < 0);
    assert_true(pv_str_compare_natural(PV_STR("1.2.10"), PV_STR("1.2.9")) > 0);
    assert_true(pv_str_compare_natural(PV_STR("1.2"), PV_STR("1.2.1")) < 0);
    assert_true(pv_str_compare_natural(PV_STR("a2b"), PV_STR("a10a")) < 0);
    assert_int_equal(pv_str_compare_natural(PV_STR("1.10"), PV_STR("1.10")), 0);
    /* Equal as numbers, not as names: still a strict order, the same from both sides. */
    assert_true(pv_str_compare_natural(PV_STR("01"), PV_STR("1")) < 0);
    assert_true(pv_str_compare_natural(PV_STR("1"), PV_STR("01")) > 0);
    /* Longer than any machine integer. */
    assert_true(pv_str_compare_natural(PV_STR("99999999999999999999998"), PV_STR("99999999999999999999999")) < 0);
}

static void finds_and_trims(void **state) {
    (void)state;
    assert_int_equal(pv_str_find(PV_STR("abcabd"), PV_STR("abd"), 0), 3);
    assert_int_equal(pv_str_find(PV_STR("abc"), PV_STR("abcd"), 0), SIZE_MAX);
    assert_int_equal(pv_str_find(PV_STR("aaa"), PV_STR("a"), 2), 2);
    assert_int_equal(pv_str_find(PV_STR("aaa"), PV_STR("a"), 3), SIZE_MAX);
    assert_int_equal(pv_str_find(PV_STR("aaa"), PV_STR(""), 3), 3);
    assert_str(pv_str_trim(PV_STR(" \t a b\r\n")), "a b");
    assert_str(pv_str_trim(PV_STR("  ")), "");
    assert_true(pv_str_ends_with(PV_STR("a.lua"), PV_STR(".lua")));
    assert_false(pv_str_ends_with(PV_STR("lua"), PV_STR(".lua")));
    assert_true(pv_str_starts_with(PV_STR("abc"), PV_STR("")));
    assert_true(pv_str_equal_ascii_folded(PV_STR("WIC"), PV_STR("wic")));
    assert_false(pv_str_equal_ascii_folded(PV_STR("@"), PV_STR("`")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_bytes),
        cmocka_unit_test(orders_numbers_in_names),
        cmocka_unit_test(finds_and_trims),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
