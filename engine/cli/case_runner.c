#include "cli/case_runner.h"

#include "cli/files.h"
#include "model/message.h"

#define CASES_FOLDER PV_STR("cases")

static bool read_case_file(pv_case_file *out, pv_arena *arena, pv_str path, size_t folder_size, size_t limit,
                           pv_error *error) {
    pv_buf bytes = pv_buf_on(pv_arena_memory(arena));
    pv_error failure = {0};
    *out = (pv_case_file){.name = pv_str_slice(path, folder_size, path.size), .path = path};
    if (pv_files_read(&bytes, path, limit, &failure))
        out->bytes = pv_arena_copy(arena, pv_buf_str(&bytes));
    else
        out->unreadable = pv_arena_copy(arena, pv_str_from(failure.message));
    pv_buf_clear(&bytes);
    return out->bytes.data || out->unreadable.data || pv_fail_memory(error);
}

bool pv_case_files_read(pv_case_files *out, pv_arena *arena, pv_str folder, size_t limit, pv_error *error) {
    *out = (pv_case_files){0};
    pv_str cases = pv_files_join(arena, folder, CASES_FOLDER);
    if (!cases.data)
        return pv_fail_memory(error);
    if (!pv_files_is_folder(cases))
        return true;
    pv_file_list found;
    if (!pv_files_collect(&found, arena, &cases.data, 1, NULL, error))
        return false;
    pv_case_file *files = PV_NEW_ARRAY(arena, pv_case_file, found.count);
    if (!files)
        return pv_fail_memory(error);
    size_t count = 0;
    for (size_t i = 0; i < found.count; i++) {
        pv_str path = found.files[i].path;
        if (!pv_path_may_have_comments(path)) /* which would say what is expected */
            continue;
        if (!read_case_file(&files[count++], arena, path, cases.size - CASES_FOLDER.size, limit, error))
            return false;
    }
    *out = (pv_case_files){files, count};
    return true;
}

bool pv_case_runner_init(pv_case_runner *runner, pv_library *library, const pv_pack *pack, pv_str rule_pattern,
                         pv_error *error) {
    *runner = (pv_case_runner){
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
    runner->fault = pv_fault_from_error(runner->arena, PV_FAULT_INPUT, path, file, error);
    return false;
}

static bool read_expectations(pv_case_runner *runner, const pv_case_file *file) {
    const pv_limits *limits = pv_library_limits(runner->checked.library);
    pv_source *source = NULL;
    pv_error error = {0};
    if (file->unreadable.size > 0)
        pv_fail(&error, PV_ERROR_IO, "%.*s", PV_STR_ARG(file->unreadable));
    bool read = error.code == PV_OK && pv_source_new(&source, runner->arena, file->path, file->bytes, limits, &error) &&
                pv_case_read(&runner->read, runner->arena, source, &error) &&
                pv_case_check_rules(&runner->read, runner->pack, &error);
    return read || fail_case(runner, source, file->path, &error);
}

/* A case is filed on the form of the pack that it tests. */
static bool check_form(pv_case_runner *runner, pv_str form_id, pv_fault *fault) {
    const pv_form *form = runner->pack->form;
    const pv_node *name = pv_node_get(runner->checked.document->root, PV_STR("form"));
    pv_error error = {0};
    if (pv_str_equal(form_id, form->id))
        return true;
    pv_fail_at(&error, PV_ERROR_SHAPE, name->span, "the case is filed on %s, but the pack judges %s",
               pv_message_quote(form_id).text, pv_message_quote(form->id).text);
    *fault = pv_fault_from_error(runner->arena, PV_FAULT_INPUT, runner->checked.source->path, runner->checked.source,
                                 &error);
    return false;
}

static bool fail_without_a_day(pv_case_runner *runner, pv_fault *fault) {
    pv_error error = {0};
    pv_fail(&error, PV_ERROR_SHAPE,
            "the pack %s judges by a day; say it before the first line of YAML, as in # as-of: 2024-09-30",
            pv_message_quote(runner->pack->manifest->id).text);
    *fault = pv_fault_from_error(runner->arena, PV_FAULT_INPUT, runner->checked.source->path, NULL, &error);
    return false;
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
    checked->files = pv_beside_of(&runner->beside, runner->read.file->path, pv_library_limits(checked->library));
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
