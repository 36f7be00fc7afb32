#include "base/glob.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

#define MAX_DEPTH 8u
#define WORD_BITS ((size_t)64)
#define WORDS (PV_GLOB_LONGEST / WORD_BITS + 1)

/* ---- what stands where in a pattern ---- */

/* Offset after the class whose "[" is at `at`, or SIZE_MAX when it does not end. A "]" that comes first is one of its
 * characters. */
static size_t class_end(pv_str pattern, size_t at) {
    size_t p = at + 1;
    if (p < pattern.size && pattern.data[p] == '!')
        p++;
    size_t first = p;
    for (; p < pattern.size; p++) {
        if (pattern.data[p] == ']' && p > first)
            return p + 1;
        if (pattern.data[p] == '\\')
            p++;
    }
    return SIZE_MAX;
}

/* Offset after what begins at p: a class, an escaped character, or one byte. */
static size_t step(pv_str pattern, size_t p) {
    if (pattern.data[p] == '[')
        return class_end(pattern, p);
    return pattern.data[p] == '\\' ? p + 2 : p + 1;
}

/* Offset of the "}" of the braces that p stands in, or of the next "," of theirs where that is asked for; SIZE_MAX
 * where there is none. */
static size_t next_in_braces(pv_str pattern, size_t p, bool comma_too) {
    unsigned depth = 0;
    for (; p < pattern.size; p = step(pattern, p)) {
        char c = pattern.data[p];
        if (depth == 0 && (c == '}' || (comma_too && c == ',')))
            return p;
        depth += c == '{';
        depth -= c == '}';
    }
    return SIZE_MAX;
}

static bool is_in_braces(pv_str pattern, size_t at) {
    unsigned depth = 0;
    for (size_t p = 0; p < at; p = step(pattern, p)) {
        depth += pattern.data[p] == '{';
        depth -= pattern.data[p] == '}';
    }
    return depth > 0;
}

/* A \\ before anything else is a slip: of a path of Windows, or of another language of patterns. */
static bool check_escape(pv_str pattern, size_t at, pv_error *error) {
    if (at + 1 == pattern.size)
        return pv_fail(error, PV_ERROR_SYNTAX, "a \\ at the end of a pattern needs a character after it");
    if (pattern.data[at + 1] != '\0' && strchr("*?[]{},!-\\", pattern.data[at + 1]))
        return true;
    return pv_fail(error, PV_ERROR_SYNTAX,
                   "a \\ in a pattern stands before one of the signs * ? [ ] { } , ! - \\; the parts of a path are "
                   "parted by /");
}

static bool check_class(pv_str pattern, size_t start, size_t end, pv_error *error) {
    size_t length;
    for (size_t p = start + 1 + (pattern.data[start + 1] == '!'); p < end - 1; p += length) {
        if (pattern.data[p] == '\\' && !check_escape(pattern, p, error))
            return false;
        p += pattern.data[p] == '\\';
        uint32_t low = pv_utf8_decode(pattern, p, &length);
        if (p + length + 1 >= end - 1 || pattern.data[p + length] != '-')
            continue;
        p += length + 1;
        if (pattern.data[p] == '\\' && !check_escape(pattern, p, error))
            return false;
        p += pattern.data[p] == '\\';
        if (pv_utf8_decode(pattern, p, &length) < low)
            return pv_fail(error, PV_ERROR_SYNTAX, "the range in '%.*s' ends before it begins", (int)(end - start),
                           pattern.data + start);
    }
    return true;
}

bool pv_glob_check(pv_str pattern, pv_error *error) {
    unsigned depth = 0;
    if (pattern.size > PV_GLOB_LONGEST)
        return pv_fail(error, PV_ERROR_LIMIT, "a pattern has at most %zu bytes; this one has %zu", PV_GLOB_LONGEST,
                       pattern.size);
    for (size_t p = 0; p < pattern.size; p = step(pattern, p)) {
        char c = pattern.data[p];
        if (c == '\\' && !check_escape(pattern, p, error))
            return false;
        if (c == '[' && class_end(pattern, p) == SIZE_MAX)
            return pv_fail(error, PV_ERROR_SYNTAX, "a [ in a pattern needs its ]; write \\[ for the character itself");
        if (c == '[' && !check_class(pattern, p, class_end(pattern, p), error))
            return false;
        if (c == '{' && ++depth > MAX_DEPTH)
            return pv_fail(error, PV_ERROR_LIMIT, "braces in a pattern stand at most %u deep", MAX_DEPTH);
        if (c == '{' && next_in_braces(pattern, p + 1, false) == SIZE_MAX)
            return pv_fail(error, PV_ERROR_SYNTAX, "a { in a pattern needs its }; write \\{ for the character itself");
        if (c == '}' && depth-- == 0)
            return pv_fail(error, PV_ERROR_SYNTAX, "a } in a pattern needs its {; write \\} for the character itself");
    }
    return true;
}

