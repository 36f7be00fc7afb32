#include "model/node.h"

const pv_node *pv_node_get(const pv_node *mapping, pv_str key) {
    if (!mapping || mapping->kind != PV_NODE_MAPPING)
        return NULL;
    for (const pv_node *child = mapping->first; child; child = child->next)
        if (pv_str_equal(child->key->text.value, key))
            return child;
    return NULL;
}

pv_str pv_node_value(const pv_node *node) {
    return node && node->kind == PV_NODE_SCALAR ? node->text.value : PV_STR("");
}

const char *pv_node_kind_name(const pv_node *node) {
    switch (node->kind) {
    case PV_NODE_SCALAR:
        return "a text";
    case PV_NODE_MAPPING:
        return "a mapping";
    case PV_NODE_SEQUENCE:
        return "a list";
    }
    return "";
}

bool pv_node_is_empty(const pv_node *node) {
    return !node || (node->kind == PV_NODE_SCALAR && node->style == PV_SCALAR_PLAIN && node->text.value.size == 0);
}

bool pv_node_is_null(const pv_node *node) {
    static const pv_str nulls[] = {PV_STR("null"), PV_STR("Null"), PV_STR("NULL"), PV_STR("~")};
    bool found = false;
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++)
        found |= pv_str_equal(pv_node_value(node), nulls[i]);
    return found && node->style == PV_SCALAR_PLAIN && !node->spelling;
}

/* ---- a tree being made ---- */

pv_node *pv_tree_node(pv_arena *arena, pv_node_kind kind, pv_span span, pv_error *error) {
    pv_node *node = PV_NEW(arena, pv_node);
    if (!node) {
        pv_fail_memory(error);
        return NULL;
    }
    node->kind = kind;
    node->span = span;
    return node;
}

void pv_branch_add(pv_branch *branch, pv_node *child) {
    child->parent = branch->node;
    child->key = branch->key;
    child->index = branch->node->count++;
    if (branch->last)
        branch->last->next = child;
    else
        branch->node->first = child;
    branch->last = child;
    branch->key = NULL;
}
