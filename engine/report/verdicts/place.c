#include "report/verdicts/place.h"
#include "base/digits.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* ---- for people ---- */

/* "  ", the line number, " | ". */
#define GUTTER_COLUMNS ((size_t)5)
#define MIN_TEXT_COLUMNS ((size_t)20)
/* Lines shown of a place: rows of a table, and prose, which is shown to where it can be found. */
#define MOST_ROWS ((size_t)12)
#define MOST_PROSE 3

/* The part of one source line that is shown: its bytes, the marked range in them, and the window of columns that
 * fits. */
typedef struct shown_line {
    pv_str text;
    size_t mark_start; /* bytes of text */
    size_t mark_end;
    uint32_t line;
} shown_line;

typedef struct window {
    size_t left; /* first column shown */
    size_t right;
    bool cut_left;
    bool cut_right;
} window;

static size_t digits_of(size_t number) {
    size_t digits = 1;
    while (number >= 10) {
        number /= 10;
        digits++;
    }
    return digits;
}

static bool is_blank_byte(char c) {
    return c == ' ' || c == '\t';
}

/* The columns to show so that the marks are in view: all of the line, or the marks with what stands around them. */
static window choose_window(size_t total, size_t mark_left, size_t mark_right, size_t available) {
    if (total <= available)
        return (window){.left = 0, .right = total};
    size_t marked = mark_right - mark_left;
    size_t before = marked + 2 < available ? (available - marked) / 2 : available / 8;
    size_t left = mark_left > before ? mark_left - before : 0;
    if (left + available > total)
        left = total - available;
    return (window){
        .left = left,
        .right = left + available,
        .cut_left = left > 0,
        .cut_right = left + available < total,
    };
}

/* Writes the characters whose columns lie in the window, "…" for what is cut off, spaces for half of a wide one. */
static void write_text(pv_buf *out, pv_str text, const window *shown) {
    size_t left = shown->left + (shown->cut_left ? 1 : 0);
    size_t right = shown->right - (shown->cut_right ? 1 : 0);
    if (shown->cut_left)
        pv_buf_append(out, PV_STR("…"));
    size_t column = 0;
    for (size_t at = 0; at < text.size && column <= right;) {
        pv_glyph glyph = pv_layout_glyph(text, at);
        size_t end = column + glyph.columns;
        if (column >= left && end <= right) {
            pv_buf_append(out, (pv_str){glyph.bytes, glyph.size});
        } else {
            size_t from = column > left ? column : left;
            size_t to = end < right ? end : right;
            if (to > from)
                pv_buf_append_repeat(out, ' ', to - from);
        }
        column = end;
        at += glyph.source_size;
    }
    if (shown->cut_right)
        pv_buf_append(out, PV_STR("…"));
}

/* digits: of the line numbers; 0: the lines have none. */
static void write_gutter(pv_buf *out, const pv_report_style *style, size_t digits, uint32_t line) {
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_buf_append_text(out, "  ");
    if (line > 0 && digits > 0)
        pv_layout_number(out, line, digits);
    else
        pv_buf_append_repeat(out, ' ', digits);
    pv_buf_append_text(out, " |");
    pv_layout_plain(out, style);
}

static void write_marks(pv_buf *out, const pv_report_style *style, pv_ink ink, size_t indent, size_t count,
                        const char *remark) {
    pv_buf_append_repeat(out, ' ', indent);
    pv_layout_ink(out, style, ink);
    pv_buf_append_repeat(out, '^', count);
    pv_buf_append_text(out, remark);
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
}

static void write_line(pv_buf *out, const pv_report_style *style, pv_ink ink, size_t digits, const shown_line *line,
                       const char *remark) {
    size_t mark_left = pv_layout_columns(pv_str_slice(line->text, 0, line->mark_start));
    size_t mark_right = mark_left + pv_layout_columns(pv_str_slice(line->text, line->mark_start, line->mark_end));
    if (mark_right == mark_left)
        mark_right++; /* something absent, or a mark without width of its own */
    size_t remark_right = mark_right + strlen(remark);
    size_t total = pv_layout_columns(line->text);
    if (remark_right > total)
        total = remark_right;
    size_t gutter = digits + GUTTER_COLUMNS;
    size_t available = style->width > gutter + MIN_TEXT_COLUMNS ? style->width - gutter : MIN_TEXT_COLUMNS;
    window shown = choose_window(total, mark_left, remark_right, available);

    write_gutter(out, style, digits, line->line);
    if (line->text.size > 0) {
        pv_buf_append_char(out, ' ');
        write_text(out, line->text, &shown);
    }
    pv_buf_append_char(out, '\n');
    write_gutter(out, style, digits, 0);
    size_t from = mark_left > shown.left ? mark_left : shown.left;
    size_t to = mark_right < shown.right ? mark_right : shown.right;
    write_marks(out, style, ink, 1 + from - shown.left, to - from, remark);
}

