#include "load/page_layout_p.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* More columns than that are no table that is read by its boxes. */
#define MAX_COLUMNS ((size_t)24)
/* Strips that are looked at ahead to see whether a table begins or goes on. */
#define MAX_AHEAD 60
/* Lines above one, and below, that tell how wide its text is. */
#define LINES_AROUND 8
/* Blank that parts two columns at least. */
#define GUTTER (PV_PAGE_POINT * 5 / 2)
/* Between rows of a table lines are further apart, by the rule between them at least. */
#define ROW_GAP (PV_PAGE_POINT / 4)

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
    bool begins_block;
    bool is_kept;
} column_entry;

/* Columns, and what stands in them so far; one that has a single column is running text. */
typedef struct page_region {
    size_t columns;
    int32_t left[MAX_COLUMNS];
    int32_t right[MAX_COLUMNS];
    uint32_t last[MAX_COLUMNS]; /* entry; UINT32_MAX: none */
    int32_t bottom;             /* of the last strip */
    uint32_t page;              /* which it is on */
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
    uint32_t margins; /* pages whose margins are laid out */
    pv_error *error;
} page_layout;

/* ---- which column a piece stands in ---- */

/* Pieces of a strip, each with its column. */
typedef struct strip_places {
    pv_page_piece pieces[2 * MAX_COLUMNS];
    size_t columns[2 * MAX_COLUMNS];
    size_t count;
} strip_places;

/* The column that has room for a box, or SIZE_MAX: it is over two of them, or over the blank between. */
static size_t column_of(const page_region *region, pv_page_box box) {
    for (size_t i = 0; i < region->columns; i++) {
        bool has_room = (i == 0 || box.left >= region->right[i - 1] + GUTTER) &&
                        (i + 1 == region->columns || box.right <= region->left[i + 1] - GUTTER);
        bool is_over = box.left < region->right[i] && region->left[i] < box.right;
        bool is_last = i + 1 == region->columns || box.right <= region->right[i] ||
                       abs(region->left[i] - box.left) <= abs(region->left[i + 1] - box.left);
        if (has_room && (is_over || is_last))
            return i;
    }
    return SIZE_MAX;
}

static pv_page_piece piece_of(const pv_pages *pages, uint32_t first, uint32_t end) {
    pv_page_piece piece = {first, end, false, pages->words[first].box};
    for (uint32_t i = first + 1; i < end; i++)
        piece.box = pv_page_join(piece.box, pages->words[i].box);
    return piece;
}

/* The word of a piece that begins the next column: the word before it ends in this one. UINT32_MAX: there is none. */
static uint32_t crossing(const page_region *region, const pv_pages *pages, const pv_page_piece *piece) {
    for (uint32_t word = piece->first + 1; word < piece->end; word++) {
        const pv_page_box *before = &pages->words[word - 1].box;
        const pv_page_box *box = &pages->words[word].box;
        for (size_t i = 1; i < region->columns; i++)
            if (abs(box->left - region->left[i]) <= PV_PAGE_POINT && before->right + GUTTER <= region->left[i] &&
                (box->left - before->right) * 10 >= pv_page_height_of(*box) * 3)
                return word;
    }
    return UINT32_MAX;
}

/* The pieces of a strip in the columns of a region; false when they do not fit. */
static bool place(strip_places *out, const page_region *region, const page_layout *layout, const pv_page_strip *strip) {
    out->count = 0;
    if (strip->is_kept)
        return false;
    for (uint32_t i = strip->first; i < strip->end; i++) {
        pv_page_piece piece = layout->strips.pieces[i];
        for (;;) {
            if (out->count == 2 * MAX_COLUMNS)
                return false;
            size_t column = column_of(region, piece.box);
            uint32_t word = column == SIZE_MAX ? crossing(region, layout->pages, &piece) : UINT32_MAX;
            pv_page_piece whole = piece;
            if (word != UINT32_MAX) {
                piece = piece_of(layout->pages, whole.first, word);
                column = column_of(region, piece.box);
            }
            if (column == SIZE_MAX)
                return false;
            bool joins = out->count > 0 && out->columns[out->count - 1] == column;
            pv_page_piece *place = &out->pieces[joins ? out->count - 1 : out->count];
            *place =
                joins ? (pv_page_piece){place->first, piece.end, place->is_given, pv_page_join(place->box, piece.box)}
                      : piece;
            out->columns[joins ? out->count - 1 : out->count++] = column;
            if (word == UINT32_MAX)
                break;
            piece = piece_of(layout->pages, word, whole.end);
        }
    }
    return true;
}

