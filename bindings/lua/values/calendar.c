#include "lua/values/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "lua/values/date.h"

enum { SLOT_NAME = 1, SLOTS = SLOT_NAME };

typedef struct pv_calendar_object {
    pv_object object;
    pv_calendar calendar; /* its holidays are those below */
    pv_date holidays[];
} pv_calendar_object;

/* [-0, +0, v] Element number of the list at index 1: a date, or a row whose column `date` is one. */
static pv_date holiday_at(lua_State *L, lua_Integer number) {
    int top = lua_gettop(L);
    lua_geti(L, 1, number);
    if (pv_class_test(L, -1, &pv_row_class))
        lua_getfield(L, -1, "date");
    if (!pv_class_test(L, -1, &pv_date_class))
        luaL_error(L, "holiday %I is %s; a calendar is made of rows with a date in their column \"date\", or of dates",
                   (LUAI_UACINT)number, pv_describe(L, -1));
    pv_date date = pv_date_check(L, -1);
    lua_settop(L, top);
    return date;
}

static int compare_dates(const void *a, const void *b) {
    return pv_date_compare(*(const pv_date *)a, *(const pv_date *)b);
}

/* [-0, +0, v] The holidays of the list at index 1, ascending, in the call arena. */
static pv_date *gather(lua_State *L, size_t count) {
    MAY_RAISE(pv_runtime_charge(L, count * 4));
    pv_date *holidays = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_date, count));
    for (size_t i = 0; i < count; i++)
        holidays[i] = holiday_at(L, (lua_Integer)i + 1);
    qsort(holidays, count, sizeof *holidays, compare_dates);
    /* A day listed twice is most likely another day mistyped. */
    for (size_t i = 1; i < count; i++)
        if (pv_date_compare(holidays[i - 1], holidays[i]) == 0)
            luaL_error(L, "the holiday %s is listed twice", pv_date_push_iso(L, holidays[i]));
    return holidays;
}

/* [-0, +0, v] Where nothing else is said, the table is complete for the years it has holidays of: so it must have some of
 * every year between. */
static void cover_whole_years(lua_State *L, pv_calendar *calendar) {
    for (size_t i = 1; i < calendar->holiday_count; i++) {
        int next = calendar->holidays[i - 1].year + 1;
        if (calendar->holidays[i].year > next)
            luaL_error(L, "the table has no holiday in %d; say which days it covers: calendar(rows, first, last)",
                       next);
    }
    (void)pv_date_make(calendar->holidays[0].year, 1, 1, &calendar->first);
    (void)pv_date_make(calendar->holidays[calendar->holiday_count - 1].year, 12, 31, &calendar->last);
}

/* [-0, +0, v] Raises for a key of the options at index 2 that is none. */
static void check_options(lua_State *L) {
    static const pv_str names[] = {PV_STR("name"), PV_STR("first"), PV_STR("last")};
    for (lua_pushnil(L); lua_next(L, 2) != 0; lua_pop(L, 1)) {
        pv_str key = PV_STR("");
        if (lua_type(L, -2) == LUA_TSTRING)
            key.data = lua_tolstring(L, -2, &key.size);
        if (!pv_str_equal(key, names[0]) && !pv_str_equal(key, names[1]) && !pv_str_equal(key, names[2]))
            pv_raise_unknown(L, "calendar", key, names, sizeof names / sizeof *names);
    }
}

/* [-0, +0, v] Puts what follows the rows at the indices 2 (first), 3 (last) and 4 (name): given as they are, or as
 * { name = …, first = …, last = … }. */
static void settle_options(lua_State *L) {
    if (!lua_istable(L, 2)) {
        lua_settop(L, 3);
        lua_pushliteral(L, "working");
        return;
    }
    lua_settop(L, 2);
    check_options(L);
    lua_getfield(L, 2, "first");
    lua_getfield(L, 2, "last");
    if (lua_getfield(L, 2, "name") == LUA_TNIL) {
        lua_pop(L, 1);
        lua_pushliteral(L, "working");
    } else if (lua_type(L, -1) != LUA_TSTRING || lua_rawlen(L, -1) == 0) {
        luaL_error(L, "a calendar's name says which days it counts, as in name = \"business\"");
    }
    lua_remove(L, 2);
}

