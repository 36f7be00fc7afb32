/* Invariant: a period is a number and the unit of time directly after it ("30 calendar days", "two-week", "five (5) Working
 * Days", "3-5 business days"); where figures repeat the number in parentheses they say the same, or there is no period. */
#ifndef PV_TEXT_PERIODS_H
#define PV_TEXT_PERIODS_H

#include "text/terms.h"

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

/* Reads the number, or the range of two, that starts at offset, which is not inside a word: "5", "3 to 5", "five (5)"; also
 * the "30" of "30-day". Of a number in words beyond pv_number_read's, as "one hundred eighty (180)", the figures are taken.
 * Unclear when it has a unit of its own (percent, money) or is repeated and differs: to be passed over as a whole. */
pv_number_reading pv_period_read_number(pv_str text, size_t offset, pv_term *out);
/* Reads the unit, singular or plural, that blanks or one hyphen join to what ends at offset; its end, or SIZE_MAX. */
size_t pv_period_read_unit(pv_str text, size_t offset, pv_time_unit *out);

#endif
