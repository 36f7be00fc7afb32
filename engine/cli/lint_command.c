#include <string.h>
#include <unistd.h>

#include "cli/build_info.h"
#include "cli/command.h"
#include "cli/posix_host.h"
#include "model/message.h"
#include "project/checker.h"
#include "project/pack_tests.h"
#include "report/other/lint_report.h"

typedef struct linting {
    pv_library *library;
    const pv_pack_choice *packs;
    pv_report_style style;
    const char *format;
    pv_remarks remarks; /* for the formats of other tools */
    pv_buf out;
    pv_json json;
    pv_lint_tally tally;
    const pv_lint **lints; /* one per pack looked at */
    size_t lint_count;
    pv_fault_log faults; /* of packs, rules and cases: what they touch was not looked at */
} linting;

static bool is_format(const linting *all, const char *name) {
    return strcmp(all->format, name) == 0;
}

static bool add_fault(linting *all, const pv_fault *fault, pv_error *error) {
    bool added;
    if (!pv_fault_log_add(&all->faults, fault, &added, error))
        return false;
    if (added)
        pv_console_complain_of(fault);
    return true;
}

static bool add_cases(linting *all, pv_case_runner *runner, pv_lint *lint, pv_error *error) {
    pv_case_files files;
    pv_str folder = pv_path_folder(lint->pack->manifest->source->path);
    size_t limit = pv_library_limits(all->library)->source_bytes;
    if (!pv_case_files_read(&files, pv_posix_host(), all->packs->arena, folder, limit, error))
        return false;
    for (size_t i = 0; i < files.count; i++) {
        pv_case_outcome outcome;
        if (!pv_case_runner_run(runner, &files.files[i], &outcome, error))
            return false;
        bool judged = outcome == PV_CASE_PASSED || outcome == PV_CASE_FAILED;
        if (judged && !pv_lint_add_case(lint, runner->checked.submission, &runner->checked.results, error))
            return false;
        if (outcome == PV_CASE_FAULTY && !add_fault(all, &runner->fault, error))
            return false;
    }
    return true;
}

/* ---- code that never runs ---- */

static bool is_listed(const pv_manifest *manifest, pv_str name) {
    for (size_t i = 0; i < manifest->rule_file_count; i++)
        if (pv_str_equal(manifest->rule_files[i], name))
            return true;
    return false;
}

/* Whether the file at path, called name from the pack's folder, is no rule file: a test of another tool, a file of
 * another pack, or what editors read of the rule language. */
static bool is_no_rule_file(const linting *all, pv_str path, pv_str name) {
    static const pv_str folders[] = {PV_STR("test/"), PV_STR("tests/"), PV_STR("spec/"), PV_STR("specs/")};
    pv_str text;
    pv_error ignored = {0};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (pv_str_starts_with(name, folders[i]))
            return true;
    for (pv_str folder = pv_path_folder(path); path.size - folder.size < name.size; folder = pv_path_folder(folder)) {
        pv_str manifest = pv_path_join(all->packs->arena, folder, PV_STR("pack.yaml"));
        if (manifest.data && pv_host_exists(pv_posix_host(), manifest))
            return true;
    }
    return pv_host_read_copy(pv_posix_host(), all->packs->arena, path, SIZE_MAX - 1, &text, &ignored) &&
           pv_str_starts_with(pv_str_trim(text), PV_STR("---@meta"));
}

static bool lint_files(const linting *all, pv_lint *lint, pv_error *error) {
    const pv_manifest *manifest = lint->pack->manifest;
    const pv_str folder = pv_path_folder(manifest->source->path);
    const pv_str ending = PV_STR(".lua");
    pv_file_list found;
    if (!pv_file_list_collect(&found, pv_posix_host(), all->packs->arena, &folder, 1, NULL, error))
        return false;
    const pv_path_list *others = &found.passed[PV_FILE_OF_OTHER_KIND];
    for (size_t i = 0; i < others->count; i++) {
        pv_str path = others->paths[i];
        pv_str name = pv_str_slice(path, folder.size + 1, path.size);
        bool is_lua = name.size > ending.size &&
                      pv_str_equal_ascii_folded(pv_str_slice(name, name.size - ending.size, name.size), ending);
        if (!is_lua || is_listed(manifest, name) || is_no_rule_file(all, path, name))
            continue;
        if (!pv_lint_add(lint, PV_LINT_FILE_UNLISTED, PV_STR(""), manifest->source, manifest->rules_at, error,
                         "the file %s lies in the pack's folder and is not named here, so that it never runs",
                         pv_message_quote(name).text))
            return false;
    }
    return true;
}

static bool lint_with(linting *all, pv_case_runner *runner, const pv_pack *pack, pv_error *error) {
    pv_lint *lint = PV_NEW(all->packs->arena, pv_lint);
    if (!lint)
        return pv_fail_memory(error);
    for (size_t i = 0; i < pack->ruleset->fault_count; i++)
        if (!add_fault(all, &pack->ruleset->faults[i], error))
            return false;
    if (!pv_lint_begin(lint, all->packs->arena, pack, error) || !add_cases(all, runner, lint, error) ||
        !lint_files(all, lint, error) || !pv_lint_finish(lint, error))
        return false;
    all->lints[all->lint_count++] = lint;
    pv_lint_tally_add(&all->tally, lint);
    if (is_format(all, "json"))
        pv_lint_json_pack(&all->json, lint);
    else if (!is_format(all, "terminal"))
        return pv_lint_add_remarks(&all->remarks, lint) || pv_fail_memory(error);
    else
        pv_lint_terminal(&all->out, &all->style, lint);
    return true;
}

