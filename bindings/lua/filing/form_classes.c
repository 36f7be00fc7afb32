/* The form as rules see it, and what the filer put under its measures and items. */
#include "lua/filing/filing.h"
#include "lua/filing/filing_p.h"

#include <stddef.h>

#include "lua/values/text_object.h"
#include "lua/values/values.h"
#include "text/similarity.h"

/* ---- pushing ---- */

int pv_push_form(lua_State *L) {
    return pv_handle_push(L, &pv_form_class, pv_runtime_of(L)->form, NULL);
}

int pv_push_section(lua_State *L, const pv_section *section) {
    return pv_handle_push(L, &pv_section_class, section, NULL);
}

int pv_push_sections(lua_State *L) {
    const pv_form *form = pv_runtime_of(L)->form;
    PV_PUSH_LIST(L, form->section_count, i, pv_push_section(L, &form->sections[i]));
    return 1;
}

static int push_group(lua_State *L, const pv_group *group) {
    return pv_handle_push(L, &pv_group_class, group, NULL);
}

/* The item of a measure that is given for each row is another for each of them, though they count as equal. */
typedef struct item_object {
    pv_handle handle;            /* of the pv_item */
    const pv_response *response; /* that it is asked of; NULL: the item has one in each submission */
} item_object;

/* [-0, +1, m] The item that a response answers. */
static int push_item_of(lua_State *L, const pv_response *response) {
    bool is_one = !pv_measure_is_repeated(response->item->measure);
    const pv_place place = {response->at, response->blank};
    if (is_one && pv_push_kept(L, response->item))
        return 1;
    item_object *made = pv_class_new(L, &pv_item_class, sizeof *made);
    made->handle.target = response->item;
    made->response = is_one ? NULL : response;
    pv_object_set_place(&made->handle.object, is_one ? NULL : &place);
    if (is_one)
        pv_keep(L, response->item);
    return 1;
}

static pv_place place_of_measure(const pv_filed_measure *measure) {
    return (pv_place){measure->at, !measure->given};
}

int pv_push_measure(lua_State *L, const pv_filed_measure *measure) {
    const pv_place place = place_of_measure(measure);
    return pv_handle_push(L, &pv_measure_class, measure, &place);
}

/* Each as often as it is filed. */
static int push_measures(lua_State *L, const pv_measure *const *measures, size_t count) {
    const pv_submission *submission = MAY_RAISE(pv_runtime_submission(L));
    size_t number = 0;
    pv_list_new(L, count);
    for (size_t i = 0; i < count; i++) {
        const pv_filed_list filed = pv_submission_filed(submission, measures[i]);
        MAY_RAISE(pv_runtime_charge(L, filed.count - 1));
        for (size_t k = 0; k < filed.count; k++) {
            pv_push_measure(L, &filed.measures[k]);
            pv_list_set(L, ++number);
        }
    }
    return 1;
}

static bool place_of_measures(const pv_runtime *runtime, const pv_measure *const *measures, size_t count,
                              pv_place *out) {
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        const pv_filed_list filed = pv_submission_filed(runtime->submission, measures[i]);
        for (size_t k = 0; k < filed.count; k++)
            pv_place_add(runtime->source, out, &any, place_of_measure(&filed.measures[k]));
    }
    return any;
}

static pv_place place_of_response(lua_State *L, const pv_response *response) {
    pv_place place = {response->at, response->blank};
    if (response->value)
        (void)pv_find_origin(L, response->value, NULL, response->filed, &place);
    return place;
}

int pv_push_response(lua_State *L, const pv_response *response) {
    const pv_place place = place_of_response(L, response);
    return pv_handle_push(L, &pv_response_class, response, &place);
}

/* ---- the form and its tables ---- */

static int get_groups(lua_State *L) {
    const pv_form *form = pv_self(L);
    PV_PUSH_LIST(L, form->group_count, i, push_group(L, &form->groups[i]));
    return 1;
}

static int get_tables(lua_State *L) {
    return pv_handle_push(L, &pv_tables_class, &((const pv_form *)pv_self(L))->tables, NULL);
}

static int l_form_to_string(lua_State *L) {
    const pv_form *form = pv_self_check(L, &pv_form_class);
    return pv_push_str(L, form->title);
}

