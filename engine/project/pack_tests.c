#include "project/pack_tests.h"

#include "base/array.h"
#include "model/message.h"

#define CASES_FOLDER PV_STR("cases")

/* ---- the cases of a pack ---- */

static bool read_case_file(pv_case_file *out, const pv_host *host, pv_arena *arena, pv_str path, size_t folder_size,
                           size_t limit, pv_error *error) {
    pv_error failure = {0};
    *out = (pv_case_file){.name = pv_str_slice(path, folder_size, path.size), .path = path};
    if (!pv_host_read_copy(host, arena, path, limit, &out->bytes, &failure))
        out->unreadable = pv_arena_copy(arena, pv_str_from(failure.message));
    return out->bytes.data || out->unreadable.data || pv_fail_memory(error);
}

bool pv_case_files_read(pv_case_files *out, const pv_host *host, pv_arena *arena, pv_str folder, size_t limit,
                        pv_error *error) {
    *out = (pv_case_files){0};
    pv_str cases = pv_path_join(arena, folder, CASES_FOLDER);
    if (!cases.data)
        return pv_fail_memory(error);
    if (!pv_host_is_folder(host, cases))
        return true;
    pv_file_list found;
    if (!pv_file_list_collect(&found, host, arena, &cases, 1, NULL, error))
        return false;
    pv_case_file *files = PV_NEW_ARRAY(arena, pv_case_file, found.count);
    if (!files)
        return pv_fail_memory(error);
    size_t count = 0;
    for (size_t i = 0; i < found.count; i++) {
        pv_str path = found.files[i].path;
        if (!read_case_file(&files[count++], host, arena, path, cases.size - CASES_FOLDER.size, limit, error))
            return false;
    }
    *out = (pv_case_files){files, count};
    return true;
}

bool pv_case_runner_init(pv_case_runner *runner, pv_library *library, const pv_host *host, const pv_pack *pack,
                         pv_str rule_pattern, pv_error *error) {
    *runner = (pv_case_runner){
        .host = host,
        .pack = pack,
        .rule_pattern = rule_pattern,
        .arena = pv_arena_new(pv_library_memory(library)),
    };
    if (!runner->arena)
        return pv_fail_memory(error);
    return pv_checked_new(&runner->checked, library, error);
}

void pv_case_runner_clear(pv_case_runner *runner) {
    if (runner->checked.arena)
        pv_checked_clear(&runner->checked);
    pv_arena_free(runner->arena);
    *runner = (pv_case_runner){0};
}

/* A fault with its place in the case's file. */
static bool fail_case(pv_case_runner *runner, const pv_source *file, pv_str path, const pv_error *error) {
    return pv_fail_input(&runner->fault, runner->arena, path, file, error);
}

static bool read_expectations(pv_case_runner *runner, const pv_case_file *file) {
    const pv_limits *limits = pv_library_limits(runner->checked.library);
    pv_source *source = NULL;
    pv_error error = {0};
    if (file->unreadable.size > 0)
        pv_fail(&error, PV_ERROR_IO, "%.*s", PV_STR_ARG(file->unreadable));
    bool read = error.code == PV_OK && pv_source_new(&source, runner->arena, file->path, file->bytes, limits, &error) &&
                pv_case_read(&runner->read, runner->arena, source, !pv_path_may_have_comments(file->path), &error) &&
                pv_case_check_rules(&runner->read, runner->pack, &error);
    return read || fail_case(runner, source, file->path, &error);
}

/* A case is filed on the form of the pack that it tests. */
static bool check_form(pv_case_runner *runner, pv_str form_id, pv_fault *fault) {
    const pv_form *form = runner->pack->form;
    pv_error error = {0};
    if (pv_str_equal(form_id, form->id))
        return true;
    pv_fail_at(&error, PV_ERROR_SHAPE, runner->checked.form_at, "the case is filed on %s, but the pack judges %s",
               pv_message_quote(form_id).text, pv_message_quote(form->id).text);
    return pv_fail_input(fault, runner->arena, runner->checked.source->path, runner->checked.source, &error);
}

static bool fail_without_a_day(pv_case_runner *runner, pv_fault *fault) {
    pv_error error = {0};
    pv_fail(&error, PV_ERROR_SHAPE,
            "the pack %s judges by a day; say it before the first line of YAML, as in # as-of: 2024-09-30",
            pv_message_quote(runner->pack->manifest->id).text);
    return pv_fail_input(fault, runner->arena, runner->checked.source->path, NULL, &error);
}

/* Judges what was read, on the case's own day where it names one. */
static bool judge_on_its_day(pv_case_runner *runner, const pv_run_options *options, pv_fault *fault) {
    const pv_case *read = &runner->read;
    if (!read->has_as_of && runner->pack->manifest->needs_day && !runner->pack->has_as_of)
        return fail_without_a_day(runner, fault);
    return read->has_as_of ? pv_judge_on(&runner->checked, runner->pack, read->as_of_text, options, fault)
                           : pv_judge(&runner->checked, runner->pack, options, fault);
}

