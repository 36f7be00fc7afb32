#include "text/numbers_p.h"

#include <assert.h>
#include <string.h>

#include "base/bytes.h"
#include "base/digits.h"
#include "base/utf8.h"
#include "text/fractions_p.h"
#include "text/phrasing_p.h"

#define LONGEST_FIGURES 64 /* bytes; no decimal needs more */

#define MOST_WORDS 12u /* of one number */

typedef enum word_kind {
    WORD_UNIT,    /* zero to nine */
    WORD_TEEN,    /* ten to nineteen */
    WORD_TENS,    /* twenty to ninety */
    WORD_HUNDRED, /* after one to nineteen: "twelve hundred" */
    WORD_SCALE,   /* value: the zeros it stands for */
    WORD_DOZEN,   /* never part of a clear number */
} word_kind;

typedef struct number_word {
    pv_str word;
    word_kind kind;
    unsigned value;
} number_word;

/* By first letter. */
static const number_word number_words[] = {
    {PV_STR("billion"), WORD_SCALE, 9},   {PV_STR("dozen"), WORD_DOZEN, 0},     {PV_STR("eight"), WORD_UNIT, 8},
    {PV_STR("eighteen"), WORD_TEEN, 18},  {PV_STR("eighty"), WORD_TENS, 80},    {PV_STR("eleven"), WORD_TEEN, 11},
    {PV_STR("fifteen"), WORD_TEEN, 15},   {PV_STR("fifty"), WORD_TENS, 50},     {PV_STR("five"), WORD_UNIT, 5},
    {PV_STR("forty"), WORD_TENS, 40},     {PV_STR("four"), WORD_UNIT, 4},       {PV_STR("fourteen"), WORD_TEEN, 14},
    {PV_STR("hundred"), WORD_HUNDRED, 0}, {PV_STR("million"), WORD_SCALE, 6},   {PV_STR("nine"), WORD_UNIT, 9},
    {PV_STR("nineteen"), WORD_TEEN, 19},  {PV_STR("ninety"), WORD_TENS, 90},    {PV_STR("one"), WORD_UNIT, 1},
    {PV_STR("seven"), WORD_UNIT, 7},      {PV_STR("seventeen"), WORD_TEEN, 17}, {PV_STR("seventy"), WORD_TENS, 70},
    {PV_STR("six"), WORD_UNIT, 6},        {PV_STR("sixteen"), WORD_TEEN, 16},   {PV_STR("sixty"), WORD_TENS, 60},
    {PV_STR("ten"), WORD_TEEN, 10},       {PV_STR("thirteen"), WORD_TEEN, 13},  {PV_STR("thirty"), WORD_TENS, 30},
    {PV_STR("thousand"), WORD_SCALE, 3},  {PV_STR("three"), WORD_UNIT, 3},      {PV_STR("twelve"), WORD_TEEN, 12},
    {PV_STR("twenty"), WORD_TENS, 20},    {PV_STR("two"), WORD_UNIT, 2},        {PV_STR("zero"), WORD_UNIT, 0},
};

typedef struct money_letter {
    pv_str letters;
    unsigned zeros;
} money_letter;

static const money_letter money_letters[] = {
    {PV_STR("k"), 3}, {PV_STR("m"), 6}, {PV_STR("mm"), 6}, {PV_STR("mn"), 6}, {PV_STR("b"), 9}, {PV_STR("bn"), 9},
};

typedef struct unit_word {
    pv_str word;
    pv_unit unit;
} unit_word;

/* Longer ones first. */
static const unit_word unit_words[] = {
    {PV_STR("percentage points"), PV_UNIT_POINTS},
    {PV_STR("percentage-points"), PV_UNIT_POINTS},
    {PV_STR("percentage point"), PV_UNIT_POINTS},
    {PV_STR("percentage-point"), PV_UNIT_POINTS},
    {PV_STR("percent"), PV_UNIT_PERCENT},
    {PV_STR("per cent"), PV_UNIT_PERCENT},
    {PV_STR("per-cent"), PV_UNIT_PERCENT},
    {PV_STR("pct"), PV_UNIT_PERCENT},
    {PV_STR("pc"), PV_UNIT_PERCENT},
    {PV_STR("p.c"), PV_UNIT_PERCENT},
    {PV_STR("dollar"), PV_UNIT_MONEY},
    {PV_STR("dollars"), PV_UNIT_MONEY},
    {PV_STR("euro"), PV_UNIT_MONEY},
    {PV_STR("euros"), PV_UNIT_MONEY},
};

