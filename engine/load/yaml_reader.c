#include "load/yaml_reader_p.h"

#include <string.h>

#include "load/loader_p.h"
#include "load/tree_p.h"
#include "load/yaml_scalars_p.h"

#define MOST_DEPTH ((size_t)64)
#define MOST_KEY_BYTES ((size_t)1000) /* libyaml: 1024 characters */
#define FEW_KEYS ((size_t)16)         /* of a mapping: compared one by one */

/* A mapping or list whose end has not been read. */
typedef struct open_collection {
    pv_branch branch;
    int column;        /* of its first character */
    bool is_flow;      /* written with brackets */
    bool awaits;       /* a colon or dash stands without its value so far ... */
    size_t after_sign; /* ... before this */
} open_collection;

typedef struct yaml_reader {
    pv_yaml_cursor cursor;
    const pv_limits *limits;
    pv_document *document;
    pv_key_table keys; /* of mappings with many; without an arena while there is none */
    size_t events;     /* libyaml's, so far */
    size_t depth;
    open_collection open[MOST_DEPTH];
    struct {
        pv_node *node; /* the newest value without quotes, until the first comment after it; or NULL */
        int column;    /* of the collection that it is in */
        bool in_flow;
    } plain;
} yaml_reader;

/* ---- the tree ---- */

static open_collection *innermost(yaml_reader *reader) {
    return reader->depth > 0 ? &reader->open[reader->depth - 1] : NULL;
}

static bool is_mapping(const open_collection *collection) {
    return collection->branch.node->kind == PV_NODE_MAPPING;
}

static bool count_events(yaml_reader *reader, size_t more) {
    reader->events += more;
    return reader->events <= reader->limits->yaml_events;
}

/* Hangs a node, which is no key, into the tree. */
static void attach(yaml_reader *reader, pv_node *node) {
    open_collection *parent = innermost(reader);
    if (parent) {
        pv_branch_add(&parent->branch, node);
        parent->awaits = false;
    } else {
        reader->document->root = node;
    }
}

static bool open_at(yaml_reader *reader, pv_node_kind kind, size_t at, int column, bool is_flow) {
    if (reader->depth == MOST_DEPTH || reader->depth == reader->limits->yaml_depth || !count_events(reader, 2))
        return false;
    pv_node *node =
        pv_tree_node(reader->cursor.arena, kind, (pv_span){(uint32_t)at, (uint32_t)at}, reader->cursor.error);
    if (!node)
        return false;
    attach(reader, node);
    reader->open[reader->depth++] = (open_collection){.branch.node = node, .column = column, .is_flow = is_flow};
    return true;
}

static void close_lines(yaml_reader *reader) {
    open_collection *closed = &reader->open[--reader->depth];
    closed->branch.node->span.end = closed->branch.last->span.end;
}

/* ---- keys ---- */

static bool is_key_of(const pv_node *mapping, pv_str key) {
    for (const pv_node *child = mapping->first; child; child = child->next)
        if (pv_str_equal(child->key->text.value, key))
            return true;
    return false;
}

/* False also where the key is there already. */
static bool add_to_table(yaml_reader *reader, const pv_node *key) {
    pv_error failure = {0};
    if (!reader->keys.arena && !pv_key_table_new(&reader->keys, pv_arena_memory(reader->cursor.arena), &failure))
        return pv_fail_memory(reader->cursor.error);
    if (pv_key_table_add(&reader->keys, key, &failure))
        return true;
    return failure.code == PV_ERROR_MEMORY ? pv_fail_memory(reader->cursor.error) : false;
}

/* The key whose value comes next; after_sign: behind its colon. */
static bool add_key(yaml_reader *reader, pv_node *key, size_t after_sign) {
    open_collection *mapping = innermost(reader);
    const pv_node *node = mapping->branch.node;
    pv_str text = key->text.value;
    bool is_merge = key->style == PV_SCALAR_PLAIN && pv_str_equal(text, PV_STR("<<"));
    if (is_merge || !count_events(reader, 1) || after_sign - key->span.start > MOST_KEY_BYTES)
        return false;
    key->parent = node;
    if (node->count < FEW_KEYS) {
        if (is_key_of(node, text))
            return false;
    } else {
        if (node->count == FEW_KEYS)
            for (const pv_node *child = node->first; child; child = child->next)
                if (!add_to_table(reader, child->key))
                    return false;
        if (!add_to_table(reader, key))
            return false;
    }
    mapping->branch.key = key;
    mapping->awaits = true;
    mapping->after_sign = after_sign;
    return true;
}

