#include "text/fractions_p.h"

#include <string.h>

#include "base/bytes.h"
#include "base/digits.h"
#include "base/utf8.h"
#include "text/numbers_p.h"
#include "text/phrasing_p.h"

#define NONE SIZE_MAX /* where a reader returns the end of what it read: it read nothing */
#define PLACES 6u
#define MOST_FIGURES 4 /* "1 in 1000" */
#define MOST_BEFORE 8u /* words before "by" in which the change is named */

typedef struct denominator {
    pv_str word; /* singular */
    uint32_t whole;
} denominator;

static const denominator denominators[] = {
    {PV_STR("half"), 2},       {PV_STR("third"), 3},       {PV_STR("quarter"), 4},  {PV_STR("fourth"), 4},
    {PV_STR("fifth"), 5},      {PV_STR("sixth"), 6},       {PV_STR("seventh"), 7},  {PV_STR("eighth"), 8},
    {PV_STR("ninth"), 9},      {PV_STR("tenth"), 10},      {PV_STR("twelfth"), 12}, {PV_STR("fifteenth"), 15},
    {PV_STR("twentieth"), 20}, {PV_STR("hundredth"), 100},
};

static const struct {
    uint32_t sign;
    uint32_t part, whole;
} signs[] = {
    {0xBC, 1, 4},   {0xBD, 1, 2},   {0xBE, 3, 4},   {0x2150, 1, 7}, {0x2151, 1, 9}, {0x2152, 1, 10},
    {0x2153, 1, 3}, {0x2154, 2, 3}, {0x2155, 1, 5}, {0x2156, 2, 5}, {0x2157, 3, 5}, {0x2158, 4, 5},
    {0x2159, 1, 6}, {0x215A, 5, 6}, {0x215B, 1, 8}, {0x215C, 3, 8}, {0x215D, 5, 8}, {0x215E, 7, 8},
};

/* What may follow a share: with any other word, "a third" counts or names ("a third party"). */
static const char *const words_after[] = {
    "of",   "in",      "by",          "over",   "within", "to",       "from",     "than",      "for",      "more",
    "less", "fewer",   "during",      "at",     "as",     "compared", "relative", "on",        "with",     "each",
    "per",  "through", "until",       "before", "after",  "while",    "this",     "are",       "is",       "were",
    "was",  "have",    "has",         "had",    "and",    "but",      "increase", "reduction", "decrease", "drop",
    "rise", "growth",  "improvement", "gain",   "cut",    "higher",   "lower",    "annually",  "across",   "among",
    "next", "every",   "when",        "that",   "who",    "will",     "do",       "did",       "live",     "report",
};

/* The wholes that "half" goes with where no "of" follows: "half the providers", "half our members". */
static const char *const wholes_of_half[] = {"of", "the", "our", "their", "its", "all", "these", "those", "my"};

/* The same words end what "half" is of where it stands behind "by", "to", "least" and their like. */
static const char *const words_before_half[] = {"by",     "to",   "least", "about",  "over",          "almost",
                                                "nearly", "than", "only",  "around", "approximately", "roughly",
                                                "just",   "in"};

/* What a part of is a part of time, not a share: "the second half of 2022", "half a day", "1/5 of a year". */
static const char *const time_words[] = {
    "day",      "days",      "week",    "weeks",    "month",    "months",  "quarter", "quarters", "year",    "years",
    "hour",     "hours",     "minute",  "minutes",  "decade",   "century", "time",    "fiscal",   "mile",    "miles",
    "calendar", "fy",        "cy",      "january",  "february", "march",   "april",   "may",      "june",    "july",
    "august",   "september", "october", "november", "december", "session", "million", "dozen",    "billion", "school",
};

/* Beginnings of the words by which something becomes more or less: "increase access by 1/5", not "report by 1/5". */
static const pv_str changes[] = {
    PV_STR("increas"), PV_STR("reduc"),  PV_STR("decreas"), PV_STR("rais"),   PV_STR("grow"),       PV_STR("grew"),
    PV_STR("improv"),  PV_STR("expan"),  PV_STR("cut"),     PV_STR("lower"),  PV_STR("rise"),       PV_STR("rose"),
    PV_STR("drop"),    PV_STR("fall"),   PV_STR("fell"),    PV_STR("shrink"), PV_STR("close"),      PV_STR("boost"),
    PV_STR("lift"),    PV_STR("narrow"), PV_STR("enlarg"),  PV_STR("declin"), PV_STR("climb"),      PV_STR("up"),
    PV_STR("down"),    PV_STR("gain"),   PV_STR("chang"),   PV_STR("exceed"), PV_STR("strengthen"),
};

