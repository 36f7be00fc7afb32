#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define ALIGNMENT _Alignof(max_align_t)
#define FIRST_BLOCK_BYTES ((size_t)16 << 10)
#define LARGEST_BLOCK_BYTES ((size_t)1 << 20)

/* In debug builds a block holds exactly one object. */
typedef struct block {
    struct block *previous;
    size_t capacity; /* bytes after the header */
    size_t used;
    max_align_t bytes[];
} block;

struct pv_arena {
    pv_memory *memory;
    block *newest;
    size_t next_capacity;
};

pv_arena *pv_arena_new(pv_memory *memory) {
    pv_arena *arena = pv_memory_new(memory, sizeof *arena);
    if (arena) {
        arena->memory = memory;
        arena->next_capacity = FIRST_BLOCK_BYTES;
    }
    return arena;
}

static void free_block(pv_arena *arena, block *old) {
    pv_memory_free(arena->memory, old, sizeof *old + old->capacity);
}

/* Frees all blocks but, unless nothing is to be kept, the newest, which is the largest of the common kind. */
static void free_blocks(pv_arena *arena, bool keep_newest) {
    block *kept = keep_newest ? arena->newest : NULL;
    block *next = kept ? kept->previous : arena->newest;
    while (next) {
        block *old = next;
        next = old->previous;
        free_block(arena, old);
    }
    if (kept) {
        kept->previous = NULL;
        kept->used = 0;
    }
    arena->newest = kept;
}

void pv_arena_clear(pv_arena *arena) {
#ifdef PV_DEBUG_ARENA
    free_blocks(arena, false);
#else
    free_blocks(arena, arena->newest && arena->newest->capacity <= LARGEST_BLOCK_BYTES);
#endif
}

void pv_arena_free(pv_arena *arena) {
    if (!arena)
        return;
    free_blocks(arena, false);
    pv_memory_free(arena->memory, arena, sizeof *arena);
}

pv_arena_place pv_arena_here(const pv_arena *arena) {
    return (pv_arena_place){arena->newest, arena->newest ? arena->newest->used : 0};
}

void pv_arena_back_to(pv_arena *arena, pv_arena_place place) {
    while (arena->newest != place.block) {
        block *old = arena->newest;
        arena->newest = old->previous;
        free_block(arena, old);
    }
    if (arena->newest)
        arena->newest->used = place.used;
}

static block *add_block(pv_arena *arena, size_t capacity) {
    if (capacity > SIZE_MAX - sizeof(block))
        return NULL;
    block *added = pv_memory_resize(arena->memory, NULL, 0, sizeof *added + capacity);
    if (added) {
        *added = (block){.previous = arena->newest, .capacity = capacity};
        arena->newest = added;
    }
    return added;
}

static block *block_with_room(pv_arena *arena, size_t size) {
#ifdef PV_DEBUG_ARENA
    return add_block(arena, size);
#else
    block *newest = arena->newest;
    if (newest && size <= newest->capacity - newest->used)
        return newest;
    size_t capacity = size > arena->next_capacity ? size : arena->next_capacity;
    if (arena->next_capacity < LARGEST_BLOCK_BYTES)
        arena->next_capacity *= 2;
    return add_block(arena, capacity);
#endif
}

/* Room for an object, with anything in it. */
static void *take(pv_arena *arena, size_t size) {
    if (size > SIZE_MAX / 2)
        return NULL;
#ifndef PV_DEBUG_ARENA
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
#endif
    block *home = block_with_room(arena, size);
    if (!home)
        return NULL;
    char *object = (char *)home->bytes + home->used;
    home->used += size;
    return object;
}

void *pv_arena_alloc(pv_arena *arena, size_t size) {
    void *object = take(arena, size);
    return object ? memset(object, 0, size) : NULL;
}

void *pv_arena_room(pv_arena *arena, size_t size) {
    return take(arena, size);
}

void *pv_arena_array(pv_arena *arena, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / 2 / size)
        return NULL;
    return pv_arena_alloc(arena, count * size);
}

pv_str pv_arena_copy(pv_arena *arena, pv_str text) {
    char *copy = take(arena, text.size + 1);
    if (!copy)
        return (pv_str){NULL, 0};
    if (text.size)
        memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    return (pv_str){copy, text.size};
}

pv_str pv_arena_join(pv_arena *arena, const pv_str *parts, size_t count) {
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += parts[i].size;
    char *text = take(arena, size + 1);
    if (!text)
        return (pv_str){NULL, 0};
    size_t end = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].size > 0)
            memcpy(text + end, parts[i].data, parts[i].size);
        end += parts[i].size;
    }
    text[end] = '\0';
    return (pv_str){text, size};
}

pv_str pv_arena_format(pv_arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = length < 0 ? NULL : pv_arena_alloc(arena, (size_t)length + 1);
    if (!text)
        return (pv_str){NULL, 0};
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return (pv_str){text, (size_t)length};
}

pv_memory *pv_arena_memory(const pv_arena *arena) {
    return arena->memory;
}
