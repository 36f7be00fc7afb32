#include "load/yaml_scalars_p.h"

#include <assert.h>
#include <string.h>

#include "base/bytes.h"
#include "base/digits.h"
#include "base/utf8.h"
#include "load/yaml_problems_p.h"

#define SEGMENTS_AT_ONCE ((size_t)256)

/* ---- lines ---- */

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* Where the line break of a line is, which it may not have at the end of the text. */
static size_t end_of_line(const pv_yaml_cursor *cursor, size_t line) {
    const pv_source *source = cursor->source;
    if (line + 1 == source->line_count)
        return cursor->size;
    size_t start = source->line_starts[line];
    size_t end = source->line_starts[line + 1] - 1;
    return end > start && cursor->bytes[end] == '\n' && cursor->bytes[end - 1] == '\r' ? end - 1 : end;
}

static void go_to_line(pv_yaml_cursor *cursor, size_t line) {
    cursor->line = line;
    cursor->line_start = line > 0 ? cursor->source->line_starts[line] : pv_source_text_start(cursor->source);
    cursor->line_end = end_of_line(cursor, line);
    cursor->at = cursor->line_start;
}

bool pv_yaml_next_line(pv_yaml_cursor *cursor) {
    if (cursor->line + 1 == cursor->source->line_count)
        return false;
    go_to_line(cursor, cursor->line + 1);
    return true;
}

static size_t skip_spaces(const pv_yaml_cursor *cursor, size_t from) {
    return pv_bytes_skip_spaces(cursor->bytes, from, cursor->size);
}

static size_t trim_blanks(const pv_yaml_cursor *cursor, size_t start, size_t end) {
    while (end > start && is_blank(cursor->bytes[end - 1]))
        end--;
    return end;
}

bool pv_yaml_may_be_marker(const pv_yaml_cursor *cursor, size_t start) {
    return start + 3 <= cursor->size &&
           (memcmp(cursor->bytes + start, "---", 3) == 0 || memcmp(cursor->bytes + start, "...", 3) == 0);
}

/* ---- values being made ---- */

/* A scalar whose value is byte for byte in the source needs one segment. */
typedef struct scalar_node {
    pv_node node;
    pv_segment segment;
} scalar_node;

pv_node *pv_yaml_new_scalar(pv_yaml_cursor *cursor) {
    scalar_node *made = PV_NEW(cursor->arena, scalar_node);
    if (!made) {
        pv_fail_memory(cursor->error);
        return NULL;
    }
    made->node.kind = PV_NODE_SCALAR;
    made->node.text.segments = &made->segment;
    made->node.text.exact = true;
    return &made->node;
}

void pv_yaml_set_verbatim(const pv_yaml_cursor *cursor, pv_node *node, size_t start, size_t end, size_t quotes) {
    pv_span value = {(uint32_t)start, (uint32_t)end};
    ((scalar_node *)node)->segment = (pv_segment){{0, value.end - value.start}, value};
    node->text.value = (pv_str){cursor->bytes + start, end - start};
    node->text.segment_count = end > start;
    node->text.span = node->span = (pv_span){value.start - (uint32_t)quotes, value.end + (uint32_t)quotes};
}

/* Begins a value made from the source from offset start on. No value is longer than what it is made from, so that what
 * is left of the source is room enough for this one and all that follow. */
static bool begin_value(pv_yaml_cursor *cursor, size_t start) {
    if (!cursor->text) {
        cursor->text = pv_arena_room(cursor->arena, cursor->size - start);
        if (!cursor->text)
            return pv_fail_memory(cursor->error);
    }
    cursor->text_size = 0;
    cursor->segment_count = 0;
    return true;
}

/* Room for one more segment: those of the value being made move together. */
static bool make_room(pv_yaml_cursor *cursor) {
    size_t room = 2 * cursor->segment_count > SEGMENTS_AT_ONCE ? 2 * cursor->segment_count : SEGMENTS_AT_ONCE;
    pv_segment *segments = pv_arena_room(cursor->arena, room * sizeof *segments);
    if (!segments)
        return pv_fail_memory(cursor->error);
    if (cursor->segment_count > 0)
        memcpy(segments, cursor->segments, cursor->segment_count * sizeof *segments);
    cursor->segments = segments;
    cursor->segment_room = room;
    return true;
}

static bool is_byte_for_byte(const pv_segment *segment) {
    return segment->value.end - segment->value.start == segment->source.end - segment->source.start;
}

