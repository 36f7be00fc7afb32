/* Invariant: a table is two lines or more, one directly after the other, that are split into cells in one way: by "|",
 * by tabs, or by blanks so that columns stand under one another. Every line of it is a row, its heading, or a rule that
 * says nothing; a row that has not as many cells as the table is kept, and told. No prose is one. */
#ifndef PV_TEXT_TABLES_H
#define PV_TEXT_TABLES_H

#include "text/lists.h"

typedef enum pv_table_style {
    PV_TABLE_PIPES,   /* a | b, also as Markdown has them, with a rule of "-" under the heading */
    PV_TABLE_TABS,    /* as copied from a spreadsheet */
    PV_TABLE_ALIGNED, /* two blanks or more between cells whose beginnings or ends stand under one another */
} pv_table_style;

typedef struct pv_text_table_row {
    pv_span at;           /* the line, without blanks at its ends; bytes of the text */
    const pv_span *cells; /* without blanks at their ends; empty ones stand where they would begin */
    size_t count;
} pv_text_table_row;

typedef struct pv_text_table {
    pv_table_style style;
    pv_span at;
    /* The row over a rule; of a table without one, its first row where no cell of it has a figure and one below has. */
    bool has_heading;
    pv_text_table_row heading;
    const pv_text_table_row *rows; /* without the heading */
    size_t count;
    size_t columns; /* of the heading; of a table without one, what most rows have */
} pv_text_table;

typedef struct pv_text_tables {
    const pv_text_table *tables; /* in text order */
    size_t count;
} pv_text_tables;

/* The tables of text, in arena. starts: where lines begin whose line break became a blank; may be NULL. */
bool pv_tables_find(pv_arena *arena, pv_str text, const pv_line_starts *starts, pv_text_tables *out,
                    pv_error *error) PV_MUST_CHECK;

#endif
