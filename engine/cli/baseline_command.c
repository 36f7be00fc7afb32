#include <stdlib.h>

#include "base/array.h"
#include "cli/build_info.h"
#include "cli/command.h"
#include "cli/posix_host.h"
#include "project/checker.h"
#include "report/verdicts/baseline_json.h"
#include "report/write/layout.h"

#define DEFAULT_NAME PV_STR("baseline.json")

typedef struct collecting {
    pv_library *library;
    pv_arena *arena;
    const pv_options *options;
    pv_project *project;
    pv_str path; /* of the baseline */
    bool exists;
    pv_acceptance *acceptance;
    pv_file_list files;
    pv_fault_log reported;            /* what made findings uncertain */
    pv_summary summary;               /* of what was checked */
    PV_ARRAY(pv_verdict_entry) added; /* findings that were not in the baseline */
    PV_ARRAY(pv_baseline_pack) packs; /* whose rules found them; then all of the baseline to write */
    const pv_verdict_entry **entries; /* of the baseline to write */
    size_t count;
    size_t taken_out;
} collecting;

/* ---- what a run tells ---- */

static bool hear_skipped(void *payload, pv_str path, pv_str why, pv_error *error) {
    (void)payload, (void)error;
    pv_console_complain("%.*s: skipped, %.*s", PV_STR_ARG(pv_path_relative(path)), PV_STR_ARG(why));
    return true;
}

static bool hear_fault(void *payload, const pv_fault *fault, bool of_submission, pv_error *error) {
    collecting *all = payload;
    bool first;
    (void)of_submission;
    if (!pv_fault_log_add(&all->reported, fault, &first, error))
        return false;
    if (first)
        pv_console_complain_of(fault);
    return true;
}

static bool add_entry(collecting *all, const pv_verdict_entry *found, pv_error *error) {
    pv_verdict_entry *added = PV_ARRAY_ADD(all->arena, &all->added);
    if (!added)
        return pv_fail_memory(error);
    *added = (pv_verdict_entry){
        .path = pv_arena_copy(all->arena, found->path),
        .rule = pv_arena_copy(all->arena, found->rule),
        .subject = pv_arena_copy(all->arena, found->subject),
        .fingerprint = found->fingerprint,
        .ordinal = found->ordinal,
    };
    return (added->path.data && added->rule.data && added->subject.data) || pv_fail_memory(error);
}

static bool add_pack(collecting *all, pv_baseline_pack pack, pv_error *error) {
    pv_baseline_pack *added = PV_ARRAY_ADD(all->arena, &all->packs);
    if (!added)
        return pv_fail_memory(error);
    *added = pack;
    return true;
}

/* Whether one of the first count packs has this id. */
static bool has_pack(const collecting *all, size_t count, pv_str id) {
    for (size_t i = 0; i < count; i++)
        if (pv_str_equal(all->packs.items[i].id, id))
            return true;
    return false;
}

static bool hear_submission(void *payload, const pv_report_input *input, pv_error *error) {
    collecting *all = payload;
    const pv_baseline_pack pack = {input->pack->manifest->id, input->pack->manifest->version};
    pv_verdict_entries found;
    pv_arena *scratch = pv_arena_new(pv_library_memory(all->library));
    bool done = scratch && pv_baseline_findings_of(&found, scratch, input->source->path, input->results, error) &&
                (has_pack(all, all->packs.count, pack.id) || add_pack(all, pack, error));
    for (size_t i = 0; done && i < found.count; i++) {
        const pv_verdict *verdict = found.list[i].verdict;
        if (!verdict->waiver && verdict->baseline != PV_BASELINE_UNCHANGED)
            done = add_entry(all, &found.list[i], error);
    }
    pv_report_count(&all->summary, input);
    pv_arena_free(scratch);
    return done || pv_fail_memory(error);
}

/* ---- the run ---- */

static bool fail_as_fault(collecting *all, const pv_error *error, pv_fault *fault) {
    return pv_fail_input(fault, all->arena, (pv_str){0}, NULL, error);
}

/* A baseline only shrinks, and only when asked: what is there is never lost or grown by running a command again. */
static bool check_wish(collecting *all, pv_fault *fault) {
    const pv_options *options = all->options;
    pv_error error = {0};
    all->exists = pv_host_exists(pv_posix_host(), all->path);
    if (all->exists && !options->prune && !options->update)
        pv_fail(&error, PV_ERROR_USAGE,
                "%.*s is there already; --prune takes out what is fixed, --update adds what is new",
                PV_STR_ARG(all->path));
    if (!all->exists && options->prune)
        pv_fail(&error, PV_ERROR_USAGE, "there is no baseline %.*s to prune", PV_STR_ARG(all->path));
    return error.code == PV_OK || fail_as_fault(all, &error, fault);
}

