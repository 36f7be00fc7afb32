#include "text/markers_p.h"

#include <limits.h>
#include <string.h>

#include "base/array.h"
#include "base/digits.h"
#include "base/utf8.h"
#include "text/phrasing_p.h"

/* Of markers: */
#define MOST_DIGITS 2  /* "(100)" and "(2022)" are quantities or years */
#define MOST_LETTERS 5 /* "xviii" */
#define MOST_ROMAN 20u
/* Of labels: */
#define MOST_FIGURES 3 /* "2023." is a year */
#define LONGEST_ROMAN 7

static const uint32_t bullets[] = {0x2022 /* • */, 0x2013 /* – */, '-', '*'};

/* What a label may begin with. */
static const char *const label_names[] = {
    "annex",     "appendix", "article",  "attachment", "chapter", "clause",
    "enclosure", "exhibit",  "schedule", "section",    "sec.",    "§",
};

/* ---- figures, letters, numerals ---- */

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}

/* The byte at offset, or a NUL past the end. */
static char char_at(pv_str text, size_t offset) {
    if (offset >= text.size)
        return '\0';
    return text.data[offset];
}

static size_t run_end(pv_str text, size_t start, size_t longest, bool (*belongs)(char)) {
    size_t end = start;
    while (end - start < longest && belongs(char_at(text, end)))
        end++;
    return end;
}

static unsigned number_of(pv_str figures) {
    uint64_t number = 0;
    (void)pv_digits_read(figures, UINT_MAX, &number);
    return (unsigned)number;
}

static unsigned roman_digit(char c) {
    switch (pv_ascii_lower(c)) {
    case 'i':
        return 1;
    case 'v':
        return 5;
    case 'x':
        return 10;
    default:
        return 0;
    }
}

/* The value of letters, all of one case, as a Roman numeral below 40; 0 for anything else. */
static unsigned roman_value(pv_str letters) {
    static const char *const ones[] = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
    unsigned tens = 0;
    while (tens < 3 && roman_digit(char_at(letters, tens)) == 10)
        tens++;
    pv_str rest = pv_str_slice(letters, tens, letters.size);
    for (unsigned i = 0; i < 10; i++)
        if (pv_str_equal_ascii_folded(rest, pv_str_from(ones[i])))
            return tens * 10 + i;
    return 0;
}

/* ---- markers ---- */

/* Where the scan stands. */
typedef struct marker_scan {
    pv_str text;
    size_t offset;
    unsigned paragraph;
    size_t open_parentheses; /* in this paragraph */
    bool at_line_start;      /* only blanks since the line feed */
    bool after_white_space;  /* or at the start of the text */
} marker_scan;

static bool white_space_or_end_at(pv_str text, size_t offset) {
    size_t length;
    return offset >= text.size || pv_utf8_is_white_space(pv_utf8_decode(text, offset, &length));
}

/* End of the figures, or of the letters of one case, at start; start when there are none. */
static size_t sign_end(pv_str text, size_t start) {
    char first = char_at(text, start);
    if (pv_is_digit(first))
        return run_end(text, start, MOST_DIGITS, pv_is_digit);
    return run_end(text, start, MOST_LETTERS, is_capital(first) ? is_capital : is_small);
}

static bool read_figures(pv_str figures, pv_marker *out) {
    out->kind = PV_MARKER_KIND_NUMBER;
    out->number = number_of(figures);
    return figures.data[0] != '0';
}

static bool read_letters(pv_str letters, pv_marker *out) {
    out->kind = PV_MARKER_KIND_LETTERS;
    out->capital = is_capital(letters.data[0]);
    if (letters.size == 1)
        out->number = (unsigned)(letters.data[0] - (out->capital ? 'A' : 'a')) + 1;
    unsigned roman = roman_value(letters);
    out->roman = roman <= MOST_ROMAN ? roman : 0;
    return out->number > 0 || out->roman > 0;
}

/* What figures or letters say, in out; false when it is nothing. */
static bool read_sign(pv_str sign, pv_marker *out) {
    return pv_is_digit(sign.data[0]) ? read_figures(sign, out) : read_letters(sign, out);
}

