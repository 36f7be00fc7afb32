/* Invariant: an annotation is what is to be said beside a document's own text, each remark at the words it is about; it
 * borrows all that it holds. */
#ifndef PV_MODEL_ANNOTATION_H
#define PV_MODEL_ANNOTATION_H

#include "model/source.h"

/* One comment. */
typedef struct pv_comment {
    pv_span at;         /* in the source: what it is about; empty: where something is missing */
    bool has_place;     /* false: it is about the whole, and stands at its beginning */
    const pv_str *text; /* its paragraphs, at least one */
    size_t line_count;
} pv_comment;

typedef struct pv_annotation {
    const pv_comment *comments; /* in the order in which they are numbered */
    size_t count;
    pv_str day;      /* "2025-03-14": when they are said to have been made; empty: it is not said */
    bool highlights; /* their words are marked in yellow as well */
} pv_annotation;

#endif
