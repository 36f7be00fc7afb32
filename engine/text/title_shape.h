/* Invariant: whether words look like a title is told from how they are written, not from what they say. */
#ifndef PV_TEXT_TITLE_SHAPE_H
#define PV_TEXT_TITLE_SHAPE_H

#include "base/str.h"

typedef struct pv_title_shape {
    size_t words;
    size_t longest;  /* letters of the longest word */
    bool capitals;   /* no small letter in it */
    bool title_case; /* every word but the small ones (small_words.h) begins with a capital or a figure */
    bool opens;      /* begins with a capital */
    bool figures;    /* ends with a figure */
    bool cells;      /* a wide gap, a tab, a bar or a line to fill in: cells of a table, or a form */
    bool clauses;    /* a semicolon, or a word that makes a sentence: "shall", "must", "is" */
    bool colon;      /* one inside: "County: Amador" */
    char end;        /* the last character, when it is one of ".,;:!?"; otherwise NUL */
} pv_title_shape;

pv_title_shape pv_title_shape_of(pv_str words);
/* Bytes of the title that runs into the sentence behind it: "Term" of "Term. This agreement is …",
 * SIZE_MAX when words do not begin so. *after is where the sentence begins. */
size_t pv_title_runs_in(pv_str words, size_t *after);

#endif