static bool read_enumerator(const marker_scan *scan, pv_marker *out) {
    pv_str text = scan->text;
    bool opened = char_at(text, scan->offset) == '(';
    size_t start = scan->offset + opened;
    size_t end = sign_end(text, start);
    char closing = char_at(text, end);
    if (end == start || (closing != ')' && closing != '.'))
        return false;
    if (closing == '.' && (opened || !scan->at_line_start || !white_space_or_end_at(text, end + 1)))
        return false;
    if (closing == ')' && !opened && scan->open_parentheses > 0)
        return false;
    if (!read_sign(pv_str_slice(text, start, end), out) || pv_phrasing_labels_number(text, scan->offset))
        return false;
    out->form = opened ? '(' : (uint32_t)closing;
    out->at = (pv_span){(uint32_t)scan->offset, (uint32_t)end + 1};
    return true;
}

static bool read_bullet(const marker_scan *scan, pv_marker *out) {
    size_t length;
    uint32_t character = pv_utf8_decode(scan->text, scan->offset, &length);
    size_t end = scan->offset + length;
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++) {
        if (character == bullets[i] && scan->at_line_start && white_space_or_end_at(scan->text, end)) {
            out->kind = PV_MARKER_KIND_BULLET;
            out->form = character;
            out->at = (pv_span){(uint32_t)scan->offset, (uint32_t)end};
            return true;
        }
    }
    return false;
}

static bool read_marker(const marker_scan *scan, pv_marker *out) {
    if (!scan->after_white_space)
        return false;
    *out = (pv_marker){.opens_line = scan->at_line_start, .paragraph = scan->paragraph};
    if (!read_enumerator(scan, out)) {
        *out = (pv_marker){.opens_line = scan->at_line_start, .paragraph = scan->paragraph};
        if (!read_bullet(scan, out))
            return false;
    }
    out->stands_free = white_space_or_end_at(scan->text, out->at.end);
    return true;
}

static void step_over_character(marker_scan *scan) {
    size_t length;
    uint32_t character = pv_utf8_decode(scan->text, scan->offset, &length);
    scan->offset += length;
    if (character == '(')
        scan->open_parentheses++;
    else if (character == ')' && scan->open_parentheses > 0)
        scan->open_parentheses--;
    scan->after_white_space = pv_utf8_is_white_space(character);
    if (character == '\n') {
        scan->paragraph += !scan->at_line_start;
        scan->open_parentheses = 0;
        scan->at_line_start = true;
    } else if (!scan->after_white_space) {
        scan->at_line_start = false;
    }
}

static void step_over_marker(marker_scan *scan, const pv_marker *marker) {
    scan->offset = marker->at.end;
    scan->after_white_space = false;
    scan->at_line_start = false;
}

bool pv_markers_find(pv_arena *arena, pv_str text, pv_marker_list *out, pv_error *error) {
    pv_buf found = pv_gather_start(arena);
    marker_scan scan = {.text = text, .at_line_start = true, .after_white_space = true};
    while (scan.offset < text.size) {
        pv_marker marker;
        if (read_marker(&scan, &marker)) {
            pv_gather_add(&found, &marker, sizeof marker);
            step_over_marker(&scan, &marker);
        } else {
            step_over_character(&scan);
        }
    }
    out->markers = pv_gather_finish(&found, arena, sizeof *out->markers, &out->count, error);
    return out->markers != NULL;
}

/* ---- labels ---- */

/* The length of the run at offset; 0 when it is longer than most. */
static size_t run_of(pv_str line, size_t offset, size_t most, bool (*belongs)(char)) {
    size_t size = run_end(line, offset, most + 1, belongs) - offset;
    return size <= most ? size : 0;
}

