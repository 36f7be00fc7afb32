#include "text/numbering.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/digits.h"
#include "base/set.h"
#include "text/line_numbers_p.h"

#define MOST_TITLE_WORDS 16
#define MOST_MISSING 2 /* numbers of one member in a row: more are another numbering */

typedef struct numbering_finder {
    pv_arena *arena;
    pv_numbered_lines all;
    bool bare[PV_HEADING_DEPTH_MAX + 1]; /* of each depth: its headings are numbered "1 Introduction" */
    pv_buf breaks;
    pv_error *error;
} numbering_finder;

/* ---- series ---- */

/* Numbers that follow one another: with one name, prefix and style, and behind the same heading with that prefix. */
typedef struct series {
    uint64_t key;
    pv_read_number last;
    pv_span at;
    size_t index; /* of the heading */
} series;

typedef struct series_list {
    PV_ARRAY(series) all;
    pv_set found;
} series_list;

static bool is_series(const void *items, size_t position, const void *wanted) {
    return ((const series *)items)[position].key == *(const uint64_t *)wanted;
}

static uint64_t series_key(const pv_read_number *read, pv_number_style style, size_t behind) {
    const uint64_t close = read->close == ')' ? UINT64_C(1) << 63 : 0;
    const uint64_t key = close ^ pv_number_key(read->name, pv_str_slice(read->number, 0, read->prefix));
    return key ^ (uint64_t)(behind * 4 + (size_t)style + 1) * PV_SLOTS_SPREAD;
}

/* NULL where there is none yet. */
static series *series_find(const series_list *list, uint64_t key) {
    if (list->all.count == 0)
        return NULL;
    const size_t found = pv_set_find(&list->found, key, is_series, list->all.items, &key);
    return found == PV_SET_NONE ? NULL : &list->all.items[found];
}

/* The series of a key; *is_new: it is its first. NULL: error is filled. */
static series *series_of(numbering_finder *finder, series_list *list, uint64_t key, bool *is_new) {
    series *found = series_find(list, key);
    *is_new = !found;
    if (found)
        return found;
    if (!pv_set_add(&list->found, key, list->all.count, finder->error))
        return NULL;
    found = PV_ARRAY_ADD(finder->arena, &list->all);
    if (!found) {
        pv_fail_memory(finder->error);
        return NULL;
    }
    *found = (series){.key = key};
    return found;
}

/* expected: NULL where what would follow is not told. */
static void tell(numbering_finder *finder, pv_numbering_kind kind, pv_numbered_kind of, pv_span place, pv_span previous,
                 const pv_made_number *expected) {
    pv_numbering_break found = {kind, of, place, previous, PV_STR("")};
    if (expected) {
        found.expected = pv_arena_copy(finder->arena, (pv_str){expected->text, expected->size});
        finder->breaks.failed |= !found.expected.data;
    }
    pv_gather_add(&finder->breaks, &found, sizeof found);
}

/* Judges a number by the one before it in its series. */
static void judge(numbering_finder *finder, pv_numbered_kind of, const series *before, const pv_read_number *read,
                  pv_span place) {
    unsigned ordinal = read->ordinal;
    const unsigned last = before->last.ordinal;
    const pv_made_number expected = pv_number_with_ordinal(read, last + 1);
    if (ordinal == last + 1 || read->suffixed || before->last.suffixed)
        return;
    if (ordinal > last) {
        for (unsigned missing = last + 1; missing < ordinal; missing++)
            if (pv_number_stands_between(&finder->all, read, missing, before->at.end, place.start))
                return;
        tell(finder, PV_NUMBERING_JUMPS, of, place, before->at, &expected);
        return;
    }
    tell(finder, ordinal == last ? PV_NUMBERING_REPEATS : PV_NUMBERING_GOES_BACK, of, place, before->at, &expected);
}

/* ---- headings ---- */

/* Whether what is called a heading is a title, and no item of a list, or number, that a program took for one. */
static bool is_title(const numbering_finder *finder, const pv_heading *heading) {
    const pv_str title = pv_str_slice(finder->all.text, heading->title.start, heading->title.end);
    size_t blanks = 0;
    for (size_t i = 0; i < title.size; i++)
        blanks += title.data[i] == ' ';
    const char last = title.size > 0 ? title.data[title.size - 1] : ';';
    const bool named =
        heading->number.start == heading->number.end || !pv_digit_at(finder->all.text, heading->number.start);
    return last != ';' && last != ',' && blanks < MOST_TITLE_WORDS &&
           (named || heading->title.start > heading->number.start);
}