/* Takes the indentation off, as far as nothing in it is marked, so that more of the words fits. */
static void dedent(shown_line *shown) {
    size_t blank = 0;
    while (blank < shown->mark_start && is_blank_byte(shown->text.data[blank]))
        blank++;
    shown->text = pv_str_slice(shown->text, blank, shown->text.size);
    shown->mark_start -= blank;
    shown->mark_end -= blank;
}

/* One line of the place, marked from its first to its last character that belongs to it and is not blank. */
static shown_line line_of(const pv_source *file, const pv_span *span, uint32_t line) {
    shown_line shown = {.text = pv_source_line(file, line), .line = line};
    size_t line_start = pv_source_line_start(file, line);
    size_t start = span->start > line_start ? span->start - line_start : 0;
    size_t end = span->end > line_start ? span->end - line_start : 0;
    if (end > shown.text.size)
        end = shown.text.size;
    if (start > end)
        start = end;
    if (span->start < line_start)
        while (start < end && is_blank_byte(shown.text.data[start]))
            start++;
    while (end > start + 1 && is_blank_byte(shown.text.data[end - 1]))
        end--;
    shown.mark_start = start;
    shown.mark_end = end;
    const size_t unseen = line == 1 ? pv_utf8_mark_size(shown.text) : 0;
    shown.text = pv_str_slice(shown.text, unseen, shown.text.size);
    shown.mark_start -= start < unseen ? start : unseen;
    shown.mark_end -= end < unseen ? end : unseen;
    dedent(&shown);
    return shown;
}

/* The place without line breaks and blanks at its end: a block of text ends before its last line feed. */
static pv_span without_trailing_blank(const pv_source *source, pv_span span) {
    pv_str text = pv_source_slice(source, span);
    while (text.size > 0) {
        char last = text.data[text.size - 1];
        if (last != '\n' && last != '\r' && !is_blank_byte(last))
            break;
        text.size--;
    }
    return (pv_span){span.start, span.start + (uint32_t)text.size};
}

/* Of the file's line numbers: of a document they say nothing to whoever opens it. */
static size_t number_columns(const pv_source *file) {
    return pv_source_has_lines(file, file->base) ? digits_of(file->line_count) : 0;
}

/* Whether the lines of a place are entries of a list or rows of a table, each of which may be the one in question. */
static bool are_rows(const pv_source *file, const pv_span *span) {
    pv_str text = pv_source_slice(file, *span);
    if (!pv_source_has_lines(file, span->start))
        return pv_source_spot(file, span->start).cell[0] != '\0';
    return pv_str_starts_with(text, PV_STR("- ")) || pv_str_ends_with(file->path, PV_STR(".csv"));
}

static size_t indentation_of(pv_str line) {
    size_t blank = 0;
    while (blank < line.size && is_blank_byte(line.data[blank]))
        blank++;
    return blank;
}

/* "   12 > - { area: 1 }": a line that belongs to the place as a whole. */
static void write_row(pv_buf *out, const pv_report_style *style, pv_ink ink, size_t digits, uint32_t line,
                      pv_str text) {
    size_t gutter = digits + GUTTER_COLUMNS;
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_buf_append_text(out, "  ");
    if (digits > 0)
        pv_layout_number(out, line, digits);
    pv_layout_plain(out, style);
    pv_buf_append_char(out, ' ');
    pv_layout_inked(out, style, ink, PV_STR(">"));
    if (text.size > 0) {
        pv_buf_append_char(out, ' ');
        pv_layout_cut(out, text, style->width > gutter + MIN_TEXT_COLUMNS ? style->width - gutter : MIN_TEXT_COLUMNS);
    }
    pv_buf_append_char(out, '\n');
}

