#include "cli/portion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Whether the next step is of the files [at, end). */
static void assert_step(pv_portion *portion, size_t at, size_t end) {
    assert_false(pv_portion_is_done(portion));
    assert_int_equal(portion->at, at);
    assert_int_equal(pv_portion_end(portion), end);
    pv_portion_step(portion);
}

/* Ten files are the slices 0-3, 4-7 and 8-9. */
static void test_slices_are_taken_in_turn(void **state) {
    (void)state;
    pv_portion first = pv_portion_of(0, 2, 10);
    assert_step(&first, 0, 4);
    assert_step(&first, 8, 10);
    assert_true(pv_portion_is_done(&first));
    pv_portion second = pv_portion_of(1, 2, 10);
    assert_step(&second, 4, 8);
    assert_true(pv_portion_is_done(&second));
}

static void test_a_portion_may_be_empty(void **state) {
    (void)state;
    const pv_portion none = pv_portion_of(3, 4, 10);
    assert_true(pv_portion_is_done(&none));
    assert_int_equal(none.at, 10);
}

static void test_a_lost_step_is_taken_file_by_file(void **state) {
    (void)state;
    pv_portion portion = pv_portion_of(0, 2, 18);
    assert_step(&portion, 0, 4);
    assert_true(pv_portion_narrow(&portion)); /* the slice 8-11 */
    assert_step(&portion, 8, 9);
    assert_step(&portion, 9, 10);
    assert_false(pv_portion_narrow(&portion)); /* it is 10 alone */
    assert_step(&portion, 10, 11);
    assert_step(&portion, 11, 12);
    assert_step(&portion, 16, 18); /* whole slices again */
    assert_true(pv_portion_is_done(&portion));
}

static void test_a_step_of_one_file_is_not_narrowed(void **state) {
    (void)state;
    pv_portion portion = pv_portion_of(1, 2, 5);
    assert_false(pv_portion_narrow(&portion));
    assert_step(&portion, 4, 5);
    assert_true(pv_portion_is_done(&portion));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slices_are_taken_in_turn),
        cmocka_unit_test(test_a_portion_may_be_empty),
        cmocka_unit_test(test_a_lost_step_is_taken_file_by_file),
        cmocka_unit_test(test_a_step_of_one_file_is_not_narrowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
