/* Invariant: a phrase set is immutable once built, and finds each phrase as whole tokens (see tokens.h): the longest
 * one at each token, left to right, not overlapping. A phrase token written in capitals ("DMH") matches only capitals.
 * A closing 's in the text does not hide the phrase it ends ("DMH's"). Names are phrases looked for in a naming: they
 * are found in every spelling of their words, never across the end of a sentence, and where a coordination says a head
 * or a tail once for several of them: "Departments of Social Services and *Public Health*", "*Social Services* and
 * Public Health departments", "*experiencing* or at risk of homelessness". */
#ifndef PV_TEXT_PHRASES_H
#define PV_TEXT_PHRASES_H

#include "text/naming.h"

#define PV_PHRASE_TOKENS_MAX 64

typedef struct pv_phrases pv_phrases;

typedef struct pv_phrase_match {
    uint32_t phrase; /* index in the array the set was built from */
    pv_span at;      /* bytes of the text searched */
    /* Of a name: its words, and those said once for it and others. */
    pv_naming_range name;
} pv_phrase_match;

typedef struct pv_phrase_match_list {
    const pv_phrase_match *matches;
    size_t count;
} pv_phrase_match_list;

/* A set of count phrases in arena; where several match the same tokens, the first one's index is answered. A phrase
 * without a token is PV_ERROR_SHAPE, one of more than PV_PHRASE_TOKENS_MAX PV_ERROR_LIMIT. found_as, which may be NULL,
 * has room for count: the index of the phrase that is found where this one stands. */
bool pv_phrases_build(pv_phrases **out, pv_arena *arena, const pv_str *phrases, size_t count, uint32_t *found_as,
                      pv_error *error) PV_MUST_CHECK;
/* All matches in tokens (which came from pv_tokens_find), in arena. */
bool pv_phrases_find(const pv_phrases *set, const pv_token_list *tokens, pv_arena *arena, pv_phrase_match_list *out,
                     pv_error *error) PV_MUST_CHECK;

/* The same of names. A phrase shares what stands in it before an "of" or other preposition, or after "county", and its
 * last word where that is one that adjectives share; of what is written with capitals, only what offices are called. */
bool pv_phrases_build_names(pv_phrases **out, pv_arena *arena, const pv_lexicon *lexicon, const pv_str *phrases,
                            size_t count, pv_error *error) PV_MUST_CHECK;
bool pv_phrases_find_names(const pv_phrases *set, const pv_naming *naming, pv_arena *arena, pv_phrase_match_list *out,
                           pv_error *error) PV_MUST_CHECK;
/* The words that stand once for the name and others, in bytes; empty when it says all its words itself. */
pv_span pv_phrases_shared(const pv_naming *naming, const pv_phrase_match *match);

#endif
