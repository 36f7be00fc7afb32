/* Invariant: a quantity's value is exactly what the text says, as a decimal with its span; a form of words that could
 * be read two ways gives no quantity rather than a guess. A number is qualified only by the wording directly before it,
 * or by "or more" and its like directly after. */
#ifndef PV_TEXT_QUANTITIES_H
#define PV_TEXT_QUANTITIES_H

#include "base/arena.h"
#include "base/decimal.h"

typedef enum pv_quantity_kind {
    PV_QUANTITY_PERCENTAGE, /* "20%", "20 %", ".2%", "20 percent", "20 per cent", "twenty percent", "20-25%" */
    PV_QUANTITY_AMOUNT,     /* money: "$4 million", "£1,200", "4,000 dollars" */
    PV_QUANTITY_COUNT, /* any other number, in figures or words up to ninety-nine: "8,600", "3-4", "3 – 4", "five";
                               not the enumerators of a list ("1)", "(2)", "3." at a line start), not a year in a date,
                               not a part of a longer name ("1.2.6", "Q4", "DMC-2") */
} pv_quantity_kind;

/* How the text qualifies the number, from the words directly before it. */
typedef enum pv_qualifier {
    PV_QUALIFIER_NONE,
    PV_QUALIFIER_AT_LEAST, /* at least, no less than, a minimum of, "or more" after it */
    PV_QUALIFIER_OVER,     /* over, more than, above, exceeding */
    PV_QUALIFIER_AT_MOST,  /* at most, up to, no more than, a maximum of */
    PV_QUALIFIER_UNDER,    /* under, less than, below, fewer than */
    PV_QUALIFIER_ABOUT,    /* about, approximately, around, nearly, roughly, some */
} pv_qualifier;

typedef struct pv_quantity {
    pv_quantity_kind kind;
    pv_qualifier qualifier;
    pv_decimal value; /* of a range: the lower end */
    pv_decimal upper; /* of a range: the upper end; else equal to value */
    pv_span at;       /* number and unit, bytes; without the qualifier */
} pv_quantity;

typedef struct pv_quantity_list {
    const pv_quantity *quantities;
    size_t count;
} pv_quantity_list;

const char *pv_qualifier_name(pv_qualifier qualifier); /* "", "at least", … */
/* How text qualifies the number and unit at these bytes. */
pv_qualifier pv_qualifier_of(pv_str text, pv_span at);

/* All quantities of this kind, in text order, in arena. A number too long for a decimal is PV_ERROR_RANGE. */
bool pv_quantities_find(pv_arena *arena, pv_str text, pv_quantity_kind kind, pv_quantity_list *out,
                        pv_error *error) PV_MUST_CHECK;

#endif
