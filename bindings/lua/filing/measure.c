#include "lua/filing/filing.h"
#include "lua/values/values.h"

static pv_place place_of(const pv_filed_measure *measure) {
    return (pv_place){measure->at, !measure->given};
}

static void make_measure(lua_State *L, const void *address) {
    pv_place place = place_of(address);
    pv_handle_new(L, &pv_measure_class, address, &place);
}

void pv_push_measure(lua_State *L, const pv_filed_measure *measure) {
    pv_class_push_cached(L, measure, make_measure);
}

int pv_push_measures(lua_State *L, const pv_measure *const *measures, size_t count) {
    const pv_submission *submission = MAY_RAISE(pv_runtime_submission(L));
    pv_list_new(L, count);
    for (size_t i = 0; i < count; i++) {
        pv_push_measure(L, &submission->measures[measures[i]->index]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

bool pv_place_of_measures(const pv_runtime *runtime, const pv_measure *const *measures, size_t count, pv_place *out) {
    bool any = false;
    for (size_t i = 0; i < count; i++)
        pv_place_add(runtime->source, out, &any, place_of(&runtime->submission->measures[measures[i]->index]));
    return any;
}

static const pv_filed_measure *self(lua_State *L) {
    return pv_self(L);
}

static int get_id(lua_State *L) {
    return pv_push_str(L, self(L)->measure->id);
}

static int get_title(lua_State *L) {
    return pv_push_str(L, self(L)->measure->title);
}

static int get_points(lua_State *L) {
    pv_push_decimal(L, self(L)->measure->points, false, NULL);
    return 1;
}

static int get_obligation(lua_State *L) {
    lua_pushstring(L, self(L)->measure->obligation == PV_OBLIGATION_MANDATORY ? "mandatory" : "optional");
    return 1;
}

static int get_mandatory(lua_State *L) {
    lua_pushboolean(L, self(L)->measure->obligation == PV_OBLIGATION_MANDATORY);
    return 1;
}

static int get_section(lua_State *L) {
    pv_push_section(L, self(L)->measure->section);
    return 1;
}

static int get_group(lua_State *L) {
    if (self(L)->measure->group)
        pv_push_group(L, self(L)->measure->group);
    else
        lua_pushnil(L);
    return 1;
}

static int get_responses(lua_State *L) {
    const pv_filed_measure *measure = self(L);
    pv_list_new(L, measure->measure->item_count);
    for (size_t i = 0; i < measure->measure->item_count; i++) {
        pv_push_response(L, &measure->responses[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static int get_given(lua_State *L) {
    lua_pushboolean(L, self(L)->given);
    return 1;
}

static int get_blank(lua_State *L) {
    lua_pushboolean(L, self(L)->blank);
    return 1;
}

static int get_description(lua_State *L) {
    return pv_push_str(L, self(L)->measure->description);
}

static int get_declared(lua_State *L, pv_str name) {
    return pv_push_attribute(L, &self(L)->measure->attributes, name);
}

static size_t declared_names(lua_State *L, pv_str *names, size_t capacity) {
    return pv_attribute_names(&self(L)->measure->attributes, names, capacity);
}

static int l_measure_to_string(lua_State *L) {
    const pv_filed_measure *measure = pv_self_check(L, &pv_measure_class);
    lua_pushliteral(L, "measure ");
    pv_push_str(L, measure->measure->id);
    lua_concat(L, 2);
    return 1;
}

static const pv_member members[] = {
    {"id", "id: string", "Its id.", get_id, NULL},
    {"title", "title: string", "Its title as printed.", get_title, NULL},
    {"points", "points: decimal", "Its points as printed; of a group's measure, the group's.", get_points, NULL},
    {"obligation", "obligation: string", "\"mandatory\" or \"optional\".", get_obligation, NULL},
    {"mandatory", "mandatory: boolean", "Whether the form demands it.", get_mandatory, NULL},
    {"section", "section: section", "The section it stands in.", get_section, NULL},
    {"group", "group: group?", "The option group it belongs to, or nil.", get_group, NULL},
    {"responses", "responses: list of response", "The responses to its items, as printed, given or not.", get_responses,
     NULL},
    {"given", "given: boolean", "Whether the submission names it; it may still be blank.", get_given, NULL},
    {"blank", "blank: boolean", "Whether no response in it has text.", get_blank, NULL},
    {"description", "description: string", "Its description as printed.", get_description, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_measure_class = {
    .name = "measure",
    .doc = "A measure as filed: names beyond the built-in ones are the attributes the form declares for measures.",
    .members = members,
    .get_declared = get_declared,
    .declared_names = declared_names,
    .to_string = l_measure_to_string,
    .of_session = true,
};
