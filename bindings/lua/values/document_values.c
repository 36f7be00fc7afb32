/* What is found in a document as a whole: passages that stand in it twice, and how it is numbered. */
#include "lua/values/values_p.h"
#include "text/passages.h"

/* ---- passages that stand twice ---- */

typedef struct pv_passage_object {
    pv_found found;
    pv_span earlier;
    size_t words;
} pv_passage_object;

static void push_passage(lua_State *L, const pv_text_object *text, const pv_passage *found) {
    pv_passage_object *passage = pv_found_new(L, &pv_passage_class, sizeof *passage, text, found->at);
    passage->earlier = pv_text_within(text, found->earlier);
    passage->words = found->words;
}

int l_text_passages_twice(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    const lua_Integer least = luaL_checkinteger(L, 2);
    luaL_argcheck(L, least >= 1 && least <= 1000, 2, "a passage has 1 to 1000 words");
    const pv_token_list *tokens = pv_text_tokens(L, text);
    pv_text_charge(L, pv_text_object_str(text));
    MAY_RAISE(pv_runtime_charge(L, tokens->count));
    pv_passages found;
    pv_error error = {0};
    if (!pv_passages_find(pv_runtime_of(L)->call_arena, pv_text_object_str(text), tokens, pv_text_marks(text),
                          (size_t)least, &found, &error))
        return pv_runtime_raise(L, &error);
    MAY_RAISE(pv_runtime_charge(L, found.count * 2));
    PV_PUSH_LIST(L, found.count, i, push_passage(L, text, &found.passages[i]));
    return 1;
}

static const pv_member passage_members[] = {
    {"text", "text: text", "The later of the two, from its first word to its last.",
     PV_OWN_FIELD(words, pv_passage_object, found.at)},
    {"earlier", "earlier: text", "Where it stood first.", PV_OWN_FIELD(words, pv_passage_object, earlier)},
    {"words", "words: integer", "How many words the two have in common, in a row but for a few.",
     PV_OWN_FIELD(size, pv_passage_object, words)},
    PV_MEMBERS_END,
};

const pv_class pv_passage_class = {
    .name = "passage",
    .doc = "A passage that stands in a text twice, word for word; case and punctuation do not matter.",
    .members = passage_members,
    .to_string = l_found_to_string,
    .of_session = true,
};

/* ---- numbering ---- */

typedef struct pv_break_object {
    pv_found found;
    pv_numbering_break broken;
} pv_break_object;

static void push_break(lua_State *L, const pv_text_object *text, const pv_numbering_break *found) {
    pv_break_object *object = pv_found_new(L, &pv_break_class, sizeof *object, text, found->at);
    object->broken = *found;
    object->broken.previous = pv_text_within(text, found->previous);
}

static const pv_numbering *find_numbering(lua_State *L, pv_text_object *text) {
    const pv_part_list *parts = pv_text_all_parts(L, text);
    const pv_list_items *items = pv_text_items(L, text);
    pv_text_charge(L, pv_text_object_str(text));
    MAY_RAISE(pv_runtime_charge(L, parts->found.lines.count * 2 + items->count));
    pv_arena *arena = pv_runtime_of(L)->session_arena;
    pv_numbering *found = pv_check_memory(L, PV_NEW(arena, pv_numbering));
    pv_error error = {0};
    if (!pv_numbering_find(arena, pv_text_object_str(text), &parts->found, pv_text_marks(text), items, found, &error))
        pv_runtime_raise(L, &error);
    return found;
}

static const pv_numbering *numbering_of(lua_State *L, pv_text_object *text) {
    pv_text_facts *facts = pv_text_facts_of(L, text);
    if (!facts->numbering)
        facts->numbering = find_numbering(L, text);
    return facts->numbering;
}

int l_text_numbering_breaks(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    const pv_numbering *found = numbering_of(L, text);
    MAY_RAISE(pv_runtime_charge(L, found->break_count * 2));
    PV_PUSH_LIST(L, found->break_count, i, push_break(L, text, &found->breaks[i]));
    return 1;
}

static void push_line_number(lua_State *L, const pv_line_number *number) {
    if (number->name.size == 0) {
        pv_push_str(L, number->number);
        return;
    }
    pv_push_str(L, number->name);
    lua_pushliteral(L, " ");
    pv_push_str(L, number->number);
    lua_concat(L, 3);
}

int l_text_line_numbers(lua_State *L) {
    const pv_numbering *found = numbering_of(L, pv_text_self(L));
    MAY_RAISE(pv_runtime_charge(L, found->number_count));
    PV_PUSH_LIST(L, found->number_count, i, push_line_number(L, &found->numbers[i]));
    return 1;
}

static const pv_break_object *break_self(lua_State *L) {
    return lua_touserdata(L, 1);
}

static int get_kind(lua_State *L) {
    static const char *const kinds[] = {
        [PV_NUMBERING_JUMPS] = "jumps",
        [PV_NUMBERING_REPEATS] = "repeats",
        [PV_NUMBERING_GOES_BACK] = "goes back",
    };
    return pv_push_name(L, kinds[break_self(L)->broken.kind]);
}

static int get_of(lua_State *L) {
    static const char *const kinds[] = {
        [PV_NUMBERED_HEADING] = "heading",
        [PV_NUMBERED_CAPTION] = "caption",
        [PV_NUMBERED_ITEM] = "item",
    };
    return pv_push_name(L, kinds[break_self(L)->broken.of]);
}

static int get_previous(lua_State *L) {
    const pv_break_object *object = break_self(L);
    return pv_push_text_if_any(L, object->found.whole, object->broken.previous);
}

static int get_expected(lua_State *L) {
    const pv_str expected = break_self(L)->broken.expected;
    return expected.size == 0 ? pv_push_nil(L) : pv_push_str(L, expected);
}

static const pv_member break_members[] = {
    {"kind", "kind: \"jumps\" | \"repeats\" | \"goes back\"",
     "How the number stands to the one before it: \"jumps\" (2, 4), \"repeats\" (2, 2), \"goes back\" (3, 2).",
     .get = get_kind},
    {"of", "of: \"heading\" | \"caption\" | \"item\"",
     "What it numbers: a heading, the caption of a table or figure, or an item of a list.", .get = get_of},
    {"text", "text: text", "The number as written.", PV_OWN_FIELD(words, pv_break_object, found.at)},
    {"previous", "previous: text?", "The one that it does not follow, or nil: \"2.2\" is the first in its section.",
     .get = get_previous},
    {"expected", "expected: string?", "The number that would follow (\"2.2\"), or nil.", .get = get_expected},
    PV_MEMBERS_END,
};

const pv_class pv_break_class = {
    .name = "numbering break",
    .doc = "A number of a heading, caption or item of a list that does not follow the one before it.",
    .members = break_members,
    .to_string = l_found_to_string,
    .of_session = true,
};
