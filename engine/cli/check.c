#include "cli/audit.h"
#include "cli/build_info.h"
#include "cli/checker.h"
#include "cli/command.h"
#include "cli/compare.h"
#include "cli/config.h"
#include "cli/files.h"
#include "cli/jobs.h"
#include "cli/speaker.h"

/* One run of check over all its files. */
typedef struct checking {
    pv_library *library;
    pv_arena *arena; /* of the run */
    const pv_options *options;
    pv_report_context context;
    pv_run_options run;
    pv_config config;
    pv_file_list files;
    pv_pack_store *packs;
    pv_speaker speaker;
    pv_audit audit;    /* of a run that is recorded */
    pv_compare *other; /* the day that is compared with; NULL: none */
} checking;

static pv_str first_argument(const checking *run) {
    return pv_str_from(run->options->arguments[0]);
}

/* What the command line leaves open, the configuration decides. */
static void choose_mode(checking *run, const pv_config *config) {
    const pv_options *options = run->options;
    run->context = (pv_report_context){
        .version = PV_STR(PV_VERSION),
        .mode = !options->has_mode && config->has_mode ? config->mode : options->mode,
        .fail_on = !options->has_fail_on && config->has_fail_on ? config->fail_on : options->fail_on,
        .as_of = pv_str_from(options->as_of),
        .compare = pv_str_from(options->compare),
        .rule_pattern = pv_str_from(options->rule),
    };
    run->run = (pv_run_options){.mode = run->context.mode, .rule_pattern = run->context.rule_pattern};
}

/* A report must not take the place of a submission. */
static bool spare_submissions(const checking *run, pv_error *error) {
    for (size_t i = 0; i < run->options->format_count; i++) {
        const pv_format_choice *choice = &run->options->formats[i];
        if (!choice->file || !pv_files_exists(pv_str_from(choice->file)))
            continue;
        for (size_t k = 0; k < run->files.count; k++)
            if (pv_files_are_one(pv_str_from(choice->file), run->files.files[k].path))
                return pv_fail(error, PV_ERROR_USAGE, "--format %s=%s would overwrite what is to be checked",
                               choice->format, choice->file);
    }
    return true;
}

static bool collect(checking *run, pv_error *error) {
    const pv_options *options = run->options;
    return options->record_into
               ? pv_files_take(&run->files, run->arena, options->arguments, options->argument_count, error)
               : pv_files_collect(&run->files, run->arena, options->arguments, options->argument_count, error);
}

static bool prepare_record(checking *run, const pv_config *config, pv_error *error) {
    if (!run->options->record)
        return true;
    run->context.audit = &run->audit.facts;
    return pv_audit_init(&run->audit, run->arena, run->options, config, &run->files, error);
}

static bool prepare(checking *run, pv_fault *fault) {
    pv_error error = {0};
    pv_str from = run->options->config_from ? pv_str_from(run->options->config_from) : first_argument(run);
    if (!pv_config_find(&run->config, run->library, run->arena, from, fault))
        return false;
    choose_mode(run, &run->config);
    if (!pv_pack_store_new(&run->packs, run->library, &run->config, pv_str_from(run->options->pack), fault))
        return false;
    if (collect(run, &error) && spare_submissions(run, &error) && prepare_record(run, &run->config, &error) &&
        pv_speaker_init(&run->speaker, pv_library_memory(run->library), run->options, &run->context, &error))
        return true;
    *fault = pv_fault_from_error(run->arena, PV_FAULT_INPUT, (pv_str){0}, NULL, &error);
    return false;
}

static bool check_here(checking *run, const pv_listener *listener, pv_error *error) {
    pv_checker checker;
    pv_progress progress = pv_progress_begin(run->files.count);
    bool done = pv_checker_init(&checker, run->library, run->packs, &run->run,
                                pv_outputs_need_hash(&run->speaker.outputs), listener, error);
    if (done && run->other)
        pv_compare_follow(run->other, &checker.reader);
    for (size_t i = 0; done && i < run->files.count; i++) {
        done = pv_checker_check(&checker, &run->files.files[i], error);
        pv_progress_step(&progress, i + 1);
    }
    pv_progress_end(&progress);
    pv_checker_clear(&checker);
    return done;
}

/* Both days in this process: the reports of the other day are held beside those of this. */
static bool check_two_days(checking *run, pv_error *error) {
    pv_str where = pv_arena_format(run->arena, "as of %s", run->options->compare);
    if (!where.data)
        return pv_fail_memory(error);
    const pv_compare_setting setting = {
        .config = &run->config,
        .run = run->run,
        .as_of = pv_str_from(run->options->compare),
        .pack = pv_str_from(run->options->pack),
        .is_earlier = pv_str_compare(run->context.compare, run->context.as_of) < 0,
        .where = where,
        .listener = pv_speaker_listener(&run->speaker),
    };
    pv_fault fault = {0};
    if (!pv_compare_new(&run->other, pv_library_memory(run->library), &setting, &fault, error))
        return fault.message.size > 0 && pv_speaker_fault(&run->speaker, &fault, false, error);
    const pv_listener listener = pv_compare_listener(run->other);
    return check_here(run, &listener, error);
}

static bool check_files(checking *run, pv_error *error) {
    const pv_listener listener = pv_speaker_listener(&run->speaker);
    const pv_jobs jobs = {
        .count = pv_jobs_worth_starting(run->options->jobs, run->files.count),
        .library = run->library,
        .packs = run->packs,
        .options = run->options,
        .run = &run->run,
    };
    if (run->options->compare)
        return check_two_days(run, error);
    if (jobs.count <= 1)
        return check_here(run, &listener, error);
    return pv_jobs_check(&jobs, run->files.files, run->files.count, &run->speaker, error);
}

