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

/* Whether two strips stand beside one another, and at different heights: lines of two cells that are not set on one
 * grid. */
static bool is_offset(const page_layout *layout, uint32_t strip, uint32_t other) {
    const pv_page_strip *a = &layout->strips.items[strip];
    const pv_page_strip *b = &layout->strips.items[other];
    if (a->page != b->page || a->is_kept || !pv_strip_is_text(layout, other))
        return false;
    int32_t over = pv_page_least(a->box.bottom, b->box.bottom) - pv_page_most(a->box.top, b->box.top);
    bool apart = a->box.right + PV_GUTTER <= b->box.left || b->box.right + PV_GUTTER <= a->box.left;
    return apart && over * 3 > pv_page_least(pv_page_height_of(a->box), pv_page_height_of(b->box));
}

/* The last word of a piece: the first may be a label in larger type. */
static pv_page_box last_word_of(const page_layout *layout, uint32_t piece) {
    return layout->pages->words[layout->strips.pieces[piece].end - 1].box;
}

/* Whether the pieces of a strip are not set on one line: neither their tops agree nor their feet. */
static bool is_uneven(const page_layout *layout, const pv_page_strip *strip) {
    pv_page_box first = last_word_of(layout, strip->first);
    for (uint32_t i = strip->first + 1; i < strip->end; i++) {
        pv_page_box box = last_word_of(layout, i);
        int32_t shift = pv_page_least(abs(box.top - first.top), abs(box.bottom - first.bottom));
        if (shift * 6 > pv_page_least(pv_page_height_of(box), pv_page_height_of(first)))
            return true;
    }
    return false;
}

static bool has_offset(const page_layout *layout, uint32_t strip) {
    return is_uneven(layout, &layout->strips.items[strip]) || (strip > 0 && is_offset(layout, strip, strip - 1)) ||
           (strip + 1 < layout->strips.count && is_offset(layout, strip, strip + 1));
}

/* Whether many of the region's lines are so: then its rows are not certain. */
static bool is_offset_region(const page_layout *layout) {
    const page_region *region = &layout->region;
    size_t offset = 0;
    for (size_t i = 0; i < region->count; i++)
        offset += has_offset(layout, region->items[i].strip);
    return region->columns > 1 && offset * 4 > region->count;
}

/* Text that touches the edge of its page may go on beyond it, where programs leave it out. */
static pv_block_doubt doubt_of(const page_layout *layout, const column_entry *line) {
    const pv_page *page = &layout->pages->pages[line->page];
    const pv_page_box *last = &layout->pages->words[line->end - 1].box;
    int32_t letter = pv_page_height_of(*last) * 3 / 4;
    if (!line->is_kept && (line->box.left < 0 || last->right + letter > page->width))
        return PV_BLOCK_CUT_OFF;
    if (line->is_doubtful || (layout->region.columns == 1 && has_offset(layout, line->strip)))
        return PV_BLOCK_BESIDE;
    for (uint32_t word = line->first; word < line->end; word++)
        if (layout->pages->words[word].is_garbled)
            return PV_BLOCK_GARBLED;
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
        size_t rows = 1;
        layout->is_offset = is_offset_region(layout);
        if (region->columns > 1 && !pv_rows_number(layout, &rows))
            return false;
        bool is_newspaper_page = region->columns > 1 && !layout->is_offset && pv_rows_are_newspaper(region, rows);
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

/* Takes back the last lines of running text that are the top of a cell, which stands higher than the one beside it:
 * they touch the strip, and stand in one of its columns. Gives the first of them; at: there is none. */
static uint32_t take_back(page_layout *layout, const page_region *columns, uint32_t at) {
    page_region *region = &layout->region;
    const pv_page_strip *strip = &layout->strips.items[at];
    uint32_t first = at;
    int32_t top = strip->box.top;
    if (region->columns != 1 || !is_uneven(layout, strip))
        return at;
    while (region->count > 0) {
        const column_entry *line = &region->items[region->count - 1];
        strip_places placed;
        if (line->page != strip->page || top - line->box.bottom > pv_page_height_of(line->box) / 2 || line->is_kept ||
            !pv_columns_place(&placed, columns, layout, &layout->strips.items[line->strip]) || placed.count != 1 ||
            abs(placed.pieces[0].box.left - columns->left[placed.columns[0]]) > 20 * PV_PAGE_POINT)
            break;
        first = line->strip;
        top = line->box.top;
        region->last[0] = line->above;
        if (line->above != UINT32_MAX)
            region->items[line->above].below = UINT32_MAX;
        region->count--;
    }
    return first;
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
    uint32_t first = take_back(layout, &columns, number);
    if (!close_region(layout))
        return false;
    open_region(&layout->region, &columns);
    for (uint32_t i = first; i < number; i++)
        if (pv_strip_is_text(layout, i) &&
            (!pv_columns_place(&placed, &layout->region, layout, &layout->strips.items[i]) ||
             !add_strip(layout, i, &placed)))
            return false;
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
