/* The tables of reference data of a form, its record kinds (their columns, their keys, and to which other kind their
 * rows belong), its matrices, and how its records are kept as a table. */
#include "model/form_p.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/message.h"

/* ---- what the parts share ---- */

/* Indexes the names of a mapping's children. */
static bool index_keys(const pv_form_builder *builder, pv_names *out, const pv_node *mapping) {
    pv_str *names = pv_form_array(builder, mapping->count, sizeof *names);
    if (!names)
        return false;
    for (const pv_node *node = mapping->first; node; node = node->next)
        if (!pv_shape_name(node->key, "a name", &names[node->index], builder->error))
            return false;
    size_t repeated; /* never: a document's mapping holds no key twice */
    return pv_names_index(out, builder->arena, names, mapping->count, &repeated, builder->error);
}

/* The columns of a record kind or table: at least one. */
static bool read_columns(pv_form_builder *builder, const pv_node *node, pv_spec_place place, pv_spec_list *columns) {
    if (!pv_spec_list_read(columns, builder->arena, node, "columns", place, &builder->tables, builder->error))
        return false;
    return columns->count > 0 ||
           pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span, "columns needs at least one column");
}

/* ---- tables ---- */

static const pv_str table_keys[] = {PV_STR("columns"), PV_STR("rows"), PV_STR("label")};
enum { TABLE_COLUMNS, TABLE_ROWS, TABLE_LABEL, TABLE_KEY_COUNT };

static bool read_rows(const pv_form_builder *builder, const pv_node *list, const pv_spec_list *columns,
                      pv_table *table) {
    const pv_shape shape = {"a row", columns->names.names, columns->count, 0};
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "rows", builder->error))
        return false;
    pv_value_list *rows = pv_form_array(builder, list->count, sizeof *rows);
    const pv_node **cells = pv_form_array(builder, columns->count, sizeof *cells);
    if (!rows || !cells)
        return false;
    for (const pv_node *row = list->first; row; row = row->next)
        if (!pv_shape_read(&shape, row, cells, builder->error) ||
            !pv_spec_list_values(&rows[row->index], builder->arena, columns->specs, columns->count, cells, row,
                                 builder->error))
            return false;
    table->rows = rows;
    table->row_count = list->count;
    return true;
}

static bool read_table(pv_form_builder *builder, const pv_node *node, pv_table *table) {
    static const pv_shape shape = {"a table", table_keys, TABLE_KEY_COUNT, TABLE_LABEL};
    const pv_node *part[TABLE_KEY_COUNT];
    pv_spec_list columns;
    if (!pv_shape_read(&shape, node, part, builder->error) ||
        !read_columns(builder, part[TABLE_COLUMNS], PV_SPEC_TABLE_COLUMN, &columns))
        return false;
    table->name = pv_node_value(node->key);
    table->label = table->name;
    table->columns = columns.specs;
    table->column_count = columns.count;
    table->at = node->key->span;
    return read_rows(builder, part[TABLE_ROWS], &columns, table) &&
           (!part[TABLE_LABEL] ||
            pv_shape_prose(builder->arena, part[TABLE_LABEL], "a table's label", &table->label, builder->error));
}

bool pv_form_read_tables(pv_form_builder *builder, const pv_node *mapping) {
    if (!mapping)
        return true;
    if (!pv_shape_expect(mapping, PV_NODE_MAPPING, "tables", builder->error))
        return false;
    pv_table *tables = pv_form_array(builder, mapping->count, sizeof *tables);
    if (!tables || !index_keys(builder, &builder->form->table_names, mapping))
        return false;
    builder->form->tables = tables;
    builder->tables.tables = tables;
    for (const pv_node *node = mapping->first; node; node = node->next) {
        if (!read_table(builder, node, &tables[node->index]))
            return false;
        builder->form->table_count = ++builder->tables.count;
    }
    return true;
}

/* ---- record kinds ---- */

static const pv_str record_keys[] = {PV_STR("columns"), PV_STR("label"), PV_STR("key"),    PV_STR("of"),
                                     PV_STR("aliases"), PV_STR("rows"),  PV_STR("only_if")};
enum {
    RECORD_COLUMNS,
    RECORD_LABEL,
    RECORD_KEY,
    RECORD_OF,
    RECORD_ALIASES,
    RECORD_ROWS,
    RECORD_ONLY_IF,
    RECORD_KEY_COUNT
};

