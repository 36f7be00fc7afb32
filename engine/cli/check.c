#include <string.h>

#include "cli/audit.h"
#include "cli/build_info.h"
#include "cli/check_watch.h"
#include "cli/checker.h"
#include "cli/command.h"
#include "cli/compare.h"
#include "cli/jobs.h"
#include "cli/show_config.h"
#include "cli/speaker.h"
#include "model/shape.h"

/* One run of check over all its files. */
typedef struct checking {
    pv_library *library;
    pv_arena *arena; /* of the run */
    const pv_options *options;
    pv_options completed; /* what options point at, with what the configuration adds */
    pv_profiles *profiles;
    pv_report_context context;
    pv_file_list files;
    pv_speaker speaker;
    pv_str waivers;        /* a file; empty: none */
    pv_str baseline;       /* the same */
    pv_gate *gate;         /* what accepts findings; NULL: nothing does */
    pv_together *together; /* what is about all submissions */
    pv_profile *nearest;   /* to the first PATH */
    pv_audit audit;        /* of a run that is recorded */
    pv_compare *other;     /* the day that is compared with; NULL: none */
} checking;

static pv_str first_argument(const checking *run) {
    pv_str first = pv_str_from(run->options->arguments[0]);
    bool named = run->options->stdin_filename && pv_str_equal(first, PV_STANDARD_INPUT);
    return named ? pv_str_from(run->options->stdin_filename) : first;
}

/* The configuration nearest to this path is that of the run. */
static pv_str configured_from(const checking *run) {
    return run->options->config_from ? pv_str_from(run->options->config_from) : first_argument(run);
}

/* Whether all files of some folder are checked. */
static bool names_folder(const pv_options *options) {
    bool named = options->of_folder;
    for (size_t i = 0; i < options->argument_count; i++)
        named |= pv_files_is_folder(pv_str_from(options->arguments[i]));
    return named;
}

/* ---- what is to be checked, and how ---- */

static bool collect(checking *run, pv_fault *fault) {
    const pv_options *options = run->options;
    pv_error error = {0};
    if (!options->record_into)
        return pv_profiles_collect(run->profiles, &run->files, options->arguments, options->argument_count, fault);
    if (pv_files_take(&run->files, run->arena, options->arguments, options->argument_count, options->stdin_filename,
                      &error))
        return true;
    *fault = pv_fault_from_error(run->arena, PV_FAULT_INPUT, (pv_str){0}, NULL, &error);
    return false;
}

/* A configuration, or a pack that it names, that cannot be used ends the run before the first file is checked. */
static bool open_profiles(checking *run, pv_fault *fault) {
    for (size_t i = 0; i < run->files.count; i++) {
        pv_profile *profile = pv_profiles_of(run->profiles, run->files.files[i].path, fault);
        if (!profile || !pv_profiles_open_packs(run->profiles, profile, fault))
            return false;
    }
    return true;
}

static bool add_format(checking *run, const pv_config *config, size_t index, pv_error *error) {
    pv_error wrong = {0};
    pv_str format = config->formats[index];
    char *copy = pv_arena_alloc(run->arena, format.size + 1); /* which may be cut */
    if (!copy)
        return pv_fail_memory(error);
    memcpy(copy, format.data, format.size);
    if (pv_options_add_format(&run->completed, &pv_check_command.usage, copy, &wrong))
        return true;
    return pv_fail_at(error, wrong.code, pv_shape_element(config->set[PV_CONFIG_FORMATS], index)->span, "%s",
                      wrong.message);
}

/* The reports that the configuration nearest to the first PATH asks for, unless the command line does, or there is nobody
 * to be told. */
static bool choose_formats(checking *run, const pv_config *config, pv_fault *fault) {
    pv_error error = {0};
    for (size_t i = 0; i < config->format_count && !run->options->has_format && !run->options->record_into; i++)
        if (!add_format(run, config, i, &error)) {
            *fault = pv_fault_from_error(run->arena, PV_FAULT_INPUT, config->path, config->source, &error);
            return false;
        }
    run->options = &run->completed;
    return true;
}

static void fill_context(checking *run, const pv_profile *profile) {
    run->context = (pv_report_context){
        .version = PV_STR(PV_VERSION),
        .mode = profile->run.mode,
        .fail_on = profile->run.fail_on,
        .as_of = pv_str_from(run->options->as_of),
        .compare = pv_str_from(run->options->compare),
        .rule_pattern = profile->run.rule_pattern,
        .baseline = pv_gate_baseline(run->gate) ? pv_gate_baseline(run->gate)->source->path : (pv_str){0},
    };
}

