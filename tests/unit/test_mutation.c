/* Changes of a form's text, and making one. */
#include "arena_fixture.h"

#include "run/mutation.h"

/* Rules read every key but these. */
static bool is_read(void *payload, pv_str key) {
    (void)payload;
    return !pv_str_equal(key, PV_STR("title")) && !pv_str_equal(key, PV_STR("id"));
}

static pv_mutations mutations_of(arena_fixture *fixture, const char *text) {
    pv_mutations all = {.arena = fixture->arena};
    assert_true(pv_mutations_of_form(&all, 1, pv_str_from(text), is_read, NULL, &fixture->error));
    return all;
}

/* The text after each mutation in turn. */
static void assert_mutants(arena_fixture *fixture, const char *text, const char *const *expected, size_t count) {
    pv_mutations all = mutations_of(fixture, text);
    assert_int_equal(all.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(all.items[i].file, 1);
        assert_str(pv_mutation_apply(&all.items[i], pv_str_from(text), fixture->arena), expected[i]);
    }
}

#define ASSERT_MUTANTS(state, text, ...)                                                                               \
    do {                                                                                                               \
        const char *const expected_[] = {__VA_ARGS__};                                                                 \
        assert_mutants(state, text, expected_, sizeof expected_ / sizeof *expected_);                                  \
    } while (0)

static void test_numbers_move_by_one(void **state) {
    ASSERT_MUTANTS(*state, "limit: 100\n", "limit: 101\n", "limit: 99\n");
    ASSERT_MUTANTS(*state, "share: 20%  # of all\n", "share: 21%  # of all\n", "share: 19%  # of all\n");
    ASSERT_MUTANTS(*state, "share: 0.5%\n", "share: 1.5%\n"); /* no number below nought */
    ASSERT_MUTANTS(*state, "- { points: 9, title: x }\n", "- { points: 10, title: x }\n",
                   "- { points: 8, title: x }\n");
}

static void test_flags_turn(void **state) {
    ASSERT_MUTANTS(*state, "optional: true", "optional: false");
}

static void test_elements_of_lists_become_unknown(void **state) {
    ASSERT_MUTANTS(*state, "parts: [a b, \"c\"]\n", "parts: [zzz, \"c\"]\n", "parts: [a b, \"zzz\"]\n");
    ASSERT_MUTANTS(*state, "  parts:\n    - one\n    - two # second\n  title: x\n",
                   "  parts:\n    - zzz\n    - two # second\n  title: x\n",
                   "  parts:\n    - one\n    - zzz # second\n  title: x\n");
}

static void test_names_texts_and_what_no_rule_reads_stay(void **state) {
    assert_int_equal(mutations_of(*state, "title: 5\nid: 1.1\n").count, 0);
    assert_int_equal(mutations_of(*state, "label: five\nversion: 1.2-3\n# limit: 5\n").count, 0);
    assert_int_equal(mutations_of(*state, "items:\n  - { id: 1 }\n  - id: 2\n").count, 0);
    assert_int_equal(mutations_of(*state, "").count, 0);
    assert_int_equal(mutations_of(*state, "limit: 99999999999999999999999\n").count, 0);
}

static void test_only_the_aliases_in_tables_are_read_by_rules(void **state) {
    assert_int_equal(mutations_of(*state, "records:\n  a:\n    aliases: [b]\n").count, 0);
    ASSERT_MUTANTS(*state, "tables:\n  t:\n    rows:\n      - aliases: [d]\n",
                   "tables:\n  t:\n    rows:\n      - aliases: [zzz]\n");
}

static bool find_once(pv_arena *arena, pv_error *error) {
    pv_mutations all = {.arena = arena};
    return pv_mutations_of_form(&all, 0, PV_STR("limit: 5\nparts: [a]\n"), is_read, NULL, error);
}

static void test_every_refused_allocation_is_an_error(void **state) {
    (void)state;
    assert_survives_refused_memory(find_once);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_numbers_move_by_one),
        arena_test(test_flags_turn),
        arena_test(test_elements_of_lists_become_unknown),
        arena_test(test_names_texts_and_what_no_rule_reads_stay),
        arena_test(test_only_the_aliases_in_tables_are_read_by_rules),
        cmocka_unit_test(test_every_refused_allocation_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