/* Only kinds that stand before it, so that none is its own owner in the end. */
static bool read_owner(const pv_form_builder *builder, const pv_node *node, const pv_record_spec *earlier, size_t count,
                       pv_record_spec *record) {
    pv_str *names = pv_form_array(builder, count, sizeof *names);
    size_t position;
    if (!names)
        return false;
    for (size_t i = 0; i < count; i++)
        names[i] = earlier[i].name;
    if (!pv_shape_choice(node, "a record kind that stands before this one", names, count, &position, builder->error))
        return false;
    record->owner = &earlier[position];
    return record->owner->key_count > 0 ||
           pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span,
                      "%s has no key by which a row could say to which of them it belongs",
                      pv_message_quote(record->owner->name).text);
}

/* The owner's key stands in front of the columns, so that a row can say to which one it belongs. */
static bool join_columns(const pv_form_builder *builder, const pv_spec_list *own, pv_record_spec *record) {
    size_t inherited = record->owner ? record->owner->key_count : 0;
    pv_value_spec *columns = pv_form_array(builder, inherited + own->count, sizeof *columns);
    pv_str *names = pv_form_array(builder, inherited + own->count, sizeof *names);
    if (!columns || !names)
        return false;
    for (size_t i = 0; i < inherited; i++) {
        columns[i] = record->owner->columns[record->owner->key[i]];
        columns[i].required = true;
        names[i] = columns[i].name;
    }
    memcpy(columns + inherited, own->specs, own->count * sizeof *columns);
    memcpy(names + inherited, own->names.names, own->count * sizeof *names);
    record->columns = columns;
    builder->columns[record->index] = columns;
    record->column_count = inherited + own->count;
    size_t repeated;
    if (!pv_names_index(&record->column_names, builder->arena, names, record->column_count, &repeated, builder->error))
        return false;
    return repeated == SIZE_MAX ||
           pv_fail_at(builder->error, PV_ERROR_SHAPE, columns[repeated].at,
                      "%s is the key of %s already, and so a column of every row",
                      pv_message_quote(names[repeated]).text, pv_message_quote(record->owner->name).text);
}

static bool read_key(const pv_form_builder *builder, const pv_node *list, pv_record_spec *record) {
    if (!list)
        return true;
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "key", builder->error))
        return false;
    size_t *key = pv_form_array(builder, list->count, sizeof *key);
    if (!key)
        return false;
    for (const pv_node *node = list->first; node; node = node->next)
        if (!pv_shape_choice(node, "a column", record->column_names.names, record->column_count, &key[node->index],
                             builder->error))
            return false;
    record->key = key;
    record->key_count = list->count;
    return list->count > 0 || pv_fail_at(builder->error, PV_ERROR_SHAPE, list->span, "a key needs at least one column");
}

/* How many rows a filing gives, at least and at most; node: NULL where the form does not say. */
static bool read_row_count(const pv_form_builder *builder, const pv_node *node, pv_record_spec *record) {
    enum { ROWS_LEAST, ROWS_MOST, ROWS_KEY_COUNT };
    static const pv_str keys[ROWS_KEY_COUNT] = {PV_STR("least"), PV_STR("most")};
    static const pv_shape shape = {"rows", keys, ROWS_KEY_COUNT, 0};
    const pv_node *part[ROWS_KEY_COUNT];
    if (!node)
        return true;
    if (!pv_shape_read(&shape, node, part, builder->error) ||
        (part[ROWS_LEAST] &&
         !pv_shape_count(builder->arena, part[ROWS_LEAST], "least", &record->least, builder->error)) ||
        (part[ROWS_MOST] && !pv_shape_count(builder->arena, part[ROWS_MOST], "most", &record->most, builder->error)))
        return false;
    return !part[ROWS_MOST] || record->least <= record->most ||
           pv_fail_at(builder->error, PV_ERROR_SHAPE, part[ROWS_MOST]->span, "most is less than least, %" PRIu32,
                      record->least);
}

static bool read_record(pv_form_builder *builder, const pv_node *node, const pv_record_spec *earlier,
                        pv_record_spec *record) {
    static const pv_shape shape = {"a record kind", record_keys, RECORD_KEY_COUNT, RECORD_LABEL};
    const pv_node *part[RECORD_KEY_COUNT];
    pv_spec_list columns;
    record->name = pv_node_value(node->key);
    record->label = record->name;
    record->index = node->index;
    record->at = node->key->span;
    size_t earlier_pending = builder->tables.pending.count;
    if (!pv_shape_read(&shape, node, part, builder->error) ||
        !read_columns(builder, part[RECORD_COLUMNS], PV_SPEC_COLUMN, &columns))
        return false;
    for (size_t i = earlier_pending; i < builder->tables.pending.count; i++)
        builder->tables.pending.items[i].record = record;
    if (part[RECORD_OF] && !read_owner(builder, part[RECORD_OF], earlier, node->index, record))
        return false;
    if (part[RECORD_ALIASES] && !pv_shape_texts(builder->arena, part[RECORD_ALIASES], "aliases", &record->aliases,
                                                &record->alias_count, builder->error))
        return false;
    return join_columns(builder, &columns, record) && read_row_count(builder, part[RECORD_ROWS], record) &&
           read_key(builder, part[RECORD_KEY], record) &&
           (!part[RECORD_LABEL] || pv_shape_prose(builder->arena, part[RECORD_LABEL], "a record kind's label",
                                                  &record->label, builder->error));
}

