/* RFC 4180, read here and not by a library: none of those there are tells where in the file a cell stands, let alone
 * each character of a quoted one, and without that no finding could point at it. */
#include "load/csv_p.h"

#include <string.h>

#include "base/utf8.h"
#include "load/glimpse_p.h"
#include "load/loader_p.h"
#include "model/message.h"

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
    pv_str bytes = reader->rows.source->bytes;
    size_t start = reader->next;
    size_t sign = start + PV_STR("sep=").size;
    pv_str rest = pv_str_slice(bytes, start, bytes.size);
    bool ends = sign + 1 >= bytes.size || is_line_break(bytes.data[sign + 1]);
    if (!pv_str_starts_with_ascii_folded(rest, PV_STR("sep=")) || sign >= bytes.size || !ends)
        return true;
    if (separator_index(bytes.data[sign]) == SIZE_MAX)
        return pv_fail_at(error, PV_ERROR_REFUSED, (pv_span){(uint32_t)sign, (uint32_t)sign + 1},
                          "cells are separated by a comma, a semicolon, a tab or a |, and by nothing else");
    reader->rows.separator = bytes.data[sign];
    reader->next = skip_line_break(bytes, sign + 1);
    return true;
}

bool pv_csv_open(pv_csv_reader *reader, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                 pv_error *error) {
    *reader = (pv_csv_reader){
        .rows = {.source = source, .next = pv_csv_next, .text = pv_csv_cell_text},
        .limits = limits,
        .next = pv_source_text_start(source),
    };
    reader->rows.row = PV_NEW_ARRAY(arena, pv_cell, limits->table_columns);
    if (!reader->rows.row)
        return pv_fail_memory(error);
    if (!read_separator_line(reader, error))
        return false;
    if (reader->rows.separator == '\0')
        reader->rows.separator = choose_separator(source->bytes, reader->next);
    return true;
}

/* ---- rows and cells ---- */

static bool ends_cell(const pv_csv_reader *reader, size_t offset) {
    pv_str bytes = reader->rows.source->bytes;
    return offset == bytes.size || bytes.data[offset] == reader->rows.separator || is_line_break(bytes.data[offset]);
}

static size_t skip_blanks(const pv_csv_reader *reader, size_t offset) {
    pv_str bytes = reader->rows.source->bytes;
    while (!ends_cell(reader, offset) && (bytes.data[offset] == ' ' || bytes.data[offset] == '\t'))
        offset++;
    return offset;
}

static size_t read_plain(const pv_csv_reader *reader, size_t start, pv_cell *cell) {
    size_t end = start;
    while (!ends_cell(reader, end))
        end++;
    cell->at = trim(reader->rows.source->bytes, start, end);
    cell->blank = cell->at.start == cell->at.end;
    return end;
}

static bool fail_after_quote(const pv_csv_reader *reader, size_t open, size_t offset, pv_error *error) {
    size_t length;
    pv_utf8_decode(reader->rows.source->bytes, offset, &length);
    pv_fail_at(error, PV_ERROR_SYNTAX, (pv_span){(uint32_t)offset, (uint32_t)(offset + length)},
               "the quotes of this cell are closed, but text follows; write a quote that belongs to the text twice: "
               "\"\"");
    return pv_error_also_at(error, (pv_span){(uint32_t)open, (uint32_t)open + 1});
}

/* From the opening quote at open to where the cell ends. */
static bool read_quoted(const pv_csv_reader *reader, size_t open, size_t *end, pv_cell *cell, pv_error *error) {
    pv_str bytes = reader->rows.source->bytes;
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
    if (reader->rows.count == limits->table_columns)
        return pv_fail_at(error, PV_ERROR_LIMIT, at, "this row has more than %zu cells", limits->table_columns);
    if (reader->cells_read == limits->table_cells)
        return pv_fail_at(error, PV_ERROR_LIMIT, at, "the file has more than %zu cells", limits->table_cells);
    return true;
}

/* Adds the cell at offset to the row; *offset is then where it ends. */
static bool read_cell(pv_csv_reader *reader, size_t *offset, pv_error *error) {
    if (!check_limits(reader, *offset, error))
        return false;
    pv_cell *cell = &reader->rows.row[reader->rows.count++];
    size_t start = skip_blanks(reader, *offset);
    *cell = (pv_cell){0};
    reader->cells_read++;
    if (start < reader->rows.source->bytes.size && reader->rows.source->bytes.data[start] == '"') {
        if (!read_quoted(reader, start, offset, cell, error))
            return false;
    } else {
        *offset = read_plain(reader, *offset, cell);
    }
    reader->rows.blank = reader->rows.blank && cell->blank;
    return true;
}

/* Whether the row read last only says something to whoever fills the table in: its first cell begins with # and a
 * blank, and its others, one at least, are empty. */
