/* Invariant: two passages that a reader would call the same wording have the same tokens: runs of letters and numbers,
 * lower-cased, with hyphens, white space and punctuation as separators, apostrophes, what shows nothing and the dots
 * of abbreviations ("L.A.") dropped, so "hard-to-reach" = "hard to reach" and "L.A." = "LA". Accents and ligatures are
 * the same composed and decomposed. Each token keeps the bytes it stands for. */
#ifndef PV_TEXT_TOKENS_H
#define PV_TEXT_TOKENS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/utf8.h"

/* The hash of a token whose folded bytes are those added. No byte is 0, so none are taken for fewer. */
typedef struct pv_token_hash {
    uint64_t words;   /* of eight bytes each, from the first */
    uint64_t pending; /* the bytes behind them ... */
    unsigned bits;    /* ... and how many bits those have */
} pv_token_hash;

#define PV_TOKEN_HASH_NONE ((pv_token_hash){.words = UINT64_C(0xcbf29ce484222325)})

/* Of what was added before, and a word of one to eight bytes, the first lowest. */
static inline uint64_t pv_token_hash_word(uint64_t before, uint64_t word) {
    uint64_t hash = (before ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

static inline void pv_token_hash_add(pv_token_hash *hash, char byte) {
    hash->pending |= (uint64_t)(unsigned char)byte << hash->bits;
    hash->bits += 8;
    if (hash->bits == 64) {
        hash->words = pv_token_hash_word(hash->words, hash->pending);
        hash->pending = hash->bits = 0;
    }
}

static inline uint64_t pv_token_hash_end(const pv_token_hash *hash) {
    return hash->bits == 0 ? hash->words : pv_token_hash_word(hash->words, hash->pending);
}

/* Of a token that is written as it is folded. */
static inline uint64_t pv_token_hash_of(pv_str folded) {
    pv_token_hash hash = PV_TOKEN_HASH_NONE;
    for (size_t i = 0; i < folded.size; i++)
        pv_token_hash_add(&hash, folded.data[i]);
    return pv_token_hash_end(&hash);
}

static inline bool pv_is_apostrophe(uint32_t character) {
    return character == '\'' || character == 0x2019 || character == 0x2018 || character == 0x02BC;
}

/* Of those that a token is made of: the modifier letter U+02BC is an apostrophe, though Unicode has it among the
 * letters. */
static inline bool pv_is_letter_or_number(uint32_t character) {
    return pv_utf8_is_word_character(character) && !pv_is_apostrophe(character);
}

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
