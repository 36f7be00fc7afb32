/* Invariant: a pv_str is a borrowed view. It never owns its bytes, need not end in NUL, may hold NUL, and
 * lives exactly as long as what it points into (a source, an arena, a literal). */
#ifndef PV_BASE_STR_H
#define PV_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pv_str {
    const char *data;
    size_t size; /* bytes */
} pv_str;

/* A half-open byte range [start, end) of one source or of one value; start <= end. */
typedef struct pv_span {
    uint32_t start;
    uint32_t end;
} pv_span;

/* The first of items in order that ends after offset, or count. Each is size bytes, of which those from at on are its
 * span. */
static inline size_t pv_spans_after(const void *items, size_t count, size_t size, size_t at, size_t offset) {
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const pv_span *span = (const pv_span *)(const void *)((const char *)items + middle * size + at);
        if (span->end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
/* The same of items of a type whose span is its member `at`. */
#define PV_SPANS_AFTER(items, count, type, offset)                                                                     \
    pv_spans_after((items), (count), sizeof(type), offsetof(type, at), (offset))

/* A view of a string literal. */
#define PV_STR(literal) ((pv_str){(literal), sizeof(literal) - 1})
/* For printf's "%.*s". */
#define PV_STR_ARG(str) ((int)(str).size), ((str).size ? (str).data : "")

/* A view of a NUL-terminated string; NULL gives the empty view. */
pv_str pv_str_from(const char *text);

bool pv_str_equal(pv_str a, pv_str b);
/* Byte order, shorter first where one is a prefix: <0, 0, >0 (never locale-dependent). */
int pv_str_compare(pv_str a, pv_str b);
/* Order for names with numbers in them: runs of digits compare as numbers ("1.2.9" < "1.2.10"). */
int pv_str_compare_natural(pv_str a, pv_str b);
bool pv_str_starts_with(pv_str text, pv_str prefix);
bool pv_str_ends_with(pv_str text, pv_str suffix);
/* Bytes [start, end) of text; asserts that they lie inside it. */
pv_str pv_str_slice(pv_str text, size_t start, size_t end);
/* Without ASCII white space at either end. */
pv_str pv_str_trim(pv_str text);
/* Offset of the first occurrence at or after from, or SIZE_MAX. */
size_t pv_str_find(pv_str text, pv_str needle, size_t from);
/* An ASCII capital as a small letter, any other byte as it is. */
static inline char pv_ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}
static inline bool pv_ascii_is_letter(char c) {
    return pv_ascii_lower(c) >= 'a' && pv_ascii_lower(c) <= 'z';
}
static inline bool pv_ascii_is_letter_or_digit(char c) {
    return pv_ascii_is_letter(c) || (c >= '0' && c <= '9');
}
/* Equal when ASCII letters are folded. */
bool pv_str_equal_ascii_folded(pv_str a, pv_str b);
bool pv_str_starts_with_ascii_folded(pv_str text, pv_str prefix);

/* The candidate, by index, that name is most likely meant for: near enough that a typing mistake explains it (at most a
 * third of its letters, Damerau-Levenshtein), and the first such when several are equally near; SIZE_MAX when none is
 * near. '-', '_' and ' ' count as equal, case is folded. */
size_t pv_suggest(pv_str name, const pv_str *candidates, size_t count);
/* All that are as near as that one, in their order: fills out up to capacity, and returns how many there are. */
size_t pv_suggest_all(pv_str name, const pv_str *candidates, size_t count, size_t *out, size_t capacity);

#endif
