/* The rows of a table whose cells are not set on one grid, since each stands in the middle of its row, or their lines
 * are of different heights. What no blank parts that is higher than one between lines is a band. Rows are bands that
 * follow one another, such that the tops of their cells agree, or their middles, as well as they can. */
#include <stdlib.h>
#include <string.h>

#include "load/page_region_p.h"

/* Bands that may be one row. */
#define MAX_BANDS 40
/* What a row costs that has nothing in the other columns: as much as cells that differ so far. */
#define PRICE_ALONE ((int64_t)10 * PV_PAGE_POINT)
/* Of each further band of a row that a page begins or ends within, or that has one column, of which nothing else can be
 * told; and of any other. */
#define PRICE_BAND ((int64_t)5 * PV_PAGE_POINT)
#define PRICE_BLANK ((int64_t)3 * PV_PAGE_POINT / 2)
/* Cells that differ further are not surely one row. */
#define SURE ((int64_t)6 * PV_PAGE_POINT)
#define NEVER (INT64_MAX / 4)

/* Entries [first, end) of the region, in their order. */
typedef struct page_band {
    uint32_t first;
    uint32_t end;
    uint32_t page;
    int64_t cost;  /* of the rows up to this band, at best */
    uint32_t from; /* the band that the last of these begins with */
} page_band;

typedef struct cell_rows {
    page_layout *layout;
    int32_t blank; /* between lines of a cell at most */
    int32_t line;  /* how high one is: by so much the first lines of cells may differ, as of those with a list */
    bool by_middle;
    PV_ARRAY(page_band) bands;
} cell_rows;

/* What stands in a column of a row. */
typedef struct cell_extent {
    int32_t top;
    int32_t bottom;
} cell_extent;

/* The blank between lines, of the column where it is widest. */
static int32_t blank_between(const page_layout *layout) {
    const page_region *region = &layout->region;
    int32_t most = 0;
    for (size_t i = 0; i < region->columns; i++) {
        const column_entry *line = region->last[i] == UINT32_MAX ? NULL : &region->items[region->last[i]];
        int32_t step = line ? pv_rows_step(layout, i) : 0;
        most = line && step > 0 ? pv_page_most(most, step - pv_page_height_of(line->box)) : most;
    }
    return most + 3 * PV_PAGE_POINT / 2;
}

static bool find_bands(cell_rows *rows) {
    const page_region *region = &rows->layout->region;
    int32_t bottom = 0;
    rows->bands.count = 0;
    for (uint32_t i = 0; i < region->count; i++) {
        const column_entry *line = &region->items[i];
        page_band *band = rows->bands.count > 0 ? &rows->bands.items[rows->bands.count - 1] : NULL;
        if (band && band->page == line->page && line->box.top - bottom <= rows->blank) {
            band->end = i + 1;
            bottom = pv_page_most(bottom, line->box.bottom);
            continue;
        }
        band = PV_ARRAY_ADD(rows->layout->scratch, &rows->bands);
        if (!band)
            return pv_fail_memory(rows->layout->error);
        *band = (page_band){.first = i, .end = i + 1, .page = line->page};
        bottom = line->box.bottom;
    }
    return true;
}

/* Whether a row goes on from the page before into a band. */
static bool goes_on(const cell_rows *rows, size_t number) {
    const page_region *region = &rows->layout->region;
    const page_band *band = &rows->bands.items[number];
    if (number == 0 || band[-1].page == band->page)
        return false;
    bool seen[PV_MAX_COLUMNS] = {false};
    for (uint32_t i = band->first; i < band->end; i++) {
        const column_entry *line = &region->items[i];
        if (!seen[line->column] && !pv_rows_may_begin_cell(rows->layout, line))
            return true;
        seen[line->column] = true;
    }
    return false;
}

