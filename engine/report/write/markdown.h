/* Invariant: text put into Markdown reads as it is written: nothing in it is taken for markup, ends a cell or a line. */
#ifndef PV_REPORT_MARKDOWN_H
#define PV_REPORT_MARKDOWN_H

#include "base/buf.h"

/* Prose; line breaks become blanks. */
void pv_markdown_text(pv_buf *out, pv_str text);
/* Prose, or a cell, where people talk (a comment, a summary): names and numbers in it link to nobody and nothing. */
void pv_markdown_comment(pv_buf *out, pv_str text);
/* How many characters a character that begins with this byte can become there, at most. */
size_t pv_markdown_comment_weight(char c);
/* `text`, also where it holds backquotes. */
void pv_markdown_code(pv_buf *out, pv_str text);
/* The same within a table, where "|" would end the cell. */
void pv_markdown_cell(pv_buf *out, pv_str text);
void pv_markdown_code_cell(pv_buf *out, pv_str text);
/* "[heading](#anchor)", with the anchor that GitHub gives this heading. */
void pv_markdown_link(pv_buf *out, pv_str heading);

#endif
