/* Invariant: what comes out is the document that the same submission in YAML would give, whatever kind of file the rows
 * are kept in, so that nothing after it knows what a table is. A cell knows exactly where it stands; one that nothing
 * is written in is the empty place where something would stand. */
#ifndef PV_TABLE_TABLE_H
#define PV_TABLE_TABLE_H

#include "base/limits.h"
#include "model/form.h"
#include "model/node.h"

typedef struct pv_cell {
    pv_span at;     /* as written: quotes included, blanks around it not */
    bool quoted;    /* in double quotes, where a separator, a line break and a quote written twice belong to the text */
    bool rewritten; /* quoted, with a quote or a carriage return in it: its text is not its bytes */
    bool typed;     /* a number or day that its program keeps as one: it is written as YAML has it */
    bool unvalued;  /* a formula that was saved without its value */
    bool blank;     /* nothing but white space */
} pv_cell;

/* The rows of a file, or of a table in one, one after another. Who reads them begins a larger struct with it. */
typedef struct pv_rows pv_rows;
struct pv_rows {
    const pv_source *source;
    char separator; /* between cells as they are written; 0: they stand apart by themselves, on sheets */
    pv_str sheet;   /* of the row read last, where there are sheets */
    bool is_hidden; /* that sheet is */
    bool is_first;  /* that row is its first */
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
/* The first filled cell at or after index of the row read last; blank when there is none. */
pv_cell pv_rows_filled_from(const pv_rows *rows, size_t index);
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

#endif