/* All rows; of many the first and the last. */
static void write_rows(pv_buf *out, const pv_report_style *style, pv_ink ink, const pv_source *file, uint32_t first,
                       uint32_t last) {
    size_t digits = number_columns(file);
    size_t count = last - first + 1;
    size_t left_out = count > MOST_ROWS ? count - MOST_ROWS + 1 : 0;
    size_t margin = SIZE_MAX;
    for (uint32_t line = first; line <= last; line++) {
        pv_str text = pv_source_line(file, line);
        size_t own = indentation_of(text);
        margin = own < text.size && own < margin ? own : margin;
    }
    for (uint32_t line = first; line <= last; line++) {
        if (left_out > 0 && line == last - left_out) {
            write_gutter(out, style, digits, 0);
            pv_buf_format(out, " … %zu more lines\n", left_out);
            line = last;
        }
        pv_str text = pv_source_line(file, line);
        size_t own = indentation_of(text);
        write_row(out, style, ink, digits, line, pv_str_slice(text, own < margin ? own : margin, text.size));
    }
}

/* The lines of a place, those between its parts left aside. */
static size_t count_lines(const pv_source *file, const pv_parts *parts) {
    size_t count = 0;
    for (size_t i = 0; i < pv_parts_count(parts); i++) {
        const pv_span part = pv_parts_at(parts, i);
        count += pv_source_line_at(file, part.end) - pv_source_line_at(file, part.start) + 1;
    }
    return count;
}

/* Where prose of many lines ends, which is shown by its first. */
static void write_end(pv_buf *out, const pv_report_style *style, const pv_source *file, size_t end) {
    write_gutter(out, style, number_columns(file), 0);
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_buf_append_text(out, " … to ");
    if (pv_source_has_lines(file, end))
        pv_buf_format(out, "line %u", (unsigned)pv_source_line_at(file, end));
    else
        pv_layout_text(out, pv_str_from(pv_source_describe(file, end).text));
    pv_buf_append_char(out, '\n');
    pv_layout_plain(out, style);
}

static void write_prose(pv_buf *out, const pv_report_style *style, pv_ink ink, const pv_source *file,
                        const pv_parts *parts, const char *remark) {
    const size_t digits = number_columns(file);
    const bool all = count_lines(file, parts) <= MOST_PROSE;
    for (size_t i = 0; i < pv_parts_count(parts); i++) {
        const pv_span part = pv_parts_at(parts, i);
        uint32_t last = pv_source_line_at(file, part.end);
        if (i > 0) {
            write_gutter(out, style, digits, 0);
            pv_buf_append_text(out, " …\n");
        }
        for (uint32_t line = pv_source_line_at(file, part.start); line <= last; line++) {
            shown_line shown = line_of(file, &part, line);
            write_line(out, style, ink, digits, &shown, remark);
            if (!all) {
                write_end(out, style, file, parts->span.end);
                return;
            }
        }
    }
}

void pv_excerpt_write(pv_buf *out, const pv_report_style *style, pv_ink ink, const pv_source *source,
                      const pv_place *place) {
    pv_span span = place->expected_here ? (pv_span){place->span.start, place->span.start}
                                        : without_trailing_blank(source, place->span);
    const pv_source *file = pv_source_part(source, span.start);
    const pv_parts parts = pv_source_parts(file, span);
    uint32_t first = pv_source_line_at(file, span.start);
    uint32_t last = pv_source_line_at(file, span.end);
    pv_place_write_at(out, style, file, span.start);
    if (last > first && parts.cut_count == 0 && are_rows(file, &span))
        write_rows(out, style, ink, file, first, last);
    else
        write_prose(out, style, ink, file, &parts, place->expected_here ? " expected here" : "");
}

pv_place_name pv_place_called(const pv_source *source, size_t offset) {
    pv_place_name name;
    if (pv_source_has_lines(source, offset)) {
        pv_position at = pv_source_locate(source, offset);
        snprintf(name.text, sizeof name.text, ":%u:%u", (unsigned)at.line, (unsigned)at.column);
    } else {
        snprintf(name.text, sizeof name.text, ": %s", pv_source_describe(source, offset).text);
    }
    return name;
}

pv_place_name pv_place_called_alone(const pv_source *source, size_t offset) {
    const pv_place_name called = pv_place_called(source, offset);
    pv_place_name name;
    snprintf(name.text, sizeof name.text, "%s", called.text + strspn(called.text, ": "));
    return name;
}

