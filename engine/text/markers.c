#include "text/markers_p.h"

#include <string.h>

#include "base/array.h"
#include "base/digits.h"
#include "base/utf8.h"
#include "text/phrasing_p.h"
#include "text/signs_p.h"

#define MOST_DIGITS 2  /* "(100)" and "(2022)" are quantities or years */
#define MOST_LETTERS 5 /* "xviii" */
#define MOST_ROMAN 20u
#define KEYCAP 0x20E3u
#define MOST_BEFORE 9999u

/* At the start of a line. What a font of symbols has for a bullet comes from Word in the private use area. */
static const uint32_t bullets[] = {
    '*',    '+',    '-',    0xB7,   0xBB,   0x2013, 0x2014, 0x2015, 0x2022,  0x2023,  0x2043,  0x2192, 0x2212,
    0x2219, 0x25A0, 0x25A1, 0x25AA, 0x25AB, 0x25B6, 0x25B8, 0x25BA, 0x25C6,  0x25C7,  0x25CB,  0x25CF, 0x25D8,
    0x25E6, 0x2610, 0x2611, 0x2612, 0x2713, 0x2714, 0x2756, 0x2705, 0x27A2,  0x27A4,  0x2B1B,  0x2B25, 0x2B50,
    0x2B9A, 0x30FB, 0xF076, 0xF0A7, 0xF0B7, 0xF0D8, 0xF0E0, 0xF0FC, 0x1F449, 0x1F538, 0x1F539,
};

/* The same in two characters, as mail programs and keyboards without the sign write them, and the sign they stand for.
 */
static const struct {
    char first, second;
    uint32_t sign;
} written_bullets[] = {{'-', '>', 0x2192}, {'=', '>', 0x21D2}, {'-', '-', 0x2014}, {'*', '*', 0x2217}, {'~', ' ', '~'}};

/* The first of those that can be nothing else, so that they are bullets in a line of prose too. */
#define IS_CLEAR_BULLET(character) ((character) >= 0x2022 && (character) != 0x2192 && (character) != 0x2212)

/* One sign that is a number or a letter with its bracket, circle or dot: from its first to its last. */
static const struct {
    uint32_t first, last;
    unsigned number; /* of the first */
    bool letters;
} enclosed[] = {
    {0x2460, 0x2473, 1, false}, {0x2474, 0x2487, 1, false}, {0x2488, 0x249B, 1, false}, {0x249C, 0x24B5, 1, true},
    {0x24B6, 0x24CF, 1, true},  {0x24D0, 0x24E9, 1, true},  {0x24F5, 0x24FE, 1, false}, {0x2776, 0x277F, 1, false},
    {0x2780, 0x2789, 1, false}, {0x278A, 0x2793, 1, false},
};

/* The words before an item in running text: "will 1. connect, and 2. train". */
static const char *const words_before_item[] = {
    "and",      "or",        "will", "to",    "by",   "then",   "is",      "are",       "include",
    "includes", "including", "plus", "we",    "must", "shall",  "can",     "following", "follows",
    "steps",    "plan",      "need", "needs", "gaps", "groups", "finally", "lastly",
};

/* The words before a marker that is only referred to. */
static const char *const reference_words[] = {
    "see", "cf",     "sections", "subsection", "subsections", "paragraphs", "cfr",
    "usc", "prompt", "prompts",  "clause",     "clauses",     "measure",    "title",
};

/* ---- markers ---- */

/* Where the scan stands. */
typedef struct marker_scan {
    pv_str text;
    const pv_line_starts *starts;
    size_t next_start; /* the first of starts not before offset */
    size_t next_indent;
    unsigned indent; /* of the line that offset is in */
    size_t offset;
    unsigned paragraph;
    size_t open_parentheses; /* in this paragraph */
    bool at_line_start;      /* only blanks since the line feed */
    bool wrapped;            /* or since where a line of the source began */
    bool after_white_space;  /* or at the start of the text */
    const pv_marker_words *words;
} marker_scan;

static bool white_space_or_end_at(pv_str text, size_t offset) {
    size_t length;
    return offset >= text.size || pv_utf8_is_white_space(pv_utf8_decode(text, offset, &length));
}