/* ---- values ---- */

/* A comment is met. If one follows the newest value, it is this. */
static void note_comment(yaml_reader *reader) {
    pv_node *node = reader->plain.node;
    if (node)
        node->comment = pv_yaml_comment_after(reader->cursor.source, node, reader->plain.column, reader->plain.in_flow);
    reader->plain.node = NULL;
}

static bool add_value(yaml_reader *reader, pv_node *value) {
    const open_collection *parent = innermost(reader);
    if (!parent || !count_events(reader, 1))
        return false;
    reader->plain.node = value->style == PV_SCALAR_PLAIN ? value : NULL;
    reader->plain.column = parent->column;
    reader->plain.in_flow = parent->is_flow;
    attach(reader, value);
    return true;
}

/* The value that a colon or dash stands without. */
static bool add_missing(yaml_reader *reader) {
    size_t at = innermost(reader)->after_sign;
    pv_node *value = pv_yaml_new_scalar(&reader->cursor);
    if (!value)
        return false;
    pv_yaml_set_verbatim(&reader->cursor, value, at, at, 0);
    if (!add_value(reader, value))
        return false;
    note_comment(reader);
    return true;
}

/* ---- within a line ---- */

static char byte_at(const yaml_reader *reader) {
    return reader->cursor.bytes[reader->cursor.at];
}

static void skip_spaces(yaml_reader *reader) {
    pv_yaml_cursor *cursor = &reader->cursor;
    while (cursor->at < cursor->line_end && cursor->bytes[cursor->at] == ' ')
        cursor->at++;
}

/* Whether a comment begins here: after a space, or at the start of a line. */
static bool is_at_comment(const yaml_reader *reader) {
    const pv_yaml_cursor *cursor = &reader->cursor;
    return cursor->bytes[cursor->at] == '#' &&
           (cursor->at == cursor->line_start || cursor->bytes[cursor->at - 1] == ' ' ||
            cursor->bytes[cursor->at - 1] == '\t');
}

/* Moves over spaces, and over a comment, whose line then ends; true at the end of the line. */
static bool ends_line(yaml_reader *reader) {
    pv_yaml_cursor *cursor = &reader->cursor;
    skip_spaces(reader);
    if (cursor->at < cursor->line_end && is_at_comment(reader)) {
        note_comment(reader);
        cursor->at = cursor->line_end;
    }
    return cursor->at >= cursor->line_end;
}

/* Moves to the next line with something on it; false at the end of the text. */
static bool to_content(yaml_reader *reader) {
    while (pv_yaml_next_line(&reader->cursor))
        if (!ends_line(reader))
            return true;
    return false;
}

/* Whether a sign is here that a blank or nothing follows. */
static bool is_sign(const yaml_reader *reader, char sign) {
    const pv_yaml_cursor *cursor = &reader->cursor;
    if (cursor->at >= cursor->line_end || cursor->bytes[cursor->at] != sign)
        return false;
    return cursor->at + 1 == cursor->line_end || cursor->bytes[cursor->at + 1] == ' ';
}

static bool is_line_marker(const yaml_reader *reader) {
    return pv_yaml_may_be_marker(&reader->cursor, reader->cursor.line_start);
}

static bool is_quote(char c) {
    return c == '"' || c == '\'';
}

/* A text, with or without quotes, as a new node; NULL where there is none, or it is doubtful. *is_key: a colon follows
 * it on its line that may make it a key, and reading has come to that. */
