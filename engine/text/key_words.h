/* Invariant: two names that a reader takes for the same have the same key words: tokens (tokens.h) without small words, a plural
 * "s" folded. Where all words are small, all are key words. */
#ifndef PV_TEXT_KEY_WORDS_H
#define PV_TEXT_KEY_WORDS_H

#include "text/tokens.h"

typedef struct pv_key_word {
    uint64_t key; /* equal for equal words, singular or plural */
    pv_span at;   /* bytes of the text */
    bool capitals;
} pv_key_word;

typedef struct pv_key_word_list {
    const pv_key_word *words;
    size_t count;
} pv_key_word_list;

/* The key words of text among tokens, which are some of its own, in arena. */
bool pv_key_words_of(pv_arena *arena, pv_str text, const pv_token *tokens, size_t count, pv_key_word_list *out,
                     pv_error *error) PV_MUST_CHECK;
/* The same of all tokens of text. */
bool pv_key_words_find(pv_arena *arena, pv_str text, pv_key_word_list *out, pv_error *error) PV_MUST_CHECK;

#endif