static bool say_nothing_found(checking *run, pv_error *error) {
    const pv_fault fault = {
        .kind = PV_FAULT_INPUT, .path = first_argument(run), .message = PV_STR("no submission was found")};
    return pv_speaker_fault(&run->speaker, &fault, false, error);
}

static bool say_skipped(checking *run, const pv_str *paths, size_t count, pv_str why, pv_error *error) {
    for (size_t i = 0; i < count; i++)
        if (!pv_speaker_skipped(&run->speaker, paths[i], why, error))
            return false;
    return true;
}

/* Where nothing is found at all, that is said in the end, and once. */
static bool say_all_skipped(checking *run, pv_error *error) {
    const pv_file_list *files = &run->files;
    size_t empty_count = files->count > 0 ? files->empty_count : 0;
    return say_skipped(run, files->skipped, files->skipped_count, PV_STR("it is neither YAML nor CSV"), error) &&
           say_skipped(run, files->cases, files->case_count, PV_STR("it holds the cases of a pack"), error) &&
           say_skipped(run, files->empty, empty_count, PV_STR("no submission was found in it"), error);
}

static bool check_all(checking *run, int *code, pv_error *error) {
    if (!say_all_skipped(run, error) || !check_files(run, error))
        return false;
    const pv_summary *summary = &run->speaker.summary;
    if (summary->submissions == 0 && summary->faults == 0 && !say_nothing_found(run, error))
        return false;
    return pv_speaker_end(&run->speaker, code, error);
}

static pv_exit check(pv_library *library, const pv_options *options) {
    checking run = {.library = library, .options = options, .arena = pv_arena_new(pv_library_memory(library))};
    if (!run.arena)
        return pv_command_fail_memory();
    pv_fault fault = {0};
    pv_error error = {0};
    int code = PV_EXIT_NOTHING;
    if (!prepare(&run, &fault))
        pv_console_complain_of(&fault);
    else if (!check_all(&run, &code, &error))
        code = pv_command_fail(&error);
    pv_compare_free(run.other);
    pv_speaker_clear(&run.speaker);
    pv_pack_store_free(run.packs);
    pv_arena_free(run.arena);
    return (pv_exit)code;
}

static const pv_option_id check_options[] = {
    PV_OPTION_PACK,    PV_OPTION_MODE,  PV_OPTION_AS_OF,   PV_OPTION_COMPARE,  PV_OPTION_FORMAT, PV_OPTION_FAIL_ON,
    PV_OPTION_RULE,    PV_OPTION_JOBS,  PV_OPTION_WAIVERS, PV_OPTION_BASELINE, PV_OPTION_RECORD, PV_OPTION_QUIET,
    PV_OPTION_VERBOSE, PV_OPTION_COLOR, PV_OPTION_WIDTH,   PV_OPTION_HELP,
};

const pv_command pv_check_command = {
    .usage =
        {
            .command = "check",
            .arguments = "PATH...",
            .summary = "Checks submissions against the rules of their form. PATH is a file, a folder that is searched "
                       "for submissions, or - for standard input.",
            .details = "A submission names its form, and so finds its pack. A file .proviso.yaml in the\n"
                       "folder of the first PATH or above may set mode, fail_on, packs (a folder) and\n"
                       "parameters of rules; a proviso.lock beside it says which packs are accepted.\n"
                       "A file *.csv is read as a table, one record per row, when the form says how.\n"
                       "\n"
                       "With --compare, each submission is judged by both days, on each by the pack that\n"
                       "is in effect on it. The report says what changed from the earlier day to the\n"
                       "later; the exit status is that of --as-of, or 2 when one of the two could not be\n"
                       "concluded. All of it is done in one process, whatever --jobs says.\n"
                       "\n"
                       "Formats, several in one run (docs/outputs.md):\n"
                       "  terminal  for people\n"
                       "  json      everything, for programs (docs/schema/check.schema.json)\n"
                       "  sarif     SARIF 2.1.0: findings, for code scanning; with --verbose passes too\n"
                       "  junit     JUnit XML: a test for each rule and subject\n"
                       "  tap       Test Anything Protocol, version 13: the same, line by line\n"
                       "  github    annotations of GitHub Actions, and a summary of the step into the\n"
                       "            file that GITHUB_STEP_SUMMARY names\n"
                       "  gitlab    Code Quality report of GitLab\n"
                       "  markdown  for a comment on a change\n"
                       "\n"
                       "Exit status:\n"
                       "  0  no finding at or above the --fail-on level\n"
                       "  1  there is one\n"
                       "  2  nothing could be concluded: a submission could not be read, a rule failed,\n"
                       "     or there was nothing to check\n"
                       "\n"
                       "Examples:\n"
                       "  proviso check filing.yaml\n"
                       "  proviso check --mode gate --format sarif=out.sarif --format terminal filings/\n"
                       "  proviso check --as-of 2024-09-30 --compare 2024-06-30 filing.yaml\n"
                       "  proviso check --rule 'ipp1.word-*' --verbose filing.yaml\n",
            .min_arguments = 1,
            .max_arguments = SIZE_MAX,
            .options = check_options,
            .formats = pv_output_formats,
            .many_formats = true,
        },
    .run = check,
};
