/* Invariant: a marker is what looks like an enumerator by itself, whatever its neighbours say: "1)", "(a)" and "ii)" as a word
 * of their own, "1." and "a." only at the start of a line, bullets likewise. Not one: a year "(2022)", a plural "(s)", a
 * closing parenthesis "(about 5)", a label "Section 3)". Whether it belongs to a list is for lists.h to say. */
#ifndef PV_TEXT_MARKERS_H
#define PV_TEXT_MARKERS_H

#include "base/arena.h"
#include "base/error.h"

typedef enum pv_marker_kind { PV_MARKER_KIND_NUMBER, PV_MARKER_KIND_LETTERS, PV_MARKER_KIND_BULLET } pv_marker_kind;

typedef struct pv_marker {
    pv_marker_kind kind;
    uint32_t form;    /* '(' for "(1)", ')' for "1)", '.' for "1.", and a bullet's own character */
    bool capital;     /* of letters: "A)", "II)" */
    bool stands_free; /* white space or the end of the text follows, not more punctuation */
    bool opens_line;
    unsigned number;    /* of figures: their value; of one letter: its place in the alphabet; otherwise 0 */
    unsigned roman;     /* of letters that are a Roman numeral up to xx: its value; otherwise 0 */
    unsigned paragraph; /* 0-based: how many lines that are not blank end before it */
    pv_span at;
} pv_marker;

typedef struct pv_marker_list {
    const pv_marker *markers;
    size_t count;
} pv_marker_list;

/* All markers of text, in order, in arena. */
bool pv_markers_find(pv_arena *arena, pv_str text, pv_marker_list *out, pv_error *error) PV_MUST_CHECK;

#endif
