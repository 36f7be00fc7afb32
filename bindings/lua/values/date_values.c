#include "lua/values/values_p.h"
#include "model/message.h"
#include "text/dates.h"

#include <string.h>

/* ---- dates ---- */

typedef struct pv_date_object {
    pv_object object;
    pv_date date;
} pv_date_object;

int pv_push_date(lua_State *L, pv_date date, const pv_place *place) {
    pv_date_object *object = pv_class_new(L, &pv_date_class, sizeof *object);
    object->date = date;
    pv_object_set_place(&object->object, place);
    return 1;
}

pv_date pv_date_check(lua_State *L, int index) {
    const pv_date_object *object = pv_class_check(L, index, &pv_date_class);
    return object->date;
}

static bool read_day(pv_str text, pv_date *out, pv_error *error) {
    return pv_date_parse(text, out) ||
           pv_fail(error, PV_ERROR_SHAPE, "\"%s\" is no date: %s", pv_message_quote(text).text, pv_date_fault(text));
}

bool pv_reads_day(pv_arena *arena, pv_str text, pv_error *error) {
    (void)arena;
    pv_date date;
    return read_day(text, &date, error);
}

int l_date(lua_State *L) {
    pv_date date;
    pv_error error = {0};
    if (!read_day(pv_check_str(L, 1), &date, &error))
        return pv_runtime_raise(L, &error);
    return pv_push_date(L, date, NULL);
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
    return pv_push_name(L, names[pv_date_weekday(pv_date_check(L, 1))]);
}

static int push_days_after(lua_State *L, pv_date date, int64_t days, const pv_calendar *calendar) {
    pv_date result;
    pv_error error = {0};
    if (!pv_calendar_add(calendar, date, days, PV_DAY_CALENDAR, &result, &error))
        return pv_runtime_raise(L, &error);
    return pv_push_date(L, result, NULL);
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
    return pv_push_date(L, result, NULL);
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
    return pv_push_date(L, result, NULL);
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
    return pv_push_date(L, date, NULL);
}

static int l_date_quarter_end(lua_State *L) {
    pv_date date = pv_date_check(L, 1);
    date.month = (uint8_t)(3 * quarter_of(date));
    date.day = (uint8_t)pv_date_days_in_month(date.year, date.month);
    return pv_push_date(L, date, NULL);
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
    return pv_push_boolean(L, a && b && pv_date_compare(a->date, b->date) == 0);
}

static int l_date_before(lua_State *L) {
    return pv_push_boolean(L, pv_date_compare(pv_date_check(L, 1), pv_date_check(L, 2)) < 0);
}