pv_place_name pv_place_called_shortly(const pv_source *source, size_t offset) {
    pv_place_name name = pv_place_called_alone(source, offset);
    if (pv_source_has_lines(source, offset))
        return name;
    const pv_spot spot = pv_source_spot(source, offset);
    char *comma = strchr(name.text, ',');
    if (spot.cell[0] != '\0')
        snprintf(name.text, sizeof name.text, "cell %s", spot.cell);
    else if (spot.page > 0)
        snprintf(name.text, sizeof name.text, "page %u", (unsigned)spot.page);
    else if (comma)
        *comma = '\0';
    return name;
}

/* after: the path. */
static void write_arrow(pv_buf *out, const pv_report_style *style, pv_str path, pv_str after) {
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_buf_append_text(out, "  --> ");
    pv_layout_text(out, path);
    pv_layout_text(out, after);
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
}

void pv_place_write_at(pv_buf *out, const pv_report_style *style, const pv_source *source, size_t offset) {
    write_arrow(out, style, pv_source_path_at(source, offset), pv_str_from(pv_place_called(source, offset).text));
}

void pv_place_write(pv_buf *out, const pv_report_style *style, pv_str path, pv_position at) {
    char after[32] = "";
    if (at.line > 0)
        snprintf(after, sizeof after, ":%u:%u", (unsigned)at.line, (unsigned)at.column);
    write_arrow(out, style, path, pv_str_from(after));
}

pv_str pv_place_brief(pv_arena *arena, const pv_source *source, size_t offset) {
    const pv_place_name called = pv_place_called(source, offset);
    pv_str name = pv_source_part(source, offset) == source ? PV_STR("") : pv_source_path_at(source, offset);
    for (size_t i = name.size; i > 0; i--)
        if (name.data[i - 1] == '/') {
            name = pv_str_slice(name, i, name.size);
            break;
        }
    return pv_arena_format(arena, "%.*s%s", PV_STR_ARG(name),
                           name.size > 0 ? called.text : pv_place_called_alone(source, offset).text);
}

pv_ink pv_level_ink(pv_level level) {
    switch (level) {
    case PV_LEVEL_ERROR:
        return PV_INK_ERROR;
    case PV_LEVEL_WARNING:
        return PV_INK_WARNING;
    case PV_LEVEL_NOTE:
        return PV_INK_NOTE;
    }
    return PV_INK_NOTE;
}

/* ---- for programs ---- */

#define START_BYTES ((size_t)120)
/* An attached file may be long and have many verdicts about all of it: its words are not repeated for each. */
#define MOST_BYTES_OF_FILE ((size_t)4096)

static void write_positions(pv_json *json, pv_position start, pv_position end) {
    char block[160]; /* more than four numbers need */
    pv_buf text = pv_buf_over(json->out->memory, block, sizeof block);
    pv_buf_append(&text, PV_STR("\"line\":"));
    pv_buf_append_unsigned(&text, start.line);
    pv_buf_append(&text, PV_STR(",\"column\":"));
    pv_buf_append_unsigned(&text, start.column);
    pv_buf_append(&text, PV_STR(",\"end_line\":"));
    pv_buf_append_unsigned(&text, end.line);
    pv_buf_append(&text, PV_STR(",\"end_column\":"));
    pv_buf_append_unsigned(&text, end.column);
    pv_json_raw(json, pv_buf_str(&text));
    pv_buf_clear(&text);
}

static void write_span(pv_json *json, const pv_source *source, pv_span span) {
    write_positions(json, pv_source_locate(source, span.start), pv_source_locate(source, span.end));
}

static void write_optional_number(pv_json *json, const char *key, uint32_t number) {
    if (number == 0)
        return;
    pv_json_key(json, key);
    pv_json_unsigned(json, number);
}

/* In points, which the ruler has in hundredths. */
static void write_points(pv_json *json, const char *key, int32_t hundredths) {
    pv_buf text = pv_buf_on(json->out->memory);
    pv_decimal_format((pv_decimal){.coefficient = hundredths, .scale = 2}, &text);
    pv_json_key(json, key);
    pv_json_raw(json, pv_buf_str(&text));
    json->out->failed |= text.failed;
    pv_buf_clear(&text);
}

