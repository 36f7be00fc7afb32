#include "base/utf8.h"
#include "lua/number.h"
#include "lua/text_object.h"

typedef struct pv_characters_object {
    pv_object object;
    const pv_text *whole;
    pv_span part; /* bytes of whole->value */
    size_t count;
    /* Where the character asked for last begins, in the part, so that going through them does not begin anew each time. */
    size_t number;
    size_t offset;
} pv_characters_object;

static pv_characters_object *push_characters(lua_State *L, const pv_text *whole, pv_span part, size_t count) {
    pv_characters_object *characters = pv_class_new(L, &pv_characters_class, sizeof *characters);
    characters->whole = whole;
    characters->part = part;
    characters->count = count;
    characters->number = 1;
    pv_object_place_in(&characters->object, whole, part);
    return characters;
}

void pv_push_characters(lua_State *L, const pv_text_object *text) {
    pv_str bytes = pv_text_object_str(text);
    pv_text_charge(L, bytes);
    push_characters(L, text->whole, text->part, pv_utf8_length(bytes))->object.place = text->object.place;
}

static pv_characters_object *check_characters(lua_State *L) {
    return pv_class_check(L, 1, &pv_characters_class);
}

static bool has_number(const pv_characters_object *self, lua_Integer number) {
    return number >= 1 && (lua_Unsigned)number <= self->count;
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
    lua_pushinteger(L, (lua_Integer)check_characters(L)->count);
    return 1;
}

static int l_characters_index(lua_State *L) {
    pv_characters_object *self = check_characters(L);
    lua_Integer number = luaL_checkinteger(L, 2);
    if (has_number(self, number))
        pv_push_text_part(L, self->whole, find_character(L, self, (size_t)number));
    else
        lua_pushnil(L);
    return 1;
}

static int l_characters_from(lua_State *L) {
    pv_characters_object *self = check_characters(L);
    lua_Integer number = pv_number_check_whole(L, 2);
    if (!has_number(self, number))
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

static const pv_member members[] = {
    {"from", ":from(number: integer): characters", "The characters from this one (1 is the first) to the last.", NULL,
     l_characters_from},
    PV_MEMBERS_END,
};

const pv_class pv_characters_class = {
    .name = "characters",
    .doc = "The characters of a text, each a Unicode code point: `#characters` counts them, spaces included, "
           "`characters[i]` is a text.",
    .members = members,
    .length = l_characters_length,
    .index = l_characters_index,
    .element = "text",
    .to_string = l_characters_to_string,
    .of_session = true,
    .inherited = pv_list_members,
};
