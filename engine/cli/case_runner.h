/* Invariant: a case file is read once and can be judged any number of times, by any opening of its pack; whatever is wrong with
 * one case is that case's fault, and the next is judged all the same. */
#ifndef PV_CLI_CASE_RUNNER_H
#define PV_CLI_CASE_RUNNER_H

#include "cli/beside.h"
#include "run/cases.h"

/* A file of the folder cases/ of a pack. */
typedef struct pv_case_file {
    pv_str name; /* "cases/over.yaml" */
    pv_str path;
    pv_str bytes;
    pv_str unreadable; /* why there are no bytes; else empty */
} pv_case_file;

typedef struct pv_case_files {
    const pv_case_file *files; /* by path */
    size_t count;
} pv_case_files;

/* All of a pack's folder, in arena; none when it has no cases/. */
bool pv_case_files_read(pv_case_files *out, pv_arena *arena, pv_str folder, size_t limit,
                        pv_error *error) PV_MUST_CHECK;

typedef enum pv_case_outcome {
    PV_CASE_PASSED,
    PV_CASE_FAILED,
    PV_CASE_FAULTY, /* fault tells */
    PV_CASE_LEFT,   /* it looks at none of the rules asked for */
} pv_case_outcome;

typedef struct pv_case_runner {
    const pv_pack *pack;
    pv_str rule_pattern; /* empty: all */
    pv_checked checked;
    pv_arena *arena;  /* of the case */
    pv_beside beside; /* the files beside it */
    /* Of the case run last. */
    pv_case read;
    pv_case_match match;
    pv_fault fault;
} pv_case_runner;

/* Runs cases of pack, which library opened. Contents are yours: pv_case_runner_clear. */
bool pv_case_runner_init(pv_case_runner *runner, pv_library *library, const pv_pack *pack, pv_str rule_pattern,
                         pv_error *error) PV_MUST_CHECK;
void pv_case_runner_clear(pv_case_runner *runner);
/* Fails only for memory. */
bool pv_case_runner_run(pv_case_runner *runner, const pv_case_file *file, pv_case_outcome *out,
                        pv_error *error) PV_MUST_CHECK;

#endif