/* The next bytes of the value, of which the map does not know yet, were made from these source bytes. What continues
 * the last segment byte for byte is part of it. */
static inline bool add_segment(pv_yaml_cursor *cursor, size_t size, size_t start, size_t end) {
    pv_segment added = {{(uint32_t)cursor->text_size, (uint32_t)(cursor->text_size + size)},
                        {(uint32_t)start, (uint32_t)end}};
    cursor->text_size += size;
    if (cursor->segment_count == cursor->segment_room && !make_room(cursor))
        return false;
    pv_segment *next = &cursor->segments[cursor->segment_count];
    if (cursor->segment_count > 0 && next[-1].source.end == added.source.start && is_byte_for_byte(&next[-1]) &&
        is_byte_for_byte(&added)) {
        next[-1].value.end = added.value.end;
        next[-1].source.end = added.source.end;
        return true;
    }
    *next = added;
    cursor->segment_count++;
    return true;
}

/* The next bytes of the value, made from source bytes [start, end). */
static bool emit(pv_yaml_cursor *cursor, const char *made, size_t size, size_t start, size_t end) {
    if (size == 0)
        return true;
    memcpy(cursor->text + cursor->text_size, made, size);
    return add_segment(cursor, size, start, end);
}

/* The same of one byte. */
static inline bool emit_byte(pv_yaml_cursor *cursor, char made, size_t start, size_t end) {
    cursor->text[cursor->text_size] = made;
    return add_segment(cursor, 1, start, end);
}

static bool emit_verbatim(pv_yaml_cursor *cursor, size_t start, size_t end) {
    return emit(cursor, cursor->bytes + start, end - start, start, end);
}

/* The line break of a line, as it stands in a value; nothing where the text ends without one. */
static bool emit_break(pv_yaml_cursor *cursor, size_t line) {
    if (line + 1 == cursor->source->line_count)
        return true;
    return emit_byte(cursor, '\n', end_of_line(cursor, line), cursor->source->line_starts[line + 1]);
}

static bool emit_breaks(pv_yaml_cursor *cursor, size_t first, size_t end) {
    for (size_t line = first; line < end; line++)
        if (!emit_break(cursor, line))
            return false;
    return true;
}

/* Folds what is between two lines of a text, where the first ends and where the last begins: one line break becomes a
 * space, further ones stay. */
static bool emit_fold(pv_yaml_cursor *cursor, size_t first, size_t end, size_t last, size_t start) {
    if (last == first + 1)
        return emit_byte(cursor, ' ', end, start);
    return emit_breaks(cursor, first + 1, last);
}

/* The value that was made is that of node. */
static void end_value(pv_yaml_cursor *cursor, pv_node *node, size_t start, size_t end) {
    node->text.value = (pv_str){cursor->text, cursor->text_size};
    node->text.segment_count = cursor->segment_count;
    node->text.span = node->span = (pv_span){(uint32_t)start, (uint32_t)end};
    cursor->text += cursor->text_size;
    if (cursor->segment_count == 0)
        return;
    node->text.segments = cursor->segments;
    cursor->segments += cursor->segment_count;
    cursor->segment_room -= cursor->segment_count;
    cursor->segment_count = 0;
}

/* ---- texts without quotes ---- */

enum { FIRST = 1, FLOW_STOP = 2 };