/* ---- one number ---- */

static size_t figures_end(pv_str text, size_t start) {
    size_t end = start;
    while (pv_digit_at(text, end) ||
           (end < text.size && (text.data[end] == '.' || text.data[end] == ',') && pv_digit_at(text, end + 1)))
        end++;
    return end;
}

static pv_number_reading read_figures(pv_str text, size_t start, pv_number *out) {
    size_t end = figures_end(text, start);
    out->at = (pv_span){(uint32_t)start, (uint32_t)end};
    if (text.data[start] == '0' && pv_digit_at(text, start + 1))
        return PV_NUMBER_UNCLEAR;
    if (end - start > LONGEST_FIGURES) {
        out->too_long = true;
        return PV_NUMBER_CLEAR;
    }
    pv_error error = {0};
    if (pv_decimal_parse(pv_str_slice(text, start, end), true, &out->value, &error))
        return PV_NUMBER_CLEAR;
    out->too_long = error.code == PV_ERROR_RANGE;
    return out->too_long ? PV_NUMBER_CLEAR : PV_NUMBER_UNCLEAR;
}

/* 0 to 9 for a full-width or Arabic digit, 10 for the point and 11 for the comma that go with them; otherwise -1. */
static int wide_figure(uint32_t character) {
    enum { FULL_WIDTH_ZERO = 0xFF10, ARABIC_ZERO = 0x660, PERSIAN_ZERO = 0x6F0 };
    static const uint32_t zeros[] = {FULL_WIDTH_ZERO, ARABIC_ZERO, PERSIAN_ZERO};
    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++)
        if (character >= zeros[i] && character < zeros[i] + 10)
            return (int)(character - zeros[i]);
    if (character == 0xFF0E || character == 0x66B)
        return 10;
    return character == 0xFF0C || character == 0x66C ? 11 : -1;
}

/* "\uFF12\uFF10": the same number in ASCII is read. */
static pv_number_reading read_wide_figures(pv_str text, size_t start, pv_number *out) {
    char ascii[LONGEST_FIGURES];
    size_t size = 0;
    size_t end = start;
    size_t length;
    int figure;
    while (size < sizeof ascii && (figure = wide_figure(pv_phrasing_character_at(text, end, &length))) >= 0) {
        if (figure >= 10 && (size == 0 || wide_figure(pv_phrasing_character_at(text, end + length, &(size_t){0})) < 0))
            break;
        ascii[size++] = "0123456789.,"[figure];
        end += length;
    }
    if (size == 0)
        return PV_NUMBER_NONE;
    pv_number_reading reading = read_figures((pv_str){ascii, size}, 0, out);
    bool whole = out->at.end == size;
    out->at = (pv_span){(uint32_t)start, (uint32_t)end};
    return whole ? reading : PV_NUMBER_UNCLEAR;
}

#define FIRST_FROM_O 17 /* "one" */
#define LETTERS(a, b, c) ((uint32_t)(a) << 16 | (uint32_t)(b) << 8 | (uint32_t)(c))

/* Whether a number word begins with the letters at start. */
static bool begins_number_word(pv_str text, size_t start) {
    if (start >= text.size || text.size - start < 3)
        return false;
    const char *at = text.data + start; /* of letters the bit makes small ones, and of nothing else */
    switch (LETTERS((unsigned char)at[0] | 0x20, (unsigned char)at[1] | 0x20, (unsigned char)at[2] | 0x20)) {
    case LETTERS('b', 'i', 'l'):
    case LETTERS('d', 'o', 'z'):
    case LETTERS('e', 'i', 'g'):
    case LETTERS('e', 'l', 'e'):
    case LETTERS('f', 'i', 'f'):
    case LETTERS('f', 'i', 'v'):
    case LETTERS('f', 'o', 'r'):
    case LETTERS('f', 'o', 'u'):
    case LETTERS('h', 'u', 'n'):
    case LETTERS('m', 'i', 'l'):
    case LETTERS('n', 'i', 'n'):
    case LETTERS('o', 'n', 'e'):
    case LETTERS('s', 'e', 'v'):
    case LETTERS('s', 'i', 'x'):
    case LETTERS('t', 'e', 'n'):
    case LETTERS('t', 'h', 'i'):
    case LETTERS('t', 'h', 'o'):
    case LETTERS('t', 'h', 'r'):
    case LETTERS('t', 'w', 'e'):
    case LETTERS('t', 'w', 'o'):
    case LETTERS('z', 'e', 'r'):
        return true;
    default:
        return false;
    }
}

