#include "lua/values/mention_p.h"

enum { SLOT_PHRASE = 1, SLOT_ROW = 2 };

typedef struct pv_mention_object {
    pv_object object;
    const pv_text *whole;
    pv_span at; /* bytes of whole */
} pv_mention_object;

/* [-0, +0, m] Keeps value number of the table at index with the object on top. */
static void keep(lua_State *L, int table, lua_Integer number, int slot) {
    lua_rawgeti(L, table, number);
    lua_setiuservalue(L, -2, slot);
}

static void push_mention(lua_State *L, const pv_text_object *text, const pv_wanted *wanted,
                         const pv_phrase_match *match) {
    pv_mention_object *mention = pv_class_new(L, &pv_mention_class, sizeof *mention);
    mention->whole = text->whole;
    mention->at = pv_text_within(text, match->at);
    pv_object_place_in(&mention->object, text->whole, mention->at);
    keep(L, wanted->phrases, (lua_Integer)match->phrase + 1, SLOT_PHRASE);
    keep(L, wanted->rows, (lua_Integer)match->phrase + 1, SLOT_ROW);
}

int pv_push_mentions(lua_State *L, pv_text_object *text, int index) {
    pv_wanted wanted = pv_push_wanted(L, index);
    const pv_token_list *tokens = pv_text_tokens(L, text);
    MAY_RAISE(pv_runtime_charge(L, tokens->count / 2 + 1));
    pv_phrase_match_list found;
    pv_error error = {0};
    if (!pv_phrases_find(wanted.set, tokens, pv_runtime_of(L)->call_arena, &found, &error))
        return pv_runtime_raise(L, &error);
    pv_list_new(L, found.count);
    for (size_t i = 0; i < found.count; i++) {
        push_mention(L, text, &wanted, &found.matches[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static const pv_mention_object *self(lua_State *L) {
    return lua_touserdata(L, 1);
}

static int get_text(lua_State *L) {
    pv_push_text_part(L, self(L)->whole, self(L)->at);
    return 1;
}

static int get_phrase(lua_State *L) {
    lua_getiuservalue(L, 1, SLOT_PHRASE);
    return 1;
}

static int get_row(lua_State *L) {
    lua_getiuservalue(L, 1, SLOT_ROW);
    return 1;
}

static int l_mention_to_string(lua_State *L) {
    const pv_mention_object *mention = pv_class_check(L, 1, &pv_mention_class);
    return pv_push_str(L, pv_str_slice(mention->whole->value, mention->at.start, mention->at.end));
}

static const pv_member members[] = {
    {"text", "text: text", "The words of the text that were found.", get_text, NULL},
    {"phrase", "phrase: string", "The phrase that was looked for.", get_phrase, NULL},
    {"row", "row: row?", "The table row the phrase stands for, or nil when it was given as a text.", get_row, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_mention_class = {
    .name = "mention",
    .doc = "Where a text names one of the phrases looked for.",
    .members = members,
    .to_string = l_mention_to_string,
    .slots = 2,
    .of_session = true,
};
