/* Looking names up by hash: as right as walking the list, however many there are. */
#include "arena_fixture.h"

#include <stdio.h>

#include "model/names.h"

#define MANY 5000

/* "n0", "n1", … */
static pv_str *numbered_names(pv_arena *arena, size_t count) {
    pv_str *names = PV_NEW_ARRAY(arena, pv_str, count);
    assert_non_null(names);
    for (size_t i = 0; i < count; i++) {
        names[i] = pv_arena_format(arena, "n%zu", i);
        assert_non_null(names[i].data);
    }
    return names;
}

static void test_every_name_is_found_where_it_stands(void **state) {
    arena_fixture *fixture = *state;
    /* Just below, at and above where the table grows, and many. */
    static const size_t counts[] = {1, 2, 3, 4, 5, 8, 9, MANY};
    pv_str *list = numbered_names(fixture->arena, MANY + 1);
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        pv_names names;
        size_t repeated;
        assert_true(pv_names_index(&names, fixture->arena, list, counts[c], &repeated, &fixture->error));
        assert_int_equal(repeated, SIZE_MAX);
        for (size_t i = 0; i < counts[c]; i++)
            assert_int_equal(pv_names_find(&names, list[i]), i);
        assert_int_equal(pv_names_find(&names, list[counts[c]]), SIZE_MAX);
        assert_int_equal(pv_names_find(&names, PV_STR("")), SIZE_MAX);
        assert_int_equal(pv_names_find(&names, PV_STR("n")), SIZE_MAX);
        assert_int_equal(pv_names_find(&names, PV_STR("N0")), SIZE_MAX);
    }
}

static void test_no_names(void **state) {
    arena_fixture *fixture = *state;
    pv_names names = {0};
    assert_int_equal(pv_names_find(&names, PV_STR("n0")), SIZE_MAX);
    size_t repeated;
    assert_true(pv_names_index(&names, fixture->arena, NULL, 0, &repeated, &fixture->error));
    assert_int_equal(pv_names_find(&names, PV_STR("n0")), SIZE_MAX);
}

static void test_the_first_repetition_is_told(void **state) {
    arena_fixture *fixture = *state;
    const pv_str list[] = {PV_STR("a"), PV_STR("b"), PV_STR("c"), PV_STR("b"), PV_STR("a")};
    pv_names names;
    size_t repeated;
    assert_true(pv_names_index(&names, fixture->arena, list, 5, &repeated, &fixture->error));
    assert_int_equal(repeated, 3);
    assert_true(pv_names_index(&names, fixture->arena, list, 3, &repeated, &fixture->error));
    assert_int_equal(repeated, SIZE_MAX);
}

static bool index_names(pv_arena *arena, pv_error *error) {
    static const pv_str list[] = {PV_STR("a"), PV_STR("b")};
    pv_names names;
    size_t repeated;
    return pv_names_index(&names, arena, list, 2, &repeated, error);
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(index_names);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_every_name_is_found_where_it_stands),
        arena_test(test_no_names),
        arena_test(test_the_first_repetition_is_told),
        cmocka_unit_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
