#include <string.h>

#include "base/utf8.h"
#include "model/segments.h"

/* A run of white space with line breaks in it, or the end of the text. */
typedef struct line_gap {
    size_t start;
    size_t end;
    size_t breaks;
} line_gap;

typedef struct folding {
    const pv_text *text;
    char *bytes; /* the value being made */
    size_t size;
    pv_segment_list segments;
} folding;

static bool is_line_break(uint32_t code_point) {
    return (code_point >= '\n' && code_point <= '\r') || code_point == 0x85 || code_point == 0x2028 ||
           code_point == 0x2029;
}

/* Start of the first line break in value bytes [from, end), or end. */
static size_t find_line_break(pv_str value, size_t from, size_t end) {
    pv_str part = {value.data, end};
    size_t at = pv_utf8_plain_end(part, from, '\0', '\0');
    for (size_t length; at < end; at = pv_utf8_plain_end(part, at + length, '\0', '\0'))
        if (is_line_break(pv_utf8_decode(part, at, &length)))
            return at;
    return end;
}

/* Start of the white space that ends at offset, no further back than from. */
static size_t white_space_start(pv_str value, size_t from, size_t offset) {
    while (offset > from) {
        size_t length;
        size_t previous = pv_utf8_previous(value, offset);
        if (!pv_utf8_is_white_space(pv_utf8_decode(value, previous, &length)))
            break;
        offset = previous;
    }
    return offset;
}

/* End of the white space that starts at offset; the line breaks in it, CR LF as one. */
static size_t white_space_end(pv_str value, size_t offset, size_t end, size_t *breaks) {
    *breaks = 0;
    for (size_t length; offset < end; offset += length) {
        uint32_t code_point = pv_utf8_decode(value, offset, &length);
        if (!pv_utf8_is_white_space(code_point))
            break;
        bool ends_crlf = code_point == '\n' && offset > 0 && value.data[offset - 1] == '\r';
        *breaks += is_line_break(code_point) && !ends_crlf;
    }
    return offset;
}

static line_gap next_gap(pv_str value, size_t from, size_t end) {
    line_gap found;
    size_t line_break = find_line_break(value, from, end);
    found.start = white_space_start(value, from, line_break);
    found.end = white_space_end(value, line_break, end, &found.breaks);
    return found;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_lower_case_letter(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_letter(char c) {
    return is_lower_case_letter(c) || (c >= 'A' && c <= 'Z');
}

/* Bytes of the label of a list marker: a number of one or two digits, a small roman numeral, one letter. */
static size_t label_length(pv_str line) {
    size_t digits = 0;
    while (digits < line.size && is_digit(line.data[digits]))
        digits++;
    if (digits > 0)
        return digits <= 2 ? digits : 0;
    size_t roman = 0;
    while (roman < line.size && line.data[roman] != '\0' && strchr("ivx", line.data[roman]))
        roman++;
    if (roman > 0)
        return roman <= 5 ? roman : 0;
    return line.size > 0 && is_letter(line.data[0]) ? 1 : 0;
}

/* Bytes of a list marker: "1)", "(1)", "1.", "a)", "iv.", a bullet; 0 when line opens with none. A capital with a dot is
 * an initial ("J. Smith"), not a marker. */
static size_t marker_length(pv_str line) {
    static const char *const bullets[] = {"\u2022", "\u2013", "-", "*"};
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++)
        if (pv_str_starts_with(line, pv_str_from(bullets[i])))
            return strlen(bullets[i]);
    size_t start = pv_str_starts_with(line, PV_STR("(")) ? 1 : 0;
    size_t label = label_length(pv_str_slice(line, start, line.size));
    size_t end = start + label;
    if (label == 0 || end == line.size)
        return 0;
    bool is_initial = is_letter(line.data[start]) && !is_lower_case_letter(line.data[start]);
    if (line.data[end] == ')' || (line.data[end] == '.' && start == 0 && !is_initial))
        return end + 1;
    return 0;
}

static bool opens_with_list_marker(pv_str line) {
    size_t marker = marker_length(line);
    size_t length;
    return marker > 0 && marker < line.size && pv_utf8_is_white_space(pv_utf8_decode(line, marker, &length));
}

static bool keep(folding *fold, size_t start, size_t end, pv_error *error) {
    memcpy(fold->bytes + fold->size, fold->text->value.data + start, end - start);
    fold->size += end - start;
    return pv_segments_add_part(&fold->segments, fold->text, start, end, error);
}

static bool replace(folding *fold, line_gap old, char separator, pv_error *error) {
    fold->bytes[fold->size++] = separator;
    return pv_segments_add(&fold->segments, 1, pv_text_locate(fold->text, old.start, old.end), error);
}

/* Folds value bytes [from, end), which neither start nor end with white space. */
static bool fold_range(folding *fold, size_t from, size_t end, bool hard_wrapped, pv_error *error) {
    pv_str value = fold->text->value;
    while (true) {
        line_gap next = next_gap(value, from, end);
        if (!keep(fold, from, next.start, error))
            return false;
        if (next.start == end)
            return true;
        bool is_wrap = hard_wrapped && next.breaks == 1 && !opens_with_list_marker(pv_str_slice(value, next.end, end));
        if (!replace(fold, next, is_wrap ? ' ' : '\n', error))
            return false;
        from = next.end;
    }
}

bool pv_text_fold(pv_text *out, pv_arena *arena, const pv_text *text, bool hard_wrapped, pv_error *error) {
    size_t breaks;
    size_t start = white_space_end(text->value, 0, text->value.size, &breaks);
    size_t end = white_space_start(text->value, start, text->value.size);
    if (find_line_break(text->value, start, end) == end)
        return pv_text_slice(out, arena, text, start, end, error);
    folding fold = {.text = text, .bytes = PV_NEW_ARRAY(arena, char, end - start)};
    if (!fold.bytes)
        return pv_fail_memory(error);
    pv_segments_begin(&fold.segments, arena);
    if (!fold_range(&fold, start, end, hard_wrapped, error))
        return pv_segments_abandon(&fold.segments);
    *out = (pv_text){.value = {fold.bytes, fold.size}, .span = pv_text_locate(text, start, end), .exact = text->exact};
    return pv_segments_finish(&fold.segments, out, error);
}
