/* Invariant: every word of every page is laid out exactly once (but for marks of footnotes that stand by a word), in
 * the order in which people read: row by row of a table, in a row cell by cell, each cell with all its lines, also
 * where a page ends within it. Where the layout is not certain, the order is that of the given lines. Nothing but the
 * boxes of words is known here, and what a word looks like; the time it takes grows with the words, but for sorting. */
#ifndef PV_LOAD_PAGE_LAYOUT_P_H
#define PV_LOAD_PAGE_LAYOUT_P_H

#include <assert.h>

#include "base/error.h"
#include "model/blocks.h"

/* Hundredths of a point from the upper left corner of the page. */
typedef struct pv_page_box {
    int32_t left;
    int32_t top;
    int32_t right;
    int32_t bottom;
} pv_page_box;

typedef struct pv_page_word {
    pv_page_box box;
    uint32_t text; /* where it begins in pv_pages.text; it ends where `size` says */
    uint32_t size : 31;
    uint32_t is_garbled : 1; /* some of its letters are not known */
} pv_page_word;

/* What the program that read the page took for a line: words [first, end). */
typedef struct pv_page_line {
    uint32_t first;
    uint32_t end;
    bool begins_block; /* and for the first line of a paragraph */
} pv_page_line;

typedef struct pv_page {
    int32_t width;
    int32_t height;
    uint32_t first_line;
    uint32_t end_line;
} pv_page;

/* The pages of a document; words are put into another order when they are laid out. */
typedef struct pv_pages {
    pv_str text;
    pv_page_word *words;
    size_t word_count;
    const pv_page_line *lines;
    size_t line_count;
    const pv_page *pages;
    size_t page_count;
} pv_pages;

/* A line as people see it, or the part of it that stands in one column: words [first, end). */
typedef struct pv_laid_line {
    uint32_t first;
    uint32_t end;
    uint32_t page; /* 1-based */
    uint32_t line; /* on its page, 1-based: what stands beside it in another column has the same */
    pv_page_box box;
    pv_block_kind kind; /* PV_BLOCK_LINE, PV_BLOCK_NOTE, PV_BLOCK_FURNITURE */
    bool is_parted;
    bool may_go_on;
    bool has_mark; /* of a note: its first word is its mark */
    pv_block_doubt doubt;
    pv_block_cell cell;
} pv_laid_line;

typedef struct pv_laid_lines {
    const pv_laid_line *items;
    size_t count;
    const uint8_t *glue; /* of each word: pv_page_glue */
} pv_laid_lines;

/* How a word follows the one before it in its line. */
typedef enum pv_page_glue {
    PV_GLUE_SPACE,
    PV_GLUE_NONE, /* at once: only its size differs, as in H2O */
    PV_GLUE_MARK, /* it is the mark of a footnote, and no word of the text */
} pv_page_glue;

bool pv_pages_lay_out(pv_laid_lines *out, pv_arena *arena, const pv_pages *pages, pv_error *error) PV_MUST_CHECK;

/* ---- within the modules that do it ---- */

#define PV_PAGE_POINT 100

/* Words that stand beside one another. */
typedef struct pv_page_piece {
    uint32_t first;
    uint32_t end;
    bool is_given; /* it begins where a given line does; else it was parted from one */
    pv_page_box box;
} pv_page_piece;

typedef enum pv_strip_role { PV_STRIP_TEXT, PV_STRIP_FURNITURE, PV_STRIP_NOTE } pv_strip_role;

/* Pieces [first, end) that stand at one height, from left to right; of a page whose order is kept, always one. */
typedef struct pv_page_strip {
    uint32_t first;
    uint32_t end;
    uint32_t page; /* 0-based */
    pv_page_box box;
    pv_strip_role role;
    bool is_kept;      /* the page keeps the order that its lines were given in */
    bool begins_block; /* of such a page */
    bool has_mark;     /* of a note */
    bool comes_back;   /* on other pages, at its height, and is text all the same */
} pv_page_strip;

/* The numbers of its lines, which a page has in its margin: words [first, end), of no strip. */
typedef struct pv_line_numbers {
    uint32_t first;
    uint32_t end;
} pv_line_numbers;

typedef struct pv_page_strips {
    pv_page_piece *pieces;
    pv_page_strip *items;
    size_t count;
    uint32_t *page_start;          /* of each page the first strip, and one more for the end */
    pv_line_numbers *line_numbers; /* of each page */
} pv_page_strips;

static inline int32_t pv_page_height_of(pv_page_box box) {
    return box.bottom - box.top;
}
static inline pv_str pv_page_word_text(const pv_pages *pages, size_t word) {
    assert(pages->words);
    const uint32_t start = pages->words[word].text;
    return pv_str_slice(pages->text, start, start + pages->words[word].size);
}

static inline int32_t pv_page_least(int32_t a, int32_t b) {
    return a < b ? a : b;
}
static inline int32_t pv_page_most(int32_t a, int32_t b) {
    return a > b ? a : b;
}
/* The box around both. */
static inline pv_page_box pv_page_join(pv_page_box a, pv_page_box b) {
    return (pv_page_box){pv_page_least(a.left, b.left), pv_page_least(a.top, b.top), pv_page_most(a.right, b.right),
                         pv_page_most(a.bottom, b.bottom)};
}

/* Whether a word stands before the text that it is the label of, with a blank between that may be wide: "1.", "(a)",
 * "iv)", "1.1.6", a bullet. */
bool pv_page_is_label(pv_str word);
/* The strips of all pages, in scratch; the words of pages come into the order of these. */
bool pv_page_strips_make(pv_page_strips *out, pv_arena *scratch, const pv_pages *pages, pv_error *error) PV_MUST_CHECK;
/* Tells which strips are furniture, and which footnotes; the marks of these in the text. */
bool pv_page_margins_find(pv_page_strips *strips, uint8_t *glue, pv_arena *scratch, const pv_pages *pages,
                          pv_error *error) PV_MUST_CHECK;

#endif
