#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "load/page_layout_p.h"

/* Strips from either end of a page that may be furniture. */
#define MARGIN_STRIPS 4
/* Notes of a page whose marks are looked for in its text. */
#define MAX_NOTES 100

/* ---- furniture ---- */

/* A strip near an end of its page. */
typedef struct margin_strip {
    uint64_t wording; /* figures folded */
    uint64_t frame;   /* its first and last word: a running head may name the section between them; 0: it has few */
    int32_t height;   /* from the end of the page */
    uint32_t strip;
    uint32_t page;
    bool at_foot;
    bool is_apart; /* it stands apart, or most of those that are like it do */
    bool comes_back;
} margin_strip;

typedef struct margin_list {
    margin_strip *items;
    size_t count;
    size_t capacity;
} margin_list;

static int compare_margins(const void *left, const void *right) {
    const margin_strip *a = left;
    const margin_strip *b = right;
    if (a->at_foot != b->at_foot)
        return a->at_foot ? 1 : -1;
    if (a->wording != b->wording)
        return a->wording < b->wording ? -1 : 1;
    if (a->height != b->height)
        return a->height < b->height ? -1 : 1;
    return (a->strip > b->strip) - (a->strip < b->strip);
}

static int compare_frames(const void *left, const void *right) {
    const margin_strip *a = left;
    const margin_strip *b = right;
    if (a->at_foot != b->at_foot)
        return a->at_foot ? 1 : -1;
    if (a->frame != b->frame)
        return a->frame < b->frame ? -1 : 1;
    if (a->height != b->height)
        return a->height < b->height ? -1 : 1;
    return (a->strip > b->strip) - (a->strip < b->strip);
}

static int compare_strips(const void *left, const void *right) {
    const margin_strip *a = left;
    const margin_strip *b = right;
    return (a->strip > b->strip) - (a->strip < b->strip);
}

/* Words [first, end) of the strips' order as one number: what differs in figures alone is the same. */
static uint64_t wording_of(const pv_pages *pages, uint32_t first, uint32_t end) {
    uint64_t hash = PV_HASH_SEED;
    for (uint32_t word = first; word < end; word++) {
        pv_str text = pv_page_word_text(pages, word);
        for (size_t i = 0; i < text.size; i++) {
            bool is_digit = text.data[i] >= '0' && text.data[i] <= '9';
            bool goes_on = is_digit && i > 0 && text.data[i - 1] >= '0' && text.data[i - 1] <= '9';
            if (!goes_on)
                hash = pv_hash_byte(hash, is_digit ? '#' : text.data[i]);
        }
        hash = pv_hash_byte(hash, ' ');
    }
    return hash;
}

static uint32_t first_word(const pv_page_strips *strips, const pv_page_strip *strip) {
    return strips->pieces[strip->first].first;
}

static uint32_t end_word(const pv_page_strips *strips, const pv_page_strip *strip) {
    return strips->pieces[strip->end - 1].end;
}

/* Whether a strip is nothing but the number of its page: "7", "- 7 -", "Page 7 of 9", "vii". */
static bool is_page_number(const pv_pages *pages, const pv_page_strips *strips, const pv_page_strip *strip) {
    size_t numbers = 0;
    uint32_t first = first_word(strips, strip);
    uint32_t end = end_word(strips, strip);
    for (uint32_t word = first; word < end; word++) {
        pv_str text = pv_page_word_text(pages, word);
        if (strspn(text.data, "0123456789/") >= text.size ||
            (end - first == 1 && strspn(text.data, "ivxl") >= text.size))
            numbers++;
        else if (!pv_str_equal_ascii_folded(text, PV_STR("page")) && !pv_str_equal_ascii_folded(text, PV_STR("of")) &&
                 !pv_str_equal(text, PV_STR("-")) && !pv_str_equal(text, PV_STR("|")) &&
                 !pv_str_equal(text, PV_STR("–")))
            return false;
    }
    return numbers > 0 && numbers <= 2 && end - first <= 5;
}

