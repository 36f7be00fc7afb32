#include "lua/values/values_p.h"
#include "text/clauses.h"

#include <string.h>

/* ---- shared wording ---- */

enum { SLOT_FIRST = 1, SLOT_SECOND = 2 };

/* Shingles are compared at once; the longest run, which costs far more, when it is first asked for. */
typedef struct pv_similarity_object {
    pv_object object;
    pv_similarity similarity;
    bool measured; /* the run too */
} pv_similarity_object;

int pv_push_similarity(lua_State *L, int first, int second) {
    pv_text_object *a = lua_touserdata(L, first);
    pv_text_object *b = lua_touserdata(L, second);
    const pv_shingles *shingles_a = pv_text_shingles(L, a);
    const pv_shingles *shingles_b = pv_text_shingles(L, b);
    pv_text_charge(L, pv_text_object_str(a));
    pv_text_charge(L, pv_text_object_str(b));
    first = lua_absindex(L, first);
    second = lua_absindex(L, second);
    pv_similarity_object *object = pv_class_new(L, &pv_similarity_class, sizeof *object);
    pv_object_set_place(&object->object, &a->object.place);
    lua_pushvalue(L, first);
    lua_setiuservalue(L, -2, SLOT_FIRST);
    lua_pushvalue(L, second);
    lua_setiuservalue(L, -2, SLOT_SECOND);
    pv_shingles_compare(shingles_a, shingles_b, &object->similarity);
    return 1;
}

static pv_similarity_object *similarity_self(lua_State *L) {
    return lua_touserdata(L, 1);
}

/* [-0, +1, m] */
static pv_text_object *push_side(lua_State *L, int slot) {
    lua_getiuservalue(L, 1, slot);
    return lua_touserdata(L, -1);
}

/* The longest run is found by bisection: some ten walks over both texts. */
static const pv_similarity *measured(lua_State *L) {
    pv_similarity_object *object = similarity_self(L);
    if (object->measured)
        return &object->similarity;
    pv_text_object *a = push_side(L, SLOT_FIRST);
    pv_text_object *b = push_side(L, SLOT_SECOND);
    const pv_shingles *shingles_a = pv_text_shingles(L, a);
    const pv_shingles *shingles_b = pv_text_shingles(L, b);
    MAY_RAISE(pv_runtime_charge(L, pv_text_tokens(L, a)->count + pv_text_tokens(L, b)->count + 1));
    pv_error error = {0};
    if (!pv_similarity_measure(pv_runtime_of(L)->call_arena, shingles_a, shingles_b, &object->similarity, &error))
        pv_runtime_raise(L, &error);
    object->measured = true;
    lua_pop(L, 2);
    return &object->similarity;
}

/* Cut, not rounded, at two places: so "at least" any percentage of two places or fewer comes out exactly. */
static int get_containment(lua_State *L) {
    const pv_similarity *similarity = &similarity_self(L)->similarity;
    size_t hundredths = similarity->shingles > 0 ? similarity->shared * 10000 / similarity->shingles : 0;
    return pv_push_decimal(L, (pv_decimal){(int64_t)hundredths, 2}, true, &similarity_self(L)->object.place);
}

static int get_run(lua_State *L) {
    return pv_push_size(L, measured(L)->run_tokens);
}

/* [-0, +0, v] The fewest whole words that are as many as the number at index: 13 for 12.5. */
static size_t words_at(lua_State *L, int index) {
    pv_decimal number = pv_number_check(L, index).value;
    bool whole = true;
    for (; number.scale > 0; number.scale--) {
        whole = whole && number.coefficient % 10 == 0;
        number.coefficient /= 10;
    }
    return number.coefficient < 0 ? 0 : (size_t)number.coefficient + !whole;
}

static int l_similarity_has_run(lua_State *L) {
    const pv_similarity_object *object = pv_class_check(L, 1, &pv_similarity_class);
    size_t tokens = words_at(L, 2);
    if (!object->measured) {
        pv_text_object *a = push_side(L, SLOT_FIRST);
        pv_text_object *b = push_side(L, SLOT_SECOND);
        if (!pv_shingles_may_share_run(pv_text_shingles(L, a), pv_text_shingles(L, b), tokens))
            return pv_push_boolean(L, false);
        lua_pop(L, 2);
    }
    return pv_push_boolean(L, measured(L)->run_tokens >= tokens);
}

/* The run where it stands in one of the texts; nil when the texts share no word. */
static int push_run(lua_State *L, int slot) {
    const pv_similarity *similarity = measured(L);
    if (similarity->run_tokens == 0)
        return pv_push_nil(L);
    const pv_text_object *text = push_side(L, slot);
    pv_span run = slot == SLOT_FIRST ? similarity->run_first : similarity->run_second;
    if (!text->object.has_place)
        return pv_push_str(L, pv_str_slice(pv_text_object_str(text), run.start, run.end));
    return pv_push_text_part(L, text->whole, pv_text_within(text, run));
}