/* The files that the command line names, else those of the configuration nearest to the first PATH. Two days are compared
 * by what the rules say on each. */
static bool open_gate(checking *run, const pv_config *config, pv_fault *fault) {
    const pv_options *options = run->options;
    if (options->compare)
        return true;
    run->waivers = options->waivers ? pv_str_from(options->waivers) : config->waivers;
    run->baseline = options->baseline ? pv_str_from(options->baseline) : config->baseline;
    return pv_gate_open(&run->gate, run->library, run->waivers, run->baseline, fault);
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

static bool prepare_record(checking *run, pv_error *error) {
    const pv_audit_setting setting = {
        .options = run->options,
        .profiles = run->profiles,
        .nearest = run->nearest,
        .from = configured_from(run),
        .of_folder = names_folder(run->options),
        .waivers = run->waivers,
        .baseline = run->baseline,
        .files = &run->files,
    };
    if (!run->options->record)
        return true;
    run->context.audit = &run->audit.facts;
    return pv_audit_init(&run->audit, run->arena, &setting, error);
}

static bool prepare(checking *run, pv_fault *fault) {
    pv_error error = {0};
    pv_profile *nearest = pv_profiles_at(run->profiles, configured_from(run), fault);
    if (!nearest || !choose_formats(run, &nearest->config, fault) || !collect(run, fault) ||
        !open_profiles(run, fault) || !open_gate(run, &nearest->config, fault))
        return false;
    run->nearest = nearest;
    fill_context(run, nearest);
    if (spare_submissions(run, &error) && prepare_record(run, &error) &&
        pv_speaker_init(&run->speaker, pv_library_memory(run->library), run->options, &run->context, &error))
        return true;
    *fault = pv_fault_from_error(run->arena, PV_FAULT_INPUT, (pv_str){0}, NULL, &error);
    return false;
}

/* ---- checking ---- */

static bool check_here(checking *run, const pv_listener *listener, pv_error *error) {
    pv_checker checker;
    pv_progress progress = pv_progress_begin(run->files.count);
    bool done = pv_checker_init(&checker, run->library, run->profiles, pv_outputs_need_hash(&run->speaker.outputs),
                                listener, error);
    checker.gate = run->gate;
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
        .options = run->options,
        .as_of = pv_str_from(run->options->compare),
        .is_earlier = pv_str_compare(run->context.compare, run->context.as_of) < 0,
        .where = where,
        .listener = pv_speaker_listener(&run->speaker),
    };
    if (!pv_compare_new(&run->other, pv_library_memory(run->library), &setting, error))
        return false;
    const pv_listener listener = pv_compare_listener(run->other);
    const pv_listener keeping = pv_together_listener(run->together, &listener);
    return check_here(run, &keeping, error);
}

static bool check_files(checking *run, pv_error *error) {
    const pv_listener listener = pv_speaker_listener(&run->speaker);
    const pv_jobs jobs = {
        .count = pv_jobs_worth_starting(run->options->jobs, run->files.count),
        .library = run->library,
        .profiles = run->profiles,
        .options = run->options,
        .gate = run->gate,
        .together = run->together,
    };
    const pv_listener keeping = pv_together_listener(run->together, &listener);
    if (run->options->compare)
        return check_two_days(run, error);
    if (jobs.count <= 1)
        return check_here(run, &keeping, error);
    return pv_jobs_check(&jobs, run->files.files, run->files.count, &run->speaker, error);
}

/* ---- what was not checked ---- */

/* Of one kind of file that was passed over: what they are called together, and why one was. */
typedef struct fate_wording {
    const char *one;
    const char *several;
    const char *why;
    bool of_formats; /* all three go on with the formats that are read */
} fate_wording;

static const fate_wording wordings[PV_FILE_FATE_COUNT] = {
    [PV_FILE_OF_OTHER_KIND] = {"is neither ", "are neither ", "it is neither ", true},
    [PV_FILE_NOT_INCLUDED] = {"is not included by the configuration", "are not included by the configuration",
                              "the configuration does not include it", false},
    [PV_FILE_IGNORED] = {"is ignored by the configuration", "are ignored by the configuration",
                         "the configuration says to ignore it", false},
};

