/* Each key of a configuration, read by one function that sets its value: the same for the file and for an override. */
#include "base/glob.h"
#include "cli/config.h"
#include "cli/files.h"
#include "model/message.h"
#include "model/shape.h"

static const pv_str key_names[PV_CONFIG_KEY_COUNT] = {
    [PV_CONFIG_PACK] = PV_STR("pack"),
    [PV_CONFIG_MODE] = PV_STR("mode"),
    [PV_CONFIG_FAIL_ON] = PV_STR("fail_on"),
    [PV_CONFIG_LEVELS] = PV_STR("levels"),
    [PV_CONFIG_PARAMETERS] = PV_STR("parameters"),
    [PV_CONFIG_PACKS] = PV_STR("packs"),
    [PV_CONFIG_INCLUDE] = PV_STR("include"),
    [PV_CONFIG_IGNORE] = PV_STR("ignore"),
    [PV_CONFIG_OVERRIDES] = PV_STR("overrides"),
    [PV_CONFIG_WAIVERS] = PV_STR("waivers"),
    [PV_CONFIG_BASELINE] = PV_STR("baseline"),
    [PV_CONFIG_FORMATS] = PV_STR("formats"),
};

/* Keys of an override: what it is for stands first. */
enum { OVERRIDE_PATHS, OVERRIDE_FIRST_KEY, OVERRIDE_KEY_COUNT = OVERRIDE_FIRST_KEY + PV_CONFIG_OVERRIDABLE };

static const pv_str override_names[OVERRIDE_KEY_COUNT] = {
    PV_STR("paths"), PV_STR("pack"), PV_STR("mode"), PV_STR("fail_on"), PV_STR("levels"), PV_STR("parameters"),
};

const pv_str *pv_config_keys(size_t *count) {
    *count = PV_CONFIG_KEY_COUNT - PV_CONFIG_MODE;
    return &key_names[PV_CONFIG_MODE];
}

const pv_str *pv_config_override_keys(size_t *count) {
    *count = OVERRIDE_KEY_COUNT;
    return override_names;
}

const char *pv_config_key_name(pv_config_key key) {
    return key_names[key].data;
}

/* ---- names of files ---- */

/* name, which is said from the configuration's own folder: that need not be written when it is this one. */
static bool resolve(const pv_config *config, pv_arena *arena, pv_str name, pv_str *out, pv_error *error) {
    pv_str folder = pv_files_folder_of(config->path);
    bool is_whole = pv_str_starts_with(name, PV_STR("/")) || pv_str_equal(folder, PV_STR("."));
    *out = is_whole ? pv_arena_copy(arena, name) : pv_files_join(arena, folder, name);
    return out->data || pv_fail_memory(error);
}

static bool read_file_name(const pv_config *config, pv_arena *arena, const pv_node *node, const char *what, pv_str *out,
                           pv_error *error) {
    pv_str name;
    return pv_shape_name(node, what, &name, error) && resolve(config, arena, name, out, error);
}

static bool read_packs(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error) {
    if (!read_file_name(config, arena, node, "the folder of packs", &config->packs, error))
        return false;
    return pv_files_is_folder(config->packs) ||
           pv_fail_at(error, PV_ERROR_SHAPE, node->span, "the folder of packs %s does not exist",
                      pv_message_quote(config->packs).text);
}

/* An id, or a folder where there is a "/" in it. */
static bool read_pack(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error) {
    if (!pv_shape_name(node, "the pack", &config->pack, error))
        return false;
    bool is_folder = pv_str_find(config->pack, PV_STR("/"), 0) != SIZE_MAX;
    return !is_folder || resolve(config, arena, config->pack, &config->pack, error);
}

static bool read_waivers(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error) {
    return read_file_name(config, arena, node, "the file of waivers", &config->waivers, error);
}

static bool read_baseline(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error) {
    return read_file_name(config, arena, node, "the file of the baseline", &config->baseline, error);
}

/* ---- how findings count ---- */

static bool fail_choice(const pv_node *node, const char *what, const pv_str *choices, size_t count, pv_error *error) {
    pv_str value = pv_node_value(node);
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "there is no %s '%s'%s", what, pv_message_quote(value).text,
                      pv_message_hint(value, choices, count).text);
}

