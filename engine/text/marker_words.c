#include <string.h>

#include "base/digits.h"
#include "base/utf8.h"
#include "text/markers_p.h"
#include "text/phrasing_p.h"
#include "text/signs_p.h"

#define MOST_DIGITS 2
#define FIRST_NAME_FORM 0x110000u /* no character */
#define FORMS_OF_NAME 3u          /* "Step 1" and "Step one", "Step A", "Step I" */
#define LONGEST_WORD 14u

/* What items are called by, in front of their number: "Step 1:", "Goal Two \u2013". */
static const char *const item_names[] = {
    "step",     "phase",     "stage",        "goal",        "objective",      "strategy",  "gap",        "group",
    "priority", "activity",  "action",       "task",        "milestone",      "tier",      "population", "item",
    "option",   "challenge", "need",         "opportunity", "initiative",     "disparity", "barrier",    "limitation",
    "approach", "tactic",    "intervention", "deliverable", "recommendation", "solution",  "component",  "point"};

/* What may stand before such a name: "Key step 1:". */
static const char *const qualifiers[] = {"key",  "action", "main",     "major",   "concrete",
                                         "next", "core",   "specific", "planned", "process"};

/* What only says that a number follows: "No. 1: x". */
static const char *const number_names[] = {"no", "nr", "number", "num"};

static const char *const ordinal_words[] = {"first", "second",  "third",  "fourth", "fifth",
                                            "sixth", "seventh", "eighth", "ninth",  "tenth"};
static const char *const ordinal_adverbs[] = {"firstly", "secondly", "thirdly", "fourthly", "fifthly", "sixthly"};
static const char *const ordinal_figures[] = {"1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th"};
static const char *const last_words[] = {"finally", "lastly", "last"};
static const char *const small_numbers[] = {"one",   "two",   "three", "four", "five",   "six",
                                            "seven", "eight", "nine",  "ten",  "eleven", "twelve"};

/* What may stand before an ordinal whose item is named: "Our first step is", "In the second phase, we". */
static const char *const determiners[] = {"the", "our", "a", "an", "its", "my", "their"};
static const char *const prefixes[] = {"in", "as", "for", "under", "during"};

/* What after an ordinal says what is first: "First we train", "The second is \u2026". */
static const char *const ordinal_verbs[] = {"we",    "our",  "is", "are", "will",  "involves", "includes",
                                            "would", "they", "to", "by",  "comes", "concerns"};

/* What a first, second and third one is that is no item. */
static const char *const counted_others[] = {"quarter", "quarters", "half",  "year",   "years",
                                             "floor",   "grade",    "shift", "month",  "week",
                                             "day",     "place",    "time",  "cohort", "round"};

/* The position, from 1, of the word among words; 0 for none. */
static unsigned place_among(pv_str word, const char *const *words, size_t count) {
    char first = word.size > 0 ? pv_ascii_lower(word.data[0]) : '\0';
    for (unsigned i = 0; i < count; i++)
        if (words[i][0] == first && pv_str_equal_ascii_folded(word, pv_str_from(words[i])))
            return i + 1;
    return 0;
}

#define PLACE_AMONG(word, words) place_among(word, words, sizeof(words) / sizeof((words)[0]))

/* Small and capital letters of ASCII agree in that. */
static size_t letter_kind(char letter) {
    return (unsigned char)letter % PV_MARKER_WORD_LETTERS;
}

static void add_words(pv_marker_words *out, unsigned kind, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const size_t length = strlen(words[i]);
        out->first[kind][letter_kind(words[i][0])] |= (uint16_t)(1u << length);
        out->last[kind][letter_kind(words[i][length - 1])] |= (uint16_t)(1u << length);
    }
}

#define ADD_WORDS(kind, words) add_words(out, kind, words, sizeof(words) / sizeof((words)[0]))