/* Whether there is more than a line's blank between a strip and the next one inward. */
static bool stands_apart(const pv_page_strips *strips, uint32_t number, bool at_foot) {
    const pv_page_strip *strip = &strips->items[number];
    uint32_t first = strips->page_start[strip->page];
    uint32_t end = strips->page_start[strip->page + 1];
    if (at_foot ? number == first : number + 1 >= end)
        return true;
    int32_t gap = at_foot ? strip->box.top - strip[-1].box.bottom : strip[1].box.top - strip->box.bottom;
    return gap * 2 >= pv_page_height_of(strip->box);
}

static bool gather_margins(margin_list *out, pv_arena *scratch, const pv_page_strips *strips, const pv_pages *pages,
                           pv_error *error) {
    for (uint32_t page = 0; page < pages->page_count; page++) {
        uint32_t first = strips->page_start[page];
        uint32_t end = strips->page_start[page + 1];
        for (uint32_t i = first; i < end; i++) {
            bool at_foot = end - i <= MARGIN_STRIPS && i - first >= end - 1 - i;
            if ((!at_foot && i - first >= MARGIN_STRIPS) || strips->items[i].is_kept)
                continue;
            margin_strip *margin = PV_ARRAY_ADD(scratch, out);
            if (!margin)
                return pv_fail_memory(error);
            const pv_page_strip *strip = &strips->items[i];
            int32_t height = at_foot ? pages->pages[page].height - strip->box.bottom : strip->box.top;
            uint32_t word = first_word(strips, strip);
            uint32_t end_of_words = end_word(strips, strip);
            uint64_t frame = end_of_words - word < 3 ? 0
                                                     : wording_of(pages, word, word + 1) * 31 +
                                                           wording_of(pages, end_of_words - 1, end_of_words);
            *margin = (margin_strip){.wording = wording_of(pages, word, end_of_words),
                                     .frame = frame,
                                     .height = height,
                                     .strip = i,
                                     .page = page,
                                     .at_foot = at_foot,
                                     .is_apart = stands_apart(strips, i, at_foot)};
        }
    }
    return true;
}

/* Marks what comes back at one height: on three pages or more, or on every page of two. What is on every third page
 * need not stand apart. */
static void find_returning(margin_list *list, size_t page_count) {
    margin_strip *items = list->items;
    if (list->count > 1)
        qsort(items, list->count, sizeof *items, compare_margins);
    for (size_t i = 0; i < list->count;) {
        size_t end = i + 1;
        while (end < list->count && items[end].at_foot == items[i].at_foot && items[end].wording == items[i].wording &&
               items[end].height - items[end - 1].height <= 2 * PV_PAGE_POINT)
            end++;
        bool comes_back = end - i >= 3 || (end - i == 2 && page_count <= 4);
        size_t apart = 0;
        for (size_t k = i; k < end; k++)
            apart += items[k].is_apart;
        bool is_everywhere = end - i >= 3 && (end - i) * 3 >= page_count;
        bool is_apart = comes_back && (apart * 2 >= end - i || is_everywhere);
        for (; i < end; i++) {
            items[i].comes_back = comes_back;
            items[i].is_apart |= is_apart;
        }
    }
}

/* Marks what stands apart at one height on every third page, and differs only between its first and last word. */
static void find_framed(margin_list *list, size_t page_count) {
    margin_strip *items = list->items;
    if (list->count > 1)
        qsort(items, list->count, sizeof *items, compare_frames);
    for (size_t i = 0; i < list->count;) {
        size_t end = i + 1;
        while (end < list->count && items[end].at_foot == items[i].at_foot && items[end].frame == items[i].frame &&
               items[end].height - items[end - 1].height <= 2 * PV_PAGE_POINT)
            end++;
        size_t apart = 0;
        for (size_t k = i; k < end; k++)
            apart += items[k].is_apart;
        bool is_framed =
            items[i].frame != 0 && end - i >= 3 && (end - i) * 3 >= page_count && apart * 4 >= (end - i) * 3;
        for (; i < end; i++) {
            items[i].comes_back |= is_framed;
            items[i].is_apart |= is_framed;
        }
    }
    if (list->count > 1)
        qsort(items, list->count, sizeof *items, compare_strips);
}

