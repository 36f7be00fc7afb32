/* Invariant: a place is reported the same way in every report: lines and columns from 1, columns in Unicode code
 * points, the end exclusive; of a document, which is no file of lines, people are told page, paragraph or cell. What
 * lies between the parts of a place is never shown as its words. Where words are shown, the marks stand under exactly
 * their columns, whatever tabs, combining marks or wide characters come before them, and no row is wider than the
 * style allows. */
#ifndef PV_REPORT_PLACE_H
#define PV_REPORT_PLACE_H

#include "model/verdict.h"
#include "report/write/json.h"
#include "report/write/layout.h"

/* ---- for people ---- */

/* What a place is called after the path of its file: ":7:42", ": page 2, paragraph 7". */
typedef struct pv_place_name {
    char text[72];
} pv_place_name;
pv_place_name pv_place_called(const pv_source *source, size_t offset);
/* The same without a path before it: "7:42", "page 2, paragraph 7". */
pv_place_name pv_place_called_alone(const pv_source *source, size_t offset);

/* The place as PATH:LINE:COLUMN, then the source line with marks under the words, cut around them when it is too
 * wide. The lines of a document have no number. Of a place of several parts a line says where others are left out. Of
 * a place over several lines, rows of a list or a table are all shown (of more than twelve the last and those at the
 * beginning), since any may be the one in question; prose over more than three lines is shown by its first, and where
 * it ends. Something absent gets one mark where it should stand. */
void pv_excerpt_write(pv_buf *out, const pv_report_style *style, pv_ink ink, const pv_source *source,
                      const pv_place *place);

/* "  --> PATH:LINE:COLUMN" on a line of its own; the path alone where at has no line. */
void pv_place_write(pv_buf *out, const pv_report_style *style, pv_str path, pv_position at);
/* The same of an offset of source, as it is called. */
void pv_place_write_at(pv_buf *out, const pv_report_style *style, const pv_source *source, size_t offset);
/* The same where there is little room: of a document the page, or the cell. */
pv_place_name pv_place_called_shortly(const pv_source *source, size_t offset);
/* "7:42", "page 2, paragraph 7", or "x.txt:7:42" where the offset lies in a file attached to source; in arena. */
pv_str pv_place_brief(pv_arena *arena, const pv_source *source, size_t offset);
pv_ink pv_level_ink(pv_level level);

/* ---- for programs ---- */

typedef enum pv_place_words {
    PV_PLACE_WORDS_NONE,  /* no `text` member: the words are reported already */
    PV_PLACE_WORDS_START, /* the first characters, enough to recognise the place */
    PV_PLACE_WORDS_ALL,
} pv_place_words;

/* The members of an `at` object (path, line, column, end_line, end_column, what is known of page, paragraph, sheet,
 * cell and box, the parts where there are several, text, expected_here), inside an object begun by the caller. */
void pv_json_place_members(pv_json *json, const pv_source *source, const pv_place *place, pv_place_words words);

#endif