/* ---- whether a table begins, or goes on ---- */

static bool is_text(const page_layout *layout, uint32_t strip) {
    return layout->strips.items[strip].role == PV_STRIP_TEXT;
}

/* The columns of a strip, as those of a region without entries. */
static bool columns_of_strip(page_region *out, const page_layout *layout, const pv_page_strip *strip) {
    size_t count = strip->end - strip->first;
    if (strip->is_kept || count < 2 || count > MAX_COLUMNS)
        return false;
    for (size_t i = 0; i < count; i++) {
        const pv_page_box *box = &layout->strips.pieces[strip->first + i].box;
        if (i > 0 && box->left < out->right[i - 1] + GUTTER)
            return false;
        out->left[i] = box->left;
        out->right[i] = box->right;
    }
    out->columns = count;
    return true;
}

static void widen(page_region *region, const strip_places *placed) {
    for (size_t i = 0; i < placed->count; i++) {
        size_t column = placed->columns[i];
        region->left[column] = pv_page_least(region->left[column], placed->pieces[i].box.left);
        region->right[column] = pv_page_most(region->right[column], placed->pieces[i].box.right);
    }
}

/* What a strip tells of columns: pieces right of the first that begin, end or are centred where their column does.
 * Where the given line was the same, a wide blank in it may be chance. */
static unsigned evidence_of(const page_region *region, const strip_places *placed) {
    for (size_t i = 0; i < placed->count; i++) {
        size_t column = placed->columns[i];
        const pv_page_box *box = &placed->pieces[i].box;
        int32_t left = abs(box->left - region->left[column]);
        int32_t right = abs(box->right - region->right[column]);
        int32_t centre = abs(box->left + box->right - region->left[column] - region->right[column]);
        if (column > 0 && (left <= PV_PAGE_POINT * 3 / 2 || right <= PV_PAGE_POINT * 3 / 2 || centre <= PV_PAGE_POINT))
            return placed->pieces[i].is_given ? 2 : 1;
    }
    return 0;
}

/* Whether a table begins with a strip: what follows stands in the same columns. */
static bool begins_table(page_region *columns, const page_layout *layout, uint32_t at) {
    const pv_page_strip *strip = &layout->strips.items[at];
    uint32_t end = layout->strips.page_start[strip->page + 1];
    memset(columns, 0, offsetof(page_region, items));
    if (!columns_of_strip(columns, layout, strip))
        return false;
    page_region trial = *columns;
    strip_places placed;
    int32_t bottom = strip->box.bottom;
    bool is_given = layout->strips.pieces[strip->first + 1].is_given;
    unsigned evidence = is_given ? 2 : 1;
    for (uint32_t i = at + 1; i < end && i - at <= MAX_AHEAD && is_text(layout, i); i++) {
        const pv_page_strip *next = &layout->strips.items[i];
        if (!place(&placed, &trial, layout, next) || next->box.top - bottom > 3 * pv_page_height_of(next->box))
            return false;
        if (placed.count > 1 || is_given)
            evidence += evidence_of(columns, &placed);
        if (evidence >= 3)
            return true;
        widen(&trial, &placed);
        bottom = next->box.bottom;
    }
    return false;
}

/* Whether the open region has what follows from a strip on, which stands in its first column alone: whatever comes
 * next in another column says so, and what is over two of them that it has not. */
static bool goes_on(const page_layout *layout, uint32_t at) {
    const page_region *region = &layout->region;
    uint32_t end = layout->strips.page_start[layout->strips.items[at].page + 1];
    strip_places placed;
    for (uint32_t i = at; i < end && i - at <= MAX_AHEAD && is_text(layout, i); i++) {
        if (!place(&placed, region, layout, &layout->strips.items[i]))
            return false;
        if (placed.count > 1 || (placed.count == 1 && placed.columns[0] > 0))
            return true;
    }
    return false;
}

/* ---- what lines tell ---- */

