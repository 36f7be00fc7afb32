#include "lua/values/clause_p.h"

#include <string.h>

#include "text/clauses.h"

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
    pv_str bytes;
    bytes.data = lua_tolstring(L, index, &bytes.size);
    return bytes;
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

int pv_push_clauses(lua_State *L, pv_text_object *text, int index) {
    index = lua_absindex(L, index);
    pv_arena *arena = pv_runtime_of(L)->call_arena;
    pv_str template = template_bytes(L, index);
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
        push_clause(L, text, &clauses.clauses[i], &result, index);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static const pv_clause_object *self(lua_State *L) {
    return lua_touserdata(L, 1);
}

/* [-0, +1, m] Bytes of the template: part of it when it is a text, else a string. */
static void push_of_template(lua_State *L, pv_span at) {
    lua_getiuservalue(L, 1, SLOT_TEMPLATE);
    pv_text_object *template = pv_class_test(L, -1, &pv_text_class);
    if (template) {
        pv_push_text_part(L, template->whole, pv_text_within(template, at));
    } else {
        size_t size;
        const char *bytes = lua_tolstring(L, -1, &size);
        pv_push_str(L, pv_str_slice((pv_str){bytes, size}, at.start, at.end));
    }
    lua_remove(L, -2);
}

static int get_clause(lua_State *L) {
    push_of_template(L, self(L)->clause);
    return 1;
}

static int get_state(lua_State *L) {
    lua_pushstring(L, pv_clause_state_name(self(L)->result.state));
    return 1;
}

static int get_similarity(lua_State *L) {
    const pv_object *object = &self(L)->object;
    pv_push_decimal(L, (pv_decimal){(int64_t)self(L)->result.similarity, 2}, true,
                    object->has_place ? &object->place : NULL);
    return 1;
}

static int push_in_text(lua_State *L, bool given, pv_span at) {
    if (given)
        pv_push_text_part(L, self(L)->whole, at);
    else
        lua_pushnil(L);
    return 1;
}

static int get_text(lua_State *L) {
    return push_in_text(L, self(L)->result.state != PV_CLAUSE_MISSING, self(L)->result.passage);
}

static int get_departs(lua_State *L) {
    return push_in_text(L, self(L)->result.state == PV_CLAUSE_CHANGED, self(L)->result.departs);
}

static int push_runs(lua_State *L, bool added) {
    pv_list_new(L, 0);
    size_t count = 0;
    for (size_t i = 0; i < self(L)->result.run_count; i++) {
        const pv_clause_run *run = &self(L)->runs[i];
        if (run->added != added)
            continue;
        if (added)
            pv_push_text_part(L, self(L)->whole, run->at);
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
    push_of_template(L, self(L)->clause);
    luaL_tolstring(L, -1, NULL);
    return 1;
}

static const pv_member members[] = {
    {"clause", "clause: text | string", "The clause of the template, without its number.", get_clause, NULL},
    {"state", "state: string", "\"kept\", \"changed\" or \"missing\".", get_state, NULL},
    {"text", "text: text?", "The passage of the text that is the clause, or its counterpart; nil when it is missing.",
     get_text, NULL},
    {"similarity", "similarity: decimal",
     "Words of the clause that stand in the passage in order, of those and the words put in, as a percentage; 100% "
     "when "
     "it is kept, 0% when it is missing.",
     get_similarity, NULL},
    {"departs", "departs: text?",
     "Where a changed passage first departs: the words put in there, or the word beside the ones taken out.",
     get_departs, NULL},
    {"removed", "removed: list", "The words of a changed clause that were taken out, run by run.", get_removed, NULL},
    {"added", "added: list of text", "The words that were put into a changed clause, run by run.", get_added, NULL},
    PV_MEMBERS_END,
};

const pv_class pv_clause_class = {
    .name = "clause",
    .doc =
        "One clause of a template, and what a text makes of it. Its place is the passage, or where it first departs.",
    .members = members,
    .to_string = l_clause_to_string,
    .slots = 1,
    .of_session = true,
};
