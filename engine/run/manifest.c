#include "model/message.h"
#include "model/names.h"
#include "model/shape.h"
#include "run/pack.h"

static const pv_str manifest_keys[] = {
    PV_STR("pack"),   PV_STR("version"),   PV_STR("title"),      PV_STR("form"),     PV_STR("rules"),
    PV_STR("levels"), PV_STR("effective"), PV_STR("supersedes"), PV_STR("requires"), PV_STR("parameters")};
enum {
    MANIFEST_PACK,
    MANIFEST_VERSION,
    MANIFEST_TITLE,
    MANIFEST_FORM,
    MANIFEST_RULES,
    MANIFEST_LEVELS,
    MANIFEST_EFFECTIVE,
    MANIFEST_SUPERSEDES,
    MANIFEST_REQUIRES,
    MANIFEST_PARAMETERS,
    MANIFEST_KEY_COUNT
};

static const char *const mode_names[PV_MODE_COUNT] = {
    [PV_MODE_DRAFT] = "draft",
    [PV_MODE_SUBMISSION] = "submission",
    [PV_MODE_GATE] = "gate",
};

const char *pv_mode_name(pv_mode mode) {
    return mode_names[mode];
}

bool pv_mode_from_name(pv_str name, pv_mode *out) {
    for (size_t mode = 0; mode < PV_MODE_COUNT; mode++)
        if (pv_str_equal(name, pv_str_from(mode_names[mode]))) {
            *out = (pv_mode)mode;
            return true;
        }
    return false;
}

/* A pack is one folder: a path that leaves it, on any system, is refused here, before a command opens it. */
static bool stays_inside(pv_str path) {
    size_t start = 0;
    for (size_t i = 0; i <= path.size; i++) {
        if (i < path.size && (path.data[i] == '\\' || path.data[i] == ':'))
            return false;
        if (i < path.size && path.data[i] != '/')
            continue;
        pv_str part = pv_str_slice(path, start, i);
        if (part.size == 0 || pv_str_equal(part, PV_STR(".")) || pv_str_equal(part, PV_STR("..")))
            return false;
        start = i + 1;
    }
    return true;
}

static bool read_path(const pv_node *node, const char *what, pv_str *out, pv_error *error) {
    if (!pv_shape_name(node, what, out, error))
        return false;
    return stays_inside(*out) ||
           pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s must be a path inside the pack's folder, not '%s'", what,
                      pv_message_quote(*out).text);
}

static bool read_rule_files(pv_manifest *manifest, pv_arena *arena, const pv_node *list, pv_error *error) {
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "rules", error))
        return false;
    pv_str *files = PV_NEW_ARRAY(arena, pv_str, list->count);
    if (files == NULL)
        return pv_fail_memory(error);
    for (const pv_node *node = list->first; node != NULL; node = node->next)
        if (!read_path(node, "a rule file", &files[node->index], error))
            return false;
    manifest->rule_files = files;
    manifest->rule_file_count = list->count;
    pv_names names;
    size_t repeated;
    if (!pv_names_index(&names, arena, files, list->count, &repeated, error))
        return false;
    if (repeated == SIZE_MAX)
        return true;
    return pv_fail_at(error, PV_ERROR_SHAPE, pv_shape_element(list, repeated)->span, "the rule file %s is there twice",
                      pv_message_quote(files[repeated]).text);
}

static bool read_level(const pv_node *node, pv_level *out, pv_error *error) {
    pv_str names[PV_LEVEL_ERROR + 1];
    for (size_t level = 0; level <= PV_LEVEL_ERROR; level++)
        names[level] = pv_str_from(pv_level_name((pv_level)level));
    size_t position;
    if (!pv_shape_choice(node, "a level", names, PV_LEVEL_ERROR + 1, &position, error))
        return false;
    *out = (pv_level)position;
    return true;
}

static bool read_mode_levels(const pv_node *rules, pv_mode mode, pv_level_setting *settings, size_t *count,
                             pv_error *error) {
    if (!pv_shape_expect(rules, PV_NODE_MAPPING, "the levels of a mode", error))
        return false;
    for (const pv_node *node = rules->first; node != NULL; node = node->next) {
        pv_level_setting *setting = &settings[*count];
        *setting = (pv_level_setting){.mode = mode, .rule = pv_node_value(node->key), .at = node->key->span};
        if (!read_level(node, &setting->level, error))
            return false;
        (*count)++;
    }
    return true;
}

static bool read_levels(pv_manifest *manifest, pv_arena *arena, const pv_node *node, pv_error *error) {
    pv_str modes[PV_MODE_COUNT];
    for (size_t mode = 0; mode < PV_MODE_COUNT; mode++)
        modes[mode] = pv_str_from(mode_names[mode]);
    const pv_shape shape = {"levels", modes, PV_MODE_COUNT, 0};
    const pv_node *by_mode[PV_MODE_COUNT];
    if (!pv_shape_read(&shape, node, by_mode, error))
        return false;
    size_t room = 0;
    for (size_t mode = 0; mode < PV_MODE_COUNT; mode++)
        room += by_mode[mode] == NULL ? 0 : by_mode[mode]->count;
    pv_level_setting *settings = PV_NEW_ARRAY(arena, pv_level_setting, room);
    if (settings == NULL)
        return pv_fail_memory(error);
    manifest->levels = settings;
    for (size_t mode = 0; mode < PV_MODE_COUNT; mode++)
        if (by_mode[mode] != NULL &&
            !read_mode_levels(by_mode[mode], (pv_mode)mode, settings, &manifest->level_count, error))
            return false;
    return true;
}

