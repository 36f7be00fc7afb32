#include "lua/rules/declaration_p.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/glob.h"
#include "run/ruleset.h"

/* Where in the registry the table of functions is: declaration n has `check` at 2n + 1, `when` at 2n + 2. A number as
 * small as this is found sooner than an address. */
enum { FUNCTIONS = LUA_RIDX_LAST + 2 };

/* One call of rule, in the order in which they were made. */
typedef struct declared {
    pv_rule rule;
    pv_example_list examples;
    size_t number;
    bool refused;
    struct declared *next;
} declared;

typedef struct noted_fault {
    pv_fault fault;
    struct noted_fault *next;
} noted_fault;

/* What runtime->loader points at while files run. */
typedef struct pv_rule_loader {
    pv_catalogue *catalogue;
    size_t file; /* being run */
    bool instantiating;
    size_t declarations;     /* made so far, in all files */
    bool shares;             /* the file at hand returned something */
    size_t unfinished;       /* rule "id" without its table so far, in this file */
    pv_str first_unfinished; /* its id */
    int unfinished_line;
    declared *first, *last;
    noted_fault *first_fault, *last_fault;
    bool memory_refused;
} pv_rule_loader;

/* ---- faults ---- */

/* The line's span, without the blanks around it. */
static pv_span span_of_line(const pv_source *source, int line) {
    pv_str text = pv_source_line(source, (uint32_t)line);
    pv_str trimmed = pv_str_trim(text);
    size_t start = (size_t)(trimmed.size ? trimmed.data - source->bytes.data : text.data - source->bytes.data);
    return (pv_span){(uint32_t)start, (uint32_t)(start + trimmed.size)};
}

static const pv_position NOWHERE = {0, 0};

static void note_fault(pv_rule_loader *loader, pv_fault_kind kind, pv_str rule, const char *message,
                       const pv_source *source, pv_position at) {
    pv_arena *arena = loader->catalogue->arena;
    noted_fault *noted = PV_NEW(arena, noted_fault);
    pv_str kept = pv_arena_copy(arena, pv_str_from(message));
    if (!noted || !kept.data) {
        loader->memory_refused = true;
        return;
    }
    noted->fault = (pv_fault){.kind = kind, .rule = rule, .message = kept, .path = source->path, .at = at};
    if (loader->last_fault)
        loader->last_fault->next = noted;
    else
        loader->first_fault = noted;
    loader->last_fault = noted;
}

/* ---- reading a declaration ---- */

static bool read_named_level(pv_level *out, const char *key, pv_str name, pv_error *error) {
    if (pv_level_from_name(name, out))
        return true;
    const pv_str names[] = {PV_STR("error"), PV_STR("warning"), PV_STR("note")};
    return pv_declaration_fail_choice(key, name, names, sizeof names / sizeof names[0], error);
}

/* What is for a person to judge counts as much as a failure unless the rule says less. */
static bool read_review_level(pv_rule *rule, pv_str name, pv_error *error) {
    rule->has_review_level = name.size > 0;
    if (!rule->has_review_level)
        return true;
    if (!read_named_level(&rule->review_level, "review_level", name, error))
        return false;
    return rule->review_level <= rule->level ||
           pv_fail(error, PV_ERROR_SHAPE, "\"review_level\" is above the level of a failure");
}

static bool read_subject(pv_rule *rule, pv_str name, pv_error *error) {
    const pv_str names[] = {PV_STR("submission"), PV_STR("section"), PV_STR("measure"),   PV_STR("response"),
                            PV_STR("record"),     PV_STR("pair"),    PV_STR("collection")};
    if (pv_subject_kind_from_name(name, &rule->each))
        return true;
    return pv_declaration_fail_choice("each", name, names, sizeof names / sizeof names[0], error);
}

/* `record` is there exactly when `each` is "record", and names a kind of the form. */
static bool check_record_kind(const pv_rule *rule, const pv_form *form, pv_error *error) {
    if (rule->each != PV_SUBJECT_RECORD)
        return rule->record_kind.size == 0 ||
               pv_fail(error, PV_ERROR_SHAPE, "\"record\" goes with each = \"record\" only");
    if (rule->record_kind.size == 0)
        return pv_fail(error, PV_ERROR_SHAPE, "\"record\" is missing: which kind of record");
    if (pv_form_record(form, rule->record_kind))
        return true;
    return pv_declaration_fail_choice("record", rule->record_kind, form->record_names.names, form->record_count, error);
}

