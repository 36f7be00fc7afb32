/* Evaluates an expression as a rule's check would, and says what each value is, where it stands and what it has. */
#include "lua/authoring/authoring_p.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#include "lua/filing/filing.h"
#include "lua/values/text_object.h"
#include "lua/values/values.h"
#include "lua/verdict/verdict_class.h"
#include "run/trial.h"

#define EXPRESSION_NAME "expression"
/* What the chunk has before the lines that were kept, and before the expression. */
#define LINES_BEFORE 2
#define MOST_NAMES 16
/* What a value that is told costs. */
#define WORK_OF_SHOWING 16

typedef struct trying {
    const pv_trial *trial;
    const pv_catalogue *catalogue;
    const pv_source *source; /* of the chunk */
    pv_arena *arena;
    PV_ARRAY(pv_tried_value) values;
    const char *names[MOST_NAMES]; /* that the expression can say besides what rules can */
    size_t name_count;
} trying;

/* ---- what an expression can say ---- */

static void add_name(lua_State *L, trying *all, const char *name) {
    luaL_checkstack(L, 4, NULL);
    all->names[all->name_count++] = name;
}

/* response "1.1.6.3", measure "1.1.6", measure("2", "Health Net"); upvalue: the name of the method. */
static int l_part_of_submission(lua_State *L) {
    pv_check_str(L, 1);
    lua_settop(L, 2);
    pv_push_submission(L);
    lua_getfield(L, -1, lua_tostring(L, lua_upvalueindex(1)));
    lua_insert(L, -2);
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 2);
    lua_call(L, 3, 1);
    return 1;
}

/* section "1". */
static int l_section_of_form(lua_State *L) {
    const pv_form *form = pv_runtime_of(L)->form;
    pv_str id = pv_check_str(L, 1);
    pv_str *ids = pv_check_memory(L, PV_NEW_ARRAY(pv_runtime_of(L)->call_arena, pv_str, form->section_count));
    for (size_t i = 0; i < form->section_count; i++) {
        ids[i] = form->sections[i].id;
        if (pv_str_equal(ids[i], id))
            return pv_push_section(L, &form->sections[i]);
    }
    return pv_raise_unknown(L, "the form", id, ids, form->section_count);
}

/* [-0, +1, v] */
static void push_of_submission(lua_State *L, const char *name) {
    pv_push_submission(L);
    lua_getfield(L, -1, name);
    lua_remove(L, -2);
}

static void push_subject(lua_State *L, trying *all) {
    const pv_subject *subject = all->trial->subject;
    const char *kind = pv_subject_kind_name(subject->kind);
    pv_push_subject(L, subject);
    add_name(L, all, "subject");
    if (subject->kind == PV_SUBJECT_SUBMISSION)
        return;
    pv_push_subject(L, subject);
    add_name(L, all, kind);
}

/* Whether the subject is called so itself. */
static bool is_subject(const trying *all, const char *name) {
    return all->trial->subject && strcmp(pv_subject_kind_name(all->trial->subject->kind), name) == 0;
}

/* [-0, +n, v] Pushes what the names stand for, in their order. */
static void push_scope(lua_State *L, trying *all) {
    static const char *const parts[] = {"response", "measure"};
    const pv_trial *trial = all->trial;
    pv_push_submission(L);
    add_name(L, all, "submission");
    push_of_submission(L, "fields");
    add_name(L, all, "fields");
    push_of_submission(L, "records");
    add_name(L, all, "records");
    if (trial->subject)
        push_subject(L, all);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!is_subject(all, parts[i])) {
            lua_pushstring(L, parts[i]);
            lua_pushcclosure(L, l_part_of_submission, 1);
            add_name(L, all, parts[i]);
        }
    if (!is_subject(all, "section")) {
        lua_pushcfunction(L, l_section_of_form);
        add_name(L, all, "section");
    }
    if (trial->rule_index != SIZE_MAX) {
        pv_push_parameters(L, &all->catalogue->rules[trial->rule_index]);
        add_name(L, all, "parameters");
    }
    if (trial->text) {
        pv_push_text(L, trial->text);
        add_name(L, all, "text");
    } else if (trial->subject && trial->subject->response) {
        pv_push_response(L, trial->subject->response);
        lua_getfield(L, -1, "text");
        lua_remove(L, -2);
        add_name(L, all, "text");
    }
}