static const pv_member form_members[] = {
    {"id", "id: string", "Its id.", PV_FIELD(str, pv_form, id)},
    {"title", "title: string", "Its title as printed.", PV_FIELD(str, pv_form, title)},
    {"note", "note: string", "What it prints beside its parts and nobody judges; empty where that is nothing.",
     PV_FIELD(str, pv_form, note)},
    {"sections", "sections: list of section", "Its sections, as printed.", .get = pv_push_sections},
    {"groups", "groups: list of group", "Its option groups, as declared.", .get = get_groups},
    {"tables", "tables: tables", "Its reference data, by name.", .get = get_tables},
    PV_MEMBERS_END,
};

const pv_class pv_form_class = {
    .name = "form",
    .doc = "The regulator's blank: names beyond the built-in ones are the attributes it declares for a form.",
    .members = form_members,
    PV_FORESEE(form),
    .get_declared = pv_get_attribute,
    .declared_names = pv_attribute_names,
    .values = offsetof(pv_form, attributes),
    .to_string = l_form_to_string,
};

static int get_table(lua_State *L, pv_str name) {
    const pv_table *table = pv_form_table(pv_runtime_of(L)->form, name);
    if (!table)
        return 0;
    PV_PUSH_LIST(L, table->row_count, i, pv_push_row(L, &table->rows[i]));
    return 1;
}

static size_t table_names(lua_State *L, pv_str *names, size_t capacity) {
    const pv_form *form = pv_runtime_of(L)->form;
    size_t count = form->table_count < capacity ? form->table_count : capacity;
    for (size_t i = 0; i < count; i++)
        names[i] = form->tables[i].name;
    return count;
}

static int l_tables_to_string(lua_State *L) {
    return pv_push_name(L, "the form's tables");
}

static const pv_member tables_members[] = {PV_MEMBERS_END};

const pv_class pv_tables_class = {
    .name = "tables",
    .doc = "The tables of a form: `form.tables.party` is the list of its rows.",
    .members = tables_members,
    PV_FORESEE(tables),
    .get_declared = get_table,
    .declared_names = table_names,
    .to_string = l_tables_to_string,
};

/* ---- sections ---- */

static int get_section_measures(lua_State *L) {
    const pv_section *section = pv_self(L);
    return push_measures(L, section->measures, section->measure_count);
}

static bool find_section_place(const pv_runtime *runtime, const pv_object *object, pv_place *out) {
    const pv_section *section = ((const pv_handle *)object)->target;
    return place_of_measures(runtime, section->measures, section->measure_count, out);
}

static int l_section_to_string(lua_State *L) {
    const pv_section *section = pv_self_check(L, &pv_section_class);
    lua_pushliteral(L, "section ");
    pv_push_str(L, section->id);
    lua_concat(L, 2);
    return 1;
}

static const pv_member section_members[] = {
    {"id", "id: string", "Its id.", PV_FIELD(str, pv_section, id)},
    {"title", "title: string", "Its title as printed.", PV_FIELD(str, pv_section, title)},
    {"note", "note: string", "What the form prints beside it and nobody judges; empty where that is nothing.",
     PV_FIELD(str, pv_section, note)},
    {"measures", "measures: list of measure", "Its measures, as printed; only while a submission is checked.",
     .get = get_section_measures},
    PV_MEMBERS_END,
};

const pv_class pv_section_class = {
    .name = "section",
    .doc = "A section of the form: names beyond the built-in ones are the attributes the form declares for sections.",
    .members = section_members,
    PV_FORESEE(section),
    .get_declared = pv_get_attribute,
    .declared_names = pv_attribute_names,
    .values = offsetof(pv_section, attributes),
    .to_string = l_section_to_string,
    .find_place = find_section_place,
};

/* ---- groups ---- */

static int get_group_measures(lua_State *L) {
    const pv_group *group = pv_self(L);
    return push_measures(L, group->measures, group->measure_count);
}

static bool find_group_place(const pv_runtime *runtime, const pv_object *object, pv_place *out) {
    const pv_group *group = ((const pv_handle *)object)->target;
    return place_of_measures(runtime, group->within, group->within_count, out);
}

static int get_inner_groups(lua_State *L) {
    const pv_group *group = pv_self(L);
    PV_PUSH_LIST(L, group->group_count, i, push_group(L, group->groups[i]));
    return 1;
}

static int get_outer_group(lua_State *L) {
    const pv_group *group = pv_self(L);
    return group->group ? push_group(L, group->group) : pv_push_nil(L);
}

static int l_group_to_string(lua_State *L) {
    const pv_group *group = pv_self_check(L, &pv_group_class);
    return pv_push_str(L, group->title);
}

