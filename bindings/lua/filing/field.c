#include "lua/filing/filing.h"
#include "lua/values/values.h"

static void make_field(lua_State *L, const void *address) {
    pv_place place = pv_value_place(address);
    pv_handle_new(L, &pv_field_class, address, &place);
}

void pv_push_field(lua_State *L, const pv_value *value) {
    pv_class_push_cached(L, value, make_field);
}

static const pv_value *self(lua_State *L) {
    return pv_self(L);
}

static int get_name(lua_State *L) {
    return pv_push_str(L, self(L)->spec->name);
}

static int get_label(lua_State *L) {
    return pv_push_str(L, self(L)->spec->label);
}

static int get_given(lua_State *L) {
    lua_pushboolean(L, self(L)->given);
    return 1;
}

static int get_blank(lua_State *L) {
    lua_pushboolean(L, pv_value_is_blank(self(L)));
    return 1;
}

static int get_value(lua_State *L) {
    return pv_push_filed_value(L, self(L));
}

static int get_text(lua_State *L) {
    return pv_push_value_text(L, self(L));
}

static int get_required(lua_State *L) {
    lua_pushboolean(L, self(L)->spec->required);
    return 1;
}

static int get_word_minimum(lua_State *L) {
    return pv_push_limit(L, self(L)->spec->length.word_minimum);
}

static int get_word_limit(lua_State *L) {
    return pv_push_limit(L, self(L)->spec->length.word_limit);
}

static int get_character_limit(lua_State *L) {
    return pv_push_limit(L, self(L)->spec->length.character_limit);
}

static int get_words(lua_State *L) {
    (void)pv_push_value_text(L, self(L));
    lua_getfield(L, -1, "words");
    return 1;
}

/* As written; of a list its elements. */
static int l_field_to_string(lua_State *L) {
    const pv_value *value = pv_self_check(L, &pv_field_class);
    if (value->spec->type != PV_TYPE_LIST || !pv_value_is_known(value))
        return pv_push_str(L, value->text.value);
    pv_push_filed_value(L, value);
    luaL_tolstring(L, -1, NULL);
    return 1;
}

static const pv_member members[] = {
    {"name", "name: string", "Its name in the form.", get_name, NULL},
    {"label", "label: string", "Its label as printed.", get_label, NULL},
    {"given", "given: boolean", "Whether the submission names it; it may still be blank.", get_given, NULL},
    {"blank", "blank: boolean", "Whether nothing is given; what cannot be read is given.", get_blank, NULL},
    {"value", "value: text | decimal | date | boolean | list | nil",
     "What is given, in the type the form declares; nil when it is absent or cannot be read as that.", get_value, NULL},
    {"text", "text: text", "What is given, as written; blank when absent.", get_text, NULL},
    {"required", "required: boolean", "Whether the form requires it.", get_required, NULL},
    {"word_minimum", "word_minimum: integer?", "The fewest words asked for, or nil.", get_word_minimum, NULL},
    {"word_limit", "word_limit: integer?", "The word limit printed, or nil.", get_word_limit, NULL},
    {"character_limit", "character_limit: integer?", "The limit in characters printed, or nil.", get_character_limit,
     NULL},
    {"words", "words: words", "Its words, counted as Microsoft Word counts them.", get_words, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_field_class = {
    .name = "field",
    .doc = "A header field, or one cell of a record.",
    .members = members,
    .to_string = l_field_to_string,
    .of_session = true,
};
