#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/glob.h"
#include "cli/build_info.h"
#include "cli/command.h"
#include "cli/posix_host.h"
#include "cli/watch.h"
#include "model/message.h"
#include "project/mutant.h"
#include "project/pack_tests.h"
#include "report/other/test_report.h"
#include "report/write/layout.h"

/* Processes that judge mutations. */
#define WORKERS ((size_t)2)

static void write_report(pv_buf *out, const pv_options *options, const pv_test_report *report, pv_exit code) {
    pv_str format = pv_str_from(options->formats[0].format);
    pv_report_style style = pv_options_style(options, STDOUT_FILENO);
    if (pv_str_equal(format, PV_STR("tap")))
        pv_test_tap(out, report);
    else if (pv_str_equal(format, PV_STR("junit")))
        pv_test_junit(out, report);
    else if (pv_str_equal(format, PV_STR("json")))
        pv_test_json(out, report);
    else if (pv_str_equal(format, PV_STR("github")))
        pv_test_github(out, report, PV_STR(PV_VERSION), (int)code);
    else if (pv_str_equal(format, PV_STR("sarif")))
        pv_test_sarif(out, report, PV_STR(PV_VERSION), (int)code);
    else
        pv_test_terminal(out, &style, report);
}

/* Whether every pack's outcomes, and lines, are covered as far as asked; says of each that is not. */
static bool is_covered(const pv_options *options, const pv_test_report *report) {
    bool covered = true;
    for (size_t i = 0; options->has_coverage_min && i < report->coverage_count; i++) {
        const pv_coverage *coverage = &report->coverage[i];
        if (pv_share_reaches(pv_coverage_outcomes(coverage), options->coverage_min) &&
            pv_share_reaches(pv_coverage_lines(coverage), options->coverage_min))
            continue;
        pv_console_complain("%.*s: less than %u%% of the outcomes or lines are covered", PV_STR_ARG(coverage->pack),
                            options->coverage_min);
        covered = false;
    }
    return covered;
}

static pv_exit exit_code(const pv_options *options, const pv_test_report *report) {
    pv_test_summary summary = pv_test_summarize(report);
    if (summary.faulty > 0 || summary.contradicted > 0)
        return PV_EXIT_NOTHING;
    bool covered = is_covered(options, report);
    return summary.failed > 0 || !covered ? PV_EXIT_FINDINGS : PV_EXIT_CLEAN;
}

/* ---- writing what came into cases ---- */