static bool ends_in_hyphen(pv_str word) {
    return pv_str_ends_with(word, PV_STR("-")) || pv_str_ends_with(word, PV_STR("\u2010"));
}

/* How far the lines of a column reach to the right. Running text is set in more than one width: there it is what the
 * lines around one reach. */
static int32_t right_of(const page_layout *layout, const column_entry *line) {
    const page_region *region = &layout->region;
    const column_entry *at = line;
    int32_t right = line->box.right;
    if (region->columns > 1)
        return region->right[line->column];
    for (size_t i = 0; i < LINES_AROUND && at->above != UINT32_MAX; i++) {
        at = &region->items[at->above];
        right = pv_page_most(right, at->box.right);
    }
    at = line;
    for (size_t i = 0; i < LINES_AROUND && at->below != UINT32_MAX; i++) {
        at = &region->items[at->below];
        right = pv_page_most(right, at->box.right);
    }
    return right;
}

/* Whether there would have been room for the first word of the next line: then the line was ended on purpose. */
static bool is_ended(const page_layout *layout, const column_entry *line, const column_entry *next, int32_t right) {
    const pv_page_word *word = &layout->pages->words[next->first];
    if (ends_in_hyphen(pv_page_word_text(layout->pages, line->end - 1)))
        return false;
    int32_t blank = pv_page_height_of(word->box) / 5;
    return line->box.right + blank + (word->box.right - word->box.left) + PV_PAGE_POINT <= right;
}

