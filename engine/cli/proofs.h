/* Invariant: what is kept says of bytes that they were looked through and nothing was found, and nothing else: no
 * code, no text of anybody's. It is read from, and written to, the user's own folder alone, and never through a link.
 * Whatever is not there, not as it was written, or not the user's own says nothing, and then the work is done again: a
 * run gives the same with it and without. */
#ifndef PV_CLI_PROOFS_H
#define PV_CLI_PROOFS_H

#include "library/library.h"

/* Kept in the folder that PROVISO_CACHE names, else in "proviso" in $XDG_CACHE_HOME or $HOME/.cache. NULL where there
 * is none, where PROVISO_CACHE is "off", and where this program cannot tell itself from another build of it. */
const pv_proofs *pv_posix_proofs(void);

#endif
