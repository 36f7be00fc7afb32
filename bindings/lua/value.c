#include "lua/value.h"

#include "lua/text_object.h"

pv_place pv_value_place(const pv_value *value) {
    return (pv_place){value->at, pv_value_is_blank(value)};
}

int pv_push_value_text(lua_State *L, const pv_value *value) {
    pv_push_whole_text(L, &value->text, pv_value_place(value), NULL);
    return 1;
}

int pv_push_limit(lua_State *L, uint32_t limit) {
    if (limit == 0)
        lua_pushnil(L);
    else
        lua_pushinteger(L, limit);
    return 1;
}

static void push_filed_list(lua_State *L, const pv_value *value) {
    pv_list_new(L, value->element_count);
    for (size_t i = 0; i < value->element_count; i++) {
        pv_push_text(L, &value->elements[i]);
        pv_list_set(L, i + 1);
    }
}

static void push_form_list(lua_State *L, const pv_value *value) {
    pv_list_new(L, value->element_count);
    for (size_t i = 0; i < value->element_count; i++) {
        pv_push_str(L, value->elements[i].value);
        pv_list_set(L, i + 1);
    }
}

int pv_push_filed_value(lua_State *L, const pv_value *value) {
    pv_place place = pv_value_place(value);
    if (!pv_value_is_known(value)) {
        lua_pushnil(L);
        return 1;
    }
    switch (value->spec->type) {
    case PV_TYPE_TEXT:
    case PV_TYPE_DOCUMENT:
        return pv_push_value_text(L, value);
    case PV_TYPE_INTEGER:
    case PV_TYPE_DECIMAL:
    case PV_TYPE_PERCENTAGE:
        pv_push_decimal(L, value->number, value->spec->type == PV_TYPE_PERCENTAGE, &place);
        break;
    case PV_TYPE_DATE:
        pv_push_date(L, value->date, &place);
        break;
    case PV_TYPE_BOOLEAN:
        lua_pushboolean(L, value->boolean);
        break;
    case PV_TYPE_LIST:
        push_filed_list(L, value);
        break;
    case PV_TYPE_ROW:
        pv_push_row(L, value->row);
        break;
    case PV_TYPE_COUNT:
        break;
    }
    return 1;
}

void pv_push_form_value(lua_State *L, const pv_value *value) {
    int64_t integer = 0;
    switch (value->spec->type) {
    case PV_TYPE_TEXT:
    case PV_TYPE_DOCUMENT:
        pv_push_str(L, value->text.value);
        break;
    case PV_TYPE_INTEGER:
        (void)pv_decimal_to_integer(value->number, &integer); /* its type says that it is one */
        lua_pushinteger(L, integer);
        break;
    case PV_TYPE_DECIMAL:
    case PV_TYPE_PERCENTAGE:
        pv_push_decimal(L, value->number, value->spec->type == PV_TYPE_PERCENTAGE, NULL);
        break;
    case PV_TYPE_DATE:
        pv_push_date(L, value->date, NULL);
        break;
    case PV_TYPE_BOOLEAN:
        lua_pushboolean(L, value->boolean);
        break;
    case PV_TYPE_LIST:
        push_form_list(L, value);
        break;
    case PV_TYPE_ROW:
        pv_push_row(L, value->row);
        break;
    case PV_TYPE_COUNT:
        break;
    }
}

int pv_push_attribute(lua_State *L, const pv_value_list *values, pv_str name) {
    const pv_value *value = pv_value_list_get(values, name);
    if (!value)
        return 0;
    if (value->given)
        pv_push_form_value(L, value);
    else
        lua_pushnil(L);
    return 1;
}

size_t pv_attribute_names(const pv_value_list *values, pv_str *names, size_t capacity) {
    size_t count = values->count < capacity ? values->count : capacity;
    for (size_t i = 0; i < count; i++)
        names[i] = values->values[i].spec->name;
    return count;
}