static int l_date_before_or_equal(lua_State *L) {
    return pv_push_boolean(L, pv_date_compare(pv_date_check(L, 1), pv_date_check(L, 2)) <= 0);
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
    {"weekday",
     ":weekday(): \"Monday\" | \"Tuesday\" | \"Wednesday\" | \"Thursday\" | \"Friday\" | \"Saturday\" | \"Sunday\"",
     "The day of the week, \"Monday\" to \"Sunday\".", .method = l_date_weekday},
    {"add", ":add(days: integer, kind: \"calendar\" | \"business\" | calendar | nil): date",
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
    {"days_to", ":days_to(date: date, kind: \"calendar\" | \"business\" | calendar | nil): integer",
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

int pv_push_calendar(lua_State *L, const pv_calendar *calendar, int name) {
    size_t size = calendar->holiday_count * sizeof(pv_date);
    pv_calendar_object *object = pv_class_new(L, &pv_calendar_class, sizeof *object + size);
    memcpy(object->holidays, calendar->holidays, size);
    object->calendar = *calendar;
    object->calendar.holidays = object->holidays;
    lua_pushvalue(L, name);
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
    pv_str name = pv_lua_str(L, index);
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
    return pv_push_boolean(L, counts);
}

static int l_calendar_working_day_from(lua_State *L) {
    pv_date result;
    pv_error error = {0};
    if (!pv_calendar_add(check_calendar(L, 1), pv_date_check(L, 2), 0, PV_DAY_WORKING, &result, &error))
        return pv_runtime_raise(L, &error);
    return pv_push_date(L, result, NULL);
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
    return pv_push_slot(L, SLOT_NAME);
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
    pv_date_mention mention; /* at: bytes of the text asked, which need not be the whole */
} pv_date_mention_object;

/* [-0, +0, v] "month-first", "day-first", "bare-years", as many as there are. */
static pv_date_options read_options(lua_State *L, int first) {
    static const pv_str names[] = {{"month-first", 11}, {"day-first", 9}, {"bare-years", 10}};
    pv_date_options options = {.order = PV_DATE_ORDER_UNKNOWN};
    for (int index = first; index <= lua_gettop(L); index++) {
        pv_str name = pv_check_str(L, index);
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

int pv_push_date_mention(lua_State *L, const pv_text_object *text, const pv_date_mention *found) {
    pv_date_mention_object *object = pv_found_new(L, &pv_date_mention_class, sizeof *object, text, found->at);
    object->mention = *found;
    return 1;
}

int l_text_dates(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    pv_date_options wanted = read_options(L, 2);
    pv_str bytes = pv_text_object_str(text);
    pv_text_charge(L, bytes);
    pv_date_list found;
    pv_error error = {0};
    if (!pv_dates_find(pv_runtime_of(L)->call_arena, bytes, wanted, &found, &error))
        return pv_runtime_raise(L, &error);
    MAY_RAISE(pv_runtime_charge(L, found.count * 2));
    PV_PUSH_LIST(L, found.count, i, pv_push_date_mention(L, text, &found.dates[i]));
    return 1;
}

static const pv_date_mention *self(lua_State *L) {
    const pv_date_mention_object *object = lua_touserdata(L, 1);
    return &object->mention;
}

static int push_day(lua_State *L, pv_date date) {
    return self(L)->reading == PV_DATE_IMPOSSIBLE
               ? pv_push_nil(L)
               : pv_push_date(L, date, &((const pv_object *)lua_touserdata(L, 1))->place);
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
    return pv_push_boolean(L, self(L)->reading == PV_DATE_AMBIGUOUS);
}

static int get_is_impossible(lua_State *L) {
    return pv_push_boolean(L, self(L)->reading == PV_DATE_IMPOSSIBLE);
}

static int get_precision(lua_State *L) {
    return pv_push_name(L, pv_date_precision_name(self(L)->precision));
}

static const pv_member date_mention_members[] = {
    {"first", "first: date?",
     "The first day of what it names, a day, month, quarter or year; the earlier of two readings; nil when there is no "
     "such day.",
     .get = get_first},
    {"last", "last: date?", "The last day of what it names; the later of two readings; nil when there is no such day.",
     .get = get_last},
    {"precision", "precision: \"day\" | \"month\" | \"quarter\" | \"year\"",
     "\"day\", \"month\", \"quarter\" or \"year\".", .get = get_precision},
    {"is_ambiguous", "is_ambiguous: boolean",
     "Whether day and month may be meant either way round (\"07/01/2022\"); `first` and `last` are then the readings.",
     .get = get_is_ambiguous},
    {"is_impossible", "is_impossible: boolean", "Whether there is no such day (\"February 30, 2022\").",
     .get = get_is_impossible},
    {"text", "text: text", "The date as written.", PV_OWN_FIELD(words, pv_date_mention_object, found.at)},
    PV_CONTEXT_MEMBERS,
    PV_MEMBERS_END,
};

const pv_class pv_date_mention_class = {
    .name = "date mention",
    .doc = "A day, month, quarter or year that a text names with its year.",
    .members = date_mention_members,
    .to_string = l_found_to_string,
    .of_session = true,
};
