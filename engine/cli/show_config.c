#include "cli/show_config.h"

#include <unistd.h>

#include "cli/build_info.h"
#include "report/write/json.h"
#include "report/write/layout.h"

#define KEY_COLUMNS ((size_t)12)
#define MOST_VALUE_COLUMNS ((size_t)40)

typedef enum setter { SET_BY_DEFAULT, SET_BY_FILE, SET_BY_COMMAND_LINE } setter;

/* One effective value. */
typedef struct shown_value {
    const char *key;
    pv_str name;  /* of several under one key: the rule, or the rule and parameter; empty: the key alone */
    pv_str value; /* empty: there is none */
    setter by;
    pv_span at; /* SET_BY_FILE: in the configuration */
} shown_value;

/* All values of one profile. */
typedef struct value_list {
    pv_arena *arena;
    const pv_options *options;
    const pv_profile *profile;
    shown_value *values;
    size_t count;
    size_t capacity;
    bool failed; /* for memory */
} value_list;

static void add(value_list *list, const shown_value *value) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 32;
        shown_value *grown = PV_NEW_ARRAY(list->arena, shown_value, capacity);
        if (!grown) {
            list->failed = true;
            return;
        }
        for (size_t i = 0; i < list->count; i++)
            grown[i] = list->values[i];
        list->values = grown;
        list->capacity = capacity;
    }
    list->values[list->count++] = *value;
}

/* A key with one value: the command line's, where it gives one, else as the configuration sets it, else the default. */
static void add_one(value_list *list, pv_config_key key, pv_str value, bool by_command_line) {
    const pv_node *node = list->profile->config.set[key];
    shown_value shown = {.key = pv_config_key_name(key), .value = value};
    if (by_command_line)
        shown.by = SET_BY_COMMAND_LINE;
    else if (node) {
        shown.by = SET_BY_FILE;
        shown.at = node->span;
    }
    add(list, &shown);
}

/* ---- several under one key ---- */

/* Those that a later one for the same pattern outweighs are left out. */
static void add_levels(value_list *list) {
    const pv_config *config = &list->profile->config;
    for (size_t i = 0; i < config->level_count; i++) {
        const pv_level_change *change = &config->levels[i];
        bool outweighed = false;
        for (size_t k = i + 1; k < config->level_count; k++)
            outweighed |= pv_str_equal(config->levels[k].rule_pattern, change->rule_pattern);
        const shown_value shown = {.key = pv_config_key_name(PV_CONFIG_LEVELS),
                                   .name = change->rule_pattern,
                                   .value = pv_str_from(pv_level_name(change->level)),
                                   .by = SET_BY_FILE,
                                   .at = change->at};
        if (!outweighed)
            add(list, &shown);
    }
    if (config->level_count == 0)
        add_one(list, PV_CONFIG_LEVELS, PV_STR(""), false);
}

/* Replaces the value of the same rule and parameter, or adds one. */
static void set_parameter(value_list *list, size_t first, const shown_value *shown) {
    for (size_t i = first; i < list->count; i++)
        if (pv_str_equal(list->values[i].name, shown->name)) {
            list->values[i] = *shown;
            return;
        }
    add(list, shown);
}

static void add_settings(value_list *list, size_t first, const pv_settings *settings) {
    if (settings->before)
        add_settings(list, first, settings->before);
    for (const pv_node *rule = settings->rules ? settings->rules->first : NULL; rule; rule = rule->next)
        for (const pv_node *each = rule->first; each; each = each->next) {
            const shown_value shown = {
                .key = pv_config_key_name(PV_CONFIG_PARAMETERS),
                .name = pv_arena_format(list->arena, "%.*s.%.*s", PV_STR_ARG(pv_node_value(rule->key)),
                                        PV_STR_ARG(pv_node_value(each->key))),
                .value = pv_source_slice(settings->source, each->span),
                .by = SET_BY_FILE,
                .at = each->span,
            };
            list->failed |= !shown.name.data;
            set_parameter(list, first, &shown);
        }
}

static void add_parameters(value_list *list) {
    size_t first = list->count;
    add_settings(list, first, &list->profile->config.parameters);
    if (list->count == first)
        add_one(list, PV_CONFIG_PARAMETERS, PV_STR(""), false);
}

static void add_patterns(value_list *list, pv_config_key key, const pv_path_patterns *patterns) {
    for (size_t i = 0; i < patterns->count; i++) {
        const pv_node *node = patterns->list[i].node;
        const shown_value shown = {
            .key = pv_config_key_name(key), .value = pv_node_value(node), .by = SET_BY_FILE, .at = node->span};
        add(list, &shown);
    }
}

