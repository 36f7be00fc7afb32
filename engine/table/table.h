/* Invariant: what comes out is the document that the same submission in YAML would give, whatever kind of file the rows
 * are kept in, so that nothing after it knows what a table is. A cell knows exactly where it stands; one that nothing
 * is written in is the empty place where something would stand. */
#ifndef PV_TABLE_TABLE_H
#define PV_TABLE_TABLE_H

#include "base/limits.h"
#include "model/blocks.h"
#include "model/submission.h"

typedef struct pv_cell {
    pv_span at;     /* as written: quotes included, blanks around it not */
    bool quoted;    /* in double quotes, where a separator, a line break and a quote written twice belong to the text */
    bool rewritten; /* quoted, with a quote or a carriage return in it: its text is not its bytes */
    bool typed;     /* a number or day that its program keeps as one: it is written as YAML has it */
    bool unvalued;  /* a formula that was saved without its value */
    bool blank;     /* nothing but white space */
    const pv_text *made; /* of a document: what it says, of which its bytes need not be all; else NULL */
} pv_cell;

/* What became of a row of a document. */
typedef enum pv_row_use {
    PV_ROW_PASSED,   /* it is none of a table of records */
    PV_ROW_READ,     /* headings or a record */
    PV_ROW_LEFT_OUT, /* of such a table, and no record: the sum of what stands above */
} pv_row_use;

/* The rows of a file, or of a table in one, one after another. Who reads them begins a larger struct with it. */
typedef struct pv_rows pv_rows;
struct pv_rows {
    const pv_source *source;
    char separator;   /* between cells as they are written; 0: they stand apart by themselves, on sheets */
    pv_str sheet;     /* of the row read last, where there are sheets */
    bool is_hidden;   /* that sheet is */
    bool is_first;    /* that row is its first */
    bool in_document; /* the sheet is a table of a document, among other things, and called by what stands above it */
    const pv_uncertainty *doubt; /* of what is read of the row read last; NULL: none */
    pv_row_use use;              /* of that row, set by who reads it */
    /* Reads a row; *found is false at the end. */
    bool (*next)(pv_rows *rows, bool *found, pv_error *error);
    /* What a cell says, without white space around it; its line breaks are line feeds. */
    bool (*text)(pv_text *out, pv_arena *arena, const pv_source *source, const pv_cell *cell, pv_error *error);
    /* The row read last. */
    pv_cell *row;
    size_t count; /* of its cells, at least 1 */
    pv_span at;   /* without its line break */
    bool blank;   /* all its cells are */
    bool remark;  /* it only says something to whoever fills the table in: "# …" in its first cell alone */
};

/* Reads a row that has something in it and is no remark. */
bool pv_rows_next_filled(pv_rows *rows, bool *found, pv_error *error) PV_MUST_CHECK;
/* The index-th cell of the row read last; where the row is shorter, the blank one at its end. */
pv_cell pv_rows_cell(const pv_rows *rows, size_t index);
/* Whether the row read last says which form the file is on: `form` in its first cell. */
bool pv_rows_name_form(const pv_rows *rows);
/* Fails at the cell beside `form`, which is blank. */
bool pv_fail_without_form_name(const pv_cell *cell, pv_error *error);

/* Reads rows, from the first, as a submission on form, which has headings. Without sheets they are one table with a
 * header above it; on sheets there may be several, each with a title above its headings, and of which kind its rows are
 * the sheet's name or that title may say. Fails for what leaves nothing to read: the cells themselves, no row of
 * headings, nothing that tells the record kinds apart. format: as the loader is called. */
bool pv_table_load(pv_document **out, pv_arena *arena, pv_rows *rows, const pv_form *form, pv_str format,
                   const pv_limits *limits, pv_error *error) PV_MUST_CHECK;

/* The records in tables of a document. */
typedef struct pv_table_records {
    pv_branch *rows; /* per record kind of the form; without a node where there are none */
    const pv_left_out *left_out;
    size_t left_out_count;
} pv_table_records;

/* Reads what of rows, which are in a document, is a table of records on form: a row most of whose cells are headings of
 * it, and those below. What is wrong with them goes to problems. Nothing is where the form has no records. */
bool pv_table_read_records(pv_table_records *out, pv_arena *arena, pv_rows *rows, const pv_form *form,
                           pv_problems *problems, pv_error *error) PV_MUST_CHECK;
/* A text as a list: its entries stand between semicolons, and in lines of their own where it has_lines. NULL: error is
 * filled. */
pv_node *pv_table_list(pv_arena *arena, const pv_text *text, pv_span at, bool has_lines, const pv_spelling *spelling,
                       pv_error *error);
/* The record kind of form that a table is called by, in the singular or plural; SIZE_MAX: none. */
bool pv_table_find_kind(size_t *out, pv_arena *arena, const pv_form *form, pv_str name, pv_error *error) PV_MUST_CHECK;

#endif
