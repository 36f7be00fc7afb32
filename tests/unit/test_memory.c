/* memory, arena and buf: what they promise when a request is refused. */
#include "torture.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

static void counts_and_refuses(void **state) {
    (void)state;
    pv_memory memory = pv_memory_with_limit(100);
    void *block = pv_memory_resize(&memory, NULL, 0, 60);
    assert_non_null(block);
    assert_null(pv_memory_resize(&memory, NULL, 0, 41));
    assert_int_equal(memory.used, 60);
    block = pv_memory_resize(&memory, block, 60, 100);
    assert_non_null(block);
    block = pv_memory_resize(&memory, block, 100, 10);
    assert_int_equal(memory.used, 10);
    assert_int_equal(memory.peak, 100);
    pv_memory_free(&memory, block, 10);
    assert_int_equal(memory.used, 0);
}

static void fails_the_nth_request_once(void **state) {
    (void)state;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    memory.fail_after = 2;
    void *first = pv_memory_new(&memory, 8);
    assert_non_null(first);
    assert_null(pv_memory_new(&memory, 8));
    void *third = pv_memory_new(&memory, 8);
    assert_non_null(third);
    pv_memory_free(&memory, first, 8);
    pv_memory_free(&memory, third, 8);
}

static void arena_gives_zeroed_aligned_memory(void **state) {
    (void)state;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    for (size_t size = 0; size < 5000; size += 7) {
        unsigned char *bytes = pv_arena_alloc(arena, size);
        assert_non_null(bytes);
        assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xFF, size);
    }
    /* Reused memory is zeroed again. */
    pv_arena_clear(arena);
    unsigned char *bytes = pv_arena_alloc(arena, 4000);
    for (size_t i = 0; i < 4000; i++)
        assert_int_equal(bytes[i], 0);
    assert_null(pv_arena_array(arena, SIZE_MAX / 4, 8));
    pv_arena_free(arena);
    assert_int_equal(memory.used, 0);
}

/* What was there stays, what came after goes, and what comes then is zeroed. */
static void an_arena_goes_back_to_where_it_was(void **state) {
    (void)state;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    for (size_t before = 0; before < 5; before++) {
        for (size_t i = 0; i < before; i++)
            assert_non_null(pv_arena_alloc(arena, 7000));
        pv_str kept = pv_arena_copy(arena, PV_STR("kept"));
        pv_arena_place place = pv_arena_here(arena);
        size_t used = memory.used;
        for (size_t size = 1; size < 100000; size *= 3)
            memset(pv_arena_room(arena, size), 0xFF, size);
        pv_arena_back_to(arena, place);
        assert_int_equal(memory.used, used);
        assert_str(kept, "kept");
        unsigned char *bytes = pv_arena_alloc(arena, 3000);
        for (size_t i = 0; i < 3000; i++)
            assert_int_equal(bytes[i], 0);
    }
    pv_arena_clear(arena);
    pv_arena_place empty = pv_arena_here(arena);
    assert_non_null(pv_arena_alloc(arena, 100));
    pv_arena_back_to(arena, empty);
    pv_arena_free(arena);
    assert_int_equal(memory.used, 0);
}

static void arena_formats_and_copies(void **state) {
    (void)state;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_str text = pv_arena_format(arena, "%d of %s", 18, "95");
    assert_str(text, "18 of 95");
    assert_int_equal(text.data[text.size], '\0');
    assert_str(pv_arena_copy(arena, (pv_str){NULL, 0}), "");
    memory.limit = memory.used;
    assert_null(pv_arena_alloc(arena, (size_t)1 << 20));
    pv_arena_free(arena);
}

static void buf_failure_is_sticky(void **state) {
    (void)state;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_buf buf = pv_buf_on(&memory);
    pv_buf_append_text(&buf, "count ");
    pv_buf_append_unsigned(&buf, UINT64_MAX);
    assert_str(pv_buf_str(&buf), "count 18446744073709551615");
    memory.limit = memory.used;
    pv_buf_append_repeat(&buf, 'x', 1000);
    assert_true(buf.failed);
    memory.limit = SIZE_MAX;
    pv_buf_append_char(&buf, 'y');
    assert_str(pv_buf_str(&buf), "count 18446744073709551615");
    pv_buf_clear(&buf);
    assert_false(buf.failed);
    assert_int_equal(memory.used, 0);
}

static void buf_grows_by_any_amount(void **state) {
    (void)state;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_buf buf = pv_buf_on(&memory);
    for (size_t i = 0; i < 1000; i++) {
        pv_buf_append_repeat(&buf, 'a', i);
        assert_int_equal(buf.data[buf.size], '\0');
    }
    assert_int_equal(buf.size, 999 * 1000 / 2);
    pv_buf_clear(&buf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_and_refuses),
        cmocka_unit_test(fails_the_nth_request_once),
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(an_arena_goes_back_to_where_it_was),
        cmocka_unit_test(arena_formats_and_copies),
        cmocka_unit_test(buf_failure_is_sticky),
        cmocka_unit_test(buf_grows_by_any_amount),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
