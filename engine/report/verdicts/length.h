/* Invariant: how long a text may be is said in the same words everywhere, and nothing is said where the form says nothing. */
#ifndef PV_REPORT_LENGTH_H
#define PV_REPORT_LENGTH_H

#include "base/buf.h"
#include "model/value.h"

bool pv_length_is_limited(const pv_length *length);
/* "50 to 300 words, at most 1800 characters". */
void pv_length_write_limits(pv_buf *out, const pv_length *length);
/* "139 words of 50 to 300, 812 characters of at most 1800"; the words also of a text that is not limited. */
void pv_length_write(pv_buf *out, const pv_length *length, size_t words, pv_str text);

#endif
