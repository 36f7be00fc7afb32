#include "arena_fixture.h"

#include "text/tokens.h"

static pv_token_list tokens_of(arena_fixture *fixture, pv_str text) {
    pv_token_list list;
    assert_true(pv_tokens_find(fixture->arena, text, &list, &fixture->error));
    return list;
}

static bool same_tokens(arena_fixture *fixture, const char *a, const char *b) {
    pv_token_list first = tokens_of(fixture, pv_str_from(a));
    pv_token_list second = tokens_of(fixture, pv_str_from(b));
    if (first.count != second.count)
        return false;
    for (size_t i = 0; i < first.count; i++)
        if (first.tokens[i].hash != second.tokens[i].hash)
            return false;
    return true;
}

static const char *const alike[][2] = {
    {"hard-to-reach", "Hard to  reach"},
    {"hard\u2011to\u2010reach", "hard to reach"},
    {"L.A. County", "LA county"},
    {"the U.S.A, e.g.", "The USA (eg)"},
    {"L.A.", "L.A"},
    {"Sheriff's", "SHERIFF\u2019S"},
    {"providers' own", "providers own"},
    {"R&D and/or x", "r, d: and or x"},
    {"8,600", "8 600"},
    {"imple\u00ADmenta\u200Btion", "implementation"},
    {"Pe\u00F1a", "PEN\u0303A"},            /* composed and decomposed */
    {"Nguy\u1EC5n", "Nguye\u0302\u0303n"},  /* two marks deep */
    {"de\uFB01ned", "defined"},             /* the ligature of a PDF */
    {"\uFF24\uFF2D\uFF28 \uFF11", "DMH 1"}, /* full width */
    {"\u039B\u03CC\u03B3\u03BF\u03C2", "\u039B\u039F\u0301\u03B3\u03BF\u03C2"},
};

static const char *const unlike[][2] = {
    {"L.A.", "L A"},
    {"1.2.6", "126"},
    {"\u00BD", "12"},
    {"1.a", "1a"},
    {"plan A. Then", "plan AThen"},
    {"Ph.D.", "PhD"},
    {"health\u00B2", "health2"},
    {"county", "country"},
    {"a b", "ab"},
    {"re-form", "reform"},
    {"caf\u00E9", "cafe"},
    {"'s", "'"},
    {"A.BC", "ABC"},
};

static void folds_what_reads_alike(void **state) {
    for (size_t i = 0; i < sizeof alike / sizeof alike[0]; i++)
        if (!same_tokens(*state, alike[i][0], alike[i][1]))
            fail_msg("\"%s\" and \"%s\" should have the same tokens", alike[i][0], alike[i][1]);
}

static void keeps_apart_what_does_not(void **state) {
    for (size_t i = 0; i < sizeof unlike / sizeof unlike[0]; i++)
        if (same_tokens(*state, unlike[i][0], unlike[i][1]))
            fail_msg("\"%s\" and \"%s\" should have different tokens", unlike[i][0], unlike[i][1]);
}

static void keeps_the_bytes_of_each(void **state) {
    static const char *const expected[] = {"In", "L.A.", "DMH's", "Q4", "plan", "caf\u00E9", "A", "5", "p.m."};
    pv_str text = PV_STR("\u201CIn L.A., DMH's Q4-plan: 'caf\u00E9' (A). 5 p.m.");
    pv_token_list list = tokens_of(*state, text);
    assert_int_equal(list.count, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < list.count; i++)
        assert_str(pv_str_slice(text, list.tokens[i].at.start, list.tokens[i].at.end), expected[i]);
}

static void leaves_trailing_marks_outside(void **state) {
    pv_str text = PV_STR("providers'\u200B x\u0301\u00AD");
    pv_token_list list = tokens_of(*state, text);
    assert_int_equal(list.count, 2);
    assert_str(pv_str_slice(text, list.tokens[0].at.start, list.tokens[0].at.end), "providers");
    assert_str(pv_str_slice(text, list.tokens[1].at.start, list.tokens[1].at.end), "x\u0301");
}

static void finds_none_where_there_are_none(void **state) {
    static const char *const empty[] = {"",       " \t\n",  "-- ... ' \u2019", "\u02BC",
                                        "\u0301", "\u200B", "\U0001F600",      "_"};
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++)
        assert_int_equal(tokens_of(*state, pv_str_from(empty[i])).count, 0);
}

static void tells_acronyms(void **state) {
    static const struct {
        const char *text;
        bool capitals;
    } cases[] = {
        {"DMH", true},    {"L.A.", true},          {"DMH's", true}, {"DMH\u2019S", true}, {"COVID19", true},
        {"2A2B", true},   {"\u00C9T\u00C9", true}, {"DMHs", false}, {"Dmh", false},       {"A", false},
        {"Q4", false},    {"2022", false},         {"A's", false},  {"a.m.", false},      {"\u4E16\u754C", false},
        {"O'NEIL", true}, {"O'Neil", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pv_token_list list = tokens_of(*state, pv_str_from(cases[i].text));
        assert_int_equal(list.count, 1);
        if (list.tokens[0].capitals != cases[i].capitals)
            fail_msg("\"%s\" should%s be an acronym", cases[i].text, cases[i].capitals ? "" : " not");
    }
}

static void knows_the_owner_of_a_possessive(void **state) {
    static const struct {
        const char *text;
        const char *owner; /* NULL: there is none */
    } cases[] = {
        {"DMH's", "dmh"}, {"county\u2019s", "county"}, {"It'S", "it"}, {"O'Neil's", "oneil"},
        {"don't", NULL},  {"sheriffs", NULL},          {"'sad", NULL}, {"providers'", NULL},
        {"s", NULL},      {"o'clock's-", "oclock"},    {"x'ss", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pv_token token = tokens_of(*state, pv_str_from(cases[i].text)).tokens[0];
        if (cases[i].owner) {
            assert_true(token.owner == tokens_of(*state, pv_str_from(cases[i].owner)).tokens[0].hash);
            assert_true(token.owner != token.hash);
        } else {
            assert_true(token.owner == token.hash);
        }
    }
}

/* Longer than the buffer that a token is folded in. */
static void hashes_long_tokens_whole(void **state) {
    arena_fixture *fixture = *state;
    pv_str letters = repeated(fixture->arena, "abcdefg", 40);
    pv_str other = pv_arena_format(fixture->arena, "%.*sx", (int)letters.size - 1, letters.data);
    pv_str split = pv_arena_format(fixture->arena, "%.*s\u00AD%s", 100, letters.data, letters.data + 100);
    pv_token_list whole = tokens_of(fixture, letters);
    assert_int_equal(whole.count, 1);
    assert_int_equal(whole.tokens[0].at.end, 280);
    assert_true(whole.tokens[0].hash == tokens_of(fixture, split).tokens[0].hash);
    assert_true(whole.tokens[0].hash != tokens_of(fixture, other).tokens[0].hash);
}

static bool find_tokens(pv_arena *arena, pv_error *error) {
    pv_token_list list;
    return pv_tokens_find(arena, PV_STR("a b c d e f g h i j k l m n o p q r s t u v w x y z"), &list, error);
}

static void reports_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(find_tokens);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(folds_what_reads_alike),          arena_test(keeps_apart_what_does_not),
        arena_test(keeps_the_bytes_of_each),         arena_test(leaves_trailing_marks_outside),
        arena_test(finds_none_where_there_are_none), arena_test(tells_acronyms),
        arena_test(knows_the_owner_of_a_possessive), arena_test(hashes_long_tokens_whole),
        cmocka_unit_test(reports_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
