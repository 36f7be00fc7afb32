/* Invariant: of the files beside a submission only those are read that lie in its folder, or below it, when every link has been
 * followed. */
#ifndef PV_CLI_BESIDE_H
#define PV_CLI_BESIDE_H

#include "library/library.h"

/* The folder that a submission stands in. */
typedef struct pv_beside {
    pv_str folder;
    size_t limit; /* bytes of a file */
} pv_beside;

/* The files beside the submission at path ("-": the current folder), which must live as long as beside. */
pv_files_beside pv_beside_of(pv_beside *beside, pv_str path, const pv_limits *limits);

#endif
