/* Invariant: a period is a number and the unit of time directly after it ("30 calendar days", "two-week", "five (5)
 * Working Days", "3-5 business days"); where figures repeat the number in parentheses they say the same, or there is no
 * period. A duration is a period that is stated for itself: not the interval of a frequency ("every three months"), not
 * a share of a longer one ("seven days a week") and not an age ("18 years old"). A frequency is how often something
 * happens, as exact times per year, so that any two compare: a year has four quarters, 12 months, and as many weeks and
 * days as 400 Gregorian years have on average (365.2425 days; every 7 days is weekly). What can be read two ways
 * carries both readings. */
#ifndef PV_TEXT_PERIODS_H
#define PV_TEXT_PERIODS_H

#include "text/quantities.h"

typedef enum pv_time_unit {
    PV_TIME_DAY, /* "day": which kind is left open */
    PV_TIME_CALENDAR_DAY,
    PV_TIME_BUSINESS_DAY,
    PV_TIME_WORKING_DAY, /* also "workday", "work day" */
    PV_TIME_WEEK,
    PV_TIME_MONTH,
    PV_TIME_QUARTER,
    PV_TIME_YEAR,
} pv_time_unit;

/* "day", "calendar day", … */
const char *pv_time_unit_name(pv_time_unit unit);

/* ---- durations ---- */

typedef struct pv_duration {
    pv_qualifier qualifier; /* "within" and "no later than" are PV_QUALIFIER_AT_MOST */
    pv_decimal value;       /* of a range: the lower end */
    pv_decimal upper;       /* of a range: the upper end; else equal to value */
    pv_time_unit unit;
    pv_span at; /* number and unit, bytes; without the qualifier */
} pv_duration;

typedef struct pv_duration_list {
    const pv_duration *durations;
    size_t count;
} pv_duration_list;

/* All durations of text, in order, in arena: "within 30 calendar days", "five (5) Working Days", "a two-week period",
 * "one year"; "a year" only where it is qualified ("within a year"). A number too long for a decimal is
 * PV_ERROR_RANGE. */
bool pv_durations_find(pv_arena *arena, pv_str text, pv_duration_list *out, pv_error *error) PV_MUST_CHECK;

/* ---- frequencies ---- */

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
    pv_span at; /* bytes; without the qualifier and "on a … basis"; with what it counts ("four meetings a year") */
    pv_span
        what; /* the word for what happens so often: "meetings" of "quarterly meetings"; empty where none is found */
} pv_frequency;

typedef struct pv_frequency_list {
    const pv_frequency *frequencies;
    size_t count;
} pv_frequency_list;

/* Rarer first; <0, 0, >0, exactly: monthly satisfies "at least quarterly" as it does not compare lower. */
int pv_rate_compare(pv_rate a, pv_rate b);

/* All frequencies of text, in order, in arena: "quarterly", "annual", "every quarter", "each month", "every other
 * week", "every Monday", "once per month", "four (4) times a year", "4x/yr", "four meetings a year", "twice yearly",
 * "biannual" (twice a year), "biennial" (every two years), "quarterly or annually" (a range), "Q1, Q2, Q3 and Q4",
 * "in March and September" (as many times as are named, and no more often than the longest time between two allows).
 * Not read: business and working days ("every working day"), and what counts other than times and what happens
 * ("$500 per month"). */
bool pv_frequencies_find(pv_arena *arena, pv_str text, pv_frequency_list *out, pv_error *error) PV_MUST_CHECK;

#endif
