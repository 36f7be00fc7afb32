/* Synonyms: what leads to the same thing, and what to two. */
#include "arena_fixture.h"

#include "model/names.h"

static size_t find(arena_fixture *fixture, const pv_synonyms *synonyms, const char *text) {
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
    assert_int_equal(find(fixture, &synonyms, "lent on"), 0);
    assert_int_equal(find(fixture, &synonyms, " Lent  On "), 0);
    assert_int_equal(find(fixture, &synonyms, "lent-on"), 0);
    assert_int_equal(find(fixture, &synonyms, "Lent"), 0);
    assert_int_equal(find(fixture, &synonyms, "due_back"), 3);
    assert_int_equal(find(fixture, &synonyms, "#"), 1);
    assert_int_equal(find(fixture, &synonyms, " % "), 2);
    assert_int_equal(find(fixture, &synonyms, "lenton"), SIZE_MAX);
    assert_int_equal(find(fixture, &synonyms, ""), SIZE_MAX);
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

static void test_there_may_be_none(void **state) {
    arena_fixture *fixture = *state;
    pv_synonyms synonyms;
    pv_synonym_clash clash;
    assert_true(pv_synonyms_index(&synonyms, fixture->arena, NULL, 0, &clash, &fixture->error));
    assert_int_equal(find(fixture, &synonyms, "a"), SIZE_MAX);
}

static bool index_books(pv_arena *arena, pv_error *error) {
    pv_synonyms synonyms;
    pv_synonym_clash clash;
    return pv_synonyms_index(&synonyms, arena, books, 6, &clash, error);
}

static void test_refused_memory_is_reported(void **state) {
    (void)state;
    assert_survives_refused_memory(index_books);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_a_thing_is_found_by_each_of_its_names),
        arena_test(test_two_things_of_one_name_clash),
        arena_test(test_there_may_be_none),
        arena_test(test_refused_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
