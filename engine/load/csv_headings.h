/* Invariant: each column of each record kind stands under at most one heading; what is wrong with a heading is a problem at its
 * cell, once, and the cells below it are then passed over. */
#ifndef PV_LOAD_CSV_HEADINGS_H
#define PV_LOAD_CSV_HEADINGS_H

#include "load/csv_tree.h"
#include "model/csv_form.h"
#include "model/problems.h"

typedef enum pv_csv_heading_state {
    PV_CSV_HEADING_COLUMN, /* of one record kind at least */
    PV_CSV_HEADING_KIND,   /* a row says its kind below it */
    PV_CSV_HEADING_BLANK,
    PV_CSV_HEADING_BAD, /* reported */
} pv_csv_heading_state;

typedef struct pv_csv_heading {
    pv_csv_heading_state state;
    bool used; /* a cell below it is filled */
    pv_csv_cell cell;
    const pv_node **keys; /* per record kind: the column it is the heading of, or NULL */
    size_t *columns;      /* per record kind: that column's position; of no meaning without a key */
} pv_csv_heading;

typedef struct pv_csv_headings {
    const pv_form *form;
    pv_csv_heading *list;
    size_t count;
    size_t kind; /* the position of the kind's heading; SIZE_MAX: the form has none */
    pv_span at;  /* the whole row */
} pv_csv_headings;

/* Reads the row that reader read last as headings. Fails when none of them is one of the form, or the kind's is missing; what
 * else is wrong goes to problems. */
bool pv_csv_headings_read(pv_csv_headings *out, const pv_csv_tree *tree, const pv_form *form,
                          const pv_csv_reader *reader, pv_problems *problems) PV_MUST_CHECK;
/* Whether every filled cell of the row read last, and more than one, is a heading of the form: *out. */
bool pv_csv_headings_seen(const pv_csv_tree *tree, const pv_form *form, const pv_csv_reader *reader,
                          bool *out) PV_MUST_CHECK;
/* Once all rows are read: reports required columns without a heading, of the kinds that have rows (used, one per kind), and
 * filled columns without a name. */
bool pv_csv_headings_check(const pv_csv_headings *headings, const bool *used, pv_problems *problems,
                           pv_error *error) PV_MUST_CHECK;

#endif
