#include "lua/verdict/verdict_class.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "lua/object/class.h"
#include "lua/sandbox/sandbox.h"
#include "lua/values/values.h"

/* ---- what a check returns ---- */

/* A verdict's own place is its object's place: has_place false until :at or :from is called. */
typedef struct pv_verdict_object {
    pv_object object;
    pv_state state;
    bool has_due;
    bool packed; /* its message and its line of working stand in `text`; its slots are empty, until it is unpacked */
    pv_date due;
    uint32_t message_size;
    uint32_t step_size; /* 0: no working */
    char text[];
} pv_verdict_object;

enum { SLOT_MESSAGE = 1, SLOT_STEPS, SLOT_RELATED, SLOT_REMEDY, SLOTS = SLOT_REMEDY };
/* A second place: its object's place, and a message. */
enum { RELATED_MESSAGE = 1 };

/* The states a rule may give; not-checked is the engine's. */
static const pv_state given_states[] = {PV_STATE_PASS, PV_STATE_FAIL, PV_STATE_REVIEW, PV_STATE_NOT_APPLICABLE};
#define GIVEN_STATES (sizeof given_states / sizeof given_states[0])

/* [-1, +1, v] A message that comes without values, and so is no format: its text as it is, whatever it holds. Only %%
 * is a percent sign in it too, as in every message. */
static void take_message(lua_State *L) {
    pv_str text = pv_lua_str(L, -1);
    luaL_Buffer buffer;
    MAY_RAISE(pv_runtime_charge(L, text.size / 16 + 1));
    if (pv_str_find(text, PV_STR("%%"), 0) == SIZE_MAX)
        return;
    luaL_buffinit(L, &buffer);
    for (size_t start = 0; start < text.size;) {
        size_t signs = pv_str_find(text, PV_STR("%%"), start);
        size_t end = signs == SIZE_MAX ? text.size : signs + 1;
        luaL_addlstring(&buffer, text.data + start, end - start);
        start = signs == SIZE_MAX ? end : end + 1;
    }
    luaL_pushresult(&buffer);
    lua_remove(L, -2);
}

/* [-(top - first + 1), +1, v] The message whose format is at first, formatted. */
static void format_message(lua_State *L, int first) {
    if (lua_type(L, first) != LUA_TSTRING)
        pv_raise_expected(L, first, "a message");
    if (lua_gettop(L) == first)
        MAY_RAISE(take_message(L));
    else
        MAY_RAISE(pv_sandbox_format(L, first));
    pv_str message = pv_lua_str(L, -1);
    if (pv_utf8_invalid_at(message) != SIZE_MAX)
        luaL_error(L, "a message must be UTF-8; was a text cut in the middle of a character?");
}

/* [-1, +1, m] A verdict with the message on top, and no working yet. */
static int push_verdict(lua_State *L, pv_state state) {
    pv_verdict_object *verdict = pv_class_new(L, &pv_verdict_class, sizeof *verdict);
    verdict->state = state;
    lua_insert(L, -2);
    lua_setiuservalue(L, -2, SLOT_MESSAGE);
    return 1;
}

int pv_verdict_push(lua_State *L, pv_state state, pv_str message, pv_str step, const pv_place *place) {
    pv_verdict_object *verdict = pv_class_new(L, &pv_verdict_class, sizeof *verdict + message.size + step.size);
    verdict->state = state;
    verdict->packed = true;
    verdict->message_size = (uint32_t)message.size;
    verdict->step_size = (uint32_t)step.size;
    memcpy(verdict->text, message.data, message.size);
    memcpy(verdict->text + message.size, step.data, step.size);
    pv_object_set_place(&verdict->object, place);
    return 1;
}

static pv_str packed_message(const pv_verdict_object *verdict) {
    return (pv_str){verdict->text, verdict->message_size};
}

static pv_str packed_step(const pv_verdict_object *verdict) {
    return (pv_str){verdict->text + verdict->message_size, verdict->step_size};
}

