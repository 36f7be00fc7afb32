/* Invariant: a heading leads to at most one column of each record kind, a name to at most one kind or field, and the heading
 * under which a row says its kind to no column at all. */
#ifndef PV_MODEL_FORM_HEADINGS_H
#define PV_MODEL_FORM_HEADINGS_H

#include "model/form.h"
#include "model/synonyms.h"

/* How a submission on a form is kept as a table: one row per record, under headings that the record kinds share. */
typedef struct pv_form_headings {
    pv_str kind; /* the heading under which a row says its kind; empty: the form has one kind */
    uint64_t kind_key;
    pv_spelling spelling;
    pv_synonyms fields;         /* to positions in the form */
    pv_synonyms kinds;          /* the same */
    const pv_synonyms *columns; /* one per record kind: to its columns */
    pv_synonyms all;            /* headings there are, for suggestions only */
} pv_form_headings;

#endif
