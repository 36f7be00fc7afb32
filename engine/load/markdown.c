#include <cmark.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "load/loader_p.h"

/* Markdown has no pages; programs that make it of a paged document write a rule where one ends. So many are none by
 * chance. */
#define RULES_OF_PAGES 3
/* A text that is not where the parser says is looked for so far. */
#define SEARCH_BYTES ((size_t)4096)
/* The parser's time grows with the square of the signs in a paragraph, at worst; of all paragraphs that is bounded. */
#define MAX_SIGN_WORK UINT64_C(2000000000)
/* Quotations and items inside one another. */
#define MAX_DEPTH 100
#define MAX_COLUMNS 200

typedef struct markdown_reader {
    pv_arena *arena;
    const pv_source *source;
    PV_ARRAY(pv_block) blocks;
    PV_ARRAY(pv_left_out) left_out;
    PV_ARRAY(pv_span) code;
    /* The block at hand. */
    pv_buf value;
    pv_segment_list segments;
    size_t start; /* of its source */
    size_t end;   /* nothing of it is beyond */
    size_t at;    /* all of it before this is read */
    bool open;
    /* Around it. */
    uint32_t page; /* 0: there are none */
    uint32_t tables;
    pv_block_cell cell; /* in an HTML table, which may go on after Markdown */
    unsigned list_depth;
    size_t last_line; /* on which the block before ended */
    pv_str label;     /* of the item that begins, until its first block */
    size_t label_at;
    bool label_is_made;
    pv_error *error;
} markdown_reader;

/* ---- places ---- */

/* The offset of a line and column as the parser counts them, within the source. */
static size_t offset_of(const markdown_reader *reader, int line, int column) {
    size_t start = pv_source_line_start(reader->source, line > 0 ? (uint32_t)line : 1) - reader->source->base;
    if (line <= 1)
        start = pv_source_text_start(reader->source) - reader->source->base;
    size_t at = start + (column > 0 ? (size_t)column - 1 : 0);
    return at < reader->source->bytes.size ? at : reader->source->bytes.size;
}

static size_t end_of_line(const markdown_reader *reader, int line) {
    pv_str bytes = reader->source->bytes;
    size_t at = offset_of(reader, line, 1);
    while (at < bytes.size && bytes.data[at] != '\n' && bytes.data[at] != '\r')
        at++;
    return at;
}

/* ---- a block ---- */

static void open_block(markdown_reader *reader, size_t start, size_t end) {
    pv_buf_reset(&reader->value);
    pv_segments_begin(&reader->segments, reader->arena);
    reader->start = reader->at = start;
    reader->end = end;
    reader->open = true;
}

/* Adds value, which was made of source bytes [start, end). */
static bool add_text(markdown_reader *reader, pv_str value, size_t start, size_t end) {
    if (value.size == 0)
        return true;
    if (start < reader->at)
        start = reader->at;
    if (end <= start)
        end = start + 1;
    if (end > reader->source->bytes.size) {
        /* Nothing is left that it can be made of: the last byte stands for it. */
        end = reader->source->bytes.size;
        start = start < end ? start : end > 0 ? end - 1 : 0;
    }
    pv_buf_append(&reader->value, value);
    reader->at = end;
    return pv_segments_add(&reader->segments, value.size, (pv_span){(uint32_t)start, (uint32_t)end}, reader->error);
}

static bool is_blank(pv_str text) {
    return pv_str_trim(text).size == 0;
}

static bool make_label(markdown_reader *reader, pv_block *block) {
    pv_str label = reader->label;
    bool is_made = reader->label_is_made;
    reader->label = (pv_str){0};
    if (label.size == 0)
        return true;
    block->label_is_made = is_made;
    if (!is_made)
        return pv_text_verbatim(&block->label, reader->arena, label, reader->label_at, reader->error);
    const pv_span before = {block->text.span.start, block->text.span.start};
    block->label.value = label;
    block->label.span = before;
    return true;
}

