/* HTML between blocks of Markdown: its text, and the cells of its tables. */
#include <string.h>

#include "load/markdown_p.h"

/* What stands between < and > of bytes [start, end), or a comment; its end is stored. */
static pv_str tag_at(pv_str bytes, size_t start, size_t end, size_t *after) {
    bool is_comment = pv_str_starts_with(pv_str_slice(bytes, start, end), PV_STR("<!--"));
    pv_str closing = is_comment ? PV_STR("-->") : PV_STR(">");
    size_t found = pv_str_find(pv_str_slice(bytes, 0, end), closing, start + 1);
    *after = found == SIZE_MAX ? end : found + closing.size;
    return is_comment ? PV_STR("") : pv_str_slice(bytes, start + 1, found == SIZE_MAX ? end : found);
}

/* Whether a tag is called so, as it opens ("td") or closes ("/td"). */
static bool is_tag(pv_str tag, const char *name) {
    pv_str wanted = pv_str_from(name);
    if (!pv_str_starts_with_ascii_folded(tag, wanted))
        return false;
    return tag.size == wanted.size || !pv_ascii_is_letter_or_digit(tag.data[wanted.size]);
}

/* Whether text on both sides of a tag is apart. */
static bool parts_text(pv_str tag) {
    static const char *const names[] = {"p",  "div", "li",    "ul",    "ol",         "br",    "h1",
                                        "h2", "h3",  "h4",    "h5",    "h6",         "table", "tr",
                                        "td", "th",  "thead", "tbody", "blockquote", "pre",   "hr"};
    if (tag.size > 0 && tag.data[0] == '/')
        tag = pv_str_slice(tag, 1, tag.size);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_tag(tag, names[i]))
            return true;
    return false;
}

/* Follows tables: which cell what comes next stands in. */
static void follow_tag(pv_markdown_reader *reader, pv_str tag) {
    if (is_tag(tag, "table"))
        reader->cell = (pv_block_cell){.table = ++reader->tables, .row_count = 1, .column_count = 1};
    else if (is_tag(tag, "/table"))
        reader->cell = (pv_block_cell){0};
    else if (reader->cell.table > 0 && is_tag(tag, "tr")) {
        reader->cell.row++;
        reader->cell.column = 0;
    } else if (reader->cell.table > 0 && (is_tag(tag, "td") || is_tag(tag, "th")))
        reader->cell.column++;
}

pv_block_cell pv_markdown_reader_cell(const pv_markdown_reader *reader) {
    const pv_block_cell *cell = &reader->cell;
    return cell->row > 0 && cell->column > 0 ? *cell : (pv_block_cell){0};
}

/* An entity at the start of text, and what it stands for; 0: it is none. */
static size_t entity_at(pv_str text, char out[5]) {
    static const struct {
        const char *name;
        const char *stands_for;
    } names[] = {{"&amp;", "&"},        {"&lt;", "<"},         {"&gt;", ">"},         {"&quot;", "\""},
                 {"&#39;", "'"},        {"&apos;", "'"},       {"&nbsp;", "\u00a0"},  {"&ndash;", "\u2013"},
                 {"&mdash;", "\u2014"}, {"&rsquo;", "\u2019"}, {"&lsquo;", "\u2018"}, {"&ldquo;", "\u201c"},
                 {"&rdquo;", "\u201d"}, {"&#8217;", "\u2019"}, {"&hellip;", "\u2026"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (pv_str_starts_with(text, pv_str_from(names[i].name))) {
            memcpy(out, names[i].stands_for, strlen(names[i].stands_for) + 1);
            return strlen(names[i].name);
        }
    return 0;
}

/* Bytes [start, end) between two tags: blanks and line breaks are one space. */
static bool read_html_text(pv_markdown_reader *reader, size_t start, size_t end) {
    pv_str bytes = reader->source->bytes;
    for (size_t at = start; at < end;) {
        size_t next = at;
        while (next < end && !strchr("& \t\r\n", bytes.data[next]))
            next++;
        if (next > at && !pv_markdown_reader_add(reader, pv_str_slice(bytes, at, next), at, next))
            return false;
        at = next;
        while (next < end && strchr(" \t\r\n", bytes.data[next]))
            next++;
        if (next > at && reader->value.size > 0 && !pv_markdown_reader_add(reader, PV_STR(" "), at, next))
            return false;
        if (next == at && at < end) {
            char character[5] = "&";
            size_t length = entity_at(pv_str_slice(bytes, at, end), character);
            next = at + (length > 0 ? length : 1);
            if (!pv_markdown_reader_add(reader, pv_str_from(character), at, next))
                return false;
        }
        at = next;
    }
    return true;
}

bool pv_markdown_reader_html(pv_markdown_reader *reader, int first, int last) {
    pv_str bytes = reader->source->bytes;
    size_t end = pv_markdown_reader_line_end(reader, last);
    size_t line = (size_t)first;
    pv_markdown_reader_begin(reader, pv_markdown_reader_offset(reader, first, 1), end);
    for (size_t at = reader->start, after; at < end; at = after) {
        const char *tag_start = memchr(bytes.data + at, '<', end - at);
        after = tag_start ? (size_t)(tag_start - bytes.data) : end;
        if (after > at) {
            if (!read_html_text(reader, at, after))
                return false;
            continue;
        }
        pv_str tag = tag_at(bytes, at, end, &after);
        if (!parts_text(tag))
            continue;
        /* A cell that holds nothing is a block too. */
        bool ends_cell = is_tag(tag, "/td") || is_tag(tag, "/th");
        pv_block_cell cell = pv_markdown_reader_cell(reader);
        bool says = !pv_markdown_is_blank(pv_buf_str(&reader->value));
        bool is_empty_cell = ends_cell && cell.table > 0 &&
                             (reader->blocks.count == 0 ||
                              memcmp(&reader->blocks.items[reader->blocks.count - 1].cell, &cell, sizeof cell) != 0);
        if (!pv_markdown_reader_end(reader, PV_BLOCK_PARAGRAPH, 0, says || is_empty_cell ? cell : (pv_block_cell){0},
                                    line, line))
            return false;
        follow_tag(reader, tag);
        pv_markdown_reader_begin(reader, after, end);
    }
    pv_block_cell cell = {0};
    if (!pv_markdown_is_blank(pv_buf_str(&reader->value)))
        cell = pv_markdown_reader_cell(reader);
    return pv_markdown_reader_end(reader, PV_BLOCK_PARAGRAPH, 0, cell, line, (size_t)last);
}
