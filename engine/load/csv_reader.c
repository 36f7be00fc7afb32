/* RFC 4180, read here and not by a library: none of those there are tells where in the file a cell stands, let alone
 * each character of a quoted one, and without that no finding could point at it. */
#include "load/csv_reader_p.h"

#include <string.h>

#include "base/utf8.h"
#include "model/text.h"

static const char separators[] = {',', ';', '\t', '|'}; /* the last only where there is none of the others */
#define SEPARATOR_COUNT (sizeof separators / sizeof *separators)

static bool is_line_break(char c) {
    return c == '\n' || c == '\r';
}

/* After the line break at offset, CRLF being one; offset itself where there is none. */
static size_t skip_line_break(pv_str bytes, size_t offset) {
    if (offset < bytes.size && bytes.data[offset] == '\r')
        return offset + (offset + 1 < bytes.size && bytes.data[offset + 1] == '\n' ? 2 : 1);
    return offset + (offset < bytes.size && bytes.data[offset] == '\n' ? 1 : 0);
}

static bool is_white(pv_str text, size_t offset, size_t *length) {
    uint32_t code_point = pv_utf8_decode(text, offset, length);
    return pv_utf8_is_white_space(code_point) || pv_utf8_is_zero_width(code_point);
}

/* bytes [start, end) without the white space around it; at start when there is nothing else. */
static pv_span trim(pv_str bytes, size_t start, size_t end) {
    pv_str text = pv_str_slice(bytes, 0, end);
    size_t first = start;
    size_t length;
    while (first < end && is_white(text, first, &length))
        first += length;
    if (first == end)
        return (pv_span){(uint32_t)start, (uint32_t)start};
    size_t last = end;
    while (last > first && is_white(text, pv_utf8_previous(text, last), &length))
        last = pv_utf8_previous(text, last);
    return (pv_span){(uint32_t)first, (uint32_t)last};
}

/* ---- the separator ---- */

/* A quote opens a cell only at its beginning: elsewhere it is a letter like any other. */
static size_t skip_quoted(pv_str bytes, size_t offset) {
    const char *closing = memchr(bytes.data + offset + 1, '"', bytes.size - offset - 1);
    return closing ? (size_t)(closing - bytes.data) + 1 : bytes.size;
}

static size_t separator_index(char c) {
    const char *found = memchr(separators, c, SEPARATOR_COUNT);
    return found ? (size_t)(found - separators) : SIZE_MAX;
}

/* Counts what could be separators in the line at offset; gives its end. */
static size_t count_in_line(pv_str bytes, size_t offset, size_t counts[SEPARATOR_COUNT], bool *filled) {
    bool begins = true; /* nothing but blanks since the last separator */
    *filled = false;
    while (offset < bytes.size && !is_line_break(bytes.data[offset])) {
        char c = bytes.data[offset];
        size_t separator = separator_index(c);
        bool opens = begins && c == '"';
        *filled = *filled || c != ' ';
        if (separator != SIZE_MAX)
            counts[separator]++;
        begins = separator != SIZE_MAX || (begins && c == ' ');
        offset = opens ? skip_quoted(bytes, offset) : offset + 1;
    }
    return offset;
}

static char choose_separator(pv_str bytes, size_t offset) {
    size_t counts[SEPARATOR_COUNT] = {0};
    bool filled = false;
    while (offset < bytes.size && !filled)
        offset = skip_line_break(bytes, count_in_line(bytes, offset, counts, &filled));
    size_t most = 0;
    for (size_t i = 1; i + 1 < SEPARATOR_COUNT; i++)
        if (counts[i] > counts[most])
            most = i;
    bool is_bar = counts[most] == 0 && counts[SEPARATOR_COUNT - 1] > 0;
    return separators[is_bar ? SEPARATOR_COUNT - 1 : most];
}

/* The line by which Excel is told the separator, and which it does not show. */
static bool read_separator_line(pv_csv_reader *reader, pv_error *error) {
    pv_str bytes = reader->source->bytes;
    size_t start = reader->next;
    size_t sign = start + PV_STR("sep=").size;
    pv_str rest = pv_str_slice(bytes, start, bytes.size);
    bool ends = sign + 1 >= bytes.size || is_line_break(bytes.data[sign + 1]);
    if (!pv_str_starts_with_ascii_folded(rest, PV_STR("sep=")) || sign >= bytes.size || !ends)
        return true;
    if (separator_index(bytes.data[sign]) == SIZE_MAX)
        return pv_fail_at(error, PV_ERROR_REFUSED, (pv_span){(uint32_t)sign, (uint32_t)sign + 1},
                          "cells are separated by a comma, a semicolon, a tab or a |, and by nothing else");
    reader->separator = bytes.data[sign];
    reader->next = skip_line_break(bytes, sign + 1);
    return true;
}