static const pv_member group_members[] = {
    {"id", "id: string", "Its id.", PV_FIELD(str, pv_group, id)},
    {"title", "title: string", "Its title as printed.", PV_FIELD(str, pv_group, title)},
    {"measures", "measures: list of measure", "The measures to choose from; only while a submission is checked.",
     .get = get_group_measures},
    {"groups", "groups: list of group", "The groups in it, which are to choose from like its measures.",
     .get = get_inner_groups},
    {"group", "group: group?", "The group that it is in, or nil.", .get = get_outer_group},
    {"choose", "choose: integer", "On how many of them the filer reports, at least.",
     PV_FIELD(unsigned, pv_group, choose)},
    {"most", "most: integer?", "On how many of them the filer may report, or nil.", PV_FIELD(limit, pv_group, most)},
    {"points", "points: decimal", "The points of the whole group, or of one that it is in, which count once.",
     PV_FIELD(decimal, pv_group, points)},
    PV_MEMBERS_END,
};

const pv_class pv_group_class = {
    .name = "group",
    .doc = "Measures of which the filer reports on some, and whose points count once.",
    .members = group_members,
    .to_string = l_group_to_string,
    .find_place = find_group_place,
};

/* ---- items ---- */

/* [-0, +0, v] The response that answers the item at index 1. */
static const pv_response *response_of_item(lua_State *L) {
    const item_object *object = lua_touserdata(L, 1);
    const pv_item *item = object->handle.target;
    MAY_RAISE(pv_runtime_require_open(L));
    if (object->response)
        return object->response;
    const pv_submission *submission = MAY_RAISE(pv_runtime_submission(L));
    return pv_submission_answer(submission, item);
}

static int get_item_measure(lua_State *L) {
    return pv_push_measure(L, MAY_RAISE(response_of_item(L))->filed);
}

/* [-0, +1, v] */
static int push_reason(lua_State *L, pv_str why_not) {
    return why_not.size > 0 ? pv_push_str(L, why_not) : pv_push_nil(L);
}

static int get_item_applies(lua_State *L) {
    return pv_push_boolean(L, MAY_RAISE(response_of_item(L))->why_not.size == 0);
}

static int get_item_why_not(lua_State *L) {
    return push_reason(L, MAY_RAISE(response_of_item(L))->why_not);
}

static int get_item_type(lua_State *L) {
    const pv_value_spec *spec = ((const pv_item *)pv_self(L))->spec;
    return spec ? pv_push_name(L, pv_type_name(spec->type)) : pv_push_nil(L);
}

/* An item of the form stands where the submission answers it. */
static bool find_item_place(const pv_runtime *runtime, const pv_object *object, pv_place *out) {
    const pv_item *item = ((const pv_handle *)object)->target;
    const pv_response *response = pv_submission_answer(runtime->submission, item);
    *out = (pv_place){response->at, response->blank};
    return true;
}

/* [-2, +1, v] */
static int l_item_equal(lua_State *L) {
    const pv_handle *a = pv_class_test(L, 1, &pv_item_class);
    const pv_handle *b = pv_class_test(L, 2, &pv_item_class);
    return pv_push_boolean(L, a && b && a->target == b->target);
}

static int l_item_to_string(lua_State *L) {
    const pv_item *item = pv_self_check(L, &pv_item_class);
    return pv_push_str(L, item->full_id);
}

static const luaL_Reg item_operators[] = {{"__eq", l_item_equal}, {NULL, NULL}};

static const pv_member item_members[] = {
    {"id", "id: string", "Its id within its measure.", PV_FIELD(str, pv_item, id)},
    {"full_id", "full_id: string", "Its id within the form (\"1.1.6.1\"); of a one-item measure, the measure's.",
     PV_FIELD(str, pv_item, full_id)},
    {"prompt", "prompt: string", "Its prompt as printed.", PV_FIELD(str, pv_item, prompt)},
    {"note", "note: string", "What the form prints beside it and nobody judges; empty where that is nothing.",
     PV_FIELD(str, pv_item, note)},
    {"applies", "applies: boolean",
     "Whether its `only_if`, and that of its measure, is met, or may be; only while a "
     "submission is checked.",
     .get = get_item_applies},
    {"why_not", "why_not: string?",
     "Why it does not apply (“applies only if …”), or nil; only while a submission is "
     "checked.",
     .get = get_item_why_not},
    {"type", "type: string?", "The type of the value that it asks for (\"integer\"), or nil where it asks for prose.",
     .get = get_item_type},
    {"required", "required: boolean", "Whether it is to be answered when its measure is reported on.",
     PV_FIELD(boolean, pv_item, required)},
    {"word_minimum", "word_minimum: integer?", "The fewest words asked for under it, or nil.",
     PV_FIELD(limit, pv_item, length.word_minimum)},
    {"word_limit", "word_limit: integer?", "The word limit printed under it, or nil.",
     PV_FIELD(limit, pv_item, length.word_limit)},
    {"character_limit", "character_limit: integer?", "The limit in characters printed under it, or nil.",
     PV_FIELD(limit, pv_item, length.character_limit)},
    {"measure", "measure: measure", "The measure it belongs to; only while a submission is checked.",
     .get = get_item_measure},
    PV_MEMBERS_END,
};