void pv_marker_words_set_up(pv_marker_words *out) {
    enum { NAME, ORDINAL, LEAD };
    *out = (pv_marker_words){0};
    ADD_WORDS(NAME, item_names);
    ADD_WORDS(NAME, number_names);
    ADD_WORDS(NAME, qualifiers);
    ADD_WORDS(ORDINAL, ordinal_words);
    ADD_WORDS(ORDINAL, ordinal_adverbs);
    ADD_WORDS(ORDINAL, ordinal_figures);
    ADD_WORDS(ORDINAL, last_words);
    ADD_WORDS(LEAD, determiners);
    ADD_WORDS(LEAD, prefixes);
}

unsigned pv_marker_word_kinds(const pv_marker_words *known, pv_str word) {
    unsigned kinds = 0;
    if (word.size == 0 || word.size > LONGEST_WORD)
        return 0;
    const size_t first = letter_kind(word.data[0]);
    const size_t last = letter_kind(word.data[word.size - 1]);
    for (unsigned kind = 0; kind < PV_MARKER_WORD_KINDS; kind++)
        kinds |= (known->first[kind][first] & known->last[kind][last] & 1u << word.size) != 0 ? 1u << kind : 0;
    return kinds;
}

static bool ends_or_blank_at(pv_str text, size_t offset) {
    size_t length;
    return offset >= text.size || pv_utf8_is_white_space(pv_utf8_decode(text, offset, &length));
}

/* The word at offset; empty where none stands there, or one that is longer than all of these. */
static pv_str word_at(pv_str text, size_t offset) {
    size_t end = offset;
    while (end < text.size && pv_ascii_is_letter_or_digit(text.data[end]))
        end++;
    bool whole = end - offset <= LONGEST_WORD && !pv_phrasing_word_character_at(text, end);
    return pv_str_slice(text, offset, whole ? end : offset);
}

/* After a dash with white space behind it, or an em dash; offset where there is none. */
static size_t after_dash(pv_str text, size_t offset) {
    size_t length;
    size_t dash = pv_phrasing_skip_blanks(text, offset);
    uint32_t sign = pv_phrasing_character_at(text, dash, &length);
    bool dashed = dash > offset && pv_phrasing_is_hyphen(sign);
    return sign == 0x2014 || (dashed && ends_or_blank_at(text, dash + length)) ? dash + length : offset;
}

/* ---- "Step 1:" ---- */

static size_t close_of_name(pv_str text, size_t end, bool bracketed) {
    char close = char_at(text, end);
    if (bracketed)
        return close == ']' || close == ')' ? end + 1 : end;
    if (close == ':' || close == ')' || (close == '.' && ends_or_blank_at(text, end + 1)))
        return end + 1;
    return after_dash(text, end);
}

/* The number that a named item has, in out, and which of the forms of its name that is. */
static bool read_number(pv_str word, bool closed, pv_marker *out, uint32_t *form) {
    *form = 0;
    if (word.size == 0)
        return false;
    if (pv_is_digit(word.data[0])) {
        bool figures = run_end(word, 0, MOST_DIGITS, pv_is_digit) == word.size;
        out->number = figures ? number_of(word) : 0;
        return out->number > 0;
    }
    out->number = PLACE_AMONG(word, small_numbers);
    if (out->number > 0)
        return true;
    unsigned roman = pv_roman_value(word);
    *form = roman > 0 ? 2 : 1;
    out->number = roman > 0 ? roman : (unsigned)(pv_ascii_lower(word.data[0]) - 'a') + 1;
    return (roman > 0 || word.size == 1) && (closed || is_capital(word.data[0]));
}

/* A sentence or a part of one begins here, or what "in" before it leads to. */
static bool is_led(pv_str text, size_t offset) {
    if (pv_marker_is_led(text, offset))
        return true;
    pv_span before = pv_phrasing_word_before(text, offset);
    return PLACE_AMONG(pv_str_slice(text, before.start, before.end), prefixes) > 0 &&
           pv_marker_is_led(text, before.start);
}

/* "train them Step 2: pay": a capital inside a sentence, where the word before it leads to nothing. */
static bool breaks_in(pv_str text, size_t offset, char close) {
    pv_span before = pv_phrasing_word_before(text, offset);
    pv_str word = pv_str_slice(text, before.start, before.end);
    return is_capital(text.data[offset]) && (close == ':' || close == ')') && word.size > 0 && is_small(word.data[0]) &&
           !pv_small_word(word) && !pv_str_equal_ascii_folded(word, PV_STR("see"));
}

