#include "lua/values/values_p.h"
#include "model/message.h"
#include "text/periods.h"

/* ---- durations ---- */

typedef struct pv_duration_object {
    pv_found found;
    pv_duration duration; /* at: bytes of the text asked, which need not be the whole */
} pv_duration_object;

static void push_duration(lua_State *L, const pv_text_object *text, const pv_duration *found) {
    pv_duration_object *object = pv_found_new(L, &pv_duration_class, sizeof *object, text, found->at);
    object->duration = *found;
}

/* [-0, +0, v] In the call arena. */
static pv_duration_list find_duration(lua_State *L, pv_str text) {
    pv_text_charge(L, text);
    pv_duration_list found;
    pv_error error = {0};
    if (!pv_durations_find(pv_runtime_of(L)->call_arena, text, &found, &error))
        pv_runtime_raise(L, &error);
    MAY_RAISE(pv_runtime_charge(L, found.count * 2));
    return found;
}

int l_text_durations(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    pv_duration_list found = find_duration(L, pv_text_object_str(text));
    PV_PUSH_LIST(L, found.count, i, push_duration(L, text, &found.durations[i]));
    return 1;
}

/* ---- comparing ---- */

typedef struct length {
    pv_decimal value;
    pv_time_unit unit;
} length;

/* Units of one family differ by a factor: a week is seven days, a year twelve months. Between families only bounds are
 * known. */
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

static bool read_limit(pv_arena *arena, pv_str text, length *out, pv_error *error) {
    pv_duration_list found;
    if (!pv_durations_find(arena, text, &found, error))
        return false;
    if (found.count != 1)
        return pv_fail(error, PV_ERROR_SHAPE,
                       "\"%s\" does not say how long; write \"30 calendar days\" or \"two weeks\"",
                       pv_message_quote(text).text);
    *out = lower_end(&found.durations[0]);
    return true;
}

bool pv_reads_how_long(pv_arena *arena, pv_str text, pv_error *error) {
    length limit;
    return read_limit(arena, text, &limit, error);
}

/* [-0, +0, v] The one duration that the string at index 2 says. */
static length check_limit(lua_State *L) {
    pv_str text = pv_check_str(L, 2);
    length limit;
    pv_error error = {0};
    pv_text_charge(L, text);
    if (!read_limit(pv_runtime_of(L)->call_arena, text, &limit, &error))
        pv_runtime_raise(L, &error);
    return limit;
}

static int l_duration_is_at_most(lua_State *L) {
    const pv_duration *duration = check_duration(L);
    bool open_above = duration->qualifier == PV_QUALIFIER_AT_LEAST || duration->qualifier == PV_QUALIFIER_OVER;
    return pv_push_boolean(L, !open_above && is_within(L, upper_end(duration), check_limit(L)));
}

static int l_duration_may_be_at_most(lua_State *L) {
    const pv_duration *duration = check_duration(L);
    length limit = check_limit(L);
    bool exceeds = duration->qualifier == PV_QUALIFIER_OVER && is_within(L, limit, lower_end(duration));
    return pv_push_boolean(L, !exceeds && may_be_within(L, lower_end(duration), limit));
}

static int l_duration_is_at_least(lua_State *L) {
    const pv_duration *duration = check_duration(L);
    bool open_below = duration->qualifier == PV_QUALIFIER_AT_MOST || duration->qualifier == PV_QUALIFIER_UNDER;
    return pv_push_boolean(L, !open_below && is_within(L, check_limit(L), lower_end(duration)));
}

static int l_duration_may_be_at_least(lua_State *L) {
    const pv_duration *duration = check_duration(L);
    length limit = check_limit(L);
    bool falls_short = duration->qualifier == PV_QUALIFIER_UNDER && is_within(L, upper_end(duration), limit);
    return pv_push_boolean(L, !falls_short && may_be_within(L, limit, upper_end(duration)));
}

/* ---- what it says ---- */

static const pv_duration_object *self(lua_State *L) {
    return lua_touserdata(L, 1);
}

static int get_is_range(lua_State *L) {
    return pv_push_boolean(L, pv_decimal_compare(self(L)->duration.value, self(L)->duration.upper) != 0);
}

