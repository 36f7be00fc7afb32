#include "torture.h"

#include "base/buf.h"
#include "text/statements.h"

/* The sentences of a text, each with its statements: "[We meet.] [They, ⟨who train,⟩ help.]". */
typedef struct example {
    const char *text;
    const char *sentences;  /* their words, with "|" between */
    const char *statements; /* of all of them, in the order in which they begin, with "|" between */
} example;

static const example sentences[] = {
    {"We meet. We train.", "We meet|We train", "We meet|We train"},
    {"We meet e.g. with Dr. Lee of L.A. County vs. others.", "We meet e.g. with Dr. Lee of L.A. County vs. others",
     "We meet e.g. with Dr. Lee of L.A. County vs. others"},
    {"We serve L.A. We train.", "We serve L.A.|We train", "We serve L.A.|We train"},
    {"We serve the U.S. and approx. 20.5% of it.", "We serve the U.S. and approx. 20.5% of it",
     "We serve the U.S. and approx. 20.5% of it"},
    {"See No. 4 and no. 5. No. We do not.", "See No. 4 and no. 5|No|We do not", "See No. 4 and no. 5|No|We do not"},
    {"Clinics, etc. The plan pays.", "Clinics, etc|The plan pays", "Clinics, etc|The plan pays"},
    {"Acme Inc. Clinics bill.", "Acme Inc. Clinics bill", "Acme Inc. Clinics bill"},
    {"Why? Because! So be it…", "Why|Because|So be it", "Why|Because|So be it"},
    {"We meet quarterly.We train.", "We meet quarterly|We train", "We meet quarterly|We train"},
    {"See www.health.org for .2% more.", "See www.health.org for .2% more", "See www.health.org for .2% more"},
    {"One\nTwo", "One|Two", "One|Two"},
    {"We will 1) meet, 2) train.", "We will 1|meet, 2|train", "We will 1|meet, 2|train"},
    {"We will:\n• meet\n• train", "We will|meet|train", "We will|meet|train"},
    {"We said “we will not. Never.” Then we met.", "We said “we will not. Never|Then we met",
     "We said “we will not. Never|we will not|Never|Then we met"},
};

static const example statements[] = {
    {"We meet; they train.", "We meet; they train", "We meet|they train"},
    {"Our aim: we meet.", "Our aim: we meet", "Our aim|we meet"},
    {"We meet at 10:30.", "We meet at 10:30", "We meet at 10:30"},
    {"We meet, but they train.", "We meet, but they train", "We meet|but they train"},
    {"We meet and they train.", "We meet and they train", "We meet|and they train"},
    {"We meet and train.", "We meet and train", "We meet and train"},
    {"We do not and will not meet.", "We do not and will not meet", "We do not|and will not meet"},
    {"In 2022, providers will meet.", "In 2022, providers will meet", "In 2022|providers will meet"},
    {"We meet (not often) here.", "We meet (not often) here", "We meet (not often) here|not often"},
    {"They, who train, will meet.", "They, who train, will meet", "They, who train, will meet|who train"},
    {"While they are here, we meet.", "While they are here, we meet", "While they are here|we meet"},
    {"We cannot, however, meet.", "We cannot, however, meet", "We cannot, however, meet"},
    {"We wait; however, they are late.", "We wait; however, they are late", "We wait|however|they are late"},
    {"They said \"we will meet them\" twice.", "They said \"we will meet them\" twice",
     "They said \"we will meet them\" twice|we will meet them"},
    {"They said “yes we do” twice.", "They said “yes we do” twice", "They said “yes we do” twice"},
    {"Our providers' staff and the plan's meet.", "Our providers' staff and the plan's meet",
     "Our providers' staff and the plan's meet"},
    {"A (b (c) d.", "A (b (c) d", "A (b (c) d|c"},
    {"", "", ""},
    {"…", "", ""},
};

static void show(pv_buf *shown, pv_str text, const pv_token_list *tokens, uint32_t first, uint32_t end) {
    pv_str words = pv_str_slice(text, tokens->tokens[first].at.start, tokens->tokens[end - 1].at.end);
    pv_buf_format(shown, "%s%.*s", pv_buf_str(shown).size > 0 ? "|" : "", PV_STR_ARG(words));
}

