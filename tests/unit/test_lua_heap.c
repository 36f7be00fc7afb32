/* The heap of a Lua state: accounting, and that a restored heap is byte for byte what it was. */
#include "torture.h"

#include <string.h>

#include "lua/host/heap.h"

typedef struct heap_fixture {
    pv_memory owner;
    pv_memory account;
    pv_heap *heap;
} heap_fixture;

static heap_fixture fixture;

static int setup(void **state) {
    fixture.owner = pv_memory_with_limit(SIZE_MAX);
    fixture.account = pv_memory_with_limit(1000000);
    fixture.heap = pv_heap_new(&fixture.owner, &fixture.account);
    *state = &fixture;
    return fixture.heap ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    pv_heap_free(fixture.heap);
    return fixture.owner.used == 0 && fixture.account.used == 0 ? 0 : -1;
}

static char *take(size_t size) {
    char *block = pv_heap_resize(fixture.heap, NULL, 0, size, false);
    if (block)
        memset(block, 'a', size);
    return block;
}

static void assert_filled(const char *block, size_t size, char with) {
    for (size_t i = 0; i < size; i++)
        assert_int_equal(block[i], with);
}

static void test_blocks_keep_their_bytes_when_resized(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 16, 17, 40, 16, 512, 513, 2000, 513, 512, 100000, 24, 1};
    char *block = take(1);
    char *neighbour = take(8);
    for (size_t i = 1; i < sizeof sizes / sizeof sizes[0]; i++) {
        block = pv_heap_resize(fixture.heap, block, sizes[i - 1], sizes[i], false);
        assert_non_null(block);
        assert_filled(block, sizes[i] < sizes[i - 1] ? sizes[i] : sizes[i - 1], 'a');
        memset(block, 'a', sizes[i]);
        assert_int_equal(fixture.account.used, sizes[i] + 8);
    }
    assert_filled(neighbour, 8, 'a');
    assert_int_equal(fixture.account.peak, 100000 + 8);
}

static void test_the_account_limits_what_is_taken(void **state) {
    (void)state;
    char *block = take(999990);
    assert_non_null(block);
    assert_null(take(11));
    assert_non_null(take(10));
    assert_null(pv_heap_resize(fixture.heap, block, 999990, 999991, false));
    assert_int_equal(fixture.account.used, 1000000);
    assert_non_null(pv_heap_resize(fixture.heap, block, 999990, 5, false));
    assert_int_equal(fixture.account.used, 15);
}

/* As when many functions are compiled, each with arrays that grow and are cut to size in the end. */
static void test_what_growing_arrays_leave_behind_is_used_again(void **state) {
    (void)state;
    char *blocks[100];
    size_t before = fixture.owner.used;
    for (size_t i = 0; i < 100; i++) {
        size_t size = 4 + i;
        blocks[i] = take(size);
        for (; size < 3000; size *= 2) {
            blocks[i] = pv_heap_resize(fixture.heap, blocks[i], size, 2 * size, false);
            memset(blocks[i], 'a', 2 * size);
            assert_filled(take(24), 24, 'a');
        }
        blocks[i] = pv_heap_resize(fixture.heap, blocks[i], size, 2500, false);
    }
    for (size_t i = 0; i < 100; i++)
        assert_filled(blocks[i], 2500, 'a');
    pv_heap_seal(fixture.heap);
#ifndef PV_DEBUG_ARENA
    assert_true(fixture.owner.used - before < 2 * fixture.account.used);
#else
    (void)before;
#endif
}

static void test_what_is_freed_is_used_again(void **state) {
    (void)state;
    size_t used = 0;
    for (size_t i = 0; i < 200000; i++) {
        char *small = take(40);
        char *large = take(3000);
        pv_heap_resize(fixture.heap, large, 3000, 0, false);
        pv_heap_resize(fixture.heap, small, 40, 0, false);
        if (i == 0)
            used = fixture.owner.used;
    }
    assert_int_equal(fixture.owner.used, used);
}

static void test_without_a_seal_nothing_is_restored(void **state) {
    (void)state;
    (void)take(100);
    assert_false(pv_heap_restore(fixture.heap));
    assert_int_equal(fixture.account.used, 100);
}

#ifndef PV_DEBUG_ARENA
static void test_a_restored_heap_is_what_it_was(void **state) {
    (void)state;
    char *kept = take(300);
    char *freed = take(48);
    char *large = take(5000);
    pv_heap_resize(fixture.heap, freed, 48, 0, false);
    pv_heap_seal(fixture.heap);
    size_t owner_used = fixture.owner.used;
    for (size_t round = 0; round < 3; round++) {
        /* The piece freed before the seal is taken again, then more; what was there is overwritten and freed. */
        assert_ptr_equal(take(48), freed);
        for (size_t i = 0; i < 100; i++)
            assert_non_null(take(700));
        memset(kept, 'b', 300);
        memset(large, 'b', 5000);
        pv_heap_resize(fixture.heap, kept, 300, 0, false);
        assert_true(pv_heap_restore(fixture.heap));
        assert_filled(kept, 300, 'a');
        assert_filled(large, 5000, 'a');
        assert_int_equal(fixture.account.used, 5300);
        assert_int_equal(fixture.owner.used, owner_used);
    }
}

