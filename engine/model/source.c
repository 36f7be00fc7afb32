#include "model/source.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

/* Walks the line breaks of a text. The next LF and the next CR are remembered, so that a file with only one kind of them is
 * not searched again and again for the other. */
typedef struct line_walk {
    pv_str bytes;
    size_t next_lf;
    size_t next_cr;
} line_walk;

static size_t find_byte(pv_str bytes, char byte, size_t from) {
    const char *found = from < bytes.size ? memchr(bytes.data + from, byte, bytes.size - from) : NULL;
    return found ? (size_t)(found - bytes.data) : SIZE_MAX;
}

static line_walk walk_lines(pv_str bytes) {
    return (line_walk){bytes, find_byte(bytes, '\n', 0), find_byte(bytes, '\r', 0)};
}

/* The start of the line after the next LF, CRLF or CR; false at the end of the text. */
static bool next_line(line_walk *walk, size_t *start) {
    if (walk->next_lf == SIZE_MAX && walk->next_cr == SIZE_MAX)
        return false;
    if (walk->next_lf < walk->next_cr) {
        *start = walk->next_lf + 1;
        walk->next_lf = find_byte(walk->bytes, '\n', *start);
        return true;
    }
    bool is_crlf = walk->next_lf == walk->next_cr + 1;
    *start = walk->next_cr + (is_crlf ? 2 : 1);
    walk->next_cr = find_byte(walk->bytes, '\r', *start);
    if (is_crlf)
        walk->next_lf = find_byte(walk->bytes, '\n', *start);
    return true;
}

static bool build_line_table(pv_source *source, pv_arena *arena, pv_error *error) {
    size_t start = 0;
    size_t count = 1;
    for (line_walk walk = walk_lines(source->bytes); next_line(&walk, &start);)
        count++;
    uint32_t *starts = PV_NEW_ARRAY(arena, uint32_t, count);
    if (!starts)
        return pv_fail_memory(error);
    size_t line = 1;
    for (line_walk walk = walk_lines(source->bytes); next_line(&walk, &start);)
        starts[line++] = (uint32_t)start;
    source->line_starts = starts;
    source->line_count = count;
    return true;
}

static pv_span one_byte_at(size_t offset) {
    return (pv_span){(uint32_t)offset, (uint32_t)offset + 1};
}

/* UTF-16 text has its mark in front, or a zero byte in every character of the Latin alphabet. */
static bool looks_like_utf16(pv_str bytes) {
    if (bytes.size < 2)
        return false;
    return pv_str_starts_with(bytes, PV_STR("\xFF\xFE")) || pv_str_starts_with(bytes, PV_STR("\xFE\xFF")) ||
           (bytes.data[0] == '\0') != (bytes.data[1] == '\0');
}

bool pv_source_check_encoding(pv_str bytes, pv_error *error) {
    if (looks_like_utf16(bytes)) {
        return pv_fail_at(error, PV_ERROR_ENCODING, one_byte_at(0),
                          "the file is in UTF-16; save it again with the encoding UTF-8");
    }
    size_t invalid = pv_utf8_invalid_at(bytes);
    size_t nul = find_byte(bytes, '\0', 0);
    if (nul < invalid)
        return pv_fail_at(error, PV_ERROR_ENCODING, one_byte_at(nul),
                          "a zero byte stands here, so this is not a text file, or it is damaged");
    if (invalid != SIZE_MAX) {
        return pv_fail_at(error, PV_ERROR_ENCODING, one_byte_at(invalid),
                          "the byte %02X is not UTF-8 text (the file may be in Windows-1252); save it again with the "
                          "encoding UTF-8",
                          (unsigned)(unsigned char)bytes.data[invalid]);
    }
    return true;
}

bool pv_source_new(pv_source **out, pv_arena *arena, pv_str path, pv_str bytes, const pv_limits *limits,
                   pv_error *error) {
    *out = NULL;
    if (bytes.size > limits->source_bytes || bytes.size >= UINT32_MAX)
        return pv_fail(error, PV_ERROR_LIMIT, "the file is larger than the limit of %zu bytes", limits->source_bytes);
    pv_source *source = PV_NEW(arena, pv_source);
    if (!source)
        return pv_fail_memory(error);
    source->path = path;
    source->bytes = bytes;
    if (!build_line_table(source, arena, error))
        return false;
    *out = source;
    return pv_source_check_encoding(bytes, error);
}

/* Index of the last line that starts at or before offset. */
static size_t line_index_of(const pv_source *source, size_t offset) {
    size_t low = 0;
    size_t high = source->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t pv_source_text_start(const pv_source *source) {
    pv_str byte_order_mark = PV_STR("\xEF\xBB\xBF");
    return pv_str_starts_with(source->bytes, byte_order_mark) ? byte_order_mark.size : 0;
}

pv_position pv_source_locate(const pv_source *source, size_t offset) {
    assert(offset <= source->bytes.size);
    size_t line = line_index_of(source, offset);
    size_t start = line > 0 ? source->line_starts[line] : pv_source_text_start(source);
    size_t before = offset > start ? pv_utf8_length(pv_str_slice(source->bytes, start, offset)) : 0;
    return (pv_position){(uint32_t)line + 1, (uint32_t)before + 1};
}

size_t pv_source_line_start(const pv_source *source, uint32_t line) {
    assert(line >= 1);
    return line <= source->line_count ? source->line_starts[line - 1] : source->bytes.size;
}

pv_str pv_source_line(const pv_source *source, uint32_t line) {
    size_t start = pv_source_line_start(source, line);
    size_t end = pv_source_line_start(source, line + 1);
    if (end > start && source->bytes.data[end - 1] == '\n')
        end--;
    if (end > start && source->bytes.data[end - 1] == '\r')
        end--;
    return pv_str_slice(source->bytes, start, end);
}

pv_str pv_source_slice(const pv_source *source, pv_span span) {
    return pv_str_slice(source->bytes, span.start, span.end);
}
