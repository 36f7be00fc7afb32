#include "report/write/layout.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define TAB_COLUMNS ((size_t)4)
#define LABEL_INDENT ((size_t)2)
#define ELLIPSIS PV_STR("…")

static bool is_line_break(uint32_t code_point) {
    return code_point == '\n' || code_point == '\r';
}

/* It chooses how the character before it looks, and is part of that: of an emoji, of a letter. */
static bool is_variation_selector(uint32_t code_point) {
    return (code_point >= 0xFE00 && code_point <= 0xFE0F) || (code_point >= 0xE0100 && code_point <= 0xE01EF);
}

/* Characters that change what is shown of the others, or show nothing themselves. */
static bool is_hidden(uint32_t code_point) {
    bool control = code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
    bool separator = code_point == 0x2028 || code_point == 0x2029;
    return control || separator || pv_utf8_is_zero_width(code_point) ||
           (pv_utf8_is_wide_invisible(code_point) && !is_variation_selector(code_point));
}

static void set_bytes(pv_glyph *glyph, pv_str bytes, size_t columns) {
    memcpy(glyph->bytes, bytes.data, bytes.size);
    glyph->size = bytes.size;
    glyph->columns = columns;
}

pv_glyph pv_layout_glyph(pv_str text, size_t offset) {
    pv_glyph glyph = {0};
    uint32_t code_point = pv_utf8_decode(text, offset, &glyph.source_size);
    if (code_point == '\t') {
        set_bytes(&glyph, PV_STR("    "), TAB_COLUMNS);
    } else if (is_line_break(code_point)) {
        set_bytes(&glyph, PV_STR(" "), 1);
    } else if (is_hidden(code_point)) {
        glyph.size = (size_t)snprintf(glyph.bytes, sizeof glyph.bytes, "<U+%04X>", (unsigned)code_point);
        glyph.columns = glyph.size;
    } else if (code_point < 0x7F) {
        set_bytes(&glyph, (pv_str){text.data + offset, 1}, 1);
    } else {
        glyph.size = pv_utf8_encode(code_point, glyph.bytes); /* a bad byte was decoded as U+FFFD */
        glyph.columns = pv_utf8_columns((pv_str){glyph.bytes, glyph.size});
    }
    return glyph;
}

size_t pv_layout_columns(pv_str text) {
    size_t columns = 0;
    for (size_t at = 0; at < text.size;) {
        pv_glyph glyph = pv_layout_glyph(text, at);
        columns += glyph.columns;
        at += glyph.source_size;
    }
    return columns;
}

void pv_layout_visible(pv_buf *out, pv_str text) {
    for (size_t at = 0; at < text.size;) {
        char c = text.data[at];
        pv_glyph glyph = pv_layout_glyph(text, at);
        if (c == '\t' || c == '\n' || c == '\r')
            pv_buf_append_char(out, c);
        else
            pv_buf_append(out, (pv_str){glyph.bytes, glyph.size});
        at += glyph.source_size;
    }
}

void pv_layout_ink(pv_buf *out, const pv_report_style *style, pv_ink ink) {
    static const char *const codes[] = {
        [PV_INK_STRONG] = "\x1b[1m",   [PV_INK_FAINT] = "\x1b[2m", [PV_INK_ERROR] = "\x1b[1;31m",
        [PV_INK_WARNING] = "\x1b[33m", [PV_INK_NOTE] = "\x1b[36m", [PV_INK_GOOD] = "\x1b[32m",
    };
    if (style->color)
        pv_buf_append_text(out, codes[ink]);
}

void pv_layout_plain(pv_buf *out, const pv_report_style *style) {
    if (style->color)
        pv_buf_append_text(out, "\x1b[0m");
}

void pv_layout_inked(pv_buf *out, const pv_report_style *style, pv_ink ink, pv_str text) {
    pv_layout_ink(out, style, ink);
    pv_layout_text(out, text);
    pv_layout_plain(out, style);
}

static size_t write_glyph(pv_buf *out, pv_str text, size_t at) {
    pv_glyph glyph = pv_layout_glyph(text, at);
    pv_buf_append(out, (pv_str){glyph.bytes, glyph.size});
    return glyph.source_size;
}

void pv_layout_text(pv_buf *out, pv_str text) {
    for (size_t at = 0; at < text.size;)
        at += write_glyph(out, text, at);
}

