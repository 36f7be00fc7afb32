/* Invariant: a frequency is how often something happens, as exact times per year, so that any two compare: a year has four
 * quarters, 12 months, and as many weeks and days as 400 Gregorian years have on average (365.2425 days; every 7 days is
 * weekly). What can be read two ways carries both readings. */
#ifndef PV_TEXT_FREQUENCIES_H
#define PV_TEXT_FREQUENCIES_H

#include "base/arena.h"
#include "text/quantities.h"

/* So many times in so many years, in lowest terms: quarterly is 4/1, every two years 1/2. */
typedef struct pv_rate {
    uint32_t times;
    uint32_t years;
} pv_rate;

typedef struct pv_frequency {
    pv_qualifier qualifier;
    pv_rate low;    /* the rarer reading, or the rarer end of a range ("every 3 to 6 months") */
    pv_rate high;   /* the more frequent one; else equal to low */
    bool ambiguous; /* low and high are two readings of one word: "bimonthly", "biweekly", "biyearly" */
    pv_span at;     /* bytes; without the qualifier and "on a … basis" */
} pv_frequency;

typedef struct pv_frequency_list {
    const pv_frequency *frequencies;
    size_t count;
} pv_frequency_list;

/* Rarer first; <0, 0, >0, exactly: monthly satisfies "at least quarterly" as it does not compare lower. */
int pv_rate_compare(pv_rate a, pv_rate b);

/* All frequencies of text, in order, in arena: "quarterly", "annual", "every quarter", "each month", "every other week",
 * "once per month", "four (4) times a year", "twice yearly", "biannual" (twice a year), "biennial" (every two years). Not
 * read: business and working days ("every working day"), and what counts other than times ("$500 per month"). */
bool pv_frequencies_find(pv_arena *arena, pv_str text, pv_frequency_list *out, pv_error *error) PV_MUST_CHECK;

#endif
