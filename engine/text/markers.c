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
#define KEYCAP 0x20E3u
#define FIRST_NAME_FORM 0x110000u /* no character */
/* Of labels: */
#define MOST_FIGURES 3 /* "2023." is a year */
#define LONGEST_ROMAN 7

/* At the start of a line. What a font of symbols has for a bullet comes from Word in the private use area. */
static const uint32_t bullets[] = {
    '*',    '+',    '-',    0xB7,   0xBB,   0x2013, 0x2014, 0x2015, 0x2022, 0x2023, 0x2043,
    0x2192, 0x2212, 0x2219, 0x25A0, 0x25A1, 0x25AA, 0x25AB, 0x25B6, 0x25B8, 0x25BA, 0x25C6,
    0x25C7, 0x25CB, 0x25CF, 0x25D8, 0x25E6, 0x2610, 0x2611, 0x2612, 0x2713, 0x2714, 0x2756,
    0x27A2, 0x27A4, 0x2B1B, 0x2B25, 0x2B9A, 0xF076, 0xF0A7, 0xF0B7, 0xF0D8, 0xF0E0, 0xF0FC,
};

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

/* What items are called by, in front of their number: "Step 1:", "Goal Two \u2013". */
static const char *const item_names[] = {
    "step",     "phase",     "stage",  "goal",        "objective",  "strategy",     "gap",        "group",
    "priority", "activity",  "action", "task",        "milestone",  "tier",         "population", "item",
    "option",   "challenge", "need",   "opportunity", "initiative", "intervention",
};

static const char *const ordinal_words[] = {"first", "second",  "third",  "fourth", "fifth",
                                            "sixth", "seventh", "eighth", "ninth",  "tenth"};
static const char *const ordinal_adverbs[] = {"firstly", "secondly", "thirdly", "fourthly", "fifthly", "sixthly"};
static const char *const ordinal_figures[] = {"1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th"};
static const char *const last_words[] = {"finally", "lastly", "last"};
static const char *const small_numbers[] = {"one",   "two",   "three", "four", "five",   "six",
                                            "seven", "eight", "nine",  "ten",  "eleven", "twelve"};

/* What after an ordinal says what is first: "First we train", "The second is \u2026". */
static const char *const ordinal_verbs[] = {"we",    "our",  "is", "are", "will",  "involves", "includes",
                                            "would", "they", "to", "by",  "comes", "concerns"};

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
    const pv_line_starts *starts;
    size_t next_start; /* the first of starts not before offset */
    size_t offset;
    unsigned paragraph;
    size_t open_parentheses; /* in this paragraph */
    bool at_line_start;      /* only blanks since the line feed */
    bool wrapped;            /* or since where a line of the source began */
    bool after_white_space;  /* or at the start of the text */
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

bool pv_marker_is_led(pv_str text, size_t offset) {
    size_t end;
    size_t start = token_before(text, offset, &end);
    if (start == end || !pv_phrasing_word_character_before(text, end))
        return true;
    return pv_phrasing_is_one_of(pv_str_slice(text, start, end), words_before_item,
                                 sizeof words_before_item / sizeof words_before_item[0], pv_str_equal_ascii_folded);
}

/* "1.1.6 (3)", "see 3)", "sections (a)": a marker that only refers. A bare number before it, as in "issue 12 (2)", may
 * also end what the item before says. */
static void set_reference(pv_str text, pv_marker *out) {
    size_t end;
    size_t start = token_before(text, out->at.start, &end);
    pv_str token = pv_str_slice(text, start, end);
    if (token.size == 0 || out->opens_line)
        return;
    pv_span word = pv_phrasing_word_before(text, out->at.start);
    out->refers = pv_phrasing_is_one_of(pv_str_slice(text, word.start, word.end), reference_words,
                                        sizeof reference_words / sizeof reference_words[0], pv_str_equal_ascii_folded);
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
    unsigned roman = roman_value(letters);
    out->roman = roman <= MOST_ROMAN ? roman : 0;
    return out->number > 0 || out->roman > 0;
}

