#include "lua/class.h"

#include <stdio.h>

typedef struct pv_date_object {
    pv_object object;
    pv_date date;
} pv_date_object;

void pv_push_date(lua_State *L, pv_date date, const pv_place *place) {
    pv_date_object *object = pv_class_new(L, &pv_date_class, sizeof *object);
    object->date = date;
    pv_object_set_place(&object->object, place);
}

static pv_date check_date(lua_State *L, int index) {
    const pv_date_object *object = pv_class_check(L, index, &pv_date_class);
    return object->date;
}

static int get_year(lua_State *L) {
    lua_pushinteger(L, check_date(L, 1).year);
    return 1;
}

static int get_month(lua_State *L) {
    lua_pushinteger(L, check_date(L, 1).month);
    return 1;
}

static int get_day(lua_State *L) {
    lua_pushinteger(L, check_date(L, 1).day);
    return 1;
}

static int l_date_equal(lua_State *L) {
    const pv_date_object *a = pv_class_test(L, 1, &pv_date_class);
    const pv_date_object *b = pv_class_test(L, 2, &pv_date_class);
    lua_pushboolean(L, a && b && pv_date_compare(a->date, b->date) == 0);
    return 1;
}

static int l_date_before(lua_State *L) {
    lua_pushboolean(L, pv_date_compare(check_date(L, 1), check_date(L, 2)) < 0);
    return 1;
}

static int l_date_before_or_equal(lua_State *L) {
    lua_pushboolean(L, pv_date_compare(check_date(L, 1), check_date(L, 2)) <= 0);
    return 1;
}

static int l_date_subtract(lua_State *L) {
    lua_pushinteger(L, pv_date_days_between(check_date(L, 2), check_date(L, 1)));
    return 1;
}

static int l_date_to_string(lua_State *L) {
    pv_date date = check_date(L, 1);
    char text[24];
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
    lua_pushstring(L, text);
    return 1;
}

static const pv_member members[] = {
    {"year", "year: integer", "The year, 1 to 9999.", get_year, NULL},
    {"month", "month: integer", "The month, 1 to 12.", get_month, NULL},
    {"day", "day: integer", "The day of the month, 1 to 31.", get_day, NULL},
    PV_MEMBERS_END,
};

static const luaL_Reg operators[] = {
    {"__eq", l_date_equal}, {"__lt", l_date_before}, {"__le", l_date_before_or_equal}, {"__sub", l_date_subtract},
    {NULL, NULL},
};

const pv_class pv_date_class = {
    .name = "date",
    .doc = "A calendar day; dates compare, and `later - earlier` is the number of days between.",
    .members = members,
    .to_string = l_date_to_string,
    .operators = operators,
};
