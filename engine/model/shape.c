#include "model/shape.h"

#include <inttypes.h>

#include "model/message.h"

static bool fail_missing(const pv_shape *shape, const pv_node *node, pv_str key, pv_error *error) {
    pv_span start = {node->span.start, node->span.start};
    return pv_fail_at(error, PV_ERROR_SHAPE, start, "%s needs %.*s", shape->what, PV_STR_ARG(key));
}

static size_t key_position(const pv_shape *shape, pv_str key) {
    size_t position = 0;
    while (position < shape->key_count && !pv_str_equal(shape->keys[position], key))
        position++;
    return position;
}

bool pv_shape_read(const pv_shape *shape, const pv_node *node, const pv_node **children, pv_error *error) {
    if (!pv_shape_expect(node, PV_NODE_MAPPING, shape->what, error))
        return false;
    for (size_t i = 0; i < shape->key_count; i++)
        children[i] = NULL;
    for (const pv_node *child = node->first; child; child = child->next) {
        pv_str key = pv_node_value(child->key);
        size_t position = key_position(shape, key);
        if (position == shape->key_count)
            return pv_fail_at(
                error, PV_ERROR_SHAPE, child->key->span, "%s",
                pv_message_unknown(shape->what, PV_STR(""), "key", key, shape->keys, shape->key_count).text);
        children[position] = child;
    }
    for (size_t i = 0; i < shape->required_count; i++)
        if (!children[i])
            return fail_missing(shape, node, shape->keys[i], error);
    return true;
}

bool pv_shape_expect(const pv_node *node, pv_node_kind kind, const char *what, pv_error *error) {
    const pv_node wanted = {.kind = kind};
    if (node->kind == kind)
        return true;
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s must be %s, but is %s", what, pv_node_kind_name(&wanted),
                      pv_message_found(node));
}

static bool is_one_line(pv_str text) {
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] < 0x20)
            return false;
    return pv_str_trim(text).size == text.size;
}

bool pv_shape_name(const pv_node *node, const char *what, pv_str *out, pv_error *error) {
    if (!pv_shape_expect(node, PV_NODE_SCALAR, what, error))
        return false;
    if (pv_text_is_blank(&node->text) || pv_node_is_null(node))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s is empty", what);
    if (!is_one_line(node->text.value))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s must be on one line, without white space around it",
                          what);
    *out = node->text.value;
    return true;
}

bool pv_shape_choice(const pv_node *node, const char *what, const pv_str *names, size_t count, size_t *out,
                     pv_error *error) {
    pv_str name = {0};
    if (!pv_shape_name(node, what, &name, error))
        return false;
    for (*out = 0; *out < count; ++*out)
        if (pv_str_equal(names[*out], name))
            return true;
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "'%s' is not %s%s", pv_message_quote(name).text, what,
                      pv_message_hint(name, names, count).text);
}

/* A value of a built-in key, held to what pv_value_read holds a declared one to. value->spec is not to be used. */
static bool read_typed(pv_arena *arena, const pv_node *node, pv_type type, const char *what, pv_value *value,
                       pv_error *error) {
    pv_value_spec spec = {.name = pv_str_from(what), .type = type};
    if (!pv_value_read(value, arena, &spec, node, error))
        return false;
    bool blank = pv_value_is_blank(value);
    value->spec = NULL;
    if (blank || (type == PV_TYPE_TEXT && pv_node_is_null(node)))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s is empty", what);
    return true;
}

bool pv_shape_prose(pv_arena *arena, const pv_node *node, const char *what, pv_str *out, pv_error *error) {
    pv_value value;
    if (!pv_shape_expect(node, PV_NODE_SCALAR, what, error) ||
        !read_typed(arena, node, PV_TYPE_TEXT, what, &value, error))
        return false;
    *out = value.text.value;
    return true;
}

bool pv_shape_count(pv_arena *arena, const pv_node *node, const char *what, uint32_t *out, pv_error *error) {
    pv_value value;
    int64_t number;
    if (!read_typed(arena, node, PV_TYPE_INTEGER, what, &value, error))
        return false;
    if (!pv_decimal_to_integer(value.number, &number) || number < 1)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s must be at least 1", what);
    if (number > UINT32_MAX)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s must be at most %" PRIu32, what, UINT32_MAX);
    *out = (uint32_t)number;
    return true;
}

bool pv_shape_amount(pv_arena *arena, const pv_node *node, const char *what, pv_decimal *out, pv_error *error) {
    pv_value value;
    if (!read_typed(arena, node, PV_TYPE_DECIMAL, what, &value, error))
        return false;
    if (value.number.coefficient < 0)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s cannot be negative", what);
    *out = value.number;
    return true;
}

bool pv_shape_date(pv_arena *arena, const pv_node *node, const char *what, pv_date *out, pv_error *error) {
    pv_value value;
    if (!read_typed(arena, node, PV_TYPE_DATE, what, &value, error))
        return false;
    *out = value.date;
    return true;
}

bool pv_shape_boolean(pv_arena *arena, const pv_node *node, const char *what, bool *out, pv_error *error) {
    pv_value value;
    if (!read_typed(arena, node, PV_TYPE_BOOLEAN, what, &value, error))
        return false;
    *out = value.boolean;
    return true;
}

bool pv_shape_texts(pv_arena *arena, const pv_node *node, const char *what, const pv_str **out, size_t *count,
                    pv_error *error) {
    pv_value value;
    if (!pv_shape_expect(node, PV_NODE_SEQUENCE, what, error) ||
        !read_typed(arena, node, PV_TYPE_LIST, what, &value, error))
        return false;
    pv_str *texts = PV_NEW_ARRAY(arena, pv_str, value.element_count);
    if (!texts)
        return pv_fail_memory(error);
    for (size_t i = 0; i < value.element_count; i++)
        texts[i] = value.elements[i].value;
    *out = texts;
    *count = value.element_count;
    return true;
}

const pv_node *pv_shape_element(const pv_node *list, size_t index) {
    const pv_node *element = list->first;
    while (element->index < index)
        element = element->next;
    return element;
}
