#include "model/value_spec.h"

#include <inttypes.h>

#include "model/message.h"
#include "model/shape.h"

static const pv_str spec_keys[] = {PV_STR("type"),  PV_STR("label"),   PV_STR("required"), PV_STR("one_of"),
                                   PV_STR("table"), PV_STR("aliases"), PV_LENGTH_KEYS};
enum {
    SPEC_TYPE,
    SPEC_LABEL,
    SPEC_REQUIRED,
    SPEC_ONE_OF,
    SPEC_TABLE,
    SPEC_ALIASES,
    SPEC_LENGTH,
    SPEC_KEY_COUNT = SPEC_LENGTH + PV_LENGTH_KEY_COUNT
};

static bool read_type(pv_type *out, const pv_node *node, pv_error *error) {
    pv_str names[PV_TYPE_COUNT];
    for (size_t type = 0; type < PV_TYPE_COUNT; type++)
        names[type] = pv_str_from(pv_type_name((pv_type)type));
    size_t position;
    if (!pv_shape_choice(node, "a type", names, PV_TYPE_COUNT, &position, error))
        return false;
    *out = (pv_type)position;
    return true;
}

bool pv_length_read(pv_length *out, pv_arena *arena, const pv_node *const nodes[PV_LENGTH_KEY_COUNT], pv_error *error) {
    static const pv_str keys[] = {PV_LENGTH_KEYS};
    uint32_t *const limits[] = {&out->word_minimum, &out->word_limit, &out->character_limit};
    *out = (pv_length){0};
    for (size_t i = 0; i < PV_LENGTH_KEY_COUNT; i++)
        if (nodes[i] != NULL && !pv_shape_count(arena, nodes[i], keys[i].data, limits[i], error))
            return false;
    const pv_node *minimum = nodes[0];
    return minimum == NULL || out->word_limit == 0 || out->word_minimum <= out->word_limit ||
           pv_fail_at(error, PV_ERROR_SHAPE, minimum->span, "word_minimum is more than the word_limit, %" PRIu32,
                      out->word_limit);
}

static bool read_length(pv_value_spec *spec, pv_arena *arena, const pv_node *const nodes[PV_LENGTH_KEY_COUNT],
                        pv_error *error) {
    for (size_t i = 0; i < PV_LENGTH_KEY_COUNT; i++)
        if (nodes[i] != NULL && !pv_value_is_text(spec))
            return pv_fail_at(error, PV_ERROR_SHAPE, nodes[i]->key->span,
                              "only a text or document has a %s, not a value of type %s",
                              pv_message_quote(pv_node_value(nodes[i]->key)).text, pv_type_name(spec->type));
    return pv_length_read(&spec->length, arena, nodes, error);
}

/* A value of type row needs its table, and no other has one. node: `table`, or NULL; owner: the specification. */
static bool read_table(pv_value_spec *spec, pv_arena *arena, const pv_node *node, const pv_node *owner,
                       const pv_table_set *tables, pv_error *error) {
    if (spec->type != PV_TYPE_ROW)
        return node == NULL ||
               pv_fail_at(error, PV_ERROR_SHAPE, node->key->span,
                          "only a value of type row names a table, not one of type %s", pv_type_name(spec->type));
    if (tables == NULL)
        return pv_fail_at(error, PV_ERROR_SHAPE, owner->span,
                          "only fields and columns are of type row, not what is read before the tables");
    if (node == NULL)
        return pv_fail_at(error, PV_ERROR_SHAPE, owner->span,
                          "a row needs the table that it is of; write it like { type: row, table: NAME }");
    pv_str *names = PV_NEW_ARRAY(arena, pv_str, tables->count);
    if (names == NULL)
        return pv_fail_memory(error);
    for (size_t i = 0; i < tables->count; i++)
        names[i] = tables->tables[i].name;
    size_t position;
    if (!pv_shape_choice(node, "a table", names, tables->count, &position, error))
        return false;
    spec->table = &tables->tables[position];
    return pv_table_index(&tables->tables[position], arena, error);
}