/* Whether a marked heading begins with figures that nothing closes, "1 Introduction", as a title may: "12 months". */
static bool is_bare(const numbering_finder *finder, const pv_heading *heading, pv_read_number *read) {
    const pv_str words = pv_str_slice(finder->all.text, heading->at.start, heading->at.end);
    return heading->is_marked && heading->label.size == 0 && heading->number.end <= heading->number.start &&
           pv_line_number_read(words, 0, read) && read->name.size == 0 && read->members == 1 &&
           read->style == PV_NUMBER_FIGURE && read->ordinal > 0 && !read->suffixed && read->close == ' ';
}

/* Where half of all headings of a depth begin so, with a 1 first, that is how they are numbered. */
static void find_bare(numbering_finder *finder) {
    size_t seen[PV_HEADING_DEPTH_MAX + 1] = {0};
    size_t bare[PV_HEADING_DEPTH_MAX + 1] = {0};
    for (size_t i = 0; i < finder->all.headings->count; i++) {
        const pv_heading *heading = &finder->all.headings->headings[i];
        pv_read_number read;
        seen[heading->depth] += heading->is_marked;
        if (is_bare(finder, heading, &read))
            bare[heading->depth] += bare[heading->depth] > 0 || read.ordinal == 1;
    }
    for (size_t i = 0; i <= PV_HEADING_DEPTH_MAX; i++)
        finder->bare[i] = bare[i] >= 2 && bare[i] * 2 >= seen[i];
}

/* Reads the number of a heading: its author's, or the one that the program made. */
static bool read_heading(const numbering_finder *finder, const pv_heading *heading, pv_read_number *read) {
    if (heading->label.size > 0)
        return pv_line_number_read(heading->label, 0, read);
    if (!is_title(finder, heading))
        return false;
    if (finder->bare[heading->depth] && is_bare(finder, heading, read))
        return true;
    if (heading->number.end <= heading->number.start)
        return false;
    const pv_str number = pv_str_slice(finder->all.text, heading->number.start, heading->number.end);
    return pv_line_number_read(number, 0, read);
}

/* The outline as far as it was read. */
typedef struct outline_reader {
    series_list list;
    series_list numbers;                    /* of each number the heading that had it last */
    size_t last[PV_HEADING_DEPTH_MAX + 1];  /* of each depth: its last heading, counted from 1; */
    size_t apart[PV_HEADING_DEPTH_MAX + 1]; /* its last without a number, or with a name before it */
} outline_reader;

/* "I." behind "H." is the letter. */
static void settle(const outline_reader *outline, size_t behind, pv_read_number *read) {
    if (read->style != PV_NUMBER_ROMAN || read->letter == 0)
        return;
    const series *letters = series_find(&outline->list, series_key(read, PV_NUMBER_LETTER, behind));
    if (!letters || letters->last.ordinal + 1 != read->letter)
        return;
    read->style = PV_NUMBER_LETTER;
    read->ordinal = read->letter;
}

/* Whether numbering may begin anew at a heading: it stands in another part than the one numbered last, or one without
 * a number of that kind stands between. */
static bool may_restart(const outline_reader *outline, const series *before, unsigned depth) {
    for (unsigned i = 1; i <= depth; i++)
        if ((i < depth && outline->last[i] > before->index) || outline->apart[i] > before->index)
            return true;
    return false;
}

/* Judges the first number of a series: behind a prefix it is 1, or 0. */
static void judge_first(numbering_finder *finder, const pv_read_number *read, pv_span place, size_t from) {
    if (read->prefix == 0 || read->ordinal <= 1 || read->suffixed)
        return;
    for (unsigned missing = 1; missing < read->ordinal; missing++)
        if (pv_number_stands_between(&finder->all, read, missing, from, place.start))
            return;
    const pv_made_number expected = pv_number_with_ordinal(read, 1);
    tell(finder, PV_NUMBERING_JUMPS, PV_NUMBERED_HEADING, place, (pv_span){place.start, place.start}, &expected);
}

