/* Invariant: a configuration holds only what its file says, in names that this version knows; an unknown key is an
 * error with its place, never ignored. What is set at all, is set by a node in source. Each setting is one row
 * (config.c): from it are derived how it is read in a configuration, how its option is read on a command line, its
 * help, which of the two goes, and what is shown of it. */
#ifndef PV_PROJECT_CONFIG_H
#define PV_PROJECT_CONFIG_H

#include "project/lock.h"

#define PV_CONFIG_NAME PV_STR(".proviso.yaml")
#define PV_CONFIG_MAX_OVERRIDES ((size_t)64)
/* Names of a setting that is a choice. */
#define PV_MAX_CHOICES 16

/* ---- patterns of paths ---- */

/* As in .gitignore: without a "/" (but at its end) it is the name of a file or folder wherever it stands, with one it
 * is a path from the configuration's folder; a folder stands for all that is in it, and with "/" at the end only a
 * folder is meant; "!" before it takes back what one before it has chosen. */
typedef struct pv_path_pattern {
    pv_str glob; /* without the signs that the members below stand for */
    bool takes_back;
    bool is_path;
    bool folder_only;
    const pv_node *node; /* that it was read from */
} pv_path_pattern;

/* Of those that match a path the last decides: whether a path is chosen never depends on another path or on what
 * there is. */
typedef struct pv_path_patterns {
    const pv_path_pattern *list;
    size_t count;
    bool *met; /* of each: pv_path_patterns_note has seen a path that it matches */
} pv_path_patterns;

/* Reads a list of patterns, into arena; PV_ERROR_SHAPE or PV_ERROR_SYNTAX at the one that is none. what: "the
 * patterns of ignore". */
bool pv_path_patterns_read(pv_path_patterns *out, pv_arena *arena, const pv_node *node, const char *what,
                           pv_error *error) PV_MUST_CHECK;
/* The last pattern that matches path, which is relative to the configuration's folder, or NULL. */
const pv_path_pattern *pv_path_patterns_last(const pv_path_patterns *patterns, pv_str path);
/* Whether there is one, and it does not take back. */
bool pv_path_patterns_choose(const pv_path_patterns *patterns, pv_str path);

/* Remembers which patterns match path, whatever others make of that. */
void pv_path_patterns_note(const pv_path_patterns *patterns, pv_str path);

/* ---- settings ---- */

/* What can be set; those before PV_CONFIG_PACKS also by an override, for the files that it names. */
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
    PV_CONFIG_AS_OF, /* of the whole run */
    PV_CONFIG_KEY_COUNT,
    /* Not by a configuration: */
    PV_CONFIG_LOCK = PV_CONFIG_KEY_COUNT,
    PV_CONFIG_RULE,
    PV_SETTING_COUNT,
} pv_config_key;

/* What the settings of one value are set to in one place: in a configuration, or by whoever asks for a check. */
typedef struct pv_config_values {
    uint32_t given; /* a bit for each key that is set there; the others have their defaults */
    pv_str pack;    /* an id or a folder; empty: the submission's form finds it */
    pv_mode mode;
    pv_level fail_on;
    pv_str packs;    /* a folder of packs; empty: none named */
    pv_str waivers;  /* a file; empty: none named */
    pv_str baseline; /* the same */
    pv_str as_of;    /* a day; empty: none */
    pv_str rule;     /* a pattern of rule ids; empty: all */
} pv_config_values;

/* Nothing is given. */
pv_config_values pv_config_defaults(void);
bool pv_config_gives(const pv_config_values *values, pv_config_key key);
/* Of each value the one that is asked for, else the one in config, else the default. */
pv_config_values pv_config_choose(const pv_config_values *asked, const pv_config_values *config);

/* How a value is written, and what it is kept as. */
typedef enum pv_setting_type {
    PV_SETTING_SPECIAL, /* by functions of its own */
    PV_SETTING_TEXT,    /* pv_str */
    PV_SETTING_NAME,    /* pv_str, not empty */
    PV_SETTING_FILE,    /* pv_str; in a configuration it is named from there */
    PV_SETTING_PACK,    /* pv_str: an id, or where there is a "/" in it a folder, which is named as files are */
    PV_SETTING_DATE,    /* pv_str: a day that exists */
    PV_SETTING_PATTERN, /* pv_str: a glob that is well-formed */
    PV_SETTING_CHOICE,  /* an enum, whose values have the names in choices */
    PV_SETTING_NUMBER,  /* unsigned, from least to most */
    PV_SETTING_FLAG,    /* bool */
} pv_setting_type;

typedef struct pv_config pv_config;
typedef struct pv_config_shown_list pv_config_shown_list;

