/* Invariant: marks are what a document says of its text beside the characters: which paragraphs its author made
 * headings, which stand in cells, notes or code, and where something stood that is no text. They come in text order;
 * no two overlap but for what was left out, which takes up no bytes. */
#ifndef PV_TEXT_MARKS_H
#define PV_TEXT_MARKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"

typedef enum pv_mark_kind {
    PV_MARK_HEADING,
    PV_MARK_CELL,     /* a paragraph in a cell of a table, that is no heading */
    PV_MARK_ITEM,     /* an item of a list */
    PV_MARK_NOTE,     /* a footnote, an endnote */
    PV_MARK_BOX,      /* a text box, which stands beside the text around it */
    PV_MARK_CODE,     /* what is shown letter by letter */
    PV_MARK_LEFT_OUT, /* here stood what is no text: a picture */
} pv_mark_kind;

typedef struct pv_mark {
    pv_span at; /* bytes of the text */
    pv_mark_kind kind;
    unsigned level; /* of a heading, 1 the topmost; of an item, 1 the outermost; else 0 */
    pv_str label;   /* the number that the program made before a heading or item; else empty */
    pv_str says;    /* of what was left out: the sentence that says so */
} pv_mark;

typedef struct pv_marks {
    const pv_mark *marks;
    size_t count;
    /* What is shown letter by letter inside paragraphs, and paragraphs that are: bytes of the document, in order. */
    const pv_span *code;
    size_t code_count;
} pv_marks;

/* The first mark that ends after offset; count when there is none. all may be NULL. */
size_t pv_marks_after(const pv_marks *all, size_t offset);
/* The mark, but of what was left out, that offset stands in; NULL where it stands in none. */
const pv_mark *pv_marks_at(const pv_marks *all, size_t offset);

/* Whether offset of the document lies in what is shown letter by letter. */
bool pv_marks_is_code(const pv_marks *all, size_t offset);

#endif
