#include "cli/profiles.h"

/* A configuration that was met. */
typedef struct met_config {
    pv_config config;
    struct met_config *next;
} met_config;

struct pv_profiles {
    pv_library *library;
    pv_arena *arena;
    const pv_options *options;
    met_config *configs;
    pv_config none;
    pv_profile *first;
    /* The folder asked about last: files of one folder come one after the other. */
    pv_str folder;
    pv_str inside; /* what it is called from the configuration's folder */
    const pv_config *config;
};

bool pv_profiles_new(pv_profiles **out, pv_library *library, const pv_options *options, pv_error *error) {
    pv_arena *arena = pv_arena_new(pv_library_memory(library));
    pv_profiles *profiles = arena ? PV_NEW(arena, pv_profiles) : NULL;
    *out = profiles;
    if (!profiles) {
        pv_arena_free(arena);
        return pv_fail_memory(error);
    }
    *profiles = (pv_profiles){.library = library, .arena = arena, .options = options};
    return true;
}

void pv_profiles_free(pv_profiles *profiles) {
    if (!profiles)
        return;
    for (pv_profile *each = profiles->first; each; each = each->next)
        if (!each->shares_packs)
            pv_pack_store_free(each->packs);
    pv_arena_free(profiles->arena);
}

static bool fail(pv_profiles *profiles, pv_str path, const pv_error *error, pv_fault *fault) {
    *fault = pv_fault_from_error(profiles->arena, PV_FAULT_INPUT, path, NULL, error);
    return false;
}

/* ---- configurations ---- */

/* The one at path, which may be another path to one that was met. */
static const pv_config *config_at(pv_profiles *profiles, pv_str path, pv_fault *fault) {
    for (const met_config *each = profiles->configs; each; each = each->next)
        if (pv_str_equal(each->config.path, path) || pv_files_are_one(each->config.path, path))
            return &each->config;
    pv_error error = {0};
    met_config *met = PV_NEW(profiles->arena, met_config);
    if (!met) {
        pv_fail_memory(&error);
        fail(profiles, path, &error, fault);
        return NULL;
    }
    if (!pv_config_read(&met->config, profiles->library, profiles->arena, path, fault))
        return NULL;
    met->next = profiles->configs;
    profiles->configs = met;
    return &met->config;
}

static bool enter_folder(pv_profiles *profiles, pv_str folder, pv_fault *fault) {
    pv_str found;
    pv_error error = {0};
    if (profiles->config && pv_str_equal(folder, profiles->folder))
        return true;
    profiles->config = NULL;
    profiles->folder = pv_arena_copy(profiles->arena, folder);
    if (!profiles->folder.data)
        pv_fail_memory(&error);
    if (!profiles->folder.data ||
        !pv_config_locate(&found, &profiles->inside, profiles->arena, profiles->folder, &error))
        return fail(profiles, folder, &error, fault);
    profiles->config = found.size > 0 ? config_at(profiles, found, fault) : &profiles->none;
    return profiles->config != NULL;
}

/* Goes to the folder of path; *inside is what path is called from the configuration's folder. */
static bool enter(pv_profiles *profiles, pv_str path, pv_str *inside, pv_fault *fault) {
    pv_error error = {0};
    if (!enter_folder(profiles, pv_files_folder_of(path), fault))
        return false;
    *inside = pv_files_name_of(path);
    if (profiles->inside.size > 0)
        *inside = pv_files_join(profiles->arena, profiles->inside, *inside);
    if (inside->data)
        return true;
    pv_fail_memory(&error);
    return fail(profiles, path, &error, fault);
}

/* ---- their files ---- */

static bool decide_by_name(pv_profiles *profiles, pv_str path, bool is_folder, pv_file_fate *fate, pv_fault *fault) {
    pv_str inside;
    if (!enter(profiles, path, &inside, fault))
        return false;
    const pv_config *config = profiles->config;
    if (config->set[PV_CONFIG_INCLUDE] && !is_folder)
        *fate = pv_path_patterns_choose(&config->include, inside) ? PV_FILE_TAKEN : PV_FILE_NOT_INCLUDED;
    if (*fate == PV_FILE_TAKEN && pv_path_patterns_choose(&config->ignore, inside))
        *fate = PV_FILE_IGNORED;
    return true;
}

/* Who chooses, and the fault that ended it, when it has a message. */
typedef struct choosing {
    pv_profiles *profiles;
    pv_fault fault;
} choosing;

static bool decide(void *payload, pv_str path, bool is_folder, pv_file_fate *fate, pv_error *error) {
    choosing *all = payload;
    return decide_by_name(all->profiles, path, is_folder, fate, &all->fault) ||
           pv_fail(error, PV_ERROR_SHAPE, "the configuration cannot be read");
}

