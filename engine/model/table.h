/* Invariant: a table is reference data of the form, rows of typed values in the order given. In one that other values name
 * rows of, a name or alias stands for exactly one row, however it is capitalised, hyphenated and spaced. */
#ifndef PV_MODEL_TABLE_H
#define PV_MODEL_TABLE_H

#include "model/synonyms.h"
#include "model/value.h"

typedef struct pv_table {
    pv_str name;
    const pv_value_spec *columns;
    size_t column_count;
    const pv_value_list *rows;
    size_t row_count;
    pv_span at;
    bool indexed;          /* by pv_table_index */
    pv_synonyms row_names; /* to the rows' positions */
} pv_table;

/* Makes the rows of table findable by their columns `name` (a text) and, where there is one, `aliases` (a list), in arena;
 * does nothing when they are already. PV_ERROR_SHAPE when there is no such column, a row has no name, or two rows share one,
 * at the later of the two. */
bool pv_table_index(pv_table *table, pv_arena *arena, pv_error *error) PV_MUST_CHECK;
/* The row that text names (*out: NULL when there is none), of an indexed table. arena is for the work. Fails only for memory. */
bool pv_table_find(const pv_table *table, pv_arena *arena, pv_str text, const pv_value_list **out,
                   pv_error *error) PV_MUST_CHECK;
/* What a row is called: its `name`, else its first column; empty when there is nothing. */
pv_str pv_row_title(const pv_value_list *row);
/* The position of a row in its table. */
size_t pv_table_row_number(const pv_table *table, const pv_value_list *row);

#endif
