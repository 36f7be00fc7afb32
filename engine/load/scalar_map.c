#include "load/scalar_map_p.h"

#include <assert.h>
#include <string.h>

#include "base/digits.h"
#include "base/utf8.h"
#include "model/text.h"

/* The raw bytes being decoded, and how much of the parser's value they have given so far. Nothing is written anywhere:
 * what is decoded is compared with the value and, as long as both agree, noted as a segment. */
typedef struct scalar_decoder {
    const char *bytes; /* the whole source */
    size_t at;
    size_t end;        /* of what is decoded */
    size_t header_end; /* of a block scalar: after its indicators */
    pv_str value;
    bool agrees; /* false once decoded bytes and value differ; nothing is noted from then on */
    pv_segment_list *segments;
    pv_error *error;
} scalar_decoder;

/* What stands on the first line of a block scalar, after its indicator. */
typedef struct block_header {
    char chomping;      /* '+', '-' or '\0' */
    size_t indentation; /* as given; 0 when it is to be found out */
} block_header;

/* The next `size` bytes of the value are `decoded`, made from source bytes [start, end). False when there is no
 * memory. */
static bool emit(scalar_decoder *decoder, const char *decoded, size_t size, size_t start, size_t end) {
    size_t from = decoder->segments->covered;
    if (!decoder->agrees)
        return true;
    if (size > decoder->value.size - from || (size > 0 && memcmp(decoder->value.data + from, decoded, size) != 0)) {
        decoder->agrees = false;
        return true;
    }
    return pv_segments_add(decoder->segments, size, (pv_span){(uint32_t)start, (uint32_t)end}, decoder->error);
}

/* Source bytes [start, end) stand in the value as they are. */
static bool emit_verbatim(scalar_decoder *decoder, size_t start, size_t end) {
    return emit(decoder, decoder->bytes + start, end - start, start, end);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* Bytes of the line break at offset, 0 when there is none. YAML 1.1, so libyaml: NEL, LS and PS break lines too. */
static size_t break_length(const scalar_decoder *decoder, size_t at) {
    const unsigned char *here = (const unsigned char *)decoder->bytes + at;
    size_t left = decoder->end - at;
    if (left == 0)
        return 0;
    if (here[0] == '\n')
        return 1;
    if (here[0] == '\r')
        return left > 1 && here[1] == '\n' ? 2 : 1;
    if (left > 1 && here[0] == 0xC2 && here[1] == 0x85)
        return 2;
    if (left > 2 && here[0] == 0xE2 && here[1] == 0x80 && (here[2] == 0xA8 || here[2] == 0xA9))
        return 3;
    return 0;
}

/* LS and PS stay what they are and are never folded; all other line breaks become a line feed. */
static bool is_separator(const scalar_decoder *decoder, size_t at) {
    return (unsigned char)decoder->bytes[at] == 0xE2;
}

/* The line break at offset as it stands in a value; nothing when there is none. */
static bool emit_break(scalar_decoder *decoder, size_t at) {
    size_t length = break_length(decoder, at);
    if (length == 0)
        return true;
    if (is_separator(decoder, at))
        return emit_verbatim(decoder, at, at + length);
    return emit(decoder, "\n", 1, at, at + length);
}

/* First offset at or after from where a line break starts or `stop` stands, or the end. */
static size_t find_break_or(const scalar_decoder *decoder, size_t from, char stop) {
    pv_str text = {decoder->bytes, decoder->end};
    size_t at = pv_utf8_plain_end(text, from, stop, stop);
    while (at < text.size && text.data[at] != stop && break_length(decoder, at) == 0)
        at = pv_utf8_plain_end(text, at + 1, stop, stop);
    return at;
}

/* Emits every line break in [start, end), which holds nothing but blanks and line breaks. */
static bool emit_breaks(scalar_decoder *decoder, size_t start, size_t end) {
    for (size_t at = start; at < end;) {
        size_t length = break_length(decoder, at);
        if (!emit_break(decoder, at))
            return false;
        at += length > 0 ? length : 1;
    }
    return true;
}

static bool has_break(const scalar_decoder *decoder, size_t start, size_t end) {
    for (size_t at = start; at < end; at++)
        if (break_length(decoder, at) > 0)
            return true;
    return false;
}

/* Folds the gap [start, end) between two lines, whose first line break stands at `first`: a single line break becomes a
 * space, further ones stay. */
static bool emit_folded(scalar_decoder *decoder, size_t start, size_t first, size_t end) {
    size_t rest = first + break_length(decoder, first);
    if (is_separator(decoder, first))
        return emit_breaks(decoder, first, end);
    if (has_break(decoder, rest, end))
        return emit_breaks(decoder, rest, end);
    return emit(decoder, " ", 1, start, end);
}

static size_t skip_blanks_and_breaks(const scalar_decoder *decoder, size_t at) {
    while (at < decoder->end) {
        size_t length = is_blank(decoder->bytes[at]) ? 1 : break_length(decoder, at);
        if (length == 0)
            break;
        at += length;
    }
    return at;
}

static size_t trim_blanks(const scalar_decoder *decoder, size_t start, size_t end) {
    while (end > start && is_blank(decoder->bytes[end - 1]))
        end--;
    return end;
}

/* The gap between two lines of a plain or quoted scalar: the blanks on both sides of its line breaks fall away. */
static bool decode_gap(scalar_decoder *decoder, size_t content_end, size_t line_break) {
    decoder->at = skip_blanks_and_breaks(decoder, line_break);
    return emit_folded(decoder, content_end, line_break, decoder->at);
}

/* '' in a single-quoted scalar. */
static bool decode_quote_pair(scalar_decoder *decoder) {
    size_t at = decoder->at;
    decoder->at += 2;
    return emit(decoder, "'", 1, at, at + 2);
}

/* Whether a \uXXXX with a surrogate in [first, last] stands at offset. */
static bool is_surrogate_at(pv_str text, size_t at, uint32_t first, uint32_t last) {
    uint32_t code_point = 0;
    if (at + 6 > text.size || text.data[at] != '\\' || text.data[at + 1] != 'u')
        return false;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = pv_hex_value(text.data[i]);
        if (digit < 0)
            return false;
        code_point = code_point << 4 | (uint32_t)digit;
    }
    return code_point >= first && code_point <= last;
}