/* Adds the block at hand, where it says anything. */
static bool close_block(markdown_reader *reader, pv_block_kind kind, uint32_t level, pv_block_cell cell, size_t line,
                        size_t last_line) {
    pv_str value = pv_buf_str(&reader->value);
    reader->open = false;
    if (reader->value.failed) {
        (void)pv_segments_abandon(&reader->segments);
        return pv_fail_memory(reader->error);
    }
    if (is_blank(value) && cell.table == 0) {
        (void)pv_segments_abandon(&reader->segments);
        return true;
    }
    pv_block *block = PV_ARRAY_ADD(reader->arena, &reader->blocks);
    if (!block) {
        (void)pv_segments_abandon(&reader->segments);
        return pv_fail_memory(reader->error);
    }
    *block = (pv_block){.kind = kind,
                        .level = level,
                        .page = reader->page,
                        .cell = cell,
                        .is_parted = line > reader->last_line + 1 || reader->blocks.count == 1};
    reader->last_line = last_line;
    block->text.value = pv_arena_copy(reader->arena, value);
    block->text.exact = true;
    bool done = pv_segments_finish(&reader->segments, &block->text, reader->error);
    if (done && !block->text.value.data)
        done = pv_fail_memory(reader->error);
    if (!done)
        return false;
    const pv_segment *segments = block->text.segments;
    size_t count = block->text.segment_count;
    block->text.span = count > 0 ? (pv_span){segments[0].source.start, segments[count - 1].source.end}
                                 : (pv_span){(uint32_t)reader->start, (uint32_t)reader->start};
    return make_label(reader, block);
}

static bool leave_out(markdown_reader *reader, size_t start, size_t end, const char *what) {
    pv_left_out *left_out = PV_ARRAY_ADD(reader->arena, &reader->left_out);
    if (!left_out)
        return pv_fail_memory(reader->error);
    *left_out = (pv_left_out){{(uint32_t)start, (uint32_t)end}, pv_str_from(what)};
    return true;
}

/* ---- the text of Markdown ---- */

/* What takes the pieces of a text in order. */
typedef bool (*piece_taker)(markdown_reader *reader, void *payload, pv_str value, pv_span place);

/* A text of the parser's, and where it may stand. */
typedef struct literal_walk {
    markdown_reader *reader;
    pv_str literal;
    bool is_code;     /* in which no sign is escaped, and a line break is a space */
    piece_taker take; /* NULL: nothing is taken, it is only looked whether it stands there */
    void *payload;
} literal_walk;

/* How many bytes of the source at `at` stand for how many of the literal at v, where they are not the same; 0: they do
 * not. */
static size_t escape_at(const literal_walk *walk, size_t at, size_t v, size_t *length) {
    pv_str bytes = walk->reader->source->bytes;
    size_t limit = walk->reader->end;
    char next = at + 1 < limit ? bytes.data[at + 1] : '\0';
    if (walk->is_code)
        return 0;
    *length = 1;
    if (bytes.data[at] == '\\' && next == walk->literal.data[v] && next > ' ' && next <= '~' &&
        !pv_ascii_is_letter_or_digit(next))
        return 2;
    if (bytes.data[at] != '&')
        return 0;
    size_t end = at;
    while (end < limit && end - at < 40 && bytes.data[end] != ';')
        end++;
    if (end >= limit || bytes.data[end] != ';')
        return 0;
    pv_str entity = pv_str_slice(bytes, at, end + 1);
    pv_str rest = pv_str_slice(walk->literal, v, walk->literal.size);
    if (pv_str_starts_with(rest, entity) && !pv_str_equal(entity, PV_STR("&amp;")))
        return 0;
    (void)pv_utf8_decode(walk->literal, v, length);
    return entity.size;
}

