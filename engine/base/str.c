#include "base/str.h"

#include "base/utf8.h"

#include <assert.h>
#include <string.h>

#include "base/digits.h"

pv_str pv_str_from(const char *text) {
    return text ? (pv_str){text, strlen(text)} : (pv_str){NULL, 0};
}

bool pv_str_equal(pv_str a, pv_str b) {
    assert((a.data || a.size == 0) && (b.data || b.size == 0));
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

int pv_str_compare(pv_str a, pv_str b) {
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.data, b.data, common) : 0;
    if (order != 0)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

/* The run of digits at offset, without its leading zeros; *end is set behind it. */
static pv_str digits_at(pv_str text, size_t offset, size_t *end) {
    size_t start = offset;
    while (start < text.size && text.data[start] == '0')
        start++;
    *end = pv_digits_end(text, start);
    return pv_str_slice(text, start, *end);
}

int pv_str_compare_natural(pv_str a, pv_str b) {
    size_t i = 0;
    size_t j = 0;
    while (i < a.size && j < b.size) {
        if (pv_is_digit(a.data[i]) && pv_is_digit(b.data[j])) {
            pv_str x = digits_at(a, i, &i);
            pv_str y = digits_at(b, j, &j);
            if (x.size != y.size)
                return x.size < y.size ? -1 : 1;
            int order = pv_str_compare(x, y);
            if (order != 0)
                return order;
        } else {
            unsigned char x = (unsigned char)a.data[i++];
            unsigned char y = (unsigned char)b.data[j++];
            if (x != y)
                return x < y ? -1 : 1;
        }
    }
    if (i < a.size || j < b.size)
        return i < a.size ? 1 : -1;
    /* "01" and "1" are the same number; the bytes decide, so that the order stays total. */
    return pv_str_compare(a, b);
}

bool pv_str_starts_with(pv_str text, pv_str prefix) {
    return prefix.size <= text.size && pv_str_equal((pv_str){text.data, prefix.size}, prefix);
}

bool pv_str_ends_with(pv_str text, pv_str suffix) {
    return suffix.size <= text.size && pv_str_equal(pv_str_slice(text, text.size - suffix.size, text.size), suffix);
}

pv_str pv_str_slice(pv_str text, size_t start, size_t end) {
    assert(start <= end && end <= text.size);
    return (pv_str){text.data ? text.data + start : NULL, end - start};
}

static bool is_ascii_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

pv_str pv_str_trim(pv_str text) {
    size_t start = 0;
    size_t end = text.size;
    while (start < end && is_ascii_space(text.data[start]))
        start++;
    while (end > start && is_ascii_space(text.data[end - 1]))
        end--;
    return pv_str_slice(text, start, end);
}

size_t pv_str_find(pv_str text, pv_str needle, size_t from) {
    if (needle.size == 0)
        return from <= text.size ? from : SIZE_MAX;
    while (from < text.size && needle.size <= text.size - from) {
        const char *hit = memchr(text.data + from, needle.data[0], text.size - from - needle.size + 1);
        if (!hit)
            return SIZE_MAX;
        from = (size_t)(hit - text.data);
        if (memcmp(hit, needle.data, needle.size) == 0)
            return from;
        from++;
    }
    return SIZE_MAX;
}

bool pv_str_equal_ascii_folded(pv_str a, pv_str b) {
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++)
        if (pv_ascii_lower(a.data[i]) != pv_ascii_lower(b.data[i]))
            return false;
    return true;
}

bool pv_str_starts_with_ascii_folded(pv_str text, pv_str prefix) {
    return prefix.size <= text.size && pv_str_equal_ascii_folded((pv_str){text.data, prefix.size}, prefix);
}

/* ---- the candidate that was meant ---- */

/* Longer names are not compared: nobody mistypes them whole, and the work stays bounded. */
#define LONGEST_COMPARED 64

/* The bytes that count, folded as they are seen: case and the three separators do not tell names apart, nor what shows
 * nothing or looks the same. Never more than there were. */
static size_t fold_name(pv_str name, char out[LONGEST_COMPARED]) {
    size_t size = 0;
    for (size_t at = 0, length; at < name.size; at += length) {
        uint32_t seen = pv_utf8_seen_as(pv_utf8_decode(name, at, &length));
        if (seen >= 0x80) {
            memcpy(out + size, name.data + at, length);
            size += length;
        } else if (seen > 0) {
            char c = pv_ascii_lower((char)seen);
            out[size++] = c == '-' || c == ' ' ? '_' : c;
        }
    }
    return size;
}

static size_t smallest(size_t a, size_t b, size_t c) {
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Damerau-Levenshtein (restricted): insertions, deletions, substitutions and swaps of neighbours. */
static size_t distance(const char *a, size_t a_size, const char *b, size_t b_size) {
    size_t rows[3][LONGEST_COMPARED + 1];
    for (size_t j = 0; j <= b_size; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            row[j] = smallest(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && two_above[j - 2] + 1 < row[j])
                row[j] = two_above[j - 2] + 1;
        }
    }
    return rows[a_size % 3][b_size];
}

size_t pv_suggest_all(pv_str name, const pv_str *candidates, size_t count, size_t *out, size_t capacity) {
    char folded[LONGEST_COMPARED];
    char candidate[LONGEST_COMPARED];
    if (name.size == 0 || name.size > LONGEST_COMPARED)
        return 0;
    size_t size = fold_name(name, folded);
    size_t found = 0;
    size_t most = (size + 2) / 3; /* a suggestion is no further away than this */
    for (size_t i = 0; i < count; i++) {
        if (candidates[i].size > LONGEST_COMPARED || candidates[i].size + most < size ||
            (size + most < candidates[i].size && pv_utf8_is_ascii(candidates[i])))
            continue;
        size_t candidate_size = fold_name(candidates[i], candidate);
        size_t apart = distance(folded, size, candidate, candidate_size);
        if (apart > most || apart >= candidate_size)
            continue;
        found = apart < most ? 0 : found; /* what was found before is further away */
        most = apart;
        if (found < capacity)
            out[found] = i;
        found++;
    }
    return found;
}

size_t pv_suggest(pv_str name, const pv_str *candidates, size_t count) {
    size_t first;
    return pv_suggest_all(name, candidates, count, &first, 1) > 0 ? first : SIZE_MAX;
}