static void add_formats(value_list *list) {
    const pv_config *config = &list->profile->config;
    const pv_node *node = config->set[PV_CONFIG_FORMATS];
    node = node ? node->first : NULL;
    for (size_t i = 0; node; i++, node = node->next) {
        const shown_value shown = {.key = pv_config_key_name(PV_CONFIG_FORMATS),
                                   .value = config->formats[i],
                                   .by = SET_BY_FILE,
                                   .at = node->span};
        add(list, &shown);
    }
    if (config->format_count == 0)
        add_one(list, PV_CONFIG_FORMATS, PV_STR("terminal"), false);
}

/* What only the command line sets. */
static void add_option(value_list *list, const char *key, const char *value) {
    const shown_value shown = {
        .key = key, .value = pv_str_from(value), .by = value ? SET_BY_COMMAND_LINE : SET_BY_DEFAULT};
    add(list, &shown);
}

static void add_lock(value_list *list) {
    const pv_lock *lock = list->profile->config.lock;
    const shown_value shown = {.key = "lock", .value = lock ? lock->source->path : PV_STR("")};
    add(list, &shown);
}

static void add_all(value_list *list) {
    const pv_options *options = list->options;
    const pv_profile *profile = list->profile;
    const pv_config *config = &profile->config;
    add_one(list, PV_CONFIG_MODE, pv_str_from(pv_mode_name(profile->run.mode)), options->has_mode);
    add_one(list, PV_CONFIG_FAIL_ON, pv_str_from(pv_level_name(profile->run.fail_on)), options->has_fail_on);
    add_one(list, PV_CONFIG_PACK, options->pack ? pv_str_from(options->pack) : config->pack, options->pack != NULL);
    add_one(list, PV_CONFIG_PACKS, config->packs, false);
    add_lock(list);
    add_levels(list);
    add_parameters(list);
    pv_str submissions = pv_submission_patterns(list->arena);
    list->failed |= !submissions.data;
    if (config->set[PV_CONFIG_INCLUDE])
        add_patterns(list, PV_CONFIG_INCLUDE, &config->include);
    else
        add_one(list, PV_CONFIG_INCLUDE, submissions, false);
    add_patterns(list, PV_CONFIG_IGNORE, &config->ignore);
    if (config->ignore.count == 0)
        add_one(list, PV_CONFIG_IGNORE, PV_STR(""), false);
    add_one(list, PV_CONFIG_WAIVERS, config->waivers, false);
    add_one(list, PV_CONFIG_BASELINE, config->baseline, false);
    add_formats(list);
    add_option(list, "as_of", options->as_of);
    add_option(list, "rule", options->rule);
}

/* ---- writing ---- */

static void write_origin_json(pv_json *json, const pv_config *config, const shown_value *value) {
    static const char *const kinds[] = {
        [SET_BY_DEFAULT] = "default", [SET_BY_FILE] = "file", [SET_BY_COMMAND_LINE] = "command-line"};
    pv_json_key(json, "set_by");
    pv_json_object_begin(json);
    pv_json_member(json, "kind", pv_str_from(kinds[value->by]));
    if (value->by == SET_BY_FILE) {
        pv_position at = pv_source_locate(config->source, value->at.start);
        pv_json_member(json, "path", config->path);
        pv_json_key(json, "line");
        pv_json_unsigned(json, at.line);
        pv_json_key(json, "column");
        pv_json_unsigned(json, at.column);
    }
    pv_json_object_end(json);
}

static void write_json(pv_json *json, const value_list *list, const pv_str *files, size_t file_count) {
    const pv_config *config = &list->profile->config;
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_key(json, "files");
    pv_json_array_begin(json);
    for (size_t i = 0; i < file_count; i++)
        pv_json_string(json, files[i]);
    pv_json_array_end(json);
    pv_json_optional_member(json, "configuration", config->path);
    pv_json_key(json, "values");
    pv_json_array_begin(json);
    for (size_t i = 0; i < list->count; i++) {
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "key", pv_str_from(list->values[i].key));
        pv_json_optional_member(json, "name", list->values[i].name);
        pv_json_optional_member(json, "value", list->values[i].value);
        write_origin_json(json, config, &list->values[i]);
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
    pv_json_object_end(json);
}

/* "NAME: VALUE", in arena. */
static pv_str value_text(const value_list *list, const shown_value *value) {
    pv_str text = value->value.size > 0 ? value->value : PV_STR("none");
    return value->name.size == 0
               ? text
               : pv_arena_format(list->arena, "%.*s: %.*s", PV_STR_ARG(value->name), PV_STR_ARG(text));
}

static void write_origin(pv_buf *out, const pv_report_style *style, const pv_config *config, const shown_value *value) {
    pv_layout_ink(out, style, PV_INK_FAINT);
    if (value->by == SET_BY_FILE) {
        pv_layout_text(out, config->path);
        pv_buf_format(out, ":%u", (unsigned)pv_source_locate(config->source, value->at.start).line);
    } else {
        pv_buf_append_text(out, value->by == SET_BY_DEFAULT ? "default" : "command line");
    }
    pv_layout_plain(out, style);
}

