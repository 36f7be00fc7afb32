/* Invariant: a candidate is a line, or the beginning of one, that is written as a heading; the lines around it have been looked at,
 * the other candidates have not (headings.h). Candidates stand in text order. */
#ifndef PV_TEXT_HEADING_LINES_H
#define PV_TEXT_HEADING_LINES_H

#include "text/labels.h"
#include "text/lines.h"

typedef enum pv_heading_form {
    PV_HEADING_MARKDOWN,
    PV_HEADING_UNDERLINED,
    PV_HEADING_LABELLED,
    PV_HEADING_CAPITALS,
    PV_HEADING_TITLE
} pv_heading_form;

typedef struct pv_heading_candidate {
    pv_heading_form form;
    pv_label label;
    unsigned level; /* of Markdown */
    bool weak;      /* its words are not capitalised */
    bool alone;     /* a label without words */
    bool dropped;
    size_t first_line;
    size_t after_line; /* the first line that is not the heading's: the same as first_line when its line goes on */
    pv_span number, title;
    uint32_t end; /* byte after which its body begins */
} pv_heading_candidate;

/* The candidates of text, whose lines these are, in arena. */
bool pv_heading_lines_find(pv_arena *arena, pv_str text, const pv_lines *lines, pv_heading_candidate **out,
                           size_t *count, pv_error *error) PV_MUST_CHECK;

#endif
