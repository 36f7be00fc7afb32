#include "model/collection.h"

#include <string.h>

#include "base/array.h"
#include "model/message.h"

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
    text->indents = copy_array(copying, text->indents, text->indent_count, sizeof *text->indents);
    for (size_t i = 0; segments && i < text->segment_count; i++)
        segments[i].source = moved(copying, segments[i].source);
    pv_made_label *labels = copy_array(copying, text->labels, text->label_count, sizeof *labels);
    text->labels = labels;
    for (size_t i = 0; labels && i < text->label_count; i++)
        labels[i].label = copy_str(copying, labels[i].label);
}

static const pv_uncertainty *copy_uncertainty(copier *copying, const pv_uncertainty *from) {
    pv_uncertainty *copy = from ? copy_array(copying, from, 1, sizeof *copy) : NULL;
    if (!copy)
        return NULL;
    copy->why = copy_str(copying, copy->why);
    pv_text *other = copy->other ? copy_array(copying, copy->other, 1, sizeof *other) : NULL;
    if (other)
        move_text(copying, other);
    copy->other = other;
    return copy;
}

static void move_value(copier *copying, pv_value *value) {
    pv_text *elements = copy_array(copying, value->elements, value->element_count, sizeof *elements);
    move_text(copying, &value->text);
    value->why_not = copy_str(copying, value->why_not);
    value->at = moved(copying, value->at);
    value->uncertainty = copy_uncertainty(copying, value->uncertainty);
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
        responses[i].uncertainty = copy_uncertainty(copying, responses[i].uncertainty);
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

/* A copy of submission in arena whose offsets are moved by `by`, into source; it shares only the form. What was not
 * understood of it, or left out, is none of it. */
static bool copy_submission(pv_submission **out, pv_arena *arena, const pv_submission *submission,
                            const pv_source *source, uint32_t by, pv_error *error) {
    pv_submission *copy = PV_NEW(arena, pv_submission);
    if (!copy) {
        pv_fail_memory(error);
        return false;
    }
    copier copying = {.arena = arena, .from = submission, .to = copy, .by = by};
    *copy = *submission;
    copy->source = source;
    copy->at = moved(&copying, submission->at);
    copy->problems = NULL;
    copy->problem_count = 0;
    copy->left_out = NULL;
    copy->left_out_count = 0;
    copy->fields = copy_values(&copying, &submission->fields);
    copy_records(&copying);
    if (!copying.failed)
        copy_measures(&copying);
    if (!copying.failed)
        copy_matrices(&copying);
    *out = copy;
    return copying.failed ? pv_fail_memory(error) : pv_submission_find_uncertain(copy, arena, error);
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

static pv_collected *find_entry(const pv_collection *collection, size_t offset) {
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

static bool has_room(pv_collection *collection, pv_error *error) {
    return collection->count < collection->capacity ||
           pv_array_grow(collection->arena, &collection->entries, &collection->capacity, collection->count,
                         sizeof *collection->entries) ||
           pv_fail_memory(error);
}

bool pv_collection_add(pv_collection *collection, const pv_submission *submission, pv_error *error) {
    pv_collected entry = {.path = PV_STR(""), .whole = true};
    pv_submission *copy = NULL;
    if (!has_room(collection, error) || !attach_files(collection, submission->source, &entry, error) ||
        !copy_submission(&copy, collection->arena, submission, collection->source, entry.files.start, error))
        return false;
    entry.filing = copy;
    collection->entries[collection->count++] = entry;
    return true;
}

/* ---- outlines ---- */

/* Of all fields together, so many bytes of text are kept. */
#define KEPT_BYTES ((size_t)1024)

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * UINT64_C(0x9FB21C651E98DF25);
    return hash ^ (hash >> 32);
}

/* Eight bytes at a time: it is made of every submission, and compared within one run only. */
static uint64_t digest_of_bytes(uint64_t hash, pv_str bytes) {
    uint64_t word;
    for (; bytes.size >= sizeof word; bytes = pv_str_slice(bytes, sizeof word, bytes.size)) {
        memcpy(&word, bytes.data, sizeof word);
        hash = mix(hash, word);
    }
    word = bytes.size;
    for (size_t i = 0; i < bytes.size; i++)
        word = word << 8 | (unsigned char)bytes.data[i];
    return mix(hash, word);
}

static uint64_t digest_of(const pv_source *source) {
    uint64_t hash = digest_of_bytes(source->attached_count, source->bytes);
    for (size_t i = 0; i < source->attached_count; i++)
        hash = digest_of_bytes(hash, source->attached[i]->bytes);
    return hash;
}

static bool are_short(const pv_value_list *fields) {
    size_t size = 0;
    bool in_it = true;
    for (size_t i = 0; i < fields->count; i++) {
        const pv_value *value = &fields->values[i];
        size += value->text.value.size;
        for (size_t k = 0; k < value->element_count; k++)
            size += value->elements[k].value.size;
        in_it &= !value->file && !value->uncertainty && value->text.label_count == 0;
    }
    return in_it && size <= KEPT_BYTES;
}

/* All but what its pointers lead to. */
static void put_struct(pv_buf *frame, const void *item, size_t size) {
    pv_frame_put_text(frame, (pv_str){item, size});
}

static void put_text(pv_buf *frame, const pv_text *text) {
    put_struct(frame, text, sizeof *text);
    pv_frame_put_text(frame, text->value);
    put_struct(frame, text->segments, text->segment_count * sizeof *text->segments);
    put_struct(frame, text->indents, text->indent_count * sizeof *text->indents);
}

static void put_value(pv_buf *frame, const pv_value *value) {
    put_struct(frame, value, sizeof *value);
    put_text(frame, &value->text);
    for (size_t i = 0; i < value->element_count; i++)
        put_text(frame, &value->elements[i]);
    pv_frame_put_text(frame, value->why_not);
    if (value->row)
        pv_frame_put_number(frame, pv_table_row_number(value->spec->table, value->row));
}

static void put_file(pv_buf *frame, const pv_source *file) {
    pv_frame_put_text(frame, file->path);
    pv_frame_put_number(frame, file->bytes.size);
}

void pv_outline_put(pv_buf *frame, const pv_submission *submission, bool with_bytes) {
    const pv_source *source = submission->source;
    const pv_value_list *fields = &submission->fields;
    bool keeps_fields = are_short(fields);
    pv_frame_put_number(frame, digest_of(source));
    pv_frame_put_number(frame, source->attached_count + 1);
    put_file(frame, source);
    for (size_t i = 0; i < source->attached_count; i++)
        put_file(frame, source->attached[i]);
    pv_frame_put_number(frame, with_bytes);
    if (with_bytes)
        pv_frame_put_text(frame, source->bytes);
    put_struct(frame, submission, sizeof *submission);
    pv_frame_put_text(frame, submission->format);
    pv_frame_put_number(frame, keeps_fields);
    for (size_t i = 0; keeps_fields && i < fields->count; i++)
        put_value(frame, &fields->values[i]);
}

static bool take_struct(pv_str *frame, void *out, size_t size, pv_error *error) {
    pv_str bytes;
    if (!pv_frame_take_text(frame, &bytes, error))
        return false;
    if (bytes.size != size)
        return pv_fail(error, PV_ERROR_IO, "a worker process sent what is no submission");
    memcpy(out, bytes.data, size);
    return true;
}

/* The arrays lie in the frame wherever they do: they are there to be copied. */
static bool take_text(pv_str *frame, pv_text *out, pv_error *error) {
    pv_str segments;
    pv_str indents;
    if (!take_struct(frame, out, sizeof *out, error) || !pv_frame_take_text(frame, &out->value, error) ||
        !pv_frame_take_text(frame, &segments, error) || !pv_frame_take_text(frame, &indents, error))
        return false;
    out->segments = (const void *)segments.data;
    out->indents = (const void *)indents.data;
    return true;
}

static bool take_value(pv_str *frame, pv_arena *scratch, const pv_value_spec *spec, pv_value *out, pv_error *error) {
    uint64_t row;
    if (!take_struct(frame, out, sizeof *out, error) || !take_text(frame, &out->text, error))
        return false;
    pv_text *elements = PV_NEW_ARRAY(scratch, pv_text, out->element_count);
    if (!elements)
        return pv_fail_memory(error);
    for (size_t i = 0; i < out->element_count; i++)
        if (!take_text(frame, &elements[i], error))
            return false;
    out->spec = spec;
    out->elements = elements;
    if (!pv_frame_take_text(frame, &out->why_not, error))
        return false;
    if (!out->row)
        return true;
    if (!pv_frame_take_number(frame, &row, error))
        return false;
    out->row = &spec->table->rows[row];
    return true;
}

static bool take_fields(pv_str *frame, copier *copying, pv_arena *scratch, pv_error *error) {
    const pv_form *form = copying->to->form;
    pv_value *values = PV_NEW_ARRAY(scratch, pv_value, form->field_count);
    if (!values)
        return pv_fail_memory(error);
    for (size_t i = 0; i < form->field_count; i++)
        if (!take_value(frame, scratch, &form->fields[i], &values[i], error))
            return false;
    const pv_value_list taken = {values, form->field_count};
    copying->to->fields = copy_values(copying, &taken);
    return !copying->failed || pv_fail_memory(error);
}

static bool take_file(pv_collection *collection, pv_str *frame, pv_source **out, pv_error *error) {
    pv_str path;
    uint64_t size;
    return pv_frame_take_text(frame, &path, error) && pv_frame_take_number(frame, &size, error) &&
           pv_source_attach_outline(collection->source, collection->arena, path, size, out, error);
}

static bool take_files(pv_collection *collection, pv_str *frame, pv_collected *entry, pv_error *error) {
    uint64_t count;
    uint64_t with_bytes;
    pv_str bytes;
    pv_source *first;
    pv_source *last;
    entry->first_file = (uint32_t)collection->source->attached_count;
    if (!pv_frame_take_number(frame, &entry->digest, error) || !pv_frame_take_number(frame, &count, error) ||
        !take_file(collection, frame, &first, error))
        return false;
    for (last = first; count > 1; count--)
        if (!take_file(collection, frame, &last, error))
            return false;
    entry->path = first->path;
    entry->files = (pv_span){first->base, (uint32_t)pv_source_end(last)};
    if (!pv_frame_take_number(frame, &with_bytes, error) || (with_bytes && !pv_frame_take_text(frame, &bytes, error)))
        return false;
    if (with_bytes)
        first->bytes = pv_arena_copy(collection->arena, bytes);
    return !with_bytes || first->bytes.data || pv_fail_memory(error);
}

static bool take_outline(pv_collection *collection, pv_str *frame, const pv_collected *entry, pv_submission *out,
                         pv_arena *scratch, pv_error *error) {
    uint64_t keeps_fields;
    pv_submission taken = {0};
    pv_str format;
    if (!take_struct(frame, &taken, sizeof taken, error) || !pv_frame_take_text(frame, &format, error) ||
        !pv_frame_take_number(frame, &keeps_fields, error))
        return false;
    copier copying = {.arena = collection->arena, .to = out, .by = entry->files.start};
    *out = (pv_submission){
        .form = collection->form,
        .source = collection->source,
        .format = copy_str(&copying, format),
        .at = moved(&copying, taken.at),
        .blank = taken.blank,
        .uncertain_count = taken.uncertain_count, /* of which they are, it is told once it is read again */
    };
    return !keeps_fields || take_fields(frame, &copying, scratch, error);
}

bool pv_collection_add_outline(pv_collection *collection, pv_str *frame, pv_error *error) {
    pv_collected entry = {0};
    pv_submission *outline = PV_NEW(collection->arena, pv_submission);
    pv_arena *scratch = pv_arena_new(pv_arena_memory(collection->arena));
    bool added = (outline && scratch) || pv_fail_memory(error);
    added = added && has_room(collection, error) && take_files(collection, frame, &entry, error) &&
            take_outline(collection, frame, &entry, outline, scratch, error);
    pv_arena_free(scratch);
    if (!added)
        return false;
    entry.filing = outline;
    collection->entries[collection->count++] = entry;
    return true;
}

static bool is_as_it_was(const pv_collected *entry, const pv_source *source) {
    return digest_of(source) == entry->digest &&
           pv_source_end(source->attached_count > 0 ? source->attached[source->attached_count - 1] : source) ==
               entry->files.end - entry->files.start;
}

/* Its fields stay where they are: rules may hold them. */
static bool fill_in(pv_collection *collection, pv_collected *entry, const pv_submission *read, pv_error *error) {
    const pv_source *source = read->source;
    pv_submission *outline = entry->filing;
    pv_submission *copy;
    for (size_t i = 0; i <= source->attached_count; i++)
        if (!pv_source_fill(collection->source->attached[entry->first_file + i], collection->arena,
                            i == 0 ? source : source->attached[i - 1], error))
            return false;
    if (!copy_submission(&copy, collection->arena, read, collection->source, entry->files.start, error))
        return false;
    if (outline->fields.values)
        copy->fields = outline->fields;
    *outline = *copy;
    entry->whole = true;
    return true;
}

bool pv_collection_complete(pv_collection *collection, size_t offset, pv_error *error) {
    pv_collected *entry = find_entry(collection, offset);
    const pv_submission *read;
    if (!entry || entry->whole)
        return true;
    pv_str kept = collection->source->attached[entry->first_file]->bytes;
    pv_str bytes = {kept.data, kept.data ? kept.size : 0};
    if (!collection->reader.read(collection->reader.payload, entry->path, bytes, &read, error))
        return false;
    if (read->form != collection->form || !is_as_it_was(entry, read->source))
        return pv_fail(error, PV_ERROR_REFUSED, "%s is no longer what it was when it was checked; check again",
                       pv_message_quote(entry->path).text);
    return fill_in(collection, entry, read, error);
}

const pv_collected *pv_collection_entry_at(const pv_collection *collection, size_t offset) {
    return find_entry(collection, offset);
}

const pv_submission *pv_collection_at(const pv_collection *collection, size_t offset) {
    const pv_collected *entry = pv_collection_entry_at(collection, offset);
    return entry ? entry->filing : NULL;
}
