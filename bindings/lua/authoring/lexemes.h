/* Invariant: lexemes are the words of a Lua source that compiled, in order, without comments and white space: what
 * stands between quotes or in a comment is never taken for code. */
#ifndef PV_LUA_AUTHORING_LEXEMES_H
#define PV_LUA_AUTHORING_LEXEMES_H

#include "model/source.h"

typedef enum pv_lexeme_kind {
    PV_LEXEME_NAME, /* keywords too */
    PV_LEXEME_NUMBER,
    PV_LEXEME_STRING,
    PV_LEXEME_SYMBOL,
} pv_lexeme_kind;

typedef struct pv_lexeme {
    pv_lexeme_kind kind;
    pv_span at;
    uint32_t line; /* of its first character */
} pv_lexeme;

typedef struct pv_lexemes {
    const pv_source *source;
    const pv_lexeme *at;
    size_t count;
} pv_lexemes;

/* Fails only for memory. */
bool pv_lexemes_read(pv_lexemes *out, pv_arena *arena, const pv_source *source, pv_error *error) PV_MUST_CHECK;
/* The bytes of the index-th; empty past the last. */
pv_str pv_lexemes_text(const pv_lexemes *lexemes, size_t index);
/* Whether the index-th is this word or symbol. */
bool pv_lexemes_is(const pv_lexemes *lexemes, size_t index, const char *text);
/* What stands between the quotes or long brackets of a string. False when escapes make it differ from its value. */
bool pv_lexemes_string(const pv_lexemes *lexemes, size_t index, pv_str *out);

/* The bracket that closes the one at index, or count; the one that opens the one at index, or count. */
size_t pv_lexemes_closing(const pv_lexemes *lexemes, size_t index);
size_t pv_lexemes_opening(const pv_lexemes *lexemes, size_t index);
/* The first lexeme of the expression that the name at index ends: `response` in `response.text:items().leaves`. */
size_t pv_lexemes_chain_start(const pv_lexemes *lexemes, size_t index);
/* The last lexeme of the arguments that follow the name at index; index itself when none do. */
size_t pv_lexemes_call_end(const pv_lexemes *lexemes, size_t index);

#endif
