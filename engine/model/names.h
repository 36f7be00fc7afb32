/* Invariant: where a name stands in a list is found by hash, so a hostile document that asks for a million unknown names
 * costs a million steps and no more. The names keep their order and no two are equal. */
#ifndef PV_MODEL_NAMES_H
#define PV_MODEL_NAMES_H

#include "base/arena.h"
#include "base/error.h"

typedef struct pv_names {
    const pv_str *names;
    size_t count;
    const uint32_t *slots; /* one more than the position of the name hashed here; 0: free */
    size_t slot_count;     /* a power of two, at least twice count; 0 only for a zeroed, empty list */
} pv_names;

/* Indexes names, which must live as long as the index, in arena. *repeated is the position of the first name that stood
 * earlier already (the index is then of no use), or SIZE_MAX. */
bool pv_names_index(pv_names *out, pv_arena *arena, const pv_str *names, size_t count, size_t *repeated,
                    pv_error *error) PV_MUST_CHECK;
/* The position of name, or SIZE_MAX. */
size_t pv_names_find(const pv_names *names, pv_str name);

#endif
