#include "lua/host/heap.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

/* A state with the vocabulary and a large pack takes a tenth of this; pages never touched cost nothing. */
#define REGION_BYTES ((size_t)4 * 1024 * 1024)
/* Pieces up to LARGEST_SMALL are kept for reuse by size, in steps of GRANULE. */
#define GRANULE alignof(max_align_t)
#define LARGEST_SMALL ((size_t)512)
#define SIZE_CLASSES (LARGEST_SMALL / GRANULE)
/* Lua's table of strings has so many entries at first, and doubles. */
#define FEWEST_STRINGS ((size_t)128)

#ifdef PV_DEBUG_ARENA
#define USES_REGION false
#else
#define USES_REGION true
#endif

typedef struct free_piece {
    struct free_piece *next;
    size_t size; /* of a large one; a small one has room for no more than the pointer */
} free_piece;

/* The head of a block beside the region. */
typedef struct outside_block {
    alignas(max_align_t) struct outside_block *next;
    struct outside_block *previous;
    size_t size; /* with this head */
} outside_block;

/* One of the two parts of the region: what changes grows up from its start, what stays as it is down from its end. */
typedef struct area {
    size_t used; /* bytes in use or in free pieces */
    free_piece *pieces[SIZE_CLASSES];
    free_piece *large; /* what the arrays that grow while files are compiled leave behind */
} area;

/* How the region is divided. */
typedef struct layout {
    area changing;
    area lasting;
} layout;

struct pv_heap {
    pv_memory *owner;   /* of this, the region and the image */
    pv_memory *account; /* what was asked for and not given back */
    char *region;       /* NULL: everything is beside it */
    layout now;
    pv_memory outside_memory; /* of the blocks beside the region; no limit of its own */
    outside_block outside;    /* head of their ring */
    char *image;              /* of both areas when they were sealed; NULL: not sealed */
    bool lasting_touched;     /* the lasting area may no longer be what it was when it was sealed */
    bool distrusted;          /* until it is cleared: as if it were touched again and again */
    layout sealed;
    pv_memory sealed_account;
};

static size_t rounded(size_t size) {
    return (size + GRANULE - 1) / GRANULE * GRANULE;
}

static free_piece **pieces_of_size(area *within, size_t size) {
    return &within->pieces[rounded(size) / GRANULE - 1];
}

static bool is_inside(const pv_heap *heap, const void *block) {
    uintptr_t offset = (uintptr_t)block - (uintptr_t)heap->region;
    return heap->region && offset < REGION_BYTES;
}

/* ---- beside the region ---- */

static void link_outside(pv_heap *heap, outside_block *block) {
    block->next = heap->outside.next;
    block->previous = &heap->outside;
    block->next->previous = block;
    block->previous->next = block;
}

static void unlink_outside(outside_block *block) {
    block->next->previous = block->previous;
    block->previous->next = block->next;
}

static void *take_outside(pv_heap *heap, size_t size) {
    outside_block *block = pv_memory_resize(&heap->outside_memory, NULL, 0, sizeof *block + size);
    if (!block)
        return NULL;
    block->size = sizeof *block + size;
    link_outside(heap, block);
    return block + 1;
}

static void release_outside(pv_heap *heap, outside_block *block) {
    unlink_outside(block);
    pv_memory_free(&heap->outside_memory, block, block->size);
}

static void *resize_outside(pv_heap *heap, outside_block *block, size_t size) {
    unlink_outside(block);
    outside_block *resized = pv_memory_resize(&heap->outside_memory, block, block->size, sizeof *block + size);
    if (resized)
        resized->size = sizeof *block + size;
    link_outside(heap, resized ? resized : block);
    return resized ? resized + 1 : NULL;
}

/* ---- inside ---- */

/* Where the lasting area begins. */
static char *lasting_start(const pv_heap *heap, const layout *divided) {
    return heap->region + REGION_BYTES - divided->lasting.used;
}

static bool is_lasting(const pv_heap *heap, const void *block) {
    return heap->region && (const char *)block >= lasting_start(heap, &heap->now) && is_inside(heap, block);
}

