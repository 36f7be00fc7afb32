#include "model/text.h"

#include <assert.h>

#include "base/utf8.h"
#include "model/segments.h"

/* The empty place before value byte offset; at the end of the value, after its last byte. */
static pv_span locate_point(const pv_text *text, size_t offset) {
    if (text->segment_count == 0)
        return (pv_span){text->span.start, text->span.start};
    uint32_t at;
    if (offset == text->value.size)
        at = text->segments[text->segment_count - 1].source.end;
    else
        at = pv_segments_cut(text->segments[pv_segments_index(text, offset)], offset, text->value.size).source.start;
    return (pv_span){at, at};
}

pv_span pv_text_locate(const pv_text *text, size_t start, size_t end) {
    assert(start <= end && end <= text->value.size);
    if (start == end)
        return locate_point(text, start);
    pv_segment first = pv_segments_cut(text->segments[pv_segments_index(text, start)], start, end);
    pv_segment last = pv_segments_cut(text->segments[pv_segments_index(text, end - 1)], start, end);
    return (pv_span){first.source.start, last.source.end};
}

bool pv_text_slice(pv_text *out, pv_arena *arena, const pv_text *text, size_t start, size_t end, pv_error *error) {
    pv_text part = {
        .value = pv_str_slice(text->value, start, end), .span = pv_text_locate(text, start, end), .exact = text->exact};
    pv_segment_list list;
    pv_segments_begin(&list, arena);
    if (!pv_segments_add_part(&list, text, start, end, error))
        return pv_segments_abandon(&list);
    *out = part;
    return pv_segments_finish(&list, out, error);
}

bool pv_text_verbatim(pv_text *out, pv_arena *arena, pv_str value, size_t base, pv_error *error) {
    assert(base <= UINT32_MAX && value.size <= UINT32_MAX - base);
    *out = (pv_text){.value = value, .span = {(uint32_t)base, (uint32_t)(base + value.size)}, .exact = true};
    pv_segment_list list;
    pv_segments_begin(&list, arena);
    if (!pv_segments_add(&list, value.size, out->span, error))
        return pv_segments_abandon(&list);
    return pv_segments_finish(&list, out, error);
}

bool pv_text_is_blank(const pv_text *text) {
    for (size_t at = 0, length; at < text->value.size; at += length) {
        uint32_t code_point = pv_utf8_decode(text->value, at, &length);
        if (!pv_utf8_is_white_space(code_point) && !pv_utf8_is_zero_width(code_point))
            return false;
    }
    return true;
}