/* Whom "1 in 5" is said of. */
static const char *const people[] = {
    "members",  "people",      "persons",      "adults",     "children",     "residents", "beneficiaries", "enrollees",
    "patients", "individuals", "providers",    "households", "families",     "clients",   "youth",         "women",
    "men",      "americans",   "californians", "seniors",    "participants", "students",  "workers",       "of",
    "homeless", "unhoused",    "low-income",   "medi",       "latinos",      "latino",    "black",         "are",
    "is",       "has",         "have",         "lack",       "live",         "report",
};

/* What more of than one place or thing is counted, where "3 in 5 counties" may be three of them. */
static const char *const places[] = {"counties", "county", "sites",   "locations", "regions",    "cities",
                                     "zip",      "areas",  "clinics", "stars",     "languages",  "phases",
                                     "parts",    "star",   "offices", "programs",  "facilities", "hospitals"};

#define IS_ONE_OF(word, words)                                                                                         \
    pv_phrasing_is_one_of(word, words, sizeof(words) / sizeof((words)[0]), pv_str_equal_ascii_folded)

/* ---- values ---- */

pv_decimal pv_fraction_value(uint64_t part, uint64_t whole, unsigned times, bool *rounded) {
    uint64_t scaled = part * times;
    for (unsigned i = 0; i < PLACES; i++)
        scaled *= 10;
    *rounded = scaled % whole != 0;
    return (pv_decimal){.coefficient = (int64_t)(scaled / whole), .scale = PLACES};
}

/* ---- what stands around ---- */

/* A number that may be as long as those of shares are: of a longer one no more is read, however long it goes on. */
static pv_number_reading read_near(pv_str text, size_t offset, pv_number *out) {
    enum { LONGEST = 64 };
    size_t end = offset + LONGEST < text.size ? offset + LONGEST : text.size;
    return pv_number_read(pv_str_slice(text, 0, end), offset, out);
}

static pv_str word_after(pv_str text, size_t offset, size_t *start) {
    *start = pv_phrasing_skip_blanks(text, offset);
    return pv_str_slice(text, *start, pv_phrasing_word_end(text, *start));
}

/* True when no word follows directly: the text, a line, a clause or a bracket ends. */
static bool ends_clause(pv_str text, size_t offset) {
    size_t start;
    if (word_after(text, offset, &start).size > 0 || pv_phrasing_glued_after(text, offset))
        return false;
    return start >= text.size || (text.data[start] != '%' && text.data[start] != '/' && text.data[start] != '-');
}

/* "2022", "the year", "a day", "each fiscal year" after offset. */
static bool time_follows(pv_str text, size_t offset) {
    static const char *const between[] = {"a",  "an",  "the",   "each",   "every", "any",    "this", "that", "next",
                                          "of", "one", "first", "second", "third", "fourth", "last", "final"};
    size_t start = pv_phrasing_skip_blanks(text, offset);
    pv_fraction_signs again;
    if (start < text.size && text.data[start] == '(' && pv_fraction_signs_read(text, start + 1, &again))
        offset = again.end + 1; /* "half (1/2) an hour" */
    pv_str word = word_after(text, offset, &start);
    for (unsigned i = 0; i < 4 && IS_ONE_OF(word, between); i++)
        word = word_after(text, start + word.size, &start);
    pv_number number;
    bool year = read_near(text, start, &number) == PV_NUMBER_CLEAR && pv_number_is_year(&number);
    return year || IS_ONE_OF(word, time_words);
}

