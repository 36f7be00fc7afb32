/* Invariant: a source is valid UTF-8 without NUL, never changes, and outlives every span into it. Positions are byte
 * offsets everywhere; a line and column exist only when something is printed. */
#ifndef PV_MODEL_SOURCE_H
#define PV_MODEL_SOURCE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"

typedef struct pv_source {
    pv_str path;  /* as the user gave it; "-" for standard input */
    pv_str bytes; /* a byte order mark, where there is one, included */
    const uint32_t *line_starts;
    size_t line_count; /* at least 1 */
} pv_source;

/* 1-based; the column counts Unicode code points, a byte order mark not among them. */
typedef struct pv_position {
    uint32_t line;
    uint32_t column;
} pv_position;

/* A source over borrowed bytes (which must outlive arena). Refused: over the limit, not UTF-8, NUL inside; error.where is
 * the byte at fault. Lines end in LF, CRLF or CR. On an encoding error *out is still set, so the place can be printed. */
bool pv_source_new(pv_source **out, pv_arena *arena, pv_str path, pv_str bytes, const pv_limits *limits,
                   pv_error *error) PV_MUST_CHECK;
/* What pv_source_new asks of the bytes: UTF-8 without NUL. */
bool pv_source_check_encoding(pv_str bytes, pv_error *error) PV_MUST_CHECK;
/* Byte offset of the first character: after the byte order mark, where there is one. */
size_t pv_source_text_start(const pv_source *source);
pv_position pv_source_locate(const pv_source *source, size_t offset);
/* The bytes of a line (1-based), without its line break. */
pv_str pv_source_line(const pv_source *source, uint32_t line);
/* Byte offset at which a line (1-based) starts; past the last line: the end of the source. */
size_t pv_source_line_start(const pv_source *source, uint32_t line);
pv_str pv_source_slice(const pv_source *source, pv_span span);

#endif