/* The heading that has the prefix of a number as its own, counted from 1; 0 where none has. */
static size_t heading_of_prefix(const outline_reader *outline, const pv_read_number *read) {
    if (read->prefix == 0)
        return 0;
    const series *found =
        series_find(&outline->numbers, pv_number_key(read->name, pv_str_slice(read->number, 0, read->prefix - 1)));
    return found ? found->index : 0;
}

/* Whether a number that stands alone is judged by the one before it: where it begins with 1 or goes on from another
 * one, it is of another list; a slip is followed by what goes on from it, or from the one before. */
static bool is_told(const series *before, const pv_read_number *read, const pv_read_number *next) {
    if (read->members > 1 || read->name.size > 0)
        return true;
    if (read->ordinal <= 1)
        return false;
    if (read->ordinal < before->last.ordinal)
        return next && next->ordinal == before->last.ordinal + 1;
    return read->ordinal - before->last.ordinal <= MOST_MISSING + 1;
}

static bool judge_heading(numbering_finder *finder, outline_reader *outline, size_t index, pv_read_number *read,
                          const pv_read_number *next) {
    const pv_heading *heading = &finder->all.headings->headings[index];
    const size_t behind = heading_of_prefix(outline, read);
    settle(outline, behind, read);
    bool is_new;
    series *found = series_of(finder, &outline->list, series_key(read, read->style, behind), &is_new);
    if (!found)
        return false;
    const bool made = heading->label.size > 0;
    const bool bare = heading->number.end == heading->number.start;
    const pv_span place = made   ? heading->at
                          : bare ? (pv_span){heading->at.start, heading->at.start + (uint32_t)read->number.size}
                                 : heading->number;
    /* Behind a heading that is none of the series a number says nothing of the one before it; a name may come back, in
     * a list of what is attached and before it. */
    const bool anew = !is_new && (may_restart(outline, found, heading->depth) ||
                                  (read->name.size > 0 && read->ordinal <= found->last.ordinal));
    if (!is_new && !anew && !made && is_told(found, read, next))
        judge(finder, PV_NUMBERED_HEADING, found, read, place);
    else if (is_new && !made && behind > 0)
        judge_first(finder, read, place, finder->all.headings->headings[behind - 1].at.end);
    /* What follows goes on from the one that a slip stands behind. */
    const bool slipped = !is_new && !anew && !made && read->ordinal < found->last.ordinal && is_told(found, read, next);
    *found = (series){.key = found->key,
                      .last = slipped ? found->last : *read,
                      .at = slipped ? found->at : place,
                      .index = index + 1};
    series *own = series_of(finder, &outline->numbers, pv_number_key(read->name, read->number), &is_new);
    if (own)
        own->index = index + 1;
    return own != NULL;
}

/* Where its author marked headings, what only looks like one is none. */
static bool has_marked(const pv_heading_list *headings) {
    size_t marked = 0;
    for (size_t i = 0; i < headings->count; i++)
        marked += headings->headings[i].is_marked;
    return marked >= 2;
}

static bool is_judged(const pv_heading *heading, bool marked) {
    return heading->depth > 0 && (!marked || heading->is_marked);
}

/* The number of the next heading of the same depth, written in the same style. */
static bool read_next(const numbering_finder *finder, size_t index, bool marked, const pv_read_number *read,
                      pv_read_number *next) {
    const unsigned depth = finder->all.headings->headings[index].depth;
    for (size_t i = index + 1; i < finder->all.headings->count; i++) {
        const pv_heading *heading = &finder->all.headings->headings[i];
        if (!is_judged(heading, marked) || heading->depth > depth)
            continue;
        return heading->depth == depth && read_heading(finder, heading, next) && next->style == read->style &&
               next->members == read->members;
    }
    return false;
}

static bool judge_headings(numbering_finder *finder) {
    outline_reader outline = {.list = {.found = pv_set_in(finder->arena)},
                              .numbers = {.found = pv_set_in(finder->arena)}};
    const bool marked = has_marked(finder->all.headings);
    find_bare(finder);
    for (size_t i = 0; i < finder->all.headings->count; i++) {
        const pv_heading *heading = &finder->all.headings->headings[i];
        if (!is_judged(heading, marked))
            continue;
        pv_read_number read = {0};
        const bool numbered = read_heading(finder, heading, &read) && !pv_number_names_caption(read.name);
        pv_read_number next = {0};
        const bool has_next = numbered && read_next(finder, i, marked, &read, &next);
        if (numbered && !judge_heading(finder, &outline, i, &read, has_next ? &next : NULL))
            return false;
        outline.last[heading->depth] = i + 1;
        if (!numbered || read.name.size > 0)
            outline.apart[heading->depth] = i + 1;
    }
    return true;
}