/* Every word of a text is looked up, and nearly none is found: what does not begin as one does is passed over without a
 * call. *end: of the word found. */
static const number_word *number_word_at(pv_str text, size_t start, size_t *end) {
    *end = start;
    if (!begins_number_word(text, start))
        return NULL;
    const char first = pv_ascii_lower(text.data[start]);
    *end = pv_phrasing_word_end(text, start);
    pv_str word = pv_str_slice(text, start, *end);
    /* Half of them begin with a letter from "o" on. */
    for (size_t i = first < 'o' ? 0 : FIRST_FROM_O; i < sizeof number_words / sizeof number_words[0]; i++) {
        pv_str candidate = number_words[i].word;
        if (candidate.data[0] > first)
            return NULL;
        if (candidate.data[0] == first && candidate.size == word.size && pv_str_equal_ascii_folded(word, candidate))
            return &number_words[i];
    }
    return NULL;
}

#define IS(block, letter) pv_block_equal(block, letter)

/* The same as begins_number_word of each byte of a block. */
uint32_t pv_number_words_begin(const char *bytes) {
    const pv_block a = pv_block_load(bytes) | 0x20, b = pv_block_load(bytes + 1) | 0x20;
    const pv_block c = pv_block_load(bytes + 2) | 0x20;
    const pv_block d = IS(a, 'd'), e = IS(a, 'e'), f = IS(a, 'f'), s = IS(a, 's'), t = IS(a, 't');
    const pv_block le = IS(c, 'e'), ln = IS(c, 'n'), lo = IS(c, 'o'), lr = IS(c, 'r'), lv = IS(c, 'v');
    const pv_block with_i = IS(b, 'i') & (((IS(a, 'b') | IS(a, 'm')) & IS(c, 'l')) | (e & IS(c, 'g')) |
                                          (f & (IS(c, 'f') | lv)) | (IS(a, 'n') & ln) | (s & IS(c, 'x')));
    const pv_block with_o = IS(b, 'o') & ((d & IS(c, 'z')) | (f & (lr | IS(c, 'u'))));
    const pv_block with_e = IS(b, 'e') & ((s & lv) | (t & ln) | (IS(a, 'z') & lr));
    const pv_block with_t = t & ((IS(b, 'h') & (IS(c, 'i') | lo | lr)) | (IS(b, 'w') & (le | lo)));
    const pv_block others = (e & IS(b, 'l') & le) | (IS(a, 'h') & IS(b, 'u') & ln) | (IS(a, 'o') & IS(b, 'n') & le);
    return pv_block_bits(with_i | with_o | with_e | with_t | others);
}

bool pv_number_word_stands_at(pv_str text, size_t offset) {
    size_t end;
    return number_word_at(text, offset, &end);
}

/* A number word, and where it stands. */
typedef struct word_read {
    const number_word *word;
    uint32_t end;
    bool after_and; /* "hundred and five" */
} word_read;

/* Where the next word of a number in words would start: over one hyphen, or blanks and an "and" after a large one. */
static size_t next_word_start(pv_str text, word_read *last, bool *after_and) {
    *after_and = false;
    if (last->end < text.size && text.data[last->end] == '-')
        return last->end + 1;
    if (last->word->kind == WORD_HUNDRED || last->word->kind == WORD_SCALE) {
        size_t after = pv_phrasing_phrase_after(text, last->end, PV_STR("and"));
        *after_and = after != SIZE_MAX;
        if (*after_and)
            return pv_phrasing_skip_blanks(text, after);
    }
    return pv_phrasing_skip_blanks(text, last->end);
}

/* One to ninety-nine, from *next on; 0 for none. */
static unsigned read_below_hundred(const word_read *words, size_t count, size_t *next) {
    if (*next == count || words[*next].word->kind > WORD_TENS)
        return 0;
    const number_word *first = words[(*next)++].word;
    bool takes_unit = first->kind == WORD_TENS && *next < count && !words[*next].after_and &&
                      words[*next].word->kind == WORD_UNIT && words[*next].word->value > 0;
    return first->value + (takes_unit ? words[(*next)++].word->value : 0);
}

