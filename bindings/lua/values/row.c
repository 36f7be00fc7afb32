#include "lua/values/mention_p.h"
#include "lua/values/value.h"

static void make_row(lua_State *L, const void *address) {
    pv_handle_new(L, &pv_row_class, address, NULL);
}

void pv_push_row(lua_State *L, const pv_value_list *row) {
    pv_class_push_cached(L, row, make_row);
}

static int get_declared(lua_State *L, pv_str name) {
    return pv_push_attribute(L, pv_self(L), name);
}

static size_t declared_names(lua_State *L, pv_str *names, size_t capacity) {
    return pv_attribute_names(pv_self(L), names, capacity);
}

/* Its name where it has one, else its first column. */
static int l_row_to_string(lua_State *L) {
    const pv_value_list *row = pv_self_check(L, &pv_row_class);
    const pv_value *name = pv_value_list_get(row, PV_STR("name"));
    if (!name && row->count > 0)
        name = &row->values[0];
    return pv_push_str(L, name ? name->text.value : PV_STR(""));
}

static const pv_member members[] = {PV_MEMBERS_END};

const pv_class pv_row_class = {
    .name = "row",
    .doc = "One row of a table of the form: `row.name` is the value of a column, or nil.",
    .members = members,
    .get_declared = get_declared,
    .declared_names = declared_names,
    .to_string = l_row_to_string,
    .slots = PV_ROW_PHRASES,
};