static void write_terminal(pv_buf *out, const pv_report_style *style, const value_list *list, const pv_str *files,
                           size_t file_count) {
    const pv_config *config = &list->profile->config;
    size_t columns = 0;
    for (size_t i = 0; i < list->count; i++) {
        size_t own = pv_layout_columns(value_text(list, &list->values[i]));
        columns = own > columns && own <= MOST_VALUE_COLUMNS ? own : columns;
    }
    for (size_t i = 0; i < file_count; i++) {
        pv_layout_inked(out, style, PV_INK_STRONG, files[i]);
        pv_buf_append_char(out, '\n');
    }
    for (size_t i = 0; i < list->count; i++) {
        const shown_value *value = &list->values[i];
        bool goes_on = i > 0 && pv_str_equal(pv_str_from(list->values[i - 1].key), pv_str_from(value->key));
        pv_str text = value_text(list, value);
        size_t own = pv_layout_columns(text);
        pv_buf_append_text(out, "  ");
        pv_layout_cell(out, goes_on ? PV_STR("") : pv_str_from(value->key), KEY_COLUMNS);
        pv_layout_text(out, text);
        pv_buf_append_repeat(out, ' ', own < columns ? columns - own + 2 : 2);
        write_origin(out, style, config, value);
        pv_buf_append_char(out, '\n');
    }
    pv_buf_append_char(out, '\n');
}

/* ---- which files go together ---- */

typedef struct showing {
    pv_profiles *profiles;
    const pv_options *options;
    pv_arena *arena;
    pv_buf out;
    pv_json json;
    bool to_json;
    pv_report_style style;
} showing;

static void show_profile(showing *all, const pv_profile *profile, const pv_str *files, size_t file_count) {
    value_list list = {.arena = all->arena, .options = all->options, .profile = profile};
    add_all(&list);
    if (all->to_json)
        write_json(&all->json, &list, files, file_count);
    else
        write_terminal(&all->out, &all->style, &list, files, file_count);
    all->out.failed |= list.failed;
}

/* Every profile once, with its files; in the order of their first files. */
static bool show_files(showing *all, const pv_file_list *files, pv_fault *fault) {
    const pv_profile **profiles = PV_NEW_ARRAY(all->arena, const pv_profile *, files->count);
    pv_str *together = PV_NEW_ARRAY(all->arena, pv_str, files->count);
    all->out.failed |= !profiles || !together;
    for (size_t i = 0; !all->out.failed && i < files->count; i++)
        if (!(profiles[i] = pv_profiles_of(all->profiles, files->files[i].path, fault)))
            return false;
    for (size_t i = 0; !all->out.failed && i < files->count; i++) {
        const pv_profile *profile = profiles[i];
        size_t count = 0;
        for (size_t k = i; profile && k < files->count; k++) {
            if (profiles[k] != profile)
                continue;
            together[count++] = files->files[k].path;
            profiles[k] = NULL; /* shown */
        }
        if (count > 0)
            show_profile(all, profile, together, count);
    }
    return true;
}

static bool show_all(showing *all, const pv_file_list *files, pv_fault *fault) {
    if (files->count > 0)
        return show_files(all, files, fault);
    const pv_profile *nearest = pv_profiles_at(all->profiles, pv_str_from(all->options->arguments[0]), fault);
    if (nearest)
        show_profile(all, nearest, NULL, 0);
    return nearest != NULL;
}

pv_exit pv_show_config(pv_library *library, pv_profiles *profiles, const pv_options *options,
                       const pv_file_list *files) {
    pv_str format = pv_str_from(options->formats[0].format);
    showing all = {
        .profiles = profiles,
        .options = options,
        .arena = pv_arena_new(pv_library_memory(library)),
        .out = pv_buf_on(pv_library_memory(library)),
        .to_json = pv_str_equal(format, PV_STR("json")),
        .style = pv_options_style(options, STDOUT_FILENO),
    };
    pv_fault fault = {0};
    if (!all.arena)
        return pv_command_fail_memory();
    all.json = pv_json_on(&all.out);
    if (all.to_json) {
        pv_json_object_begin(&all.json);
        pv_json_key(&all.json, "schema");
        pv_json_unsigned(&all.json, 1);
        pv_json_member(&all.json, "proviso", PV_STR(PV_VERSION));
        pv_json_key(&all.json, "profiles");
        pv_json_array_begin(&all.json);
    }
    bool shown = show_all(&all, files, &fault);
    if (all.to_json) {
        pv_json_array_end(&all.json);
        pv_json_object_end(&all.json);
        pv_buf_append_char(&all.out, '\n');
    }
    pv_exit code = shown ? pv_command_print(&all.out, PV_EXIT_CLEAN) : pv_command_fail_of(&fault);
    pv_buf_clear(&all.out);
    pv_arena_free(all.arena);
    return code;
}
