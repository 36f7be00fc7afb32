#include "lua/authoring/authoring_p.h"
#include "lua/values/values.h"
#include "lua/vocabulary/vocabulary.h"

typedef struct describer {
    pv_arena *arena;
    pv_error *error;
} describer;

/* ---- classes ---- */

static bool describe_members(describer *all, const pv_member *members, const pv_language_name **out, size_t *count) {
    size_t total = 0;
    while (members[total].name)
        total++;
    pv_language_name *names = PV_NEW_ARRAY(all->arena, pv_language_name, total);
    if (!names)
        return pv_fail_memory(all->error);
    for (size_t i = 0; i < total; i++)
        if (!pv_language_read_name(&names[i], all->arena, pv_str_from(members[i].signature),
                                   pv_str_from(members[i].doc), all->error))
            return false;
    *out = names;
    *count = total;
    return true;
}

static bool describe_classes(describer *all, pv_language *out) {
    size_t total = 0;
    while (pv_classes[total])
        total++;
    pv_language_class *classes = PV_NEW_ARRAY(all->arena, pv_language_class, total);
    if (!classes)
        return pv_fail_memory(all->error);
    for (size_t i = 0; i < total; i++) {
        const pv_class *class = pv_classes[i];
        classes[i] = (pv_language_class){
            .name = pv_str_from(class->name),
            .doc = pv_str_from(class->doc),
            .element = pv_str_from(class->element),
            .is_list = class->inherited != NULL,
            .is_open = class->get_declared != NULL,
        };
        if (!describe_members(all, class->members, &classes[i].names, &classes[i].name_count))
            return false;
    }
    out->classes = classes;
    out->class_count = total;
    return describe_members(all, pv_list_members, &out->list_methods, &out->list_method_count);
}

/* ---- functions written in C ---- */

static bool describe_functions(describer *all, const pv_function_group *group, pv_language_group *out) {
    size_t total = 0;
    while (group->functions[total].name)
        total++;
    pv_language_name *names = PV_NEW_ARRAY(all->arena, pv_language_name, total);
    if (!names)
        return pv_fail_memory(all->error);
    for (size_t i = 0; i < total; i++)
        if (!pv_language_read_name(&names[i], all->arena, pv_str_from(group->functions[i].signature),
                                   pv_str_from(group->functions[i].doc), all->error))
            return false;
    *out = (pv_language_group){pv_str_from(group->title), names, total};
    return true;
}

/* ---- functions written in Lua: "--- name(x, limit): verdict", more comment lines, then the function ---- */

/* The line of text at *from, which then stands at the next; false at the end. */
static bool next_line(pv_str text, size_t *from, pv_str *line) {
    if (*from >= text.size)
        return false;
    size_t end = pv_str_find(text, PV_STR("\n"), *from);
    if (end == SIZE_MAX)
        end = text.size;
    *line = pv_str_slice(text, *from, end);
    *from = end + 1;
    return true;
}

static pv_str without_prefix(pv_str line, pv_str prefix) {
    return pv_str_trim(pv_str_slice(line, prefix.size, line.size));
}

/* The comment lines from *from on as one text; *from then stands after them. */
static pv_str read_comment(describer *all, pv_str text, size_t *from) {
    pv_str line;
    pv_str joined = PV_STR("");
    for (size_t next = *from; next_line(text, &next, &line) && pv_str_starts_with(line, PV_STR("--")); *from = next) {
        pv_str part = without_prefix(line, PV_STR("--"));
        joined =
            pv_arena_format(all->arena, "%.*s%s%.*s", PV_STR_ARG(joined), joined.size ? " " : "", PV_STR_ARG(part));
        if (!joined.data)
            break;
    }
    return joined;
}

/* A file's title: the first sentence of the comment it opens with. */
static pv_str read_title(describer *all, pv_str text) {
    size_t from = 0;
    pv_str comment = read_comment(all, text, &from);
    size_t end = pv_str_find(comment, PV_STR(". "), 0);
    if (end == SIZE_MAX && pv_str_ends_with(comment, PV_STR(".")))
        end = comment.size - 1;
    return end == SIZE_MAX ? comment : pv_str_slice(comment, 0, end);
}

static size_t count_signatures(pv_str text) {
    size_t count = 0;
    size_t from = 0;
    for (pv_str line; next_line(text, &from, &line);)
        count += pv_str_starts_with(line, PV_STR("--- "));
    return count;
}

static bool describe_vocabulary(describer *all, const pv_prelude_file *file, pv_language_group *out) {
    pv_str text = {file->text, file->size};
    pv_language_name *names = PV_NEW_ARRAY(all->arena, pv_language_name, count_signatures(text));
    out->title = read_title(all, text);
    if (!names || !out->title.data)
        return pv_fail_memory(all->error);
    out->functions = names;
    size_t from = 0;
    for (pv_str line; next_line(text, &from, &line);) {
        if (!pv_str_starts_with(line, PV_STR("--- ")))
            continue;
        pv_str doc = read_comment(all, text, &from);
        if (!doc.data)
            return pv_fail_memory(all->error);
        if (!pv_language_read_name(&names[out->function_count++], all->arena, without_prefix(line, PV_STR("---")), doc,
                                   all->error))
            return false;
    }
    return true;
}

