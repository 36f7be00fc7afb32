#include "model/value.h"

static const char *const type_names[] = {
    [PV_TYPE_TEXT] = "text",         [PV_TYPE_INTEGER] = "integer",
    [PV_TYPE_DECIMAL] = "decimal",   [PV_TYPE_PERCENTAGE] = "percentage",
    [PV_TYPE_DATE] = "date",         [PV_TYPE_BOOLEAN] = "boolean",
    [PV_TYPE_LIST] = "list",         [PV_TYPE_ROW] = "row",
    [PV_TYPE_DOCUMENT] = "document",
};

const char *pv_type_name(pv_type type) {
    return type_names[type];
}

bool pv_type_from_name(pv_str name, pv_type *out) {
    for (size_t type = 0; type < PV_TYPE_COUNT; type++)
        if (pv_str_equal(name, pv_str_from(type_names[type]))) {
            *out = (pv_type)type;
            return true;
        }
    return false;
}

pv_value pv_value_absent(const pv_value_spec *spec, uint32_t expected) {
    pv_span at = {expected, expected};
    return (pv_value){.spec = spec, .text = {.span = at, .exact = true}, .at = at};
}

bool pv_value_is_text(const pv_value_spec *spec) {
    return spec->type == PV_TYPE_TEXT || spec->type == PV_TYPE_DOCUMENT;
}

bool pv_value_is_blank(const pv_value *value) {
    if (!pv_value_is_known(value))
        return !value->given;
    if (value->spec != NULL && value->spec->type == PV_TYPE_LIST)
        return value->element_count == 0;
    return pv_text_is_blank(&value->text);
}

bool pv_value_is_known(const pv_value *value) {
    return value->given && !value->unreadable;
}

const pv_value *pv_value_list_get(const pv_value_list *list, pv_str name) {
    for (size_t i = 0; i < list->count; i++)
        if (pv_str_equal(list->values[i].spec->name, name))
            return &list->values[i];
    return NULL;
}
