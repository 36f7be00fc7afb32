/* Invariant: what is said here of a row of cells, and of each value in it, is what a line of YAML with the same values
 * says, whatever file they are kept in: { county: Amador, executed: 2024-01-08, topics: [a, b] }, in the form's order.
 * Nothing is allocated. */
#ifndef PV_MODEL_READING_H
#define PV_MODEL_READING_H

#include "model/submission.h"

/* Is told the next piece. Each lives as long as the call. */
typedef void (*pv_reading_sink)(void *payload, pv_str piece);

/* Tells sink, in pieces, what stands at `at` in a submission that was made of cells or blocks. false: the place is in
 * the midst of what reads otherwise, or of no value at all; then nothing was told. is_list: where a kind
 * has one row, its list stands in the same place, and is meant. */
bool pv_reading_tell(const pv_submission *submission, pv_span at, bool is_list, pv_reading_sink sink, void *payload);
/* What YAML has for a value of a type that it takes one spelling of: a day, a whole number, true. Empty for any other,
 * and for what cannot be read: that stands as it is written. */
pv_spelt pv_reading_spelt(const pv_value *value);

#endif
