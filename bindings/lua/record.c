#include "lua/value.h"

static void make_record(lua_State *L, const void *address) {
    const pv_record *record = address;
    const pv_place place = {record->at, false};
    pv_handle_new(L, &pv_record_class, record, &place);
}

void pv_push_record(lua_State *L, const pv_record *record) {
    pv_class_push_cached(L, record, make_record);
}

static const pv_record *self(lua_State *L) {
    return pv_self(L);
}

static int get_number(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)self(L)->number);
    return 1;
}

static int get_declared(lua_State *L, pv_str name) {
    const pv_value *value = pv_value_list_get(&self(L)->values, name);
    return value ? pv_push_filed_value(L, value) : 0;
}

static size_t declared_names(lua_State *L, pv_str *names, size_t capacity) {
    return pv_attribute_names(&self(L)->values, names, capacity);
}

static int l_record_cell(lua_State *L) {
    const pv_record *record = pv_self_check(L, &pv_record_class);
    pv_str name;
    name.data = luaL_checklstring(L, 2, &name.size);
    const pv_value *value = pv_value_list_get(&record->values, name);
    if (value) {
        pv_push_field(L, value);
        return 1;
    }
    pv_str *names = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, record->values.count));
    return pv_raise_unknown(L, "a record", name, names,
                            pv_attribute_names(&record->values, names, record->values.count));
}

static int l_record_to_string(lua_State *L) {
    const pv_record *record = pv_self_check(L, &pv_record_class);
    pv_push_str(L, record->spec->name);
    lua_pushfstring(L, " %I", (LUAI_UACINT)record->number);
    lua_concat(L, 2);
    return 1;
}

static const pv_member members[] = {
    {"number", "number: integer", "Its number among the records of its kind, 1 for the first.", get_number, NULL},
    {"cell", ":cell(column: string): field",
     "The cell of a column as a field, which knows its place also when nothing is given.", NULL, l_record_cell},
    PV_MEMBERS_END,
};

const pv_class pv_record_class = {
    .name = "record",
    .doc = "One row of a record list: `record.points` is the typed value of a column, or nil.",
    .members = members,
    .get_declared = get_declared,
    .declared_names = declared_names,
    .to_string = l_record_to_string,
    .of_session = true,
};
