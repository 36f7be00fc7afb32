/* Invariant: a project that has a lock file is judged by the packs that stand in it, byte for byte, and by no
 * others. */
#ifndef PV_PROJECT_LOCK_H
#define PV_PROJECT_LOCK_H

#include "project/host.h"

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
bool pv_lock_read(pv_lock *out, pv_library *library, const pv_host *host, pv_arena *arena, pv_str path,
                  pv_fault *fault) PV_MUST_CHECK;
/* Whether the pack is the one that stands in the lock; the fault, in arena, says in one sentence why not. */
bool pv_lock_check(const pv_lock *lock, const pv_pack *pack, pv_arena *arena, pv_fault *fault) PV_MUST_CHECK;
/* Replaces the lock file at path by one for these packs. */
bool pv_lock_write(const pv_host *host, pv_memory *memory, pv_str path, const pv_pack *const *packs, size_t count,
                   pv_error *error) PV_MUST_CHECK;

#endif
