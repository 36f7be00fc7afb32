#include "lua/filing/filing.h"
#include "lua/values/values.h"

/* ---- the form and its tables ---- */

static void make_form(lua_State *L, const void *address) {
    pv_handle_new(L, &pv_form_class, address, NULL);
}

void pv_push_form(lua_State *L) {
    pv_class_push_cached(L, pv_runtime_of(L)->form, make_form);
}

static const pv_form *form_self(lua_State *L) {
    return pv_self(L);
}

static int get_groups(lua_State *L) {
    const pv_form *form = form_self(L);
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
    pv_class_push_cached(L, &form_self(L)->tables, make_tables);
    return 1;
}

static int get_form_declared(lua_State *L, pv_str name) {
    return pv_push_attribute(L, &form_self(L)->attributes, name);
}

static size_t form_declared_names(lua_State *L, pv_str *names, size_t capacity) {
    return pv_attribute_names(&form_self(L)->attributes, names, capacity);
}

static int l_form_to_string(lua_State *L) {
    const pv_form *form = pv_self_check(L, &pv_form_class);
    return pv_push_str(L, form->title);
}

static const pv_member form_members[] = {
    {"id", "id: string", "Its id.", PV_FIELD(str, pv_form, id)},
    {"title", "title: string", "Its title as printed.", PV_FIELD(str, pv_form, title)},
    {"sections", "sections: list of section", "Its sections, as printed.", .get = pv_push_sections},
    {"groups", "groups: list of group", "Its option groups, as declared.", .get = get_groups},
    {"tables", "tables: tables", "Its reference data, by name.", .get = get_tables},
    PV_MEMBERS_END,
};