/* "of 1%", "of the 5 percent" after offset: a part of a share is none of the whole. */
static bool is_of_a_share(pv_str text, size_t offset) {
    size_t start;
    pv_str word = word_after(text, offset, &start);
    if (!pv_str_equal_ascii_folded(word, PV_STR("of")))
        return false;
    word = word_after(text, start + word.size, &start);
    if (pv_str_equal_ascii_folded(word, PV_STR("the")))
        start = pv_phrasing_skip_blanks(text, start + word.size);
    pv_number number;
    if (read_near(text, start, &number) != PV_NUMBER_CLEAR)
        return false;
    size_t end = pv_phrasing_skip_blanks(text, number.at.end);
    return (end < text.size && text.data[end] == '%') ||
           pv_phrasing_phrase_after(text, number.at.end, PV_STR("percent")) != SIZE_MAX;
}

static bool share_ends(pv_str text, size_t end) {
    size_t start;
    if (pv_phrasing_glued_after(text, end))
        return false;
    pv_str word = word_after(text, end, &start);
    if (pv_str_equal_ascii_folded(word, PV_STR("of")) && time_follows(text, start + word.size))
        return false;
    return ends_clause(text, end) || IS_ONE_OF(word, words_after);
}

/* "increase access by": whether a change is named before the "by" that stands before offset. */
static bool is_change_by(pv_str text, size_t offset) {
    static const pv_str fillers[] = {PV_STR("at least"),  PV_STR("about"),       PV_STR("over"),
                                     PV_STR("more than"), PV_STR("nearly"),      PV_STR("approximately"),
                                     PV_STR("almost"),    PV_STR("no less than")};
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++) {
        size_t before = pv_phrasing_phrase_before(text, offset, fillers[i]);
        offset = before == SIZE_MAX ? offset : before;
    }
    size_t at = pv_phrasing_phrase_before(text, offset, PV_STR("by"));
    for (unsigned i = 0; at != SIZE_MAX && i < MOST_BEFORE; i++) {
        pv_span word = pv_phrasing_word_before(text, at);
        if (word.start == word.end)
            break;
        for (size_t change = 0; change < sizeof changes / sizeof changes[0]; change++)
            if (pv_str_starts_with_ascii_folded(pv_str_slice(text, word.start, word.end), changes[change]))
                return true;
        at = word.start;
    }
    return false;
}

/* ---- "one-fifth", "two thirds", "a quarter of" ---- */

static const denominator *denominator_of(pv_str word, bool plural) {
    for (size_t i = 0; i < sizeof denominators / sizeof denominators[0]; i++) {
        pv_str singular = denominators[i].word;
        if (!plural && pv_str_equal_ascii_folded(word, singular))
            return &denominators[i];
        if (plural && word.size == singular.size + 1 && pv_ascii_lower(word.data[singular.size]) == 's' &&
            pv_str_equal_ascii_folded(pv_str_slice(word, 0, singular.size), singular))
            return &denominators[i];
    }
    return NULL;
}

/* One to nineteen, "a", or a figure; its end. */
static size_t read_numerator(pv_str text, size_t offset, uint32_t *part, bool *article) {
    size_t end = pv_phrasing_word_end(text, offset);
    *article = pv_str_equal_ascii_folded(pv_str_slice(text, offset, end), PV_STR("a"));
    *part = 1;
    if (*article)
        return end;
    pv_number number;
    int64_t value;
    if (read_near(text, offset, &number) != PV_NUMBER_CLEAR || !number.in_words || number.at.end != end ||
        !pv_decimal_to_integer(number.value, &value) || value < 1 || value > 19)
        return NONE;
    *part = (uint32_t)value;
    return end;
}

/* A quarter is more often three months than a fourth. */
static bool is_share_of_four(pv_str text, size_t offset, size_t end, bool hyphen) {
    static const pv_str spans[] = {PV_STR("next"),  PV_STR("last"),     PV_STR("past"), PV_STR("first"),
                                   PV_STR("these"), PV_STR("previous"), PV_STR("for"),  PV_STR("within"),
                                   PV_STR("in"),    PV_STR("every"),    PV_STR("once"), PV_STR("twice"),
                                   PV_STR("times"), PV_STR("per"),      PV_STR("after")};
    if (hyphen || is_change_by(text, offset))
        return true;
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++)
        if (pv_phrasing_phrase_before(text, offset, spans[i]) != SIZE_MAX)
            return false;
    return pv_phrasing_phrase_after(text, end, PV_STR("of")) != SIZE_MAX;
}

