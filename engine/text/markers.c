#include "text/markers.h"

#include "base/utf8.h"
#include "text/gather.h"
#include "text/phrasing.h"

#define MOST_DIGITS 2  /* "(100)" and "(2022)" are quantities or years */
#define MOST_LETTERS 5 /* "xviii" */

static const char *const roman_numerals[] = {
    "i",  "ii",  "iii",  "iv",  "v",  "vi",  "vii",  "viii",  "ix",  "x",
    "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
};

static const uint32_t bullets[] = {0x2022 /* • */, 0x2013 /* – */, '-', '*'};

/* Where the scan stands. */
typedef struct marker_scan {
    pv_str text;
    size_t offset;
    unsigned paragraph;
    size_t open_parentheses; /* in this paragraph */
    bool at_line_start;      /* only blanks since the line feed */
    bool after_white_space;  /* or at the start of the text */
} marker_scan;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/* The byte at offset, or a NUL past the end. */
static char char_at(pv_str text, size_t offset) {
    if (offset >= text.size)
        return '\0';
    return text.data[offset];
}

static bool white_space_or_end_at(pv_str text, size_t offset) {
    size_t length;
    return offset >= text.size || pv_utf8_is_white_space(pv_utf8_decode(text, offset, &length));
}

static unsigned roman_value(pv_str letters) {
    for (unsigned i = 0; i < sizeof roman_numerals / sizeof roman_numerals[0]; i++)
        if (pv_str_equal_ascii_folded(letters, pv_str_from(roman_numerals[i])))
            return i + 1;
    return 0;
}

static size_t run_end(pv_str text, size_t start, size_t longest, bool (*belongs)(char)) {
    size_t end = start;
    while (end - start < longest && belongs(char_at(text, end)))
        end++;
    return end;
}

/* End of the figures, or of the letters of one case, at start; start when there are none. */
static size_t label_end(pv_str text, size_t start) {
    char first = char_at(text, start);
    if (is_digit(first))
        return run_end(text, start, MOST_DIGITS, is_digit);
    return run_end(text, start, MOST_LETTERS, is_capital(first) ? is_capital : is_lower);
}

static bool read_figures(pv_str figures, pv_marker *out) {
    out->kind = PV_MARKER_KIND_NUMBER;
    for (size_t i = 0; i < figures.size; i++)
        out->number = out->number * 10 + (unsigned)(figures.data[i] - '0');
    return figures.data[0] != '0';
}

static bool read_letters(pv_str letters, pv_marker *out) {
    out->kind = PV_MARKER_KIND_LETTERS;
    out->capital = is_capital(letters.data[0]);
    if (letters.size == 1)
        out->number = (unsigned)(letters.data[0] - (out->capital ? 'A' : 'a')) + 1;
    out->roman = roman_value(letters);
    return out->number > 0 || out->roman > 0;
}

/* What a label says, in out; false when it says nothing. */
static bool read_label(pv_str label, pv_marker *out) {
    return is_digit(label.data[0]) ? read_figures(label, out) : read_letters(label, out);
}

static bool read_enumerator(const marker_scan *scan, pv_marker *out) {
    pv_str text = scan->text;
    bool opened = char_at(text, scan->offset) == '(';
    size_t start = scan->offset + opened;
    size_t end = label_end(text, start);
    char closing = char_at(text, end);
    if (end == start || (closing != ')' && closing != '.'))
        return false;
    if (closing == '.' && (opened || !scan->at_line_start || !white_space_or_end_at(text, end + 1)))
        return false;
    if (closing == ')' && !opened && scan->open_parentheses > 0)
        return false;
    if (!read_label(pv_str_slice(text, start, end), out) || pv_phrasing_labels_number(text, scan->offset))
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