/* One to 1,999, from *next on; 0 for none. */
static unsigned read_below_scale(const word_read *words, size_t count, size_t *next) {
    unsigned value = read_below_hundred(words, count, next);
    bool hundreds = value > 0 && value < 20 && value != 10 && *next < count && words[*next].word->kind == WORD_HUNDRED;
    if (!hundreds)
        return value;
    (*next)++;
    return value * 100 + read_below_hundred(words, count, next);
}

/* What these words say as one number; false when they do not. A scale word that ends it ("two hundred thousand") is
 * left for read_scale, which *used then leaves out. */
static bool words_value(const word_read *words, size_t count, int64_t *value, size_t *used) {
    *value = 0;
    unsigned last_zeros = UINT8_MAX;
    for (size_t next = 0; next < count;) {
        size_t start = next;
        unsigned part = read_below_scale(words, count, &next);
        if (next == start || (part == 0 && count > 1))
            return false;
        *used = next;
        bool scaled = next < count;
        unsigned zeros = scaled ? words[next].word->value : 0;
        bool rises = scaled && (words[next].word->kind != WORD_SCALE || zeros >= last_zeros);
        if (rises)
            return false;
        if (next + 1 == count && *value == 0) {
            *value = part;
            return true;
        }
        int64_t factor = 1;
        for (unsigned i = 0; i < zeros; i++)
            factor *= 10;
        *value += part * factor;
        last_zeros = zeros;
        next += scaled;
        *used = next;
        if (!scaled)
            return next == count;
    }
    return true;
}

/* The most words from the first on that are one number, cut where an "and" may join two ("one hundred and two
 * hundred"). */
static bool words_value_cut(const word_read *words, size_t count, int64_t *value, size_t *used) {
    if (words_value(words, count, value, used))
        return true;
    for (size_t i = count; i-- > 1;)
        if (words[i].after_and && words_value(words, i, value, used))
            return true;
    return false;
}

/* "a hundred" is one hundred; not "half a million". */
static bool read_article(pv_str text, size_t start, word_read *out) {
    static const number_word one = {PV_STR("one"), WORD_UNIT, 1};
    if (start >= text.size || pv_ascii_lower(text.data[start]) != 'a' || pv_phrasing_word_end(text, start) != start + 1)
        return false;
    size_t end;
    const number_word *next = number_word_at(text, pv_phrasing_skip_blanks(text, start + 1), &end);
    *out = (word_read){.word = &one, .end = (uint32_t)start + 1};
    return next && (next->kind == WORD_HUNDRED || next->kind == WORD_SCALE) &&
           pv_phrasing_phrase_before(text, start, PV_STR("half")) == SIZE_MAX &&
           pv_phrasing_phrase_before(text, start, PV_STR("of")) == SIZE_MAX;
}

/* Reads number words as long as they follow one another. */
static pv_number_reading read_words(pv_str text, size_t start, pv_number *out) {
    word_read words[MOST_WORDS];
    size_t count = 0;
    size_t end;
    if (!read_article(text, start, &words[0])) {
        words[0] = (word_read){.word = number_word_at(text, start, &end)};
        words[0].end = (uint32_t)end;
    }
    if (!words[0].word)
        return PV_NUMBER_NONE;
    out->in_words = true;
    word_read last = words[count++];
    for (;;) {
        word_read next = {0};
        size_t at = next_word_start(text, &last, &next.after_and);
        next.word = number_word_at(text, at, &end);
        if (!next.word)
            break;
        next.end = (uint32_t)end;
        if (count < MOST_WORDS)
            words[count] = next;
        count++;
        last = next;
    }
    int64_t value;
    size_t used = 0;
    bool clear = count <= MOST_WORDS && words_value_cut(words, count, &value, &used);
    out->at = (pv_span){(uint32_t)start, clear ? words[used - 1].end : last.end};
    if (!clear)
        return PV_NUMBER_UNCLEAR;
    out->value = pv_decimal_from_integer(value);
    return PV_NUMBER_CLEAR;
}