/* "two and a half", "2 and a third". */
static bool follows_number(pv_str text, size_t offset) {
    size_t at = pv_phrasing_phrase_before(text, offset, PV_STR("and"));
    if (at == SIZE_MAX)
        return false;
    pv_number number;
    return read_near(text, pv_phrasing_word_before(text, at).start, &number) != PV_NUMBER_NONE;
}

static size_t read_in_words(pv_str text, size_t offset, pv_fraction *out) {
    bool article;
    size_t numerator = read_numerator(text, offset, &out->part, &article);
    size_t start = numerator == NONE ? NONE : pv_phrasing_after_joint(text, numerator);
    if (start == NONE)
        return NONE;
    bool hyphen = start == numerator + 1 && text.data[numerator] == '-';
    size_t end = pv_phrasing_word_end(text, start);
    bool plural = out->part > 1;
    const denominator *found = denominator_of(pv_str_slice(text, start, end), plural);
    if (!found || out->part >= found->whole || pv_phrasing_hyphen_before(text, offset) || follows_number(text, offset))
        return NONE;
    out->whole = found->whole;
    bool is_quarter = pv_ascii_lower(text.data[start]) == 'q';
    if (is_quarter && !is_share_of_four(text, offset, end, hyphen))
        return NONE;
    if (time_follows(text, end) || (hyphen && pv_phrasing_glued_after(text, end)))
        return NONE;
    return (plural || hyphen || share_ends(text, end)) && !is_of_a_share(text, end) ? end : NONE;
}

/* "half of", "half our members", "by half"; not "the second half", "half-day", "half an hour". */
static size_t read_half(pv_str text, size_t offset, pv_fraction *out) {
    static const char *const orders[] = {"first", "second", "latter", "last",  "other", "one",    "a",
                                         "and",   "1st",    "2nd",    "final", "later", "earlier"};
    size_t end = pv_phrasing_word_end(text, offset);
    if (!pv_str_equal_ascii_folded(pv_str_slice(text, offset, end), PV_STR("half")))
        return NONE;
    pv_span before = pv_phrasing_word_before(text, offset);
    pv_str previous = pv_str_slice(text, before.start, before.end);
    if (pv_phrasing_glued_before(text, offset) || pv_phrasing_glued_after(text, end) || IS_ONE_OF(previous, orders) ||
        time_follows(text, end))
        return NONE;
    size_t start;
    pv_str next = word_after(text, end, &start);
    if (is_of_a_share(text, end))
        return NONE;
    bool led = IS_ONE_OF(previous, words_before_half) && share_ends(text, end);
    if (!led && !IS_ONE_OF(next, wholes_of_half))
        return NONE;
    *out = (pv_fraction){.part = 1, .whole = 2};
    return end;
}

/* ---- in signs ---- */

static size_t read_digits(pv_str text, size_t offset, uint32_t *value) {
    size_t end = pv_digits_end(text, offset);
    uint64_t read;
    if (end == offset || end - offset > MOST_FIGURES || text.data[offset] == '0' ||
        !pv_digits_read(pv_str_slice(text, offset, end), UINT32_MAX, &read))
        return NONE;
    *value = (uint32_t)read;
    return end;
}

bool pv_fraction_signs_read(pv_str text, size_t offset, pv_fraction_signs *out) {
    size_t length;
    uint32_t sign = pv_phrasing_character_at(text, offset, &length);
    for (size_t i = 0; sign >= 0x80 && i < sizeof signs / sizeof signs[0]; i++) {
        if (signs[i].sign == sign) {
            *out = (pv_fraction_signs){signs[i].part, signs[i].whole, offset + length, true};
            return true;
        }
    }
    *out = (pv_fraction_signs){0};
    size_t end = read_digits(text, offset, &out->part);
    if (end == NONE)
        return false;
    uint32_t slash = pv_phrasing_character_at(text, end, &length);
    if (slash != '/' && slash != 0x2044)
        return false;
    out->end = read_digits(text, end + length, &out->whole);
    return out->end != NONE;
}

