/* Invariant: a block is in a table of records, or it may be part of an answer, and never both: what a row of such a
 * table says is in the records, is left out and listed, or is a problem. */
#ifndef PV_ALIGN_FILED_TABLES_P_H
#define PV_ALIGN_FILED_TABLES_P_H

#include "table/table.h"

typedef struct pv_filed_tables {
    bool *taken; /* per block: it stands in a table of records, or names the kind above one */
    pv_table_records records;
} pv_filed_tables;

/* The tables of records that a document has, in arena. What is wrong with them goes to problems. */
bool pv_filed_tables_find(pv_filed_tables *out, pv_arena *arena, const pv_form *form, const pv_blocks *blocks,
                          pv_problems *problems, pv_error *error) PV_MUST_CHECK;

#endif
