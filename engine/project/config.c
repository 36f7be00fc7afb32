#include "project/config.h"

#include <string.h>

#include "base/array.h"
#include "base/glob.h"
#include "model/message.h"
#include "model/shape.h"
#include "model/value.h"

/* ---- patterns of paths ---- */

static bool leads_out(pv_str glob) {
    return pv_str_equal(glob, PV_STR("..")) || pv_str_starts_with(glob, PV_STR("../")) ||
           pv_str_find(glob, PV_STR("/../"), 0) != SIZE_MAX || pv_str_ends_with(glob, PV_STR("/.."));
}

static bool read_pattern(pv_path_pattern *out, const pv_node *node, const char *what, pv_error *error) {
    pv_str glob;
    pv_error wrong = {0};
    if (!pv_shape_name(node, what, &glob, error))
        return false;
    *out = (pv_path_pattern){.node = node};
    out->takes_back = pv_str_starts_with(glob, PV_STR("!"));
    glob = pv_str_slice(glob, out->takes_back, glob.size);
    out->folder_only = pv_str_ends_with(glob, PV_STR("/"));
    glob = pv_str_slice(glob, 0, glob.size - out->folder_only);
    out->is_path = pv_str_find(glob, PV_STR("/"), 0) != SIZE_MAX;
    if (pv_str_starts_with(glob, PV_STR("./")))
        glob = pv_str_slice(glob, 2, glob.size);
    else if (pv_str_starts_with(glob, PV_STR("/")))
        glob = pv_str_slice(glob, 1, glob.size);
    out->glob = glob;
    if (glob.size == 0)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "the pattern '%s' names nothing",
                          pv_message_quote(pv_node_value(node)).text);
    if (leads_out(glob))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                          "the pattern '%s' leads out of the configuration's folder; a pattern is a path from there",
                          pv_message_quote(pv_node_value(node)).text);
    return pv_glob_check(glob, &wrong) || pv_fail_at(error, wrong.code, node->span, "%s", wrong.message);
}

bool pv_path_patterns_read(pv_path_patterns *out, pv_arena *arena, const pv_node *node, const char *what,
                           pv_error *error) {
    if (!pv_shape_expect(node, PV_NODE_SEQUENCE, what, error))
        return false;
    pv_path_pattern *list = PV_NEW_ARRAY(arena, pv_path_pattern, node->count);
    if (!list)
        return pv_fail_memory(error);
    for (const pv_node *each = node->first; each; each = each->next)
        if (!read_pattern(&list[each->index], each, "a pattern", error))
            return false;
    *out = (pv_path_patterns){list, node->count, PV_NEW_ARRAY(arena, bool, node->count)};
    if (!out->met)
        return pv_fail_memory(error);
    return true;
}

static bool matches(const pv_path_pattern *pattern, pv_str path) {
    return pv_glob_matches(pattern->glob, pattern->is_path ? path : pv_path_name(path));
}

/* The path itself, or a folder that it lies in. */
static bool matches_or_holds(const pv_path_pattern *pattern, pv_str path) {
    for (size_t end = pv_str_find(path, PV_STR("/"), 0); end != SIZE_MAX; end = pv_str_find(path, PV_STR("/"), end + 1))
        if (matches(pattern, pv_str_slice(path, 0, end)))
            return true;
    return !pattern->folder_only && matches(pattern, path);
}

const pv_path_pattern *pv_path_patterns_last(const pv_path_patterns *patterns, pv_str path) {
    for (size_t i = patterns->count; i > 0; i--)
        if (matches_or_holds(&patterns->list[i - 1], path))
            return &patterns->list[i - 1];
    return NULL;
}

bool pv_path_patterns_choose(const pv_path_patterns *patterns, pv_str path) {
    const pv_path_pattern *last = pv_path_patterns_last(patterns, path);
    return last && !last->takes_back;
}

void pv_path_patterns_note(const pv_path_patterns *patterns, pv_str path) {
    for (size_t i = 0; i < patterns->count; i++)
        patterns->met[i] = patterns->met[i] || matches_or_holds(&patterns->list[i], path);
}

/* ---- the rows ---- */