static bool read_effective(pv_manifest *manifest, pv_arena *arena, const pv_node *node, pv_error *error) {
    enum { EFFECTIVE_FROM, EFFECTIVE_TO, EFFECTIVE_KEY_COUNT };
    static const pv_str keys[EFFECTIVE_KEY_COUNT] = {PV_STR("from"), PV_STR("to")};
    static const pv_shape shape = {"effective", keys, EFFECTIVE_KEY_COUNT, 0};
    const pv_node *part[EFFECTIVE_KEY_COUNT];
    if (!pv_shape_read(&shape, node, part, error))
        return false;
    manifest->has_from = part[EFFECTIVE_FROM] != NULL;
    manifest->has_to = part[EFFECTIVE_TO] != NULL;
    if (manifest->has_from && !pv_shape_date(arena, part[EFFECTIVE_FROM], "the day", &manifest->from, error))
        return false;
    if (manifest->has_to && !pv_shape_date(arena, part[EFFECTIVE_TO], "the day", &manifest->to, error))
        return false;
    if (part[EFFECTIVE_FROM] && part[EFFECTIVE_TO] && pv_date_compare(manifest->from, manifest->to) > 0)
        return pv_fail_at(error, PV_ERROR_SHAPE, part[EFFECTIVE_TO]->span, "the last day is before the first");
    return true;
}

static bool read_supersedes(pv_manifest *manifest, pv_arena *arena, const pv_node *list, pv_error *error) {
    if (!pv_shape_expect(list, PV_NODE_SEQUENCE, "supersedes", error))
        return false;
    pv_superseded *packs = PV_NEW_ARRAY(arena, pv_superseded, list->count);
    if (packs == NULL)
        return pv_fail_memory(error);
    for (const pv_node *node = list->first; node != NULL; node = node->next) {
        packs[node->index].at = node->span;
        if (!pv_shape_name(node, "a pack's id", &packs[node->index].pack, error))
            return false;
    }
    manifest->supersedes = packs;
    manifest->supersedes_count = list->count;
    return true;
}

/* The rest of it was held to before (run/requirements.h). */
static bool read_requires(pv_manifest *manifest, pv_arena *arena, const pv_node *node, pv_error *error) {
    const pv_node *as_of = pv_node_get(node, PV_STR("as_of"));
    return as_of == NULL || pv_shape_boolean(arena, as_of, "as_of", &manifest->needs_day, error);
}

/* The parts that may be left out. */
static bool read_options(pv_manifest *manifest, pv_arena *arena, const pv_node *const *part, pv_error *error) {
    return (part[MANIFEST_LEVELS] == NULL || read_levels(manifest, arena, part[MANIFEST_LEVELS], error)) &&
           (part[MANIFEST_EFFECTIVE] == NULL || read_effective(manifest, arena, part[MANIFEST_EFFECTIVE], error)) &&
           (part[MANIFEST_SUPERSEDES] == NULL || read_supersedes(manifest, arena, part[MANIFEST_SUPERSEDES], error)) &&
           (part[MANIFEST_REQUIRES] == NULL || read_requires(manifest, arena, part[MANIFEST_REQUIRES], error)) &&
           (part[MANIFEST_PARAMETERS] == NULL ||
            pv_settings_read(&manifest->parameters, manifest->source, part[MANIFEST_PARAMETERS], error));
}

bool pv_manifest_build(pv_manifest **out, pv_arena *arena, const pv_document *document, pv_error *error) {
    static const pv_shape shape = {"a pack", manifest_keys, MANIFEST_KEY_COUNT, MANIFEST_LEVELS};
    const pv_node *part[MANIFEST_KEY_COUNT];
    pv_manifest *manifest = PV_NEW(arena, pv_manifest);
    if (manifest == NULL)
        return pv_fail_memory(error);
    manifest->source = document->source;
    if (!pv_shape_read(&shape, document->root, part, error) ||
        !pv_shape_name(part[MANIFEST_PACK], "the pack's id", &manifest->id, error) ||
        !pv_shape_name(part[MANIFEST_VERSION], "the pack's version", &manifest->version, error) ||
        !pv_shape_prose(arena, part[MANIFEST_TITLE], "the pack's title", &manifest->title, error) ||
        !read_path(part[MANIFEST_FORM], "the form", &manifest->form_file, error) ||
        !read_rule_files(manifest, arena, part[MANIFEST_RULES], error) || !read_options(manifest, arena, part, error))
        return false;
    *out = manifest;
    return true;
}