static bool lint_pack(linting *all, const pv_pack *pack, pv_error *error) {
    pv_case_runner runner;
    bool done = pv_case_runner_init(&runner, all->library, pv_posix_host(), pack, PV_STR(""), error) &&
                lint_with(all, &runner, pack, error);
    pv_case_runner_clear(&runner);
    return done;
}

static bool lint_packs(linting *all, pv_error *error) {
    for (size_t i = 0; i < all->packs->count; i++) {
        pv_fault fault = {0};
        const pv_pack *pack = pv_pack_choice_at(all->packs, i, &fault);
        if (pack ? !lint_pack(all, pack, error) : !add_fault(all, &fault, error))
            return false;
    }
    return true;
}

/* The end of the report, in its format. */
static void write_end(linting *all, pv_level fail_on, pv_exit code) {
    all->remarks.faults = all->faults.items;
    all->remarks.fault_count = all->faults.count;
    all->remarks.version = PV_STR(PV_VERSION);
    all->remarks.exit_code = (int)code;
    if (is_format(all, "json"))
        pv_lint_json_end(&all->json, &all->tally, all->lints, all->lint_count, all->faults.items, all->faults.count);
    else if (is_format(all, "sarif"))
        pv_remarks_sarif(&all->out, &all->remarks);
    else if (is_format(all, "github"))
        pv_remarks_github(&all->out, &all->remarks);
    if (is_format(all, "github") || (is_format(all, "terminal") && all->tally.packs > 0))
        pv_lint_terminal_end(&all->out, &all->style, &all->tally, fail_on, all->faults.count == 0);
}

static pv_exit report(linting *all, pv_level fail_on) {
    pv_error error = {0};
    all->lints = PV_NEW_ARRAY(all->packs->arena, const pv_lint *, all->packs->count);
    if (!all->lints)
        return pv_command_fail(pv_fault_no_memory());
    if (is_format(all, "json"))
        pv_lint_json_begin(&all->json, PV_STR(PV_VERSION));
    if (!lint_packs(all, &error))
        return pv_command_fail(pv_fault_of(&error));
    pv_exit found = pv_lint_tally_at_or_above(&all->tally, fail_on) > 0 ? PV_EXIT_FINDINGS : PV_EXIT_CLEAN;
    pv_exit code = all->faults.count > 0 ? PV_EXIT_NOTHING : found;
    write_end(all, fail_on, code);
    return pv_command_print(&all->out, code);
}

static pv_exit lint(pv_library *library, const pv_options *options) {
    pv_pack_choice packs;
    pv_fault fault = {0};
    if (!pv_pack_choice_init(&packs, library, options, options->arguments, options->argument_count, &fault)) {
        pv_exit code = pv_command_fail(fault);
        pv_pack_choice_clear(&packs);
        return code;
    }
    linting all = {
        .library = library,
        .packs = &packs,
        .style = pv_options_style(options, STDOUT_FILENO),
        .format = options->formats[0].format,
        .out = pv_buf_on(pv_library_memory(library)),
        .faults = pv_fault_log_in(packs.arena),
    };
    all.json = pv_json_on(&all.out);
    pv_exit code = report(&all, options->asked.fail_on);
    pv_buf_clear(&all.out);
    pv_pack_choice_clear(&packs);
    return code;
}

static const char *const lint_options[] = {"format", "fail-on", "as-of", "quiet", "verbose",
                                           "color",  "width",   "help",  NULL};

static const char *const lint_formats[] = {"terminal", "json", "github", "sarif", NULL};

const pv_command pv_lint_command = {
    .usage =
        {
            .command = "lint",
            .arguments = "[PACK]...",
            .summary =
                "Looks at the rules themselves: what is missing, unused, never matched, never applies or is easy "
                "to get wrong. PACK is an id or a folder; without one, all packs there are.",
            .details = "What it reports, by level:\n"
                       "  error    alias.ambiguous, citation.missing, comparison.never-true,\n"
                       "           example.none-fails, example.none-passes, file.unlisted,\n"
                       "           format.values, pattern.slow, rule.duplicate,\n"
                       "           rule.never-applies, rule.replaced, settled.unknown\n"
                       "  warning  attribute.unread, citation.malformed, citation.number,\n"
                       "           format.not-literal, number.in-rule, parameter.unused,\n"
                       "           pattern.never-matches, settled.unused, share.by-hand,\n"
                       "           title.no-statement\n"
                       "  note     form.unused\n"
                       "A name counts as used wherever a rule file asks for it; a pattern counts as\n"
                       "matching when it matched in an example, or matches in a case or the form.\n"
                       "What is to stand is settled in pack.yaml, with a reason; --verbose shows how,\n"
                       "and what is settled.\n"
                       "\n"
                       "Exit status:\n"
                       "  0  nothing at or above the fail level was found\n"
                       "  1  something was\n"
                       "  2  a pack, one of its rules or one of its cases could not be read\n"
                       "\n"
                       "Examples:\n"
                       "  proviso lint\n"
                       "  proviso lint --fail-on note rules/calaim-ipp-payment-1\n",
            .min_arguments = 0,
            .max_arguments = SIZE_MAX,
            .options = lint_options,
            .formats = lint_formats,
        },
    .run = lint,
};
