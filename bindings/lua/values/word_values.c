#include "base/utf8.h"
#include "lua/values/values_p.h"

#include <string.h>

/* ---- words ---- */

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

int pv_push_words(lua_State *L, const pv_text *whole, uint32_t start, pv_place at, const pv_word_list *list,
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
    return 1;
}

size_t pv_words_of_labels(lua_State *L, int index) {
    const pv_words_object *words = pv_class_test(L, index, &pv_words_class);
    if (!words || words->count == 0)
        return 0;
    return pv_text_label_words(words->whole, words->start + words->at[0].start,
                               words->start + words->at[words->count - 1].end);
}

static pv_words_object *check_words(lua_State *L) {
    return pv_class_check(L, 1, &pv_words_class);
}

static int l_words_length(lua_State *L) {
    return pv_push_size(L, check_words(L)->count);
}

static int l_words_index(lua_State *L) {
    const pv_words_object *self = check_words(L);
    size_t i;
    if (!pv_index_argument(L, self->count, &i))
        return pv_push_nil(L);
    pv_span at = self->at[i];
    return pv_push_text_part(L, self->whole, (pv_span){self->start + at.start, self->start + at.end});
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

static const pv_member words_members[] = {
    {"from", ":from(number: integer): words", "The words from this one (1 is the first) to the last.",
     .method = l_words_from},
    PV_MEMBERS_END,
};

const pv_class pv_words_class = {
    .name = "words",
    .doc = "The words of a text: `#words` counts them, `words[i]` is a text.",
    .members = words_members,
    .length = l_words_length,
    .index = l_words_index,
    .element = "text",
    .to_string = l_words_to_string,
    .slots = 1,
    .of_session = true,
    .inherited = pv_list_members,
};

/* ---- characters ---- */

typedef struct pv_characters_object {
    pv_object object;
    const pv_text *whole;
    pv_span part; /* bytes of whole->value */
    size_t count;
    /* Where the character asked for last begins, in the part, so that going through them does not begin anew each
     * time. */
    size_t number;
    size_t offset;
} pv_characters_object;

size_t pv_counted_length(const pv_object *counted) {
    return counted->class == &pv_words_class ? ((const pv_words_object *)counted)->count
                                             : ((const pv_characters_object *)counted)->count;
}

static pv_characters_object *push_characters(lua_State *L, const pv_text *whole, pv_span part, size_t count) {
    pv_characters_object *characters = pv_class_new(L, &pv_characters_class, sizeof *characters);
    characters->whole = whole;
    characters->part = part;
    characters->count = count;
    characters->number = 1;
    pv_object_place_in(&characters->object, whole, part);
    return characters;
}

int pv_push_characters(lua_State *L, const pv_text_object *text) {
    pv_str bytes = pv_text_object_str(text);
    pv_text_charge(L, bytes);
    push_characters(L, text->whole, text->part, pv_utf8_length(bytes))->object.place = text->object.place;
    return 1;
}

static pv_characters_object *check_characters(lua_State *L) {
    return pv_class_check(L, 1, &pv_characters_class);
}

/* [-0, +0, v] The bytes of the whole text that a character is. */
static pv_span find_character(lua_State *L, pv_characters_object *self, size_t number) {
    pv_str bytes = pv_str_slice(self->whole->value, self->part.start, self->part.end);
    size_t from = number < self->number ? 0 : self->offset;
    size_t offset = from;
    size_t length = 0;
    for (size_t i = number < self->number ? 1 : self->number; i < number; i++) {
        (void)pv_utf8_decode(bytes, offset, &length);
        offset += length;
    }
    pv_text_charge(L, pv_str_slice(bytes, from, offset));
    self->number = number;
    self->offset = offset;
    (void)pv_utf8_decode(bytes, offset, &length);
    uint32_t start = self->part.start + (uint32_t)offset;
    return (pv_span){start, start + (uint32_t)length};
}

static int l_characters_length(lua_State *L) {
    return pv_push_size(L, check_characters(L)->count);
}

static int l_characters_index(lua_State *L) {
    pv_characters_object *self = check_characters(L);
    size_t i;
    if (!pv_index_argument(L, self->count, &i))
        return pv_push_nil(L);
    return pv_push_text_part(L, self->whole, find_character(L, self, i + 1));
}

static int l_characters_from(lua_State *L) {
    pv_characters_object *self = check_characters(L);
    lua_Integer number = pv_number_check_whole(L, 2);
    if (number < 1 || (lua_Unsigned)number > self->count)
        return luaL_error(L, "there is no character %I; the text has %I", (LUAI_UACINT)number,
                          (LUAI_UACINT)self->count);
    pv_span first = find_character(L, self, (size_t)number);
    push_characters(L, self->whole, (pv_span){first.start, self->part.end}, self->count - (size_t)number + 1);
    return 1;
}

static int l_characters_to_string(lua_State *L) {
    size_t count = check_characters(L)->count;
    lua_pushfstring(L, count == 1 ? "%I character" : "%I characters", (LUAI_UACINT)count);
    return 1;
}

static const pv_member characters_members[] = {
    {"from", ":from(number: integer): characters", "The characters from this one (1 is the first) to the last.",
     .method = l_characters_from},
    PV_MEMBERS_END,
};

const pv_class pv_characters_class = {
    .name = "characters",
    .doc = "The characters of a text, each a Unicode code point: `#characters` counts them, spaces included, "
           "`characters[i]` is a text.",
    .members = characters_members,
    .length = l_characters_length,
    .index = l_characters_index,
    .element = "text",
    .to_string = l_characters_to_string,
    .of_session = true,
    .inherited = pv_list_members,
};

/* ---- tricks on the count ---- */

typedef struct pv_trick_object {
    pv_found found;
    pv_word_trick_kind kind;
} pv_trick_object;

static void push_trick(lua_State *L, const pv_text_object *text, const pv_word_trick *found) {
    pv_trick_object *trick = pv_found_new(L, &pv_trick_class, sizeof *trick, text, found->at);
    trick->kind = found->kind;
}

int l_text_tricks(lua_State *L) {
    const pv_text_object *text = pv_text_self(L);
    pv_str bytes = pv_text_object_str(text);
    pv_text_charge(L, bytes);
    pv_word_trick_list found;
    pv_error error = {0};
    if (!pv_words_find_tricks(pv_runtime_of(L)->call_arena, bytes, &found, &error))
        return pv_runtime_raise(L, &error);
    PV_PUSH_LIST(L, found.count, i, push_trick(L, text, &found.tricks[i]));
    return 1;
}

static int get_kind(lua_State *L) {
    static const char *const names[] = {
        [PV_WORD_TRICK_ZERO_WIDTH] = "zero-width",
        [PV_WORD_TRICK_LONG_RUN] = "long-run",
        [PV_WORD_TRICK_JOINED] = "joined",
    };
    const pv_trick_object *trick = lua_touserdata(L, 1);
    return pv_push_name(L, names[trick->kind]);
}

static int l_trick_to_string(lua_State *L) {
    static const char *const sayings[] = {
        [PV_WORD_TRICK_ZERO_WIDTH] = "a zero-width character between two words",
        [PV_WORD_TRICK_LONG_RUN] = "a run of over 60 characters without white space",
        [PV_WORD_TRICK_JOINED] = "several words without white space between them",
    };
    const pv_trick_object *trick = pv_class_check(L, 1, &pv_trick_class);
    return pv_push_name(L, sayings[trick->kind]);
}

static const pv_member trick_members[] = {
    {"kind", "kind: string",
     "\"zero-width\" (a character that shows nothing glues words), \"long-run\" (over 60 characters without white "
     "space) or \"joined\" (several words in a shorter run: \"we_will_connect_all\", \"connect,train,pay\").",
     .get = get_kind},
    {"text", "text: text", "The characters in question.", PV_OWN_FIELD(words, pv_trick_object, found.at)},
    PV_MEMBERS_END,
};

const pv_class pv_trick_class = {
    .name = "trick",
    .doc = "Something that makes a word count look smaller than what a person reads.",
    .members = trick_members,
    .to_string = l_trick_to_string,
    .of_session = true,
};
