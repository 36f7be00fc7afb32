#include "lua/filing/filing.h"
#include "lua/values/values.h"

/* ---- submissions ---- */

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

static const pv_member submission_members[] = {
    {"form", "form: form", "The form it answers.", .get = get_form},
    {"path", "path: string", "The path of its file, as it was given.", .get = get_path},
    {"fields", "fields: fields", "Its header fields, by name; each is there, given or not.", .get = get_fields},
    {"sections", "sections: list of section", "The sections of the form, as printed.", .get = pv_push_sections},
    {"measures", "measures: list of measure", "All measures of the form, as printed, given or not.",
     .get = get_measures},
    {"responses", "responses: list of response", "The responses to all items of the form, as printed, given or not.",
     .get = get_responses},
    {"records", "records: records", "Its record lists, by kind; each is there, given or not.", .get = get_records},
    {"as_of", "as_of: date?", "The day to judge by, as given with --as-of; nil when none was given.", .get = get_as_of},
    {"judged_on", ":judged_on(): date", "The day to judge by; raises, and says how to give it, when none was given.",
     .method = l_submission_judged_on},
    {"measure", ":measure(id: string): measure", "The measure with this id; raises when the form has none.",
     .method = l_submission_measure},
    {"response", ":response(full_id: string): response",
     "The response to the item with this full id (\"1.1.6.1\"); raises when the form has none.",
     .method = l_submission_response},
    PV_MEMBERS_END,
};

const pv_class pv_submission_class = {
    .name = "submission",
    .doc = "One filed answer to a form.",
    .members = submission_members,
    .to_string = l_submission_to_string,
    .of_session = true,
};

/* ---- collections ---- */

/* Stands for the collection that is open. */
static void make_collection(lua_State *L, const void *address) {
    const pv_collection *collection = address;
    const pv_place first = {collection->entries[0].filing->at, false};
    pv_handle_new(L, &pv_collection_class, collection, &first);
}

void pv_push_collection(lua_State *L) {
    const pv_collection *collection = pv_runtime_of(L)->collection;
    if (collection)
        pv_class_push_cached(L, collection, make_collection);
    else
        luaL_error(L, "no collection is open");
}

static int get_submissions(lua_State *L) {
    const pv_collection *collection = pv_self(L);
    MAY_RAISE(pv_runtime_charge(L, collection->count));
    pv_list_new(L, collection->count);
    for (size_t i = 0; i < collection->count; i++) {
        pv_push_one_submission(L, collection->entries[i].filing);
        pv_list_set(L, i + 1);
    }
    return 1;
}

static int l_collection_to_string(lua_State *L) {
    (void)pv_self_check(L, &pv_collection_class);
    lua_pushliteral(L, "the collection");
    return 1;
}

static const pv_member collection_members[] = {
    {"submissions", "submissions: list of submission",
     "The submissions on the form that were checked together, in the order of their paths.", .get = get_submissions},
    PV_MEMBERS_END,
};

const pv_class pv_collection_class = {
    .name = "collection",
    .doc = "All submissions on a form that are checked together, for rules with each = \"collection\".",
    .members = collection_members,
    .to_string = l_collection_to_string,
    .of_session = true,
};

/* ---- fields by name ---- */

/* [-0, +1, m] */
static int push_number_th(lua_State *L, const pv_value_list *fields, lua_Integer number) {
    if (number < 1 || (lua_Unsigned)number > fields->count)
        lua_pushnil(L);
    else
        pv_push_field(L, &fields->values[number - 1]);
    return 1;
}

static int get_declared(lua_State *L, pv_str name) {
    const pv_value *value = pv_value_list_get(pv_self(L), name);
    if (!value)
        return 0;
    pv_push_field(L, value);
    return 1;
}

static size_t declared_names(lua_State *L, pv_str *names, size_t capacity) {
    return pv_attribute_names(pv_self(L), names, capacity);
}

static int l_fields_length(lua_State *L) {
    const pv_value_list *fields = pv_self_check(L, &pv_fields_class);
    lua_pushinteger(L, (lua_Integer)fields->count);
    return 1;
}

static int l_fields_index(lua_State *L) {
    return push_number_th(L, pv_self_check(L, &pv_fields_class), luaL_checkinteger(L, 2));
}

static int l_fields_to_string(lua_State *L) {
    lua_pushliteral(L, "the header fields");
    return 1;
}

