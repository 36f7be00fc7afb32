/* Invariant: what kind of file a name and first bytes speak of is told from these alone. What first bytes leave open is
 * never called a contradiction. */
#ifndef PV_MODEL_FILE_KINDS_H
#define PV_MODEL_FILE_KINDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* A kind that a form may ask for. */
typedef struct pv_file_kind {
    const char *name;    /* "docx" */
    const char *called;  /* "a Word document (docx)" */
    const char *endings; /* of names, between blanks: " jpg jpeg " */
} pv_file_kind;

/* So many first bytes are looked at, where a file has as many. */
#define PV_FILE_HEAD_BYTES ((size_t)16384)

/* What is known of a file without reading it whole. */
typedef struct pv_file_look {
    pv_str path;   /* by which the user would open it */
    uint64_t size; /* in bytes */
    pv_str head;   /* its first bytes, PV_FILE_HEAD_BYTES at most */
} pv_file_look;

/* The kinds there are: the index-th, or NULL past the last. */
const pv_file_kind *pv_file_kind_at(size_t index);
/* The kind by the ending of a name, in any case; NULL: it is of none that is known. */
const pv_file_kind *pv_file_kind_of_name(pv_str name);
/* The ending of a name, without its dot; empty: it has none. Borrows name. */
pv_str pv_file_ending(pv_str name);
/* The kind by first bytes, where these tell it; NULL: they do not. */
const pv_file_kind *pv_file_kind_of_head(pv_str head);
/* Whether what begins with head may be of this kind. *found: what it is instead, in words ("a PDF file"); empty: that
 * cannot be told. */
bool pv_file_head_fits(const pv_file_kind *kind, pv_str head, const char **found);

/* A size as a form writes it: "10 MB", "1.5 GB", "500 KB", where a KB is 1024 bytes. False where it is none, or 0. */
bool pv_file_size_parse(pv_str text, uint64_t *out);

typedef struct pv_file_size {
    char text[48];
} pv_file_size;

/* "12.5 MB", "812 bytes": rounded up, so that what is over a limit in whole tenths does not look as if it met it. */
pv_file_size pv_file_size_show(uint64_t size);

#endif
