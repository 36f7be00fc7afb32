#include <unistd.h>

#include "base/calendar.h"
#include "cli/command.h"
#include "model/message.h"
#include "project/checker.h"
#include "project/project.h"
#include "report/verdicts/finding.h"

#define MOST_LINES 5 /* of one comment */

typedef struct annotating {
    pv_library *library;
    const pv_options *options;
    pv_arena *arena;
    pv_checker *checker;
    pv_buf copy;
    size_t findings;
    bool has_fault;
    bool is_done;
} annotating;

/* ---- what is said ---- */

static bool is_shown(const pv_verdict *verdict) {
    return pv_state_is_finding(verdict->outcome.state) && !verdict->waiver;
}

static pv_str sentence_of(const annotating *all, const pv_verdict *verdict) {
    pv_buf text = pv_buf_on(pv_library_memory(all->library));
    pv_buf_append_text(&text, pv_finding_standing(verdict));
    pv_buf_append_text(&text, ": ");
    pv_finding_sentence(&text, verdict, all->arena);
    pv_str sentence = {0};
    if (!text.failed) {
        text.data[0] = (char)(text.data[0] - 'a' + 'A'); /* each standing begins with a small letter */
        sentence = pv_arena_copy(all->arena, pv_buf_str(&text));
    }
    pv_buf_clear(&text);
    return sentence;
}

static bool add_line(const annotating *all, pv_str *lines, size_t *count, const char *label, pv_str text) {
    if (text.size == 0)
        return true;
    const pv_str line = pv_arena_format(all->arena, "%s%.*s", label, PV_STR_ARG(text));
    lines[(*count)++] = line;
    return line.data != NULL;
}

/* The finding, what asks for it, what is to be done, and by which rule. */
static bool write_remark(const annotating *all, const pv_verdict *verdict, pv_comment *out, pv_error *error) {
    const pv_rule *rule = verdict->rule;
    const pv_str remedy = verdict->outcome.remedy.size > 0 ? verdict->outcome.remedy : rule->remedy;
    pv_str *lines = PV_NEW_ARRAY(all->arena, pv_str, MOST_LINES);
    size_t count = 0;
    const pv_span at = verdict->outcome.at.span;
    if (!lines || !add_line(all, lines, &count, "", sentence_of(all, verdict)) ||
        !add_line(all, lines, &count, "Requirement: ", rule->title) ||
        !add_line(all, lines, &count, "Asked for by: ", rule->citation) ||
        !add_line(all, lines, &count, "To do: ", remedy) || !add_line(all, lines, &count, "Rule: ", rule->id))
        return pv_fail_memory(error);
    *out = (pv_comment){
        .at = verdict->outcome.at.expected_here ? (pv_span){at.start, at.start} : at,
        .has_place = verdict->subject.kind != PV_SUBJECT_SUBMISSION || at.end > at.start,
        .text = lines,
        .line_count = count,
    };
    return true;
}

static bool write_copy(annotating *all, const pv_report_input *input, pv_error *error) {
    size_t count = 0;
    const pv_verdict **findings = pv_findings_sorted(input->results, all->arena, &count);
    pv_comment *remarks = PV_NEW_ARRAY(all->arena, pv_comment, count);
    if (!findings || !remarks)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        if (is_shown(findings[i]) && !write_remark(all, findings[i], &remarks[all->findings++], error))
            return false;
    const pv_date *as_of = pv_library_as_of(all->library);
    char day[PV_DATE_SIZE] = "";
    if (as_of)
        pv_date_write(*as_of, day);
    const pv_annotation annotation = {
        .comments = remarks,
        .count = all->findings,
        .day = pv_str_from(day),
        .highlights = all->options->highlight,
    };
    return pv_library_annotate(&all->checker->reader.checked, &annotation, &all->copy, error);
}

/* ---- what the check reports ---- */

static bool on_skipped(void *payload, pv_str path, pv_str why, pv_error *error) {
    (void)payload;
    return pv_fail(error, PV_ERROR_USAGE, "%s: %.*s", path.data, PV_STR_ARG(why));
}

static bool on_fault(void *payload, const pv_fault *fault, bool of_submission, pv_error *error) {
    annotating *all = payload;
    (void)of_submission;
    (void)error;
    all->has_fault = true;
    pv_console_complain_of(fault);
    return true;
}