static void write_box(pv_json *json, const pv_spot *spot) {
    if (!spot->has_box)
        return;
    pv_json_key(json, "box");
    pv_json_object_begin(json);
    write_points(json, "left", spot->left);
    write_points(json, "top", spot->top);
    write_points(json, "right", spot->right);
    write_points(json, "bottom", spot->bottom);
    pv_json_object_end(json);
}

/* What is known of it besides line and column. */
static void write_spot(pv_json *json, const pv_source *source, size_t offset) {
    if (!pv_source_part(source, offset)->ruler)
        return;
    const pv_spot spot = pv_source_spot(source, offset);
    write_optional_number(json, "page", spot.page);
    write_optional_number(json, "paragraph", spot.paragraph);
    if (spot.sheet.size > 0)
        pv_json_member(json, "sheet", spot.sheet);
    if (spot.cell[0] != '\0')
        pv_json_member(json, "cell", pv_str_from(spot.cell));
    write_box(json, &spot);
}

static void write_parts(pv_json *json, const pv_source *source, pv_span span, bool with_words) {
    const pv_parts parts = pv_source_parts(source, span);
    if (parts.cut_count == 0)
        return;
    pv_json_key(json, "parts");
    pv_json_array_begin(json);
    for (size_t i = 0; i < pv_parts_count(&parts); i++) {
        const pv_span part = pv_parts_at(&parts, i);
        pv_json_object_begin(json);
        write_span(json, source, part);
        write_spot(json, source, part.start);
        if (with_words)
            pv_json_member(json, "text", pv_source_slice(source, part));
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
}

static void write_words(pv_json *json, const pv_source *source, pv_span span, pv_place_words words) {
    pv_buf scratch = pv_buf_on(json->out->memory);
    pv_str text = pv_source_words(source, span, &scratch);
    bool all = words == PV_PLACE_WORDS_ALL &&
               (text.size <= MOST_BYTES_OF_FILE || pv_source_part(source, span.start)->base == 0);
    pv_json_member(json, "text", all ? text : pv_utf8_cut(text, START_BYTES));
    json->out->failed |= scratch.failed;
    pv_buf_clear(&scratch);
}

static char *put_number(char *to, pv_str key, uint32_t number) {
    return pv_digits_write(number, pv_json_put(to, key));
}

/* What nearly every place is: lines and columns in one file, and what stands there in one piece. False: it is another,
 * or room was refused. */
static bool write_in_lines(pv_json *json, const pv_source *source, const pv_place *place) {
    const pv_source *file = pv_source_part(source, place->span.start);
    const pv_str text = pv_source_slice(source, place->span);
    if (file->ruler || file->cut_answer_count > 0 || text.size > MOST_BYTES_OF_FILE)
        return false;
    const pv_position start = pv_source_locate(source, place->span.start);
    const pv_position end = pv_source_locate(source, place->span.end);
    enum { KEYS = 128 };
    char *to =
        pv_json_room(json, KEYS + PV_JSON_QUOTED(file->path.size) + PV_JSON_QUOTED(text.size) + 4 * PV_DIGITS_MOST);
    if (!to)
        return false;
    to = pv_json_quote(pv_json_put(to, PV_STR("\"path\":")), file->path);
    to = put_number(to, PV_STR(",\"line\":"), start.line);
    to = put_number(to, PV_STR(",\"column\":"), start.column);
    to = put_number(to, PV_STR(",\"end_line\":"), end.line);
    to = put_number(to, PV_STR(",\"end_column\":"), end.column);
    to = pv_json_quote(pv_json_put(to, PV_STR(",\"text\":")), text);
    to = pv_json_put(to, place->expected_here ? PV_STR(",\"expected_here\":true") : PV_STR(",\"expected_here\":false"));
    pv_json_room_end(json, to);
    return true;
}

void pv_json_place_members(pv_json *json, const pv_source *source, const pv_place *place, pv_place_words words) {
    if (words == PV_PLACE_WORDS_ALL && write_in_lines(json, source, place))
        return;
    pv_json_key(json, "path");
    pv_json_string(json, pv_source_path_at(source, place->span.start));
    write_span(json, source, place->span);
    write_spot(json, source, place->span.start);
    write_parts(json, source, place->span, words == PV_PLACE_WORDS_ALL);
    if (words != PV_PLACE_WORDS_NONE)
        write_words(json, source, place->span, words);
    pv_json_raw(json, place->expected_here ? PV_STR("\"expected_here\":true") : PV_STR("\"expected_here\":false"));
}