bool pv_profiles_collect(pv_profiles *profiles, pv_file_list *out, const char *const *arguments, size_t count,
                         pv_fault *fault) {
    choosing all = {.profiles = profiles};
    const pv_file_chooser chooser = {&all, decide, profiles->options->stdin_filename};
    pv_error error = {0};
    if (pv_files_collect(out, profiles->arena, arguments, count, &chooser, &error))
        return true;
    if (all.fault.message.size == 0)
        return fail(profiles, (pv_str){0}, &error, fault);
    *fault = all.fault;
    return false;
}

/* ---- profiles ---- */

static uint64_t overrides_for(const pv_config *config, pv_str inside) {
    uint64_t overrides = 0;
    for (size_t i = 0; i < config->override_count; i++)
        if (pv_path_patterns_choose(&config->overrides[i].paths, inside))
            overrides |= (uint64_t)1 << i;
    return overrides;
}

/* What the command line leaves open, the configuration decides. */
static void choose_run(const pv_profiles *profiles, pv_profile *profile) {
    const pv_options *options = profiles->options;
    const pv_config *config = &profile->config;
    profile->run = (pv_run_options){
        .mode = !options->has_mode && config->has_mode ? config->mode : options->mode,
        .fail_on = !options->has_fail_on && config->has_fail_on ? config->fail_on : options->fail_on,
        .levels = config->levels,
        .level_count = config->level_count,
        .rule_pattern = pv_str_from(options->rule),
    };
}

/* Leaves of what a project sets only where its packs are. */
static void forget_settings(pv_config *config) {
    config->parameters = (pv_settings){0};
    config->lock = NULL;
    config->levels = NULL;
    config->level_count = 0;
}

static pv_profile *add_profile(pv_profiles *profiles, uint64_t overrides, pv_error *error) {
    const pv_config *config = profiles->config;
    pv_profile *profile = PV_NEW(profiles->arena, pv_profile);
    if (!profile) {
        pv_fail_memory(error);
        return NULL;
    }
    *profile = (pv_profile){.config = *config, .of = config, .overrides = overrides, .next = profiles->first};
    for (size_t i = 0; i < config->override_count; i++)
        if ((overrides >> i & 1u) != 0 &&
            !pv_config_override_with(&profile->config, profiles->arena, &config->overrides[i], error))
            return NULL;
    if (profiles->options->as_published)
        forget_settings(&profile->config);
    choose_run(profiles, profile);
    profiles->first = profile;
    return profile;
}

/* The profile, under the configuration at hand, of what these overrides are for. */
static pv_profile *profile_with(pv_profiles *profiles, uint64_t overrides, pv_fault *fault) {
    pv_error error = {0};
    for (pv_profile *each = profiles->first; each; each = each->next)
        if (each->of == profiles->config && each->overrides == overrides)
            return each;
    pv_profile *profile = add_profile(profiles, overrides, &error);
    if (!profile)
        fail(profiles, profiles->folder, &error, fault);
    return profile;
}

pv_profile *pv_profiles_of(pv_profiles *profiles, pv_str path, pv_fault *fault) {
    pv_str inside;
    if (!enter(profiles, path, &inside, fault))
        return NULL;
    return profile_with(profiles, overrides_for(profiles->config, inside), fault);
}

pv_profile *pv_profiles_at(pv_profiles *profiles, pv_str path, pv_fault *fault) {
    pv_str folder = pv_files_is_folder(path) ? path : pv_files_folder_of(path);
    return enter_folder(profiles, folder, fault) ? profile_with(profiles, 0, fault) : NULL;
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

static bool open_packs(pv_profiles *profiles, pv_profile *profile, pv_fault *fault) {
    pv_str asked = pv_str_from(profiles->options->pack);
    pv_str only = asked.size > 0 ? asked : profile->config.pack;
    if (pv_pack_store_new(&profile->packs, profiles->library, &profile->config, only, fault))
        return true;
    const pv_node *named = profile->config.set[PV_CONFIG_PACK];
    if (asked.size == 0 && named && fault->path.size == 0) {
        fault->path = profile->config.path;
        fault->at = pv_source_locate(profile->config.source, named->span.start);
    }
    return false;
}

static bool may_share_packs(const pv_profiles *profiles, const pv_profile *one, const pv_profile *other) {
    return profiles->options->as_published || (one->of == other->of && of_packs(one) == of_packs(other));
}

bool pv_profiles_open_packs(pv_profiles *profiles, pv_profile *profile, pv_fault *fault) {
    for (const pv_profile *each = profiles->first; each && !profile->packs; each = each->next)
        if (each->packs && !each->refused && may_share_packs(profiles, each, profile)) {
            profile->packs = each->packs;
            profile->shares_packs = true;
        }
    if (!profile->packs)
        profile->refused = !open_packs(profiles, profile, &profile->fault);
    if (profile->refused)
        *fault = profile->fault;
    return !profile->refused;
}
