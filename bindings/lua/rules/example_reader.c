#include "lua/rules/declaration.h"
#include "lua/rules/example.h"
#include "lua/sandbox/sandbox.h"

static bool read_state(pv_str name, pv_state *out, pv_error *error) {
    static const pv_state states[] = {PV_STATE_PASS, PV_STATE_FAIL, PV_STATE_REVIEW, PV_STATE_NOT_APPLICABLE};
    enum { COUNT = sizeof states / sizeof states[0] };
    pv_str names[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        names[i] = pv_str_from(pv_state_name(states[i]));
        if (pv_str_equal(names[i], name)) {
            *out = states[i];
            return true;
        }
    }
    return pv_declaration_fail_choice("state", name, names, COUNT, error);
}

/* The value on top: a text, a number, a boolean, or a list of texts. */
static bool read_value(lua_State *L, pv_arena *arena, pv_example_entry *out, pv_error *error) {
    bool failed = false;
    switch (lua_type(L, -1)) {
    case LUA_TSTRING:
    case LUA_TNUMBER:
        out->text = pv_declaration_value(L, -1, arena, &failed);
        return !failed || pv_fail_memory(error);
    case LUA_TBOOLEAN:
        out->text = lua_toboolean(L, -1) ? PV_STR("true") : PV_STR("false");
        return true;
    case LUA_TTABLE:
        return pv_declaration_texts(L, -1, arena, &out->elements, &out->element_count, error);
    default:
        return pv_fail(error, PV_ERROR_SHAPE, "a value is a text, a number, a boolean or a list, not a %s",
                       luaL_typename(L, -1));
    }
}

/* The table on top, name to value. */
static bool read_entries(lua_State *L, pv_arena *arena, pv_example_entries *out, pv_error *error) {
    int table = lua_gettop(L);
    if (lua_type(L, table) != LUA_TTABLE)
        return pv_fail(error, PV_ERROR_SHAPE, "names with their values are expected, not a %s",
                       luaL_typename(L, table));
    MAY_RAISE(pv_sandbox_push_sorted_keys(L, table));
    out->count = (size_t)lua_rawlen(L, -1);
    pv_example_entry *entries = PV_NEW_ARRAY(arena, pv_example_entry, out->count);
    bool failed = !entries;
    bool valid = !failed;
    for (size_t i = 0; valid && i < out->count; i++) {
        lua_rawgeti(L, table + 1, (lua_Integer)i + 1);
        entries[i].name = pv_declaration_value(L, -1, arena, &failed);
        lua_rawget(L, table);
        valid = read_value(L, arena, &entries[i], error);
        lua_pop(L, 1);
    }
    lua_settop(L, table);
    out->entries = entries;
    return failed ? pv_fail_memory(error) : valid;
}

/* The table on top, kind to list of rows; the kind is below it. */
static bool read_rows(lua_State *L, pv_arena *arena, pv_example_records *out, pv_error *error) {
    if (lua_type(L, -1) != LUA_TTABLE)
        return pv_fail(error, PV_ERROR_SHAPE, "\"records\" gives a list of rows for each kind");
    out->row_count = (size_t)lua_rawlen(L, -1);
    pv_example_entries *rows = PV_NEW_ARRAY(arena, pv_example_entries, out->row_count);
    if (!rows)
        return pv_fail_memory(error);
    out->rows = rows;
    bool valid = true;
    for (size_t i = 0; valid && i < out->row_count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        valid = read_entries(L, arena, &rows[i], error);
        lua_pop(L, 1);
    }
    return valid;
}

/* The table on top, kind to rows. */
static bool read_records(lua_State *L, pv_arena *arena, pv_example *out, pv_error *error) {
    int table = lua_gettop(L);
    MAY_RAISE(pv_sandbox_push_sorted_keys(L, table));
    out->record_count = (size_t)lua_rawlen(L, -1);
    pv_example_records *records = PV_NEW_ARRAY(arena, pv_example_records, out->record_count);
    bool failed = !records;
    bool valid = !failed;
    for (size_t i = 0; valid && i < out->record_count; i++) {
        lua_rawgeti(L, table + 1, (lua_Integer)i + 1);
        records[i].kind = pv_declaration_value(L, -1, arena, &failed);
        lua_rawget(L, table);
        valid = read_rows(L, arena, &records[i], error);
        lua_pop(L, 1);
    }
    lua_settop(L, table);
    out->records = records;
    return failed ? pv_fail_memory(error) : valid;
}