static bool prepare(collecting *all, pv_fault *fault) {
    const pv_profile *nearest = pv_project_profile_at(all->project, all->options->arguments[0], fault);
    if (!nearest)
        return false;
    all->path = all->options->output.data ? all->options->output : nearest->config.values.baseline;
    if (all->path.size == 0)
        all->path = DEFAULT_NAME;
    pv_str waivers = nearest->values.waivers;
    return check_wish(all, fault) &&
           pv_project_collect(all->project, &all->files, all->options->arguments, all->options->argument_count,
                              fault) &&
           pv_acceptance_open(&all->acceptance, all->library, pv_posix_host(), waivers,
                              all->exists ? all->path : (pv_str){0}, fault);
}

static bool check_files(collecting *all, pv_error *error) {
    pv_library_keep_problems(all->library, PV_BASELINE_MOST);
    const pv_listener listener = {all, hear_skipped, hear_fault, hear_submission};
    pv_checker checker;
    bool done = pv_checker_init(&checker, all->project, false, &listener, error);
    checker.acceptance = all->acceptance;
    for (size_t i = 0; done && i < all->files.count; i++)
        done = pv_checker_check(&checker, &all->files.files[i], error);
    pv_checker_clear(&checker);
    if (!done)
        return false;
    if (all->summary.submissions == 0 && all->reported.count == 0)
        return pv_fail(error, PV_ERROR_NOT_FOUND, "no submission was found");
    return (all->reported.count == 0 && all->summary.not_checked == 0) ||
           pv_fail(error, PV_ERROR_USAGE, "nothing was written: not everything could be checked");
}

/* ---- what is written ---- */

/* What was fixed, and what no file is there for any more. */
static bool is_to_go(const collecting *all, const pv_baseline *old, size_t index) {
    if (!all->options->prune)
        return false;
    if (pv_baseline_is_fixed(pv_acceptance_baseline_notes(all->acceptance)[index]))
        return true;
    pv_str path = pv_arena_format(all->arena, "%.*s", PV_STR_ARG(old->entries[index].path));
    return path.data && !pv_str_equal(path, PV_STANDARD_INPUT) && !pv_host_exists(pv_posix_host(), path);
}

static int compare_entries(const void *left, const void *right) {
    return pv_baseline_compare(*(const pv_verdict_entry *const *)left, *(const pv_verdict_entry *const *)right);
}

/* One added may be equal to an old one whose fingerprint was made in the earlier way, and so have its number. */
static bool number_apart(const collecting *all, pv_error *error) {
    for (size_t i = 1; i < all->count; i++) {
        const pv_verdict_entry *before = all->entries[i - 1];
        pv_verdict_entry *numbered = PV_NEW(all->arena, pv_verdict_entry);
        if (!numbered)
            return pv_fail_memory(error);
        *numbered = *all->entries[i];
        numbered->ordinal = before->ordinal;
        if (pv_baseline_compare(before, numbered) != 0 || all->entries[i]->ordinal > before->ordinal)
            continue;
        numbered->ordinal++;
        all->entries[i] = numbered;
    }
    return true;
}

static bool choose_entries(collecting *all, pv_error *error) {
    const pv_baseline *old = pv_acceptance_baseline(all->acceptance);
    size_t old_count = old ? old->count : 0;
    all->entries = PV_NEW_ARRAY(all->arena, const pv_verdict_entry *, old_count + all->added.count);
    if (!all->entries)
        return pv_fail_memory(error);
    for (size_t i = 0; i < old_count; i++) {
        if (is_to_go(all, old, i))
            all->taken_out++;
        else
            all->entries[all->count++] = &old->entries[i];
    }
    if (all->exists && !all->options->update)
        all->added.count = 0;
    for (size_t i = 0; i < all->added.count; i++)
        all->entries[all->count++] = &all->added.items[i];
    if (all->count > 1)
        qsort(all->entries, all->count, sizeof *all->entries, compare_entries);
    return number_apart(all, error);
}