/* Whether the literal stands at `at`, each byte as itself or as what escapes it; takes the pieces. */
static bool stands_at(const literal_walk *walk, size_t at, bool *taken) {
    markdown_reader *reader = walk->reader;
    pv_str bytes = reader->source->bytes;
    pv_str literal = walk->literal;
    size_t from = at;
    size_t v_from = 0;
    for (size_t v = 0; v < literal.size;) {
        if (at >= reader->end)
            return false;
        size_t length;
        size_t escaped = escape_at(walk, at, v, &length);
        bool same = bytes.data[at] == literal.data[v] ||
                    (walk->is_code && literal.data[v] == ' ' && (bytes.data[at] == '\n' || bytes.data[at] == '\r'));
        if (escaped == 0 && !same)
            return false;
        if (escaped == 0) {
            v++;
            at++;
            continue;
        }
        if (walk->take && v > v_from)
            *taken = walk->take(reader, walk->payload, pv_str_slice(literal, v_from, v),
                                (pv_span){(uint32_t)from, (uint32_t)at});
        if (walk->take && *taken)
            *taken = walk->take(reader, walk->payload, pv_str_slice(literal, v, v + length),
                                (pv_span){(uint32_t)at, (uint32_t)(at + escaped)});
        if (!*taken)
            return true;
        v += length;
        at += escaped;
        v_from = v;
        from = at;
    }
    if (walk->take && v_from < literal.size)
        *taken = walk->take(reader, walk->payload, pv_str_slice(literal, v_from, literal.size),
                            (pv_span){(uint32_t)from, (uint32_t)at});
    return true;
}

/* Takes a text from where the parser says that it is, where it is there; else from where it is found further on; else
 * all of it is made of the next byte. */
static bool take_literal(markdown_reader *reader, cmark_node *node, piece_taker take, void *payload) {
    literal_walk walk = {.reader = reader,
                         .literal = pv_str_from(cmark_node_get_literal(node)),
                         .is_code = cmark_node_get_type(node) == CMARK_NODE_CODE,
                         .payload = payload};
    bool taken = true;
    size_t start = offset_of(reader, cmark_node_get_start_line(node), cmark_node_get_start_column(node));
    if (walk.literal.size == 0)
        return true;
    bool found = start >= reader->at && stands_at(&walk, start, &taken);
    for (start = found ? start : reader->at; !found && start < reader->end && start - reader->at < SEARCH_BYTES;) {
        found = stands_at(&walk, start, &taken);
        start += !found;
    }
    walk.take = take;
    if (found)
        return stands_at(&walk, start, &taken) && taken;
    size_t at = reader->at;
    return take(reader, payload, walk.literal, (pv_span){(uint32_t)at, (uint32_t)(at < reader->end ? at + 1 : at)});
}

/* The line break at or after `at`, with the blanks around it. */
static pv_span break_at(const markdown_reader *reader) {
    pv_str bytes = reader->source->bytes;
    size_t at = reader->at;
    while (at < reader->end && bytes.data[at] != '\n' && bytes.data[at] != '\r')
        at++;
    size_t end = at;
    while (end < reader->end && (bytes.data[end] == '\n' || bytes.data[end] == '\r' || bytes.data[end] == ' '))
        end++;
    return (pv_span){(uint32_t)at, (uint32_t)end};
}

static bool take_plain(markdown_reader *reader, void *payload, pv_str value, pv_span place) {
    (void)payload;
    return add_text(reader, value, place.start, place.end);
}

/* What was read from before on is shown letter by letter. */
static bool add_code(markdown_reader *reader, size_t before) {
    if (reader->at <= before)
        return true;
    pv_span *added = PV_ARRAY_ADD(reader->arena, &reader->code);
    if (!added)
        return pv_fail_memory(reader->error);
    *added = (pv_span){(uint32_t)before, (uint32_t)reader->at};
    return true;
}

/* The tag at or after `at`. */
static pv_span tag_place(const markdown_reader *reader) {
    size_t start = pv_str_find(pv_str_slice(reader->source->bytes, 0, reader->end), PV_STR("<br"), reader->at);
    size_t at = start == SIZE_MAX ? reader->at : start;
    return (pv_span){(uint32_t)at, (uint32_t)(at + 3 < reader->end ? at + 3 : reader->end)};
}

static bool is_line_break_tag(pv_str html) {
    return pv_str_starts_with_ascii_folded(html, PV_STR("<br"));
}

