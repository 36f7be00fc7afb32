/* The tables of reference data of a form. */
#include "model/form_builder.h"

static const pv_str table_keys[] = {PV_STR("columns"), PV_STR("rows")};
enum { TABLE_COLUMNS, TABLE_ROWS, TABLE_KEY_COUNT };

static bool read_rows(const pv_form_builder *builder, const pv_node *list, const pv_spec_list *columns,
                      pv_table *table) {
    const pv_shape shape = {"a row", columns->names.names, columns->count, 0};
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "rows", builder->error))
        return false;
    pv_value_list *rows = pv_form_array(builder, list->count, sizeof *rows);
    const pv_node **cells = pv_form_array(builder, columns->count, sizeof *cells);
    if (rows == NULL || cells == NULL)
        return false;
    for (const pv_node *row = list->first; row != NULL; row = row->next)
        if (!pv_shape_read(&shape, row, cells, builder->error) ||
            !pv_spec_list_values(&rows[row->index], builder->arena, columns->specs, columns->count, cells, row,
                                 builder->error))
            return false;
    table->rows = rows;
    table->row_count = list->count;
    return true;
}

static bool read_table(const pv_form_builder *builder, const pv_node *node, pv_table *table) {
    static const pv_shape shape = {"a table", table_keys, TABLE_KEY_COUNT, TABLE_KEY_COUNT};
    const pv_node *part[TABLE_KEY_COUNT];
    pv_spec_list columns;
    if (!pv_shape_read(&shape, node, part, builder->error) ||
        !pv_form_read_columns(builder, part[TABLE_COLUMNS], &columns))
        return false;
    table->name = pv_node_value(node->key);
    table->columns = columns.specs;
    table->column_count = columns.count;
    table->at = node->key->span;
    return read_rows(builder, part[TABLE_ROWS], &columns, table);
}

bool pv_form_read_tables(pv_form_builder *builder, const pv_node *mapping) {
    if (mapping == NULL)
        return true;
    if (!pv_shape_expect(mapping, PV_NODE_MAPPING, "tables", builder->error))
        return false;
    pv_table *tables = pv_form_array(builder, mapping->count, sizeof *tables);
    if (tables == NULL || !pv_form_index_keys(builder, &builder->form->table_names, mapping))
        return false;
    builder->form->tables = tables;
    builder->tables.tables = tables;
    for (const pv_node *node = mapping->first; node != NULL; node = node->next) {
        if (!read_table(builder, node, &tables[node->index]))
            return false;
        builder->form->table_count = ++builder->tables.count;
    }
    return true;
}
