/* Invariant: what is made here is the same tree of untyped texts that YAML gives (model/node.h): each scalar is a cell, or a
 * part of one, with its place; only the keys are the form's names, standing where the table has a heading for them. */
#ifndef PV_LOAD_CSV_TREE_H
#define PV_LOAD_CSV_TREE_H

#include "load/csv_reader.h"
#include "model/value.h"

typedef struct pv_csv_tree {
    pv_arena *arena;
    const pv_source *source;
    const pv_spelling *spelling; /* of every cell */
    pv_error *error;
} pv_csv_tree;

/* A mapping or list that grows. */
typedef struct pv_csv_branch {
    pv_node *node;
    pv_node *last; /* its newest child, or NULL */
} pv_csv_branch;

/* An empty mapping or list that begins at `at`, and grows with what is added; .node is NULL when there is no memory, which is
 * reported already. */
pv_csv_branch pv_csv_branch_new(const pv_csv_tree *tree, pv_node_kind kind, uint32_t at);
/* key: in a mapping the name of child, else NULL. */
void pv_csv_branch_add(pv_csv_branch *branch, const pv_node *key, pv_node *child);
/* The form's name for what stands at `at`; NULL is reported already, here and below. */
pv_node *pv_csv_key(const pv_csv_tree *tree, pv_str name, pv_span at);
/* A cell as a text. */
pv_node *pv_csv_scalar(const pv_csv_tree *tree, const pv_csv_cell *cell);
/* A cell as what spec takes: a list has its entries between semicolons, a document lies in the file that the cell names. A
 * blank one is a blank scalar for every type. */
pv_node *pv_csv_value(const pv_csv_tree *tree, const pv_value_spec *spec, const pv_csv_cell *cell);

#endif
