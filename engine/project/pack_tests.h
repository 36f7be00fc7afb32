/* Invariant: every example of a selected rule, every case and every pack that cannot be read whole gives one result;
 * a result that is no pass is never lost, whatever went wrong before it. A case file is read once and can be judged
 * any number of times, by any opening of its pack. */
#ifndef PV_PROJECT_PACK_TESTS_H
#define PV_PROJECT_PACK_TESTS_H

#include "base/array.h"
#include "project/reader.h"
#include "report/other/test_report.h"
#include "run/cases.h"

/* ---- the cases of a pack ---- */

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
bool pv_case_files_read(pv_case_files *out, const pv_host *host, pv_arena *arena, pv_str folder, size_t limit,
                        pv_error *error) PV_MUST_CHECK;

typedef enum pv_case_outcome {
    PV_CASE_PASSED,
    PV_CASE_FAILED,
    PV_CASE_FAULTY, /* fault tells */
    PV_CASE_LEFT,   /* it looks at none of the rules asked for */
} pv_case_outcome;

typedef struct pv_case_runner {
    const pv_host *host;
    const pv_pack *pack;
    pv_str rule_pattern; /* empty: all */
    pv_checked checked;
    pv_arena *arena;           /* of the case */
    pv_sibling_files siblings; /* of the case */
    /* Of the case run last. */
    pv_case read;
    pv_case_match match;
    pv_fault fault;
} pv_case_runner;

/* Runs cases of pack, which library opened. Contents are yours: pv_case_runner_clear. */
bool pv_case_runner_init(pv_case_runner *runner, pv_library *library, const pv_host *host, const pv_pack *pack,
                         pv_str rule_pattern, pv_error *error) PV_MUST_CHECK;
void pv_case_runner_clear(pv_case_runner *runner);
/* Fails only for memory. */
bool pv_case_runner_run(pv_case_runner *runner, const pv_case_file *file, pv_case_outcome *out,
                        pv_error *error) PV_MUST_CHECK;

/* ---- all tests of packs ---- */

/* What is to stand in the file of a case that failed, so that it holds what came. */
typedef struct pv_case_rewrite {
    pv_str name;
    pv_str path;
    pv_case_update update;
} pv_case_rewrite;

typedef struct pv_test_run {
    pv_library *library;
    const pv_host *host;
    void (*report_fault)(const pv_fault *fault); /* of a pack, rule or case, as it is met */
    pv_arena *arena;                             /* of everything reported */
    pv_str rule_pattern;
    bool covers;  /* record what the rules gave, and which lines ran */
    bool updates; /* work out what failed cases would have to say; each is judged again before it counts */
    PV_ARRAY(pv_test_result) results;
    PV_ARRAY(pv_case_rewrite) rewrites; /* one per failed case */
    pv_coverage *coverage;
    size_t coverage_count;
    size_t rules; /* whose examples were run */
} pv_test_run;

/* Room for the coverage of this many packs, in a run whose library, host, report_fault and arena are set. */
bool pv_test_run_init(pv_test_run *run, size_t pack_count, pv_error *error) PV_MUST_CHECK;
/* Tests one pack. Fails only for memory. */
bool pv_test_run_pack(pv_test_run *run, const pv_pack *pack, pv_error *error) PV_MUST_CHECK;
/* A pack, called name, that could not be opened, or a part of one. */
bool pv_test_run_add_fault(pv_test_run *run, pv_str name, const pv_fault *fault, pv_error *error) PV_MUST_CHECK;
pv_test_report pv_test_run_report(const pv_test_run *run);

#endif