static const char *const mode_names[] = {"draft", "submission", "gate", NULL};
static const char *const level_names[] = {"note", "warning", "error", NULL};

/* Of those that are read or shown in a way of their own. */
static bool read_levels(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error);
static bool read_parameters(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error);
static bool read_packs(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error);
static bool read_include(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error);
static bool read_ignore(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error);
static bool read_overrides(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error);
static bool read_formats(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error);
static void show_levels(pv_config_shown_list *out, const pv_config *config);
static void show_parameters(pv_config_shown_list *out, const pv_config *config);
static pv_str default_format(pv_arena *arena);
static void show_include(pv_config_shown_list *out, const pv_config *config);
static void show_ignore(pv_config_shown_list *out, const pv_config *config);
static void show_formats(pv_config_shown_list *out, const pv_config *config);
static void show_lock(pv_config_shown_list *out, const pv_config *config);

#define VALUE(member) .offset = offsetof(pv_config_values, member)

const pv_setting pv_settings_table[PV_SETTING_COUNT] = {
    [PV_CONFIG_PACK] = {.type = PV_SETTING_PACK,
                        VALUE(pack),
                        .key = PV_STR("pack"),
                        .what = "the pack",
                        .turn = 3,
                        .option = "pack",
                        .argument = "PACK",
                        .help = "the pack to use: its id or its folder (otherwise the submission's form finds it)"},
    [PV_CONFIG_MODE] = {.type = PV_SETTING_CHOICE,
                        VALUE(mode),
                        .choices = mode_names,
                        .key = PV_STR("mode"),
                        .what = "the mode",
                        .turn = 1,
                        .option = "mode",
                        .argument = "MODE",
                        .help = "draft, submission (the default) or gate: how much each failure matters"},
    [PV_CONFIG_FAIL_ON] = {.type = PV_SETTING_CHOICE,
                           VALUE(fail_on),
                           .choices = level_names,
                           .is_ranked = true,
                           .key = PV_STR("fail_on"),
                           .what = "a level",
                           .turn = 2,
                           .option = "fail-on",
                           .argument = "LEVEL",
                           .help = "error (the default), warning or note: findings from here up give exit status 1"},
    [PV_CONFIG_LEVELS] = {.key = PV_STR("levels"), .read = read_levels, .turn = 6, .show = show_levels},
    [PV_CONFIG_PARAMETERS] = {.key = PV_STR("parameters"), .read = read_parameters, .turn = 7, .show = show_parameters},
    [PV_CONFIG_PACKS] = {.type = PV_SETTING_FILE,
                         VALUE(packs),
                         .key = PV_STR("packs"),
                         .what = "the folder of packs",
                         .read = read_packs,
                         .turn = 4},
    [PV_CONFIG_INCLUDE] = {.key = PV_STR("include"),
                           .read = read_include,
                           .turn = 8,
                           .by_default = pv_submission_patterns,
                           .show = show_include},
    [PV_CONFIG_IGNORE] = {.key = PV_STR("ignore"), .read = read_ignore, .turn = 9, .show = show_ignore},
    [PV_CONFIG_OVERRIDES] = {.key = PV_STR("overrides"), .read = read_overrides},
    [PV_CONFIG_WAIVERS] = {.type = PV_SETTING_FILE,
                           VALUE(waivers),
                           .key = PV_STR("waivers"),
                           .what = "the file of waivers",
                           .turn = 10,
                           .option = "waivers",
                           .argument = "FILE",
                           .help = "the findings that someone has accepted, until a day; needs --as-of"},
    [PV_CONFIG_BASELINE] = {.type = PV_SETTING_FILE,
                            VALUE(baseline),
                            .key = PV_STR("baseline"),
                            .what = "the file of the baseline",
                            .turn = 11,
                            .option = "baseline",
                            .argument = "FILE",
                            .help = "the findings that were there before; only others count for the exit status"},
    [PV_CONFIG_FORMATS] = {.key = PV_STR("formats"),
                           .read = read_formats,
                           .turn = 12,
                           .by_default = default_format,
                           .show = show_formats},
    [PV_CONFIG_LOCK] = {.key = PV_STR("lock"), .turn = 5, .show = show_lock},
    [PV_CONFIG_AS_OF] = {.type = PV_SETTING_DATE,
                         VALUE(as_of),
                         .key = PV_STR("as_of"),
                         .what = "the day to judge by",
                         .turn = 13,
                         .option = "as-of",
                         .argument = "DATE",
                         .help = "the day that the rules are to be applied on: written like 2022-07-01, or today"},
    [PV_CONFIG_RULE] = {.type = PV_SETTING_PATTERN,
                        VALUE(rule),
                        .key = PV_STR("rule"),
                        .turn = 14,
                        .option = "rule",
                        .argument = "PATTERN",
                        .help = "only the rules whose id matches, as in 'ipp1.word-*'"},
};

