/* An arena with its account for each test, and the proof that a finder survives every refused allocation. */
#ifndef PV_TESTS_ARENA_FIXTURE_H
#define PV_TESTS_ARENA_FIXTURE_H

#include "torture.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/error.h"

typedef struct arena_fixture {
    pv_memory memory;
    pv_arena *arena;
    pv_error error;
} arena_fixture;

static inline int arena_setup(void **state) {
    arena_fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture->memory = pv_memory_with_limit(SIZE_MAX);
    fixture->arena = pv_arena_new(&fixture->memory);
    assert_non_null(fixture->arena);
    *state = fixture;
    return 0;
}

static inline int arena_teardown(void **state) {
    arena_fixture *fixture = *state;
    pv_arena_free(fixture->arena);
    size_t leaked = fixture->memory.used;
    free(fixture);
    return leaked == 0 ? 0 : -1;
}

/* count times unit, in arena. */
static inline pv_str repeated(pv_arena *arena, const char *unit, size_t count) {
    pv_str one = pv_str_from(unit);
    char *text = pv_arena_alloc(arena, one.size * count + 1);
    assert_non_null(text);
    for (size_t i = 0; i < one.size * count; i++)
        text[i] = one.data[i % one.size];
    return (pv_str){text, one.size * count};
}

/* Runs operation with its first, second, … allocation refused, until it needs no more: each time it must report memory
 * and leave nothing allocated outside the arena. */
static inline void assert_survives_refused_memory(bool (*operation)(pv_arena *, pv_error *)) {
    bool refused = true;
    for (size_t request = 1; refused; request++) {
        pv_memory memory = pv_memory_with_limit(SIZE_MAX);
        pv_arena *arena = pv_arena_new(&memory);
        assert_non_null(arena);
        pv_error error = {0};
        memory.fail_after = request;
        bool succeeded = operation(arena, &error);
        refused = memory.fail_after == 0;
        assert_true(succeeded != refused);
        assert_int_equal(error.code, refused ? PV_ERROR_MEMORY : PV_OK);
        assert_true(refused || request > 1); /* the operation does allocate */
        pv_arena_free(arena);
        assert_int_equal(memory.used, 0);
    }
}

#define arena_test(function) cmocka_unit_test_setup_teardown(function, arena_setup, arena_teardown)

#endif
