#include "lua/filing/filing.h"
#include "lua/values/values.h"

static const pv_source *file_of(const pv_submission *submission) {
    return pv_source_part(submission->source, submission->at.start);
}

/* Its own place is the start of its file. */
static void make_submission(lua_State *L, const void *address) {
    uint32_t base = file_of(address)->base;
    const pv_place start = {{base, base}, false};
    pv_handle_new(L, &pv_submission_class, address, &start);
}

void pv_push_one_submission(lua_State *L, const pv_submission *submission) {
    pv_class_push_cached(L, submission, make_submission);
}

void pv_push_submission(lua_State *L) {
    pv_push_one_submission(L, MAY_RAISE(pv_runtime_submission(L)));
}

static int get_path(lua_State *L) {
    return pv_push_str(L, file_of(pv_self(L))->path);
}

static int get_form(lua_State *L) {
    pv_push_form(L);
    return 1;
}

static void make_fields(lua_State *L, const void *address) {
    pv_handle_new(L, &pv_fields_class, address, NULL);
}

static int get_fields(lua_State *L) {
    const pv_submission *submission = pv_self(L);
    pv_class_push_cached(L, &submission->fields, make_fields);
    return 1;
}

static int get_measures(lua_State *L) {
    const pv_submission *submission = pv_self(L);
    pv_list_new(L, submission->form->measure_count);
    for (size_t i = 0; i < submission->form->measure_count; i++) {
        pv_push_measure(L, &submission->measures[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static int get_responses(lua_State *L) {
    const pv_submission *submission = pv_self(L);
    pv_list_new(L, submission->form->item_count);
    for (size_t i = 0; i < submission->form->item_count; i++) {
        pv_push_response(L, &submission->responses[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static void make_records(lua_State *L, const void *address) {
    pv_handle_new(L, &pv_records_class, address, NULL);
}

static int get_records(lua_State *L) {
    const pv_submission *submission = pv_self(L);
    pv_class_push_cached(L, &submission->records, make_records);
    return 1;
}

/* [-0, +1, v] nil when none was given. */
static int get_as_of(lua_State *L) {
    pv_str as_of = pv_runtime_of(L)->as_of;
    pv_date date;
    if (as_of.size == 0)
        lua_pushnil(L);
    else if (pv_date_parse(as_of, &date))
        pv_push_date(L, date, NULL);
    else
        luaL_error(L, "the day to judge by is not written like 2022-07-01");
    return 1;
}

static int l_submission_judged_on(lua_State *L) {
    (void)pv_self_check(L, &pv_submission_class);
    (void)get_as_of(L);
    if (lua_isnil(L, -1))
        return luaL_error(L, "the rule needs the day to judge by; say it with --as-of, written like 2022-07-01");
    return 1;
}

static pv_str check_id(lua_State *L) {
    pv_str id;
    if (lua_type(L, 2) != LUA_TSTRING)
        pv_raise_expected(L, 2, "an id in quotes, such as \"1.1.6\"");
    id.data = lua_tolstring(L, 2, &id.size);
    return id;
}

static int l_submission_measure(lua_State *L) {
    const pv_submission *submission = pv_self_check(L, &pv_submission_class);
    const pv_form *form = submission->form;
    pv_str id = check_id(L);
    const pv_measure *measure = pv_form_measure(form, id);
    if (measure) {
        pv_push_measure(L, &submission->measures[measure->index]);
        return 1;
    }
    pv_str *ids = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, form->measure_count));
    for (size_t i = 0; i < form->measure_count; i++)
        ids[i] = form->measures[i].id;
    return pv_raise_unknown(L, "the list of the form's measures", id, ids, form->measure_count);
}

static int l_submission_response(lua_State *L) {
    const pv_submission *submission = pv_self_check(L, &pv_submission_class);
    size_t count = submission->form->item_count;
    pv_str id = check_id(L);
    const pv_response *response = pv_submission_response(submission, id);
    if (response) {
        pv_push_response(L, response);
        return 1;
    }
    pv_str *ids = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, count));
    for (size_t i = 0; i < count; i++)
        ids[i] = submission->responses[i].item->full_id;
    return pv_raise_unknown(L, "the list of the form's items", id, ids, count);
}

static int l_submission_to_string(lua_State *L) {
    lua_pushliteral(L, "the submission");
    return 1;
}

static const pv_member members[] = {
    {"form", "form: form", "The form it answers.", get_form, NULL},
    {"path", "path: string", "The path of its file, as it was given.", get_path, NULL},
    {"fields", "fields: fields", "Its header fields, by name; each is there, given or not.", get_fields, NULL},
    {"sections", "sections: list of section", "The sections of the form, as printed.", pv_push_sections, NULL},
    {"measures", "measures: list of measure", "All measures of the form, as printed, given or not.", get_measures,
     NULL},
    {"responses", "responses: list of response", "The responses to all items of the form, as printed, given or not.",
     get_responses, NULL},
    {"records", "records: records", "Its record lists, by kind; each is there, given or not.", get_records, NULL},
    {"as_of", "as_of: date?", "The day to judge by, as given with --as-of; nil when none was given.", get_as_of, NULL},
    {"judged_on", ":judged_on(): date", "The day to judge by; raises, and says how to give it, when none was given.",
     NULL, l_submission_judged_on},
    {"measure", ":measure(id: string): measure", "The measure with this id; raises when the form has none.", NULL,
     l_submission_measure},
    {"response", ":response(full_id: string): response",
     "The response to the item with this full id (\"1.1.6.1\"); raises when the form has none.", NULL,
     l_submission_response},
    PV_MEMBERS_END,
};

const pv_class pv_submission_class = {
    .name = "submission",
    .doc = "One filed answer to a form.",
    .members = members,
    .to_string = l_submission_to_string,
    .of_session = true,
};
