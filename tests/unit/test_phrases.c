#include "arena_fixture.h"

#include "base/buf.h"
#include "text/phrases.h"

#define MOST_PHRASES 4

/* The matches wanted, as "phrase:bytes" with "|" between them. */
static const struct {
    const char *phrases[MOST_PHRASES];
    const char *text;
    const char *matches;
} cases[] = {
    {{"quarterly", "every quarter"}, "At least quarterly; every  quarter!", "0:quarterly|1:every  quarter"},
    {{"hard to reach"}, "the hard-to-reach population", "0:hard-to-reach"},
    {{"county"}, "Counties and county-wide, in L.A. County.", "0:county|0:County"}, /* whole tokens */
    /* the longest at a token, then on after it */
    {{"county", "county behavioral health"},
     "county behavioral health, county behavioral",
     "1:county behavioral health|0:county"},
    {{"a b", "b c"}, "a b c", "0:a b"},
    {{"a b c d", "b c"}, "a b c e", "1:b c"}, /* what began to match hides nothing */
    {{"a a b"}, "a a a b", "0:a a b"},
    {{"a", "a b c"}, "a b", "0:a"}, /* the text ends inside the longer one */
    /* capitals in a phrase ask for capitals; small letters take both */
    {{"DMH"}, "dmh Dmh DMH D.M.H.", "0:DMH|0:D.M.H."},
    {{"dmh"}, "dmh DMH", "0:dmh|0:DMH"},
    {{"DMH", "dmh"}, "DMH dmh", "0:DMH|1:dmh"},
    {{"dmh", "DMH"}, "DMH dmh", "0:DMH|0:dmh"}, /* the first that fits */
    {{"DMH clinic", "dmh office"}, "DMH office, dmh clinic, DMH clinic", "1:DMH office|0:DMH clinic"},
    {{"the WIC program", "the wic PROGRAM"}, "the wic PROGRAM the WIC program", "1:the wic PROGRAM|0:the WIC program"},
    {{"L.A. Care"}, "LA Care, L.A. CARE, la care", "0:LA Care|0:L.A. CARE"},
    /* a closing 's */
    {{"DMH", "Sheriff's Department"}, "DMH's staff, the sheriffs department", "0:DMH's|1:sheriffs department"},
    {{"county of los angeles"}, "County of Los Angeles\u2019s plan", "0:County of Los Angeles\u2019s"},
    {{"dmh", "dmhs"}, "dmh's", "1:dmh's"}, /* the exact one before the possessive */
    {{"county plan"}, "county's plan", ""},
    {{"DMH"}, "dmh's", ""},
    {{"hard-to-reach", "hard to reach"}, "hard to reach", "0:hard to reach"}, /* equal: the first one's index */
    {{"a"}, "", ""},
    {{NULL}, "nothing is looked for", ""},
};

static void finds_phrases(void **state) {
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pv_str phrases[MOST_PHRASES];
        size_t count = 0;
        for (; count < MOST_PHRASES && cases[i].phrases[count]; count++)
            phrases[count] = pv_str_from(cases[i].phrases[count]);
        pv_str text = pv_str_from(cases[i].text);
        pv_phrases *set;
        pv_token_list tokens;
        pv_phrase_match_list list;
        assert_true(pv_phrases_build(&set, fixture->arena, phrases, count, NULL, &fixture->error));
        assert_true(pv_tokens_find(fixture->arena, text, &tokens, &fixture->error));
        assert_true(pv_phrases_find(set, &tokens, fixture->arena, &list, &fixture->error));
        pv_buf found = pv_buf_on(&fixture->memory);
        for (size_t m = 0; m < list.count; m++) {
            pv_str at = pv_str_slice(text, list.matches[m].at.start, list.matches[m].at.end);
            pv_buf_format(&found, "%s%u:%.*s", m > 0 ? "|" : "", (unsigned)list.matches[m].phrase, PV_STR_ARG(at));
        }
        assert_str(pv_buf_str(&found), cases[i].matches);
        pv_buf_clear(&found);
    }
}

static void refuses_a_phrase_without_a_token(void **state) {
    arena_fixture *fixture = *state;
    pv_phrases *set;
    const pv_str phrases[] = {PV_STR("good"), PV_STR(" -- ")};
    assert_false(pv_phrases_build(&set, fixture->arena, phrases, 2, NULL, &fixture->error));
    assert_int_equal(fixture->error.code, PV_ERROR_SHAPE);
    assert_string_equal(fixture->error.message, "phrase 2 (\" -- \") holds no letter and no number");
}

static void limits_the_length_of_a_phrase(void **state) {
    arena_fixture *fixture = *state;
    pv_phrases *set;
    pv_str longest = repeated(fixture->arena, "AB ", PV_PHRASE_TOKENS_MAX);
    pv_token_list tokens;
    pv_phrase_match_list list;
    assert_true(pv_phrases_build(&set, fixture->arena, &longest, 1, NULL, &fixture->error));
    assert_true(pv_tokens_find(fixture->arena, repeated(fixture->arena, "AB ", 2 * PV_PHRASE_TOKENS_MAX + 1), &tokens,
                               &fixture->error));
    assert_true(pv_phrases_find(set, &tokens, fixture->arena, &list, &fixture->error));
    assert_int_equal(list.count, 2);

    pv_str too_long = repeated(fixture->arena, "AB ", PV_PHRASE_TOKENS_MAX + 1);
    assert_false(pv_phrases_build(&set, fixture->arena, &too_long, 1, NULL, &fixture->error));
    assert_int_equal(fixture->error.code, PV_ERROR_LIMIT);
}

/* The pairs (i, j) share all their tokens, so that every node of the trie is crowded. */
static void keeps_many_phrases_apart(void **state) {
    const size_t side = 40;
    arena_fixture *fixture = *state;
    pv_str *phrases = PV_NEW_ARRAY(fixture->arena, pv_str, side * side);
    for (size_t i = 0; i < side * side; i++)
        phrases[i] = pv_arena_format(fixture->arena, "w%zu w%zu", i / side, i % side);
    pv_phrases *set;
    assert_true(pv_phrases_build(&set, fixture->arena, phrases, side * side, NULL, &fixture->error));
    for (size_t i = 0; i < side * side; i++) {
        pv_token_list tokens;
        pv_phrase_match_list list;
        assert_true(pv_tokens_find(fixture->arena, phrases[i], &tokens, &fixture->error));
        assert_true(pv_phrases_find(set, &tokens, fixture->arena, &list, &fixture->error));
        assert_int_equal(list.count, 1);
        assert_int_equal(list.matches[0].phrase, i);
    }
}

static bool build_and_find(pv_arena *arena, pv_error *error) {
    static const pv_str phrases[] = {{"county plan", 11}, {"DMH", 3}};
    pv_phrases *set;
    pv_token_list tokens;
    pv_phrase_match_list list;
    return pv_phrases_build(&set, arena, phrases, 2, NULL, error) &&
           pv_tokens_find(arena, PV_STR("the county plan of DMH"), &tokens, error) &&
           pv_phrases_find(set, &tokens, arena, &list, error);
}

static void reports_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(build_and_find);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(finds_phrases),
        arena_test(refuses_a_phrase_without_a_token),
        arena_test(limits_the_length_of_a_phrase),
        arena_test(keeps_many_phrases_apart),
        cmocka_unit_test(reports_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
