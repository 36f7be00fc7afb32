#include "report/other/side_by_side.h"

#include "report/write/layout.h"

#define INDENT ((size_t)2)
/* " | " */
#define MARK_COLUMNS ((size_t)3)

/* The end of what of text fits into `columns` from start on: before a blank where there is one, else wherever it is full. */
static size_t piece_end(pv_str text, size_t start, size_t columns) {
    size_t used = 0;
    size_t at = start;
    size_t last_blank = start;
    while (at < text.size) {
        pv_glyph glyph = pv_layout_glyph(text, at);
        if (used + glyph.columns > columns)
            return last_blank > start ? last_blank : at;
        if (text.data[at] == ' ')
            last_blank = at;
        used += glyph.columns;
        at += glyph.source_size;
    }
    return at;
}

/* The next line of a cell; *from moves past it and the blank after it. */
static pv_str next_piece(pv_str text, size_t *from, size_t columns) {
    size_t end = piece_end(text, *from, columns);
    pv_str piece = pv_str_slice(text, *from, end);
    *from = end < text.size && text.data[end] == ' ' ? end + 1 : end;
    return piece;
}

static void write_cell(pv_buf *out, const pv_report_style *style, bool differs, pv_ink ink, pv_str text,
                       size_t columns) {
    if (differs)
        pv_layout_ink(out, style, ink);
    pv_layout_cell(out, text, columns);
    if (differs)
        pv_layout_plain(out, style);
}

static char mark_of(const pv_test_row *row) {
    if (row->met)
        return ' ';
    if (row->expected.size > 0 && row->actual.size > 0)
        return '|';
    return row->expected.size > 0 ? '<' : '>';
}

/* A line of both halves, without blanks at its end. */
static void write_line(pv_buf *out, const pv_report_style *style, const pv_test_row *pieces, char mark,
                       size_t columns) {
    pv_buf_append_repeat(out, ' ', INDENT);
    write_cell(out, style, mark != ' ', PV_INK_GOOD, pieces->expected, columns);
    pv_buf_append_char(out, ' ');
    pv_buf_append_char(out, mark);
    if (pieces->actual.size > 0) {
        pv_buf_append_char(out, ' ');
        write_cell(out, style, mark != ' ', PV_INK_ERROR, pieces->actual, pv_layout_columns(pieces->actual));
    }
    while (out->size > 0 && out->data[out->size - 1] == ' ')
        out->size--;
    pv_buf_append_char(out, '\n');
}

static void write_row(pv_buf *out, const pv_report_style *style, const pv_test_row *row, size_t columns) {
    size_t left = 0;
    size_t right = 0;
    char mark = mark_of(row);
    do {
        pv_test_row pieces = {
            .expected = next_piece(row->expected, &left, columns),
            .actual = next_piece(row->actual, &right, columns),
        };
        write_line(out, style, &pieces, mark, columns);
    } while (left < row->expected.size || right < row->actual.size);
}

void pv_side_by_side(pv_buf *out, const pv_report_style *style, const pv_test_row *rows, size_t count) {
    size_t columns = (style->width - INDENT - MARK_COLUMNS) / 2;
    const pv_test_row headings = {.expected = PV_STR("expected"), .actual = PV_STR("actual"), .met = true};
    pv_layout_ink(out, style, PV_INK_FAINT);
    write_row(out, style, &headings, columns);
    pv_layout_plain(out, style);
    for (size_t i = 0; i < count; i++)
        write_row(out, style, &rows[i], columns);
}