/* The pieces of text inside node, without marks of emphasis, destinations of links and tags. */
static bool take_inlines(markdown_reader *reader, cmark_node *node, piece_taker take, void *payload) {
    cmark_iter *iter = cmark_iter_new(node);
    bool done = true;
    unsigned pictures = 0;
    for (cmark_event_type event; done && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *at = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(at);
        pv_str literal = pv_str_from(cmark_node_get_literal(at));
        if (type == CMARK_NODE_IMAGE) {
            pictures += event == CMARK_EVENT_ENTER ? 1u : 0u;
            pictures -= event == CMARK_EVENT_EXIT ? 1u : 0u;
            if (event == CMARK_EVENT_ENTER)
                done = leave_out(reader, reader->at, reader->at, "a picture");
        }
        if (event != CMARK_EVENT_ENTER || pictures > 0)
            continue;
        const size_t before = reader->at;
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            done = take_literal(reader, at, take, payload);
        if (done && type == CMARK_NODE_CODE)
            done = add_code(reader, before);
        else if (type == CMARK_NODE_SOFTBREAK)
            done = take(reader, payload, PV_STR(" "), break_at(reader));
        else if (type == CMARK_NODE_LINEBREAK)
            done = take(reader, payload, PV_STR("\n"), break_at(reader));
        else if (type == CMARK_NODE_HTML_INLINE && is_line_break_tag(literal))
            done = take(reader, payload, PV_STR("\n"), tag_place(reader));
    }
    cmark_iter_free(iter);
    return done;
}

/* ---- tables written with | ---- */

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

static void open_cell(markdown_reader *reader, const pipe_table *table) {
    size_t at = table->cell == 0 ? offset_of(reader, table->line, 1) : reader->at;
    open_block(reader, table->row.cells[table->cell].start, table->end);
    reader->at = at;
}

static void open_row(markdown_reader *reader, pipe_table *table) {
    pv_str bytes = reader->source->bytes;
    split_row(&table->row, bytes, offset_of(reader, table->line, 1), end_of_line(reader, table->line));
    table->is_silent = is_rule(&table->row, bytes);
    table->cell = 0;
    table->row_number += table->is_silent ? 0 : 1;
    if (!table->is_silent)
        open_cell(reader, table);
}

/* Ends the cell at hand, and begins the next. */
static bool next_cell(markdown_reader *reader, pipe_table *table) {
    size_t line = (size_t)table->line;
    const pv_block_cell cell = {reader->tables, table->row_number, (uint32_t)table->cell + 1, 1, 1};
    if (table->is_silent)
        return true;
    if (!close_block(reader, PV_BLOCK_PARAGRAPH, 0, cell, line, line))
        return false;
    if (++table->cell < table->row.count)
        open_cell(reader, table);
    return true;
}

static bool end_row(markdown_reader *reader, pipe_table *table) {
    bool done = true;
    while (done && !table->is_silent && table->cell < table->row.count)
        done = next_cell(reader, table);
    return done;
}

/* A piece that lies in several cells is cut where these end; it is byte for byte its source, or lies in one. */
static bool take_piece(markdown_reader *reader, void *payload, pv_str value, pv_span place) {
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
        if (!add_text(reader, pv_str_slice(value, 0, taken), place.start,
                      is_exact ? place.start + taken : (size_t)place.end))
            return false;
        value = pv_str_slice(value, taken, value.size);
        place.start += (uint32_t)taken;
    }
    return true;
}

/* Whether the second line of a paragraph is a rule of as many cells as the first has, one at least written with |. */
static bool is_table(const markdown_reader *reader, int first, int last) {
    pipe_row row;
    pv_str bytes = reader->source->bytes;
    size_t start = offset_of(reader, first, 1);
    size_t end = end_of_line(reader, first);
    if (last <= first || !memchr(bytes.data + start, '|', end - start))
        return false;
    split_row(&row, bytes, start, end);
    size_t count = row.count;
    split_row(&row, bytes, offset_of(reader, first + 1, 1), end_of_line(reader, first + 1));
    return row.count == count && is_rule(&row, bytes);
}

static bool read_table(markdown_reader *reader, cmark_node *node, int first, int last) {
    pipe_table table = {.line = first, .end = end_of_line(reader, last)};
    reader->tables++;
    open_row(reader, &table);
    return take_inlines(reader, node, take_piece, &table) && end_row(reader, &table);
}

