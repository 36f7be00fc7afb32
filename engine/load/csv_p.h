/* Invariant: the cells of a row are, in order, everything between its separators, and each knows exactly the bytes
 * it is made of; a cell that nothing is written in is the empty place where something would stand. What RFC 4180
 * does not allow ends the reading, with its place. */
#ifndef PV_LOAD_CSV_P_H
#define PV_LOAD_CSV_P_H

#include "table/table.h"

typedef struct pv_csv_reader {
    pv_rows rows; /* the first member: it is what reads them */
    const pv_limits *limits;
    size_t next;      /* byte offset of the row to be read next */
    size_t rows_read; /* so far, like cells */
    size_t cells_read;
} pv_csv_reader;

/* Begins reading after a byte order mark and a line `sep=;`, which both may be missing. Without that line the
 * separator is the one of comma, semicolon and tab that stands most often, outside quotes, in the first line with
 * something in it; of as many the one named first, and where there is none a vertical bar, else the comma. */
bool pv_csv_open(pv_csv_reader *reader, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                 pv_error *error) PV_MUST_CHECK;
/* As pv_rows.next. PV_ERROR_SYNTAX: a quote that is not closed, text after a closing one. PV_ERROR_LIMIT. */
bool pv_csv_next(pv_rows *rows, bool *found, pv_error *error) PV_MUST_CHECK;
/* As pv_rows.text. */
bool pv_csv_cell_text(pv_text *out, pv_arena *arena, const pv_source *source, const pv_cell *cell,
                      pv_error *error) PV_MUST_CHECK;

#endif
