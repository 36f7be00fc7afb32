/* Invariant: blocks are what a document prints, in reading order, each once: a block's text is what its author wrote
 * in it, or a control asks for, and never the number or bullet that stands before it. Every text knows its place in
 * the source, whose ruler calls it by page, paragraph or cell. */
#ifndef PV_MODEL_BLOCKS_H
#define PV_MODEL_BLOCKS_H

#include "model/source.h"
#include "model/text.h"

typedef enum pv_block_kind {
    PV_BLOCK_HEADING,
    PV_BLOCK_PARAGRAPH,
    PV_BLOCK_LIST_ITEM,
    PV_BLOCK_LINE,      /* as a page shows it, of a document that does not tell its paragraphs */
    PV_BLOCK_CELL,      /* of a spreadsheet */
    PV_BLOCK_NOTE,      /* of a footnote or endnote; its label is its mark */
    PV_BLOCK_BOX,       /* of a text box, which stands beside the text around it */
    PV_BLOCK_FURNITURE, /* what pages print around their text: running heads and feet, page numbers */
} pv_block_kind;

/* Why a block may not be what the author wrote there, and all of it. */
typedef enum pv_block_doubt {
    PV_BLOCK_SURE,
    PV_BLOCK_COMES_BACK,  /* pages print it around their text, it seems, but nothing sets it apart from that */
    PV_BLOCK_GARBLED,     /* some of its letters are shown, and the document does not tell which they are */
    PV_BLOCK_BESIDE,      /* it stands beside others, half a line higher or lower, so their order is not certain */
    PV_BLOCK_NEXT_TO_GAP, /* beside a page without text, which may be a picture that it goes on in */
    PV_BLOCK_UNFILLED,    /* a control among its words is not filled in, so what it asks for is missing */
    PV_BLOCK_CUT_OFF,     /* it reaches the edge of its page, beyond which what was written is not shown */
} pv_block_doubt;

/* Where a block stands in a table: all 1-based. A table inside a cell belongs to that cell. */
typedef struct pv_block_cell {
    uint32_t table; /* its number in the document: of a spreadsheet, the sheet's */
    uint32_t row;
    uint32_t column;
    uint32_t row_count; /* what it spans, at least 1 */
    uint32_t column_count;
} pv_block_cell;

typedef struct pv_block {
    pv_block_kind kind;
    pv_text text;       /* its span is the block's place; empty where a paragraph or cell is */
    pv_text label;      /* of a heading, list item or note, as printed: "1.1.6", "(a)", a bullet; empty where there is
                         * none. Of one that is made its span is the empty one before the text */
    bool label_is_made; /* by the program that shows the document: its author wrote none, so it counts as no word */
    bool is_parted;     /* the layout parts it from the block before: an empty line, a new page or column */
    bool is_code;       /* shown letter by letter, as programs are */
    bool may_go_on;     /* of a line: what is in it may go on in the next: after a space, or after its hyphen at once */
    pv_block_doubt doubt;
    uint32_t level;         /* of a heading, 1 the topmost; of a list item, 1 the outermost; else 0 */
    uint32_t page;          /* on which it begins, 1-based; 0 where the format has no pages */
    pv_block_cell cell;     /* of a block in a table, zeroed else; several blocks may be in one cell */
    const pv_span *prompts; /* in order: parts of the text's value that controls show until somebody fills them in */
    size_t prompt_count;
} pv_block;

/* What a reader should know that was left out: hidden text, a picture, a formula without a value. */
typedef struct pv_left_out pv_left_out;
struct pv_left_out {
    pv_span at;
    pv_str what; /* a sentence */
};

typedef struct pv_blocks pv_blocks;
struct pv_blocks {
    const pv_source *source;
    pv_str format; /* as its loader is called */
    const pv_block *list;
    size_t count;
    const pv_blocks *original; /* the same document with no tracked change accepted; NULL: none is tracked. Its texts
                                * are placed where they stand, or stood, in the same source */
    const pv_left_out *left_out;
    size_t left_out_count;
    const pv_span *code; /* bytes of the source that are shown letter by letter, in order */
    size_t code_count;
    bool is_recognised; /* from pictures of its pages: no word of it is certain */
};

/* How much of what a form asks was found in a document. */
typedef struct pv_recognition {
    size_t asked; /* prompts; of a form without any, its fields */
    size_t found; /* of them, in the document */
} pv_recognition;

/* Whether it is a third at least: a document with less is none on this form. */
static inline bool pv_recognition_is_enough(const pv_recognition *recognition) {
    return recognition->found > 0 && recognition->found * 3 >= recognition->asked;
}

/* What a program of its own must make of a file before its loader can read it: the library runs none, so it is handed
 * what came of that. */
typedef enum pv_conversion {
    PV_CONVERSION_NONE,
    PV_CONVERSION_PDF_WORDS, /* words with their boxes, as "pdftotext -bbox-layout" writes them */
    PV_CONVERSION_DOCX,      /* the same document as an office program saves it */
} pv_conversion;

/* Before the words of pages that are pictures, where a program recognised them: none is certain. */
#define PV_PAGES_RECOGNISED PV_STR("<!-- recognised -->")
/* Before the words of a PDF that has errors: what the program said first, and " -->". */
#define PV_PAGES_WITH_ERRORS PV_STR("<!-- errors: ")

#endif
