/* Invariant: a collection holds submissions on one form, in the order they were added, and stands on its own:
 * nothing in it points into what a submission was read from. The offsets of all of them lie in one source, so that
 * an offset says in which file of which submission it is. One that is kept in outline has its fields, where they are
 * short, and no words of its own; it is read again, and whole from then on, when it is asked for more, and only if it
 * still is what it was. */
#ifndef PV_MODEL_COLLECTION_H
#define PV_MODEL_COLLECTION_H

#include "base/buf.h"
#include "model/submission.h"

typedef struct pv_collected {
    pv_str path;           /* as the user gave it */
    pv_submission *filing; /* its source is the collection's; of an outline see pv_collection_complete */
    pv_span files;         /* the offsets of its files */
    bool whole;
    uint32_t first_file; /* in the source */
    uint64_t digest;     /* of the bytes of all its files */
} pv_collected;

/* Who can read a submission again. */
typedef struct pv_collection_reader {
    void *payload;
    /* Reads the one in the file at path, or in bytes where they were kept; borrowed until the next is read. */
    bool (*read)(void *payload, pv_str path, pv_str bytes, const pv_submission **out, pv_error *error);
} pv_collection_reader;

typedef struct pv_collection {
    pv_arena *arena;
    const pv_form *form;
    pv_source *source; /* of no bytes of its own: every file is attached to it */
    pv_collected *entries;
    size_t count;
    size_t capacity;
    pv_collection_reader reader; /* to be set before outlines are asked for more */
} pv_collection;

/* An empty one, in arena. */
bool pv_collection_new(pv_collection **out, pv_arena *arena, const pv_form *form, pv_error *error) PV_MUST_CHECK;
/* Adds a copy of a submission on the collection's form. Fails for memory, and for more than 4 GB of files. */
bool pv_collection_add(pv_collection *collection, const pv_submission *submission, pv_error *error) PV_MUST_CHECK;
/* The outline of a submission at the end of frame; with its bytes, where its file cannot be read again. */
void pv_outline_put(pv_buf *frame, const pv_submission *submission, bool with_bytes);
/* Adds the one that is at the front of frame, and takes it off; made in this process, or in one that it has forked. */
bool pv_collection_add_outline(pv_collection *collection, pv_str *frame, pv_error *error) PV_MUST_CHECK;
/* Makes the submission whole that an offset lies in. PV_ERROR_REFUSED when it is not what it was any more. */
bool pv_collection_complete(pv_collection *collection, size_t offset, pv_error *error) PV_MUST_CHECK;
/* The entry that an offset lies in, or NULL; and its submission. */
const pv_collected *pv_collection_entry_at(const pv_collection *collection, size_t offset);
const pv_submission *pv_collection_at(const pv_collection *collection, size_t offset);

#endif