static int get_first(lua_State *L) {
    return push_run(L, SLOT_FIRST);
}

static int get_second(lua_State *L) {
    return push_run(L, SLOT_SECOND);
}

static int l_similarity_to_string(lua_State *L) {
    const pv_similarity_object *object = pv_class_check(L, 1, &pv_similarity_class);
    lua_pushfstring(L, "%I of %I runs of three words shared", (LUAI_UACINT)object->similarity.shared,
                    (LUAI_UACINT)object->similarity.shingles);
    return 1;
}

static const pv_member similarity_members[] = {
    {"shared", "shared: integer", "How many runs of three words of the first text the second holds too.",
     PV_OWN_FIELD(size, pv_similarity_object, similarity.shared)},
    {"shingles", "shingles: integer", "How many different runs of three words the first text has.",
     PV_OWN_FIELD(size, pv_similarity_object, similarity.shingles)},
    {"containment", "containment: decimal", "shared of shingles as a percentage, cut at two places.",
     .get = get_containment},
    {"run", "run: integer", "Words in the longest passage common to both.", .get = get_run},
    {"has_run", ":has_run(words: number): boolean",
     "Whether a passage of so many words is common to both; where there is none, this is sooner told than `run`.",
     .method = l_similarity_has_run},
    {"first", "first: text?", "That passage in the first text; nil when there is none.", .get = get_first},
    {"second", "second: text | string | nil", "That passage in the second text; nil when there is none.",
     .get = get_second},
    PV_MEMBERS_END,
};

const pv_class pv_similarity_class = {
    .name = "similarity",
    .doc = "How much of one text's wording another holds; case, hyphens, spacing and punctuation are folded.",
    .members = similarity_members,
    .to_string = l_similarity_to_string,
    .slots = 2,
    .of_session = true,
};

/* ---- telling words ---- */

/* [-0, +1, m] The filler of the string at index, kept with the rule set: rules write it at file level. */
static const pv_stem_filler *filler_of(lua_State *L, int index) {
    pv_compiled *compiled = pv_runtime_of(L)->compiled;
    pv_str words = pv_check_str(L, index);
    pv_text_charge(L, words);
    lua_pushliteral(L, "filler ");
    lua_pushvalue(L, index);
    lua_concat(L, 2);
    pv_str key = pv_lua_str(L, -1);
    pv_stem_filler *filler = pv_compiled_find(compiled, key);
    if (filler)
        return filler;
    pv_arena *arena = pv_compiled_arena(compiled);
    filler = pv_check_memory(L, PV_NEW(arena, pv_stem_filler));
    pv_error error = {0};
    if (!pv_stem_filler_read(filler, arena, words, &error) || !pv_compiled_keep(compiled, key, filler, NULL, &error))
        pv_runtime_raise(L, &error);
    return filler;
}

/* [-0, +0, v] The prints of the list of strings at index, in the call arena. */
static const pv_stem_print **prints_of(lua_State *L, int index, size_t letters, size_t *count) {
    luaL_checktype(L, index, LUA_TTABLE);
    *count = (size_t)luaL_len(L, index);
    if (*count == 0)
        luaL_argerror(L, index, "the list is empty: there is nothing printed");
    const pv_stem_print **prints =
        pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, const pv_stem_print *, *count));
    for (size_t i = 0; i < *count; i++) {
        lua_geti(L, index, (lua_Integer)i + 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            pv_raise_expected(L, -1, "a string that is printed");
        prints[i] = pv_text_stem_print(L, -1, letters);
        lua_pop(L, 1);
    }
    return prints;
}

/* The stems of the text at index, or none. */
static pv_stem_list stems_apart(lua_State *L, int index, const pv_stem_filler *filler, size_t letters) {
    pv_stem_list stems = {0};
    if (lua_isnoneornil(L, index))
        return stems;
    pv_text_object *text = pv_text_argument(L, index);
    const pv_word_list *words = pv_text_words(L, text);
    pv_error error = {0};
    if (!pv_stems_find(&stems, pv_runtime_of(L)->call_arena, pv_text_object_str(text), words, filler, letters, &error))
        pv_runtime_raise(L, &error);
    return stems;
}

