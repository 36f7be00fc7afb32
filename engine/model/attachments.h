/* Invariant: a file beside a submission is asked for at most once, however often it is named, and only by a path
 * that stays in the submission's folder; what one submission can make anybody read is limited in files and in bytes. */
#ifndef PV_MODEL_ATTACHMENTS_H
#define PV_MODEL_ATTACHMENTS_H

#include "model/file_kinds.h"
#include "model/source.h"

/* Gives the bytes of the file called name, which is relative to the submission's folder and does not leave it by its
 * own words, in arena, and the path by which the user would open it. false with error filled: PV_ERROR_NOT_FOUND
 * when there is no such file, PV_ERROR_REFUSED when it is none that a submission may name; anything else when
 * nothing can be concluded. */
typedef bool (*pv_file_reader)(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes,
                               pv_error *error);

/* Gives the size and the first bytes of the file called name, in the same way. */
typedef bool (*pv_file_looker)(void *payload, pv_arena *arena, pv_str name, pv_file_look *out, pv_error *error);

/* How the sibling files of a submission (those in its folder, which it may name) are read. */
typedef struct pv_sibling_reader {
    pv_file_reader read; /* NULL: none are available */
    pv_file_looker look; /* NULL: they are read whole instead */
    void *payload;
} pv_sibling_reader;

typedef struct pv_attachments pv_attachments;

/* Those of source, in arena, as far as the submission will name them; NULL when memory is refused. */
pv_attachments *pv_attachments_new(pv_arena *arena, pv_source *source, const pv_sibling_reader *files,
                                   const pv_limits *limits);
/* The file that a submission names by this path (attachments NULL: none are available), attached to its source now
 * if it is not yet. Its text is not blank. error has no place. */
bool pv_attachments_open(pv_attachments *attachments, pv_str path, const pv_source **out,
                         pv_error *error) PV_MUST_CHECK;
/* What there is to know of the file that a submission names by this path, without reading it whole; it is not empty.
 * Borrowed from attachments. error has no place. */
bool pv_attachments_look(pv_attachments *attachments, pv_str path, const pv_file_look **out,
                         pv_error *error) PV_MUST_CHECK;
/* Whether text, which is to be a whole document, is nothing but the path of a file: one line of a few words that ends
 * as files do. */
bool pv_attachments_is_path(pv_str text);
/* Whether an error of pv_attachments_open is a mistake in the submission; else nothing can be concluded about it. */
bool pv_attachments_is_mistake(const pv_error *error);

#endif
