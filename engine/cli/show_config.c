#include "cli/show_config.h"

#include <unistd.h>

#include "cli/build_info.h"
#include "report/write/json.h"
#include "report/write/layout.h"

#define KEY_COLUMNS ((size_t)12)
#define MOST_VALUE_COLUMNS ((size_t)40)

/* ---- writing ---- */

static void write_origin_json(pv_json *json, const pv_config *config, const pv_config_shown *value) {
    static const char *const kinds[] = {
        [PV_SET_BY_DEFAULT] = "default", [PV_SET_BY_FILE] = "file", [PV_SET_BY_ASKING] = "command-line"};
    pv_json_key(json, "set_by");
    pv_json_object_begin(json);
    pv_json_member(json, "kind", pv_str_from(kinds[value->by]));
    if (value->by == PV_SET_BY_FILE) {
        pv_position at = pv_source_locate(config->source, value->at.start);
        pv_json_member(json, "path", config->path);
        pv_json_key(json, "line");
        pv_json_unsigned(json, at.line);
        pv_json_key(json, "column");
        pv_json_unsigned(json, at.column);
    }
    pv_json_object_end(json);
}

static void write_json(pv_json *json, const pv_config *config, const pv_config_shown_list *list, const pv_str *files,
                       size_t file_count) {
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
        pv_json_member(json, "key", list->items[i].key);
        pv_json_optional_member(json, "name", list->items[i].name);
        pv_json_optional_member(json, "value", list->items[i].value);
        write_origin_json(json, config, &list->items[i]);
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
    pv_json_object_end(json);
}

/* "NAME: VALUE", in arena. */
static pv_str value_text(const pv_config_shown_list *list, const pv_config_shown *value) {
    pv_str text = value->value.size > 0 ? value->value : PV_STR("none");
    return value->name.size == 0
               ? text
               : pv_arena_format(list->arena, "%.*s: %.*s", PV_STR_ARG(value->name), PV_STR_ARG(text));
}

static void write_origin(pv_buf *out, const pv_report_style *style, const pv_config *config,
                         const pv_config_shown *value) {
    pv_layout_ink(out, style, PV_INK_FAINT);
    if (value->by == PV_SET_BY_FILE) {
        pv_layout_text(out, config->path);
        pv_buf_format(out, ":%u", (unsigned)pv_source_locate(config->source, value->at.start).line);
    } else {
        pv_buf_append_text(out, value->by == PV_SET_BY_DEFAULT ? "default" : "command line");
    }
    pv_layout_plain(out, style);
}

static void write_terminal(pv_buf *out, const pv_report_style *style, const pv_config *config,
                           const pv_config_shown_list *list, const pv_str *files, size_t file_count) {
    size_t columns = 0;
    for (size_t i = 0; i < list->count; i++) {
        size_t own = pv_layout_columns(value_text(list, &list->items[i]));
        columns = own > columns && own <= MOST_VALUE_COLUMNS ? own : columns;
    }
    for (size_t i = 0; i < file_count; i++) {
        pv_layout_inked(out, style, PV_INK_STRONG, files[i]);
        pv_buf_append_char(out, '\n');
    }
    for (size_t i = 0; i < list->count; i++) {
        const pv_config_shown *value = &list->items[i];
        bool goes_on = i > 0 && pv_str_equal(list->items[i - 1].key, value->key);
        pv_str text = value_text(list, value);
        size_t own = pv_layout_columns(text);
        pv_buf_append_text(out, "  ");
        pv_layout_cell(out, goes_on ? PV_STR("") : value->key, KEY_COLUMNS);
        pv_layout_text(out, text);
        pv_buf_append_repeat(out, ' ', own < columns ? columns - own + 2 : 2);
        write_origin(out, style, config, value);
        pv_buf_append_char(out, '\n');
    }
    pv_buf_append_char(out, '\n');
}

/* ---- which files go together ---- */

typedef struct showing {
    pv_project *project;
    const pv_options *options;
    pv_arena *arena;
    pv_buf out;
    pv_json json;
    bool to_json;
    pv_report_style style;
} showing;

static bool show_profile(showing *all, const pv_profile *profile, const pv_str *files, size_t file_count,
                         pv_fault *fault) {
    pv_config_shown_list list;
    pv_error error = {0};
    if (!pv_project_show(all->project, profile, all->arena, &list, &error))
        return pv_fail_no_memory(fault);
    if (all->to_json)
        write_json(&all->json, &profile->config, &list, files, file_count);
    else
        write_terminal(&all->out, &all->style, &profile->config, &list, files, file_count);
    return true;
}

/* Every profile once, with its files; in the order of their first files. */
static bool show_files(showing *all, const pv_file_list *files, pv_fault *fault) {
    const pv_profile **profiles = PV_NEW_ARRAY(all->arena, const pv_profile *, files->count);
    pv_str *together = PV_NEW_ARRAY(all->arena, pv_str, files->count);
    all->out.failed |= !profiles || !together;
    for (size_t i = 0; !all->out.failed && i < files->count; i++)
        if (!(profiles[i] = pv_project_profile_of(all->project, files->files[i].path, fault)))
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
        if (count > 0 && !show_profile(all, profile, together, count, fault))
            return false;
    }
    return true;
}

static bool show_all(showing *all, const pv_file_list *files, pv_fault *fault) {
    if (files->count > 0)
        return show_files(all, files, fault);
    const pv_profile *nearest = pv_project_profile_at(all->project, all->options->arguments[0], fault);
    return nearest && show_profile(all, nearest, NULL, 0, fault);
}

pv_exit pv_show_config(pv_library *library, pv_project *project, const pv_options *options, const pv_file_list *files) {
    pv_str format = pv_str_from(options->formats[0].format);
    showing all = {
        .project = project,
        .options = options,
        .arena = pv_arena_new(pv_library_memory(library)),
        .out = pv_buf_on(pv_library_memory(library)),
        .to_json = pv_str_equal(format, PV_STR("json")),
        .style = pv_options_style(options, STDOUT_FILENO),
    };
    pv_fault fault = {0};
    if (!all.arena)
        return pv_command_fail(pv_fault_no_memory());
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
    pv_exit code = shown ? pv_command_print(&all.out, PV_EXIT_CLEAN) : pv_command_fail(fault);
    pv_buf_clear(&all.out);
    pv_arena_free(all.arena);
    return code;
}
