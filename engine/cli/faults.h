/* Invariant: a log holds each fault once, in the order they were first met, with copies of all its text. */
#ifndef PV_CLI_FAULTS_H
#define PV_CLI_FAULTS_H

#include "model/verdict.h"

typedef struct pv_fault_log {
    pv_arena *arena;
    pv_fault *faults;
    uint64_t *hashes; /* one per fault: most comparisons end here */
    size_t count;
    size_t capacity;
} pv_fault_log;

/* Faults are kept in arena. */
pv_fault_log pv_fault_log_in(pv_arena *arena);
/* Keeps fault unless an equal one is in the log; *added tells. */
bool pv_fault_log_add(pv_fault_log *log, const pv_fault *fault, bool *added, pv_error *error) PV_MUST_CHECK;

#endif
