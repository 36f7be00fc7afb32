#include "model/form_builder.h"

#include <string.h>

#include "model/message.h"

void *pv_form_array(const pv_form_builder *builder, size_t count, size_t size) {
    void *array = pv_arena_array(builder->arena, count, size);
    if (array == NULL)
        pv_fail_memory(builder->error);
    return array;
}

static bool check_not_builtin(const pv_form_builder *builder, const pv_shape *builtin, const pv_value_spec *attribute) {
    for (size_t i = 0; i < builtin->key_count; i++)
        if (pv_str_equal(builtin->keys[i], attribute->name))
            return pv_fail_at(builder->error, PV_ERROR_SHAPE, attribute->at,
                              "%s of %s is built in; an attribute needs another name",
                              pv_message_quote(attribute->name).text, builtin->what);
    return true;
}

bool pv_attributed_shape_build(pv_attributed_shape *out, const pv_form_builder *builder, pv_shape builtin,
                               const pv_spec_list *attributes) {
    size_t key_count = builtin.key_count + attributes->count;
    pv_str *keys = pv_form_array(builder, key_count, sizeof *keys);
    const pv_node **parts = pv_form_array(builder, key_count, sizeof *parts);
    if (keys == NULL || parts == NULL)
        return false;
    memcpy(keys, builtin.keys, builtin.key_count * sizeof *keys);
    for (size_t i = 0; i < attributes->count; i++) {
        if (!check_not_builtin(builder, &builtin, &attributes->specs[i]))
            return false;
        keys[builtin.key_count + i] = attributes->specs[i].name;
    }
    *out = (pv_attributed_shape){
        .shape = {builtin.what, keys, key_count, builtin.required_count},
        .builtin_count = builtin.key_count,
        .attributes = attributes,
        .parts = parts,
    };
    return true;
}

bool pv_attributed_shape_read(const pv_attributed_shape *shape, const pv_form_builder *builder, const pv_node *node,
                              pv_value_list *attributes) {
    return pv_shape_read(&shape->shape, node, shape->parts, builder->error) &&
           pv_spec_list_values(attributes, builder->arena, shape->attributes->specs, shape->attributes->count,
                               shape->parts + shape->builtin_count, node, builder->error);
}

bool pv_form_index_ids(const pv_form_builder *builder, pv_names *out, const pv_str *ids, size_t count,
                       const pv_node *list, const char *what) {
    size_t repeated;
    if (!pv_names_index(out, builder->arena, ids, count, &repeated, builder->error))
        return false;
    if (repeated == SIZE_MAX)
        return true;
    const pv_node *id = pv_node_get(pv_shape_element(list, repeated), PV_STR("id"));
    return pv_fail_at(builder->error, PV_ERROR_SHAPE, id->span, "%s %s is there twice", what,
                      pv_message_quote(ids[repeated]).text);
}