/* ---- matching: the set of places in the pattern that the text so far may have come to ---- */

typedef struct places {
    uint64_t words[WORDS];
} places;

static bool has_place(const places *set, size_t at) {
    return (set->words[at / WORD_BITS] >> (at % WORD_BITS) & 1u) != 0;
}

static bool is_double_star(pv_str pattern, size_t at) {
    return at + 1 < pattern.size && pattern.data[at] == '*' && pattern.data[at + 1] == '*';
}

/* Offset after the "**" at `at` and a "/" after it, where both stand at the start of a part of a path: they stand for
 * no folder as well. Else 0. */
static size_t after_no_folder(pv_str pattern, size_t at) {
    bool starts = at == 0 || strchr("/{,", pattern.data[at - 1]) != NULL;
    return starts && at + 2 < pattern.size && pattern.data[at + 2] == '/' ? at + 3 : 0;
}

static void mark(places *set, size_t at) {
    set->words[at / WORD_BITS] |= (uint64_t)1 << (at % WORD_BITS);
}

/* Adds `at` and every place that it leads to without a character of the text. */
static void add_place(places *set, pv_str pattern, size_t at) {
    if (at > pattern.size || has_place(set, at))
        return;
    mark(set, at);
    if (at == pattern.size)
        return;
    switch (pattern.data[at]) {
    case '*':
        add_place(set, pattern, is_double_star(pattern, at) ? at + 2 : at + 1);
        if (is_double_star(pattern, at) && after_no_folder(pattern, at) > 0)
            add_place(set, pattern, after_no_folder(pattern, at));
        break;
    case '{':
        for (size_t p = at; p != SIZE_MAX && pattern.data[p] != '}'; p = next_in_braces(pattern, p + 1, true))
            add_place(set, pattern, p + 1);
        break;
    case '}':
        add_place(set, pattern, at + 1);
        break;
    case ',': /* an alternative is at its end */
        if (is_in_braces(pattern, at))
            add_place(set, pattern, next_in_braces(pattern, at + 1, false));
        break;
    default:
        break;
    }
}

static bool class_has(pv_str pattern, size_t start, size_t end, uint32_t c) {
    bool negated = pattern.data[start + 1] == '!';
    bool found = false;
    size_t length;
    for (size_t p = start + 1 + negated; p < end - 1; p += length) {
        p += pattern.data[p] == '\\';
        uint32_t low = pv_utf8_decode(pattern, p, &length);
        uint32_t high = low;
        if (p + length + 1 < end - 1 && pattern.data[p + length] == '-') {
            p += length + 1;
            p += pattern.data[p] == '\\';
            high = pv_utf8_decode(pattern, p, &length);
        }
        found |= low <= c && c <= high;
    }
    return c != '/' && found != negated;
}

/* Adds to next where the character c leads from the place `at`. */
static void advance(places *next, pv_str pattern, size_t at, uint32_t c) {
    size_t length;
    switch (pattern.data[at]) {
    case '*':
        if (c != '/' && !is_double_star(pattern, at))
            add_place(next, pattern, at);
        return;
    case '?':
        if (c != '/')
            add_place(next, pattern, at + 1);
        return;
    case '[': {
        size_t end = class_end(pattern, at);
        if (class_has(pattern, at, end, c))
            add_place(next, pattern, end);
        return;
    }
    case '{':
    case '}':
        return;
    case ',':
        if (is_in_braces(pattern, at))
            return;
        break;
    case '\\':
        at++;
        break;
    default:
        break;
    }
    if (pv_utf8_decode(pattern, at, &length) == c)
        add_place(next, pattern, at + length);
}

