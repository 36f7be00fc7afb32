#include "cli/faults.h"

#include <string.h>

#include "base/hash.h"

#define FIRST_CAPACITY ((size_t)16)

pv_fault_log pv_fault_log_in(pv_arena *arena) {
    return (pv_fault_log){.arena = arena};
}

static uint64_t hash_of(const pv_fault *fault) {
    uint64_t hash = pv_hash_continue(PV_HASH_SEED, fault->rule);
    hash = pv_hash_continue(hash, fault->path);
    return pv_hash_continue(hash, fault->message);
}

static bool same_fault(const pv_fault *a, const pv_fault *b) {
    return a->kind == b->kind && a->at.line == b->at.line && a->at.column == b->at.column &&
           pv_str_equal(a->rule, b->rule) && pv_str_equal(a->path, b->path) && pv_str_equal(a->message, b->message);
}

static bool grow(pv_fault_log *log, pv_error *error) {
    size_t capacity = log->capacity ? log->capacity * 2 : FIRST_CAPACITY;
    pv_fault *faults = PV_NEW_ARRAY(log->arena, pv_fault, capacity);
    uint64_t *hashes = PV_NEW_ARRAY(log->arena, uint64_t, capacity);
    if (!faults || !hashes)
        return pv_fail_memory(error);
    if (log->count > 0) {
        memcpy(faults, log->faults, log->count * sizeof *faults);
        memcpy(hashes, log->hashes, log->count * sizeof *hashes);
    }
    log->faults = faults;
    log->hashes = hashes;
    log->capacity = capacity;
    return true;
}

bool pv_fault_log_add(pv_fault_log *log, const pv_fault *fault, bool *added, pv_error *error) {
    uint64_t hash = hash_of(fault);
    *added = false;
    for (size_t i = 0; i < log->count; i++)
        if (log->hashes[i] == hash && same_fault(&log->faults[i], fault))
            return true;
    if (log->count == log->capacity && !grow(log, error))
        return false;
    pv_fault copy = *fault;
    copy.rule = pv_arena_copy(log->arena, fault->rule);
    copy.message = pv_arena_copy(log->arena, fault->message);
    copy.path = pv_arena_copy(log->arena, fault->path);
    if (!copy.rule.data || !copy.message.data || !copy.path.data)
        return pv_fail_memory(error);
    log->faults[log->count] = copy;
    log->hashes[log->count++] = hash;
    *added = true;
    return true;
}