/* ---- values ---- */

static uint32_t bit_of(pv_config_key key) {
    return (uint32_t)1 << key;
}

pv_config_values pv_config_defaults(void) {
    return (pv_config_values){.mode = PV_MODE_SUBMISSION, .fail_on = PV_LEVEL_ERROR};
}

bool pv_config_gives(const pv_config_values *values, pv_config_key key) {
    return (values->given & bit_of(key)) != 0;
}

/* Values are kept as an enum or as a pv_str. */
_Static_assert(sizeof(pv_mode) == sizeof(unsigned) && sizeof(pv_level) == sizeof(unsigned),
               "choices are kept as unsigned");

pv_config_values pv_config_choose(const pv_config_values *asked, const pv_config_values *config) {
    pv_config_values chosen = *asked;
    for (pv_config_key key = 0; key < PV_SETTING_COUNT; key++) {
        const pv_setting *setting = &pv_settings_table[key];
        size_t size = setting->type == PV_SETTING_CHOICE ? sizeof(unsigned) : sizeof(pv_str);
        if (setting->type == PV_SETTING_SPECIAL || pv_config_gives(asked, key) || !pv_config_gives(config, key))
            continue;
        memcpy((char *)&chosen + setting->offset, (const char *)config + setting->offset, size);
        chosen.given |= bit_of(key);
    }
    return chosen;
}

/* ---- reading a setting ---- */

/* name, which is said from the configuration's own folder: that need not be written when it is this one. */
static bool resolve(const pv_config *config, pv_arena *arena, pv_str name, pv_str *out, pv_error *error) {
    pv_str folder = pv_path_folder(config->path);
    bool is_whole = pv_str_starts_with(name, PV_STR("/")) || pv_str_equal(folder, PV_STR("."));
    *out = is_whole ? pv_arena_copy(arena, name) : pv_path_join(arena, folder, name);
    return out->data || pv_fail_memory(error);
}

/* The choice of setting that stands at node. */
static bool read_choice(const pv_node *node, const pv_setting *setting, unsigned *out, pv_error *error) {
    pv_str names[PV_MAX_CHOICES];
    pv_str value = pv_node_value(node);
    unsigned count = 0;
    if (!pv_shape_expect(node, PV_NODE_SCALAR, setting->what, error))
        return false;
    while (setting->choices[count])
        count++;
    for (unsigned i = 0; i < count; i++) {
        names[setting->is_ranked ? count - 1 - i : i] = pv_str_from(setting->choices[i]);
        if (pv_str_equal(value, pv_str_from(setting->choices[i]))) {
            *out = i;
            return true;
        }
    }
    return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "there is no %s '%s'%s", strchr(setting->what, ' ') + 1,
                      pv_message_quote(value).text, pv_message_hint(value, names, count).text);
}

static bool read_text(const pv_config *config, pv_arena *arena, const pv_setting *setting, const pv_node *node,
                      pv_str *out, pv_error *error) {
    if (!pv_shape_name(node, setting->what, out, error))
        return false;
    bool is_path = setting->type == PV_SETTING_FILE ||
                   (setting->type == PV_SETTING_PACK && pv_str_find(*out, PV_STR("/"), 0) != SIZE_MAX);
    return !is_path || resolve(config, arena, *out, out, error);
}

