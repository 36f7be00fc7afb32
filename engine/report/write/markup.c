#include "report/write/markup.h"

#include <string.h>

#include "base/utf8.h"
#include "report/write/json.h"
#include "report/write/layout.h"

/* ---- Markdown ---- */

/* What Markdown could take for markup within a line. */
static bool is_markup(char c) {
    return c != '\0' && strchr("\\`*_[]<>|", c) != NULL;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_word(pv_str text, size_t at) {
    if (at >= text.size)
        return false;
    return pv_ascii_is_letter_or_digit(text.data[at]) || (unsigned char)text.data[at] >= 0x80;
}

/* What sites make links, formulas or people of, besides what is markup anywhere. */
static bool is_site_markup(char c) {
    return c != '\0' && strchr("&~$!", c) != NULL;
}

/* Writes text with what it would hide shown by its code. */
static void write_visible(pv_buf *out, pv_str text, void (*write)(pv_buf *out, pv_str text)) {
    pv_buf visible = pv_buf_on(out->memory);
    pv_layout_visible(&visible, text);
    write(out, pv_buf_str(&visible));
    out->failed |= visible.failed;
    pv_buf_clear(&visible);
}

static void write_comment(pv_buf *out, pv_str text) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (is_markup(c) || is_site_markup(c))
            pv_buf_append_char(out, '\\');
        pv_buf_append_char(out, is_blank(c) ? ' ' : c);
        /* "@name" would call someone, "#1" name an issue; no backslash prevents it, a comment between does. */
        if ((c == '@' || c == '#') && is_word(text, i + 1))
            pv_buf_append_text(out, "<!-- -->");
    }
}

void pv_markdown_comment(pv_buf *out, pv_str text) {
    write_visible(out, text, write_comment);
}

size_t pv_markdown_comment_weight(char c) {
    if (c == '@' || c == '#')
        return sizeof "@<!-- -->" - 1;
    return is_markup(c) || is_site_markup(c) ? 2 : 1;
}

static void write_prose(pv_buf *out, pv_str text) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        /* Inside a word "_" is only itself. */
        bool inside = c == '_' && i > 0 && is_word(text, i - 1) && is_word(text, i + 1);
        if (is_markup(c) && !inside)
            pv_buf_append_char(out, '\\');
        pv_buf_append_char(out, is_blank(c) ? ' ' : c);
    }
}

void pv_markdown_text(pv_buf *out, pv_str text) {
    write_visible(out, text, write_prose);
}

void pv_markdown_cell(pv_buf *out, pv_str text) {
    pv_markdown_text(out, text); /* it escapes "|" too */
}