static bool judge(pv_case_runner *runner) {
    pv_checked *checked = &runner->checked;
    const pv_run_options options = {
        .mode = PV_MODE_SUBMISSION,
        .rule_pattern = runner->read.rules.size > 0 ? runner->read.rules : runner->rule_pattern,
    };
    pv_str form_id;
    pv_fault fault;
    checked->files = pv_sibling_files_of(&runner->siblings, runner->host, runner->read.file->path,
                                         pv_library_limits(checked->library));
    bool judged = pv_read_document(checked, runner->read.file->path, runner->read.bytes, &fault) &&
                  pv_read_form_id(checked, &form_id, &fault) && check_form(runner, form_id, &fault) &&
                  pv_read_submission(checked, runner->pack, &fault) && judge_on_its_day(runner, &options, &fault);
    if (judged)
        return true;
    fault.at = pv_case_position(&runner->read, fault.at);
    runner->fault = fault;
    return false;
}

/* Whether the case looks at any rule that is asked for. */
static bool concerns(const pv_case_runner *runner) {
    const pv_ruleset *ruleset = runner->pack->ruleset;
    if (runner->rule_pattern.size == 0)
        return true;
    for (size_t i = 0; i < ruleset->rule_count; i++)
        if (pv_run_selects(runner->rule_pattern, &ruleset->rules[i]) &&
            pv_run_selects(runner->read.rules, &ruleset->rules[i]))
            return true;
    return false;
}

bool pv_case_runner_run(pv_case_runner *runner, const pv_case_file *file, pv_case_outcome *out, pv_error *error) {
    pv_arena_clear(runner->arena);
    runner->match = (pv_case_match){0};
    *out = PV_CASE_FAULTY;
    if (!read_expectations(runner, file))
        return true;
    *out = PV_CASE_LEFT;
    if (!concerns(runner))
        return true;
    *out = PV_CASE_FAULTY;
    if (!judge(runner))
        return true;
    if (!pv_case_compare(&runner->match, runner->arena, &runner->read, runner->checked.source, &runner->checked.results,
                         runner->rule_pattern, error))
        return false;
    *out = runner->match.differences > 0 ? PV_CASE_FAILED : PV_CASE_PASSED;
    return true;
}

/* ---- all tests of packs ---- */

bool pv_test_run_init(pv_test_run *run, size_t pack_count, pv_error *error) {
    run->coverage = PV_NEW_ARRAY(run->arena, pv_coverage, pack_count);
    return run->coverage || pv_fail_memory(error);
}

static pv_test_result *add_result(pv_test_run *run, pv_error *error) {
    pv_test_result *added = PV_ARRAY_ADD(run->arena, &run->results);
    if (!added)
        pv_fail_memory(error);
    return added;
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
    run->report_fault(fault);
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
        .path = example->path,
        .at = example->at,
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
    run->report_fault(&runner->fault);
    return keep_fault(run, result, &runner->fault, error);
}

/* The new file must hold what it says: it is judged before anybody sees it. */
static bool add_rewrite(pv_test_run *run, pv_case_runner *runner, const pv_case_file *file, pv_error *error) {
    pv_case_rewrite *added = PV_ARRAY_ADD(run->arena, &run->rewrites);
    pv_case_outcome outcome;
    if (!added)
        return pv_fail_memory(error);
    *added = (pv_case_rewrite){.name = file->name, .path = file->path};
    if (!pv_case_update_make(&added->update, run->arena, &runner->read, runner->checked.source,
                             &runner->checked.results, &runner->match, error))
        return false;
    if (added->update.refused)
        return true;
    pv_case_file rewritten = *file;
    rewritten.bytes = added->update.text;
    if (!pv_case_runner_run(runner, &rewritten, &outcome, error))
        return false;
    if (outcome != PV_CASE_PASSED)
        added->update.refused = "what came cannot be written as expectations of it";
    return true;
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
    return add_case(run, runner, file, outcome, error) &&
           (!run->updates || outcome != PV_CASE_FAILED || add_rewrite(run, runner, file, error));
}

static bool run_cases(pv_test_run *run, const pv_pack *pack, pv_coverage *coverage, pv_error *error) {
    pv_case_files files;
    pv_case_runner runner;
    size_t limit = pv_library_limits(run->library)->source_bytes;
    if (!pv_case_files_read(&files, run->host, run->arena, pv_path_folder(pack->manifest->source->path), limit, error))
        return false;
    bool done = pv_case_runner_init(&runner, run->library, run->host, pack, run->rule_pattern, error);
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
        .results = run->results.items,
        .result_count = run->results.count,
        .rules = run->rules,
        .coverage = run->coverage,
        .coverage_count = run->coverage_count,
    };
}
