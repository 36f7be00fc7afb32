/* Invariant: where a pack has rules on all submissions together, every submission that was judged by it is in its
 * collection, in the order of the files, as an outline (model/collection.h): what rules ask for beyond that is read
 * again from its file. Where a pack has no such rules, nothing is kept. */
#ifndef PV_PROJECT_COLLECTIONS_H
#define PV_PROJECT_COLLECTIONS_H

#include "project/checker.h"

typedef struct pv_collections pv_collections;

typedef struct pv_collections_setting {
    pv_project *project;
    const pv_run_options *run; /* what is not of one submission is judged by */
    pv_acceptance *acceptance; /* NULL: no finding is accepted */
} pv_collections_setting;

/* Yours: pv_collections_free. */
bool pv_collections_new(pv_collections **out, const pv_collections_setting *setting, pv_error *error) PV_MUST_CHECK;
void pv_collections_free(pv_collections *collections);
/* A listener that passes everything on to another, which must outlive it, and keeps what is reported of submissions. */
pv_listener pv_collections_listener(pv_collections *collections, const pv_listener *listener);
/* Of a submission that is judged in another process: puts what collections are to know of it at the end of frame, or
 * nothing; false when that is so. */
bool pv_collections_put(const pv_collections *collections, const pv_pack *pack, const pv_submission *submission,
                        pv_buf *frame);
/* Takes it off the front of frame. */
bool pv_collections_take(pv_collections *collections, pv_str *frame, pv_error *error) PV_MUST_CHECK;
/* Judges the collections, and reports to listener, as findings of no submission. */
bool pv_collections_judge(pv_collections *collections, const pv_listener *listener, pv_error *error) PV_MUST_CHECK;

#endif