/* "a third (⅓)": said already. */
static bool repeats_words(pv_str text, size_t offset) {
    if (offset == 0 || text.data[offset - 1] != '(')
        return false;
    pv_span before = pv_phrasing_word_before(text, offset - 1);
    pv_str word = pv_str_slice(text, before.start, before.end);
    return denominator_of(word, false) || denominator_of(word, true);
}

/* "1/5 of", "by ⅕": "1/5" by itself is as often a day. */
static size_t read_signs(pv_str text, size_t offset, pv_fraction *out) {
    pv_fraction_signs read;
    if (!pv_fraction_signs_read(text, offset, &read) || read.part >= read.whole || read.whole > 100 ||
        pv_phrasing_glued_before(text, offset) || repeats_words(text, offset))
        return NONE;
    static const pv_str suffixes[] = {PV_STR("th"), PV_STR("rd"), PV_STR("ths"), PV_STR("rds")};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (pv_str_equal_ascii_folded(pv_str_slice(text, read.end, pv_phrasing_word_end(text, read.end)), suffixes[i]))
            read.end += suffixes[i].size;
    pv_span before = pv_phrasing_word_before(text, offset);
    bool mixed = before.end > before.start && pv_digit_at(text, before.end - 1);
    if (mixed || !share_ends(text, read.end) || time_follows(text, read.end))
        return NONE;
    static const char *const surely[] = {"of", "are", "were", "have", "more", "less"};
    size_t start;
    pv_str next = word_after(text, read.end, &start);
    if (!read.one_sign && !IS_ONE_OF(next, surely) && !is_change_by(text, offset))
        return NONE;
    *out = (pv_fraction){.part = read.part, .whole = read.whole};
    return read.end;
}

/* ---- "1 in 5" ---- */

static size_t read_small(pv_str text, size_t offset, uint32_t *value) {
    pv_number number;
    int64_t whole;
    if (read_near(text, offset, &number) != PV_NUMBER_CLEAR || number.too_long ||
        !pv_decimal_to_integer(number.value, &whole) || whole < 1 || whole > 1000)
        return NONE;
    *value = (uint32_t)whole;
    return number.at.end;
}

/* Whether what stands before "1 in 5" leaves it no part of a longer statement ("We open 2 in 10 clinics"). */
static bool stands_by_itself(pv_str text, size_t offset) {
    static const char *const leads[] = {"about", "approximately", "nearly",  "almost", "over",   "than",
                                        "only",  "that",          "roughly", "least",  "around", "estimated",
                                        "to",    "from",          "by",      "for",    "as",     "and",
                                        "some",  "every",         "reach",   "serve"};
    size_t end = pv_phrasing_skip_blanks_back(text, offset);
    if (end == 0 || (!pv_phrasing_word_character_before(text, end) && text.data[end - 1] != '%'))
        return true;
    pv_span before = pv_phrasing_word_before(text, offset);
    return IS_ONE_OF(pv_str_slice(text, before.start, before.end), leads);
}

static size_t read_n_in_d(pv_str text, size_t offset, pv_fraction *out) {
    static const pv_str joints[] = {PV_STR("out of every"), PV_STR("out of each"), PV_STR("out of"), PV_STR("of every"),
                                    PV_STR("in every"),     PV_STR("in each"),     PV_STR("in")};
    size_t end = read_small(text, offset, &out->part);
    if (end == NONE || pv_phrasing_glued_before(text, offset) || pv_phrasing_labels_number(text, offset))
        return NONE;
    size_t joint = 0;
    size_t next = NONE;
    while (joint < sizeof joints / sizeof joints[0] &&
           (next = pv_phrasing_phrase_after(text, end, joints[joint])) == SIZE_MAX)
        joint++;
    if (next == NONE)
        return NONE;
    end = read_small(text, pv_phrasing_skip_blanks(text, next), &out->whole);
    bool every = joint != 2 && joint != 6;
    bool round = out->whole <= 10 || out->whole == 12 || out->whole == 15 || out->whole == 20 || out->whole == 25 ||
                 out->whole == 50 || out->whole == 100 || out->whole == 1000;
    bool within = end != NONE && (out->part < out->whole || (joint < 3 && out->part == out->whole));
    if (!within || out->whole < 2 || !round || pv_phrasing_glued_after(text, end) || time_follows(text, end))
        return NONE;
    size_t start;
    pv_str what = word_after(text, end, &start);
    pv_number number;
    if (start < text.size && (text.data[start] == '%' || read_near(text, start, &number) != PV_NUMBER_NONE))
        return NONE;
    if (every || joint == 2)
        return pv_str_starts_with_ascii_folded(what, PV_STR("star")) ? NONE : end;
    bool said = IS_ONE_OF(what, people) || stands_by_itself(text, offset);
    return said && !IS_ONE_OF(what, places) ? end : NONE;
}

