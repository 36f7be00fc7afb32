/* Invariant: blocks are added in the order of the document, and each byte of their texts knows the bytes of the source
 * that it was made of, which the parser does not tell: they are found by going through the source beside it, never
 * back. */
#ifndef PV_LOAD_MARKDOWN_P_H
#define PV_LOAD_MARKDOWN_P_H

#include <cmark.h>

#include "base/array.h"
#include "load/loader_p.h"

/* A text that is not where the parser says is looked for so far, in bytes. */
#define PV_MARKDOWN_SEARCH ((size_t)4096)

typedef struct pv_markdown_reader {
    pv_arena *arena;
    const pv_source *source;
    PV_ARRAY(pv_block) blocks;
    PV_ARRAY(pv_left_out) left_out;
    PV_ARRAY(pv_span) code;
    /* The block at hand. */
    pv_buf value;
    pv_segment_list segments;
    size_t start; /* of its source */
    size_t end;   /* nothing of it is beyond */
    size_t at;    /* all of it before this is read */
    bool open;
    /* Around it. */
    uint32_t page; /* 0: there are none */
    uint32_t tables;
    pv_block_cell cell; /* in an HTML table, which may go on after Markdown */
    unsigned list_depth;
    size_t last_line; /* on which the block before ended */
    pv_str label;     /* of the item that begins, until its first block */
    size_t label_at;
    bool label_is_made;
    pv_error *error;
} pv_markdown_reader;

/* ---- places ---- */

/* The offset of a line and column as the parser counts them, within the source; and that of a line's end. */
size_t pv_markdown_reader_offset(const pv_markdown_reader *reader, int line, int column);
size_t pv_markdown_reader_line_end(const pv_markdown_reader *reader, int line);

/* ---- a block ---- */

static inline bool pv_markdown_is_blank(pv_str text) {
    return pv_str_trim(text).size == 0;
}

/* Begins one, of bytes [start, end) of the source. */
void pv_markdown_reader_begin(pv_markdown_reader *reader, size_t start, size_t end);
/* Adds value to its text, which was made of source bytes [start, end). */
bool pv_markdown_reader_add(pv_markdown_reader *reader, pv_str value, size_t start, size_t end) PV_MUST_CHECK;
/* Adds the block at hand, where it says anything or is a cell. line, last_line: on which it stands. */
bool pv_markdown_reader_end(pv_markdown_reader *reader, pv_block_kind kind, uint32_t level, pv_block_cell cell,
                            size_t line, size_t last_line) PV_MUST_CHECK;
/* What was read from byte `before` on is shown letter by letter. */
bool pv_markdown_reader_add_code(pv_markdown_reader *reader, size_t before) PV_MUST_CHECK;

/* ---- the text of Markdown (markdown_text.c) ---- */

/* What takes the pieces of a text in order. */
typedef bool (*pv_markdown_taker)(pv_markdown_reader *reader, void *payload, pv_str value, pv_span place);

/* The one that adds them to the block at hand. */
bool pv_markdown_reader_take_plain(pv_markdown_reader *reader, void *payload, pv_str value, pv_span place);
/* The pieces of text inside node, without marks of emphasis, destinations of links and tags. */
bool pv_markdown_reader_take(pv_markdown_reader *reader, cmark_node *node, pv_markdown_taker take,
                             void *payload) PV_MUST_CHECK;

/* ---- tables (markdown_tables.c, markdown_html.c) ---- */

/* Whether the second line of a paragraph is a rule of as many cells as the first has, one at least written with |. */
bool pv_markdown_reader_is_table(const pv_markdown_reader *reader, int first, int last);
/* Adds the cells of such a paragraph. */
bool pv_markdown_reader_table(pv_markdown_reader *reader, cmark_node *node, int first, int last) PV_MUST_CHECK;
/* Adds the text and cells of lines of HTML. */
bool pv_markdown_reader_html(pv_markdown_reader *reader, int first, int last) PV_MUST_CHECK;
/* The cell of an HTML table that a block stands in now; zeroed outside of one. */
pv_block_cell pv_markdown_reader_cell(const pv_markdown_reader *reader);

#endif