/* Where the token before offset starts that white space parts from it; offset when a line or the text starts there. */
static size_t token_before(pv_str text, size_t offset, size_t *end) {
    *end = pv_phrasing_skip_blanks_back(text, offset);
    size_t start = *end;
    while (start > 0 && !white_space_or_end_at(text, pv_utf8_previous(text, start)))
        start = pv_utf8_previous(text, start);
    return start;
}

/* A letter, a number, or a quotation or bracket after a blank. */
bool pv_marker_item_follows(pv_str text, size_t offset) {
    size_t start = pv_phrasing_skip_blanks(text, offset);
    return pv_phrasing_word_character_at(text, start) ||
           (start < text.size && start > offset && (text.data[start] == '"' || text.data[start] == '('));
}

bool pv_marker_is_led(pv_str text, size_t offset) {
    size_t end;
    size_t start = token_before(text, offset, &end);
    if (start == end || !pv_phrasing_word_character_before(text, end))
        return true;
    return pv_phrasing_is_one_of(pv_str_slice(text, start, end), words_before_item,
                                 sizeof words_before_item / sizeof words_before_item[0], pv_str_equal_ascii_folded);
}

/* "1.1.6 (3)", "see 3)", "sections (a)", "three (3) sites": a marker that only refers. A bare number before
 * it, as in "issue 12 (2)", may also end what the item before says. */
static void set_reference(pv_str text, pv_marker *out) {
    size_t end;
    size_t start = token_before(text, out->at.start, &end);
    pv_str token = pv_str_slice(text, start, end);
    if (token.size == 0 || out->opens_line)
        return;
    pv_span word = pv_phrasing_word_before(text, out->at.start);
    out->refers = pv_phrasing_is_one_of(pv_str_slice(text, word.start, word.end), reference_words,
                                        sizeof reference_words / sizeof reference_words[0], pv_str_equal_ascii_folded);
    out->refers |= out->form == '(' && out->kind == PV_MARKER_KIND_NUMBER &&
                   pv_marker_number_word(pv_str_slice(text, word.start, word.end)) == out->number;
    if (out->form != '(' || !pv_is_digit(token.data[token.size - 1]))
        return;
    out->after_number = true;
    out->refers |= pv_is_digit(token.data[0]) &&
                   (pv_str_find(token, PV_STR("."), 0) != SIZE_MAX || pv_str_find(token, PV_STR("-"), 0) != SIZE_MAX);
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
    unsigned roman = pv_roman_value(letters);
    out->roman = roman <= MOST_ROMAN ? roman : 0;
    return out->number > 0 || out->roman > 0;
}

/* "Section 1)", "No. (1)"; not "there is no 1) x". */
static bool is_labelled(pv_str text, size_t offset) {
    pv_span before = pv_phrasing_word_before(text, offset);
    bool denies =
        pv_str_equal(pv_str_slice(text, before.start, before.end), PV_STR("no")) && char_at(text, before.end) != '.';
    return !denies && pv_phrasing_labels_number(text, offset);
}

/* What figures or letters say, in out; false when it is nothing. */
static bool read_sign(pv_str sign, pv_marker *out) {
    return pv_is_digit(sign.data[0]) ? read_figures(sign, out) : read_letters(sign, out);
}

/* White space or the end, or signs of emphasis before it: "**1.** connect". */
static bool is_free_at(pv_str text, size_t offset) {
    while (char_at(text, offset) == '*' || char_at(text, offset) == '_')
        offset++;
    return white_space_or_end_at(text, offset);
}

/* Where a sentence or a part of one ends, or a number does: "c. 8,600 d. 60,000". */
static bool is_parted(pv_str text, size_t offset) {
    size_t end = pv_phrasing_skip_blanks_back(text, offset);
    char before = end > 0 ? text.data[end - 1] : '\n';
    return before == '.' || before == ';' || before == ':' || before == '!' || before == '?' || before == ')' ||
           before == '\n' || pv_is_digit(before);
}

