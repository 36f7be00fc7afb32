/* A text's map, written out so that a test can say what it must be: "[value|source]" for each segment. */
#ifndef PV_TESTS_MAP_FIXTURE_H
#define PV_TESTS_MAP_FIXTURE_H

#include "torture.h"

#include "base/buf.h"
#include "model/text.h"

/* Line feeds are shown as "/", carriage returns as "~", so that a map stays on one line. */
static inline void write_visibly(pv_buf *out, pv_str text) {
    for (size_t i = 0; i < text.size; i++)
        pv_buf_append_char(out, text.data[i] == '\n' ? '/' : text.data[i] == '\r' ? '~' : text.data[i]);
}

/* The segments must cover the value without gap and lie in the source in order. */
static inline void assert_map(const pv_text *text, pv_str source, const char *expected) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_buf shown = pv_buf_on(&memory);
    uint32_t covered = 0;
    for (size_t i = 0; i < text->segment_count; i++) {
        pv_segment segment = text->segments[i];
        assert_int_equal(segment.value.start, covered);
        covered = segment.value.end;
        pv_buf_append_char(&shown, '[');
        write_visibly(&shown, pv_str_slice(text->value, segment.value.start, segment.value.end));
        pv_buf_append_char(&shown, '|');
        write_visibly(&shown, pv_str_slice(source, segment.source.start, segment.source.end));
        pv_buf_append_char(&shown, ']');
    }
    assert_int_equal(covered, text->value.size);
    assert_str(pv_buf_str(&shown), expected);
    pv_buf_clear(&shown);
}

#endif