/* One setting. */
typedef struct pv_setting {
    pv_setting_type type;
    size_t offset; /* of its value in pv_config_values; of one with an option only, wherever that is kept */
    const char *const *choices; /* PV_SETTING_CHOICE; NULL at the end */
    unsigned least;             /* PV_SETTING_NUMBER */
    unsigned most;
    /* As an option of a command line: */
    const char *option;   /* "fail-on"; NULL: it is none */
    const char *argument; /* what stands after it, or NULL */
    const char *help;
    char letter;  /* its short form, or 0 */
    size_t given; /* offset of a bool that tells whether it was given; 0: nobody asks */
    /* In a configuration: */
    pv_str key;       /* "fail_on" */
    const char *what; /* what a message calls the value: "the mode" */
    bool is_ranked;   /* messages list the choices from the last */
    bool (*read)(pv_config *config, pv_arena *arena, const pv_node *node, pv_error *error); /* PV_SETTING_SPECIAL */
    /* In what is shown of a configuration: */
    unsigned turn;                         /* from 1; 0: it is not shown */
    pv_str (*by_default)(pv_arena *arena); /* PV_SETTING_SPECIAL: what goes when nothing sets it; NULL: nothing */
    void (*show)(pv_config_shown_list *out, const pv_config *config); /* PV_SETTING_SPECIAL: the values there are */
} pv_setting;

/* By pv_config_key. */
extern const pv_setting pv_settings_table[PV_SETTING_COUNT];

/* ---- a configuration ---- */

typedef struct pv_config_override {
    pv_path_patterns paths;
    const pv_node *set[PV_CONFIG_OVERRIDABLE];
} pv_config_override;

struct pv_config {
    const pv_host *host;                     /* that it was found through; NULL: none */
    pv_str path;                             /* empty: there is none */
    const pv_source *source;                 /* NULL with it */
    const pv_node *set[PV_CONFIG_KEY_COUNT]; /* NULL: nothing sets it */
    pv_config_values values;
    pv_settings parameters;        /* what the project sets of its rules' parameters */
    const pv_level_change *levels; /* the last that matches a rule goes */
    size_t level_count;
    pv_path_patterns include; /* the submissions of a folder; without a node: by their names */
    pv_path_patterns ignore;  /* what is none of them */
    const pv_config_override *overrides;
    size_t override_count;
    const pv_str *formats; /* F or F=FILE: as --format takes them, each with the node of the same index */
    size_t format_count;
    const pv_lock *lock; /* NULL: no lock file stands beside it */
};

/* The configuration nearest to path (a file, a folder or "-"): in its folder or one of those above, with the lock file
 * beside it. *out is empty when there is none; *fault is filled when there is one and it cannot be used. Texts in arena
 * and library. */
bool pv_config_find(pv_config *out, pv_library *library, const pv_host *host, pv_arena *arena, pv_str path,
                    pv_fault *fault) PV_MUST_CHECK;
typedef struct pv_located {
    pv_str path;       /* empty: there is none */
    pv_str inside;     /* what the folder asked about is called from that of the configuration; empty: it is the same */
    pv_str misnamed;   /* a file as near, or nearer, that by its name is none and may be meant; empty: none */
    pv_str stray_lock; /* a lock file that is nearer, so that no configuration stands beside it; empty: none */
} pv_located;

/* Where the nearest one to things in folder is. Nothing is read; paths in arena. */
bool pv_config_locate(pv_located *out, const pv_host *host, pv_arena *arena, pv_str folder,
                      pv_error *error) PV_MUST_CHECK;
/* The one in the file at path, with the lock file beside it. */
bool pv_config_read(pv_config *out, pv_library *library, const pv_host *host, pv_arena *arena, pv_str path,
                    pv_fault *fault) PV_MUST_CHECK;
/* Sets in config, whose path and host are known, what stands in its file. */
bool pv_config_read_document(pv_config *config, pv_arena *arena, const pv_document *document,
                             pv_error *error) PV_MUST_CHECK;
/* Sets in config what the override, one of its own, sets: from then on it outweighs what was set before. */
bool pv_config_override_with(pv_config *config, pv_arena *arena, const pv_config_override *with,
                             pv_error *error) PV_MUST_CHECK;
/* Where its lock file stands, or would, in arena; .data is NULL when memory is refused. */
pv_str pv_config_lock_path(const pv_config *config, pv_arena *arena);

/* The keys of the file, and of an override, in the order of a help text; how many there are. */
size_t pv_config_keys(pv_str out[PV_CONFIG_KEY_COUNT]);
size_t pv_config_override_keys(pv_str out[PV_CONFIG_KEY_COUNT]);

/* ---- what is shown of one ---- */

typedef enum pv_set_by { PV_SET_BY_DEFAULT, PV_SET_BY_FILE, PV_SET_BY_ASKING } pv_set_by;

/* One effective value. */
typedef struct pv_config_shown {
    pv_str key;
    pv_str name;  /* of several under one key: the rule, or the rule and parameter; empty: the key alone */
    pv_str value; /* empty: there is none */
    pv_set_by by;
    pv_span at; /* PV_SET_BY_FILE: in the configuration */
} pv_config_shown;

struct pv_config_shown_list {
    pv_arena *arena;
    pv_config_shown *items;
    size_t count;
    size_t capacity;
    bool failed; /* for memory */
};

/* Every value that goes by config and by what is asked for, and who says so, in arena. */
bool pv_config_show(pv_config_shown_list *out, pv_arena *arena, const pv_config *config, const pv_config_values *asked,
                    pv_error *error) PV_MUST_CHECK;

#endif
