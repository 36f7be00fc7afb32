#include "cli/test_run.h"

#include <string.h>

#include "cli/case_runner.h"
#include "cli/files.h"

#define FIRST_CAPACITY ((size_t)64)

bool pv_test_run_init(pv_test_run *run, pv_library *library, pv_arena *arena, size_t pack_count, pv_error *error) {
    run->library = library;
    run->arena = arena;
    run->coverage = PV_NEW_ARRAY(arena, pv_coverage, pack_count);
    return run->coverage || pv_fail_memory(error);
}

static pv_test_result *add_result(pv_test_run *run, pv_error *error) {
    if (run->result_count == run->result_capacity) {
        size_t capacity = run->result_capacity ? run->result_capacity * 2 : FIRST_CAPACITY;
        pv_test_result *grown = PV_NEW_ARRAY(run->arena, pv_test_result, capacity);
        if (!grown) {
            pv_fail_memory(error);
            return NULL;
        }
        if (run->result_count > 0)
            memcpy(grown, run->results, run->result_count * sizeof *grown);
        run->results = grown;
        run->result_capacity = capacity;
    }
    return &run->results[run->result_count++];
}

/* Fault strings are kept: what they lived in may be reused. */
static bool keep_fault(pv_test_run *run, pv_test_result *result, const pv_fault *fault, pv_error *error) {
    result->outcome = PV_TEST_FAULTY;
    result->fault = pv_arena_copy(run->arena, fault->message);
    result->path = pv_arena_copy(run->arena, fault->path);
    result->at = fault->at;
    return (result->fault.data && result->path.data) || pv_fail_memory(error);
}

bool pv_test_run_add_fault(pv_test_run *run, pv_str name, const pv_fault *fault, pv_error *error) {
    pv_test_result *result = add_result(run, error);
    if (!result)
        return false;
    *result = (pv_test_result){.kind = PV_TEST_PACK, .pack = name, .name = fault->rule.size > 0 ? fault->rule : name};
    pv_console_complain_of(fault);
    return keep_fault(run, result, fault, error);
}

/* ---- examples ---- */

static bool add_example(pv_test_run *run, const pv_pack *pack, const pv_example_result *example, pv_error *error) {
    pv_test_result *result = add_result(run, error);
    pv_test_row *row = PV_NEW(run->arena, pv_test_row);
    if (!result || !row)
        return pv_fail_memory(error);
    *row = (pv_test_row){example->expected, example->actual, example->passed};
    *result = (pv_test_result){
        .kind = PV_TEST_EXAMPLE,
        .outcome = example->passed ? PV_TEST_PASSED : PV_TEST_FAILED,
        .pack = pack->manifest->id,
        .name = example->rule->id,
        .number = example->number,
        .path = example->rule->source->path,
        .at = pv_source_locate(example->rule->source, example->at.start),
        .rows = row,
        .row_count = 1,
    };
    return true;
}

static bool run_examples(pv_test_run *run, const pv_pack *pack, pv_coverage *coverage, pv_error *error) {
    const pv_example_result *results;
    size_t count;
    if (!pv_library_run_examples(pack, run->rule_pattern, run->arena, &results, &count, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        run->rules += i == 0 || results[i].rule != results[i - 1].rule;
        if (coverage && results[i].judged)
            pv_coverage_note(coverage, results[i].rule, results[i].state);
        if (!add_example(run, pack, &results[i], error))
            return false;
    }
    return true;
}

/* ---- cases ---- */

static bool add_case(pv_test_run *run, const pv_case_runner *runner, const pv_case_file *file, pv_case_outcome outcome,
                     pv_error *error) {
    pv_test_result *result = add_result(run, error);
    if (!result)
        return false;
    *result = (pv_test_result){
        .kind = PV_TEST_CASE,
        .outcome = outcome == PV_CASE_PASSED ? PV_TEST_PASSED : PV_TEST_FAILED,
        .pack = runner->pack->manifest->id,
        .name = file->name,
        .path = file->path,
        .at = {1, 1},
    };
    if (outcome != PV_CASE_FAULTY)
        return pv_test_rows_of_case(result, run->arena, &runner->read, runner->checked.source, &runner->match, error);
    pv_console_complain_of(&runner->fault);
    return keep_fault(run, result, &runner->fault, error);
}

static bool run_case(pv_test_run *run, pv_case_runner *runner, const pv_case_file *file, pv_coverage *coverage,
                     pv_error *error) {
    pv_case_outcome outcome;
    if (!pv_case_runner_run(runner, file, &outcome, error))
        return false;
    if (outcome == PV_CASE_LEFT)
        return true;
    if (coverage && outcome != PV_CASE_FAULTY)
        pv_coverage_add(coverage, &runner->checked.results);
    return add_case(run, runner, file, outcome, error);
}

static bool run_cases(pv_test_run *run, const pv_pack *pack, pv_coverage *coverage, pv_error *error) {
    pv_case_files files;
    pv_case_runner runner;
    size_t limit = pv_library_limits(run->library)->source_bytes;
    if (!pv_case_files_read(&files, run->arena, pv_files_folder_of(pack->manifest->source->path), limit, error))
        return false;
    bool done = pv_case_runner_init(&runner, run->library, pack, run->rule_pattern, error);
    for (size_t i = 0; done && i < files.count; i++)
        done = run_case(run, &runner, &files.files[i], coverage, error);
    pv_case_runner_clear(&runner);
    return done;
}

/* ---- a pack ---- */

static bool begin_coverage(pv_test_run *run, const pv_pack *pack, pv_coverage **out, pv_error *error) {
    pv_coverage *coverage = &run->coverage[run->coverage_count];
    *out = NULL;
    if (!run->covers)
        return true;
    if (!pv_coverage_begin(coverage, run->arena, pack, run->rule_pattern, error) ||
        !pv_library_record_lines(pack, error))
        return false;
    for (size_t i = 0; i < coverage->rule_count; i++)
        if (!pv_library_asked_outcomes(coverage->rules[i].rule, run->arena, coverage->rules[i].asked, error))
            return false;
    run->coverage_count++;
    *out = coverage;
    return true;
}

bool pv_test_run_pack(pv_test_run *run, const pv_pack *pack, pv_error *error) {
    pv_coverage *coverage;
    for (size_t i = 0; i < pack->ruleset->fault_count; i++)
        if (!pv_test_run_add_fault(run, pack->manifest->id, &pack->ruleset->faults[i], error))
            return false;
    if (!begin_coverage(run, pack, &coverage, error) || !run_examples(run, pack, coverage, error) ||
        !run_cases(run, pack, coverage, error))
        return false;
    return !coverage || pv_library_recorded_lines(pack, run->arena, &coverage->files, &coverage->file_count, error);
}

pv_test_report pv_test_run_report(const pv_test_run *run) {
    return (pv_test_report){
        .results = run->results,
        .result_count = run->result_count,
        .rules = run->rules,
        .coverage = run->coverage,
        .coverage_count = run->coverage_count,
    };
}
