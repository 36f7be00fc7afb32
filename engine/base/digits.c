#include "base/digits.h"

#include <string.h>

static const char hex_digits[] = "0123456789abcdef";

size_t pv_digits_end(pv_str text, size_t from) {
    while (pv_digit_at(text, from))
        from++;
    return from;
}

bool pv_digits_read(pv_str text, uint64_t most, uint64_t *out) {
    uint64_t number = 0;
    if (text.size == 0)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        uint64_t digit = (uint64_t)(text.data[i] - '0');
        if (!pv_is_digit(text.data[i]) || number > most / 10 || digit > most - number * 10)
            return false;
        number = number * 10 + digit;
    }
    *out = number;
    return true;
}

int pv_hex_value(char c) {
    if (pv_is_digit(c))
        return c - '0';
    char small = pv_ascii_lower(c);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

bool pv_hex_is_small(pv_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (pv_hex_value(text.data[i]) < 0 || pv_ascii_lower(text.data[i]) != text.data[i])
            return false;
    return true;
}

void pv_hex_write_bytes(const unsigned char *bytes, size_t count, char *out) {
    for (size_t i = 0; i < count; i++) {
        out[2 * i] = hex_digits[bytes[i] >> 4];
        out[2 * i + 1] = hex_digits[bytes[i] & 15];
    }
}

char *pv_digits_write(uint64_t number, char *to) {
    char digits[PV_DIGITS_MOST];
    size_t start = sizeof digits;
    do {
        digits[--start] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (start < sizeof digits)
        *to++ = digits[start++];
    return to;
}

/* Each byte as two digits. */
static const char hex_pairs[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
                                "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
                                "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f"
                                "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f"
                                "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
                                "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf"
                                "c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf"
                                "e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";

void pv_hex_write(uint64_t number, char out[PV_HEX_SIZE]) {
    for (size_t i = 0; i < PV_HEX_SIZE - 1; i += 2)
        memcpy(out + i, hex_pairs + 2 * (number >> (56 - 4 * i) & 0xFF), 2);
    out[PV_HEX_SIZE - 1] = '\0';
}

bool pv_hex_read(pv_str text, uint64_t *out) {
    if (text.size != PV_HEX_SIZE - 1 || !pv_hex_is_small(text))
        return false;
    *out = 0;
    for (size_t i = 0; i < text.size; i++)
        *out = *out << 4 | (uint64_t)pv_hex_value(text.data[i]);
    return true;
}
