/* Invariant: a quantity's value is exactly what the text says, as a decimal with its span; a form of words that could
 * be read two ways gives no quantity rather than a guess. A number is qualified only by the wording directly before it,
 * or by "or more" and its like directly after. */
#ifndef PV_TEXT_QUANTITIES_H
#define PV_TEXT_QUANTITIES_H

#include "base/arena.h"
#include "base/decimal.h"

typedef enum pv_quantity_kind {
    PV_QUANTITY_PERCENTAGE, /* "20%", "20 %", ".2%", "20 percent", "20 pct", "twenty (20) percent", "20-25%", "33⅓%",
                               "20 percentage points"; and shares in other words: "one-fifth", "by half", "1 in 5" */
    PV_QUANTITY_AMOUNT,     /* money: "$4 million", "£1,200", "4,000 dollars" */
    PV_QUANTITY_COUNT,      /* any other number, in figures or words: "8,600", "3-4", "3 – 4", "five", "five (5)";
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

/* What a percentage is said in. */
typedef enum pv_quantity_unit {
    PV_QUANTITY_UNIT_NONE, /* of amounts and counts */
    PV_QUANTITY_UNIT_PERCENT,
    PV_QUANTITY_UNIT_POINTS,   /* percentage points: a difference of two percentages */
    PV_QUANTITY_UNIT_FRACTION, /* "one-fifth", "half of", "1 in 5": its value is the percentage */
} pv_quantity_unit;

typedef struct pv_quantity {
    pv_quantity_kind kind;
    pv_quantity_unit unit;
    bool rounded; /* "a third": value is cut after six places, and so compares rightly with all that have fewer */
    pv_qualifier qualifier;
    pv_decimal value; /* of a range: the lower end */
    pv_decimal upper; /* of a range: the upper end; else equal to value */
    pv_span at;       /* number and unit, bytes; without the qualifier; with what parentheses repeat: "twenty (20)" */
} pv_quantity;

typedef struct pv_quantity_list {
    const pv_quantity *quantities;
    size_t count;
} pv_quantity_list;

/* Where words and figures say two numbers: "twenty (25) percent". Neither is a quantity. */
typedef struct pv_contradiction_list {
    const pv_span *at;
    size_t count;
} pv_contradiction_list;

const char *pv_qualifier_name(pv_qualifier qualifier); /* "", "at least", … */
/* How text qualifies the number and unit at these bytes. */
pv_qualifier pv_qualifier_of(pv_str text, pv_span at);

/* All quantities of this kind, in text order, in arena. A number too long for a decimal is PV_ERROR_RANGE. */
bool pv_quantities_find(pv_arena *arena, pv_str text, pv_quantity_kind kind, pv_quantity_list *out,
                        pv_error *error) PV_MUST_CHECK;
/* All places of text that say two numbers for one, in text order, in arena. */
bool pv_contradictions_find(pv_arena *arena, pv_str text, pv_contradiction_list *out, pv_error *error) PV_MUST_CHECK;

#endif
