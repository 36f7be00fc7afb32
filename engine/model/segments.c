#include "model/segments.h"

#include <string.h>

void pv_segments_begin(pv_segment_list *list, pv_arena *arena) {
    list->arena = arena;
    list->items = NULL;
    list->count = 0;
    list->capacity = sizeof list->local / sizeof list->local[0];
    list->covered = 0;
}

static pv_segment *segments_of(pv_segment_list *list) {
    return list->items ? list->items : list->local;
}

static bool grow(pv_segment_list *list, pv_error *error) {
    size_t old_size = list->items ? list->capacity * sizeof *list->items : 0;
    size_t new_capacity = list->capacity * 2;
    pv_segment *items =
        pv_memory_resize(pv_arena_memory(list->arena), list->items, old_size, new_capacity * sizeof *items);
    if (!items)
        return pv_fail_memory(error);
    if (!list->items)
        memcpy(items, list->local, list->count * sizeof *items);
    list->items = items;
    list->capacity = new_capacity;
    return true;
}

static bool is_byte_for_byte(const pv_segment *segment) {
    return segment->value.end - segment->value.start == segment->source.end - segment->source.start;
}

bool pv_segments_add(pv_segment_list *list, size_t size, pv_span source, pv_error *error) {
    if (size == 0)
        return true;
    pv_segment added = {.value = {list->covered, list->covered + (uint32_t)size}, .source = source};
    list->covered = added.value.end;
    pv_segment *last = list->count > 0 ? &segments_of(list)[list->count - 1] : NULL;
    if (last && last->source.end == source.start && is_byte_for_byte(last) && is_byte_for_byte(&added)) {
        last->value.end = added.value.end;
        last->source.end = source.end;
        return true;
    }
    if (list->count == list->capacity && !grow(list, error))
        return false;
    segments_of(list)[list->count++] = added;
    return true;
}

bool pv_segments_add_part(pv_segment_list *list, const pv_text *text, size_t start, size_t end, pv_error *error) {
    if (start == end)
        return true;
    for (size_t i = pv_segments_index(text, start); i < text->segment_count && text->segments[i].value.start < end;
         i++) {
        pv_segment part = pv_segments_cut(text->segments[i], start, end);
        if (!pv_segments_add(list, part.value.end - part.value.start, part.source, error))
            return false;
    }
    return true;
}

bool pv_segments_finish(pv_segment_list *list, pv_text *out, pv_error *error) {
    pv_segment *kept = PV_NEW_ARRAY(list->arena, pv_segment, list->count);
    if (kept && list->count > 0)
        memcpy(kept, segments_of(list), list->count * sizeof *kept);
    out->segments = kept;
    out->segment_count = kept ? list->count : 0;
    pv_segments_abandon(list);
    return kept || pv_fail_memory(error);
}

bool pv_segments_abandon(pv_segment_list *list) {
    if (list->items)
        pv_memory_free(pv_arena_memory(list->arena), list->items, list->capacity * sizeof *list->items);
    list->items = NULL;
    list->count = 0;
    return false;
}

size_t pv_segments_index(const pv_text *text, size_t offset) {
    size_t low = 0;
    size_t high = text->segment_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (text->segments[middle].value.start <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

pv_segment pv_segments_cut(pv_segment segment, size_t start, size_t end) {
    pv_segment part = segment;
    if (start > segment.value.start)
        part.value.start = (uint32_t)start;
    if (end < segment.value.end)
        part.value.end = (uint32_t)end;
    if (is_byte_for_byte(&segment)) {
        part.source.start += part.value.start - segment.value.start;
        part.source.end -= segment.value.end - part.value.end;
    }
    return part;
}
