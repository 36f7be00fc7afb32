#include "lua/values/date.h"

#include "lua/values/calendar.h"
#include "lua/values/number.h"

typedef struct pv_date_object {
    pv_object object;
    pv_date date;
} pv_date_object;

void pv_push_date(lua_State *L, pv_date date, const pv_place *place) {
    pv_date_object *object = pv_class_new(L, &pv_date_class, sizeof *object);
    object->date = date;
    pv_object_set_place(&object->object, place);
}

pv_date pv_date_check(lua_State *L, int index) {
    const pv_date_object *object = pv_class_check(L, index, &pv_date_class);
    return object->date;
}

int l_date(lua_State *L) {
    pv_str text;
    text.data = luaL_checklstring(L, 1, &text.size);
    pv_date date;
    if (!pv_date_parse(text, &date))
        return luaL_error(L, "\"%s\" is no date; a date is written \"2022-07-01\"", text.data);
    pv_push_date(L, date, NULL);
    return 1;
}

static int get_year(lua_State *L) {
    lua_pushinteger(L, pv_date_check(L, 1).year);
    return 1;
}

static int get_month(lua_State *L) {
    lua_pushinteger(L, pv_date_check(L, 1).month);
    return 1;
}

static int get_day(lua_State *L) {
    lua_pushinteger(L, pv_date_check(L, 1).day);
    return 1;
}

static int l_date_weekday(lua_State *L) {
    static const char *const names[] = {
        [PV_MONDAY] = "Monday", [PV_TUESDAY] = "Tuesday",   [PV_WEDNESDAY] = "Wednesday", [PV_THURSDAY] = "Thursday",
        [PV_FRIDAY] = "Friday", [PV_SATURDAY] = "Saturday", [PV_SUNDAY] = "Sunday",
    };
    lua_pushstring(L, names[pv_date_weekday(pv_date_check(L, 1))]);
    return 1;
}

static int push_days_after(lua_State *L, pv_date date, int64_t days, const pv_calendar *calendar) {
    pv_date result;
    pv_error error = {0};
    if (!pv_calendar_add(calendar, date, days, PV_DAY_CALENDAR, &result, &error))
        return pv_runtime_raise(L, &error);
    pv_push_date(L, result, NULL);
    return 1;
}

static const pv_calendar every_day = {.kind = PV_DAY_CALENDAR};

static int l_date_add(lua_State *L) {
    pv_date date = pv_date_check(L, 1);
    int64_t days = pv_number_check_whole(L, 2);
    pv_calendar calendar = pv_calendar_argument(L, 3);
    return push_days_after(L, date, days, &calendar);
}

static int l_date_add_weeks(lua_State *L) {
    pv_date date = pv_date_check(L, 1);
    int64_t weeks = pv_number_check_whole(L, 2);
    int64_t days;
    if (__builtin_mul_overflow(weeks, (int64_t)7, &days))
        days = weeks < 0 ? -INT64_MAX : INT64_MAX; /* out of range all the same */
    return push_days_after(L, date, days, &every_day);
}

static int l_date_add_months(lua_State *L) {
    pv_date result;
    pv_error error = {0};
    if (!pv_date_add_months(pv_date_check(L, 1), pv_number_check_whole(L, 2), &result, &error))
        return pv_runtime_raise(L, &error);
    pv_push_date(L, result, NULL);
    return 1;
}

static int l_date_add_years(lua_State *L) {
    pv_date date = pv_date_check(L, 1);
    int64_t years = pv_number_check_whole(L, 2);
    int64_t months;
    pv_date result;
    pv_error error = {0};
    if (__builtin_mul_overflow(years, (int64_t)12, &months))
        months = years < 0 ? -INT64_MAX : INT64_MAX; /* out of range all the same */
    if (!pv_date_add_months(date, months, &result, &error))
        return pv_runtime_raise(L, &error);
    pv_push_date(L, result, NULL);
    return 1;
}

/* 1 to 4. */
static int quarter_of(pv_date date) {
    return (date.month - 1) / 3 + 1;
}

static int get_quarter(lua_State *L) {
    lua_pushinteger(L, quarter_of(pv_date_check(L, 1)));
    return 1;
}

static int l_date_quarter_start(lua_State *L) {
    pv_date date = pv_date_check(L, 1);
    date.month = (uint8_t)(3 * quarter_of(date) - 2);
    date.day = 1;
    pv_push_date(L, date, NULL);
    return 1;
}

static int l_date_quarter_end(lua_State *L) {
    pv_date date = pv_date_check(L, 1);
    date.month = (uint8_t)(3 * quarter_of(date));
    date.day = (uint8_t)pv_date_days_in_month(date.year, date.month);
    pv_push_date(L, date, NULL);
    return 1;
}

