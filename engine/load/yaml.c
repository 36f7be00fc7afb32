#include "load/yaml.h"

#include <string.h>
#include <yaml.h>

#include "base/digits.h"
#include "base/utf8.h"
#include "load/glimpse_p.h"
#include "load/loader_p.h"
#include "load/scalar_map_p.h"
#include "load/tree_p.h"
#include "load/yaml_problems_p.h"
#include "load/yaml_reader_p.h"
#include "load/yaml_scalars_p.h"

/* ---- the tree ---- */

/* A mapping or sequence whose end has not been read. */
typedef struct open_collection {
    pv_branch branch;
    int column;   /* of its first character, as libyaml counts: what block scalars in it are indented against */
    bool is_flow; /* written with brackets */
} open_collection;

/* A byte offset and the character index that libyaml has for it. Marks come nearly in order, so the way from one to the
 * next is short, and all of them together cost one pass over the source. */
typedef struct mark_cursor {
    size_t byte;
    size_t index;
} mark_cursor;

typedef struct yaml_loader {
    yaml_parser_t parser;
    const pv_source *source;
    const pv_limits *limits;
    pv_arena *arena;
    pv_error *error;
    pv_document *document;
    open_collection *open; /* yaml_depth of them */
    size_t depth;
    mark_cursor cursor;
    pv_key_table keys;
    uint32_t read;     /* where the latest of the events so far ends */
    bool has_document; /* a document has started */
    size_t pairs;      /* of surrogates, that libyaml was given as something else */
    size_t pairs_read; /* of these, in a text in double quotes */
    pv_span document_start;
} yaml_loader;

/* The byte offset of a mark. */
static uint32_t byte_of(yaml_loader *loader, yaml_mark_t mark) {
    pv_str bytes = loader->source->bytes;
    mark_cursor *cursor = &loader->cursor;
    while (cursor->index < mark.index && cursor->byte < bytes.size) {
        size_t left = bytes.size - cursor->byte;
        size_t wanted = mark.index - cursor->index;
        size_t step = wanted < left ? wanted : left;
        cursor->index += pv_utf8_length((pv_str){bytes.data + cursor->byte, step});
        cursor->byte += step;
    }
    while (cursor->byte < bytes.size && pv_utf8_is_continuation(bytes.data[cursor->byte]))
        cursor->byte++;
    for (; cursor->index > mark.index; cursor->index--)
        cursor->byte = pv_utf8_previous(bytes, cursor->byte);
    return (uint32_t)cursor->byte;
}

static pv_span span_of(yaml_loader *loader, const yaml_event_t *event) {
    uint32_t start = byte_of(loader, event->start_mark);
    return (pv_span){start, byte_of(loader, event->end_mark)};
}

static open_collection *innermost(yaml_loader *loader) {
    return loader->depth > 0 ? &loader->open[loader->depth - 1] : NULL;
}

/* From offset to the next white space or bracket, at least a character: an anchor, an alias, a tag, a bracket. */
static pv_span word_at(yaml_loader *loader, uint32_t offset) {
    pv_str bytes = loader->source->bytes;
    uint32_t end = offset + (offset < bytes.size ? 1 : 0);
    while (end < bytes.size && !strchr(" \t\r\n,[]{}", bytes.data[end]))
        end++;
    return (pv_span){offset, end};
}

/* Anchors and tags stand before their node, whose start mark is then theirs. */
static bool refuse_properties(yaml_loader *loader, const yaml_event_t *event) {
    pv_span word = word_at(loader, byte_of(loader, event->start_mark));
    bool is_tag = loader->source->bytes.data[word.start] == '!';
    return pv_fail_at(loader->error, PV_ERROR_REFUSED, word,
                      is_tag ? "tags (!name) are not accepted, because the form says what each value is; remove it, "
                               "or put the text in quotes"
                             : "anchors (&name) are not accepted, because each value must stand where it is used; "
                               "remove it, or put the text in quotes");
}

static bool refuse_alias(yaml_loader *loader, const yaml_event_t *event) {
    return pv_fail_at(loader->error, PV_ERROR_REFUSED, span_of(loader, event),
                      "aliases (*name) are not accepted, because each value must stand where it is used; "
                      "write the text out, or put it in quotes when the asterisk belongs to it");
}