static void check(pv_memory *memory, const example *of) {
    pv_arena *arena = pv_arena_new(memory);
    pv_str text = pv_str_from(of->text);
    pv_token_list tokens;
    pv_list_items items;
    pv_wording *wording;
    pv_statements *read;
    pv_error error = {0};
    assert_true(pv_wording_build(&wording, arena, NULL, 0, &error));
    assert_true(pv_tokens_find(arena, text, &tokens, &error));
    assert_true(pv_lists_find(arena, text, NULL, &items, &error));
    assert_true(pv_statements_find(&read, arena, text, &tokens, &items, wording, &error));
    pv_buf shown = pv_buf_on(memory);
    for (size_t i = 0; i < read->sentence_count; i++)
        show(&shown, text, &tokens, read->sentences[i].first, read->sentences[i].end);
    /* What closes a sentence, a percent sign, is of no token. */
    pv_str wanted = pv_str_from(of->sentences);
    if (!pv_str_equal(pv_buf_str(&shown), wanted))
        fail_msg("%s\n  sentences: %.*s", of->text, PV_STR_ARG(pv_buf_str(&shown)));
    pv_buf_clear(&shown);
    shown = pv_buf_on(memory);
    for (size_t i = 0; i < read->count; i++)
        show(&shown, text, &tokens, read->statements[i].first, read->statements[i].end);
    if (!pv_str_equal(pv_buf_str(&shown), pv_str_from(of->statements)))
        fail_msg("%s\n  statements: %.*s", of->text, PV_STR_ARG(pv_buf_str(&shown)));
    pv_buf_clear(&shown);
    pv_arena_free(arena);
}

static void check_all(const example *examples, size_t count) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    for (size_t i = 0; i < count; i++)
        check(&memory, &examples[i]);
    assert_int_equal(memory.used, 0);
}

static void test_sentences(void **state) {
    (void)state;
    check_all(sentences, sizeof sentences / sizeof sentences[0]);
}

static void test_statements(void **state) {
    (void)state;
    check_all(statements, sizeof statements / sizeof statements[0]);
}

/* A text without an end to its sentence is cut, and said to be. */
static void test_too_long(void **state) {
    (void)state;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_buf text = pv_buf_on(&memory);
    for (int i = 0; i < 2 * PV_SENTENCE_TOKENS_MAX; i++)
        pv_buf_append_text(&text, "word ");
    pv_token_list tokens;
    pv_list_items items;
    pv_wording *wording;
    pv_statements *read;
    pv_error error = {0};
    assert_true(pv_wording_build(&wording, arena, NULL, 0, &error));
    assert_true(pv_tokens_find(arena, pv_buf_str(&text), &tokens, &error));
    assert_true(pv_lists_find(arena, pv_buf_str(&text), NULL, &items, &error));
    assert_true(pv_statements_find(&read, arena, pv_buf_str(&text), &tokens, &items, wording, &error));
    assert_int_equal(read->sentence_count, 2);
    assert_true(read->sentences[0].too_long && read->sentences[1].too_long);
    pv_buf_clear(&text);
    pv_arena_free(arena);
}

/* A phrase of a pack does what the pack says, whatever the language has for it. */
static void test_words_of_a_pack(void **state) {
    (void)state;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_wording *wording;
    pv_token_list tokens;
    pv_cue *cues;
    size_t count;
    pv_error error = {0};
    const pv_wording_phrase added[] = {{PV_CUE_SPEAKER, PV_STR("the Board")}, {0, PV_STR("not")}};
    assert_true(pv_wording_build(&wording, arena, added, 2, &error));
    pv_str text = PV_STR("The board may not");
    assert_true(pv_tokens_find(arena, text, &tokens, &error));
    assert_true(pv_cues_find(wording, arena, text, &tokens, &cues, &count, &error));
    assert_int_equal(count, 3);
    assert_int_equal(cues[0].roles, PV_CUE_SPEAKER);
    assert_int_equal(cues[2].roles, 0);
    const pv_wording_phrase empty[] = {{PV_CUE_SPEAKER, PV_STR("…")}};
    assert_false(pv_wording_build(&wording, arena, empty, 1, &error));
    assert_int_equal(error.code, PV_ERROR_SHAPE);
    pv_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_statements),
        cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_words_of_a_pack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