/* Goes over the pattern for a character of the text. */
static void advance_all(const places *now, places *next, pv_str pattern, uint32_t c) {
    for (size_t p = 0; p < pattern.size; p = step(pattern, p))
        if (has_place(now, p))
            advance(next, pattern, p, c);
    /* Last, and without the way around "**" and its "/": that is open only to who comes to them. Places lead forward,
     * so that whoever comes to a later "**" from an earlier one is there before it. */
    for (size_t p = 0; p < pattern.size; p = step(pattern, p)) {
        if (!has_place(now, p) || !is_double_star(pattern, p))
            continue;
        mark(next, p);
        add_place(next, pattern, p + 2);
    }
}

bool pv_glob_is_pattern(pv_str pattern) {
    for (size_t i = 0; i < pattern.size; i++) {
        if (pattern.data[i] == '\\')
            i++;
        else if (strchr("*?[{", pattern.data[i]) != NULL)
            return true;
    }
    return false;
}

/* Whether pattern is well-formed and nothing but ASCII characters that mean themselves, and one "*" at most. */
static bool is_plain(pv_str pattern, size_t *star) {
    *star = pattern.size;
    for (size_t i = 0; i < pattern.size; i++) {
        bool is_star = pattern.data[i] == '*' && *star == pattern.size;
        if ((unsigned char)pattern.data[i] >= 0x80 || (!is_star && strchr("*?[]{},\\", pattern.data[i])))
            return false;
        if (is_star)
            *star = i;
    }
    return pattern.size <= PV_GLOB_LONGEST;
}

/* What most patterns are, and most texts that they do not match are told from by their first characters. */
static bool plain_matches(pv_str pattern, size_t star, pv_str text) {
    size_t after = star < pattern.size ? pattern.size - star - 1 : 0;
    if (text.size < star + after || (star == pattern.size && text.size != star) ||
        (star > 0 && memcmp(pattern.data, text.data, star) != 0) ||
        (after > 0 && memcmp(pattern.data + star + 1, text.data + text.size - after, after) != 0))
        return false;
    return text.size == star + after || !memchr(text.data + star, '/', text.size - after - star);
}

bool pv_glob_matches(pv_str pattern, pv_str text) {
    size_t star;
    if (is_plain(pattern, &star))
        return plain_matches(pattern, star, text);
    pv_error ignored = {0};
    if (!pv_glob_check(pattern, &ignored))
        return false;
    places now = {{0}};
    size_t length;
    add_place(&now, pattern, 0);
    for (size_t i = 0; i < text.size; i += length) {
        places next = {{0}};
        advance_all(&now, &next, pattern, pv_utf8_decode(text, i, &length));
        now = next;
    }
    return has_place(&now, pattern.size);
}

/* ---- unions ---- */

static bool is_union(pv_str pattern) {
    return pattern.size > 1 && pattern.data[0] == '{' && next_in_braces(pattern, 1, false) == pattern.size - 1;
}

/* pattern as it stands in braces: a "," outside of its own is no longer itself there. */
static void append_part(pv_buf *out, pv_str pattern) {
    unsigned depth = 0;
    size_t next;
    if (is_union(pattern)) {
        pv_buf_append(out, pv_str_slice(pattern, 1, pattern.size - 1));
        return;
    }
    for (size_t p = 0; p < pattern.size; p = next) {
        next = step(pattern, p);
        depth += pattern.data[p] == '{';
        depth -= pattern.data[p] == '}';
        if (depth == 0 && pattern.data[p] == ',')
            pv_buf_append_char(out, '\\');
        pv_buf_append(out, pv_str_slice(pattern, p, next));
    }
}

pv_str pv_glob_union(pv_arena *arena, pv_str one, pv_str other) {
    pv_buf text = pv_buf_on(pv_arena_memory(arena));
    pv_buf_append_char(&text, '{');
    append_part(&text, one);
    pv_buf_append_char(&text, ',');
    append_part(&text, other);
    pv_buf_append_char(&text, '}');
    pv_str joined = {0};
    if (!text.failed)
        joined = pv_arena_copy(arena, pv_buf_str(&text));
    pv_buf_clear(&text);
    return joined;
}

bool pv_glob_next_part(pv_str pattern, size_t *at, pv_str *part) {
    if (*at >= pattern.size)
        return false;
    if (!is_union(pattern)) {
        *part = pattern;
        *at = pattern.size;
        return true;
    }
    size_t start = *at == 0 ? 1 : *at;
    size_t end = next_in_braces(pattern, start, true);
    *part = pv_str_slice(pattern, start, end);
    *at = end + 1; /* past the "," or the closing brace */
    return true;
}