static bool read_long_spec(pv_value_spec *spec, pv_arena *arena, const pv_node *node, const pv_table_set *tables,
                           pv_error *error) {
    static const pv_shape shape = {"a specification", spec_keys, SPEC_KEY_COUNT, 1};
    const pv_node *part[SPEC_KEY_COUNT];
    if (!pv_shape_read(&shape, node, part, error) || !read_type(&spec->type, part[SPEC_TYPE], error))
        return false;
    if (part[SPEC_LABEL] != NULL && !pv_shape_prose(arena, part[SPEC_LABEL], "label", &spec->label, error))
        return false;
    if (part[SPEC_REQUIRED] != NULL &&
        !pv_shape_boolean(arena, part[SPEC_REQUIRED], "required", &spec->required, error))
        return false;
    if (!read_table(spec, arena, part[SPEC_TABLE], node, tables, error))
        return false;
    if (part[SPEC_ONE_OF] != NULL &&
        !pv_shape_texts(arena, part[SPEC_ONE_OF], "one_of", &spec->choices, &spec->choice_count, error))
        return false;
    if (part[SPEC_ALIASES] != NULL &&
        !pv_shape_texts(arena, part[SPEC_ALIASES], "aliases", &spec->aliases, &spec->alias_count, error))
        return false;
    return read_length(spec, arena, &part[SPEC_LENGTH], error);
}

static bool read_spec(pv_value_spec *spec, pv_arena *arena, const pv_node *node, const pv_table_set *tables,
                      pv_error *error) {
    if (!pv_shape_name(node->key, "a name", &spec->name, error))
        return false;
    spec->label = spec->name;
    spec->at = node->key->span;
    if (node->kind != PV_NODE_SCALAR)
        return read_long_spec(spec, arena, node, tables, error);
    return read_type(&spec->type, node, error) && read_table(spec, arena, NULL, node, tables, error);
}

bool pv_spec_list_read(pv_spec_list *out, pv_arena *arena, const pv_node *mapping, const char *what,
                       const pv_table_set *tables, pv_error *error) {
    *out = (pv_spec_list){0};
    if (mapping == NULL)
        return true;
    if (!pv_shape_expect(mapping, PV_NODE_MAPPING, what, error))
        return false;
    pv_value_spec *specs = PV_NEW_ARRAY(arena, pv_value_spec, mapping->count);
    pv_str *names = PV_NEW_ARRAY(arena, pv_str, mapping->count);
    if (specs == NULL || names == NULL)
        return pv_fail_memory(error);
    for (const pv_node *node = mapping->first; node != NULL; node = node->next) {
        if (!read_spec(&specs[node->index], arena, node, tables, error))
            return false;
        names[node->index] = specs[node->index].name;
    }
    out->specs = specs;
    out->count = mapping->count;
    size_t repeated; /* never: a document's mapping holds no key twice */
    return pv_names_index(&out->names, arena, names, mapping->count, &repeated, error);
}

static bool read_value(pv_value *value, pv_arena *arena, const pv_value_spec *spec, const pv_node *node,
                       const pv_node *owner, pv_error *error) {
    if (node == NULL) {
        *value = pv_value_absent(spec, owner->span.start);
        return !spec->required ||
               pv_fail_at(error, PV_ERROR_SHAPE, value->at, "%s is missing", pv_message_quote(spec->name).text);
    }
    if (!pv_value_read(value, arena, spec, node, error))
        return false;
    bool empty = node->kind == PV_NODE_SCALAR && pv_value_is_blank(value);
    return !empty || pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s is empty", pv_message_quote(spec->name).text);
}

bool pv_spec_list_values(pv_value_list *out, pv_arena *arena, const pv_value_spec *specs, size_t count,
                         const pv_node *const *nodes, const pv_node *owner, pv_error *error) {
    pv_value *values = PV_NEW_ARRAY(arena, pv_value, count);
    if (values == NULL)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        if (!read_value(&values[i], arena, &specs[i], nodes[i], owner, error))
            return false;
    *out = (pv_value_list){.values = values, .count = count};
    return true;
}
