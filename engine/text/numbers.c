#include "text/numbers.h"

#include "text/phrasing.h"

#define LONGEST_FIGURES 64 /* bytes; no decimal needs more */

typedef enum word_kind {
    WORD_UNIT,  /* zero to nine */
    WORD_TEEN,  /* ten to nineteen */
    WORD_TENS,  /* twenty to ninety */
    WORD_GROUP, /* hundred, dozen: never part of a clear number */
    WORD_SCALE, /* value: the zeros it stands for */
} word_kind;

typedef struct number_word {
    pv_str word;
    word_kind kind;
    unsigned value;
} number_word;

/* By first letter. */
static const number_word number_words[] = {
    {{"billion", 7}, WORD_SCALE, 9},  {{"dozen", 5}, WORD_GROUP, 0},     {{"eight", 5}, WORD_UNIT, 8},
    {{"eighteen", 8}, WORD_TEEN, 18}, {{"eighty", 6}, WORD_TENS, 80},    {{"eleven", 6}, WORD_TEEN, 11},
    {{"fifteen", 7}, WORD_TEEN, 15},  {{"fifty", 5}, WORD_TENS, 50},     {{"five", 4}, WORD_UNIT, 5},
    {{"forty", 5}, WORD_TENS, 40},    {{"four", 4}, WORD_UNIT, 4},       {{"fourteen", 8}, WORD_TEEN, 14},
    {{"hundred", 7}, WORD_GROUP, 0},  {{"million", 7}, WORD_SCALE, 6},   {{"nine", 4}, WORD_UNIT, 9},
    {{"nineteen", 8}, WORD_TEEN, 19}, {{"ninety", 6}, WORD_TENS, 90},    {{"one", 3}, WORD_UNIT, 1},
    {{"seven", 5}, WORD_UNIT, 7},     {{"seventeen", 9}, WORD_TEEN, 17}, {{"seventy", 7}, WORD_TENS, 70},
    {{"six", 3}, WORD_UNIT, 6},       {{"sixteen", 7}, WORD_TEEN, 16},   {{"sixty", 5}, WORD_TENS, 60},
    {{"ten", 3}, WORD_TEEN, 10},      {{"thirteen", 8}, WORD_TEEN, 13},  {{"thirty", 6}, WORD_TENS, 30},
    {{"thousand", 8}, WORD_SCALE, 3}, {{"three", 5}, WORD_UNIT, 3},      {{"twelve", 6}, WORD_TEEN, 12},
    {{"twenty", 6}, WORD_TENS, 20},   {{"two", 3}, WORD_UNIT, 2},        {{"zero", 4}, WORD_UNIT, 0},
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool digit_at(pv_str text, size_t offset) {
    return offset < text.size && is_digit(text.data[offset]);
}

static size_t figures_end(pv_str text, size_t start) {
    size_t end = start;
    while (digit_at(text, end) ||
           (end < text.size && (text.data[end] == '.' || text.data[end] == ',') && digit_at(text, end + 1)))
        end++;
    return end;
}

static pv_number_reading read_figures(pv_str text, size_t start, pv_number *out) {
    size_t end = figures_end(text, start);
    out->at = (pv_span){(uint32_t)start, (uint32_t)end};
    if (text.data[start] == '0' && digit_at(text, start + 1))
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

/* Every word of a text is looked up, and nearly none is found: what has not the first letter and the length is passed over
 * without a call. */
static const number_word *number_word_at(pv_str text, size_t start, size_t *end) {
    *end = pv_phrasing_word_end(text, start);
    pv_str word = pv_str_slice(text, start, *end);
    char first = (char)(word.size > 0 ? pv_ascii_lower(word.data[0]) : 0);
    for (size_t i = 0; i < sizeof number_words / sizeof number_words[0]; i++) {
        pv_str candidate = number_words[i].word;
        if (candidate.data[0] > first)
            return NULL;
        if (candidate.data[0] == first && candidate.size == word.size && pv_str_equal_ascii_folded(word, candidate))
            return &number_words[i];
    }
    return NULL;
}

/* Where the next word of a number in words would start: over one hyphen, or blanks and an "and" ("hundred and five"). */
static size_t next_word_start(pv_str text, size_t end, word_kind last) {
    if (end < text.size && text.data[end] == '-')
        return end + 1;
    if (last == WORD_GROUP || last == WORD_SCALE) {
        size_t after_and = pv_phrasing_phrase_after(text, end, PV_STR("and"));
        if (after_and != SIZE_MAX)
            return pv_phrasing_skip_blanks(text, after_and);
    }
    return pv_phrasing_skip_blanks(text, end);
}

/* Reads number words as long as they follow one another. Clear is a unit, a teen, or tens with or without a unit; a scale
 * word ends it and is left for pv_number_read_scale. */
static pv_number_reading read_words(pv_str text, size_t start, pv_number *out) {
    size_t end;
    const number_word *word = number_word_at(text, start, &end);
    if (!word)
        return PV_NUMBER_NONE;
    bool clear = word->kind < WORD_GROUP;
    bool takes_unit = word->kind == WORD_TENS;
    unsigned value = word->value;
    size_t scale_start = SIZE_MAX;
    out->in_words = true;
    for (;;) {
        out->at = (pv_span){(uint32_t)start, (uint32_t)end};
        size_t next = next_word_start(text, end, word->kind);
        word = number_word_at(text, next, &end);
        if (!word)
            break;
        if (scale_start == SIZE_MAX && word->kind == WORD_SCALE) {
            scale_start = out->at.end;
        } else if (takes_unit && word->kind == WORD_UNIT && word->value > 0) {
            value += word->value;
        } else {
            clear = false;
        }
        takes_unit = false;
    }
    if (!clear)
        return PV_NUMBER_UNCLEAR;
    if (scale_start != SIZE_MAX)
        out->at.end = (uint32_t)scale_start;
    out->value = pv_decimal_from_integer(value);
    return PV_NUMBER_CLEAR;
}

pv_number_reading pv_number_read(pv_str text, size_t offset, pv_number *out) {
    *out = (pv_number){0};
    if (digit_at(text, offset) || (offset < text.size && text.data[offset] == '.' && digit_at(text, offset + 1)))
        return read_figures(text, offset, out);
    return read_words(text, offset, out);
}

unsigned pv_number_read_scale(pv_str text, size_t offset, size_t *end) {
    size_t start = pv_phrasing_skip_blanks(text, offset);
    const number_word *word = start > offset ? number_word_at(text, start, end) : NULL;
    return word && word->kind == WORD_SCALE ? word->value : 0;
}

void pv_number_scale(pv_number *number, unsigned zeros) {
    int64_t factor = 1;
    for (unsigned i = 0; i < zeros; i++)
        factor *= 10;
    pv_error error = {0};
    if (!number->too_long &&
        !pv_decimal_multiply(number->value, pv_decimal_from_integer(factor), &number->value, &error))
        number->too_long = true;
}

bool pv_number_fail_too_long(pv_error *error) {
    return pv_fail(error, PV_ERROR_RANGE, "the text has a number with too many digits to be read exactly");
}