static bool refuse_merge(yaml_loader *loader, const pv_node *key) {
    return pv_fail_at(loader->error, PV_ERROR_REFUSED, key->span,
                      "merge keys (<<) are not accepted, because each value must stand where it is used; "
                      "write the keys out");
}

static bool refuse_second_document(yaml_loader *loader, pv_span start) {
    pv_fail_at(loader->error, PV_ERROR_REFUSED, start,
               "a second document starts here, and a file holds one; remove the line, "
               "or put what follows in a file of its own");
    return pv_error_also_at(loader->error, loader->document_start);
}

/* The directives stand at the start of the document, one or more of them. */
static bool refuse_tag_directive(yaml_loader *loader, pv_span document_start) {
    size_t at = pv_str_find(loader->source->bytes, PV_STR("%TAG"), document_start.start);
    return pv_fail_at(loader->error, PV_ERROR_REFUSED, word_at(loader, (uint32_t)at),
                      "%%TAG directives are not accepted, because the form says what each value is; remove the line");
}

/* ---- what libyaml reads otherwise than YAML ---- */

static bool fail_comment(yaml_loader *loader, size_t at) {
    return pv_fail_at(
        loader->error, PV_ERROR_SYNTAX, pv_yaml_rest_of_line(loader->source, at),
        "a comment begins with # only after a blank; put a blank before it, or the whole text in quotes if "
        "it belongs to it");
}

/* Between two events stand signs, blanks and comments: each of these has white space before it. */
static bool check_comments(yaml_loader *loader, uint32_t end) {
    pv_str bytes = loader->source->bytes;
    for (size_t at = loader->read; at < end; at++) {
        if (bytes.data[at] != '#')
            continue;
        unsigned char before = at > 0 ? (unsigned char)bytes.data[at - 1] : ' ';
        if (before < 0x80 && !strchr(" \t\r\n", before))
            return fail_comment(loader, at);
        at = pv_yaml_rest_of_line(loader->source, at).end;
    }
    return true;
}

/* The sign of a block, and a comment after it. */
static bool check_block_sign(yaml_loader *loader, const pv_node *node) {
    pv_str bytes = loader->source->bytes;
    size_t at = node->span.start + 1;
    if (node->style != PV_SCALAR_LITERAL && node->style != PV_SCALAR_FOLDED)
        return true;
    while (at < bytes.size && (strchr("+-", bytes.data[at]) || pv_is_digit(bytes.data[at])))
        at++;
    return at == bytes.size || bytes.data[at] != '#' || fail_comment(loader, at);
}

/* In brackets `?name` is a text that begins so, and libyaml's sign of a key, which it leaves out. */
static bool check_question_mark(yaml_loader *loader, const pv_node *key) {
    pv_str bytes = loader->source->bytes;
    size_t start = key->span.start;
    const open_collection *parent = innermost(loader);
    if (!parent->is_flow || start == 0 || bytes.data[start - 1] != '?')
        return true;
    return pv_fail_at(loader->error, PV_ERROR_SYNTAX, (pv_span){(uint32_t)start - 1, key->span.end},
                      "text cannot begin with ? between brackets; put it in quotes");
}

/* A key that begins a line for YAML alone stands, for whoever reads the file, in the middle of a text. */
static bool check_line_of_key(yaml_loader *loader, const pv_node *key) {
    pv_str bytes = loader->source->bytes;
    size_t start = key->span.start;
    while (start > 0 && bytes.data[start - 1] == ' ')
        start--;
    if (start == 0 || (unsigned char)bytes.data[start - 1] < 0x80)
        return true;
    size_t before = pv_utf8_previous(bytes, start);
    return pv_yaml_hidden_break_length(bytes, before) == 0 ||
           pv_yaml_fail_hidden_break(loader->source, pv_yaml_character_at(loader->source, before), loader->error);
}

static bool add_key(yaml_loader *loader, open_collection *mapping, pv_node *key) {
    key->parent = mapping->branch.node;
    if (!check_line_of_key(loader, key) || !check_question_mark(loader, key))
        return false;
    if (key->style == PV_SCALAR_PLAIN && pv_str_equal(key->text.value, PV_STR("<<")))
        return refuse_merge(loader, key);
    if (!pv_key_table_add(&loader->keys, key, loader->error))
        return false;
    mapping->branch.key = key;
    return true;
}