/* A configuration lives on: what it leads to today it leads to in ten years. */
static bool check_day(const pv_node *node, pv_str day, pv_error *error) {
    pv_date ignored;
    if (pv_str_equal(day, PV_STR("today")))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                          "a configuration names one day, so that its results stay the same; for the day of the run "
                          "say --as-of today");
    return pv_date_parse(day, &ignored) || pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                                                      "the day to judge by is one that exists, written like "
                                                      "2022-07-01, not '%s'",
                                                      pv_message_quote(day).text);
}

static bool read_setting(pv_config *config, pv_arena *arena, const pv_setting *setting, const pv_node *node,
                         pv_error *error) {
    pv_str text = {0};
    unsigned choice = 0;
    if (setting->read)
        return setting->read(config, arena, node, error);
    char *place = (char *)config + offsetof(pv_config, values) + setting->offset;
    if (setting->type == PV_SETTING_CHOICE) {
        bool read = read_choice(node, setting, &choice, error);
        memcpy(place, &choice, sizeof choice);
        return read;
    }
    bool read = read_text(config, arena, setting, node, &text, error);
    memcpy(place, &text, sizeof text);
    return read && (setting->type != PV_SETTING_DATE || check_day(node, text, error));
}

static bool read_packs(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error) {
    pv_str *packs = &config->values.packs;
    if (!read_text(config, arena, &pv_settings_table[PV_CONFIG_PACKS], node, packs, error))
        return false;
    return pv_host_is_folder(config->host, *packs) ||
           pv_fail_at(error, PV_ERROR_SHAPE, node->span, "the folder of packs %s does not exist",
                      pv_message_quote(*packs).text);
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
    unsigned level = 0;
    if (!read_choice(node, &pv_settings_table[PV_CONFIG_FAIL_ON], &level, error))
        return false;
    out->level = (pv_level)level;
    return true;
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

/* Keys of an override: what it is for stands first. */
enum { OVERRIDE_PATHS, OVERRIDE_FIRST_KEY };

size_t pv_config_keys(pv_str out[PV_CONFIG_KEY_COUNT]) {
    size_t count = 0;
    for (pv_config_key key = PV_CONFIG_MODE; key < PV_CONFIG_KEY_COUNT; key++)
        out[count++] = pv_settings_table[key].key;
    return count;
}

size_t pv_config_override_keys(pv_str out[PV_CONFIG_KEY_COUNT]) {
    size_t count = 0;
    out[count++] = PV_STR("paths");
    for (pv_config_key key = 0; key < PV_CONFIG_OVERRIDABLE; key++)
        out[count++] = pv_settings_table[key].key;
    return count;
}

static bool set_values(pv_config *config, pv_arena *arena, const pv_node *const *nodes, pv_config_key first,
                       pv_config_key end, pv_error *error) {
    for (pv_config_key key = first; key < end; key++) {
        if (!nodes[key - first])
            continue;
        config->set[key] = nodes[key - first];
        config->values.given |= bit_of(key);
        if (!read_setting(config, arena, &pv_settings_table[key], nodes[key - first], error))
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
    pv_str keys[PV_CONFIG_KEY_COUNT];
    const pv_node *children[PV_CONFIG_KEY_COUNT];
    const pv_shape shape = {"an override", keys, pv_config_override_keys(keys), OVERRIDE_FIRST_KEY};
    if (!pv_shape_read(&shape, node, children, error) ||
        !pv_path_patterns_read(&out->paths, arena, children[OVERRIDE_PATHS], "the paths of an override", error))
        return false;
    if (out->paths.count == 0)
        return pv_fail_at(error, PV_ERROR_SHAPE, children[OVERRIDE_PATHS]->span,
                          "the paths of an override are empty, so that it is for no file");
    for (size_t i = 0; i < PV_CONFIG_OVERRIDABLE; i++)
        out->set[i] = children[OVERRIDE_FIRST_KEY + i];
    pv_config alone = {.host = config->host, .path = config->path, .source = config->source};
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
    pv_str keys[PV_CONFIG_KEY_COUNT];
    const pv_node *children[PV_CONFIG_KEY_COUNT];
    const pv_shape shape = {"the configuration", keys, pv_config_keys(keys), 0};
    config->source = document->source;
    return pv_shape_read(&shape, document->root, children, error) &&
           set_values(config, arena, children, PV_CONFIG_MODE, PV_CONFIG_KEY_COUNT, error);
}

/* ---- finding and reading the file ---- */

/* Puts the last part of folder before inside: what lies in the one is found through the other from the folder above. */
static bool step_out(pv_str *inside, pv_arena *arena, pv_str folder, pv_error *error) {
    pv_str part = pv_path_name(folder);
    if (part.size == 0 || pv_str_equal(part, PV_STR(".")))
        return true;
    *inside = inside->size > 0 ? pv_path_join(arena, part, *inside) : pv_arena_copy(arena, part);
    return inside->data || pv_fail_memory(error);
}

/* Replaces folder by the one above; empty at the top. A relative folder ends at "." and goes on with its full name. */
static bool climb(const pv_host *host, pv_str *folder, pv_str *inside, pv_arena *arena, pv_error *error) {
    if (pv_str_equal(*folder, PV_STR("/"))) {
        *folder = (pv_str){0};
        return true;
    }
    bool relative = !pv_str_equal(*folder, PV_STR(".")) && pv_str_find(*folder, PV_STR(".."), 0) == SIZE_MAX;
    pv_str whole = relative ? *folder : pv_host_canonical(host, arena, *folder);
    if (!whole.data) {
        *folder = (pv_str){0}; /* it is gone, so nothing above it is ours */
        return true;
    }
    *folder = pv_arena_copy(arena, pv_path_folder(whole));
    return step_out(inside, arena, whole, error) && (folder->data || pv_fail_memory(error));
}

/* A file that can only be meant as a configuration, and that nothing would read, would change no result and say no
 * word. */
static bool check_other_names(const pv_host *host, pv_arena *arena, pv_str folder, pv_error *error) {
    static const pv_str others[] = {PV_STR(".proviso.yml"),  PV_STR(".proviso.yaml.txt"), PV_STR(".proviso.yml.txt"),
                                    PV_STR(".proviso.json"), PV_STR(".Proviso.yaml"),     PV_STR(".proviso.YAML")};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        pv_str path = pv_path_join(arena, folder, others[i]);
        if (!path.data)
            return pv_fail_memory(error);
        if (pv_host_kind(host, path) == PV_PATH_FILE)
            return pv_fail(error, PV_ERROR_SHAPE, "%s is no configuration, by its name; did you mean .proviso.yaml?",
                           path.data);
    }
    return true;
}

/* A file in folder whose name is near to that of a configuration, and that is none by it; empty: there is none. */
static pv_str misnamed_in(const pv_host *host, pv_arena *arena, pv_str folder) {
    static const pv_str names[] = {PV_STR("proviso.yaml"), PV_STR("proviso.yml"), PV_STR(".proviso.yml"),
                                   PV_STR(".proviso.yaml.txt")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        pv_str path = pv_path_join(arena, folder, names[i]);
        if (path.data && pv_host_kind(host, path) == PV_PATH_FILE)
            return path;
    }
    return (pv_str){0};
}

bool pv_config_locate(pv_located *out, const pv_host *host, pv_arena *arena, pv_str folder, pv_error *error) {
    pv_str at = pv_arena_copy(arena, folder);
    *out = (pv_located){0};
    if (!at.data)
        return pv_fail_memory(error);
    while (at.size > 0) {
        pv_str candidate = pv_path_join(arena, at, PV_CONFIG_NAME);
        if (!candidate.data)
            return pv_fail_memory(error);
        if (out->misnamed.size == 0)
            out->misnamed = misnamed_in(host, arena, at);
        if (pv_host_exists(host, candidate)) {
            out->path = candidate;
            return true;
        }
        pv_str lock = pv_path_join(arena, at, PV_LOCK_NAME);
        if (out->stray_lock.size == 0 && lock.data && pv_host_kind(host, lock) == PV_PATH_FILE)
            out->stray_lock = lock;
        if (!check_other_names(host, arena, at, error) || !climb(host, &at, &out->inside, arena, error))
            return false;
    }
    out->inside = (pv_str){0};
    return true;
}

/* Reads the file at config->path, which stays read as long as library. */
static bool read_config_file(pv_config *config, pv_library *library, pv_arena *arena, pv_fault *fault) {
    const pv_document *document = NULL;
    pv_error error = {0};
    pv_str bytes;
    if (!pv_host_read_copy(config->host, arena, config->path, pv_library_limits(library)->source_bytes, &bytes, &error))
        return pv_fail_input(fault, arena, config->path, NULL, &error);
    if (pv_holds_nothing(bytes))
        return true; /* and sets nothing: all of it is commented out */
    if (!pv_library_read_yaml(library, config->path, bytes, &document, fault))
        return false;
    return pv_config_read_document(config, arena, document, &error) ||
           pv_fail_input(fault, arena, config->path, document->source, &error);
}

pv_str pv_config_lock_path(const pv_config *config, pv_arena *arena) {
    return pv_path_join(arena, pv_path_folder(config->path), PV_LOCK_NAME);
}

static bool read_lock(pv_config *config, pv_library *library, pv_arena *arena, pv_fault *fault) {
    pv_str path = pv_config_lock_path(config, arena);
    pv_lock *lock = PV_NEW(arena, pv_lock);
    if (!path.data || !lock)
        return pv_fail_no_memory(fault);
    if (!pv_host_exists(config->host, path))
        return true;
    config->lock = lock;
    return pv_lock_read(lock, library, config->host, arena, path, fault);
}

bool pv_config_read(pv_config *out, pv_library *library, const pv_host *host, pv_arena *arena, pv_str path,
                    pv_fault *fault) {
    *out = (pv_config){.host = host, .path = path, .values = pv_config_defaults()};
    return read_config_file(out, library, arena, fault) && read_lock(out, library, arena, fault);
}

bool pv_config_find(pv_config *out, pv_library *library, const pv_host *host, pv_arena *arena, pv_str path,
                    pv_fault *fault) {
    pv_error error = {0};
    pv_located found;
    *out = (pv_config){.host = host, .values = pv_config_defaults()};
    pv_str folder = pv_host_is_folder(host, path) ? path : pv_path_folder(path);
    if (!pv_config_locate(&found, host, arena, folder, &error))
        return pv_fail_input(fault, arena, path, NULL, &error);
    return found.path.size == 0 || pv_config_read(out, library, host, arena, found.path, fault);
}

/* ---- what is shown ---- */

static void add_shown(pv_config_shown_list *out, const pv_config_shown *value) {
    pv_config_shown *place = PV_ARRAY_ADD(out->arena, out);
    if (place)
        *place = *value;
    else
        out->failed = true;
}

/* Those that a later one for the same pattern outweighs are left out. */
static void show_levels(pv_config_shown_list *out, const pv_config *config) {
    for (size_t i = 0; i < config->level_count; i++) {
        const pv_level_change *change = &config->levels[i];
        bool outweighed = false;
        for (size_t k = i + 1; k < config->level_count; k++)
            outweighed |= pv_str_equal(config->levels[k].rule_pattern, change->rule_pattern);
        const pv_config_shown shown = {.name = change->rule_pattern,
                                       .value = pv_str_from(pv_level_name(change->level)),
                                       .by = PV_SET_BY_FILE,
                                       .at = change->at};
        if (!outweighed)
            add_shown(out, &shown);
    }
}

/* Replaces the value of the same rule and parameter, of those from first on, or adds one. */
static void show_parameter(pv_config_shown_list *out, size_t first, const pv_config_shown *shown) {
    for (size_t i = first; i < out->count; i++)
        if (pv_str_equal(out->items[i].name, shown->name)) {
            out->items[i] = *shown;
            return;
        }
    add_shown(out, shown);
}

static void show_settings(pv_config_shown_list *out, size_t first, const pv_settings *settings) {
    if (settings->before)
        show_settings(out, first, settings->before);
    for (const pv_node *rule = settings->rules ? settings->rules->first : NULL; rule; rule = rule->next)
        for (const pv_node *each = rule->first; each; each = each->next) {
            const pv_config_shown shown = {
                .name = pv_arena_format(out->arena, "%.*s.%.*s", PV_STR_ARG(pv_node_value(rule->key)),
                                        PV_STR_ARG(pv_node_value(each->key))),
                .value = pv_source_slice(settings->source, each->span),
                .by = PV_SET_BY_FILE,
                .at = each->span,
            };
            out->failed |= !shown.name.data;
            show_parameter(out, first, &shown);
        }
}

static void show_parameters(pv_config_shown_list *out, const pv_config *config) {
    show_settings(out, out->count, &config->parameters);
}

static void show_patterns(pv_config_shown_list *out, const pv_path_patterns *patterns) {
    for (size_t i = 0; i < patterns->count; i++) {
        const pv_node *node = patterns->list[i].node;
        add_shown(out, &(pv_config_shown){.value = pv_node_value(node), .by = PV_SET_BY_FILE, .at = node->span});
    }
}

static void show_include(pv_config_shown_list *out, const pv_config *config) {
    show_patterns(out, &config->include);
}

static void show_ignore(pv_config_shown_list *out, const pv_config *config) {
    show_patterns(out, &config->ignore);
}

static pv_str default_format(pv_arena *arena) {
    (void)arena;
    return PV_STR("terminal");
}

static void show_formats(pv_config_shown_list *out, const pv_config *config) {
    const pv_node *node = config->set[PV_CONFIG_FORMATS];
    node = node ? node->first : NULL;
    for (size_t i = 0; node; i++, node = node->next)
        add_shown(out, &(pv_config_shown){.value = config->formats[i], .by = PV_SET_BY_FILE, .at = node->span});
}

static void show_lock(pv_config_shown_list *out, const pv_config *config) {
    if (config->lock)
        add_shown(out, &(pv_config_shown){.value = config->lock->source->path});
}

static const pv_node *node_of(const pv_config *config, pv_config_key key) {
    return key < PV_CONFIG_KEY_COUNT ? config->set[key] : NULL;
}

/* A key with one value, or with none that it is shown by. */
static void show_one(pv_config_shown_list *out, pv_config_key key, const pv_config *config,
                     const pv_config_values *asked) {
    const pv_setting *setting = &pv_settings_table[key];
    const pv_config_values chosen = pv_config_choose(asked, &config->values);
    const char *place = (const char *)&chosen + setting->offset;
    const pv_node *node = node_of(config, key);
    pv_config_shown shown = {0};
    unsigned choice;
    if (setting->type == PV_SETTING_SPECIAL) {
        shown.value = setting->by_default ? setting->by_default(out->arena) : PV_STR("");
        out->failed |= !shown.value.data;
    } else if (setting->type == PV_SETTING_CHOICE) {
        memcpy(&choice, place, sizeof choice);
        shown.value = pv_str_from(setting->choices[choice]);
    } else {
        memcpy(&shown.value, place, sizeof shown.value);
    }
    if (setting->type != PV_SETTING_SPECIAL && pv_config_gives(asked, key)) {
        shown.by = PV_SET_BY_ASKING;
    } else if (node) {
        shown.by = PV_SET_BY_FILE;
        shown.at = node->span;
    }
    add_shown(out, &shown);
}

static void show_key(pv_config_shown_list *out, pv_config_key key, const pv_config *config,
                     const pv_config_values *asked) {
    const pv_setting *setting = &pv_settings_table[key];
    size_t before = out->count;
    if (setting->show)
        setting->show(out, config);
    if (out->count == before && !(setting->by_default && node_of(config, key)))
        show_one(out, key, config, asked);
    for (size_t i = before; i < out->count; i++)
        out->items[i].key = setting->key;
}

bool pv_config_show(pv_config_shown_list *out, pv_arena *arena, const pv_config *config, const pv_config_values *asked,
                    pv_error *error) {
    *out = (pv_config_shown_list){.arena = arena};
    for (unsigned turn = 1; turn <= PV_SETTING_COUNT; turn++)
        for (pv_config_key key = 0; key < PV_SETTING_COUNT; key++)
            if (pv_settings_table[key].turn == turn)
                show_key(out, key, config, asked);
    return !out->failed || pv_fail_memory(error);
}
