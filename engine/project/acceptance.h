/* Invariant: findings are accepted in one place, after the rules have run and before anything is counted or reported:
 * waived first, then held against the baseline. What workers have learnt of waivers and baseline comes together
 * again, so that the verdicts on them are the same however the work was shared. */
#ifndef PV_PROJECT_ACCEPTANCE_H
#define PV_PROJECT_ACCEPTANCE_H

#include "project/project.h"
#include "report/verdicts/report.h"

typedef struct pv_acceptance pv_acceptance;

/* Reads the files; a path that is empty names none. Both empty: *out is NULL, which every function below takes. false
 * with a fault when a file cannot be used, or waivers are there and nobody has said the day. Yours:
 * pv_acceptance_free, before the library's end. */
bool pv_acceptance_open(pv_acceptance **out, pv_library *library, const pv_host *host, pv_str waivers, pv_str baseline,
                        pv_fault *fault) PV_MUST_CHECK;
void pv_acceptance_free(pv_acceptance *acceptance);

/* Marks what was found of the submission in checked. */
bool pv_acceptance_apply(pv_acceptance *acceptance, pv_checked *checked, const pv_pack *pack,
                         const pv_run_options *options, pv_error *error) PV_MUST_CHECK;
/* Moves what was learnt since the last time to the end of frame, and adds it, off the front of frame, elsewhere. */
void pv_acceptance_put(pv_acceptance *acceptance, pv_buf *frame);
bool pv_acceptance_take(pv_acceptance *acceptance, pv_str *frame, pv_error *error) PV_MUST_CHECK;

/* What is to be known of a run for what belongs to no submission, and what that is reported to. */
typedef struct pv_acceptance_end {
    const pv_run_options *options;
    pv_pack_store *packs; /* all that there are to use; NULL: not known */
    bool in_folder;       /* all files of a folder were checked */
    void *payload;
    bool (*report)(void *payload, const pv_report_input *input, pv_error *error);
} pv_acceptance_end;

/* The verdicts on the waivers, then what became of the baseline, after the last submission. The counts so far are in
 * summary, which gets the number of fixed findings. */
bool pv_acceptance_report(pv_acceptance *acceptance, const pv_acceptance_end *end, pv_summary *summary,
                          pv_error *error) PV_MUST_CHECK;

/* For commands that change the files: */

/* The waivers in the file at path, which is read as document; NULL in it when it holds nothing. */
bool pv_acceptance_read_waivers(const pv_waivers **out, const pv_document **document, pv_library *library,
                                pv_arena *arena, pv_str path, pv_str bytes, pv_fault *fault) PV_MUST_CHECK;
/* NULL: none. The entries of acceptance's baseline that this run found fixed are noted so. */
const pv_baseline *pv_acceptance_baseline(const pv_acceptance *acceptance);
const unsigned char *pv_acceptance_baseline_notes(const pv_acceptance *acceptance);

#endif
