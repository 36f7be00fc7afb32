#include "lua/values/part_p.h"

static bool is_opening(const pv_part *part) {
    return part->heading.depth == 0;
}

/* Where a part stands: at its heading; what stands before the first heading, where it says something. */
static pv_span place_of(const pv_part *part) {
    return is_opening(part) ? part->heading.own : part->heading.at;
}

static void make_part(lua_State *L, const void *address) {
    const pv_part *part = address;
    pv_place place = {pv_text_locate(part->whole, place_of(part).start, place_of(part).end), false};
    pv_handle_new(L, &pv_part_class, part, &place);
}

void pv_push_part(lua_State *L, const pv_part *part) {
    pv_class_push_cached(L, part, make_part);
}

int pv_push_parts(lua_State *L, pv_text_object *text) {
    pv_part_list *list = pv_text_parts(L, text);
    pv_list_new(L, list->found.count);
    for (size_t i = 0; i < list->found.count; i++) {
        pv_push_part(L, &list->parts[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static int push_words(lua_State *L, const pv_part *part, pv_span at) {
    if (at.end == at.start)
        lua_pushnil(L);
    else
        pv_push_text_part(L, part->whole, at);
    return 1;
}

static int get_number(lua_State *L) {
    const pv_part *part = pv_self(L);
    return push_words(L, part, part->heading.number);
}

static int get_heading(lua_State *L) {
    const pv_part *part = pv_self(L);
    return push_words(L, part, part->heading.title);
}

static int get_depth(lua_State *L) {
    const pv_part *part = pv_self(L);
    lua_pushinteger(L, (lua_Integer)part->heading.depth);
    return 1;
}

/* Makes prose of a body whose line breaks are layout, once. */
static void fold(lua_State *L, const pv_part *part) {
    if (part->body->made)
        return;
    pv_arena *arena = pv_runtime_of(L)->session_arena;
    pv_span at = part->heading.body;
    pv_text_charge(L, pv_str_slice(part->whole->value, at.start, at.end));
    pv_text slice;
    pv_error error = {0};
    if (!pv_text_slice(&slice, arena, part->whole, at.start, at.end, &error) ||
        !pv_text_fold(&part->body->text, arena, &slice, true, &error))
        pv_runtime_raise(L, &error);
    part->body->made = true;
}

static int get_text(lua_State *L) {
    const pv_part *part = pv_self(L);
    pv_span at = part->heading.body;
    if (!part->body) {
        pv_push_text_part(L, part->whole, at);
        return 1;
    }
    fold(L, part);
    pv_push_whole_text(L, &part->body->text, (pv_place){pv_text_locate(part->whole, at.start, at.end), false}, NULL);
    return 1;
}

/* Its heading with its number, as the text writes it. */
static int l_part_to_string(lua_State *L) {
    const pv_part *part = pv_self_check(L, &pv_part_class);
    return pv_push_str(L, pv_str_slice(part->whole->value, part->heading.at.start, part->heading.at.end));
}

static const pv_member members[] = {
    {"number", "number: text?", "What its heading is numbered with (\"3.2\", \"Section 4\"), or nil.", get_number,
     NULL},
    {"heading", "heading: text?", "The words of its heading; nil for what stands before the first heading of the text.",
     get_heading, NULL},
    {"text", "text: text", "What stands under the heading, its sub-parts included, as prose.", get_text, NULL},
    {"depth", "depth: integer",
     "1 for the outermost headings, 2 for those inside them, and so on; 0 before the first heading.", get_depth, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_part_class = {
    .name = "part",
    .doc = "One part of a text: a heading and what stands under it. Its place is its heading.",
    .members = members,
    .to_string = l_part_to_string,
    .of_session = true,
};
