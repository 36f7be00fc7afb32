/* Invariant: a project that has a lock file is judged by the packs that stand in it, byte for byte, and by no
 * others. */
#ifndef PV_CLI_LOCK_H
#define PV_CLI_LOCK_H

#include "library/library.h"

/* Beside the project's configuration. */
#define PV_LOCK_NAME PV_STR("proviso.lock")

typedef struct pv_locked_pack {
    pv_str id;
    pv_str version;
    pv_str sha256;
    pv_span at; /* the id, in the lock file */
} pv_locked_pack;

typedef struct pv_lock {
    const pv_source *source;
    const pv_locked_pack *packs;
    size_t count;
} pv_lock;

/* Reads the lock file at path; its list and what a fault says are in arena, its texts in library. */
bool pv_lock_read(pv_lock *out, pv_library *library, pv_arena *arena, pv_str path, pv_fault *fault) PV_MUST_CHECK;
/* Whether the pack is the one that stands in the lock; the fault, in arena, says in one sentence why not. */
bool pv_lock_check(const pv_lock *lock, const pv_pack *pack, pv_arena *arena, pv_fault *fault) PV_MUST_CHECK;
/* The contents of a lock file for these packs. */
void pv_lock_write(pv_buf *out, const pv_pack *const *packs, size_t count);

#endif
