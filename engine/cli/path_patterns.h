/* Invariant: of the patterns that match a path, the last decides: whether a path is chosen never depends on another path
 * or on what lies on the disk. */
#ifndef PV_CLI_PATH_PATTERNS_H
#define PV_CLI_PATH_PATTERNS_H

#include "model/node.h"

/* As in .gitignore: without a "/" (but at its end) it is the name of a file or folder wherever it stands, with one it is
 * a path from the configuration's folder; a folder stands for all that is in it, and with "/" at the end only a folder is
 * meant; "!" before it takes back what one before it has chosen. */
typedef struct pv_path_pattern {
    pv_str glob; /* without the signs that the members below stand for */
    bool takes_back;
    bool is_path;
    bool folder_only;
    const pv_node *node; /* that it was read from */
} pv_path_pattern;

typedef struct pv_path_patterns {
    const pv_path_pattern *list;
    size_t count;
} pv_path_patterns;

/* Reads a list of patterns, into arena; PV_ERROR_SHAPE or PV_ERROR_SYNTAX at the one that is none. what: "the patterns of
 * ignore". */
bool pv_path_patterns_read(pv_path_patterns *out, pv_arena *arena, const pv_node *node, const char *what,
                           pv_error *error) PV_MUST_CHECK;
/* The last pattern that matches path, which is relative to the configuration's folder, or NULL. */
const pv_path_pattern *pv_path_patterns_last(const pv_path_patterns *patterns, pv_str path);
/* Whether there is one, and it does not take back. */
bool pv_path_patterns_choose(const pv_path_patterns *patterns, pv_str path);

#endif
