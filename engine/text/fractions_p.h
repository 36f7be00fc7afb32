/* Invariant: a fraction is a share of a whole only where its words can mean nothing else: "one-fifth", "two thirds of",
 * "by half", "1/5 of", "1 in 5 members"; not a part of time ("the second half of 2022", "a quarter"), a date ("1/5"), a
 * name ("third parties", "24/7", "50/50") or a place in an order ("fourth quarter"). What six decimal places of a
 * percentage do not hold is cut, never rounded up, so that it compares rightly with every percentage that has fewer. */
#ifndef PV_TEXT_FRACTIONS_P_H
#define PV_TEXT_FRACTIONS_P_H

#include "base/decimal.h"

typedef struct pv_fraction {
    uint32_t part;
    uint32_t whole; /* at least part, and at least 1 */
    pv_span at;
} pv_fraction;

/* The first place at or after from, which is not inside a word, from which a share may be read: at a sign or where a
 * word begins; text.size where there is none. */
size_t pv_fraction_next(pv_str text, size_t from);
/* Reads the share that starts at offset, which is not inside a word. */
bool pv_fraction_read(pv_str text, size_t offset, pv_fraction *out);

/* A fraction in signs, whatever stands around it: "1/3", "⅓". */
typedef struct pv_fraction_signs {
    uint32_t part;
    uint32_t whole;
    size_t end;
    bool one_sign; /* "⅓" */
} pv_fraction_signs;

bool pv_fraction_signs_read(pv_str text, size_t offset, pv_fraction_signs *out);

/* times * part / whole, which is at most some 10^8, to six places; *rounded: whether there are more. */
pv_decimal pv_fraction_value(uint64_t part, uint64_t whole, unsigned times, bool *rounded);

#endif