static int l_date_quarter_label(lua_State *L) {
    pv_date date = pv_date_check(L, 1);
    lua_pushfstring(L, "Q%d %d", quarter_of(date), (int)date.year);
    return 1;
}

static int l_date_days_to(lua_State *L) {
    pv_date from = pv_date_check(L, 1);
    pv_date to = pv_date_check(L, 2);
    pv_calendar calendar = pv_calendar_argument(L, 3);
    int64_t days;
    pv_error error = {0};
    if (!pv_calendar_days_between(&calendar, from, to, &days, &error))
        return pv_runtime_raise(L, &error);
    lua_pushinteger(L, days);
    return 1;
}

/* `date + 30` and `30 + date`. */
static int l_date_plus(lua_State *L) {
    int date = pv_class_test(L, 1, &pv_date_class) ? 1 : 2;
    return push_days_after(L, pv_date_check(L, date), pv_number_check_whole(L, 3 - date), &every_day);
}

/* `later - earlier` is a number of days, `date - 30` a date. */
static int l_date_minus(lua_State *L) {
    pv_date date = pv_date_check(L, 1);
    if (!pv_class_test(L, 2, &pv_date_class)) {
        int64_t days = pv_number_check_whole(L, 2);
        return push_days_after(L, date, days == INT64_MIN ? INT64_MAX : -days, &every_day);
    }
    lua_pushinteger(L, pv_date_days_between(pv_date_check(L, 2), date));
    return 1;
}

static int l_date_equal(lua_State *L) {
    const pv_date_object *a = pv_class_test(L, 1, &pv_date_class);
    const pv_date_object *b = pv_class_test(L, 2, &pv_date_class);
    lua_pushboolean(L, a && b && pv_date_compare(a->date, b->date) == 0);
    return 1;
}

static int l_date_before(lua_State *L) {
    lua_pushboolean(L, pv_date_compare(pv_date_check(L, 1), pv_date_check(L, 2)) < 0);
    return 1;
}

static int l_date_before_or_equal(lua_State *L) {
    lua_pushboolean(L, pv_date_compare(pv_date_check(L, 1), pv_date_check(L, 2)) <= 0);
    return 1;
}

const char *pv_date_push_iso(lua_State *L, pv_date date) {
    char text[PV_DATE_SIZE];
    pv_date_write(date, text);
    return lua_pushstring(L, text);
}

static int l_date_to_string(lua_State *L) {
    (void)pv_date_push_iso(L, pv_date_check(L, 1));
    return 1;
}

static const pv_member members[] = {
    {"year", "year: integer", "The year, 1 to 9999.", get_year, NULL},
    {"month", "month: integer", "The month, 1 to 12.", get_month, NULL},
    {"day", "day: integer", "The day of the month, 1 to 31.", get_day, NULL},
    {"quarter", "quarter: integer", "The quarter of the calendar year, 1 to 4.", get_quarter, NULL},
    {"weekday", ":weekday(): string", "The day of the week, \"Monday\" to \"Sunday\".", NULL, l_date_weekday},
    {"add", ":add(days: integer, kind: string | calendar | nil): date",
     "The last day of a term of so many days that begins after it: \"calendar\" days (the default), \"business\" days "
     "(Monday to Friday), or the working days of a calendar.",
     NULL, l_date_add},
    {"add_weeks", ":add_weeks(weeks: integer): date", "The same weekday so many weeks on.", NULL, l_date_add_weeks},
    {"add_months", ":add_months(months: integer): date",
     "The same day so many months on; where that month is too short, its last day.", NULL, l_date_add_months},
    {"add_years", ":add_years(years: integer): date",
     "The same day so many years on; 29 February becomes the 28th where the year has none.", NULL, l_date_add_years},
    {"quarter_start", ":quarter_start(): date", "The first day of its quarter.", NULL, l_date_quarter_start},
    {"quarter_end", ":quarter_end(): date", "The last day of its quarter.", NULL, l_date_quarter_end},
    {"quarter_label", ":quarter_label(): string", "Its quarter in words, \"Q3 2024\".", NULL, l_date_quarter_label},
    {"days_to", ":days_to(date: date, kind: string | calendar | nil): integer",
     "How many days of a kind, as for :add, come after it up to and including the other date; negative when that is "
     "the earlier one.",
     NULL, l_date_days_to},
    PV_MEMBERS_END,
};

static const luaL_Reg operators[] = {
    {"__eq", l_date_equal}, {"__lt", l_date_before}, {"__le", l_date_before_or_equal},
    {"__add", l_date_plus}, {"__sub", l_date_minus}, {NULL, NULL},
};

const pv_class pv_date_class = {
    .name = "date",
    .doc = "A calendar day; dates compare, `date + 30` is a date, and `later - earlier` is the number of days between.",
    .members = members,
    .to_string = l_date_to_string,
    .operators = operators,
};
