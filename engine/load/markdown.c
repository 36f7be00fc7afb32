#include <cmark.h>
#include <string.h>

#include "load/markdown_p.h"

/* Markdown has no pages; programs that make it of a paged document write a rule where one ends. So many are none by
 * chance. */
#define RULES_OF_PAGES 3
/* The parser's time grows with the square of the signs in a paragraph, at worst; of all paragraphs that is bounded. */
#define MAX_SIGN_WORK UINT64_C(2000000000)
/* Quotations and items inside one another. */
#define MAX_DEPTH 100

/* ---- blocks ---- */

static bool read_text(pv_markdown_reader *reader, cmark_node *node, pv_block_kind kind, uint32_t level, int first,
                      int last) {
    pv_markdown_reader_begin(reader, pv_markdown_reader_offset(reader, first, cmark_node_get_start_column(node)),
                             pv_markdown_reader_line_end(reader, last));
    if (!pv_markdown_reader_take(reader, node, pv_markdown_reader_take_plain, NULL))
        return false;
    return pv_markdown_reader_end(reader, kind, level, pv_markdown_reader_cell(reader), (size_t)first, (size_t)last);
}

/* A line of text over --- is a heading to the parser, whose last line may be either; where rules end pages, it is text
 * over the end of one. */
static bool is_over_page_end(const pv_markdown_reader *reader, size_t start, int last) {
    pv_str bytes = reader->source->bytes;
    if (reader->page == 0 || start >= bytes.size || bytes.data[start] == '#')
        return false;
    for (int line = last; line <= last + 1 && (size_t)line <= reader->source->line_count; line++)
        if (pv_str_equal(pv_str_trim(pv_str_slice(bytes, pv_markdown_reader_offset(reader, line, 1),
                                                  pv_markdown_reader_line_end(reader, line))),
                         PV_STR("---")))
            return true;
    return false;
}

static bool read_heading(pv_markdown_reader *reader, cmark_node *node, int first, int last) {
    size_t start = pv_markdown_reader_offset(reader, first, cmark_node_get_start_column(node));
    if (!is_over_page_end(reader, start, last))
        return read_text(reader, node, PV_BLOCK_HEADING, (uint32_t)cmark_node_get_heading_level(node), first, last);
    bool done = read_text(reader, node, PV_BLOCK_PARAGRAPH, 0, first, last);
    reader->page++;
    return done;
}

static bool read_paragraph(pv_markdown_reader *reader, cmark_node *node, int first, int last) {
    if (pv_markdown_reader_is_table(reader, first, last))
        return pv_markdown_reader_table(reader, node, first, last);
    bool begins_item = reader->label.size > 0;
    return read_text(reader, node, begins_item ? PV_BLOCK_LIST_ITEM : PV_BLOCK_PARAGRAPH,
                     begins_item ? reader->list_depth : 0, first, last);
}

/* Code as it is written, line by line. */
static bool read_code(pv_markdown_reader *reader, cmark_node *node, int first, int last) {
    pv_str literal = pv_str_from(cmark_node_get_literal(node));
    pv_markdown_reader_begin(reader, pv_markdown_reader_offset(reader, first, 1),
                             pv_markdown_reader_line_end(reader, last));
    for (size_t at = 0; at < literal.size;) {
        size_t end = pv_str_find(literal, PV_STR("\n"), at);
        pv_str line = pv_str_slice(literal, at, end == SIZE_MAX ? literal.size : end);
        at = end == SIZE_MAX ? literal.size : end + 1;
        size_t limit = reader->at + PV_MARKDOWN_SEARCH + line.size;
        size_t found = pv_str_find(pv_str_slice(reader->source->bytes, 0, limit < reader->end ? limit : reader->end),
                                   line, reader->at);
        size_t start = found == SIZE_MAX ? reader->at : found;
        if (reader->value.size > 0 && !pv_markdown_reader_add(reader, PV_STR("\n"), reader->at, start))
            return false;
        if (!pv_markdown_reader_add(reader, line, start, found == SIZE_MAX ? start + 1 : start + line.size))
            return false;
    }
    const size_t start = reader->start;
    const size_t before = reader->blocks.count;
    if (!pv_markdown_reader_end(reader, PV_BLOCK_PARAGRAPH, 0, pv_markdown_reader_cell(reader), (size_t)first,
                                (size_t)last))
        return false;
    if (reader->blocks.count > before)
        reader->blocks.items[before].is_code = true;
    return pv_markdown_reader_add_code(reader, start);
}

/* The mark of an item, as typed: a number is text, a bullet is a sign of Markdown's. */
static void begin_item(pv_markdown_reader *reader, cmark_node *node) {
    pv_str bytes = reader->source->bytes;
    size_t at = pv_markdown_reader_offset(reader, cmark_node_get_start_line(node), cmark_node_get_start_column(node));
    size_t end = at;
    reader->label_is_made = cmark_node_get_list_type(cmark_node_parent(node)) == CMARK_BULLET_LIST;
    while (end < bytes.size && !strchr(" \t\r\n", bytes.data[end]) && end - at < 12)
        end++;
    reader->label = pv_str_slice(bytes, at, end);
    reader->label_at = at;
}

static bool enter(pv_markdown_reader *reader, cmark_node *node) {
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
        return pv_markdown_reader_html(reader, first, last);
    case CMARK_NODE_THEMATIC_BREAK:
        reader->page += reader->page > 0;
        return true;
    default:
        return true;
    }
}

/* Blocks in order; what is inside one that holds text is its own. */
static bool walk(pv_markdown_reader *reader, cmark_node *root) {
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
        if (pv_markdown_is_blank(line))
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
    pv_markdown_reader reader = {
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
