/* Invariant: two names that a reader takes for the same have the same key words: their tokens without the small words
 * (articles, conjunctions, prepositions), a plural "s" folded; where all are small, all of them. */
#ifndef PV_TEXT_KEY_WORDS_P_H
#define PV_TEXT_KEY_WORDS_P_H

#include "text/tokens.h"

#define PV_KEY_STEM_LETTERS 7u

typedef struct pv_key_word {
    uint64_t key;  /* equal for equal words, singular or plural */
    uint64_t stem; /* equal where the first PV_KEY_STEM_LETTERS letters are: "coordinating" and "coordination" */
    pv_span at;    /* bytes of the text */
    bool capitals;
} pv_key_word;

typedef struct pv_key_words {
    const pv_key_word *words;
    size_t count;
} pv_key_words;

/* The key words of text among tokens, which are some of its own, in arena. */
bool pv_key_words_of(pv_arena *arena, pv_str text, const pv_token *tokens, size_t count, pv_key_words *out,
                     pv_error *error) PV_MUST_CHECK;
/* The same of all tokens of text. */
bool pv_key_words_find(pv_arena *arena, pv_str text, pv_key_words *out, pv_error *error) PV_MUST_CHECK;
/* Whether one of the first `before` words has the key. */
bool pv_key_words_hold(const pv_key_words *list, uint64_t key, size_t before);

/* Names, to be found where all their words stand in a row; one in capitals only in capitals. */
typedef struct pv_name_chains {
    const pv_key_words *names;
    size_t count;
    uint32_t *first; /* by the slot of a first word: a name + 1 */
    uint32_t *next;  /* per name: the next one in its chain, + 1 */
    size_t mask;
} pv_name_chains;

/* In arena; each name has a word. names must outlive it. */
bool pv_name_chains_new(pv_arena *arena, const pv_key_words *names, size_t count, pv_name_chains *out,
                        pv_error *error) PV_MUST_CHECK;
/* The first name, or the one after `name`, whose words are those of body from start on; count when there is none. */
size_t pv_name_chains_first(const pv_name_chains *chains, const pv_key_words *body, size_t start);
size_t pv_name_chains_next(const pv_name_chains *chains, const pv_key_words *body, size_t start, size_t name);

/* The tokens that lie inside span, the first of which is at or after *from; *from is moved behind them. */
pv_token_list pv_tokens_in(const pv_token_list *tokens, size_t *from, pv_span span);
/* Whether title is that of a table of contents. */
bool pv_is_contents_title(pv_str title);

#endif