/* [-0, +0, m] Before the slots of the verdict at index are looked at. */
static void unpack(lua_State *L, int index) {
    pv_verdict_object *verdict = lua_touserdata(L, index);
    if (!verdict->packed)
        return;
    pv_push_str(L, packed_message(verdict));
    lua_setiuservalue(L, index, SLOT_MESSAGE);
    if (verdict->step_size > 0) {
        lua_createtable(L, 1, 0);
        pv_push_str(L, packed_step(verdict));
        lua_rawseti(L, -2, 1);
        lua_setiuservalue(L, index, SLOT_STEPS);
    }
    verdict->packed = false;
}

static int give(lua_State *L, pv_state state) {
    MAY_RAISE(format_message(L, 1));
    return push_verdict(L, state);
}

int l_pass(lua_State *L) {
    if (lua_isnoneornil(L, 1)) {
        lua_settop(L, 0);
        lua_pushliteral(L, "");
    }
    return give(L, PV_STATE_PASS);
}

int l_fail(lua_State *L) {
    return give(L, PV_STATE_FAIL);
}

int l_review(lua_State *L) {
    return give(L, PV_STATE_REVIEW);
}

int l_not_applicable(lua_State *L) {
    return give(L, PV_STATE_NOT_APPLICABLE);
}

static pv_verdict_object *check_verdict(lua_State *L) {
    return pv_class_check(L, 1, &pv_verdict_class);
}

static pv_place check_place(lua_State *L, int index) {
    pv_place place;
    if (pv_place_of(L, index, &place))
        return place;
    if (lua_isnoneornil(L, index))
        luaL_error(L, "expected a place, got nothing (nil); is the value absent?");
    luaL_error(L, "%s has no place in the submission", pv_describe(L, index));
    return place;
}

/* Methods of a verdict return it, so that they can be chained. */
static int return_self(lua_State *L) {
    lua_settop(L, 1);
    return 1;
}

static int l_verdict_at(lua_State *L) {
    pv_verdict_object *verdict = check_verdict(L);
    pv_place place = check_place(L, 2);
    pv_object_set_place(&verdict->object, &place);
    return return_self(L);
}

static int l_verdict_from(lua_State *L) {
    pv_verdict_object *verdict = check_verdict(L);
    pv_place hull = check_place(L, 2);
    bool any = true;
    pv_place_add(pv_runtime_of(L)->source, &hull, &any, check_place(L, 3));
    pv_object_set_place(&verdict->object, &hull);
    return return_self(L);
}

/* [-1, +0, m] Appends the value on top to the list the verdict at index 1 keeps in this slot, which is nil while
 * empty. */
static void append(lua_State *L, int slot) {
    if (lua_getiuservalue(L, 1, slot) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setiuservalue(L, 1, slot);
    }
    lua_insert(L, -2);
    pv_list_set(L, (size_t)lua_rawlen(L, -2) + 1);
    lua_pop(L, 1);
}

static int l_verdict_see(lua_State *L) {
    (void)check_verdict(L);
    pv_place place = check_place(L, 2);
    MAY_RAISE(format_message(L, 3));
    pv_object *related = pv_class_new(L, &pv_related_class, sizeof *related);
    pv_object_set_place(related, &place);
    lua_insert(L, -2);
    lua_setiuservalue(L, -2, RELATED_MESSAGE);
    append(L, SLOT_RELATED);
    return return_self(L);
}

static int l_verdict_working(lua_State *L) {
    (void)check_verdict(L);
    unpack(L, 1);
    MAY_RAISE(format_message(L, 2));
    append(L, SLOT_STEPS);
    return return_self(L);
}

static int l_verdict_remedy(lua_State *L) {
    (void)check_verdict(L);
    MAY_RAISE(format_message(L, 2));
    if (lua_rawlen(L, -1) == 0)
        luaL_error(L, "the remedy is empty; without one the rule's own stands");
    lua_setiuservalue(L, 1, SLOT_REMEDY);
    return return_self(L);
}

static int l_verdict_due(lua_State *L) {
    pv_verdict_object *verdict = check_verdict(L);
    verdict->due = pv_date_check(L, 2);
    verdict->has_due = true;
    return return_self(L);
}

