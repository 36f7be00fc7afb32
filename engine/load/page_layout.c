#include <stdlib.h>
#include <string.h>

#include "load/page_region_p.h"

/* ---- lines in reading order ---- */

typedef enum region_order { ORDER_RUNNING, ORDER_ROWS, ORDER_PAGES } region_order;

/* Entries are in the order of strips; those of a row are put cell by cell (or those of a page, column by column), by
 * counting: each stays in place among its like. */
static bool order_entries(page_layout *layout, region_order by) {
    const page_region *region = &layout->region;
    layout->order.count = 0;
    for (size_t start = 0, end; start < region->count; start = end) {
        const column_entry *first = &region->items[start];
        for (end = start; end < region->count; end++)
            if (by == ORDER_PAGES ? region->items[end].page != first->page : region->items[end].row != first->row)
                break;
        for (size_t column = 0; column < region->columns; column++)
            for (size_t i = start; i < end; i++)
                if (region->items[i].column == column) {
                    uint32_t *place = PV_ARRAY_ADD(layout->scratch, &layout->order);
                    if (!place)
                        return pv_fail_memory(layout->error);
                    *place = (uint32_t)i;
                }
    }
    return true;
}

static pv_laid_line *add_line(page_layout *layout) {
    pv_laid_line *line = PV_ARRAY_ADD(layout->arena, &layout->lines);
    if (!line)
        pv_fail_memory(layout->error);
    return line;
}

/* The number of a strip on its page, from 1. */
static uint32_t line_on_page(const page_layout *layout, uint32_t strip, uint32_t page) {
    return strip - layout->strips.page_start[page] + 1;
}

/* What stands in the margins of a page, or its notes. */
static bool add_margin(page_layout *layout, uint32_t number) {
    const pv_page_strip *strip = &layout->strips.items[number];
    pv_laid_line *line = add_line(layout);
    if (!line)
        return false;
    bool is_note = strip->role == PV_STRIP_NOTE;
    *line = (pv_laid_line){.first = layout->strips.pieces[strip->first].first,
                           .end = layout->strips.pieces[strip->end - 1].end,
                           .page = strip->page + 1,
                           .line = line_on_page(layout, number, strip->page),
                           .box = strip->box,
                           .kind = is_note ? PV_BLOCK_NOTE : PV_BLOCK_FURNITURE,
                           .is_parted = !is_note || strip->has_mark,
                           .has_mark = strip->has_mark};
    bool follows = is_note && !strip->has_mark && layout->lines.count > 1 && line[-1].kind == PV_BLOCK_NOTE;
    if (follows)
        line[-1].may_go_on = true;
    return true;
}

/* The numbers of its lines. */
static bool add_line_numbers(page_layout *layout, uint32_t page) {
    const pv_line_numbers *numbers = &layout->strips.line_numbers[page];
    if (numbers->first == numbers->end)
        return true;
    pv_laid_line *line = add_line(layout);
    if (line)
        *line = (pv_laid_line){.first = numbers->first,
                               .end = numbers->end,
                               .page = page + 1,
                               .line = 1,
                               .box = layout->pages->words[numbers->first].box,
                               .kind = PV_BLOCK_FURNITURE,
                               .is_parted = true};
    return line != NULL;
}

/* Those of the pages up to one, which come after its text: in a table, after all that runs on over them. */
static bool add_margins(page_layout *layout, uint32_t end_page) {
    for (; layout->margins < end_page; layout->margins++) {
        if (!add_line_numbers(layout, layout->margins))
            return false;
        for (uint32_t i = layout->strips.page_start[layout->margins];
             i < layout->strips.page_start[layout->margins + 1]; i++)
            if (!pv_strip_is_text(layout, i) && !add_margin(layout, i))
                return false;
    }
    return true;
}

/* How a line follows the one before it in its cell, or in running text; and whether that one goes on in it. */
static void relate(const page_layout *layout, pv_laid_line *line, pv_laid_line *previous, const column_entry *at,
                   const column_entry *before, int32_t step, bool is_cell) {
    bool is_same_page = before->page == at->page;
    bool may_go_on = at->is_kept ? !at->begins_block && is_same_page
                                 : !pv_rows_is_ended(layout, before, at, pv_rows_right_of(layout, before));
    if (!is_same_page)
        line->is_parted = !is_cell;
    else if (at->is_kept)
        line->is_parted = at->begins_block;
    else
        line->is_parted =
            at->box.top < before->box.top ||
            (at->box.top - before->box.top) * 4 > 5 * (step > 0 ? step : pv_page_height_of(at->box) * 6 / 5);
    if (is_same_page && line->is_parted)
        may_go_on = false;
    previous->may_go_on = may_go_on;
}

