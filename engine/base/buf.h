/* Invariant: a pv_buf holds size bytes followed by a NUL (once anything was appended), or is `failed`. Failure is
 * sticky: after a refused allocation every append is a no-op, so a writer checks once, at the end. */
#ifndef PV_BASE_BUF_H
#define PV_BASE_BUF_H

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/str.h"

typedef struct pv_buf {
    char *data;
    size_t size;
    size_t capacity;
    pv_memory *memory;
    bool failed;
    bool borrowed; /* data is somebody else's */
} pv_buf;

/* An empty buffer charged to memory, which must outlive it. Contents are yours: pv_buf_clear. */
pv_buf pv_buf_on(pv_memory *memory);
/* The same, in a block of capacity bytes that is not its own; what outgrows that moves to memory. */
pv_buf pv_buf_over(pv_memory *memory, char *block, size_t capacity);
/* Frees the contents and forgets a failure; the buffer can be used again. */
void pv_buf_clear(pv_buf *buf);
/* Empties it but keeps its capacity. */
void pv_buf_reset(pv_buf *buf);
/* Room for `more` further bytes; false (and failed) when refused. */
bool pv_buf_reserve(pv_buf *buf, size_t more);

/* Appends after making room; what pv_buf_append comes down to when there is none. */
void pv_buf_grow_append(pv_buf *buf, pv_str text);
static inline void pv_buf_append(pv_buf *buf, pv_str text) {
    if (buf->failed || text.size == 0 || text.size >= buf->capacity - buf->size) {
        pv_buf_grow_append(buf, text);
        return;
    }
    memcpy(buf->data + buf->size, text.data, text.size);
    buf->size += text.size;
    buf->data[buf->size] = '\0';
}
void pv_buf_append_text(pv_buf *buf, const char *text);
static inline void pv_buf_append_char(pv_buf *buf, char c) {
    if (!buf->failed && buf->capacity - buf->size > 1) {
        buf->data[buf->size++] = c;
        buf->data[buf->size] = '\0';
    } else {
        pv_buf_append(buf, (pv_str){&c, 1});
    }
}
void pv_buf_append_repeat(pv_buf *buf, char c, size_t count);
/* Never locale-dependent formats (%f). */
void pv_buf_format(pv_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void pv_buf_append_unsigned(pv_buf *buf, uint64_t number);
/* The contents, borrowed until the next change. */
pv_str pv_buf_str(const pv_buf *buf);

/* ---- frames ---- */

/* What is taken off the front of a frame is what was put at its end, in the same order and of the same kind; a frame
 * that ends too soon is an error, never a wrong value. Frames stay within one program on one machine. */

void pv_frame_put_number(pv_buf *frame, uint64_t number);
void pv_frame_put_text(pv_buf *frame, pv_str text);

/* Reading: both take what they give off the front of frame. */
bool pv_frame_take_number(pv_str *frame, uint64_t *out, pv_error *error) PV_MUST_CHECK;
/* Borrows from the frame. */
bool pv_frame_take_text(pv_str *frame, pv_str *out, pv_error *error) PV_MUST_CHECK;

#endif
