/* Invariant: a date mention says what the text says, no more: a day that does not exist is reported and never moved, a
 * date that can be read two ways carries both readings, and a day or month without its year is none. */
#ifndef PV_TEXT_DATES_H
#define PV_TEXT_DATES_H

#include "base/arena.h"
#include "base/calendar.h"

/* What "07/01/2022" means. */
typedef enum pv_date_order {
    PV_DATE_ORDER_UNKNOWN,     /* 1 July, the other reading being 7 January */
    PV_DATE_ORDER_MONTH_FIRST, /* 1 July: the United States */
    PV_DATE_ORDER_DAY_FIRST,   /* 7 January */
} pv_date_order;

typedef enum pv_date_precision {
    PV_DATE_PRECISION_DAY,     /* "July 1, 2022", "1 July 2022", "Jul. 1st, 2022", "2022-07-01", "07/01/2022" */
    PV_DATE_PRECISION_MONTH,   /* "July 2022", "July of 2022" */
    PV_DATE_PRECISION_QUARTER, /* "Q4 2022", "2022 Q4", "the fourth quarter of 2022"; of the calendar year only */
    PV_DATE_PRECISION_YEAR,    /* "calendar year 2022", "CY 2022", "the year 2022"; "2022" alone where asked for */
} pv_date_precision;

typedef enum pv_date_reading {
    PV_DATE_CLEAR,
    PV_DATE_AMBIGUOUS,  /* day and month may be meant either way round */
    PV_DATE_IMPOSSIBLE, /* "February 30, 2022": no such day */
} pv_date_reading;

typedef struct pv_date_mention {
    pv_date_precision precision;
    pv_date_reading reading;
    pv_date first; /* first and last day of what is named; the same day where the precision is a day; not set when
                      impossible; when ambiguous, the reading with the month first */
    pv_date last;
    pv_date other; /* ambiguous: the reading with the day first; otherwise equal to first */
    pv_span at;    /* bytes: "fourth quarter of 2022", "the year 2022"; without a day of the week before it */
} pv_date_mention;

typedef struct pv_date_list {
    const pv_date_mention *dates;
    size_t count;
} pv_date_list;

typedef struct pv_date_options {
    pv_date_order order;
    /* Also "2022" by itself, from 1900 to 2099; still not "FY 2022", "2021-2022", "Program Year 2022". */
    bool bare_years;
} pv_date_options;

/* "day", "month", "quarter", "year". */
const char *pv_date_precision_name(pv_date_precision precision);

/* All dates of text, in order, not overlapping, in arena. Not read: years of two digits, fiscal years and their
 * quarters. */
bool pv_dates_find(pv_arena *arena, pv_str text, pv_date_options options, pv_date_list *out,
                   pv_error *error) PV_MUST_CHECK;

#endif
