#include "report/write/markdown.h"

#include <string.h>

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
    unsigned char c = (unsigned char)text.data[at];
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static bool is_control(char c) {
    return ((unsigned char)c < 0x20 && !is_blank(c)) || c == 0x7F;
}

/* What sites make links, formulas or people of, besides what is markup anywhere. */
static bool is_site_markup(char c) {
    return c != '\0' && strchr("&~$!", c) != NULL;
}

void pv_markdown_comment(pv_buf *out, pv_str text) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (is_control(c))
            continue;
        if (is_markup(c) || is_site_markup(c))
            pv_buf_append_char(out, '\\');
        pv_buf_append_char(out, is_blank(c) ? ' ' : c);
        /* "@name" would call someone, "#1" name an issue; no backslash prevents it, a comment between does. */
        if ((c == '@' || c == '#') && is_word(text, i + 1))
            pv_buf_append_text(out, "<!-- -->");
    }
}

size_t pv_markdown_comment_weight(char c) {
    if (c == '@' || c == '#')
        return sizeof "@<!-- -->" - 1;
    return is_markup(c) || is_site_markup(c) ? 2 : 1;
}

void pv_markdown_text(pv_buf *out, pv_str text) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        /* Inside a word "_" is only itself. */
        bool inside = c == '_' && i > 0 && is_word(text, i - 1) && is_word(text, i + 1);
        if (is_markup(c) && !inside)
            pv_buf_append_char(out, '\\');
        pv_buf_append_char(out, is_blank(c) ? ' ' : c);
    }
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

void pv_markdown_code(pv_buf *out, pv_str text) {
    write_code(out, text, false);
}

void pv_markdown_code_cell(pv_buf *out, pv_str text) {
    write_code(out, text, true);
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