/* Text that touches the edge of its page may go on beyond it, where programs leave it out. */
static pv_block_doubt doubt_of(const page_layout *layout, const column_entry *line) {
    const pv_page *page = &layout->pages->pages[line->page];
    const pv_page_box *last = &layout->pages->words[line->end - 1].box;
    int32_t letter = pv_page_height_of(*last) * 3 / 4;
    if (!line->is_kept && (line->box.left < 0 || last->right + letter > page->width))
        return PV_BLOCK_CUT_OFF;
    return layout->strips.items[line->strip].comes_back ? PV_BLOCK_COMES_BACK : PV_BLOCK_SURE;
}

static bool emit(page_layout *layout, region_order by, bool is_table, const int32_t *steps) {
    const page_region *region = &layout->region;
    const column_entry *before = NULL;
    layout->tables += is_table;
    if (!order_entries(layout, by))
        return false;
    for (size_t i = 0; i < layout->order.count; i++) {
        const column_entry *at = &region->items[layout->order.items[i]];
        size_t previous = layout->lines.count - 1; /* of no meaning at the first */
        if ((i == 0 || by != ORDER_ROWS) && !add_margins(layout, at->page))
            return false;
        pv_laid_line *line = add_line(layout);
        if (!line)
            return false;
        *line = (pv_laid_line){.first = at->first,
                               .end = at->end,
                               .page = at->page + 1,
                               .line = line_on_page(layout, at->strip, at->page),
                               .box = at->box,
                               .kind = PV_BLOCK_LINE,
                               .is_parted = true};
        line->doubt = doubt_of(layout, at);
        if (is_table)
            line->cell = (pv_block_cell){layout->tables, at->row + 1, at->column + 1, 1, 1};
        if (before && before->column == at->column && (by != ORDER_ROWS || before->row == at->row))
            relate(layout, line, &layout->lines.items[previous], at, before, steps[at->column], by == ORDER_ROWS);
        before = at;
    }
    return true;
}

/* Lays out what the region holds, and empties it. */
static bool close_region(page_layout *layout) {
    page_region *region = &layout->region;
    int32_t steps[PV_MAX_COLUMNS] = {0};
    bool done = true;
    if (region->count > 0) {
        size_t rows = region->columns > 1 ? pv_rows_number(layout) : 1;
        bool is_newspaper_page = region->columns > 1 && pv_rows_are_newspaper(region, rows);
        for (size_t i = 0; i < region->columns; i++)
            steps[i] = pv_rows_step(layout, i);
        region_order by = region->columns == 1 ? ORDER_RUNNING : is_newspaper_page ? ORDER_PAGES : ORDER_ROWS;
        done = emit(layout, by, by == ORDER_ROWS && (rows > 1 || !pv_rows_have_one_width(region)), steps);
    }
    memset(region, 0, offsetof(page_region, items));
    region->count = 0;
    return done;
}

/* ---- strips into regions ---- */

static bool add_entry(page_layout *layout, const pv_page_strip *strip, uint32_t number, const pv_page_piece *piece,
                      size_t column) {
    page_region *region = &layout->region;
    if (!PV_ARRAY_RESERVE(layout->scratch, region))
        return pv_fail_memory(layout->error);
    bool is_first = region->count == 0;
    const column_entry *last = is_first ? NULL : &region->items[region->count - 1];
    region->items[region->count] = (column_entry){
        .first = piece->first,
        .end = piece->end,
        .page = strip->page,
        .strip = number,
        .column = (uint32_t)column,
        .above = region->last[column],
        .below = UINT32_MAX,
        .box = piece->box,
        .tops_page = !is_first && (last->page != strip->page || (last->strip == number && last->tops_page)),
        .begins_block = strip->begins_block,
        .is_kept = strip->is_kept,
    };
    if (region->last[column] != UINT32_MAX)
        region->items[region->last[column]].below = (uint32_t)region->count;
    region->last[column] = (uint32_t)region->count++;
    region->left[column] = pv_page_least(region->left[column], piece->box.left);
    region->right[column] = pv_page_most(region->right[column], piece->box.right);
    region->bottom = strip->box.bottom;
    region->page = strip->page;
    return true;
}

static void open_region(page_region *region, const page_region *columns) {
    memcpy(region, columns, offsetof(page_region, items));
    for (size_t i = 0; i < region->columns; i++)
        region->last[i] = UINT32_MAX;
}