int l_calendar(lua_State *L) {
    if (!pv_runtime_of(L)->loading)
        return luaL_error(L, "calendars are made at file level, outside any function, so that each is built once");
    if (!lua_istable(L, 1))
        pv_raise_expected(L, 1, "a table of the form, such as form.tables.holiday");
    size_t count = (size_t)lua_rawlen(L, 1);
    if (count == 0)
        return luaL_error(L, "a calendar needs holidays; this table has no rows");
    pv_calendar calendar = {.kind = PV_DAY_WORKING, .holidays = gather(L, count), .holiday_count = count};
    settle_options(L);
    if (lua_isnil(L, 2)) {
        cover_whole_years(L, &calendar);
    } else {
        calendar.first = pv_date_check(L, 2);
        calendar.last = pv_date_check(L, 3);
    }
    pv_error error = {0};
    if (!pv_calendar_check(&calendar, &error))
        return pv_runtime_raise(L, &error);
    size_t size = count * sizeof(pv_date);
    pv_calendar_object *object = pv_class_new(L, &pv_calendar_class, sizeof *object + size);
    memcpy(object->holidays, calendar.holidays, size);
    object->calendar = calendar;
    object->calendar.holidays = object->holidays;
    lua_pushvalue(L, 4);
    lua_setiuservalue(L, -2, SLOT_NAME);
    return 1;
}

static const pv_calendar *check_calendar(lua_State *L, int index) {
    const pv_calendar_object *object = pv_class_check(L, index, &pv_calendar_class);
    return &object->calendar;
}

pv_calendar pv_calendar_argument(lua_State *L, int index) {
    if (lua_isnoneornil(L, index))
        return (pv_calendar){.kind = PV_DAY_CALENDAR};
    if (lua_type(L, index) != LUA_TSTRING)
        return *check_calendar(L, index);
    pv_str name;
    name.data = lua_tolstring(L, index, &name.size);
    if (pv_str_equal(name, PV_STR("calendar")))
        return (pv_calendar){.kind = PV_DAY_CALENDAR};
    if (pv_str_equal(name, PV_STR("business")))
        return (pv_calendar){.kind = PV_DAY_BUSINESS};
    if (pv_str_equal(name, PV_STR("working")))
        luaL_error(L, "working days need a calendar of holidays; make one at file level: "
                      "local holidays = calendar(form.tables.holiday)");
    const pv_str names[] = {PV_STR("calendar"), PV_STR("business")};
    pv_raise_unknown(L, "the list of kinds of days", name, names, 2);
    return (pv_calendar){0};
}

static int l_calendar_is_working_day(lua_State *L) {
    bool counts;
    pv_error error = {0};
    if (!pv_calendar_counts(check_calendar(L, 1), pv_date_check(L, 2), &counts, &error))
        return pv_runtime_raise(L, &error);
    lua_pushboolean(L, counts);
    return 1;
}

static int l_calendar_working_day_from(lua_State *L) {
    pv_date result;
    pv_error error = {0};
    if (!pv_calendar_add(check_calendar(L, 1), pv_date_check(L, 2), 0, PV_DAY_WORKING, &result, &error))
        return pv_runtime_raise(L, &error);
    pv_push_date(L, result, NULL);
    return 1;
}

static int l_calendar_to_string(lua_State *L) {
    const pv_calendar *calendar = check_calendar(L, 1);
    lua_getiuservalue(L, 1, SLOT_NAME);
    const char *name = lua_tostring(L, -1);
    lua_pushfstring(L, "the %s days from %s to %s", name, pv_date_push_iso(L, calendar->first),
                    pv_date_push_iso(L, calendar->last));
    return 1;
}

static int get_name(lua_State *L) {
    lua_getiuservalue(L, 1, SLOT_NAME);
    return 1;
}

static const pv_member members[] = {
    {"name", "name: string", "What its days are called in messages: \"working\" where it was given no name.", get_name,
     NULL},
    {"is_working_day", ":is_working_day(date: date): boolean", "Whether the day is a working day.", NULL,
     l_calendar_is_working_day},
    {"working_day_from", ":working_day_from(date: date): date",
     "The first working day from this one on, itself included: where a term of calendar days ends that would end on a "
     "Saturday or a holiday.",
     NULL, l_calendar_working_day_from},
    PV_MEMBERS_END,
};

const pv_class pv_calendar_class = {
    .name = "calendar",
    .doc = "Monday to Friday less the holidays of a table, made at file level: `calendar(form.tables.holiday)`, whose "
           "column `date` is taken to be complete for its years, or `calendar(rows, first, last)`. "
           "`calendar(rows, { name = \"business\", first = …, last = … })` says what messages call its days.",
    .members = members,
    .to_string = l_calendar_to_string,
    .slots = SLOTS,
};