static int get_unit(lua_State *L) {
    return pv_push_name(L, pv_time_unit_name(self(L)->duration.unit));
}

static const pv_member duration_members[] = {
    {"value", "value: decimal", "The number of units; of a range, its lower end.",
     PV_OWN_FIELD(placed_decimal, pv_duration_object, duration.value)},
    {"upper", "upper: decimal", "The upper end of a range, else the number itself.",
     PV_OWN_FIELD(placed_decimal, pv_duration_object, duration.upper)},
    {"is_range", "is_range: boolean", "Whether it is a range (\"3-5 business days\").", .get = get_is_range},
    {"unit",
     "unit: \"day\" | \"calendar day\" | \"business day\" | \"working day\" | \"week\" | \"month\" | \"quarter\" | "
     "\"year\"",
     "\"day\", \"calendar day\", \"business day\", \"working day\", \"week\", \"month\", \"quarter\" or \"year\".",
     .get = get_unit},
    {"qualifier", "qualifier: \"at least\" | \"over\" | \"at most\" | \"under\" | \"about\" | nil",
     "How the text qualifies it: \"at most\" (also \"within\"), \"under\", \"at least\", \"over\", \"about\", or nil.",
     PV_OWN_FIELD(qualifier, pv_duration_object, duration.qualifier)},
    {"is_at_most", ":is_at_most(limit: how long): boolean",
     "Whether it is certainly no longer than this, wherever it begins: \"30 calendar days\", \"two weeks\".",
     .method = l_duration_is_at_most},
    {"may_be_at_most", ":may_be_at_most(limit: how long): boolean",
     "Whether it may be no longer than this: so may a month be no longer than 30 days.",
     .method = l_duration_may_be_at_most},
    {"is_at_least", ":is_at_least(limit: how long): boolean",
     "Whether it is certainly no shorter than this, wherever it begins.", .method = l_duration_is_at_least},
    {"may_be_at_least", ":may_be_at_least(limit: how long): boolean", "Whether it may be no shorter than this.",
     .method = l_duration_may_be_at_least},
    {"text", "text: text", "The number and its unit as written.", PV_OWN_FIELD(words, pv_duration_object, found.at)},
    PV_CONTEXT_MEMBERS,
    PV_MEMBERS_END,
};

const pv_class pv_duration_class = {
    .name = "duration",
    .doc = "A period of time that a text states, in days of a kind, weeks, months or years.",
    .members = duration_members,
    .to_string = l_found_to_string,
    .of_session = true,
};

/* ---- frequencies ---- */

typedef struct pv_frequency_object {
    pv_found found;
    pv_frequency frequency; /* at: bytes of the text asked, which need not be the whole */
    pv_span what;           /* bytes of the whole */
} pv_frequency_object;

static void push_frequency(lua_State *L, const pv_text_object *text, const pv_frequency *found) {
    pv_frequency_object *object = pv_found_new(L, &pv_frequency_class, sizeof *object, text, found->at);
    object->frequency = *found;
    object->what = pv_text_within(text, found->what);
}

/* [-0, +0, v] In the call arena. */
static pv_frequency_list find_frequency(lua_State *L, pv_str text) {
    pv_text_charge(L, text);
    pv_frequency_list found;
    pv_error error = {0};
    if (!pv_frequencies_find(pv_runtime_of(L)->call_arena, text, &found, &error))
        pv_runtime_raise(L, &error);
    MAY_RAISE(pv_runtime_charge(L, found.count * 2));
    return found;
}

int l_text_frequencies(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    pv_frequency_list found = find_frequency(L, pv_text_object_str(text));
    PV_PUSH_LIST(L, found.count, i, push_frequency(L, text, &found.frequencies[i]));
    return 1;
}