/* ---- captions ---- */

/* Whether the words of two captions are the same: one is an entry of a list of tables, or the table goes on. */
static bool same_caption(const numbering_finder *finder, const pv_numbered_line *a, const pv_numbered_line *b) {
    const pv_str first = pv_str_slice(finder->all.text, a->at.start, a->at.end);
    const pv_str second = pv_str_slice(finder->all.text, b->at.start, b->at.end);
    const size_t size = first.size < second.size ? first.size : second.size;
    return pv_str_equal_ascii_folded(pv_str_slice(first, 0, size), pv_str_slice(second, 0, size)) ||
           pv_str_find(second, PV_STR("ontinued"), 0) != SIZE_MAX ||
           pv_str_find(second, PV_STR("ont'd"), 0) != SIZE_MAX || pv_str_find(second, PV_STR("ont."), 0) != SIZE_MAX;
}

/* The captions that an equal one comes after are entries of a list, and no captions. */
static void drop_listed(numbering_finder *finder) {
    for (size_t i = 0; i < finder->all.count; i++) {
        pv_numbered_line *line = &finder->all.lines[i];
        if (!line->is_caption)
            continue;
        const pv_numbered_line *again =
            pv_numbered_line_between(&finder->all, line->key, line->at.start + 1, finder->all.text.size);
        if (again && again->is_caption && same_caption(finder, line, again))
            line->is_caption = false;
    }
}

static bool judge_captions(numbering_finder *finder) {
    series_list list = {.found = pv_set_in(finder->arena)};
    drop_listed(finder);
    for (size_t i = 0; i < finder->all.count; i++) {
        const pv_numbered_line *line = &finder->all.lines[i];
        if (!line->is_caption)
            continue;
        bool is_new;
        series *found = series_of(finder, &list, series_key(&line->read, line->read.style, 0), &is_new);
        if (!found)
            return false;
        const uint32_t start = line->at.start + (uint32_t)line->read.start;
        const size_t number = (size_t)(line->read.number.data - finder->all.text.data) + line->read.number.size;
        const pv_span place = {start, (uint32_t)number};
        /* In a document with appendices each may begin anew. */
        const bool anew = !is_new && line->read.ordinal == 1 && found->last.ordinal > 1;
        if (!is_new && !anew)
            judge(finder, PV_NUMBERED_CAPTION, found, &line->read, place);
        found->last = line->read;
        found->at = place;
    }
    return true;
}

/* ---- lists ---- */

static bool opens_line(pv_str text, size_t offset) {
    while (offset > 0 && (text.data[offset - 1] == ' ' || text.data[offset - 1] == '\t'))
        offset--;
    return offset == 0 || text.data[offset - 1] == '\n';
}

/* Whether a heading stands in what begins at offset, so that its number was judged already. */
static bool is_in_heading(const pv_heading_list *headings, size_t offset) {
    const size_t found = PV_SPANS_AFTER(headings->headings, headings->count, pv_heading, offset);
    return found < headings->count && headings->headings[found].at.start <= offset;
}

static bool is_furniture(const pv_lines *lines, size_t offset) {
    const size_t found = PV_SPANS_AFTER(lines->lines, lines->count, pv_line, offset);
    return found < lines->count && lines->lines[found].furniture;
}

static const pv_list_item *item_before(const pv_list_items *items, size_t index) {
    const pv_list_item *item = &items->items[index];
    for (size_t i = index; i > 0; i--) {
        const pv_list_item *before = &items->items[i - 1];
        if (before->list != item->list)
            return NULL;
        if (before->depth == item->depth && before->parent == item->parent)
            return before;
    }
    return NULL;
}

/* The next item that stands beside one, or NULL. */
static const pv_list_item *item_after(const pv_list_items *items, size_t index) {
    const pv_list_item *item = &items->items[index];
    for (size_t i = index + 1; i < items->count && items->items[i].list == item->list; i++)
        if (items->items[i].depth == item->depth && items->items[i].parent == item->parent)
            return &items->items[i];
    return NULL;
}

