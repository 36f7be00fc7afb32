/* Invariant: a condition is on header fields and record kinds of its own form, that of a column also on columns of its
 * row, all of which exist, and no part hangs on itself, however far round. It can be false: one that never could is a
 * fault of the form. A value that it looks for is one that the field can have, so that a misspelt value in a filing is
 * never taken for another. */
#ifndef PV_MODEL_ONLY_IF_H
#define PV_MODEL_ONLY_IF_H

#include "model/value.h"
#include "text/tokens.h"

struct pv_record_spec;

typedef enum pv_only_if_kind {
    PV_ONLY_IF_GIVEN,   /* the field says something, or does not */
    PV_ONLY_IF_IS,      /* its value is one of several */
    PV_ONLY_IF_NAMES,   /* its text names a row of a table */
    PV_ONLY_IF_RECORDS, /* so many rows of a kind are given */
    PV_ONLY_IF_NOT,     /* of one part ... */
    PV_ONLY_IF_ALL,     /* ... and of one or more */
    PV_ONLY_IF_ANY,
} pv_only_if_kind;

typedef struct pv_only_if pv_only_if;
struct pv_only_if {
    pv_only_if_kind kind;
    const pv_value_spec *field; /* of the first three */
    bool in_row;                /* the field is a column of the row that the part stands in */
    const pv_value_spec *cell;  /* the column of the row that it names which is asked instead; NULL: itself */
    bool given;                 /* what is wanted of it */
    const pv_value *values;     /* one of which it is */
    size_t value_count;
    const pv_table *table; /* a row of which it names */
    const pv_table
        *among;        /* what it can name: only a row of this one that is none of `table` is surely none; or NULL */
    const bool *named; /* for each row of `among`: whether it is one of `table` */
    const pv_token_list *around; /* what may stand before and after the name: "County of", "CA" */
    size_t around_count;
    const struct pv_record_spec *record;
    uint32_t least;
    const pv_only_if *parts;
    size_t part_count;
    pv_str words; /* what must hold, as the second half of "applies only if …" */
    pv_span at;
};

/* Takes one of the phrases of `around` off an end of tokens, never all of them; false when none stands there. */
bool pv_only_if_strip(const pv_only_if *condition, pv_token_list *tokens);
/* Whether value is one of those that a condition of the kind PV_ONLY_IF_IS looks for. */
bool pv_only_if_is(const pv_only_if *condition, const pv_value *value);
/* Whether it is, in any part of it, on this field, column, table or record kind. */
bool pv_only_if_is_on(const pv_only_if *condition, const void *thing);

#endif
