/* Invariant: figures and letters are those of ASCII, and what is read ends with the text. */
#ifndef PV_TEXT_SIGNS_P_H
#define PV_TEXT_SIGNS_P_H

#include <limits.h>

#include "base/digits.h"
#include "base/str.h"

static inline bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

static inline bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}

/* The byte at offset, or a NUL past the end. */
static inline char char_at(pv_str text, size_t offset) {
    if (offset >= text.size)
        return '\0';
    return text.data[offset];
}

static inline size_t run_end(pv_str text, size_t start, size_t longest, bool (*belongs)(char)) {
    size_t end = start;
    while (end - start < longest && belongs(char_at(text, end)))
        end++;
    return end;
}

static inline unsigned number_of(pv_str figures) {
    uint64_t number = 0;
    (void)pv_digits_read(figures, UINT_MAX, &number);
    return (unsigned)number;
}

/* The value of letters, all of one case, as a Roman numeral below 40; 0 for anything else. */
unsigned pv_roman_value(pv_str letters);

#endif