/* Whether a strip that fits the open region is part of it. */
static bool belongs(const page_layout *layout, uint32_t number, const strip_places *placed) {
    const page_region *region = &layout->region;
    const pv_page_strip *strip = &layout->strips.items[number];
    if (placed->count == 0)
        return false;
    if (placed->count > 1 || placed->columns[0] > 0)
        return true;
    const pv_page_box *box = &placed->pieces[0].box;
    if (region->page != strip->page) {
        /* At the top of a page: where the cell broke off in the middle, it goes on. */
        const column_entry next = {.first = placed->pieces[0].first, .end = placed->pieces[0].end, .box = *box};
        uint32_t last = region->last[0];
        bool breaks_off = last != UINT32_MAX && region->items[last].page + 1 == strip->page &&
                          !pv_rows_is_ended(layout, &region->items[last], &next, region->right[0]);
        return pv_columns_go_on(layout, number) || (breaks_off && box->right <= region->right[0]);
    }
    int32_t gap = strip->box.top - region->bottom;
    if (gap > 2 * pv_page_height_of(*box) &&
        !pv_page_is_label(pv_page_word_text(layout->pages, placed->pieces[0].first)))
        return false;
    return gap <= pv_page_height_of(*box) / 2 || pv_columns_go_on(layout, number);
}

static bool add_strip(page_layout *layout, uint32_t number, const strip_places *placed) {
    const pv_page_strip *strip = &layout->strips.items[number];
    layout->region.strips++;
    for (size_t i = 0; i < placed->count; i++)
        if (!add_entry(layout, strip, number, &placed->pieces[i], placed->columns[i]))
            return false;
    return true;
}

/* The whole strip as one line of running text. */
static bool add_running(page_layout *layout, uint32_t number) {
    page_region *region = &layout->region;
    const pv_page_strip *strip = &layout->strips.items[number];
    const pv_page_piece line = {layout->strips.pieces[strip->first].first, layout->strips.pieces[strip->end - 1].end,
                                true, strip->box};
    if (region->columns > 1 && !close_region(layout))
        return false;
    if (region->columns == 0) {
        const page_region running = {.columns = 1, .left = {strip->box.left}, .right = {strip->box.right}};
        open_region(region, &running);
    }
    region->strips++;
    return add_entry(layout, strip, number, &line, 0);
}

static bool take_strip(page_layout *layout, uint32_t number) {
    const pv_page_strip *strip = &layout->strips.items[number];
    strip_places placed;
    page_region columns;
    if (layout->region.columns > 1) {
        if (pv_columns_place(&placed, &layout->region, layout, strip) && belongs(layout, number, &placed))
            return add_strip(layout, number, &placed);
        if (!close_region(layout))
            return false;
    }
    if (!pv_columns_begin_table(&columns, layout, number))
        return add_running(layout, number);
    if (!close_region(layout))
        return false;
    open_region(&layout->region, &columns);
    return pv_columns_place(&placed, &layout->region, layout, strip) ? add_strip(layout, number, &placed)
                                                                     : add_running(layout, number);
}

static bool lay_out(page_layout *layout) {
    for (uint32_t page = 0; page < layout->pages->page_count; page++) {
        const pv_page *size = &layout->pages->pages[page];
        if (layout->region.columns == 1 && (size->width != size[-1].width || size->height != size[-1].height) &&
            !close_region(layout))
            return false;
        for (uint32_t i = layout->strips.page_start[page]; i < layout->strips.page_start[page + 1]; i++)
            if (pv_strip_is_text(layout, i) && !take_strip(layout, i))
                return false;
    }
    return close_region(layout) && add_margins(layout, (uint32_t)layout->pages->page_count);
}

bool pv_pages_lay_out(pv_laid_lines *out, pv_arena *arena, const pv_pages *pages, pv_error *error) {
    pv_arena *scratch = pv_arena_new(pv_arena_memory(arena));
    uint8_t *glue = PV_NEW_ARRAY(arena, uint8_t, pages->word_count);
    page_layout layout = {.arena = arena, .scratch = scratch, .pages = pages, .error = error};
    if (!scratch || !glue) {
        pv_arena_free(scratch);
        return pv_fail_memory(error);
    }
    bool done = pv_page_strips_make(&layout.strips, scratch, pages, error) &&
                pv_page_margins_find(&layout.strips, glue, scratch, pages, error);
    if (done) {
        layout.steps = PV_NEW_ARRAY(scratch, int32_t, layout.strips.count);
        done = layout.steps ? lay_out(&layout) : pv_fail_memory(error);
    }
    *out = (pv_laid_lines){layout.lines.items, layout.lines.count, glue};
    pv_arena_free(scratch);
    return done;
}
