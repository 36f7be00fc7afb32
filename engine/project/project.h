/* How the files of a project are judged: the face of this room.
 *
 * Invariant: how a file is judged depends on what is asked for and on the configuration nearest to it, and on nothing
 * else that is checked in the same run. What is asked for outweighs the configuration; a configuration is read once,
 * however many files it is for. Everything outside is reached through the host, so that a command, an editor server
 * and a browser page judge alike.
 *
 *     pv_project *project;
 *     pv_checker checker;
 *     if (pv_project_new(&project, library, host, &settings, &error) &&
 *         pv_project_collect(project, &files, arguments, count, &fault) &&
 *         pv_checker_init(&checker, project, false, &listener, &error))
 *         for (size_t i = 0; i < files.count; i++)
 *             … pv_checker_check(&checker, &files.files[i], &error) …
 *
 * checker.h judges one file after the other, acceptance.h has findings accepted, collections.h judges submissions
 * together, compare.h by two days or packs; pack_tests.h and mutant.h judge packs by their own examples and cases. */
#ifndef PV_PROJECT_PROJECT_H
#define PV_PROJECT_PROJECT_H

#include "project/file_list.h"
#include "project/pack_store.h"

/* What is asked for. */
typedef struct pv_project_settings {
    pv_config_values asked;  /* outweighs what configurations set */
    pv_str standard_input;   /* the name that standard input goes by; empty: "-" */
    const pv_proofs *proofs; /* of packs, unless files are judged in mode gate; NULL: none */
    bool as_published;       /* what a project sets of packs is left aside; a pack is the same for all files */
} pv_project_settings;

/* How some files are judged. */
typedef struct pv_profile {
    pv_config config;        /* the nearest one, with those of its overrides that are for these files */
    pv_config_values values; /* what goes: as asked for, else as configured */
    pv_run_options run;
    pv_pack_store *packs; /* NULL until they are opened */
    /* For pv_project: */
    bool shares_packs; /* with another profile, that they belong to */
    bool refused;      /* they cannot be opened, as fault says */
    pv_fault fault;
    const pv_config *of;
    uint64_t overrides; /* a bit for each */
    struct pv_profile *next;
} pv_profile;

typedef struct pv_project pv_project;

/* All borrowed but settings, and to outlive it. Yours: pv_project_free, before the library's end. */
bool pv_project_new(pv_project **out, pv_library *library, const pv_host *host, const pv_project_settings *settings,
                    pv_error *error) PV_MUST_CHECK;
void pv_project_free(pv_project *project);
pv_library *pv_project_library(const pv_project *project);
const pv_host *pv_project_host(const pv_project *project);
/* Whether what goes by this path can be read more than once: a file, and not standard input or a pipe. */
bool pv_project_can_read_again(const pv_project *project, pv_str path);

/* The profile of the file at path, which need not exist. NULL with a fault when its configuration, or what it names,
 * cannot be used. */
pv_profile *pv_project_profile_of(pv_project *project, pv_str path, pv_fault *fault);
/* The profile of what lies in path, a folder, or next to it, and is meant by no override. */
pv_profile *pv_project_profile_at(pv_project *project, pv_str path, pv_fault *fault);
/* Opens where the packs of a profile are, so that profile->packs can be used; a pack that is asked for or that the
 * configuration names must be there. */
bool pv_project_open_packs(pv_project *project, pv_profile *profile, pv_fault *fault) PV_MUST_CHECK;
/* The files that arguments stand for (project/file_list.h), of folders those that their configurations choose. */
bool pv_project_collect(pv_project *project, pv_file_list *out, const pv_str *arguments, size_t count,
                        pv_fault *fault) PV_MUST_CHECK;
/* After pv_project_collect of the same arguments, what is without effect in a run whose own profile is nearest: what
 * may be meant as a configuration and is none by its name; what configurations of other files set for a run; patterns
 * of paths, in those whose whole folder was searched, that match no file in it; packs that cannot be read. */
bool pv_project_report_unmet(pv_project *project, const pv_profile *nearest, const pv_str *arguments, size_t count,
                             const pv_project_notices *to, pv_error *error) PV_MUST_CHECK;
/* Every value that goes by the profile, and who says so, in arena. */
bool pv_project_show(const pv_project *project, const pv_profile *profile, pv_arena *arena, pv_config_shown_list *out,
                     pv_error *error) PV_MUST_CHECK;

#endif