/* `matrix` is there exactly when `each` is "pair", and names a matrix of the form. */
static bool check_matrix(const pv_rule *rule, const pv_form *form, pv_error *error) {
    if (rule->each != PV_SUBJECT_PAIR)
        return rule->matrix.size == 0 || pv_fail(error, PV_ERROR_SHAPE, "\"matrix\" goes with each = \"pair\" only");
    if (rule->matrix.size == 0)
        return pv_fail(error, PV_ERROR_SHAPE, "\"matrix\" is missing: of which matrix");
    return pv_form_matrix(form, rule->matrix) ||
           pv_declaration_fail_choice("matrix", rule->matrix, form->matrix_names.names, form->matrix_count, error);
}

static bool check_id(const pv_rule_loader *loader, pv_str id, pv_error *error) {
    if (id.size == 0)
        return pv_fail(error, PV_ERROR_SHAPE, "the rule has an empty id");
    for (const declared *each = loader->first; each; each = each->next)
        if (!each->refused && pv_str_equal(each->rule.id, id))
            return pv_fail(error, PV_ERROR_SHAPE, "a rule \"%.60s\" is declared already, in %.*s", id.data,
                           PV_STR_ARG(each->rule.source->path));
    return true;
}

static bool read_window(lua_State *L, int table, pv_rule *rule, pv_error *error) {
    if (!pv_declaration_day(L, table, "since", &rule->has_since, &rule->since, error) ||
        !pv_declaration_day(L, table, "until", &rule->has_until, &rule->until, error))
        return false;
    return !rule->has_since || !rule->has_until || pv_date_compare(rule->since, rule->until) <= 0 ||
           pv_fail(error, PV_ERROR_SHAPE, "\"until\" is a day before \"since\"");
}

/* The list of texts under key, which need not be there. */
static bool read_texts(lua_State *L, int table, const char *key, pv_arena *arena, const pv_str **out, size_t *count,
                       pv_error *error) {
    pv_error fault = {0};
    bool valid = lua_getfield(L, table, key) != LUA_TTABLE || pv_declaration_texts(L, -1, arena, out, count, &fault);
    lua_pop(L, 1);
    return valid || pv_fail(error, fault.code, "%s: %s", key, fault.message);
}

/* ---- conditions of the form that a rule judges ---- */

/* Whether the pattern meets a condition that a rule can judge; *structural: it meets one that only reading decides. */
static bool meets_condition(pv_str pattern, const pv_form *form, const pv_condition **structural) {
    bool meets = false;
    *structural = NULL;
    for (size_t i = 0; i < form->condition_count; i++) {
        const pv_condition *condition = &form->conditions[i];
        pv_problem_kind problem;
        if (!pv_glob_matches(pattern, condition->address))
            continue;
        if (pv_condition_is_structural(condition, &problem))
            *structural = condition;
        else
            meets = true;
    }
    return meets;
}

/* Suggests a pattern of addresses, or one address. */
static bool fail_no_condition(pv_str pattern, const pv_form *form, pv_arena *arena, pv_error *error) {
    size_t count = form->condition_count;
    pv_str *names = PV_NEW_ARRAY(arena, pv_str, 2 * count);
    if (!names)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        names[i] = pv_condition_pattern(&form->conditions[i], arena);
        names[count + i] = form->conditions[i].address;
        if (!names[i].data)
            return pv_fail_memory(error);
    }
    size_t nearest = pv_suggest(pattern, names, 2 * count);
    if (nearest == SIZE_MAX)
        return pv_fail(error, PV_ERROR_SHAPE, "judges: the form declares no condition \"%.60s\"", pattern.data);
    return pv_fail(error, PV_ERROR_SHAPE, "judges: the form declares no condition \"%.60s\"; did you mean \"%.*s\"?",
                   pattern.data, PV_STR_ARG(names[nearest]));
}

