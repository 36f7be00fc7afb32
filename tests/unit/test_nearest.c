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

enum { TEXTS = 40, WORDS = 60 };

/* Texts over a vocabulary so small that many shingles meet. */
static void make_texts(arena_fixture *fixture, unsigned letters, const pv_shingles *texts[TEXTS]) {
    unsigned chosen = letters;
    for (size_t t = 0; t < TEXTS; t++) {
        char text[2 * WORDS + 1];
        for (size_t w = 0; w < WORDS; w++) {
            chosen = chosen * 1103515245U + 12345U;
            text[2 * w] = (char)('a' + (chosen >> 16) % letters);
            text[2 * w + 1] = ' ';
        }
        text[2 * (chosen >> 20) % (2 * WORDS)] = '\0'; /* some are short, or empty */
        pv_str kept = pv_arena_copy(fixture->arena, pv_str_from(text));
        texts[t] = shingles_of(fixture, kept.data);
    }
}

/* Every count must be that of the comparison by pairs. */
static void agrees_with_comparing_every_pair(void **state) {
    arena_fixture *fixture = *state;
    const pv_shingles *texts[TEXTS];
    make_texts(fixture, 8, texts);
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

/* ---- copies ---- */

static bool is_copy(arena_fixture *fixture, const pv_shingles *text, const pv_shingles *other,
                    const pv_copy_bounds *bounds) {
    pv_similarity alike;
    if (!other)
        return false;
    assert_true(pv_similarity_measure(fixture->arena, text, other, &alike, &fixture->error));
    const pv_decimal share = {alike.shingles > 0 ? (int64_t)(alike.shared * 10000 / alike.shingles) : 0, 2};
    return pv_decimal_compare(share, bounds->share) >= 0 || (bounds->run > 0 && alike.run_tokens >= bounds->run);
}

static size_t first_by_pairs(arena_fixture *fixture, const pv_shingles *const *texts, size_t text, size_t before,
                             const pv_copy_bounds *bounds) {
    for (size_t other = 0; other < before; other++)
        if (is_copy(fixture, texts[text], texts[other], bounds))
            return other;
    return before;
}

static void assert_first(arena_fixture *fixture, pv_copies *copies, const pv_shingles *const *texts, size_t text,
                         size_t before, const pv_copy_bounds *bounds) {
    size_t first;
    size_t work;
    assert_true(pv_copies_first(copies, texts[text], before, bounds, fixture->arena, &first, &work, &fixture->error));
    assert_int_equal(first, first_by_pairs(fixture, texts, text, before, bounds));
}

/* Asked before a text is added, and of fewer texts once all are. */
static void finds_the_first_copied_text(void **state) {
    static const pv_copy_bounds bounds[] = {{{10, 0}, 0}, {{30, 0}, 0}, {{3333, 2}, 6},   {{60, 0}, 8},
                                            {{99, 0}, 3}, {{90, 0}, 5}, {{100, 0}, 1000}, {{1, 2}, 0}};
    arena_fixture *fixture = *state;
    for (unsigned letters = 2; letters < 9; letters++)
        for (size_t b = 0; b < sizeof bounds / sizeof *bounds; b++) {
            const pv_shingles *texts[TEXTS];
            pv_copies *copies;
            make_texts(fixture, letters, texts);
            assert_true(pv_copies_new(&copies, fixture->arena, &fixture->error));
            for (size_t t = 0; t < TEXTS; t++) {
                assert_first(fixture, copies, texts, t, t, &bounds[b]);
                const bool passed_over = t % 7 == 3;
                assert_true(pv_copies_add(copies, passed_over ? NULL : texts[t], &fixture->error));
                texts[t] = passed_over ? shingles_of(fixture, "") : texts[t];
            }
            assert_int_equal(pv_copies_count(copies), TEXTS);
            for (size_t t = 0; t < TEXTS; t++)
                assert_first(fixture, copies, texts, t, t / 2, &bounds[b]);
        }
}

/* That a run is ruled out is never wrong, and tells most pairs without one. */
static void rules_out_runs(void **state) {
    arena_fixture *fixture = *state;
    const pv_shingles *texts[TEXTS];
    size_t ruled_out = 0;
    make_texts(fixture, 4, texts);
    for (size_t a = 0; a < TEXTS; a++)
        for (size_t b = 0; b < TEXTS; b++) {
            pv_similarity alike;
            assert_true(pv_similarity_measure(fixture->arena, texts[a], texts[b], &alike, &fixture->error));
            for (size_t run = 0; run <= alike.run_tokens; run++)
                assert_true(pv_shingles_may_share_run(texts[a], texts[b], run));
            ruled_out += !pv_shingles_may_share_run(texts[a], texts[b], 20);
        }
    assert_true(ruled_out > TEXTS * TEXTS / 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_the_nearest_earlier_text, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(agrees_with_comparing_every_pair, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(finds_the_first_copied_text, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(rules_out_runs, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
