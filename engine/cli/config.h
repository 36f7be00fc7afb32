/* Invariant: a configuration holds only what its file says, in names that this version knows; an unknown key is an error
 * with its place, never ignored. What is set at all, is set by a node that `set` tells, in source. */
#ifndef PV_CLI_CONFIG_H
#define PV_CLI_CONFIG_H

#include "cli/lock.h"
#include "cli/path_patterns.h"

#define PV_CONFIG_NAME PV_STR(".proviso.yaml")
#define PV_CONFIG_MAX_OVERRIDES ((size_t)64)

/* What can be set. The first group also by an override, for the files that it names. */
typedef enum pv_config_key {
    PV_CONFIG_PACK, /* by an override only */
    PV_CONFIG_MODE,
    PV_CONFIG_FAIL_ON,
    PV_CONFIG_LEVELS,
    PV_CONFIG_PARAMETERS,
    PV_CONFIG_OVERRIDABLE,
    PV_CONFIG_PACKS = PV_CONFIG_OVERRIDABLE,
    PV_CONFIG_INCLUDE,
    PV_CONFIG_IGNORE,
    PV_CONFIG_OVERRIDES,
    PV_CONFIG_WAIVERS,
    PV_CONFIG_BASELINE,
    PV_CONFIG_FORMATS,
    PV_CONFIG_KEY_COUNT,
} pv_config_key;

typedef struct pv_config_override {
    pv_path_patterns paths;
    const pv_node *set[PV_CONFIG_OVERRIDABLE];
} pv_config_override;

typedef struct pv_config {
    pv_str path;                             /* empty: there is none */
    const pv_source *source;                 /* NULL with it */
    const pv_node *set[PV_CONFIG_KEY_COUNT]; /* NULL: nothing sets it */
    bool has_mode;
    pv_mode mode;
    bool has_fail_on;
    pv_level fail_on;
    pv_str pack;                   /* an id or a folder; empty: the submission's form finds it */
    pv_str packs;                  /* a folder of packs; empty: none named */
    pv_settings parameters;        /* what the project sets of its rules' parameters */
    const pv_level_change *levels; /* the last that matches a rule goes */
    size_t level_count;
    pv_path_patterns include; /* the submissions of a folder; without a node: by their names */
    pv_path_patterns ignore;  /* what is none of them */
    const pv_config_override *overrides;
    size_t override_count;
    pv_str waivers;        /* a file; empty: none named */
    pv_str baseline;       /* the same */
    const pv_str *formats; /* F or F=FILE: as --format takes them, each with the node of the same index */
    size_t format_count;
    const pv_lock *lock; /* NULL: no lock file stands beside it */
} pv_config;

/* The configuration nearest to path (a file, a folder or "-"): in its folder or one of those above, with the lock file
 * beside it. *out is empty when there is none; *fault is filled when there is one and it cannot be used. Texts in arena
 * and library. */
bool pv_config_find(pv_config *out, pv_library *library, pv_arena *arena, pv_str path, pv_fault *fault) PV_MUST_CHECK;
/* Where the nearest one to things in folder is, in arena, and what folder is called from there ("" where it is the same);
 * both are empty when there is none. Nothing is read. */
bool pv_config_locate(pv_str *out, pv_str *inside, pv_arena *arena, pv_str folder, pv_error *error) PV_MUST_CHECK;
/* The one in the file at path, with the lock file beside it. */
bool pv_config_read(pv_config *out, pv_library *library, pv_arena *arena, pv_str path, pv_fault *fault) PV_MUST_CHECK;
/* Sets in config, whose path is known, what stands in its file. */
bool pv_config_read_document(pv_config *config, pv_arena *arena, const pv_document *document,
                             pv_error *error) PV_MUST_CHECK;
/* Sets in config what the override, one of its own, sets: from then on it outweighs what was set before. */
bool pv_config_override_with(pv_config *config, pv_arena *arena, const pv_config_override *with,
                             pv_error *error) PV_MUST_CHECK;
/* Where its lock file stands, or would, in arena; .data is NULL when memory is refused. */
pv_str pv_config_lock_path(const pv_config *config, pv_arena *arena);

/* The keys of the file, and of an override, in the order of a help text. */
const pv_str *pv_config_keys(size_t *count);
const pv_str *pv_config_override_keys(size_t *count);
const char *pv_config_key_name(pv_config_key key);

#endif
