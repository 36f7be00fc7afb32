/* Invariant: text from a document or a rule reaches the terminal without power over it: control, direction and
 * invisible characters are shown by their code ("<U+001B>"), and what is measured in columns takes exactly those
 * columns. Nothing here knows a locale or a terminal; color and width arrive as style. */
#ifndef PV_REPORT_LAYOUT_H
#define PV_REPORT_LAYOUT_H

#include "base/buf.h"

typedef struct pv_report_style {
    bool color;
    unsigned width; /* columns; at least 40 */
    bool quiet;     /* findings of level error only, one line each, and the closing line */
    bool verbose;   /* passed and not-applicable verdicts too, with their working */
} pv_report_style;

typedef enum pv_ink {
    PV_INK_STRONG, /* what the eye should find first */
    PV_INK_FAINT,  /* frames, places, what only helps */
    PV_INK_ERROR,
    PV_INK_WARNING,
    PV_INK_NOTE,
    PV_INK_GOOD,
} pv_ink;

/* One character as it is shown. */
typedef struct pv_glyph {
    char bytes[12]; /* what to write */
    size_t size;
    size_t columns;
    size_t source_size; /* bytes of the text it stands for */
} pv_glyph;

/* The character at offset (< text.size). A tab is four spaces wherever it stands, so that rows under one another
 * agree; a line break is a space. */
pv_glyph pv_layout_glyph(pv_str text, size_t offset);
/* Columns that text takes when it is written here. */
size_t pv_layout_columns(pv_str text);

/* text as it is, but for what would act on the text around it or shows nothing: that is shown by its code. Tabs and
 * line breaks stay. For what people read elsewhere than in a terminal. */
void pv_layout_visible(pv_buf *out, pv_str text);

/* From here on in this ink, until pv_layout_plain. Nothing without color. */
void pv_layout_ink(pv_buf *out, const pv_report_style *style, pv_ink ink);
void pv_layout_plain(pv_buf *out, const pv_report_style *style);
/* text in one ink. */
void pv_layout_inked(pv_buf *out, const pv_report_style *style, pv_ink ink, pv_str text);

/* All of text on the current line. */
void pv_layout_text(pv_buf *out, pv_str text);
/* text in at most `columns` columns, ending in "…" when it was cut; returns the columns taken. */
size_t pv_layout_cut(pv_buf *out, pv_str text, size_t columns);
/* The same, filled with spaces up to exactly `columns`. */
void pv_layout_cell(pv_buf *out, pv_str text, size_t columns);
/* A number right-aligned in `columns`. */
void pv_layout_number(pv_buf *out, uint64_t number, size_t columns);

/* text broken between words to fit `width`, and a line feed. The first line goes on at column `at`; the others start at
 * column `indent`. With max_lines > 0 the rest is cut with "…". White space runs become one space. */
void pv_layout_wrap(pv_buf *out, pv_str text, size_t width, size_t at, size_t indent, size_t max_lines);

/* The same of all of it, in one ink; and from column 0. */
void pv_layout_inked_wrap_at(pv_buf *out, const pv_report_style *style, pv_ink ink, pv_str text, size_t at,
                             size_t indent);
void pv_layout_inked_wrap(pv_buf *out, const pv_report_style *style, pv_ink ink, pv_str text, size_t indent);

/* " label text" with the label in label_columns, text wrapped next to it; nothing for an empty text. max_lines as
 * above. */
void pv_layout_labelled(pv_buf *out, const pv_report_style *style, const char *label, size_t label_columns, pv_str text,
                        size_t max_lines);

/* "1 error", "2 errors". noun is in the singular and takes an s. */
void pv_layout_count(pv_buf *out, size_t count, const char *noun);

#endif
