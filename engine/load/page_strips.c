#include "load/page_layout_p.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"

/* More pieces at one height are a drawing. */
#define MAX_PIECES 64

/* ---- what a word looks like ---- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_bullet(pv_str word) {
    static const pv_str bullets[] = {PV_STR("•"), PV_STR("◦"), PV_STR("▪"), PV_STR("▫"),      PV_STR("■"), PV_STR("□"),
                                     PV_STR("●"), PV_STR("○"), PV_STR("–"), PV_STR("—"),      PV_STR("-"), PV_STR("*"),
                                     PV_STR("·"), PV_STR("►"), PV_STR("➢"), PV_STR("\uf0b7"), PV_STR("✓"), PV_STR("")};
    for (size_t i = 0; i + 1 < sizeof bullets / sizeof *bullets; i++)
        if (pv_str_equal(word, bullets[i]))
            return true;
    return false;
}

/* "1.", "(a)", "iv)", "1.1.6", a bullet: what stands before the text that it is the label of, with a blank between
 * that may be wide. */
bool pv_page_is_label(pv_str word) {
    if (is_bullet(word))
        return true;
    size_t at = 0;
    size_t dots = 0;
    if (at < word.size && (word.data[at] == '(' || word.data[at] == '['))
        at++;
    size_t start = at;
    while (at < word.size && is_digit(word.data[at])) {
        while (at < word.size && is_digit(word.data[at]))
            at++;
        if (at + 1 < word.size && word.data[at] == '.' && is_digit(word.data[at + 1])) {
            at++;
            dots++;
        }
    }
    if (at == start)
        while (at < word.size && at - start < 4 && pv_ascii_is_letter(word.data[at]))
            at++;
    bool is_letters = at > start && !is_digit(word.data[start]);
    if (at == start || at - start > 12 ||
        (is_letters && at - start > 1 && strspn(word.data + start, "ivxIVX") < at - start))
        return false;
    if (at == word.size)
        return dots > 0;
    return at + 1 == word.size && (word.data[at] == '.' || word.data[at] == ')' || word.data[at] == ']');
}

/* ---- pieces and strips of a page ---- */

/* A word that may number its line. */
typedef struct line_number {
    uint32_t word;
    uint32_t number;
    int32_t top;
} line_number;

typedef struct strip_maker {
    pv_arena *scratch;
    const pv_pages *pages;
    PV_ARRAY(pv_page_piece) pieces;
    PV_ARRAY(pv_page_strip) strips;
    uint32_t *page_start;
    PV_ARRAY(pv_page_piece) loose; /* of the page at hand, before they are strips */
    PV_ARRAY(pv_page_word) words;  /* of the page at hand, in their new order */
    PV_ARRAY(int32_t) lefts;
    PV_ARRAY(line_number) numbers; /* of the page at hand, by height */
    bool *is_number;               /* of each word */
    pv_line_numbers *line_numbers; /* of each page */
} strip_maker;

static pv_page_piece piece_of(const pv_pages *pages, uint32_t first, uint32_t end) {
    pv_page_piece piece = {first, end, false, pages->words[first].box};
    for (uint32_t i = first + 1; i < end; i++)
        piece.box = pv_page_join(piece.box, pages->words[i].box);
    return piece;
}

static bool is_right_to_left(pv_str word) {
    size_t length;
    for (size_t at = 0; at < word.size; at += length) {
        uint32_t c = pv_utf8_decode(word, at, &length);
        if ((c >= 0x590 && c < 0x900) || (c >= 0xFB1D && c < 0xFDFE) || (c >= 0xFE70 && c < 0xFEFF))
            return true;
    }
    return false;
}

/* Whether the lines of a page are read as they were given: its words are turned, or run from right to left. */
static bool keeps_order(const pv_pages *pages, const pv_page *page) {
    size_t words = 0;
    size_t others = 0;
    for (uint32_t i = page->first_line; i < page->end_line; i++) {
        const pv_page_line *line = &pages->lines[i];
        words += line->end - line->first;
        const pv_page_box *first = &pages->words[line->first].box;
        const pv_page_box *last = &pages->words[line->end - 1].box;
        bool turned =
            line->end - line->first > 1
                ? abs(last->top - first->top) > abs(last->left - first->left) || last->left < first->left
                : pages->words[line->first].size > 3 && pv_page_height_of(*first) > 2 * (first->right - first->left);
        for (uint32_t w = line->first; w < line->end; w++)
            others += turned || is_right_to_left(pv_page_word_text(pages, w));
    }
    return others * 10 > words * 3;
}