/* "A. Smith," "B. Jones signed" and "C. Lee." at the end: what may as well be an initial. */
static bool is_initial(pv_str text, size_t end) {
    size_t start = pv_phrasing_skip_blanks(text, end);
    size_t after = pv_phrasing_word_end(text, start);
    size_t next = pv_phrasing_skip_blanks(text, after);
    pv_str word = pv_str_slice(text, next, pv_phrasing_word_end(text, next));
    bool ends = word.size == 0 || pv_str_equal_ascii_folded(word, PV_STR("and")) || is_capital(word.data[0]) ||
                pv_str_ends_with(word, PV_STR("ed"));
    return is_capital(char_at(text, start)) && ends;
}

/* "1. \u2026" inside a line, and "ii.", which can be nothing else; a capital only where it is parted, as it would be an
 * initial elsewhere. "i." ends "i.e.". */
static bool may_stand_inside(pv_str text, size_t start, size_t end, pv_marker *out) {
    bool small = is_small(text.data[start]);
    bool capital = is_capital(text.data[start]);
    bool alone = end == start + 1;
    if (!pv_marker_item_follows(text, end + 1))
        return false;
    if (pv_is_digit(text.data[start]))
        return !pv_digit_at(text, pv_phrasing_skip_blanks(text, end + 1));
    bool roman = !alone && pv_roman_value(pv_str_slice(text, start, end)) > 0;
    out->strict = capital;
    out->initial = capital && alone && is_initial(text, end + 1);
    return roman || (alone && (small || is_parted(text, start)));
}

/* "1.connect" at the start of a line. */
static bool glued_to_dot(const marker_scan *scan, size_t start, size_t end, pv_marker *out) {
    pv_str text = scan->text;
    if (!scan->at_line_start || char_at(text, end) != '.' || !pv_is_digit(text.data[start]) ||
        !pv_ascii_is_letter(char_at(text, end + 1)) || !read_figures(pv_str_slice(text, start, end), out))
        return false;
    out->form = '.';
    out->loose = true;
    out->at = (pv_span){(uint32_t)scan->offset, (uint32_t)end + 1};
    return true;
}

/* How an enumerator closes, as it is written. */
typedef struct enumerator_close {
    pv_str written;
    char form;
    bool loose;
    bool line; /* at the start of a line alone, before white space */
} enumerator_close;

static const enumerator_close *close_at(pv_str text, size_t offset, bool line) {
    static const enumerator_close closes[] = {
        {PV_STR(")."), ')', true, true},  {PV_STR("):"), ')', true, true},  {PV_STR(")-"), ')', true, true},
        {PV_STR("-)"), ')', true, false}, {PV_STR(".)"), '.', true, false}, {PV_STR(".-"), '.', true, true},
        {PV_STR(")"), ')', false, false}, {PV_STR("."), '.', false, false}, {PV_STR(":"), ':', false, false},
        {PV_STR("/"), '/', false, true},  {PV_STR(">"), '>', false, true},  {PV_STR("|"), '|', false, true},
        {PV_STR(" |"), '|', false, true}, {PV_STR("\t"), '\t', true, true},
    };
    pv_str rest = pv_str_slice(text, offset, text.size);
    char first = char_at(text, offset);
    for (size_t i = 0; i < sizeof closes / sizeof closes[0]; i++) {
        if (closes[i].written.data[0] != first || !pv_str_starts_with(rest, closes[i].written))
            continue;
        size_t end = offset + closes[i].written.size;
        bool blank = closes[i].form == '\t' ? pv_phrasing_word_character_at(text, end) : is_free_at(text, end);
        if (!closes[i].line || (line && blank))
            return &closes[i];
    }
    return NULL;
}

