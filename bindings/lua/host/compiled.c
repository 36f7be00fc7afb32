#include "lua/host/compiled.h"

#include "base/hash.h"

typedef struct entry {
    uint64_t hash;
    pv_str key;
    void *value;
    void (*free_value)(void *value);
    struct entry *next;
} entry;

struct pv_compiled {
    pv_memory *memory;
    pv_arena *arena;
    entry *first;
    entry *last;
    entry *expected; /* what the next search most likely asks for: sessions ask in the order of making */
};

pv_compiled *pv_compiled_new(pv_memory *memory) {
    pv_compiled *compiled = pv_memory_new(memory, sizeof *compiled);
    if (!compiled)
        return NULL;
    compiled->memory = memory;
    compiled->arena = pv_arena_new(memory);
    if (!compiled->arena) {
        pv_memory_free(memory, compiled, sizeof *compiled);
        return NULL;
    }
    return compiled;
}

void pv_compiled_free(pv_compiled *compiled) {
    if (!compiled)
        return;
    for (entry *each = compiled->first; each; each = each->next)
        if (each->free_value)
            each->free_value(each->value);
    pv_arena_free(compiled->arena);
    pv_memory_free(compiled->memory, compiled, sizeof *compiled);
}

static entry *search(entry *from, const entry *until, uint64_t hash, pv_str key) {
    for (entry *each = from; each != until; each = each->next)
        if (each->hash == hash && pv_str_equal(each->key, key))
            return each;
    return NULL;
}

void *pv_compiled_find(pv_compiled *compiled, pv_str key) {
    uint64_t hash = pv_hash_continue(PV_HASH_SEED, key);
    entry *found = search(compiled->expected, NULL, hash, key);
    if (!found)
        found = search(compiled->first, compiled->expected, hash, key);
    if (!found)
        return NULL;
    compiled->expected = found->next;
    return found->value;
}

bool pv_compiled_keep(pv_compiled *compiled, pv_str key, void *value, void (*free_value)(void *value),
                      pv_error *error) {
    entry *added = PV_NEW(compiled->arena, entry);
    pv_str kept = pv_arena_copy(compiled->arena, key);
    if (!added || !kept.data) {
        if (free_value)
            free_value(value);
        return pv_fail_memory(error);
    }
    *added = (entry){pv_hash_continue(PV_HASH_SEED, key), kept, value, free_value, NULL};
    if (compiled->last)
        compiled->last->next = added;
    else
        compiled->first = added;
    compiled->last = added;
    return true;
}

pv_arena *pv_compiled_arena(const pv_compiled *compiled) {
    return compiled->arena;
}
