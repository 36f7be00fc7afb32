#include "base/digits.h"

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

void pv_hex_write(uint64_t number, char out[PV_HEX_SIZE]) {
    for (size_t i = 0; i < PV_HEX_SIZE - 1; i++)
        out[i] = hex_digits[number >> (60 - 4 * i) & 15];
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
