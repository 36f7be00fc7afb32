/* Invariant: a pv_error is owned by the caller and never allocates: reporting a failure cannot fail. A function that
 * takes `pv_error *error` last returns false (or NULL) exactly when it has filled it; a lower error is never
 * overwritten. */
#ifndef PV_BASE_ERROR_H
#define PV_BASE_ERROR_H

#include "base/str.h"

#define PV_MUST_CHECK __attribute__((warn_unused_result))

typedef enum pv_code {
    PV_OK = 0,
    PV_ERROR_MEMORY,   /* an allocation was refused */
    PV_ERROR_LIMIT,    /* a size, depth, event or step limit was met */
    PV_ERROR_ENCODING, /* not UTF-8, or a character YAML forbids */
    PV_ERROR_SYNTAX,   /* the bytes are not well-formed */
    PV_ERROR_REFUSED,  /* well-formed, but a feature proviso refuses (alias, tag, second document, duplicate key) */
    PV_ERROR_SHAPE,    /* well-formed, but not what the manifest or form needs */
    PV_ERROR_NOT_FOUND,
    PV_ERROR_RANGE, /* arithmetic left the exact range */
    PV_ERROR_IO,
    PV_ERROR_USAGE,
} pv_code;

typedef struct pv_error {
    pv_code code;
    pv_span where; /* bytes of the source at hand; {0, 0} where there is none */
    bool has_where;
    pv_span other; /* a second place that belongs to it (the first of two equal keys) */
    bool has_other;
    char message[400]; /* one sentence, no place, no full stop, no line break */
} pv_error;

/* Fills error (unless it already holds one) and returns false, so that callers can `return pv_fail(...)`. */
bool pv_fail(pv_error *error, pv_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
bool pv_fail_at(pv_error *error, pv_code code, pv_span where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The one message for a refused allocation. */
bool pv_fail_memory(pv_error *error);
/* Adds a second place to the error just filled; returns false too. */
bool pv_error_also_at(pv_error *error, pv_span other);

#endif