static int compare_packs(const void *left, const void *right) {
    const pv_baseline_pack *a = left;
    const pv_baseline_pack *b = right;
    int order = pv_str_compare(a->id, b->id);
    return order ? order : pv_str_compare(a->version, b->version);
}

/* Those of this run, in their versions, and those of before that it did not use. */
static bool choose_packs(collecting *all, pv_error *error) {
    const pv_baseline *old = pv_acceptance_baseline(all->acceptance);
    const size_t used = all->packs.count;
    for (size_t i = 0; old && i < old->pack_count; i++)
        if (!has_pack(all, used, old->packs[i].id) && !add_pack(all, old->packs[i], error))
            return false;
    if (all->packs.count > 1)
        qsort(all->packs.items, all->packs.count, sizeof *all->packs.items, compare_packs);
    return true;
}

static bool write_baseline(collecting *all, pv_error *error) {
    pv_buf text = pv_buf_on(pv_library_memory(all->library));
    if (!choose_entries(all, error) || !choose_packs(all, error))
        return false;
    if (all->count > PV_BASELINE_MOST)
        return pv_fail(error, PV_ERROR_LIMIT,
                       "nothing was written: a baseline holds at most %zu findings, and these are %zu",
                       PV_BASELINE_MOST, all->count);
    pv_baseline_json(&text, PV_STR(PV_VERSION), all->packs.items, all->packs.count, all->entries, all->count);
    bool written = text.failed ? pv_fail_memory(error) : pv_posix_replace(all->path, pv_buf_str(&text), error);
    pv_buf_clear(&text);
    return written;
}

static pv_exit say_written(const collecting *all) {
    pv_buf out = pv_buf_on(pv_library_memory(all->library));
    pv_layout_text(&out, all->path);
    pv_buf_append_text(&out, ": ");
    pv_layout_count(&out, all->count, "finding");
    if (all->exists)
        pv_buf_format(&out, ", %zu added, %zu taken out", all->added.count, all->taken_out);
    pv_buf_append_char(&out, '\n');
    pv_exit code = pv_command_print(&out, PV_EXIT_CLEAN);
    pv_buf_clear(&out);
    return code;
}

static pv_exit run_baseline(collecting *all) {
    pv_fault fault = {0};
    pv_error error = {0};
    if (!prepare(all, &fault))
        return pv_command_fail(fault);
    all->reported = pv_fault_log_in(all->arena);
    if (!check_files(all, &error) || !write_baseline(all, &error))
        return pv_command_fail(pv_fault_of(&error));
    return say_written(all);
}

static pv_exit baseline(pv_library *library, const pv_options *options) {
    collecting all = {.library = library, .options = options, .arena = pv_arena_new(pv_library_memory(library))};
    pv_fault fault = {0};
    pv_exit code;
    if (!all.arena)
        return pv_command_fail(pv_fault_no_memory());
    if (!pv_command_project(&all.project, library, options, &fault))
        code = pv_command_fail(fault);
    else
        code = run_baseline(&all);
    pv_acceptance_free(all.acceptance);
    pv_project_free(all.project);
    pv_arena_free(all.arena);
    return code;
}

static const char *const baseline_options[] = {"output", "files-from", "prune",   "update", "pack",
                                               "mode",   "as-of",      "waivers", "help",   NULL};

const pv_command pv_baseline_command = {
    .usage =
        {
            .command = "baseline",
            .arguments = "PATH...",
            .summary = "Writes down the findings that are there now, so that check --baseline counts only what comes "
                       "after them. PATH is a file or a folder, as for check.",
            .details = "The file is what -o names, else what the configuration does, else baseline.json.\n"
                       "A finding is known again by its rule, its subject and the words at its place, not\n"
                       "by its line. Findings that a waiver accepts are left out.\n"
                       "\n"
                       "A baseline that is there already only shrinks, with --prune; --update adds what is\n"
                       "new. What it holds of submissions that are not among PATH stays in it, unless they\n"
                       "are no more and --prune is given.\n"
                       "\n"
                       "Exit status:\n"
                       "  0  the file was written\n"
                       "  2  it was not: not everything could be checked, or the file is there already\n"
                       "\n"
                       "Examples:\n"
                       "  proviso baseline filings/\n"
                       "  proviso check --baseline baseline.json filings/\n"
                       "  proviso baseline --prune filings/\n",
            .min_arguments = 1,
            .max_arguments = SIZE_MAX,
            .first_path = 1,
            .options = baseline_options,
        },
    .run = baseline,
};
