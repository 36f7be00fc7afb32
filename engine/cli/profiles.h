/* Invariant: how a file is judged depends on the command line and on the configuration nearest to it, and on nothing else
 * that is checked in the same run. The command line outweighs the configuration; a configuration is read once, however
 * many files it is for. */
#ifndef PV_CLI_PROFILES_H
#define PV_CLI_PROFILES_H

#include "cli/files.h"
#include "cli/options.h"
#include "cli/pack_store.h"

/* How some files are judged. */
typedef struct pv_profile {
    pv_config config; /* the nearest one, with those of its overrides that are for these files */
    pv_run_options run;
    pv_pack_store *packs; /* NULL until they are opened */
    /* For pv_profiles: */
    bool shares_packs; /* with another profile, that they belong to */
    bool refused;      /* they cannot be opened, as fault says */
    pv_fault fault;
    const pv_config *of;
    uint64_t overrides; /* a bit for each */
    struct pv_profile *next;
} pv_profile;

typedef struct pv_profiles pv_profiles;

/* None yet. All borrowed, and to outlive them. Yours: pv_profiles_free, before the library's end. */
bool pv_profiles_new(pv_profiles **out, pv_library *library, const pv_options *options, pv_error *error) PV_MUST_CHECK;
void pv_profiles_free(pv_profiles *profiles);
/* The profile of the file at path, which need not exist. NULL with a fault when its configuration, or what it names,
 * cannot be used. */
pv_profile *pv_profiles_of(pv_profiles *profiles, pv_str path, pv_fault *fault);
/* The profile of what lies in path, a folder, or beside it, and is meant by no override. */
pv_profile *pv_profiles_at(pv_profiles *profiles, pv_str path, pv_fault *fault);
/* Opens where the packs of a profile are, so that profile->packs can be used; a pack that --pack or the configuration names
 * must be there. */
bool pv_profiles_open_packs(pv_profiles *profiles, pv_profile *profile, pv_fault *fault) PV_MUST_CHECK;
/* The files that arguments stand for (cli/files.h), of folders those that their configurations choose. */
bool pv_profiles_collect(pv_profiles *profiles, pv_file_list *out, const char *const *arguments, size_t count,
                         pv_fault *fault) PV_MUST_CHECK;

#endif