/* Whether an item is out of order, not the first of a list inside another one whose indents are lost, nor the one that
 * goes on behind it. */
static bool is_slip(const pv_list_items *items, size_t index, const pv_list_item *before) {
    const pv_list_item *item = &items->items[index];
    const pv_list_item *next = item_after(items, index);
    switch (item->order) {
    case PV_ITEM_JUMPS:
        return item->ordinal - before->ordinal <= MOST_MISSING + 1 && (!next || next->order == PV_ITEM_FOLLOWS);
    case PV_ITEM_REPEATS:
        return item->ordinal > 1;
    case PV_ITEM_GOES_BACK:
        return item->ordinal > 1 && next && next->ordinal == before->ordinal + 1;
    case PV_ITEM_FOLLOWS:
        break;
    }
    return false;
}

static void judge_items(numbering_finder *finder, const pv_list_items *items) {
    size_t nested_in = SIZE_MAX; /* a list that holds another one whose indents are lost */
    for (size_t i = 0; i < items->count; i++) {
        const pv_list_item *item = &items->items[i];
        const bool written = item->marker.end > item->marker.start;
        if (item->order == PV_ITEM_FOLLOWS || !written || item->confidence != PV_ITEM_MARKED ||
            item->list == nested_in || !opens_line(finder->all.text, item->marker.start) ||
            is_furniture(&finder->all.headings->lines, item->marker.start) ||
            is_in_heading(finder->all.headings, item->marker.start))
            continue;
        const pv_list_item *before = item_before(items, i);
        if (item->order != PV_ITEM_JUMPS && item->ordinal <= 1)
            nested_in = item->list;
        if (!before || before->marker.end == before->marker.start || !is_slip(items, i, before) ||
            is_in_heading(finder->all.headings, before->marker.start))
            continue;
        const pv_numbering_kind kind = item->order == PV_ITEM_JUMPS     ? PV_NUMBERING_JUMPS
                                       : item->order == PV_ITEM_REPEATS ? PV_NUMBERING_REPEATS
                                                                        : PV_NUMBERING_GOES_BACK;
        tell(finder, kind, PV_NUMBERED_ITEM, item->marker, before->marker, NULL);
    }
}

/* ---- all of it ---- */

static int compare_breaks(const void *left, const void *right) {
    const pv_numbering_break *a = left;
    const pv_numbering_break *b = right;
    if (a->at.start != b->at.start)
        return a->at.start < b->at.start ? -1 : 1;
    return (a->of > b->of) - (a->of < b->of);
}

static bool give_numbers(const numbering_finder *finder, pv_numbering *out) {
    pv_line_number *numbers = PV_NEW_ARRAY(finder->arena, pv_line_number, finder->all.count);
    if (!numbers)
        return pv_fail_memory(finder->error);
    for (size_t i = 0; i < finder->all.count; i++) {
        const pv_numbered_line *line = &finder->all.lines[i];
        if (line->is_outer)
            continue;
        const uint32_t start = line->at.start + (uint32_t)line->read.start;
        const pv_span written = {start, start + (uint32_t)(line->read.end - line->read.start)};
        numbers[out->number_count++] = (pv_line_number){
            .name = line->read.name,
            .number = line->read.number,
            .at = line->is_made ? (pv_span){line->at.start, line->at.start} : written,
            .is_made = line->is_made,
        };
    }
    out->numbers = numbers;
    return true;
}

bool pv_numbering_find(pv_arena *arena, pv_str text, const pv_heading_list *headings, const pv_marks *marks,
                       const pv_list_items *items, pv_numbering *out, pv_error *error) {
    *out = (pv_numbering){0};
    numbering_finder finder = {.arena = arena, .error = error};
    if (!pv_numbered_lines_find(&finder.all, arena, text, headings, marks, error))
        return false;
    finder.breaks = pv_gather_start(arena);
    const bool done = judge_headings(&finder) && judge_captions(&finder);
    if (done)
        judge_items(&finder, items);
    if (finder.breaks.size > 0 && !finder.breaks.failed)
        qsort(finder.breaks.data, finder.breaks.size / sizeof(pv_numbering_break), sizeof(pv_numbering_break),
              compare_breaks);
    out->breaks = pv_gather_finish(&finder.breaks, arena, sizeof *out->breaks, &out->break_count, error);
    return done && out->breaks && give_numbers(&finder, out);
}
