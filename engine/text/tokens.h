/* Invariant: two passages that a reader would call the same wording have the same tokens: runs of letters and numbers,
 * lower-cased, with hyphens, white space and punctuation as separators, apostrophes, what shows nothing and the dots
 * of abbreviations ("L.A.") dropped, so "hard-to-reach" = "hard to reach" and "L.A." = "LA". Accents and ligatures are
 * the same composed and decomposed. Each token keeps the bytes it stands for. */
#ifndef PV_TEXT_TOKENS_H
#define PV_TEXT_TOKENS_H

#include "base/arena.h"
#include "base/error.h"

typedef struct pv_token {
    uint64_t hash;  /* of the folded letters; equal tokens have equal hashes, and 64 bits are taken as proof */
    uint64_t owner; /* of the token without a closing 's ("DMH's": that of "DMH"); where there is none, equal to hash */
    pv_span at;     /* bytes in the text, abbreviation dots included */
    bool capitals;  /* two or more letters, all upper case, a closing 's apart: an acronym */
} pv_token;

typedef struct pv_token_list {
    const pv_token *tokens;
    size_t count;
} pv_token_list;

/* Whether two texts are the same wording. */
bool pv_tokens_are_same(const pv_token_list *a, const pv_token_list *b);
/* The tokens of text, in order, in arena. */
bool pv_tokens_find(pv_arena *arena, pv_str text, pv_token_list *out, pv_error *error) PV_MUST_CHECK;
/* The same of the first `most` (at least one) of them. */
bool pv_tokens_begin(pv_arena *arena, pv_str text, size_t most, pv_token_list *out, pv_error *error) PV_MUST_CHECK;

#endif
