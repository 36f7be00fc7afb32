#include "cli/slices_p.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static pv_slices slices_of(size_t files, unsigned workers) {
    pv_slices slices;
    pv_error error = {0};
    assert_true(pv_slices_init(&slices, files, workers, &error));
    return slices;
}

static void test_files_are_taken_in_order(void **state) {
    (void)state;
    for (size_t files = 1; files < 200; files++)
        for (unsigned workers = 1; workers < 10; workers++) {
            pv_slices slices = slices_of(files, workers);
            pv_slice slice;
            size_t last = 0;
            for (size_t at = 0; at < files; at = slice.end) {
                slice = pv_slices_take(&slices, 0, 5);
                last = slice.end - slice.at;
                assert_int_equal(slice.at, at);
                assert_true(last >= 1 && last <= 5);
            }
            assert_int_equal(last, 1);
            slice = pv_slices_take(&slices, 0, 5);
            assert_int_equal(slice.at, slice.end);
            pv_slices_clear(&slices);
        }
}

static void test_who_took_a_file_is_known(void **state) {
    (void)state;
    pv_slices slices = slices_of(20, 2);
    assert_int_equal(pv_slices_taker(&slices, 0), PV_NOBODY);
    const pv_slice first = pv_slices_take(&slices, 1, 8);
    const pv_slice second = pv_slices_take(&slices, 0, 1);
    assert_int_equal(first.end, 2);
    assert_int_equal(second.end, 3);
    assert_int_equal(pv_slices_taker(&slices, 1), 1);
    assert_int_equal(pv_slices_taker(&slices, 2), 0);
    assert_int_equal(pv_slices_taker(&slices, 3), PV_NOBODY);
    pv_slices_clear(&slices);
}

/* Every process counts its files, and they add up: none is taken twice. */
static void test_processes_share_what_is_taken(void **state) {
    enum { FILES = 5000, WORKERS = 4 };
    (void)state;
    pv_slices slices = slices_of(FILES, WORKERS);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    for (uint32_t worker = 0; worker < WORKERS; worker++)
        if (fork() == 0) {
            size_t count = 0;
            pv_slice slice;
            do {
                slice = pv_slices_take(&slices, worker, 3);
                count += slice.end - slice.at;
            } while (slice.end > slice.at);
            _exit(write(ends[1], &count, sizeof count) == sizeof count ? 0 : 1);
        }
    size_t sum = 0;
    for (uint32_t worker = 0; worker < WORKERS; worker++) {
        size_t count;
        assert_int_equal(read(ends[0], &count, sizeof count), sizeof count);
        sum += count;
    }
    while (wait(NULL) > 0) {
    }
    assert_int_equal(sum, FILES);
    for (size_t i = 0; i < FILES; i++)
        assert_true(pv_slices_taker(&slices, i) < WORKERS);
    close(ends[0]);
    close(ends[1]);
    pv_slices_clear(&slices);
}

static size_t handed_over(pv_region *region, pv_memory *memory, size_t size, bool *in_region) {
    pv_buf buf = pv_region_begin(region, memory);
    size_t at;
    pv_buf_append_repeat(&buf, 'x', size);
    *in_region = pv_region_hand_over(region, &buf, &at);
    if (*in_region) {
        pv_str seen = pv_region_see(region, at, buf.size);
        assert_ptr_equal(seen.data, buf.data);
        assert_int_equal(seen.size, size);
    }
    pv_buf_clear(&buf);
    return at;
}

/* What was joined makes room, so that little memory is touched however much is handed over. */
static void test_room_is_used_again(void **state) {
    enum { SIZE = 1000000 };
    (void)state;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_region region;
    bool in_region;
    pv_region_init(&region);
    size_t highest = 0;
    size_t before = SIZE_MAX;
    for (size_t i = 0; i < 1000; i++) { /* one always waits */
        size_t at = handed_over(&region, &memory, SIZE, &in_region);
        assert_true(in_region);
        assert_true(at + SIZE <= before || at >= before + SIZE || before == SIZE_MAX);
        before = at;
        highest = at > highest ? at : highest;
        if (i > 0)
            pv_region_give_back(&region);
    }
    assert_true(highest <= (size_t)4 * SIZE);
    pv_region_clear(&region);
    assert_int_equal(memory.used, 0);
}

static void test_what_finds_no_room_is_on_memory(void **state) {
    (void)state;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_region region;
    bool in_region;
    pv_region_init(&region);
    handed_over(&region, &memory, (size_t)65 << 20, &in_region); /* more than there is */
    assert_false(in_region);
    handed_over(&region, &memory, 0, &in_region); /* nothing */
    assert_false(in_region);
    for (size_t i = 0; i < PV_REGION_MOST_WAITING; i++) {
        handed_over(&region, &memory, 100, &in_region);
        assert_true(in_region);
    }
    handed_over(&region, &memory, 100, &in_region);
    assert_false(in_region);
    pv_region_give_back(&region);
    handed_over(&region, &memory, 100, &in_region);
    assert_true(in_region);
    pv_region_clear(&region);
    pv_region none = {0}; /* of a system that shares no memory */
    handed_over(&none, &memory, 100, &in_region);
    assert_false(in_region);
    assert_int_equal(memory.used, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files_are_taken_in_order),        cmocka_unit_test(test_who_took_a_file_is_known),
        cmocka_unit_test(test_processes_share_what_is_taken),   cmocka_unit_test(test_room_is_used_again),
        cmocka_unit_test(test_what_finds_no_room_is_on_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
