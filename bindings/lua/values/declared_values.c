#include "lua/values/values_p.h"

#include <stdlib.h>

#include "model/language.h"

/* ---- declared values ---- */

pv_place pv_value_place(const pv_value *value) {
    return (pv_place){value->at, pv_value_is_blank(value)};
}

int pv_push_value_text(lua_State *L, const pv_value *value) {
    return pv_push_whole_text(L, &value->text, pv_value_place(value));
}

int pv_reflect_limit(lua_State *L, const pv_object *object, const void *field) {
    (void)object;
    uint32_t limit = *(const uint32_t *)field;
    return limit == 0 ? pv_push_nil(L) : pv_push_size(L, limit);
}

/* [-0, +1, m] A month, a year or a period of the submission, as what its text names. Returns 1. */
static int push_days(lua_State *L, const pv_value *value) {
    (void)pv_push_value_text(L, value);
    const pv_text_object *text = pv_text_test(L, -1);
    size_t blanks = (size_t)(pv_str_trim(value->text.value).data - value->text.value.data);
    pv_interval days = value->days; /* whose bytes count from the first that is no blank */
    pv_span *const places[] = {&days.at, &days.from.at, &days.to.at};
    for (size_t i = 0; i < 3; i++) {
        places[i]->start += (uint32_t)blanks;
        places[i]->end += (uint32_t)blanks;
    }
    int pushed = value->spec->type == PV_TYPE_PERIOD ? pv_push_interval(L, text, &days)
                                                     : pv_push_date_mention(L, text, &days.from);
    lua_remove(L, -2);
    return pushed;
}

/* [-0, +1, m] place: of a value of the submission, whose texts know theirs; NULL for one of the form. Returns 1. */
static int push_value(lua_State *L, const pv_value *value, const pv_place *place) {
    int64_t integer = 0;
    pv_type type = value->spec->type;
    switch (pv_type_of(type)->sort) {
    case PV_SORT_TEXT:
    case PV_SORT_DOCUMENT:
    case PV_SORT_FILE:
        return place ? pv_push_value_text(L, value) : pv_push_str(L, value->text.value);
    case PV_SORT_NUMBER:
        if (type == PV_TYPE_MONEY)
            return pv_push_number(L, (pv_exact_number){value->number, PV_UNIT_MONEY}, place);
        if (type != PV_TYPE_INTEGER || place)
            return pv_push_decimal(L, value->number, type == PV_TYPE_PERCENTAGE, place);
        (void)pv_decimal_to_integer(value->number, &integer); /* its type says that it is one */
        lua_pushinteger(L, integer);
        return 1;
    case PV_SORT_DAYS:
        return type == PV_TYPE_DATE ? pv_push_date(L, value->date, place) : push_days(L, value);
    case PV_SORT_BOOLEAN:
        return pv_push_boolean(L, value->boolean);
    case PV_SORT_LIST:
        PV_PUSH_LIST(L, value->element_count, i,
                     place ? pv_push_text(L, &value->elements[i]) : pv_push_str(L, value->elements[i].value));
        return 1;
    case PV_SORT_ROW:
        return pv_push_row(L, value->row);
    }
    return pv_push_nil(L);
}

int pv_push_filed_value(lua_State *L, const pv_value *value) {
    pv_place place = pv_value_place(value);
    return pv_value_is_known(value) ? push_value(L, value, &place) : pv_push_nil(L);
}

int pv_push_form_value(lua_State *L, const pv_value *value) {
    return push_value(L, value, NULL);
}

int pv_push_attribute(lua_State *L, const pv_value_list *values, pv_str name) {
    const pv_value *value = pv_value_list_get(values, name);
    if (!value)
        return 0;
    return value->given ? pv_push_form_value(L, value) : pv_push_nil(L);
}

size_t pv_value_names(const pv_value_list *values, pv_str *names, size_t capacity) {
    size_t count = values->count < capacity ? values->count : capacity;
    for (size_t i = 0; i < count; i++)
        names[i] = values->values[i].spec->name;
    return count;
}

static const pv_value_list *values_of(lua_State *L) {
    const pv_handle *handle = lua_touserdata(L, 1);
    return (const pv_value_list *)(const void *)((const char *)handle->target + handle->object.class->values);
}

int pv_get_attribute(lua_State *L, pv_str name) {
    return pv_push_attribute(L, values_of(L), name);
}

size_t pv_attribute_names(lua_State *L, pv_str *names, size_t capacity) {
    return pv_value_names(values_of(L), names, capacity);
}

pv_foreseen pv_foresee_value(const pv_value_spec *spec, bool filed) {
    return (pv_foreseen){pv_language_type(spec->type, filed), spec->table};
}

/* ---- rows of the form's tables ---- */

static bool foresee_column(const pv_form *form, const void *of, pv_str name, pv_str argument, pv_foreseen *out) {
    (void)form;
    (void)argument;
    const pv_table *table = of;
    for (size_t i = 0; table && i < table->column_count; i++)
        if (pv_str_equal(table->columns[i].name, name)) {
            *out = pv_foresee_value(&table->columns[i], false);
            return true;
        }
    return false;
}

static bool add_columns(const pv_form *form, const void *of, pv_str method, pv_name_list *out) {
    for (size_t i = 0; method.size == 0 && i < form->table_count; i++)
        for (size_t k = 0; (!of || of == &form->tables[i]) && k < form->tables[i].column_count; k++)
            if (!pv_name_list_add(out, form->tables[i].columns[k].name))
                return false;
    return true;
}

int pv_push_row(lua_State *L, const pv_value_list *row) {
    return pv_handle_push(L, &pv_row_class, row, NULL);
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
    .get_declared = pv_get_attribute,
    .declared_names = pv_attribute_names,
    .foresee = foresee_column,
    .add_names = add_columns,
    .to_string = l_row_to_string,
    .slots = PV_ROW_PHRASES,
};

/* ---- calendars made of rows ---- */

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

/* [-0, +0, v] Where nothing else is said, the table is complete for the years it has holidays of: so it must have some
 * of every year between. */
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
            key = pv_lua_str(L, -2);
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
    return pv_push_calendar(L, &calendar, 4);
}