const pv_class pv_item_class = {
    .name = "item",
    .doc = "One prompt of the form: names beyond the built-in ones are the attributes the form declares for items.",
    .members = item_members,
    PV_FORESEE(item),
    .get_declared = pv_get_attribute,
    .declared_names = pv_attribute_names,
    .values = offsetof(pv_item, attributes),
    .to_string = l_item_to_string,
    .operators = item_operators,
    .find_place = find_item_place,
};

/* ---- measures ---- */

static const pv_filed_measure *measure_self(lua_State *L) {
    return pv_self(L);
}

static int get_obligation(lua_State *L) {
    return pv_push_name(L, measure_self(L)->measure->obligation == PV_OBLIGATION_MANDATORY ? "mandatory" : "optional");
}

static int get_mandatory(lua_State *L) {
    return pv_push_boolean(L, measure_self(L)->measure->obligation == PV_OBLIGATION_MANDATORY);
}

static int get_measure_applies(lua_State *L) {
    return pv_push_boolean(L, measure_self(L)->why_not.size == 0);
}

static int get_measure_why_not(lua_State *L) {
    return push_reason(L, measure_self(L)->why_not);
}

static int get_measure_section(lua_State *L) {
    return pv_push_section(L, measure_self(L)->measure->section);
}

static int get_measure_group(lua_State *L) {
    return measure_self(L)->measure->group ? push_group(L, measure_self(L)->measure->group) : pv_push_nil(L);
}

static int get_measure_responses(lua_State *L) {
    const pv_filed_measure *measure = measure_self(L);
    PV_PUSH_LIST(L, measure->measure->item_count, i, pv_push_response(L, &measure->responses[i]));
    return 1;
}

static int get_measure_declared(lua_State *L, pv_str name) {
    return pv_push_attribute(L, &measure_self(L)->measure->attributes, name);
}

static size_t measure_declared_names(lua_State *L, pv_str *names, size_t capacity) {
    return pv_value_names(&measure_self(L)->measure->attributes, names, capacity);
}

/* [-1, +1, m] What is on top, and after it, in brackets, the row that the measure is given for. Returns 1. */
static int add_row_name(lua_State *L, const pv_filed_measure *measure) {
    if (measure->row_name.size == 0)
        return 1;
    lua_pushliteral(L, " (");
    pv_push_str(L, measure->row_name);
    lua_pushliteral(L, ")");
    lua_concat(L, 4);
    return 1;
}

static int get_measure_row(lua_State *L) {
    const pv_filed_measure *measure = measure_self(L);
    if (measure->record)
        return pv_push_record(L, measure->record);
    return measure->row ? pv_push_row(L, measure->row) : pv_push_nil(L);
}

static int get_row_name(lua_State *L) {
    pv_str name = measure_self(L)->row_name;
    return name.size > 0 ? pv_push_str(L, name) : pv_push_nil(L);
}

static int l_measure_to_string(lua_State *L) {
    const pv_filed_measure *measure = pv_self_check(L, &pv_measure_class);
    lua_pushliteral(L, "measure ");
    pv_push_str(L, measure->measure->id);
    lua_concat(L, 2);
    return add_row_name(L, measure);
}

static void look_at_measure(lua_State *L, const pv_object *object, pv_str name) {
    const pv_filed_measure *measure = ((const pv_handle *)object)->target;
    if (!pv_str_equal(name, PV_STR("given")) && !pv_str_equal(name, PV_STR("blank")) &&
        !pv_str_equal(name, PV_STR("answered")))
        return;
    for (size_t i = 0; i < measure->measure->item_count; i++)
        pv_runtime_look(L, &measure->responses[i]);
}

