#include "lua/filing/filing.h"
#include "lua/filing/nearest_p.h"
#include "lua/values/text_object.h"

/* What nearly every rule asks a response for is kept with it. */
enum { SLOT_ITEM = 1, SLOT_MEASURE, SLOT_TEXT, SLOT_WORDS, SLOTS = SLOT_WORDS };

static pv_place place_of(const pv_response *response) {
    return (pv_place){response->at, response->blank};
}

static void make_response(lua_State *L, const void *address) {
    pv_place place = place_of(address);
    pv_handle_new(L, &pv_response_class, address, &place);
}

void pv_push_response(lua_State *L, const pv_response *response) {
    pv_class_push_cached(L, response, make_response);
}

static const pv_response *self(lua_State *L) {
    return pv_self(L);
}

static int get_id(lua_State *L) {
    return pv_push_str(L, self(L)->item->full_id);
}

/* Pushes what is kept in this slot, after making it with push the first time. */
static int get_kept(lua_State *L, int slot, void (*push)(lua_State *L, const pv_response *response)) {
    if (lua_getiuservalue(L, 1, slot) != LUA_TNIL)
        return 1;
    push(L, self(L));
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

static void push_text(lua_State *L, const pv_response *response) {
    pv_push_whole_text(L, &response->text, place_of(response), &response->words);
}

static int get_text(lua_State *L) {
    return get_kept(L, SLOT_TEXT, push_text);
}

static void push_words(lua_State *L, const pv_response *response) {
    pv_push_words(L, &response->text, 0, place_of(response), &response->words, true);
}

static int get_words(lua_State *L) {
    return get_kept(L, SLOT_WORDS, push_words);
}

static int get_given(lua_State *L) {
    lua_pushboolean(L, self(L)->given);
    return 1;
}

static int get_blank(lua_State *L) {
    lua_pushboolean(L, self(L)->blank);
    return 1;
}

static int l_response_nearest_earlier(lua_State *L) {
    return pv_push_nearest_earlier(L, pv_self_check(L, &pv_response_class));
}

static int l_response_to_string(lua_State *L) {
    (void)pv_class_check(L, 1, &pv_response_class);
    return get_id(L);
}

static const pv_member members[] = {
    {"id", "id: string", "The full id of its item (\"1.1.6.1\").", get_id, NULL},
    {"item", "item: item", "The prompt it answers.", get_item, NULL},
    {"measure", "measure: measure", "The measure it belongs to.", get_measure, NULL},
    {"text", "text: text", "Its text as prose; blank when nothing is given.", get_text, NULL},
    {"words", "words: words", "Its words, counted as Microsoft Word counts them.", get_words, NULL},
    {"given", "given: boolean", "Whether the submission names it; it may still be blank.", get_given, NULL},
    {"blank", "blank: boolean", "Whether it has no text.", get_blank, NULL},
    {"nearest_earlier", ":nearest_earlier(): response?, similarity?",
     "The response before it that shares the most wording with it, and how alike the two are; nil when none shares a "
     "run of "
     "three words.",
     NULL, l_response_nearest_earlier},
    PV_MEMBERS_END,
};

const pv_class pv_response_class = {
    .name = "response",
    .doc = "The filer's answer to one item of the form.",
    .members = members,
    .to_string = l_response_to_string,
    .slots = SLOTS,
    .of_session = true,
};
