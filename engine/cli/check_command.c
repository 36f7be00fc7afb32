#include <string.h>
#include <unistd.h>

#include "cli/audit.h"
#include "cli/build_info.h"
#include "cli/command.h"
#include "cli/jobs.h"
#include "cli/show_config.h"
#include "cli/sink.h"
#include "cli/watch.h"
#include "model/shape.h"
#include "project/checker.h"
#include "project/compare.h"
#include "report/other/profile_report.h"

/* One run of check over all its files. */
typedef struct checking {
    pv_library *library;
    pv_arena *arena; /* of the run */
    const pv_options *options;
    pv_options completed; /* what options point at, with what the configuration adds */
    pv_project *project;
    pv_report_context context;
    pv_file_list files;
    bool collected; /* files is all of them */
    pv_sink sink;
    pv_str waivers;              /* a file; empty: none */
    pv_str baseline;             /* the same */
    pv_acceptance *acceptance;   /* what accepts findings; NULL: nothing does */
    pv_collections *collections; /* what is about all submissions */
    pv_profile *nearest;         /* to the first PATH */
    pv_audit audit;              /* of a run that is recorded */
    pv_compare *other;           /* the day that is compared with; NULL: none */
    pv_meter meter;              /* of a run that is profiled */
} checking;

static pv_str first_argument(const checking *run) {
    pv_str first = run->options->arguments[0];
    bool named = run->options->stdin_filename.data && pv_str_equal(first, PV_STANDARD_INPUT);
    return named ? run->options->stdin_filename : first;
}

/* The configuration nearest to this path is that of the run. */
static pv_str configured_from(const checking *run) {
    return run->options->config_from.data ? run->options->config_from : first_argument(run);
}

/* Whether all files of some folder are checked. */
static bool names_folder(const pv_options *options) {
    bool named = options->of_folder;
    for (size_t i = 0; i < options->argument_count; i++)
        named |= pv_host_is_folder(pv_posix_host(), options->arguments[i]);
    return named;
}

static bool is_profiled(const pv_options *options) {
    return options->profile || options->profile_json.data;
}

/* ---- what is to be checked, and how ---- */

static bool collect(checking *run, pv_fault *fault) {
    const pv_options *options = run->options;
    pv_error error = {0};
    if (!options->record_into)
        return pv_project_collect(run->project, &run->files, options->arguments, options->argument_count, fault);
    if (pv_file_list_take(&run->files, run->arena, options->arguments, options->argument_count, options->stdin_filename,
                          &error))
        return true;
    return pv_fail_input(fault, run->arena, (pv_str){0}, NULL, &error);
}

