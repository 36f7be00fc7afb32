/* Passages, and in one line each what is found in them. */
#ifndef PV_TESTS_PASSAGE_FIXTURE_H
#define PV_TESTS_PASSAGE_FIXTURE_H

#include "arena_fixture.h"

#include "base/buf.h"
#include "text/headings.h"

typedef struct passage {
    const char *text, *expected;
} passage;

/* What a finder is asked with: a text, its words and its headings. */
typedef struct read_passage {
    pv_arena *arena;
    pv_str text;
    pv_token_list tokens;
    pv_heading_list headings;
} read_passage;

static inline bool read_text(read_passage *read, pv_arena *arena, pv_str text, pv_error *error) {
    *read = (read_passage){.arena = arena, .text = text};
    return pv_tokens_find(arena, text, &read->tokens, error) &&
           pv_headings_find_all(arena, text, NULL, &read->headings, error);
}

/* Writes what is found in a passage, with "; " between. */
typedef void passage_shower(const read_passage *read, pv_buf *out);

static inline void check_passage(const char *text, const char *expected, passage_shower *show) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_buf shown = pv_buf_on(&memory);
    read_passage read;
    pv_error error = {0};
    assert_true(read_text(&read, arena, pv_str_from(text), &error));
    show(&read, &shown);
    if (!pv_str_equal(pv_buf_str(&shown), pv_str_from(expected)))
        print_message("%s\n", text);
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
    pv_arena_free(arena);
    assert_int_equal(memory.used, 0);
}

/* passages: an array. */
#define CHECK_PASSAGES(passages, show)                                                                                 \
    for (size_t i = 0; i < sizeof(passages) / sizeof(passages)[0]; i++)                                                \
    check_passage((passages)[i].text, (passages)[i].expected, show)
/* texts: an array of those in which nothing is found. */
#define CHECK_EMPTY(texts, show)                                                                                       \
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts)[0]; i++)                                                      \
    check_passage((texts)[i], "", show)

#endif
