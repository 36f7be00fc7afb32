#include "project/project.h"

#include "base/array.h"
#include "base/glob.h"
#include "model/message.h"

/* A configuration that was met. */
typedef struct met_config {
    pv_config config;
    struct met_config *next;
} met_config;

struct pv_project {
    pv_library *library;
    const pv_host *host;
    pv_arena *arena;
    pv_project_settings settings;
    met_config *configs;
    pv_config none;
    pv_profile *first;
    /* The folder asked about last: files of one folder come one after the other. */
    pv_str folder;
    pv_str inside; /* what it is called from the configuration's folder */
    const pv_config *config;
    PV_ARRAY(pv_str) misnamed; /* files that may be meant as configurations */
};

bool pv_project_new(pv_project **out, pv_library *library, const pv_host *host, const pv_project_settings *settings,
                    pv_error *error) {
    pv_arena *arena = pv_arena_new(pv_library_memory(library));
    pv_project *project = arena ? PV_NEW(arena, pv_project) : NULL;
    *out = project;
    if (!project) {
        pv_arena_free(arena);
        return pv_fail_memory(error);
    }
    *project = (pv_project){.library = library, .host = host, .arena = arena, .settings = *settings};
    project->none = (pv_config){.host = host, .values = pv_config_defaults()};
    return true;
}

void pv_project_free(pv_project *project) {
    if (!project)
        return;
    for (pv_profile *each = project->first; each; each = each->next)
        if (!each->shares_packs)
            pv_pack_store_free(each->packs);
    pv_arena_free(project->arena);
}

pv_library *pv_project_library(const pv_project *project) {
    return project->library;
}

const pv_host *pv_project_host(const pv_project *project) {
    return project->host;
}

bool pv_project_can_read_again(const pv_project *project, pv_str path) {
    pv_str standard_input = project->settings.standard_input;
    if (standard_input.size == 0)
        standard_input = PV_STANDARD_INPUT;
    return !pv_str_equal(pv_path_relative(path), pv_path_relative(standard_input)) &&
           pv_host_kind(project->host, path) == PV_PATH_FILE;
}

static bool fail(pv_project *project, pv_str path, const pv_error *error, pv_fault *fault) {
    pv_fail_input(fault, project->arena, path, NULL, error);
    return false;
}

/* ---- configurations ---- */

/* The one at path, which may be another path to one that was met. */
static const pv_config *config_at(pv_project *project, pv_str path, pv_fault *fault) {
    for (const met_config *each = project->configs; each; each = each->next)
        if (pv_str_equal(each->config.path, path) || pv_host_is_same(project->host, each->config.path, path))
            return &each->config;
    pv_error error = {0};
    met_config *met = PV_NEW(project->arena, met_config);
    if (!met) {
        pv_fail_memory(&error);
        fail(project, path, &error, fault);
        return NULL;
    }
    if (!pv_config_read(&met->config, project->library, project->host, project->arena, path, fault))
        return NULL;
    met->next = project->configs;
    project->configs = met;
    return &met->config;
}

static bool note_misnamed(pv_project *project, pv_str path) {
    for (size_t i = 0; i < project->misnamed.count; i++)
        if (pv_host_is_same(project->host, project->misnamed.items[i], path))
            return true;
    pv_str *added = path.size > 0 ? PV_ARRAY_ADD(project->arena, &project->misnamed) : NULL;
    if (added)
        *added = path;
    return added || path.size == 0;
}

static bool enter_folder(pv_project *project, pv_str folder, pv_fault *fault) {
    pv_located found;
    pv_error error = {0};
    if (project->config && pv_str_equal(folder, project->folder))
        return true;
    project->config = NULL;
    project->folder = pv_arena_copy(project->arena, folder);
    if (!project->folder.data)
        pv_fail_memory(&error);
    if (!project->folder.data || !pv_config_locate(&found, project->host, project->arena, project->folder, &error))
        return fail(project, folder, &error, fault);
    project->inside = found.inside;
    if (!note_misnamed(project, found.misnamed) || !note_misnamed(project, found.stray_lock)) {
        pv_fail_memory(&error);
        return fail(project, folder, &error, fault);
    }
    project->config = found.path.size > 0 ? config_at(project, found.path, fault) : &project->none;
    return project->config != NULL;
}

