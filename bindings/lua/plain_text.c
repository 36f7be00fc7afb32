#include "lua/plain_text.h"

#include "lua/compiled.h"

/* Its address is the registry key of the texts made in this session, by string. */
static const char plain_texts = 0;

/* What a session pays for a token that is worked out, by itself and in shingles: as much as text_facts.c charges. */
#define WORK_OF_TOKEN 3

/* What is worked out about a text that the form prints. */
typedef struct printed_text {
    pv_text whole;
    pv_text_facts facts; /* tokens and shingles */
} printed_text;

static bool is_printed(const pv_form *form, pv_str text) {
    for (size_t i = 0; i < form->item_count; i++)
        if (pv_str_equal(form->items[i].prompt, text))
            return true;
    for (size_t i = 0; i < form->measure_count; i++)
        if (pv_str_equal(form->measures[i].description, text))
            return true;
    return false;
}

static bool work_out(printed_text *printed, pv_arena *arena, pv_str text, pv_error *error) {
    pv_token_list *tokens = PV_NEW(arena, pv_token_list);
    printed->whole.value = pv_arena_copy(arena, text);
    printed->facts.tokens = tokens;
    if (!tokens || !printed->whole.value.data)
        return pv_fail_memory(error);
    return pv_tokens_find(arena, printed->whole.value, tokens, error) &&
           pv_shingles_build(&printed->facts.shingles, arena, tokens, error);
}

static printed_text *make_printed(lua_State *L, pv_str key, pv_str text) {
    pv_compiled *compiled = pv_runtime_of(L)->compiled;
    pv_arena *arena = pv_compiled_arena(compiled);
    printed_text *printed = pv_check_memory(L, PV_NEW(arena, printed_text));
    pv_error error = {0};
    if (!work_out(printed, arena, text, &error) || !pv_compiled_keep(compiled, key, printed, NULL, &error))
        pv_runtime_raise(L, &error);
    return printed;
}

/* [-0, +0, v] What the rule set knows of the text, or NULL when the form does not print it. */
static printed_text *find_printed(lua_State *L, pv_str text) {
    if (!is_printed(pv_runtime_of(L)->form, text))
        return NULL;
    lua_pushliteral(L, "printed ");
    pv_push_str(L, text);
    lua_concat(L, 2);
    pv_str key;
    key.data = lua_tolstring(L, -1, &key.size);
    printed_text *printed = pv_compiled_find(pv_runtime_of(L)->compiled, key);
    if (!printed)
        printed = make_printed(L, key, text);
    lua_pop(L, 1);
    pv_text_charge(L, text);
    MAY_RAISE(pv_runtime_charge(L, printed->facts.tokens->count * WORK_OF_TOKEN));
    return printed;
}

/* [-0, +1, v] A new text of the string at index, which a table keeps. */
static void push_plain_text(lua_State *L, int index) {
    pv_str string;
    string.data = lua_tolstring(L, index, &string.size);
    printed_text *printed = find_printed(L, string);
    pv_text *whole = printed ? &printed->whole : pv_check_memory(L, PV_NEW(pv_runtime_of(L)->session_arena, pv_text));
    if (!printed)
        whole->value = string;
    pv_text_object *text = pv_class_new(L, &pv_text_class, sizeof *text);
    text->whole = whole;
    text->part = (pv_span){0, (uint32_t)string.size};
    text->keeps = true;
    text->facts = printed ? &printed->facts : NULL;
}

void pv_plain_text_make(lua_State *L, int index) {
    index = lua_absindex(L, index);
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &plain_texts) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &plain_texts);
    }
    lua_pushvalue(L, index);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pop(L, 1);
        push_plain_text(L, index);
        lua_pushvalue(L, index);
        lua_pushvalue(L, -2);
        lua_rawset(L, -4);
    }
    lua_replace(L, index);
    lua_pop(L, 1);
}
