/* Invariant: a region is a stretch of strips that share columns, over the ends of pages too; what stands in one column
 * of a strip is one entry, entries are in the order of strips, and those of a column are linked. Columns are told by
 * boxes alone (page_columns.c); which entries are one row of a table by gaps, by what lines ended early and by what
 * they begin with (page_rows.c). */
#ifndef PV_LOAD_PAGE_REGION_P_H
#define PV_LOAD_PAGE_REGION_P_H

#include "base/array.h"
#include "load/page_layout_p.h"

/* More columns than that are no table that is read by its boxes. */
#define PV_MAX_COLUMNS ((size_t)24)
/* Blank that parts two columns at least. */
#define PV_GUTTER (PV_PAGE_POINT * 5 / 2)

/* What stands in one column of a strip. */
typedef struct column_entry {
    uint32_t first; /* words */
    uint32_t end;
    uint32_t page;
    uint32_t strip; /* those of one strip are the same line */
    uint32_t column;
    uint32_t row;   /* 0-based */
    uint32_t below; /* the one after it */
    uint32_t above; /* the entry before it in its column; UINT32_MAX: none */
    pv_page_box box;
    bool tops_page; /* its strip is the first of a page */
    bool begins_row;
    bool is_doubtful; /* which row it is in is not certain */
    bool begins_block;
    bool is_kept;
} column_entry;

/* Columns, and what stands in them so far; one that has a single column is running text. */
typedef struct page_region {
    size_t columns;
    int32_t left[PV_MAX_COLUMNS];
    int32_t right[PV_MAX_COLUMNS];
    uint32_t last[PV_MAX_COLUMNS]; /* entry; UINT32_MAX: none */
    int32_t bottom;                /* of the last strip */
    uint32_t page;                 /* which it is on */
    uint32_t strips;
    column_entry *items;
    size_t count;
    size_t capacity;
} page_region;

typedef struct page_layout {
    pv_arena *arena;   /* of what is laid out */
    pv_arena *scratch; /* of what is only needed meanwhile */
    const pv_pages *pages;
    pv_page_strips strips;
    page_region region;
    PV_ARRAY(uint32_t) order; /* of the entries of a page_region */
    int32_t *steps;           /* as many as there are strips */
    PV_ARRAY(pv_laid_line) lines;
    uint32_t tables;
    bool is_offset;   /* the rows of the region are not certain */
    uint32_t margins; /* pages whose margins are laid out */
    pv_error *error;
} page_layout;
/* Pieces of a strip, each with its column. */
typedef struct strip_places {
    pv_page_piece pieces[2 * PV_MAX_COLUMNS];
    size_t columns[2 * PV_MAX_COLUMNS];
    size_t count;
} strip_places;

/* ---- columns ---- */

/* The pieces of a strip in the columns of a region; false when they do not fit. */
bool pv_columns_place(strip_places *out, const page_region *region, const page_layout *layout,
                      const pv_page_strip *strip);
/* Whether a table begins with a strip, since what follows stands in the same columns: those of a region without
 * entries. */
bool pv_columns_begin_table(page_region *columns, const page_layout *layout, uint32_t at);
/* Whether the open region has what follows from a strip on, which stands in its first column alone: whatever comes
 * next in another column says so, and what is over two of them that it has not. */
bool pv_columns_go_on(const page_layout *layout, uint32_t at);

static inline bool pv_strip_is_text(const page_layout *layout, uint32_t strip) {
    return layout->strips.items[strip].role == PV_STRIP_TEXT;
}

/* ---- rows ---- */

/* How far the lines of a column reach to the right. Running text is set in more than one width: there it is what the
 * lines around one reach. */
int32_t pv_rows_right_of(const page_layout *layout, const column_entry *line);
/* Whether there would have been room for the first word of the next line: then the line was ended on purpose. */
bool pv_rows_is_ended(const page_layout *layout, const column_entry *line, const column_entry *next, int32_t right);
/* From the top of one line to that of the next, in most of a column; 0: there are too few to tell. */
int32_t pv_rows_step(const page_layout *layout, size_t column);
/* Sets the rows of the region's entries; *count: how many there are. */
bool pv_rows_number(page_layout *layout, size_t *count) PV_MUST_CHECK;
/* Whether a cell may begin with a line, going by what stands above it: that has ended, or a sentence ends with it and
 * the line begins as sentences do. */
bool pv_rows_may_begin_cell(const page_layout *layout, const column_entry *line);
/* Sets begins_row of the entries of a region whose lines stand beside one another at different heights, where as many
 * rows are found so as by its strips; and which are not sure. */
bool pv_cells_part(page_layout *layout, size_t rows_by_strips) PV_MUST_CHECK;
/* Whether the columns are of nearly one width. */
bool pv_rows_have_one_width(const page_region *region);
/* Whether text runs down one column and then the next, as in a newspaper: few of its lines begin anything in two
 * columns. */
bool pv_rows_are_newspaper(const page_region *region, size_t rows);

#endif