/* Goes to the folder of path; *inside is what path is called from the configuration's folder. */
static bool enter(pv_project *project, pv_str path, pv_str *inside, pv_fault *fault) {
    pv_error error = {0};
    if (!enter_folder(project, pv_path_folder(path), fault))
        return false;
    *inside = pv_path_name(path);
    if (project->inside.size > 0)
        *inside = pv_path_join(project->arena, project->inside, *inside);
    if (inside->data)
        return true;
    pv_fail_memory(&error);
    return fail(project, path, &error, fault);
}

/* ---- their files ---- */

static bool decide_by_name(pv_project *project, pv_str path, bool is_folder, pv_file_fate *fate, pv_fault *fault) {
    pv_str inside;
    if (!enter(project, path, &inside, fault))
        return false;
    const pv_config *config = project->config;
    pv_path_patterns_note(&config->include, inside);
    pv_path_patterns_note(&config->ignore, inside);
    for (size_t i = 0; i < config->override_count; i++)
        pv_path_patterns_note(&config->overrides[i].paths, inside);
    if (config->set[PV_CONFIG_INCLUDE] && !is_folder)
        *fate = pv_path_patterns_choose(&config->include, inside) ? PV_FILE_TAKEN : PV_FILE_NOT_INCLUDED;
    if (*fate == PV_FILE_TAKEN && pv_path_patterns_choose(&config->ignore, inside))
        *fate = PV_FILE_IGNORED;
    return true;
}

/* Who chooses, and the fault that ended it, when it has a message. */
typedef struct choosing {
    pv_project *project;
    pv_fault fault;
} choosing;

static bool decide(void *payload, pv_str path, bool is_folder, pv_file_fate *fate, pv_error *error) {
    choosing *all = payload;
    return decide_by_name(all->project, path, is_folder, fate, &all->fault) ||
           pv_fail(error, PV_ERROR_SHAPE, "the configuration cannot be read");
}

bool pv_project_collect(pv_project *project, pv_file_list *out, const pv_str *arguments, size_t count,
                        pv_fault *fault) {
    choosing all = {.project = project};
    const pv_file_chooser chooser = {&all, decide, project->settings.standard_input};
    pv_error error = {0};
    if (pv_file_list_collect(out, project->host, project->arena, arguments, count, &chooser, &error))
        return true;
    if (all.fault.message.size == 0)
        return fail(project, (pv_str){0}, &error, fault);
    *fault = all.fault;
    return false;
}

/* ---- what a project says without effect ---- */

static void tell(const pv_project_notices *to, pv_str path, const pv_source *source, const pv_node *node,
                 pv_str message) {
    pv_fault notice = {.kind = PV_FAULT_INPUT, .path = path, .message = message};
    if (node)
        notice.at = pv_source_locate(source, node->span.start);
    to->notice(to->payload, &notice);
}

/* A file that could be read as a configuration, and is none by its name, or a lock file without one. */
static void report_misnamed(const pv_project *project, pv_str path, const pv_project_notices *to) {
    pv_config config;
    pv_fault ignored;
    if (pv_str_equal(pv_path_name(path), PV_LOCK_NAME))
        tell(to, path, NULL, NULL, PV_STR("it locks nothing: no .proviso.yaml stands beside it"));
    else if (pv_config_read(&config, project->library, project->host, project->arena, path, &ignored) && config.source)
        tell(to, path, NULL, NULL, PV_STR("it sets nothing: a configuration is called .proviso.yaml"));
}

