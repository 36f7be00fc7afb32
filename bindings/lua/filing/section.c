#include "lua/filing/filing.h"
#include "lua/values/values.h"

static void make_section(lua_State *L, const void *address) {
    pv_handle_new(L, &pv_section_class, address, NULL);
}

void pv_push_section(lua_State *L, const pv_section *section) {
    pv_class_push_cached(L, section, make_section);
}

int pv_push_sections(lua_State *L) {
    const pv_form *form = pv_runtime_of(L)->form;
    pv_list_new(L, form->section_count);
    for (size_t i = 0; i < form->section_count; i++) {
        pv_push_section(L, &form->sections[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static const pv_section *self(lua_State *L) {
    return pv_self(L);
}

static int get_id(lua_State *L) {
    return pv_push_str(L, self(L)->id);
}

static int get_title(lua_State *L) {
    return pv_push_str(L, self(L)->title);
}

static int get_measures(lua_State *L) {
    return pv_push_measures(L, self(L)->measures, self(L)->measure_count);
}

static int get_declared(lua_State *L, pv_str name) {
    return pv_push_attribute(L, &self(L)->attributes, name);
}

static size_t declared_names(lua_State *L, pv_str *names, size_t capacity) {
    return pv_attribute_names(&self(L)->attributes, names, capacity);
}

static bool find_place(const pv_runtime *runtime, const pv_object *object, pv_place *out) {
    const pv_section *section = ((const pv_handle *)object)->target;
    return pv_place_of_measures(runtime, section->measures, section->measure_count, out);
}

static int l_section_to_string(lua_State *L) {
    const pv_section *section = pv_self_check(L, &pv_section_class);
    lua_pushliteral(L, "section ");
    pv_push_str(L, section->id);
    lua_concat(L, 2);
    return 1;
}

static const pv_member members[] = {
    {"id", "id: string", "Its id.", get_id, NULL},
    {"title", "title: string", "Its title as printed.", get_title, NULL},
    {"measures", "measures: list of measure", "Its measures, as printed; only while a submission is checked.",
     get_measures, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_section_class = {
    .name = "section",
    .doc = "A section of the form: names beyond the built-in ones are the attributes the form declares for sections.",
    .members = members,
    .get_declared = get_declared,
    .declared_names = declared_names,
    .to_string = l_section_to_string,
    .find_place = find_place,
};
