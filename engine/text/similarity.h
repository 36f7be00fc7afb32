/* Invariant: similarity is exact, not sampled: of every token shingle and every run, and independent of the order in
 * which texts are compared (a with b and b with a give the same run; containment is of the first in the second). The
 * nearest of many is the same as comparing each text with each earlier one, and of several that share as much the
 * first. */
#ifndef PV_TEXT_SIMILARITY_H
#define PV_TEXT_SIMILARITY_H

#include "base/decimal.h"
#include "text/tokens.h"

#define PV_SHINGLE_TOKENS 3

typedef struct pv_shingles pv_shingles; /* the distinct shingles of one text, and its tokens */

typedef struct pv_similarity {
    size_t shingles;    /* distinct shingles of the first text */
    size_t shared;      /* of those, how many the second holds too; containment = shared / shingles */
    size_t run_tokens;  /* longest run of tokens common to both */
    pv_span run_first;  /* where that run stands in the first text, bytes; of several equally long, the one that comes
                          first in the text with fewer tokens, at its first place in either text; {0, 0} without one */
    pv_span run_second; /* and in the second */
} pv_similarity;

/* The shingles of one text, in arena; made once per text, compared many times. tokens must outlive them. */
bool pv_shingles_build(pv_shingles **out, pv_arena *arena, const pv_token_list *tokens, pv_error *error) PV_MUST_CHECK;
/* The hashes of its distinct shingles, in text order; equal shingles have equal hashes, and 64 bits are taken as
 * proof. */
const uint64_t *pv_shingles_hashes(const pv_shingles *shingles, size_t *count);
/* How many distinct shingles of a are in b (fills shingles and shared only); cheap, for finding candidates. */
void pv_shingles_compare(const pv_shingles *a, const pv_shingles *b, pv_similarity *out);
/* The longest common run too; scratch memory from arena. */
bool pv_similarity_measure(pv_arena *arena, const pv_shingles *a, const pv_shingles *b, pv_similarity *out,
                           pv_error *error) PV_MUST_CHECK;

/* Whether the longest common run may have so many tokens; false only when it has fewer. Cheaper than to measure it. */
bool pv_shingles_may_share_run(const pv_shingles *a, const pv_shingles *b, size_t tokens);

typedef struct pv_nearest {
    size_t text;   /* index of an earlier text; meaningless when nothing is shared */
    size_t shared; /* distinct shingles common to both; 0: no earlier text shares one */
} pv_nearest;

/* For each of count texts (NULL: one to be passed over), the earlier one that shares the most shingles with it; in
 * arena. Takes time in proportion to all shingles and to those shared, not to the pairs of texts. */
bool pv_nearest_earlier(pv_nearest **out, pv_arena *arena, const pv_shingles *const *texts, size_t count,
                        pv_error *error) PV_MUST_CHECK;

/* Texts in the order in which they were added, found by their shingles. */
typedef struct pv_copies pv_copies;

/* What makes a text a copy of another: this share of its shingles in the other, as a percentage cut at two places, or
 * a common run of so many tokens. */
typedef struct pv_copy_bounds {
    pv_decimal share;
    size_t run; /* 0: a run alone makes none */
} pv_copy_bounds;

/* In arena; empty. */
bool pv_copies_new(pv_copies **out, pv_arena *arena, pv_error *error) PV_MUST_CHECK;
/* Adds a text, whose shingles must outlive it; NULL: one to be passed over, which counts. */
bool pv_copies_add(pv_copies *copies, const pv_shingles *text, pv_error *error) PV_MUST_CHECK;
size_t pv_copies_count(const pv_copies *copies);
/* The first of the `before` texts added first that text is a copy of, or `before`: the same as holding it against each
 * of them in turn, in time that goes by the shingles shared. A share of 0 makes none. scratch: for the work. *work:
 * shingles met. */
bool pv_copies_first(pv_copies *copies, const pv_shingles *text, size_t before, const pv_copy_bounds *bounds,
                     pv_arena *scratch, size_t *out, size_t *work, pv_error *error) PV_MUST_CHECK;

#endif