bool pv_csv_open(pv_csv_reader *reader, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                 pv_error *error) {
    *reader = (pv_csv_reader){.source = source, .limits = limits, .next = pv_source_text_start(source)};
    reader->row = PV_NEW_ARRAY(arena, pv_csv_cell, limits->csv_columns);
    if (!reader->row)
        return pv_fail_memory(error);
    if (!read_separator_line(reader, error))
        return false;
    if (reader->separator == '\0')
        reader->separator = choose_separator(source->bytes, reader->next);
    return true;
}

/* ---- rows and cells ---- */

static bool ends_cell(const pv_csv_reader *reader, size_t offset) {
    pv_str bytes = reader->source->bytes;
    return offset == bytes.size || bytes.data[offset] == reader->separator || is_line_break(bytes.data[offset]);
}

static size_t skip_blanks(const pv_csv_reader *reader, size_t offset) {
    pv_str bytes = reader->source->bytes;
    while (!ends_cell(reader, offset) && (bytes.data[offset] == ' ' || bytes.data[offset] == '\t'))
        offset++;
    return offset;
}

static size_t read_plain(const pv_csv_reader *reader, size_t start, pv_csv_cell *cell) {
    size_t end = start;
    while (!ends_cell(reader, end))
        end++;
    cell->at = trim(reader->source->bytes, start, end);
    cell->blank = cell->at.start == cell->at.end;
    return end;
}

static bool fail_after_quote(const pv_csv_reader *reader, size_t open, size_t offset, pv_error *error) {
    size_t length;
    pv_utf8_decode(reader->source->bytes, offset, &length);
    pv_fail_at(error, PV_ERROR_SYNTAX, (pv_span){(uint32_t)offset, (uint32_t)(offset + length)},
               "the quotes of this cell are closed, but text follows; write a quote that belongs to the text twice: "
               "\"\"");
    return pv_error_also_at(error, (pv_span){(uint32_t)open, (uint32_t)open + 1});
}

/* From the opening quote at open to where the cell ends. */
static bool read_quoted(const pv_csv_reader *reader, size_t open, size_t *end, pv_csv_cell *cell, pv_error *error) {
    pv_str bytes = reader->source->bytes;
    size_t at = open + 1;
    for (;;) {
        const char *quote = at < bytes.size ? memchr(bytes.data + at, '"', bytes.size - at) : NULL;
        if (!quote)
            return pv_fail_at(error, PV_ERROR_SYNTAX, (pv_span){(uint32_t)open, (uint32_t)open + 1},
                              "this quote opens a cell and is never closed; close it, or write it twice in quotes "
                              "(\"\"\"\") when it belongs to the text");
        at = (size_t)(quote - bytes.data) + 1;
        if (at == bytes.size || bytes.data[at] != '"')
            break;
        cell->rewritten = true;
        at++;
    }
    pv_span inner = trim(bytes, open + 1, at - 1);
    cell->quoted = true;
    cell->at = (pv_span){(uint32_t)open, (uint32_t)at};
    cell->blank = inner.start == inner.end;
    cell->rewritten = cell->rewritten || memchr(bytes.data + open, '\r', at - open);
    *end = skip_blanks(reader, at);
    return ends_cell(reader, *end) || fail_after_quote(reader, open, *end, error);
}

static bool check_limits(pv_csv_reader *reader, size_t offset, pv_error *error) {
    const pv_limits *limits = reader->limits;
    pv_span at = {(uint32_t)offset, (uint32_t)offset};
    if (reader->count == limits->csv_columns)
        return pv_fail_at(error, PV_ERROR_LIMIT, at, "this row has more than %zu cells", limits->csv_columns);
    if (reader->cells == limits->csv_cells)
        return pv_fail_at(error, PV_ERROR_LIMIT, at, "the file has more than %zu cells", limits->csv_cells);
    return true;
}