/* Overrides that set nothing, and a folder of packs that holds none. */
static bool report_empty(const pv_project *project, const pv_config *config, const pv_project_notices *to,
                         pv_error *error) {
    for (size_t i = 0; i < config->override_count; i++) {
        bool sets = false;
        for (size_t key = 0; key < PV_CONFIG_OVERRIDABLE; key++)
            sets |= config->overrides[i].set[key] != NULL;
        if (!sets)
            tell(to, config->path, config->source, config->overrides[i].paths.list[0].node,
                 PV_STR("the override for this sets nothing"));
    }
    const pv_node *packs = config->set[PV_CONFIG_PACKS];
    pv_path_list folders = {0};
    if (packs && !pv_host_subfolders(project->host, project->arena, config->values.packs, &folders, error))
        return false;
    bool any = !packs;
    for (size_t i = 0; i < folders.count && !any; i++) {
        pv_str manifest = pv_path_join(project->arena, folders.paths[i], PV_MANIFEST_NAME);
        any = manifest.data && pv_host_exists(project->host, manifest);
    }
    if (!any)
        tell(to, config->path, config->source, packs, PV_STR("this folder of packs holds no pack"));
    return true;
}

/* Whether the folder, or one above it, is an argument: all that its patterns are for was looked through. */
static bool was_searched(const pv_project *project, pv_str folder, const pv_str *arguments, size_t count) {
    pv_str whole = pv_host_canonical(project->host, project->arena, folder);
    for (size_t i = 0; i < count; i++) {
        pv_str named = pv_host_is_folder(project->host, arguments[i])
                           ? pv_host_canonical(project->host, project->arena, arguments[i])
                           : (pv_str){0};
        bool is_root = pv_str_equal(named, PV_STR("/"));
        if (named.size > 0 && pv_str_starts_with(whole, named) &&
            (is_root || whole.size == named.size || whole.data[named.size] == '/'))
            return true;
    }
    return false;
}

/* What is hidden is not looked at, so that a pattern for it cannot be met; a name with a wildcard (*.bak.yaml) is a
 * rule for files to come. */
static bool need_not_be_met(const pv_path_pattern *pattern) {
    return (!pattern->is_path && !pattern->folder_only && pv_glob_is_pattern(pattern->glob)) ||
           pv_str_starts_with(pattern->glob, PV_STR(".")) || pv_str_find(pattern->glob, PV_STR("/."), 0) != SIZE_MAX;
}

static bool report_unmet(const pv_project *project, const pv_config *config, const pv_path_patterns *patterns,
                         const char *of, const pv_project_notices *to, pv_error *error) {
    for (size_t i = 0; i < patterns->count; i++) {
        const pv_node *node = patterns->list[i].node;
        if (patterns->met[i] || need_not_be_met(&patterns->list[i]))
            continue;
        const pv_fault notice = {
            .kind = PV_FAULT_INPUT,
            .path = config->path,
            .at = pv_source_locate(config->source, node->span.start),
            .message = pv_arena_format(project->arena, "the pattern '%s' of %s matches no file in this folder",
                                       pv_message_quote(pv_node_value(node)).text, of),
        };
        if (!notice.message.data)
            return pv_fail_memory(error);
        to->notice(to->payload, &notice);
    }
    return true;
}

/* What goes for a run as a whole, a configuration that is not the run's sets for nothing. */
static bool report_of_run(const pv_project *project, const pv_config *config, const pv_project_notices *to,
                          pv_error *error) {
    static const struct {
        pv_config_key key;
        const char *name;
    } settings[] = {{PV_CONFIG_WAIVERS, "waivers"}, {PV_CONFIG_BASELINE, "baseline"}, {PV_CONFIG_FORMATS, "formats"}};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        const pv_node *node = config->set[settings[i].key];
        if (!node || pv_config_gives(&project->settings.asked, settings[i].key))
            continue;
        const pv_fault notice = {
            .kind = PV_FAULT_INPUT,
            .path = config->path,
            .at = pv_source_locate(config->source, node->span.start),
            .message = pv_arena_format(project->arena,
                                       "%s is set here without effect: a run has that of the configuration nearest to "
                                       "the first PATH",
                                       settings[i].name),
        };
        if (!notice.message.data)
            return pv_fail_memory(error);
        to->notice(to->payload, &notice);
    }
    return true;
}

