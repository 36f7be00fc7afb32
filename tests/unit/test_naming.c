#include "arena_fixture.h"

#include "base/buf.h"
#include "text/phrases.h"

/* Names as a form might have them; a row's first number in the cases is its place here. */
static const char *const names[] = {
    /* 0 */ "department of social services",
    /* 1 */ "social services department",
    /* 2 */ "county social services",
    /* 3 */ "department of behavioral health",
    /* 4 */ "behavioral health department",
    /* 5 */ "county behavioral health",
    /* 6 */ "department of mental health",
    /* 7 */ "department of public health",
    /* 8 */ "public health department",
    /* 9 */ "county public health",
    /* 10 */ "DPH",
    /* 11 */ "experiencing homelessness",
    /* 12 */ "at risk of homelessness",
    /* 13 */ "at risk of institutionalization",
    /* 14 */ "physical health",
    /* 15 */ "care management systems",
    /* 16 */ "Health Net",
    /* 17 */ "L.A. Care",
    /* 18 */ "continuum of care",
    /* 19 */ "community-based organization",
    /* 20 */ "social services",
    /* 21 */ "program center",
    /* 22 */ "food & housing",
    /* 23 */ "transitioning from incarceration",
    /* 24 */ "housing agencies",
};

/* What is found: "name:words said", of shared ones with "<words said once>", and in brackets whose it is, "!word" what
 * makes it a thing, "*" where it is said of several; "|" between. */
static const struct {
    const char *text;
    const char *found;
} cases[] = {
#include "naming_cases.inc"
};

static void add_found(pv_buf *out, pv_str text, const pv_naming *naming, const pv_phrase_match *match) {
    pv_str said = pv_str_slice(text, match->at.start, match->at.end);
    pv_span shared = pv_phrases_shared(naming, match);
    pv_ownership owned = pv_naming_ownership(naming, &match->name);
    pv_buf_format(out, "%u:%.*s", (unsigned)match->phrase, PV_STR_ARG(said));
    if (shared.end > 0)
        pv_buf_format(out, "<%.*s>", PV_STR_ARG(pv_str_slice(text, shared.start, shared.end)));
    if (owned.owner != PV_OWNER_NONE)
        pv_buf_format(out, "(%s", pv_owner_name(owned.owner));
    if (owned.owned_by.end > 0)
        pv_buf_format(out, ": %.*s", PV_STR_ARG(pv_str_slice(text, owned.owned_by.start, owned.owned_by.end)));
    if (owned.owner != PV_OWNER_NONE)
        pv_buf_format(out, ")");
    if (owned.thing.end > 0)
        pv_buf_format(out, "!%.*s", PV_STR_ARG(pv_str_slice(text, owned.thing.start, owned.thing.end)));
    if (pv_naming_is_several(naming, &match->name))
        pv_buf_format(out, "*");
}

static pv_phrases *names_of(pv_arena *arena, const pv_lexicon *lexicon, pv_error *error) {
    pv_str phrases[sizeof names / sizeof names[0]];
    pv_phrases *set;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        phrases[i] = pv_str_from(names[i]);
    return pv_phrases_build_names(&set, arena, lexicon, phrases, sizeof names / sizeof names[0], error) ? set : NULL;
}

static bool find(pv_arena *arena, const pv_lexicon *lexicon, const pv_phrases *set, pv_str text, pv_naming *naming,
                 pv_phrase_match_list *out, pv_error *error) {
    pv_token_list tokens;
    return pv_tokens_find(arena, text, &tokens, error) &&
           pv_naming_read(naming, lexicon, arena, text, &tokens, error) &&
           pv_phrases_find_names(set, naming, arena, out, error);
}

static void finds_names(void **state) {
    arena_fixture *fixture = *state;
    pv_lexicon *lexicon;
    assert_true(pv_lexicon_build(&lexicon, fixture->arena, &fixture->error));
    const pv_phrases *set = names_of(fixture->arena, lexicon, &fixture->error);
    assert_non_null(set);
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pv_str text = pv_str_from(cases[i].text);
        pv_naming naming;
        pv_phrase_match_list list;
        assert_true(find(fixture->arena, lexicon, set, text, &naming, &list, &fixture->error));
        pv_buf found = pv_buf_on(&fixture->memory);
        for (size_t m = 0; m < list.count; m++) {
            if (m > 0)
                pv_buf_format(&found, "|");
            add_found(&found, text, &naming, &list.matches[m]);
        }
        if (!pv_str_equal(pv_buf_str(&found), pv_str_from(cases[i].found))) {
            wrong++;
            print_error("%s\n  wanted %s\n  found  %.*s\n", cases[i].text, cases[i].found,
                        PV_STR_ARG(pv_buf_str(&found)));
        }
        pv_buf_clear(&found);
    }
    assert_int_equal(wrong, 0);
}

/* Every word of a language is found under the spelling that stands for it, in one pass of its own. */
static void keeps_words_that_are_not_in_the_lexicon(void **state) {
    arena_fixture *fixture = *state;
    pv_lexicon *lexicon;
    pv_token_list tokens;
    pv_naming naming;
    pv_str text = PV_STR("Rancheria\xE2\x80\x99s quality size dept");
    assert_true(pv_lexicon_build(&lexicon, fixture->arena, &fixture->error));
    assert_true(pv_tokens_find(fixture->arena, text, &tokens, &fixture->error));
    assert_true(pv_naming_read(&naming, lexicon, fixture->arena, text, &tokens, &fixture->error));
    assert_int_equal(naming.tokens.count, 4);
    for (size_t i = 0; i < 3; i++)
        assert_true(naming.tokens.tokens[i].hash == tokens.tokens[i].hash);
    assert_true(naming.tokens.tokens[3].hash != tokens.tokens[3].hash);
}

/* A coordination without an end is given up, not followed: each is found, or none, but the time stays a word's. */
static void does_not_follow_endless_coordinations(void **state) {
    static const char *const parts[] = {"departments of a, ",
                                        "social services, ",
                                        "county ",
                                        "of ",
                                        "and ",
                                        "(",
                                        "& ",
                                        "its ",
                                        "departments of social services, ",
                                        "experiencing or ",
                                        "the ",
                                        "access to "};
    arena_fixture *fixture = *state;
    pv_lexicon *lexicon;
    assert_true(pv_lexicon_build(&lexicon, fixture->arena, &fixture->error));
    const pv_phrases *set = names_of(fixture->arena, lexicon, &fixture->error);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        pv_naming naming;
        pv_phrase_match_list list;
        pv_str text = repeated(fixture->arena, parts[i], 20000);
        assert_true(find(fixture->arena, lexicon, set, text, &naming, &list, &fixture->error));
        for (size_t m = 0; m < list.count; m++)
            (void)pv_naming_ownership(&naming, &list.matches[m].name);
    }
}

static bool build_and_find(pv_arena *arena, pv_error *error) {
    pv_lexicon *lexicon;
    pv_naming naming;
    pv_phrase_match_list list;
    if (!pv_lexicon_build(&lexicon, arena, error))
        return false;
    const pv_phrases *set = names_of(arena, lexicon, error);
    return set &&
           find(arena, lexicon, set, PV_STR("the Departments of Mental and Public Health"), &naming, &list, error);
}

static void reports_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(build_and_find);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(finds_names),
        arena_test(keeps_words_that_are_not_in_the_lexicon),
        arena_test(does_not_follow_endless_coordinations),
        cmocka_unit_test(reports_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
