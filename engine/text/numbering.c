#include "text/numbering.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/digits.h"
#include "base/hash.h"
#include "base/set.h"
#include "text/markers_p.h"

#define MOST_DIGITS 3
#define MOST_MEMBERS 6
#define LONGEST_CAPTION 400 /* bytes of its line */
#define LONGEST_NUMBER 40
#define MOST_TITLE_WORDS 16
#define MOST_MISSING 2 /* numbers of one member in a row: more are another numbering */

/* What a number may begin with; the last ones head what is no part of the text. */
static const char *const names[] = {
    "annex",   "appendix", "article", "attachment", "chapter", "exhibit", "part", "schedule",
    "section", "box",      "chart",   "diagram",    "figure",  "graph",   "map",  "table",
};
#define FIRST_CAPTION_NAME 9

typedef enum member_style { STYLE_FIGURE, STYLE_LETTER, STYLE_ROMAN } member_style;

/* A number that is read: "4.7" has the prefix "4." and the ordinal 7. */
typedef struct read_number {
    pv_str name;   /* of names, or empty */
    pv_str number; /* without what closes it */
    size_t prefix; /* bytes of number before its last member */
    size_t members;
    member_style style;
    unsigned ordinal;
    unsigned letter; /* of one letter that is a Roman numeral too: its place in the alphabet; else 0 */
    bool suffixed;   /* "3a" */
    size_t start;    /* in its line */
    size_t end;      /* behind the number and what closes it */
    char close;      /* ".", ")", ":", "-"; a blank: nothing; NUL: its line ends */
} read_number;

typedef struct numbered_line {
    read_number read;
    uint32_t start; /* of the line */
    pv_span line;
    uint64_t key; /* of name and number */
    bool is_caption;
    bool is_contents;
    bool is_made;
    bool is_item;
    bool is_outer; /* the number is that of a part in which the line's own stands: "6.2" of "6.2.7" */
} numbered_line;

typedef struct numbering_finder {
    pv_arena *arena;
    pv_str text;
    const pv_heading_list *headings;
    const pv_marks *marks;
    numbered_line *lines;
    size_t count;
    bool bare[PV_HEADING_DEPTH_MAX + 1]; /* of each depth: its headings are numbered "1 Introduction" */
    size_t *by_key;                      /* lines, by key and then by place */
    pv_buf breaks;
    pv_error *error;
} numbering_finder;

/* ---- reading ---- */

static char at(pv_str text, size_t offset) {
    return offset < text.size ? text.data[offset] : '\0';
}

static bool is_upper_letter(char c) {
    return c >= 'A' && c <= 'Z';
}

static size_t name_at(pv_str line, size_t offset, pv_str *name) {
    *name = PV_STR("");
    const pv_str rest = pv_str_slice(line, offset, line.size);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const pv_str known = pv_str_from(names[i]);
        if (!pv_str_starts_with_ascii_folded(rest, known) || at(rest, known.size) != ' ')
            continue;
        *name = known;
        return offset + known.size + 1;
    }
    return offset;
}

/* The member at offset into read; the offset behind it, or offset when there is none. */
static size_t member_at(pv_str line, size_t offset, bool lone, read_number *read) {
    size_t end = pv_digits_end(line, offset);
    uint64_t value = 0;
    if (end > offset) {
        if (end - offset > MOST_DIGITS || !pv_digits_read(pv_str_slice(line, offset, end), 999, &value))
            return offset;
        read->style = STYLE_FIGURE;
        read->ordinal = (unsigned)value;
        read->letter = 0;
        return end;
    }
    while (is_upper_letter(at(line, end)))
        end++;
    const pv_str letters = pv_str_slice(line, offset, end);
    const unsigned roman = letters.size > 0 && letters.size <= 5 ? pv_roman_value(letters) : 0;
    if (letters.size == 0 || !lone || (letters.size > 1 && roman == 0))
        return offset;
    read->letter = letters.size == 1 ? (unsigned)(letters.data[0] - 'A' + 1) : 0;
    read->style = roman > 0 ? STYLE_ROMAN : STYLE_LETTER;
    read->ordinal = roman > 0 ? roman : read->letter;
    return end;
}