/* What a byte may be: the first of a text without quotes; what may end one between brackets. */
static uint8_t kind_of(char c) {
    static const uint8_t kinds[128] = {
        ['$'] = FIRST,     ['('] = FIRST,     [')'] = FIRST,     ['+'] = FIRST,     ['.'] = FIRST,
        ['/'] = FIRST,     ['0'] = FIRST,     ['1'] = FIRST,     ['2'] = FIRST,     ['3'] = FIRST,
        ['4'] = FIRST,     ['5'] = FIRST,     ['6'] = FIRST,     ['7'] = FIRST,     ['8'] = FIRST,
        ['9'] = FIRST,     [';'] = FIRST,     ['<'] = FIRST,     ['='] = FIRST,     ['A'] = FIRST,
        ['B'] = FIRST,     ['C'] = FIRST,     ['D'] = FIRST,     ['E'] = FIRST,     ['F'] = FIRST,
        ['G'] = FIRST,     ['H'] = FIRST,     ['I'] = FIRST,     ['J'] = FIRST,     ['K'] = FIRST,
        ['L'] = FIRST,     ['M'] = FIRST,     ['N'] = FIRST,     ['O'] = FIRST,     ['P'] = FIRST,
        ['Q'] = FIRST,     ['R'] = FIRST,     ['S'] = FIRST,     ['T'] = FIRST,     ['U'] = FIRST,
        ['V'] = FIRST,     ['W'] = FIRST,     ['X'] = FIRST,     ['Y'] = FIRST,     ['Z'] = FIRST,
        ['\\'] = FIRST,    ['^'] = FIRST,     ['_'] = FIRST,     ['a'] = FIRST,     ['b'] = FIRST,
        ['c'] = FIRST,     ['d'] = FIRST,     ['e'] = FIRST,     ['f'] = FIRST,     ['g'] = FIRST,
        ['h'] = FIRST,     ['i'] = FIRST,     ['j'] = FIRST,     ['k'] = FIRST,     ['l'] = FIRST,
        ['m'] = FIRST,     ['n'] = FIRST,     ['o'] = FIRST,     ['p'] = FIRST,     ['q'] = FIRST,
        ['r'] = FIRST,     ['s'] = FIRST,     ['t'] = FIRST,     ['u'] = FIRST,     ['v'] = FIRST,
        ['w'] = FIRST,     ['x'] = FIRST,     ['y'] = FIRST,     ['z'] = FIRST,     ['~'] = FIRST,
        [','] = FLOW_STOP, ['['] = FLOW_STOP, [']'] = FLOW_STOP, ['{'] = FLOW_STOP, ['}'] = FLOW_STOP,
        [':'] = FLOW_STOP, ['#'] = FLOW_STOP, ['?'] = FLOW_STOP,
    };
    return (unsigned char)c < 0x80 ? kinds[(unsigned char)c] : FIRST;
}

bool pv_yaml_begins_plain(const pv_yaml_cursor *cursor) {
    char c = cursor->bytes[cursor->at];
    if (c != '-')
        return kind_of(c) == FIRST;
    char next = cursor->at + 1 < cursor->line_end ? cursor->bytes[cursor->at + 1] : ' ';
    return next == '-' || kind_of(next) == FIRST;
}

/* Whether a colon at offset ends a text: a blank follows it, or nothing. */
static bool is_colon_apart(const pv_yaml_cursor *cursor, size_t at) {
    return at + 1 == cursor->line_end || is_blank(cursor->bytes[at + 1]);
}

/* Moves from the first character of a text to what stops it on its line, in a block. */
static pv_yaml_stop find_stop(pv_yaml_cursor *cursor) {
    size_t start = cursor->at;
    for (size_t at = start;; at++) {
        at = pv_bytes_find_either(cursor->bytes, at, cursor->line_end, cursor->size, ':', '#');
        cursor->at = at < cursor->line_end ? at : cursor->line_end;
        if (at >= cursor->line_end)
            return PV_YAML_STOP_LINE;
        if (cursor->bytes[at] == ':' && is_colon_apart(cursor, at))
            return PV_YAML_STOP_COLON;
        if (cursor->bytes[at] == '#' && at > start && is_blank(cursor->bytes[at - 1]))
            return PV_YAML_STOP_COMMENT;
    }
}

/* The same between brackets. */
static pv_yaml_stop find_stop_in_flow(pv_yaml_cursor *cursor) {
    size_t start = cursor->at;
    for (; cursor->at < cursor->line_end; cursor->at++) {
        char c = cursor->bytes[cursor->at];
        if (kind_of(c) != FLOW_STOP)
            continue;
        if (c == '#' && cursor->at > start && is_blank(cursor->bytes[cursor->at - 1]))
            return PV_YAML_STOP_COMMENT;
        if (c == '#' || c == '?')
            continue;
        if (c != ':')
            return PV_YAML_STOP_SIGN;
        if (is_colon_apart(cursor, cursor->at))
            return PV_YAML_STOP_COLON;
        if (kind_of(cursor->bytes[cursor->at + 1]) == FLOW_STOP)
            return PV_YAML_STOP_DOUBT;
    }
    return PV_YAML_STOP_LINE;
}

typedef enum more_lines { NO_MORE, MORE, DOUBTFUL } more_lines;