/* Files of the vocabulary that give rules nothing are left out. */
static bool describe_groups(describer *all, pv_language *out) {
    size_t capacity = 0;
    for (const pv_function_group *group = pv_function_groups; group->title; group++)
        capacity++;
    for (const pv_prelude_file *file = pv_prelude_files; file->name; file++)
        capacity++;
    pv_language_group *groups = PV_NEW_ARRAY(all->arena, pv_language_group, capacity);
    if (!groups)
        return pv_fail_memory(all->error);
    out->groups = groups;
    for (const pv_function_group *group = pv_function_groups; group->title; group++)
        if (!describe_functions(all, group, &groups[out->group_count++]))
            return false;
    for (const pv_prelude_file *file = pv_prelude_files; file->name; file++) {
        pv_language_group *group = &groups[out->group_count];
        if (!describe_vocabulary(all, file, group))
            return false;
        out->group_count += group->function_count > 0;
    }
    return true;
}

/* ---- texts that functions read ---- */

static bool describe_readings(describer *all, pv_language *out) {
    size_t total = 0;
    while (pv_readings[total].type)
        total++;
    pv_language_reading *readings = PV_NEW_ARRAY(all->arena, pv_language_reading, total);
    if (!readings)
        return pv_fail_memory(all->error);
    for (size_t i = 0; i < total; i++)
        readings[i] = (pv_language_reading){pv_str_from(pv_readings[i].type), pv_str_from(pv_readings[i].doc)};
    out->readings = readings;
    out->reading_count = total;
    return true;
}

/* ---- declarations and plain Lua ---- */

static bool describe_keys(describer *all, const char *name, const pv_declaration_key *keys,
                          pv_language_declaration *out) {
    size_t total = 0;
    while (keys[total].name)
        total++;
    pv_language_key *described = PV_NEW_ARRAY(all->arena, pv_language_key, total);
    if (!described)
        return pv_fail_memory(all->error);
    for (size_t i = 0; i < total; i++)
        described[i] = (pv_language_key){pv_str_from(keys[i].name), pv_str_from(keys[i].written), keys[i].required,
                                         pv_str_from(keys[i].doc)};
    *out = (pv_language_declaration){pv_str_from(name), described, total};
    return true;
}

static bool describe_declarations(describer *all, pv_language *out) {
    enum { COUNT = 4 };
    pv_language_declaration *declarations = PV_NEW_ARRAY(all->arena, pv_language_declaration, COUNT);
    if (!declarations)
        return pv_fail_memory(all->error);
    out->declarations = declarations;
    out->declaration_count = COUNT;
    return describe_keys(all, "rule", pv_rule_keys, &declarations[0]) &&
           describe_keys(all, "example", pv_example_keys, &declarations[1]) &&
           describe_keys(all, "finding", pv_finding_keys, &declarations[2]) &&
           describe_keys(all, "parameter", pv_parameter_keys, &declarations[3]);
}

static bool describe_library(describer *all, const char *name, const luaL_Reg *entries, pv_language_library *out) {
    size_t total = 0;
    while (entries[total].name)
        total++;
    pv_str *names = PV_NEW_ARRAY(all->arena, pv_str, total);
    if (!names)
        return pv_fail_memory(all->error);
    for (size_t i = 0; i < total; i++)
        names[i] = pv_str_from(entries[i].name);
    *out = (pv_language_library){pv_str_from(name), names, total};
    return true;
}

static bool describe_libraries(describer *all, pv_language *out) {
    enum { COUNT = 5 };
    pv_language_library *libraries = PV_NEW_ARRAY(all->arena, pv_language_library, COUNT);
    if (!libraries)
        return pv_fail_memory(all->error);
    out->libraries = libraries;
    out->library_count = COUNT;
    return describe_library(all, "", pv_sandbox_base_functions, &libraries[0]) &&
           describe_library(all, "string", pv_sandbox_string_functions, &libraries[1]) &&
           describe_library(all, "table", pv_sandbox_table_functions, &libraries[2]) &&
           describe_library(all, "math", pv_sandbox_math_functions, &libraries[3]) &&
           describe_library(all, "utf8", pv_sandbox_utf8_functions, &libraries[4]);
}

bool pv_lua_describe(pv_language *out, pv_arena *arena, pv_error *error) {
    describer all = {arena, error};
    *out = (pv_language){0};
    return describe_classes(&all, out) && describe_groups(&all, out) && describe_readings(&all, out) &&
           describe_declarations(&all, out) && describe_libraries(&all, out);
}
