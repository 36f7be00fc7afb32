#include "lua/text_object.h"

#include <string.h>

#include "lua/number.h"

typedef struct pv_words_object {
    pv_object object;
    const pv_text *whole;
    uint32_t start;    /* of the text counted, in whole; spans count from there */
    const pv_span *at; /* lives in the session arena, behind the object, or behind the words object in the slot */
    size_t count;
    pv_span copies[];
} pv_words_object;

/* From the first word to the last. */
static void set_place(pv_words_object *words) {
    uint32_t first = words->start + words->at[0].start;
    uint32_t last = words->start + words->at[words->count - 1].end;
    pv_object_place_in(&words->object, words->whole, (pv_span){first, last});
}

void pv_push_words(lua_State *L, const pv_text *whole, uint32_t start, pv_place at, const pv_word_list *list,
                   bool lasting) {
    size_t copied = lasting ? 0 : list->count * sizeof list->at[0];
    pv_words_object *words = pv_class_new(L, &pv_words_class, sizeof *words + copied);
    words->whole = whole;
    words->start = start;
    words->count = list->count;
    words->at = lasting ? list->at : words->copies;
    if (copied > 0)
        memcpy(words->copies, list->at, copied);
    if (words->count > 0)
        set_place(words);
    else
        pv_object_set_place(&words->object, &at);
}

static pv_words_object *check_words(lua_State *L) {
    return pv_class_check(L, 1, &pv_words_class);
}

static int l_words_length(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)check_words(L)->count);
    return 1;
}

static int l_words_index(lua_State *L) {
    const pv_words_object *self = check_words(L);
    lua_Integer i = luaL_checkinteger(L, 2);
    if (i < 1 || (lua_Unsigned)i > self->count) {
        lua_pushnil(L);
        return 1;
    }
    pv_span at = self->at[i - 1];
    pv_push_text_part(L, self->whole, (pv_span){self->start + at.start, self->start + at.end});
    return 1;
}

static int l_words_from(lua_State *L) {
    const pv_words_object *self = check_words(L);
    lua_Integer i = pv_number_check_whole(L, 2);
    if (i < 1 || (lua_Unsigned)i > self->count)
        return luaL_error(L, "there is no word %I; the text has %I", (LUAI_UACINT)i, (LUAI_UACINT)self->count);
    pv_words_object *rest = pv_class_new(L, &pv_words_class, sizeof *rest);
    rest->whole = self->whole;
    rest->start = self->start;
    rest->at = self->at + (i - 1);
    rest->count = self->count - (size_t)(i - 1);
    set_place(rest);
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    return 1;
}

static int l_words_to_string(lua_State *L) {
    size_t count = check_words(L)->count;
    lua_pushfstring(L, count == 1 ? "%I word" : "%I words", (LUAI_UACINT)count);
    return 1;
}

static const pv_member members[] = {
    {"from", ":from(number: integer): words", "The words from this one (1 is the first) to the last.", NULL,
     l_words_from},
    PV_MEMBERS_END,
};

const pv_class pv_words_class = {
    .name = "words",
    .doc = "The words of a text: `#words` counts them, `words[i]` is a text.",
    .members = members,
    .length = l_words_length,
    .index = l_words_index,
    .element = "text",
    .to_string = l_words_to_string,
    .slots = 1,
    .of_session = true,
    .inherited = pv_list_members,
};