static bool check_judged(pv_str pattern, const pv_form *form, pv_arena *arena, pv_error *error) {
    const pv_condition *structural;
    pv_error fault = {0};
    if (!pv_glob_check(pattern, &fault))
        return pv_fail(error, PV_ERROR_SHAPE, "judges: %s", fault.message);
    if (meets_condition(pattern, form, &structural))
        return true;
    if (!structural)
        return fail_no_condition(pattern, form, arena, error);
    return pv_fail(error, PV_ERROR_SHAPE, "judges: \"%.60s\" is for %.*s to judge, whatever a rule says", pattern.data,
                   PV_STR_ARG(pv_built_in_rule(pv_built_in_of_condition(structural))->id));
}

/* A text or a list of them. Each is to meet a condition, or nobody would know that it meets none. */
static bool read_judges(lua_State *L, int table, const pv_form *form, pv_arena *arena, pv_rule *rule, pv_error *error) {
    bool failed = false;
    if (lua_getfield(L, table, "judges") == LUA_TSTRING) {
        pv_str *only = PV_NEW(arena, pv_str);
        if (only)
            *only = pv_declaration_value(L, -1, arena, &failed);
        rule->judges = only;
        rule->judges_count = 1;
        failed |= !only;
    }
    lua_pop(L, 1);
    if (failed)
        return pv_fail_memory(error);
    if (rule->judges_count == 0 && !read_texts(L, table, "judges", arena, &rule->judges, &rule->judges_count, error))
        return false;
    if (rule->judges_count > 0 && rule->each == PV_SUBJECT_COLLECTION)
        return pv_fail(error, PV_ERROR_SHAPE, "judges: conditions are those of one submission, not of a collection");
    for (size_t i = 0; i < rule->judges_count; i++)
        if (!check_judged(rule->judges[i], form, arena, error))
            return false;
    return true;
}

/* The parts of the declaration at table that are tables themselves. */
static bool read_tables(lua_State *L, int table, pv_arena *arena, declared *out, pv_error *error) {
    pv_rule *rule = &out->rule;
    bool valid = read_texts(L, table, "tags", arena, &rule->tags, &rule->tag_count, error) &&
                 read_texts(L, table, "replaces", arena, &rule->replaces, &rule->replaces_count, error);
    if (valid && lua_getfield(L, table, "parameters") == LUA_TTABLE)
        valid = pv_parameters_read(L, -1, arena, rule, error);
    if (valid && lua_getfield(L, table, "examples") == LUA_TTABLE)
        valid = pv_examples_read(L, -1, arena, rule, &out->examples, error);
    lua_settop(L, table);
    rule->example_count = out->examples.count;
    return valid;
}

/* The table on top. */
static bool read_rule(lua_State *L, const pv_rule_loader *loader, declared *out, pv_error *error) {
    int table = lua_gettop(L);
    if (!check_id(loader, out->rule.id, error) || !pv_declaration_check(L, table, pv_rule_keys, error))
        return false;
    pv_arena *arena = loader->catalogue->arena;
    pv_rule *rule = &out->rule;
    bool failed = false;
    pv_str each = pv_declaration_text(L, table, "each", arena, &failed);
    pv_str level = pv_declaration_text(L, table, "level", arena, &failed);
    pv_str review_level = pv_declaration_text(L, table, "review_level", arena, &failed);
    rule->title = pv_declaration_text(L, table, "title", arena, &failed);
    rule->citation = pv_declaration_text(L, table, "citation", arena, &failed);
    rule->remedy = pv_declaration_text(L, table, "remedy", arena, &failed);
    rule->why = pv_declaration_text(L, table, "why", arena, &failed);
    rule->record_kind = pv_declaration_text(L, table, "record", arena, &failed);
    rule->matrix = pv_declaration_text(L, table, "matrix", arena, &failed);
    rule->checks_blank = pv_declaration_flag(L, table, "blank");
    rule->checks_typed = pv_declaration_flag(L, table, "typed");
    rule->not_waivable = pv_declaration_is_false(L, table, "waivable");
    if (failed)
        return pv_fail_memory(error);
    return read_named_level(&rule->level, "level", level, error) && read_review_level(rule, review_level, error) &&
           read_subject(rule, each, error) && check_record_kind(rule, pv_runtime_of(L)->form, error) &&
           check_matrix(rule, pv_runtime_of(L)->form, error) && read_window(L, table, rule, error) &&
           read_tables(L, table, arena, out, error) &&
           read_judges(L, table, pv_runtime_of(L)->form, arena, rule, error);
}

