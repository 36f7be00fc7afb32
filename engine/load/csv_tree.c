#include "load/csv_tree.h"

#include "base/utf8.h"
#include "model/segments.h"

static pv_node *new_node(const pv_csv_tree *tree, pv_node_kind kind, pv_span span) {
    pv_node *node = PV_NEW(tree->arena, pv_node);
    if (!node) {
        pv_fail_memory(tree->error);
        return NULL;
    }
    node->kind = kind;
    node->span = span;
    node->spelling = tree->spelling;
    return node;
}

pv_csv_branch pv_csv_branch_new(const pv_csv_tree *tree, pv_node_kind kind, uint32_t at) {
    return (pv_csv_branch){.node = new_node(tree, kind, (pv_span){at, at})};
}

void pv_csv_branch_add(pv_csv_branch *branch, const pv_node *key, pv_node *child) {
    pv_node *node = branch->node;
    child->parent = node;
    child->key = key;
    child->index = node->count++;
    if (branch->last)
        branch->last->next = child;
    else
        node->first = child;
    branch->last = child;
    if (child->span.end > node->span.end)
        node->span.end = child->span.end;
}

pv_node *pv_csv_key(const pv_csv_tree *tree, pv_str name, pv_span at) {
    pv_node *node = new_node(tree, PV_NODE_SCALAR, at);
    pv_segment_list segments;
    if (!node)
        return NULL;
    node->text = (pv_text){.value = name, .span = at, .exact = true};
    pv_segments_begin(&segments, tree->arena);
    if (pv_segments_add(&segments, name.size, at, tree->error) &&
        pv_segments_finish(&segments, &node->text, tree->error))
        return node;
    pv_segments_abandon(&segments);
    return NULL;
}

pv_node *pv_csv_scalar(const pv_csv_tree *tree, const pv_csv_cell *cell) {
    pv_node *node = new_node(tree, PV_NODE_SCALAR, cell->at);
    return node && pv_csv_cell_text(&node->text, tree->arena, tree->source, cell, tree->error) ? node : NULL;
}

/* ---- lists ---- */

static bool is_white(pv_str text, size_t offset) {
    size_t length;
    return pv_utf8_is_white_space(pv_utf8_decode(text, offset, &length));
}

/* Adds bytes [start, end) of the cell's text as an entry, without the white space around it. */
static bool add_entry(const pv_csv_tree *tree, pv_csv_branch *list, const pv_text *text, size_t start, size_t end) {
    size_t length;
    while (start < end && is_white(text->value, start)) {
        pv_utf8_decode(text->value, start, &length);
        start += length;
    }
    while (end > start && is_white(text->value, pv_utf8_previous(text->value, end)))
        end = pv_utf8_previous(text->value, end);
    pv_node *entry = new_node(tree, PV_NODE_SCALAR, pv_text_locate(text, start, end));
    if (!entry || !pv_text_slice(&entry->text, tree->arena, text, start, end, tree->error))
        return false;
    pv_csv_branch_add(list, NULL, entry);
    return true;
}

/* A semicolon at the end closes the last entry and opens no further one. */
static bool add_entries(const pv_csv_tree *tree, pv_csv_branch *list, const pv_text *text) {
    size_t start = 0;
    while (start < text->value.size) {
        size_t semicolon = pv_str_find(text->value, PV_STR(";"), start);
        size_t end = semicolon == SIZE_MAX ? text->value.size : semicolon;
        if (!add_entry(tree, list, text, start, end))
            return false;
        start = end + 1;
    }
    return true;
}

/* ---- values ---- */

static pv_node *list_of(const pv_csv_tree *tree, const pv_csv_cell *cell) {
    pv_text text;
    pv_csv_branch list = pv_csv_branch_new(tree, PV_NODE_SEQUENCE, cell->at.start);
    if (!list.node || !pv_csv_cell_text(&text, tree->arena, tree->source, cell, tree->error) ||
        !add_entries(tree, &list, &text))
        return NULL;
    list.node->span = cell->at;
    return list.node;
}

/* { file: PATH } */
static pv_node *file_of(const pv_csv_tree *tree, const pv_csv_cell *cell) {
    pv_csv_branch mapping = pv_csv_branch_new(tree, PV_NODE_MAPPING, cell->at.start);
    const pv_node *key = mapping.node ? pv_csv_key(tree, PV_STR("file"), cell->at) : NULL;
    pv_node *path = key ? pv_csv_scalar(tree, cell) : NULL;
    if (!path)
        return NULL;
    pv_csv_branch_add(&mapping, key, path);
    return mapping.node;
}

pv_node *pv_csv_value(const pv_csv_tree *tree, const pv_value_spec *spec, const pv_csv_cell *cell) {
    if (cell->blank)
        return pv_csv_scalar(tree, cell);
    if (spec->type == PV_TYPE_LIST)
        return list_of(tree, cell);
    return spec->type == PV_TYPE_DOCUMENT ? file_of(tree, cell) : pv_csv_scalar(tree, cell);
}