static int compare_numbers(const void *left, const void *right) {
    int32_t a = *(const int32_t *)left;
    int32_t b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* From the top of one line to that of the next, in most of a column; 0: there are too few to tell. */
static int32_t step_of(const page_layout *layout, size_t column) {
    const page_region *region = &layout->region;
    size_t count = 0;
    for (size_t i = 0; i < region->count; i++) {
        const column_entry *line = &region->items[i];
        if (line->column != column || line->above == UINT32_MAX)
            continue;
        const column_entry *above = &region->items[line->above];
        int32_t step = line->box.top - above->box.top;
        if (above->page == line->page && step > 0 && step < 3 * pv_page_height_of(line->box))
            layout->steps[count++] = step;
    }
    if (count < 2)
        return 0;
    qsort(layout->steps, count, sizeof *layout->steps, compare_numbers);
    return layout->steps[count / 2];
}

/* ---- rows ---- */

typedef struct row_search {
    page_layout *layout;
    int32_t step[MAX_COLUMNS];
    size_t starts;      /* rows that begin in two columns or more */
    size_t gapped;      /* those with a gap above them */
    size_t labelled;    /* those that begin with a label */
    int32_t label_left; /* where the last of these stands */
    bool is_grid;       /* each line of the first column is a row */
} row_search;

static bool is_gapped(const row_search *search, const column_entry *line) {
    const page_region *region = &search->layout->region;
    if (line->above == UINT32_MAX)
        return !line->tops_page;
    const column_entry *above = &region->items[line->above];
    if (above->page != line->page)
        return !line->tops_page;
    int32_t step = search->step[line->column];
    return step > 0 && line->box.top - above->box.top > step + ROW_GAP;
}

/* Whether the line above was ended, since this one begins with a label or there was room for its first word; or nothing
 * can be told of it: both hold one word. */
static bool is_ended_above(const row_search *search, const column_entry *line) {
    const page_region *region = &search->layout->region;
    if (line->above == UINT32_MAX)
        return true;
    const column_entry *above = &region->items[line->above];
    bool is_single = above->end - above->first == 1 && line->end - line->first == 1;
    return is_single || pv_page_is_label(pv_page_word_text(search->layout->pages, line->first)) ||
           is_ended(search->layout, above, line, region->right[line->column]);
}

/* Whether the column of a line ended well above the foot of the page before it. */
static bool ended_early(const row_search *search, const column_entry *line, int32_t foot) {
    const page_region *region = &search->layout->region;
    const column_entry *above = line->above == UINT32_MAX ? NULL : &region->items[line->above];
    return above && above->page != line->page && foot - above->box.bottom > 2 * pv_page_height_of(above->box);
}

/* Entries [start, end) are one strip: whether a row begins with it. foot: where the page before ends. */
static bool begins_row(row_search *search, size_t start, size_t end, int32_t foot, bool *gapped) {
    const column_entry *items = search->layout->region.items;
    bool all_gapped = true;
    bool all_ended = true;
    bool early = false;
    for (size_t i = start; i < end; i++) {
        bool has_gap = is_gapped(search, &items[i]);
        all_gapped &= has_gap;
        all_ended &= has_gap || is_ended_above(search, &items[i]);
        early |= items[i].tops_page && ended_early(search, &items[i], foot);
    }
    *gapped = all_gapped;
    if (start == 0 || (search->is_grid && items[start].column == 0))
        return true;
    return end - start > 1 && (all_gapped || all_ended || early);
}

static size_t strip_end(const page_region *region, size_t start) {
    size_t end = start;
    while (end < region->count && region->items[end].strip == region->items[start].strip)
        end++;
    return end;
}

/* Whether a line begins with a small letter, in the middle of a sentence. */
static bool begins_small(const row_search *search, const column_entry *line) {
    pv_str word = pv_page_word_text(search->layout->pages, line->first);
    return word.size > 0 && word.data[0] >= 'a' && word.data[0] <= 'z';
}

/* Whether each line of the first column is a row of its own: nearly all strips have all columns, and most lines of the
 * first were ended. */
static bool is_grid(const row_search *search) {
    const page_region *region = &search->layout->region;
    size_t strips = 0;
    size_t full = 0;
    size_t firsts = 0;
    size_t ended = 0;
    size_t broken = 0;
    for (size_t i = 0, end; i < region->count; i = end) {
        const column_entry *line = &region->items[i];
        end = strip_end(region, i);
        strips++;
        full += end - i == region->columns;
        if (line->column == 0 && line->above != UINT32_MAX) {
            firsts++;
            bool was_ended = is_gapped(search, line) || is_ended_above(search, line);
            ended += was_ended;
            broken += !was_ended && begins_small(search, line);
        }
    }
    return full == strips && broken == 0 ? ended * 2 >= firsts : full * 10 >= strips * 6 && ended * 10 >= firsts * 7;
}

/* The foot of each page's part of the region, at the first strip of the next one. */
static int32_t foot_before(const page_region *region, size_t start) {
    int32_t foot = 0;
    uint32_t page = start > 0 ? region->items[start - 1].page : 0;
    for (size_t i = start; i > 0 && region->items[i - 1].page == page && start - i < 2 * MAX_COLUMNS; i--)
        foot = pv_page_most(foot, region->items[i - 1].box.bottom);
    return foot;
}

static void count_starts(row_search *search) {
    page_region *region = &search->layout->region;
    for (size_t i = 0, end; i < region->count; i = end) {
        column_entry *line = &region->items[i];
        bool gapped;
        end = strip_end(region, i);
        line->begins_row = begins_row(search, i, end, line->tops_page ? foot_before(region, i) : 0, &gapped);
        if (!line->begins_row || i == 0)
            continue;
        search->starts++;
        search->gapped += gapped;
        if (line->column == 0 && pv_page_is_label(pv_page_word_text(search->layout->pages, line->first))) {
            search->labelled++;
            search->label_left = line->box.left;
        }
    }
}

/* Where rows begin with a label as a rule, a line of the first column alone does too: its answer is empty. Where they
 * begin after a gap as a rule, none begins without. */
static void settle_starts(row_search *search) {
    page_region *region = &search->layout->region;
    bool by_gap = search->gapped > 0 && search->gapped * 2 >= search->starts;
    bool by_label = search->labelled >= 2 && search->labelled * 10 >= search->starts * 6;
    for (size_t i = 0, end; i < region->count; i = end) {
        column_entry *line = &region->items[i];
        end = strip_end(region, i);
        bool is_labelled = by_label && line->column == 0 &&
                           abs(line->box.left - search->label_left) <= 2 * PV_PAGE_POINT &&
                           pv_page_is_label(pv_page_word_text(search->layout->pages, line->first));
        if (i == 0)
            continue;
        if (is_labelled && (is_gapped(search, line) || is_ended_above(search, line)))
            line->begins_row = true;
        else if (by_gap && !search->is_grid && !line->tops_page && line->begins_row && !is_gapped(search, line))
            line->begins_row = false;
    }
}

/* How many rows there are. */
static size_t number_rows(page_layout *layout) {
    page_region *region = &layout->region;
    row_search search = {.layout = layout};
    for (size_t i = 0; i < region->columns; i++)
        search.step[i] = step_of(layout, i);
    search.is_grid = is_grid(&search);
    count_starts(&search);
    settle_starts(&search);
    uint32_t row = 0;
    for (size_t i = 0, end; i < region->count; i = end) {
        end = strip_end(region, i);
        row += i > 0 && region->items[i].begins_row;
        for (size_t k = i; k < end; k++)
            region->items[k].row = row;
    }
    return (size_t)row + 1;
}

/* Whether the columns are of nearly one width. */
static bool is_of_one_width(const page_region *region) {
    int32_t least = INT32_MAX;
    int32_t most = 0;
    for (size_t i = 0; i < region->columns; i++) {
        least = pv_page_least(least, region->right[i] - region->left[i]);
        most = pv_page_most(most, region->right[i] - region->left[i]);
    }
    return (int64_t)least * 4 >= (int64_t)most * 3;
}

/* Whether text runs down one column and then the next, as in a newspaper: few of its lines begin anything in two
 * columns. */
static bool is_newspaper(const page_region *region, size_t rows) {
    return region->strips >= 12 && rows * 10 < region->strips && is_of_one_width(region);
}

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

/* Those of the pages up to one, which come after its text: in a table, after all that runs on over them. */
static bool add_margins(page_layout *layout, uint32_t end_page) {
    for (; layout->margins < end_page; layout->margins++)
        for (uint32_t i = layout->strips.page_start[layout->margins];
             i < layout->strips.page_start[layout->margins + 1]; i++)
            if (!is_text(layout, i) && !add_margin(layout, i))
                return false;
    return true;
}

/* How a line follows the one before it in its cell, or in running text; and whether that one goes on in it. */
static void relate(const page_layout *layout, pv_laid_line *line, pv_laid_line *previous, const column_entry *at,
                   const column_entry *before, int32_t step, bool is_cell) {
    bool is_same_page = before->page == at->page;
    bool may_go_on =
        at->is_kept ? !at->begins_block && is_same_page : !is_ended(layout, before, at, right_of(layout, before));
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
    int32_t steps[MAX_COLUMNS] = {0};
    bool done = true;
    if (region->count > 0) {
        size_t rows = region->columns > 1 ? number_rows(layout) : 1;
        bool is_newspaper_page = region->columns > 1 && is_newspaper(region, rows);
        for (size_t i = 0; i < region->columns; i++)
            steps[i] = step_of(layout, i);
        region_order by = region->columns == 1 ? ORDER_RUNNING : is_newspaper_page ? ORDER_PAGES : ORDER_ROWS;
        done = emit(layout, by, by == ORDER_ROWS && (rows > 1 || !is_of_one_width(region)), steps);
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
                          !is_ended(layout, &region->items[last], &next, region->right[0]);
        return goes_on(layout, number) || (breaks_off && box->right <= region->right[0]);
    }
    int32_t gap = strip->box.top - region->bottom;
    if (gap > 2 * pv_page_height_of(*box) &&
        !pv_page_is_label(pv_page_word_text(layout->pages, placed->pieces[0].first)))
        return false;
    return gap <= pv_page_height_of(*box) / 2 || goes_on(layout, number);
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
        if (place(&placed, &layout->region, layout, strip) && belongs(layout, number, &placed))
            return add_strip(layout, number, &placed);
        if (!close_region(layout))
            return false;
    }
    if (!begins_table(&columns, layout, number))
        return add_running(layout, number);
    if (!close_region(layout))
        return false;
    open_region(&layout->region, &columns);
    return place(&placed, &layout->region, layout, strip) ? add_strip(layout, number, &placed)
                                                          : add_running(layout, number);
}

static bool lay_out(page_layout *layout) {
    for (uint32_t page = 0; page < layout->pages->page_count; page++) {
        const pv_page *size = &layout->pages->pages[page];
        if (layout->region.columns == 1 && (size->width != size[-1].width || size->height != size[-1].height) &&
            !close_region(layout))
            return false;
        for (uint32_t i = layout->strips.page_start[page]; i < layout->strips.page_start[page + 1]; i++)
            if (is_text(layout, i) && !take_strip(layout, i))
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