/* One backquote more than the longest run of them in text. */
static size_t fence_size(pv_str text) {
    size_t longest = 0;
    size_t run = 0;
    for (size_t i = 0; i < text.size; i++) {
        run = text.data[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest + 1;
}

static void write_code(pv_buf *out, pv_str text, bool in_cell) {
    size_t fence = fence_size(text);
    pv_buf_append_repeat(out, '`', fence);
    pv_buf_append_text(out, fence > 1 ? " " : "");
    for (size_t i = 0; i < text.size; i++) {
        if (in_cell && text.data[i] == '|')
            pv_buf_append_char(out, '\\');
        pv_buf_append_char(out, is_blank(text.data[i]) ? ' ' : text.data[i]);
    }
    pv_buf_append_text(out, fence > 1 ? " " : "");
    pv_buf_append_repeat(out, '`', fence);
}

static void write_code_text(pv_buf *out, pv_str text) {
    write_code(out, text, false);
}

static void write_code_cell(pv_buf *out, pv_str text) {
    write_code(out, text, true);
}

void pv_markdown_code(pv_buf *out, pv_str text) {
    write_visible(out, text, write_code_text);
}

void pv_markdown_code_cell(pv_buf *out, pv_str text) {
    write_visible(out, text, write_code_cell);
}

/* Lower case; blanks become "-", and of the rest only letters, digits, "-" and "_" stay. */
static void write_anchor(pv_buf *out, pv_str heading) {
    for (size_t i = 0; i < heading.size; i++) {
        char c = heading.data[i];
        if (c >= 'A' && c <= 'Z')
            pv_buf_append_char(out, (char)(c - 'A' + 'a'));
        else if (c == ' ')
            pv_buf_append_char(out, '-');
        else if (is_word(heading, i) || c == '-' || c == '_')
            pv_buf_append_char(out, c);
    }
}

void pv_markdown_link(pv_buf *out, pv_str heading) {
    pv_buf_append_char(out, '[');
    pv_markdown_text(out, heading);
    pv_buf_append_text(out, "](#");
    write_anchor(out, heading);
    pv_buf_append_char(out, ')');
}

/* ---- XML ---- */

/* Of what is not shown by its code. */
static bool is_allowed(uint32_t code_point) {
    return code_point != 0xFFFE && code_point != 0xFFFF;
}

static const char *entity_of(uint32_t code_point, bool in_attribute) {
    switch (code_point) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return in_attribute ? "&quot;" : NULL;
    case '\n':
        return in_attribute ? "&#10;" : NULL;
    case '\t':
        return in_attribute ? "&#9;" : NULL;
    case '\r':
        return "&#13;";
    default:
        return is_allowed(code_point) ? NULL : "\xEF\xBF\xBD";
    }
}

static void write_escaped(pv_buf *out, pv_str text, bool in_attribute) {
    size_t size;
    for (size_t at = 0; at < text.size; at += size) {
        uint32_t code_point = pv_utf8_decode(text, at, &size);
        const char *entity = entity_of(code_point, in_attribute);
        char bytes[4];
        if (entity)
            pv_buf_append_text(out, entity);
        else
            pv_buf_append(out, (pv_str){bytes, pv_utf8_encode(code_point, bytes)});
    }
}

static void write_text(pv_buf *out, pv_str text) {
    write_escaped(out, text, false);
}

static void write_value(pv_buf *out, pv_str text) {
    write_escaped(out, text, true);
}

void pv_xml_text(pv_buf *out, pv_str text) {
    write_visible(out, text, write_text);
}

void pv_markup_attribute(pv_buf *out, const char *name, pv_str value) {
    pv_buf_format(out, " %s=\"", name);
    write_visible(out, value, write_value);
    pv_buf_append_char(out, '"');
}

void pv_xml_number(pv_buf *out, const char *name, size_t value) {
    pv_buf_format(out, " %s=\"%zu\"", name, value);
}

/* ---- URIs ---- */

/* Unreserved characters, and those of the reserved ones that mean nothing within a path. ":" is not among them: in a
 * first segment it would end a scheme. */
static bool is_plain(char c) {
    return pv_ascii_is_letter_or_digit(c) || (c != '\0' && strchr("-._~/!$&'()*+,;=@", c) != NULL);
}

void pv_uri_append(pv_buf *out, pv_str path) {
    static const char digits[] = "0123456789ABCDEF";
    if (path.size > 0 && path.data[0] == '/')
        pv_buf_append_text(out, "file://");
    for (size_t i = 0; i < path.size; i++) {
        unsigned char byte = (unsigned char)path.data[i];
        if (is_plain(path.data[i])) {
            pv_buf_append_char(out, path.data[i]);
            continue;
        }
        pv_buf_append_char(out, '%');
        pv_buf_append_char(out, digits[byte >> 4]);
        pv_buf_append_char(out, digits[byte & 0xF]);
    }
}

/* ---- TAP ---- */

void pv_tap_description(pv_buf *out, pv_str text) {
    for (size_t at = 0; at < text.size;) {
        pv_glyph glyph = pv_layout_glyph(text, at);
        if (text.data[at] == '#' || text.data[at] == '\\')
            pv_buf_append_char(out, '\\');
        pv_buf_append(out, (pv_str){glyph.bytes, glyph.size});
        at += glyph.source_size;
    }
}

/* A double-quoted YAML scalar: a JSON string is one. */
void pv_tap_member(pv_buf *out, const char *key, pv_str value) {
    pv_json json = pv_json_on(out);
    pv_buf_format(out, "%s: ", key);
    pv_json_prose(&json, value);
    pv_buf_append_char(out, '\n');
}

/* ---- commands of GitHub Actions ---- */

/* In properties "," and ":" end something too. */
static void append_command(pv_buf *out, pv_str text, bool in_property) {
    for (size_t at = 0; at < text.size;) {
        pv_glyph glyph = pv_layout_glyph(text, at);
        char c = text.data[at];
        bool escaped = c == '%' || c == '\r' || c == '\n' || (in_property && (c == ':' || c == ','));
        if (escaped)
            pv_buf_format(out, "%%%02X", (unsigned)c);
        else
            pv_buf_append(out, (pv_str){glyph.bytes, glyph.size});
        at += glyph.source_size;
    }
}

void pv_command_property(pv_buf *out, char before, const char *name, pv_str value) {
    pv_buf_format(out, "%c%s=", before, name);
    append_command(out, value, true);
}

void pv_command_message(pv_buf *out, pv_str text) {
    append_command(out, text, false);
}