static bool say_skipped(checking *run, const pv_path_list *list, pv_str why, pv_error *error) {
    for (size_t i = 0; i < list->count; i++)
        if (!pv_speaker_skipped(&run->speaker, list->paths[i], why, error))
            return false;
    return true;
}

/* Attached files, notes, scripts: they may be many, and are seldom news. */
static bool say_passed(checking *run, pv_file_fate fate, pv_error *error) {
    const pv_path_list *passed = &run->files.passed[fate];
    const fate_wording *wording = &wordings[fate];
    pv_str formats = wording->of_formats ? pv_submission_formats(run->arena) : PV_STR("");
    pv_str why = pv_arena_format(run->arena, "%s%.*s", wording->why, PV_STR_ARG(formats));
    if (!formats.data || !why.data)
        return pv_fail_memory(error);
    if (run->options->verbose)
        return say_skipped(run, passed, why, error);
    if (passed->count > 0 && !run->options->quiet)
        pv_console_complain("%zu %s passed over: %s %s%.*s%s", passed->count, passed->count == 1 ? "file" : "files",
                            passed->count == 1 ? "it" : "they", passed->count == 1 ? wording->one : wording->several,
                            PV_STR_ARG(formats), "; --verbose names them");
    return true;
}

/* Where nothing is found at all, that is said in the end, and once. */
static bool say_all_skipped(checking *run, pv_error *error) {
    const pv_file_list *files = &run->files;
    for (pv_file_fate fate = PV_FILE_TAKEN + 1; fate < PV_FILE_FATE_COUNT; fate++)
        if (!say_passed(run, fate, error))
            return false;
    return say_skipped(run, &files->cases, PV_STR("it holds the cases of a pack"), error) &&
           (files->count == 0 || say_skipped(run, &files->empty, PV_STR("no submission was found in it"), error));
}

static bool say_nothing_found(checking *run, pv_error *error) {
    const pv_path_list *passed = run->files.passed;
    bool left_out = passed[PV_FILE_IGNORED].count + passed[PV_FILE_NOT_INCLUDED].count > 0;
    const pv_fault fault = {
        .kind = PV_FAULT_INPUT,
        .path = first_argument(run),
        .message = left_out && run->files.count == 0 ? PV_STR("no submission was found that the configuration includes")
                                                     : PV_STR("no submission was found"),
    };
    return pv_speaker_fault(&run->speaker, &fault, false, error);
}

static bool hear_loose(void *payload, const pv_report_input *input, pv_error *error) {
    return pv_speaker_submission(payload, input, error);
}

/* What is to be said of waivers and baseline themselves. */
static bool say_accepted(checking *run, pv_error *error) {
    pv_gate_end end = {
        .options = &run->nearest->run,
        .payload = &run->speaker,
        .tell = hear_loose,
        .in_folder = names_folder(run->options),
    };
    pv_fault ignored;
    if (run->gate && pv_profiles_open_packs(run->profiles, run->nearest, &ignored))
        end.packs = run->nearest->packs;
    return pv_gate_tell(run->gate, &end, &run->speaker.summary, error);
}

/* What is about all submissions can be judged once they were all read. */
static bool check_together(checking *run, pv_error *error) {
    const pv_listener listener = pv_speaker_listener(&run->speaker);
    return pv_together_judge(run->together, &listener, error);
}

static bool check_all(checking *run, int *code, pv_error *error) {
    const pv_together_setting setting = {run->library, run->profiles, &run->nearest->run, run->gate};
    if (!pv_together_new(&run->together, &setting, error) || !say_all_skipped(run, error) || !check_files(run, error) ||
        !check_together(run, error))
        return false;
    const pv_summary *summary = &run->speaker.summary;
    if (summary->submissions == 0 && summary->faults == 0 && !say_nothing_found(run, error))
        return false;
    if (summary->submissions > 0 && !say_accepted(run, error))
        return false;
    return pv_speaker_end(&run->speaker, code, error);
}

static pv_exit run_check(checking *run) {
    pv_fault fault = {0};
    pv_error error = {0};
    int code = PV_EXIT_NOTHING;
    if (!prepare(run, &fault))
        pv_console_complain_of(&fault);
    else if (!check_all(run, &code, &error))
        code = pv_command_fail(&error);
    pv_compare_free(run->other);
    pv_together_free(run->together);
    pv_gate_free(run->gate);
    pv_speaker_clear(&run->speaker);
    return (pv_exit)code;
}

