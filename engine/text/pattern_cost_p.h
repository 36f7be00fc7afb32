/* Invariant: a bound, never an estimate: what PCRE2's machine code does between two steps of PCRE2's interpreter on the
 * same search is at most this. Where that cannot be told of a pattern, there is none. */
#ifndef PV_TEXT_PATTERN_COST_P_H
#define PV_TEXT_PATTERN_COST_P_H

#include "base/str.h"

/* Both engines try the same alternatives and repetitions in the same order. The interpreter counts each branch that it
 * may come back to; machine code counts each end of a repeated item, and puts something on its stack for repeated items
 * and groups. Between two branches of the interpreter lies no more than the longest way through the pattern that goes
 * through each item once (a repetition is a branch each time). */
typedef struct pv_pattern_cost {
    uint32_t items;    /* groups and repetitions on the longest way; at least 1 */
    uint32_t captures; /* groups in all that may keep what they matched */
} pv_pattern_cost;

/* False where nothing can be told: what calls a group from elsewhere, refers to one, or is not read here. */
bool pv_pattern_cost_read(pv_pattern_cost *out, pv_str pattern);

#endif