/* Reads the number that line begins with behind `start` bytes. */
static bool read_at(pv_str line, size_t start, read_number *read) {
    *read = (read_number){.start = start};
    size_t offset = name_at(line, start, &read->name);
    const size_t first = offset;
    for (;;) {
        size_t end = member_at(line, offset, offset == first, read);
        if (end == offset || read->members == MOST_MEMBERS)
            return false;
        read->prefix = offset - first;
        read->members++;
        offset = end;
        const char mark = at(line, offset);
        const bool goes_on = (mark == '.' || (mark == '-' && read->name.size > 0)) && pv_digit_at(line, offset + 1);
        if (!goes_on)
            break;
        offset++;
    }
    if (read->style == STYLE_FIGURE && at(line, offset) >= 'a' && at(line, offset) <= 'z') {
        read->suffixed = true;
        offset++;
    }
    read->number = pv_str_slice(line, first, offset);
    const char close = at(line, offset);
    static const char closes[] = ".):-";
    const bool closed = close != '\0' && strchr(closes, close);
    read->close = close;
    read->end = closed ? offset + 1 : offset;
    const bool dashed = (unsigned char)close >= 0x80; /* a long dash or a blank that is none of ASCII's */
    if (dashed)
        read->close = '-';
    const bool parted = close == '\0' || close == ' ' || close == '\t' || close == '|' || dashed ||
                        (closed && strchr(" \t|*", at(line, read->end) ? at(line, read->end) : ' '));
    return parted && read->number.size <= LONGEST_NUMBER;
}

/* The bytes at the start of a line that are signs of Markdown, or of a table. */
static size_t signs_before(pv_str line) {
    size_t start = 0;
    while (start < line.size && strchr("#*_|> \t", line.data[start]))
        start++;
    return start;
}

static uint64_t key_of(pv_str name, pv_str number) {
    uint64_t hash = PV_HASH_SEED;
    for (size_t i = 0; i < name.size; i++)
        hash = pv_hash_byte(hash, name.data[i]);
    hash = pv_hash_byte(hash, ' ');
    for (size_t i = 0; i < number.size; i++)
        hash = pv_hash_byte(hash, number.data[i]);
    return hash ? hash : 1;
}

static bool is_caption_name(pv_str name) {
    for (size_t i = FIRST_CAPTION_NAME; i < sizeof names / sizeof names[0]; i++)
        if (pv_str_equal(name, pv_str_from(names[i])))
            return true;
    return false;
}

/* Whether a line is the caption of a table or figure: its number is closed, or ends the line. "Table 3 shows" is none;
 * neither is one in a cell, which may speak of another. */
static bool is_caption(const numbering_finder *finder, const numbered_line *line, pv_str words) {
    if (!is_caption_name(line->read.name) || line->is_contents || words.size > LONGEST_CAPTION)
        return false;
    const pv_mark *mark = pv_marks_at(finder->marks, line->start);
    if (mark && mark->kind != PV_MARK_HEADING)
        return false;
    return line->read.close != ' ' && line->read.close != '\t' && line->read.close != ')' && line->read.close != '|';
}

/* A number shows that the one around it is there too. */
static void add_outer(numbering_finder *finder, const numbered_line *line) {
    if (line->read.members < 2 || line->read.prefix < 2)
        return;
    numbered_line *outer = &finder->lines[finder->count++];
    *outer = *line;
    outer->is_outer = true;
    outer->is_caption = false;
    outer->key = key_of(line->read.name, pv_str_slice(line->read.number, 0, line->read.prefix - 1));
}

static void gather_line(numbering_finder *finder, const pv_line *line) {
    const pv_str words = pv_str_slice(finder->text, line->at.start, line->at.end);
    const size_t before = signs_before(words);
    numbered_line *found = &finder->lines[finder->count];
    *found = (numbered_line){.start = line->at.start, .line = line->at, .is_contents = line->contents};
    if (!read_at(words, before, &found->read))
        return;
    const bool named = found->read.name.size > 0;
    const bool bare = found->read.members == 1 && (found->read.close == ' ' || found->read.close == '\0');
    if (!named && (found->read.ordinal == 0 || (bare && found->read.style != STYLE_FIGURE)))
        return;
    const pv_mark *mark = pv_marks_at(finder->marks, line->at.start);
    found->is_item = mark && mark->kind != PV_MARK_HEADING;
    found->is_caption = is_caption(finder, found, words);
    found->key = key_of(found->read.name, found->read.number);
    finder->count++;
    add_outer(finder, found);
}

