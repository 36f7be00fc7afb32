#include "cli/slices_p.h"

#include <sys/mman.h>

/* Of what is left, each worker takes about this part at a time. */
#define SHARE ((size_t)4)
/* Of addresses, not of memory: what is written to is used again and again, from its start. */
#define REGION_BYTES ((size_t)64 << 20)
/* More than the largest so far that the next one may take. */
#define SPARE_BYTES ((size_t)64 << 10)
#define LINE_BYTES ((size_t)64)

static void *new_shared(size_t size) {
    void *shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return shared == MAP_FAILED ? NULL : shared;
}

/* ---- slices ---- */

struct pv_taken {
    atomic_size_t first_free; /* all before it are taken */
    _Atomic(uint32_t) by[];   /* of each file, the worker plus one; 0: nobody */
};

static size_t taken_size(const pv_slices *slices) {
    return sizeof *slices->taken + slices->files * sizeof *slices->taken->by;
}

bool pv_slices_init(pv_slices *slices, size_t files, unsigned workers, pv_error *error) {
    *slices = (pv_slices){.files = files, .workers = workers};
    slices->taken = new_shared(taken_size(slices));
    return slices->taken || pv_fail_memory(error);
}

void pv_slices_clear(pv_slices *slices) {
    if (slices->taken)
        munmap(slices->taken, taken_size(slices));
    *slices = (pv_slices){0};
}

static bool take(pv_slices *slices, size_t file, uint32_t worker) {
    uint32_t nobody = 0;
    return atomic_compare_exchange_strong(&slices->taken->by[file], &nobody, worker + 1);
}

pv_slice pv_slices_take(pv_slices *slices, uint32_t worker, size_t most) {
    struct pv_taken *taken = slices->taken;
    pv_slice slice = {.at = atomic_load(&taken->first_free)};
    while (slice.at < slices->files && !take(slices, slice.at, worker))
        slice.at++;
    size_t share_of_worker = (slices->files - slice.at) / (slices->workers * SHARE);
    size_t wanted = share_of_worker < most ? share_of_worker : most;
    slice.end = slice.at + (slice.at < slices->files);
    while (slice.end < slice.at + wanted && take(slices, slice.end, worker))
        slice.end++;
    atomic_store(&taken->first_free, slice.end);
    return slice;
}

uint32_t pv_slices_taker(const pv_slices *slices, size_t file) {
    return atomic_load(&slices->taken->by[file]) - 1;
}

/* ---- regions ---- */

void pv_region_init(pv_region *region) {
    *region = (pv_region){0};
    char *shared = new_shared(LINE_BYTES + REGION_BYTES);
    if (!shared)
        return;
    region->joined = (atomic_size_t *)(void *)shared;
    region->data = shared + LINE_BYTES;
}

void pv_region_clear(pv_region *region) {
    if (region->data)
        munmap(region->data - LINE_BYTES, LINE_BYTES + REGION_BYTES);
    *region = (pv_region){0};
}

void pv_region_renew(pv_region *region) {
    if (region->joined)
        atomic_store(region->joined, 0);
}

static void forget_joined(pv_region *region) {
    size_t joined = atomic_load(region->joined);
    while (region->given_back < joined && region->waiting_count > 0) {
        region->first = (region->first + 1) % PV_REGION_MOST_WAITING;
        region->waiting_count--;
        region->given_back++;
    }
}

/* What lies between two that wait, or before or after all of them: at the start where there is enough, so that the same
 * memory is used over and over. */
static void find_room(const pv_region *region, size_t *start, size_t *end) {
    size_t wanted = region->largest + region->largest / 2 + SPARE_BYTES;
    *start = 0;
    *end = REGION_BYTES;
    if (region->waiting_count == 0)
        return;
    size_t oldest = region->waiting[region->first].start;
    size_t last = (region->first + region->waiting_count - 1) % PV_REGION_MOST_WAITING;
    size_t newest_end = region->waiting[last].end;
    bool begins_anew = newest_end <= oldest; /* the newest lie before the oldest */
    *end = oldest;
    if (!begins_anew && oldest >= wanted)
        return;
    *start = newest_end;
    *end = begins_anew ? oldest : REGION_BYTES;
}

pv_buf pv_region_begin(pv_region *region, pv_memory *memory) {
    size_t start;
    size_t end;
    if (!region->data)
        return pv_buf_on(memory);
    forget_joined(region);
    find_room(region, &start, &end);
    if (region->waiting_count == PV_REGION_MOST_WAITING || end - start < SPARE_BYTES)
        return pv_buf_on(memory);
    return pv_buf_over(memory, region->data + start, end - start);
}

bool pv_region_hand_over(pv_region *region, const pv_buf *buf, size_t *at) {
    *at = 0;
    if (buf->size > region->largest)
        region->largest = buf->size;
    if (!buf->borrowed || buf->size == 0)
        return false;
    *at = (size_t)(buf->data - region->data);
    size_t last = (region->first + region->waiting_count++) % PV_REGION_MOST_WAITING;
    region->waiting[last].start = *at;
    region->waiting[last].end = (*at + buf->size + LINE_BYTES - 1) / LINE_BYTES * LINE_BYTES;
    return true;
}

pv_str pv_region_see(const pv_region *region, size_t at, size_t size) {
    return (pv_str){region->data + at, size};
}

void pv_region_give_back(pv_region *region) {
    atomic_fetch_add(region->joined, 1);
}