/* "(1)", "1)", "1.", "1.)", "1:"; the same with letters. */
static bool read_enumerator(const marker_scan *scan, pv_marker *out) {
    pv_str text = scan->text;
    bool opened = char_at(text, scan->offset) == '(';
    bool line = scan->at_line_start || scan->wrapped;
    size_t start = scan->offset + opened;
    size_t end = sign_end(text, start);
    const enumerator_close *close = end > start ? close_at(text, end, scan->at_line_start && !opened) : NULL;
    if (!close)
        return false;
    size_t after = end + close->written.size;
    bool bracket = text.data[after - 1] == ')' || close->form == ')';
    if (opened && !bracket)
        return false;
    if ((close->line || close->form == '\t') && !pv_is_digit(text.data[start]))
        return false;
    if (!bracket && !close->line) {
        if (!is_free_at(text, after))
            return glued_to_dot(scan, start, end, out);
        out->inside = !line;
        if (out->inside && !may_stand_inside(text, start, end, out))
            return false;
        out->strict |= out->inside && close->form == ':';
        if (out->inside && close->form == ':' && (end > start + 1 || !is_parted(text, start)))
            return false;
    }
    if (bracket && !opened && scan->open_parentheses > 0)
        return false;
    bool padded = end == start + 2 && text.data[start] == '0'; /* "01." */
    if (!read_sign(pv_str_slice(text, start + padded, end), out) || is_labelled(text, scan->offset))
        return false;
    out->form = opened ? '(' : (unsigned char)close->form;
    out->loose = close->loose;
    out->at = (pv_span){(uint32_t)scan->offset, (uint32_t)(close->form == '\t' ? end : after)};
    return true;
}

/* What makes a decimal of figures with a dot, and of a number with a hyphen a measure: no items. */
static bool measures(pv_str word) {
    static const char *const units[] = {
        "million", "billion", "thousand", "percent", "fte",   "ftes",  "points", "times", "year",    "years",
        "month",   "months",  "day",      "days",    "hour",  "hours", "week",   "weeks", "bedroom", "person",
        "to",      "on",      "and",      "or",      "bed",   "page",  "point",  "step",  "time",    "way",
        "hr",      "member",  "minute",   "mile",    "story", "unit",  "star",   "tier",  "level",   "x",
    };
    return pv_phrasing_is_one_of(word, units, sizeof units / sizeof units[0], pv_str_equal_ascii_folded);
}

static bool is_measure_at(pv_str text, size_t offset) {
    size_t start = pv_phrasing_skip_blanks(text, offset);
    return measures(pv_str_slice(text, start, pv_phrasing_word_end(text, start)));
}

/* "1.1 connect", "1.1.2.", "1a)", "1.a." at the start of a line: those with the same members before the last are of one
 * list. */
static bool read_compound(const marker_scan *scan, pv_marker *out) {
    pv_str text = scan->text;
    if (!scan->at_line_start && !scan->wrapped)
        return false;
    uint32_t before = 0;
    size_t start = scan->offset;
    size_t end = run_end(text, start, MOST_DIGITS, pv_is_digit);
    while (end > start && char_at(text, end) == '.' && pv_digit_at(text, end + 1) && before <= MOST_BEFORE) {
        before = before * 100 + number_of(pv_str_slice(text, start, end));
        start = end + 1;
        end = run_end(text, start, MOST_DIGITS, pv_is_digit);
    }
    if (end == start)
        return false;
    size_t letter = end + (char_at(text, end) == '.');
    bool lettered = is_small(char_at(text, letter)) || is_capital(char_at(text, letter));
    if (lettered) {
        before = before * 100 + number_of(pv_str_slice(text, start, end));
        start = letter;
        end = letter + 1;
    }
    char close = char_at(text, end);
    bool closed = close == '.' || close == ')' || close == ':';
    if (before == 0 || before > MOST_BEFORE * 100 || (lettered && !closed) || !is_free_at(text, end + closed) ||
        !pv_marker_item_follows(text, end + closed) || pv_digit_at(text, pv_phrasing_skip_blanks(text, end + closed)))
        return false;
    if ((!lettered && is_measure_at(text, end + closed)) || !read_sign(pv_str_slice(text, start, end), out))
        return false;
    out->roman = 0;
    out->form = (lettered ? PV_FIRST_LETTERED_FORM : PV_FIRST_COMPOUND_FORM) + before;
    out->at = (pv_span){(uint32_t)scan->offset, (uint32_t)(end + closed)};
    return true;
}

