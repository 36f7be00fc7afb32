/* Invariant: every byte the engine allocates is counted in one pv_memory, and `used` never exceeds `limit`. A refused
 * request returns NULL and changes nothing; a request to shrink is never refused. */
#ifndef PV_BASE_MEMORY_H
#define PV_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct pv_memory {
    size_t used;  /* bytes now */
    size_t peak;  /* most bytes ever */
    size_t limit; /* bytes; SIZE_MAX for none */
    /* Tests only: the request that makes this reach 0 is refused. 0 = off. */
    size_t fail_after;
} pv_memory;

/* An account with this limit in bytes (SIZE_MAX: no limit). */
pv_memory pv_memory_with_limit(size_t limit);

/* realloc with accounting: new_size 0 frees and returns NULL; old_size must be what the block was asked with. */
void *pv_memory_resize(pv_memory *memory, void *block, size_t old_size, size_t new_size);
/* Zeroed block, or NULL. */
void *pv_memory_new(pv_memory *memory, size_t size);
void pv_memory_free(pv_memory *memory, void *block, size_t size);

#endif
