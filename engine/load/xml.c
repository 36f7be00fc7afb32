#include "load/xml_p.h"

#include <expat.h>
#include <string.h>

#include "base/hash.h"

#define SEPARATOR '\n' /* between a namespace and a name, as expat gives them; no namespace holds one */

/* What a prefix stands for, from its element on. More of them than a reader keeps are not understood. */
typedef struct prefix_meaning {
    uint64_t prefix; /* hashed */
    bool is_understood;
} prefix_meaning;
#define PREFIXES_KEPT ((size_t)256)

struct pv_xml_reader {
    XML_Parser parser;
    const pv_xml_handlers *handlers;
    pv_str part;
    size_t size; /* of the part, in bytes */
    size_t depth;
    size_t depth_most;
    const XML_Char **attributes; /* of the element that starts: names and values, ended by NULL */
    pv_xml_space last;           /* what was found last: nearly always what is asked for next */
    char last_uri[96];
    size_t last_size;
    prefix_meaning prefixes[PREFIXES_KEPT]; /* those that count, the innermost last */
    size_t prefix_count;                    /* more than are kept, where there are more */
    bool failed;
    pv_error *error;
};

/* ---- namespaces ---- */

typedef struct space_name {
    pv_str uri;
    pv_xml_space space;
} space_name;

#define ENTRY(space, uri)                                                                                              \
    { PV_STR(uri), space }
#define OOXML(space, path, strict)                                                                                     \
    ENTRY(space, "http://schemas.openxmlformats.org/" path), ENTRY(space, "http://purl.oclc.org/ooxml/" strict)