/* The kinds whose rows may stand in a row of this one follow its columns. */
static bool name_parts(const pv_form_builder *builder, const pv_record_spec *records, size_t count,
                       pv_record_spec *record) {
    pv_str *names = pv_form_array(builder, record->column_count + count, sizeof *names);
    if (!names)
        return false;
    size_t part_count = record->column_count;
    memcpy(names, record->column_names.names, part_count * sizeof *names);
    for (size_t i = 0; i < count; i++)
        if (records[i].owner == record)
            names[part_count++] = records[i].name;
    size_t repeated;
    if (!pv_names_index(&record->part_names, builder->arena, names, part_count, &repeated, builder->error))
        return false;
    if (repeated == SIZE_MAX)
        return true;
    size_t column = pv_names_find(&record->column_names, names[repeated]);
    return pv_fail_at(builder->error, PV_ERROR_SHAPE, record->columns[column].at,
                      "%s is the name of records that belong to %s, and so cannot be a column of it",
                      pv_message_quote(names[repeated]).text, pv_message_quote(record->name).text);
}

static bool read_records(pv_form_builder *builder, const pv_node *mapping) {
    if (!mapping)
        return true;
    if (!pv_shape_expect(mapping, PV_NODE_MAPPING, "records", builder->error))
        return false;
    pv_record_spec *records = pv_form_array(builder, mapping->count, sizeof *records);
    builder->columns = pv_form_array(builder, mapping->count, sizeof *builder->columns);
    if (!records || !builder->columns || !index_keys(builder, &builder->form->record_names, mapping))
        return false;
    for (const pv_node *node = mapping->first; node; node = node->next)
        if (!read_record(builder, node, records, &records[node->index]))
            return false;
    for (size_t i = 0; i < mapping->count; i++)
        if (!name_parts(builder, records, mapping->count, &records[i]))
            return false;
    builder->records = records;
    builder->form->records = records;
    builder->form->record_count = mapping->count;
    return true;
}

/* ---- matrices ---- */

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

/* The one column of the records that names rows of the table; of several, the one in their key. node: the records'
 * name. */
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
           (!part[MATRIX_LABEL] ||
            pv_shape_prose(builder->arena, part[MATRIX_LABEL], "a matrix's label", &matrix->label, builder->error));
}

static bool read_matrices(pv_form_builder *builder, const pv_node *mapping) {
    if (!mapping)
        return true;
    if (!pv_shape_expect(mapping, PV_NODE_MAPPING, "matrices", builder->error))
        return false;
    pv_matrix *matrices = pv_form_array(builder, mapping->count, sizeof *matrices);
    if (!matrices || !index_keys(builder, &builder->form->matrix_names, mapping))
        return false;
    for (const pv_node *node = mapping->first; node; node = node->next)
        if (!read_matrix(builder, node, &matrices[node->index]))
            return false;
    builder->form->matrices = matrices;
    builder->form->matrix_count = mapping->count;
    return true;
}

/* ---- headings ---- */

static const pv_str heading_keys[] = {PV_STR("kind"), PV_STR("dates"), PV_STR("numbers")};
enum { HEADING_KIND, HEADING_DATES, HEADING_NUMBERS, HEADING_KEY_COUNT };

/* In the order of pv_date_order, which begins with the unknown one. */
static const pv_str date_orders[] = {PV_STR("month-first"), PV_STR("day-first")};

/* In the order of pv_number_mark, which begins with the unknown one too. */
static const pv_str number_marks[] = {PV_STR("point"), PV_STR("comma")};

/* Something that has a name, a label and aliases. */
typedef struct called {
    pv_str name;
    pv_str label;
    const pv_str *aliases;
    size_t alias_count;
    pv_span at;
} called;

static called called_by(const pv_value_spec *spec) {
    return (called){spec->name, spec->label, spec->aliases, spec->alias_count, spec->at};
}

