/* Invariant: similarity is exact, not sampled: of every token shingle and every run, and independent of the order in
 * which texts are compared (a with b and b with a give the same run; containment is of the first in the second). The
 * nearest of many is the same as comparing each text with each earlier one, and of several that share as much the
 * first. */
#ifndef PV_TEXT_SIMILARITY_H
#define PV_TEXT_SIMILARITY_H

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

typedef struct pv_nearest {
    size_t text;   /* index of an earlier text; meaningless when nothing is shared */
    size_t shared; /* distinct shingles common to both; 0: no earlier text shares one */
} pv_nearest;

/* For each of count texts (NULL: one to be passed over), the earlier one that shares the most shingles with it; in
 * arena. Takes time in proportion to all shingles and to those shared, not to the pairs of texts. */
bool pv_nearest_earlier(pv_nearest **out, pv_arena *arena, const pv_shingles *const *texts, size_t count,
                        pv_error *error) PV_MUST_CHECK;

#endif
