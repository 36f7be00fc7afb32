/* Invariant: every file given is spoken of exactly once, in order: its verdicts, or why it was skipped, or what was
 * wrong. The checker says nothing itself; whoever listens may stand in this process or wait at the end of a pipe. */
#ifndef PV_CLI_CHECKER_H
#define PV_CLI_CHECKER_H

#include "cli/gate.h"
#include "cli/profiles.h"
#include "cli/reader.h"
#include "report/verdicts/report.h"

/* Who is told. Each function returns false, with error filled, when the run cannot go on. All borrowed for the call. */
typedef struct pv_listener {
    void *payload;
    bool (*skipped)(void *payload, pv_str path, pv_str why, pv_error *error);
    /* of_submission: a report has it from the submission's results; else it stands for itself. The same fault may be
     * told again and again. */
    bool (*fault)(void *payload, const pv_fault *fault, bool of_submission, pv_error *error);
    bool (*submission)(void *payload, const pv_report_input *input, pv_error *error);
} pv_listener;

typedef struct pv_checker {
    pv_reader reader;
    pv_profiles *profiles;
    const pv_profile *profile; /* of the file at hand */
    bool hashes;               /* a report wants the hash of each input */
    pv_gate *gate;             /* what accepts findings; NULL: nothing does. Yours to set, before the first check */
    pv_listener listener;
} pv_checker;

/* Contents are yours: pv_checker_clear. */
bool pv_checker_init(pv_checker *checker, pv_library *library, pv_profiles *profiles, bool hashes,
                     const pv_listener *listener, pv_error *error) PV_MUST_CHECK;
void pv_checker_clear(pv_checker *checker);
bool pv_checker_check(pv_checker *checker, const pv_file *file, pv_error *error) PV_MUST_CHECK;

#endif