const pv_class pv_form_class = {
    .name = "form",
    .doc = "The regulator's blank: names beyond the built-in ones are the attributes it declares for a form.",
    .members = form_members,
    .get_declared = get_form_declared,
    .declared_names = form_declared_names,
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

/* ---- sections ---- */

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

static const pv_section *section_self(lua_State *L) {
    return pv_self(L);
}

static int get_section_measures(lua_State *L) {
    return pv_push_measures(L, section_self(L)->measures, section_self(L)->measure_count);
}

static int get_section_declared(lua_State *L, pv_str name) {
    return pv_push_attribute(L, &section_self(L)->attributes, name);
}

static size_t section_declared_names(lua_State *L, pv_str *names, size_t capacity) {
    return pv_attribute_names(&section_self(L)->attributes, names, capacity);
}

static bool find_section_place(const pv_runtime *runtime, const pv_object *object, pv_place *out) {
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

static const pv_member section_members[] = {
    {"id", "id: string", "Its id.", PV_FIELD(str, pv_section, id)},
    {"title", "title: string", "Its title as printed.", PV_FIELD(str, pv_section, title)},
    {"measures", "measures: list of measure", "Its measures, as printed; only while a submission is checked.",
     .get = get_section_measures},
    PV_MEMBERS_END,
};

const pv_class pv_section_class = {
    .name = "section",
    .doc = "A section of the form: names beyond the built-in ones are the attributes the form declares for sections.",
    .members = section_members,
    .get_declared = get_section_declared,
    .declared_names = section_declared_names,
    .to_string = l_section_to_string,
    .find_place = find_section_place,
};

/* ---- groups ---- */

static void make_group(lua_State *L, const void *address) {
    pv_handle_new(L, &pv_group_class, address, NULL);
}

void pv_push_group(lua_State *L, const pv_group *group) {
    pv_class_push_cached(L, group, make_group);
}

static const pv_group *group_self(lua_State *L) {
    return pv_self(L);
}

static int get_group_measures(lua_State *L) {
    return pv_push_measures(L, group_self(L)->measures, group_self(L)->measure_count);
}

static bool find_group_place(const pv_runtime *runtime, const pv_object *object, pv_place *out) {
    const pv_group *group = ((const pv_handle *)object)->target;
    return pv_place_of_measures(runtime, group->measures, group->measure_count, out);
}

static int l_group_to_string(lua_State *L) {
    const pv_group *group = pv_self_check(L, &pv_group_class);
    return pv_push_str(L, group->title);
}

static const pv_member group_members[] = {
    {"id", "id: string", "Its id.", PV_FIELD(str, pv_group, id)},
    {"title", "title: string", "Its title as printed.", PV_FIELD(str, pv_group, title)},
    {"measures", "measures: list of measure", "The measures to choose from; only while a submission is checked.",
     .get = get_group_measures},
    {"choose", "choose: integer", "On how many of them the filer reports.", PV_FIELD(unsigned, pv_group, choose)},
    {"points", "points: decimal", "The points of the whole group, which count once.",
     PV_FIELD(decimal, pv_group, points)},
    PV_MEMBERS_END,
};

const pv_class pv_group_class = {
    .name = "group",
    .doc = "Measures of which the filer reports on some, and whose points count once.",
    .members = group_members,
    .to_string = l_group_to_string,
    .find_place = find_group_place,
};

/* ---- items ---- */

static void make_item(lua_State *L, const void *address) {
    pv_handle_new(L, &pv_item_class, address, NULL);
}

void pv_push_item(lua_State *L, const pv_item *item) {
    pv_class_push_cached(L, item, make_item);
}

static const pv_item *item_self(lua_State *L) {
    return pv_self(L);
}

static int get_measure(lua_State *L) {
    const pv_submission *submission = MAY_RAISE(pv_runtime_submission(L));
    pv_push_measure(L, &submission->measures[item_self(L)->measure->index]);
    return 1;
}

static int get_item_declared(lua_State *L, pv_str name) {
    return pv_push_attribute(L, &item_self(L)->attributes, name);
}

static size_t item_declared_names(lua_State *L, pv_str *names, size_t capacity) {
    return pv_attribute_names(&item_self(L)->attributes, names, capacity);
}

/* An item of the form stands where the submission answers it. */
static bool find_item_place(const pv_runtime *runtime, const pv_object *object, pv_place *out) {
    const pv_item *item = ((const pv_handle *)object)->target;
    const pv_response *response = &runtime->submission->responses[item->index];
    *out = (pv_place){response->at, response->blank};
    return true;
}

static int l_item_to_string(lua_State *L) {
    const pv_item *item = pv_self_check(L, &pv_item_class);
    return pv_push_str(L, item->full_id);
}

static const pv_member item_members[] = {
    {"id", "id: string", "Its id within its measure.", PV_FIELD(str, pv_item, id)},
    {"full_id", "full_id: string", "Its id within the form (\"1.1.6.1\"); of a one-item measure, the measure's.",
     PV_FIELD(str, pv_item, full_id)},
    {"prompt", "prompt: string", "Its prompt as printed.", PV_FIELD(str, pv_item, prompt)},
    {"word_minimum", "word_minimum: integer?", "The fewest words asked for under it, or nil.",
     PV_FIELD(limit, pv_item, length.word_minimum)},
    {"word_limit", "word_limit: integer?", "The word limit printed under it, or nil.",
     PV_FIELD(limit, pv_item, length.word_limit)},
    {"character_limit", "character_limit: integer?", "The limit in characters printed under it, or nil.",
     PV_FIELD(limit, pv_item, length.character_limit)},
    {"measure", "measure: measure", "The measure it belongs to; only while a submission is checked.",
     .get = get_measure},
    PV_MEMBERS_END,
};

const pv_class pv_item_class = {
    .name = "item",
    .doc = "One prompt of the form: names beyond the built-in ones are the attributes the form declares for items.",
    .members = item_members,
    .get_declared = get_item_declared,
    .declared_names = item_declared_names,
    .to_string = l_item_to_string,
    .find_place = find_item_place,
};
