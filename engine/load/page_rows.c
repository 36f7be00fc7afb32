#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "load/page_region_p.h"

/* Lines above one, and below, that tell how wide its text is. */
#define LINES_AROUND 8
/* Between rows of a table lines are further apart, by the rule between them at least. */
#define ROW_GAP (PV_PAGE_POINT / 4)

/* ---- what lines tell ---- */

static bool ends_in_hyphen(pv_str word) {
    return pv_str_ends_with(word, PV_STR("-")) || pv_str_ends_with(word, PV_STR("\u2010"));
}

/* How far the lines of a column reach to the right. Running text is set in more than one width: there it is what the
 * lines around one reach. */
int32_t pv_rows_right_of(const page_layout *layout, const column_entry *line) {
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
bool pv_rows_is_ended(const page_layout *layout, const column_entry *line, const column_entry *next, int32_t right) {
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
int32_t pv_rows_step(const page_layout *layout, size_t column) {
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
    const page_layout *layout;
    page_region *region; /* whose rows are told; NULL: nothing is to be set */
    int32_t step[PV_MAX_COLUMNS];
    size_t starts;      /* rows that begin in two columns or more */
    size_t gapped;      /* those with a gap above them */
    size_t labelled;    /* those that begin with a label */
    int32_t label_left; /* where the last of these stands */
    bool counts;        /* the labels of the first column count up from its first line */
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
           pv_rows_is_ended(search->layout, above, line, region->right[line->column]);
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
    for (size_t i = start; i > 0 && region->items[i - 1].page == page && start - i < 2 * PV_MAX_COLUMNS; i--)
        foot = pv_page_most(foot, region->items[i - 1].box.bottom);
    return foot;
}

static void count_starts(row_search *search) {
    page_region *region = search->region;
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

/* The number of a label: 2 of "2.", "(2)", "b)"; 0: it has none. */
static unsigned ordinal_of(pv_str label) {
    size_t at = label.size > 0 && (label.data[0] == '(' || label.data[0] == '[');
    unsigned number = 0;
    size_t start = at;
    for (; at < label.size && label.data[at] >= '0' && label.data[at] <= '9' && number < 1000; at++)
        number = number * 10 + (unsigned)(label.data[at] - '0');
    if (at == start && at + 2 == label.size && pv_ascii_is_letter(label.data[at]))
        return (unsigned)(pv_ascii_lower(label.data[at]) - 'a') + 1;
    return at + 1 == label.size ? number : 0;
}

static pv_str first_word_of(const row_search *search, const column_entry *line) {
    return pv_page_word_text(search->layout->pages, line->first);
}

/* Whether the first column begins with a label, and those that stand below it count up from that one. */
static bool counts_up(row_search *search) {
    const page_region *region = &search->layout->region;
    unsigned last = 0;
    size_t labels = 0;
    for (size_t i = 0; i < region->count; i++) {
        const column_entry *line = &region->items[i];
        if (line->column != 0)
            continue;
        pv_str word = first_word_of(search, line);
        unsigned ordinal = pv_page_is_label(word) ? ordinal_of(word) : 0;
        if (labels == 0) {
            if (ordinal == 0)
                return false;
            search->label_left = line->box.left;
        } else if (ordinal == 0 || abs(line->box.left - search->label_left) > 2 * PV_PAGE_POINT) {
            continue;
        } else if (ordinal != last + 1) {
            return false;
        }
        last = ordinal;
        labels++;
    }
    return labels >= 2;
}

bool pv_rows_may_begin_cell(const page_layout *layout, const column_entry *line) {
    const row_search search = {.layout = layout};
    if (is_ended_above(&search, line))
        return true;
    const pv_pages *pages = layout->pages;
    const column_entry *above = &layout->region.items[line->above];
    pv_str last = pv_page_word_text(pages, above->end - 1);
    return last.size > 0 && strchr(".?!)", last.data[last.size - 1]) && !begins_small(&search, line);
}

/* Whether a numbered row begins with a strip, going by the number in its first column and by what stands beside it. */
static bool begins_numbered(const row_search *search, size_t start, size_t end, bool by_label) {
    const page_region *region = &search->layout->region;
    const column_entry *line = &region->items[start];
    if (line->column != 0 || abs(line->box.left - search->label_left) > 2 * PV_PAGE_POINT ||
        !pv_page_is_label(first_word_of(search, line)) || !(is_gapped(search, line) || is_ended_above(search, line)))
        return false;
    if (by_label)
        return true;
    for (size_t i = start; i < end; i++)
        if (!is_gapped(search, &region->items[i]) && !pv_rows_may_begin_cell(search->layout, &region->items[i]))
            return false;
    return search->counts && ordinal_of(first_word_of(search, line)) > 0;
}

/* Where rows begin with a label as a rule, or the labels count, a line of the first column alone does too: its answer
 * is empty. Where they begin after a gap as a rule, none begins without. */
static void settle_starts(row_search *search) {
    page_region *region = search->region;
    bool by_gap = search->gapped > 0 && search->gapped * 2 >= search->starts;
    bool by_label = search->labelled >= 2 && search->labelled * 10 >= search->starts * 6;
    search->counts = counts_up(search);
    for (size_t i = 0, end; i < region->count; i = end) {
        column_entry *line = &region->items[i];
        end = strip_end(region, i);
        if (i == 0)
            continue;
        if (begins_numbered(search, i, end, by_label))
            line->begins_row = true;
        else if (by_gap && !search->is_grid && !line->tops_page && line->begins_row && !is_gapped(search, line))
            line->begins_row = false;
    }
}

/* Whether a line stands far below the one above it in its column, further than paragraphs of a cell do. */
static bool is_far_below(const row_search *search, const column_entry *line) {
    const column_entry *above = &search->layout->region.items[line->above];
    return above->page == line->page && line->box.top - above->box.bottom > 2 * pv_page_height_of(line->box);
}

/* What stands in the first column alone, after a gap or a page's end and above a row of all, is a row of its own, and
 * so is what stands far below at the foot of a page: a heading between two tables that share their columns, or the end
 * of a cell, which is read as well after what stands beside it. */
static void part_headings(const row_search *search) {
    page_region *region = search->region;
    bool is_alone = true; /* so far, from the next row upwards */
    for (size_t end = region->count, i; end > 0; end = i) {
        i = end - 1;
        while (i > 0 && region->items[i - 1].strip == region->items[i].strip)
            i--;
        column_entry *line = &region->items[i];
        bool ends_page = end < region->count && region->items[end].page != line->page;
        if (end - i > 1 || line->column != 0 || line->begins_row) {
            is_alone = line->begins_row && end - i > 1;
            continue;
        }
        if (line->above == UINT32_MAX || !is_ended_above(search, line))
            continue;
        if ((is_alone && (line->tops_page || is_gapped(search, line))) || (ends_page && is_far_below(search, line)))
            line->begins_row = true;
    }
}

static void find_starts(page_layout *layout) {
    row_search search = {.layout = layout, .region = &layout->region};
    for (size_t i = 0; i < layout->region.columns; i++)
        search.step[i] = pv_rows_step(layout, i);
    search.is_grid = is_grid(&search);
    count_starts(&search);
    settle_starts(&search);
    if (!search.is_grid)
        part_headings(&search);
}

static size_t number(page_region *region) {
    uint32_t row = 0;
    for (size_t i = 0, end; i < region->count; i = end) {
        end = strip_end(region, i);
        row += i > 0 && region->items[i].begins_row;
        for (size_t k = i; k < end; k++)
            region->items[k].row = row;
    }
    return (size_t)row + 1;
}

bool pv_rows_number(page_layout *layout, size_t *count) {
    find_starts(layout);
    *count = number(&layout->region);
    if (!layout->is_offset)
        return true;
    if (!pv_cells_part(layout, *count))
        return false;
    *count = number(&layout->region);
    return true;
}

/* Whether the columns are of nearly one width. */
bool pv_rows_have_one_width(const page_region *region) {
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
bool pv_rows_are_newspaper(const page_region *region, size_t rows) {
    return region->strips >= 12 && rows * 10 < region->strips && pv_rows_have_one_width(region);
}
