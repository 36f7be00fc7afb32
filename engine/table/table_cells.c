#include "table/table_p.h"

#include <assert.h>

#include "base/utf8.h"
#include "model/message.h"
#include "model/ticked.h"

/* ---- rows ---- */

bool pv_rows_next_filled(pv_rows *rows, bool *found, pv_error *error) {
    do {
        if (!rows->next(rows, found, error))
            return false;
    } while (*found && (rows->blank || rows->remark));
    return true;
}

pv_cell pv_rows_cell(const pv_rows *rows, size_t index) {
    if (index < rows->count)
        return rows->row[index];
    return (pv_cell){.at = {rows->at.end, rows->at.end}, .blank = true};
}

bool pv_rows_name_form(const pv_rows *rows) {
    pv_str written = pv_source_slice(rows->source, rows->row[0].at);
    return pv_str_equal_ascii_folded(written, PV_STR("form")) || pv_str_equal_ascii_folded(written, PV_STR("\"form\""));
}

bool pv_fail_without_form_name(const pv_cell *cell, pv_error *error) {
    return pv_fail_at(error, PV_ERROR_SHAPE, cell->at, "the form's name belongs here, beside form");
}

pv_cell pv_rows_filled_from(const pv_rows *rows, size_t index) {
    while (index < rows->count && rows->row[index].blank)
        index++;
    return pv_rows_cell(rows, index);
}

/* ---- the tree ---- */

/* What is made here are the untyped texts that YAML gives (model/node.h), each a cell or a part of one; only the
 * keys are the form's names, standing where the table has a heading for them. */

static pv_node *new_node(const pv_table_tree *tree, pv_node_kind kind, pv_span span) {
    pv_node *node = pv_tree_node(tree->arena, kind, span, tree->error);
    if (node)
        node->spelling = tree->spelling;
    return node;
}

pv_branch pv_table_branch(const pv_table_tree *tree, pv_node_kind kind, uint32_t at) {
    return (pv_branch){.node = new_node(tree, kind, (pv_span){at, at})};
}

void pv_table_add(pv_branch *branch, const pv_node *key, pv_node *child) {
    assert(branch->node && child);
    branch->key = key;
    pv_branch_add(branch, child);
    if (child->span.end > branch->node->span.end)
        branch->node->span.end = child->span.end;
}

pv_node *pv_table_key(const pv_table_tree *tree, pv_str name, pv_span at) {
    pv_node *node = new_node(tree, PV_NODE_SCALAR, at);
    return node && pv_text_made_from(&node->text, tree->arena, name, at, tree->error) ? node : NULL;
}

bool pv_table_text(const pv_table_tree *tree, const pv_cell *cell, pv_text *out) {
    return tree->rows->text(out, tree->arena, tree->rows->source, cell, tree->error);
}

pv_node *pv_table_scalar(const pv_table_tree *tree, const pv_cell *cell) {
    static const pv_spelling typed = {.numbers = PV_NUMBER_MARK_POINT};
    pv_node *node = new_node(tree, PV_NODE_SCALAR, cell->at);
    if (node && cell->typed)
        node->spelling = &typed;
    return node && pv_table_text(tree, cell, &node->text) ? node : NULL;
}

static bool is_white(pv_str text, size_t offset) {
    size_t length;
    return pv_utf8_is_white_space(pv_utf8_decode(text, offset, &length));
}

/* Adds bytes [start, end) of the cell's text as an entry, without the white space around it. */
static bool add_entry(const pv_table_tree *tree, pv_branch *list, const pv_text *text, size_t start, size_t end) {
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
    pv_table_add(list, NULL, entry);
    return true;
}

/* A semicolon at the end closes the last entry and opens no further one. On sheets and in documents so does the end of
 * a line, and a line with nothing in it is none. */
static bool add_entries(const pv_table_tree *tree, pv_branch *list, const pv_text *text, bool has_lines) {
    size_t start = 0;
    while (start < text->value.size) {
        size_t end = start;
        while (end < text->value.size && text->value.data[end] != ';' && !(has_lines && text->value.data[end] == '\n'))
            end++;
        const bool is_line = end < text->value.size && text->value.data[end] == '\n';
        const bool says_nothing = pv_str_trim(pv_str_slice(text->value, start, end)).size == 0;
        if (!(is_line && says_nothing) && !add_entry(tree, list, text, start, end))
            return false;
        start = end + 1;
    }
    return true;
}

pv_node *pv_table_list(pv_arena *arena, const pv_text *text, pv_span at, bool has_lines, const pv_spelling *spelling,
                       pv_error *error) {
    const pv_table_tree tree = {.arena = arena, .spelling = spelling, .error = error};
    pv_branch list = pv_table_branch(&tree, PV_NODE_SEQUENCE, at.start);
    if (!list.node || !add_entries(&tree, &list, text, has_lines))
        return NULL;
    list.node->span = at;
    return list.node;
}

static pv_node *list_of(const pv_table_tree *tree, const pv_cell *cell) {
    pv_text text;
    return pv_table_text(tree, cell, &text)
               ? pv_table_list(tree->arena, &text, cell->at, tree->rows->separator == 0, tree->spelling, tree->error)
               : NULL;
}

/* { file: PATH } */
static pv_node *file_of(const pv_table_tree *tree, const pv_cell *cell) {
    pv_branch mapping = pv_table_branch(tree, PV_NODE_MAPPING, cell->at.start);
    const pv_node *key = mapping.node ? pv_table_key(tree, PV_STR("file"), cell->at) : NULL;
    pv_node *path = key ? pv_table_scalar(tree, cell) : NULL;
    if (!path)
        return NULL;
    pv_table_add(&mapping, key, path);
    return mapping.node;
}

static pv_node *value_of(const pv_table_tree *tree, const pv_value_spec *spec, const pv_cell *cell) {
    if (cell->blank)
        return pv_table_scalar(tree, cell);
    if (spec->type == PV_TYPE_LIST)
        return list_of(tree, cell);
    return spec->type == PV_TYPE_DOCUMENT || spec->type == PV_TYPE_FILE ? file_of(tree, cell)
                                                                        : pv_table_scalar(tree, cell);
}

/* What boxes in the cell say, where it has any. */
static pv_node *chosen_of(const pv_table_tree *tree, const pv_value_spec *spec, const pv_cell *cell) {
    pv_node *scalar = pv_table_scalar(tree, cell);
    pv_node *node = scalar;
    if (!scalar || !pv_ticked_take(&node, tree->arena, spec, tree->error))
        return NULL;
    return node == scalar && spec->type == PV_TYPE_LIST ? value_of(tree, spec, cell) : node;
}

pv_node *pv_table_value(const pv_table_tree *tree, const pv_value_spec *spec, const pv_cell *cell) {
    const bool may_have_boxes = tree->rows->separator == 0 && !cell->blank && !cell->typed;
    pv_node *node = may_have_boxes && pv_ticked_may_be(spec) ? chosen_of(tree, spec, cell) : value_of(tree, spec, cell);
    if (node && tree->rows->doubt)
        node->uncertainty = tree->rows->doubt;
    return node;
}