/* Numbers that the program made, of headings and items. */
static void gather_made(numbering_finder *finder, const pv_mark *mark) {
    numbered_line *found = &finder->lines[finder->count];
    *found = (numbered_line){.start = mark->at.start, .line = mark->at, .is_made = true};
    if (mark->label.size == 0 || !read_at(mark->label, 0, &found->read))
        return;
    found->is_item = mark->kind != PV_MARK_HEADING;
    found->key = key_of(found->read.name, found->read.number);
    finder->count++;
}

static void gather(numbering_finder *finder) {
    size_t mark = 0;
    const size_t marks = finder->marks ? finder->marks->count : 0;
    for (size_t i = 0; i < finder->headings->lines.count; i++) {
        const pv_line *line = &finder->headings->lines.lines[i];
        for (; mark < marks && finder->marks->marks[mark].at.start <= line->at.start; mark++)
            gather_made(finder, &finder->marks->marks[mark]);
        if (!line->blank)
            gather_line(finder, line);
    }
}

/* ---- looking for a number ---- */

/* A key with the line that has it. */
typedef struct keyed_line {
    uint64_t key;
    size_t line;
} keyed_line;

static int compare_keys(const void *left, const void *right) {
    const keyed_line *a = left;
    const keyed_line *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->line > b->line) - (a->line < b->line);
}

static bool sort_keys(numbering_finder *finder) {
    keyed_line *keys = PV_NEW_ARRAY(finder->arena, keyed_line, finder->count);
    finder->by_key = PV_NEW_ARRAY(finder->arena, size_t, finder->count);
    if (!keys || !finder->by_key)
        return pv_fail_memory(finder->error);
    for (size_t i = 0; i < finder->count; i++)
        keys[i] = (keyed_line){finder->lines[i].key, i};
    if (finder->count > 0)
        qsort(keys, finder->count, sizeof *keys, compare_keys);
    for (size_t i = 0; i < finder->count; i++)
        finder->by_key[i] = keys[i].line;
    return true;
}

/* The first line from place `from` on that begins with the number of this key; NULL where none does before `to`. */
static const numbered_line *line_between(const numbering_finder *finder, uint64_t key, size_t from, size_t to) {
    size_t low = 0, high = finder->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const numbered_line *line = &finder->lines[finder->by_key[middle]];
        if (line->key < key || (line->key == key && line->start < from))
            low = middle + 1;
        else
            high = middle;
    }
    const numbered_line *found = low < finder->count ? &finder->lines[finder->by_key[low]] : NULL;
    return found && found->key == key && found->start < to && !found->is_contents ? found : NULL;
}