/* Adds the cell at offset to the row; *offset is then where it ends. */
static bool read_cell(pv_csv_reader *reader, size_t *offset, pv_error *error) {
    if (!check_limits(reader, *offset, error))
        return false;
    pv_csv_cell *cell = &reader->row[reader->count++];
    size_t start = skip_blanks(reader, *offset);
    *cell = (pv_csv_cell){0};
    reader->cells++;
    if (start < reader->source->bytes.size && reader->source->bytes.data[start] == '"') {
        if (!read_quoted(reader, start, offset, cell, error))
            return false;
    } else {
        *offset = read_plain(reader, *offset, cell);
    }
    reader->blank = reader->blank && cell->blank;
    return true;
}

/* Whether the row read last only says something to whoever fills the table in: its first cell begins with # and a
 * blank, and its others, one at least, are empty. */
static bool is_remark(const pv_csv_reader *reader) {
    static const pv_str sign = PV_STR("# ");
    size_t start = reader->row[0].at.start + reader->row[0].quoted;
    bool remark = reader->count > 1 && pv_str_starts_with_ascii_folded(
                                           pv_str_slice(reader->source->bytes, start, reader->row[0].at.end), sign);
    for (size_t i = 1; remark && i < reader->count; i++)
        remark = reader->row[i].blank;
    return remark;
}

bool pv_csv_next(pv_csv_reader *reader, bool *found, pv_error *error) {
    pv_str bytes = reader->source->bytes;
    size_t at = reader->next;
    *found = at < bytes.size;
    if (!*found)
        return true;
    if (reader->rows++ == reader->limits->csv_rows)
        return pv_fail_at(error, PV_ERROR_LIMIT, (pv_span){(uint32_t)at, (uint32_t)at},
                          "the file has more than %zu rows", reader->limits->csv_rows);
    reader->at.start = (uint32_t)at;
    reader->count = 0;
    reader->blank = true;
    if (!read_cell(reader, &at, error))
        return false;
    while (at < bytes.size && bytes.data[at] == reader->separator) {
        at++;
        if (!read_cell(reader, &at, error))
            return false;
    }
    reader->at.end = (uint32_t)at;
    reader->next = skip_line_break(bytes, at);
    reader->remark = is_remark(reader);
    return true;
}

bool pv_csv_next_filled(pv_csv_reader *reader, bool *found, pv_error *error) {
    do {
        if (!pv_csv_next(reader, found, error))
            return false;
    } while (*found && (reader->blank || reader->remark));
    return true;
}

pv_csv_cell pv_csv_cell_at(const pv_csv_reader *reader, size_t index) {
    if (index < reader->count)
        return reader->row[index];
    return (pv_csv_cell){.at = {reader->at.end, reader->at.end}, .blank = true};
}

/* ---- the text of a cell ---- */

/* The text between the quotes, with what was written twice and CR LF as one character; its map is made beside it. */
static bool rewrite(pv_text *out, pv_arena *arena, pv_str bytes, pv_span inner, pv_error *error) {
    char *value = pv_arena_alloc(arena, inner.end - inner.start);
    size_t size = 0;
    pv_segment_list segments;
    if (!value)
        return pv_fail_memory(error);
    pv_segments_begin(&segments, arena);
    for (size_t at = inner.start; at < inner.end;) {
        char c = bytes.data[at];
        bool rewritten = c == '"' || c == '\r';
        size_t next = c == '"' ? at + 2 : at + 1;
        if (c == '\r')
            next = skip_line_break(bytes, at);
        while (!rewritten && next < inner.end && bytes.data[next] != '"' && bytes.data[next] != '\r')
            next++;
        size_t made = rewritten ? 1 : next - at;
        memcpy(value + size, bytes.data + at, made);
        if (c == '\r')
            value[size] = '\n';
        size += made;
        if (!pv_segments_add(&segments, made, (pv_span){(uint32_t)at, (uint32_t)next}, error))
            return pv_segments_abandon(&segments);
        at = next;
    }
    *out = (pv_text){.value = {value, size}, .span = inner, .exact = true};
    return pv_segments_finish(&segments, out, error);
}

bool pv_csv_cell_text(pv_text *out, pv_arena *arena, const pv_source *source, const pv_csv_cell *cell,
                      pv_error *error) {
    pv_str bytes = source->bytes;
    size_t quote = cell->quoted ? 1 : 0;
    pv_span inner = trim(bytes, cell->at.start + quote, cell->at.end - quote);
    bool made = cell->rewritten ? rewrite(out, arena, bytes, inner, error)
                                : pv_text_verbatim(out, arena, pv_source_slice(source, inner), inner.start, error);
    out->span = cell->at;
    return made;
}
