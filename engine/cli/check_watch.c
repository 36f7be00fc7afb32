#include "cli/check_watch.h"

#include "cli/watch.h"
#include "project/project.h"

/* What check_anew is given. */
typedef struct anew {
    const pv_options *options;
    pv_exit (*check)(pv_library *library, const pv_options *options);
} anew;

/* Packs and configurations are read anew for every run. */
static pv_exit check_anew(const void *payload) {
    const anew *with = payload;
    const pv_options *options = with->options;
    pv_library *library;
    pv_error error = {0};
    if (!pv_library_new(&library, NULL, options->asked.as_of, &error))
        return pv_command_fail(&error);
    pv_exit code = with->check(library, options);
    pv_library_free(library);
    return code;
}

/* The reports, and the record, that a run writes to files, by their names. */
static bool find_own(pv_project *project, pv_arena *arena, const pv_options *options, pv_watched *watched,
                     pv_fault *fault) {
    const pv_profile *nearest = pv_project_profile_at(project, options->arguments[0], fault);
    if (!nearest)
        return false;
    const pv_config *config = &nearest->config;
    pv_str *names = PV_NEW_ARRAY(arena, pv_str, options->format_count + config->format_count + 1);
    if (!names) {
        return pv_fail_no_memory(fault);
    }
    watched->own = names;
    for (size_t i = 0; i < options->format_count; i++)
        if (options->formats[i].file)
            names[watched->own_count++] = pv_path_name(pv_str_from(options->formats[i].file));
    if (options->record.data)
        names[watched->own_count++] = pv_path_name(options->record);
    for (size_t i = 0; i < config->format_count; i++) {
        size_t equals = pv_str_find(config->formats[i], PV_STR("="), 0);
        if (equals != SIZE_MAX)
            names[watched->own_count++] =
                pv_path_name(pv_str_slice(config->formats[i], equals + 1, config->formats[i].size));
    }
    return true;
}

/* The folders of the arguments, and those of the configurations and packs that go for them. */
static bool find_watched(pv_project *project, const pv_options *options, pv_str *folders, size_t *count,
                         pv_fault *fault) {
    for (size_t i = 0; i < options->argument_count; i++) {
        pv_str path = options->arguments[i];
        const pv_profile *profile = pv_project_profile_at(project, path, fault);
        if (!profile)
            return false;
        folders[(*count)++] = pv_host_is_folder(pv_posix_host(), path) ? path : pv_path_folder(path);
        if (profile->config.path.size > 0)
            folders[(*count)++] = pv_path_folder(profile->config.path);
        if (profile->config.values.packs.size > 0)
            folders[(*count)++] = profile->config.values.packs;
    }
    if (pv_host_is_folder(pv_posix_host(), options->asked.pack))
        folders[(*count)++] = options->asked.pack;
    return true;
}

pv_exit pv_check_watch(pv_library *library, const pv_options *options,
                       pv_exit (*check)(pv_library *library, const pv_options *options)) {
    pv_arena *arena = pv_arena_new(pv_library_memory(library));
    pv_str *folders = arena ? PV_NEW_ARRAY(arena, pv_str, 3 * options->argument_count + 1) : NULL;
    const anew with = {options, check};
    pv_watched watched = {.folders = folders, .run = check_anew, .payload = &with};
    pv_project *project = NULL;
    pv_fault fault = {0};
    pv_exit code;
    if (!folders)
        code = pv_command_fail_memory();
    else if (!pv_command_project(&project, library, options, &fault) ||
             !find_watched(project, options, folders, &watched.folder_count, &fault) ||
             !find_own(project, arena, options, &watched, &fault))
        code = pv_command_fail_of(&fault);
    else
        code = pv_watch(arena, &watched);
    pv_project_free(project);
    pv_arena_free(arena);
    return code;
}
