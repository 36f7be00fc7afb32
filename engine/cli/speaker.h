/* Invariant: what the run has to say is said once: each fault on standard error when it is first met, each
 * submission in every report, the sums at the end. */
#ifndef PV_CLI_SPEAKER_H
#define PV_CLI_SPEAKER_H

#include "cli/checker.h"
#include "cli/faults.h"
#include "cli/outputs.h"
#include "report/verdicts/statistics.h"

typedef struct pv_speaker {
    pv_arena *arena;
    bool quiet;  /* not a word about what is skipped */
    bool silent; /* nor about faults */
    pv_outputs outputs;
    pv_summary summary;
    pv_statistics statistics; /* of rules, when they are asked for */
    pv_fault_log told;        /* all faults met */
    pv_fault_log closing; /* those of no submission: they stand at the end of the reports, and count for themselves */
} pv_speaker;

/* Contents are yours: pv_speaker_clear. */
bool pv_speaker_init(pv_speaker *speaker, pv_memory *memory, const pv_options *options,
                     const pv_report_context *context, pv_error *error) PV_MUST_CHECK;
void pv_speaker_clear(pv_speaker *speaker);
/* The speaker as who is told. */
pv_listener pv_speaker_listener(pv_speaker *speaker);

bool pv_speaker_skipped(pv_speaker *speaker, pv_str path, pv_str why, pv_error *error) PV_MUST_CHECK;
bool pv_speaker_fault(pv_speaker *speaker, const pv_fault *fault, bool of_submission, pv_error *error) PV_MUST_CHECK;
bool pv_speaker_submission(pv_speaker *speaker, const pv_report_input *input, pv_error *error) PV_MUST_CHECK;
/* The reports' ends; *code is what the process answers with. */
bool pv_speaker_end(pv_speaker *speaker, int *code, pv_error *error) PV_MUST_CHECK;

#endif