/* Whether a line is two where word begins: the blank before it is wide, and does not stand after the label of what
 * follows. */
static bool parts_before(const pv_pages *pages, uint32_t first, uint32_t word) {
    const pv_page_box *before = &pages->words[word - 1].box;
    const pv_page_box *box = &pages->words[word].box;
    int32_t height = pv_page_least(pv_page_height_of(*before), pv_page_height_of(*box));
    int32_t gap = box->left - before->right;
    if (gap * 10 < height * 8)
        return false;
    return word - 1 != first || gap > 40 * PV_PAGE_POINT || !pv_page_is_label(pv_page_word_text(pages, first));
}

static bool add_loose(strip_maker *maker, uint32_t first, uint32_t end, bool is_given, pv_error *error) {
    if (!PV_ARRAY_RESERVE(maker->scratch, &maker->loose))
        return pv_fail_memory(error);
    pv_page_piece *piece = &maker->loose.items[maker->loose.count++];
    *piece = piece_of(maker->pages, first, end);
    piece->is_given = is_given;
    return true;
}

static int compare_numbers(const void *left, const void *right) {
    int32_t a = *(const int32_t *)left;
    int32_t b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* Fills lefts with where several pieces of the page begin, the leftmost place not among them. */
static bool find_edges(strip_maker *maker, pv_error *error) {
    size_t kept = 0;
    maker->lefts.count = 0;
    for (size_t i = 0; i < maker->loose.count; i++) {
        int32_t *left = PV_ARRAY_ADD(maker->scratch, &maker->lefts);
        if (!left)
            return pv_fail_memory(error);
        *left = maker->loose.items[i].box.left;
    }
    int32_t *lefts = maker->lefts.items;
    if (maker->lefts.count > 1)
        qsort(lefts, maker->lefts.count, sizeof *lefts, compare_numbers);
    for (size_t i = 0; i < maker->lefts.count;) {
        size_t end = i;
        while (end < maker->lefts.count && lefts[end] - lefts[i] <= PV_PAGE_POINT)
            end++;
        if (i > 0 && end - i >= 4)
            lefts[kept++] = lefts[i];
        i = end;
    }
    maker->lefts.count = kept;
    return true;
}

/* Whether a word begins at an edge, with more than the blank between two words before it. */
static bool is_at_edge(const strip_maker *maker, uint32_t word) {
    const pv_page_box *before = &maker->pages->words[word - 1].box;
    const pv_page_box *box = &maker->pages->words[word].box;
    if ((box->left - before->right) * 10 < pv_page_height_of(*box) * 3)
        return false;
    size_t low = 0;
    size_t high = maker->lefts.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (maker->lefts.items[middle] < box->left - PV_PAGE_POINT)
            low = middle + 1;
        else
            high = middle;
    }
    return low < maker->lefts.count && maker->lefts.items[low] <= box->left + PV_PAGE_POINT / 2;
}

/* ---- numbers of lines ---- */

/* Fewer are none, since a table may have them in its first column. */
#define FEWEST_NUMBERS 6

/* The figures of a word that is nothing else, or 0. */
static uint32_t number_of(pv_str word) {
    uint32_t number = 0;
    for (size_t i = 0; i < word.size; i++) {
        if (!is_digit(word.data[i]) || i >= 4)
            return 0;
        number = number * 10 + (uint32_t)(word.data[i] - '0');
    }
    return number;
}

/* Whether the first word of a line is a number that stands by itself. */
static bool may_number_line(const pv_pages *pages, const pv_page_line *line) {
    if (number_of(pv_page_word_text(pages, line->first)) == 0)
        return false;
    const pv_page_box *box = &pages->words[line->first].box;
    return line->end - line->first == 1 ||
           (box[0].right + pv_page_height_of(*box) / 2 <= pages->words[line->first + 1].box.left);
}

static int compare_tops(const void *left, const void *right) {
    const line_number *a = left;
    const line_number *b = right;
    int order = compare_numbers(&a->top, &b->top);
    return order != 0 ? order : (a->word > b->word) - (a->word < b->word);
}

