/* Invariant: an interval reaches from what a text names as its beginning to what it names as its end, each a date that
 * may leave the day open ("2003" is some day of that year), and never from the later to the earlier. One that goes on
 * ("2004–present") is open and has no end. What can be read two ways ("2009-10": a month or two years) is none. */
#ifndef PV_TEXT_INTERVALS_H
#define PV_TEXT_INTERVALS_H

#include "text/dates.h"

typedef struct pv_interval {
    pv_date_mention from; /* at: bytes of the text */
    pv_date_mention to;   /* of an open one all zero; of a single date ("2003", "2013/14" is one) the same as from */
    bool open;
    pv_span at;
} pv_interval;

typedef struct pv_interval_list {
    const pv_interval *intervals;
    size_t count;
} pv_interval_list;

/* All intervals of text, in order, not overlapping, in arena: "2003–2014" with any dash or hyphen, with blanks or
 * without, "2003 to 2014", "2013/14", "2013/14–2015/16", "2004–present", "Jan–Dec 2015", "1 January – 31 March 2015",
 * "2022-01-01 to 2022-06-30". Years alone from 1900 to 2099. Not read: a single date, and "12/13". */
bool pv_intervals_find(pv_arena *arena, pv_str text, pv_date_order order, pv_interval_list *out,
                       pv_error *error) PV_MUST_CHECK;

/* Why a value is not what it is to be. */
typedef enum pv_dating_fault {
    PV_DATING_FINE,
    PV_DATING_OTHER,       /* something else */
    PV_DATING_AMBIGUOUS,   /* "2009-10", "07/01/2022": two readings */
    PV_DATING_SHORT_YEARS, /* "12/13", "03-14": years of two digits */
    PV_DATING_REVERSED,    /* it ends before it begins */
    PV_DATING_IMPOSSIBLE,  /* it names a day that does not exist */
} pv_dating_fault;

/* text, without white space around it, as a value of a form, whole: an interval as above, one date for both its ends
 * ("2003", "2011-09"), or an open one, also as "since 2004", "2004 onwards", "2004–". Years from 1000 on. */
pv_dating_fault pv_interval_read(pv_str text, pv_date_order order, pv_interval *out);
/* The same for a month: "2011-09", "Sept 2011", "09/2011"; and for a year: "2003". */
pv_dating_fault pv_month_read(pv_str text, pv_date_mention *out);
pv_dating_fault pv_year_read(pv_str text, pv_date_mention *out);

#endif
