/* Invariant: text put into Markdown reads as it is written: nothing in it is taken for markup, ends a cell or a line. */
#ifndef PV_REPORT_MARKDOWN_H
#define PV_REPORT_MARKDOWN_H

#include "base/buf.h"

/* Prose; line breaks become blanks. */
void pv_markdown_text(pv_buf *out, pv_str text);
/* `text`, also where it holds backquotes. */
void pv_markdown_code(pv_buf *out, pv_str text);
/* The same within a table, where "|" would end the cell. */
void pv_markdown_cell(pv_buf *out, pv_str text);
void pv_markdown_code_cell(pv_buf *out, pv_str text);
/* "[heading](#anchor)", with the anchor that GitHub gives this heading. */
void pv_markdown_link(pv_buf *out, pv_str heading);

#endif
