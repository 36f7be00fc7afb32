/* Invariant: a label is what a heading may be numbered with, read by itself: "3.", "3.2", "III.", "A.", "Section 4", "Exhibit F".
 * What it is a label of, and whether of a heading at all, is for headings.h to say. */
#ifndef PV_TEXT_LABELS_H
#define PV_TEXT_LABELS_H

#include "base/str.h"

/* In the order in which outlines nest them, but that figures and capital letters change places. */
typedef enum pv_label_kind {
    PV_LABEL_NONE,
    PV_LABEL_PART,   /* "Part 2" */
    PV_LABEL_NAMED,  /* "Section 4", "Article IV", "Exhibit F", "Appendix A" */
    PV_LABEL_ROMAN,  /* "III." */
    PV_LABEL_LETTER, /* "B." */
    PV_LABEL_FIGURE, /* "3." and "3.2" */
    PV_LABEL_SMALL_LETTER,
    PV_LABEL_SMALL_ROMAN,
} pv_label_kind;

typedef enum pv_label_close {
    PV_LABEL_OPEN,  /* nothing: "3.2 Training", "Exhibit F" */
    PV_LABEL_DOT,   /* "3." */
    PV_LABEL_PAREN, /* "3)" */
    PV_LABEL_DASH,  /* "Section 4 - ", "Part A: " */
} pv_label_close;

typedef struct pv_label {
    pv_label_kind kind;
    pv_label_close close;
    unsigned level;   /* members: "3.2" has two */
    unsigned ordinal; /* of the last member, from 1 */
    unsigned letter;  /* where one letter is read as a Roman numeral: its place in the alphabet; otherwise 0 */
    size_t size;      /* bytes, with what closes it but without the blanks behind */
    size_t after;     /* offset of what it labels, or the end of the line */
} pv_label;

/* The label that line begins with; kind PV_LABEL_NONE without one. */
pv_label pv_label_read(pv_str line);

#endif
