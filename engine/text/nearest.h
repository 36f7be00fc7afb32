/* Invariant: the same as comparing each text with each earlier one (similarity.h): exact, and of several texts that share as
 * much, the first. */
#ifndef PV_TEXT_NEAREST_H
#define PV_TEXT_NEAREST_H

#include "text/similarity.h"

typedef struct pv_nearest {
    size_t text;   /* index of an earlier text; meaningless when nothing is shared */
    size_t shared; /* distinct shingles common to both; 0: no earlier text shares one */
} pv_nearest;

/* For each of count texts (NULL: one to be passed over), the earlier one that shares the most shingles with it; in arena. Takes
 * time in proportion to all shingles and to those shared, not to the pairs of texts. */
bool pv_nearest_earlier(pv_nearest **out, pv_arena *arena, const pv_shingles *const *texts, size_t count,
                        pv_error *error) PV_MUST_CHECK;

#endif
