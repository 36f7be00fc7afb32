#include "lua/values/text_object.h"

void pv_text_charge(lua_State *L, pv_str text) {
    MAY_RAISE(pv_runtime_charge(L, text.size / 4 + 4));
}

static pv_arena *arena_of(lua_State *L, const pv_text_object *text) {
    pv_runtime *runtime = pv_runtime_of(L);
    return text->keeps ? runtime->session_arena : runtime->call_arena;
}

/* The facts of a text; of a part new ones, which end with the call. */
static pv_text_facts *facts_of(lua_State *L, pv_text_object *text) {
    if (text->facts)
        return text->facts;
    pv_text_facts *facts = pv_check_memory(L, PV_NEW(arena_of(L, text), pv_text_facts));
    if (text->keeps)
        text->facts = facts;
    return facts;
}

static void raise_unless(lua_State *L, bool done, const pv_error *error) {
    if (!done)
        pv_runtime_raise(L, error);
}

const pv_word_list *pv_text_words(lua_State *L, pv_text_object *text) {
    pv_text_facts *facts = facts_of(L, text);
    if (!facts->words) {
        pv_str bytes = pv_text_object_str(text);
        pv_text_charge(L, bytes);
        pv_arena *arena = arena_of(L, text);
        pv_word_list *words = pv_check_memory(L, PV_NEW(arena, pv_word_list));
        pv_error error = {0};
        raise_unless(L, pv_words_find(arena, bytes, PV_WORD_METHOD_WORD, words, &error), &error);
        facts->words = words;
    }
    return facts->words;
}

static const pv_token_list *tokens_of(lua_State *L, pv_text_object *text, pv_text_facts *facts) {
    if (!facts->tokens) {
        pv_str bytes = pv_text_object_str(text);
        pv_text_charge(L, bytes);
        pv_arena *arena = arena_of(L, text);
        pv_token_list *tokens = pv_check_memory(L, PV_NEW(arena, pv_token_list));
        pv_error error = {0};
        raise_unless(L, pv_tokens_find(arena, bytes, tokens, &error), &error);
        MAY_RAISE(pv_runtime_charge(L, tokens->count));
        facts->tokens = tokens;
    }
    return facts->tokens;
}

const pv_token_list *pv_text_tokens(lua_State *L, pv_text_object *text) {
    return tokens_of(L, text, facts_of(L, text));
}

const pv_shingles *pv_text_shingles(lua_State *L, pv_text_object *text) {
    pv_text_facts *facts = facts_of(L, text);
    if (!facts->shingles) {
        const pv_token_list *tokens = tokens_of(L, text, facts);
        MAY_RAISE(pv_runtime_charge(L, tokens->count * 2));
        pv_shingles *shingles;
        pv_error error = {0};
        raise_unless(L, pv_shingles_build(&shingles, arena_of(L, text), tokens, &error), &error);
        facts->shingles = shingles;
    }
    return facts->shingles;
}

const pv_quantity_list *pv_text_quantities(lua_State *L, pv_text_object *text, pv_quantity_kind kind) {
    pv_text_facts *facts = facts_of(L, text);
    if (!facts->quantities[kind]) {
        pv_str bytes = pv_text_object_str(text);
        pv_text_charge(L, bytes);
        pv_arena *arena = arena_of(L, text);
        pv_quantity_list *quantities = pv_check_memory(L, PV_NEW(arena, pv_quantity_list));
        pv_error error = {0};
        raise_unless(L, pv_quantities_find(arena, bytes, kind, quantities, &error), &error);
        MAY_RAISE(pv_runtime_charge(L, quantities->count * 2));
        facts->quantities[kind] = quantities;
    }
    return facts->quantities[kind];
}

const pv_list_items *pv_text_items(lua_State *L, pv_text_object *text) {
    pv_text_facts *facts = facts_of(L, text);
    if (!facts->items) {
        pv_str bytes = pv_text_object_str(text);
        pv_text_charge(L, bytes);
        pv_arena *arena = arena_of(L, text);
        pv_list_items *items = pv_check_memory(L, PV_NEW(arena, pv_list_items));
        pv_error error = {0};
        raise_unless(L, pv_lists_find(arena, bytes, items, &error), &error);
        MAY_RAISE(pv_runtime_charge(L, items->count * 2));
        facts->items = items;
    }
    return facts->items;
}

static void set_part(pv_part *part, const pv_text_object *text, const pv_heading_list *found, size_t index) {
    const pv_heading *heading = &found->headings[index];
    *part = (pv_part){.heading = *heading, .whole = text->whole};
    part->heading.at = pv_text_within(text, heading->at);
    part->heading.number = pv_text_within(text, heading->number);
    part->heading.title = pv_text_within(text, heading->title);
    part->heading.own = pv_text_within(text, heading->own);
    part->heading.body = pv_text_within(text, heading->body);
}

pv_part_list *pv_text_parts(lua_State *L, pv_text_object *text) {
    pv_text_facts *facts = facts_of(L, text);
    if (!facts->parts) {
        pv_str bytes = pv_text_object_str(text);
        pv_text_charge(L, bytes);
        pv_text_charge(L, bytes);
        pv_arena *arena = pv_runtime_of(L)->session_arena;
        pv_part_list *list = pv_check_memory(L, PV_NEW(arena, pv_part_list));
        pv_error error = {0};
        raise_unless(L, pv_headings_find(arena, bytes, &list->found, &error), &error);
        list->parts = pv_check_memory(L, PV_NEW_ARRAY(arena, pv_part, list->found.count));
        pv_part_body *bodies = NULL;
        if (list->found.lines.laid_out)
            bodies = pv_check_memory(L, PV_NEW_ARRAY(arena, pv_part_body, list->found.count));
        for (size_t i = 0; i < list->found.count; i++) {
            set_part(&list->parts[i], text, &list->found, i);
            list->parts[i].body = bodies ? &bodies[i] : NULL;
        }
        MAY_RAISE(pv_runtime_charge(L, list->found.count * 4));
        facts->parts = list;
    }
    return facts->parts;
}
