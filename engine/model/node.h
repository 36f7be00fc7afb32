/* Invariant: a document is a tree in source order, immutable once loaded; scalars are untyped text with their map to
 * the source, every node has its exact span, and no mapping holds a key twice. */
#ifndef PV_MODEL_NODE_H
#define PV_MODEL_NODE_H

#include "model/source.h"
#include "model/text.h"
#include "text/dates.h"

typedef enum pv_node_kind { PV_NODE_SCALAR, PV_NODE_MAPPING, PV_NODE_SEQUENCE } pv_node_kind;

typedef enum pv_scalar_style {
    PV_SCALAR_PLAIN,
    PV_SCALAR_SINGLE_QUOTED,
    PV_SCALAR_DOUBLE_QUOTED,
    PV_SCALAR_LITERAL,
    PV_SCALAR_FOLDED,
} pv_scalar_style;

/* What stands between the whole and the parts of a number: 1,234.5 or 1.234,5. */
typedef enum pv_number_mark {
    PV_NUMBER_MARK_UNKNOWN, /* read with a point, and refused where it may have been meant with a comma */
    PV_NUMBER_MARK_POINT,
    PV_NUMBER_MARK_COMMA,
} pv_number_mark;

/* How a spreadsheet program may write values, besides the one spelling of their type: a boolean also as yes or no,
 * in any case, a date also as 3/31/2024; a number with a decimal comma where the form says so, and only then. */
typedef struct pv_spelling {
    pv_date_order dates; /* PV_DATE_ORDER_UNKNOWN: only as 2024-03-31 */
    pv_number_mark numbers;
    bool semicolons; /* the cells are separated by ; as programs do where the decimal mark is a comma */
} pv_spelling;

/* That a text could not be told with certainty from what is printed around it. */
typedef struct pv_uncertainty {
    uint32_t thousandths; /* how sure it is, below 1,000 */
    pv_str why;           /* "its beginning could not be separated with certainty from its prompt" */
    const pv_text *other; /* the other reading; NULL: there is none that is nearly as good */
} pv_uncertainty;

typedef struct pv_node pv_node;
struct pv_node {
    pv_node_kind kind;
    pv_scalar_style style;       /* scalars only */
    bool has_escaped_space;      /* in double quotes: a space that is written as an escape, \x20 */
    pv_span span;                /* first byte to last byte; no trailing blank lines or comments */
    pv_text text;                /* scalars only */
    pv_span comment;             /* of a value without quotes: what follows it on its line, from its #; else empty */
    const pv_spelling *spelling; /* of a cell of a spreadsheet; NULL: each type has its one spelling */
    const pv_uncertainty *uncertainty; /* of a scalar that was found in a document; NULL: none */
    const pv_node *parent;             /* NULL for the root */
    const pv_node *key;                /* in a mapping: the scalar that names this node; else NULL */
    const pv_node *first;              /* first child, or NULL */
    const pv_node *next;               /* next sibling, or NULL */
    size_t count;                      /* children */
    size_t index;                      /* among its siblings, 0-based */
};

typedef struct pv_document pv_document;
struct pv_document {
    const pv_source *source;
    const pv_node *root;
    const pv_document *original;        /* the same with no tracked change accepted; NULL: none is tracked */
    pv_str format;                      /* as its loader is called */
    bool is_made;                       /* of cells or blocks: the keys do not stand in the file, nor YAML's signs */
    bool has_headings;                  /* a table: of a required column that no row has, its loader has told */
    size_t problems_kept;               /* of a kind (pv_limits.problems); 0: as by default */
    const struct pv_problems *problems; /* what its loader met that ends nothing; NULL: nothing */
    const struct pv_left_out *left_out; /* what a reader should know that was left out, as of pv_blocks */
    size_t left_out_count;
    struct pv_attachments *attachments; /* the files beside it; NULL: there can be none, as beside an example */
    size_t inexact_scalars; /* scalars whose map failed its self-check and is coarse; 0 unless there is a defect */
};

/* The child of a mapping with this key, or NULL (also for any other kind). */
const pv_node *pv_node_get(const pv_node *mapping, pv_str key);
/* A scalar's value; empty for NULL and other kinds. */
pv_str pv_node_value(const pv_node *node);
/* "a text", "a mapping", "a list": for messages. */
const char *pv_node_kind_name(const pv_node *node);
/* True for an absent node and a plain empty scalar (`key:`), false for a quoted empty one. */
bool pv_node_is_empty(const pv_node *node);
/* True for null and ~ without quotes, which most programs write into YAML where they have nothing, and which are texts
 * like any other here. A table has no quotes that tell the two apart: false for its cells. */
bool pv_node_is_null(const pv_node *node);

/* ---- a tree being made ---- */

/* A mapping or list whose end has not been read: its children so far hang in it, in order, each under its key. */
typedef struct pv_branch {
    pv_node *node;      /* the mapping or list */
    pv_node *last;      /* its newest child, or NULL */
    const pv_node *key; /* in a mapping: the key whose value comes next, or NULL */
} pv_branch;

/* A node of this kind and span; NULL when there is no memory, which is then reported. */
pv_node *pv_tree_node(pv_arena *arena, pv_node_kind kind, pv_span span, pv_error *error);
/* Hangs child into the branch: in a mapping under its key, which is then used up. */
void pv_branch_add(pv_branch *branch, pv_node *child);

#endif
