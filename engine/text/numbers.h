/* Invariant: a number is read only where figures or number words can be read one way: "8,600", ".2", "twenty-five"; "1.2.6",
 * "8,60", "007" and "two hundred" are unclear, and unclear as a whole, so that no part of them passes for a number. */
#ifndef PV_TEXT_NUMBERS_H
#define PV_TEXT_NUMBERS_H

#include "base/decimal.h"

#define PV_NUMBER_FIRST_YEAR 1900 /* four bare digits from here on are read as a year, whatever stands around them */
#define PV_NUMBER_LAST_YEAR 2099

typedef enum pv_number_reading { PV_NUMBER_NONE, PV_NUMBER_UNCLEAR, PV_NUMBER_CLEAR } pv_number_reading;

typedef struct pv_number {
    pv_decimal value;
    bool in_words; /* "five"; otherwise in figures */
    bool too_long; /* more digits than a decimal holds; value is not set */
    pv_span at;    /* set for unclear ones too */
} pv_number;

/* Reads the number that starts at offset, which is not inside a word. Looks at nothing around it. */
pv_number_reading pv_number_read(pv_str text, size_t offset, pv_number *out);
/* The zeros that a word for thousands, millions or billions directly after offset stands for, and its end; 0 for none. */
unsigned pv_number_read_scale(pv_str text, size_t offset, size_t *end);
/* value times 10^zeros; sets too_long when that leaves the exact range. */
void pv_number_scale(pv_number *number, unsigned zeros);
/* The one message for a number that is too_long. */
bool pv_number_fail_too_long(pv_error *error);

#endif