static bool report_patterns(const pv_project *project, const pv_config *config, const pv_project_notices *to,
                            pv_error *error) {
    if (!report_unmet(project, config, &config->include, "include", to, error) ||
        !report_unmet(project, config, &config->ignore, "ignore", to, error))
        return false;
    for (size_t i = 0; i < config->override_count; i++)
        if (!report_unmet(project, config, &config->overrides[i].paths, "overrides", to, error))
            return false;
    return true;
}

bool pv_project_report_unmet(pv_project *project, const pv_profile *nearest, const pv_str *arguments, size_t count,
                             const pv_project_notices *to, pv_error *error) {
    for (size_t i = 0; i < project->misnamed.count; i++)
        report_misnamed(project, project->misnamed.items[i], to);
    for (const met_config *each = project->configs; each; each = each->next) {
        const pv_config *config = &each->config;
        if (config != nearest->of && !report_of_run(project, config, to, error))
            return false;
        if (!report_empty(project, config, to, error))
            return false;
        if (was_searched(project, pv_path_folder(config->path), arguments, count) &&
            !report_patterns(project, config, to, error))
            return false;
    }
    for (const pv_profile *each = project->first; each; each = each->next)
        if (each->packs && !each->shares_packs && !pv_pack_store_report_unread(each->packs, to, error))
            return false;
    return true;
}

/* ---- profiles ---- */

static uint64_t overrides_for(const pv_config *config, pv_str inside) {
    uint64_t overrides = 0;
    for (size_t i = 0; i < config->override_count; i++)
        if (pv_path_patterns_choose(&config->overrides[i].paths, inside))
            overrides |= (uint64_t)1 << i;
    return overrides;
}

/* What is not asked for, the configuration decides. */
static void choose_run(const pv_project *project, pv_profile *profile) {
    const pv_config *config = &profile->config;
    profile->values = pv_config_choose(&project->settings.asked, &config->values);
    profile->run = (pv_run_options){
        .mode = profile->values.mode,
        .fail_on = profile->values.fail_on,
        .levels = config->levels,
        .level_count = config->level_count,
        .rule_pattern = profile->values.rule,
    };
}

/* Leaves of what a project sets only where its packs are. */
static void forget_settings(pv_config *config) {
    config->parameters = (pv_settings){0};
    config->lock = NULL;
    config->levels = NULL;
    config->level_count = 0;
}

/* A run is by one day. Files whose own configuration sets another would be judged by one that nobody set for them. */
static bool check_day(pv_project *project, pv_fault *fault) {
    const pv_config *config = project->config;
    const pv_node *set = config->set[PV_CONFIG_AS_OF];
    pv_str day = project->settings.asked.as_of;
    pv_error error = {0};
    if (!set || pv_config_gives(&project->settings.asked, PV_CONFIG_AS_OF) || pv_str_equal(config->values.as_of, day))
        return true;
    pv_fail_at(&error, PV_ERROR_SHAPE, set->span,
               "this day is not that of the run, which is %s: a run is by one day; say it with --as-of, or check these "
               "files by themselves",
               day.size > 0 ? day.data : "none");
    return pv_fail_input(fault, project->arena, config->path, config->source, &error);
}

static pv_profile *add_profile(pv_project *project, uint64_t overrides, pv_error *error) {
    const pv_config *config = project->config;
    pv_profile *profile = PV_NEW(project->arena, pv_profile);
    if (!profile) {
        pv_fail_memory(error);
        return NULL;
    }
    *profile = (pv_profile){.config = *config, .of = config, .overrides = overrides, .next = project->first};
    for (size_t i = 0; i < config->override_count; i++)
        if ((overrides >> i & 1u) != 0 &&
            !pv_config_override_with(&profile->config, project->arena, &config->overrides[i], error))
            return NULL;
    if (project->settings.as_published)
        forget_settings(&profile->config);
    choose_run(project, profile);
    project->first = profile;
    return profile;
}

