#include "arena_fixture.h"

#include "text/similarity.h"

static pv_shingles *shingles_of(arena_fixture *fixture, pv_str text, pv_token_list *tokens) {
    pv_shingles *shingles;
    assert_true(pv_tokens_find(fixture->arena, text, tokens, &fixture->error));
    assert_true(pv_shingles_build(&shingles, fixture->arena, tokens, &fixture->error));
    return shingles;
}

static pv_similarity measure(arena_fixture *fixture, pv_str a, pv_str b) {
    pv_token_list first, second;
    pv_similarity similarity;
    assert_true(pv_similarity_measure(fixture->arena, shingles_of(fixture, a, &first), shingles_of(fixture, b, &second),
                                      &similarity, &fixture->error));
    return similarity;
}

static const struct {
    const char *first;
    const char *second;
    size_t shingles; /* of the first */
    size_t shared;
    size_t run_tokens;
    const char *run_first;
    const char *run_second;
} cases[] = {
    /* 123 234 345 against 012 123 234 346 */
    {"One two three four five", "zero one, two-three FOUR six", 3, 2, 4, "One two three four", "one, two-three FOUR"},
    {"a b a b a b", "b a b", 2, 1, 3, "b a b", "b a b"}, /* aba and bab, each once */
    {"the same text", "the same text", 1, 1, 3, "the same text", "the same text"},
    {"the plan of a county", "county, plan of whom", 3, 0, 2, "plan of", "plan of"}, /* a run below a shingle */
    {"plan", "a plan", 0, 0, 1, "plan", "plan"},
    {"nothing in common here", "all of it differs", 2, 0, 0, "", ""},
    {"", "some words and more", 0, 0, 0, "", ""},
    {"", "", 0, 0, 0, "", ""},
    /* all three shingles are shared, but no run is longer than them */
    {"a b c d", "b c d x a b c", 2, 2, 3, "a b c", "a b c"},
    /* of two runs equally long, the first in the text with fewer tokens, at its first place in the other */
    {"x y q z w", "z w r x y s x y", 3, 0, 2, "x y", "x y"},
    /* as many tokens in both: the smaller hash at the first difference decides, and a has the smaller one */
    {"a y q z w", "z w r a y", 3, 0, 2, "a y", "a y"},
};

static void measures_both_ways(void **state) {
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pv_str a = pv_str_from(cases[i].first), b = pv_str_from(cases[i].second);
        pv_similarity there = measure(fixture, a, b);
        pv_similarity back = measure(fixture, b, a);
        assert_int_equal(there.shingles, cases[i].shingles);
        assert_int_equal(there.shared, cases[i].shared);
        assert_int_equal(there.run_tokens, cases[i].run_tokens);
        assert_str(pv_str_slice(a, there.run_first.start, there.run_first.end), cases[i].run_first);
        assert_str(pv_str_slice(b, there.run_second.start, there.run_second.end), cases[i].run_second);
        assert_int_equal(back.shared, there.shared);
        assert_int_equal(back.run_tokens, there.run_tokens);
        assert_memory_equal(&back.run_first, &there.run_second, sizeof(pv_span));
        assert_memory_equal(&back.run_second, &there.run_first, sizeof(pv_span));
    }
}

static void takes_the_earliest_of_equal_runs(void **state) {
    pv_similarity similarity = measure(*state, PV_STR("x y q z w"), PV_STR("z w r x y s x y"));
    assert_int_equal(similarity.run_first.start, 0);
    assert_int_equal(similarity.run_second.start, 6); /* not 12 */
}

/* The slow definition of the longest common run: every pair of places. */
static size_t slow_run(const pv_token_list *a, const pv_token_list *b) {
    size_t longest = 0;
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++) {
            size_t length = 0;
            while (i + length < a->count && j + length < b->count &&
                   a->tokens[i + length].hash == b->tokens[j + length].hash)
                length++;
            longest = length > longest ? length : longest;
        }
    return longest;
}

static bool has_shingle(const pv_token_list *list, const pv_token *shingle, size_t before) {
    for (size_t i = 0; i + PV_SHINGLE_TOKENS <= list->count && i < before; i++)
        if (list->tokens[i].hash == shingle[0].hash && list->tokens[i + 1].hash == shingle[1].hash &&
            list->tokens[i + 2].hash == shingle[2].hash)
            return true;
    return false;
}

static size_t slow_shared(const pv_token_list *a, const pv_token_list *b) {
    size_t shared = 0;
    for (size_t i = 0; i + PV_SHINGLE_TOKENS <= a->count; i++)
        shared += !has_shingle(a, a->tokens + i, i) && has_shingle(b, a->tokens + i, SIZE_MAX);
    return shared;
}

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

/* Up to 30 tokens of a small alphabet, so that runs repeat and overlap. */
static pv_str random_text(arena_fixture *fixture, uint32_t *seed, uint32_t alphabet) {
    size_t tokens = next_random(seed) % 31;
    char *text = pv_arena_alloc(fixture->arena, 2 * tokens + 1);
    for (size_t i = 0; i < tokens; i++) {
        text[2 * i] = (char)('a' + next_random(seed) % alphabet);
        text[2 * i + 1] = ' ';
    }
    return (pv_str){text, 2 * tokens};
}

static void agrees_with_the_slow_definition(void **state) {
    arena_fixture *fixture = *state;
    uint32_t seed = 1;
    for (size_t round = 0; round < 2000; round++) {
        pv_str a = random_text(fixture, &seed, 2 + (uint32_t)round % 4);
        pv_str b = random_text(fixture, &seed, 2 + (uint32_t)round % 4);
        pv_token_list first, second;
        pv_similarity similarity;
        assert_true(pv_similarity_measure(fixture->arena, shingles_of(fixture, a, &first),
                                          shingles_of(fixture, b, &second), &similarity, &fixture->error));
        assert_int_equal(similarity.run_tokens, slow_run(&first, &second));
        assert_int_equal(similarity.shared, slow_shared(&first, &second));
        assert_int_equal(similarity.shingles, slow_shared(&first, &first));
        pv_str run = pv_str_slice(a, similarity.run_first.start, similarity.run_first.end);
        assert_true(pv_str_equal(run, pv_str_slice(b, similarity.run_second.start, similarity.run_second.end)));
        assert_int_equal((run.size + 1) / 2, similarity.run_tokens);
        pv_arena_clear(fixture->arena);
    }
}

/* A quadratic search would take 4 * 10^10 steps. */
static void stays_fast_on_long_texts(void **state) {
    arena_fixture *fixture = *state;
    pv_str all_equal = repeated(fixture->arena, "a ", 200000);
    pv_str alternating = repeated(fixture->arena, "a b ", 100000);
    assert_int_equal(measure(fixture, all_equal, all_equal).run_tokens, 200000);
    assert_int_equal(measure(fixture, all_equal, alternating).run_tokens, 1);
    assert_int_equal(measure(fixture, alternating, alternating).shared, 2);
}

static bool build_and_measure(pv_arena *arena, pv_error *error) {
    pv_token_list tokens;
    pv_shingles *a, *b;
    pv_similarity similarity;
    return pv_tokens_find(arena, PV_STR("one two three four"), &tokens, error) &&
           pv_shingles_build(&a, arena, &tokens, error) && pv_shingles_build(&b, arena, &tokens, error) &&
           pv_similarity_measure(arena, a, b, &similarity, error);
}

static void reports_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(build_and_measure);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(measures_both_ways),
        arena_test(takes_the_earliest_of_equal_runs),
        arena_test(agrees_with_the_slow_definition),
        arena_test(stays_fast_on_long_texts),
        cmocka_unit_test(reports_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
