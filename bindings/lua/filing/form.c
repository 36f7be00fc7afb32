#include "lua/filing/filing.h"
#include "lua/values/values.h"

static void make_form(lua_State *L, const void *address) {
    pv_handle_new(L, &pv_form_class, address, NULL);
}

void pv_push_form(lua_State *L) {
    pv_class_push_cached(L, pv_runtime_of(L)->form, make_form);
}

static const pv_form *self(lua_State *L) {
    return pv_self(L);
}

static int get_id(lua_State *L) {
    return pv_push_str(L, self(L)->id);
}

static int get_title(lua_State *L) {
    return pv_push_str(L, self(L)->title);
}

static int get_groups(lua_State *L) {
    const pv_form *form = self(L);
    pv_list_new(L, form->group_count);
    for (size_t i = 0; i < form->group_count; i++) {
        pv_push_group(L, &form->groups[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static void make_tables(lua_State *L, const void *address) {
    pv_handle_new(L, &pv_tables_class, address, NULL);
}

static int get_tables(lua_State *L) {
    pv_class_push_cached(L, &self(L)->tables, make_tables);
    return 1;
}

static int get_declared(lua_State *L, pv_str name) {
    return pv_push_attribute(L, &self(L)->attributes, name);
}

static size_t declared_names(lua_State *L, pv_str *names, size_t capacity) {
    return pv_attribute_names(&self(L)->attributes, names, capacity);
}

static int l_form_to_string(lua_State *L) {
    (void)pv_class_check(L, 1, &pv_form_class);
    return get_title(L);
}

static const pv_member form_members[] = {
    {"id", "id: string", "Its id.", get_id, NULL},
    {"title", "title: string", "Its title as printed.", get_title, NULL},
    {"sections", "sections: list of section", "Its sections, as printed.", pv_push_sections, NULL},
    {"groups", "groups: list of group", "Its option groups, as declared.", get_groups, NULL},
    {"tables", "tables: tables", "Its reference data, by name.", get_tables, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_form_class = {
    .name = "form",
    .doc = "The regulator's blank: names beyond the built-in ones are the attributes it declares for a form.",
    .members = form_members,
    .get_declared = get_declared,
    .declared_names = declared_names,
    .to_string = l_form_to_string,
};

static int get_table(lua_State *L, pv_str name) {
    const pv_table *table = pv_form_table(pv_runtime_of(L)->form, name);
    if (!table)
        return 0;
    pv_list_new(L, table->row_count);
    for (size_t i = 0; i < table->row_count; i++) {
        pv_push_row(L, &table->rows[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static size_t table_names(lua_State *L, pv_str *names, size_t capacity) {
    const pv_form *form = pv_runtime_of(L)->form;
    size_t count = form->table_count < capacity ? form->table_count : capacity;
    for (size_t i = 0; i < count; i++)
        names[i] = form->tables[i].name;
    return count;
}

static int l_tables_to_string(lua_State *L) {
    lua_pushliteral(L, "the form's tables");
    return 1;
}

static const pv_member tables_members[] = {PV_MEMBERS_END};

const pv_class pv_tables_class = {
    .name = "tables",
    .doc = "The tables of a form: `form.tables.party` is the list of its rows.",
    .members = tables_members,
    .get_declared = get_table,
    .declared_names = table_names,
    .to_string = l_tables_to_string,
};