static pv_node *read_text(yaml_reader *reader, bool *is_key) {
    pv_yaml_cursor *cursor = &reader->cursor;
    const open_collection *parent = innermost(reader);
    bool in_flow = parent && parent->is_flow;
    bool has_quotes = is_quote(byte_at(reader));
    pv_yaml_stop stop = PV_YAML_STOP_LINE;
    size_t line = cursor->line;
    if (!has_quotes && !pv_yaml_begins_plain(cursor))
        return NULL;
    pv_node *text = pv_yaml_new_scalar(cursor);
    if (!text || !(has_quotes ? pv_yaml_read_quoted(cursor, text)
                              : pv_yaml_read_plain(cursor, text, parent ? parent->column : -1, in_flow, &stop)))
        return NULL;
    if (has_quotes && line == cursor->line) {
        skip_spaces(reader);
        if (in_flow ? cursor->at < cursor->line_end && byte_at(reader) == ':' : is_sign(reader, ':'))
            stop = PV_YAML_STOP_COLON;
    }
    *is_key = stop == PV_YAML_STOP_COLON;
    return text;
}

/* ---- brackets ---- */

static bool to_flow_content(yaml_reader *reader) {
    while (ends_line(reader))
        if (!pv_yaml_next_line(&reader->cursor) || is_line_marker(reader))
            return false;
    return true;
}

static bool open_flow(yaml_reader *reader) {
    pv_node_kind kind = byte_at(reader) == '[' ? PV_NODE_SEQUENCE : PV_NODE_MAPPING;
    return open_at(reader, kind, reader->cursor.at++, 0, true);
}

static bool close_flow(yaml_reader *reader) {
    open_collection *closed = innermost(reader);
    if ((byte_at(reader) == '}') != is_mapping(closed) || (closed->awaits && !add_missing(reader)))
        return false;
    closed->branch.node->span.end = (uint32_t)++reader->cursor.at;
    reader->depth--;
    return true;
}

/* A key and its colon, or a value that is a text. */
static bool read_flow_text(yaml_reader *reader) {
    const open_collection *parent = innermost(reader);
    bool wants_key = is_mapping(parent) && !parent->awaits;
    bool is_key = false;
    pv_node *text = read_text(reader, &is_key);
    if (!text || is_key != wants_key)
        return false;
    return is_key ? add_key(reader, text, ++reader->cursor.at) : add_value(reader, text);
}

/* From an opening bracket to behind the one that closes it. */
static bool read_flow(yaml_reader *reader) {
    size_t outer = reader->depth;
    bool is_open = true; /* an entry may come, or come to its value */
    if (!open_flow(reader))
        return false;
    while (reader->depth > outer) {
        if (!to_flow_content(reader))
            return false;
        open_collection *parent = innermost(reader);
        char c = byte_at(reader);
        bool opens = c == '[' || c == '{';
        if (c == ']' || c == '}') {
            if (!close_flow(reader))
                return false;
            is_open = false;
        } else if (c == ',') {
            if ((is_open && !parent->awaits) || (parent->awaits && !add_missing(reader)))
                return false;
            reader->cursor.at++;
            is_open = true;
        } else {
            if (!is_open || (opens && is_mapping(parent) && !parent->awaits))
                return false;
            if (!(opens ? open_flow(reader) : read_flow_text(reader)))
                return false;
            is_open = opens || innermost(reader)->awaits;
        }
    }
    return true;
}

/* ---- lines ---- */

static bool read_block(yaml_reader *reader) {
    const open_collection *parent = innermost(reader);
    pv_node *value = parent ? pv_yaml_new_scalar(&reader->cursor) : NULL;
    return value && pv_yaml_read_block(&reader->cursor, value, parent->column) && add_value(reader, value);
}

/* What follows a key's colon on its line, which may be nothing. */
static bool read_value(yaml_reader *reader) {
    bool is_key = false;
    if (ends_line(reader))
        return true;
    char c = byte_at(reader);
    if (c == '|' || c == '>')
        return read_block(reader);
    if (c == '[' || c == '{')
        return read_flow(reader) && ends_line(reader);
    pv_node *text = read_text(reader, &is_key);
    return text && !is_key && add_value(reader, text) && ends_line(reader);
}

/* A key is read, and reading has come to its colon. */
static bool read_after_key(yaml_reader *reader, pv_node *key) {
    return add_key(reader, key, ++reader->cursor.at) && read_value(reader);
}

static bool read_key(yaml_reader *reader) {
    bool is_key = false;
    pv_node *key = read_text(reader, &is_key);
    return key && is_key && read_after_key(reader, key);
}

