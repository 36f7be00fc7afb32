#include <stdlib.h>
#include <string.h>

#include "load/page_region_p.h"

/* Strips that are looked at ahead to see whether a table begins or goes on. */
#define MAX_AHEAD 60

/* ---- which column a piece stands in ---- */

/* The column that has room for a box, or SIZE_MAX: it is over two of them, or over the blank between. */
static size_t column_of(const page_region *region, pv_page_box box) {
    for (size_t i = 0; i < region->columns; i++) {
        bool has_room = (i == 0 || box.left >= region->right[i - 1] + PV_GUTTER) &&
                        (i + 1 == region->columns || box.right <= region->left[i + 1] - PV_GUTTER);
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
            if (abs(box->left - region->left[i]) <= PV_PAGE_POINT && before->right + PV_GUTTER <= region->left[i] &&
                (box->left - before->right) * 10 >= pv_page_height_of(*box) * 3)
                return word;
    }
    return UINT32_MAX;
}

/* The pieces of a strip in the columns of a region; false when they do not fit. */
bool pv_columns_place(strip_places *out, const page_region *region, const page_layout *layout,
                      const pv_page_strip *strip) {
    out->count = 0;
    if (strip->is_kept)
        return false;
    for (uint32_t i = strip->first; i < strip->end; i++) {
        pv_page_piece piece = layout->strips.pieces[i];
        for (;;) {
            if (out->count == 2 * PV_MAX_COLUMNS)
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

/* The columns of a strip, as those of a region without entries. */
static bool columns_of_strip(page_region *out, const page_layout *layout, const pv_page_strip *strip) {
    size_t count = strip->end - strip->first;
    if (strip->is_kept || count < 2 || count > PV_MAX_COLUMNS)
        return false;
    for (size_t i = 0; i < count; i++) {
        const pv_page_box *box = &layout->strips.pieces[strip->first + i].box;
        if (i > 0 && box->left < out->right[i - 1] + PV_GUTTER)
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

/* How many strips below a strip leave the blank before a column free: up to the first that is over it. */
static uint32_t life_of(const page_layout *layout, const page_region *columns, size_t column, uint32_t at) {
    uint32_t end = layout->strips.page_start[layout->strips.items[at].page + 1];
    int32_t left = columns->right[column - 1] + PV_PAGE_POINT / 2;
    int32_t right = columns->left[column] - PV_PAGE_POINT / 2;
    uint32_t i = at + 1;
    for (; i < end && i - at <= MAX_AHEAD && pv_strip_is_text(layout, i); i++) {
        const pv_page_strip *strip = &layout->strips.items[i];
        for (uint32_t p = strip->first; p < strip->end; p++) {
            const pv_page_piece *piece = &layout->strips.pieces[p];
            for (uint32_t word = piece->first; word < piece->end; word++)
                if (layout->pages->words[word].box.left < right && layout->pages->words[word].box.right > left)
                    return i - at - 1;
        }
    }
    return i - at - 1;
}

/* Where text is set to both edges, its blanks may be as wide as those between columns, but no line below keeps them
 * free: such columns are one. */
static void join_stretched(const page_layout *layout, page_region *columns, uint32_t at) {
    const pv_page_strip *strip = &layout->strips.items[at];
    uint32_t lives[PV_MAX_COLUMNS] = {0};
    uint32_t longest = 0;
    for (size_t i = 1; i < columns->columns; i++) {
        lives[i] = life_of(layout, columns, i, at);
        longest = lives[i] > longest ? lives[i] : longest;
    }
    size_t kept = 1;
    for (size_t i = 1; i < columns->columns; i++) {
        bool is_given = layout->strips.pieces[strip->first + i].is_given;
        if (is_given || longest < 2 || lives[i] * 2 > longest) {
            columns->left[kept] = columns->left[i];
            columns->right[kept++] = columns->right[i];
        } else {
            columns->right[kept - 1] = columns->right[i];
        }
    }
    columns->columns = kept;
}

/* The next strip of text after one, on its page or the one after it, of the same size; UINT32_MAX: there is none. */
static uint32_t next_text(const page_layout *layout, uint32_t at, uint32_t page) {
    const pv_pages *pages = layout->pages;
    bool may_turn = page + 1 < pages->page_count && pages->pages[page].width == pages->pages[page + 1].width;
    uint32_t end = layout->strips.page_start[page + 1 + may_turn];
    for (uint32_t i = at + 1; i < end; i++)
        if (pv_strip_is_text(layout, i))
            return i;
    return UINT32_MAX;
}

/* Whether a table begins with a strip: what follows stands in the same columns, also on the next page. */
bool pv_columns_begin_table(page_region *columns, const page_layout *layout, uint32_t at) {
    const pv_page_strip *strip = &layout->strips.items[at];
    memset(columns, 0, offsetof(page_region, items));
    if (!columns_of_strip(columns, layout, strip))
        return false;
    join_stretched(layout, columns, at);
    if (columns->columns < 2)
        return false;
    page_region trial = *columns;
    strip_places placed;
    const pv_page_strip *last = strip;
    bool is_given = layout->strips.pieces[strip->first + 1].is_given;
    unsigned evidence = is_given ? 2 : 1;
    for (uint32_t i = next_text(layout, at, strip->page); i != UINT32_MAX && i - at <= MAX_AHEAD;
         i = next_text(layout, i, strip->page)) {
        const pv_page_strip *next = &layout->strips.items[i];
        bool is_far = next->page == last->page && next->box.top - last->box.bottom > 3 * pv_page_height_of(next->box);
        if (is_far || !pv_columns_place(&placed, &trial, layout, next))
            return false;
        if (placed.count > 1 || is_given)
            evidence += evidence_of(columns, &placed);
        if (evidence >= 3)
            return true;
        widen(&trial, &placed);
        last = next;
    }
    return false;
}

/* Whether the open region has what follows from a strip on, which stands in its first column alone: whatever comes
 * next in another column says so, and what is over two of them that it has not. */
bool pv_columns_go_on(const page_layout *layout, uint32_t at) {
    const page_region *region = &layout->region;
    uint32_t page = layout->strips.items[at].page;
    strip_places placed;
    for (uint32_t i = at; i != UINT32_MAX && i - at <= MAX_AHEAD; i = next_text(layout, i, page)) {
        if (!pv_columns_place(&placed, region, layout, &layout->strips.items[i]))
            return false;
        if (placed.count > 1 || (placed.count == 1 && placed.columns[0] > 0))
            return true;
    }
    return false;
}