static char *take_lasting(size_t size) {
    char *block = pv_heap_resize(fixture.heap, NULL, 0, size, true);
    assert_non_null(block);
    memset(block, 'a', size);
    return block;
}

/* What may write to lasting blocks: each time all of them are what they were. */
static void test_lasting_blocks_are_restored_once_touched(void **state) {
    (void)state;
    char *strings = take(1024);
    char *small = take_lasting(48);
    char *freed = take_lasting(3000);
    char *large = take_lasting(5000);
    assert_ptr_equal(pv_heap_resize(fixture.heap, freed, 3000, 2000, true), freed);
    char *in_between = take(600);
    pv_heap_seal(fixture.heap);
    assert_true(small > large && large > in_between); /* at the other end of the region */
    for (size_t round = 0; round < 4; round++) {
        memset(large, 'b', 5000);
        memset(in_between, 'b', 600);
        if (round == 0)
            pv_heap_touch_all(fixture.heap);
        else if (round == 1)
            pv_heap_resize(fixture.heap, small, 48, 0, false);
        else if (round == 2)
            assert_non_null(pv_heap_resize(fixture.heap, strings, 1024, 2048, false));
        else
            pv_heap_distrust(fixture.heap);
        assert_true(pv_heap_restore(fixture.heap));
        assert_filled(small, 48, 'a');
        assert_filled(freed, 2000, 'a');
        assert_filled(large, 5000, 'a');
        assert_filled(in_between, 600, 'a');
        assert_filled(strings, 1024, 'a');
        assert_int_equal(fixture.account.used, 1024 + 48 + 2000 + 5000 + 600);
    }
    /* Nothing lasting is made any more. */
    assert_true(take_lasting(48) < large);
    assert_true(pv_heap_restore(fixture.heap));
}

static void test_both_ends_of_the_region_meet(void **state) {
    (void)state;
    fixture.account.limit = SIZE_MAX;
    const size_t two_megabytes = (size_t)2 * 1024 * 1024;
    char *changing = take(two_megabytes);
    char *lasting = take_lasting(two_megabytes);
    assert_ptr_equal(changing + two_megabytes, lasting);
    char *outside = take_lasting(16);
    assert_true(outside < changing || outside >= lasting + two_megabytes);
    pv_heap_resize(fixture.heap, lasting, two_megabytes, 0, true);
    pv_heap_resize(fixture.heap, outside, 16, 0, true);
    assert_ptr_equal(take(16), changing + two_megabytes);
    pv_heap_seal(fixture.heap);
    assert_true(pv_heap_restore(fixture.heap));
    assert_filled(changing, two_megabytes, 'a');
}

static void test_what_does_not_fit_into_the_region_is_not_sealed(void **state) {
    (void)state;
    fixture.account.limit = SIZE_MAX;
    (void)take(10);
    char *block = take((size_t)8 * 1024 * 1024);
    pv_heap_seal(fixture.heap);
    assert_false(pv_heap_restore(fixture.heap));
    pv_heap_resize(fixture.heap, block, (size_t)8 * 1024 * 1024, 0, false);
    pv_heap_seal(fixture.heap);
    assert_true(pv_heap_restore(fixture.heap));
}
#endif

static void test_a_cleared_heap_can_be_used_again(void **state) {
    (void)state;
    (void)take(100);
    pv_heap_seal(fixture.heap);
    (void)take(200000);
    pv_heap_clear(fixture.heap);
    assert_int_equal(fixture.account.used, 0);
    assert_false(pv_heap_restore(fixture.heap));
    assert_filled(take(100), 100, 'a');
}

#define heap_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        heap_test(test_blocks_keep_their_bytes_when_resized),
        heap_test(test_the_account_limits_what_is_taken),
        heap_test(test_what_growing_arrays_leave_behind_is_used_again),
        heap_test(test_what_is_freed_is_used_again),
        heap_test(test_without_a_seal_nothing_is_restored),
#ifndef PV_DEBUG_ARENA
        heap_test(test_a_restored_heap_is_what_it_was),
        heap_test(test_lasting_blocks_are_restored_once_touched),
        heap_test(test_both_ends_of_the_region_meet),
        heap_test(test_what_does_not_fit_into_the_region_is_not_sealed),
#endif
        heap_test(test_a_cleared_heap_can_be_used_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
