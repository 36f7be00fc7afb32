#include "lua/filing/filing.h"
#include "lua/values/values.h"

static void make_group(lua_State *L, const void *address) {
    pv_handle_new(L, &pv_group_class, address, NULL);
}

void pv_push_group(lua_State *L, const pv_group *group) {
    pv_class_push_cached(L, group, make_group);
}

static const pv_group *self(lua_State *L) {
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

static int get_choose(lua_State *L) {
    lua_pushinteger(L, self(L)->choose);
    return 1;
}

static int get_points(lua_State *L) {
    pv_push_decimal(L, self(L)->points, false, NULL);
    return 1;
}

static bool find_place(const pv_runtime *runtime, const pv_object *object, pv_place *out) {
    const pv_group *group = ((const pv_handle *)object)->target;
    return pv_place_of_measures(runtime, group->measures, group->measure_count, out);
}

static int l_group_to_string(lua_State *L) {
    (void)pv_class_check(L, 1, &pv_group_class);
    return get_title(L);
}

static const pv_member members[] = {
    {"id", "id: string", "Its id.", get_id, NULL},
    {"title", "title: string", "Its title as printed.", get_title, NULL},
    {"measures", "measures: list of measure", "The measures to choose from; only while a submission is checked.",
     get_measures, NULL},
    {"choose", "choose: integer", "On how many of them the filer reports.", get_choose, NULL},
    {"points", "points: decimal", "The points of the whole group, which count once.", get_points, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_group_class = {
    .name = "group",
    .doc = "Measures of which the filer reports on some, and whose points count once.",
    .members = members,
    .to_string = l_group_to_string,
    .find_place = find_place,
};
