#include "lua/filing/filing.h"

#include <stddef.h>

/* The handle stands for the member `records` of a submission. */
static const pv_submission *submission_of(lua_State *L) {
    const char *records = pv_self(L);
    return (const pv_submission *)(const void *)(records - offsetof(pv_submission, records));
}

static int push_list_at(lua_State *L, size_t index) {
    pv_push_record_list(L, &submission_of(L)->records[index]);
    return 1;
}

static int get_declared(lua_State *L, pv_str name) {
    const pv_submission *submission = submission_of(L);
    for (size_t i = 0; i < submission->form->record_count; i++) {
        if (pv_str_equal(submission->form->records[i].name, name))
            return push_list_at(L, i);
    }
    return 0;
}

static size_t declared_names(lua_State *L, pv_str *names, size_t capacity) {
    const pv_form *form = submission_of(L)->form;
    size_t count = form->record_count < capacity ? form->record_count : capacity;
    for (size_t i = 0; i < count; i++)
        names[i] = form->records[i].name;
    return count;
}

static int l_records_length(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)submission_of(L)->form->record_count);
    return 1;
}

static int l_records_index(lua_State *L) {
    lua_Integer number = luaL_checkinteger(L, 2);
    if (number >= 1 && (lua_Unsigned)number <= submission_of(L)->form->record_count)
        return push_list_at(L, (size_t)number - 1);
    lua_pushnil(L);
    return 1;
}

static int l_records_to_string(lua_State *L) {
    lua_pushliteral(L, "the records");
    return 1;
}

static const pv_member members[] = {PV_MEMBERS_END};

const pv_class pv_records_class = {
    .name = "records",
    .doc =
        "The record lists of a submission: `records.attachment`; `ipairs(records)` goes through the kinds as declared.",
    .members = members,
    .get_declared = get_declared,
    .declared_names = declared_names,
    .length = l_records_length,
    .index = l_records_index,
    .element = "record list",
    .to_string = l_records_to_string,
    .of_session = true,
};