/* ---- what came of it ---- */

/* [-0, +0, v] Adds what is shown. */
static void add_shown(lua_State *L, trying *all, pv_tried_kind kind, pv_str name, const pv_shown_value *shown) {
    pv_tried_value *added = PV_ARRAY_ADD(all->arena, &all->values);
    if (!added) {
        MAY_RAISE(pv_runtime_stop_memory(L));
        return;
    }
    *added = (pv_tried_value){.kind = kind};
    added->name = pv_arena_copy(all->arena, name);
    added->value.text = pv_arena_copy(all->arena, (pv_str){shown->text, shown->size});
    added->value.source = shown->source;
    added->value.at = shown->at;
    if (!added->name.data || !added->value.text.data)
        MAY_RAISE(pv_runtime_stop_memory(L));
}

/* [-0, +0, v] Shows the value on top. */
static void add_top(lua_State *L, trying *all, pv_tried_kind kind, pv_str name) {
    pv_shown_value shown;
    MAY_RAISE(pv_runtime_charge(L, WORK_OF_SHOWING));
    pv_show_value(L, -1, &shown);
    add_shown(L, all, kind, name, &shown);
}

static void add_rest(lua_State *L, trying *all, size_t count) {
    lua_pushfstring(L, "… and %I more", (LUAI_UACINT)count);
    pv_shown_value shown = {0};
    pv_str text = pv_lua_str(L, -1);
    memcpy(shown.text, text.data, text.size);
    shown.size = text.size;
    add_shown(L, all, PV_TRIED_REST, PV_STR(""), &shown);
    lua_pop(L, 1);
}

/* [-0, +0, v] The elements of the list on top, which has so many. */
static void add_elements(lua_State *L, trying *all, size_t count) {
    char number[24];
    for (size_t i = 1; i <= count && i <= PV_TRIED_VALUES_MAX; i++) {
        lua_geti(L, -1, (lua_Integer)i);
        snprintf(number, sizeof number, "%zu", i);
        add_top(L, all, PV_TRIED_ELEMENT, pv_str_from(number));
        lua_pop(L, 1);
    }
    if (count > PV_TRIED_VALUES_MAX)
        add_rest(L, all, count - PV_TRIED_VALUES_MAX);
}

/* The attribute of the object at index 1 called by the string at index 2. */
static int l_attribute(lua_State *L) {
    lua_gettable(L, 1);
    return 1;
}

/* [-0, +0, v] One attribute of the object on top. One that cannot be told now says why. */
static void add_attribute(lua_State *L, trying *all, pv_str name) {
    pv_shown_value shown = {0};
    MAY_RAISE(pv_runtime_charge(L, WORK_OF_SHOWING));
    lua_pushcfunction(L, l_attribute);
    lua_pushvalue(L, -2);
    pv_push_str(L, name);
    bool given = lua_pcall(L, 2, 1, 0) == LUA_OK;
    if (pv_runtime_of(L)->stop.stopped)
        lua_error(L);
    const pv_object *owner = pv_object_test(L, -2);
    if (given)
        pv_show_member(L, -1, lua_absindex(L, -2), name, &shown);
    else
        pv_show_value(L, -1, &shown);
    bool is_same = owner->has_place && shown.source == pv_runtime_of(L)->source &&
                   owner->place.span.start == shown.at.span.start && owner->place.span.end == shown.at.span.end;
    if (is_same || lua_isnil(L, -1))
        shown.source = NULL; /* its place is said once, of the value */
    add_shown(L, all, PV_TRIED_ATTRIBUTE, name, &shown);
    lua_pop(L, 1);
}

/* The names that the form declares for the object at index 1; the second argument is where they go. */
typedef struct declared {
    pv_str names[PV_TRIED_VALUES_MAX];
    size_t count;
} declared;

static int l_declared(lua_State *L) {
    declared *out = lua_touserdata(L, 2);
    lua_settop(L, 1);
    out->count = pv_object_test(L, 1)->class->declared_names(L, out->names, PV_TRIED_VALUES_MAX);
    return 0;
}