static pv_exit show_config(checking *run) {
    pv_fault fault = {0};
    return collect(run, &fault) ? pv_show_config(run->library, run->profiles, run->options, &run->files)
                                : pv_command_fail_of(&fault);
}

static pv_exit check_once(pv_library *library, const pv_options *options) {
    checking run = {.library = library,
                    .options = options,
                    .completed = *options,
                    .arena = pv_arena_new(pv_library_memory(library))};
    pv_error error = {0};
    pv_exit code;
    if (!run.arena)
        return pv_command_fail_memory();
    if (!pv_profiles_new(&run.profiles, library, options, &error))
        code = pv_command_fail(&error);
    else
        code = options->show_config ? show_config(&run) : run_check(&run);
    pv_profiles_free(run.profiles);
    pv_arena_free(run.arena);
    return code;
}

static bool reads_standard_input(const pv_options *options) {
    for (size_t i = 0; i < options->argument_count; i++)
        if (pv_str_equal(pv_str_from(options->arguments[i]), PV_STANDARD_INPUT))
            return true;
    return false;
}

static pv_exit check(pv_library *library, const pv_options *given) {
    static const char *const here[] = {"."};
    pv_options own = *given;
    const pv_options *options = &own;
    if (own.argument_count == 0) { /* --show-config alone */
        own.arguments = here;
        own.argument_count = 1;
    }
    if (options->stdin_filename && !reads_standard_input(options)) {
        pv_console_complain("--stdin-filename names what comes from standard input; give - as the PATH too");
        return PV_EXIT_NOTHING;
    }
    if (options->watch && reads_standard_input(options)) {
        pv_console_complain("--watch cannot watch standard input; name a file or folder");
        return PV_EXIT_NOTHING;
    }
    return options->watch && !options->show_config ? pv_check_watch(library, options, check_once)
                                                   : check_once(library, options);
}

static const pv_option_id check_options[] = {
    PV_OPTION_PACK,    PV_OPTION_MODE,  PV_OPTION_AS_OF,      PV_OPTION_COMPARE,        PV_OPTION_FORMAT,
    PV_OPTION_FAIL_ON, PV_OPTION_RULE,  PV_OPTION_JOBS,       PV_OPTION_WAIVERS,        PV_OPTION_BASELINE,
    PV_OPTION_RECORD,  PV_OPTION_WATCH, PV_OPTION_STATISTICS, PV_OPTION_STDIN_FILENAME, PV_OPTION_QUIET,
    PV_OPTION_VERBOSE, PV_OPTION_COLOR, PV_OPTION_WIDTH,      PV_OPTION_SHOW_CONFIG,    PV_OPTION_HELP,
};

const pv_command pv_check_command = {
    .usage =
        {
            .command = "check",
            .arguments = "PATH...",
            .summary = "Checks submissions against the rules of their form. PATH is a file, a folder that is searched "
                       "for submissions, or - for standard input.",
            .details = "A submission names its form, and so finds its pack. A file .proviso.yaml in its\n"
                       "folder or above may set mode, fail_on, levels, packs (a folder), parameters of\n"
                       "rules, the files that are included or ignored, and some of these otherwise for\n"
                       "some of the files; --show-config shows what goes for each. A proviso.lock beside\n"
                       "it says which packs are accepted.\n"
                       "A file *.csv is read as a table, one record per row, when the form says how.\n"
                       "\n"
                       "With --compare, each submission is judged by both days, on each by the pack that\n"
                       "is in effect on it. The report says what changed from the earlier day to the\n"
                       "later; the exit status is that of --as-of, or 2 when one of the two could not be\n"
                       "concluded. All of it is done in one process, whatever --jobs says.\n"
                       "\n"
                       "Formats, several in one run (docs/outputs.md):\n",
            .write_formats = pv_format_write_help,
            .closing = "\n"
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
                       "  proviso check --stdin-filename drafts/filing.yaml - <filing.yaml\n"
                       "  proviso check --rule 'ipp1.word-*' --verbose filing.yaml\n",
            .min_arguments = 1,
            .max_arguments = SIZE_MAX,
            .options = check_options,
            .formats = pv_format_names,
            .many_formats = true,
        },
    .run = check,
};