/* Reads figures, a Roman numeral or a letter at offset into label; bytes read. */
static size_t read_member(pv_str line, size_t offset, pv_label *label) {
    char first = char_at(line, offset);
    if (pv_is_digit(first)) {
        size_t size = run_of(line, offset, MOST_FIGURES, pv_is_digit);
        label->kind = PV_LABEL_FIGURE;
        label->ordinal = number_of(pv_str_slice(line, offset, offset + size));
        label->letter = 0;
        return size;
    }
    bool capital = is_capital(first);
    size_t size = run_of(line, offset, LONGEST_ROMAN, capital ? is_capital : is_small);
    if (size == 0)
        return 0;
    unsigned roman = roman_value(pv_str_slice(line, offset, offset + size));
    if (roman == 0 && size > 1)
        return 0;
    unsigned letter = size == 1 ? (unsigned)(first - (capital ? 'A' : 'a')) + 1 : 0;
    label->kind = roman == 0 ? (capital ? PV_LABEL_LETTER : PV_LABEL_SMALL_LETTER)
                             : (capital ? PV_LABEL_ROMAN : PV_LABEL_SMALL_ROMAN);
    label->ordinal = roman > 0 ? roman : letter;
    label->letter = roman > 0 ? letter : 0;
    return size;
}

/* Reads further members, ".2" or ".B": figures after anything, a capital only after figures or a numeral ("II.A", not
 * "U.S."). */
static size_t read_members(pv_str line, size_t offset, pv_label *label) {
    size_t end = offset + read_member(line, offset, label);
    if (end == offset)
        return offset;
    label->level = 1;
    while (char_at(line, end) == '.') {
        char next = char_at(line, end + 1);
        pv_label member = *label;
        size_t size = pv_is_digit(next) || (is_capital(next) && label->kind == PV_LABEL_FIGURE)
                          ? read_member(line, end + 1, &member)
                          : 0;
        if (size == 0)
            break;
        label->ordinal = member.ordinal;
        label->letter = 0;
        label->kind = PV_LABEL_FIGURE;
        label->level++;
        end += 1 + size;
    }
    return end;
}

/* Sets how the label that ends at offset closes, and what it labels; false when it goes on without a gap. */
static bool read_close(pv_str line, size_t offset, bool named, pv_label *label) {
    size_t end = offset;
    label->close = PV_LABEL_OPEN;
    if (char_at(line, end) == '.' || (named && char_at(line, end) == ':')) {
        label->close = char_at(line, end) == '.' ? PV_LABEL_DOT : PV_LABEL_DASH;
        end++;
    } else if (char_at(line, end) == ')') {
        label->close = PV_LABEL_PAREN;
        end++;
    }
    label->size = end;
    label->after = pv_phrasing_skip_blanks(line, end);
    if (named && label->close == PV_LABEL_OPEN) {
        size_t length;
        uint32_t sign = pv_phrasing_character_at(line, label->after, &length);
        if (pv_phrasing_is_hyphen(sign) || sign == 0x2014 || sign == '|') {
            label->close = PV_LABEL_DASH;
            label->after = pv_phrasing_skip_blanks(line, label->after + length);
        }
    }
    return label->after > end || end == line.size || label->close == PV_LABEL_DASH;
}

/* Bytes of a name such as "Section" and the blank behind it; 0 without one. */
static size_t name_size(pv_str line, pv_label_kind *kind) {
    *kind = PV_LABEL_PART;
    if (pv_str_starts_with_ascii_folded(line, PV_STR("part ")))
        return pv_phrasing_skip_blanks(line, strlen("part"));
    *kind = PV_LABEL_NAMED;
    for (size_t i = 0; i < sizeof label_names / sizeof label_names[0]; i++) {
        pv_str name = pv_str_from(label_names[i]);
        size_t blanks = pv_phrasing_skip_blanks(line, name.size < line.size ? name.size : line.size);
        if (pv_str_starts_with_ascii_folded(line, name) && blanks > name.size)
            return blanks;
    }
    return 0;
}

pv_label pv_label_read(pv_str line) {
    const pv_label none = {0};
    pv_label label = none;
    pv_label_kind kind;
    size_t start = is_capital(char_at(line, 0)) || !is_small(char_at(line, 0)) ? name_size(line, &kind) : 0;
    size_t end = read_members(line, start, &label);
    if (end == start || !read_close(line, end, start > 0, &label))
        return none;
    if (start > 0) {
        label.kind = kind;
        label.letter = 0;
        return label;
    }
    bool bare = label.close == PV_LABEL_OPEN && label.level < 2;
    return bare || label.ordinal == 0 ? none : label;
}
