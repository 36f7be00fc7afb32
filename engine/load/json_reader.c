#include "load/json_reader.h"

#include <jansson.h>
#include <string.h>

#include "base/digits.h"
#include "load/tree_p.h"
#include "model/message.h"
#include "model/text.h"

typedef struct json_loader {
    const pv_source *source;
    const pv_limits *limits;
    pv_arena *arena;
    pv_error *error;
    pv_document *document;
    pv_branch *open; /* yaml_depth of them */
    size_t depth;
    pv_key_table keys;
} json_loader;

/* ---- tokens ---- */

static size_t skip_white(pv_str bytes, size_t at) {
    while (at < bytes.size && strchr(" \t\r\n", bytes.data[at]))
        at++;
    return at;
}

/* The end of the string that opens at `at`: after its closing quote, or the end of the bytes. */
static size_t string_end(pv_str bytes, size_t at) {
    for (at++; at < bytes.size && bytes.data[at] != '"'; at++)
        if (bytes.data[at] == '\\' && at + 1 < bytes.size)
            at++;
    return at < bytes.size ? at + 1 : at;
}

/* The token after the white space at `at`, whether or not JSON has such a token: a string, a sign of punctuation, or
 * what stands up to the next of these and of white space. Empty only at the end of the bytes. */
static pv_span token_at(pv_str bytes, size_t at) {
    size_t start = skip_white(bytes, at);
    size_t end = start;
    if (start == bytes.size)
        return (pv_span){(uint32_t)start, (uint32_t)start};
    if (bytes.data[start] == '"')
        end = string_end(bytes, start);
    else if (strchr("{}[],:", bytes.data[start]))
        end = start + 1;
    else
        while (end < bytes.size && !strchr(" \t\r\n{}[],:\"", bytes.data[end]))
            end++;
    return (pv_span){(uint32_t)start, (uint32_t)end};
}

static bool is_opening(char c) {
    return c == '{' || c == '[';
}

/* Depth and number of values, before anything is made of them: jansson has its own bound on the one and none on the
 * other. */
static bool check_limits(json_loader *loader) {
    const pv_limits *limits = loader->limits;
    pv_str bytes = loader->source->bytes;
    size_t depth = 0;
    size_t count = 0;
    size_t at = pv_source_text_start(loader->source);
    for (pv_span token = token_at(bytes, at); token.start < token.end; token = token_at(bytes, token.end)) {
        char first = bytes.data[token.start];
        if (is_opening(first) && depth++ == limits->yaml_depth)
            return pv_fail_at(loader->error, PV_ERROR_LIMIT, token,
                              "lists and mappings are nested in one another more than %zu deep", limits->yaml_depth);
        if ((first == '}' || first == ']') && depth > 0)
            depth--;
        if (first != ',' && first != ':' && count++ == limits->yaml_events)
            return pv_fail_at(loader->error, PV_ERROR_LIMIT, token,
                              "the file has more keys and values than the limit of %zu allows", limits->yaml_events);
    }
    return true;
}

/* ---- what is not JSON ---- */

/* The code unit of the \uXXXX at `at`, or UINT32_MAX where none stands. */
static uint32_t code_unit_at(pv_str bytes, size_t at, size_t end) {
    uint32_t unit = 0;
    if (at + 6 > end || bytes.data[at] != '\\' || bytes.data[at + 1] != 'u')
        return UINT32_MAX;
    for (size_t i = at + 2; i < at + 6; i++) {
        if (pv_hex_value(bytes.data[i]) < 0)
            return UINT32_MAX;
        unit = unit << 4 | (uint32_t)pv_hex_value(bytes.data[i]);
    }
    return unit;
}

