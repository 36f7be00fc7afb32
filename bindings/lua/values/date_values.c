#include "lua/values/values_p.h"
#include "text/dates.h"

#include <stdlib.h>
#include <string.h>

/* ---- dates ---- */

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

static const pv_member date_members[] = {
    {"year", "year: integer", "The year, 1 to 9999.", .get = get_year},
    {"month", "month: integer", "The month, 1 to 12.", .get = get_month},
    {"day", "day: integer", "The day of the month, 1 to 31.", .get = get_day},
    {"quarter", "quarter: integer", "The quarter of the calendar year, 1 to 4.", .get = get_quarter},
    {"weekday", ":weekday(): string", "The day of the week, \"Monday\" to \"Sunday\".", .method = l_date_weekday},
    {"add", ":add(days: integer, kind: string | calendar | nil): date",
     "The last day of a term of so many days that begins after it: \"calendar\" days (the default), \"business\" days "
     "(Monday to Friday), or the working days of a calendar.",
     .method = l_date_add},
    {"add_weeks", ":add_weeks(weeks: integer): date", "The same weekday so many weeks on.", .method = l_date_add_weeks},
    {"add_months", ":add_months(months: integer): date",
     "The same day so many months on; where that month is too short, its last day.", .method = l_date_add_months},
    {"add_years", ":add_years(years: integer): date",
     "The same day so many years on; 29 February becomes the 28th where the year has none.",
     .method = l_date_add_years},
    {"quarter_start", ":quarter_start(): date", "The first day of its quarter.", .method = l_date_quarter_start},
    {"quarter_end", ":quarter_end(): date", "The last day of its quarter.", .method = l_date_quarter_end},
    {"quarter_label", ":quarter_label(): string", "Its quarter in words, \"Q3 2024\".", .method = l_date_quarter_label},
    {"days_to", ":days_to(date: date, kind: string | calendar | nil): integer",
     "How many days of a kind, as for :add, come after it up to and including the other date; negative when that is "
     "the earlier one.",
     .method = l_date_days_to},
    PV_MEMBERS_END,
};

static const luaL_Reg operators[] = {
    {"__eq", l_date_equal}, {"__lt", l_date_before}, {"__le", l_date_before_or_equal},
    {"__add", l_date_plus}, {"__sub", l_date_minus}, {NULL, NULL},
};

const pv_class pv_date_class = {
    .name = "date",
    .doc = "A calendar day; dates compare, `date + 30` is a date, and `later - earlier` is the number of days between.",
    .members = date_members,
    .to_string = l_date_to_string,
    .operators = operators,
};

/* ---- calendars ---- */

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

static const pv_member calendar_members[] = {
    {"name", "name: string", "What its days are called in messages: \"working\" where it was given no name.",
     .get = get_name},
    {"is_working_day", ":is_working_day(date: date): boolean", "Whether the day is a working day.",
     .method = l_calendar_is_working_day},
    {"working_day_from", ":working_day_from(date: date): date",
     "The first working day from this one on, itself included: where a term of calendar days ends that would end on a "
     "Saturday or a holiday.",
     .method = l_calendar_working_day_from},
    PV_MEMBERS_END,
};

const pv_class pv_calendar_class = {
    .name = "calendar",
    .doc = "Monday to Friday less the holidays of a table, made at file level: `calendar(form.tables.holiday)`, whose "
           "column `date` is taken to be complete for its years, or `calendar(rows, first, last)`. "
           "`calendar(rows, { name = \"business\", first = …, last = … })` says what messages call its days.",
    .members = calendar_members,
    .to_string = l_calendar_to_string,
    .slots = SLOTS,
};

/* ---- dates that a text names ---- */

typedef struct pv_date_mention_object {
    pv_found found;
    pv_date_mention mention; /* at: bytes of the whole text */
} pv_date_mention_object;

/* [-0, +0, v] "month-first", "day-first", "bare-years", as many as there are. */
static pv_date_options read_options(lua_State *L, int first) {
    static const pv_str names[] = {{"month-first", 11}, {"day-first", 9}, {"bare-years", 10}};
    pv_date_options options = {.order = PV_DATE_ORDER_UNKNOWN};
    for (int index = first; index <= lua_gettop(L); index++) {
        pv_str name;
        name.data = luaL_checklstring(L, index, &name.size);
        if (pv_str_equal(name, names[0]))
            options.order = PV_DATE_ORDER_MONTH_FIRST;
        else if (pv_str_equal(name, names[1]))
            options.order = PV_DATE_ORDER_DAY_FIRST;
        else if (pv_str_equal(name, names[2]))
            options.bare_years = true;
        else
            pv_raise_unknown(L, "the list of ways to read dates", name, names, 3);
    }
    return options;
}