/* Whether a text that reaches the end of its line goes on below; *line and *start: where. */
static more_lines find_more(const pv_yaml_cursor *cursor, int column, bool in_flow, size_t *line, size_t *start) {
    for (*line = cursor->line + 1; *line < cursor->source->line_count; ++*line) {
        size_t line_start = cursor->source->line_starts[*line];
        size_t end = end_of_line(cursor, *line);
        *start = skip_spaces(cursor, line_start);
        if (*start == end)
            continue;
        char c = cursor->bytes[*start];
        if (c == '\t' || (in_flow && pv_yaml_may_be_marker(cursor, line_start)))
            return DOUBTFUL;
        if (c == '#' || (!in_flow && (int)(*start - line_start) <= column))
            return NO_MORE;
        return in_flow && kind_of(c) == FLOW_STOP ? NO_MORE : MORE;
    }
    return NO_MORE;
}

bool pv_yaml_read_plain(pv_yaml_cursor *cursor, pv_node *node, int column, bool in_flow, pv_yaml_stop *stop) {
    size_t start = cursor->at;
    size_t piece = start;
    size_t line = 0;
    bool is_made = false;
    for (;;) {
        *stop = in_flow ? find_stop_in_flow(cursor) : find_stop(cursor);
        size_t end = trim_blanks(cursor, piece, cursor->at);
        more_lines more = NO_MORE;
        size_t next = 0;
        if (*stop == PV_YAML_STOP_DOUBT || (*stop == PV_YAML_STOP_COLON && is_made))
            return false;
        if (*stop == PV_YAML_STOP_LINE)
            more = find_more(cursor, column, in_flow, &line, &next);
        if (more == DOUBTFUL)
            return false;
        if (more == NO_MORE && !is_made) {
            pv_yaml_set_verbatim(cursor, node, start, end, 0);
            return true;
        }
        if (!is_made && !begin_value(cursor, start))
            return false;
        if (!emit_verbatim(cursor, piece, end))
            return false;
        if (more == NO_MORE) {
            end_value(cursor, node, start, end);
            return true;
        }
        if (!emit_fold(cursor, cursor->line, end, line, next))
            return false;
        is_made = true;
        go_to_line(cursor, line);
        cursor->at = piece = next;
    }
}

/* ---- texts in quotes ---- */

/* What a quoted text is made of so far. */
typedef struct quoted {
    size_t piece; /* where what is not emitted yet begins */
    bool is_made; /* there is more to it than its bytes */
    bool has_escaped_space;
} quoted;

/* Emits what is read of the text up to end. */
static bool emit_piece(pv_yaml_cursor *cursor, quoted *text, size_t end) {
    if (!text->is_made && !begin_value(cursor, text->piece))
        return false;
    text->is_made = true;
    return emit_verbatim(cursor, text->piece, end);
}

/* The line ends within the quotes. */
static bool read_line_end(pv_yaml_cursor *cursor, quoted *text) {
    size_t first = cursor->line;
    size_t end = trim_blanks(cursor, text->piece, cursor->line_end);
    if (!emit_piece(cursor, text, end))
        return false;
    do {
        if (!pv_yaml_next_line(cursor) || pv_yaml_may_be_marker(cursor, cursor->line_start))
            return false;
        while (cursor->at < cursor->line_end && is_blank(cursor->bytes[cursor->at]))
            cursor->at++;
    } while (cursor->at == cursor->line_end);
    text->piece = cursor->at;
    return emit_fold(cursor, first, end, cursor->line, cursor->at);
}

/* The code point of \xXX and \uXXXX, moving behind it; 0 for what is doubtful. */
static uint32_t read_code_point(pv_yaml_cursor *cursor, size_t digits) {
    uint32_t code_point = 0;
    size_t end = cursor->at + 2 + digits;
    if (end > cursor->line_end)
        return 0;
    for (size_t at = cursor->at + 2; at < end; at++) {
        int digit = pv_hex_value(cursor->bytes[at]);
        if (digit < 0)
            return 0;
        code_point = code_point << 4 | (uint32_t)digit;
    }
    cursor->at = end;
    return code_point >= 0xD800 && code_point <= 0xDFFF ? 0 : code_point;
}

/* What a letter after a backslash stands for; NUL for what is doubtful. */
static char escaped_character(char letter) {
    switch (letter) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    case ' ':
    case '"':
    case '/':
    case '\\':
        return letter;
    default:
        return '\0';
    }
}