/* The parts of the example at index that are tables themselves. */
static bool read_tables(lua_State *L, int index, pv_arena *arena, pv_example *out, pv_error *error) {
    bool valid = true;
    if (lua_getfield(L, index, "pair") == LUA_TTABLE)
        valid = read_entries(L, arena, &out->pair, error);
    if (valid && lua_getfield(L, index, "fields") == LUA_TTABLE)
        valid = read_entries(L, arena, &out->fields, error);
    if (valid && lua_getfield(L, index, "responses") == LUA_TTABLE)
        valid = read_entries(L, arena, &out->responses, error);
    if (valid && lua_getfield(L, index, "records") == LUA_TTABLE)
        valid = read_records(L, arena, out, error);
    lua_settop(L, index);
    return valid;
}

/* What each submission of a collection gives; the list is on top. */
static bool read_submissions(lua_State *L, pv_arena *arena, pv_example *out, pv_error *error) {
    out->submission_count = (size_t)lua_rawlen(L, -1);
    pv_example *submissions = PV_NEW_ARRAY(arena, pv_example, out->submission_count);
    if (!submissions)
        return pv_fail_memory(error);
    out->submissions = submissions;
    bool valid = true;
    for (size_t i = 0; valid && i < out->submission_count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        valid = (lua_type(L, -1) == LUA_TTABLE ||
                 pv_fail(error, PV_ERROR_SHAPE, "a submission is a table, not a %s", luaL_typename(L, -1))) &&
                pv_declaration_check(L, lua_gettop(L), pv_example_submission_keys, error) &&
                read_tables(L, lua_gettop(L), arena, &submissions[i], error);
        submissions[i].complete = valid && pv_declaration_flag(L, lua_gettop(L), "complete");
        lua_pop(L, 1);
    }
    return valid;
}

/* The example on top. */
static bool read_example(lua_State *L, pv_arena *arena, pv_example *out, pv_error *error) {
    int index = lua_gettop(L);
    if (lua_type(L, index) != LUA_TTABLE)
        return pv_fail(error, PV_ERROR_SHAPE, "an example is a table, not a %s", luaL_typename(L, index));
    if (!pv_declaration_check(L, index, pv_example_keys, error))
        return false;
    bool failed = false;
    pv_str state = pv_declaration_text(L, index, "state", arena, &failed);
    out->item = pv_declaration_text(L, index, "item", arena, &failed);
    out->measure = pv_declaration_text(L, index, "measure", arena, &failed);
    out->section = pv_declaration_text(L, index, "section", arena, &failed);
    out->record = pv_declaration_number(L, index, "record");
    out->response = pv_declaration_text(L, index, "response", arena, &failed);
    out->has_response = lua_getfield(L, index, "response") != LUA_TNIL;
    out->as_of_text = pv_declaration_text(L, index, "as_of", arena, &failed);
    out->complete = pv_declaration_flag(L, index, "complete");
    out->at_word = pv_declaration_number(L, index, "at");
    if (lua_getfield(L, index, "at") == LUA_TSTRING)
        out->at_text = pv_declaration_value(L, -1, arena, &failed);
    lua_settop(L, index);
    out->expected_here = pv_declaration_flag(L, index, "expected_here");
    out->message = pv_declaration_text(L, index, "message", arena, &failed);
    if (failed)
        return pv_fail_memory(error);
    return read_state(state, &out->state, error) &&
           pv_declaration_day(L, index, "as_of", &out->has_as_of, &out->as_of, error) &&
           pv_declaration_day(L, index, "due", &out->has_due, &out->due, error) &&
           read_tables(L, index, arena, out, error) &&
           (lua_getfield(L, index, "submissions") != LUA_TTABLE || read_submissions(L, arena, out, error));
}

bool pv_examples_read(lua_State *L, int index, pv_arena *arena, pv_example_list *out, pv_error *error) {
    index = lua_absindex(L, index);
    int top = lua_gettop(L);
    luaL_checkstack(L, 20, "examples nested too deeply");
    size_t count = (size_t)lua_rawlen(L, index);
    pv_example *examples = PV_NEW_ARRAY(arena, pv_example, count);
    if (!examples)
        return pv_fail_memory(error);
    *out = (pv_example_list){examples, count};
    for (size_t i = 0; i < count; i++) {
        pv_error fault = {0};
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        bool valid = read_example(L, arena, &examples[i], &fault);
        lua_settop(L, top);
        if (!valid)
            return pv_fail(error, fault.code, "example %zu: %s", i + 1, fault.message);
    }
    return true;
}