/* The sign of ASCII that stands for a character in full width; 0 for any other. */
static char narrow(uint32_t character) {
    if (character == 0x3001 || character == 0x3002)
        return '.';
    return character > 0xFF00 && character < 0xFF5F ? (char)(character - 0xFF00 + 0x20) : '\0';
}

/* "１．", "（2）", "3、": what has a sign in full width needs no white space behind it. */
static bool read_wide(const marker_scan *scan, pv_marker *out) {
    pv_str text = scan->text;
    char signs[MOST_DIGITS + 2];
    size_t count = 0;
    bool wide = false;
    size_t end = scan->offset;
    bool closed = false;
    for (size_t length; !closed && count < sizeof signs; end += length) {
        uint32_t character = pv_phrasing_character_at(text, end, &length);
        char sign = length == 1 ? (char)character : narrow(character);
        bool known = pv_is_digit(sign) || is_small(sign) || is_capital(sign) || (sign == '(' && count == 0);
        closed = count > 0 && (sign == ')' || sign == '.' || sign == ':');
        wide |= length > 1;
        if (!known && !closed)
            return false;
        signs[count++] = sign;
    }
    bool opened = signs[0] == '(';
    char close = signs[count - 1];
    pv_str sign = pv_str_slice((pv_str){signs, count}, opened, count - 1);
    bool letters = sign.size > 0 && !pv_is_digit(sign.data[0]);
    if (!closed || !wide || sign.size == 0 || (opened && close != ')') || (letters && sign.size > 1) ||
        (close != ')' && pv_digit_at(text, end)) || !read_sign(sign, out))
        return false;
    out->form = opened ? '(' : (unsigned char)close;
    out->inside = !scan->at_line_start && !scan->wrapped && close != ')';
    out->at = (pv_span){(uint32_t)scan->offset, (uint32_t)end};
    return true;
}

/* "[1]" and "[a]", "#1", a number with its keycap. */
static bool read_framed(const marker_scan *scan, pv_marker *out) {
    pv_str text = scan->text;
    char first = char_at(text, scan->offset);
    bool framed = first == '[' || first == '#';
    size_t start = scan->offset + framed;
    size_t end = first == '[' ? sign_end(text, start) : run_end(text, start, MOST_DIGITS, pv_is_digit);
    if (end == start || !read_sign(pv_str_slice(text, start, end), out))
        return false;
    out->form = (unsigned char)first;
    if (first == '[') {
        if (char_at(text, end++) != ']')
            return false;
    } else if (first == '#') {
        char close = char_at(text, end);
        end += close == ':' || close == '.' || close == ')';
    } else {
        if (!pv_str_starts_with(pv_str_slice(text, end, text.size), PV_STR("\uFE0F\u20E3")))
            return false;
        out->form = KEYCAP;
        end += strlen("\uFE0F\u20E3");
    }
    out->at = (pv_span){(uint32_t)scan->offset, (uint32_t)end};
    return !framed || pv_marker_is_led(text, scan->offset);
}

/* "1 \u2013 x", "1- x", "1-x", "a \u2013 x" at the start of a line; with white space behind it where a part of a
 * sentence begins. Not "3 \u2013 4 partners", "1- and 2-year". */
static bool read_dashed(const marker_scan *scan, pv_marker *out) {
    pv_str text = scan->text;
    bool line = scan->at_line_start || scan->wrapped;
    size_t end = sign_end(text, scan->offset);
    size_t dash = pv_phrasing_skip_blanks(text, end);
    size_t length;
    uint32_t sign = pv_phrasing_character_at(text, dash, &length);
    bool figures = pv_digit_at(text, scan->offset);
    bool glued = !white_space_or_end_at(text, dash + length);
    if (end == scan->offset || (!pv_phrasing_is_hyphen(sign) && sign != 0x2014) || (!figures && end > scan->offset + 1))
        return false;
    bool opens = scan->at_line_start || (scan->wrapped && is_capital(char_at(text, dash + length)));
    if (glued && (dash > end || !figures || !opens || !pv_phrasing_word_character_at(text, dash + length)))
        return false;
    if ((!line && !is_parted(text, scan->offset) && !pv_marker_is_led(text, scan->offset)) ||
        (figures &&
         (is_measure_at(text, dash + length) || pv_digit_at(text, pv_phrasing_skip_blanks(text, dash + length)))) ||
        !read_sign(pv_str_slice(text, scan->offset, end), out) || is_labelled(text, scan->offset))
        return false;
    out->roman = 0;
    out->form = '-';
    out->loose = glued;
    out->inside = out->strict = !line;
    out->at = (pv_span){(uint32_t)scan->offset, (uint32_t)(dash + length)};
    return true;
}

