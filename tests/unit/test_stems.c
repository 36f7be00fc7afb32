#include "arena_fixture.h"

#include <string.h>

#include "text/stems.h"

#define LETTERS 5

static const char filler_words[] = "the of and plan";

/* Counts the words of text, those of apart not, against two prints. */
static pv_stem_counts count(arena_fixture *fixture, pv_str text, pv_str apart, pv_str first, pv_str second) {
    pv_stem_filler filler;
    pv_stem_print prints[2];
    const pv_stem_print *const both[] = {&prints[0], &prints[1]};
    pv_word_list words, apart_words;
    pv_stem_list stems;
    pv_error *error = &fixture->error;
    assert_true(pv_stem_filler_read(&filler, fixture->arena, pv_str_from(filler_words), error));
    assert_true(pv_stem_print_read(&prints[0], fixture->arena, first, LETTERS, error));
    assert_true(pv_stem_print_read(&prints[1], fixture->arena, second, LETTERS, error));
    assert_true(pv_words_find(fixture->arena, text, PV_WORD_METHOD_WORD, &words, error));
    assert_true(pv_words_find(fixture->arena, apart, PV_WORD_METHOD_WORD, &apart_words, error));
    assert_true(pv_stems_find(&stems, fixture->arena, apart, &apart_words, &filler, LETTERS, error));
    return pv_stems_count(text, &words, &filler, &stems, both, 2, 0);
}

static const struct {
    const char *text, *apart, *first, *second;
    size_t printed, all;
} cases[] = {
    {"Developing networks", "", "the development of a network", "", 2, 2},
    {"developing networks", "", "the development", "Network.", 2, 2}, /* in either print */
    {"the plan of the Plan", "", "the plan", "", 0, 0},               /* nothing but filler */
    {"(Needs) “needs” needs,", "", "needs", "", 3, 3},                /* without what stands around */
    {"need", "", "needs", "", 0, 1},                                  /* all of a word, which is not there */
    {"need", "", "in need.", "", 1, 1},                               /* all of a word */
    {"needy", "", "unneedy", "", 0, 1},                               /* no word begins so */
    {"needed", "", "needeful", "", 1, 1},                             /* the first five letters */
    {"R&D", "", "by r&d, and", "", 1, 1},                             /* a sign inside */
    {"plan's", "", "the plan's", "", 1, 1},                           /* is not "plan" */
    {"Health Net grows", "Health Net", "health net", "", 0, 1},       /* apart */
    {"healthy Net", "Health", "healthy net", "", 1, 1},               /* the same stem as one apart */
    {"12 –– 3.5", "", "12 –– 3.5", "", 0, 0},                         /* no letters */
    {"2nd, 3rd and 4th", "", "the 2nd", "", 1, 3},
    {"né née", "", "n n", "", 1, 2}, /* letters are ASCII's: "n", and "n", é, "e" */
    {"a", "", "", "", 0, 1},
    {"", "", "needs", "", 0, 0},
};

static void counts_what_is_printed(void **state) {
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pv_stem_counts counts = count(*state, pv_str_from(cases[i].text), pv_str_from(cases[i].apart),
                                      pv_str_from(cases[i].first), pv_str_from(cases[i].second));
        if (counts.printed != cases[i].printed || counts.all != cases[i].all)
            fail_msg("\"%s\" has %zu of %zu printed, should have %zu of %zu", cases[i].text, counts.printed, counts.all,
                     cases[i].printed, cases[i].all);
    }
}

static void tells_by_as_many_letters_as_asked(void **state) {
    arena_fixture *fixture = *state;
    const pv_str text = PV_STR("development");
    for (size_t letters = 1; letters <= PV_STEM_LETTERS_MOST; letters++) {
        pv_stem_filler filler;
        pv_stem_print print;
        const pv_stem_print *const one = &print;
        pv_word_list words;
        pv_stem_list none = {0};
        assert_true(pv_stem_filler_read(&filler, fixture->arena, PV_STR(""), &fixture->error));
        assert_true(pv_stem_print_read(&print, fixture->arena, PV_STR("developed"), letters, &fixture->error));
        assert_true(pv_words_find(fixture->arena, text, PV_WORD_METHOD_WORD, &words, &fixture->error));
        pv_stem_counts counts = pv_stems_count(text, &words, &filler, &none, &one, 1, 0);
        assert_int_equal(counts.printed, letters <= strlen("develop"));
        assert_int_equal(counts.all, 1);
    }
}

static bool read_both(pv_arena *arena, pv_error *error) {
    pv_stem_filler filler;
    pv_stem_print print;
    return pv_stem_filler_read(&filler, arena, PV_STR("the of"), error) &&
           pv_stem_print_read(&print, arena, PV_STR("the development"), LETTERS, error);
}

static void reports_refused_memory(void **state) {
    (void)state;
    assert_survives_refused_memory(read_both);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(counts_what_is_printed),
        arena_test(tells_by_as_many_letters_as_asked),
        cmocka_unit_test(reports_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