static pv_state check_state(lua_State *L, int index) {
    pv_str names[GIVEN_STATES];
    pv_str name = pv_check_str(L, index);
    for (size_t i = 0; i < GIVEN_STATES; i++) {
        names[i] = pv_str_from(pv_state_name(given_states[i]));
        if (pv_str_equal(names[i], name))
            return given_states[i];
    }
    pv_raise_unknown(L, "the list of states", name, names, GIVEN_STATES);
    return PV_STATE_NOT_CHECKED;
}

static int l_verdict_with_state(lua_State *L) {
    pv_verdict_object *verdict = check_verdict(L);
    verdict->state = check_state(L, 2);
    return return_self(L);
}

static int get_state(lua_State *L) {
    const pv_verdict_object *verdict = lua_touserdata(L, 1);
    return pv_push_name(L, pv_state_name(verdict->state));
}

static int get_due_on(lua_State *L) {
    const pv_verdict_object *verdict = lua_touserdata(L, 1);
    return verdict->has_due ? pv_push_date(L, verdict->due, NULL) : pv_push_nil(L);
}

static int get_message(lua_State *L) {
    unpack(L, 1);
    return pv_push_slot(L, SLOT_MESSAGE);
}

/* A copy, since lists can be changed. */
static int push_copy(lua_State *L, int slot) {
    lua_getiuservalue(L, 1, slot);
    lua_Unsigned count = lua_rawlen(L, -1);
    pv_list_new(L, (size_t)count);
    for (lua_Unsigned i = 1; i <= count; i++) {
        lua_rawgeti(L, -2, (lua_Integer)i);
        pv_list_set(L, (size_t)i);
    }
    return 1;
}

static int get_steps(lua_State *L) {
    unpack(L, 1);
    return push_copy(L, SLOT_STEPS);
}

static int get_related(lua_State *L) {
    return push_copy(L, SLOT_RELATED);
}

static int l_verdict_to_string(lua_State *L) {
    const pv_verdict_object *verdict = check_verdict(L);
    unpack(L, 1);
    lua_pushstring(L, pv_state_name(verdict->state));
    lua_getiuservalue(L, 1, SLOT_MESSAGE);
    if (lua_rawlen(L, -1) == 0) {
        lua_pop(L, 1);
        return 1;
    }
    lua_pushliteral(L, ": ");
    lua_insert(L, -2);
    lua_concat(L, 3);
    return 1;
}

static const pv_member verdict_members[] = {
    {"at", ":at(place: any value that knows where it is): verdict", "Sets the place of the finding.",
     .method = l_verdict_at},
    {"from", ":from(first: place, last: place): verdict",
     "Sets the place of the finding, from the start of one value to the end of another.", .method = l_verdict_from},
    {"see", ":see(place, message: string, …): verdict", "Adds a second place that explains the first.",
     .method = l_verdict_see},
    {"working", ":working(step: string, …): verdict", "Adds a line of working (\"18 of 95 = 18.9 % < 20 %\").",
     .method = l_verdict_working},
    {"remedy", ":remedy(text: string, …): verdict",
     "Says what is to be done about this finding, in place of the rule's remedy (\"Take out %d words.\").",
     .method = l_verdict_remedy},
    {"due", ":due(day: date): verdict",
     "Sets the day on which it falls due, or fell due: a report lists what falls due by day.", .method = l_verdict_due},
    {"with_state", ":with_state(state: \"pass\" | \"fail\" | \"review\" | \"not-applicable\"): verdict",
     "Sets the state: \"pass\", \"fail\", \"review\" or \"not-applicable\".", .method = l_verdict_with_state},
    {"state", "state: \"pass\" | \"fail\" | \"review\" | \"not-applicable\"",
     "\"pass\", \"fail\", \"review\" or \"not-applicable\".", .get = get_state},
    {"message", "message: string", "Its message; empty for a pass without one.", .get = get_message},
    {"due_on", "due_on: date?", "The day that :due set, or nil.", .get = get_due_on},
    {"steps", "steps: list of string", "Its lines of working.", .get = get_steps},
    {"related", "related: list of second place", "The places that :see added.", .get = get_related},
    PV_MEMBERS_END,
};