static bool read_enclosed(const marker_scan *scan, pv_marker *out) {
    size_t length;
    uint32_t sign = pv_phrasing_character_at(scan->text, scan->offset, &length);
    for (size_t i = 0; sign >= 0x80 && i < sizeof enclosed / sizeof enclosed[0]; i++) {
        if (sign < enclosed[i].first || sign > enclosed[i].last)
            continue;
        out->kind = enclosed[i].letters ? PV_MARKER_KIND_LETTERS : PV_MARKER_KIND_NUMBER;
        out->number = sign - enclosed[i].first + enclosed[i].number;
        out->form = enclosed[i].first;
        out->at = (pv_span){(uint32_t)scan->offset, (uint32_t)(scan->offset + length)};
        return true;
    }
    return false;
}

static bool is_bullet(uint32_t character) {
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++)
        if (character == bullets[i])
            return true;
    return false;
}

bool pv_markers_open_with_bullet(pv_str line) {
    size_t length;
    return line.size > 0 && is_bullet(pv_utf8_decode(line, 0, &length)) && line.size > length &&
           white_space_or_end_at(line, length);
}

static bool read_bullet(const marker_scan *scan, pv_marker *out) {
    size_t length;
    pv_str text = scan->text;
    uint32_t character = pv_utf8_decode(text, scan->offset, &length);
    size_t end = scan->offset + length;
    bool line = scan->at_line_start || scan->wrapped;
    bool known = character == 'o';
    for (size_t i = 0; scan->at_line_start && i < sizeof written_bullets / sizeof written_bullets[0]; i++) {
        bool measure = character == '~' && pv_digit_at(text, end + 1);
        bool two =
            !measure && (char)character == written_bullets[i].first && char_at(text, end) == written_bullets[i].second;
        if (!two || character >= 0x80)
            continue;
        known = true;
        character = written_bullets[i].sign;
        end += character != '~';
        break;
    }
    known = known || is_bullet(character);
    bool inside = !line && IS_CLEAR_BULLET(character);
    bool blank = white_space_or_end_at(text, end);
    bool glued = !blank && pv_phrasing_word_character_at(text, end) && !pv_digit_at(text, end) &&
                 (IS_CLEAR_BULLET(character) || (character == '-' && scan->at_line_start));
    if (!known || (!line && !inside) || (!blank && !glued))
        return false;
    out->kind = PV_MARKER_KIND_BULLET;
    out->form = character;
    out->inside = inside;
    out->at = (pv_span){(uint32_t)scan->offset, (uint32_t)end};
    return true;
}

/* ---- all of them ---- */

static void begin_marker(const marker_scan *scan, pv_marker *out) {
    *out = (pv_marker){
        .opens_line = scan->at_line_start || scan->wrapped,
        .wrapped = scan->wrapped && !scan->at_line_start,
        .indent = scan->at_line_start ? scan->indent : 0,
        .paragraph = scan->paragraph,
    };
}