static area *area_of(pv_heap *heap, const void *block) {
    return is_lasting(heap, block) ? &heap->now.lasting : &heap->now.changing;
}

/* Whether the block is the last that was taken off the free middle of the region. */
static bool is_newest(const pv_heap *heap, const area *within, const char *block, size_t size) {
    return within == &heap->now.lasting ? block == lasting_start(heap, &heap->now)
                                        : block + rounded(size) == heap->region + within->used;
}

static void release_in(pv_heap *heap, area *within, void *block, size_t size) {
    if (size <= LARGEST_SMALL) {
        free_piece *piece = block;
        piece->next = *pieces_of_size(within, size);
        *pieces_of_size(within, size) = piece;
    } else if (is_newest(heap, within, block, size)) {
        within->used -= rounded(size);
    } else {
        free_piece *piece = block;
        *piece = (free_piece){.next = within->large, .size = rounded(size)};
        within->large = piece;
    }
}

static void release_inside(pv_heap *heap, void *block, size_t size) {
    area *within = area_of(heap, block);
    heap->lasting_touched |= heap->image && within == &heap->now.lasting;
    release_in(heap, within, block, size);
}

/* The first large piece that is large enough, of which the rest stays; NULL when there is none. */
static void *take_large(pv_heap *heap, area *within, size_t size) {
    free_piece **link = &within->large;
    while (*link && (*link)->size < rounded(size))
        link = &(*link)->next;
    free_piece *piece = *link;
    if (!piece)
        return NULL;
    size_t rest = piece->size - rounded(size);
    *link = piece->next;
    if (rest > 0)
        release_in(heap, within, (char *)piece + rounded(size), rest);
    return piece;
}

/* From the pieces kept, or the free middle of the region; NULL when neither has it. Large blocks are only put inside
 * until the heap is sealed: what comes and goes afterwards would use the region up. */
static void *take_inside(pv_heap *heap, area *within, size_t size) {
    if (!heap->region || (size > LARGEST_SMALL && heap->image))
        return NULL;
    if (size <= LARGEST_SMALL) {
        free_piece **pieces = pieces_of_size(within, size);
        free_piece *piece = *pieces;
        if (piece) {
            *pieces = piece->next;
            return piece;
        }
    }
    void *large = take_large(heap, within, size);
    if (large)
        return large;
    if (rounded(size) > REGION_BYTES - heap->now.changing.used - heap->now.lasting.used)
        return NULL;
    char *block = heap->region + within->used;
    within->used += rounded(size);
    return within == &heap->now.lasting ? lasting_start(heap, &heap->now) : block;
}

/* ---- the heap ---- */

pv_heap *pv_heap_new(pv_memory *owner, pv_memory *account) {
    pv_heap *heap = pv_memory_new(owner, sizeof *heap);
    if (!heap)
        return NULL;
    heap->owner = owner;
    heap->account = account;
    heap->outside_memory = pv_memory_with_limit(SIZE_MAX);
    heap->outside.next = heap->outside.previous = &heap->outside;
    if (USES_REGION)
        heap->region = pv_memory_resize(owner, NULL, 0, REGION_BYTES);
    return heap; /* without its region it is slower, and that is all */
}

static void release_all_outside(pv_heap *heap) {
    while (heap->outside.next != &heap->outside)
        release_outside(heap, heap->outside.next);
}

static size_t image_bytes(const pv_heap *heap) {
    return heap->sealed.changing.used + heap->sealed.lasting.used;
}

void pv_heap_clear(pv_heap *heap) {
    release_all_outside(heap);
    pv_memory_free(heap->owner, heap->image, image_bytes(heap));
    heap->image = NULL;
    heap->distrusted = false;
    heap->now = (layout){0};
    heap->account->used = 0;
}

void pv_heap_free(pv_heap *heap) {
    if (!heap)
        return;
    pv_heap_clear(heap);
    pv_memory_free(heap->owner, heap->region, REGION_BYTES);
    pv_memory_free(heap->owner, heap, sizeof *heap);
}

static void *take(pv_heap *heap, area *within, size_t size) {
    void *block = take_inside(heap, within, size);
    return block ? block : take_outside(heap, size);
}