const pv_class pv_verdict_class = {
    .name = "verdict",
    .doc = "What a check returns: made by pass, fail, review, not_applicable or a check of the vocabulary.",
    .members = verdict_members,
    .to_string = l_verdict_to_string,
    .slots = SLOTS,
};

static int get_related_message(lua_State *L) {
    (void)pv_class_check(L, 1, &pv_related_class);
    return pv_push_slot(L, RELATED_MESSAGE);
}

static const pv_member related_members[] = {
    {"message", "message: string", "How it explains the finding.", .get = get_related_message},
    PV_MEMBERS_END,
};

const pv_class pv_related_class = {
    .name = "second place",
    .doc = "A place that explains a finding, and how.",
    .members = related_members,
    .to_string = get_related_message,
    .slots = RELATED_MESSAGE,
};

/* [-1, +0, -] The string on top, which a verdict keeps. */
static pv_str take_string(lua_State *L) {
    pv_str text = pv_lua_str(L, -1);
    lua_pop(L, 1);
    return text;
}

static void read_steps(lua_State *L, int index, pv_outcome *out) {
    lua_getiuservalue(L, index, SLOT_STEPS);
    size_t count = (size_t)lua_rawlen(L, -1);
    if (count == 0) {
        lua_pop(L, 1);
        return;
    }
    pv_str *steps = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, count));
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        steps[i] = take_string(L);
    }
    lua_pop(L, 1);
    out->working = steps;
    out->working_count = count;
}

static void read_related(lua_State *L, int index, pv_outcome *out) {
    lua_getiuservalue(L, index, SLOT_RELATED);
    size_t count = (size_t)lua_rawlen(L, -1);
    if (count == 0) {
        lua_pop(L, 1);
        return;
    }
    pv_related *related = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_related, count));
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        related[i].at = pv_object_test(L, -1)->place;
        lua_getiuservalue(L, -1, RELATED_MESSAGE);
        related[i].message = take_string(L);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    out->related = related;
    out->related_count = count;
}

/* [-0, +0, v] Message and working of a verdict that is packed. */
static void read_packed(lua_State *L, const pv_verdict_object *verdict, pv_outcome *out) {
    out->message = packed_message(verdict);
    if (verdict->step_size == 0)
        return;
    pv_str *step = pv_check_memory(L, PV_NEW(pv_runtime_of(L)->call_arena, pv_str));
    *step = packed_step(verdict);
    out->working = step;
    out->working_count = 1;
}

/* [-0, +0, v] The verdict at index. */
static void read_verdict(lua_State *L, int index, pv_outcome *out) {
    const pv_verdict_object *verdict = lua_touserdata(L, index);
    index = lua_absindex(L, index);
    *out = (pv_outcome){
        .state = verdict->state,
        .at = verdict->object.place,
        .has_at = verdict->object.has_place,
        .due = verdict->due,
        .has_due = verdict->has_due,
    };
    if (verdict->packed) {
        MAY_RAISE(read_packed(L, verdict, out));
    } else {
        lua_getiuservalue(L, index, SLOT_MESSAGE);
        out->message = take_string(L);
        read_steps(L, index, out);
    }
    if (lua_getiuservalue(L, index, SLOT_REMEDY) == LUA_TNIL)
        lua_pop(L, 1);
    else
        out->remedy = take_string(L);
    read_related(L, index, out);
}

/* ---- a list of verdicts ---- */

/* The states by how much each says of a subject of which there are several verdicts. */
static const unsigned gravity[PV_STATE_COUNT] = {
    [PV_STATE_NOT_APPLICABLE] = 0, [PV_STATE_PASS] = 1, [PV_STATE_REVIEW] = 2, [PV_STATE_FAIL] = 3};

typedef struct verdict_list {
    int index;
    size_t count;
    size_t findings;
    size_t lead; /* of the first finding; where there is none, of the first of the gravest */
    size_t listed;
    pv_outcome *further; /* of the findings besides the lead */
    size_t further_count;
    pv_str *working; /* of the lead */
    size_t working_count;
} verdict_list;