/* The word that may be what an item is called by, without a number at its end; *start is moved over what qualifies
 * it. */
static pv_str name_at(pv_str text, size_t *start) {
    pv_str word = word_at(text, *start);
    size_t next = pv_phrasing_skip_blanks(text, *start + word.size);
    pv_str after = word_at(text, next);
    while (after.size > 0 && pv_is_digit(after.data[after.size - 1]))
        after.size--;
    if (PLACE_AMONG(word, qualifiers) > 0 && PLACE_AMONG(after, item_names) > 0) {
        *start = next;
        return after;
    }
    while (word.size > 0 && pv_is_digit(word.data[word.size - 1]))
        word.size--;
    return word;
}

/* "Step 1:", "step two \u2013", "[step 3]", "Phase II."; without a sign behind it only where a sentence starts. */
static bool read_name(pv_str text, size_t offset, pv_marker *out) {
    bool bracketed = char_at(text, offset) == '[' || char_at(text, offset) == '(';
    size_t start = offset + bracketed;
    pv_str name = name_at(text, &start);
    unsigned place = PLACE_AMONG(name, item_names);
    bool number_name = place == 0 && PLACE_AMONG(name, number_names) > 0;
    if (place == 0 && !number_name)
        return false;
    size_t end = start + name.size;
    bool dotted = number_name && char_at(text, end) == '.';
    if (number_name && !dotted && !is_capital(text.data[start])) /* "there is no 1) x" */
        return false;
    end += dotted;
    size_t number = pv_phrasing_skip_blanks(text, end);
    bool glued = number == end; /* "Step1:" */
    if (glued && (number_name || !pv_digit_at(text, number)))
        return false;
    number += char_at(text, number) == '#';
    pv_str word = word_at(text, number);
    end = number + word.size;
    size_t close = close_of_name(text, end, bracketed);
    uint32_t form;
    out->loose = close == end;
    if (((bracketed || glued) && out->loose) || !read_number(word, !out->loose, out, &form) ||
        (number_name && form > 0))
        return false;
    close += out->loose && char_at(text, close) == ',';
    bool led =
        bracketed || out->opens_line || is_led(text, offset) || breaks_in(text, offset, char_at(text, close - 1));
    if (!led || (number_name && (bracketed || (out->loose && !out->opens_line))) ||
        (out->loose && !pv_marker_item_follows(text, close)))
        return false;
    out->kind = PV_MARKER_KIND_WORD;
    out->form = FIRST_NAME_FORM + FORMS_OF_NAME * (place + 1) + form;
    out->inside = out->loose;
    out->at = (pv_span){(uint32_t)offset, (uint32_t)close};
    return true;
}

/* ---- "First," ---- */

/* An ordinal, and what stands around it. */
typedef struct ordinal {
    pv_str word;
    bool prefixed;   /* "in" */
    bool article;    /* "the" */
    bool determined; /* "our" and the like */
    bool named;      /* "first step" */
    size_t end;      /* of all of it */
} ordinal;

static ordinal find_ordinal(const pv_marker_words *known, pv_str text, size_t offset) {
    ordinal found = {.word = word_at(text, offset)};
    size_t at = offset;
    found.prefixed = PLACE_AMONG(found.word, prefixes) > 0;
    if (found.prefixed) {
        at = pv_phrasing_skip_blanks(text, at + found.word.size);
        found.word = word_at(text, at);
    }
    unsigned determiner = PLACE_AMONG(found.word, determiners);
    found.article = determiner == 1;
    found.determined = determiner > 1;
    if (determiner > 0) {
        at = pv_phrasing_skip_blanks(text, at + found.word.size);
        found.word = word_at(text, at);
    }
    found.end = at + found.word.size;
    if (!(pv_marker_word_kinds(known, found.word) & PV_MARKER_WORD_ORDINAL))
        return found;
    size_t next = pv_phrasing_skip_blanks(text, found.end);
    pv_str name = word_at(text, next);
    found.named = next > found.end && PLACE_AMONG(name, item_names) > 0;
    if (found.named)
        found.end = next + name.size;
    return found;
}

