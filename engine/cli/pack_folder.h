/* Invariant: what is read of a pack is in its folder; the library checks that no name in a manifest leaves it. */
#ifndef PV_CLI_PACK_FOLDER_H
#define PV_CLI_PACK_FOLDER_H

#include "library/library.h"

#define PV_MANIFEST_NAME PV_STR("pack.yaml")

/* Opens the pack in folder, or reads its outline; both live as long as library. project: see pv_library_open_pack. */
bool pv_pack_folder_open(pv_library *library, pv_str folder, const pv_settings *project, const pv_pack **out,
                         pv_fault *fault) PV_MUST_CHECK;
bool pv_pack_folder_outline(pv_library *library, pv_str folder, pv_pack_outline *out, pv_fault *fault) PV_MUST_CHECK;

#endif