static bool read_escape(pv_yaml_cursor *cursor, quoted *text) {
    size_t start = cursor->at;
    char letter = start + 1 < cursor->line_end ? cursor->bytes[start + 1] : '\0';
    char made[4];
    size_t size = 1;
    if (!emit_piece(cursor, text, start))
        return false;
    if (letter == 'x' || letter == 'u') {
        uint32_t code_point = read_code_point(cursor, letter == 'x' ? 2 : 4);
        if (code_point == 0)
            return false;
        size = pv_utf8_encode(code_point, made);
    } else {
        made[0] = escaped_character(letter);
        cursor->at += 2;
    }
    text->has_escaped_space |= size == 1 && made[0] == ' ';
    text->piece = cursor->at;
    return made[0] != '\0' && emit(cursor, made, size, start, cursor->at);
}

/* Two of the quotes stand for one. */
static bool read_quote_pair(pv_yaml_cursor *cursor, quoted *text) {
    size_t start = cursor->at;
    cursor->at += 2;
    if (!emit_piece(cursor, text, start))
        return false;
    text->piece = cursor->at;
    return emit_byte(cursor, '\'', start, cursor->at);
}

bool pv_yaml_read_quoted(pv_yaml_cursor *cursor, pv_node *node) {
    size_t start = cursor->at;
    char quote = cursor->bytes[start];
    char special = quote == '"' ? '\\' : quote;
    quoted text = {.piece = ++cursor->at};
    for (;;) {
        cursor->at = pv_bytes_find_either(cursor->bytes, cursor->at, cursor->line_end, cursor->size, quote, special);
        bool fine;
        if (cursor->at >= cursor->line_end)
            fine = read_line_end(cursor, &text);
        else if (cursor->bytes[cursor->at] != quote)
            fine = read_escape(cursor, &text);
        else if (quote == '\'' && cursor->at + 1 < cursor->line_end && cursor->bytes[cursor->at + 1] == quote)
            fine = read_quote_pair(cursor, &text);
        else
            break;
        if (!fine)
            return false;
    }
    size_t end = cursor->at++;
    node->style = quote == '"' ? PV_SCALAR_DOUBLE_QUOTED : PV_SCALAR_SINGLE_QUOTED;
    node->has_escaped_space = text.has_escaped_space;
    if (!text.is_made) {
        pv_yaml_set_verbatim(cursor, node, start + 1, end, 1);
        return true;
    }
    if (!emit_piece(cursor, &text, end))
        return false;
    end_value(cursor, node, start, cursor->at);
    return true;
}

/* ---- block scalars ---- */

/* A block scalar being read, and the line that reading has come to. */
typedef struct block {
    char chomping;      /* '+', '-' or NUL */
    size_t indentation; /* 0 while it is not known */
    size_t least;       /* it is this at least */
    size_t deepest;     /* of the lines so far, while it is not known */
    size_t line;
    size_t start; /* of the line's content */
    size_t end;
} block;

/* The line with the sign, of which nothing but a comment may be left. */
static bool read_block_header(pv_yaml_cursor *cursor, block *of, size_t column) {
    size_t at = cursor->at + 1;
    for (; at < cursor->line_end && !is_blank(cursor->bytes[at]); at++) {
        char c = cursor->bytes[at];
        if ((c == '+' || c == '-') && of->chomping == '\0')
            of->chomping = c;
        else if (c >= '1' && c <= '9' && of->indentation == 0)
            of->indentation = column + (size_t)(c - '0');
        else
            return false;
    }
    cursor->at = at;
    at = skip_spaces(cursor, at);
    return at >= cursor->line_end || cursor->bytes[at] == '#';
}

typedef enum block_line { BLANK_LINE, CONTENT_LINE, NO_LINE, DOUBTFUL_LINE } block_line;

/* What of->line is to the block. */
static block_line look_at_line(const pv_yaml_cursor *cursor, block *of) {
    bool has_break = of->line + 1 < cursor->source->line_count;
    size_t line_start = cursor->source->line_starts[of->line];
    of->start = skip_spaces(cursor, line_start);
    of->end = end_of_line(cursor, of->line);
    size_t blanks = of->start - line_start;
    if (of->indentation == 0 || blanks < of->indentation) {
        if (of->start < of->end && cursor->bytes[of->start] == '\t')
            return DOUBTFUL_LINE;
        of->deepest = blanks > of->deepest ? blanks : of->deepest;
        if (of->start == of->end)
            return has_break ? BLANK_LINE : NO_LINE;
        if (of->indentation == 0)
            of->indentation = of->deepest > of->least ? of->deepest : of->least;
        return blanks == of->indentation ? CONTENT_LINE : NO_LINE;
    }
    of->start = line_start + of->indentation;
    if (of->start < of->end)
        return CONTENT_LINE;
    return has_break ? BLANK_LINE : NO_LINE;
}