static bool on_submission(void *payload, const pv_report_input *input, pv_error *error) {
    annotating *all = payload;
    all->is_done = write_copy(all, input, error);
    return all->is_done;
}

/* ---- the command ---- */

static pv_exit report(const annotating *all) {
    pv_buf out = pv_buf_on(pv_library_memory(all->library));
    pv_buf_format(&out, "wrote %s with %zu comment%s\n", all->options->output.data, all->findings,
                  all->findings == 1 ? "" : "s");
    const pv_exit code = pv_command_print(&out, all->has_fault ? PV_EXIT_NOTHING : PV_EXIT_CLEAN);
    pv_buf_clear(&out);
    return code;
}

/* A program opens a copy by its name: under that of another kind it would be called damaged. */
static bool save(const annotating *all, pv_error *error) {
    const pv_str file = all->options->arguments[0];
    const pv_str copy = all->options->output;
    if (!pv_str_equal_ascii_folded(pv_file_ending(copy), pv_file_ending(file)) &&
        !pv_host_is_folder(pv_posix_host(), copy))
        return pv_fail(error, PV_ERROR_USAGE,
                       "the copy is a Word document as %.*s is; give it a name that ends in .%.*s", PV_STR_ARG(file),
                       PV_STR_ARG(pv_file_ending(file)));
    return pv_command_save(all->options, pv_buf_str(&all->copy), error);
}

static pv_exit check_and_write(annotating *all, pv_project *project) {
    const pv_file file = pv_file_named(all->options->arguments[0]);
    const pv_listener listener = {all, on_skipped, on_fault, on_submission};
    pv_checker checker;
    pv_error error = {0};
    if (!pv_checker_init(&checker, project, false, &listener, &error))
        return pv_command_fail(pv_fault_of(&error));
    all->checker = &checker;
    pv_exit code = PV_EXIT_NOTHING;
    if (!pv_checker_check(&checker, &file, &error) || (all->is_done && !save(all, &error)))
        code = pv_command_fail(pv_fault_of(&error));
    else if (all->is_done)
        code = report(all);
    pv_checker_clear(&checker);
    all->checker = NULL;
    return code;
}

static pv_exit annotate(pv_library *library, const pv_options *options) {
    annotating all = {.library = library, .options = options, .copy = pv_buf_on(pv_library_memory(library))};
    pv_project *project;
    pv_fault fault = {0};
    pv_error error = {0};
    if (options->output.size == 0) {
        pv_fail(&error, PV_ERROR_USAGE, "annotate needs --output COPY: the file itself is never changed");
        return pv_command_fail(pv_fault_of(&error));
    }
    if (!pv_command_keeps_file(options, &error))
        return pv_command_fail(pv_fault_of(&error));
    if (!pv_command_project(&project, library, options, &fault))
        return pv_command_fail(fault);
    all.arena = pv_arena_new(pv_library_memory(library));
    pv_exit code = all.arena ? check_and_write(&all, project) : pv_command_fail(pv_fault_no_memory());
    pv_buf_clear(&all.copy);
    pv_arena_free(all.arena);
    pv_project_free(project);
    return code;
}

static const char *const annotate_options[] = {"output", "force", "highlight", "pack", "language",
                                               "mode",   "as-of", "rule",      "help", NULL};

const pv_command pv_annotate_command = {
    .usage =
        {
            .command = "annotate",
            .arguments = "FILE",
            .summary = "Writes a copy of a Word document with each finding as a comment at its words. FILE itself is "
                       "never changed.",
            .details = "The comments are by \"proviso\": the finding, what asks for it, what is to be done. Those of\n"
                       "an earlier run are replaced; everybody else's stay, and so does every other byte.\n"
                       "\n"
                       "Exit status:\n"
                       "  0  the copy was written, whatever was found\n"
                       "  2  it was not, or a rule could not be run\n"
                       "\n"
                       "Examples:\n"
                       "  proviso annotate filing.docx -o filing-checked.docx\n"
                       "  proviso annotate filing.docx -o filing-checked.docx --highlight --force\n",
            .min_arguments = 1,
            .max_arguments = 1,
            .first_path = 1,
            .options = annotate_options,
        },
    .run = annotate,
};
