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

/* ---- synonyms: what leads to the same thing, and what to two ---- */

static size_t find_thing(arena_fixture *fixture, const pv_synonyms *synonyms, const char *text) {
    uint64_t key;
    assert_true(pv_synonym_key(fixture->arena, pv_str_from(text), &key, &fixture->error));
    return pv_synonyms_find(synonyms, key);
}

static const pv_synonym books[] = {
    {.text = {"Lent on", 7}, .thing = 0}, {.text = {"lent", 4}, .thing = 0}, {.text = {"LENT_ON", 7}, .thing = 0},
    {.text = {"#", 1}, .thing = 1},       {.text = {"%", 1}, .thing = 2},    {.text = {"Due-back", 8}, .thing = 3},
};

static void test_a_thing_is_found_by_each_of_its_names(void **state) {
    arena_fixture *fixture = *state;
    pv_synonyms synonyms;
    pv_synonym_clash clash;
    assert_true(pv_synonyms_index(&synonyms, fixture->arena, books, 6, &clash, &fixture->error));
    assert_false(clash.found);
    assert_int_equal(find_thing(fixture, &synonyms, "lent on"), 0);
    assert_int_equal(find_thing(fixture, &synonyms, " Lent  On "), 0);
    assert_int_equal(find_thing(fixture, &synonyms, "lent-on"), 0);
    assert_int_equal(find_thing(fixture, &synonyms, "Lent"), 0);
    assert_int_equal(find_thing(fixture, &synonyms, "due_back"), 3);
    assert_int_equal(find_thing(fixture, &synonyms, "#"), 1);
    assert_int_equal(find_thing(fixture, &synonyms, " % "), 2);
    assert_int_equal(find_thing(fixture, &synonyms, "lenton"), SIZE_MAX);
    assert_int_equal(find_thing(fixture, &synonyms, ""), SIZE_MAX);
    /* Each once, in the order given. */
    assert_int_equal(synonyms.count, 5);
    assert_str(synonyms.spellings[0], "Lent on");
    assert_str(synonyms.spellings[1], "lent");
    assert_str(synonyms.spellings[4], "Due-back");
}

static void test_two_things_of_one_name_clash(void **state) {
    arena_fixture *fixture = *state;
    static const pv_synonym list[] = {
        {.text = {"a", 1}, .thing = 0}, {.text = {"Due date", 8}, .thing = 1}, {.text = {"due-date", 8}, .thing = 2}};
    pv_synonyms synonyms;
    pv_synonym_clash clash;
    assert_true(pv_synonyms_index(&synonyms, fixture->arena, list, 3, &clash, &fixture->error));
    assert_true(clash.found);
    assert_int_equal(clash.earlier, 1);
    assert_int_equal(clash.later, 2);
}

static void test_there_may_be_no_synonyms(void **state) {
    arena_fixture *fixture = *state;
    pv_synonyms synonyms;
    pv_synonym_clash clash;
    assert_true(pv_synonyms_index(&synonyms, fixture->arena, NULL, 0, &clash, &fixture->error));
    assert_int_equal(find_thing(fixture, &synonyms, "a"), SIZE_MAX);
}

static bool index_books(pv_arena *arena, pv_error *error) {
    pv_synonyms synonyms;
    pv_synonym_clash clash;
    return pv_synonyms_index(&synonyms, arena, books, 6, &clash, error);
}

static void test_refused_memory_is_reported_of_synonyms(void **state) {
    (void)state;
    assert_survives_refused_memory(index_books);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_every_name_is_found_where_it_stands),
        arena_test(test_no_names),
        arena_test(test_the_first_repetition_is_told),
        cmocka_unit_test(test_refused_memory_is_reported),
        arena_test(test_a_thing_is_found_by_each_of_its_names),
        arena_test(test_two_things_of_one_name_clash),
        arena_test(test_there_may_be_no_synonyms),
        arena_test(test_refused_memory_is_reported_of_synonyms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
