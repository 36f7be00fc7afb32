#include "lua/host/heap.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

/* A state with the vocabulary and a large pack takes a tenth of this; pages never touched cost nothing. */
#define REGION_BYTES ((size_t)4 * 1024 * 1024)
/* Pieces up to LARGEST_SMALL are kept for reuse by size, in steps of GRANULE. */
#define GRANULE alignof(max_align_t)
#define LARGEST_SMALL ((size_t)512)
#define SIZE_CLASSES (LARGEST_SMALL / GRANULE)

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

/* How the region is divided. */
typedef struct layout {
    size_t top; /* bytes in use or in free pieces; what follows is free */
    free_piece *pieces[SIZE_CLASSES];
    free_piece *large; /* what the arrays that grow while files are compiled leave behind */
} layout;

struct pv_heap {
    pv_memory *owner;   /* of this, the region and the image */
    pv_memory *account; /* what was asked for and not given back */
    char *region;       /* NULL: everything is beside it */
    layout now;
    pv_memory outside_memory; /* of the blocks beside the region; no limit of its own */
    outside_block outside;    /* head of their ring */
    char *image;              /* of the region when it was sealed; NULL: not sealed */
    layout sealed;
    pv_memory sealed_account;
};

static size_t rounded(size_t size) {
    return (size + GRANULE - 1) / GRANULE * GRANULE;
}

static free_piece **pieces_of_size(pv_heap *heap, size_t size) {
    return &heap->now.pieces[rounded(size) / GRANULE - 1];
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

static void release_inside(pv_heap *heap, void *block, size_t size) {
    if (size <= LARGEST_SMALL) {
        free_piece *piece = block;
        piece->next = *pieces_of_size(heap, size);
        *pieces_of_size(heap, size) = piece;
    } else if ((char *)block + rounded(size) == heap->region + heap->now.top) {
        heap->now.top -= rounded(size);
    } else {
        free_piece *piece = block;
        *piece = (free_piece){.next = heap->now.large, .size = rounded(size)};
        heap->now.large = piece;
    }
}

/* The first large piece that is large enough, of which the rest stays; NULL when there is none. */
static void *take_large(pv_heap *heap, size_t size) {
    free_piece **link = &heap->now.large;
    while (*link && (*link)->size < rounded(size))
        link = &(*link)->next;
    free_piece *piece = *link;
    if (!piece)
        return NULL;
    size_t rest = piece->size - rounded(size);
    *link = piece->next;
    if (rest > 0)
        release_inside(heap, (char *)piece + rounded(size), rest);
    return piece;
}

/* From the pieces kept, or the free end of the region; NULL when neither has it. Large blocks are only put inside until
 * the heap is sealed: what comes and goes afterwards would use the region up. */
static void *take_inside(pv_heap *heap, size_t size) {
    if (!heap->region || (size > LARGEST_SMALL && heap->image))
        return NULL;
    if (size <= LARGEST_SMALL) {
        free_piece **pieces = pieces_of_size(heap, size);
        free_piece *piece = *pieces;
        if (piece) {
            *pieces = piece->next;
            return piece;
        }
    }
    void *large = take_large(heap, size);
    if (large)
        return large;
    if (rounded(size) > REGION_BYTES - heap->now.top)
        return NULL;
    void *block = heap->region + heap->now.top;
    heap->now.top += rounded(size);
    return block;
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

void pv_heap_clear(pv_heap *heap) {
    release_all_outside(heap);
    pv_memory_free(heap->owner, heap->image, heap->sealed.top);
    heap->image = NULL;
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

static void *take(pv_heap *heap, size_t size) {
    void *block = take_inside(heap, size);
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

static void *move(pv_heap *heap, void *block, size_t old_size, size_t new_size) {
    void *moved = take(heap, new_size);
    if (!moved)
        return NULL;
    if (block)
        memcpy(moved, block, old_size < new_size ? old_size : new_size);
    release(heap, block, old_size);
    return moved;
}

/* Without regard to the account. */
static void *place(pv_heap *heap, void *block, size_t old_size, size_t new_size) {
    bool inside = is_inside(heap, block);
    if (inside && (rounded(new_size) == rounded(old_size) || new_size < old_size)) {
        size_t rest = rounded(old_size) - rounded(new_size);
        if (rest > 0)
            release_inside(heap, (char *)block + rounded(new_size), rest);
        return block;
    }
    if (block && !inside)
        return resize_outside(heap, (outside_block *)block - 1, new_size);
    return move(heap, block, old_size, new_size);
}

void *pv_heap_resize(pv_heap *heap, void *block, size_t old_size, size_t new_size) {
    pv_memory *account = heap->account;
    if (new_size > old_size && new_size - old_size > account->limit - account->used)
        return NULL;
    void *placed = NULL;
    if (new_size == 0)
        release(heap, block, old_size);
    else
        placed = place(heap, block, old_size, new_size);
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
    heap->image = pv_memory_resize(heap->owner, NULL, 0, heap->now.top);
    if (!heap->image)
        return;
    memcpy(heap->image, heap->region, heap->now.top);
    heap->sealed = heap->now;
    heap->sealed_account = *heap->account;
}

bool pv_heap_restore(pv_heap *heap) {
    if (!heap->image)
        return false;
    release_all_outside(heap);
    memcpy(heap->region, heap->image, heap->sealed.top);
    heap->now = heap->sealed;
    *heap->account = heap->sealed_account;
    return true;
}
