/* Invariant: of a manifest that is edited every byte stays as it stands but those that are added. */
#ifndef PV_CLI_MANIFEST_EDIT_H
#define PV_CLI_MANIFEST_EDIT_H

#include "base/buf.h"
#include "base/error.h"
#include "model/node.h"

/* Writes the manifest to out with a further rule file, after the last one it lists. PV_ERROR_SHAPE when it lists none. */
bool pv_manifest_add_rule_file(pv_buf *out, const pv_document *manifest, pv_str file, pv_error *error) PV_MUST_CHECK;

#endif
