/* Invariant: a pv_buf holds size bytes followed by a NUL (once anything was appended), or is `failed`. Failure is
 * sticky: after a refused allocation every append is a no-op, so a writer checks once, at the end. */
#ifndef PV_BASE_BUF_H
#define PV_BASE_BUF_H

#include "base/memory.h"
#include "base/str.h"

typedef struct pv_buf {
    char *data;
    size_t size;
    size_t capacity;
    pv_memory *memory;
    bool failed;
} pv_buf;

/* An empty buffer charged to memory, which must outlive it. Contents are yours: pv_buf_clear. */
pv_buf pv_buf_on(pv_memory *memory);
/* Frees the contents and forgets a failure; the buffer can be used again. */
void pv_buf_clear(pv_buf *buf);
/* Empties it but keeps its capacity. */
void pv_buf_reset(pv_buf *buf);
/* Room for `more` further bytes; false (and failed) when refused. */
bool pv_buf_reserve(pv_buf *buf, size_t more);

void pv_buf_append(pv_buf *buf, pv_str text);
void pv_buf_append_text(pv_buf *buf, const char *text);
void pv_buf_append_char(pv_buf *buf, char c);
void pv_buf_append_repeat(pv_buf *buf, char c, size_t count);
/* Never locale-dependent formats (%f). */
void pv_buf_format(pv_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void pv_buf_append_unsigned(pv_buf *buf, uint64_t number);
/* The contents, borrowed until the next change. */
pv_str pv_buf_str(const pv_buf *buf);

#endif
