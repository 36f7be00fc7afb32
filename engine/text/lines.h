/* Invariant: the lines of a text cover it in order; what a page prints around its text (page numbers, running heads,
 * entries of a table of contents) is told apart from what the text says, and never by position alone. */
#ifndef PV_TEXT_LINES_H
#define PV_TEXT_LINES_H

#include "text/tokens.h"

typedef struct pv_line {
    pv_span at;     /* without white space at either end */
    bool blank;     /* nothing in it */
    bool page;      /* a page ends here: "Page 3 of 14", a lone number, a rule, a form feed */
    bool furniture; /* a page number, or a line that comes back (three times or more) beside page ends: says nothing */
    bool first;     /* of furniture that comes back: no line before it has its wording */
    bool contents;  /* an entry of a table of contents: "Training ........ 7" */
} pv_line;

typedef struct pv_lines {
    pv_line *lines;
    size_t count;
    /* There are blank lines: line breaks are layout, paragraphs end at blank lines. Else a line is a paragraph. */
    bool laid_out;
} pv_lines;

/* The lines of text, in arena. A line ends at a line feed or form feed. */
bool pv_lines_find(pv_arena *arena, pv_str text, pv_lines *out, pv_error *error) PV_MUST_CHECK;
/* Whether a line says nothing: it is blank, furniture or a rule. */
bool pv_line_is_silent(const pv_line *line);

/* Whether a line is not furniture. */
bool pv_line_is_of_text(const pv_line *line);
/* The tokens that stand in lines that keep says yes to, in arena. */
bool pv_lines_tokens(pv_arena *arena, const pv_lines *lines, const pv_token_list *tokens, bool (*keep)(const pv_line *),
                     pv_token_list *out, pv_error *error) PV_MUST_CHECK;

#endif