/* ---- HTML ---- */

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
static void follow_tag(markdown_reader *reader, pv_str tag) {
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

/* The cell that a block stands in now: none outside of one. */
static pv_block_cell cell_now(const markdown_reader *reader) {
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
static bool read_html_text(markdown_reader *reader, size_t start, size_t end) {
    pv_str bytes = reader->source->bytes;
    for (size_t at = start; at < end;) {
        size_t next = at;
        while (next < end && !strchr("& \t\r\n", bytes.data[next]))
            next++;
        if (next > at && !add_text(reader, pv_str_slice(bytes, at, next), at, next))
            return false;
        at = next;
        while (next < end && strchr(" \t\r\n", bytes.data[next]))
            next++;
        if (next > at && reader->value.size > 0 && !add_text(reader, PV_STR(" "), at, next))
            return false;
        if (next == at && at < end) {
            char character[5] = "&";
            size_t length = entity_at(pv_str_slice(bytes, at, end), character);
            next = at + (length > 0 ? length : 1);
            if (!add_text(reader, pv_str_from(character), at, next))
                return false;
        }
        at = next;
    }
    return true;
}

static bool read_html(markdown_reader *reader, int first, int last) {
    pv_str bytes = reader->source->bytes;
    size_t end = end_of_line(reader, last);
    size_t line = (size_t)first;
    open_block(reader, offset_of(reader, first, 1), end);
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
        pv_block_cell cell = cell_now(reader);
        bool says = !is_blank(pv_buf_str(&reader->value));
        bool is_empty_cell = ends_cell && cell.table > 0 &&
                             (reader->blocks.count == 0 ||
                              memcmp(&reader->blocks.items[reader->blocks.count - 1].cell, &cell, sizeof cell) != 0);
        if (!close_block(reader, PV_BLOCK_PARAGRAPH, 0, says || is_empty_cell ? cell : (pv_block_cell){0}, line, line))
            return false;
        follow_tag(reader, tag);
        open_block(reader, after, end);
    }
    pv_block_cell cell = {0};
    if (!is_blank(pv_buf_str(&reader->value)))
        cell = cell_now(reader);
    return close_block(reader, PV_BLOCK_PARAGRAPH, 0, cell, line, (size_t)last);
}

/* ---- blocks ---- */

static bool read_text(markdown_reader *reader, cmark_node *node, pv_block_kind kind, uint32_t level, int first,
                      int last) {
    open_block(reader, offset_of(reader, first, cmark_node_get_start_column(node)), end_of_line(reader, last));
    if (!take_inlines(reader, node, take_plain, NULL))
        return false;
    return close_block(reader, kind, level, cell_now(reader), (size_t)first, (size_t)last);
}

/* A line of text over --- is a heading to the parser, whose last line may be either; where rules end pages, it is text
 * over the end of one. */
static bool is_over_page_end(const markdown_reader *reader, size_t start, int last) {
    pv_str bytes = reader->source->bytes;
    if (reader->page == 0 || start >= bytes.size || bytes.data[start] == '#')
        return false;
    for (int line = last; line <= last + 1 && (size_t)line <= reader->source->line_count; line++)
        if (pv_str_equal(pv_str_trim(pv_str_slice(bytes, offset_of(reader, line, 1), end_of_line(reader, line))),
                         PV_STR("---")))
            return true;
    return false;
}

static bool read_heading(markdown_reader *reader, cmark_node *node, int first, int last) {
    size_t start = offset_of(reader, first, cmark_node_get_start_column(node));
    if (!is_over_page_end(reader, start, last))
        return read_text(reader, node, PV_BLOCK_HEADING, (uint32_t)cmark_node_get_heading_level(node), first, last);
    bool done = read_text(reader, node, PV_BLOCK_PARAGRAPH, 0, first, last);
    reader->page++;
    return done;
}

static bool read_paragraph(markdown_reader *reader, cmark_node *node, int first, int last) {
    if (is_table(reader, first, last))
        return read_table(reader, node, first, last);
    bool begins_item = reader->label.size > 0;
    return read_text(reader, node, begins_item ? PV_BLOCK_LIST_ITEM : PV_BLOCK_PARAGRAPH,
                     begins_item ? reader->list_depth : 0, first, last);
}

/* Code as it is written, line by line. */
static bool read_code(markdown_reader *reader, cmark_node *node, int first, int last) {
    pv_str literal = pv_str_from(cmark_node_get_literal(node));
    open_block(reader, offset_of(reader, first, 1), end_of_line(reader, last));
    for (size_t at = 0; at < literal.size;) {
        size_t end = pv_str_find(literal, PV_STR("\n"), at);
        pv_str line = pv_str_slice(literal, at, end == SIZE_MAX ? literal.size : end);
        at = end == SIZE_MAX ? literal.size : end + 1;
        size_t limit = reader->at + SEARCH_BYTES + line.size;
        size_t found = pv_str_find(pv_str_slice(reader->source->bytes, 0, limit < reader->end ? limit : reader->end),
                                   line, reader->at);
        size_t start = found == SIZE_MAX ? reader->at : found;
        if (reader->value.size > 0 && !add_text(reader, PV_STR("\n"), reader->at, start))
            return false;
        if (!add_text(reader, line, start, found == SIZE_MAX ? start + 1 : start + line.size))
            return false;
    }
    const size_t start = reader->start;
    const size_t before = reader->blocks.count;
    if (!close_block(reader, PV_BLOCK_PARAGRAPH, 0, cell_now(reader), (size_t)first, (size_t)last))
        return false;
    if (reader->blocks.count > before)
        reader->blocks.items[before].is_code = true;
    return add_code(reader, start);
}

/* The mark of an item, as typed: a number is text, a bullet is a sign of Markdown's. */
static void begin_item(markdown_reader *reader, cmark_node *node) {
    pv_str bytes = reader->source->bytes;
    size_t at = offset_of(reader, cmark_node_get_start_line(node), cmark_node_get_start_column(node));
    size_t end = at;
    reader->label_is_made = cmark_node_get_list_type(cmark_node_parent(node)) == CMARK_BULLET_LIST;
    while (end < bytes.size && !strchr(" \t\r\n", bytes.data[end]) && end - at < 12)
        end++;
    reader->label = pv_str_slice(bytes, at, end);
    reader->label_at = at;
}

static bool enter(markdown_reader *reader, cmark_node *node) {
    int first = cmark_node_get_start_line(node);
    int last = cmark_node_get_end_line(node);
    if (cmark_node_get_end_column(node) == 0)
        last--;
    last = last < first ? first : last;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LIST:
        reader->list_depth++;
        return true;
    case CMARK_NODE_ITEM:
        begin_item(reader, node);
        return true;
    case CMARK_NODE_HEADING:
        return read_heading(reader, node, first, last);
    case CMARK_NODE_PARAGRAPH:
        return read_paragraph(reader, node, first, last);
    case CMARK_NODE_CODE_BLOCK:
        return read_code(reader, node, first, last);
    case CMARK_NODE_HTML_BLOCK:
        return read_html(reader, first, last);
    case CMARK_NODE_THEMATIC_BREAK:
        reader->page += reader->page > 0;
        return true;
    default:
        return true;
    }
}

