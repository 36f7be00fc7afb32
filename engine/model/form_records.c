/* The record kinds of a form: their columns, their keys, and to which other kind their rows belong. */
#include <string.h>

#include "model/form_builder.h"
#include "model/message.h"

static const pv_str record_keys[] = {PV_STR("columns"), PV_STR("label"), PV_STR("key"), PV_STR("of"),
                                     PV_STR("aliases")};
enum { RECORD_COLUMNS, RECORD_LABEL, RECORD_KEY, RECORD_OF, RECORD_ALIASES, RECORD_KEY_COUNT };

bool pv_form_index_keys(const pv_form_builder *builder, pv_names *out, const pv_node *mapping) {
    pv_str *names = pv_form_array(builder, mapping->count, sizeof *names);
    if (names == NULL)
        return false;
    for (const pv_node *node = mapping->first; node != NULL; node = node->next)
        if (!pv_shape_name(node->key, "a name", &names[node->index], builder->error))
            return false;
    size_t repeated; /* never: a document's mapping holds no key twice */
    return pv_names_index(out, builder->arena, names, mapping->count, &repeated, builder->error);
}

bool pv_form_read_columns(const pv_form_builder *builder, const pv_node *node, pv_spec_list *columns) {
    if (!pv_spec_list_read(columns, builder->arena, node, "columns", &builder->tables, builder->error))
        return false;
    return columns->count > 0 ||
           pv_fail_at(builder->error, PV_ERROR_SHAPE, node->span, "columns needs at least one column");
}

/* ---- to which kind the rows belong ---- */

/* Only kinds that stand before it, so that none is its own owner in the end. */
static bool read_owner(const pv_form_builder *builder, const pv_node *node, const pv_record_spec *earlier, size_t count,
                       pv_record_spec *record) {
    pv_str *names = pv_form_array(builder, count, sizeof *names);
    size_t position;
    if (names == NULL)
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
    if (columns == NULL || names == NULL)
        return false;
    for (size_t i = 0; i < inherited; i++) {
        columns[i] = record->owner->columns[record->owner->key[i]];
        columns[i].required = true;
        names[i] = columns[i].name;
    }
    memcpy(columns + inherited, own->specs, own->count * sizeof *columns);
    memcpy(names + inherited, own->names.names, own->count * sizeof *names);
    record->columns = columns;
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
    if (list == NULL)
        return true;
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "key", builder->error))
        return false;
    size_t *key = pv_form_array(builder, list->count, sizeof *key);
    if (key == NULL)
        return false;
    for (const pv_node *node = list->first; node != NULL; node = node->next)
        if (!pv_shape_choice(node, "a column", record->column_names.names, record->column_count, &key[node->index],
                             builder->error))
            return false;
    record->key = key;
    record->key_count = list->count;
    return list->count > 0 || pv_fail_at(builder->error, PV_ERROR_SHAPE, list->span, "a key needs at least one column");
}

static bool read_record(const pv_form_builder *builder, const pv_node *node, const pv_record_spec *earlier,
                        pv_record_spec *record) {
    static const pv_shape shape = {"a record kind", record_keys, RECORD_KEY_COUNT, RECORD_LABEL};
    const pv_node *part[RECORD_KEY_COUNT];
    pv_spec_list columns;
    record->name = pv_node_value(node->key);
    record->label = record->name;
    record->index = node->index;
    record->at = node->key->span;
    if (!pv_shape_read(&shape, node, part, builder->error) ||
        !pv_form_read_columns(builder, part[RECORD_COLUMNS], &columns))
        return false;
    if (part[RECORD_OF] != NULL && !read_owner(builder, part[RECORD_OF], earlier, node->index, record))
        return false;
    if (part[RECORD_ALIASES] != NULL && !pv_shape_texts(builder->arena, part[RECORD_ALIASES], "aliases",
                                                        &record->aliases, &record->alias_count, builder->error))
        return false;
    return join_columns(builder, &columns, record) && read_key(builder, part[RECORD_KEY], record) &&
           (part[RECORD_LABEL] == NULL || pv_shape_prose(builder->arena, part[RECORD_LABEL], "a record kind's label",
                                                         &record->label, builder->error));
}

/* ---- what may stand in a row ---- */

/* The kinds whose rows may stand in a row of this one follow its columns. */
static bool name_parts(const pv_form_builder *builder, const pv_record_spec *records, size_t count,
                       pv_record_spec *record) {
    pv_str *names = pv_form_array(builder, record->column_count + count, sizeof *names);
    if (names == NULL)
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

bool pv_form_read_records(pv_form_builder *builder, const pv_node *mapping) {
    if (mapping == NULL)
        return true;
    if (!pv_shape_expect(mapping, PV_NODE_MAPPING, "records", builder->error))
        return false;
    pv_record_spec *records = pv_form_array(builder, mapping->count, sizeof *records);
    if (records == NULL || !pv_form_index_keys(builder, &builder->form->record_names, mapping))
        return false;
    for (const pv_node *node = mapping->first; node != NULL; node = node->next)
        if (!read_record(builder, node, records, &records[node->index]))
            return false;
    for (size_t i = 0; i < mapping->count; i++)
        if (!name_parts(builder, records, mapping->count, &records[i]))
            return false;
    builder->form->records = records;
    builder->form->record_count = mapping->count;
    return true;
}