/* "quarterly" or, after "every", "quarter". */
static bool read_rate(pv_arena *arena, pv_str wanted, pv_rate *out, pv_error *error) {
    pv_frequency_list found;
    if (!pv_frequencies_find(arena, wanted, &found, error))
        return false;
    if (found.count == 0) {
        pv_str sentence = pv_arena_format(arena, "every %.*s", PV_STR_ARG(wanted));
        if (!sentence.data)
            return pv_fail_memory(error);
        if (!pv_frequencies_find(arena, sentence, &found, error))
            return false;
    }
    if (found.count != 1 || found.frequencies[0].ambiguous)
        return pv_fail(error, PV_ERROR_SHAPE,
                       "\"%s\" does not say how often; write \"quarter\", \"two weeks\" or \"twice a year\"",
                       pv_message_quote(wanted).text);
    *out = found.frequencies[0].low;
    return true;
}

bool pv_reads_how_often(pv_arena *arena, pv_str text, pv_error *error) {
    pv_rate rate = {0};
    return read_rate(arena, text, &rate, error);
}

/* [-0, +0, v] How often the string at index 2 says. */
static pv_rate wanted_rate(lua_State *L) {
    pv_str wanted = pv_check_str(L, 2);
    pv_rate rate = {0};
    pv_error error = {0};
    pv_text_charge(L, wanted);
    pv_text_charge(L, wanted);
    if (!read_rate(pv_runtime_of(L)->call_arena, wanted, &rate, &error))
        pv_runtime_raise(L, &error);
    return rate;
}

static const pv_frequency *check_frequency(lua_State *L) {
    const pv_frequency_object *object = pv_class_check(L, 1, &pv_frequency_class);
    return &object->frequency;
}

/* "At most monthly" promises nothing. */
static bool is_open_below(const pv_frequency *frequency) {
    return frequency->qualifier == PV_QUALIFIER_AT_MOST || frequency->qualifier == PV_QUALIFIER_UNDER;
}

static int l_frequency_is_at_least(lua_State *L) {
    const pv_frequency *frequency = check_frequency(L);
    return pv_push_boolean(L, !is_open_below(frequency) && pv_rate_compare(frequency->low, wanted_rate(L)) >= 0);
}

static int l_frequency_may_be_at_least(lua_State *L) {
    const pv_frequency *frequency = check_frequency(L);
    int order = pv_rate_compare(frequency->high, wanted_rate(L));
    return pv_push_boolean(L, order > 0 || (order == 0 && frequency->qualifier != PV_QUALIFIER_UNDER));
}

static const pv_frequency_object *frequency_self(lua_State *L) {
    return lua_touserdata(L, 1);
}

static int get_what(lua_State *L) {
    const pv_frequency_object *object = frequency_self(L);
    pv_span what = object->what;
    return what.start == what.end ? pv_push_nil(L) : pv_push_text_part(L, object->found.whole, what);
}

static const pv_member frequency_members[] = {
    {"is_at_least", ":is_at_least(often: how often): boolean",
     "Whether it is certainly as often as this, or more often: \"quarter\", \"two weeks\", \"twice a year\".",
     .method = l_frequency_is_at_least},
    {"may_be_at_least", ":may_be_at_least(often: how often): boolean",
     "Whether it may be as often as this: so may \"bimonthly\" be monthly, and \"up to monthly\" quarterly.",
     .method = l_frequency_may_be_at_least},
    {"qualifier", "qualifier: \"at least\" | \"over\" | \"at most\" | \"under\" | \"about\" | nil",
     "How the text qualifies it: \"at least\", \"over\", \"at most\", \"under\", \"about\", or nil.",
     PV_OWN_FIELD(qualifier, pv_frequency_object, frequency.qualifier)},
    {"is_ambiguous", "is_ambiguous: boolean", "Whether its word is read two ways: \"bimonthly\", \"biweekly\".",
     PV_OWN_FIELD(boolean, pv_frequency_object, frequency.ambiguous)},
    {"what", "what: text?",
     "The word for what happens so often: \"meetings\" of \"quarterly meetings\", \"meet\" of \"we meet with them "
     "quarterly\", \"report\" of \"the quarterly report\"; nil where none is found.",
     .get = get_what},
    {"text", "text: text", "The frequency as written.", PV_OWN_FIELD(words, pv_frequency_object, found.at)},
    PV_CONTEXT_MEMBERS,
    PV_MEMBERS_END,
};

const pv_class pv_frequency_class = {
    .name = "frequency",
    .doc = "How often a text says that something happens.",
    .members = frequency_members,
    .to_string = l_found_to_string,
    .of_session = true,
};

