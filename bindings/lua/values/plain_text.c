#include "lua/values/plain_text_p.h"

#include "lua/host/compiled.h"

/* Its address is the registry key of the texts of this session that the form does not print, by string. */
static const char plain_texts = 0;

/* What a session pays for a token that is worked out, by itself and in shingles: as much as text_facts.c charges. */
#define WORK_OF_TOKEN 3

/* What is worked out about a text that the form prints. */
typedef struct printed_text {
    pv_text whole;
    pv_text_facts facts; /* tokens and shingles */
} printed_text;

/* The form's own string that reads so, or NULL. */
static const pv_str *find_on_form(const pv_form *form, pv_str text) {
    for (size_t i = 0; i < form->measure_count; i++)
        if (pv_str_equal(form->measures[i].description, text))
            return &form->measures[i].description;
    for (size_t i = 0; i < form->item_count; i++)
        if (pv_str_equal(form->items[i].prompt, text))
            return &form->items[i].prompt;
    return NULL;
}

static bool work_out(printed_text *printed, pv_arena *arena, pv_error *error) {
    pv_token_list *tokens = PV_NEW(arena, pv_token_list);
    if (!tokens)
        return pv_fail_memory(error);
    printed->facts.tokens = tokens;
    return pv_tokens_find(arena, printed->whole.value, tokens, error) &&
           pv_shingles_build(&printed->facts.shingles, arena, tokens, error);
}

/* [-0, +0, v] What the rule set knows of a string of the form. */
static printed_text *find_printed(lua_State *L, const pv_str *string) {
    const struct {
        char kind[8];
        const pv_str *string;
    } parts = {"printed", string};
    pv_str key = {(const char *)&parts, sizeof parts};
    pv_compiled *compiled = pv_runtime_of(L)->compiled;
    printed_text *printed = pv_compiled_find(compiled, key);
    if (printed)
        return printed;
    pv_arena *arena = pv_compiled_arena(compiled);
    printed = pv_check_memory(L, PV_NEW(arena, printed_text));
    printed->whole.value = *string;
    pv_error error = {0};
    if (!work_out(printed, arena, &error) || !pv_compiled_keep(compiled, key, printed, NULL, &error))
        pv_runtime_raise(L, &error);
    return printed;
}

/* [-0, +1, m] */
static pv_text_object *push_text(lua_State *L, const pv_text *whole) {
    pv_text_object *text = pv_class_new(L, &pv_text_class, sizeof *text);
    text->whole = whole;
    text->part = (pv_span){0, (uint32_t)whole->value.size};
    text->keeps = true;
    return text;
}

/* [-0, +1, v] A new text of a string of the form. */
static void make_printed(lua_State *L, const void *string) {
    printed_text *printed = find_printed(L, string);
    pv_text_charge(L, printed->whole.value);
    MAY_RAISE(pv_runtime_charge(L, printed->facts.tokens->count * WORK_OF_TOKEN));
    push_text(L, &printed->whole)->facts = &printed->facts;
}

/* [-0, +1, m] The text of the string at index, which a table keeps. */
static void push_of_session(lua_State *L, int index) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &plain_texts) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &plain_texts);
    }
    lua_pushvalue(L, index);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pop(L, 1);
        pv_text *whole = pv_check_memory(L, PV_NEW(pv_runtime_of(L)->session_arena, pv_text));
        whole->value.data = lua_tolstring(L, index, &whole->value.size);
        push_text(L, whole);
        lua_pushvalue(L, index);
        lua_pushvalue(L, -2);
        lua_rawset(L, -4);
    }
    lua_remove(L, -2);
}

void pv_plain_text_make(lua_State *L, int index) {
    index = lua_absindex(L, index);
    pv_str string;
    string.data = lua_tolstring(L, index, &string.size);
    const pv_str *printed = find_on_form(pv_runtime_of(L)->form, string);
    if (printed)
        pv_class_push_cached(L, printed, make_printed);
    else
        push_of_session(L, index);
    lua_replace(L, index);
}