pv_number_reading pv_number_read(pv_str text, size_t offset, pv_number *out) {
    *out = (pv_number){0};
    if (pv_digit_at(text, offset) || (offset < text.size && text.data[offset] == '.' && pv_digit_at(text, offset + 1)))
        return read_figures(text, offset, out);
    if (offset < text.size && (unsigned char)text.data[offset] >= 0x80)
        return read_wide_figures(text, offset, out);
    return read_words(text, offset, out);
}

/* The zeros that a word for thousands, millions or billions directly after offset stands for, and its end; 0 for
 * none. */
static unsigned read_scale(pv_str text, size_t offset, size_t *end) {
    size_t start = pv_phrasing_skip_blanks(text, offset);
    const number_word *word = start > offset ? number_word_at(text, start, end) : NULL;
    return word && word->kind == WORD_SCALE ? word->value : 0;
}

/* value times 10^zeros; sets too_long when that leaves the exact range. */
static void scale_number(pv_number *number, unsigned zeros) {
    int64_t factor = 1;
    for (unsigned i = 0; i < zeros; i++)
        factor *= 10;
    pv_error error = {0};
    if (!number->too_long &&
        !pv_decimal_multiply(number->value, pv_decimal_from_integer(factor), &number->value, &error))
        number->too_long = true;
}

bool pv_number_is_year(const pv_number *number) {
    int64_t value;
    return !number->in_words && !number->too_long && number->at.end - number->at.start == 4 &&
           pv_decimal_to_integer(number->value, &value) && value >= PV_NUMBER_FIRST_YEAR &&
           value <= PV_NUMBER_LAST_YEAR;
}

bool pv_number_fail_too_long(pv_error *error) {
    return pv_fail(error, PV_ERROR_RANGE, "the text has a number with too many digits to be read exactly");
}

/* ---- a number with its unit ---- */

/* One number as written, before what it shares with its partner in a range is settled. */
typedef struct term_part {
    pv_number number;
    pv_unit unit;
    bool money_sign; /* "$" in front */
    bool conflict;   /* words and figures say two numbers */
    unsigned zeros;  /* what "million" or "M" still has to multiply it by */
    pv_span at;
} term_part;

typedef enum term_joint {
    JOINT_NONE,
    JOINT_HYPHEN,  /* "3-4", "3 – 4" */
    JOINT_TO,      /* "3 to 4", "3 or 4" */
    JOINT_BETWEEN, /* "between 3 and 4" */
} term_joint;

static size_t skip_money_sign(pv_str text, size_t offset) {
    size_t length;
    uint32_t character = pv_phrasing_character_at(text, offset, &length);
    bool sign = character == '$' || character == PV_POUND_SIGN || character == PV_EURO_SIGN;
    return sign ? offset + length : offset;
}

static void read_money_letter(pv_str text, term_part *part) {
    size_t end = pv_phrasing_word_end(text, part->at.end);
    pv_str letters = pv_str_slice(text, part->at.end, end);
    for (size_t i = 0; i < sizeof money_letters / sizeof money_letters[0]; i++) {
        if (pv_str_equal_ascii_folded(letters, money_letters[i].letters)) {
            part->zeros = money_letters[i].zeros;
            part->at.end = (uint32_t)end;
        }
    }
}

/* Blanks, or one hyphen ("20-percent"), join a number to the word for its unit. "PC" is no percentage. */
static bool read_unit_word(pv_str text, term_part *part, const unit_word *unit) {
    size_t start = pv_phrasing_after_joint(text, part->at.end);
    bool at_word = start != SIZE_MAX && pv_phrasing_skip_blanks(text, start) == start;
    size_t end = at_word ? pv_phrasing_phrase_after(text, start, unit->word) : SIZE_MAX;
    if (end == SIZE_MAX || (unit->word.data[1] == 'c' && text.data[start] != 'p'))
        return false;
    part->unit = unit->unit;
    part->at.end = (uint32_t)end;
    return true;
}

static bool is_percent_sign(uint32_t character) {
    return character == '%' || character == 0xFF05 || character == 0xFE6A || character == 0x66A;
}

static void read_unit(pv_str text, term_part *part) {
    size_t sign = pv_phrasing_skip_blanks(text, part->at.end);
    size_t length;
    if (is_percent_sign(pv_phrasing_character_at(text, sign, &length))) {
        part->unit = PV_UNIT_PERCENT;
        part->at.end = (uint32_t)(sign + length);
        return;
    }
    for (size_t i = 0; i < sizeof unit_words / sizeof unit_words[0]; i++)
        if (read_unit_word(text, part, &unit_words[i]))
            return;
}

