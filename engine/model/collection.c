#include "model/collection.h"

#include <string.h>

#include "base/array.h"

/* ---- copying a submission ---- */

/* One submission being copied. Whatever is allocated fails the whole copy, once. */
typedef struct copying {
    pv_arena *arena;
    const pv_submission *from;
    pv_submission *to;
    uint32_t by;
    bool failed; /* memory was refused */
} copier;

static pv_span moved(const copier *copying, pv_span at) {
    return (pv_span){at.start + copying->by, at.end + copying->by};
}

static pv_str copy_str(copier *copying, pv_str text) {
    pv_str copy = pv_arena_copy(copying->arena, text);
    copying->failed |= !copy.data;
    return copy.data ? copy : PV_STR("");
}

/* A copy of an array; NULL, and failed, when memory is refused. */
static void *copy_array(copier *copying, const void *array, size_t count, size_t size) {
    void *copy = pv_arena_array(copying->arena, count, size);
    copying->failed |= !copy;
    if (copy && count > 0)
        memcpy(copy, array, count * size);
    return copy;
}

static void move_text(copier *copying, pv_text *text) {
    pv_segment *segments = copy_array(copying, text->segments, text->segment_count, sizeof *segments);
    text->value = copy_str(copying, text->value);
    text->span = moved(copying, text->span);
    text->segments = segments;
    for (size_t i = 0; segments && i < text->segment_count; i++)
        segments[i].source = moved(copying, segments[i].source);
}

static void move_value(copier *copying, pv_value *value) {
    pv_text *elements = copy_array(copying, value->elements, value->element_count, sizeof *elements);
    move_text(copying, &value->text);
    value->at = moved(copying, value->at);
    value->why_not = copy_str(copying, value->why_not);
    if (value->file)
        value->file = pv_source_part(copying->to->source, value->text.span.start);
    value->elements = elements;
    for (size_t i = 0; elements && i < value->element_count; i++)
        move_text(copying, &elements[i]);
}

static pv_value_list copy_values(copier *copying, const pv_value_list *list) {
    pv_value *values = copy_array(copying, list->values, list->count, sizeof *values);
    for (size_t i = 0; values && i < list->count; i++)
        move_value(copying, &values[i]);
    return (pv_value_list){.values = values, .count = values ? list->count : 0};
}

/* Where the copy of a record is, which may not be made yet: lists are copied first. */
static const pv_record *copy_of(const copier *copying, const pv_record *record) {
    if (!record)
        return NULL;
    size_t kind = record->spec->index;
    return copying->to->records[kind].records + (record - copying->from->records[kind].records);
}

static void move_records(copier *copying, const pv_record_list *from, pv_record *records) {
    for (size_t i = 0; i < from->count; i++) {
        records[i].values = copy_values(copying, &from->records[i].values);
        records[i].at = moved(copying, records[i].at);
        records[i].owner = copy_of(copying, records[i].owner);
        records[i].first_owned = copy_of(copying, records[i].first_owned);
        records[i].next_owned = copy_of(copying, records[i].next_owned);
    }
}

static void copy_records(copier *copying) {
    const pv_submission *from = copying->from;
    size_t count = from->form->record_count;
    pv_record_list *lists = copy_array(copying, from->records, count, sizeof *lists);
    pv_record **records = pv_arena_array(copying->arena, count, sizeof *records);
    copying->failed |= !records;
    copying->to->records = lists;
    for (size_t i = 0; !copying->failed && i < count; i++) {
        records[i] = copy_array(copying, from->records[i].records, from->records[i].count, sizeof **records);
        lists[i].records = records[i];
        lists[i].why_not = copy_str(copying, lists[i].why_not);
        lists[i].at = moved(copying, lists[i].at);
    }
    for (size_t i = 0; !copying->failed && i < count; i++)
        move_records(copying, &from->records[i], records[i]);
}