static called kind_called(const pv_record_spec *spec) {
    return (called){spec->name, spec->label, spec->aliases, spec->alias_count, spec->at};
}

/* Synonyms being gathered. */
typedef struct gathering {
    pv_synonym *list;
    size_t count;
} gathering;

static size_t count_synonyms(const called *things, size_t count) {
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += 2 + things[i].alias_count;
    return total;
}

/* The label first: it is what stands at the head of a column when people write it. */
static void gather(gathering *out, const called *thing, size_t position) {
    uint32_t number = (uint32_t)position;
    out->list[out->count++] = (pv_synonym){.text = thing->label, .thing = number};
    out->list[out->count++] = (pv_synonym){.text = thing->name, .thing = number};
    for (size_t i = 0; i < thing->alias_count; i++)
        out->list[out->count++] = (pv_synonym){.text = thing->aliases[i], .thing = number};
}

/* Leaves out what two things are called. */
static bool drop_shared(const pv_form_builder *builder, gathering *all) {
    size_t kept = 0;
    for (size_t i = 0; i < all->count; i++)
        if (!pv_synonym_key(builder->arena, all->list[i].text, &all->list[i].key, builder->error))
            return false;
    if (all->count > 1)
        qsort(all->list, all->count, sizeof *all->list, pv_synonym_compare);
    for (size_t i = 0, end; i < all->count; i = end) {
        for (end = i + 1; end < all->count && all->list[end].key == all->list[i].key;)
            end++;
        if (all->list[end - 1].thing == all->list[i].thing)
            all->list[kept++] = all->list[i];
    }
    all->count = kept;
    return true;
}

/* what: "columns", for the message about two things called the same; NULL: such names go. */
static bool index_things(const pv_form_builder *builder, pv_synonyms *out, const called *things, size_t count,
                         const char *what) {
    gathering all = {.list = pv_form_array(builder, count_synonyms(things, count), sizeof *all.list)};
    pv_synonym_clash clash;
    if (!all.list)
        return false;
    for (size_t i = 0; i < count; i++)
        gather(&all, &things[i], i);
    if (!what && !drop_shared(builder, &all))
        return false;
    if (!pv_synonyms_index(out, builder->arena, all.list, all.count, &clash, builder->error))
        return false;
    if (!clash.found)
        return true;
    const called *earlier = &things[all.list[clash.earlier].thing];
    const called *later = &things[all.list[clash.later].thing];
    pv_fail_at(builder->error, PV_ERROR_SHAPE, later->at,
               "in a CSV file '%s' would mean both of the %s %s and %s; give one of them another label or alias",
               pv_message_quote(all.list[clash.later].text).text, what, pv_message_quote(earlier->name).text,
               pv_message_quote(later->name).text);
    return pv_error_also_at(builder->error, earlier->at);
}

static bool index_specs(const pv_form_builder *builder, pv_synonyms *out, const pv_value_spec *specs, size_t count,
                        const char *what) {
    called *things = pv_form_array(builder, count, sizeof *things);
    if (!things)
        return false;
    for (size_t i = 0; i < count; i++)
        things[i] = called_by(&specs[i]);
    return index_things(builder, out, things, count, what);
}

static bool index_kinds(const pv_form_builder *builder, pv_synonyms *out, const char *what) {
    const pv_form *form = builder->form;
    called *things = pv_form_array(builder, form->record_count, sizeof *things);
    if (!things)
        return false;
    for (size_t i = 0; i < form->record_count; i++)
        things[i] = kind_called(&form->records[i]);
    return index_things(builder, out, things, form->record_count, what);
}

/* The kind's own heading must not be one of a column too. */
static bool check_kind_heading(const pv_form_builder *builder, const pv_form_headings *headings,
                               const pv_record_spec *record, const pv_node *node) {
    const pv_synonyms *columns = &headings->columns[record - builder->form->records];
    size_t column = pv_synonyms_find(columns, headings->kind_key);
    if (column == SIZE_MAX)
        return true;
    pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span, "'%s' is the heading of the column %s of %s too",
               pv_message_quote(headings->kind).text, pv_message_quote(record->columns[column].name).text,
               pv_message_quote(record->name).text);
    return pv_error_also_at(builder->error, record->columns[column].at);
}