/* "1st connect" at the start of a line; not "1st Street", "1st quarter". */
static bool opens_item(pv_str text, size_t next, const pv_marker *out) {
    pv_str word = word_at(text, next);
    return out->opens_line && word.size > 0 && is_small(word.data[0]) && !pv_small_word(word) &&
           PLACE_AMONG(word, counted_others) == 0;
}

/* Where what closes the ordinal ends ("First,", "3rd:", "First step \u2013"); its own end when nothing closes it. */
static size_t close_of_ordinal(pv_str text, const ordinal *found, bool figure) {
    char close = char_at(text, found->end);
    bool bare = !found->article && !found->determined && !found->prefixed;
    if (((close == ',' || close == ':') && (bare || found->named)) || (close == ')' && figure && bare))
        return found->end + 1;
    return bare ? after_dash(text, found->end) : found->end;
}

/* "First,", "Secondly", "3rd:", "The second is", "Our third step will", "In the first phase, we", "Finally,". The last
 * words are of any number, which is 0. */
static bool read_ordinal(const pv_marker_words *known, pv_str text, size_t offset, pv_marker *out) {
    ordinal found = find_ordinal(known, text, offset);
    if (!(pv_marker_word_kinds(known, found.word) & PV_MARKER_WORD_ORDINAL))
        return false;
    unsigned adverb = PLACE_AMONG(found.word, ordinal_adverbs);
    unsigned figure = PLACE_AMONG(found.word, ordinal_figures);
    unsigned last = PLACE_AMONG(found.word, last_words);
    out->number = adverb + figure + PLACE_AMONG(found.word, ordinal_words);
    if ((out->number == 0 && last == 0) || ((found.determined || found.prefixed) && !found.named))
        return false;
    size_t end = close_of_ordinal(text, &found, figure > 0);
    bool closed = end > found.end;
    size_t next = pv_phrasing_skip_blanks(text, end);
    bool verbal = PLACE_AMONG(word_at(text, next), ordinal_verbs) > 0 && (last == 0 || found.article || found.named);
    bool adverbial = (adverb > 0 || last == 1 || last == 2) && !found.article && !found.determined;
    bool opens = figure > 0 && !found.named && opens_item(text, next, out);
    if ((!closed && !verbal && !adverbial && !opens) || !pv_marker_is_led(text, offset) || ends_or_blank_at(text, next))
        return false;
    out->kind = PV_MARKER_KIND_WORD;
    out->form = FIRST_NAME_FORM;
    out->loose = !adverbial && (!closed || found.prefixed || found.article || found.determined);
    out->inside = out->loose;
    out->at = (pv_span){(uint32_t)offset, (uint32_t)end};
    return true;
}

bool pv_marker_read_words(const pv_marker_words *known, pv_str text, size_t offset, pv_marker *out) {
    char first = char_at(text, offset);
    bool bracketed = first == '[' || first == '(';
    pv_str word = word_at(text, offset + bracketed);
    pv_str name = word;
    while (name.size > 0 && pv_is_digit(name.data[name.size - 1]))
        name.size--;
    pv_marker before = *out;
    if ((pv_marker_word_kinds(known, name) & PV_MARKER_WORD_NAME) && read_name(text, offset, out))
        return true;
    *out = before;
    return !bracketed && (pv_marker_word_kinds(known, word) & (PV_MARKER_WORD_ORDINAL | PV_MARKER_WORD_LEAD)) != 0 &&
           read_ordinal(known, text, offset, out);
}

unsigned pv_marker_number_word(pv_str word) {
    return PLACE_AMONG(word, small_numbers);
}

bool pv_marker_is_named(const pv_marker *marker) {
    return marker->kind == PV_MARKER_KIND_WORD && marker->form > FIRST_NAME_FORM;
}

bool pv_marker_is_bracketed(pv_str text, const pv_marker *marker) {
    char first = text.data[marker->at.start];
    return marker->kind == PV_MARKER_KIND_WORD && (first == '[' || first == '(');
}
