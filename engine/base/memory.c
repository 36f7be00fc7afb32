#include "base/memory.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

pv_memory pv_memory_with_limit(size_t limit) {
    return (pv_memory){.limit = limit};
}

static bool grants(pv_memory *memory, size_t more) {
    if (memory->fail_after > 0 && --memory->fail_after == 0)
        return false;
    return more <= memory->limit - memory->used;
}

static void charge(pv_memory *memory, size_t old_size, size_t new_size) {
    assert(memory->used >= old_size);
    memory->used = memory->used - old_size + new_size;
    if (memory->used > memory->peak)
        memory->peak = memory->used;
}

void *pv_memory_resize(pv_memory *memory, void *block, size_t old_size, size_t new_size) {
    if (new_size == 0) {
        free(block);
        charge(memory, old_size, 0);
        return NULL;
    }
    if (new_size > old_size && !grants(memory, new_size - old_size))
        return NULL;
    void *resized = realloc(block, new_size);
    if (!resized)
        return new_size < old_size ? block : NULL;
    charge(memory, old_size, new_size);
    return resized;
}

void *pv_memory_new(pv_memory *memory, size_t size) {
    void *block = pv_memory_resize(memory, NULL, 0, size);
    return block ? memset(block, 0, size) : NULL;
}

void pv_memory_free(pv_memory *memory, void *block, size_t size) {
    if (block)
        pv_memory_resize(memory, block, size, 0);
}
