/* Invariant: findings are accepted in one place, after the rules have run and before anything is counted or told: waived
 * first, then held against the baseline. What workers have learnt of waivers and baseline comes together again, so that the
 * verdicts on them are the same however the work was shared. */
#ifndef PV_CLI_GATE_H
#define PV_CLI_GATE_H

#include "cli/profiles.h"
#include "report/verdicts/report.h"

typedef struct pv_gate pv_gate;

/* Reads the files; a path that is empty names none. Both empty: *out is NULL, which every function below takes. false with a
 * fault when a file cannot be used, or waivers are there and nobody has said the day. Yours: pv_gate_free, before the
 * library's end. */
bool pv_gate_open(pv_gate **out, pv_library *library, pv_str waivers, pv_str baseline, pv_fault *fault) PV_MUST_CHECK;
void pv_gate_free(pv_gate *gate);

/* Marks what was found of the submission in checked. */
bool pv_gate_pass(pv_gate *gate, pv_checked *checked, const pv_pack *pack, const pv_run_options *options,
                  pv_error *error) PV_MUST_CHECK;
/* Moves what was learnt since the last time to the end of frame, and adds it, off the front of frame, elsewhere. */
void pv_gate_put(pv_gate *gate, pv_buf *frame);
bool pv_gate_take(pv_gate *gate, pv_str *frame, pv_error *error) PV_MUST_CHECK;

/* Who is told of what belongs to no submission, and what is to be known of the run for it. */
typedef struct pv_gate_end {
    const pv_run_options *options;
    pv_pack_store *packs; /* all that there are to use; NULL: not known */
    bool in_folder;       /* all files of a folder were checked */
    void *payload;
    bool (*tell)(void *payload, const pv_report_input *input, pv_error *error);
} pv_gate_end;

/* The verdicts on the waivers, then what became of the baseline, after the last submission. The counts so far are in
 * summary, which gets the number of fixed findings. */
bool pv_gate_tell(pv_gate *gate, const pv_gate_end *end, pv_summary *summary, pv_error *error) PV_MUST_CHECK;

/* For commands that change the files: */

/* The waivers in the file at path, which is read as document; NULL in it when it holds nothing. */
bool pv_gate_read_waivers(const pv_waivers **out, const pv_document **document, pv_library *library, pv_arena *arena,
                          pv_str path, pv_str bytes, pv_fault *fault) PV_MUST_CHECK;
bool pv_gate_read_baseline(pv_baseline **out, pv_library *library, pv_arena *arena, pv_str path,
                           pv_fault *fault) PV_MUST_CHECK;
/* NULL: none. The entries of gate's baseline that this run found fixed are noted so. */
const pv_baseline *pv_gate_baseline(const pv_gate *gate);
const unsigned char *pv_gate_baseline_notes(const pv_gate *gate);

#endif