static void push_date_mention(lua_State *L, const pv_text_object *text, const pv_date_mention *found) {
    pv_date_mention_object *object = pv_found_new(L, &pv_date_mention_class, sizeof *object, text, found->at);
    object->mention = *found;
    object->mention.at = pv_text_within(text, found->at);
}

int pv_push_date_mentions(lua_State *L, pv_text_object *text, int options) {
    pv_date_options wanted = read_options(L, options);
    pv_str bytes = pv_text_object_str(text);
    pv_text_charge(L, bytes);
    pv_date_list found;
    pv_error error = {0};
    if (!pv_dates_find(pv_runtime_of(L)->call_arena, bytes, wanted, &found, &error))
        return pv_runtime_raise(L, &error);
    MAY_RAISE(pv_runtime_charge(L, found.count * 2));
    pv_list_new(L, found.count);
    for (size_t i = 0; i < found.count; i++) {
        push_date_mention(L, text, &found.dates[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static const pv_date_mention *self(lua_State *L) {
    const pv_date_mention_object *object = lua_touserdata(L, 1);
    return &object->mention;
}

static int push_day(lua_State *L, pv_date date) {
    if (self(L)->reading == PV_DATE_IMPOSSIBLE)
        lua_pushnil(L);
    else
        pv_push_date(L, date, &((const pv_object *)lua_touserdata(L, 1))->place);
    return 1;
}

/* When ambiguous, first and other are the two readings, in either order. */
static bool other_comes_first(const pv_date_mention *mention) {
    return mention->reading == PV_DATE_AMBIGUOUS && pv_date_compare(mention->other, mention->first) < 0;
}

static int get_first(lua_State *L) {
    return push_day(L, other_comes_first(self(L)) ? self(L)->other : self(L)->first);
}

static int get_last(lua_State *L) {
    bool other_is_last = self(L)->reading == PV_DATE_AMBIGUOUS && !other_comes_first(self(L));
    return push_day(L, other_is_last ? self(L)->other : self(L)->last);
}

static int get_is_ambiguous(lua_State *L) {
    lua_pushboolean(L, self(L)->reading == PV_DATE_AMBIGUOUS);
    return 1;
}

static int get_is_impossible(lua_State *L) {
    lua_pushboolean(L, self(L)->reading == PV_DATE_IMPOSSIBLE);
    return 1;
}

static int get_precision(lua_State *L) {
    lua_pushstring(L, pv_date_precision_name(self(L)->precision));
    return 1;
}

/* As the text writes it. */
static int l_date_mention_to_string(lua_State *L) {
    const pv_date_mention_object *object = pv_class_check(L, 1, &pv_date_mention_class);
    return pv_found_push_bytes(L, &object->found, object->mention.at);
}

static const pv_member date_mention_members[] = {
    {"first", "first: date?",
     "The first day of what it names, a day, month, quarter or year; the earlier of two readings; nil when there is no "
     "such day.",
     .get = get_first},
    {"last", "last: date?", "The last day of what it names; the later of two readings; nil when there is no such day.",
     .get = get_last},
    {"precision", "precision: string", "\"day\", \"month\", \"quarter\" or \"year\".", .get = get_precision},
    {"is_ambiguous", "is_ambiguous: boolean",
     "Whether day and month may be meant either way round (\"07/01/2022\"); `first` and `last` are then the readings.",
     .get = get_is_ambiguous},
    {"is_impossible", "is_impossible: boolean", "Whether there is no such day (\"February 30, 2022\").",
     .get = get_is_impossible},
    {"text", "text: text", "The date as written.", PV_OWN_FIELD(words, pv_date_mention_object, mention.at)},
    PV_MEMBERS_END,
};

const pv_class pv_date_mention_class = {
    .name = "date mention",
    .doc = "A day, month, quarter or year that a text names with its year.",
    .members = date_mention_members,
    .to_string = l_date_mention_to_string,
    .of_session = true,
};