/* Where a value that is left out belongs: after the colon of its key, wherever libyaml saw the next token. */
static uint32_t place_of_missing_value(yaml_loader *loader, const pv_node *key, uint32_t latest) {
    pv_str bytes = loader->source->bytes;
    uint32_t at = key->span.end;
    while (at < latest && strchr(" \t\r\n", bytes.data[at]))
        at++;
    return at < latest && bytes.data[at] == ':' ? at + 1 : key->span.end;
}

/* Hangs a node, which is no key, into the tree. */
static void attach(yaml_loader *loader, pv_node *node) {
    open_collection *parent = innermost(loader);
    if (parent)
        pv_branch_add(&parent->branch, node);
    else
        loader->document->root = node;
}

static bool expects_key(const open_collection *parent) {
    return parent && parent->branch.node->kind == PV_NODE_MAPPING && !parent->branch.key;
}

static pv_scalar_style style_of(yaml_scalar_style_t style) {
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        return PV_SCALAR_SINGLE_QUOTED;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return PV_SCALAR_DOUBLE_QUOTED;
    case YAML_LITERAL_SCALAR_STYLE:
        return PV_SCALAR_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE:
        return PV_SCALAR_FOLDED;
    default:
        return PV_SCALAR_PLAIN;
    }
}

/* ---- pairs of surrogates ---- */

/* JSON writes a character beyond U+FFFF as two escapes, \ud83d\ude00, and programs that write JSON do so in double
 * quotes; libyaml takes neither half. It is given each half as a character for private use, in an escape as long, and
 * what it makes of the two is put right here. */

enum { PAIR_BYTES = 12, PRIVATE_BYTES = 3 };

/* A copy of the source in which the pairs from offset on, which is in double quotes, are written so; NULL without
 * memory. */
static char *without_pairs(const yaml_loader *loader, size_t from, size_t *count) {
    static const char digits[] = "0123456789abcdef";
    pv_str bytes = loader->source->bytes;
    char *copy = PV_NEW_ARRAY(loader->arena, char, bytes.size);
    bool quoted = true;
    *count = 0;
    if (!copy)
        return NULL;
    memcpy(copy, bytes.data, bytes.size);
    for (size_t at = from; at < bytes.size; at++) {
        quoted = bytes.data[at] == '"' ? !quoted : quoted;
        if (!quoted || bytes.data[at] != '\\')
            continue;
        if (!pv_yaml_is_surrogate_pair(bytes, at)) {
            at++; /* what is escaped */
            continue;
        }
        for (size_t half = at; half < at + PAIR_BYTES; half += PAIR_BYTES / 2) {
            copy[half + 2] = 'e'; /* D800 to DFFF: E000 to E7FF */
            copy[half + 3] = digits[pv_hex_value(bytes.data[half + 3]) - 8];
        }
        *count += 1;
        at += PAIR_BYTES - 1;
    }
    return copy;
}

/* Whether a character for private use that may stand for a half of a pair is in text as such, or as an escape. */
static bool has_private_character(pv_str text) {
    for (size_t at = 0, length; at < text.size; at += length) {
        uint32_t c = pv_utf8_decode(text, at, &length);
        if (c >= 0xE000 && c <= 0xE7FF)
            return true;
        if (c != '\\')
            continue;
        pv_str letter = pv_str_slice(text, at + 1, text.size);
        if (pv_str_starts_with_ascii_folded(letter, PV_STR("ue")) ||
            pv_str_starts_with_ascii_folded(letter, PV_STR("U0000e")))
            return true;
        length++;
    }
    return false;
}

