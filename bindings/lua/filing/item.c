#include "lua/filing/filing.h"
#include "lua/values/values.h"

static void make_item(lua_State *L, const void *address) {
    pv_handle_new(L, &pv_item_class, address, NULL);
}

void pv_push_item(lua_State *L, const pv_item *item) {
    pv_class_push_cached(L, item, make_item);
}

static const pv_item *self(lua_State *L) {
    return pv_self(L);
}

static int get_id(lua_State *L) {
    return pv_push_str(L, self(L)->id);
}

static int get_full_id(lua_State *L) {
    return pv_push_str(L, self(L)->full_id);
}

static int get_prompt(lua_State *L) {
    return pv_push_str(L, self(L)->prompt);
}

static int get_word_minimum(lua_State *L) {
    return pv_push_limit(L, self(L)->length.word_minimum);
}

static int get_word_limit(lua_State *L) {
    return pv_push_limit(L, self(L)->length.word_limit);
}

static int get_character_limit(lua_State *L) {
    return pv_push_limit(L, self(L)->length.character_limit);
}

static int get_measure(lua_State *L) {
    const pv_submission *submission = MAY_RAISE(pv_runtime_submission(L));
    pv_push_measure(L, &submission->measures[self(L)->measure->index]);
    return 1;
}

static int get_declared(lua_State *L, pv_str name) {
    return pv_push_attribute(L, &self(L)->attributes, name);
}

static size_t declared_names(lua_State *L, pv_str *names, size_t capacity) {
    return pv_attribute_names(&self(L)->attributes, names, capacity);
}

/* An item of the form stands where the submission answers it. */
static bool find_place(const pv_runtime *runtime, const pv_object *object, pv_place *out) {
    const pv_item *item = ((const pv_handle *)object)->target;
    const pv_response *response = &runtime->submission->responses[item->index];
    *out = (pv_place){response->at, response->blank};
    return true;
}

static int l_item_to_string(lua_State *L) {
    (void)pv_class_check(L, 1, &pv_item_class);
    return get_full_id(L);
}

static const pv_member members[] = {
    {"id", "id: string", "Its id within its measure.", get_id, NULL},
    {"full_id", "full_id: string", "Its id within the form (\"1.1.6.1\"); of a one-item measure, the measure's.",
     get_full_id, NULL},
    {"prompt", "prompt: string", "Its prompt as printed.", get_prompt, NULL},
    {"word_minimum", "word_minimum: integer?", "The fewest words asked for under it, or nil.", get_word_minimum, NULL},
    {"word_limit", "word_limit: integer?", "The word limit printed under it, or nil.", get_word_limit, NULL},
    {"character_limit", "character_limit: integer?", "The limit in characters printed under it, or nil.",
     get_character_limit, NULL},
    {"measure", "measure: measure", "The measure it belongs to; only while a submission is checked.", get_measure,
     NULL},
    PV_MEMBERS_END,
};

const pv_class pv_item_class = {
    .name = "item",
    .doc = "One prompt of the form: names beyond the built-in ones are the attributes the form declares for items.",
    .members = members,
    .get_declared = get_declared,
    .declared_names = declared_names,
    .to_string = l_item_to_string,
    .find_place = find_place,
};