size_t pv_layout_cut(pv_buf *out, pv_str text, size_t columns) {
    size_t total = pv_layout_columns(text);
    if (total <= columns) {
        pv_layout_text(out, text);
        return total;
    }
    if (columns == 0)
        return 0;
    size_t used = 0;
    for (size_t at = 0; at < text.size;) {
        pv_glyph glyph = pv_layout_glyph(text, at);
        if (used + glyph.columns > columns - 1)
            break;
        pv_buf_append(out, (pv_str){glyph.bytes, glyph.size});
        used += glyph.columns;
        at += glyph.source_size;
    }
    pv_buf_append(out, ELLIPSIS);
    return used + 1;
}

void pv_layout_cell(pv_buf *out, pv_str text, size_t columns) {
    size_t used = pv_layout_cut(out, text, columns);
    pv_buf_append_repeat(out, ' ', columns - used);
}

void pv_layout_number(pv_buf *out, uint64_t number, size_t columns) {
    size_t digits = 1;
    for (uint64_t rest = number / 10; rest > 0; rest /= 10)
        digits++;
    if (digits < columns)
        pv_buf_append_repeat(out, ' ', columns - digits);
    pv_buf_append_unsigned(out, number);
}

/* The next run of characters without white space at or after from; empty at the end. No-break spaces hold words
 * together. */
static pv_str next_word(pv_str text, size_t *from) {
    size_t start = *from;
    while (start < text.size && (text.data[start] == ' ' || (text.data[start] >= '\t' && text.data[start] <= '\r')))
        start++;
    size_t end = start;
    while (end < text.size && text.data[end] != ' ' && !(text.data[end] >= '\t' && text.data[end] <= '\r'))
        end++;
    *from = end;
    return pv_str_slice(text, start, end);
}

/* pv_layout_wrap without the line feed at its end. */
static void wrap_words(pv_buf *out, pv_str text, size_t width, size_t at, size_t indent, size_t max_lines) {
    size_t column = at;
    size_t lines = 1;
    bool line_empty = true;
    size_t from = 0;
    for (pv_str word = next_word(text, &from); word.size > 0; word = next_word(text, &from)) {
        size_t columns = pv_layout_columns(word);
        size_t rest = from;
        bool last = next_word(text, &rest).size == 0;
        /* On the last line allowed, room is kept for " …". */
        size_t needed = columns + (line_empty ? 0 : 1) + (max_lines == lines && !last ? 2 : 0);
        if (!line_empty && column + needed > width) {
            if (lines == max_lines) {
                pv_buf_append(out, PV_STR(" …"));
                break;
            }
            pv_buf_append_char(out, '\n');
            pv_buf_append_repeat(out, ' ', indent);
            column = indent;
            line_empty = true;
            lines++;
        }
        if (!line_empty) {
            pv_buf_append_char(out, ' ');
            column++;
        }
        pv_layout_text(out, word);
        column += columns;
        line_empty = false;
    }
}

void pv_layout_wrap(pv_buf *out, pv_str text, size_t width, size_t at, size_t indent, size_t max_lines) {
    wrap_words(out, text, width, at, indent, max_lines);
    pv_buf_append_char(out, '\n');
}

void pv_layout_inked_wrap_at(pv_buf *out, const pv_report_style *style, pv_ink ink, pv_str text, size_t at,
                             size_t indent) {
    pv_layout_ink(out, style, ink);
    wrap_words(out, text, style->width, at, indent, 0);
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
}

void pv_layout_inked_wrap(pv_buf *out, const pv_report_style *style, pv_ink ink, pv_str text, size_t indent) {
    pv_layout_inked_wrap_at(out, style, ink, text, 0, indent);
}

void pv_layout_labelled(pv_buf *out, const pv_report_style *style, const char *label, size_t label_columns, pv_str text,
                        size_t max_lines) {
    if (text.size == 0)
        return;
    pv_buf_append_repeat(out, ' ', LABEL_INDENT);
    pv_layout_inked(out, style, PV_INK_FAINT, pv_str_from(label));
    size_t used = pv_layout_columns(pv_str_from(label));
    pv_buf_append_repeat(out, ' ', used < label_columns ? label_columns - used : 1);
    size_t at = LABEL_INDENT + label_columns;
    pv_layout_wrap(out, text, style->width, at, at, max_lines);
}

void pv_layout_count(pv_buf *out, size_t count, const char *noun) {
    pv_buf_append_unsigned(out, count);
    pv_buf_append_char(out, ' ');
    pv_buf_append_text(out, noun);
    if (count != 1)
        pv_buf_append_char(out, 's');
}