/* Fills numbers with those left of all else on the page. */
static bool gather_numbers(strip_maker *maker, const pv_page *page, pv_error *error) {
    const pv_pages *pages = maker->pages;
    int32_t left = INT32_MAX;
    size_t kept = 0;
    maker->numbers.count = 0;
    for (uint32_t i = page->first_line; i < page->end_line; i++) {
        const pv_page_line *line = &pages->lines[i];
        bool may_number = may_number_line(pages, line);
        for (uint32_t word = line->first + may_number; word < line->end; word++)
            left = pv_page_least(left, pages->words[word].box.left);
        if (!may_number)
            continue;
        line_number *number = PV_ARRAY_ADD(maker->scratch, &maker->numbers);
        if (!number)
            return pv_fail_memory(error);
        *number = (line_number){line->first, number_of(pv_page_word_text(pages, line->first)),
                                pages->words[line->first].box.top};
    }
    for (size_t i = 0; i < maker->numbers.count; i++)
        if (pages->words[maker->numbers.items[i].word].box.right + 3 * PV_PAGE_POINT <= left)
            maker->numbers.items[kept++] = maker->numbers.items[i];
    maker->numbers.count = kept;
    if (kept > 1)
        qsort(maker->numbers.items, kept, sizeof *maker->numbers.items, compare_tops);
    return true;
}

/* Whether two stand at one edge. */
static bool is_aligned(const pv_page_box *a, const pv_page_box *b) {
    return abs(a->left - b->left) <= 2 * PV_PAGE_POINT || abs(a->right - b->right) <= 2 * PV_PAGE_POINT;
}

/* Whether they count up, each by as much, at one edge. */
static bool count_lines(const strip_maker *maker) {
    const line_number *numbers = maker->numbers.items;
    const pv_page_word *words = maker->pages->words;
    size_t count = maker->numbers.count;
    size_t regular = 0;
    if (count < FEWEST_NUMBERS || numbers[1].number <= numbers[0].number || numbers[1].number - numbers[0].number > 10)
        return false;
    for (size_t i = 1; i < count; i++)
        regular += is_aligned(&words[numbers[i].word].box, &words[numbers[0].word].box) &&
                   numbers[i].number - numbers[i - 1].number == numbers[1].number - numbers[0].number;
    return regular * 10 >= (count - 1) * 9;
}

/* Gives how many pages number their lines, and where the last of them does. */
static bool look_for_numbers(strip_maker *maker, size_t *found, pv_page_box *edge, pv_error *error) {
    const pv_pages *pages = maker->pages;
    *found = 0;
    for (uint32_t i = 0; i < pages->page_count; i++) {
        if (keeps_order(pages, &pages->pages[i]))
            continue;
        if (!gather_numbers(maker, &pages->pages[i], error))
            return false;
        if (count_lines(maker)) {
            *found += 1;
            *edge = pages->words[maker->numbers.items[0].word].box;
        }
    }
    return true;
}

/* Marks the words that number lines, where two pages at least have them, or the only one. Then a page of few lines may
 * have few. */
static bool find_line_numbers(strip_maker *maker, pv_error *error) {
    const pv_pages *pages = maker->pages;
    pv_page_box edge = {0};
    size_t found;
    if (!look_for_numbers(maker, &found, &edge, error))
        return false;
    for (uint32_t i = 0; i < pages->page_count && found > 0 && (found > 1 || pages->page_count == 1); i++) {
        if (keeps_order(pages, &pages->pages[i]))
            continue;
        if (!gather_numbers(maker, &pages->pages[i], error))
            return false;
        for (size_t k = 0; k < maker->numbers.count; k++) {
            uint32_t word = maker->numbers.items[k].word;
            maker->is_number[word] = is_aligned(&pages->words[word].box, &edge);
        }
    }
    return true;
}

/* Puts those of a page after its other words. */
static bool move_numbers(strip_maker *maker, uint32_t page, uint32_t base, pv_error *error) {
    const pv_page *at = &maker->pages->pages[page];
    pv_line_numbers *numbers = &maker->line_numbers[page];
    numbers->first = base + (uint32_t)maker->words.count;
    for (uint32_t i = at->first_line; i < at->end_line; i++) {
        uint32_t word = maker->pages->lines[i].first;
        if (!maker->is_number[word])
            continue;
        if (!PV_ARRAY_RESERVE(maker->scratch, &maker->words))
            return pv_fail_memory(error);
        maker->words.items[maker->words.count++] = maker->pages->words[word];
    }
    numbers->end = base + (uint32_t)maker->words.count;
    return true;
}