static bool is_asked_for_yes(size_t count) {
    char answer[16] = "";
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return false;
    printf("Write %zu %s? [y/N] ", count, count == 1 ? "case" : "cases");
    fflush(stdout);
    return fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

/* A link stays one: what it leads to is written. */
static bool write_case(const pv_test_run *run, const pv_case_rewrite *rewrite, pv_error *error) {
    pv_str path;
    return run->host->canonical(run->host->payload, run->arena, rewrite->path, &path, error) &&
           run->host->replace(run->host->payload, path, rewrite->update.text, error);
}

static size_t count_writable(const pv_test_run *run) {
    size_t count = 0;
    for (size_t i = 0; i < run->rewrites.count; i++)
        count += !run->rewrites.items[i].update.refused;
    return count;
}

/* What keeps all that came from being written down as what is right; NULL: nothing. */
static const char *fault_of(const pv_test_run *run, const pv_test_summary *summary) {
    if (summary->faulty > 0)
        return "something could not be run";
    for (size_t i = 0; i < run->rewrites.count; i++)
        if (run->rewrites.items[i].update.undecided)
            return "a rule could not be checked";
    return summary->contradicted > 0 ? "a rule contradicts its examples" : NULL;
}

/* Writes the cases, when that is wanted; gives the status of the run. `code`: without them. */
static pv_exit update_cases(const pv_test_run *run, const pv_options *options, const pv_test_summary *summary,
                            pv_exit code) {
    size_t count = count_writable(run);
    pv_error error = {0};
    if (count == 0)
        return code; /* nothing was to be written */
    const char *fault = fault_of(run, summary);
    if (fault) {
        pv_console_complain("no case was written, since %s; mend that first", fault);
        return code;
    }
    if (!options->yes && !is_asked_for_yes(count)) {
        pv_console_complain("no case was written; --yes writes %s", count == 1 ? "it" : "them");
        return code;
    }
    for (size_t i = 0; i < run->rewrites.count; i++) {
        const pv_case_rewrite *rewrite = &run->rewrites.items[i];
        if (rewrite->update.refused)
            continue;
        if (!write_case(run, rewrite, &error))
            return pv_command_fail(pv_fault_of(&error));
        printf("wrote %.*s\n", PV_STR_ARG(rewrite->path));
    }
    fflush(stdout);
    bool by_cases_alone = code == PV_EXIT_FINDINGS && !options->has_coverage_min;
    return by_cases_alone && summary->failed - summary->contradicted == count ? PV_EXIT_CLEAN : code;
}

static void write_differences(pv_buf *out, const pv_test_run *run, const pv_options *options) {
    pv_report_style style = pv_options_style(options, STDOUT_FILENO);
    for (size_t i = 0; i < run->rewrites.count; i++) {
        const pv_case_rewrite *rewrite = &run->rewrites.items[i];
        pv_case_difference(out, &style, rewrite->name, rewrite->path, &rewrite->update);
    }
}

static pv_exit report_run(const pv_test_run *run, const pv_options *options) {
    pv_test_report report = pv_test_run_report(run);
    report.cases_apart = options->update;
    if (report.result_count == 0) {
        pv_console_complain("no rule was selected");
        return PV_EXIT_NOTHING;
    }
    pv_buf out = pv_buf_on(pv_library_memory(run->library));
    pv_exit code = exit_code(options, &report);
    write_differences(&out, run, options);
    write_report(&out, options, &report, code);
    code = pv_command_print(&out, code);
    pv_buf_clear(&out);
    pv_test_summary summary = pv_test_summarize(&report);
    return options->update ? update_cases(run, options, &summary, code) : code;
}

/* What a pack that cannot be opened is called. */
static pv_str name_of(const pv_pack_choice *packs, size_t index, const pv_fault *fault) {
    return packs->names ? packs->names[index] : pv_path_folder(fault->path);
}

static bool test_packs(pv_test_run *run, const pv_pack_choice *packs, pv_error *error) {
    for (size_t i = 0; i < packs->count; i++) {
        pv_fault fault = {0};
        const pv_pack *pack = pv_pack_choice_at(packs, i, &fault);
        bool tested = pack ? pv_test_run_pack(run, pack, error)
                           : pv_test_run_add_fault(run, name_of(packs, i, &fault), &fault, error);
        if (!tested)
            return false;
    }
    return true;
}

/* ---- mutations: every one is judged, by one of two processes; one that dies without its answers makes the run fail
 * ---- */

/* What a worker says of one mutation; small enough that a pipe takes it whole. */
typedef struct answer {
    uint32_t mutation;
    bool noticed;
} answer;

typedef struct mutating {
    pv_mutable_pack pack;
    pv_mutations mutations;
    bool *noticed; /* one per mutation */
    size_t answered;
} mutating;

/* Every WORKERS-th mutation, from `first` on. Does not return. */
static void judge_share(const mutating *run, size_t first, int answers) {
    pv_error error = {0};
    for (size_t i = first; i < run->mutations.count; i += WORKERS) {
        bool noticed;
        if (!pv_mutant_is_noticed(&run->pack, &run->mutations.items[i], &noticed, &error))
            _exit(PV_EXIT_NOTHING);
        const answer given = {(uint32_t)i, noticed};
        if (write(answers, &given, sizeof given) != (ssize_t)sizeof given)
            _exit(PV_EXIT_NOTHING);
    }
    _exit(PV_EXIT_CLEAN);
}

static bool start_workers(const mutating *run, int answers[2], pid_t *workers, pv_error *error) {
    for (size_t i = 0; i < WORKERS; i++) {
        workers[i] = fork();
        if (workers[i] < 0)
            return pv_fail(error, PV_ERROR_IO, "a process could not be started: %s", strerror(errno));
        if (workers[i] == 0) {
            close(answers[0]);
            judge_share(run, i, answers[1]);
        }
    }
    return true;
}

static void gather(mutating *run, int answers) {
    pv_progress progress = pv_progress_begin(run->mutations.count);
    progress.on = isatty(STDERR_FILENO);
    answer given;
    ssize_t got;
    while ((got = read(answers, &given, sizeof given)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got != (ssize_t)sizeof given)
            break;
        run->noticed[given.mutation] = given.noticed;
        pv_progress_step(&progress, ++run->answered);
    }
    pv_progress_end(&progress);
}

static bool judge_all(mutating *run, pv_error *error) {
    int answers[2];
    pid_t workers[WORKERS] = {0};
    if (pipe(answers) != 0)
        return pv_fail(error, PV_ERROR_IO, "a pipe could not be made: %s", strerror(errno));
    bool started = start_workers(run, answers, workers, error);
    close(answers[1]);
    if (started)
        gather(run, answers[0]);
    close(answers[0]);
    for (size_t i = 0; i < WORKERS; i++)
        if (workers[i] > 0)
            waitpid(workers[i], NULL, 0);
    if (started && run->answered < run->mutations.count)
        return pv_fail(error, PV_ERROR_IO, "a process that judged changes ended before it was done");
    return started;
}

/* Rules first, then the form, then aliases. */
static void write_unnoticed(const mutating *run, pv_buf *out, const pv_report_style *style, pv_mutant_counts *counts) {
    for (size_t kind = 0; kind < PV_MUTATION_KIND_COUNT; kind++)
        for (size_t i = 0; i < run->mutations.count; i++) {
            const pv_mutation *mutation = &run->mutations.items[i];
            if (mutation->kind != kind)
                continue;
            counts->all[kind]++;
            counts->noticed[kind] += run->noticed[i];
            if (!run->noticed[i])
                pv_mutant_unnoticed(out, style, run->pack.sources[mutation->file], mutation);
        }
}

/* Changes prove nothing when something is wrong without them. */
static bool check_unchanged(const mutating *run, pv_error *error) {
    bool wrong;
    if (!pv_mutant_is_noticed(&run->pack, NULL, &wrong, error))
        return false;
    return !wrong ||
           pv_fail(error, PV_ERROR_SHAPE, "%.*s: an example or case fails without any change; run proviso test",
                   PV_STR_ARG(run->pack.pack->manifest->id));
}

static bool prepare_mutations(mutating *run, const pv_pack *pack, const pv_limits *limits, const pv_options *options,
                              pv_error *error) {
    if (!pv_mutable_pack_read(&run->pack, pv_posix_host(), run->mutations.arena, pack, limits, options->asked.as_of,
                              error) ||
        !check_unchanged(run, error) ||
        !pv_mutable_pack_mutations(&run->pack, options->asked.rule, !options->no_aliases, &run->mutations, error))
        return false;
    run->noticed = PV_NEW_ARRAY(run->mutations.arena, bool, run->mutations.count);
    return run->noticed || pv_fail_memory(error);
}

static pv_exit test_mutations(pv_library *library, const pv_options *options, const pv_pack_choice *packs) {
    pv_report_style style = pv_options_style(options, STDOUT_FILENO);
    pv_buf out = pv_buf_on(pv_library_memory(library));
    pv_exit code = PV_EXIT_CLEAN;
    pv_mutant_counts counts = {0};
    for (size_t i = 0; i < packs->count; i++) {
        mutating run = {.mutations = {.arena = packs->arena}};
        pv_fault fault = {0};
        pv_error error = {0};
        const pv_pack *pack = pv_pack_choice_at(packs, i, &fault);
        if (!pack) {
            code = pv_command_fail(fault);
        } else if (prepare_mutations(&run, pack, pv_library_limits(library), options, &error) &&
                   judge_all(&run, &error)) {
            write_unnoticed(&run, &out, &style, &counts);
        } else {
            code = pv_command_fail(pv_fault_of(&error));
        }
    }
    pv_mutants_summary(&out, &style, &counts);
    if (code == PV_EXIT_CLEAN && pv_mutants_unnoticed(&counts) > 0)
        code = PV_EXIT_FINDINGS;
    code = pv_command_print(&out, code);
    pv_buf_clear(&out);
    return code;
}

/* ---- a run ---- */

/* A pattern that selects nothing must not hide behind another that does. Packs that do not open say so themselves. */
static bool check_patterns(const pv_options *options, const pv_pack_choice *packs) {
    pv_str part;
    for (size_t at = 0; pv_glob_next_part(options->asked.rule, &at, &part);) {
        size_t selected = pv_str_equal(part, options->asked.rule); /* alone: what comes of it is seen in the end */
        for (size_t i = 0; i < packs->count && selected == 0; i++) {
            pv_fault ignored = {0};
            const pv_pack *pack = pv_pack_choice_at(packs, i, &ignored);
            selected += pack ? pv_run_selected(pack, part) + pv_run_refused(pack, part) : 0;
        }
        if (selected > 0)
            continue;
        pv_console_complain("--rule '%s' selects no rule", pv_message_quote(part).text);
        return false;
    }
    return true;
}

static pv_exit test_choice(pv_library *library, const pv_options *options, const pv_pack_choice *packs) {
    if (!check_patterns(options, packs))
        return PV_EXIT_NOTHING;
    if (options->mutate)
        return test_mutations(library, options, packs);
    pv_test_run run = {
        .library = library,
        .host = pv_posix_host(),
        .report_fault = pv_console_complain_of,
        .arena = packs->arena,
        .rule_pattern = options->asked.rule,
        .covers = options->coverage || options->has_coverage_min,
        .updates = options->update,
    };
    pv_error error = {0};
    if (!pv_test_run_init(&run, packs->count, &error) || !test_packs(&run, packs, &error))
        return pv_command_fail(pv_fault_of(&error));
    return report_run(&run, options);
}

static pv_exit test_once(pv_library *library, const pv_options *options) {
    pv_pack_choice packs;
    pv_fault fault = {0};
    bool chosen =
        pv_pack_choice_init_published(&packs, library, options, options->arguments, options->argument_count, &fault);
    pv_exit code = chosen ? test_choice(library, options, &packs) : pv_command_fail(fault);
    pv_pack_choice_clear(&packs);
    return code;
}

/* ---- watching ---- */

/* Packs are read anew for every run. */
static pv_exit test_anew(const void *payload) {
    const pv_options *options = payload;
    pv_library *library;
    pv_error error = {0};
    if (!pv_library_new(&library, NULL, options->asked.as_of, &error))
        return pv_command_fail(pv_fault_of(&error));
    pv_exit code = test_once(library, options);
    pv_library_free(library);
    return code;
}

/* The folder of each pack; of one that does not open, that of the file at fault. */
static const pv_str *folders_of(const pv_pack_choice *packs) {
    pv_str *folders = PV_NEW_ARRAY(packs->arena, pv_str, packs->count);
    for (size_t i = 0; folders && i < packs->count; i++) {
        pv_fault fault = {0};
        const pv_pack *pack = pv_pack_choice_at(packs, i, &fault);
        pv_str path = pack ? pack->manifest->source->path : fault.path;
        folders[i] = pv_arena_copy(packs->arena, pv_path_folder(path));
        if (!folders[i].data)
            return NULL;
    }
    return folders;
}

static pv_exit watch(pv_library *library, const pv_options *options) {
    pv_pack_choice packs;
    pv_fault fault = {0};
    pv_exit code;
    if (pv_pack_choice_init_published(&packs, library, options, options->arguments, options->argument_count, &fault)) {
        const pv_str *folders = folders_of(&packs);
        const pv_watched watched = {folders, packs.count, NULL, 0, test_anew, options};
        code = folders ? pv_watch(packs.arena, &watched) : pv_command_fail(pv_fault_no_memory());
    } else {
        code = pv_command_fail(fault);
    }
    pv_pack_choice_clear(&packs);
    return code;
}

static pv_exit test(pv_library *library, const pv_options *options) {
    bool to_terminal = pv_str_equal(pv_str_from(options->formats[0].format), PV_STR("terminal"));
    if (options->mutate && !to_terminal) {
        pv_console_complain("--mutate reports to the terminal only; leave --format out");
        return PV_EXIT_NOTHING;
    }
    if (options->update && (options->mutate || options->watch || !to_terminal)) {
        pv_console_complain(
            "--update goes with the report to the terminal, and neither with --mutate nor with --watch");
        return PV_EXIT_NOTHING;
    }
    return options->watch ? watch(library, options) : test_once(library, options);
}

static const char *const test_options[] = {"rule",    "format", "coverage",   "coverage-min", "mutate",
                                           "update",  "yes",    "no-aliases", "watch",        "as-of",
                                           "verbose", "color",  "width",      "help",         NULL};

static const char *const test_formats[] = {"terminal", "tap", "junit", "json", "github", "sarif", NULL};

const pv_command pv_test_command = {
    .usage =
        {
            .command = "test",
            .arguments = "[PACK]...",
            .summary = "Runs the examples that the rules of packs bring with them, and the packs' cases. PACK is an id "
                       "or a folder; without one, all packs there are.",
            .details = "Each rule needs an example that passes and one that does not. A case is a submission in\n"
                       "the pack's folder cases/ with what is expected of it in comments under the words it is\n"
                       "about. --verbose lists those that came out right too. --update shows what a\n"
                       "case that failed would have to say, and writes that into it when it is told to\n"
                       "on the terminal, or by --yes; examples are only shown.\n"
                       "\n"
                       "Exit status:\n"
                       "  0  every example and case came out as it says\n"
                       "  1  a case did not, less was covered than --coverage-min asks for, or with --mutate\n"
                       "     a change was not noticed\n"
                       "  2  a rule contradicts its own examples; a pack, one of its rules or a case could\n"
                       "     not be read; or no rule was selected\n"
                       "\n"
                       "Examples:\n"
                       "  proviso test\n"
                       "  proviso test --rule 'ipp1.word-*' calaim-ipp-payment-1\n"
                       "  proviso test --coverage-min 90 --format junit rules/calaim-ipp-payment-1\n",
            .min_arguments = 0,
            .max_arguments = SIZE_MAX,
            .options = test_options,
            .formats = test_formats,
        },
    .run = test,
};
