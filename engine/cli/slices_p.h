/* Invariant: each file is taken by one worker, in order, and who took it is known from the moment it is taken. What a
 * worker has written into its region stays as it is until it has been joined. All of this is in memory that a process
 * shares with those that it forks. */
#ifndef PV_CLI_SLICES_P_H
#define PV_CLI_SLICES_P_H

#include <stdatomic.h>

#include "base/buf.h"

/* ---- slices: which files a worker checks at a time ---- */

#define PV_NOBODY UINT32_MAX

/* Some files, one after the other; of none when at is end. */
typedef struct pv_slice {
    size_t at;  /* the first */
    size_t end; /* after the last */
} pv_slice;

typedef struct pv_slices {
    size_t files;
    unsigned workers;
    struct pv_taken *taken; /* shared */
} pv_slices;

/* Contents are yours: pv_slices_clear. */
bool pv_slices_init(pv_slices *slices, size_t files, unsigned workers, pv_error *error) PV_MUST_CHECK;
void pv_slices_clear(pv_slices *slices);
/* Takes for a worker the first files that nobody has: at most so many, at least one where there is one, and fewer
 * towards the end, so that all workers end at about the same time. */
pv_slice pv_slices_take(pv_slices *slices, uint32_t worker, size_t most);
/* Who took a file; PV_NOBODY while nobody has. */
uint32_t pv_slices_taker(const pv_slices *slices, size_t file);

/* ---- regions: where a worker writes what is joined in another process, which need not copy it ---- */

#define PV_REGION_MOST_WAITING 64

/* Of one worker. The worker and the process that joins have a copy each. */
typedef struct pv_region {
    char *data;            /* shared; NULL: there is none, and everything is sent */
    atomic_size_t *joined; /* shared: how many of what was handed over was joined */
    /* The worker's: what was handed over and not joined yet, the oldest first. */
    struct {
        size_t start;
        size_t end;
    } waiting[PV_REGION_MOST_WAITING];
    size_t first;
    size_t waiting_count;
    size_t given_back; /* of those handed over */
    size_t largest;
} pv_region;

/* Where the system has no memory to share, it is one without. */
void pv_region_init(pv_region *region);
void pv_region_clear(pv_region *region);
/* Before a worker starts in place of one that ended: all that it handed over was joined. */
void pv_region_renew(pv_region *region);
/* In a worker: an empty buffer over room in the region, or on memory when there is none; it moves there when it
 * outgrows the room. */
pv_buf pv_region_begin(pv_region *region, pv_memory *memory);
/* In a worker: hands over what is in the buffer, which was begun last; *at tells where. False when it is not in the
 * region: it is to be sent. */
bool pv_region_hand_over(pv_region *region, const pv_buf *buf, size_t *at);
/* In the process that joins: what was handed over, and that it was joined. */
pv_str pv_region_see(const pv_region *region, size_t at, size_t size);
void pv_region_give_back(pv_region *region);

#endif
