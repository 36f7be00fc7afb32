#include "lua/filing/filing.h"
#include "lua/values/values.h"

#include <stddef.h>

/* ---- records ---- */

static void make_record(lua_State *L, const void *address) {
    const pv_record *record = address;
    const pv_place place = {record->at, false};
    pv_handle_new(L, &pv_record_class, record, &place);
}

void pv_push_record(lua_State *L, const pv_record *record) {
    pv_class_push_cached(L, record, make_record);
}

static const pv_record *self(lua_State *L) {
    return pv_self(L);
}

static int get_record_declared(lua_State *L, pv_str name) {
    const pv_value *value = pv_value_list_get(&self(L)->values, name);
    return value ? pv_push_filed_value(L, value) : 0;
}

static size_t record_declared_names(lua_State *L, pv_str *names, size_t capacity) {
    return pv_attribute_names(&self(L)->values, names, capacity);
}

/* [-0, +1, m] */
static int get_owner(lua_State *L) {
    if (self(L)->owner)
        pv_push_record(L, self(L)->owner);
    else
        lua_pushnil(L);
    return 1;
}

/* [-0, +0, v] The kind of records that belong to this one, by the name at index 2. */
static const pv_record_spec *check_owned_kind(lua_State *L, const pv_record *record) {
    const pv_form *form = pv_runtime_of(L)->form;
    pv_str name;
    name.data = luaL_checklstring(L, 2, &name.size);
    pv_str *names = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, form->record_count));
    size_t count = 0;
    for (size_t i = 0; i < form->record_count; i++) {
        const pv_record_spec *spec = &form->records[i];
        if (spec->owner != record->spec)
            continue;
        if (pv_str_equal(spec->name, name))
            return spec;
        names[count++] = spec->name;
    }
    pv_push_str(L, record->spec->name);
    pv_raise_unknown(L, lua_pushfstring(L, "the list of what belongs to a row of %s", lua_tostring(L, -1)), name, names,
                     count);
    return NULL;
}

static int l_record_rows(lua_State *L) {
    const pv_record *record = pv_self_check(L, &pv_record_class);
    const pv_record_spec *spec = check_owned_kind(L, record);
    lua_Integer count = 0;
    pv_list_new(L, 0);
    for (const pv_record *each = record->first_owned; each; each = each->next_owned) {
        MAY_RAISE(pv_runtime_charge(L, 1));
        if (each->spec != spec)
            continue;
        pv_push_record(L, each);
        pv_list_set(L, (size_t)++count);
    }
    return 1;
}

static int l_record_cell(lua_State *L) {
    const pv_record *record = pv_self_check(L, &pv_record_class);
    pv_str name;
    name.data = luaL_checklstring(L, 2, &name.size);
    const pv_value *value = pv_value_list_get(&record->values, name);
    if (value) {
        pv_push_field(L, value);
        return 1;
    }
    pv_str *names = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, record->values.count));
    return pv_raise_unknown(L, "a record", name, names,
                            pv_attribute_names(&record->values, names, record->values.count));
}

static int l_record_to_string(lua_State *L) {
    const pv_record *record = pv_self_check(L, &pv_record_class);
    pv_push_str(L, record->spec->name);
    lua_pushfstring(L, " %I", (LUAI_UACINT)record->number);
    lua_concat(L, 2);
    return 1;
}

static const pv_member record_members[] = {
    {"number", "number: integer", "Its number among the records of its kind, 1 for the first.",
     PV_FIELD(size, pv_record, number)},
    {"owner", "owner: record?", "The record it belongs to, by its key; nil when there is none.", .get = get_owner},
    {"rows", ":rows(kind: string): list of record",
     "The records of this kind that belong to it, in the order given; raises when no such kind does.",
     .method = l_record_rows},
    {"cell", ":cell(column: string): field",
     "The cell of a column as a field, which knows its place also when nothing is given.", .method = l_record_cell},
    PV_MEMBERS_END,
};

const pv_class pv_record_class = {
    .name = "record",
    .doc = "One row of a record list: `record.points` is the typed value of a column, or nil.",
    .members = record_members,
    .get_declared = get_record_declared,
    .declared_names = record_declared_names,
    .to_string = l_record_to_string,
    .of_session = true,
};

/* ---- the records of a kind ---- */

static void make_record_list(lua_State *L, const void *address) {
    const pv_record_list *list = address;
    const pv_place place = {list->at, !list->given};
    pv_handle_new(L, &pv_record_list_class, list, &place);
}

void pv_push_record_list(lua_State *L, const pv_record_list *list) {
    pv_class_push_cached(L, list, make_record_list);
}

static int l_record_list_length(lua_State *L) {
    const pv_record_list *list = pv_self_check(L, &pv_record_list_class);
    lua_pushinteger(L, (lua_Integer)list->count);
    return 1;
}