static void copy_measures(copier *copying) {
    const pv_submission *from = copying->from;
    const size_t starts = from->form->measure_count + 1;
    pv_response *responses = copy_array(copying, from->responses, from->response_count, sizeof *responses);
    pv_filed_measure *measures = copy_array(copying, from->measures, from->measure_count, sizeof *measures);
    copying->to->measure_starts = copy_array(copying, from->measure_starts, starts, sizeof *from->measure_starts);
    for (size_t i = 0; responses && measures && i < from->response_count; i++) {
        pv_word_list *words = &responses[i].words;
        responses[i].filed = measures + (responses[i].filed - from->measures);
        responses[i].why_not = copy_str(copying, responses[i].why_not);
        move_text(copying, &responses[i].text);
        responses[i].at = moved(copying, responses[i].at);
        if (responses[i].value) {
            pv_value *value = copy_array(copying, responses[i].value, 1, sizeof *value);
            if (value)
                move_value(copying, value);
            responses[i].value = value;
        }
        words->at = copy_array(copying, words->at, words->count, sizeof *words->at);
    }
    for (size_t i = 0; measures && responses && i < from->measure_count; i++) {
        measures[i].responses = responses + (measures[i].responses - from->responses);
        measures[i].record = copy_of(copying, measures[i].record);
        measures[i].row_name = copy_str(copying, measures[i].row_name);
        measures[i].why_not = copy_str(copying, measures[i].why_not);
        measures[i].at = moved(copying, measures[i].at);
    }
    copying->to->responses = responses;
    copying->to->measures = measures;
}

static void move_pairs(copier *copying, pv_pair *pairs, size_t count) {
    for (size_t i = 0; i < count && !copying->failed; i++) {
        const pv_record **records =
            copy_array(copying, pairs[i].records, pairs[i].record_count, sizeof *pairs[i].records);
        for (size_t k = 0; records && k < pairs[i].record_count; k++)
            records[k] = copy_of(copying, records[k]);
        pairs[i].records = records;
        pairs[i].name = copy_str(copying, pairs[i].name);
        pairs[i].at = moved(copying, pairs[i].at);
    }
}

static void copy_matrices(copier *copying) {
    size_t count = copying->from->form->matrix_count;
    pv_pair_list *matrices = copy_array(copying, copying->from->matrices, count, sizeof *matrices);
    for (size_t i = 0; matrices && i < count; i++) {
        pv_pair *pairs = copy_array(copying, matrices[i].pairs, matrices[i].count, sizeof *pairs);
        matrices[i].pairs = pairs;
        if (pairs)
            move_pairs(copying, pairs, matrices[i].count);
    }
    copying->to->matrices = matrices;
}

/* A copy of submission in arena whose offsets are moved by `by`, into source; it shares only the form. What it was not
 * understood of (problems) is left out. */
static bool copy_submission(pv_submission **out, pv_arena *arena, const pv_submission *submission,
                            const pv_source *source, uint32_t by, pv_error *error) {
    pv_submission *copy = PV_NEW(arena, pv_submission);
    if (!copy)
        return pv_fail_memory(error);
    copier copying = {.arena = arena, .from = submission, .to = copy, .by = by};
    *copy = *submission;
    copy->source = source;
    copy->at = moved(&copying, submission->at);
    copy->problems = NULL;
    copy->problem_count = 0;
    copy->fields = copy_values(&copying, &submission->fields);
    copy_records(&copying);
    if (!copying.failed)
        copy_measures(&copying);
    if (!copying.failed)
        copy_matrices(&copying);
    *out = copy;
    return !copying.failed || pv_fail_memory(error);
}

/* ---- the collection ---- */

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
    pv_submission *copy = NULL;
    if (collection->count == collection->capacity &&
        !pv_array_grow(collection->arena, &collection->entries, &collection->capacity, collection->count,
                       sizeof *collection->entries))
        return pv_fail_memory(error);
    if (!attach_files(collection, submission->source, &entry, error) ||
        !copy_submission(&copy, collection->arena, submission, collection->source, entry.files.start, error))
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