/* The value that libyaml has for a text in double quotes, with its pairs as the characters that they are. */
static bool restore_pairs(yaml_loader *loader, pv_str written, pv_str *value) {
    size_t pairs = 0;
    for (size_t at = 0; at + PAIR_BYTES <= written.size; at++)
        if (written.data[at] == '\\' && pv_yaml_is_surrogate_pair(written, at)) {
            pairs++;
            at += PAIR_BYTES - 1;
        } else if (written.data[at] == '\\') {
            at++;
        }
    if (pairs == 0 || has_private_character(written))
        return true;
    char *restored = PV_NEW_ARRAY(loader->arena, char, value->size);
    size_t size = 0;
    if (!restored)
        return pv_fail_memory(loader->error);
    for (size_t at = 0, length; at < value->size; at += length) {
        uint32_t lead = pv_utf8_decode(*value, at, &length);
        if (lead >= 0xE000 && lead <= 0xE3FF && at + length < value->size) {
            size_t more;
            uint32_t trail = pv_utf8_decode(*value, at + PRIVATE_BYTES, &more);
            size += pv_utf8_encode(0x10000 + ((lead - 0xE000) << 10) + (trail - 0xE400), restored + size);
            length += more;
            continue;
        }
        memcpy(restored + size, value->data + at, length);
        size += length;
    }
    loader->pairs_read += pairs;
    *value = (pv_str){restored, size};
    return true;
}

/* Whether a space is written as an escape, in double quotes. */
static bool has_escaped_space(pv_str text) {
    static const pv_str spaces[] = {PV_STR(" "), PV_STR("x20"), PV_STR("u0020"), PV_STR("U00000020")};
    for (size_t at = 0; (at = pv_str_find(text, PV_STR("\\"), at)) != SIZE_MAX; at += 2)
        for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
            if (pv_str_starts_with(pv_str_slice(text, at + 1, text.size), spaces[i]))
                return true;
    return false;
}

static bool read_scalar(yaml_loader *loader, const yaml_event_t *event) {
    if (event->data.scalar.anchor || event->data.scalar.tag)
        return refuse_properties(loader, event);
    open_collection *parent = innermost(loader);
    pv_span span = span_of(loader, event);
    if (span.start == span.end && parent && parent->branch.key)
        span.start = span.end = place_of_missing_value(loader, parent->branch.key, span.start);
    pv_node *node = PV_NEW(loader->arena, pv_node);
    pv_str value =
        pv_arena_copy(loader->arena, (pv_str){(const char *)event->data.scalar.value, event->data.scalar.length});
    if (!node || !value.data)
        return pv_fail_memory(loader->error);
    node->kind = PV_NODE_SCALAR;
    node->style = style_of(event->data.scalar.style);
    if (loader->pairs > 0 && node->style == PV_SCALAR_DOUBLE_QUOTED &&
        !restore_pairs(loader, pv_source_slice(loader->source, span), &value))
        return false;
    if (!pv_scalar_map_build(&node->text, loader->arena, loader->source->bytes, span, node->style,
                             parent ? parent->column : -1, value, loader->error))
        return false;
    node->span = node->text.span;
    node->has_escaped_space =
        node->style == PV_SCALAR_DOUBLE_QUOTED && has_escaped_space(pv_source_slice(loader->source, node->span));
    loader->document->inexact_scalars += !node->text.exact;
    if (!check_block_sign(loader, node) ||
        !pv_yaml_check_empty_block(loader->source, node, parent ? parent->column : -1, loader->error))
        return false;
    if (expects_key(parent))
        return add_key(loader, parent, node);
    if (node->style == PV_SCALAR_PLAIN)
        node->comment =
            pv_yaml_comment_after(loader->source, node, parent ? parent->column : -1, parent && parent->is_flow);
    attach(loader, node);
    return true;
}

static bool open_node(yaml_loader *loader, const yaml_event_t *event, pv_node_kind kind, bool is_flow) {
    pv_span start = word_at(loader, byte_of(loader, event->start_mark));
    if (expects_key(innermost(loader)))
        return pv_fail_at(loader->error, PV_ERROR_REFUSED, start,
                          "a key must be a single text, not a list or a mapping; put it in quotes");
    if (loader->depth == loader->limits->yaml_depth)
        return pv_fail_at(loader->error, PV_ERROR_LIMIT, start,
                          "lists and mappings are nested in one another more than %zu deep",
                          loader->limits->yaml_depth);
    pv_node *node = pv_tree_node(loader->arena, kind, (pv_span){start.start, start.start}, loader->error);
    if (!node)
        return false;
    attach(loader, node);
    loader->open[loader->depth++] =
        (open_collection){.branch.node = node, .column = (int)event->start_mark.column, .is_flow = is_flow};
    return true;
}