/* Whether a strip stands near the end of its page, where text seldom is. */
static bool is_in_margin(const pv_page_strips *strips, const pv_pages *pages, const margin_strip *margin) {
    const pv_page_box *box = &strips->items[margin->strip].box;
    int32_t height = pages->pages[margin->page].height;
    return (margin->at_foot ? height - box->top : box->bottom) * 8 < height;
}

/* The last thing on its page, a number, far below the text: also where it comes back nowhere. */
static bool is_lone_number(const pv_page_strips *strips, const pv_pages *pages, const margin_strip *margin) {
    const pv_page_strip *strip = &strips->items[margin->strip];
    uint32_t first = strips->page_start[margin->page];
    if (margin->strip + 1 != strips->page_start[margin->page + 1] || margin->strip == first ||
        !is_page_number(pages, strips, strip))
        return false;
    return strip->box.top - strip[-1].box.bottom > 2 * pv_page_height_of(strip->box) &&
           strip->box.top * 4 > 3 * pages->pages[margin->page].height;
}

/* From the end of a page inward, as far as one is furniture: of several that come back the innermost must stand apart,
 * but for one that is on nearly every page, as the headings of a table that goes on are. */
static void mark_margin(pv_page_strips *strips, const pv_pages *pages, const margin_strip *items, size_t count,
                        bool from_end) {
    size_t furniture = 0;
    for (size_t i = 0; i < count; i++) {
        const margin_strip *margin = &items[from_end ? count - 1 - i : i];
        bool is_lone = is_lone_number(strips, pages, margin);
        if (!is_lone && (!margin->comes_back || !is_in_margin(strips, pages, margin)))
            break;
        if (is_lone || margin->is_apart)
            furniture = i + 1;
    }
    for (size_t i = 0; i < count; i++) {
        const margin_strip *margin = &items[from_end ? count - 1 - i : i];
        pv_page_strip *strip = &strips->items[margin->strip];
        if (i < furniture)
            strip->role = PV_STRIP_FURNITURE;
        else
            strip->comes_back = margin->comes_back && is_in_margin(strips, pages, margin);
    }
}

static bool find_furniture(pv_page_strips *strips, pv_arena *scratch, const pv_pages *pages, pv_error *error) {
    margin_list list = {0};
    if (!gather_margins(&list, scratch, strips, pages, error))
        return false;
    find_returning(&list, pages->page_count);
    find_framed(&list, pages->page_count);
    for (size_t i = 0; i < list.count;) {
        size_t end = i;
        while (end < list.count && list.items[end].page == list.items[i].page &&
               list.items[end].at_foot == list.items[i].at_foot)
            end++;
        mark_margin(strips, pages, &list.items[i], end - i, list.items[i].at_foot);
        i = end;
    }
    return true;
}

/* ---- footnotes ---- */

/* A mark in its own small type: "1", "*", "a", "†". */
static bool is_mark(pv_str word) {
    static const pv_str signs[] = {PV_STR("*"), PV_STR("**"), PV_STR("†"), PV_STR("‡"), PV_STR("§"), PV_STR("¶")};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (pv_str_equal(word, signs[i]))
            return true;
    return (word.size == 1 && pv_ascii_is_letter(word.data[0])) ||
           (word.size <= 3 && word.size > 0 && strspn(word.data, "0123456789") >= word.size);
}

/* Whether a word is smaller than the one beside it and stands higher. */
static bool is_raised(const pv_page_box *word, const pv_page_box *beside) {
    return pv_page_height_of(*word) * 5 < pv_page_height_of(*beside) * 4 &&
           beside->bottom - word->bottom > pv_page_height_of(*beside) / 6;
}