static void release(pv_heap *heap, void *block, size_t size) {
    if (!block)
        return;
    if (is_inside(heap, block))
        release_inside(heap, block, size);
    else
        release_outside(heap, (outside_block *)block - 1);
}

static void *move(pv_heap *heap, area *within, void *block, size_t old_size, size_t new_size) {
    void *moved = take(heap, within, new_size);
    if (!moved)
        return NULL;
    if (block)
        memcpy(moved, block, old_size < new_size ? old_size : new_size);
    release(heap, block, old_size);
    return moved;
}

/* Without regard to the account. What is inside stays in its area. */
static void *place(pv_heap *heap, void *block, size_t old_size, size_t new_size, bool lasting) {
    bool inside = is_inside(heap, block);
    if (inside && (rounded(new_size) == rounded(old_size) || new_size < old_size)) {
        size_t rest = rounded(old_size) - rounded(new_size);
        if (rest > 0)
            release_inside(heap, (char *)block + rounded(new_size), rest);
        return block;
    }
    if (block && !inside)
        return resize_outside(heap, (outside_block *)block - 1, new_size);
    if (inside ? is_lasting(heap, block) : lasting && !heap->image)
        return move(heap, &heap->now.lasting, block, old_size, new_size);
    return move(heap, &heap->now.changing, block, old_size, new_size);
}

/* Lua's table of strings is the only array that, when it doubles, links what is in the lasting area anew. It was there
 * when the heap was sealed; others that were and double are taken for it. */
static bool may_relink_strings(const pv_heap *heap, const void *block, size_t old_size, size_t new_size) {
    return heap->image && block && new_size > old_size && old_size >= FEWEST_STRINGS * sizeof(void *) &&
           (old_size & (old_size - 1)) == 0 && (uintptr_t)block - (uintptr_t)heap->region < heap->sealed.changing.used;
}

void *pv_heap_resize(pv_heap *heap, void *block, size_t old_size, size_t new_size, bool lasting) {
    pv_memory *account = heap->account;
    if (new_size > old_size && new_size - old_size > account->limit - account->used)
        return NULL;
    void *placed = NULL;
    heap->lasting_touched |= may_relink_strings(heap, block, old_size, new_size);
    if (new_size == 0)
        release(heap, block, old_size);
    else
        placed = place(heap, block, old_size, new_size, lasting);
    if (!placed && new_size > 0)
        return NULL;
    account->used = account->used - old_size + new_size;
    if (account->used > account->peak)
        account->peak = account->used;
    return placed;
}

void pv_heap_seal(pv_heap *heap) {
    bool all_inside = heap->region && heap->outside.next == &heap->outside;
    if (!all_inside || heap->image)
        return;
    const area *changing = &heap->now.changing;
    const area *lasting = &heap->now.lasting;
    heap->image = pv_memory_resize(heap->owner, NULL, 0, changing->used + lasting->used);
    if (!heap->image)
        return;
    memcpy(heap->image, heap->region, changing->used);
    memcpy(heap->image + changing->used, lasting_start(heap, &heap->now), lasting->used);
    heap->sealed = heap->now;
    heap->sealed_account = *heap->account;
    heap->lasting_touched = false;
}

void pv_heap_distrust(pv_heap *heap) {
    heap->distrusted = true;
}

void pv_heap_touch_all(pv_heap *heap) {
    heap->lasting_touched = true;
}

bool pv_heap_restore(pv_heap *heap) {
    if (!heap->image)
        return false;
    release_all_outside(heap);
    const size_t changing = heap->sealed.changing.used;
    const size_t lasting = heap->sealed.lasting.used;
    char *lasting_at = lasting_start(heap, &heap->sealed);
    const bool touched = heap->lasting_touched || heap->distrusted;
    assert(touched || memcmp(lasting_at, heap->image + changing, lasting) == 0);
    memcpy(heap->region, heap->image, changing);
    if (touched)
        memcpy(lasting_at, heap->image + changing, lasting);
    heap->lasting_touched = false;
    heap->now = heap->sealed;
    *heap->account = heap->sealed_account;
    return true;
}