/* All headings, of whatever kind, as things that are all the same: so none clashes with another. */
static bool index_headings(const pv_form_builder *builder, pv_form_headings *headings) {
    const pv_form *form = builder->form;
    size_t most = 1;
    for (size_t i = 0; i < form->record_count; i++)
        for (size_t k = 0; k < form->records[i].column_count; k++)
            most += 2 + form->records[i].columns[k].alias_count;
    gathering all = {.list = pv_form_array(builder, most, sizeof *all.list)};
    pv_synonym_clash never;
    if (!all.list)
        return false;
    if (headings->kind.size > 0)
        all.list[all.count++] = (pv_synonym){.text = headings->kind};
    for (size_t i = 0; i < form->record_count; i++) {
        for (size_t k = 0; k < form->records[i].column_count; k++) {
            called column = called_by(&form->records[i].columns[k]);
            gather(&all, &column, 0);
        }
    }
    return pv_synonyms_index(&headings->all, builder->arena, all.list, all.count, &never, builder->error);
}

/* kind: where the heading of the kind is declared, NULL: nowhere; what: as of index_things. */
static bool index_columns(const pv_form_builder *builder, pv_form_headings *headings, const pv_node *kind,
                          const char *what) {
    const pv_form *form = builder->form;
    pv_synonyms *columns = pv_form_array(builder, form->record_count, sizeof *columns);
    headings->columns = columns;
    if (!columns)
        return false;
    for (size_t i = 0; i < form->record_count; i++)
        if (!index_specs(builder, &columns[i], form->records[i].columns, form->records[i].column_count, what) ||
            (kind && !check_kind_heading(builder, headings, &form->records[i], kind)))
            return false;
    return index_headings(builder, headings);
}

/* Leaves what is not said as it is. */
static bool read_spelling(const pv_form_builder *builder, const pv_node *dates, const pv_node *numbers,
                          pv_spelling *spelling) {
    size_t order, mark;
    if ((dates && !pv_shape_choice(dates, "an order of dates", date_orders, sizeof date_orders / sizeof *date_orders,
                                   &order, builder->error)) ||
        (numbers && !pv_shape_choice(numbers, "a decimal mark", number_marks,
                                     sizeof number_marks / sizeof *number_marks, &mark, builder->error)))
        return false;
    if (dates)
        spelling->dates = order == 0 ? PV_DATE_ORDER_MONTH_FIRST : PV_DATE_ORDER_DAY_FIRST;
    if (numbers)
        spelling->numbers = mark == 0 ? PV_NUMBER_MARK_POINT : PV_NUMBER_MARK_COMMA;
    return true;
}

static bool read_kind(const pv_form_builder *builder, const pv_node *node, const pv_node *owner,
                      pv_form_headings *headings) {
    size_t count = builder->form->record_count;
    if (node)
        return pv_shape_name(node, "the heading of the kind", &headings->kind, builder->error) &&
               pv_synonym_key(builder->arena, headings->kind, &headings->kind_key, builder->error);
    if (count == 0)
        return pv_fail_at(builder->error, PV_ERROR_SHAPE, owner->span,
                          "a form without record kinds has no rows that a CSV file could hold");
    return count == 1 || pv_fail_at(builder->error, PV_ERROR_SHAPE, owner->span,
                                    "the form has %zu record kinds, so csv needs kind, the heading of the column that "
                                    "tells them apart",
                                    count);
}

static bool read_headings(pv_form_builder *builder, const pv_node *node) {
    static const pv_shape shape = {"csv", heading_keys, HEADING_KEY_COUNT, 0};
    const pv_node *part[HEADING_KEY_COUNT];
    pv_form_headings *headings = pv_form_array(builder, 1, sizeof *headings);
    if (!headings)
        return false;
    if (!node) {
        if (builder->form->record_count > 0)
            builder->form->called = headings;
        return builder->form->record_count == 0 ||
               (index_kinds(builder, &headings->kinds, NULL) &&
                index_specs(builder, &headings->fields, builder->form->fields, builder->form->field_count, NULL) &&
                index_columns(builder, headings, NULL, NULL));
    }
    if (!pv_shape_read(&shape, node, part, builder->error) ||
        !read_spelling(builder, part[HEADING_DATES], part[HEADING_NUMBERS], &headings->spelling) ||
        !read_kind(builder, part[HEADING_KIND], node, headings) ||
        !index_kinds(builder, &headings->kinds, "record kinds") ||
        !index_specs(builder, &headings->fields, builder->form->fields, builder->form->field_count, "fields") ||
        !index_columns(builder, headings, part[HEADING_KIND], "columns"))
        return false;
    headings->at = node->key->span;
    builder->form->headings = headings;
    builder->form->called = headings;
    return true;
}

bool pv_form_read_records(pv_form_builder *builder, const pv_node *records, const pv_node *matrices,
                          const pv_node *headings) {
    return read_records(builder, records) && read_matrices(builder, matrices) && read_headings(builder, headings);
}