/* Whether a word touches the one before it. */
static bool is_glued(const pv_pages *pages, uint32_t word) {
    const pv_page_box *before = &pages->words[word - 1].box;
    const pv_page_box *box = &pages->words[word].box;
    int32_t height = pv_page_most(pv_page_height_of(*before), pv_page_height_of(*box));
    return (box->left - before->right) * 12 < height && box->left >= before->left;
}

/* Of the words of a page that touch the one before them, which are raised marks, and which only differ in size. A mark
 * after a letter may be a power or an ordinal: it is one where a note has it. */
static void glue_words(uint8_t *glue, const pv_page_strips *strips, const pv_pages *pages, uint32_t page) {
    for (uint32_t i = strips->page_start[page]; i < strips->page_start[page + 1]; i++) {
        const pv_page_strip *strip = &strips->items[i];
        for (uint32_t p = strip->first; p < strip->end && !strip->is_kept; p++)
            for (uint32_t word = strips->pieces[p].first + 1; word < strips->pieces[p].end; word++) {
                const pv_page_box *box = &pages->words[word].box;
                const pv_page_box *before = &pages->words[word - 1].box;
                if (!is_glued(pages, word))
                    continue;
                int32_t small = pv_page_least(pv_page_height_of(*box), pv_page_height_of(*before));
                int32_t large = pv_page_most(pv_page_height_of(*box), pv_page_height_of(*before));
                if (small * 20 < large * 19)
                    glue[word] = PV_GLUE_NONE;
                pv_str previous = pv_page_word_text(pages, word - 1);
                bool after_stop = previous.size > 0 && strchr(".,;:!?)\"'", previous.data[previous.size - 1]);
                if (is_raised(box, before) && is_mark(pv_page_word_text(pages, word)) && after_stop)
                    glue[word] = PV_GLUE_MARK;
            }
    }
}