/* The lines of the page, parted where a wide blank or an edge of a column is. */
static bool part_lines(strip_maker *maker, const pv_page *page, pv_error *error) {
    const pv_pages *pages = maker->pages;
    maker->loose.count = 0;
    for (uint32_t i = page->first_line; i < page->end_line; i++) {
        uint32_t start = pages->lines[i].first + maker->is_number[pages->lines[i].first];
        uint32_t first = start;
        for (uint32_t word = first + 1; word < pages->lines[i].end; word++)
            if (parts_before(pages, first, word)) {
                if (!add_loose(maker, first, word, first == start, error))
                    return false;
                first = word;
            }
        if (first < pages->lines[i].end && !add_loose(maker, first, pages->lines[i].end, first == start, error))
            return false;
    }
    if (!find_edges(maker, error))
        return false;
    size_t count = maker->lefts.count > 0 ? maker->loose.count : 0;
    for (size_t i = 0; i < count; i++) {
        pv_page_piece piece = maker->loose.items[i];
        for (uint32_t word = piece.first + 1; word < piece.end; word++)
            if (is_at_edge(maker, word) &&
                !(word - 1 == piece.first && pv_page_is_label(pv_page_word_text(pages, piece.first)))) {
                maker->loose.items[i] = piece_of(pages, piece.first, word);
                maker->loose.items[i].is_given = piece.is_given;
                if (!add_loose(maker, word, piece.end, false, error))
                    return false;
                break; /* what is left is parted when its turn comes */
            }
        if (maker->loose.count > count && i + 1 == count)
            count = maker->loose.count;
    }
    return true;
}

static int32_t middle_of(pv_page_box box) {
    return box.top + (box.bottom - box.top) / 2;
}

static int compare_heights(const void *left, const void *right) {
    const pv_page_piece *a = left;
    const pv_page_piece *b = right;
    const int32_t middle_of_a = middle_of(a->box);
    const int32_t middle_of_b = middle_of(b->box);
    int order = compare_numbers(&middle_of_a, &middle_of_b);
    if (order == 0)
        order = compare_numbers(&a->box.left, &b->box.left);
    return order != 0 ? order : (a->first > b->first) - (a->first < b->first);
}

static int compare_lefts(const void *left, const void *right) {
    const pv_page_piece *a = left;
    const pv_page_piece *b = right;
    int order = compare_numbers(&a->box.left, &b->box.left);
    return order != 0 ? order : (a->first > b->first) - (a->first < b->first);
}

/* Whether a piece stands in the line of those before it, and over none of them. */
static bool is_beside(const pv_page_piece *strip, size_t count, const pv_page_piece *piece) {
    int32_t middle = middle_of(piece->box);
    const pv_page_box *box = &strip[0].box;
    if ((middle < box->top || middle > box->bottom) &&
        (middle_of(*box) < piece->box.top || middle_of(*box) > piece->box.bottom))
        return false;
    if (middle - middle_of(*box) > pv_page_least(pv_page_height_of(*box), pv_page_height_of(piece->box)) / 2)
        return false;
    for (size_t i = 0; i < count; i++)
        if (strip[i].box.left < piece->box.right - PV_PAGE_POINT &&
            piece->box.left < strip[i].box.right - PV_PAGE_POINT)
            return false;
    return true;
}

/* Joins the label of an item to its text. Gives how many pieces are left. */
static size_t join_labels(const pv_pages *pages, pv_page_piece *strip, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        pv_page_piece *last = kept > 0 ? &strip[kept - 1] : NULL;
        bool joins = last && last->end - last->first == 1 &&
                     strip[i].box.left - last->box.right <= 40 * PV_PAGE_POINT &&
                     pv_page_is_label(pv_page_word_text(pages, last->first));
        if (!joins) {
            strip[kept++] = strip[i];
            continue;
        }
        /* The words need not follow one another yet. */
        last->box = pv_page_join(last->box, strip[i].box);
        last->end = UINT32_MAX;
    }
    return kept;
}

static pv_page_strip *add_strip(strip_maker *maker, uint32_t page) {
    pv_page_strip *strip = PV_ARRAY_ADD(maker->scratch, &maker->strips);
    if (strip)
        strip->page = page;
    return strip;
}

/* Moves the words of a piece to the new order; the piece then names them there. */
static bool move_words(strip_maker *maker, uint32_t base, pv_page_piece *piece, pv_error *error) {
    uint32_t first = base + (uint32_t)maker->words.count;
    for (uint32_t word = piece->first; word < piece->end; word++) {
        if (!PV_ARRAY_RESERVE(maker->scratch, &maker->words))
            return pv_fail_memory(error);
        maker->words.items[maker->words.count++] = maker->pages->words[word];
    }
    piece->first = first;
    piece->end = base + (uint32_t)maker->words.count;
    return true;
}