/* Blocks in order; what is inside one that holds text is its own. */
static bool walk(markdown_reader *reader, cmark_node *root) {
    cmark_iter *iter = cmark_iter_new(root);
    bool done = true;
    for (cmark_event_type event; done && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (event == CMARK_EVENT_EXIT) {
            reader->list_depth -= type == CMARK_NODE_LIST ? 1u : 0u;
            continue;
        }
        done = enter(reader, node);
        if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING)
            cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
    }
    cmark_iter_free(iter);
    return done;
}

/* How many rules there are: as many pages, and one more. */
static size_t count_rules(cmark_node *root) {
    size_t count = 0;
    for (cmark_node *node = cmark_node_first_child(root); node; node = cmark_node_next(node))
        count += cmark_node_get_type(node) == CMARK_NODE_THEMATIC_BREAK;
    return count;
}

/* ---- what is read in bounded time ---- */

static bool is_sign(char c) {
    return c == '[' || c == ']' || c == '<' || c == '`' || c == '*' || c == '_' || c == '&' || c == '!' || c == '\\';
}

/* One line's quotations and items, by the signs before its text. */
static size_t depth_of(pv_str line) {
    size_t depth = 0;
    size_t blanks = 0;
    for (size_t i = 0; i < line.size; i++) {
        if (line.data[i] == ' ' || line.data[i] == '\t') {
            blanks += line.data[i] == '\t' ? 4 : 1;
            continue;
        }
        if (!strchr(">-+*", line.data[i]))
            break;
        depth++;
    }
    return depth + blanks / 2;
}