/* A configuration, or a pack that it names, that cannot be used ends the run before the first file is checked. */
static bool open_profiles(checking *run, pv_fault *fault) {
    for (size_t i = 0; i < run->files.count; i++) {
        pv_profile *profile = pv_project_profile_of(run->project, run->files.files[i].path, fault);
        if (!profile || !pv_project_open_packs(run->project, profile, fault))
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

/* The reports that the configuration nearest to the first PATH asks for, unless the command line does, or there is
 * nobody to be told. */
static bool choose_formats(checking *run, const pv_config *config, pv_fault *fault) {
    pv_error error = {0};
    for (size_t i = 0; i < config->format_count && !run->options->has_format && !run->options->record_into; i++)
        if (!add_format(run, config, i, &error)) {
            return pv_fail_input(fault, run->arena, config->path, config->source, &error);
        }
    run->options = &run->completed;
    return true;
}

static void fill_context(checking *run, const pv_profile *profile) {
    run->context = (pv_report_context){
        .version = PV_STR(PV_VERSION),
        .mode = profile->run.mode,
        .fail_on = profile->run.fail_on,
        .as_of = run->options->asked.as_of,
        .compare = run->options->compare,
        .rule_pattern = profile->run.rule_pattern,
        .baseline = pv_acceptance_baseline(run->acceptance) ? pv_acceptance_baseline(run->acceptance)->source->path
                                                            : (pv_str){0},
    };
}

/* Two days are compared by what the rules say on each. */
static bool open_acceptance(checking *run, const pv_profile *profile, pv_fault *fault) {
    if (run->options->compare.data || profile->values.waivers.size + profile->values.baseline.size > 0)
        pv_library_keep_problems(run->library, PV_BASELINE_MOST); /* findings are told from one another */
    if (run->options->compare.data)
        return true;
    run->waivers = profile->values.waivers;
    run->baseline = profile->values.baseline;
    return pv_acceptance_open(&run->acceptance, run->library, pv_posix_host(), run->waivers, run->baseline, fault);
}

static bool is_to_be_checked(const checking *run, pv_str file) {
    if (!pv_host_exists(pv_posix_host(), file))
        return false;
    for (size_t i = 0; i < run->files.count; i++)
        if (pv_host_is_same(pv_posix_host(), file, run->files.files[i].path))
            return true;
    return false;
}

/* Neither a report nor a profile must take the place of a submission. */
static bool spare_submissions(const checking *run, pv_error *error) {
    pv_str profile = run->options->profile_json;
    if (profile.data && is_to_be_checked(run, profile))
        return pv_fail(error, PV_ERROR_USAGE, "--profile-json %s would overwrite what is to be checked", profile.data);
    for (size_t i = 0; i < run->options->format_count; i++) {
        const pv_format_choice *choice = &run->options->formats[i];
        if (choice->file && is_to_be_checked(run, pv_str_from(choice->file)))
            return pv_fail(error, PV_ERROR_USAGE, "--format %s=%s would overwrite what is to be checked",
                           choice->format, choice->file);
    }
    return true;
}

/* Where a list is split into several runs, each writes its reports anew, and the last one's would be taken for all of
 * it. The first of them cannot know, but every other finds a report there. */
static void warn_of_split_list(const checking *run) {
    const char *splitter = pv_posix_splitter();
    for (size_t i = 0; splitter && i < run->options->format_count; i++) {
        const char *file = run->options->formats[i].file;
        if (file && pv_host_exists(pv_posix_host(), pv_str_from(file)))
            pv_console_complain("%s, which was there, is written anew with %zu of the files that %s gives; give all of "
                                "them to one run with --files-from -",
                                file, run->files.count, splitter);
    }
}

static bool prepare_record(checking *run, pv_error *error) {
    const pv_audit_setting setting = {
        .options = run->options,
        .project = run->project,
        .nearest = run->nearest,
        .from = configured_from(run),
        .of_folder = names_folder(run->options),
        .waivers = run->waivers,
        .baseline = run->baseline,
        .files = &run->files,
    };
    if (!run->options->record.data)
        return true;
    run->context.audit = &run->audit.facts;
    return pv_audit_init(&run->audit, run->arena, &setting, error);
}

static bool prepare(checking *run, pv_fault *fault) {
    pv_error error = {0};
    pv_profile *nearest = pv_project_profile_at(run->project, configured_from(run), fault);
    if (!nearest || !choose_formats(run, &nearest->config, fault) || !collect(run, fault))
        return false;
    run->collected = true;
    if (!open_profiles(run, fault) || !open_acceptance(run, nearest, fault))
        return false;
    run->nearest = nearest;
    fill_context(run, nearest);
    warn_of_split_list(run);
    if (spare_submissions(run, &error) && prepare_record(run, &error) &&
        pv_sink_init(&run->sink, pv_library_memory(run->library), run->options, &run->context, &error))
        return true;
    return pv_fail_input(fault, run->arena, (pv_str){0}, NULL, &error);
}

/* ---- checking ---- */

static bool check_here(checking *run, const pv_listener *listener, pv_error *error) {
    pv_checker checker;
    pv_progress progress = pv_progress_begin(run->files.count);
    bool done = pv_checker_init(&checker, run->project, pv_outputs_need_hash(&run->sink.outputs), listener, error);
    checker.acceptance = run->acceptance;
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
    pv_str where = pv_arena_format(run->arena, "as of %s", run->options->compare.data);
    if (!where.data)
        return pv_fail_memory(error);
    const pv_compare_setting setting = {
        .host = pv_posix_host(),
        .settings = pv_options_project(run->options),
        .as_of = run->options->compare,
        .language = run->options->language,
        .is_earlier = pv_str_compare(run->context.compare, run->context.as_of) < 0,
        .where = where,
        .listener = pv_sink_listener(&run->sink),
    };
    if (!pv_compare_new(&run->other, pv_library_memory(run->library), &setting, error))
        return false;
    const pv_listener listener = pv_compare_listener(run->other);
    const pv_listener keeping = pv_collections_listener(run->collections, &listener);
    return check_here(run, &keeping, error);
}

/* The first pack that a file asks for, so that worker processes find it open. What is wrong with a file is told when it
 * is checked. */
static bool open_first_pack(checking *run, pv_error *error) {
    enum { MOST_TRIED = 16 };
    pv_reader reader;
    bool done = pv_reader_init(&reader, run->library, pv_posix_host(), NULL, error);
    bool found = !done;
    for (size_t i = 0; !found && i < run->files.count && i < MOST_TRIED; i++) {
        const pv_file *file = &run->files.files[i];
        pv_fault ignored;
        pv_profile *profile = pv_project_profile_of(run->project, file->path, &ignored);
        if (!profile || !pv_project_can_read_again(run->project, file->path) ||
            !pv_project_open_packs(run->project, profile, &ignored))
            continue;
        reader.packs = profile->packs;
        found = pv_reader_open_pack(&reader, file);
    }
    pv_reader_clear(&reader);
    return done;
}

static bool check_files(checking *run, pv_error *error) {
    const pv_listener listener = pv_sink_listener(&run->sink);
    const pv_jobs jobs = {
        .count = is_profiled(run->options) ? 1 : pv_jobs_worth_starting(run->options->jobs, run->files.count),
        .library = run->library,
        .project = run->project,
        .options = run->options,
        .acceptance = run->acceptance,
        .collections = run->collections,
    };
    const pv_listener keeping = pv_collections_listener(run->collections, &listener);
    if (run->options->compare.data)
        return check_two_days(run, error);
    if (jobs.count <= 1)
        return check_here(run, &keeping, error);
    return open_first_pack(run, error) && pv_jobs_check(&jobs, run->files.files, run->files.count, &run->sink, error);
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
        if (!pv_sink_skipped(&run->sink, list->paths[i], why, error))
            return false;
    return true;
}

/* What is not read for its name may be a submission all the same. */
static bool skip_expected(checking *run, bool *expected, pv_error *error) {
    const pv_path_list *passed = &run->files.passed[PV_FILE_OF_OTHER_KIND];
    pv_reader reader;
    bool done = pv_reader_init(&reader, run->library, pv_posix_host(), NULL, error);
    for (size_t i = 0; done && i < passed->count; i++) {
        pv_fault ignored;
        pv_profile *profile = pv_project_profile_of(run->project, passed->paths[i], &ignored);
        if (!profile || !pv_project_open_packs(run->project, profile, &ignored))
            continue;
        reader.packs = profile->packs;
        pv_str why = pv_reader_look(&reader, passed->paths[i]);
        expected[i] = why.size > 0;
        done = !expected[i] || pv_sink_skipped(&run->sink, passed->paths[i], why, error);
    }
    pv_reader_clear(&reader);
    return done;
}

/* Attached files, notes, scripts: they may be many, and are seldom news. named: those that were named already. */
static bool say_passed(checking *run, pv_file_fate fate, const bool *named, pv_error *error) {
    const pv_path_list *passed = &run->files.passed[fate];
    const fate_wording *wording = &wordings[fate];
    size_t count = 0;
    pv_str formats = wording->of_formats ? pv_submission_formats(run->arena) : PV_STR("");
    if (!formats.data)
        return pv_fail_memory(error);
    for (size_t i = 0; i < passed->count && !run->options->quiet; i++) {
        if (named && named[i])
            continue;
        count++;
        if (run->options->verbose)
            pv_console_complain("%.*s: skipped, %s%.*s", PV_STR_ARG(pv_path_relative(passed->paths[i])), wording->why,
                                PV_STR_ARG(formats));
    }
    if (count > 0 && !run->options->verbose)
        pv_console_complain("%zu %s passed over: %s %s%.*s%s", count, count == 1 ? "file" : "files",
                            count == 1 ? "it" : "they", count == 1 ? wording->one : wording->several,
                            PV_STR_ARG(formats), "; --verbose names them");
    return true;
}

static void say_notice(void *payload, const pv_fault *notice) {
    (void)payload;
    pv_console_complain_of(notice);
}

/* A pattern that is written wrongly changes what is checked, or how. */
static bool say_unmet_patterns(const checking *run, pv_error *error) {
    const pv_project_notices to = {.notice = say_notice};
    return run->sink.silent || pv_project_report_unmet(run->project, run->nearest, run->options->arguments,
                                                       run->options->argument_count, &to, error);
}

/* Where nothing is found at all, that is said in the end, and once. */
static bool say_all_skipped(checking *run, pv_error *error) {
    const pv_file_list *files = &run->files;
    bool *expected = PV_NEW_ARRAY(run->arena, bool, files->passed[PV_FILE_OF_OTHER_KIND].count);
    if (!expected)
        return pv_fail_memory(error);
    if (!skip_expected(run, expected, error))
        return false;
    for (pv_file_fate fate = PV_FILE_TAKEN + 1; fate < PV_FILE_FATE_COUNT; fate++)
        if (!say_passed(run, fate, fate == PV_FILE_OF_OTHER_KIND ? expected : NULL, error))
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
    return pv_sink_fault(&run->sink, &fault, false, error);
}

static bool hear_loose(void *payload, const pv_report_input *input, pv_error *error) {
    return pv_sink_submission(payload, input, error);
}

/* What is to be said of waivers and baseline themselves. */
static bool say_accepted(checking *run, pv_error *error) {
    pv_acceptance_end end = {
        .options = &run->nearest->run,
        .payload = &run->sink,
        .report = hear_loose,
        .in_folder = names_folder(run->options),
    };
    pv_fault ignored;
    if (run->acceptance && pv_project_open_packs(run->project, run->nearest, &ignored))
        end.packs = run->nearest->packs;
    return pv_acceptance_report(run->acceptance, &end, &run->sink.summary, error);
}

/* What is about all submissions can be judged once they were all read. */
static bool check_together(checking *run, pv_error *error) {
    const pv_listener listener = pv_sink_listener(&run->sink);
    return pv_collections_judge(run->collections, &listener, error);
}

static bool check_all(checking *run, int *code, pv_error *error) {
    run->sink.own[0] = run->waivers;
    run->sink.own[1] = run->baseline;
    run->sink.meter = pv_library_meter(run->library);
    const pv_collections_setting setting = {run->project, &run->nearest->run, run->acceptance};
    if (!pv_collections_new(&run->collections, &setting, error) || !say_unmet_patterns(run, error) ||
        !say_all_skipped(run, error) || !check_files(run, error) || !check_together(run, error))
        return false;
    const pv_summary *summary = &run->sink.summary;
    if (summary->submissions == 0 && summary->faults == 0 && !say_nothing_found(run, error))
        return false;
    if (summary->submissions > 0 && !say_accepted(run, error))
        return false;
    return pv_sink_end(&run->sink, code, error);
}

/* ---- a run that ends before it has reports ---- */

/* What the run may have been meant to read is spared, whatever it holds. */
typedef struct spared {
    const pv_options *options;
    const pv_file_list *files; /* NULL: it is not known yet which they are */
    pv_str accepted_by[2];     /* waivers and baseline */
} spared;

static bool is_named(const pv_options *options, pv_str file) {
    bool named = options->stdin_filename.data && pv_host_is_same(pv_posix_host(), file, options->stdin_filename);
    for (size_t i = 0; i < options->argument_count; i++)
        named |= pv_host_is_same(pv_posix_host(), file, options->arguments[i]);
    return named;
}

static bool is_spared(void *payload, pv_str file) {
    const spared *of = payload;
    if (!pv_host_exists(pv_posix_host(), file) || is_named(of->options, file))
        return true;
    for (size_t i = 0; i < sizeof of->accepted_by / sizeof *of->accepted_by; i++)
        if (of->accepted_by[i].size > 0 && pv_host_is_same(pv_posix_host(), file, of->accepted_by[i]))
            return true;
    for (size_t i = 0; of->files && i < of->files->count; i++)
        if (pv_host_is_same(pv_posix_host(), file, of->files->files[i].path))
            return true;
    return !of->files && pv_path_may_be_submission(file);
}

static void discard_reports(const pv_options *options, const pv_file_list *files, pv_str waivers, pv_str baseline) {
    spared of = {options, files, {waivers, baseline}};
    if (waivers.size == 0)
        of.accepted_by[0] = options->asked.waivers;
    if (baseline.size == 0)
        of.accepted_by[1] = options->asked.baseline;
    pv_outputs_discard(options, is_spared, &of);
}

static pv_exit run_check(checking *run) {
    pv_fault fault = {0};
    pv_error error = {0};
    int code = PV_EXIT_NOTHING;
    if (!prepare(run, &fault)) {
        code = pv_command_fail(fault);
        discard_reports(run->options, run->collected ? &run->files : NULL, run->waivers, run->baseline);
    } else if (!check_all(run, &code, &error)) {
        code = pv_command_fail(pv_fault_of(&error));
    }
    pv_compare_free(run->other);
    pv_collections_free(run->collections);
    pv_acceptance_free(run->acceptance);
    pv_sink_clear(&run->sink);
    return (pv_exit)code;
}

/* ---- what the run took ---- */

static bool write_profile(checking *run, pv_error *error) {
    pv_buf out = pv_buf_on(&run->meter.own);
    const pv_report_style style = pv_options_style(run->options, STDERR_FILENO);
    bool written = pv_meter_stop(&run->meter, error);
    if (written && run->options->profile) {
        pv_profile_terminal(&out, &style, &run->meter);
        written = !out.failed || pv_fail_memory(error);
        (void)pv_console_write(STDERR_FILENO, pv_buf_str(&out));
        pv_buf_reset(&out);
    }
    if (written && run->options->profile_json.data) {
        pv_profile_json(&out, &run->meter);
        written =
            out.failed ? pv_fail_memory(error) : pv_posix_replace(run->options->profile_json, pv_buf_str(&out), error);
    }
    pv_buf_clear(&out);
    return written;
}

/* As run_check, with somebody who looks at the clock. */
static pv_exit run_profiled(checking *run) {
    const pv_host *host = pv_posix_host();
    pv_error error = {0};
    if (!pv_meter_start(&run->meter, (pv_clock){host->clock, host->payload}, pv_library_memory(run->library), &error))
        return pv_command_fail(pv_fault_of(&error));
    pv_library_measure(run->library, &run->meter);
    pv_exit code = run_check(run);
    if (!write_profile(run, &error))
        code = pv_command_fail(pv_fault_of(&error));
    pv_library_measure(run->library, NULL);
    pv_meter_clear(&run->meter);
    return code;
}

static pv_exit show_config(checking *run) {
    pv_fault fault = {0};
    return collect(run, &fault) ? pv_show_config(run->library, run->project, run->options, &run->files)
                                : pv_command_fail(fault);
}

static pv_exit check_once(pv_library *library, const pv_options *options) {
    checking run = {.library = library,
                    .options = options,
                    .completed = *options,
                    .arena = pv_arena_new(pv_library_memory(library))};
    pv_fault fault = {0};
    pv_exit code;
    const pv_str none = {0};
    if (!run.arena)
        pv_fail_no_memory(&fault);
    if (!run.arena || !pv_command_project(&run.project, library, options, &fault)) {
        code = pv_command_fail(fault);
        discard_reports(options, NULL, none, none);
    } else {
        code = options->show_config ? show_config(&run) : is_profiled(options) ? run_profiled(&run) : run_check(&run);
    }
    pv_project_free(run.project);
    pv_arena_free(run.arena);
    return code;
}

/* ---- watching ---- */

/* Packs and configurations are read anew for every run. */
static pv_exit check_anew(const void *payload) {
    const pv_options *options = payload;
    pv_library *library;
    pv_error error = {0};
    if (!pv_library_new(&library, NULL, options->asked.as_of, &error))
        return pv_command_fail(pv_fault_of(&error));
    pv_library_speak(library, options->language);
    pv_exit code = check_once(library, options);
    pv_library_free(library);
    return code;
}

/* The reports, and the record, that a run writes to files, by their names. */
static bool find_own(pv_project *project, pv_arena *arena, const pv_options *options, pv_watched *watched,
                     pv_fault *fault) {
    const pv_profile *nearest = pv_project_profile_at(project, options->arguments[0], fault);
    if (!nearest)
        return false;
    const pv_config *config = &nearest->config;
    pv_str *names = PV_NEW_ARRAY(arena, pv_str, options->format_count + config->format_count + 2);
    if (!names) {
        return pv_fail_no_memory(fault);
    }
    watched->own = names;
    for (size_t i = 0; i < options->format_count; i++)
        if (options->formats[i].file)
            names[watched->own_count++] = pv_path_name(pv_str_from(options->formats[i].file));
    if (options->record.data)
        names[watched->own_count++] = pv_path_name(options->record);
    if (options->profile_json.data)
        names[watched->own_count++] = pv_path_name(options->profile_json);
    for (size_t i = 0; i < config->format_count; i++) {
        size_t equals = pv_str_find(config->formats[i], PV_STR("="), 0);
        if (equals != SIZE_MAX)
            names[watched->own_count++] =
                pv_path_name(pv_str_slice(config->formats[i], equals + 1, config->formats[i].size));
    }
    return true;
}

/* The folders of the arguments, and those of the configurations and packs that go for them. */
static bool find_watched(pv_project *project, const pv_options *options, pv_str *folders, size_t *count,
                         pv_fault *fault) {
    for (size_t i = 0; i < options->argument_count; i++) {
        pv_str path = options->arguments[i];
        const pv_profile *profile = pv_project_profile_at(project, path, fault);
        if (!profile)
            return false;
        folders[(*count)++] = pv_host_is_folder(pv_posix_host(), path) ? path : pv_path_folder(path);
        if (profile->config.path.size > 0)
            folders[(*count)++] = pv_path_folder(profile->config.path);
        if (profile->config.values.packs.size > 0)
            folders[(*count)++] = profile->config.values.packs;
    }
    if (pv_host_is_folder(pv_posix_host(), options->asked.pack))
        folders[(*count)++] = options->asked.pack;
    return true;
}

static pv_exit watch(pv_library *library, const pv_options *options) {
    pv_arena *arena = pv_arena_new(pv_library_memory(library));
    pv_str *folders = arena ? PV_NEW_ARRAY(arena, pv_str, 3 * options->argument_count + 1) : NULL;
    pv_watched watched = {.folders = folders, .run = check_anew, .payload = options};
    pv_project *project = NULL;
    pv_fault fault = {0};
    pv_exit code;
    if (!folders)
        code = pv_command_fail(pv_fault_no_memory());
    else if (!pv_command_project(&project, library, options, &fault) ||
             !find_watched(project, options, folders, &watched.folder_count, &fault) ||
             !find_own(project, arena, options, &watched, &fault))
        code = pv_command_fail(fault);
    else
        code = pv_watch(arena, &watched);
    pv_project_free(project);
    pv_arena_free(arena);
    return code;
}

/* ---- the command ---- */

static bool reads_standard_input(const pv_options *options) {
    for (size_t i = 0; i < options->argument_count; i++)
        if (pv_str_equal(options->arguments[i], PV_STANDARD_INPUT))
            return true;
    return false;
}

/* Nothing is known of what was to be read. */
static void discard_all(const pv_options *options) {
    const pv_str none = {0};
    discard_reports(options, NULL, none, none);
}

static pv_exit refuse(const pv_options *options, const char *why) {
    pv_console_complain("%s", why);
    discard_all(options);
    return PV_EXIT_NOTHING;
}

static pv_exit check(pv_library *library, const pv_options *given) {
    static const pv_str here[] = {PV_STR(".")};
    pv_options own = *given;
    const pv_options *options = &own;
    if (own.argument_count == 0) { /* --show-config alone */
        own.arguments = here;
        own.argument_count = 1;
    }
    if (options->stdin_filename.data && !reads_standard_input(options)) {
        return refuse(options, "--stdin-filename names what comes from standard input; give - as the PATH too");
    }
    if (options->watch && reads_standard_input(options)) {
        return refuse(options, "--watch cannot watch standard input; name a file or folder");
    }
    if (options->record.data && options->language.size > 0) {
        return refuse(options, "a record is in the form's first language; leave --language or --record out");
    }
    if (options->record.data && options->ocr) {
        return refuse(options,
                      "what is recognised from pictures depends on the program that does it, so nothing can be "
                      "checked again by a record; leave --ocr or --record out");
    }
    return options->watch && !options->show_config ? watch(library, options) : check_once(library, options);
}

static const char *const check_options[] = {"pack",       "mode",    "as-of",        "compare",        "format",
                                            "fail-on",    "rule",    "files-from",   "jobs",           "waivers",
                                            "baseline",   "record",  "watch",        "language",       "ocr",
                                            "statistics", "profile", "profile-json", "stdin-filename", "quiet",
                                            "verbose",    "color",   "width",        "show-config",    "help",
                                            NULL};

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
                       "More files than a command line holds are named by --files-from, and make one\n"
                       "report; xargs would run proviso several times, each over the reports of the last.\n"
                       "\n"
                       "With --compare, each submission is judged by both days, on each by the pack that\n"
                       "is in effect on it. The report says what changed from the earlier day to the\n"
                       "later; the exit status is that of --as-of, or 2 when one of the two could not be\n"
                       "concluded. All of it is done in one process, whatever --jobs says.\n"
                       "So is a run with --profile or --profile-json, which change no verdict and no\n"
                       "report (docs/performance.md).\n"
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
                       "  proviso check --rule 'ipp1.word-*' --verbose filing.yaml\n"
                       "  find filings -name '*.yaml' -print0 | proviso check --files-from -\n",
            .min_arguments = 1,
            .max_arguments = SIZE_MAX,
            .first_path = 1,
            .options = check_options,
            .formats = pv_format_names,
            .many_formats = true,
        },
    .run = check,
    .refused = discard_all,
};
