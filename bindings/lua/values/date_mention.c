#include "lua/values/date_mention_p.h"

#include "text/dates.h"

typedef struct pv_date_mention_object {
    pv_object object;
    pv_date_mention mention; /* at: bytes of whole */
    const pv_text *whole;
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

static void push_mention(lua_State *L, const pv_text_object *text, const pv_date_mention *found) {
    pv_date_mention_object *object = pv_class_new(L, &pv_date_mention_class, sizeof *object);
    object->mention = *found;
    object->mention.at = pv_text_within(text, found->at);
    object->whole = text->whole;
    pv_object_place_in(&object->object, text->whole, object->mention.at);
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
        push_mention(L, text, &found.dates[i]);
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

static int get_text(lua_State *L) {
    const pv_date_mention_object *object = lua_touserdata(L, 1);
    pv_push_text_part(L, object->whole, object->mention.at);
    return 1;
}

/* As the text writes it. */
static int l_date_mention_to_string(lua_State *L) {
    const pv_date_mention_object *object = pv_class_check(L, 1, &pv_date_mention_class);
    return pv_push_str(L, pv_str_slice(object->whole->value, object->mention.at.start, object->mention.at.end));
}

static const pv_member members[] = {
    {"first", "first: date?",
     "The first day of what it names, a day, month, quarter or year; the earlier of two readings; nil when there is no "
     "such day.",
     get_first, NULL},
    {"last", "last: date?", "The last day of what it names; the later of two readings; nil when there is no such day.",
     get_last, NULL},
    {"precision", "precision: string", "\"day\", \"month\", \"quarter\" or \"year\".", get_precision, NULL},
    {"is_ambiguous", "is_ambiguous: boolean",
     "Whether day and month may be meant either way round (\"07/01/2022\"); `first` and `last` are then the readings.",
     get_is_ambiguous, NULL},
    {"is_impossible", "is_impossible: boolean", "Whether there is no such day (\"February 30, 2022\").",
     get_is_impossible, NULL},
    {"text", "text: text", "The date as written.", get_text, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_date_mention_class = {
    .name = "date mention",
    .doc = "A day, month, quarter or year that a text names with its year.",
    .members = members,
    .to_string = l_date_mention_to_string,
    .of_session = true,
};