/* What figures or letters say, in out; false when it is nothing. */
static bool read_sign(pv_str sign, pv_marker *out) {
    return pv_is_digit(sign.data[0]) ? read_figures(sign, out) : read_letters(sign, out);
}

static bool letter_or_number_follows(pv_str text, size_t offset) {
    size_t start = pv_phrasing_skip_blanks(text, offset);
    return pv_phrasing_word_character_at(text, start) ||
           (start < text.size && start > offset && (text.data[start] == '"' || text.data[start] == '('));
}

/* "1. \u2026" inside a line. A capital would be an initial there, and "i." ends "i.e.". */
static bool may_stand_inside(pv_str text, size_t start, size_t end) {
    return (pv_is_digit(text.data[start]) || (is_small(text.data[start]) && end == start + 1)) &&
           letter_or_number_follows(text, end + 1) && !pv_digit_at(text, pv_phrasing_skip_blanks(text, end + 1));
}

/* "(1)", "1)", "1.", "1.)", and at the start of a line "1:"; the same with letters. */
static bool read_enumerator(const marker_scan *scan, pv_marker *out) {
    pv_str text = scan->text;
    bool opened = char_at(text, scan->offset) == '(';
    size_t start = scan->offset + opened;
    size_t end = sign_end(text, start);
    char closing = char_at(text, end);
    if (end == start || (closing != ')' && closing != '.' && closing != ':') || (closing != ')' && opened))
        return false;
    bool dot_and_paren = closing == '.' && char_at(text, end + 1) == ')';
    if (closing != ')' && !dot_and_paren) {
        bool line = scan->at_line_start || scan->wrapped;
        if (!white_space_or_end_at(text, end + 1) || (closing == ':' && !line))
            return false;
        out->inside = !line;
        if (out->inside && !may_stand_inside(text, start, end))
            return false;
    }
    if ((closing == ')' || dot_and_paren) && !opened && scan->open_parentheses > 0)
        return false;
    if (!read_sign(pv_str_slice(text, start, end), out) || pv_phrasing_labels_number(text, scan->offset))
        return false;
    out->form = opened ? '(' : (uint32_t)closing;
    out->loose = dot_and_paren;
    out->at = (pv_span){(uint32_t)scan->offset, (uint32_t)(end + 1 + dot_and_paren)};
    return true;
}