/* [-0, +0, v] The attributes of the object on top. */
static void add_attributes(lua_State *L, trying *all, const pv_class *class) {
    for (const pv_member *member = class->members; member->name; member++)
        if (!member->method)
            add_attribute(L, all, pv_str_from(member->name));
    if (!class->declared_names)
        return;
    declared *found = pv_check_memory(L, PV_NEW(all->arena, declared));
    lua_pushcfunction(L, l_declared);
    lua_pushvalue(L, -2);
    lua_pushlightuserdata(L, found);
    lua_call(L, 2, 0);
    for (size_t i = 0; i < found->count; i++)
        add_attribute(L, all, found->names[i]);
}

/* [-0, +0, v] The keys of the table on top that are no numbers of a list. */
static void add_keys(lua_State *L, trying *all, size_t count) {
    int table = lua_gettop(L);
    MAY_RAISE(pv_sandbox_push_sorted_keys(L, table));
    lua_Integer keys = (lua_Integer)lua_rawlen(L, -1);
    size_t told = 0;
    for (lua_Integer i = (lua_Integer)count + 1; i <= keys && told < PV_TRIED_VALUES_MAX; i++, told++) {
        lua_rawgeti(L, table + 1, i);
        pv_str name;
        name.data = luaL_tolstring(L, -1, &name.size);
        lua_pushvalue(L, -2);
        lua_rawget(L, table);
        add_top(L, all, PV_TRIED_ATTRIBUTE, name);
        lua_settop(L, table + 1);
    }
    lua_settop(L, table);
}

/* [-0, +0, v] What the one element of the list on top has. */
static void add_only_element(lua_State *L, trying *all) {
    lua_geti(L, -1, 1);
    const pv_object *object = pv_object_test(L, -1);
    if (object)
        add_attributes(L, all, object->class);
    lua_pop(L, 1);
}

/* [-0, +0, v] All of the value on top. */
static void add_value(lua_State *L, trying *all) {
    const pv_object *object = pv_object_test(L, -1);
    add_top(L, all, PV_TRIED_VALUE, PV_STR(""));
    if (object && object->class->length && !object->class->declared_names) {
        add_elements(L, all, (size_t)luaL_len(L, -1));
    } else if (object) {
        add_attributes(L, all, object->class);
    } else if (lua_istable(L, -1)) {
        size_t count = (size_t)lua_rawlen(L, -1);
        add_elements(L, all, count);
        add_keys(L, all, count);
        if (count == 1)
            add_only_element(L, all);
    }
}

/* ---- evaluating ---- */

static int evaluate(lua_State *L) {
    trying *all = lua_touserdata(L, 1);
    const pv_chunk chunk = {.name = "@" EXPRESSION_NAME, .text = all->source->bytes, .source = all->source};
    lua_settop(L, 0);
    MAY_RAISE(pv_chunk_push(L, &chunk));
    all->name_count = 0;
    push_scope(L, all);
    lua_call(L, (int)all->name_count, LUA_MULTRET);
    int last = lua_gettop(L);
    if (last == 1) /* the mark that keeps the expression from being a tail call is all there is */
        lua_pushnil(L);
    for (int i = 2; i <= lua_gettop(L) && i <= last + 1; i++) {
        lua_pushvalue(L, i);
        add_value(L, all);
        lua_pop(L, 1);
    }
    return 0;
}

/* Only the names matter, which are pushed in the same order. */
static int name_scope(lua_State *L) {
    trying *all = lua_touserdata(L, 1);
    lua_settop(L, 0);
    all->name_count = 0;
    push_scope(L, all);
    return 0;
}

static size_t lines_in(pv_str text) {
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == '\n';
    return count;
}

/* The chunk: names, the lines kept, the expression. */
static bool write_chunk(trying *all, pv_error *error) {
    pv_buf text = pv_buf_on(pv_arena_memory(all->arena));
    pv_source *source;
    pv_buf_append_text(&text, "local ");
    for (size_t i = 0; i < all->name_count; i++) {
        pv_buf_append_text(&text, i > 0 ? ", " : "");
        pv_buf_append_text(&text, all->names[i]);
    }
    pv_buf_append_text(&text, " = ...\n");
    pv_buf_append(&text, all->trial->kept);
    pv_buf_append_text(&text, "return true,\n");
    pv_buf_append(&text, all->trial->expression);
    pv_buf_append_char(&text, '\n');
    pv_str copy = {NULL, 0};
    if (!text.failed)
        copy = pv_arena_copy(all->arena, pv_buf_str(&text));
    pv_buf_clear(&text);
    const pv_limits limits = pv_limits_default();
    if (!copy.data)
        return pv_fail_memory(error);
    if (!pv_source_new(&source, all->arena, PV_STR(EXPRESSION_NAME), copy, &limits, error))
        return false;
    all->source = source;
    return true;
}

