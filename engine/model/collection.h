/* Invariant: a collection holds submissions on one form, in the order they were added, and stands on its own:
 * nothing in it points into what a submission was read from. The offsets of all of them lie in one source, so that
 * an offset says in which file of which submission it is. */
#ifndef PV_MODEL_COLLECTION_H
#define PV_MODEL_COLLECTION_H

#include "model/submission.h"

typedef struct pv_collected {
    pv_str path;                 /* as the user gave it */
    const pv_submission *filing; /* its source is the collection's */
    pv_span files;               /* the offsets of its files */
} pv_collected;

typedef struct pv_collection {
    pv_arena *arena;
    const pv_form *form;
    pv_source *source; /* of no bytes of its own: every file is attached to it */
    pv_collected *entries;
    size_t count;
    size_t capacity;
} pv_collection;

/* An empty one, in arena. */
bool pv_collection_new(pv_collection **out, pv_arena *arena, const pv_form *form, pv_error *error) PV_MUST_CHECK;
/* Adds a copy of a submission on the collection's form. Fails for memory, and for more than 4 GB of files. */
bool pv_collection_add(pv_collection *collection, const pv_submission *submission, pv_error *error) PV_MUST_CHECK;
/* The entry that an offset lies in, or NULL; and its submission. */
const pv_collected *pv_collection_entry_at(const pv_collection *collection, size_t offset);
const pv_submission *pv_collection_at(const pv_collection *collection, size_t offset);

#endif