/* ---- periods from one date to another ---- */

typedef struct pv_interval_object {
    pv_found found;
    pv_interval interval; /* bytes count from the start of the whole text */
} pv_interval_object;

static pv_date_mention mention_within(const pv_text_object *text, pv_date_mention mention) {
    mention.at = pv_text_within(text, mention.at);
    return mention;
}

int pv_push_interval(lua_State *L, const pv_text_object *text, const pv_interval *found) {
    pv_interval_object *object = pv_found_new(L, &pv_interval_class, sizeof *object, text, found->at);
    object->interval = *found;
    object->interval.from = mention_within(text, found->from);
    object->interval.to = mention_within(text, found->to);
    return 1;
}

static pv_date_order read_order(lua_State *L) {
    static const pv_str names[] = {{"month-first", 11}, {"day-first", 9}};
    if (lua_isnoneornil(L, 2))
        return PV_DATE_ORDER_UNKNOWN;
    pv_str name = pv_check_str(L, 2);
    if (pv_str_equal(name, names[0]))
        return PV_DATE_ORDER_MONTH_FIRST;
    if (!pv_str_equal(name, names[1]))
        pv_raise_unknown(L, "the list of ways to read dates", name, names, 2);
    return PV_DATE_ORDER_DAY_FIRST;
}

int l_text_periods(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    pv_date_order order = read_order(L);
    pv_str bytes = pv_text_object_str(text);
    pv_text_charge(L, bytes);
    pv_interval_list found;
    pv_error error = {0};
    if (!pv_intervals_find(pv_runtime_of(L)->call_arena, bytes, order, &found, &error))
        return pv_runtime_raise(L, &error);
    MAY_RAISE(pv_runtime_charge(L, found.count * 2));
    PV_PUSH_LIST(L, found.count, i, pv_push_interval(L, text, &found.intervals[i]));
    return 1;
}

static const pv_interval_object *interval_self(lua_State *L) {
    return lua_touserdata(L, 1);
}

static int get_first_day(lua_State *L) {
    return pv_push_date(L, interval_self(L)->interval.from.first, &interval_self(L)->found.object.place);
}

static int get_last_day(lua_State *L) {
    const pv_interval_object *self = interval_self(L);
    return self->interval.open ? pv_push_nil(L) : pv_push_date(L, self->interval.to.last, &self->found.object.place);
}

/* An end of it as a date that the text names. */
static int push_end(lua_State *L, const pv_date_mention *end) {
    const pv_interval_object *self = interval_self(L);
    const pv_text_object whole = {.whole = self->found.whole, .part = {0, (uint32_t)self->found.whole->value.size}};
    return pv_push_date_mention(L, &whole, end);
}

static int get_from(lua_State *L) {
    return push_end(L, &interval_self(L)->interval.from);
}

static int get_to(lua_State *L) {
    return interval_self(L)->interval.open ? pv_push_nil(L) : push_end(L, &interval_self(L)->interval.to);
}

static const pv_member interval_members[] = {
    {"first", "first: date", "The first day that may belong to it: 1 January 2003 of \"2003–2014\".",
     .get = get_first_day},
    {"last", "last: date?", "The last day that may belong to it; nil where it goes on.", .get = get_last_day},
    {"from", "from: date mention",
     "Where it begins, as precisely as the text says: `on_or_after(period.from, day)` is for a person to judge where "
     "\"2003\" leaves it open.",
     .get = get_from},
    {"to", "to: date mention?", "Where it ends, likewise; nil where it goes on.", .get = get_to},
    {"open", "open: boolean", "Whether it goes on: \"2004–present\".",
     PV_OWN_FIELD(boolean, pv_interval_object, interval.open)},
    {"text", "text: text", "The period as written.", PV_OWN_FIELD(words, pv_interval_object, found.at)},
    PV_CONTEXT_MEMBERS,
    PV_MEMBERS_END,
};

const pv_class pv_interval_class = {
    .name = "period",
    .doc = "A period from one date to another that a text names, or that a field of type `period` holds.",
    .members = interval_members,
    .to_string = l_found_to_string,
    .of_session = true,
};