/* "there is no "respnse"": the name of the scope that was probably meant, which rules do not have and so no message
 * knows of. */
static pv_str hint_of(const trying *all, pv_str message) {
    pv_str names[MOST_NAMES];
    size_t open = pv_str_find(message, PV_STR("\""), 0);
    size_t close = open == SIZE_MAX ? SIZE_MAX : pv_str_find(message, PV_STR("\""), open + 1);
    for (size_t i = 0; i < all->name_count; i++)
        names[i] = pv_str_from(all->names[i]);
    if (close == SIZE_MAX || !pv_str_starts_with(message, PV_STR("the rule language has no ")) ||
        pv_str_find(message, PV_STR("did you mean"), 0) != SIZE_MAX)
        return PV_STR("");
    size_t nearest = pv_suggest(pv_str_slice(message, open + 1, close), names, all->name_count);
    return nearest == SIZE_MAX ? PV_STR("") : names[nearest];
}

/* What is missing at its end is missed where it ends, and not on the line after. */
static void keep_within(const pv_trial *trial, pv_fault *fault) {
    pv_str text = trial->expression;
    uint32_t lines = (uint32_t)lines_in(text) + 1;
    if (!pv_str_equal(fault->path, PV_STR(EXPRESSION_NAME)) || fault->at.line <= lines)
        return;
    size_t start = text.size;
    while (start > 0 && text.data[start - 1] != '\n')
        start--;
    fault->at = (pv_position){lines, (uint32_t)pv_utf8_length(pv_str_slice(text, start, text.size)) + 1};
}

static bool tell_fault(const trying *all, const pv_runtime *runtime, pv_tried *out, pv_error *error) {
    const pv_stop *stop = &runtime->stop;
    pv_fault *fault = PV_NEW(all->arena, pv_fault);
    pv_str message = pv_str_from(stop->message);
    pv_str hint = hint_of(all, message);
    if (!fault)
        return pv_fail_memory(error);
    *fault = (pv_fault){.kind = stop->kind};
    fault->message =
        pv_arena_format(all->arena, "%.*s%s%.*s%s", PV_STR_ARG(message), hint.size > 0 ? "; did you mean \"" : "",
                        PV_STR_ARG(hint), hint.size > 0 ? "\"?" : "");
    if (stop->file) {
        size_t before = stop->file == all->source ? LINES_BEFORE + lines_in(all->trial->kept) : 0;
        fault->path = stop->file->path;
        fault->at = pv_stop_position(stop);
        fault->at.line = fault->at.line > before ? fault->at.line - (uint32_t)before : 1;
        keep_within(all->trial, fault);
    }
    out->fault = fault;
    return fault->message.data || pv_fail_memory(error);
}

bool pv_lua_try(pv_runtime *runtime, const pv_catalogue *catalogue, const pv_trial *trial, pv_arena *arena,
                pv_tried *out, pv_error *error) {
    trying all = {.trial = trial, .catalogue = catalogue, .arena = arena};
    *out = (pv_tried){0};
    bool named = pv_runtime_call(runtime, name_scope, &all);
    if (named && !write_chunk(&all, error))
        return false;
    const pv_source *const *rule_files = runtime->files;
    const size_t file_count = runtime->file_count;
    const pv_source **files = PV_NEW_ARRAY(arena, const pv_source *, file_count + 1);
    if (!files)
        return pv_fail_memory(error);
    for (size_t i = 0; i < file_count; i++)
        files[i] = rule_files[i];
    files[file_count] = all.source;
    runtime->files = files;
    runtime->file_count = file_count + (named ? 1 : 0);
    runtime->loading = true; /* a pattern is made where it is needed */
    bool done = named && pv_runtime_call(runtime, evaluate, &all);
    runtime->loading = false;
    bool told = done || tell_fault(&all, runtime, out, error);
    runtime->files = rule_files;
    runtime->file_count = file_count;
    out->values = all.values.items;
    out->count = done ? all.values.count : 0;
    return told;
}