/* "33\u2153", "33 1/3": adds the fraction behind whole figures. Without a percent sign after it, it is left. */
static void read_mixed(pv_str text, term_part *part) {
    int64_t whole;
    size_t at = pv_phrasing_skip_blanks(text, part->at.end);
    pv_fraction_signs fraction;
    if (part->number.in_words || part->money_sign || !pv_decimal_to_integer(part->number.value, &whole) ||
        whole > 1000 || !pv_fraction_signs_read(text, at, &fraction) || fraction.part >= fraction.whole)
        return;
    term_part mixed = *part;
    mixed.at.end = (uint32_t)fraction.end;
    read_unit(text, &mixed);
    if (mixed.unit != PV_UNIT_PERCENT)
        return;
    uint64_t parts = (uint64_t)whole * fraction.whole + fraction.part;
    mixed.number.value = pv_fraction_value(parts, fraction.whole, 1, &mixed.number.rounded);
    mixed.number.at.end = (uint32_t)fraction.end;
    *part = mixed;
}

static bool same_value(const pv_number *a, unsigned zeros, const pv_number *b, unsigned other_zeros) {
    pv_number first = *a;
    pv_number second = *b;
    scale_number(&first, zeros);
    scale_number(&second, other_zeros);
    return !first.too_long && !second.too_long && pv_decimal_compare(first.value, second.value) == 0;
}

/* "twenty (20)", "20 (twenty)", "twenty percent (20%)": what parentheses say again, in figures what was said in words
 * or the other way round. Where they say another number, the part is in conflict. "two (1) \u2026" may begin a list. */
static void read_again(pv_str text, term_part *part) {
    size_t open = pv_phrasing_skip_blanks(text, part->at.end);
    if (open >= text.size || text.data[open] != '(')
        return;
    size_t start = skip_money_sign(text, open + 1);
    term_part again = {.money_sign = start > open + 1, .unit = PV_UNIT_NONE};
    if (pv_number_read(text, start, &again.number) != PV_NUMBER_CLEAR || again.number.too_long ||
        again.number.in_words == part->number.in_words)
        return;
    if (pv_number_is_year(&again.number))
        return;
    again.at = again.number.at;
    size_t end;
    again.zeros = read_scale(text, again.at.end, &end);
    if (again.zeros > 0)
        again.at.end = (uint32_t)end;
    read_unit(text, &again);
    if (again.money_sign)
        again.unit = PV_UNIT_MONEY;
    bool closed = again.at.end < text.size && text.data[again.at.end] == ')';
    if (!closed || (again.unit != part->unit && again.unit != PV_UNIT_NONE))
        return;
    bool same = same_value(&part->number, part->zeros, &again.number, again.zeros);
    bool begins_list = pv_decimal_compare(again.number.value, pv_decimal_from_integer(1)) == 0;
    if (!same && begins_list)
        return;
    part->conflict |= !same;
    part->at.end = again.at.end + 1;
}

static pv_number_reading read_part(pv_str text, size_t offset, term_part *out) {
    size_t start = skip_money_sign(text, offset);
    *out = (term_part){.money_sign = start > offset};
    pv_number_reading reading = pv_number_read(text, start, &out->number);
    out->at = (pv_span){(uint32_t)offset, out->number.at.end};
    if (reading != PV_NUMBER_CLEAR)
        return reading;
    size_t end;
    out->zeros = read_scale(text, out->at.end, &end);
    if (out->zeros > 0)
        out->at.end = (uint32_t)end;
    else if (out->money_sign)
        read_money_letter(text, out);
    else
        read_mixed(text, out);
    if (out->unit == PV_UNIT_NONE) {
        read_again(text, out);
        read_unit(text, out);
    }
    bool percent = out->unit == PV_UNIT_PERCENT || out->unit == PV_UNIT_POINTS;
    if (out->money_sign)
        out->unit = PV_UNIT_MONEY;
    if (out->unit != PV_UNIT_NONE)
        read_again(text, out);
    return out->conflict || (out->money_sign && percent) ? PV_NUMBER_UNCLEAR : PV_NUMBER_CLEAR;
}

