/* Invariant: where a pack has rules on all submissions together, every submission that was judged by it is in its collection,
 * in the order of the files; where it has none, nothing is kept. */
#ifndef PV_CLI_TOGETHER_H
#define PV_CLI_TOGETHER_H

#include "cli/checker.h"

typedef struct pv_together pv_together;

typedef struct pv_together_setting {
    pv_library *library;
    pv_profiles *profiles;
    const pv_run_options *run; /* what is not of one submission is judged by */
    pv_gate *gate;             /* what accepts findings; NULL: nothing does */
} pv_together_setting;

/* Yours: pv_together_free. */
bool pv_together_new(pv_together **out, const pv_together_setting *setting, pv_error *error) PV_MUST_CHECK;
void pv_together_free(pv_together *together);
/* Who tells listener everything, and keeps what is told of submissions. listener must outlive it. */
pv_listener pv_together_listener(pv_together *together, const pv_listener *listener);
/* A file that was judged in another process, and belongs to a collection: it is read again when all are there. */
bool pv_together_note(pv_together *together, pv_str path, pv_error *error) PV_MUST_CHECK;
/* Judges the collections, and tells listener, as findings of no submission. */
bool pv_together_judge(pv_together *together, const pv_listener *listener, pv_error *error) PV_MUST_CHECK;

#endif