static int compare_numbers(const void *left, const void *right) {
    int32_t a = *(const int32_t *)left;
    int32_t b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* What the notes of a page are told by. */
typedef struct note_search {
    pv_page_strips *strips;
    uint8_t *glue;
    const pv_pages *pages;
    uint32_t first; /* strips of the page, without furniture at its foot */
    uint32_t end;
    int32_t usual;              /* height of a word in most of its lines */
    uint32_t raised[MAX_NOTES]; /* words that touch the one before them, and may be marks */
    size_t raised_count;
} note_search;

/* The height of the words of a strip: that of the last, since the first may be a mark. */
static int32_t type_of(const note_search *search, uint32_t strip) {
    const pv_page_strip *at = &search->strips->items[strip];
    uint32_t first = first_word(search->strips, at);
    uint32_t last = end_word(search->strips, at) - 1;
    int32_t height = pv_page_height_of(search->pages->words[last].box);
    if (last > first)
        height = pv_page_most(height, pv_page_height_of(search->pages->words[last - 1].box));
    return height;
}

/* Whether a strip begins with the mark of a note: one that is small and raised, or that is raised in the text above;
 * in small type, any. */
static bool begins_note(const note_search *search, uint32_t strip, bool is_small) {
    const pv_page_strip *at = &search->strips->items[strip];
    uint32_t first = first_word(search->strips, at);
    if (end_word(search->strips, at) - first < 2 || !is_mark(pv_page_word_text(search->pages, first)))
        return false;
    const pv_page_box *mark = &search->pages->words[first].box;
    const pv_page_box *next = &search->pages->words[first + 1].box;
    if (is_small || is_raised(mark, next))
        return true;
    for (size_t i = 0; i < search->raised_count && search->raised[i] < first; i++)
        if (pv_str_equal(pv_page_word_text(search->pages, search->raised[i]), pv_page_word_text(search->pages, first)))
            return true;
    return false;
}

/* Where the notes of the page begin; its end when it has none. */
static uint32_t find_notes(const note_search *search) {
    uint32_t start = search->end;
    for (uint32_t i = search->end; i > search->first; i--) {
        bool is_small = type_of(search, i - 1) * 100 < search->usual * 93;
        bool begins = begins_note(search, i - 1, is_small);
        if (!is_small && !begins && search->end - i > 12)
            break;
        bool parted =
            i - 1 == search->first ||
            search->strips->items[i - 1].box.top - search->strips->items[i - 2].box.bottom > search->usual / 4;
        bool smaller = is_small && i - 1 > search->first && type_of(search, i - 2) * 100 >= search->usual * 93;
        if (begins && (parted || smaller))
            start = i - 1;
        else if (!is_small && !begins && start < search->end)
            break;
    }
    return (start - search->first) * 2 < search->end - search->first ? search->end : start;
}

/* Fills search->raised. */
static void find_raised(note_search *search) {
    for (uint32_t i = search->first; i < search->end; i++) {
        const pv_page_strip *strip = &search->strips->items[i];
        for (uint32_t p = strip->first; p < strip->end; p++)
            for (uint32_t word = search->strips->pieces[p].first + 1; word < search->strips->pieces[p].end; word++)
                if (search->glue[word] != PV_GLUE_SPACE && search->raised_count < MAX_NOTES &&
                    is_mark(pv_page_word_text(search->pages, word)) &&
                    is_raised(&search->pages->words[word].box, &search->pages->words[word - 1].box))
                    search->raised[search->raised_count++] = word;
    }
}

/* A raised mark in the text that a note of the page has is no word of the text. */
static void mark_references(const note_search *search, uint32_t before, pv_str mark) {
    for (size_t i = 0; i < search->raised_count; i++)
        if (search->raised[i] < before && pv_str_equal(pv_page_word_text(search->pages, search->raised[i]), mark))
            search->glue[search->raised[i]] = PV_GLUE_MARK;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): what it points at is written by way of the search */
static bool mark_notes(pv_page_strips *strips, uint8_t *glue, pv_arena *scratch, const pv_pages *pages, uint32_t page,
                       pv_error *error) {
    note_search search = {.strips = strips,
                          .glue = glue,
                          .pages = pages,
                          .first = strips->page_start[page],
                          .end = strips->page_start[page + 1]};
    while (search.end > search.first && strips->items[search.end - 1].role == PV_STRIP_FURNITURE)
        search.end--;
    while (search.first < search.end && strips->items[search.first].role == PV_STRIP_FURNITURE)
        search.first++;
    if (search.end - search.first < 2 || strips->items[search.first].is_kept)
        return true;
    pv_arena_place here = pv_arena_here(scratch);
    int32_t *heights = PV_NEW_ARRAY(scratch, int32_t, search.end - search.first);
    if (!heights)
        return pv_fail_memory(error);
    for (uint32_t i = search.first; i < search.end; i++)
        heights[i - search.first] = type_of(&search, i);
    qsort(heights, search.end - search.first, sizeof *heights, compare_numbers);
    search.usual = heights[(search.end - search.first) / 2];
    pv_arena_back_to(scratch, here);
    find_raised(&search);
    uint32_t notes = find_notes(&search);
    size_t marks = 0;
    for (uint32_t i = notes; i < search.end; i++) {
        bool is_small = type_of(&search, i) * 100 < search.usual * 93;
        strips->items[i].role = PV_STRIP_NOTE;
        strips->items[i].has_mark = begins_note(&search, i, is_small);
        if (strips->items[i].has_mark && marks++ < MAX_NOTES)
            mark_references(&search, first_word(strips, &strips->items[notes]),
                            pv_page_word_text(pages, first_word(strips, &strips->items[i])));
    }
    return true;
}

bool pv_page_margins_find(pv_page_strips *strips, uint8_t *glue, pv_arena *scratch, const pv_pages *pages,
                          pv_error *error) {
    if (!find_furniture(strips, scratch, pages, error))
        return false;
    for (uint32_t page = 0; page < pages->page_count; page++) {
        glue_words(glue, strips, pages, page);
        if (!mark_notes(strips, glue, scratch, pages, page, error))
            return false;
    }
    return true;
}