/* [-0, +0, v] The percentage at index in hundredths of one, rounded down; 0 where there is none. */
static size_t share_at(lua_State *L, int index) {
    const pv_decimal none = {0, 0}, most = {100, 0};
    if (lua_isnoneornil(L, index))
        return 0;
    pv_exact_number share = pv_number_check(L, index);
    if (share.unit != PV_UNIT_PERCENTAGE || pv_decimal_compare(share.value, none) < 0 ||
        pv_decimal_compare(share.value, most) > 0)
        luaL_argerror(L, index, "a share is a percentage from 0% to 100%");
    for (; share.value.scale > 2; share.value.scale--)
        share.value.coefficient /= 10;
    for (; share.value.scale < 2; share.value.scale++)
        share.value.coefficient *= 10;
    return (size_t)share.value.coefficient;
}

int l_text_telling_words(lua_State *L) {
    enum { PRINTED = 2, LETTERS, FILLER, APART, SHARE };
    pv_text_object *text = pv_text_self(L);
    lua_settop(L, SHARE); /* what is pushed below is no argument */
    lua_Integer letters = luaL_checkinteger(L, LETTERS);
    if (letters < 1 || letters > (lua_Integer)PV_STEM_LETTERS_MOST)
        return luaL_error(L, "words are told apart by 1 to %d letters, not by %I", (int)PV_STEM_LETTERS_MOST,
                          (LUAI_UACINT)letters);
    size_t print_count;
    const pv_stem_print **prints = prints_of(L, PRINTED, (size_t)letters, &print_count);
    const pv_stem_filler *filler = filler_of(L, FILLER);
    pv_stem_list apart = stems_apart(L, APART, filler, (size_t)letters);
    const pv_word_list *words = pv_text_words(L, text);
    const size_t share = share_at(L, SHARE);
    MAY_RAISE(pv_runtime_charge(L, words->count * (apart.count / 4 + print_count) / 2 + 1));
    pv_stem_counts counts = pv_stems_count(pv_text_object_str(text), words, filler, &apart, prints, print_count, share);
    if (counts.short_of)
        return pv_push_nil(L);
    pv_push_size(L, counts.printed);
    pv_push_size(L, counts.all);
    return 2;
}

/* ---- clauses of a template ---- */

enum { SLOT_TEMPLATE = 1 };

#define STEPS_A_UNIT 16 /* of work on a clause, for one of fuel */

typedef struct pv_clause_object {
    pv_object object;
    const pv_text *whole;
    pv_span clause;          /* bytes of the template */
    pv_clause_result result; /* spans of the text count from the start of whole; runs are copied below */
    pv_clause_run runs[];
} pv_clause_object;

static pv_str template_bytes(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TSTRING)
        return pv_text_object_str(pv_text_argument(L, index));
    return pv_lua_str(L, index);
}

/* [-0, +1, m] template: stack index, absolute. */
static void push_clause(lua_State *L, const pv_text_object *text, const pv_clause *clause,
                        const pv_clause_result *result, int template) {
    size_t size = result->run_count * sizeof result->runs[0];
    pv_clause_object *object = pv_class_new(L, &pv_clause_class, sizeof *object + size);
    object->whole = text->whole;
    object->clause = clause->at;
    object->result = *result;
    object->result.runs = NULL;
    object->result.passage = pv_text_within(text, result->passage);
    object->result.departs = pv_text_within(text, result->departs);
    for (size_t i = 0; i < result->run_count; i++) {
        object->runs[i] = result->runs[i];
        if (object->runs[i].added)
            object->runs[i].at = pv_text_within(text, object->runs[i].at);
    }
    if (result->state != PV_CLAUSE_MISSING)
        pv_object_place_in(&object->object, text->whole,
                           result->state == PV_CLAUSE_KEPT ? object->result.passage : object->result.departs);
    lua_pushvalue(L, template);
    lua_setiuservalue(L, -2, SLOT_TEMPLATE);
}

/* The text, ready for clauses to be looked for in it, in the call arena. */
static pv_clause_index *prepare(lua_State *L, pv_text_object *text) {
    const pv_token_list *tokens = pv_text_tokens(L, text);
    const pv_part_list *parts = pv_text_parts(L, text);
    MAY_RAISE(pv_runtime_charge(L, tokens->count * 4 + 1));
    pv_clause_index *index;
    pv_error error = {0};
    if (!pv_clause_index_build(&index, pv_runtime_of(L)->call_arena, tokens, &parts->found.lines, &error))
        pv_runtime_raise(L, &error);
    return index;
}