/* What joins the part to the number that would start at *next. */
static term_joint read_joint(pv_str text, const term_part *part, size_t *next) {
    size_t at = pv_phrasing_skip_blanks(text, part->at.end);
    size_t length;
    if (pv_phrasing_is_hyphen(pv_phrasing_character_at(text, at, &length))) {
        *next = pv_phrasing_skip_blanks(text, at + length);
        return JOINT_HYPHEN;
    }
    bool between = pv_phrasing_phrase_before(text, part->at.start, PV_STR("between")) != SIZE_MAX;
    const pv_str words[] = {PV_STR("to"), PV_STR("or"), PV_STR("and")};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t end = at > part->at.end ? pv_phrasing_phrase_after(text, at, words[i]) : SIZE_MAX;
        bool is_and = i == 2;
        if (end != SIZE_MAX && (between || !is_and)) {
            *next = pv_phrasing_skip_blanks(text, end);
            return is_and ? JOINT_BETWEEN : JOINT_TO;
        }
    }
    return JOINT_NONE;
}

/* "555-1212": as likely a telephone number as a range. */
static bool like_telephone(const term_part *low, const term_part *high) {
    return low->at.end - low->at.start == 3 && high->at.end - high->at.start == 4 && high->at.start == low->at.end + 1;
}

/* True when both parts count the same thing; a unit or scale that only one names is shared. */
static bool share_unit(term_part *low, term_part *high) {
    if (low->unit != high->unit && low->unit != PV_UNIT_NONE && high->unit != PV_UNIT_NONE)
        return false;
    bool percent_before = low->unit == PV_UNIT_PERCENT && high->unit == PV_UNIT_NONE;
    bool own_scales = low->zeros != high->zeros && (low->zeros > 0 || high->money_sign);
    if (percent_before || own_scales)
        return false;
    low->unit = high->unit = low->unit == PV_UNIT_NONE ? high->unit : low->unit;
    low->zeros = high->zeros;
    return true;
}

static pv_term term_of(const term_part *low, const term_part *high) {
    pv_term term = {.number = low->number,
                    .upper = high->number,
                    .unit = low->unit,
                    .range = low != high,
                    .at = {low->at.start, high->at.end}};
    scale_number(&term.number, low->zeros);
    scale_number(&term.upper, high->zeros);
    return term;
}

static pv_number_reading unclear_until(pv_term *term, uint32_t end) {
    term->at.end = end;
    return PV_NUMBER_UNCLEAR;
}

static bool ascends(const pv_term *term) {
    return term->number.too_long || term->upper.too_long ||
           pv_decimal_compare(term->number.value, term->upper.value) < 0;
}

/* True when "to" or "or" stands between two quantities that are each stated in full: "from 20% to 25%", "$5 or 3
 * tickets". "$4 to 5 million" is none of these, and "$4 to $5 million" might be. */
static bool stand_alone(const term_part *low, const term_part *high) {
    if (low->unit == PV_UNIT_NONE || (high->unit != low->unit && high->unit != PV_UNIT_NONE))
        return false;
    return !(low->money_sign && low->zeros == 0 && high->zeros > 0);
}

/* "two to three hundred": two, or two hundred? */
static bool may_share_hundred(const term_part *low, const term_part *high) {
    int64_t first, second;
    return low->number.in_words && high->number.in_words && pv_decimal_to_integer(low->number.value, &first) &&
           pv_decimal_to_integer(high->number.value, &second) && first < 20 && second / 100 > first;
}

/* Two parts with a joint between them: a range, or the first part alone where the second is to be read by itself. */
static pv_number_reading read_range(pv_str text, term_joint joint, term_part *low, term_part *high, pv_term *out) {
    *out = term_of(low, low);
    if (joint == JOINT_TO && stand_alone(low, high))
        return PV_NUMBER_CLEAR;
    if (joint == JOINT_HYPHEN && like_telephone(low, high))
        return unclear_until(out, high->at.end);
    if (may_share_hundred(low, high))
        return unclear_until(out, high->at.end);
    if (!share_unit(low, high))
        return unclear_until(out, joint == JOINT_HYPHEN ? high->at.end : low->at.end);
    pv_term range = term_of(low, high);
    if (!ascends(&range))
        return unclear_until(out, joint == JOINT_HYPHEN ? high->at.end : low->at.end);
    *out = range;
    return pv_phrasing_glued_after(text, out->at.end) ? PV_NUMBER_UNCLEAR : PV_NUMBER_CLEAR;
}

