/* Invariant: headings stand in text order, and the bodies of the parts they head cover the text without gap or overlap,
 * but for the headings themselves. A heading is a line (of a numbered one: or the words before the first full stop or
 * colon of it) that names what follows: no sentence, no member of a list in running text, no entry of a table of
 * contents, nothing that a page prints around its text. Of a heading that comes twice, first with nothing under it, the
 * first is an entry of a table of contents. */
#ifndef PV_TEXT_HEADINGS_H
#define PV_TEXT_HEADINGS_H

#include "text/lines.h"
#include "text/marks.h"

#define PV_HEADING_DEPTH_MAX 16

typedef struct pv_heading {
    pv_span at;     /* number and title, bytes; of what stands before the first heading empty */
    pv_span number; /* "3.2", "Section 4", "A"; empty without one */
    pv_span title;  /* "Training and Education"; the number again where there is nothing else ("Exhibit F") */
    pv_span own;    /* what stands under it, up to the next heading of any depth */
    pv_span body;   /* the same up to the next that is not deeper */
    unsigned depth; /* 1 for the outermost; 0 for what stands before the first heading, and for notes, the last */
    bool is_marked; /* its author made it a heading: by a style, by the marks of Markdown */
    unsigned level; /* that its author gave it, 1 the topmost; 0 where it is not marked */
    pv_str label;   /* the number that the program made before it; else empty */
} pv_heading;

typedef struct pv_heading_list {
    const pv_heading *headings;
    size_t count;
    pv_lines lines;
} pv_heading_list;

/* The parts of text, in arena: what stands before the first heading, where that says anything, then one part for each
 * heading. marks: what the document says of the text, NULL where nothing is known; those of headings are headings, and
 * no other mark holds one. */
bool pv_headings_find(pv_arena *arena, pv_str text, const pv_marks *marks, pv_heading_list *out,
                      pv_error *error) PV_MUST_CHECK;
/* The same with the headings that come twice, first with nothing under them: entries of a table of contents, and
 * sections that begin with another heading. */
bool pv_headings_find_all(pv_arena *arena, pv_str text, const pv_marks *marks, pv_heading_list *out,
                          pv_error *error) PV_MUST_CHECK;

#endif
