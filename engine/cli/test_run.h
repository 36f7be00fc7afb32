/* Invariant: every example of a selected rule, every case and every pack that cannot be read whole gives one result; a result
 * that is no pass is never lost, whatever went wrong before it. */
#ifndef PV_CLI_TEST_RUN_H
#define PV_CLI_TEST_RUN_H

#include "cli/command.h"
#include "report/other/test_report.h"

typedef struct pv_test_run {
    pv_library *library;
    pv_arena *arena; /* of everything reported */
    pv_str rule_pattern;
    bool covers; /* record what the rules gave, and which lines ran */
    pv_test_result *results;
    size_t result_count;
    size_t result_capacity;
    pv_coverage *coverage;
    size_t coverage_count;
    size_t rules; /* whose examples were run */
} pv_test_run;

/* Room for the coverage of this many packs. */
bool pv_test_run_init(pv_test_run *run, pv_library *library, pv_arena *arena, size_t pack_count,
                      pv_error *error) PV_MUST_CHECK;
/* Tests one pack. Fails only for memory. */
bool pv_test_run_pack(pv_test_run *run, const pv_pack *pack, pv_error *error) PV_MUST_CHECK;
/* A pack, called name, that could not be opened, or a part of one. */
bool pv_test_run_add_fault(pv_test_run *run, pv_str name, const pv_fault *fault, pv_error *error) PV_MUST_CHECK;
pv_test_report pv_test_run_report(const pv_test_run *run);

#endif