static bool check_work(const pv_source *source, pv_error *error) {
    uint64_t work = 0;
    uint64_t signs = 0;
    for (uint32_t number = 1; number <= source->line_count; number++) {
        pv_str line = pv_source_line(source, number);
        if (is_blank(line))
            signs = 0;
        else if (depth_of(line) > MAX_DEPTH && pv_str_trim(line).size > depth_of(line))
            return pv_fail_at(error, PV_ERROR_LIMIT,
                              (pv_span){(uint32_t)pv_source_line_start(source, number),
                                        (uint32_t)(pv_source_line_start(source, number) + line.size)},
                              "there are more than %d quotations and lists inside one another", MAX_DEPTH);
        for (size_t i = 0; i < line.size; i++)
            if (is_sign(line.data[i]) && (i == 0 || line.data[i] != line.data[i - 1] || !strchr("_*`", line.data[i])))
                work += ++signs;
        if (work > MAX_SIGN_WORK)
            return pv_fail_at(error, PV_ERROR_LIMIT,
                              (pv_span){(uint32_t)pv_source_line_start(source, number),
                                        (uint32_t)(pv_source_line_start(source, number) + line.size)},
                              "up to here there are more signs of Markdown in one paragraph than are read");
    }
    return true;
}

/* ---- the loader ---- */

static bool load_markdown(pv_loaded *out, pv_arena *arena, const pv_source *source, const pv_form *form,
                          const pv_limits *limits, pv_error *error) {
    (void)form, (void)limits;
    if (!check_work(source, error))
        return false;
    size_t start = pv_source_text_start(source) - source->base;
    cmark_node *root = cmark_parse_document(source->bytes.data + start, source->bytes.size - start, CMARK_OPT_DEFAULT);
    if (!root)
        return pv_fail_memory(error);
    markdown_reader reader = {
        .arena = arena, .source = source, .value = pv_buf_on(pv_arena_memory(arena)), .error = error};
    reader.page = count_rules(root) >= RULES_OF_PAGES ? 1 : 0;
    bool done = walk(&reader, root);
    cmark_node_free(root);
    if (!done && reader.open)
        (void)pv_segments_abandon(&reader.segments);
    pv_buf_clear(&reader.value);
    out->blocks = done ? PV_NEW(arena, pv_blocks) : NULL;
    if (done && !out->blocks)
        return pv_fail_memory(error);
    if (done)
        *out->blocks = (pv_blocks){.source = source,
                                   .format = pv_markdown_loader.format,
                                   .list = reader.blocks.items,
                                   .count = reader.blocks.count,
                                   .left_out = reader.left_out.items,
                                   .left_out_count = reader.left_out.count,
                                   .code = reader.code.items,
                                   .code_count = reader.code.count};
    return done;
}

static bool glimpse_nothing(pv_str bytes, pv_arena *scratch, pv_key_judge judge, void *payload) {
    (void)bytes, (void)scratch, (void)judge, (void)payload;
    return false;
}

static const pv_str endings[] = {PV_STR(".md"), PV_STR(".markdown")};

const pv_loader pv_markdown_loader = {
    .format = PV_STR("markdown"),
    .title = PV_STR("Markdown"),
    .endings = endings,
    .ending_count = sizeof endings / sizeof *endings,
    .is_document = true,
    .is_prose = true,
    .open = pv_source_new,
    .load = load_markdown,
    .glimpse = glimpse_nothing,
};
