#include "lua/filing/filing.h"
#include "lua/values/values.h"

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

/* [-0, +1, m] */
static int get_owner(lua_State *L) {
    if (self(L)->owner)
        pv_push_record(L, self(L)->owner);
    else
        lua_pushnil(L);
    return 1;
}

/* [-0, +0, v] The kind of records that belong to this one, by the name at index 2. */
static const pv_record_spec *check_owned_kind(lua_State *L, const pv_record *record) {
    const pv_form *form = pv_runtime_of(L)->form;
    pv_str name;
    name.data = luaL_checklstring(L, 2, &name.size);
    pv_str *names = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, form->record_count));
    size_t count = 0;
    for (size_t i = 0; i < form->record_count; i++) {
        const pv_record_spec *spec = &form->records[i];
        if (spec->owner != record->spec)
            continue;
        if (pv_str_equal(spec->name, name))
            return spec;
        names[count++] = spec->name;
    }
    pv_push_str(L, record->spec->name);
    pv_raise_unknown(L, lua_pushfstring(L, "the list of what belongs to a row of %s", lua_tostring(L, -1)), name, names,
                     count);
    return NULL;
}

static int l_record_rows(lua_State *L) {
    const pv_record *record = pv_self_check(L, &pv_record_class);
    const pv_record_spec *spec = check_owned_kind(L, record);
    lua_Integer count = 0;
    pv_list_new(L, 0);
    for (const pv_record *each = record->first_owned; each; each = each->next_owned) {
        MAY_RAISE(pv_runtime_charge(L, 1));
        if (each->spec != spec)
            continue;
        pv_push_record(L, each);
        pv_list_set(L, (size_t)++count);
    }
    return 1;
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
    {"owner", "owner: record?", "The record it belongs to, by its key; nil when there is none.", get_owner, NULL},
    {"rows", ":rows(kind: string): list of record",
     "The records of this kind that belong to it, in the order given; raises when no such kind does.", NULL,
     l_record_rows},
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
