/* Changes of a form's text, and making one. */
#include "document_fixture.h"

#include "run/mutation.h"

/* Rules read every key but these. */
static bool is_read(void *payload, pv_str key) {
    (void)payload;
    return !pv_str_equal(key, PV_STR("title")) && !pv_str_equal(key, PV_STR("id"));
}

static pv_mutations mutations_of(arena_fixture *fixture, const char *text) {
    pv_mutations all = {.arena = fixture->arena};
    assert_true(pv_mutations_of_form(&all, 1, document_of(fixture, text), is_read, NULL, &fixture->error));
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
    assert_int_equal(mutations_of(*state, "measures: [1.2.6, 1.2.10]\nkey: [a, b]\n").count, 0);
    assert_int_equal(mutations_of(*state, "year: \"2022\"\nnote: |\n  5\n").count, 0);
    assert_int_equal(mutations_of(*state, "limit: 99999999999999999999999\n").count, 0);
}

static void test_days_move_by_one(void **state) {
    ASSERT_MUTANTS(*state, "first: 2024-03-01\n", "first: 2024-03-02\n", "first: 2024-02-29\n");
    ASSERT_MUTANTS(*state, "first: \"2024-12-31\" # last\n", "first: \"2025-01-01\" # last\n",
                   "first: \"2024-12-30\" # last\n");
    ASSERT_MUTANTS(*state, "days: [2024-01-02, x]\n", "days: [2024-01-03, x]\n", "days: [2024-01-01, x]\n",
                   "days: [2024-01-02, zzz]\n");
    assert_int_equal(mutations_of(*state, "first: 2023-02-29\n").count, 0);
}

/* Rules read nothing of these: a day is a condition of its own, but for one of many in a table. */
static bool is_never_read(void *payload, pv_str key) {
    (void)payload;
    (void)key;
    return false;
}

static void test_days_of_conditions_are_judged_without_rules(void **state) {
    arena_fixture *fixture = *state;
    pv_mutations all = {.arena = fixture->arena};
    const pv_document *form = document_of(fixture, "fields:\n  born: { low: 2000-01-01, high: 9 }\n"
                                                   "tables:\n  t:\n    rows: [{ day: 2024-01-01 }]\n");
    assert_true(pv_mutations_of_form(&all, 0, form, is_never_read, NULL, &fixture->error));
    assert_int_equal(all.count, 2);
}

static void test_quoted_elements_are_changed_whole(void **state) {
    ASSERT_MUTANTS(*state, "parts: [\"33 Music, Drama, Dance\", 'it''s, b', c]\n", "parts: [\"zzz\", 'it''s, b', c]\n",
                   "parts: [\"33 Music, Drama, Dance\", 'zzz', c]\n",
                   "parts: [\"33 Music, Drama, Dance\", 'it''s, b', zzz]\n");
    ASSERT_MUTANTS(*state, "parts:\n  - \"a # b\"\n  - c,\n    d\n", "parts:\n  - \"zzz\"\n  - c,\n    d\n",
                   "parts:\n  - \"a # b\"\n  - zzz\n");
    ASSERT_MUTANTS(*state, "- { parts: [\"a}, b\"], limit: 7 }\n", "- { parts: [\"zzz\"], limit: 7 }\n",
                   "- { parts: [\"a}, b\"], limit: 8 }\n", "- { parts: [\"a}, b\"], limit: 6 }\n");
}

static void test_only_the_aliases_in_tables_are_read_by_rules(void **state) {
    assert_int_equal(mutations_of(*state, "records:\n  a:\n    aliases: [b]\n").count, 0);
    ASSERT_MUTANTS(*state, "tables:\n  t:\n    rows:\n      - aliases: [d]\n",
                   "tables:\n  t:\n    rows:\n      - aliases: [zzz]\n");
}

static bool find_once(pv_arena *arena, pv_error *error) {
    pv_mutations all = {.arena = arena};
    pv_document *form;
    return try_document(&form, arena, "limit: 5\nparts: [a]\nfirst: 2024-01-01\n", error) &&
           pv_mutations_of_form(&all, 0, form, is_read, NULL, error);
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
        arena_test(test_days_move_by_one),
        arena_test(test_days_of_conditions_are_judged_without_rules),
        arena_test(test_quoted_elements_are_changed_whole),
        arena_test(test_only_the_aliases_in_tables_are_read_by_rules),
        cmocka_unit_test(test_every_refused_allocation_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