/* What begins here, in this column, with nothing but dashes before it on its line. */
static bool read_node(yaml_reader *reader, int column) {
    bool is_key = false;
    pv_yaml_cursor *cursor = &reader->cursor;
    while (is_sign(reader, '-')) {
        if (!open_at(reader, PV_NODE_SEQUENCE, cursor->at, column, false))
            return false;
        open_collection *list = innermost(reader);
        list->awaits = true;
        list->after_sign = ++cursor->at;
        if (ends_line(reader))
            return true;
        column = (int)(cursor->at - cursor->line_start);
    }
    char c = byte_at(reader);
    if (c == '|' || c == '>')
        return read_block(reader);
    if (c == '[' || c == '{')
        return read_flow(reader) && ends_line(reader);
    size_t start = cursor->at;
    pv_node *text = read_text(reader, &is_key);
    if (!text)
        return false;
    if (is_key)
        return open_at(reader, PV_NODE_MAPPING, start, column, false) && read_after_key(reader, text);
    return add_value(reader, text) && ends_line(reader);
}

/* The next entry of a list: a dash, and what follows it on its line. */
static bool read_entry(yaml_reader *reader) {
    open_collection *list = innermost(reader);
    pv_yaml_cursor *cursor = &reader->cursor;
    list->awaits = true;
    list->after_sign = ++cursor->at;
    return ends_line(reader) || read_node(reader, (int)(cursor->at - cursor->line_start));
}

/* A line with something on it: it goes on with one of the collections that are open, and ends those within. */
static bool read_line(yaml_reader *reader) {
    int column = (int)(reader->cursor.at - reader->cursor.line_start);
    bool is_entry = is_sign(reader, '-');
    open_collection *last = innermost(reader);
    if (column == 0 && is_line_marker(reader))
        return false;
    if (!last)
        return !reader->document->root && read_node(reader, column);
    if (last->awaits) {
        /* A list may stand in the column of its key. */
        if (column > last->column || (column == last->column && is_entry && is_mapping(last)))
            return read_node(reader, column);
        if (!add_missing(reader))
            return false;
    }
    while (last->column > column || (last->column == column && !is_entry && !is_mapping(last))) {
        close_lines(reader);
        last = innermost(reader);
        if (!last)
            return false;
    }
    if (last->column != column || is_entry == is_mapping(last))
        return false;
    return is_entry ? read_entry(reader) : read_key(reader);
}

/* The sign that the document begins: a line of its own. */
static bool read_document_start(yaml_reader *reader) {
    pv_yaml_cursor *cursor = &reader->cursor;
    if (cursor->at != cursor->line_start || !is_line_marker(reader) || byte_at(reader) != '-')
        return true;
    cursor->at += 3;
    return ends_line(reader);
}

static bool read_document(yaml_reader *reader) {
    bool more = to_content(reader);
    if (!more || !read_document_start(reader))
        return false;
    if (reader->cursor.at >= reader->cursor.line_end)
        more = to_content(reader);
    for (; more; more = to_content(reader))
        if (!read_line(reader))
            return false;
    while (reader->depth > 0) {
        if (innermost(reader)->awaits && !add_missing(reader))
            return false;
        close_lines(reader);
    }
    /* The stream and the document start and end. */
    return reader->document->root && count_events(reader, 4);
}

bool pv_yaml_read(pv_document **out, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                  pv_error *error) {
    *out = NULL;
    if (source->has_odd_characters || source->base != 0)
        return true;
    pv_arena_place before = pv_arena_here(arena);
    pv_error failure = {0};
    yaml_reader reader = {.limits = limits};
    reader.cursor = (pv_yaml_cursor){.source = source,
                                     .bytes = source->bytes.data,
                                     .size = source->bytes.size,
                                     .line = SIZE_MAX,
                                     .arena = arena,
                                     .error = &failure};
    reader.document = PV_NEW(arena, pv_document);
    if (!reader.document)
        return pv_fail_memory(error);
    bool read = read_document(&reader);
    if (reader.keys.arena)
        pv_key_table_clear(&reader.keys);
    if (read) {
        reader.document->source = source;
        reader.document->format = pv_yaml_loader.format;
        *out = reader.document;
        return true;
    }
    pv_arena_back_to(arena, before);
    return failure.code == PV_OK || pv_fail_memory(error);
}