/* [-0, +0 or 1, v] Whether every entry of the table is a verdict and stands at 1, 2, 3 …. */
static bool check_entries(lua_State *L, verdict_list *list) {
    size_t entries = 0;
    lua_pushnil(L);
    while (lua_next(L, list->index)) {
        lua_pop(L, 1);
        MAY_RAISE(pv_runtime_charge(L, 1));
        if (!lua_isinteger(L, -1)) {
            luaL_tolstring(L, -1, NULL);
            lua_pushfstring(L, "\"check\" returned a table with the key %s; it returns a verdict or a list of verdicts",
                            lua_tostring(L, -1));
            return false;
        }
        entries++;
    }
    if (entries == 0) {
        lua_pushliteral(L, "\"check\" returned an empty list, so nothing was judged; return pass(…) or "
                           "not_applicable(…) where there is nothing to judge");
        return false;
    }
    for (size_t i = 1; i <= entries; i++) {
        lua_rawgeti(L, list->index, (lua_Integer)i);
        bool is_verdict = pv_class_test(L, -1, &pv_verdict_class) != NULL;
        if (!is_verdict) {
            lua_pushfstring(L,
                            "\"check\" returned a list of which entry %I is %s; each entry is a verdict, like "
                            "pass() or fail(…)",
                            (LUAI_UACINT)i, lua_isnil(L, -1) ? "nothing (nil)" : pv_describe(L, -1));
            return false;
        }
        lua_pop(L, 1);
    }
    list->count = entries;
    return true;
}

/* [-0, +1, -] The number-th verdict of the list. */
static const pv_verdict_object *push_entry(lua_State *L, const verdict_list *list, size_t number) {
    lua_rawgeti(L, list->index, (lua_Integer)number);
    return lua_touserdata(L, -1);
}

static void count_entries(lua_State *L, verdict_list *list) {
    unsigned gravest = 0;
    for (size_t i = 1; i <= list->count; i++) {
        const pv_verdict_object *verdict = push_entry(L, list, i);
        bool is_finding = pv_state_is_finding(verdict->state);
        bool graver = list->findings == 0 && (is_finding || gravity[verdict->state] > gravest);
        if (list->lead == 0 || graver) {
            list->lead = i;
            gravest = gravity[verdict->state];
        }
        list->findings += is_finding;
        lua_pop(L, 1);
    }
}

/* [-0, +0, v] What the verdict on top, which is no finding, adds to the working. */
static void add_working(lua_State *L, verdict_list *list, const pv_outcome *entry, size_t most) {
    static const char *const heads[] = {[PV_STATE_PASS] = "passes", [PV_STATE_NOT_APPLICABLE] = "does not apply"};
    pv_arena *arena = pv_runtime_of(L)->call_arena;
    if (list->working_count < most && entry->message.size > 0) {
        pv_str line = pv_arena_format(arena, "%s: %.*s", heads[entry->state], PV_STR_ARG(entry->message));
        list->working[list->working_count++] = line;
        if (!line.data)
            pv_runtime_stop_memory(L);
    }
    for (size_t i = 0; i < entry->working_count && list->working_count < most; i++)
        list->working[list->working_count++] = entry->working[i];
}

/* [-0, +0, v] What the entry besides the lead adds: a finding, one among those that are not listed, or working. */
static void add_entry(lua_State *L, verdict_list *list, size_t number, pv_outcome rest[PV_STATE_COUNT]) {
    const size_t most = pv_runtime_of(L)->limits.findings;
    pv_state state = push_entry(L, list, number)->state;
    pv_outcome entry;
    if (!pv_state_is_finding(state)) {
        if (list->working_count < most) {
            MAY_RAISE(read_verdict(L, -1, &entry));
            MAY_RAISE(add_working(L, list, &entry, most));
        }
    } else if (list->further_count + 1 < most) {
        MAY_RAISE(read_verdict(L, -1, &list->further[list->further_count++]));
    } else {
        if (rest[state].stands_for == 0)
            MAY_RAISE(read_verdict(L, -1, &rest[state]));
        rest[state].stands_for++;
    }
    lua_pop(L, 1);
}