static const pv_member measure_members[] = {
    {"id", "id: string", "Its id.", PV_FIELD_THROUGH(str, pv_filed_measure, measure, pv_measure, id), .of_form = true},
    {"title", "title: string", "Its title as printed.",
     PV_FIELD_THROUGH(str, pv_filed_measure, measure, pv_measure, title), .of_form = true},
    {"points", "points: decimal", "Its points as printed; of a group's measure, the group's.",
     PV_FIELD_THROUGH(decimal, pv_filed_measure, measure, pv_measure, points), .of_form = true},
    {"obligation", "obligation: \"mandatory\" | \"optional\"", "\"mandatory\" or \"optional\".", .get = get_obligation,
     .of_form = true},
    {"mandatory", "mandatory: boolean", "Whether the form demands it.", .get = get_mandatory, .of_form = true},
    {"section", "section: section", "The section it stands in.", .get = get_measure_section, .of_form = true},
    {"group", "group: group?", "The option group it belongs to, or nil.", .get = get_measure_group, .of_form = true},
    {"row", "row: record | row | nil",
     "Of a measure that the form asks for once for each row: the record, or the row of the form's table, that it is "
     "given for; nil where there is no row, and of every other measure.",
     .get = get_measure_row},
    {"row_name", "row_name: string?", "What that row is called, as reports print it, or nil.", .get = get_row_name},
    {"responses", "responses: list of response", "The responses to its items, as printed, given or not.",
     .get = get_measure_responses},
    {"given", "given: boolean", "Whether the submission names it; it may still be blank.",
     PV_FIELD(boolean, pv_filed_measure, given)},
    {"blank", "blank: boolean", "Whether no response in it has text.", PV_FIELD(boolean, pv_filed_measure, blank)},
    {"answered", "answered: boolean", "Whether a response in it says something.",
     PV_FIELD(boolean, pv_filed_measure, answered)},
    {"applies", "applies: boolean", "Whether its `only_if` is met, or may be; what is answered all the same is judged.",
     .get = get_measure_applies},
    {"why_not", "why_not: string?", "Why it does not apply (“applies only if …”), or nil.", .get = get_measure_why_not},
    {"note", "note: string", "What the form prints beside it and nobody judges; empty where that is nothing.",
     PV_FIELD_THROUGH(str, pv_filed_measure, measure, pv_measure, note), .of_form = true},
    {"description", "description: string", "Its description as printed.",
     PV_FIELD_THROUGH(str, pv_filed_measure, measure, pv_measure, description), .of_form = true},
    PV_MEMBERS_END,
};

const pv_class pv_measure_class = {
    .name = "measure",
    .look = look_at_measure,
    .doc = "A measure as filed: names beyond the built-in ones are the attributes the form declares for measures.",
    .members = measure_members,
    PV_FORESEE(measure),
    .get_declared = get_measure_declared,
    .declared_names = measure_declared_names,
    .to_string = l_measure_to_string,
    .of_session = true,
    .declares_of_form = true,
};

/* ---- which earlier response is nearest ---- */

/* Its address is the registry key of what was worked out, by index of the response. */
static const char nearest_of_session = 0;

/* How often a shingle may be met again, in texts that share it, for one unit of fuel. */
#define REPEATS_PER_UNIT 32

/* [-0, +1, v] */
static pv_text_object *push_nearest_text(lua_State *L, const pv_response *response) {
    pv_push_response(L, response);
    lua_getfield(L, -1, "text");
    lua_remove(L, -2);
    return lua_touserdata(L, -1);
}

/* [-0, +0, v] The shingles of each response, NULL for a blank one, in the call arena. */
static const pv_shingles **shingles_of_all(lua_State *L, const pv_submission *submission, size_t *total) {
    size_t count = submission->response_count;
    const pv_shingles **all =
        pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, const pv_shingles *, count));
    *total = 0;
    for (size_t i = 0; i < count; i++) {
        const pv_response *response = &submission->responses[i];
        if (response->blank || response->value)
            continue;
        size_t own;
        all[i] = pv_text_shingles(L, push_nearest_text(L, response));
        (void)pv_shingles_hashes(all[i], &own);
        *total += own;
        lua_pop(L, 1);
    }
    return all;
}

/* [-0, +0, v] */
static const pv_nearest *work_out(lua_State *L) {
    const pv_submission *submission = MAY_RAISE(pv_runtime_submission(L));
    size_t count = submission->response_count;
    size_t total;
    const pv_shingles **shingles = MAY_RAISE(shingles_of_all(L, submission, &total));
    MAY_RAISE(pv_runtime_charge(L, total + total * count / REPEATS_PER_UNIT));
    pv_nearest *nearest;
    pv_error error = {0};
    if (!pv_nearest_earlier(&nearest, pv_runtime_of(L)->session_arena, shingles, count, &error))
        pv_runtime_raise(L, &error);
    lua_pushlightuserdata(L, nearest);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &nearest_of_session);
    return nearest;
}

static const pv_nearest *nearest_of_all(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &nearest_of_session);
    const pv_nearest *known = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return known ? known : work_out(L);
}