/* Writes the member of this style; small: 40 bytes are enough. */
static size_t write_member(member_style style, unsigned ordinal, char *out, size_t size) {
    static const char *const tens[] = {"", "X", "XX", "XXX"};
    static const char *const ones[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
    if (style == STYLE_LETTER && ordinal <= 26)
        return (size_t)snprintf(out, size, "%c", (char)('A' + ordinal - 1));
    if (style == STYLE_ROMAN && ordinal < 40)
        return (size_t)snprintf(out, size, "%s%s", tens[ordinal / 10], ones[ordinal % 10]);
    return (size_t)snprintf(out, size, "%u", ordinal);
}

/* A number with another last member; it is long enough for any that was read. */
typedef struct made_number {
    char text[LONGEST_NUMBER + 16];
    size_t size;
} made_number;

static made_number with_ordinal(const read_number *read, unsigned ordinal) {
    made_number made;
    const size_t prefix = read->prefix < LONGEST_NUMBER ? read->prefix : LONGEST_NUMBER;
    memcpy(made.text, read->number.data, prefix);
    made.size = prefix + write_member(read->style, ordinal, made.text + prefix, sizeof made.text - prefix);
    return made;
}

static uint64_t key_with_ordinal(const read_number *read, unsigned ordinal) {
    const made_number made = with_ordinal(read, ordinal);
    return key_of(read->name, (pv_str){made.text, made.size});
}

/* Whether a line between two places begins with this number, so that it is not missing: a heading that is not marked
 * as one, a number in another shape. An item of a list in which the number before it stands too is none. */
static bool stands_between(const numbering_finder *finder, const read_number *read, unsigned ordinal, size_t from,
                           size_t to) {
    const numbered_line *found = line_between(finder, key_with_ordinal(read, ordinal), from, to);
    if (!found)
        return false;
    const bool may_be_list = read->name.size == 0 && read->members == 1 && (found->is_item || !finder->marks);
    if (!may_be_list || ordinal < 2)
        return true;
    return !line_between(finder, key_with_ordinal(read, ordinal - 1), from, found->start);
}

/* ---- series ---- */

/* Numbers that follow one another: with one name, prefix and style, and behind the same heading with that prefix. */
typedef struct series {
    uint64_t key;
    read_number last;
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

static uint64_t series_key(const read_number *read, member_style style, size_t behind) {
    const uint64_t close = read->close == ')' ? UINT64_C(1) << 63 : 0;
    const uint64_t key = close ^ key_of(read->name, pv_str_slice(read->number, 0, read->prefix));
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
                 const made_number *expected) {
    pv_numbering_break found = {kind, of, place, previous, PV_STR("")};
    if (expected) {
        found.expected = pv_arena_copy(finder->arena, (pv_str){expected->text, expected->size});
        finder->breaks.failed |= !found.expected.data;
    }
    pv_gather_add(&finder->breaks, &found, sizeof found);
}

/* Judges a number by the one before it in its series. */
static void judge(numbering_finder *finder, pv_numbered_kind of, const series *before, const read_number *read,
                  pv_span place) {
    unsigned ordinal = read->ordinal;
    const unsigned last = before->last.ordinal;
    const made_number expected = with_ordinal(read, last + 1);
    if (ordinal == last + 1 || read->suffixed || before->last.suffixed)
        return;
    if (ordinal > last) {
        for (unsigned missing = last + 1; missing < ordinal; missing++)
            if (stands_between(finder, read, missing, before->at.end, place.start))
                return;
        tell(finder, PV_NUMBERING_JUMPS, of, place, before->at, &expected);
        return;
    }
    tell(finder, ordinal == last ? PV_NUMBERING_REPEATS : PV_NUMBERING_GOES_BACK, of, place, before->at, &expected);
}

/* ---- headings ---- */

/* Whether what is called a heading is a title, and no item of a list, or number, that a program took for one. */
static bool is_title(const numbering_finder *finder, const pv_heading *heading) {
    const pv_str title = pv_str_slice(finder->text, heading->title.start, heading->title.end);
    size_t blanks = 0;
    for (size_t i = 0; i < title.size; i++)
        blanks += title.data[i] == ' ';
    const char last = title.size > 0 ? title.data[title.size - 1] : ';';
    const bool named =
        heading->number.start == heading->number.end || !pv_digit_at(finder->text, heading->number.start);
    return last != ';' && last != ',' && blanks < MOST_TITLE_WORDS &&
           (named || heading->title.start > heading->number.start);
}

/* Whether a marked heading begins with figures that nothing closes, "1 Introduction", as a title may: "12 months". */
static bool is_bare(const numbering_finder *finder, const pv_heading *heading, read_number *read) {
    const pv_str words = pv_str_slice(finder->text, heading->at.start, heading->at.end);
    return heading->is_marked && heading->label.size == 0 && heading->number.end <= heading->number.start &&
           read_at(words, 0, read) && read->name.size == 0 && read->members == 1 && read->style == STYLE_FIGURE &&
           read->ordinal > 0 && !read->suffixed && read->close == ' ';
}

/* Where half of all headings of a depth begin so, with a 1 first, that is how they are numbered. */
static void find_bare(numbering_finder *finder) {
    size_t seen[PV_HEADING_DEPTH_MAX + 1] = {0};
    size_t bare[PV_HEADING_DEPTH_MAX + 1] = {0};
    for (size_t i = 0; i < finder->headings->count; i++) {
        const pv_heading *heading = &finder->headings->headings[i];
        read_number read;
        seen[heading->depth] += heading->is_marked;
        if (is_bare(finder, heading, &read))
            bare[heading->depth] += bare[heading->depth] > 0 || read.ordinal == 1;
    }
    for (size_t i = 0; i <= PV_HEADING_DEPTH_MAX; i++)
        finder->bare[i] = bare[i] >= 2 && bare[i] * 2 >= seen[i];
}

/* Reads the number of a heading: its author's, or the one that the program made. */
static bool read_heading(const numbering_finder *finder, const pv_heading *heading, read_number *read) {
    if (heading->label.size > 0)
        return read_at(heading->label, 0, read);
    if (!is_title(finder, heading))
        return false;
    if (finder->bare[heading->depth] && is_bare(finder, heading, read))
        return true;
    if (heading->number.end <= heading->number.start)
        return false;
    const pv_str number = pv_str_slice(finder->text, heading->number.start, heading->number.end);
    return read_at(number, 0, read);
}

/* The outline as far as it was read. */
typedef struct outline_reader {
    series_list list;
    series_list numbers;                    /* of each number the heading that had it last */
    size_t last[PV_HEADING_DEPTH_MAX + 1];  /* of each depth: its last heading, counted from 1; */
    size_t apart[PV_HEADING_DEPTH_MAX + 1]; /* its last without a number, or with a name before it */
} outline_reader;

/* "I." behind "H." is the letter. */
static void settle(const outline_reader *outline, size_t behind, read_number *read) {
    if (read->style != STYLE_ROMAN || read->letter == 0)
        return;
    const series *letters = series_find(&outline->list, series_key(read, STYLE_LETTER, behind));
    if (!letters || letters->last.ordinal + 1 != read->letter)
        return;
    read->style = STYLE_LETTER;
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
static void judge_first(numbering_finder *finder, const read_number *read, pv_span place, size_t from) {
    if (read->prefix == 0 || read->ordinal <= 1 || read->suffixed)
        return;
    for (unsigned missing = 1; missing < read->ordinal; missing++)
        if (stands_between(finder, read, missing, from, place.start))
            return;
    const made_number expected = with_ordinal(read, 1);
    tell(finder, PV_NUMBERING_JUMPS, PV_NUMBERED_HEADING, place, (pv_span){place.start, place.start}, &expected);
}

/* The heading that has the prefix of a number as its own, counted from 1; 0 where none has. */
static size_t heading_of_prefix(const outline_reader *outline, const read_number *read) {
    if (read->prefix == 0)
        return 0;
    const series *found =
        series_find(&outline->numbers, key_of(read->name, pv_str_slice(read->number, 0, read->prefix - 1)));
    return found ? found->index : 0;
}

/* Whether a number that stands alone is judged by the one before it: where it begins with 1 or goes on from another
 * one, it is of another list; a slip is followed by what goes on from it, or from the one before. */
static bool is_told(const series *before, const read_number *read, const read_number *next) {
    if (read->members > 1 || read->name.size > 0)
        return true;
    if (read->ordinal <= 1)
        return false;
    if (read->ordinal < before->last.ordinal)
        return next && next->ordinal == before->last.ordinal + 1;
    return read->ordinal - before->last.ordinal <= MOST_MISSING + 1;
}

static bool judge_heading(numbering_finder *finder, outline_reader *outline, size_t index, read_number *read,
                          const read_number *next) {
    const pv_heading *heading = &finder->headings->headings[index];
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
        judge_first(finder, read, place, finder->headings->headings[behind - 1].at.end);
    /* What follows goes on from the one that a slip stands behind. */
    const bool slipped = !is_new && !anew && !made && read->ordinal < found->last.ordinal && is_told(found, read, next);
    *found = (series){.key = found->key,
                      .last = slipped ? found->last : *read,
                      .at = slipped ? found->at : place,
                      .index = index + 1};
    series *own = series_of(finder, &outline->numbers, key_of(read->name, read->number), &is_new);
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
static bool read_next(const numbering_finder *finder, size_t index, bool marked, const read_number *read,
                      read_number *next) {
    const unsigned depth = finder->headings->headings[index].depth;
    for (size_t i = index + 1; i < finder->headings->count; i++) {
        const pv_heading *heading = &finder->headings->headings[i];
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
    const bool marked = has_marked(finder->headings);
    find_bare(finder);
    for (size_t i = 0; i < finder->headings->count; i++) {
        const pv_heading *heading = &finder->headings->headings[i];
        if (!is_judged(heading, marked))
            continue;
        read_number read = {0};
        const bool numbered = read_heading(finder, heading, &read) && !is_caption_name(read.name);
        read_number next = {0};
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
static bool same_caption(const numbering_finder *finder, const numbered_line *a, const numbered_line *b) {
    const pv_str first = pv_str_slice(finder->text, a->line.start, a->line.end);
    const pv_str second = pv_str_slice(finder->text, b->line.start, b->line.end);
    const size_t size = first.size < second.size ? first.size : second.size;
    return pv_str_equal_ascii_folded(pv_str_slice(first, 0, size), pv_str_slice(second, 0, size)) ||
           pv_str_find(second, PV_STR("ontinued"), 0) != SIZE_MAX ||
           pv_str_find(second, PV_STR("ont'd"), 0) != SIZE_MAX || pv_str_find(second, PV_STR("ont."), 0) != SIZE_MAX;
}

/* The captions that an equal one comes after are entries of a list, and no captions. */
static void drop_listed(numbering_finder *finder) {
    for (size_t i = 0; i < finder->count; i++) {
        numbered_line *line = &finder->lines[i];
        if (!line->is_caption)
            continue;
        const numbered_line *again = line_between(finder, line->key, line->start + 1, finder->text.size);
        if (again && again->is_caption && same_caption(finder, line, again))
            line->is_caption = false;
    }
}

static bool judge_captions(numbering_finder *finder) {
    series_list list = {.found = pv_set_in(finder->arena)};
    drop_listed(finder);
    for (size_t i = 0; i < finder->count; i++) {
        const numbered_line *line = &finder->lines[i];
        if (!line->is_caption)
            continue;
        bool is_new;
        series *found = series_of(finder, &list, series_key(&line->read, line->read.style, 0), &is_new);
        if (!found)
            return false;
        const uint32_t start = line->start + (uint32_t)line->read.start;
        const size_t number = (size_t)(line->read.number.data - finder->text.data) + line->read.number.size;
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
    size_t low = 0, high = headings->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (headings->headings[middle].at.end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < headings->count && headings->headings[low].at.start <= offset;
}

static bool is_furniture(const pv_heading_list *headings, size_t offset) {
    const pv_lines *lines = &headings->lines;
    size_t low = 0, high = lines->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (lines->lines[middle].at.end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < lines->count && lines->lines[low].furniture;
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
            item->list == nested_in || !opens_line(finder->text, item->marker.start) ||
            is_furniture(finder->headings, item->marker.start) || is_in_heading(finder->headings, item->marker.start))
            continue;
        const pv_list_item *before = item_before(items, i);
        if (item->order != PV_ITEM_JUMPS && item->ordinal <= 1)
            nested_in = item->list;
        if (!before || before->marker.end == before->marker.start || !is_slip(items, i, before) ||
            is_in_heading(finder->headings, before->marker.start))
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
    pv_line_number *numbers = PV_NEW_ARRAY(finder->arena, pv_line_number, finder->count);
    if (!numbers)
        return pv_fail_memory(finder->error);
    for (size_t i = 0; i < finder->count; i++) {
        const numbered_line *line = &finder->lines[i];
        if (line->is_outer)
            continue;
        const uint32_t start = line->start + (uint32_t)line->read.start;
        const pv_span written = {start, start + (uint32_t)(line->read.end - line->read.start)};
        numbers[out->number_count++] = (pv_line_number){
            .name = line->read.name,
            .number = line->read.number,
            .at = line->is_made ? (pv_span){line->start, line->start} : written,
            .is_made = line->is_made,
        };
    }
    out->numbers = numbers;
    return true;
}

bool pv_numbering_find(pv_arena *arena, pv_str text, const pv_heading_list *headings, const pv_marks *marks,
                       const pv_list_items *items, pv_numbering *out, pv_error *error) {
    *out = (pv_numbering){0};
    const size_t most = headings->lines.count + (marks ? marks->count : 0);
    numbering_finder finder = {.arena = arena,
                               .text = text,
                               .headings = headings,
                               .marks = marks,
                               .lines = PV_NEW_ARRAY(arena, numbered_line, most * 2 + 1),
                               .error = error};
    if (!finder.lines)
        return pv_fail_memory(error);
    gather(&finder);
    if (!sort_keys(&finder))
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
