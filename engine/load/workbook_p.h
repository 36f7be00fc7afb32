/* Invariant: a workbook's cells are what its program saved: a text as it was typed, a number or day as YAML writes it
 * (0.2 shown as a percentage is 20%, a serial number shown as a day is 2024-03-31), a formula as its stored value. They
 * stand in order of row and column, each once; of a merged area that spans rows the cells below the first say the same
 * as it, as a reader of the sheet takes them to. */
#ifndef PV_LOAD_WORKBOOK_P_H
#define PV_LOAD_WORKBOOK_P_H

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"

typedef struct pv_sheet_cell {
    uint32_t row; /* 1-based, like column */
    uint32_t column;
    uint32_t row_count; /* that it spans, at least 1 */
    uint32_t column_count;
    pv_str text;      /* without white space around it; empty only where it is unvalued */
    bool is_typed;    /* a number, day or truth value that the program keeps as one */
    bool is_unvalued; /* a formula that was saved without its value */
    bool is_repeated; /* below the first row of a merged area */
} pv_sheet_cell;

typedef struct pv_sheet {
    pv_str name;
    bool is_hidden;
    uint32_t hidden_rows; /* that have cells */
    uint32_t hidden_columns;
    uint32_t struck_cells; /* whose text, or a part of it, is struck through */
    const pv_sheet_cell *cells;
    size_t cell_count;
    uint32_t last_column; /* that has a cell; 0: there is none */
} pv_sheet;

typedef struct pv_workbook {
    const pv_sheet *sheets; /* in the order of their tabs; charts are none */
    size_t sheet_count;
} pv_workbook;

/* Reads bytes, of which nothing is known yet; what is handed out lives in arena. PV_ERROR_LIMIT: cells (as of a CSV
 * file), and all that pv_package_open refuses. */
bool pv_workbook_read(pv_workbook *out, pv_arena *arena, pv_str bytes, const pv_limits *limits,
                      pv_error *error) PV_MUST_CHECK;
/* "B3", "AA10". */
void pv_cell_name(uint32_t row, uint32_t column, char out[16]);

#endif