static int l_record_list_index(lua_State *L) {
    const pv_record_list *list = pv_self_check(L, &pv_record_list_class);
    lua_Integer number = luaL_checkinteger(L, 2);
    if (number < 1 || (lua_Unsigned)number > list->count)
        lua_pushnil(L);
    else
        pv_push_record(L, &list->records[number - 1]);
    return 1;
}

static int l_record_list_to_string(lua_State *L) {
    const pv_record_list *list = pv_self_check(L, &pv_record_list_class);
    return pv_push_str(L, list->spec->label);
}

static const pv_member record_list_members[] = {
    {"given", "given: boolean", "Whether the submission names the list; it may still be empty.",
     PV_FIELD(boolean, pv_record_list, given)},
    {"label", "label: string", "Its label as printed.",
     PV_FIELD_THROUGH(str, pv_record_list, spec, pv_record_spec, label)},
    PV_MEMBERS_END,
};

const pv_class pv_record_list_class = {
    .name = "record list",
    .doc = "The records of one kind, in the order given; also a place, and where it is absent, where it should stand.",
    .members = record_list_members,
    .length = l_record_list_length,
    .index = l_record_list_index,
    .element = "record",
    .to_string = l_record_list_to_string,
    .of_session = true,
    .inherited = pv_list_members,
};

/* ---- the kinds of records ---- */

/* The handle stands for the member `records` of a submission. */
static const pv_submission *submission_of(lua_State *L) {
    const char *records = pv_self(L);
    return (const pv_submission *)(const void *)(records - offsetof(pv_submission, records));
}

static int push_list_at(lua_State *L, size_t index) {
    pv_push_record_list(L, &submission_of(L)->records[index]);
    return 1;
}

static int get_records_declared(lua_State *L, pv_str name) {
    const pv_submission *submission = submission_of(L);
    for (size_t i = 0; i < submission->form->record_count; i++) {
        if (pv_str_equal(submission->form->records[i].name, name))
            return push_list_at(L, i);
    }
    return 0;
}

static size_t records_declared_names(lua_State *L, pv_str *names, size_t capacity) {
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

static const pv_member records_members[] = {PV_MEMBERS_END};

const pv_class pv_records_class = {
    .name = "records",
    .doc =
        "The record lists of a submission: `records.attachment`; `ipairs(records)` goes through the kinds as declared.",
    .members = records_members,
    .get_declared = get_records_declared,
    .declared_names = records_declared_names,
    .length = l_records_length,
    .index = l_records_index,
    .element = "record list",
    .to_string = l_records_to_string,
    .of_session = true,
};

/* ---- pairs of a matrix ---- */

static void make_pair(lua_State *L, const void *address) {
    const pv_pair *pair = address;
    const pv_place place = {pair->at, pair->record_count == 0};
    pv_handle_new(L, &pv_pair_class, pair, &place);
}

void pv_push_pair(lua_State *L, const pv_pair *pair) {
    pv_class_push_cached(L, pair, make_pair);
}

static int get_records(lua_State *L) {
    const pv_pair *pair = pv_self(L);
    pv_list_new(L, pair->record_count);
    for (size_t i = 0; i < pair->record_count; i++) {
        pv_push_record(L, pair->records[i]);
        pv_list_set(L, i + 1);
    }
    return 1;
}

/* The two rows go by the names of their tables. */
static int get_pair_declared(lua_State *L, pv_str name) {
    const pv_pair *pair = pv_self(L);
    if (pv_str_equal(name, pair->matrix->rows->name))
        pv_push_row(L, pair->row);
    else if (pv_str_equal(name, pair->matrix->columns->name))
        pv_push_row(L, pair->column);
    else
        return 0;
    return 1;
}

static size_t pair_declared_names(lua_State *L, pv_str *names, size_t capacity) {
    const pv_matrix *matrix = ((const pv_pair *)pv_self(L))->matrix;
    const pv_str own[] = {matrix->rows->name, matrix->columns->name};
    size_t count = 0;
    for (; count < 2 && count < capacity; count++)
        names[count] = own[count];
    return count;
}

static int l_pair_to_string(lua_State *L) {
    const pv_pair *pair = pv_self_check(L, &pv_pair_class);
    return pv_push_str(L, pair->name);
}

static const pv_member pair_members[] = {
    {"records", "records: list of record", "The records about the two, in the order given.", .get = get_records},
    PV_MEMBERS_END,
};

const pv_class pv_pair_class = {
    .name = "pair",
    .doc =
        "A row of one table and a row of another, as a matrix of the form sets them against each other: each goes by "
        "the name of its table, `pair.county`. Its place is where the first record names the two, or would.",
    .members = pair_members,
    .get_declared = get_pair_declared,
    .declared_names = pair_declared_names,
    .to_string = l_pair_to_string,
    .of_session = true,
};