/* What may begin with a sign. Most words begin with a letter, and for a letter alone most are over at once. */
static bool read_by_sign(const marker_scan *scan, pv_marker *out) {
    typedef bool marker_reader(const marker_scan *, pv_marker *);
    static marker_reader *const of_letters[] = {read_enumerator, read_dashed, NULL};
    static marker_reader *const of_figures[] = {read_enumerator, read_framed, read_dashed,
                                                read_compound,   read_wide,   NULL};
    static marker_reader *const of_brackets[] = {read_enumerator, read_framed, read_wide, NULL};
    static marker_reader *const of_others[] = {read_bullet, read_enclosed, read_wide, NULL};
    char first = scan->text.data[scan->offset];
    marker_reader *const *readers = of_others;
    if (pv_ascii_is_letter(first)) {
        size_t end = sign_end(scan->text, scan->offset);
        char after = char_at(scan->text, end);
        bool closed = after == ')' || after == '.' || after == ':' || after == '-';
        bool alone = end == scan->offset + 1;
        bool word = !closed && (!alone || pv_ascii_is_letter_or_digit(after));
        bool bullet = first == 'o' && read_bullet(scan, out);
        if (bullet || word)
            return bullet;
        readers = of_letters;
    } else if (pv_is_digit(first)) {
        readers = of_figures;
    } else if (first == '(' || first == '[' || first == '#') {
        readers = of_brackets;
    }
    for (; *readers; readers++) {
        begin_marker(scan, out);
        if ((*readers)(scan, out))
            return true;
    }
    return false;
}

static bool read_marker(const marker_scan *scan, pv_marker *out) {
    if (!scan->after_white_space || white_space_or_end_at(scan->text, scan->offset))
        return false;
    begin_marker(scan, out);
    bool read = read_by_sign(scan, out);
    if (!read) {
        begin_marker(scan, out);
        read = pv_marker_read_words(scan->words, scan->text, scan->offset, out);
    }
    if (!read)
        return false;
    size_t end = out->at.end;
    bool enclosed_sign =
        (unsigned char)scan->text.data[out->at.start] >= 0x80 || (unsigned char)scan->text.data[end - 1] >= 0x80;
    bool glued = !white_space_or_end_at(scan->text, end) && pv_phrasing_word_character_at(scan->text, end);
    bool in_brackets = out->kind == PV_MARKER_KIND_WORD && pv_marker_is_bracketed(scan->text, out);
    out->stands_free = glued || in_brackets || is_free_at(scan->text, end);
    out->loose |= glued && !enclosed_sign;
    if (glued && (out->kind == PV_MARKER_KIND_LETTERS || out->form == '(') && !enclosed_sign &&
        !pv_marker_is_led(scan->text, out->at.start))
        out->stands_free = false; /* "f(a)b" */
    set_reference(scan->text, out);
    return true;
}

/* "> 1. connect" of a quoted mail, "## 1. connect" and "**1.** connect" of Markdown: what stands before the marker. */
static bool leaves_line_start(pv_str text, uint32_t character, size_t after) {
    if (character == '>' || character == '#')
        return char_at(text, after) == ' ' || char_at(text, after) == (char)character;
    return (character == '*' || character == '_') && !white_space_or_end_at(text, after);
}

/* The indent of the line that begins at offset. */
static void read_indent(marker_scan *scan) {
    const pv_line_starts *starts = scan->starts;
    while (scan->next_indent < starts->indent_count && starts->indents[scan->next_indent].at <= scan->offset) {
        if (starts->indents[scan->next_indent].at == scan->offset)
            scan->indent = starts->indents[scan->next_indent].columns;
        scan->next_indent++;
    }
}

static void step_over_character(marker_scan *scan) {
    size_t word = scan->offset;
    while (word < scan->text.size && pv_ascii_is_letter_or_digit(scan->text.data[word]))
        word++;
    if (word > scan->offset) {
        scan->offset = word;
        scan->after_white_space = scan->at_line_start = scan->wrapped = false;
        return;
    }
    size_t length;
    uint32_t character = pv_utf8_decode(scan->text, scan->offset, &length);
    scan->offset += length;
    if (character == '(')
        scan->open_parentheses++;
    else if (character == ')' && scan->open_parentheses > 0)
        scan->open_parentheses--;
    scan->after_white_space = pv_utf8_is_white_space(character);
    if (character == '\n') {
        scan->indent = 0;
        scan->paragraph += !scan->at_line_start;
        scan->open_parentheses = 0;
        scan->at_line_start = true;
    } else if ((scan->at_line_start || scan->wrapped) && leaves_line_start(scan->text, character, scan->offset)) {
        scan->after_white_space = true;
    } else if (!scan->after_white_space) {
        scan->at_line_start = false;
        scan->wrapped = false;
    }
    read_indent(scan);
    if (scan->next_start < scan->starts->count && scan->starts->at[scan->next_start] <= scan->offset) {
        scan->wrapped = true;
        while (scan->next_start < scan->starts->count && scan->starts->at[scan->next_start] <= scan->offset)
            scan->next_start++;
    }
}