/* [-0, +0, -] The line of the file that calls the function running. */
static int calling_line(lua_State *L) {
    lua_Debug caller;
    return lua_getstack(L, 1, &caller) && lua_getinfo(L, "l", &caller) ? caller.currentline : 0;
}

/* [-0, +0, v] */
static void declare(lua_State *L, pv_rule_loader *loader, pv_str id) {
    pv_arena *arena = loader->catalogue->arena;
    const pv_source *source = loader->catalogue->files[loader->file].chunk.source;
    declared *added = PV_NEW(arena, declared);
    pv_str kept_id = pv_arena_copy(arena, id);
    if (!added || !kept_id.data) {
        (void)MAY_RAISE(pv_runtime_stop_memory(L));
        return;
    }
    int line = calling_line(L);
    added->number = loader->declarations;
    added->rule.id = kept_id;
    added->rule.source = source;
    added->rule.at = span_of_line(source, line);
    pv_error fault = {0};
    added->refused = !read_rule(L, loader, added, &fault);
    if (added->refused)
        note_fault(loader, PV_FAULT_LOAD, kept_id, fault.message, source,
                   pv_source_locate(source, added->rule.at.start));
    if (loader->last)
        loader->last->next = added;
    else
        loader->first = added;
    loader->last = added;
}

/* [-0, +0, v] Keeps the functions of the declaration on top. */
static void keep_functions(lua_State *L, size_t number) {
    int table = lua_gettop(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, FUNCTIONS);
    lua_getfield(L, table, "check");
    lua_rawseti(L, -2, 2 * (lua_Integer)number + 1);
    lua_getfield(L, table, "when");
    lua_rawseti(L, -2, 2 * (lua_Integer)number + 2);
    lua_settop(L, table);
}

/* The call with the table; upvalue: the id. */
static int l_declare(lua_State *L) {
    pv_rule_loader *loader = pv_runtime_of(L)->loader;
    luaL_checktype(L, 1, LUA_TTABLE);
    if (!loader)
        return luaL_error(L, "rules are declared at file level only");
    lua_settop(L, 1);
    pv_str id = pv_lua_str(L, lua_upvalueindex(1));
    if (!loader->instantiating)
        MAY_RAISE(declare(L, loader, id));
    MAY_RAISE(keep_functions(L, loader->declarations));
    loader->declarations++;
    if (loader->unfinished > 0)
        loader->unfinished--;
    return 0;
}

/* [-0, +0, v] Remembers that the rule whose id is on top still needs its table. */
static void begin_rule(lua_State *L, pv_rule_loader *loader) {
    if (loader->unfinished++ > 0)
        return;
    pv_str id = pv_lua_str(L, -1);
    loader->first_unfinished = pv_arena_copy(loader->catalogue->arena, id);
    loader->unfinished_line = calling_line(L);
    if (!loader->first_unfinished.data)
        (void)MAY_RAISE(pv_runtime_stop_memory(L));
}

int l_rule(lua_State *L) {
    if (lua_type(L, 1) != LUA_TSTRING)
        return luaL_error(L, "a rule's id is a string: rule \"pack.name\" { … }");
    pv_rule_loader *loader = pv_runtime_of(L)->loader;
    lua_settop(L, 1);
    if (loader && !loader->instantiating)
        MAY_RAISE(begin_rule(L, loader));
    lua_pushcclosure(L, l_declare, 1);
    return 1;
}

/* ---- names that a file shares with those after it ---- */

/* [-1, +0, v] Makes names of what a rule file returned, which is on top: a table, name to value. They are known to the
 * files after it. Raises for anything else, and for a name that is there already. */
static void share_names(lua_State *L) {
    int names = lua_gettop(L);
    if (lua_type(L, names) != LUA_TTABLE)
        luaL_error(L, "a rule file returns nothing, or a table of what the files after it may use, not a %s",
                   luaL_typename(L, names));
    MAY_RAISE(pv_sandbox_push_sorted_keys(L, names));
    for (lua_Integer i = 1; i <= (lua_Integer)lua_rawlen(L, names + 1); i++) {
        if (lua_rawgeti(L, names + 1, i) != LUA_TSTRING)
            luaL_error(L, "what a rule file shares has names, as in: return { limit = limit }");
        if (pv_sandbox_is_declared(L))
            luaL_error(L, "\"%s\" cannot be shared: there is such a name already", lua_tostring(L, -1));
        lua_pop(L, 1);
    }
    lua_settop(L, names);
    pv_sandbox_declare(L);
}

