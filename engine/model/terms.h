/* Invariant: a term is of parts that its form has, of a sort that fits what it bounds or computes, and nothing is
 * computed from itself, however far round. What it comes to is told from a filing and the day it is judged by alone;
 * where one of its parts is blank or cannot be read it comes to nothing, and never to a guess. */
#ifndef PV_MODEL_TERMS_H
#define PV_MODEL_TERMS_H

#include "model/submission.h"

typedef enum pv_term_kind {
    PV_TERM_VALUE,      /* as the form gives it, itself or as one of its attributes */
    PV_TERM_FIELD,      /* a header field, or (with `cell`) a column of the row that it names */
    PV_TERM_ITEM,       /* the value that an item asks for, or (with `cell`) a column of the row that it names */
    PV_TERM_COLUMN,     /* a column of the row at hand, or (with `cell`) one of the row that it names */
    PV_TERM_DAY,        /* the day it is judged by */
    PV_TERM_SUM,        /* of a column, over the rows of a kind: those that belong to the row at hand, else all ... */
    PV_TERM_COUNT,      /* ... how many those are */
    PV_TERM_TOTAL,      /* of the parts */
    PV_TERM_DIFFERENCE, /* the first part less the second */
    PV_TERM_SHARE,      /* the first part as a percentage of the second */
} pv_term_kind;

typedef enum pv_shift {
    PV_SHIFT_NONE,
    PV_SHIFT_NUMBER,
    PV_SHIFT_DAYS,
    PV_SHIFT_WEEKS,
    PV_SHIFT_MONTHS,
    PV_SHIFT_YEARS
} pv_shift;

typedef struct pv_term pv_term;
struct pv_term {
    pv_term_kind kind;
    const pv_value *value;
    size_t position;           /* of the field, item or column in the form, or in its record kind */
    const pv_value_spec *spec; /* of it; of a sum its column */
    size_t cell;               /* the column of the row that it names */
    bool has_cell;
    const pv_record_spec *record; /* of a sum or count */
    const pv_term *parts;
    size_t part_count;
    pv_shift shift;       /* what `add` adds, in what ... */
    const pv_term *added; /* ... a number */
    bool has_times;
    pv_decimal times;   /* by what it is multiplied */
    pv_value_sort sort; /* PV_SORT_NUMBER or PV_SORT_DAYS */
    bool percentage;
    pv_str currency; /* of an amount of money: "GBP"; else empty */
    pv_str words;    /* "12 weeks after “Start date”"; empty for a value that the form gives itself */
    pv_span at;
};

/* What a form demands of a field or column beyond its type. */
typedef struct pv_demands {
    const pv_term *low, *high; /* inclusive; of a period: where it begins, and where it ends */
    const pv_term *computed;
    const pv_term *least, *most; /* of a list: how many entries, where the form gives no number itself */
} pv_demands;

/* What a term comes to, or a value. */
typedef struct pv_amount {
    bool known;        /* false: a part of it is blank or cannot be read; all below is then empty */
    bool failed;       /* too large to be worked out exactly, or divided by nothing; then not known either */
    bool computed;     /* of a value: it is not given, and this is what it is computed to be */
    pv_decimal number; /* divided by `over` */
    pv_decimal over;   /* above 0; 1 but for a share */
    bool percentage;
    pv_str currency;     /* of money; else empty */
    pv_date first, last; /* of days: as precisely as it is said */
    bool open;           /* of a period's end: it goes on */
    pv_str shown;        /* "1200.50 GBP", "2022-07-01" */
    bool has_at;
    pv_span at; /* where the value that it is, or is counted or computed from, stands */
} pv_amount;

/* Sums and counts over all rows that have been worked out, so that a condition on each of many rows adds them up
 * once. */
#define PV_TERMS_REMEMBERED 16
typedef struct pv_term_memo {
    const pv_term *terms[PV_TERMS_REMEMBERED];
    pv_amount amounts[PV_TERMS_REMEMBERED];
    size_t count;
    size_t steps; /* taken so far; beyond PV_TERM_STEPS_MOST nothing is worked out any more, and all is in doubt */
} pv_term_memo;
#define PV_TERM_STEPS_MOST ((size_t)10000000)

typedef struct pv_term_context {
    const pv_submission *submission;
    const pv_record *record; /* the row at hand, or NULL */
    const pv_date *day;      /* it is judged by; NULL: none is said */
    pv_arena *arena;
    pv_term_memo *memo;            /* of this submission and day; NULL: nothing is remembered */
    const pv_filed_measure *filed; /* the measure at hand, whose row its items are of; or NULL */
} pv_term_context;

/* Fails only for memory. */
bool pv_term_amount(const pv_term *term, const pv_term_context *context, pv_amount *out, pv_error *error) PV_MUST_CHECK;
/* Of a value, or, where it is blank and computed, of what it is to be. end: of a period, its end and not its
 * beginning. */
bool pv_value_amount(const pv_value *value, bool end, const pv_term_context *context, pv_amount *out,
                     pv_error *error) PV_MUST_CHECK;
/* Where the first of the values stands from which one that is left out is computed; false, and out as it was, where
 * none is given. record, filed: the row and the measure that it is in, or NULL. */
bool pv_value_origin(const pv_value *value, const pv_submission *submission, const pv_record *record,
                     const pv_filed_measure *filed, pv_span *out);
/* <0, 0, >0 of two known numbers. PV_ERROR_RANGE is told by *failed. */
int pv_amount_compare(const pv_amount *a, const pv_amount *b, bool *failed);
/* Whether the form judges by a day anywhere. *at: where it says so. */
bool pv_form_needs_day(const pv_form *form, pv_span *at);
/* Whether any value of the form is held against, or computed from, this field, table, record kind or attribute. */
bool pv_form_is_held_against(const pv_form *form, const void *thing);

#endif