static bool read_mode(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error) {
    const pv_str choices[] = {PV_STR("draft"), PV_STR("submission"), PV_STR("gate")};
    (void)arena;
    if (!pv_shape_expect(node, PV_NODE_SCALAR, "the mode", error))
        return false;
    config->has_mode = pv_mode_from_name(pv_node_value(node), &config->mode);
    return config->has_mode || fail_choice(node, "mode", choices, sizeof choices / sizeof *choices, error);
}

static bool read_level(const pv_node *node, pv_level *out, pv_error *error) {
    const pv_str choices[] = {PV_STR("error"), PV_STR("warning"), PV_STR("note")};
    if (!pv_shape_expect(node, PV_NODE_SCALAR, "a level", error))
        return false;
    return pv_level_from_name(pv_node_value(node), out) ||
           fail_choice(node, "level", choices, sizeof choices / sizeof *choices, error);
}

static bool read_fail_on(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error) {
    (void)arena;
    config->has_fail_on = read_level(node, &config->fail_on, error);
    return config->has_fail_on;
}

static bool read_level_change(pv_level_change *out, const pv_node *node, pv_error *error) {
    pv_error wrong = {0};
    pv_str value = pv_node_value(node);
    *out = (pv_level_change){.rule_pattern = pv_node_value(node->key), .at = node->key->span};
    if (!pv_glob_check(out->rule_pattern, &wrong))
        return pv_fail_at(error, wrong.code, node->key->span, "%s", wrong.message);
    if (pv_str_equal(value, PV_STR("off")) || pv_str_equal(value, PV_STR("none")))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                          "a rule cannot be switched off; the lowest level of its findings is note");
    return read_level(node, &out->level, error);
}

/* After those that are set already, which they outweigh. */
static bool read_levels(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error) {
    if (!pv_shape_expect(node, PV_NODE_MAPPING, "the levels", error))
        return false;
    pv_level_change *levels = PV_NEW_ARRAY(arena, pv_level_change, config->level_count + node->count);
    if (!levels)
        return pv_fail_memory(error);
    for (size_t i = 0; i < config->level_count; i++)
        levels[i] = config->levels[i];
    for (const pv_node *each = node->first; each; each = each->next)
        if (!read_level_change(&levels[config->level_count + each->index], each, error))
            return false;
    config->levels = levels;
    config->level_count += node->count;
    return true;
}

static bool read_parameters(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error) {
    pv_settings *before = NULL;
    if (config->parameters.rules) {
        before = PV_NEW(arena, pv_settings);
        if (!before)
            return pv_fail_memory(error);
        *before = config->parameters;
    }
    if (!pv_settings_read(&config->parameters, config->source, node, error))
        return false;
    config->parameters.before = before;
    return true;
}

/* ---- which files, and what comes of them ---- */

static bool read_include(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error) {
    return pv_path_patterns_read(&config->include, arena, node, "what is included", error);
}

static bool read_ignore(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error) {
    return pv_path_patterns_read(&config->ignore, arena, node, "what is ignored", error);
}

/* The file of F=FILE is said from the configuration's folder. */
static bool read_format(const pv_config *config, pv_arena *arena, const pv_node *node, pv_str *out, pv_error *error) {
    pv_str file;
    if (!pv_shape_name(node, "a format", out, error))
        return false;
    size_t equals = pv_str_find(*out, PV_STR("="), 0);
    if (equals == SIZE_MAX || equals + 1 == out->size)
        return true;
    if (!resolve(config, arena, pv_str_slice(*out, equals + 1, out->size), &file, error))
        return false;
    *out = pv_arena_format(arena, "%.*s%.*s", (int)equals + 1, out->data, PV_STR_ARG(file));
    return out->data || pv_fail_memory(error);
}

static bool read_formats(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error) {
    if (!pv_shape_expect(node, PV_NODE_SEQUENCE, "the formats", error))
        return false;
    if (node->count == 0)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                          "the formats are empty; leave the key out for the default");
    pv_str *formats = PV_NEW_ARRAY(arena, pv_str, node->count);
    if (!formats)
        return pv_fail_memory(error);
    for (const pv_node *each = node->first; each; each = each->next)
        if (!read_format(config, arena, each, &formats[each->index], error))
            return false;
    config->formats = formats;
    config->format_count = node->count;
    return true;
}

