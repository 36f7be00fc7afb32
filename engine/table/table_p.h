/* Invariant: what is made of a cell is the untyped text that YAML gives (model/node.h), each a cell or a part of one;
 * only the keys are the form's names, standing where the table has a heading for them. Each column of each record kind
 * stands under at most one heading; what is wrong with a heading is a problem at its cell, once, and the cells below it
 * are then passed over. */
#ifndef PV_TABLE_TABLE_P_H
#define PV_TABLE_TABLE_P_H

#include "base/array.h"
#include "model/submission.h"
#include "table/table.h"

typedef struct pv_table_tree {
    pv_arena *arena;
    const pv_rows *rows;
    const pv_spelling *spelling; /* of every cell that is written as people write it */
    pv_error *error;
} pv_table_tree;

/* An empty mapping or list that begins at `at`; .node is NULL when there is no memory, which is reported already. */
pv_branch pv_table_branch(const pv_table_tree *tree, pv_node_kind kind, uint32_t at);
/* The branch grows with what is added. key: in a mapping the name of child, else NULL. */
void pv_table_add(pv_branch *branch, const pv_node *key, pv_node *child);
/* The form's name for what stands at `at`; NULL is reported already, here and below. */
pv_node *pv_table_key(const pv_table_tree *tree, pv_str name, pv_span at);
bool pv_table_text(const pv_table_tree *tree, const pv_cell *cell, pv_text *out);
/* A cell as a text. */
pv_node *pv_table_scalar(const pv_table_tree *tree, const pv_cell *cell);
/* A cell as what spec takes: a list has its entries between semicolons (of a sheet or document in lines of their own
 * too), a document or file is what the cell names, boxes say what is chosen. A blank one is a blank scalar for every
 * type. */
pv_node *pv_table_value(const pv_table_tree *tree, const pv_value_spec *spec, const pv_cell *cell);

typedef enum pv_heading_state {
    PV_HEADING_COLUMN, /* of one record kind at least */
    PV_HEADING_KIND,   /* a row says its kind below it */
    PV_HEADING_BLANK,
    PV_HEADING_BAD, /* reported */
} pv_heading_state;

typedef struct pv_table_heading {
    pv_heading_state state;
    bool used; /* a cell below it is filled */
    pv_cell cell;
    const pv_node **keys; /* per record kind: the column it is the heading of, or NULL */
    size_t *columns;      /* per record kind: that column's position; of no meaning without a key */
} pv_table_heading;

typedef struct pv_table_headings {
    const pv_form *form;
    pv_table_heading *list;
    size_t count;
    size_t kind;   /* the position of the kind's heading; SIZE_MAX: there is none */
    size_t called; /* the kind of all rows where there is no such heading; SIZE_MAX: they say it */
    pv_span at;    /* the whole row */
} pv_table_headings;

/* Reads the row that was read last as headings. Fails when none of them is one of the form, or nothing says of which
 * kind rows are; what else is wrong goes to problems. In a document nothing of that fails, and rows of which the kind
 * is not known are of none. called: the kind that the table is called by; SIZE_MAX: none. */
bool pv_table_read_headings(pv_table_headings *out, const pv_table_tree *tree, const pv_form *form, size_t called,
                            pv_problems *problems) PV_MUST_CHECK;
/* Of the row read last, how many cells are filled, and how many of them with a heading of the form. */
bool pv_table_count_headings(const pv_table_tree *tree, const pv_form *form, size_t *filled,
                             size_t *known) PV_MUST_CHECK;
/* Whether every filled cell of the row read last, and more than one, is a heading of the form: *out. */
bool pv_table_is_headings(const pv_table_tree *tree, const pv_form *form, bool *out) PV_MUST_CHECK;
/* Once all rows are read: reports required columns without a heading, of the kinds that have rows (used, one per
 * kind), and filled columns without a name. */
bool pv_table_check_headings(const pv_table_headings *headings, const bool *used, pv_problems *problems,
                             pv_error *error) PV_MUST_CHECK;

/* ---- rows ---- */

typedef struct pv_table_loader {
    pv_rows *rows;
    pv_table_tree tree;
    const pv_form *form;
    const pv_form_headings *names;
    pv_problems *problems;
    pv_table_headings headings;
    pv_node *form_name;  /* NULL: no row says it */
    pv_branch fields;    /* by the form's names */
    bool *field_given;   /* per field of the form */
    uint32_t header_end; /* where a further field would be added */
    pv_branch *records;  /* per record kind: its rows; without a node while it has none */
    bool *used;          /* per record kind: it has rows */
    bool *used_here;     /* the same, in the table being read */
    size_t tables;       /* read so far */
    PV_ARRAY(pv_left_out) left_out;
} pv_table_loader;

/* The first filled cell at or after index of the row read last; blank when there is none. */
pv_cell pv_rows_filled_from(const pv_rows *rows, size_t index);
/* Each reads the row that was read last: as the one that names the form, as a field's, as a record. */
bool pv_table_read_form_row(pv_table_loader *loader) PV_MUST_CHECK;
bool pv_table_read_field_row(pv_table_loader *loader) PV_MUST_CHECK;
bool pv_table_read_record(pv_table_loader *loader) PV_MUST_CHECK;
/* Says that a cell was not read, and what it is: what.data is NULL when memory was refused. */
bool pv_table_leave_out(pv_table_loader *loader, const pv_cell *cell, pv_str what) PV_MUST_CHECK;
/* All rows of all sheets. */
bool pv_table_read_sheets(pv_table_loader *loader) PV_MUST_CHECK;

#endif
