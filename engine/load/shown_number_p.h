/* Invariant: a number is what its program shows, as far as that says what it is: 0.2 as a percentage is 20%, a serial
 * number as a day is 2024-03-31. Its digits are the stored ones, to the fifteen that programs keep; a format that
 * rounds them for the eye does not change them. */
#ifndef PV_LOAD_SHOWN_NUMBER_P_H
#define PV_LOAD_SHOWN_NUMBER_P_H

#include "base/buf.h"

typedef enum pv_number_kind {
    PV_NUMBER_PLAIN,
    PV_NUMBER_PERCENTAGE,
    PV_NUMBER_DAY,
    PV_NUMBER_TIME,
    PV_NUMBER_ELAPSED,
} pv_number_kind;

#define PV_NUMBER_SECTIONS 3 /* of a format are for numbers; a fourth is for texts */

typedef struct pv_number_section {
    pv_number_kind kind;
    bool says_number; /* more than words, or nothing */
    pv_str condition; /* "<100", of numbers that it is for; empty: which they are, its position says */
} pv_number_section;

typedef struct pv_number_format {
    pv_number_section sections[PV_NUMBER_SECTIONS];
    size_t count;
} pv_number_format;

/* Of a format's code, which is to outlive it. */
pv_number_format pv_number_format_read(pv_str code);
/* Of the formats that a workbook need not describe. */
pv_number_format pv_number_format_known(uint32_t id);
/* Adds what a number that is stored so says; what is no number, or too long to write out, stays as it is stored. */
void pv_number_show(pv_buf *out, pv_str stored, const pv_number_format *format, bool counts_from_1904);

#endif