/* ---- overrides, and the whole ---- */

static bool read_overrides(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error);

static bool (*const readers[PV_CONFIG_KEY_COUNT])(pv_config *, pv_arena *, const pv_node *, pv_error *) = {
    [PV_CONFIG_PACK] = read_pack,
    [PV_CONFIG_MODE] = read_mode,
    [PV_CONFIG_FAIL_ON] = read_fail_on,
    [PV_CONFIG_LEVELS] = read_levels,
    [PV_CONFIG_PARAMETERS] = read_parameters,
    [PV_CONFIG_PACKS] = read_packs,
    [PV_CONFIG_INCLUDE] = read_include,
    [PV_CONFIG_IGNORE] = read_ignore,
    [PV_CONFIG_OVERRIDES] = read_overrides,
    [PV_CONFIG_WAIVERS] = read_waivers,
    [PV_CONFIG_BASELINE] = read_baseline,
    [PV_CONFIG_FORMATS] = read_formats,
};

static bool set_values(pv_config *config, pv_arena *arena, const pv_node *const *nodes, pv_config_key first,
                       pv_config_key end, pv_error *error) {
    for (pv_config_key key = first; key < end; key++) {
        if (!nodes[key - first])
            continue;
        config->set[key] = nodes[key - first];
        if (!readers[key](config, arena, nodes[key - first], error))
            return false;
    }
    return true;
}

bool pv_config_override_with(pv_config *config, pv_arena *arena, const pv_config_override *with, pv_error *error) {
    return set_values(config, arena, with->set, PV_CONFIG_PACK, PV_CONFIG_OVERRIDABLE, error);
}

/* What an override sets is read here too, so that it is right whether or not there is a file for it. */
static bool read_override(pv_config_override *out, const pv_config *config, pv_arena *arena, const pv_node *node,
                          pv_error *error) {
    static const pv_shape shape = {"an override", override_names, OVERRIDE_KEY_COUNT, OVERRIDE_FIRST_KEY};
    const pv_node *children[OVERRIDE_KEY_COUNT];
    if (!pv_shape_read(&shape, node, children, error) ||
        !pv_path_patterns_read(&out->paths, arena, children[OVERRIDE_PATHS], "the paths of an override", error))
        return false;
    for (size_t i = 0; i < PV_CONFIG_OVERRIDABLE; i++)
        out->set[i] = children[OVERRIDE_FIRST_KEY + i];
    pv_config alone = {.path = config->path, .source = config->source};
    return pv_config_override_with(&alone, arena, out, error);
}

static bool read_overrides(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error) {
    if (!pv_shape_expect(node, PV_NODE_SEQUENCE, "the overrides", error))
        return false;
    if (node->count > PV_CONFIG_MAX_OVERRIDES)
        return pv_fail_at(error, PV_ERROR_LIMIT, node->span, "there are %zu overrides; at most %zu are allowed",
                          node->count, PV_CONFIG_MAX_OVERRIDES);
    pv_config_override *overrides = PV_NEW_ARRAY(arena, pv_config_override, node->count);
    if (!overrides)
        return pv_fail_memory(error);
    for (const pv_node *each = node->first; each; each = each->next)
        if (!read_override(&overrides[each->index], config, arena, each, error))
            return false;
    config->overrides = overrides;
    config->override_count = node->count;
    return true;
}

bool pv_config_read_document(pv_config *config, pv_arena *arena, const pv_document *document, pv_error *error) {
    const pv_shape shape = {
        .what = "the configuration",
        .keys = &key_names[PV_CONFIG_MODE],
        .key_count = PV_CONFIG_KEY_COUNT - PV_CONFIG_MODE,
    };
    const pv_node *children[PV_CONFIG_KEY_COUNT - PV_CONFIG_MODE];
    const pv_node *day = pv_node_get(document->root, PV_STR("as_of"));
    config->source = document->source;
    if (day)
        return pv_fail_at(error, PV_ERROR_SHAPE, day->key->span,
                          "a day does not stand in a configuration, which lives on; say it with --as-of");
    return pv_shape_read(&shape, document->root, children, error) &&
           set_values(config, arena, children, PV_CONFIG_MODE, PV_CONFIG_KEY_COUNT, error);
}