/* One that says how many more there are, at the first of them. */
static void add_rest(lua_State *L, verdict_list *list, const pv_outcome *rest) {
    pv_runtime *runtime = pv_runtime_of(L);
    if (rest->stands_for == 0)
        return;
    pv_outcome *added = &list->further[list->further_count++];
    *added = (pv_outcome){
        .state = rest->state,
        .at = rest->at,
        .has_at = rest->has_at,
        .stands_for = rest->stands_for,
        .message = pv_arena_format(
            runtime->call_arena, "%zu more of this kind %s; a rule lists at most %zu findings of one subject",
            rest->stands_for, rest->state == PV_STATE_FAIL ? "fail" : "are for review", runtime->limits.findings),
    };
    if (!added->message.data)
        MAY_RAISE(pv_runtime_stop_memory(L));
}

static void read_list(lua_State *L, verdict_list *list, pv_outcome *out) {
    pv_runtime *runtime = pv_runtime_of(L);
    const size_t most = runtime->limits.findings;
    pv_outcome rest[PV_STATE_COUNT] = {0};
    count_entries(L, list);
    push_entry(L, list, list->lead);
    MAY_RAISE(read_verdict(L, -1, out));
    lua_pop(L, 1);
    size_t room = (list->findings < most ? list->findings : most) + PV_STATE_COUNT;
    list->further = pv_check_memory(L, PV_NEW_ARRAY(runtime->call_arena, pv_outcome, room));
    list->working = pv_check_memory(L, PV_NEW_ARRAY(runtime->call_arena, pv_str, out->working_count + most));
    for (; list->working_count < out->working_count; list->working_count++)
        list->working[list->working_count] = out->working[list->working_count];
    for (size_t i = 1; i <= list->count; i++)
        if (i != list->lead)
            MAY_RAISE(add_entry(L, list, i, rest));
    MAY_RAISE(add_rest(L, list, &rest[PV_STATE_FAIL]));
    MAY_RAISE(add_rest(L, list, &rest[PV_STATE_REVIEW]));
    out->working = list->working;
    out->working_count = list->working_count;
    out->further = list->further;
    out->further_count = list->further_count;
}

bool pv_verdicts_read(lua_State *L, int index, pv_outcome *out) {
    verdict_list list = {.index = lua_absindex(L, index)};
    if (pv_class_test(L, index, &pv_verdict_class)) {
        MAY_RAISE(read_verdict(L, index, out));
        return true;
    }
    if (!lua_istable(L, index)) {
        if (lua_isnil(L, index))
            lua_pushliteral(L, "\"check\" returned nothing; it returns a verdict, like pass() or fail(…)");
        else
            lua_pushfstring(L, "\"check\" returned a %s; it returns a verdict, like pass() or fail(…)",
                            luaL_typename(L, index));
        return false;
    }
    if (!check_entries(L, &list))
        return false;
    MAY_RAISE(read_list(L, &list, out));
    return true;
}

/* ---- the way out ---- */

static const pv_str replacement_character = {"\xEF\xBF\xBD", 3};

/* A rule can make any bytes with string.char; what is printed must be UTF-8. */
static pv_str copy_cleaned(pv_arena *arena, pv_str text) {
    if (text.size == 0)
        return PV_STR("");
    size_t invalid = pv_utf8_invalid_at(text);
    if (invalid == SIZE_MAX)
        return pv_arena_copy(arena, text);
    pv_buf clean = pv_buf_on(pv_arena_memory(arena));
    for (; invalid != SIZE_MAX; invalid = pv_utf8_invalid_at(text)) {
        pv_buf_append(&clean, pv_str_slice(text, 0, invalid));
        pv_buf_append(&clean, replacement_character);
        text = pv_str_slice(text, invalid + 1, text.size);
    }
    pv_buf_append(&clean, text);
    pv_str copy = clean.failed ? (pv_str){NULL, 0} : pv_arena_copy(arena, pv_buf_str(&clean));
    pv_buf_clear(&clean);
    return copy;
}

