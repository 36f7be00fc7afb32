/* Invariant: a configuration holds only what its file says, in names that this version knows; an unknown key is an error with
 * its place, never ignored. */
#ifndef PV_CLI_CONFIG_H
#define PV_CLI_CONFIG_H

#include "proviso.h"

#define PV_CONFIG_NAME PV_STR(".proviso.yaml")

typedef struct pv_config {
    pv_str path; /* empty: there is none */
    bool has_mode;
    pv_mode mode;
    bool has_fail_on;
    pv_level fail_on;
    pv_str packs; /* a folder of packs; empty: none named */
} pv_config;

/* The configuration nearest to path (a file, a folder or "-"): in its folder or one of those above. *out is empty when there
 * is none; *fault is filled when there is one and it cannot be used. Texts in arena. */
bool pv_config_find(pv_config *out, pv_library *library, pv_arena *arena, pv_str path, pv_fault *fault) PV_MUST_CHECK;

#endif