bool pv_yaml_is_surrogate_pair(pv_str text, size_t at) {
    return is_surrogate_at(text, at, 0xD800, 0xDBFF) && is_surrogate_at(text, at + 6, 0xDC00, 0xDFFF);
}

/* The number that so many digits after \x, \u or \U at decoder->at are; moves behind them. */
static uint32_t read_code_point(scalar_decoder *decoder, size_t digits) {
    uint32_t code_point = 0;
    decoder->at += 2;
    for (size_t i = 0; i < digits && decoder->at < decoder->end; i++)
        code_point = code_point << 4 | (uint32_t)pv_hex_value(decoder->bytes[decoder->at++]);
    return code_point;
}

/* \x, \u and \U with so many digits; two of \u are one character where they are a pair of surrogates. */
static bool decode_code_point(scalar_decoder *decoder, size_t digits) {
    size_t start = decoder->at;
    char encoded[4];
    bool is_pair = pv_yaml_is_surrogate_pair((pv_str){decoder->bytes, decoder->end}, start);
    uint32_t code_point = read_code_point(decoder, digits);
    if (is_pair)
        code_point = 0x10000 + ((code_point - 0xD800) << 10) + (read_code_point(decoder, digits) - 0xDC00);
    size_t size = pv_utf8_encode(code_point, encoded);
    return emit(decoder, encoded, size, start, decoder->at);
}

