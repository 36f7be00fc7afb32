/* Invariant: what proviso new writes runs and passes at once, and nothing that exists is overwritten; of a manifest
 * that is edited every byte stays as it stands but those that are added. */
#ifndef PV_CLI_NEW_COMMAND_H
#define PV_CLI_NEW_COMMAND_H

#include "base/buf.h"
#include "base/error.h"
#include "model/node.h"

/* A file of the folder skeleton/, embedded in the program; a copy has a value for each @NAME@ in it. */
typedef struct pv_skeleton {
    const char *name; /* "rule-response.lua" */
    const char *text;
    size_t size;
} pv_skeleton;

/* Ends with a NULL name. */
extern const pv_skeleton pv_skeletons[];

/* Writes the manifest to out with a further rule file, after the last one it lists. PV_ERROR_SHAPE when it lists
 * none. */
bool pv_manifest_add_rule_file(pv_buf *out, const pv_document *manifest, pv_str file, pv_error *error) PV_MUST_CHECK;

#endif
