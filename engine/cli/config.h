/* Invariant: a configuration holds only what its file says, in names that this version knows; an unknown key is an
 * error with its place, never ignored. */
#ifndef PV_CLI_CONFIG_H
#define PV_CLI_CONFIG_H

#include "cli/lock.h"

#define PV_CONFIG_NAME PV_STR(".proviso.yaml")

typedef struct pv_config {
    pv_str path; /* empty: there is none */
    bool has_mode;
    pv_mode mode;
    bool has_fail_on;
    pv_level fail_on;
    pv_str packs;           /* a folder of packs; empty: none named */
    pv_settings parameters; /* what the project sets of its rules' parameters */
    const pv_lock *lock;    /* NULL: no lock file stands beside it */
} pv_config;

/* The configuration nearest to path (a file, a folder or "-"): in its folder or one of those above, with the lock file
 * beside it. *out is empty when there is none; *fault is filled when there is one and it cannot be used. Texts in arena
 * and library. */
bool pv_config_find(pv_config *out, pv_library *library, pv_arena *arena, pv_str path, pv_fault *fault) PV_MUST_CHECK;
/* Where its lock file stands, or would, in arena; .data is NULL when memory is refused. */
pv_str pv_config_lock_path(const pv_config *config, pv_arena *arena);

#endif