/* What a one-letter escape stands for; NULL for an unknown letter. */
static const char *escaped_text(char letter) {
    static const struct {
        char letter;
        const char *text;
    } escapes[] = {
        {'a', "\a"},  {'b', "\b"}, {'t', "\t"},       {'\t', "\t"},      {'n', "\n"},           {'v', "\v"},
        {'f', "\f"},  {'r', "\r"}, {'e', "\x1B"},     {' ', " "},        {'"', "\""},           {'/', "/"},
        {'\\', "\\"}, {'\'', "'"}, {'N', "\xC2\x85"}, {'_', "\xC2\xA0"}, {'L', "\xE2\x80\xA8"}, {'P', "\xE2\x80\xA9"},
    };
    for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++)
        if (escapes[i].letter == letter)
            return escapes[i].text;
    return NULL;
}

/* A line break after a backslash is nothing, and neither are the blanks that follow; further line breaks stay. */
static bool decode_line_continuation(scalar_decoder *decoder) {
    size_t rest = decoder->at + 1 + break_length(decoder, decoder->at + 1);
    decoder->at = skip_blanks_and_breaks(decoder, rest);
    return emit_breaks(decoder, rest, decoder->at);
}

/* What a backslash opens in a double-quoted scalar. */
static bool decode_escape(scalar_decoder *decoder) {
    size_t start = decoder->at;
    if (break_length(decoder, start + 1) > 0)
        return decode_line_continuation(decoder);
    char letter = start + 1 < decoder->end ? decoder->bytes[start + 1] : '\0';
    if (letter == 'x' || letter == 'u' || letter == 'U')
        return decode_code_point(decoder, letter == 'x' ? 2 : letter == 'u' ? 4 : 8);
    decoder->at += 2;
    if (letter == '0')
        return emit(decoder, "\0", 1, start, decoder->at);
    const char *text = escaped_text(letter);
    decoder->agrees = decoder->agrees && text;
    return !text || emit(decoder, text, strlen(text), start, decoder->at);
}

/* Plain and quoted scalars, which all fold lines: `special` is what opens an escape, '\0' for none. */
static bool decode_flow(scalar_decoder *decoder, char special) {
    while (decoder->at < decoder->end) {
        size_t start = decoder->at;
        size_t stop = find_break_or(decoder, start, special);
        bool at_break = break_length(decoder, stop) > 0;
        size_t content_end = at_break ? trim_blanks(decoder, start, stop) : stop;
        decoder->at = stop;
        if (!emit_verbatim(decoder, start, content_end))
            return false;
        if (at_break && !decode_gap(decoder, content_end, stop))
            return false;
        if (at_break || stop == decoder->end)
            continue;
        if (!(special == '\'' ? decode_quote_pair(decoder) : decode_escape(decoder)))
            return false;
    }
    return true;
}

static block_header decode_block_header(scalar_decoder *decoder) {
    block_header header = {0};
    for (decoder->at++; decoder->at < decoder->end; decoder->at++) {
        char c = decoder->bytes[decoder->at];
        if (c == '+' || c == '-')
            header.chomping = c;
        else if (c >= '1' && c <= '9')
            header.indentation = (size_t)(c - '0');
        else
            break;
    }
    decoder->header_end = decoder->at;
    size_t line_end = find_break_or(decoder, decoder->at, '\0');
    decoder->at = line_end + break_length(decoder, line_end);
    return header;
}

/* Moves over empty lines and over the indentation of the line after them; gives its column. An indentation of 0 is
 * found out on the way: the deepest column met, but at least `least`. */
static size_t skip_to_content(scalar_decoder *decoder, size_t *indentation, size_t least) {
    size_t deepest = 0;
    size_t column;
    size_t length;
    do {
        column = 0;
        while (decoder->at < decoder->end && decoder->bytes[decoder->at] == ' ' &&
               (*indentation == 0 || column < *indentation)) {
            decoder->at++;
            column++;
        }
        deepest = column > deepest ? column : deepest;
        length = break_length(decoder, decoder->at);
        decoder->at += length;
    } while (length > 0);
    if (*indentation == 0)
        *indentation = deepest > least ? deepest : least;
    return column;
}

/* The line breaks after the last content: none are kept with '-', all with '+', else the first. */
static bool decode_tail(scalar_decoder *decoder, char chomping, bool has_content, size_t gap) {
    if (chomping == '+')
        return emit_breaks(decoder, gap, decoder->end);
    return chomping == '-' || !has_content || emit_break(decoder, gap);
}

