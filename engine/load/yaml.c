#include "load/yaml.h"

#include <string.h>
#include <yaml.h>

#include "base/utf8.h"
#include "load/scalar_map.h"
#include "load/tree_p.h"
#include "load/yaml_messages.h"

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
    bool has_document; /* a document has started */
    pv_span document_start;
} yaml_loader;

static bool is_continuation(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

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
    while (cursor->byte < bytes.size && is_continuation(bytes.data[cursor->byte]))
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

static bool add_key(yaml_loader *loader, open_collection *mapping, pv_node *key) {
    key->parent = mapping->branch.node;
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
    if (!pv_scalar_map_build(&node->text, loader->arena, loader->source->bytes, span, node->style,
                             parent ? parent->column : -1, value, loader->error))
        return false;
    node->span = node->text.span;
    loader->document->inexact_scalars += !node->text.exact;
    if (expects_key(parent))
        return add_key(loader, parent, node);
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

/* Brackets end at the closing one; without brackets libyaml's end is the next token, so the last child's end is taken. */
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
                        ? read_event(loader, &event)
                        : pv_fail_at(loader->error, PV_ERROR_LIMIT, span_of(loader, &event),
                                     "the file has more keys and values than the limit of %zu allows",
                                     loader->limits->yaml_events);
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

bool pv_yaml_load(pv_document **out, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                  pv_error *error) {
    *out = NULL;
    yaml_loader loader = {.source = source,
                          .limits = limits,
                          .arena = arena,
                          .error = error,
                          .document = PV_NEW(arena, pv_document),
                          .open = PV_NEW_ARRAY(arena, open_collection, limits->yaml_depth),
                          .cursor.byte = pv_source_text_start(source),
                          .keys = pv_key_table_on(pv_arena_memory(arena))};
    if (!loader.document || !loader.open || !yaml_parser_initialize(&loader.parser))
        return pv_fail_memory(error);
    const char *bytes = source->bytes.size > 0 ? source->bytes.data : "";
    yaml_parser_set_input_string(&loader.parser, (const unsigned char *)bytes, source->bytes.size);
    loader.document->source = source;
    loader.document->format = PV_STR("yaml");
    bool loaded = read_document(&loader);
    yaml_parser_delete(&loader.parser);
    pv_key_table_clear(&loader.keys);
    if (loaded)
        *out = loader.document;
    return loaded;
}
