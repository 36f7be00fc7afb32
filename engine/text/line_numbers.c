#include "text/line_numbers_p.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/hash.h"
#include "text/markers_p.h"

#define MOST_DIGITS 3
#define MOST_MEMBERS 6
#define LONGEST_CAPTION 400 /* bytes of its line */

/* What a number may begin with; the last ones head what is no part of the text. */
static const char *const names[] = {
    "annex",   "appendix", "article", "attachment", "chapter", "exhibit", "part", "schedule",
    "section", "box",      "chart",   "diagram",    "figure",  "graph",   "map",  "table",
};
#define FIRST_CAPTION_NAME 9

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
static size_t member_at(pv_str line, size_t offset, bool lone, pv_read_number *read) {
    size_t end = pv_digits_end(line, offset);
    uint64_t value = 0;
    if (end > offset) {
        if (end - offset > MOST_DIGITS || !pv_digits_read(pv_str_slice(line, offset, end), 999, &value))
            return offset;
        read->style = PV_NUMBER_FIGURE;
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
    read->style = roman > 0 ? PV_NUMBER_ROMAN : PV_NUMBER_LETTER;
    read->ordinal = roman > 0 ? roman : read->letter;
    return end;
}

bool pv_line_number_read(pv_str line, size_t start, pv_read_number *read) {
    *read = (pv_read_number){.start = start};
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
    if (read->style == PV_NUMBER_FIGURE && at(line, offset) >= 'a' && at(line, offset) <= 'z') {
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
    return parted && read->number.size <= PV_NUMBER_LONGEST;
}

/* The bytes at the start of a line that are signs of Markdown, or of a table. */
static size_t signs_before(pv_str line) {
    size_t start = 0;
    while (start < line.size && strchr("#*_|> \t", line.data[start]))
        start++;
    return start;
}

uint64_t pv_number_key(pv_str name, pv_str number) {
    uint64_t hash = PV_HASH_SEED;
    for (size_t i = 0; i < name.size; i++)
        hash = pv_hash_byte(hash, name.data[i]);
    hash = pv_hash_byte(hash, ' ');
    for (size_t i = 0; i < number.size; i++)
        hash = pv_hash_byte(hash, number.data[i]);
    return hash ? hash : 1;
}

bool pv_number_names_caption(pv_str name) {
    for (size_t i = FIRST_CAPTION_NAME; i < sizeof names / sizeof names[0]; i++)
        if (pv_str_equal(name, pv_str_from(names[i])))
            return true;
    return false;
}

/* Whether a line is the caption of a table or figure: its number is closed, or ends the line. "Table 3 shows" is none;
 * neither is one in a cell, which may speak of another. */
static bool is_caption(const pv_numbered_lines *all, const pv_numbered_line *line, pv_str words) {
    if (!pv_number_names_caption(line->read.name) || line->is_contents || words.size > LONGEST_CAPTION)
        return false;
    const pv_mark *mark = pv_marks_at(all->marks, line->at.start);
    if (mark && mark->kind != PV_MARK_HEADING)
        return false;
    return line->read.close != ' ' && line->read.close != '\t' && line->read.close != ')' && line->read.close != '|';
}

/* A number shows that the one around it is there too. */
static void add_outer(pv_numbered_lines *all, const pv_numbered_line *line) {
    if (line->read.members < 2 || line->read.prefix < 2)
        return;
    pv_numbered_line *outer = &all->lines[all->count++];
    *outer = *line;
    outer->is_outer = true;
    outer->is_caption = false;
    outer->key = pv_number_key(line->read.name, pv_str_slice(line->read.number, 0, line->read.prefix - 1));
}

static void gather_line(pv_numbered_lines *all, const pv_line *line) {
    const pv_str words = pv_str_slice(all->text, line->at.start, line->at.end);
    const size_t before = signs_before(words);
    pv_numbered_line *found = &all->lines[all->count];
    *found = (pv_numbered_line){.at = line->at, .is_contents = line->contents};
    if (!pv_line_number_read(words, before, &found->read))
        return;
    const bool named = found->read.name.size > 0;
    const bool bare = found->read.members == 1 && (found->read.close == ' ' || found->read.close == '\0');
    if (!named && (found->read.ordinal == 0 || (bare && found->read.style != PV_NUMBER_FIGURE)))
        return;
    const pv_mark *mark = pv_marks_at(all->marks, line->at.start);
    found->is_item = mark && mark->kind != PV_MARK_HEADING;
    found->is_caption = is_caption(all, found, words);
    found->key = pv_number_key(found->read.name, found->read.number);
    all->count++;
    add_outer(all, found);
}

/* Numbers that the program made, of headings and items. */
static void gather_made(pv_numbered_lines *all, const pv_mark *mark) {
    pv_numbered_line *found = &all->lines[all->count];
    *found = (pv_numbered_line){.at = mark->at, .is_made = true};
    if (mark->label.size == 0 || !pv_line_number_read(mark->label, 0, &found->read))
        return;
    found->is_item = mark->kind != PV_MARK_HEADING;
    found->key = pv_number_key(found->read.name, found->read.number);
    all->count++;
}

static void gather(pv_numbered_lines *all) {
    size_t mark = 0;
    const size_t marks = all->marks ? all->marks->count : 0;
    for (size_t i = 0; i < all->headings->lines.count; i++) {
        const pv_line *line = &all->headings->lines.lines[i];
        for (; mark < marks && all->marks->marks[mark].at.start <= line->at.start; mark++)
            gather_made(all, &all->marks->marks[mark]);
        if (!line->blank)
            gather_line(all, line);
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

static bool sort_keys(pv_numbered_lines *all, pv_arena *arena, pv_error *error) {
    keyed_line *keys = PV_NEW_ARRAY(arena, keyed_line, all->count);
    all->by_key = PV_NEW_ARRAY(arena, size_t, all->count);
    if (!keys || !all->by_key)
        return pv_fail_memory(error);
    for (size_t i = 0; i < all->count; i++)
        keys[i] = (keyed_line){all->lines[i].key, i};
    if (all->count > 0)
        qsort(keys, all->count, sizeof *keys, compare_keys);
    for (size_t i = 0; i < all->count; i++)
        all->by_key[i] = keys[i].line;
    return true;
}

bool pv_numbered_lines_find(pv_numbered_lines *out, pv_arena *arena, pv_str text, const pv_heading_list *headings,
                            const pv_marks *marks, pv_error *error) {
    const size_t most = headings->lines.count + (marks ? marks->count : 0);
    *out = (pv_numbered_lines){.text = text,
                               .headings = headings,
                               .marks = marks,
                               .lines = PV_NEW_ARRAY(arena, pv_numbered_line, most * 2 + 1)};
    if (!out->lines)
        return pv_fail_memory(error);
    gather(out);
    return sort_keys(out, arena, error);
}

const pv_numbered_line *pv_numbered_line_between(const pv_numbered_lines *all, uint64_t key, size_t from, size_t to) {
    size_t low = 0, high = all->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const pv_numbered_line *line = &all->lines[all->by_key[middle]];
        if (line->key < key || (line->key == key && line->at.start < from))
            low = middle + 1;
        else
            high = middle;
    }
    const pv_numbered_line *found = low < all->count ? &all->lines[all->by_key[low]] : NULL;
    return found && found->key == key && found->at.start < to && !found->is_contents ? found : NULL;
}

/* Writes the member of this style; small: 40 bytes are enough. */
static size_t write_member(pv_number_style style, unsigned ordinal, char *out, size_t size) {
    static const char *const tens[] = {"", "X", "XX", "XXX"};
    static const char *const ones[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
    if (style == PV_NUMBER_LETTER && ordinal <= 26)
        return (size_t)snprintf(out, size, "%c", (char)('A' + ordinal - 1));
    if (style == PV_NUMBER_ROMAN && ordinal < 40)
        return (size_t)snprintf(out, size, "%s%s", tens[ordinal / 10], ones[ordinal % 10]);
    return (size_t)snprintf(out, size, "%u", ordinal);
}

pv_made_number pv_number_with_ordinal(const pv_read_number *read, unsigned ordinal) {
    pv_made_number made;
    const size_t prefix = read->prefix < PV_NUMBER_LONGEST ? read->prefix : PV_NUMBER_LONGEST;
    memcpy(made.text, read->number.data, prefix);
    made.size = prefix + write_member(read->style, ordinal, made.text + prefix, sizeof made.text - prefix);
    return made;
}

static uint64_t key_with_ordinal(const pv_read_number *read, unsigned ordinal) {
    const pv_made_number made = pv_number_with_ordinal(read, ordinal);
    return pv_number_key(read->name, (pv_str){made.text, made.size});
}

bool pv_number_stands_between(const pv_numbered_lines *all, const pv_read_number *read, unsigned ordinal, size_t from,
                              size_t to) {
    const pv_numbered_line *found = pv_numbered_line_between(all, key_with_ordinal(read, ordinal), from, to);
    if (!found)
        return false;
    const bool may_be_list = read->name.size == 0 && read->members == 1 && (found->is_item || !all->marks);
    if (!may_be_list || ordinal < 2)
        return true;
    return !pv_numbered_line_between(all, key_with_ordinal(read, ordinal - 1), from, found->at.start);
}
