/* Invariant: a number is read only where figures or number words can be read one way: "8,600", ".2", "twenty-five";
 * "1.2.6", "8,60", "007" and "two hundred" are unclear, and unclear as a whole, so that no part of them passes for a
 * number. A term is a number with the unit and scale that belong to it ("$4 million", "20 %", "five"), or is unclear as
 * a whole. Two terms joined ("3-4", "20 to 25 percent", "between 3 and 5") are one range, from the lower to the
 * higher. */
#ifndef PV_TEXT_NUMBERS_P_H
#define PV_TEXT_NUMBERS_P_H

#include "base/decimal.h"

#define PV_NUMBER_FIRST_YEAR 1900 /* four bare digits from here on are read as a year, whatever stands around them */
#define PV_NUMBER_LAST_YEAR 2099

typedef enum pv_number_reading { PV_NUMBER_NONE, PV_NUMBER_UNCLEAR, PV_NUMBER_CLEAR } pv_number_reading;

typedef struct pv_number {
    pv_decimal value;
    bool in_words; /* "five"; otherwise in figures */
    bool rounded;  /* cut after six places: "33 1/3" */
    bool too_long; /* more digits than a decimal holds; value is not set */
    pv_span at;    /* set for unclear ones too */
} pv_number;

/* Reads the number that starts at offset, which is not inside a word. Looks at nothing around it. */
pv_number_reading pv_number_read(pv_str text, size_t offset, pv_number *out);
/* Whether a number word may begin with this letter; its capital too. */
static inline bool pv_number_word_begins_with(char letter) {
    static const char letters[] = "bdefhmnostz";
    uint32_t known = 0;
    for (size_t i = 0; i < sizeof letters - 1; i++)
        known |= (uint32_t)1 << (letters[i] - 'a'); /* the compiler knows the sum */
    return pv_ascii_is_letter(letter) && (known >> (pv_ascii_lower(letter) - 'a') & 1);
}
/* A bit for each of PV_BLOCK_BYTES bytes: whether it and the two behind it begin as a number word does. bytes: two more
 * than those. */
uint32_t pv_number_words_begin(const char *bytes);
/* Whether a number word stands at offset ("five", "dozen"), which is not inside a word. */
bool pv_number_word_stands_at(pv_str text, size_t offset);
/* True for four bare figures that are as likely a year. */
bool pv_number_is_year(const pv_number *number);
/* The one message for a number that is too_long. */
bool pv_number_fail_too_long(pv_error *error);

typedef enum pv_unit { PV_UNIT_NONE, PV_UNIT_PERCENT, PV_UNIT_POINTS, PV_UNIT_MONEY } pv_unit;

typedef struct pv_term {
    pv_number number; /* of a range: the lower end; already scaled */
    pv_number upper;  /* of a range: the upper end; else equal to number */
    pv_unit unit;
    bool range;
    bool conflict; /* unclear, since words and figures say two numbers: "twenty (25) percent" */
    pv_span at;    /* number and unit; set for unclear ones too, which are to be passed over as a whole */
} pv_term;

/* Where, at or after from, something stands that a term with this unit (not PV_UNIT_NONE) must hold: its sign, or a
 * part of its word; SIZE_MAX when there is nothing more. */
size_t pv_term_unit_named(pv_str text, size_t from, pv_unit unit);
/* The last place from which to read for the terms that hold offset and those after it, at or after from: no term goes
 * over a punctuation mark with a blank behind it, or over the end of a line. */
size_t pv_term_clause_start(pv_str text, size_t from, size_t offset);
/* Whether one may start at offset (< text.size): nearly no word does. */
static inline bool pv_term_may_begin(pv_str text, size_t offset) {
    const char c = text.data[offset];
    return (c >= '0' && c <= '9') || c == '.' || c == '$' || (unsigned char)c >= 0x80 || (c | 0x20) == 'a' ||
           pv_number_word_begins_with(c);
}
/* Reads the term, or the range of two, that starts at offset, which is not inside a word. */
pv_number_reading pv_term_read(pv_str text, size_t offset, pv_term *out);

#endif