static int push_nearest_earlier(lua_State *L, const pv_response *response) {
    const pv_submission *submission = MAY_RAISE(pv_runtime_submission(L));
    const pv_nearest *nearest = &nearest_of_all(L)[response - submission->responses];
    for (const pv_response *each = submission->responses; each < response; each++)
        pv_runtime_look(L, each);
    if (nearest->shared == 0) {
        lua_pushnil(L);
        lua_pushnil(L);
        return 2;
    }
    const pv_response *earlier = &submission->responses[nearest->text];
    pv_push_response(L, earlier);
    push_nearest_text(L, response);
    push_nearest_text(L, earlier);
    (void)pv_push_similarity(L, -2, -1);
    lua_replace(L, -3);
    lua_pop(L, 1);
    return 2;
}

/* ---- which response of an earlier submission is copied ---- */

/* Its address is the registry key of what was worked out, by index of the item: a list for each. */
static const char copied_of_session = 0;

/* The responses to an item, those of one submission after another; and of each, the first one of an earlier submission
 * that it is a copy of. */
typedef struct copied {
    pv_copy_bounds bounds;
    const struct copied *next; /* by other bounds */
    uint32_t *starts;          /* of each submission, its first response; and how many there are in all */
    const pv_response **responses;
    uint32_t *first; /* where there is none, a response of its own submission */
} copied;

/* [-0, +0, v] All that is known of an item, the latest first. */
static const copied **copied_of_item(lua_State *L, size_t item) {
    pv_runtime *runtime = pv_runtime_of(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &copied_of_session);
    const copied **all = lua_touserdata(L, -1);
    lua_pop(L, 1);
    if (!all) {
        all = pv_check_memory(L, PV_NEW_ARRAY(runtime->session_arena, const copied *, runtime->form->item_count));
        lua_pushlightuserdata(L, (void *)all);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &copied_of_session);
    }
    return &all[item];
}

/* [-0, +0, v] Whole submissions, and where their responses to the item are. */
static void list_responses(lua_State *L, const pv_item *item, copied *out) {
    const pv_runtime *runtime = pv_runtime_of(L);
    const pv_collection *collection = runtime->collection;
    uint32_t *starts = pv_check_memory(L, PV_NEW_ARRAY(runtime->session_arena, uint32_t, collection->count + 1));
    for (size_t i = 0; i < collection->count; i++) {
        MAY_RAISE(pv_runtime_complete(L, collection->entries[i].filing->at));
        starts[i + 1] = starts[i] + (uint32_t)pv_submission_filed(collection->entries[i].filing, item->measure).count;
    }
    const uint32_t total = starts[collection->count];
    out->starts = starts;
    out->responses = pv_check_memory(L, PV_NEW_ARRAY(runtime->session_arena, const pv_response *, total));
    out->first = pv_check_memory(L, PV_NEW_ARRAY(runtime->session_arena, uint32_t, total));
    for (size_t i = 0; i < collection->count; i++) {
        const pv_filed_list filed = pv_submission_filed(collection->entries[i].filing, item->measure);
        for (size_t k = 0; k < filed.count; k++)
            out->responses[starts[i] + k] = pv_filed_response(&filed.measures[k], item);
    }
    for (size_t i = 0; i < total; i++)
        pv_text_charge(L, out->responses[i]->text.value);
}

/* Holds a response against those of the submissions before its own, of which there are `before`, and adds it to all. */
static bool hold_against_earlier(pv_copies *copies, size_t before, pv_arena *arena, copied *out, size_t *work,
                                 pv_error *error) {
    const size_t number = pv_copies_count(copies);
    const pv_response *response = out->responses[number];
    size_t first = before;
    size_t met = 0;
    pv_shingles *shingles = NULL;
    pv_token_list *tokens = PV_NEW(arena, pv_token_list);
    if (!tokens)
        return pv_fail_memory(error);
    if (!response->blank && (!pv_tokens_find(arena, response->text.value, tokens, error) ||
                             !pv_shingles_build(&shingles, arena, tokens, error) ||
                             !pv_copies_first(copies, shingles, before, &out->bounds, arena, &first, &met, error)))
        return false;
    *work += met;
    out->first[number] = (uint32_t)first;
    return pv_copies_add(copies, shingles, error);
}