int l_text_follows(lua_State *L) {
    pv_text_object *text = pv_text_self(L);
    pv_arena *arena = pv_runtime_of(L)->call_arena;
    pv_str template = template_bytes(L, 2);
    pv_text_charge(L, template);
    pv_text_charge(L, template);
    pv_clause_list clauses;
    pv_error error = {0};
    if (!pv_clauses_find(arena, template, &clauses, &error))
        return pv_runtime_raise(L, &error);
    if (clauses.count == 0)
        return luaL_error(L, "the template has no words: there is nothing to follow");
    pv_clause_index *text_index = prepare(L, text);
    pv_list_new(L, clauses.count);
    for (size_t i = 0; i < clauses.count; i++) {
        pv_clause_result result;
        if (!pv_clause_hold(text_index, &clauses.clauses[i], arena, &result, &error))
            return pv_runtime_raise(L, &error);
        MAY_RAISE(pv_runtime_charge(L, result.steps / STEPS_A_UNIT + 1));
        push_clause(L, text, &clauses.clauses[i], &result, 2);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static const pv_clause_object *clause_self(lua_State *L) {
    return lua_touserdata(L, 1);
}

/* [-0, +1, m] Bytes of the template: part of it when it is a text, else a string. */
static int push_of_template(lua_State *L, pv_span at) {
    lua_getiuservalue(L, 1, SLOT_TEMPLATE);
    pv_text_object *template = pv_text_test(L, -1);
    if (template) {
        pv_push_text_part(L, template->whole, pv_text_within(template, at));
    } else {
        size_t size;
        const char *bytes = lua_tolstring(L, -1, &size);
        pv_push_str(L, pv_str_slice((pv_str){bytes, size}, at.start, at.end));
    }
    lua_remove(L, -2);
    return 1;
}

static int get_clause(lua_State *L) {
    return push_of_template(L, clause_self(L)->clause);
}

static int get_state(lua_State *L) {
    return pv_push_name(L, pv_clause_state_name(clause_self(L)->result.state));
}

static int get_similarity(lua_State *L) {
    const pv_object *object = &clause_self(L)->object;
    pv_push_decimal(L, (pv_decimal){(int64_t)clause_self(L)->result.similarity, 2}, true,
                    object->has_place ? &object->place : NULL);
    return 1;
}

static int push_in_text(lua_State *L, bool given, pv_span at) {
    return given ? pv_push_text_part(L, clause_self(L)->whole, at) : pv_push_nil(L);
}

static int get_text(lua_State *L) {
    return push_in_text(L, clause_self(L)->result.state != PV_CLAUSE_MISSING, clause_self(L)->result.passage);
}

static int get_departs(lua_State *L) {
    return push_in_text(L, clause_self(L)->result.state == PV_CLAUSE_CHANGED, clause_self(L)->result.departs);
}

static int push_runs(lua_State *L, bool added) {
    pv_list_new(L, 0);
    size_t count = 0;
    for (size_t i = 0; i < clause_self(L)->result.run_count; i++) {
        const pv_clause_run *run = &clause_self(L)->runs[i];
        if (run->added != added)
            continue;
        if (added)
            pv_push_text_part(L, clause_self(L)->whole, run->at);
        else
            push_of_template(L, run->at);
        pv_list_set(L, ++count);
    }
    return 1;
}

static int get_removed(lua_State *L) {
    return push_runs(L, false);
}

static int get_added(lua_State *L) {
    return push_runs(L, true);
}

static int l_clause_to_string(lua_State *L) {
    (void)pv_class_check(L, 1, &pv_clause_class);
    push_of_template(L, clause_self(L)->clause);
    luaL_tolstring(L, -1, NULL);
    return 1;
}

static const pv_member clause_members[] = {
    {"clause", "clause: text | string", "The clause of the template, without its number.", .get = get_clause},
    {"state", "state: \"kept\" | \"changed\" | \"missing\"", "\"kept\", \"changed\" or \"missing\".", .get = get_state},
    {"text", "text: text?", "The passage of the text that is the clause, or its counterpart; nil when it is missing.",
     .get = get_text},
    {"similarity", "similarity: decimal",
     "Words of the clause that stand in the passage in order, of those and the words put in, as a percentage; 100% "
     "when "
     "it is kept, 0% when it is missing.",
     .get = get_similarity},
    {"departs", "departs: text?",
     "Where a changed passage first departs: the words put in there, or the word beside the ones taken out.",
     .get = get_departs},
    {"removed", "removed: list", "The words of a changed clause that were taken out, run by run.", .get = get_removed},
    {"added", "added: list of text", "The words that were put into a changed clause, run by run.", .get = get_added},
    PV_MEMBERS_END,
};

const pv_class pv_clause_class = {
    .name = "clause",
    .doc =
        "One clause of a template, and what a text makes of it. Its place is the passage, or where it first departs.",
    .members = clause_members,
    .to_string = l_clause_to_string,
    .slots = 1,
    .of_session = true,
};
