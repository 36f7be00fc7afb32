#include "lua/values/trick_p.h"

typedef struct pv_trick_object {
    pv_object object;
    pv_word_trick_kind kind;
    const pv_text *whole;
    pv_span at; /* bytes of whole */
} pv_trick_object;

static void push_trick(lua_State *L, const pv_text_object *text, const pv_word_trick *found) {
    pv_trick_object *trick = pv_class_new(L, &pv_trick_class, sizeof *trick);
    trick->kind = found->kind;
    trick->whole = text->whole;
    trick->at = pv_text_within(text, found->at);
    pv_object_place_in(&trick->object, text->whole, trick->at);
}

int pv_push_tricks(lua_State *L, const pv_text_object *text) {
    pv_str bytes = pv_text_object_str(text);
    pv_text_charge(L, bytes);
    pv_word_trick_list found;
    pv_error error = {0};
    if (!pv_words_find_tricks(pv_runtime_of(L)->call_arena, bytes, &found, &error))
        return pv_runtime_raise(L, &error);
    pv_list_new(L, found.count);
    for (size_t i = 0; i < found.count; i++) {
        push_trick(L, text, &found.tricks[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static int get_kind(lua_State *L) {
    const pv_trick_object *trick = lua_touserdata(L, 1);
    lua_pushstring(L, trick->kind == PV_WORD_TRICK_ZERO_WIDTH ? "zero-width" : "long-run");
    return 1;
}

static int get_text(lua_State *L) {
    const pv_trick_object *trick = lua_touserdata(L, 1);
    pv_push_text_part(L, trick->whole, trick->at);
    return 1;
}

static int l_trick_to_string(lua_State *L) {
    const pv_trick_object *trick = pv_class_check(L, 1, &pv_trick_class);
    lua_pushstring(L, trick->kind == PV_WORD_TRICK_ZERO_WIDTH ? "a zero-width character between two words"
                                                              : "a run of over 60 characters without white space");
    return 1;
}

static const pv_member members[] = {
    {"kind", "kind: string",
     "\"zero-width\" (a character without width glues words) or \"long-run\" (over 60 characters without white space).",
     get_kind, NULL},
    {"text", "text: text", "The characters in question.", get_text, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_trick_class = {
    .name = "trick",
    .doc = "Something that makes a word count look smaller than what a person reads.",
    .members = members,
    .to_string = l_trick_to_string,
    .of_session = true,
};