static bool hold_all(size_t submissions, pv_memory *memory, copied *out, size_t *work, pv_error *error) {
    pv_arena *arena = pv_arena_new(memory);
    pv_copies *copies = NULL;
    bool done = arena ? pv_copies_new(&copies, arena, error) : pv_fail_memory(error);
    for (size_t i = 0; done && i < submissions; i++)
        for (size_t k = out->starts[i]; done && k < out->starts[i + 1]; k++)
            done = hold_against_earlier(copies, out->starts[i], arena, out, work, error);
    pv_arena_free(arena);
    return done;
}

/* [-0, +0, v] */
static const copied *work_out_copied(lua_State *L, const pv_item *item, const pv_copy_bounds *bounds) {
    pv_runtime *runtime = pv_runtime_of(L);
    const copied **known = MAY_RAISE(copied_of_item(L, item->index));
    for (const copied *each = *known; each; each = each->next)
        if (each->bounds.run == bounds->run && pv_decimal_compare(each->bounds.share, bounds->share) == 0)
            return each;
    copied *added = pv_check_memory(L, PV_NEW(runtime->session_arena, copied));
    *added = (copied){.bounds = *bounds, .next = *known};
    MAY_RAISE(list_responses(L, item, added));
    size_t work = 0;
    pv_error error = {0};
    if (!hold_all(runtime->collection->count, runtime->document_memory, added, &work, &error))
        pv_runtime_raise(L, &error);
    MAY_RAISE(pv_runtime_charge(L, work / REPEATS_PER_UNIT));
    *known = added;
    return added;
}

/* [-0, +0, v] */
static pv_copy_bounds check_bounds(lua_State *L) {
    const pv_exact_number least = {{1, 2}, PV_UNIT_PERCENTAGE};
    const pv_exact_number share = pv_number_check(L, 2);
    lua_Integer run = luaL_optinteger(L, 3, PV_SHINGLE_TOKENS);
    if (pv_number_compare(L, share, least) < 0)
        luaL_error(L, "a share of at least 0.01%% is needed, to tell copies from other texts");
    if (run < PV_SHINGLE_TOKENS)
        luaL_error(L, "%d words in a row are needed, to tell copies from other texts", PV_SHINGLE_TOKENS);
    return (pv_copy_bounds){share.value, lua_isnoneornil(L, 3) ? 0 : (size_t)run};
}

static int l_response_copied_from(lua_State *L) {
    const pv_response *response = pv_self_check(L, &pv_response_class);
    const pv_collection *collection = pv_runtime_of(L)->collection;
    const pv_copy_bounds bounds = check_bounds(L);
    if (!collection)
        return luaL_error(L, "this asks for other submissions, and here is one; nearest_earlier asks within it");
    const pv_collected *own = pv_collection_entry_at(collection, response->at.start);
    const copied *found = MAY_RAISE(work_out_copied(L, response->item, &bounds));
    const uint32_t start = found->starts[own - collection->entries];
    const pv_filed_list filed = pv_submission_filed(own->filing, response->item->measure);
    const uint32_t first = found->first[start + (size_t)(response->filed - filed.measures)];
    for (uint32_t i = 0; i < start; i++)
        pv_runtime_look(L, found->responses[i]);
    return first >= start ? pv_push_nil(L) : pv_push_response(L, found->responses[first]);
}

/* ---- responses ---- */

/* What nearly every rule asks a response for is kept with it. */
enum { SLOT_ITEM = 1, SLOT_MEASURE, SLOT_TEXT, SLOT_WORDS, SLOTS = SLOT_WORDS };

/* Pushes what is kept in this slot, after making it with push the first time. */
static int get_kept(lua_State *L, int slot, int (*push)(lua_State *L, const pv_response *response)) {
    if (lua_getiuservalue(L, 1, slot) != LUA_TNIL)
        return 1;
    push(L, pv_self(L));
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, 1, slot);
    return 1;
}

static int get_item(lua_State *L) {
    return get_kept(L, SLOT_ITEM, push_item_of);
}

static int push_measure(lua_State *L, const pv_response *response) {
    return pv_push_measure(L, response->filed);
}

static int get_response_measure(lua_State *L) {
    return get_kept(L, SLOT_MEASURE, push_measure);
}

static int push_response_text(lua_State *L, const pv_response *response) {
    return pv_push_response_text(L, response, place_of_response(L, response));
}

static int get_text(lua_State *L) {
    return get_kept(L, SLOT_TEXT, push_response_text);
}

static int push_words(lua_State *L, const pv_response *response) {
    const pv_word_list *words = MAY_RAISE(pv_response_words(L, response));
    return pv_push_words(L, &response->text, 0, place_of_response(L, response), words, true);
}

static int get_words(lua_State *L) {
    return get_kept(L, SLOT_WORDS, push_words);
}