/* ---- running the files ---- */

static int run_chunk(lua_State *L) {
    pv_rule_loader *loader = pv_runtime_of(L)->loader;
    pv_rule_file *file = &loader->catalogue->files[loader->file];
    MAY_RAISE(pv_chunk_push(L, &file->chunk));
    file->compiles = true;
    lua_call(L, 0, 1);
    loader->shares = !lua_isnil(L, -1);
    if (loader->shares)
        MAY_RAISE(share_names(L));
    return 0;
}

/* False when the file, or running it, is at fault: the runtime's stop says how. */
static bool run_file(pv_runtime *runtime, pv_rule_loader *loader, size_t file) {
    loader->file = file;
    runtime->loader = loader;
    runtime->loading = true;
    bool ran = pv_runtime_call(runtime, run_chunk, NULL);
    runtime->loading = false;
    runtime->loader = NULL;
    return ran;
}

static void note_file_fault(pv_rule_loader *loader, const pv_runtime *runtime) {
    const pv_stop *stop = &runtime->stop;
    const pv_rule_file *file = &loader->catalogue->files[loader->file];
    note_fault(loader, stop->stopped ? stop->kind : PV_FAULT_LOAD, PV_STR(""), stop->message,
               stop->file ? stop->file : file->chunk.source, stop->file ? pv_stop_position(stop) : NOWHERE);
}

/* Reads one file. What it declared before it raised is kept; after a stop nothing is, as sessions would stop there
 * again. */
static void read_file(pv_rule_loader *loader, pv_runtime *runtime, size_t number) {
    pv_rule_file *file = &loader->catalogue->files[number];
    declared *before = loader->last;
    if (file->chunk.text.size > runtime->limits.rule_file_bytes) {
        note_fault(loader, PV_FAULT_LOAD, PV_STR(""), "the file is larger than a rule file may be", file->chunk.source,
                   NOWHERE);
        return;
    }
    pv_error error = {0};
    if (!pv_source_check_encoding(file->chunk.text, &error)) {
        pv_position at = pv_source_locate(file->chunk.source, error.where.start);
        note_fault(loader, PV_FAULT_LOAD, PV_STR(""), error.message, file->chunk.source, at);
        return;
    }
    file->runs = true;
    file->first_declaration = loader->declarations;
    loader->unfinished = 0;
    file->is_whole = run_file(runtime, loader, number);
    if (file->is_whole) {
        if (loader->unfinished > 0)
            note_fault(
                loader, PV_FAULT_LOAD, loader->first_unfinished,
                "the rule is not declared: its table is missing after the id", file->chunk.source,
                pv_source_locate(file->chunk.source, span_of_line(file->chunk.source, loader->unfinished_line).start));
        else if (loader->declarations == file->first_declaration && !loader->shares)
            note_fault(loader, PV_FAULT_LOAD, PV_STR(""),
                       "the file declares no rule, and shares no names with others: it judges nothing",
                       file->chunk.source, NOWHERE);
        return;
    }
    note_file_fault(loader, runtime);
    file->runs = !runtime->stop.stopped;
    if (file->runs)
        return;
    loader->catalogue->stopped = true;
    for (declared *each = before ? before->next : loader->first; each; each = each->next)
        each->refused = true;
}

/* ---- the catalogue ---- */

static int compare_declared(const void *a, const void *b) {
    return pv_str_compare_natural((*(declared *const *)a)->rule.id, (*(declared *const *)b)->rule.id);
}

static size_t count_accepted(const pv_rule_loader *loader) {
    size_t count = 0;
    for (const declared *each = loader->first; each; each = each->next)
        count += !each->refused;
    return count;
}