/* The signs and parts of words by which each unit is known, however it is written. */
static bool names_percent(pv_str rest) {
    static const pv_str names[] = {PV_STR("%"),   PV_STR("cent"),   PV_STR("pct"),    PV_STR("pc"),
                                   PV_STR("p.c"), PV_STR("\uFF05"), PV_STR("\uFE6A"), PV_STR("\u066A")};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (pv_str_starts_with_ascii_folded(rest, names[i]))
            return true;
    return false;
}

static bool names_money(pv_str rest) {
    static const pv_str names[] = {PV_STR("$"), PV_STR("\xC2\xA3"), PV_STR("\xE2\x82\xAC"), PV_STR("dollar"),
                                   PV_STR("euro")};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (pv_str_starts_with_ascii_folded(rest, names[i]))
            return true;
    return false;
}

/* The place of the first byte, of PV_BLOCK_BYTES, where a name may begin: what is not ASCII, a sign, and the first
 * letters of a name. bytes: two more than those. The bit that tells small letters from capitals is set in each, which
 * makes what is looked for of some control characters too. */
static size_t first_name_in(const char *bytes, bool of_percent) {
    const pv_block at = pv_block_load(bytes) | 0x20;
    const pv_block second = pv_block_load(bytes + 1) | 0x20;
    const pv_block third = pv_block_load(bytes + 2) | 0x20;
    pv_block flags = pv_block_not_ascii(at);
    if (of_percent)
        flags |= pv_block_equal(at, '%') |
                 (pv_block_equal(at, 'c') & pv_block_equal(second, 'e') & pv_block_equal(third, 'n')) |
                 (pv_block_equal(at, 'p') & (pv_block_equal(second, 'c') | pv_block_equal(second, '.')));
    else
        flags |= pv_block_equal(at, '$') |
                 (pv_block_equal(at, 'd') & pv_block_equal(second, 'o') & pv_block_equal(third, 'l')) |
                 (pv_block_equal(at, 'e') & pv_block_equal(second, 'u') & pv_block_equal(third, 'r'));
    return pv_block_first(flags);
}

size_t pv_term_unit_named(pv_str text, size_t from, pv_unit unit) {
    const bool of_percent = unit == PV_UNIT_PERCENT;
    assert(of_percent || unit == PV_UNIT_MONEY);
    for (size_t at = from; at < text.size; at++) {
        char last[PV_BLOCK_BYTES + 2];
        const char *bytes = text.data + at;
        if (text.size - at < sizeof last) {
            memset(last, ' ', sizeof last);
            bytes = memcpy(last, bytes, text.size - at);
        }
        size_t first = first_name_in(bytes, of_percent);
        at += first;
        if (first == PV_BLOCK_BYTES) {
            at--;
            continue;
        }
        pv_str rest = pv_str_slice(text, at, text.size);
        if (of_percent ? names_percent(rest) : names_money(rest))
            return at;
    }
    return SIZE_MAX;
}

static bool ends_clause(char c) {
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?';
}

size_t pv_term_clause_start(pv_str text, size_t from, size_t offset) {
    for (size_t at = offset; at > from + 1; at--)
        if (text.data[at - 1] == '\n' || (text.data[at - 1] == ' ' && ends_clause(text.data[at - 2])))
            return at;
    return from;
}

pv_number_reading pv_term_read(pv_str text, size_t offset, pv_term *out) {
    term_part low;
    pv_number_reading reading = read_part(text, offset, &low);
    *out = (pv_term){.at = low.at, .conflict = low.conflict};
    if (reading != PV_NUMBER_CLEAR)
        return reading;
    bool glued = pv_phrasing_glued_before(text, offset);
    size_t next = 0;
    term_joint joint = read_joint(text, &low, &next);
    term_part high;
    if (joint != JOINT_NONE) {
        pv_number_reading second = read_part(text, next, &high);
        if (second == PV_NUMBER_CLEAR) {
            reading = read_range(text, joint, &low, &high, out);
            return glued ? PV_NUMBER_UNCLEAR : reading;
        }
        if (second == PV_NUMBER_UNCLEAR && joint == JOINT_HYPHEN)
            return unclear_until(out, high.at.end);
    }
    *out = term_of(&low, &low);
    return glued || pv_phrasing_glued_after(text, out->at.end) ? PV_NUMBER_UNCLEAR : PV_NUMBER_CLEAR;
}
