/* Invariant: of every file given exactly one thing is reported, in order: its verdicts, or why it was skipped, or
 * what was wrong. The checker prints nothing itself; its listener may be in this process or at the end of a pipe. */
#ifndef PV_PROJECT_CHECKER_H
#define PV_PROJECT_CHECKER_H

#include "base/set.h"
#include "project/acceptance.h"
#include "project/project.h"
#include "project/reader.h"
#include "report/verdicts/report.h"

/* Faults, each once and in the order they were first met, with copies of all their text in arena. */
typedef struct pv_fault_log {
    pv_arena *arena;
    pv_fault *items;
    size_t count;
    size_t capacity;
    pv_set known;
} pv_fault_log;

pv_fault_log pv_fault_log_in(pv_arena *arena);
/* Keeps fault unless an equal one is in the log; *added tells. */
bool pv_fault_log_add(pv_fault_log *log, const pv_fault *fault, bool *added, pv_error *error) PV_MUST_CHECK;

/* What a run is reported to. Each function returns false, with error filled, when the run cannot go on. All borrowed
 * for the call. */
typedef struct pv_listener {
    void *payload;
    bool (*skipped)(void *payload, pv_str path, pv_str why, pv_error *error);
    /* of_submission: a report has it from the submission's results; else it stands for itself. The same fault may be
     * reported again and again. */
    bool (*fault)(void *payload, const pv_fault *fault, bool of_submission, pv_error *error);
    bool (*submission)(void *payload, const pv_report_input *input, pv_error *error);
} pv_listener;

typedef struct pv_checker {
    pv_reader reader;
    pv_project *project;
    const pv_profile *profile; /* of the file at hand */
    bool hashes;               /* a report wants the hash of each input */
    pv_acceptance *acceptance; /* NULL: no finding is accepted. Yours to set, before the first check */
    pv_listener listener;
} pv_checker;

/* Contents are yours: pv_checker_clear. */
bool pv_checker_init(pv_checker *checker, pv_project *project, bool hashes, const pv_listener *listener,
                     pv_error *error) PV_MUST_CHECK;
void pv_checker_clear(pv_checker *checker);
bool pv_checker_check(pv_checker *checker, const pv_file *file, pv_error *error) PV_MUST_CHECK;

#endif
