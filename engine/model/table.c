#include "model/table.h"

#include "model/message.h"

/* The names and aliases of a table, row after row. */
typedef struct pv_row_names {
    pv_synonym *names;
    pv_span *places;
    size_t count;
} pv_row_names;

static void add_name(pv_row_names *out, size_t row, const pv_text *text) {
    out->names[out->count] = (pv_synonym){.text = text->value, .thing = (uint32_t)row};
    out->places[out->count++] = text->span;
}

static bool add_row(pv_row_names *out, const pv_table *table, size_t row, pv_error *error) {
    const pv_value *name = pv_value_list_get(&table->rows[row], PV_STR("name"));
    const pv_value *aliases = pv_value_list_get(&table->rows[row], PV_STR("aliases"));
    if (!name->given)
        return pv_fail_at(error, PV_ERROR_SHAPE, name->at, "row %zu of the table %s has no name", row + 1,
                          pv_message_quote(table->name).text);
    add_name(out, row, &name->text);
    for (size_t i = 0; aliases && i < aliases->element_count; i++)
        add_name(out, row, &aliases->elements[i]);
    return true;
}

static bool has_name_column(const pv_table *table) {
    for (size_t i = 0; i < table->column_count; i++)
        if (pv_str_equal(table->columns[i].name, PV_STR("name")))
            return table->columns[i].type == PV_TYPE_TEXT;
    return false;
}

static size_t count_names(const pv_table *table) {
    size_t count = table->row_count;
    for (size_t i = 0; i < table->row_count; i++) {
        const pv_value *aliases = pv_value_list_get(&table->rows[i], PV_STR("aliases"));
        count += aliases ? aliases->element_count : 0;
    }
    return count;
}

static bool fail_shared(const pv_table *table, const pv_row_names *all, const pv_synonym_clash *clash,
                        pv_error *error) {
    const pv_value_list *earlier = &table->rows[all->names[clash->earlier].thing];
    const pv_value_list *later = &table->rows[all->names[clash->later].thing];
    return pv_fail_at(error, PV_ERROR_SHAPE, all->places[clash->later],
                      "'%s' and '%s' of the table %s are both called %s", pv_message_quote(pv_row_title(earlier)).text,
                      pv_message_quote(pv_row_title(later)).text, pv_message_quote(table->name).text,
                      pv_message_quote(all->names[clash->later].text).text);
}

bool pv_table_index(pv_table *table, pv_arena *arena, pv_error *error) {
    if (table->indexed)
        return true;
    if (!has_name_column(table))
        return pv_fail_at(error, PV_ERROR_SHAPE, table->at,
                          "the table %s needs a column called name, of type text: its rows are to be named",
                          pv_message_quote(table->name).text);
    size_t count = count_names(table);
    pv_row_names all = {.names = PV_NEW_ARRAY(arena, pv_synonym, count), .places = PV_NEW_ARRAY(arena, pv_span, count)};
    pv_synonym_clash clash;
    if (!all.names || !all.places)
        return pv_fail_memory(error);
    for (size_t row = 0; row < table->row_count; row++)
        if (!add_row(&all, table, row, error))
            return false;
    if (!pv_synonyms_index(&table->row_names, arena, all.names, all.count, &clash, error))
        return false;
    if (clash.found)
        return fail_shared(table, &all, &clash, error);
    table->indexed = true;
    return true;
}

bool pv_table_find(const pv_table *table, pv_arena *arena, pv_str text, const pv_value_list **out, pv_error *error) {
    uint64_t key;
    if (!pv_synonym_key(arena, text, &key, error))
        return false;
    size_t row = pv_synonyms_find(&table->row_names, key);
    *out = row == SIZE_MAX ? NULL : &table->rows[row];
    return true;
}

pv_str pv_row_title(const pv_value_list *row) {
    const pv_value *name = pv_value_list_get(row, PV_STR("name"));
    if (!name && row->count > 0)
        name = &row->values[0];
    return name ? name->text.value : PV_STR("");
}

size_t pv_table_row_number(const pv_table *table, const pv_value_list *row) {
    return (size_t)(row - table->rows);
}
