/* The matrices of a form: two tables set against one another. */
#include "model/form_builder.h"
#include "model/message.h"

/* More cells than this nobody reads; and every rule on a matrix judges each of them. */
#define MOST_PAIRS ((size_t)10000)

static const pv_str matrix_keys[] = {PV_STR("rows"), PV_STR("columns"), PV_STR("records"), PV_STR("label")};
enum { MATRIX_ROWS, MATRIX_COLUMNS, MATRIX_RECORDS, MATRIX_LABEL, MATRIX_KEY_COUNT };

static bool find_table(const pv_form_builder *builder, const pv_node *node, const pv_table **out) {
    size_t position;
    if (!pv_shape_choice(node, "a table", builder->form->table_names.names, builder->form->table_count, &position,
                         builder->error))
        return false;
    *out = &builder->form->tables[position];
    return (*out)->row_count > 0 || pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span, "the table %s has no rows",
                                               pv_message_quote((*out)->name).text);
}

static bool is_in_key(const pv_record_spec *records, size_t column) {
    for (size_t i = 0; i < records->key_count; i++)
        if (records->key[i] == column)
            return true;
    return false;
}

/* The columns of the records that name rows of the table: how many there are, and the last of them. */
static size_t count_cells(const pv_record_spec *records, const pv_table *table, bool of_key, size_t *last) {
    size_t found = 0;
    for (size_t i = 0; i < records->column_count; i++)
        if (records->columns[i].table == table && (!of_key || is_in_key(records, i))) {
            *last = i;
            found++;
        }
    return found;
}

/* The one column of the records that names rows of the table; of several, the one in their key. node: the records' name. */
static bool find_cell(const pv_form_builder *builder, const pv_node *node, const pv_record_spec *records,
                      const pv_table *table, size_t *out) {
    size_t found = count_cells(records, table, false, out);
    if (found > 1 && count_cells(records, table, true, out) == 1)
        return true;
    return found == 1 ||
           pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span,
                      "%s has %s that names a row of the table %s; a matrix needs one",
                      pv_message_quote(records->name).text, found == 0 ? "no column" : "more than one column",
                      pv_message_quote(table->name).text);
}

static bool read_matrix(const pv_form_builder *builder, const pv_node *node, pv_matrix *matrix) {
    static const pv_shape shape = {"a matrix", matrix_keys, MATRIX_KEY_COUNT, MATRIX_LABEL};
    const pv_form *form = builder->form;
    const pv_node *part[MATRIX_KEY_COUNT];
    size_t position;
    if (!pv_shape_read(&shape, node, part, builder->error) || !find_table(builder, part[MATRIX_ROWS], &matrix->rows) ||
        !find_table(builder, part[MATRIX_COLUMNS], &matrix->columns) ||
        !pv_shape_choice(part[MATRIX_RECORDS], "a record kind", form->record_names.names, form->record_count, &position,
                         builder->error))
        return false;
    *matrix = (pv_matrix){
        .name = pv_node_value(node->key),
        .label = pv_node_value(node->key),
        .rows = matrix->rows,
        .columns = matrix->columns,
        .records = &form->records[position],
        .index = node->index,
        .at = node->key->span,
    };
    if (matrix->rows == matrix->columns)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, part[MATRIX_COLUMNS]->span,
                          "the rows and the columns of a matrix are two tables, not one");
    if (matrix->rows->row_count > MOST_PAIRS / matrix->columns->row_count)
        return pv_fail_at(builder->error, PV_ERROR_LIMIT, node->key->span, "a matrix has at most %zu pairs",
                          MOST_PAIRS);
    return find_cell(builder, part[MATRIX_RECORDS], matrix->records, matrix->rows, &matrix->row_cell) &&
           find_cell(builder, part[MATRIX_RECORDS], matrix->records, matrix->columns, &matrix->column_cell) &&
           (part[MATRIX_LABEL] == NULL ||
            pv_shape_prose(builder->arena, part[MATRIX_LABEL], "a matrix's label", &matrix->label, builder->error));
}

bool pv_form_read_matrices(pv_form_builder *builder, const pv_node *mapping) {
    if (mapping == NULL)
        return true;
    if (!pv_shape_expect(mapping, PV_NODE_MAPPING, "matrices", builder->error))
        return false;
    pv_matrix *matrices = pv_form_array(builder, mapping->count, sizeof *matrices);
    if (matrices == NULL || !pv_form_index_keys(builder, &builder->form->matrix_names, mapping))
        return false;
    for (const pv_node *node = mapping->first; node != NULL; node = node->next)
        if (!read_matrix(builder, node, &matrices[node->index]))
            return false;
    builder->form->matrices = matrices;
    builder->form->matrix_count = mapping->count;
    return true;
}
