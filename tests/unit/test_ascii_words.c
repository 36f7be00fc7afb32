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

/* Texts of every length up to some blocks, and longer than the blocks that are added up together: as many words as are
 * found one by one, the first, a middle and the last of them, and whether all shows. */
static void counts_what_is_found(void **state) {
    static const char bytes[] = "ab .,\n\tcd-  ef\x07";
    enum { LONGEST = 9000 };
    arena_fixture *fixture = *state;
    char *text = pv_arena_room(fixture->arena, LONGEST);
    uint32_t seed = 1;
    for (size_t size = 0; size <= LONGEST; size += size < 100 ? 1 : 1483) {
        const size_t kinds = sizeof bytes - 1 - (size % 3 > 0); /* a third of the texts may hold what does not show */
        bool shows = true;
        for (size_t i = 0; i < size; i++) {
            seed = seed * 1664525u + 1013904223u;
            text[i] = bytes[(seed >> 16) % kinds];
            shows &= text[i] != '\x07';
        }
        const pv_str all = {text, size};
        pv_word_list words;
        size_t count = 0;
        bool shown = false;
        assert_true(pv_words_find(fixture->arena, all, PV_WORD_METHOD_WORD, &words, &fixture->error));
        assert_true(pv_words_count_shown(all, &count, &shown));
        assert_int_equal(count, words.count);
        assert_int_equal(shown, shows);
        for (size_t number = 1; number <= count; number += 1 + count / 7)
            assert_memory_equal(&(pv_span[]){pv_word_at(all, number)}, &words.at[number - 1], sizeof(pv_span));
        if (count > 0)
            assert_int_equal(pv_words_hull(all).start, words.at[0].start);
        if (count > 0)
            assert_int_equal(pv_words_hull(all).end, words.at[count - 1].end);
    }
    assert_false(pv_words_count_shown(PV_STR("a b caf\u00e9"), &(size_t){0}, &(bool){false}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(finds_words_across_chunks),
        arena_test(only_white_space_separates),
        arena_test(counts_what_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
