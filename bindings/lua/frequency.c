#include "lua/frequency.h"

#include "text/periods.h"

typedef struct pv_frequency_object {
    pv_object object;
    pv_frequency frequency; /* at: bytes of whole */
    const pv_text *whole;
} pv_frequency_object;

static void push_frequency(lua_State *L, const pv_text_object *text, const pv_frequency *found) {
    pv_frequency_object *object = pv_class_new(L, &pv_frequency_class, sizeof *object);
    object->frequency = *found;
    object->frequency.at = pv_text_within(text, found->at);
    object->whole = text->whole;
    pv_object_place_in(&object->object, text->whole, object->frequency.at);
}

/* [-0, +0, v] In the call arena. */
static pv_frequency_list find(lua_State *L, pv_str text) {
    pv_text_charge(L, text);
    pv_frequency_list found;
    pv_error error = {0};
    if (!pv_frequencies_find(pv_runtime_of(L)->call_arena, text, &found, &error))
        pv_runtime_raise(L, &error);
    MAY_RAISE(pv_runtime_charge(L, found.count * 2));
    return found;
}

int pv_push_frequencies(lua_State *L, pv_text_object *text) {
    pv_frequency_list found = find(L, pv_text_object_str(text));
    pv_list_new(L, found.count);
    for (size_t i = 0; i < found.count; i++) {
        push_frequency(L, text, &found.frequencies[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static const pv_frequency *self(lua_State *L) {
    const pv_frequency_object *object = lua_touserdata(L, 1);
    return &object->frequency;
}

/* [-0, +0, v] How often the string at index 2 says, "quarterly" or, after "every", "quarter". */
static pv_rate wanted_rate(lua_State *L) {
    pv_str wanted;
    wanted.data = luaL_checklstring(L, 2, &wanted.size);
    pv_frequency_list found = find(L, wanted);
    if (found.count == 0) {
        lua_pushfstring(L, "every %s", wanted.data);
        pv_str sentence;
        sentence.data = lua_tolstring(L, -1, &sentence.size);
        found = find(L, sentence);
    }
    if (found.count != 1 || found.frequencies[0].ambiguous)
        luaL_error(L, "\"%s\" does not say how often; write \"quarter\", \"two weeks\" or \"twice a year\"",
                   wanted.data);
    return found.frequencies[0].low;
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
    lua_pushboolean(L, !is_open_below(frequency) && pv_rate_compare(frequency->low, wanted_rate(L)) >= 0);
    return 1;
}

static int l_frequency_may_be_at_least(lua_State *L) {
    const pv_frequency *frequency = check_frequency(L);
    int order = pv_rate_compare(frequency->high, wanted_rate(L));
    lua_pushboolean(L, order > 0 || (order == 0 && frequency->qualifier != PV_QUALIFIER_UNDER));
    return 1;
}

static int get_qualifier(lua_State *L) {
    if (self(L)->qualifier == PV_QUALIFIER_NONE)
        lua_pushnil(L);
    else
        lua_pushstring(L, pv_qualifier_name(self(L)->qualifier));
    return 1;
}

static int get_is_ambiguous(lua_State *L) {
    lua_pushboolean(L, self(L)->ambiguous);
    return 1;
}

static int get_text(lua_State *L) {
    const pv_frequency_object *object = lua_touserdata(L, 1);
    pv_push_text_part(L, object->whole, object->frequency.at);
    return 1;
}

/* As the text writes it. */
static int l_frequency_to_string(lua_State *L) {
    const pv_frequency_object *object = pv_class_check(L, 1, &pv_frequency_class);
    return pv_push_str(L, pv_str_slice(object->whole->value, object->frequency.at.start, object->frequency.at.end));
}

static const pv_member members[] = {
    {"is_at_least", ":is_at_least(often: string): boolean",
     "Whether it is certainly as often as this, or more often: \"quarter\", \"two weeks\", \"twice a year\".", NULL,
     l_frequency_is_at_least},
    {"may_be_at_least", ":may_be_at_least(often: string): boolean",
     "Whether it may be as often as this: so may \"bimonthly\" be monthly, and \"up to monthly\" quarterly.", NULL,
     l_frequency_may_be_at_least},
    {"qualifier", "qualifier: string?",
     "How the text qualifies it: \"at least\", \"over\", \"at most\", \"under\", \"about\", or nil.", get_qualifier,
     NULL},
    {"is_ambiguous", "is_ambiguous: boolean", "Whether its word is read two ways: \"bimonthly\", \"biweekly\".",
     get_is_ambiguous, NULL},
    {"text", "text: text", "The frequency as written.", get_text, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_frequency_class = {
    .name = "frequency",
    .doc = "How often a text says that something happens.",
    .members = members,
    .to_string = l_frequency_to_string,
    .of_session = true,
};
