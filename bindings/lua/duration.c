#include "lua/duration.h"

#include "text/periods.h"

typedef struct pv_duration_object {
    pv_object object;
    pv_duration duration; /* at: bytes of whole */
    const pv_text *whole;
} pv_duration_object;

static void push_duration(lua_State *L, const pv_text_object *text, const pv_duration *found) {
    pv_duration_object *object = pv_class_new(L, &pv_duration_class, sizeof *object);
    object->duration = *found;
    object->duration.at = pv_text_within(text, found->at);
    object->whole = text->whole;
    pv_object_place_in(&object->object, text->whole, object->duration.at);
}

/* [-0, +0, v] In the call arena. */
static pv_duration_list find(lua_State *L, pv_str text) {
    pv_text_charge(L, text);
    pv_duration_list found;
    pv_error error = {0};
    if (!pv_durations_find(pv_runtime_of(L)->call_arena, text, &found, &error))
        pv_runtime_raise(L, &error);
    MAY_RAISE(pv_runtime_charge(L, found.count * 2));
    return found;
}

int pv_push_durations(lua_State *L, pv_text_object *text) {
    pv_duration_list found = find(L, pv_text_object_str(text));
    pv_list_new(L, found.count);
    for (size_t i = 0; i < found.count; i++) {
        push_duration(L, text, &found.durations[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

/* ---- comparing ---- */

typedef struct length {
    pv_decimal value;
    pv_time_unit unit;
} length;

/* Units of one family differ by a factor: a week is seven days, a year twelve months. Between families only bounds are known. */
typedef enum family { FAMILY_DAYS, FAMILY_BUSINESS_DAYS, FAMILY_WORKING_DAYS, FAMILY_MONTHS } family;

static const struct {
    family family;
    int factor;
    int least_days; /* calendar days of one unit, wherever it begins */
    int most_days;
} units[] = {
    [PV_TIME_DAY] = {FAMILY_DAYS, 1, 1, 1},
    [PV_TIME_CALENDAR_DAY] = {FAMILY_DAYS, 1, 1, 1},
    [PV_TIME_BUSINESS_DAY] = {FAMILY_BUSINESS_DAYS, 1, 1, 3},
    [PV_TIME_WORKING_DAY] = {FAMILY_WORKING_DAYS, 1, 1, 0},
    [PV_TIME_WEEK] = {FAMILY_DAYS, 7, 7, 7},
    [PV_TIME_MONTH] = {FAMILY_MONTHS, 1, 28, 31},
    [PV_TIME_QUARTER] = {FAMILY_MONTHS, 3, 89, 92},
    [PV_TIME_YEAR] = {FAMILY_MONTHS, 12, 365, 366},
};

static pv_decimal times(lua_State *L, pv_decimal value, int factor) {
    pv_decimal result;
    pv_error error = {0};
    if (!pv_decimal_multiply(value, pv_decimal_from_integer(factor), &result, &error))
        pv_runtime_raise(L, &error);
    return result;
}

/* The most calendar days that a length takes; false when holidays leave it open. */
static bool most_days(lua_State *L, length a, pv_decimal *out) {
    int64_t days;
    if (a.unit == PV_TIME_WORKING_DAY)
        return false;
    if (a.unit == PV_TIME_BUSINESS_DAY && pv_decimal_to_integer(a.value, &days) && days < INT32_MAX)
        *out = pv_decimal_from_integer(days + (days + 4) / 5 * 2); /* each five of them can span one weekend more */
    else
        *out = times(L, a.value, units[a.unit].most_days);
    return true;
}

static bool same_family(length a, length b) {
    return units[a.unit].family == units[b.unit].family;
}

static int compare_in_family(lua_State *L, length a, length b) {
    return pv_decimal_compare(times(L, a.value, units[a.unit].factor), times(L, b.value, units[b.unit].factor));
}

/* Whether a is certainly no longer than b. */
static bool is_within(lua_State *L, length a, length b) {
    if (same_family(a, b))
        return compare_in_family(L, a, b) <= 0;
    pv_decimal most;
    return most_days(L, a, &most) && pv_decimal_compare(most, times(L, b.value, units[b.unit].least_days)) <= 0;
}

/* Whether a may be no longer than b. */
static bool may_be_within(lua_State *L, length a, length b) {
    if (same_family(a, b))
        return compare_in_family(L, a, b) <= 0;
    pv_decimal most;
    return !most_days(L, b, &most) || pv_decimal_compare(times(L, a.value, units[a.unit].least_days), most) <= 0;
}

static const pv_duration *check_duration(lua_State *L) {
    const pv_duration_object *object = pv_class_check(L, 1, &pv_duration_class);
    return &object->duration;
}

static length lower_end(const pv_duration *duration) {
    return (length){duration->value, duration->unit};
}

static length upper_end(const pv_duration *duration) {
    return (length){duration->upper, duration->unit};
}

/* [-0, +0, v] The one duration that the string at index 2 says. */
static length check_limit(lua_State *L) {
    pv_str limit;
    limit.data = luaL_checklstring(L, 2, &limit.size);
    pv_duration_list found = find(L, limit);
    if (found.count != 1)
        luaL_error(L, "\"%s\" does not say how long; write \"30 calendar days\" or \"two weeks\"", limit.data);
    return lower_end(&found.durations[0]);
}

static int l_duration_is_at_most(lua_State *L) {
    const pv_duration *duration = check_duration(L);
    bool open_above = duration->qualifier == PV_QUALIFIER_AT_LEAST || duration->qualifier == PV_QUALIFIER_OVER;
    lua_pushboolean(L, !open_above && is_within(L, upper_end(duration), check_limit(L)));
    return 1;
}

static int l_duration_may_be_at_most(lua_State *L) {
    const pv_duration *duration = check_duration(L);
    length limit = check_limit(L);
    bool exceeds = duration->qualifier == PV_QUALIFIER_OVER && is_within(L, limit, lower_end(duration));
    lua_pushboolean(L, !exceeds && may_be_within(L, lower_end(duration), limit));
    return 1;
}

static int l_duration_is_at_least(lua_State *L) {
    const pv_duration *duration = check_duration(L);
    bool open_below = duration->qualifier == PV_QUALIFIER_AT_MOST || duration->qualifier == PV_QUALIFIER_UNDER;
    lua_pushboolean(L, !open_below && is_within(L, check_limit(L), lower_end(duration)));
    return 1;
}

static int l_duration_may_be_at_least(lua_State *L) {
    const pv_duration *duration = check_duration(L);
    length limit = check_limit(L);
    bool falls_short = duration->qualifier == PV_QUALIFIER_UNDER && is_within(L, upper_end(duration), limit);
    lua_pushboolean(L, !falls_short && may_be_within(L, limit, upper_end(duration)));
    return 1;
}

/* ---- what it says ---- */

static const pv_duration_object *self(lua_State *L) {
    return lua_touserdata(L, 1);
}

static int get_value(lua_State *L) {
    pv_push_decimal(L, self(L)->duration.value, false, &self(L)->object.place);
    return 1;
}

static int get_upper(lua_State *L) {
    pv_push_decimal(L, self(L)->duration.upper, false, &self(L)->object.place);
    return 1;
}

static int get_is_range(lua_State *L) {
    lua_pushboolean(L, pv_decimal_compare(self(L)->duration.value, self(L)->duration.upper) != 0);
    return 1;
}

static int get_unit(lua_State *L) {
    lua_pushstring(L, pv_time_unit_name(self(L)->duration.unit));
    return 1;
}

static int get_qualifier(lua_State *L) {
    if (self(L)->duration.qualifier == PV_QUALIFIER_NONE)
        lua_pushnil(L);
    else
        lua_pushstring(L, pv_qualifier_name(self(L)->duration.qualifier));
    return 1;
}

static int get_text(lua_State *L) {
    pv_push_text_part(L, self(L)->whole, self(L)->duration.at);
    return 1;
}

/* As the text writes it. */
static int l_duration_to_string(lua_State *L) {
    const pv_duration_object *object = pv_class_check(L, 1, &pv_duration_class);
    return pv_push_str(L, pv_str_slice(object->whole->value, object->duration.at.start, object->duration.at.end));
}

static const pv_member members[] = {
    {"value", "value: decimal", "The number of units; of a range, its lower end.", get_value, NULL},
    {"upper", "upper: decimal", "The upper end of a range, else the number itself.", get_upper, NULL},
    {"is_range", "is_range: boolean", "Whether it is a range (\"3-5 business days\").", get_is_range, NULL},
    {"unit", "unit: string",
     "\"day\", \"calendar day\", \"business day\", \"working day\", \"week\", \"month\", \"quarter\" or \"year\".",
     get_unit, NULL},
    {"qualifier", "qualifier: string?",
     "How the text qualifies it: \"at most\" (also \"within\"), \"under\", \"at least\", \"over\", \"about\", or nil.",
     get_qualifier, NULL},
    {"is_at_most", ":is_at_most(limit: string): boolean",
     "Whether it is certainly no longer than this, wherever it begins: \"30 calendar days\", \"two weeks\".", NULL,
     l_duration_is_at_most},
    {"may_be_at_most", ":may_be_at_most(limit: string): boolean",
     "Whether it may be no longer than this: so may a month be no longer than 30 days.", NULL,
     l_duration_may_be_at_most},
    {"is_at_least", ":is_at_least(limit: string): boolean",
     "Whether it is certainly no shorter than this, wherever it begins.", NULL, l_duration_is_at_least},
    {"may_be_at_least", ":may_be_at_least(limit: string): boolean", "Whether it may be no shorter than this.", NULL,
     l_duration_may_be_at_least},
    {"text", "text: text", "The number and its unit as written.", get_text, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_duration_class = {
    .name = "duration",
    .doc = "A period of time that a text states, in days of a kind, weeks, months or years.",
    .members = members,
    .to_string = l_duration_to_string,
    .of_session = true,
};