static bool copy_related(pv_outcome *out, pv_arena *arena, const pv_outcome *from) {
    if (from->related_count == 0)
        return true;
    pv_related *related = PV_NEW_ARRAY(arena, pv_related, from->related_count);
    if (!related)
        return false;
    for (size_t i = 0; i < from->related_count; i++) {
        related[i] = (pv_related){from->related[i].at, copy_cleaned(arena, from->related[i].message)};
        if (!related[i].message.data)
            return false;
    }
    out->related = related;
    out->related_count = from->related_count;
    return true;
}

/* The steps of working, then what the rule traced; runtime NULL: nothing. */
static bool copy_working(pv_outcome *out, pv_arena *arena, const pv_outcome *from, const pv_runtime *runtime) {
    size_t count = from->working_count + (runtime ? runtime->trace_count : 0);
    if (count == 0)
        return true;
    pv_str *working = PV_NEW_ARRAY(arena, pv_str, count);
    if (!working)
        return false;
    for (size_t i = 0; i < from->working_count; i++)
        working[i] = copy_cleaned(arena, from->working[i]);
    size_t number = count;
    for (const pv_trace *line = runtime ? runtime->trace : NULL; line; line = line->previous) {
        pv_str text = copy_cleaned(arena, line->text);
        working[--number] = pv_arena_format(arena, "trace: %.*s", PV_STR_ARG(text));
        if (!text.data)
            return false;
    }
    for (size_t i = 0; i < count; i++)
        if (!working[i].data)
            return false;
    out->working = working;
    out->working_count = count;
    return true;
}

static bool copy_one(pv_outcome *out, pv_arena *arena, const pv_outcome *from, const pv_runtime *runtime) {
    *out = (pv_outcome){
        .state = from->state,
        .at = from->at,
        .has_at = from->has_at,
        .due = from->due,
        .has_due = from->has_due,
        .stands_for = from->stands_for,
    };
    out->message = copy_cleaned(arena, from->message);
    out->remedy = copy_cleaned(arena, from->remedy);
    return out->message.data && out->remedy.data && copy_related(out, arena, from) &&
           copy_working(out, arena, from, runtime);
}

bool pv_outcome_copy(pv_outcome *out, pv_arena *arena, const pv_outcome *from, const pv_runtime *runtime,
                     pv_error *error) {
    pv_outcome *further = from->further_count > 0 ? PV_NEW_ARRAY(arena, pv_outcome, from->further_count) : NULL;
    bool copied = (further || from->further_count == 0) && copy_one(out, arena, from, runtime);
    for (size_t i = 0; copied && i < from->further_count; i++)
        copied = copy_one(&further[i], arena, &from->further[i], NULL);
    if (!copied)
        return pv_fail_memory(error);
    out->further = further;
    out->further_count = from->further_count;
    return true;
}

bool pv_outcome_default_message(pv_outcome *out, const pv_subject *subject, pv_arena *arena, pv_error *error) {
    if (out->message.size > 0)
        return true;
    pv_str name = pv_subject_name(subject, arena);
    out->message = pv_arena_format(arena, "does not apply to %.*s", PV_STR_ARG(name));
    return out->message.data || pv_fail_memory(error);
}

bool pv_outcome_of_stop(pv_outcome *out, pv_arena *arena, const pv_runtime *runtime, const pv_rule *rule,
                        pv_error *error) {
    const pv_stop *stop = &runtime->stop;
    const pv_outcome nothing = {.state = PV_STATE_NOT_CHECKED};
    if (!pv_outcome_copy(out, arena, &nothing, runtime, error))
        return false;
    const pv_source *file = stop->file ? stop->file : rule->source;
    pv_fault *fault = PV_NEW(arena, pv_fault);
    if (!fault)
        return pv_fail_memory(error);
    *fault = (pv_fault){
        .kind = stop->kind,
        .message = copy_cleaned(arena, pv_str_from(stop->message)),
        .path = file->path,
        .at = stop->file ? pv_stop_position(stop) : pv_source_locate(file, rule->at.start),
    };
    out->fault = fault;
    return fault->message.data || pv_fail_memory(error);
}
