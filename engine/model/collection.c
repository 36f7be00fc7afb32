#include "model/collection.h"

#include <string.h>

/* The files were within their limits when they were read; together they are bounded by their offsets alone. */
static pv_limits limits_of_collections(void) {
    pv_limits limits = pv_limits_default();
    limits.source_bytes = limits.attached_bytes = limits.attached_files = SIZE_MAX;
    return limits;
}

bool pv_collection_new(pv_collection **out, pv_arena *arena, const pv_form *form, pv_error *error) {
    const pv_limits limits = limits_of_collections();
    pv_collection *collection = PV_NEW(arena, pv_collection);
    if (collection == NULL)
        return pv_fail_memory(error);
    collection->arena = arena;
    collection->form = form;
    *out = collection;
    return pv_source_new(&collection->source, arena, PV_STR("the collection"), PV_STR(""), &limits, error);
}

static bool reserve(pv_collection *collection, pv_error *error) {
    if (collection->count < collection->capacity)
        return true;
    size_t capacity = collection->capacity > 0 ? collection->capacity * 2 : 16;
    pv_collected *grown = PV_NEW_ARRAY(collection->arena, pv_collected, capacity);
    if (grown == NULL)
        return pv_fail_memory(error);
    if (collection->count > 0)
        memcpy(grown, collection->entries, collection->count * sizeof *grown);
    collection->entries = grown;
    collection->capacity = capacity;
    return true;
}

/* NULL, and why, when it cannot be. */
static const pv_source *attach(pv_collection *collection, const pv_source *file, pv_error *error) {
    const pv_limits limits = limits_of_collections();
    const pv_source *attached = NULL;
    pv_str path = pv_arena_copy(collection->arena, file->path);
    pv_str bytes = pv_arena_copy(collection->arena, file->bytes);
    if (path.data == NULL || bytes.data == NULL) {
        pv_fail_memory(error);
        return NULL;
    }
    if (!pv_source_attach(collection->source, collection->arena, path, bytes, &limits, &attached, error))
        return NULL;
    return attached;
}

/* The files of a submission follow one another here as they do there, so that all their offsets move alike. */
static bool attach_files(pv_collection *collection, const pv_source *source, pv_collected *entry, pv_error *error) {
    const pv_source *file = attach(collection, source, error);
    if (file == NULL)
        return false;
    entry->path = file->path;
    entry->files.start = file->base;
    for (size_t i = 0; i < source->attached_count; i++) {
        file = attach(collection, source->attached[i], error);
        if (file == NULL)
            return false;
    }
    entry->files.end = (uint32_t)pv_source_end(file);
    return true;
}

bool pv_collection_add(pv_collection *collection, const pv_submission *submission, pv_error *error) {
    pv_collected entry = {.path = PV_STR("")};
    pv_submission *copy;
    if (!reserve(collection, error) || !attach_files(collection, submission->source, &entry, error) ||
        !pv_submission_copy(&copy, collection->arena, submission, collection->source, entry.files.start, error))
        return false;
    entry.filing = copy;
    collection->entries[collection->count++] = entry;
    return true;
}

const pv_collected *pv_collection_entry_at(const pv_collection *collection, size_t offset) {
    size_t low = 0;
    size_t high = collection->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (collection->entries[middle].files.end < offset)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < collection->count && collection->entries[low].files.start <= offset;
    return found ? &collection->entries[low] : NULL;
}

const pv_submission *pv_collection_at(const pv_collection *collection, size_t offset) {
    const pv_collected *entry = pv_collection_entry_at(collection, offset);
    return entry ? entry->filing : NULL;
}