/* The profile, under the configuration at hand, of what these overrides are for. */
static pv_profile *profile_with(pv_project *project, uint64_t overrides, pv_fault *fault) {
    pv_error error = {0};
    for (pv_profile *each = project->first; each; each = each->next)
        if (each->of == project->config && each->overrides == overrides)
            return each;
    if (!check_day(project, fault))
        return NULL;
    pv_profile *profile = add_profile(project, overrides, &error);
    if (!profile)
        fail(project, project->folder, &error, fault);
    return profile;
}

pv_profile *pv_project_profile_of(pv_project *project, pv_str path, pv_fault *fault) {
    pv_str inside;
    if (!enter(project, path, &inside, fault))
        return NULL;
    return profile_with(project, overrides_for(project->config, inside), fault);
}

pv_profile *pv_project_profile_at(pv_project *project, pv_str path, pv_fault *fault) {
    pv_str folder = pv_host_is_folder(project->host, path) ? path : pv_path_folder(path);
    return enter_folder(project, folder, fault) ? profile_with(project, 0, fault) : NULL;
}

/* ---- their packs ---- */

/* Those of the overrides that pack store has to know of. */
static uint64_t of_packs(const pv_profile *profile) {
    uint64_t overrides = 0;
    for (size_t i = 0; i < profile->of->override_count; i++) {
        const pv_node *const *set = profile->of->overrides[i].set;
        if (set[PV_CONFIG_PACK] || set[PV_CONFIG_LEVELS] || set[PV_CONFIG_PARAMETERS])
            overrides |= (uint64_t)1 << i;
    }
    return profile->overrides & overrides;
}

static bool sets_gate(const pv_config_override *override) {
    const pv_node *mode = override->set[PV_CONFIG_MODE];
    return mode && pv_str_equal(pv_node_value(mode), pv_str_from(pv_mode_name(PV_MODE_GATE)));
}

/* Whether any file that these packs may be for is judged at the gate. */
static bool may_be_at_gate(const pv_project *project, const pv_profile *profile) {
    const pv_config *config = profile->of;
    const pv_config_values values = pv_config_choose(&project->settings.asked, &config->values);
    bool at_gate = values.mode == PV_MODE_GATE;
    for (size_t i = 0; !at_gate && i < config->override_count; i++)
        at_gate = !pv_config_gives(&project->settings.asked, PV_CONFIG_MODE) && sets_gate(&config->overrides[i]);
    return at_gate;
}

static bool open_packs(pv_project *project, pv_profile *profile, pv_fault *fault) {
    const pv_config *config = &profile->config;
    if (pv_pack_store_new(&profile->packs, project->library, project->host, config, profile->values.pack, fault)) {
        pv_pack_store_trust(profile->packs, may_be_at_gate(project, profile) ? NULL : project->settings.proofs);
        return true;
    }
    bool is_asked_for = pv_config_gives(&project->settings.asked, PV_CONFIG_PACK);
    const pv_node *named = config->set[PV_CONFIG_PACK];
    if (!is_asked_for && named && fault->path.size == 0) {
        fault->path = config->path;
        fault->at = pv_source_locate(config->source, named->span.start);
    }
    return false;
}

static bool may_share_packs(const pv_project *project, const pv_profile *one, const pv_profile *other) {
    return project->settings.as_published || (one->of == other->of && of_packs(one) == of_packs(other));
}

bool pv_project_open_packs(pv_project *project, pv_profile *profile, pv_fault *fault) {
    for (const pv_profile *each = project->first; each && !profile->packs; each = each->next)
        if (each->packs && !each->refused && may_share_packs(project, each, profile)) {
            profile->packs = each->packs;
            profile->shares_packs = true;
        }
    if (!profile->packs)
        profile->refused = !open_packs(project, profile, &profile->fault);
    if (profile->refused)
        *fault = profile->fault;
    return !profile->refused;
}

bool pv_project_show(const pv_project *project, const pv_profile *profile, pv_arena *arena, pv_config_shown_list *out,
                     pv_error *error) {
    return pv_config_show(out, arena, &profile->config, &project->settings.asked, error);
}
