#include "model/table.h"

#include <stdlib.h>

#include "base/hash.h"
#include "model/message.h"
#include "text/tokens.h"

/* A table being indexed. */
typedef struct pv_indexing {
    pv_table *table;
    pv_arena *arena;
    pv_error *error;
    pv_row_name *names;
    pv_str *spellings;
    size_t count;
} pv_indexing;

/* *blank: the text has no letter or number in it, so it names nothing. */
static bool fold_name(pv_arena *arena, pv_str text, uint64_t *key, bool *blank, pv_error *error) {
    pv_token_list tokens;
    if (!pv_tokens_find(arena, text, &tokens, error))
        return false;
    *key = PV_HASH_SEED;
    for (size_t i = 0; i < tokens.count; i++)
        *key = pv_hash_continue(*key, (pv_str){(const char *)&tokens.tokens[i].hash, sizeof tokens.tokens[i].hash});
    *blank = tokens.count == 0;
    return true;
}

static bool add_spelling(pv_indexing *index, size_t row, const pv_text *text) {
    bool blank;
    pv_row_name *name = &index->names[index->count];
    name->row = (uint32_t)row;
    if (!fold_name(index->arena, text->value, &name->key, &blank, index->error))
        return false;
    if (blank)
        return pv_fail_at(index->error, PV_ERROR_SHAPE, text->span, "'%s' has no letter or number, so it names no row",
                          pv_message_quote(text->value).text);
    index->spellings[index->count++] = text->value;
    return true;
}

static bool add_row(pv_indexing *index, size_t row) {
    const pv_value_list *values = &index->table->rows[row];
    const pv_value *name = pv_value_list_get(values, PV_STR("name"));
    const pv_value *aliases = pv_value_list_get(values, PV_STR("aliases"));
    if (!name->given)
        return pv_fail_at(index->error, PV_ERROR_SHAPE, name->at, "row %zu of the table %s has no name", row + 1,
                          pv_message_quote(index->table->name).text);
    if (!add_spelling(index, row, &name->text))
        return false;
    for (size_t i = 0; aliases && i < aliases->element_count; i++)
        if (!add_spelling(index, row, &aliases->elements[i]))
            return false;
    return true;
}

static int compare_names(const void *left, const void *right) {
    const pv_row_name *a = left;
    const pv_row_name *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

/* One row may say its own name twice, as name and as alias; two rows may not. */
static bool check_single(const pv_indexing *index) {
    for (size_t i = 1; i < index->count; i++) {
        const pv_row_name *later = &index->names[i];
        if (later->key != later[-1].key || later->row == later[-1].row)
            continue;
        const pv_value_list *rows = index->table->rows;
        return pv_fail_at(index->error, PV_ERROR_SHAPE, rows[later->row].values[0].at,
                          "'%s' and '%s' of the table %s share a name or alias",
                          pv_message_quote(pv_row_title(&rows[later[-1].row])).text,
                          pv_message_quote(pv_row_title(&rows[later->row])).text,
                          pv_message_quote(index->table->name).text);
    }
    return true;
}

static const pv_value_spec *column(const pv_table *table, pv_str name) {
    for (size_t i = 0; i < table->column_count; i++)
        if (pv_str_equal(table->columns[i].name, name))
            return &table->columns[i];
    return NULL;
}

static size_t count_spellings(const pv_table *table) {
    size_t count = table->row_count;
    for (size_t i = 0; i < table->row_count; i++) {
        const pv_value *aliases = pv_value_list_get(&table->rows[i], PV_STR("aliases"));
        count += aliases ? aliases->element_count : 0;
    }
    return count;
}

bool pv_table_index(pv_table *table, pv_arena *arena, pv_error *error) {
    if (table->row_names)
        return true;
    const pv_value_spec *name = column(table, PV_STR("name"));
    if (!name || name->type != PV_TYPE_TEXT)
        return pv_fail_at(error, PV_ERROR_SHAPE, table->at,
                          "the table %s needs a column called name, of type text: its rows are to be named",
                          pv_message_quote(table->name).text);
    size_t count = count_spellings(table);
    pv_indexing index = {
        .table = table,
        .arena = arena,
        .error = error,
        .names = PV_NEW_ARRAY(arena, pv_row_name, count + 1),
        .spellings = PV_NEW_ARRAY(arena, pv_str, count + 1),
    };
    if (!index.names || !index.spellings)
        return pv_fail_memory(error);
    for (size_t row = 0; row < table->row_count; row++)
        if (!add_row(&index, row))
            return false;
    qsort(index.names, index.count, sizeof *index.names, compare_names);
    if (!check_single(&index))
        return false;
    table->row_names = index.names;
    table->row_name_count = index.count;
    table->spellings = index.spellings;
    return true;
}

bool pv_table_find(const pv_table *table, pv_arena *arena, pv_str text, const pv_value_list **out, pv_error *error) {
    uint64_t key;
    bool blank;
    *out = NULL;
    if (!fold_name(arena, text, &key, &blank, error))
        return false;
    size_t low = 0;
    size_t high = table->row_name_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table->row_names[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    if (!blank && low < table->row_name_count && table->row_names[low].key == key)
        *out = &table->rows[table->row_names[low].row];
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