static bool collect_rules(pv_rule_loader *loader) {
    pv_catalogue *catalogue = loader->catalogue;
    size_t count = count_accepted(loader);
    declared **sorted = PV_NEW_ARRAY(catalogue->arena, declared *, count);
    pv_rule *rules = PV_NEW_ARRAY(catalogue->arena, pv_rule, count);
    pv_example_list *examples = PV_NEW_ARRAY(catalogue->arena, pv_example_list, count);
    size_t *declarations = PV_NEW_ARRAY(catalogue->arena, size_t, count);
    catalogue->functions = PV_NEW_ARRAY(catalogue->arena, pv_rule_functions, count);
    if (!sorted || !rules || !examples || !declarations || !catalogue->functions)
        return false;
    size_t number = 0;
    for (declared *each = loader->first; each; each = each->next)
        if (!each->refused)
            sorted[number++] = each;
    qsort(sorted, count, sizeof(declared *), compare_declared);
    for (size_t i = 0; i < count; i++) {
        rules[i] = sorted[i]->rule;
        examples[i] = sorted[i]->examples;
        declarations[i] = sorted[i]->number;
    }
    catalogue->rules = rules;
    catalogue->examples = examples;
    catalogue->declarations = declarations;
    catalogue->rule_count = count;
    return true;
}

static bool collect_faults(pv_rule_loader *loader) {
    size_t count = 0;
    for (const noted_fault *each = loader->first_fault; each; each = each->next)
        count++;
    pv_fault *faults = PV_NEW_ARRAY(loader->catalogue->arena, pv_fault, count);
    if (!faults || loader->memory_refused)
        return false;
    size_t number = 0;
    for (const noted_fault *each = loader->first_fault; each; each = each->next)
        faults[number++] = each->fault;
    loader->catalogue->faults = faults;
    loader->catalogue->fault_count = count;
    return true;
}

static bool prepare_file(pv_rule_file *file, const pv_source *source, pv_arena *arena) {
    pv_str name = pv_arena_format(arena, "@%.*s", PV_STR_ARG(source->path));
    file->chunk = (pv_chunk){.name = name.data, .text = source->bytes, .source = source};
    if (pv_str_starts_with(file->chunk.text, PV_STR("\xEF\xBB\xBF")))
        file->chunk.text = pv_str_slice(file->chunk.text, 3, file->chunk.text.size);
    return name.data != NULL;
}

static int create_functions(lua_State *L) {
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, FUNCTIONS);
    return 0;
}

/* How many arguments a function has a name for. */
static uint8_t arguments_of(const lua_Debug *function) {
    enum { MOST = 3 };
    return (uint8_t)(function->isvararg || function->nparams > MOST ? MOST : function->nparams);
}

/* [-1, +0, -] A function on top that is written in C takes as many arguments as there are. */
static void look_at_when(lua_State *L, pv_rule_functions *out) {
    lua_Debug info;
    lua_getinfo(L, ">u", &info);
    out->has_when = true;
    out->when_is_closed = info.nups == 0 && !info.isvararg;
    out->when_arguments = arguments_of(&info);
}

/* [-0, +0, -] Whether the function on top finds names in the rule language alone: its only upvalue is that. */
static bool knows_language_alone(lua_State *L, const lua_Debug *function) {
    const char *name = function->nups == 1 ? lua_getupvalue(L, -1, 1) : NULL;
    if (name)
        lua_pop(L, 1);
    return function->nups == 0 || (name && strcmp(name, "_ENV") == 0);
}

/* Whether the function stands in the file that declares the rule: another may have shared it. */
static bool stands_in_own_file(const pv_rule *rule, const lua_Debug *function) {
    return rule->source && function->source[0] == '@' &&
           pv_str_equal(pv_str_from(function->source + 1), rule->source->path);
}

/* [-1, +0, -] */
static void look_at_check(lua_State *L, const pv_rule *rule, pv_rule_functions *out) {
    lua_Debug info;
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">uS", &info);
    out->check_arguments = arguments_of(&info);
    out->check_is_plain = stands_in_own_file(rule, &info) && !info.isvararg && knows_language_alone(L, &info);
    out->check_line = (uint32_t)info.linedefined;
    out->check_last_line = (uint32_t)info.lastlinedefined;
    lua_pop(L, 1);
}

