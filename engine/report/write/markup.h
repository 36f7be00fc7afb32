/* Invariant: whatever bytes a text holds, what is appended is well-formed where it stands, and reads as the text:
 * nothing in it is taken for markup, or ends the cell, the line, the attribute or the test point that it is in. */
#ifndef PV_REPORT_MARKUP_H
#define PV_REPORT_MARKUP_H

#include "base/buf.h"

/* ---- Markdown ---- */

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

/* ---- XML ---- */

/* Text between tags. */
void pv_xml_text(pv_buf *out, pv_str text);
/* " name=\"value\"". */
void pv_markup_attribute(pv_buf *out, const char *name, pv_str value);
void pv_xml_number(pv_buf *out, const char *name, size_t value);

/* ---- URI references (RFC 3986): different paths give different ones ---- */

/* A relative path as a relative reference, an absolute one as file:///…; what a URI cannot hold as it is,
 * percent-encoded. */
void pv_uri_append(pv_buf *out, pv_str path);

/* ---- commands of GitHub Actions: "::error file=…,line=…::message", on one line ---- */

/* A property; before: ' ' for the first, ',' for the others. */
void pv_command_property(pv_buf *out, char before, const char *name, pv_str value);
/* The message; what a log could obey is shown by its code. */
void pv_command_message(pv_buf *out, pv_str text);

/* ---- Test Anything Protocol ---- */

/* A description is one line, in which "#" would begin a directive. */
void pv_tap_description(pv_buf *out, pv_str text);
/* `key: "value"` and a line feed: a line of a YAML block. */
void pv_tap_member(pv_buf *out, const char *key, pv_str value);

#endif
