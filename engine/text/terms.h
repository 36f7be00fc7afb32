/* Invariant: a term is a number with the unit and scale that belong to it ("$4 million", "20 %", "five"), or is unclear as a
 * whole. Two terms joined ("3-4", "20 to 25 percent", "between 3 and 5") are one range, from the lower to the higher. */
#ifndef PV_TEXT_TERMS_H
#define PV_TEXT_TERMS_H

#include "text/numbers.h"

typedef enum pv_unit { PV_UNIT_NONE, PV_UNIT_PERCENT, PV_UNIT_MONEY } pv_unit;

typedef struct pv_term {
    pv_number number; /* of a range: the lower end; already scaled */
    pv_number upper;  /* of a range: the upper end; else equal to number */
    pv_unit unit;
    bool range;
    pv_span at; /* number and unit; set for unclear ones too, which are to be passed over as a whole */
} pv_term;

/* False when no term of the text can have this unit, because neither its sign nor its word is there. Any text may hold a term
 * without a unit. */
bool pv_term_may_have_unit(pv_str text, pv_unit unit);
/* Reads the term, or the range of two, that starts at offset, which is not inside a word. */
pv_number_reading pv_term_read(pv_str text, size_t offset, pv_term *out);

#endif