static bool is_remark(const pv_csv_reader *reader) {
    static const pv_str sign = PV_STR("# ");
    size_t start = reader->rows.row[0].at.start + reader->rows.row[0].quoted;
    bool remark = reader->rows.count > 1 &&
                  pv_str_starts_with_ascii_folded(
                      pv_str_slice(reader->rows.source->bytes, start, reader->rows.row[0].at.end), sign);
    for (size_t i = 1; remark && i < reader->rows.count; i++)
        remark = reader->rows.row[i].blank;
    return remark;
}

bool pv_csv_next(pv_rows *rows, bool *found, pv_error *error) {
    pv_csv_reader *reader = (pv_csv_reader *)rows;
    pv_str bytes = reader->rows.source->bytes;
    size_t at = reader->next;
    *found = at < bytes.size;
    if (!*found)
        return true;
    if (reader->rows_read++ == reader->limits->table_rows)
        return pv_fail_at(error, PV_ERROR_LIMIT, (pv_span){(uint32_t)at, (uint32_t)at},
                          "the file has more than %zu rows", reader->limits->table_rows);
    reader->rows.at.start = (uint32_t)at;
    reader->rows.count = 0;
    reader->rows.blank = true;
    if (!read_cell(reader, &at, error))
        return false;
    while (at < bytes.size && bytes.data[at] == reader->rows.separator) {
        at++;
        if (!read_cell(reader, &at, error))
            return false;
    }
    reader->rows.at.end = (uint32_t)at;
    reader->next = skip_line_break(bytes, at);
    reader->rows.remark = is_remark(reader);
    return true;
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

bool pv_csv_cell_text(pv_text *out, pv_arena *arena, const pv_source *source, const pv_cell *cell, pv_error *error) {
    pv_str bytes = source->bytes;
    size_t quote = cell->quoted ? 1 : 0;
    pv_span inner = trim(bytes, cell->at.start + quote, cell->at.end - quote);
    bool made = cell->rewritten ? rewrite(out, arena, bytes, inner, error)
                                : pv_text_verbatim(out, arena, pv_source_slice(source, inner), inner.start, error);
    out->span = cell->at;
    return made;
}

/* ---- which form it is on ---- */

/* The first row that is not empty says it: `form,ID`. PV_ERROR_NOT_FOUND when it does not, PV_ERROR_SHAPE when it
 * leaves the name out; else what pv_csv_next says of the row. */
static bool read_form_name(pv_form_name *out, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                           pv_error *error) {
    pv_csv_reader reader;
    bool found = false;
    pv_text text;
    *out = (pv_form_name){0};
    if (!pv_csv_open(&reader, arena, source, limits, error))
        return false;
    bool read = pv_rows_next_filled(&reader.rows, &found, error);
    out->given = reader.rows.count > 1 && pv_rows_name_form(&reader.rows);
    if (!read)
        return false;
    if (!found || !pv_rows_name_form(&reader.rows)) {
        uint32_t start = (uint32_t)pv_source_text_start(source);
        return pv_fail_at(error, PV_ERROR_NOT_FOUND, (pv_span){start, start},
                          "the file does not name its form; begin it with a row form,ID and an empty row, or name the "
                          "pack with --pack");
    }
    pv_cell cell = pv_rows_cell(&reader.rows, 1);
    if (cell.blank)
        return pv_fail_without_form_name(&cell, error);
    out->at = cell.at;
    if (!pv_csv_cell_text(&text, arena, source, &cell, error))
        return false;
    out->id = text.value;
    return true;
}

/* Standard input, which has no name, is a table when its first row begins with the cell `form` and goes on: no YAML
 * does. */
static bool recognises(pv_str path, pv_str bytes, pv_arena *scratch, const pv_limits *limits) {
    const pv_source source = {.path = path, .bytes = bytes};
    pv_form_name name;
    pv_error ignored = {0}; /* what is wrong with a row is told when the file is loaded */
    if (!pv_str_equal(path, PV_STR("-")))
        return false;
    (void)read_form_name(&name, scratch, &source, limits, &ignored);
    return name.given;
}

static bool load(pv_loaded *out, pv_arena *arena, const pv_source *source, const pv_form *form, const pv_limits *limits,
                 pv_error *error) {
    pv_csv_reader reader;
    if (!form->headings)
        return pv_fail(error, PV_ERROR_REFUSED,
                       "the form %s does not say how it is kept as CSV; write the submission as YAML",
                       pv_message_quote(form->id).text);
    return pv_csv_open(&reader, arena, source, limits, error) &&
           pv_table_load(&out->tree, arena, &reader.rows, form, pv_csv_loader.format, limits, error);
}

static const pv_str endings[] = {PV_STR(".csv")};

const pv_loader pv_csv_loader = {
    .format = PV_STR("csv"),
    .title = PV_STR("CSV"),
    .endings = endings,
    .ending_count = sizeof endings / sizeof *endings,
    .has_comments = false,
    .recognises = recognises,
    .open = pv_source_new,
    .form_name = read_form_name,
    .load = load,
    .glimpse = pv_glimpse_csv,
};