/* A strip of the pieces, which are beside one another. */
static bool finish_strip(strip_maker *maker, uint32_t page, uint32_t base, pv_page_piece *pieces, size_t count,
                         pv_error *error) {
    pv_page_piece before[MAX_PIECES];
    if (count > 1)
        qsort(pieces, count, sizeof *pieces, compare_lefts);
    memcpy(before, pieces, count * sizeof *pieces);
    size_t kept = join_labels(maker->pages, pieces, count);
    pv_page_strip *strip = add_strip(maker, page);
    if (!strip)
        return pv_fail_memory(error);
    strip->first = (uint32_t)maker->pieces.count;
    size_t next = 0;
    for (size_t i = 0; i < kept; i++) {
        pv_page_piece piece = before[next++];
        if (!move_words(maker, base, &piece, error))
            return false;
        if (pieces[i].end == UINT32_MAX) {
            pv_page_piece text = before[next++];
            if (!move_words(maker, base, &text, error))
                return false;
            piece.end = text.end;
            piece.box = pv_page_join(piece.box, text.box);
        }
        if (!PV_ARRAY_RESERVE(maker->scratch, &maker->pieces))
            return pv_fail_memory(error);
        maker->pieces.items[maker->pieces.count++] = piece;
        strip->box = i == 0 ? piece.box : pv_page_join(strip->box, piece.box);
    }
    strip->end = (uint32_t)maker->pieces.count;
    return true;
}

/* Each given line as a strip, in its order. */
static bool keep_page(strip_maker *maker, uint32_t page, pv_error *error) {
    const pv_page *at = &maker->pages->pages[page];
    for (uint32_t i = at->first_line; i < at->end_line; i++) {
        const pv_page_line *line = &maker->pages->lines[i];
        pv_page_strip *strip = add_strip(maker, page);
        if (!strip || !PV_ARRAY_RESERVE(maker->scratch, &maker->pieces))
            return pv_fail_memory(error);
        pv_page_piece piece = piece_of(maker->pages, line->first, line->end);
        strip->first = (uint32_t)maker->pieces.count;
        strip->box = piece.box;
        strip->is_kept = true;
        strip->begins_block = line->begins_block;
        maker->pieces.items[maker->pieces.count++] = piece;
        strip->end = (uint32_t)maker->pieces.count;
    }
    return true;
}

/* The page as strips from top to bottom; its words are put into their order. */
static bool order_page(strip_maker *maker, uint32_t page, pv_error *error) {
    const pv_page *at = &maker->pages->pages[page];
    uint32_t base = maker->pages->lines[at->first_line].first;
    if (!part_lines(maker, at, error))
        return false;
    maker->words.count = 0;
    pv_page_piece *pieces = maker->loose.items;
    size_t count = maker->loose.count;
    if (count > 1)
        qsort(pieces, count, sizeof *pieces, compare_heights);
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && end - i < MAX_PIECES && is_beside(&pieces[i], end - i, &pieces[end]))
            end++;
        if (!finish_strip(maker, page, base, &pieces[i], end - i, error))
            return false;
        i = end;
    }
    if (!move_numbers(maker, page, base, error))
        return false;
    if (maker->words.count > 0)
        memcpy(maker->pages->words + base, maker->words.items, maker->words.count * sizeof *maker->words.items);
    return true;
}

bool pv_page_strips_make(pv_page_strips *out, pv_arena *scratch, const pv_pages *pages, pv_error *error) {
    strip_maker maker = {.scratch = scratch, .pages = pages};
    maker.page_start = PV_NEW_ARRAY(scratch, uint32_t, pages->page_count + 1);
    maker.line_numbers = PV_NEW_ARRAY(scratch, pv_line_numbers, pages->page_count);
    maker.is_number = PV_NEW_ARRAY(scratch, bool, pages->word_count);
    if (!maker.page_start || !maker.line_numbers || !maker.is_number)
        return pv_fail_memory(error);
    if (!find_line_numbers(&maker, error))
        return false;
    for (size_t i = 0; i < pages->page_count; i++) {
        const pv_page *page = &pages->pages[i];
        maker.page_start[i] = (uint32_t)maker.strips.count;
        if (page->first_line == page->end_line)
            continue;
        if (keeps_order(pages, page) ? !keep_page(&maker, (uint32_t)i, error) : !order_page(&maker, (uint32_t)i, error))
            return false;
    }
    maker.page_start[pages->page_count] = (uint32_t)maker.strips.count;
    *out = (pv_page_strips){maker.pieces.items, maker.strips.items, maker.strips.count, maker.page_start,
                            maker.line_numbers};
    return true;
}
