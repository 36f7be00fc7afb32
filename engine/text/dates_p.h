/* Invariant: a reader of part of a date reads it where it starts, which is at a given offset that is not inside a word,
 * and gives where it ends, or SIZE_MAX and nothing. */
#ifndef PV_TEXT_DATES_P_H
#define PV_TEXT_DATES_P_H

#include "text/dates.h"

/* A whole date; of what it fills in, `at` is not. */
size_t pv_date_read_at(pv_str text, size_t offset, pv_date_options options, pv_date_mention *out);
/* A run of at most so many digits. */
size_t pv_date_read_digits(pv_str text, size_t offset, size_t most, int *value);
/* "1", "01", "1st". */
size_t pv_date_read_day(pv_str text, size_t offset, int *day);
/* "July", "jul.": a month's name in any case. */
size_t pv_date_read_month(pv_str text, size_t offset, int *month);
/* After what joins the beginning of an interval to its end: "–", " - ", " to ", " until ", " through ". */
size_t pv_date_after_range_joint(pv_str text, size_t offset);
/* Fills in all days of these months, or this one day (impossible where there is none). */
void pv_date_fill_months(pv_date_mention *out, pv_date_precision precision, int first_year, int first_month,
                         int last_year, int last_month);
void pv_date_fill_day(pv_date_mention *out, int year, int month, int day);

#endif
