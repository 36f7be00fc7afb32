#include "lua/filing/filing.h"
#include "lua/values/values.h"

/* [-0, +1, m] */
static int push_number_th(lua_State *L, const pv_value_list *fields, lua_Integer number) {
    if (number < 1 || (lua_Unsigned)number > fields->count)
        lua_pushnil(L);
    else
        pv_push_field(L, &fields->values[number - 1]);
    return 1;
}

static int get_declared(lua_State *L, pv_str name) {
    const pv_value *value = pv_value_list_get(pv_self(L), name);
    if (!value)
        return 0;
    pv_push_field(L, value);
    return 1;
}

static size_t declared_names(lua_State *L, pv_str *names, size_t capacity) {
    return pv_attribute_names(pv_self(L), names, capacity);
}

static int l_fields_length(lua_State *L) {
    const pv_value_list *fields = pv_self_check(L, &pv_fields_class);
    lua_pushinteger(L, (lua_Integer)fields->count);
    return 1;
}

static int l_fields_index(lua_State *L) {
    return push_number_th(L, pv_self_check(L, &pv_fields_class), luaL_checkinteger(L, 2));
}

static int l_fields_to_string(lua_State *L) {
    lua_pushliteral(L, "the header fields");
    return 1;
}

static const pv_member members[] = {PV_MEMBERS_END};

const pv_class pv_fields_class = {
    .name = "fields",
    .doc = "The header fields of a submission: `fields.county`; `ipairs(fields)` goes through them as printed.",
    .members = members,
    .get_declared = get_declared,
    .declared_names = declared_names,
    .length = l_fields_length,
    .index = l_fields_index,
    .element = "field",
    .to_string = l_fields_to_string,
    .of_session = true,
};
