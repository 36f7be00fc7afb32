/* The record kinds of a form, and its tables of reference data. */
#include "model/form_builder.h"

static const pv_str record_keys[] = {PV_STR("columns"), PV_STR("label"), PV_STR("aliases")};
enum { RECORD_COLUMNS, RECORD_LABEL, RECORD_ALIASES, RECORD_KEY_COUNT };

static const pv_str table_keys[] = {PV_STR("columns"), PV_STR("rows")};
enum { TABLE_COLUMNS, TABLE_ROWS, TABLE_KEY_COUNT };

/* The names of a mapping's children; a mapping holds none twice, so indexing them finds no repetition. */
static bool index_keys(const pv_form_builder *builder, pv_names *out, const pv_node *mapping) {
    pv_str *names = pv_form_array(builder, mapping->count, sizeof *names);
    if (names == NULL)
        return false;
    for (const pv_node *node = mapping->first; node != NULL; node = node->next)
        if (!pv_shape_name(node->key, "a name", &names[node->index], builder->error))
            return false;
    size_t repeated;
    return pv_names_index(out, builder->arena, names, mapping->count, &repeated, builder->error);
}

static bool read_columns(const pv_form_builder *builder, const pv_node *node, pv_spec_list *columns) {
    if (!pv_spec_list_read(columns, builder->arena, node, "columns", builder->error))
        return false;
    return columns->count > 0 ||
           pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span, "columns needs at least one column");
}

static bool read_record(const pv_form_builder *builder, const pv_node *node, pv_record_spec *record) {
    static const pv_shape shape = {"a record kind", record_keys, RECORD_KEY_COUNT, RECORD_LABEL};
    const pv_node *part[RECORD_KEY_COUNT];
    pv_spec_list columns;
    if (!pv_shape_read(&shape, node, part, builder->error) || !read_columns(builder, part[RECORD_COLUMNS], &columns))
        return false;
    record->name = pv_node_value(node->key);
    record->label = record->name;
    record->columns = columns.specs;
    record->column_count = columns.count;
    record->column_names = columns.names;
    record->at = node->key->span;
    if (part[RECORD_ALIASES] != NULL && !pv_shape_texts(builder->arena, part[RECORD_ALIASES], "aliases",
                                                        &record->aliases, &record->alias_count, builder->error))
        return false;
    return part[RECORD_LABEL] == NULL ||
           pv_shape_prose(builder->arena, part[RECORD_LABEL], "a record kind's label", &record->label, builder->error);
}

bool pv_form_read_records(pv_form_builder *builder, const pv_node *mapping) {
    if (mapping == NULL)
        return true;
    if (!pv_shape_expect(mapping, PV_NODE_MAPPING, "records", builder->error))
        return false;
    pv_record_spec *records = pv_form_array(builder, mapping->count, sizeof *records);
    if (records == NULL || !index_keys(builder, &builder->form->record_names, mapping))
        return false;
    for (const pv_node *node = mapping->first; node != NULL; node = node->next)
        if (!read_record(builder, node, &records[node->index]))
            return false;
    builder->form->records = records;
    builder->form->record_count = mapping->count;
    return true;
}

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
    if (!pv_shape_read(&shape, node, part, builder->error) || !read_columns(builder, part[TABLE_COLUMNS], &columns))
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
    if (tables == NULL || !index_keys(builder, &builder->form->table_names, mapping))
        return false;
    for (const pv_node *node = mapping->first; node != NULL; node = node->next)
        if (!read_table(builder, node, &tables[node->index]))
            return false;
    builder->form->tables = tables;
    builder->form->table_count = mapping->count;
    return true;
}
