#include "same_document.h"

#include <string.h>

static bool same_span(pv_span a, pv_span b) {
    return a.start == b.start && a.end == b.end;
}

static const char *text_difference(const pv_text *a, const pv_text *b) {
    if (!pv_str_equal(a->value, b->value))
        return "value";
    if (!same_span(a->span, b->span))
        return "span of the text";
    if (a->segment_count != b->segment_count || !a->segments != !b->segments)
        return "number of segments";
    if (a->segment_count > 0 && memcmp(a->segments, b->segments, a->segment_count * sizeof *a->segments) != 0)
        return "segments";
    if (!a->value.data != !b->value.data)
        return "value that is none";
    return a->exact != b->exact || a->indent_count != 0 || b->indent_count != 0 || a->indents || b->indents ? "map"
                                                                                                            : NULL;
}

/* What is not said of other nodes. */
static const char *own_difference(const pv_node *a, const pv_node *b) {
    if (a->kind != b->kind)
        return "kind";
    if (a->style != b->style)
        return "style";
    if (!same_span(a->span, b->span))
        return "span";
    if (!same_span(a->comment, b->comment))
        return "comment";
    if (a->has_escaped_space != b->has_escaped_space)
        return "escaped space";
    if (a->count != b->count)
        return "number of children";
    if (a->index != b->index)
        return "index";
    if (a->spelling || b->spelling)
        return "spelling";
    return text_difference(&a->text, &b->text);
}

static bool differ_in_having(const void *a, const void *b) {
    return !a != !b;
}

static const char *difference(const pv_node *a, const pv_node *b, size_t *at) {
    const char *found = own_difference(a, b);
    *at = a->span.start;
    if (found)
        return found;
    if (differ_in_having(a->key, b->key) || differ_in_having(a->first, b->first) ||
        differ_in_having(a->next, b->next) || differ_in_having(a->parent, b->parent))
        return "place in the tree";
    found = a->key ? own_difference(a->key, b->key) : NULL;
    if (found) {
        *at = a->key->span.start;
        return found;
    }
    if (a->key && (a->key->parent != a->parent || b->key->parent != b->parent || a->key->key || a->key->next ||
                   a->key->first || b->key->key || b->key->next || b->key->first))
        return "key's place in the tree";
    return NULL;
}

/* The node after this one in the order of the source, keys left out. */
static const pv_node *next_node(const pv_node *node) {
    if (node->first)
        return node->first;
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}

const char *document_difference(const pv_document *a, const pv_document *b, size_t *at) {
    const pv_node *one = a->root;
    const pv_node *other = b->root;
    *at = 0;
    if (a->source != b->source || !pv_str_equal(a->format, b->format) || a->has_headings != b->has_headings ||
        a->problems || b->problems || a->problems_kept != b->problems_kept || a->attachments || b->attachments ||
        a->inexact_scalars != b->inexact_scalars)
        return "document";
    for (; one && other; one = next_node(one), other = next_node(other)) {
        const char *found = difference(one, other, at);
        if (found)
            return found;
    }
    return differ_in_having(one, other) ? "number of nodes" : NULL;
}
