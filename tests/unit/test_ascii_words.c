/* The definition "word" for text that is all ASCII, which is read eight bytes at a time. */
#include "arena_fixture.h"

#include "text/words.h"

#define MOST_WORDS 8

static const struct {
    const char *text;
    size_t count;
    pv_span at[MOST_WORDS];
} cases[] = {
    {"", 0, {{0, 0}}},
    {"a", 1, {{0, 1}}},
    {" ", 0, {{0, 0}}},
    {"        ", 0, {{0, 0}}},                                                   /* a whole chunk of eight */
    {"abcdefgh", 1, {{0, 8}}},                                                   /* a word that fills one */
    {"abcdefghi", 1, {{0, 9}}},                                                  /* and one that goes on in the next */
    {"abcdefg hijklmn", 2, {{0, 7}, {8, 15}}},                                   /* white space last in a chunk */
    {"abcdefgh ijklmnop ", 2, {{0, 8}, {9, 17}}},                                /* and first in one */
    {" a b  c ", 3, {{1, 2}, {3, 4}, {6, 7}}},                                   /* several in a chunk */
    {"a\tb\nc\vd\fe\rf", 6, {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}, {10, 11}}}, /* all that is white space */
    {"a\x08"
     "b\x0E"
     "c\x1F"
     "d\x7F"
     "e!",
     1,
     {{0, 10}}}, /* the neighbours of white space, and DEL */
};

static size_t count_of(arena_fixture *fixture, pv_str text) {
    size_t count;
    assert_true(pv_words_count(text, PV_WORD_METHOD_WORD, &count, &fixture->error));
    return count;
}

static void finds_words_across_chunks(void **state) {
    arena_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pv_str text = pv_str_from(cases[i].text);
        pv_word_list words;
        assert_int_equal(count_of(fixture, text), cases[i].count);
        assert_true(pv_words_find(fixture->arena, text, PV_WORD_METHOD_WORD, &words, &fixture->error));
        assert_int_equal(words.count, cases[i].count);
        assert_memory_equal(words.at, cases[i].at, cases[i].count * sizeof *words.at);
    }
}

/* Every byte below 0x80, at every place in a chunk, separates just when it is one of Unicode's white space. */
static void only_white_space_separates(void **state) {
    for (int byte = 0; byte < 0x80; byte++)
        for (size_t place = 1; place < 11; place++) {
            char text[] = "xxxxxxxxxxxx";
            text[place] = (char)byte;
            bool white = byte == ' ' || (byte >= 0x09 && byte <= 0x0D);
            assert_int_equal(count_of(*state, (pv_str){text, 12}), white ? 2 : 1);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(finds_words_across_chunks),
        arena_test(only_white_space_separates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