/* Literal and folded scalars. A line break is folded unless a line beside it is indented further. */
static bool decode_block(scalar_decoder *decoder, bool is_folded, int parent_indent) {
    size_t parent = parent_indent > 0 ? (size_t)parent_indent : 0;
    size_t least = parent_indent >= 0 ? parent + 1 : 1;
    block_header header = decode_block_header(decoder);
    size_t indentation = header.indentation > 0 ? parent + header.indentation : 0;
    size_t gap = decoder->at; /* the line breaks before the next content start here */
    bool has_content = false;
    bool last_is_deeper = false;
    while (skip_to_content(decoder, &indentation, least) == indentation && decoder->at < decoder->end) {
        size_t start = decoder->at;
        bool is_deeper = is_blank(decoder->bytes[start]);
        bool folds = is_folded && has_content && !last_is_deeper && !is_deeper;
        if (!(folds ? emit_folded(decoder, gap, gap, start) : emit_breaks(decoder, gap, start)))
            return false;
        gap = find_break_or(decoder, start, '\0');
        if (!emit_verbatim(decoder, start, gap))
            return false;
        decoder->at = gap + break_length(decoder, gap);
        has_content = true;
        last_is_deeper = is_deeper;
    }
    return decode_tail(decoder, header.chomping, has_content, gap);
}

static bool decode(scalar_decoder *decoder, pv_scalar_style style, int parent_indent) {
    switch (style) {
    case PV_SCALAR_PLAIN:
        return decode_flow(decoder, '\0');
    case PV_SCALAR_SINGLE_QUOTED:
    case PV_SCALAR_DOUBLE_QUOTED:
        decoder->at++;
        decoder->end--;
        return decode_flow(decoder, style == PV_SCALAR_SINGLE_QUOTED ? '\'' : '\\');
    case PV_SCALAR_LITERAL:
    case PV_SCALAR_FOLDED:
        return decode_block(decoder, style == PV_SCALAR_FOLDED, parent_indent);
    }
    return true;
}

/* The parser's end of a block scalar is where the next token starts; what the scalar is made of ends before. */
static uint32_t block_end(const scalar_decoder *decoder, const pv_text *text) {
    uint32_t end = (uint32_t)decoder->header_end;
    if (text->segment_count > 0)
        end = text->segments[text->segment_count - 1].source.end;
    return end;
}

/* One segment for the whole: all that can be said when the decoding differs from the value. */
static bool map_coarsely(pv_text *out, pv_arena *arena, pv_error *error) {
    if (!pv_text_made_from(out, arena, out->value, out->span, error))
        return false;
    out->exact = false;
    return true;
}

bool pv_scalar_map_build(pv_text *out, pv_arena *arena, pv_str source, pv_span span, pv_scalar_style style,
                         int parent_indent, pv_str value, pv_error *error) {
    assert(span.start <= span.end && span.end <= source.size);
    if (style == PV_SCALAR_PLAIN && pv_str_equal(pv_str_slice(source, span.start, span.end), value))
        return pv_text_verbatim(out, arena, value, span.start, error);
    pv_segment_list segments;
    pv_segments_begin(&segments, arena);
    scalar_decoder decoder = {.bytes = source.data,
                              .at = span.start,
                              .end = span.end,
                              .header_end = span.start,
                              .value = value,
                              .agrees = true,
                              .segments = &segments,
                              .error = error};
    *out = (pv_text){.value = value, .span = span};
    if (!decode(&decoder, style, parent_indent))
        return pv_segments_abandon(&segments);
    out->exact = decoder.agrees && segments.covered == value.size;
    if (!out->exact) {
        pv_segments_abandon(&segments);
        return map_coarsely(out, arena, error);
    }
    if (!pv_segments_finish(&segments, out, error))
        return false;
    if (style == PV_SCALAR_LITERAL || style == PV_SCALAR_FOLDED)
        out->span.end = block_end(&decoder, out);
    return true;
}
