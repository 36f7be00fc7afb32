/* Blocks of Markdown being made, and the text inside them. */
#include <string.h>

#include "base/utf8.h"
#include "load/markdown_p.h"

/* ---- places ---- */

size_t pv_markdown_reader_offset(const pv_markdown_reader *reader, int line, int column) {
    size_t start = pv_source_line_start(reader->source, line > 0 ? (uint32_t)line : 1) - reader->source->base;
    if (line <= 1)
        start = pv_source_text_start(reader->source) - reader->source->base;
    size_t at = start + (column > 0 ? (size_t)column - 1 : 0);
    return at < reader->source->bytes.size ? at : reader->source->bytes.size;
}

size_t pv_markdown_reader_line_end(const pv_markdown_reader *reader, int line) {
    pv_str bytes = reader->source->bytes;
    size_t at = pv_markdown_reader_offset(reader, line, 1);
    while (at < bytes.size && bytes.data[at] != '\n' && bytes.data[at] != '\r')
        at++;
    return at;
}

/* ---- a block ---- */

void pv_markdown_reader_begin(pv_markdown_reader *reader, size_t start, size_t end) {
    pv_buf_reset(&reader->value);
    pv_segments_begin(&reader->segments, reader->arena);
    reader->start = reader->at = start;
    reader->end = end;
    reader->open = true;
}

bool pv_markdown_reader_add(pv_markdown_reader *reader, pv_str value, size_t start, size_t end) {
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

static bool make_label(pv_markdown_reader *reader, pv_block *block) {
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

bool pv_markdown_reader_end(pv_markdown_reader *reader, pv_block_kind kind, uint32_t level, pv_block_cell cell,
                            size_t line, size_t last_line) {
    pv_str value = pv_buf_str(&reader->value);
    reader->open = false;
    if (reader->value.failed) {
        (void)pv_segments_abandon(&reader->segments);
        return pv_fail_memory(reader->error);
    }
    if (pv_markdown_is_blank(value) && cell.table == 0) {
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

static bool leave_out(pv_markdown_reader *reader, size_t start, size_t end, const char *what) {
    pv_left_out *left_out = PV_ARRAY_ADD(reader->arena, &reader->left_out);
    if (!left_out)
        return pv_fail_memory(reader->error);
    *left_out = (pv_left_out){{(uint32_t)start, (uint32_t)end}, pv_str_from(what)};
    return true;
}

/* ---- the text of Markdown ---- */

/* A text of the parser's, and where it may stand. */
typedef struct literal_walk {
    pv_markdown_reader *reader;
    pv_str literal;
    bool is_code;           /* in which no sign is escaped, and a line break is a space */
    pv_markdown_taker take; /* NULL: nothing is taken, it is only looked whether it stands there */
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
    pv_markdown_reader *reader = walk->reader;
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
static bool take_literal(pv_markdown_reader *reader, cmark_node *node, pv_markdown_taker take, void *payload) {
    literal_walk walk = {.reader = reader,
                         .literal = pv_str_from(cmark_node_get_literal(node)),
                         .is_code = cmark_node_get_type(node) == CMARK_NODE_CODE,
                         .payload = payload};
    bool taken = true;
    size_t start =
        pv_markdown_reader_offset(reader, cmark_node_get_start_line(node), cmark_node_get_start_column(node));
    if (walk.literal.size == 0)
        return true;
    bool found = start >= reader->at && stands_at(&walk, start, &taken);
    for (start = found ? start : reader->at;
         !found && start < reader->end && start - reader->at < PV_MARKDOWN_SEARCH;) {
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
static pv_span break_at(const pv_markdown_reader *reader) {
    pv_str bytes = reader->source->bytes;
    size_t at = reader->at;
    while (at < reader->end && bytes.data[at] != '\n' && bytes.data[at] != '\r')
        at++;
    size_t end = at;
    while (end < reader->end && (bytes.data[end] == '\n' || bytes.data[end] == '\r' || bytes.data[end] == ' '))
        end++;
    return (pv_span){(uint32_t)at, (uint32_t)end};
}

bool pv_markdown_reader_take_plain(pv_markdown_reader *reader, void *payload, pv_str value, pv_span place) {
    (void)payload;
    return pv_markdown_reader_add(reader, value, place.start, place.end);
}

bool pv_markdown_reader_add_code(pv_markdown_reader *reader, size_t before) {
    if (reader->at <= before)
        return true;
    pv_span *added = PV_ARRAY_ADD(reader->arena, &reader->code);
    if (!added)
        return pv_fail_memory(reader->error);
    *added = (pv_span){(uint32_t)before, (uint32_t)reader->at};
    return true;
}

/* The tag at or after `at`. */
static pv_span tag_place(const pv_markdown_reader *reader) {
    size_t start = pv_str_find(pv_str_slice(reader->source->bytes, 0, reader->end), PV_STR("<br"), reader->at);
    size_t at = start == SIZE_MAX ? reader->at : start;
    return (pv_span){(uint32_t)at, (uint32_t)(at + 3 < reader->end ? at + 3 : reader->end)};
}

static bool is_line_break_tag(pv_str html) {
    return pv_str_starts_with_ascii_folded(html, PV_STR("<br"));
}

bool pv_markdown_reader_take(pv_markdown_reader *reader, cmark_node *node, pv_markdown_taker take, void *payload) {
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
            done = pv_markdown_reader_add_code(reader, before);
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
