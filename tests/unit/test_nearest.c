#include "arena_fixture.h"

#include "text/similarity.h"

#define MOST_TEXTS 6

/* NULL text: one to be passed over. shared 0: nothing before it is alike. */
static const struct {
    const char *texts[MOST_TEXTS];
    size_t count;
    pv_nearest expected[MOST_TEXTS];
} cases[] = {
    {{NULL}, 0, {{0, 0}}},
    {{"one two three"}, 1, {{0, 0}}},
    /* The second shares "a b c"; the third that and "b c d" with the first, more than with the second. */
    {{"a b c d", "x a b c", "a b c d e"}, 3, {{0, 0}, {0, 1}, {0, 2}}},
    /* Of two that share as much, the earlier. */
    {{"a b c", "a b c", "a b c"}, 3, {{0, 0}, {0, 1}, {0, 1}}},
    /* A shingle that a text repeats counts once. */
    {{"a b c a b c", "d a b c", "a b c a b c"}, 3, {{0, 0}, {0, 1}, {0, 3}}},
    /* The latest may be the nearest; what is passed over keeps its number. */
    {{"a b c", NULL, "a b c d e", "b c d e"}, 4, {{0, 0}, {0, 0}, {0, 1}, {2, 2}}},
    /* Too short for a shingle, empty, and later texts do not count. */
    {{"a b", "", "a b c", "a b"}, 4, {{0, 0}, {0, 0}, {0, 0}, {0, 0}}},
};

static const pv_shingles *shingles_of(arena_fixture *fixture, const char *text) {
    pv_token_list *tokens = PV_NEW(fixture->arena, pv_token_list);
    pv_shingles *shingles;
    if (!text)
        return NULL;
    assert_true(pv_tokens_find(fixture->arena, pv_str_from(text), tokens, &fixture->error));
    assert_true(pv_shingles_build(&shingles, fixture->arena, tokens, &fixture->error));
    return shingles;
}

static void finds_the_nearest_earlier_text(void **state) {
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const pv_shingles *texts[MOST_TEXTS];
        pv_nearest *nearest;
        for (size_t t = 0; t < cases[i].count; t++)
            texts[t] = shingles_of(fixture, cases[i].texts[t]);
        assert_true(pv_nearest_earlier(&nearest, fixture->arena, texts, cases[i].count, &fixture->error));
        for (size_t t = 0; t < cases[i].count; t++) {
            assert_int_equal(nearest[t].shared, cases[i].expected[t].shared);
            if (nearest[t].shared > 0)
                assert_int_equal(nearest[t].text, cases[i].expected[t].text);
        }
    }
}

/* Texts over a vocabulary so small that many shingles meet: every count must be that of the comparison by pairs. */
static void agrees_with_comparing_every_pair(void **state) {
    enum { TEXTS = 40, WORDS = 60 };
    arena_fixture *fixture = *state;
    const pv_shingles *texts[TEXTS];
    unsigned chosen = 1;
    for (size_t t = 0; t < TEXTS; t++) {
        char text[2 * WORDS + 1];
        for (size_t w = 0; w < WORDS; w++) {
            chosen = chosen * 1103515245U + 12345U;
            text[2 * w] = (char)('a' + (chosen >> 16) % 8);
            text[2 * w + 1] = ' ';
        }
        text[2 * WORDS] = '\0';
        pv_str kept = pv_arena_copy(fixture->arena, pv_str_from(text));
        texts[t] = shingles_of(fixture, kept.data);
    }
    pv_nearest *nearest;
    assert_true(pv_nearest_earlier(&nearest, fixture->arena, texts, TEXTS, &fixture->error));
    for (size_t t = 0; t < TEXTS; t++) {
        pv_nearest expected = {0};
        for (size_t earlier = 0; earlier < t; earlier++) {
            pv_similarity alike;
            pv_shingles_compare(texts[t], texts[earlier], &alike);
            if (alike.shared > expected.shared)
                expected = (pv_nearest){earlier, alike.shared};
        }
        assert_int_equal(nearest[t].shared, expected.shared);
        assert_int_equal(nearest[t].text, expected.text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_the_nearest_earlier_text, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(agrees_with_comparing_every_pair, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