static int get_answered(lua_State *L) {
    const pv_response *response = pv_self(L);
    return pv_push_boolean(L, response->unanswered == PV_ANSWERED);
}

static int get_no_answer(lua_State *L) {
    const pv_response *response = pv_self(L);
    return pv_push_name(L, pv_unanswered_reason(response->unanswered));
}

static int get_response_other(lua_State *L) {
    const pv_value *value = ((const pv_response *)pv_self(L))->value;
    return pv_push_boolean(L, value && value->other);
}

static int get_response_kind(lua_State *L) {
    const pv_value *value = ((const pv_response *)pv_self(L))->value;
    return value ? pv_push_file_kind(L, value) : pv_push_nil(L);
}

static int get_response_size(lua_State *L) {
    const pv_value *value = ((const pv_response *)pv_self(L))->value;
    return value ? pv_push_file_size(L, value) : pv_push_nil(L);
}

static int get_response_value(lua_State *L) {
    const pv_response *response = pv_self(L);
    return response->value ? pv_push_value_or_computed(L, response->value, response->filed) : pv_push_nil(L);
}

static int l_response_nearest_earlier(lua_State *L) {
    return push_nearest_earlier(L, pv_self_check(L, &pv_response_class));
}

static int l_response_to_string(lua_State *L) {
    const pv_response *response = pv_self_check(L, &pv_response_class);
    pv_push_str(L, response->item->full_id);
    return add_row_name(L, response->filed);
}

/* All but its prompt and its measure is of what is filed. */
static void look_at_response(lua_State *L, const pv_object *object, pv_str name) {
    const pv_response *response = ((const pv_handle *)object)->target;
    if (!pv_str_equal(name, PV_STR("id")) && !pv_str_equal(name, PV_STR("item")) &&
        !pv_str_equal(name, PV_STR("measure")))
        pv_runtime_look(L, response);
}

static const pv_member response_members[] = {
    {"id", "id: string", "The full id of its item (\"1.1.6.1\").",
     PV_FIELD_THROUGH(str, pv_response, item, pv_item, full_id), .of_form = true},
    {"item", "item: item", "The prompt it answers.", .get = get_item, .of_form = true},
    {"measure", "measure: measure", "The measure it belongs to.", .get = get_response_measure, .of_form = true},
    {"text", "text: text", "Its text as prose, of a value as written; blank when nothing is given.", .get = get_text},
    {"value", "value: text | decimal | date | date mention | period | boolean | list | nil",
     "Of an item that asks for a value: what is given, in its type; nil when it is absent, cannot be read as that, or "
     "is prose. Of a number or day that is computed and left out, what it comes to.",
     .get = get_response_value},
    {"other", "other: boolean",
     "Whether its value is, or has, a text of the filer's own beside the choices (“Other: …”).",
     .get = get_response_other},
    {"kind", "kind: string?", "Of a file: of which kind it is (\"pdf\"), where that is known; else nil.",
     .get = get_response_kind},
    {"size", "size: integer?", "Of a file: its size in bytes; else nil.", .get = get_response_size},
    {"words", "words: words", "Its words, counted as Microsoft Word counts them.", .get = get_words},
    {"given", "given: boolean", "Whether the submission names it; it may still be blank.",
     PV_FIELD(boolean, pv_response, given)},
    {"blank", "blank: boolean", "Whether it has no text.", PV_FIELD(boolean, pv_response, blank)},
    {"answered", "answered: boolean",
     "Whether it says something: it is not blank, no placeholder (\"TBD\", \"N/A\", \"see above\"), and more than its "
     "prompt or a word repeated.",
     .get = get_answered},
    {"no_answer", "no_answer: string?",
     "Why its text is no answer (“stands for an answer and is none”); nil when it is one, or blank.",
     .get = get_no_answer},
    {"nearest_earlier", ":nearest_earlier(): response?, similarity?",
     "The response before it that shares the most wording with it, and how alike the two are; nil when none shares a "
     "run of three words.",
     .method = l_response_nearest_earlier},
    {"copied_from", ":copied_from(share: decimal, run?: integer): response?",
     "Of submissions that are judged together: the response to the same item in the first one before its own that "
     "holds "
     "this share of its wording, or so many of its words in a row; nil when there is none.",
     .method = l_response_copied_from},
    PV_MEMBERS_END,
};

const pv_class pv_response_class = {
    .name = "response",
    .look = look_at_response,
    .doc = "The filer's answer to one item of the form.",
    .members = response_members,
    .to_string = l_response_to_string,
    .slots = SLOTS,
    .of_session = true,
};
