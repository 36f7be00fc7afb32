/* Tables written with |, which the parser takes for paragraphs. */
#include <string.h>

#include "load/markdown_p.h"

#define MAX_COLUMNS 200

/* A cell of the row at hand: bytes of the source, without blanks at its ends. */
typedef struct pipe_row {
    pv_span cells[MAX_COLUMNS];
    size_t count;
} pipe_row;

static bool is_escaped(pv_str bytes, size_t at, size_t start) {
    size_t slashes = 0;
    while (at - slashes > start && bytes.data[at - slashes - 1] == '\\')
        slashes++;
    return slashes % 2 == 1;
}

static void add_cell(pipe_row *row, pv_str bytes, size_t start, size_t end) {
    while (start < end && (bytes.data[start] == ' ' || bytes.data[start] == '\t'))
        start++;
    while (end > start && (bytes.data[end - 1] == ' ' || bytes.data[end - 1] == '\t'))
        end--;
    if (row->count < MAX_COLUMNS)
        row->cells[row->count++] = (pv_span){(uint32_t)start, (uint32_t)end};
    else
        row->cells[row->count - 1].end = (uint32_t)end;
}

/* The cells of bytes [start, end), a line. */
static void split_row(pipe_row *row, pv_str bytes, size_t start, size_t end) {
    row->count = 0;
    while (start < end && (bytes.data[start] == ' ' || bytes.data[start] == '\t'))
        start++;
    while (end > start && (bytes.data[end - 1] == ' ' || bytes.data[end - 1] == '\t'))
        end--;
    if (start < end && bytes.data[start] == '|')
        start++;
    if (end > start && bytes.data[end - 1] == '|' && !is_escaped(bytes, end - 1, start))
        end--;
    size_t from = start;
    for (size_t at = start; at <= end; at++)
        if (at == end || (bytes.data[at] == '|' && !is_escaped(bytes, at, start))) {
            add_cell(row, bytes, from, at);
            from = at + 1;
        }
}

/* Whether a line is the rule under the headings: cells of - with : at their ends. */
static bool is_rule(const pipe_row *row, pv_str bytes) {
    for (size_t i = 0; i < row->count; i++) {
        size_t dashes = 0;
        for (uint32_t at = row->cells[i].start; at < row->cells[i].end; at++) {
            dashes += bytes.data[at] == '-';
            if (bytes.data[at] != '-' && bytes.data[at] != ':')
                return false;
        }
        if (dashes == 0)
            return false;
    }
    return row->count > 0;
}

/* A table being read: pieces of text fall into its cells. */
typedef struct pipe_table {
    pipe_row row;
    size_t cell; /* of the row, which is at hand */
    int line;    /* of the row */
    size_t end;  /* of the table */
    uint32_t row_number;
    bool is_silent; /* the row is a rule */
} pipe_table;

static void open_cell(pv_markdown_reader *reader, const pipe_table *table) {
    size_t at = table->cell == 0 ? pv_markdown_reader_offset(reader, table->line, 1) : reader->at;
    pv_markdown_reader_begin(reader, table->row.cells[table->cell].start, table->end);
    reader->at = at;
}

static void open_row(pv_markdown_reader *reader, pipe_table *table) {
    pv_str bytes = reader->source->bytes;
    split_row(&table->row, bytes, pv_markdown_reader_offset(reader, table->line, 1),
              pv_markdown_reader_line_end(reader, table->line));
    table->is_silent = is_rule(&table->row, bytes);
    table->cell = 0;
    table->row_number += table->is_silent ? 0 : 1;
    if (!table->is_silent)
        open_cell(reader, table);
}

/* Ends the cell at hand, and begins the next. */
static bool next_cell(pv_markdown_reader *reader, pipe_table *table) {
    size_t line = (size_t)table->line;
    const pv_block_cell cell = {reader->tables, table->row_number, (uint32_t)table->cell + 1, 1, 1};
    if (table->is_silent)
        return true;
    if (!pv_markdown_reader_end(reader, PV_BLOCK_PARAGRAPH, 0, cell, line, line))
        return false;
    if (++table->cell < table->row.count)
        open_cell(reader, table);
    return true;
}

static bool end_row(pv_markdown_reader *reader, pipe_table *table) {
    bool done = true;
    while (done && !table->is_silent && table->cell < table->row.count)
        done = next_cell(reader, table);
    return done;
}

/* A piece that lies in several cells is cut where these end; it is byte for byte its source, or lies in one. */
static bool take_piece(pv_markdown_reader *reader, void *payload, pv_str value, pv_span place) {
    pipe_table *table = payload;
    bool is_exact = value.size == (size_t)place.end - place.start;
    char first = place.start < reader->source->bytes.size ? reader->source->bytes.data[place.start] : '\n';
    if (value.size == 1 && (first == '\n' || first == '\r')) {
        if (!end_row(reader, table))
            return false;
        table->line++;
        open_row(reader, table);
        return true;
    }
    while (!table->is_silent && table->cell < table->row.count && value.size > 0) {
        const pv_span cell = table->row.cells[table->cell];
        if (place.start >= cell.end) {
            if (!next_cell(reader, table))
                return false;
            continue;
        }
        size_t skipped = place.start < cell.start ? cell.start - place.start : 0;
        if (is_exact && skipped >= value.size)
            return true;
        if (is_exact && skipped > 0) {
            value = pv_str_slice(value, skipped, value.size);
            place.start += (uint32_t)skipped;
        }
        size_t taken = is_exact && place.end > cell.end ? cell.end - place.start : value.size;
        if (!pv_markdown_reader_add(reader, pv_str_slice(value, 0, taken), place.start,
                                    is_exact ? place.start + taken : (size_t)place.end))
            return false;
        value = pv_str_slice(value, taken, value.size);
        place.start += (uint32_t)taken;
    }
    return true;
}

bool pv_markdown_reader_is_table(const pv_markdown_reader *reader, int first, int last) {
    pipe_row row;
    pv_str bytes = reader->source->bytes;
    size_t start = pv_markdown_reader_offset(reader, first, 1);
    size_t end = pv_markdown_reader_line_end(reader, first);
    if (last <= first || !memchr(bytes.data + start, '|', end - start))
        return false;
    split_row(&row, bytes, start, end);
    size_t count = row.count;
    split_row(&row, bytes, pv_markdown_reader_offset(reader, first + 1, 1),
              pv_markdown_reader_line_end(reader, first + 1));
    return row.count == count && is_rule(&row, bytes);
}

bool pv_markdown_reader_table(pv_markdown_reader *reader, cmark_node *node, int first, int last) {
    pipe_table table = {.line = first, .end = pv_markdown_reader_line_end(reader, last)};
    reader->tables++;
    open_row(reader, &table);
    return pv_markdown_reader_take(reader, node, take_piece, &table) && end_row(reader, &table);
}