static const pv_member fields_members[] = {PV_MEMBERS_END};

const pv_class pv_fields_class = {
    .name = "fields",
    .doc = "The header fields of a submission: `fields.county`; `ipairs(fields)` goes through them as printed.",
    .members = fields_members,
    .get_declared = get_declared,
    .declared_names = declared_names,
    .length = l_fields_length,
    .index = l_fields_index,
    .element = "field",
    .to_string = l_fields_to_string,
    .of_session = true,
};

/* ---- a field ---- */

static void make_field(lua_State *L, const void *address) {
    pv_place place = pv_value_place(address);
    pv_handle_new(L, &pv_field_class, address, &place);
}

void pv_push_field(lua_State *L, const pv_value *value) {
    pv_class_push_cached(L, value, make_field);
}

static const pv_value *self(lua_State *L) {
    return pv_self(L);
}

static int get_blank(lua_State *L) {
    lua_pushboolean(L, pv_value_is_blank(self(L)));
    return 1;
}

static int get_value(lua_State *L) {
    return pv_push_filed_value(L, self(L));
}

static int get_text(lua_State *L) {
    return pv_push_value_text(L, self(L));
}

static int get_words(lua_State *L) {
    (void)pv_push_value_text(L, self(L));
    lua_getfield(L, -1, "words");
    return 1;
}

/* As written; of a list its elements. */
static int l_field_to_string(lua_State *L) {
    const pv_value *value = pv_self_check(L, &pv_field_class);
    if (value->spec->type != PV_TYPE_LIST || !pv_value_is_known(value))
        return pv_push_str(L, value->text.value);
    pv_push_filed_value(L, value);
    luaL_tolstring(L, -1, NULL);
    return 1;
}

static const pv_member field_members[] = {
    {"name", "name: string", "Its name in the form.", PV_FIELD_THROUGH(str, pv_value, spec, pv_value_spec, name)},
    {"label", "label: string", "Its label as printed.", PV_FIELD_THROUGH(str, pv_value, spec, pv_value_spec, label)},
    {"given", "given: boolean", "Whether the submission names it; it may still be blank.",
     PV_FIELD(boolean, pv_value, given)},
    {"blank", "blank: boolean", "Whether nothing is given; what cannot be read is given.", .get = get_blank},
    {"value", "value: text | decimal | date | boolean | list | nil",
     "What is given, in the type the form declares; nil when it is absent or cannot be read as that.",
     .get = get_value},
    {"text", "text: text", "What is given, as written; blank when absent.", .get = get_text},
    {"required", "required: boolean", "Whether the form requires it.",
     PV_FIELD_THROUGH(boolean, pv_value, spec, pv_value_spec, required)},
    {"word_minimum", "word_minimum: integer?", "The fewest words asked for, or nil.",
     PV_FIELD_THROUGH(limit, pv_value, spec, pv_value_spec, length.word_minimum)},
    {"word_limit", "word_limit: integer?", "The word limit printed, or nil.",
     PV_FIELD_THROUGH(limit, pv_value, spec, pv_value_spec, length.word_limit)},
    {"character_limit", "character_limit: integer?", "The limit in characters printed, or nil.",
     PV_FIELD_THROUGH(limit, pv_value, spec, pv_value_spec, length.character_limit)},
    {"words", "words: words", "Its words, counted as Microsoft Word counts them.", .get = get_words},
    PV_MEMBERS_END,
};

const pv_class pv_field_class = {
    .name = "field",
    .doc = "A header field, or one cell of a record.",
    .members = field_members,
    .to_string = l_field_to_string,
    .of_session = true,
};

/* ---- what a rule is judged on ---- */

void pv_push_subject(lua_State *L, const pv_subject *subject) {
    switch (subject->kind) {
    case PV_SUBJECT_SECTION:
        pv_push_section(L, subject->section);
        break;
    case PV_SUBJECT_MEASURE:
        pv_push_measure(L, subject->measure);
        break;
    case PV_SUBJECT_RESPONSE:
        pv_push_response(L, subject->response);
        break;
    case PV_SUBJECT_RECORD:
        pv_push_record(L, subject->record);
        break;
    case PV_SUBJECT_PAIR:
        pv_push_pair(L, subject->pair);
        break;
    case PV_SUBJECT_COLLECTION:
        pv_push_collection(L);
        break;
    case PV_SUBJECT_SUBMISSION:
        pv_push_submission(L);
        break;
    }
}