/* Brackets end at the closing one; without brackets libyaml's end is the next token, so the last child's end is
 * taken. */
static void close_node(yaml_loader *loader, const yaml_event_t *event) {
    open_collection *closed = &loader->open[--loader->depth];
    if (closed->is_flow)
        closed->branch.node->span.end = byte_of(loader, event->end_mark);
    else if (closed->branch.last)
        closed->branch.node->span.end = closed->branch.last->span.end;
}

static bool read_sequence_start(yaml_loader *loader, const yaml_event_t *event) {
    if (event->data.sequence_start.anchor || event->data.sequence_start.tag)
        return refuse_properties(loader, event);
    return open_node(loader, event, PV_NODE_SEQUENCE, event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
}

static bool read_mapping_start(yaml_loader *loader, const yaml_event_t *event) {
    if (event->data.mapping_start.anchor || event->data.mapping_start.tag)
        return refuse_properties(loader, event);
    return open_node(loader, event, PV_NODE_MAPPING, event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
}

static bool read_document_start(yaml_loader *loader, const yaml_event_t *event) {
    pv_span start = word_at(loader, byte_of(loader, event->start_mark));
    if (loader->has_document)
        return refuse_second_document(loader, start);
    if (event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end)
        return refuse_tag_directive(loader, start);
    loader->has_document = true;
    loader->document_start = start;
    return true;
}

static bool read_event(yaml_loader *loader, const yaml_event_t *event) {
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return read_document_start(loader, event);
    case YAML_ALIAS_EVENT:
        return refuse_alias(loader, event);
    case YAML_SCALAR_EVENT:
        return read_scalar(loader, event);
    case YAML_SEQUENCE_START_EVENT:
        return read_sequence_start(loader, event);
    case YAML_MAPPING_START_EVENT:
        return read_mapping_start(loader, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_node(loader, event);
        return true;
    default:
        return true;
    }
}

static bool report_problem(yaml_loader *loader) {
    const yaml_parser_t *parser = &loader->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        return pv_fail_memory(loader->error);
    pv_yaml_problem problem = {.problem = parser->problem, .context = parser->context};
    /* The reader alone counts in bytes, and gives no mark. */
    problem.at = parser->error == YAML_READER_ERROR ? parser->problem_offset : byte_of(loader, parser->problem_mark);
    problem.context_at = byte_of(loader, parser->context_mark);
    return pv_yaml_explain(loader->source, &problem, loader->error);
}

static bool read_events(yaml_loader *loader) {
    for (size_t count = 1;; count++) {
        yaml_event_t event;
        if (!yaml_parser_parse(&loader->parser, &event))
            return report_problem(loader);
        yaml_event_type_t type = event.type;
        bool fine = count <= loader->limits->yaml_events
                        ? check_comments(loader, byte_of(loader, event.start_mark)) && read_event(loader, &event)
                        : pv_fail_at(loader->error, PV_ERROR_LIMIT, span_of(loader, &event),
                                     "the file has more keys and values than the limit of %zu allows",
                                     loader->limits->yaml_events);
        uint32_t end = byte_of(loader, event.end_mark);
        loader->read = end > loader->read ? end : loader->read;
        yaml_event_delete(&event);
        if (!fine)
            return false;
        if (type == YAML_STREAM_END_EVENT)
            return true;
    }
}

static bool read_document(yaml_loader *loader) {
    if (!read_events(loader))
        return false;
    if (pv_node_is_empty(loader->document->root))
        return pv_fail_at(loader->error, PV_ERROR_SHAPE, (pv_span){0, 0}, "the file is empty or holds only comments");
    return true;
}

/* Reads what is in bytes, as long as the source. *failed_at: where an escape names no character, else as it was. */
static bool load_bytes(yaml_loader *loader, pv_str bytes, size_t *failed_at) {
    loader->document = PV_NEW(loader->arena, pv_document);
    loader->open = PV_NEW_ARRAY(loader->arena, open_collection, loader->limits->yaml_depth);
    loader->cursor.byte = pv_source_text_start(loader->source);
    if (!loader->document || !loader->open)
        return pv_fail_memory(loader->error);
    if (!pv_key_table_new(&loader->keys, pv_arena_memory(loader->arena), loader->error))
        return false;
    if (!yaml_parser_initialize(&loader->parser)) {
        pv_key_table_clear(&loader->keys);
        return pv_fail_memory(loader->error);
    }
    yaml_parser_set_input_string(&loader->parser, (const unsigned char *)(bytes.size > 0 ? bytes.data : ""),
                                 bytes.size);
    loader->document->source = loader->source;
    loader->document->format = pv_yaml_loader.format;
    bool loaded = read_document(loader);
    const char *problem = loader->parser.problem;
    if (!loaded && problem && strcmp(problem, "found invalid Unicode character escape code") == 0)
        *failed_at = byte_of(loader, loader->parser.problem_mark) - strlen("\\u"); /* the mark is at its digits */
    yaml_parser_delete(&loader->parser);
    pv_key_table_clear(&loader->keys);
    return loaded;
}

bool pv_yaml_load_events(pv_document **out, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                         pv_error *error) {
    *out = NULL;
    if (!pv_tree_check_start(source, error))
        return false;
    yaml_loader loader = {.source = source, .limits = limits, .arena = arena, .error = error};
    size_t failed_at = 0;
    bool loaded = load_bytes(&loader, source->bytes, &failed_at);
    if (!loaded && failed_at > 0 && pv_yaml_is_surrogate_pair(source->bytes, failed_at)) {
        yaml_loader again = {.source = source, .limits = limits, .arena = arena, .error = error};
        size_t first = failed_at;
        char *bytes = without_pairs(&again, failed_at, &again.pairs);
        if (!bytes)
            return pv_fail_memory(error);
        *error = (pv_error){0};
        loaded = load_bytes(&again, (pv_str){bytes, source->bytes.size}, &failed_at);
        if (loaded &&
            again.pairs_read != again.pairs) /* one stands where it is no escape, or beside such a character */
            return pv_fail_at(error, PV_ERROR_SYNTAX, (pv_span){(uint32_t)first, (uint32_t)first + PAIR_BYTES},
                              "a pair of escapes like this cannot be read in this file; write the character itself");
        loader = again;
    }
    if (loaded)
        *out = loader.document;
    return loaded;
}

bool pv_yaml_load(pv_document **out, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                  pv_error *error) {
    if (!pv_yaml_read(out, arena, source, limits, error))
        return false;
    return *out || pv_yaml_load_events(out, arena, source, limits, error);
}

/* ---- the loader ---- */

/* What no other loader claims is read as YAML: a page of the web or XML is told by its first sign, with which no YAML
 * begins, since what is wrong with it as YAML would help nobody. */
static bool open_yaml(pv_source **out, pv_arena *arena, pv_str path, pv_str bytes, const pv_limits *limits,
                      pv_error *error) {
    enum { BEGINNING = 64 }; /* bytes, with the blanks before the sign */
    const size_t first = pv_utf8_mark_size(bytes);
    const size_t last = bytes.size - first > BEGINNING ? first + BEGINNING : bytes.size;
    const pv_str text = pv_str_trim(pv_str_slice(bytes, first, last));
    if (pv_str_starts_with(text, PV_STR("<!")) || pv_str_starts_with(text, PV_STR("<?xml")) ||
        pv_str_starts_with(text, PV_STR("<html")))
        return pv_fail(error, PV_ERROR_REFUSED,
                       "the file is a web page or XML, which is not read; save it as .docx, .pdf or .md");
    return pv_source_new(out, arena, path, bytes, limits, error);
}

static bool load(pv_loaded *out, pv_arena *arena, const pv_source *source, const pv_form *form, const pv_limits *limits,
                 pv_error *error) {
    (void)form;
    return pv_yaml_load(&out->tree, arena, source, limits, error);
}

static const pv_str endings[] = {PV_STR(".yaml"), PV_STR(".yml")};

const pv_loader pv_yaml_loader = {
    .format = PV_STR("yaml"),
    .title = PV_STR("YAML"),
    .endings = endings,
    .ending_count = sizeof endings / sizeof *endings,
    .has_comments = true,
    .open = open_yaml,
    .load = load,
    .glimpse = pv_glimpse_yaml,
};
