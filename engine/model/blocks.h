/* Invariant: blocks are what a document prints, in reading order, each once: a block's text is what its author wrote
 * in it, and never the number or bullet that stands before it. Every text knows its place in the source, whose ruler
 * calls it by page, paragraph or cell. */
#ifndef PV_MODEL_BLOCKS_H
#define PV_MODEL_BLOCKS_H

#include "model/source.h"
#include "model/text.h"

typedef enum pv_block_kind {
    PV_BLOCK_HEADING,
    PV_BLOCK_PARAGRAPH,
    PV_BLOCK_LIST_ITEM,
    PV_BLOCK_TABLE_CELL, /* of a spreadsheet too; one with several paragraphs is several blocks with the same cell */
} pv_block_kind;

/* Where a cell stands in its table: all 1-based. */
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
    pv_text label;      /* of a heading or list item, as printed: "1.1.6", "(a)", a bullet; empty where there is none */
    bool label_is_made; /* by the program that shows the document: its author wrote none, so it counts as no word */
    uint32_t level;     /* of a heading, 1 the topmost; of a list item, 1 the outermost; else 0 */
    uint32_t page;      /* on which it begins, 1-based; 0 where the format has no pages */
    pv_block_cell cell; /* of a table cell; zeroed else */
} pv_block;

typedef struct pv_blocks {
    const pv_source *source;
    pv_str format; /* as its loader is called */
    const pv_block *list;
    size_t count;
    const struct pv_problems *problems; /* what its loader met that ends nothing; NULL: nothing */
} pv_blocks;

#endif
