#include "cli/jobs_p.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Whether the next step is of the files [at, end). */
static void assert_step(pv_shard *shard, size_t at, size_t end) {
    assert_false(pv_shard_is_done(shard));
    assert_int_equal(shard->at, at);
    assert_int_equal(pv_shard_end(shard), end);
    pv_shard_step(shard);
}

/* Ten files are the slices 0-3, 4-7 and 8-9. */
static void test_slices_are_taken_in_turn(void **state) {
    (void)state;
    pv_shard first = pv_shard_of(0, 2, 10);
    assert_step(&first, 0, 4);
    assert_step(&first, 8, 10);
    assert_true(pv_shard_is_done(&first));
    pv_shard second = pv_shard_of(1, 2, 10);
    assert_step(&second, 4, 8);
    assert_true(pv_shard_is_done(&second));
}

static void test_a_portion_may_be_empty(void **state) {
    (void)state;
    const pv_shard none = pv_shard_of(3, 4, 10);
    assert_true(pv_shard_is_done(&none));
    assert_int_equal(none.at, 10);
}

static void test_a_lost_step_is_taken_file_by_file(void **state) {
    (void)state;
    pv_shard shard = pv_shard_of(0, 2, 18);
    assert_step(&shard, 0, 4);
    assert_true(pv_shard_narrow(&shard)); /* the slice 8-11 */
    assert_step(&shard, 8, 9);
    assert_step(&shard, 9, 10);
    assert_false(pv_shard_narrow(&shard)); /* it is 10 alone */
    assert_step(&shard, 10, 11);
    assert_step(&shard, 11, 12);
    assert_step(&shard, 16, 18); /* whole slices again */
    assert_true(pv_shard_is_done(&shard));
}

static void test_a_step_of_one_file_is_not_narrowed(void **state) {
    (void)state;
    pv_shard shard = pv_shard_of(1, 2, 5);
    assert_false(pv_shard_narrow(&shard));
    assert_step(&shard, 4, 5);
    assert_true(pv_shard_is_done(&shard));
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