/* ---- all of them ---- */

/* "a third", "a hundred in": whether the word behind the "a" at offset begins as what makes it a number or a share. */
static bool counts_behind_article(pv_str text, size_t offset) {
    size_t next = offset + 1;
    if (next >= text.size || pv_ascii_is_letter_or_digit(text.data[next]))
        return false;
    if ((text.data[next] != ' ' && text.data[next] != '-') || next + 1 >= text.size)
        return true;
    char first = pv_ascii_lower(text.data[next + 1]);
    return !pv_ascii_is_letter(first) || strchr("bdefhmnoqstz", first);
}

/* Nearly no word begins a share: those that cannot are told by their first letters. What can are figures, signs, "a",
 * "half" and number words. */
static bool may_begin(pv_str text, size_t offset) {
    const char first = pv_ascii_lower(text.data[offset]);
    if (first == 'a')
        return counts_behind_article(text, offset);
    if (!pv_number_word_begins_with(first))
        return pv_is_digit(first) || first == '\xC2' || first == '\xE2';
    return pv_number_word_stands_at(text, offset) ||
           (first == 'h' && pv_str_starts_with_ascii_folded(pv_str_slice(text, offset, text.size), PV_STR("half")));
}

/* Flags where "half" may begin. */
static pv_block half_begins(pv_block letters, const char *bytes) {
    return pv_block_equal(letters, 'h') & pv_block_equal(pv_block_load(bytes + 2) | 0x20, 'l');
}

/* As pv_fraction_next, by blocks that are all ASCII; *found: whether it is such a place, or one to read on from. */
static size_t next_in_ascii(pv_str text, size_t from, bool *found) {
    uint32_t after_word = 0;
    size_t at = from;
    *found = true;
    for (; at + PV_BLOCK_BYTES + 2 <= text.size; at += PV_BLOCK_BYTES) {
        const pv_block block = pv_block_load(text.data + at);
        const pv_block letters = block | 0x20;
        const pv_block digits = pv_block_within(block, '0', '9');
        const uint32_t words = pv_block_bits(pv_block_within(letters, 'a', 'z') | digits);
        if (pv_block_bits(pv_block_not_ascii(block)))
            break;
        uint32_t starts = words & ~(words << 1 | after_word);
        starts &= pv_block_bits(digits | pv_block_equal(letters, 'a') | half_begins(letters, text.data + at)) |
                  pv_number_words_begin(text.data + at);
        for (; starts != 0; starts &= starts - 1) {
            size_t place = at + (size_t)__builtin_ctz(starts);
            if (may_begin(text, place))
                return place;
        }
        after_word = words >> (PV_BLOCK_BYTES - 1);
    }
    while (at > from && pv_ascii_is_letter_or_digit(text.data[at - 1]))
        at--;
    *found = at >= text.size;
    return at;
}

size_t pv_fraction_next(pv_str text, size_t from) {
    bool found;
    for (size_t at = from;;) {
        at = next_in_ascii(text, at, &found);
        if (found)
            return at;
        for (size_t end = at + PV_BLOCK_BYTES; at < end; at = pv_phrasing_step_over(text, at))
            if (at >= text.size || may_begin(text, at))
                return at;
    }
}

bool pv_fraction_read(pv_str text, size_t offset, pv_fraction *out) {
    static size_t (*const readers[])(pv_str, size_t, pv_fraction *) = {read_n_in_d, read_in_words, read_half,
                                                                       read_signs};
    if (offset >= text.size || !may_begin(text, offset))
        return false;
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        *out = (pv_fraction){0};
        size_t end = readers[i](text, offset, out);
        if (end != NONE) {
            out->at = (pv_span){(uint32_t)offset, (uint32_t)end};
            return true;
        }
    }
    return false;
}