/* The lines of a block, up to the one that is no part of it. first: the one below the sign. */
static bool read_block_lines(pv_yaml_cursor *cursor, block *of, bool is_folded, size_t first) {
    size_t gap = first;  /* the first line whose break is not emitted yet */
    size_t last_end = 0; /* of the content before, where there is any */
    bool has_content = false;
    bool last_is_deeper = false;
    for (of->line = first; of->line < cursor->source->line_count; of->line++) {
        block_line line = look_at_line(cursor, of);
        if (line == DOUBTFUL_LINE)
            return false;
        if (line == NO_LINE)
            break;
        if (line == BLANK_LINE)
            continue;
        bool is_deeper = is_blank(cursor->bytes[of->start]);
        bool folds = is_folded && has_content && !last_is_deeper && !is_deeper;
        if (!(folds ? emit_fold(cursor, gap, last_end, of->line, of->start) : emit_breaks(cursor, gap, of->line)) ||
            !emit_verbatim(cursor, of->start, of->end))
            return false;
        gap = of->line;
        last_end = of->end;
        has_content = true;
        last_is_deeper = is_deeper;
    }
    if (of->chomping == '+')
        return emit_breaks(cursor, gap, of->line);
    return of->chomping == '-' || !has_content || emit_break(cursor, gap);
}

bool pv_yaml_read_block(pv_yaml_cursor *cursor, pv_node *node, int column) {
    size_t start = cursor->at;
    block of = {.least = (size_t)column + 1};
    assert(column >= 0);
    if (!read_block_header(cursor, &of, (size_t)column) || !begin_value(cursor, start))
        return false;
    size_t end = cursor->at;
    bool is_folded = cursor->bytes[start] == '>';
    node->style = is_folded ? PV_SCALAR_FOLDED : PV_SCALAR_LITERAL;
    if (!read_block_lines(cursor, &of, is_folded, cursor->line + 1))
        return false;
    if (cursor->segment_count > 0)
        end = cursor->segments[cursor->segment_count - 1].source.end;
    end_value(cursor, node, start, end);
    go_to_line(cursor, of.line - 1);
    cursor->at = cursor->line_end;
    return pv_yaml_check_empty_block(cursor->source, node, column, &(pv_error){0});
}

/* ---- comments ---- */

/* The comment that begins the next line with something on it, where that is indented as more of an unquoted text is,
 * and no blank follows its # (#4). */
static pv_span comment_below(const pv_source *source, const pv_node *scalar, int column, bool in_flow) {
    pv_str bytes = source->bytes;
    size_t start = scalar->span.end;
    size_t at = start;
    for (; at < bytes.size && strchr(" \t\r\n", bytes.data[at]); at++)
        if (bytes.data[at] == '\n' || bytes.data[at] == '\r')
            start = at + 1;
    bool is_inside = start > scalar->span.end && !in_flow && (int)(at - start) > column;
    if (!is_inside || at >= bytes.size || bytes.data[at] != '#' || strchr(" \t\r\n#", pv_yaml_byte_at(source, at + 1)))
        return (pv_span){0};
    return pv_yaml_rest_of_line(source, at);
}

/* One right after a colon or a comma is taken for a remark where a blank follows its #, and for text (#4) where none
 * does. */
pv_span pv_yaml_comment_after(const pv_source *source, const pv_node *scalar, int column, bool in_flow) {
    pv_str bytes = source->bytes;
    size_t end = scalar->span.end;
    size_t at = pv_yaml_skip_blanks(bytes, end);
    bool follows_text = scalar->span.end > scalar->span.start;
    if (follows_text && in_flow && at < bytes.size && bytes.data[at] == ',') {
        follows_text = false;
        at = pv_yaml_skip_blanks(bytes, at + 1);
    }
    while (follows_text && at < bytes.size && pv_yaml_hidden_break_length(bytes, at) > 0)
        at = pv_yaml_skip_blanks(bytes, at + pv_yaml_hidden_break_length(bytes, at));
    if (at == end || at >= bytes.size || bytes.data[at] != '#')
        return scalar->span.end > scalar->span.start ? comment_below(source, scalar, column, in_flow) : (pv_span){0};
    char next = pv_yaml_byte_at(source, at + 1);
    return follows_text || !strchr(" \t\r\n#", next) ? pv_yaml_rest_of_line(source, at) : (pv_span){0};
}
