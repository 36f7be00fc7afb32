#include "lua/filing/filing.h"
#include "lua/values/text_object.h"
#include "lua/values/values.h"
#include "text/similarity.h"

/* ---- measures ---- */

static pv_place place_of_measure(const pv_filed_measure *measure) {
    return (pv_place){measure->at, !measure->given};
}

static void make_measure(lua_State *L, const void *address) {
    pv_place place = place_of_measure(address);
    pv_handle_new(L, &pv_measure_class, address, &place);
}

void pv_push_measure(lua_State *L, const pv_filed_measure *measure) {
    pv_class_push_cached(L, measure, make_measure);
}

int pv_push_measures(lua_State *L, const pv_measure *const *measures, size_t count) {
    const pv_submission *submission = MAY_RAISE(pv_runtime_submission(L));
    pv_list_new(L, count);
    for (size_t i = 0; i < count; i++) {
        pv_push_measure(L, &submission->measures[measures[i]->index]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

bool pv_place_of_measures(const pv_runtime *runtime, const pv_measure *const *measures, size_t count, pv_place *out) {
    bool any = false;
    for (size_t i = 0; i < count; i++)
        pv_place_add(runtime->source, out, &any, place_of_measure(&runtime->submission->measures[measures[i]->index]));
    return any;
}

static const pv_filed_measure *measure_self(lua_State *L) {
    return pv_self(L);
}

static int get_obligation(lua_State *L) {
    lua_pushstring(L, measure_self(L)->measure->obligation == PV_OBLIGATION_MANDATORY ? "mandatory" : "optional");
    return 1;
}

static int get_mandatory(lua_State *L) {
    lua_pushboolean(L, measure_self(L)->measure->obligation == PV_OBLIGATION_MANDATORY);
    return 1;
}

static int get_section(lua_State *L) {
    pv_push_section(L, measure_self(L)->measure->section);
    return 1;
}

static int get_group(lua_State *L) {
    if (measure_self(L)->measure->group)
        pv_push_group(L, measure_self(L)->measure->group);
    else
        lua_pushnil(L);
    return 1;
}

static int get_responses(lua_State *L) {
    const pv_filed_measure *measure = measure_self(L);
    pv_list_new(L, measure->measure->item_count);
    for (size_t i = 0; i < measure->measure->item_count; i++) {
        pv_push_response(L, &measure->responses[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static int get_declared(lua_State *L, pv_str name) {
    return pv_push_attribute(L, &measure_self(L)->measure->attributes, name);
}

static size_t declared_names(lua_State *L, pv_str *names, size_t capacity) {
    return pv_attribute_names(&measure_self(L)->measure->attributes, names, capacity);
}

static int l_measure_to_string(lua_State *L) {
    const pv_filed_measure *measure = pv_self_check(L, &pv_measure_class);
    lua_pushliteral(L, "measure ");
    pv_push_str(L, measure->measure->id);
    lua_concat(L, 2);
    return 1;
}

static const pv_member measure_members[] = {
    {"id", "id: string", "Its id.", PV_FIELD_THROUGH(str, pv_filed_measure, measure, pv_measure, id)},
    {"title", "title: string", "Its title as printed.",
     PV_FIELD_THROUGH(str, pv_filed_measure, measure, pv_measure, title)},
    {"points", "points: decimal", "Its points as printed; of a group's measure, the group's.",
     PV_FIELD_THROUGH(decimal, pv_filed_measure, measure, pv_measure, points)},
    {"obligation", "obligation: string", "\"mandatory\" or \"optional\".", .get = get_obligation},
    {"mandatory", "mandatory: boolean", "Whether the form demands it.", .get = get_mandatory},
    {"section", "section: section", "The section it stands in.", .get = get_section},
    {"group", "group: group?", "The option group it belongs to, or nil.", .get = get_group},
    {"responses", "responses: list of response", "The responses to its items, as printed, given or not.",
     .get = get_responses},
    {"given", "given: boolean", "Whether the submission names it; it may still be blank.",
     PV_FIELD(boolean, pv_filed_measure, given)},
    {"blank", "blank: boolean", "Whether no response in it has text.", PV_FIELD(boolean, pv_filed_measure, blank)},
    {"description", "description: string", "Its description as printed.",
     PV_FIELD_THROUGH(str, pv_filed_measure, measure, pv_measure, description)},
    PV_MEMBERS_END,
};

const pv_class pv_measure_class = {
    .name = "measure",
    .doc = "A measure as filed: names beyond the built-in ones are the attributes the form declares for measures.",
    .members = measure_members,
    .get_declared = get_declared,
    .declared_names = declared_names,
    .to_string = l_measure_to_string,
    .of_session = true,
};

/* ---- which earlier response is nearest ---- */

/* Its address is the registry key of what was worked out, by index of the response. */
static const char nearest_of_session = 0;

/* How often a shingle may be met again, in texts that share it, for one unit of fuel. */
#define REPEATS_PER_UNIT 32

/* [-0, +1, v] */
static pv_text_object *push_nearest_text(lua_State *L, const pv_response *response) {
    pv_push_response(L, response);
    lua_getfield(L, -1, "text");
    lua_remove(L, -2);
    return lua_touserdata(L, -1);
}

/* [-0, +0, v] The shingles of each response, NULL for a blank one, in the call arena. */
static const pv_shingles **shingles_of_all(lua_State *L, const pv_submission *submission, size_t *total) {
    size_t count = submission->form->item_count;
    const pv_shingles **all =
        pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, const pv_shingles *, count));
    *total = 0;
    for (size_t i = 0; i < count; i++) {
        const pv_response *response = &submission->responses[i];
        if (response->blank)
            continue;
        size_t own;
        all[i] = pv_text_shingles(L, push_nearest_text(L, response));
        (void)pv_shingles_hashes(all[i], &own);
        *total += own;
        lua_pop(L, 1);
    }
    return all;
}

/* [-0, +0, v] */
static const pv_nearest *work_out(lua_State *L) {
    const pv_submission *submission = MAY_RAISE(pv_runtime_submission(L));
    size_t count = submission->form->item_count;
    size_t total;
    const pv_shingles **shingles = MAY_RAISE(shingles_of_all(L, submission, &total));
    MAY_RAISE(pv_runtime_charge(L, total + total * count / REPEATS_PER_UNIT));
    pv_nearest *nearest;
    pv_error error = {0};
    if (!pv_nearest_earlier(&nearest, pv_runtime_of(L)->session_arena, shingles, count, &error))
        pv_runtime_raise(L, &error);
    lua_pushlightuserdata(L, nearest);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &nearest_of_session);
    return nearest;
}

static const pv_nearest *nearest_of_all(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &nearest_of_session);
    const pv_nearest *known = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return known ? known : work_out(L);
}

static int push_nearest_earlier(lua_State *L, const pv_response *response) {
    const pv_submission *submission = MAY_RAISE(pv_runtime_submission(L));
    const pv_nearest *nearest = &nearest_of_all(L)[response - submission->responses];
    if (nearest->shared == 0) {
        lua_pushnil(L);
        lua_pushnil(L);
        return 2;
    }
    const pv_response *earlier = &submission->responses[nearest->text];
    pv_push_response(L, earlier);
    push_nearest_text(L, response);
    push_nearest_text(L, earlier);
    (void)pv_push_similarity(L, -2, -1);
    lua_replace(L, -3);
    lua_pop(L, 1);
    return 2;
}

/* ---- responses ---- */

/* What nearly every rule asks a response for is kept with it. */
enum { SLOT_ITEM = 1, SLOT_MEASURE, SLOT_TEXT, SLOT_WORDS, SLOTS = SLOT_WORDS };

static pv_place place_of_response(const pv_response *response) {
    return (pv_place){response->at, response->blank};
}

static void make_response(lua_State *L, const void *address) {
    pv_place place = place_of_response(address);
    pv_handle_new(L, &pv_response_class, address, &place);
}

void pv_push_response(lua_State *L, const pv_response *response) {
    pv_class_push_cached(L, response, make_response);
}

static const pv_response *response_self(lua_State *L) {
    return pv_self(L);
}

/* Pushes what is kept in this slot, after making it with push the first time. */
static int get_kept(lua_State *L, int slot, void (*push)(lua_State *L, const pv_response *response)) {
    if (lua_getiuservalue(L, 1, slot) != LUA_TNIL)
        return 1;
    push(L, response_self(L));
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, 1, slot);
    return 1;
}

static void push_item(lua_State *L, const pv_response *response) {
    pv_push_item(L, response->item);
}

static int get_item(lua_State *L) {
    return get_kept(L, SLOT_ITEM, push_item);
}

static void push_measure(lua_State *L, const pv_response *response) {
    const pv_submission *submission = MAY_RAISE(pv_runtime_submission_of(L, response->at));
    pv_push_measure(L, &submission->measures[response->item->measure->index]);
}

static int get_measure(lua_State *L) {
    return get_kept(L, SLOT_MEASURE, push_measure);
}

static void push_response_text(lua_State *L, const pv_response *response) {
    pv_push_whole_text(L, &response->text, place_of_response(response), &response->words);
}

static int get_text(lua_State *L) {
    return get_kept(L, SLOT_TEXT, push_response_text);
}

static void push_words(lua_State *L, const pv_response *response) {
    pv_push_words(L, &response->text, 0, place_of_response(response), &response->words, true);
}

static int get_words(lua_State *L) {
    return get_kept(L, SLOT_WORDS, push_words);
}

static int l_response_nearest_earlier(lua_State *L) {
    return push_nearest_earlier(L, pv_self_check(L, &pv_response_class));
}

static int l_response_to_string(lua_State *L) {
    const pv_response *response = pv_self_check(L, &pv_response_class);
    return pv_push_str(L, response->item->full_id);
}

static const pv_member response_members[] = {
    {"id", "id: string", "The full id of its item (\"1.1.6.1\").",
     PV_FIELD_THROUGH(str, pv_response, item, pv_item, full_id)},
    {"item", "item: item", "The prompt it answers.", .get = get_item},
    {"measure", "measure: measure", "The measure it belongs to.", .get = get_measure},
    {"text", "text: text", "Its text as prose; blank when nothing is given.", .get = get_text},
    {"words", "words: words", "Its words, counted as Microsoft Word counts them.", .get = get_words},
    {"given", "given: boolean", "Whether the submission names it; it may still be blank.",
     PV_FIELD(boolean, pv_response, given)},
    {"blank", "blank: boolean", "Whether it has no text.", PV_FIELD(boolean, pv_response, blank)},
    {"nearest_earlier", ":nearest_earlier(): response?, similarity?",
     "The response before it that shares the most wording with it, and how alike the two are; nil when none shares a "
     "run of three words.",
     .method = l_response_nearest_earlier},
    PV_MEMBERS_END,
};

const pv_class pv_response_class = {
    .name = "response",
    .doc = "The filer's answer to one item of the form.",
    .members = response_members,
    .to_string = l_response_to_string,
    .slots = SLOTS,
    .of_session = true,
};
