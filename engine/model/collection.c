#include "model/collection.h"

#include "base/array.h"

bool pv_collection_new(pv_collection **out, pv_arena *arena, const pv_form *form, pv_error *error) {
    const pv_limits limits = pv_limits_default();
    pv_collection *collection = PV_NEW(arena, pv_collection);
    if (!collection)
        return pv_fail_memory(error);
    collection->arena = arena;
    collection->form = form;
    *out = collection;
    return pv_source_new(&collection->source, arena, PV_STR("the collection"), PV_STR(""), &limits, error);
}

/* The files of a submission follow one another here as they do there, so that all their offsets move alike. */
static bool attach_files(pv_collection *collection, const pv_source *source, pv_collected *entry, pv_error *error) {
    const pv_source *file;
    if (!pv_source_attach_copy(collection->source, collection->arena, source, &file, error))
        return false;
    entry->path = file->path;
    entry->files.start = file->base;
    for (size_t i = 0; i < source->attached_count; i++)
        if (!pv_source_attach_copy(collection->source, collection->arena, source->attached[i], &file, error))
            return false;
    entry->files.end = (uint32_t)pv_source_end(file);
    return true;
}

bool pv_collection_add(pv_collection *collection, const pv_submission *submission, pv_error *error) {
    pv_collected entry = {.path = PV_STR("")};
    pv_submission *copy;
    if (collection->count == collection->capacity &&
        !pv_array_grow(collection->arena, &collection->entries, &collection->capacity, collection->count,
                       sizeof *collection->entries))
        return pv_fail_memory(error);
    if (!attach_files(collection, submission->source, &entry, error) ||
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
