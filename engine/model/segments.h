/* Invariant: a list covers its value from 0 to `covered` without gap, in order, with as few segments as possible: what
 * continues the last one byte for byte on both sides becomes part of it. Nothing reaches the arena before _finish. */
#ifndef PV_MODEL_SEGMENTS_H
#define PV_MODEL_SEGMENTS_H

#include "model/text.h"

typedef struct pv_segment_list {
    pv_arena *arena;
    pv_segment *items; /* NULL while `local` is enough */
    size_t count;
    size_t capacity;
    uint32_t covered;     /* bytes of the value so far */
    pv_segment local[48]; /* a response of 100 words needs some 15 */
} pv_segment_list;

/* Makes list empty; its segments will live in arena. */
void pv_segments_begin(pv_segment_list *list, pv_arena *arena);
/* The next size bytes of the value came from these source bytes. */
bool pv_segments_add(pv_segment_list *list, size_t size, pv_span source, pv_error *error) PV_MUST_CHECK;
/* The next bytes of the value came from where bytes [start, end) of text came from. */
bool pv_segments_add_part(pv_segment_list *list, const pv_text *text, size_t start, size_t end,
                          pv_error *error) PV_MUST_CHECK;
/* Gives out->segments and out->segment_count. The list is used up, whatever the outcome. */
bool pv_segments_finish(pv_segment_list *list, pv_text *out, pv_error *error) PV_MUST_CHECK;
/* Frees what a list holds that will not be finished; returns false, so that callers can `return` it. */
bool pv_segments_abandon(pv_segment_list *list);

/* Index of the segment that holds value byte offset, which must lie inside the value. */
size_t pv_segments_index(const pv_text *text, size_t offset);
/* The part of a segment that lies in value bytes [start, end): cut on both sides where it is byte for byte, else whole on
 * the side of the source. */
pv_segment pv_segments_cut(pv_segment segment, size_t start, size_t end);

#endif