/* How far the cells of bands [from, to] are from standing as those of one row do. */
static int64_t cost_of(const cell_rows *rows, size_t from, size_t to) {
    const page_region *region = &rows->layout->region;
    const page_band *bands = rows->bands.items;
    if (bands[from].page != bands[to].page)
        return NEVER;
    if (goes_on(rows, from) || (to + 1 < rows->bands.count && goes_on(rows, to + 1)))
        return (int64_t)(to - from) * PRICE_BAND;
    cell_extent cells[PV_MAX_COLUMNS];
    cell_extent row = {INT32_MAX, INT32_MIN};
    size_t count = 0;
    for (size_t i = 0; i < region->columns; i++)
        cells[i] = (cell_extent){INT32_MAX, INT32_MIN};
    for (uint32_t i = bands[from].first; i < bands[to].end; i++) {
        const column_entry *line = &region->items[i];
        cell_extent *cell = &cells[line->column];
        count += cell->bottom == INT32_MIN;
        *cell = (cell_extent){pv_page_least(cell->top, line->box.top), pv_page_most(cell->bottom, line->box.bottom)};
        row = (cell_extent){pv_page_least(row.top, line->box.top), pv_page_most(row.bottom, line->box.bottom)};
    }
    int64_t cost = count < 2 ? PRICE_ALONE + (int64_t)(to - from) * PRICE_BAND : (int64_t)(to - from) * PRICE_BLANK;
    for (size_t i = 0; i < region->columns; i++)
        if (cells[i].bottom != INT32_MIN)
            cost += rows->by_middle ? abs(cells[i].top + cells[i].bottom - row.top - row.bottom) / 2
                                    : pv_page_most(0, cells[i].top - row.top - rows->line);
    return cost;
}

/* The cost of all rows, at best. */
static int64_t part(cell_rows *rows) {
    page_band *bands = rows->bands.items;
    for (size_t to = 0; to < rows->bands.count; to++) {
        bands[to].cost = NEVER;
        for (size_t from = to + 1; from > 0 && to - (from - 1) < MAX_BANDS; from--) {
            int64_t before = from > 1 ? bands[from - 2].cost : 0;
            int64_t cost = cost_of(rows, from - 1, to);
            if (cost >= NEVER)
                break;
            if (before + cost < bands[to].cost) {
                bands[to].cost = before + cost;
                bands[to].from = (uint32_t)from - 1;
            }
        }
    }
    return rows->bands.count > 0 ? bands[rows->bands.count - 1].cost : 0;
}

static size_t count_rows(const cell_rows *rows) {
    size_t count = 0;
    for (size_t to = rows->bands.count; to > 0; to = rows->bands.items[to - 1].from)
        count += !goes_on(rows, rows->bands.items[to - 1].from);
    return count;
}

/* Sets rows and doubts of the entries. */
static void settle(const cell_rows *rows) {
    page_region *region = &rows->layout->region;
    const page_band *bands = rows->bands.items;
    for (size_t i = 0; i < region->count; i++)
        region->items[i].begins_row = false;
    for (size_t to = rows->bands.count; to > 0;) {
        size_t from = bands[to - 1].from;
        bool is_sure = cost_of(rows, from, to - 1) <= SURE + PRICE_ALONE * (from + 1 == to);
        for (uint32_t i = bands[from].first; i < bands[to - 1].end; i++)
            region->items[i].is_doubtful = !is_sure;
        region->items[bands[from].first].begins_row = !goes_on(rows, from);
        to = from;
    }
}

/* Leaves the rows that were found by strips where these are more; then none of them is sure. */
static void keep(page_region *region) {
    for (size_t i = 0; i < region->count; i++)
        region->items[i].is_doubtful = true;
}

bool pv_cells_part(page_layout *layout, size_t rows_by_strips) {
    page_region *region = &layout->region;
    cell_rows rows = {
        .layout = layout, .blank = blank_between(layout), .line = pv_page_height_of(region->items[0].box)};
    if (!find_bands(&rows))
        return false;
    int64_t by_top = part(&rows);
    rows.by_middle = true;
    if (part(&rows) > by_top) {
        rows.by_middle = false;
        (void)part(&rows);
    }
    const size_t count = count_rows(&rows);
    if (count > 1 && count >= rows_by_strips)
        settle(&rows);
    else
        keep(region);
    return true;
}
