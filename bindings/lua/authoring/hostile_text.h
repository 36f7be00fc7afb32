/* Invariant: the texts are made from nothing but the pattern, so a pattern is always tried on the same ones. */
#ifndef PV_LUA_AUTHORING_HOSTILE_TEXT_H
#define PV_LUA_AUTHORING_HOSTILE_TEXT_H

#include "base/buf.h"

#define PV_HOSTILE_BYTES ((size_t)4096)

/* One character for each thing the pattern can match, in its order: "a1%" for `[a-z]+\d%`. */
typedef struct pv_pattern_sample {
    char at[256];
    size_t count;
} pv_pattern_sample;

/* What a pattern is likely to match a long part of, and then fail: extended is its flag x. */
pv_pattern_sample pv_pattern_sample_of(pv_str pattern, bool extended);
/* How many texts there are for a sample: the whole of it, each character and each two neighbours of it, each
 * repeated. */
size_t pv_hostile_text_count(const pv_pattern_sample *sample);
/* Replaces what is in out by the index-th: PV_HOSTILE_BYTES, a character that ends no match, and the sample, lest a
 * search be given up at once for a character that is nowhere in the text. */
void pv_hostile_text_write(const pv_pattern_sample *sample, size_t index, pv_buf *out);

#endif
