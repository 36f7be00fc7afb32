/* Invariant: what is turned away cannot match. A pattern is asked for what every match of it holds: for each of a few
 * clauses, one of its literals must stand in the text. Whatever cannot be told of a pattern or a text is admitted: a
 * construct that is not understood, a character that case folding makes equal to an ASCII letter, a part of a text
 * that begins or ends within a word. */
#ifndef PV_TEXT_PREFILTER_H
#define PV_TEXT_PREFILTER_H

#include "base/arena.h"
#include "base/error.h"

/* What a text holds: every three neighbouring symbols, where a symbol is an ASCII letter of either case, a digit, "_",
 * or any number of other characters; and every ASCII character. */
typedef struct pv_signature {
    uint64_t *bits;        /* a set of hashed threes: one that is there is always found */
    uint32_t shift;        /* of a hash to a bit */
    uint64_t ascii[2];     /* the characters that occur */
    bool has_beyond_ascii; /* as characters that are not ASCII */
    bool is_undecided;     /* everything may stand in it */
} pv_signature;

/* In arena, in one pass over the text. */
bool pv_signature_build(pv_signature *out, pv_arena *arena, pv_str text, pv_error *error) PV_MUST_CHECK;
/* Whether what the signature of whole says holds of a part of it too: the part ends where words end. */
bool pv_signature_covers(pv_str whole, pv_span part);

/* What a pattern (as PCRE2 reads it, with or without its option "extended") needs of a text. */
typedef struct pv_prefilter pv_prefilter;

/* *out is NULL where nothing can be asked. Yours: pv_prefilter_free. The pattern must be one that PCRE2 compiles. */
bool pv_prefilter_build(pv_prefilter **out, pv_memory *memory, pv_str pattern, bool extended,
                        pv_error *error) PV_MUST_CHECK;
void pv_prefilter_free(pv_prefilter *filter);
/* False only if the pattern cannot match in the text, nor in a part that the signature covers. filter may be NULL. */
bool pv_prefilter_admits(const pv_prefilter *filter, const pv_signature *signature);

#endif
