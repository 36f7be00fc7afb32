#include "model/submission_reader.h"

#include <stdio.h>

#include "model/message.h"

void *pv_reader_array(const pv_submission_reader *reader, size_t count, size_t size) {
    void *array = pv_arena_array(reader->arena, count, size);
    if (array == NULL)
        pv_fail_memory(reader->error);
    return array;
}

uint32_t pv_reader_start_of(const pv_submission_reader *reader, const pv_node *node, uint32_t fallback) {
    if (node == NULL)
        return fallback;
    pv_str bytes = reader->source->bytes;
    uint32_t end = node->key->span.end;
    uint32_t colon = end;
    while (colon < bytes.size && (bytes.data[colon] == ' ' || bytes.data[colon] == '\t'))
        colon++;
    return colon < bytes.size && bytes.data[colon] == ':' ? colon + 1 : end;
}

uint32_t pv_reader_end_of(const pv_submission_reader *reader, const pv_node *node) {
    uint32_t start = pv_reader_start_of(reader, node, 0);
    return node->span.end > start ? node->span.end : start;
}

/* Children that can be read are there; anything else than a mapping with nothing in it has become a problem. */
static bool check_mapping(pv_submission_reader *reader, const pv_node *node, const pv_children *children) {
    if (node == NULL || node->kind == PV_NODE_MAPPING || pv_node_is_empty(node))
        return true;
    return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, node->span, reader->error,
                           "this is %s; give each %s under its name, like name: value", pv_message_found(node),
                           children->kind);
}

static bool is_digit(pv_str bytes, size_t i) {
    return i < bytes.size && bytes.data[i] >= '0' && bytes.data[i] <= '9';
}

/* What to add about an unknown name that is the later part of a number: between braces, `amount: 2,520` is an amount of 2, and
 * a key 520 without a value. Nothing about any other. */
static pv_hint advise_quotes(const pv_source *source, const pv_node *child) {
    enum { LONGEST_NUMBER = 32 }; /* no exact number is longer, and keys without end stay cheap */
    pv_hint advice = {.text = ""};
    pv_str bytes = source->bytes;
    size_t key = child->key->span.start;
    size_t start = key;
    size_t end = child->key->span.end;
    while (start > 0 && key - start < LONGEST_NUMBER && (is_digit(bytes, start - 1) || bytes.data[start - 1] == ','))
        start--;
    while (end - key < LONGEST_NUMBER &&
           (is_digit(bytes, end) || (end < bytes.size && bytes.data[end] == ',' && is_digit(bytes, end + 1))))
        end++;
    pv_decimal number;
    pv_error failure = {0};
    pv_str text = pv_str_slice(bytes, start, end);
    if (start < key && pv_node_is_empty(child) && pv_decimal_parse(text, true, &number, &failure))
        snprintf(advice.text, sizeof advice.text, "; a comma ends a value here: write \"%s\" in quotes",
                 pv_message_quote(text).text);
    return advice;
}

bool pv_reader_sort_children(pv_submission_reader *reader, const pv_node *mapping, const pv_children *children,
                             const pv_node **sorted) {
    for (size_t i = 0; i < children->known->count; i++)
        sorted[i] = NULL;
    if (mapping == NULL || mapping->kind != PV_NODE_MAPPING)
        return check_mapping(reader, mapping, children);
    for (const pv_node *child = mapping->first; child != NULL; child = child->next) {
        size_t position = pv_names_find(children->known, pv_node_value(child->key));
        if (position != SIZE_MAX)
            sorted[position] = child;
        else if (!pv_problems_add_unknown(&reader->problems, children->owner, children->owner_id, children->kind,
                                          child->key, children->known, advise_quotes(reader->source, child).text,
                                          reader->error))
            return false;
    }
    return true;
}

/* A value that is not of its type becomes a problem, and stays unreadable. */
static bool read_value(pv_submission_reader *reader, const pv_value_spec *spec, const pv_node *node, pv_value *out) {
    pv_error failure = {0};
    if (spec->type == PV_TYPE_DOCUMENT && node->kind == PV_NODE_MAPPING)
        return pv_reader_read_file(reader, spec, node, out);
    if (pv_value_read(out, reader->arena, spec, node, &failure))
        return true;
    if (failure.code == PV_ERROR_MEMORY)
        return pv_fail_memory(reader->error);
    return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, failure.where, reader->error, "%s: %s",
                           pv_message_quote(spec->name).text, failure.message);
}

bool pv_reader_values(pv_submission_reader *reader, const pv_value_spec *specs, size_t count,
                      const pv_node *const *sorted, uint32_t expected, pv_value *values) {
    for (size_t i = 0; i < count; i++) {
        if (sorted[i] == NULL) {
            values[i] = pv_value_absent(&specs[i], expected);
            continue;
        }
        if (!read_value(reader, &specs[i], sorted[i], &values[i]))
            return false;
        expected = pv_reader_end_of(reader, sorted[i]);
    }
    return true;
}
