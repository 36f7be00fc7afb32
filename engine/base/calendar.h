/* Invariant: a pv_date is a day that exists in the proleptic Gregorian calendar, in the years 1 to 9999; arithmetic
 * that would leave those years, or the days that a holiday table covers, is PV_ERROR_RANGE and never a wrong day. */
#ifndef PV_BASE_CALENDAR_H
#define PV_BASE_CALENDAR_H

#include "base/error.h"

typedef struct pv_date {
    int16_t year; /* 1 to 9999, proleptic Gregorian */
    uint8_t month;
    uint8_t day;
} pv_date;

/* As ISO 8601 numbers them. */
typedef enum pv_weekday {
    PV_MONDAY = 1,
    PV_TUESDAY,
    PV_WEDNESDAY,
    PV_THURSDAY,
    PV_FRIDAY,
    PV_SATURDAY,
    PV_SUNDAY,
} pv_weekday;

/* The day with these numbers; false, and nothing stored, when there is none (30 February). */
bool pv_date_make(int year, int month, int day, pv_date *out);
/* "2022-07-01" and no other spelling; false for a day that does not exist. */
bool pv_date_parse(pv_str text, pv_date *out);
/* Four, two and two digits with hyphens between: a day, whether or not there is such a one. */
bool pv_date_is_written(pv_str text);
/* Why pv_date_parse refuses text, as half a sentence: "there is no such day in the calendar", where it is written as a
 * day is; else how one is written. */
const char *pv_date_fault(pv_str text);
/* Writes the day as "2022-07-01" and a NUL. */
#define PV_DATE_SIZE ((size_t)11)
void pv_date_write(pv_date date, char out[PV_DATE_SIZE]);
/* 28 to 31; month is 1 to 12. */
int pv_date_days_in_month(int year, int month);
pv_weekday pv_date_weekday(pv_date date);
/* Calendar order; <0, 0, >0. Days between as b - a. */
int pv_date_compare(pv_date a, pv_date b);
int64_t pv_date_days_between(pv_date a, pv_date b);
/* days may be negative. */
bool pv_date_add_days(pv_date date, int64_t days, pv_date *out, pv_error *error) PV_MUST_CHECK;
/* The same day of the month so many months on (or back); where that month is too short, its last day: 31 January and
 * one month is 28 or 29 February. Not reversible. */
bool pv_date_add_months(pv_date date, int64_t months, pv_date *out, pv_error *error) PV_MUST_CHECK;

typedef enum pv_day_kind {
    PV_DAY_CALENDAR, /* every day */
    PV_DAY_BUSINESS, /* Monday to Friday */
    PV_DAY_WORKING,  /* Monday to Friday, less the holidays */
} pv_day_kind;

/* Which days count. Only working days need the fields below `kind`. */
typedef struct pv_calendar {
    pv_day_kind kind;
    const pv_date *holidays; /* ascending, none twice; may fall on weekends; borrowed */
    size_t holiday_count;
    pv_date first; /* the days for which `holidays` is complete: a working day outside them is not known */
    pv_date last;
} pv_calendar;

/* False when the holidays are not ascending, or one lies outside first to last (PV_ERROR_SHAPE, naming it). To be asked
 * once, when the table is read; the functions below rely on it. */
bool pv_calendar_check(const pv_calendar *calendar, pv_error *error) PV_MUST_CHECK;
/* Whether date is one of the days that count. */
bool pv_calendar_counts(const pv_calendar *calendar, pv_date date, bool *out, pv_error *error) PV_MUST_CHECK;
/* The last day of a term of so many days. Day 0 is the event's day, whether it counts or not; day 1 is the first day
 * after it that counts, and so on; a negative number counts back in the same way. The day so found moves on to the
 * first day of the kind `ends_on`, itself included: PV_DAY_CALENDAR leaves it where it is, PV_DAY_WORKING moves a term
 * of calendar days that ends on a Saturday or a holiday to the next working day. */
bool pv_calendar_add(const pv_calendar *calendar, pv_date event, int64_t days, pv_day_kind ends_on, pv_date *out,
                     pv_error *error) PV_MUST_CHECK;
/* How many days that count have come after the event's day, up to and including date; when date is the earlier, minus
 * how many lie from date up to and excluding the event's day. Where date counts, pv_calendar_add of the result gives
 * date. Where it does not, the result tells what has passed and not whether a term was kept: on the Saturday after day
 * 5 it is still 5, and a term of 5 is over. Whether a term was kept is a comparison of date with pv_calendar_add. */
bool pv_calendar_days_between(const pv_calendar *calendar, pv_date event, pv_date date, int64_t *out,
                              pv_error *error) PV_MUST_CHECK;

#endif