static int look_at_functions(lua_State *L) {
    pv_catalogue *catalogue = lua_touserdata(L, 1);
    for (size_t i = 0; i < catalogue->rule_count; i++) {
        pv_rule_functions *out = &catalogue->functions[i];
        pv_catalogue_push_functions(L, catalogue, i);
        if (lua_isfunction(L, -1))
            look_at_when(L, out);
        else
            lua_pop(L, 1);
        if (lua_isfunction(L, -1))
            look_at_check(L, &catalogue->rules[i], out);
        else
            lua_pop(L, 1);
    }
    return 0;
}

bool pv_catalogue_read(pv_catalogue *out, pv_runtime *runtime, pv_arena *arena, pv_error *error) {
    *out = (pv_catalogue){.arena = arena, .file_count = runtime->file_count};
    out->files = PV_NEW_ARRAY(arena, pv_rule_file, out->file_count);
    if (!out->files || !pv_runtime_call(runtime, create_functions, NULL))
        return pv_fail_memory(error);
    pv_rule_loader loader = {.catalogue = out};
    for (size_t i = 0; i < out->file_count; i++) {
        if (!prepare_file(&out->files[i], runtime->files[i], arena))
            return pv_fail_memory(error);
        read_file(&loader, runtime, i);
    }
    bool is_whole = !loader.first_fault && !out->stopped;
    if (out->file_count > 0 && loader.declarations == 0 && is_whole)
        note_fault(&loader, PV_FAULT_LOAD, PV_STR(""), "no file of the pack declares a rule: they judge nothing",
                   out->files[out->file_count - 1].chunk.source, NOWHERE);
    return (collect_rules(&loader) && collect_faults(&loader) && pv_runtime_call(runtime, look_at_functions, out)) ||
           pv_fail_memory(error);
}

/* What names are gathered for. */
typedef struct gathered_names {
    pv_arena *arena;
    PV_ARRAY(pv_str) names;
} gathered_names;

/* Charged to nobody: it is no rule that asks. */
static int gather_names(lua_State *L) {
    gathered_names *all = lua_touserdata(L, 1);
    pv_sandbox_push_names(L);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            continue;
        pv_str *name = pv_check_memory(L, PV_ARRAY_ADD(all->arena, &all->names));
        pv_str kept = pv_lua_str(L, -2);
        *name = pv_arena_copy(all->arena, kept);
        if (!name->data)
            return pv_runtime_stop_memory(L);
    }
    return 0;
}

static int compare_names(const void *a, const void *b) {
    return pv_str_compare(*(const pv_str *)a, *(const pv_str *)b);
}

const pv_str *pv_catalogue_names(pv_runtime *runtime, pv_arena *arena, size_t *count) {
    gathered_names all = {.arena = arena};
    bool gathered = pv_runtime_call(runtime, gather_names, &all);
    *count = all.names.count;
    if (gathered)
        qsort(all.names.items, all.names.count, sizeof *all.names.items, compare_names);
    return gathered ? all.names.items : NULL;
}

void pv_catalogue_refuse(pv_catalogue *catalogue, const bool *refused) {
    size_t kept = 0;
    for (size_t i = 0; i < catalogue->rule_count; i++) {
        if (refused[i])
            continue;
        catalogue->rules[kept] = catalogue->rules[i];
        catalogue->examples[kept] = catalogue->examples[i];
        catalogue->functions[kept] = catalogue->functions[i];
        catalogue->declarations[kept++] = catalogue->declarations[i];
    }
    catalogue->rule_count = kept;
}

bool pv_catalogue_instantiate(pv_catalogue *catalogue, pv_runtime *runtime) {
    pv_rule_loader loader = {.catalogue = catalogue, .instantiating = true};
    if (!pv_runtime_call(runtime, create_functions, NULL))
        return false;
    for (size_t i = 0; i < catalogue->file_count; i++) {
        loader.declarations = catalogue->files[i].first_declaration;
        if (catalogue->files[i].runs)
            (void)run_file(runtime, &loader, i); /* what it could not declare, evaluating reports */
    }
    return true;
}

void pv_catalogue_push_functions(lua_State *L, const pv_catalogue *catalogue, size_t rule_index) {
    lua_Integer number = (lua_Integer)catalogue->declarations[rule_index];
    lua_rawgeti(L, LUA_REGISTRYINDEX, FUNCTIONS);
    lua_rawgeti(L, -1, 2 * number + 1);
    lua_rawgeti(L, -2, 2 * number + 2);
    lua_remove(L, -3);
}
