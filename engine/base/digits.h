/* Invariant: digits are ASCII, whatever the locale; a number that does not fit is no number, never a wrong one. */
#ifndef PV_BASE_DIGITS_H
#define PV_BASE_DIGITS_H

#include "base/str.h"

static inline bool pv_is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Whether a digit stands at offset, which may lie outside text. */
static inline bool pv_digit_at(pv_str text, size_t offset) {
    return offset < text.size && pv_is_digit(text.data[offset]);
}

/* Where the run of digits that begins at from ends; from itself when there is none. */
size_t pv_digits_end(pv_str text, size_t from);
/* The number that text, which is digits alone and at least one, stands for; false when it is more than most or no
 * number. */
bool pv_digits_read(pv_str text, uint64_t most, uint64_t *out);

/* 0 to 15 for a hexadecimal digit, small or capital; -1 for anything else. */
int pv_hex_value(char c);
/* Whether text is small hexadecimal digits alone. */
bool pv_hex_is_small(pv_str text);
/* Two small hexadecimal digits for each byte; no NUL. */
void pv_hex_write_bytes(const unsigned char *bytes, size_t count, char *out);

/* The most digits of a number. */
#define PV_DIGITS_MOST ((size_t)20)
/* Writes a number in decimal digits to where there is room for PV_DIGITS_MOST; gives their end. */
char *pv_digits_write(uint64_t number, char *to);

/* A 64-bit hash as 16 small hexadecimal digits and a NUL. */
#define PV_HEX_SIZE ((size_t)17)
void pv_hex_write(uint64_t number, char out[PV_HEX_SIZE]);
/* Reads what pv_hex_write writes, and nothing else. */
bool pv_hex_read(pv_str text, uint64_t *out);

#endif