/* "[1]", "#1", "1 \u2013" at the start of a line, a number with its keycap. */
static bool read_framed_figures(const marker_scan *scan, pv_marker *out) {
    pv_str text = scan->text;
    char first = char_at(text, scan->offset);
    bool framed = first == '[' || first == '#';
    size_t start = scan->offset + framed;
    size_t end = run_end(text, start, MOST_DIGITS, pv_is_digit);
    if (end == start || !read_figures(pv_str_slice(text, start, end), out))
        return false;
    out->form = (unsigned char)first;
    size_t length;
    if (first == '[') {
        if (char_at(text, end++) != ']')
            return false;
    } else if (first == '#') {
        char close = char_at(text, end);
        end += close == ':' || close == '.' || close == ')';
    } else if (pv_str_starts_with(pv_str_slice(text, end, text.size), PV_STR("\uFE0F\u20E3"))) {
        out->form = KEYCAP;
        end += strlen("\uFE0F\u20E3");
    } else {
        size_t dash = pv_phrasing_skip_blanks(text, end);
        uint32_t sign = pv_phrasing_character_at(text, dash, &length);
        bool dashed = pv_phrasing_is_hyphen(sign) || sign == 0x2014;
        if (dash == end || !dashed || !scan->at_line_start || !white_space_or_end_at(text, dash + length) ||
            pv_digit_at(text, pv_phrasing_skip_blanks(text, dash + length)))
            return false;
        out->form = '-';
        end = dash + length;
    }
    out->at = (pv_span){(uint32_t)scan->offset, (uint32_t)end};
    return !framed || pv_marker_is_led(text, scan->offset);
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

static bool read_bullet(const marker_scan *scan, pv_marker *out) {
    size_t length;
    pv_str text = scan->text;
    uint32_t character = pv_utf8_decode(text, scan->offset, &length);
    size_t end = scan->offset + length;
    bool line = scan->at_line_start || scan->wrapped;
    bool known = character == 'o';
    for (size_t i = 0; !known && i < sizeof bullets / sizeof bullets[0]; i++)
        known = character == bullets[i];
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

/* ---- markers in words ---- */

/* The position, from 1, of the word among words; 0 for none. */
static unsigned place_among(pv_str word, const char *const *words, size_t count) {
    char first = word.size > 0 ? pv_ascii_lower(word.data[0]) : '\0';
    for (unsigned i = 0; i < count; i++)
        if (words[i][0] == first && pv_str_equal_ascii_folded(word, pv_str_from(words[i])))
            return i + 1;
    return 0;
}

#define PLACE_AMONG(word, words) place_among(word, words, sizeof(words) / sizeof((words)[0]))

static size_t close_of_name(pv_str text, size_t end, bool bracketed) {
    char close = char_at(text, end);
    if (bracketed)
        return close == ']' || close == ')' ? end + 1 : end;
    if (close == ':' || close == ')' || (close == '.' && white_space_or_end_at(text, end + 1)))
        return end + 1;
    size_t length;
    size_t dash = pv_phrasing_skip_blanks(text, end);
    uint32_t sign = pv_phrasing_character_at(text, dash, &length);
    bool dashed = dash > end && (pv_phrasing_is_hyphen(sign) || sign == 0x2014);
    return sign == 0x2014 || (dashed && white_space_or_end_at(text, dash + length)) ? dash + length : end;
}

/* "Step 1:", "step two \u2013", "[step 3]"; without a sign behind it only where a sentence starts. */
static bool read_name(const marker_scan *scan, pv_marker *out) {
    pv_str text = scan->text;
    bool bracketed = char_at(text, scan->offset) == '[' || char_at(text, scan->offset) == '(';
    size_t start = scan->offset + bracketed;
    size_t end = pv_phrasing_word_end(text, start);
    unsigned name = PLACE_AMONG(pv_str_slice(text, start, end), item_names);
    size_t number = pv_phrasing_skip_blanks(text, end);
    number += char_at(text, number) == '#';
    if (name == 0 || number == end)
        return false;
    end = pv_phrasing_word_end(text, number);
    pv_str figures = pv_str_slice(text, number, end);
    size_t digits = run_end(text, number, MOST_DIGITS, pv_is_digit);
    out->number = digits == end && end > number ? number_of(figures) : PLACE_AMONG(figures, small_numbers);
    size_t close = close_of_name(text, end, bracketed);
    bool led = pv_marker_is_led(text, scan->offset);
    out->loose = close == end;
    if (out->number == 0 || (bracketed && close == end) || (!bracketed && !led) ||
        (out->loose && !letter_or_number_follows(text, end)))
        return false;
    out->kind = PV_MARKER_KIND_WORD;
    out->form = FIRST_NAME_FORM + name;
    out->inside = out->loose;
    out->at = (pv_span){(uint32_t)scan->offset, (uint32_t)close};
    return true;
}

/* "First,", "Secondly", "3rd:", "The second is", "Finally,". The last words are of any number, which is 0. */
static bool read_ordinal(const marker_scan *scan, pv_marker *out) {
    pv_str text = scan->text;
    size_t start = scan->offset;
    size_t end = pv_phrasing_word_end(text, start);
    bool article = pv_str_equal_ascii_folded(pv_str_slice(text, start, end), PV_STR("the"));
    if (article) {
        start = pv_phrasing_skip_blanks(text, end);
        end = pv_phrasing_word_end(text, start);
    }
    pv_str word = pv_str_slice(text, start, end);
    unsigned adverb = PLACE_AMONG(word, ordinal_adverbs);
    unsigned figure = PLACE_AMONG(word, ordinal_figures);
    out->number = adverb + figure + PLACE_AMONG(word, ordinal_words);
    bool last = PLACE_AMONG(word, last_words) > 0;
    if (out->number == 0 && !last)
        return false;
    char close = char_at(text, end);
    bool closed = !article && (close == ',' || close == ':' || (figure > 0 && close == ')'));
    size_t next = pv_phrasing_skip_blanks(text, end);
    pv_str verb = pv_str_slice(text, next, pv_phrasing_word_end(text, next));
    bool verbal = PLACE_AMONG(verb, ordinal_verbs) > 0 && (!last || article);
    bool adverbial = adverb > 0 || (last && !article && !pv_str_equal_ascii_folded(word, PV_STR("last")));
    if ((!closed && !verbal && !adverbial) || !pv_marker_is_led(text, scan->offset) ||
        white_space_or_end_at(text, next))
        return false;
    out->kind = PV_MARKER_KIND_WORD;
    out->form = FIRST_NAME_FORM;
    out->loose = !closed && adverb == 0 && !adverbial;
    out->inside = out->loose;
    out->at = (pv_span){(uint32_t)scan->offset, (uint32_t)(end + closed)};
    return true;
}

/* ---- all of them ---- */

static void begin_marker(const marker_scan *scan, pv_marker *out) {
    *out = (pv_marker){
        .opens_line = scan->at_line_start || scan->wrapped,
        .wrapped = scan->wrapped && !scan->at_line_start,
        .paragraph = scan->paragraph,
    };
}

static bool read_marker(const marker_scan *scan, pv_marker *out) {
    static bool (*const readers[])(const marker_scan *, pv_marker *) = {
        read_enumerator, read_bullet, read_framed_figures, read_enclosed, read_name, read_ordinal,
    };
    if (!scan->after_white_space)
        return false;
    bool read = false;
    for (size_t i = 0; !read && i < sizeof readers / sizeof readers[0]; i++) {
        begin_marker(scan, out);
        read = readers[i](scan, out);
    }
    if (!read)
        return false;
    size_t end = out->at.end;
    bool enclosed_sign = (unsigned char)scan->text.data[out->at.start] >= 0x80;
    bool glued = !white_space_or_end_at(scan->text, end) && pv_phrasing_word_character_at(scan->text, end);
    bool in_brackets = out->kind == PV_MARKER_KIND_WORD && scan->text.data[out->at.start] == '[';
    out->stands_free = glued || in_brackets || white_space_or_end_at(scan->text, end);
    out->loose |= glued && !enclosed_sign;
    if (glued && (out->kind == PV_MARKER_KIND_LETTERS || out->form == '(') &&
        !pv_marker_is_led(scan->text, out->at.start))
        out->stands_free = false; /* "f(a)b" */
    set_reference(scan->text, out);
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
        scan->wrapped = false;
    }
    if (scan->next_start < scan->starts->count && scan->starts->at[scan->next_start] <= scan->offset) {
        scan->wrapped = true;
        while (scan->next_start < scan->starts->count && scan->starts->at[scan->next_start] <= scan->offset)
            scan->next_start++;
    }
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
    marker_scan scan = {
        .text = text, .starts = starts ? starts : &none, .at_line_start = true, .after_white_space = true};
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

bool pv_marker_opens(pv_str line) {
    static const pv_line_starts none = {0};
    marker_scan scan = {.text = line, .starts = &none, .at_line_start = true, .after_white_space = true};
    pv_marker marker;
    if (line.size == 0 || !read_marker(&scan, &marker) || marker.kind == PV_MARKER_KIND_WORD || marker.loose)
        return false;
    bool initial = marker.form == '.' && marker.capital; /* "J. Smith" */
    return !initial && marker.at.end < line.size && white_space_or_end_at(line, marker.at.end);
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
