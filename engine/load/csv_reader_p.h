/* Invariant: the cells of a row are, in order, everything between its separators, and each knows exactly the bytes
 * it is made of; a cell that nothing is written in is the empty place where something would stand. What RFC 4180
 * does not allow ends the reading, with its place. */
#ifndef PV_LOAD_CSV_READER_P_H
#define PV_LOAD_CSV_READER_P_H

#include "base/limits.h"
#include "model/source.h"
#include "model/text.h"

typedef struct pv_csv_cell {
    pv_span at;     /* as written: quotes included, blanks around it not */
    bool quoted;    /* in double quotes, where a separator, a line break and a quote written twice belong to the text */
    bool rewritten; /* quoted, with a quote or a carriage return in it: its text is not its bytes */
    bool blank;     /* nothing but white space */
} pv_csv_cell;

typedef struct pv_csv_reader {
    const pv_source *source;
    const pv_limits *limits;
    char separator;
    size_t next; /* byte offset of the row to be read next */
    size_t rows; /* read so far, like cells */
    size_t cells;
    /* The row read last. */
    pv_csv_cell *row; /* limits->csv_columns of them */
    size_t count;     /* at least 1 */
    pv_span at;       /* without its line break */
    bool blank;       /* all its cells are */
    bool remark;      /* it only says something to whoever fills the table in: "# …" in its first cell alone */
} pv_csv_reader;

/* Begins reading after a byte order mark and a line `sep=;`, which both may be missing. Without that line the
 * separator is the one of comma, semicolon and tab that stands most often, outside quotes, in the first line with
 * something in it; of as many the one named first, and where there is none a vertical bar, else the comma. */
bool pv_csv_open(pv_csv_reader *reader, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                 pv_error *error) PV_MUST_CHECK;
/* Reads a row; *found is false at the end. PV_ERROR_SYNTAX: a quote that is not closed, text after a closing one.
 * PV_ERROR_LIMIT. */
bool pv_csv_next(pv_csv_reader *reader, bool *found, pv_error *error) PV_MUST_CHECK;
/* The same, passing over remarks and rows in which every cell is blank. */
bool pv_csv_next_filled(pv_csv_reader *reader, bool *found, pv_error *error) PV_MUST_CHECK;
/* The index-th cell of the row read last; where the row is shorter, the blank one at its end. */
pv_csv_cell pv_csv_cell_at(const pv_csv_reader *reader, size_t index);
/* What a cell says, without white space around it; its line breaks are line feeds. */
bool pv_csv_cell_text(pv_text *out, pv_arena *arena, const pv_source *source, const pv_csv_cell *cell,
                      pv_error *error) PV_MUST_CHECK;

#endif