static const space_name spaces[] = {
    OOXML(PV_XML_W, "wordprocessingml/2006/main", "wordprocessingml/main"),
    OOXML(PV_XML_R, "officeDocument/2006/relationships", "officeDocument/relationships"),
    OOXML(PV_XML_WP, "drawingml/2006/wordprocessingDrawing", "drawingml/wordprocessingDrawing"),
    OOXML(PV_XML_A, "drawingml/2006/main", "drawingml/main"),
    OOXML(PV_XML_M, "officeDocument/2006/math", "officeDocument/math"),
    OOXML(PV_XML_S, "spreadsheetml/2006/main", "spreadsheetml/main"),
    ENTRY(PV_XML_TYPES, "http://schemas.openxmlformats.org/package/2006/content-types"),
    ENTRY(PV_XML_LINKS, "http://schemas.openxmlformats.org/package/2006/relationships"),
    ENTRY(PV_XML_CORE, "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
    ENTRY(PV_XML_MC, "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    ENTRY(PV_XML_W14, "http://schemas.microsoft.com/office/word/2010/wordml"),
    ENTRY(PV_XML_W15, "http://schemas.microsoft.com/office/word/2012/wordml"),
    ENTRY(PV_XML_WPS, "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
    ENTRY(PV_XML_V, "urn:schemas-microsoft-com:vml"),
    ENTRY(PV_XML_O, "urn:schemas-microsoft-com:office:office"),
    ENTRY(PV_XML_XML, "http://www.w3.org/XML/1998/namespace"),
};
#define SPACE_COUNT (sizeof spaces / sizeof *spaces)

static pv_xml_space find_space(pv_str uri) {
    for (size_t i = 0; i < SPACE_COUNT; i++)
        if (pv_str_equal(spaces[i].uri, uri))
            return spaces[i].space;
    return PV_XML_OTHER;
}

static void XMLCALL on_prefix(void *payload, const XML_Char *prefix, const XML_Char *uri) {
    pv_xml_reader *reader = payload;
    if (reader->prefix_count < PREFIXES_KEPT) {
        pv_str name = pv_str_from(uri);
        reader->prefixes[reader->prefix_count] = (prefix_meaning){
            .prefix = pv_hash_continue(PV_HASH_SEED, pv_str_from(prefix)),
            .is_understood = find_space(name) != PV_XML_OTHER ||
                             pv_str_starts_with(name, PV_STR("http://schemas.openxmlformats.org/")) ||
                             pv_str_starts_with(name, PV_STR("http://schemas.microsoft.com/office/")),
        };
    }
    reader->prefix_count++;
}

static void XMLCALL on_prefix_end(void *payload, const XML_Char *prefix) {
    pv_xml_reader *reader = payload;
    (void)prefix;
    reader->prefix_count--;
}

bool pv_xml_is_understood(const pv_xml_reader *reader, pv_str prefix) {
    uint64_t hash = pv_hash_continue(PV_HASH_SEED, prefix);
    size_t i = reader->prefix_count < PREFIXES_KEPT ? reader->prefix_count : PREFIXES_KEPT;
    while (i-- > 0)
        if (reader->prefixes[i].prefix == hash)
            return reader->prefixes[i].is_understood;
    return false;
}

/* The parts of a name as expat gives it. */
static pv_xml_name split_name(pv_xml_reader *reader, const XML_Char *name) {
    const char *separator = strchr(name, SEPARATOR);
    if (!separator)
        return (pv_xml_name){PV_XML_NONE, pv_str_from(name)};
    pv_str uri = {name, (size_t)(separator - name)};
    if (uri.size != reader->last_size || memcmp(uri.data, reader->last_uri, uri.size) != 0) {
        reader->last = find_space(uri);
        reader->last_size = uri.size <= sizeof reader->last_uri ? uri.size : 0;
        memcpy(reader->last_uri, uri.data, reader->last_size);
    }
    return (pv_xml_name){reader->last, pv_str_from(separator + 1)};
}

pv_str pv_xml_attribute(const pv_xml_reader *reader, pv_xml_space space, const char *local) {
    for (const XML_Char **pair = reader->attributes; pair && *pair; pair += 2) {
        const char *separator = strchr(pair[0], SEPARATOR);
        if (strcmp(separator ? separator + 1 : pair[0], local) != 0)
            continue;
        pv_xml_space found = separator ? find_space((pv_str){pair[0], (size_t)(separator - pair[0])}) : PV_XML_NONE;
        if (found == space)
            return pv_str_from(pair[1]);
    }
    return (pv_str){0};
}

/* ---- handlers ---- */

pv_span pv_xml_at(const pv_xml_reader *reader) {
    XML_Index at = XML_GetCurrentByteIndex(reader->parser);
    int count = XML_GetCurrentByteCount(reader->parser);
    if (at < 0 || (size_t)at > reader->size)
        return (pv_span){(uint32_t)reader->size, (uint32_t)reader->size};
    return (pv_span){(uint32_t)at, (uint32_t)(at + (count > 0 ? count : 0))};
}

/* Ends the reading where a handler failed. */
static void judge(pv_xml_reader *reader, bool succeeded) {
    if (succeeded)
        return;
    reader->failed = true;
    XML_StopParser(reader->parser, XML_FALSE);
}

static void XMLCALL on_start(void *payload, const XML_Char *name, const XML_Char **attributes) {
    pv_xml_reader *reader = payload;
    if (reader->failed)
        return;
    if (++reader->depth > reader->depth_most) {
        judge(reader, pv_fail(reader->error, PV_ERROR_LIMIT,
                              "the part %.*s of the file has more than %zu elements inside one another",
                              PV_STR_ARG(reader->part), reader->depth_most));
        return;
    }
    if (!reader->handlers->start)
        return;
    reader->attributes = attributes;
    judge(reader, reader->handlers->start(reader->handlers->payload, reader, split_name(reader, name), reader->error));
    reader->attributes = NULL;
}

static void XMLCALL on_end(void *payload, const XML_Char *name) {
    pv_xml_reader *reader = payload;
    if (reader->failed)
        return;
    reader->depth--;
    if (reader->handlers->end)
        judge(reader,
              reader->handlers->end(reader->handlers->payload, reader, split_name(reader, name), reader->error));
}

static void XMLCALL on_text(void *payload, const XML_Char *text, int size) {
    pv_xml_reader *reader = payload;
    if (!reader->failed && reader->handlers->text)
        judge(reader,
              reader->handlers->text(reader->handlers->payload, reader, (pv_str){text, (size_t)size}, reader->error));
}

/* Entities of its own are what bombs are made of, and no office program writes any. */
static void XMLCALL on_entity(void *payload, const XML_Char *name, int is_parameter, const XML_Char *value,
                              int value_size, const XML_Char *base, const XML_Char *system, const XML_Char *public,
                              const XML_Char *notation) {
    pv_xml_reader *reader = payload;
    (void)name, (void)is_parameter, (void)value_size, (void)base, (void)system, (void)public, (void)notation;
    if (value && !reader->failed)
        judge(reader, pv_fail(reader->error, PV_ERROR_REFUSED,
                              "the part %.*s of the file defines XML entities, which no office program does: the file "
                              "was made to do harm, or is damaged",
                              PV_STR_ARG(reader->part)));
}

/* What would have to be read from outside counts as nothing. */
static int XMLCALL on_outside(XML_Parser parser, const XML_Char *context, const XML_Char *base, const XML_Char *system,
                              const XML_Char *public) {
    pv_xml_reader *reader = XML_GetUserData(parser);
    (void)context, (void)base, (void)system, (void)public;
    if (reader->handlers->outside)
        ++*reader->handlers->outside;
    return XML_STATUS_OK;
}

static bool fail_parse(pv_xml_reader *reader) {
    enum XML_Error code = XML_GetErrorCode(reader->parser);
    if (code == XML_ERROR_NO_MEMORY)
        return pv_fail_memory(reader->error);
    if (code == XML_ERROR_AMPLIFICATION_LIMIT_BREACH)
        return pv_fail(reader->error, PV_ERROR_LIMIT,
                       "the part %.*s of the file grows without measure when it is read: the file was made to do harm",
                       PV_STR_ARG(reader->part));
    return pv_fail(reader->error, PV_ERROR_SYNTAX,
                   "the part %.*s of the file is not well-formed XML (%s at line %lu, column %lu): the file is damaged",
                   PV_STR_ARG(reader->part), XML_ErrorString(code),
                   (unsigned long)XML_GetCurrentLineNumber(reader->parser),
                   (unsigned long)XML_GetCurrentColumnNumber(reader->parser) + 1);
}

bool pv_xml_read(pv_str bytes, pv_str part, const pv_xml_handlers *handlers, const pv_limits *limits, pv_error *error) {
    if (bytes.size > INT32_MAX)
        return pv_fail(error, PV_ERROR_LIMIT, "the part %.*s of the file is larger than 2 GB", PV_STR_ARG(part));
    pv_xml_reader reader = {
        .parser = XML_ParserCreateNS(NULL, SEPARATOR),
        .handlers = handlers,
        .part = part,
        .size = bytes.size,
        .depth_most = limits->xml_depth,
        .error = error,
    };
    if (!reader.parser)
        return pv_fail_memory(error);
    XML_SetUserData(reader.parser, &reader);
    XML_SetElementHandler(reader.parser, on_start, on_end);
    XML_SetNamespaceDeclHandler(reader.parser, on_prefix, on_prefix_end);
    XML_SetCharacterDataHandler(reader.parser, on_text);
    XML_SetEntityDeclHandler(reader.parser, on_entity);
    XML_SetExternalEntityRefHandler(reader.parser, on_outside);
    XML_SetParamEntityParsing(reader.parser, XML_PARAM_ENTITY_PARSING_NEVER);
    enum XML_Status status = XML_Parse(reader.parser, bytes.data ? bytes.data : "", (int)bytes.size, XML_TRUE);
    bool succeeded = !reader.failed && (status == XML_STATUS_OK || fail_parse(&reader));
    XML_ParserFree(reader.parser);
    return succeeded;
}