static bool is_leading_surrogate(uint32_t unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_trailing_surrogate(uint32_t unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

/* Bytes of the escape at `at`: 2, 6, or 12 of a pair of surrogates. */
static size_t escape_length(pv_str bytes, size_t at, size_t end) {
    uint32_t unit = code_unit_at(bytes, at, end);
    if (unit == UINT32_MAX)
        return 2;
    bool is_pair = is_leading_surrogate(unit) && is_trailing_surrogate(code_unit_at(bytes, at + 6, end));
    return is_pair ? 12 : 6;
}

/* Reports the escape at `at` if it means nothing; else leaves error as it is. */
static void explain_escape(pv_str bytes, size_t at, size_t end, pv_error *error) {
    uint32_t unit = code_unit_at(bytes, at, end);
    pv_span escape = {(uint32_t)at, (uint32_t)(at + escape_length(bytes, at, end))};
    escape.end = escape.end < end ? escape.end : (uint32_t)end;
    if (unit == 0)
        pv_fail_at(error, PV_ERROR_REFUSED, escape, "a text cannot hold the character U+0000; remove it");
    else if (unit == UINT32_MAX && at + 1 < end && bytes.data[at + 1] == 'u')
        pv_fail_at(error, PV_ERROR_SYNTAX, escape, "this escape names no character; \\u takes 4 hexadecimal digits");
    else if (unit == UINT32_MAX && at + 1 < end && !strchr("\"\\/bfnrt", bytes.data[at + 1]))
        pv_fail_at(error, PV_ERROR_SYNTAX, escape, "this escape means nothing in JSON; write a backslash as \\\\");
    else if (is_trailing_surrogate(unit) || (is_leading_surrogate(unit) && escape.end - escape.start < 12))
        pv_fail_at(error, PV_ERROR_SYNTAX, escape,
                   "this escape is one half of a pair of surrogates, and the other half is missing");
}

/* What is wrong inside a string. False where nothing is: it stands where it cannot. */
static bool explain_string(pv_str bytes, pv_span token, pv_error *error) {
    bool is_closed = false;
    for (size_t at = token.start + 1; at < token.end && error->code == PV_OK; at++) {
        is_closed = bytes.data[at] == '"';
        if ((unsigned char)bytes.data[at] < 0x20)
            pv_fail_at(error, PV_ERROR_SYNTAX, (pv_span){(uint32_t)at, (uint32_t)at + 1},
                       "a control character or a line break cannot stand in a string; write it as an escape");
        if (bytes.data[at] != '\\')
            continue;
        explain_escape(bytes, at, token.end, error);
        at += escape_length(bytes, at, token.end) - 1;
    }
    if (error->code == PV_OK && !is_closed)
        pv_fail_at(error, PV_ERROR_SYNTAX, (pv_span){token.start, token.start + 1},
                   "the quote opened here is never closed");
    return error->code != PV_OK;
}

/* jansson's position is behind the last byte it read: in or at the end of the token it could not use. */
static pv_span token_around(const json_loader *loader, size_t position) {
    pv_str bytes = loader->source->bytes;
    pv_span token = token_at(bytes, pv_source_text_start(loader->source));
    while (token.end < position && token.start < token.end)
        token = token_at(bytes, token.end);
    return token;
}

static bool explain(json_loader *loader, json_error_t *problem) {
    pv_str bytes = loader->source->bytes;
    size_t text_start = pv_source_text_start(loader->source);
    uint32_t size = (uint32_t)bytes.size;
    if (json_error_code(problem) == json_error_out_of_memory)
        return pv_fail_memory(loader->error);
    if (skip_white(bytes, text_start) == bytes.size)
        return pv_fail_at(loader->error, PV_ERROR_SHAPE, (pv_span){0, 0}, "the file is empty");
    pv_span token = token_around(loader, text_start + (size_t)problem->position);
    if (token.start < token.end && bytes.data[token.start] == '"' && explain_string(bytes, token, loader->error))
        return false;
    switch (json_error_code(problem)) {
    case json_error_numeric_overflow:
        return pv_fail_at(loader->error, PV_ERROR_LIMIT, token, "this number is too large");
    case json_error_stack_overflow:
        return pv_fail_at(loader->error, PV_ERROR_LIMIT, token, "lists and mappings are nested too deep");
    case json_error_premature_end_of_input:
        return pv_fail_at(loader->error, PV_ERROR_SYNTAX, (pv_span){size, size},
                          "the file ends before its JSON is complete");
    case json_error_end_of_input_expected:
        return pv_fail_at(loader->error, PV_ERROR_SYNTAX, token, "the document is complete before this; remove it");
    default:
        break;
    }
    char *near = strstr(problem->text, " near ");
    if (near)
        *near = '\0';
    return pv_fail_at(loader->error, PV_ERROR_SYNTAX, token, "this is not well-formed JSON (%s)",
                      pv_message_quote(pv_str_from(problem->text)).text);
}

/* ---- the tree, of bytes that are known to be JSON ---- */

/* What a string with escapes in it says. */
static bool decode(json_loader *loader, pv_span token, pv_str *out) {
    json_error_t problem;
    json_t *string =
        json_loadb(loader->source->bytes.data + token.start, token.end - token.start, JSON_DECODE_ANY, &problem);
    if (!string) /* it was decoded before */
        return pv_fail_memory(loader->error);
    *out = pv_arena_copy(loader->arena, (pv_str){json_string_value(string), json_string_length(string)});
    json_decref(string);
    return out->data || pv_fail_memory(loader->error);
}

/* Bytes of the character that begins with this one. */
static size_t character_length(char first) {
    unsigned char byte = (unsigned char)first;
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/* Each escape is one character of the value; all else stands in the value as it is written. */
static bool add_segments(json_loader *loader, pv_segment_list *list, pv_span inside, pv_str value) {
    pv_str bytes = loader->source->bytes;
    for (size_t at = inside.start; at < inside.end;) {
        bool is_escape = bytes.data[at] == '\\';
        size_t length = 1;
        if (is_escape)
            length = escape_length(bytes, at, inside.end);
        else
            while (at + length < inside.end && bytes.data[at + length] != '\\')
                length++;
        size_t size = is_escape ? character_length(value.data[list->covered]) : length;
        if (!pv_segments_add(list, size, (pv_span){(uint32_t)at, (uint32_t)(at + length)}, loader->error))
            return false;
        at += length;
    }
    return true;
}

/* The text of a string, its quotes part of its place. */
static bool read_string(json_loader *loader, pv_span token, pv_text *out) {
    pv_segment_list segments;
    pv_span inside = {token.start + 1, token.end - 1};
    pv_str written = pv_source_slice(loader->source, inside);
    pv_str value;
    if (!memchr(written.data, '\\', written.size)) {
        bool made = pv_text_made_from(out, loader->arena, written, inside, loader->error);
        out->span = token;
        return made;
    }
    if (!decode(loader, token, &value))
        return false;
    *out = (pv_text){.value = value, .span = token, .exact = true};
    pv_segments_begin(&segments, loader->arena);
    if (!add_segments(loader, &segments, inside, value))
        return pv_segments_abandon(&segments);
    return pv_segments_finish(&segments, out, loader->error);
}

static void attach(json_loader *loader, pv_node *node) {
    if (loader->depth > 0)
        pv_branch_add(&loader->open[loader->depth - 1], node);
    else
        loader->document->root = node;
}

static bool add_key(json_loader *loader, pv_branch *mapping, pv_node *key) {
    key->parent = mapping->node;
    mapping->key = key;
    return pv_key_table_add(&loader->keys, key, loader->error);
}

static bool read_scalar(json_loader *loader, pv_span token) {
    pv_branch *parent = loader->depth > 0 ? &loader->open[loader->depth - 1] : NULL;
    bool is_string = loader->source->bytes.data[token.start] == '"';
    pv_node *node = pv_tree_node(loader->arena, PV_NODE_SCALAR, token, loader->error);
    if (!node)
        return false;
    node->style = is_string ? PV_SCALAR_DOUBLE_QUOTED : PV_SCALAR_PLAIN;
    if (is_string ? !read_string(loader, token, &node->text)
                  : !pv_text_verbatim(&node->text, loader->arena, pv_source_slice(loader->source, token), token.start,
                                      loader->error))
        return false;
    if (parent && parent->node->kind == PV_NODE_MAPPING && !parent->key)
        return add_key(loader, parent, node);
    attach(loader, node);
    return true;
}

static bool open_node(json_loader *loader, pv_span token, pv_node_kind kind) {
    pv_node *node = pv_tree_node(loader->arena, kind, token, loader->error);
    if (!node)
        return false;
    attach(loader, node);
    loader->open[loader->depth++] = (pv_branch){.node = node};
    return true;
}

static bool read_token(json_loader *loader, pv_span token) {
    switch (loader->source->bytes.data[token.start]) {
    case '{':
        return open_node(loader, token, PV_NODE_MAPPING);
    case '[':
        return open_node(loader, token, PV_NODE_SEQUENCE);
    case '}':
    case ']':
        loader->open[--loader->depth].node->span.end = token.end;
        return true;
    case ',':
    case ':':
        return true;
    default:
        return read_scalar(loader, token);
    }
}

static bool read_tree(json_loader *loader) {
    pv_str bytes = loader->source->bytes;
    size_t at = pv_source_text_start(loader->source);
    for (pv_span token = token_at(bytes, at); token.start < token.end; token = token_at(bytes, token.end))
        if (!read_token(loader, token))
            return false;
    return true;
}

/* Numbers are read as doubles, whose range is the wider one: what they say is taken from the bytes. */
static bool check_well_formed(json_loader *loader) {
    json_error_t problem;
    pv_str bytes = loader->source->bytes;
    size_t start = pv_source_text_start(loader->source);
    const char *text = bytes.size > 0 ? bytes.data + start : "";
    json_t *value = json_loadb(text, bytes.size - start, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, &problem);
    if (!value)
        return explain(loader, &problem);
    json_decref(value);
    return true;
}

bool pv_json_load(pv_document **out, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                  pv_error *error) {
    *out = NULL;
    json_loader loader = {.source = source,
                          .limits = limits,
                          .arena = arena,
                          .error = error,
                          .document = PV_NEW(arena, pv_document),
                          .open = PV_NEW_ARRAY(arena, pv_branch, limits->yaml_depth)};
    if (!loader.document || !loader.open)
        return pv_fail_memory(error);
    if (!pv_tree_check_start(source, error))
        return false;
    if (!pv_key_table_new(&loader.keys, pv_arena_memory(arena), error))
        return false;
    loader.document->source = source;
    loader.document->format = PV_STR("json");
    bool loaded = check_limits(&loader) && check_well_formed(&loader) && read_tree(&loader);
    pv_key_table_clear(&loader.keys);
    if (loaded)
        *out = loader.document;
    return loaded;
}
