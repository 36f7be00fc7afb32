/* array and set: what is added stays, is found again, and a refused addition changes nothing. */
#include "arena_fixture.h"

#include "base/array.h"
#include "base/hash.h"
#include "base/set.h"

#define MANY ((size_t)5000)

typedef PV_ARRAY(uint32_t) numbers;

static void an_array_keeps_its_order_as_it_grows(void **state) {
    arena_fixture *fixture = *state;
    numbers array = {0};
    for (uint32_t i = 0; i < MANY; i++) {
        uint32_t *added = PV_ARRAY_ADD(fixture->arena, &array);
        assert_non_null(added);
        assert_int_equal(*added, 0);
        *added = i;
    }
    assert_int_equal(array.count, MANY);
    for (uint32_t i = 0; i < MANY; i++)
        assert_int_equal(array.items[i], i);
}

static void a_refused_addition_leaves_the_array(void **state) {
    arena_fixture *fixture = *state;
    numbers array = {0};
    for (uint32_t i = 1; i <= 16; i++) {
        uint32_t *added = PV_ARRAY_ADD(fixture->arena, &array);
        assert_non_null(added);
        *added = i;
    }
    numbers before = array;
    fixture->memory.limit = fixture->memory.used;
    for (size_t i = array.count; i < array.capacity; i++)
        (void)PV_ARRAY_ADD(fixture->arena, &array);
    size_t full = array.count;
    while (PV_ARRAY_ADD(fixture->arena, &array)) /* what the arena has left */
        full = array.count;
    assert_int_equal(array.count, full);
    assert_int_equal(array.items[15], before.items[15]);
    fixture->memory.limit = SIZE_MAX;
    assert_non_null(PV_ARRAY_ADD(fixture->arena, &array));
    assert_int_equal(array.items[0], 1);
}

static bool is_name(const void *items, size_t position, const void *wanted) {
    const pv_str *names = items;
    return pv_str_equal(names[position], *(const pv_str *)wanted);
}

static uint64_t hash_of(pv_str name) {
    return pv_hash_continue(PV_HASH_SEED, name);
}

static pv_str *numbered_names(pv_arena *arena, size_t count) {
    pv_str *names = PV_NEW_ARRAY(arena, pv_str, count);
    assert_non_null(names);
    for (size_t i = 0; i < count; i++)
        names[i] = pv_arena_format(arena, "n%zu", i);
    return names;
}

static void holds_what_was_added(pv_set *set, pv_arena *arena, pv_error *error) {
    pv_str *names = numbered_names(arena, MANY);
    size_t at;
    assert_int_equal(pv_set_find(set, hash_of(names[0]), is_name, names, &names[0]), PV_SET_NONE);
    for (size_t i = 0; i < MANY; i++) {
        assert_true(pv_set_put(set, hash_of(names[i]), is_name, names, &names[i], i, &at, error));
        assert_int_equal(at, i);
    }
    for (size_t i = 0; i < MANY; i++) {
        assert_true(pv_set_put(set, hash_of(names[i]), is_name, names, &names[i], MANY + i, &at, error));
        assert_int_equal(at, i);
    }
    assert_int_equal(set->count, MANY);
    pv_str missing = PV_STR("n5000");
    assert_int_equal(pv_set_find(set, hash_of(missing), is_name, names, &missing), PV_SET_NONE);
    pv_set_clear(set);
    assert_int_equal(pv_set_find(set, hash_of(names[7]), is_name, names, &names[7]), PV_SET_NONE);
    assert_true(pv_set_put(set, hash_of(names[7]), is_name, names, &names[7], 7, &at, error));
    assert_int_equal(set->count, 1);
    pv_set_free(set);
    assert_int_equal(set->count, 0);
}

static void a_set_finds_every_entry_in_an_arena(void **state) {
    arena_fixture *fixture = *state;
    pv_set set = pv_set_in(fixture->arena);
    holds_what_was_added(&set, fixture->arena, &fixture->error);
}

static void a_set_finds_every_entry_on_an_account(void **state) {
    arena_fixture *fixture = *state;
    pv_memory own = pv_memory_with_limit(SIZE_MAX);
    pv_set set = pv_set_on(&own);
    holds_what_was_added(&set, fixture->arena, &fixture->error);
    assert_int_equal(own.used, 0);
}

static void a_reserved_set_needs_no_more_memory(void **state) {
    arena_fixture *fixture = *state;
    pv_memory own = pv_memory_with_limit(SIZE_MAX);
    pv_str *names = numbered_names(fixture->arena, MANY);
    pv_set set = pv_set_on(&own);
    assert_true(pv_set_reserve(&set, 300, &fixture->error));
    own.limit = own.used;
    for (size_t i = 0; i < 300; i++)
        assert_true(pv_set_add(&set, hash_of(names[i]), i, &fixture->error));
    size_t added = 300;
    while (pv_set_add(&set, hash_of(names[added]), added, &fixture->error))
        added++;
    assert_int_equal(fixture->error.code, PV_ERROR_MEMORY);
    assert_int_equal(set.count, added);
    for (size_t i = 0; i < added; i++)
        assert_int_equal(pv_set_find(&set, hash_of(names[i]), is_name, names, &names[i]), i);
    pv_set_free(&set);
    assert_int_equal(own.used, 0);
}

/* Entries of one hash, as a hostile text may hold: they are told apart, and refused before they cost too much. */
static void colliding_keys_are_refused_in_time(void **state) {
    arena_fixture *fixture = *state;
    pv_memory own = pv_memory_with_limit(SIZE_MAX);
    pv_str *names = numbered_names(fixture->arena, PV_SET_STEPS + 1);
    pv_set set = pv_set_on(&own);
    size_t at;
    for (size_t i = 0; i < PV_SET_STEPS; i++) {
        assert_true(pv_set_put(&set, 42, is_name, names, &names[i], i, &at, &fixture->error));
        assert_int_equal(at, i);
    }
    size_t last = PV_SET_STEPS;
    assert_false(pv_set_put(&set, 42, is_name, names, &names[last], last, &at, &fixture->error));
    assert_int_equal(fixture->error.code, PV_ERROR_LIMIT);
    assert_int_equal(set.count, PV_SET_STEPS);
    assert_int_equal(pv_set_find(&set, 42, is_name, names, &names[last - 1]), last - 1);
    pv_set_free(&set);
    assert_int_equal(own.used, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(an_array_keeps_its_order_as_it_grows), arena_test(a_refused_addition_leaves_the_array),
        arena_test(a_set_finds_every_entry_in_an_arena),  arena_test(a_set_finds_every_entry_on_an_account),
        arena_test(a_reserved_set_needs_no_more_memory),  arena_test(colliding_keys_are_refused_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