/* Whether the word that ends at end, of these kinds, may begin a marker: "the" only before an ordinal or another such
 * word. */
static bool may_begin_marker(const marker_scan *scan, size_t end, unsigned kinds) {
    const pv_str text = scan->text;
    const size_t next = end + 1;
    if (kinds != PV_MARKER_WORD_LEAD || char_at(text, end) != ' ' || !pv_ascii_is_letter_or_digit(char_at(text, next)))
        return kinds != 0;
    size_t next_end = next;
    while (next_end < text.size && pv_ascii_is_letter_or_digit(text.data[next_end]))
        next_end++;
    return (pv_marker_word_kinds(scan->words, pv_str_slice(text, next, next_end)) &
            (PV_MARKER_WORD_LEAD | PV_MARKER_WORD_ORDINAL)) != 0;
}

/* Steps over a word of which it is sure at first sight that it begins no marker, as of nearly all: two letters or more
 * that nothing behind them makes a sign, and no word that markers are made of. */
static bool step_over_word(marker_scan *scan) {
    const pv_str text = scan->text;
    size_t end = scan->offset;
    if (!scan->after_white_space || !pv_ascii_is_letter(text.data[end]))
        return false;
    while (end < text.size && pv_ascii_is_letter(text.data[end]))
        end++;
    const char after = char_at(text, end);
    if (end < scan->offset + 2 || after == ')' || after == '.' || after == ':' || after == '-' || pv_is_digit(after) ||
        may_begin_marker(scan, end, pv_marker_word_kinds(scan->words, pv_str_slice(text, scan->offset, end))))
        return false;
    scan->offset = end;
    scan->after_white_space = scan->at_line_start = scan->wrapped = false;
    return true;
}

static void step_over_marker(marker_scan *scan, const pv_marker *marker) {
    scan->offset = marker->at.end;
    scan->after_white_space = false;
    scan->at_line_start = false;
    scan->wrapped = false;
}

bool pv_markers_find(pv_arena *arena, pv_str text, const pv_line_starts *starts, pv_marker_list *out, pv_error *error) {
    static const pv_line_starts none = {0};
    pv_buf found = pv_gather_start(arena);
    pv_marker_words words;
    pv_marker_words_set_up(&words);
    marker_scan scan = {.text = text,
                        .starts = starts ? starts : &none,
                        .at_line_start = true,
                        .after_white_space = true,
                        .words = &words};
    read_indent(&scan);
    while (scan.offset < text.size) {
        pv_marker marker;
        if (step_over_word(&scan))
            continue;
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

bool pv_marker_opens(pv_str line) {
    static const pv_line_starts none = {0};
    pv_marker_words words;
    marker_scan scan = {
        .text = line, .starts = &none, .at_line_start = true, .after_white_space = true, .words = &words};
    pv_marker_words_set_up(&words);
    while (scan.offset < line.size && leaves_line_start(line, (unsigned char)line.data[scan.offset], scan.offset + 1))
        scan.offset = pv_phrasing_skip_blanks(line, scan.offset + 1);
    pv_marker marker;
    if (scan.offset >= line.size || !read_marker(&scan, &marker))
        return false;
    if (marker.kind == PV_MARKER_KIND_WORD) /* "Step 2: train"; not "second, we" */
        return pv_marker_is_named(&marker) && is_capital(line.data[scan.offset]);
    bool initial = marker.form == '.' && marker.capital;                          /* "J. Smith" */
    bool insertion = marker.form == '[' && marker.kind == PV_MARKER_KIND_LETTERS; /* "as [a] matter of course" */
    bool dashed = marker.form == '-' && marker.number > 0 && marker.number < 10;  /* "1-Train"; not "24-Hour" */
    if (marker.loose && dashed)
        return is_capital(char_at(line, marker.at.end));
    return !marker.loose && !initial && !insertion && marker.at.end < line.size && is_free_at(line, marker.at.end);
}
