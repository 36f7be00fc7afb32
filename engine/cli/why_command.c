#include <unistd.h>

#include "cli/build_info.h"
#include "cli/command.h"
#include "model/message.h"
#include "project/checker.h"
#include "project/project.h"
#include "project/reader.h"
#include "report/other/catalogue.h"
#include "report/other/trail_report.h"

/* How many ids or subjects are looked through for what was meant. */
#define MAX_SUGGESTED 1000

static const pv_rule *find_rule(const pv_pack *pack, pv_str id) {
    const pv_rule *rule;
    for (size_t i = 0; (rule = pv_pack_rule_at(pack, i)) != NULL; i++)
        if (pv_str_equal(rule->id, id))
            return rule;
    return NULL;
}

static pv_exit fail_unknown_rule(const pv_pack *pack, pv_str id, pv_arena *arena) {
    pv_str *ids = PV_NEW_ARRAY(arena, pv_str, MAX_SUGGESTED);
    size_t count = 0;
    if (!ids)
        return pv_command_fail(pv_fault_no_memory());
    while (count < MAX_SUGGESTED && pv_pack_rule_at(pack, count)) {
        ids[count] = pv_pack_rule_at(pack, count)->id;
        count++;
    }
    pv_console_complain("%s", pv_message_unknown("the pack ", pack->manifest->id, "rule", id, ids, count).text);
    return PV_EXIT_NOTHING;
}

/* The verdicts on the subject asked for, in arena; none leaves an error that says which there are. */
static bool choose_verdicts(const pv_results *results, pv_str asked, pv_arena *arena, pv_trail_report *report,
                            pv_error *error) {
    const pv_verdict **chosen = PV_NEW_ARRAY(arena, const pv_verdict *, results->verdict_count);
    pv_str *names = PV_NEW_ARRAY(arena, pv_str, results->verdict_count);
    if (!chosen || !names)
        return pv_fail_memory(error);
    report->verdicts = chosen;
    report->all = asked.size > 0;
    for (size_t i = 0; i < results->verdict_count; i++) {
        bool meant;
        if (!pv_command_means(&results->verdicts[i].subject, asked, arena, &names[i], &meant, error))
            return false;
        if (asked.size == 0 || meant)
            chosen[report->verdict_count++] = &results->verdicts[i];
    }
    if (report->verdict_count > 0)
        return true;
    if (report->rule->each == PV_SUBJECT_COLLECTION)
        return pv_fail(error, PV_ERROR_NOT_FOUND,
                       "the rule %s judges all submissions together, which why does not follow; proviso check FOLDER "
                       "shows its working",
                       pv_message_quote(report->rule->id).text);
    if (asked.size == 0)
        return pv_fail(error, PV_ERROR_NOT_FOUND, "the submission has nothing that the rule %s judges",
                       pv_message_quote(report->rule->id).text);
    return pv_fail(error, PV_ERROR_NOT_FOUND, "the rule judges no subject '%s'%s", pv_message_quote(asked).text,
                   pv_message_hint(asked, names, results->verdict_count).text);
}

static pv_exit print_report(const pv_reader *reader, const pv_options *options, const pv_trail_report *report) {
    pv_buf out = pv_buf_on(pv_library_memory(reader->checked.library));
    pv_report_style style = pv_options_style(options, STDOUT_FILENO);
    if (pv_str_equal(pv_str_from(options->formats[0].format), PV_STR("json")))
        pv_trail_json(&out, PV_STR(PV_VERSION), report, reader->checked.arena);
    else
        pv_trail_terminal(&out, &style, report, reader->checked.arena);
    pv_exit code = PV_EXIT_CLEAN;
    for (size_t i = 0; i < report->verdict_count; i++)
        if (report->verdicts[i]->outcome.state == PV_STATE_NOT_CHECKED)
            code = PV_EXIT_NOTHING;
    code = pv_command_print(&out, code);
    pv_buf_clear(&out);
    return code;
}

/* A rule may fail in the same way on every subject: each fault is said once. */
static bool complain_of_faults(const pv_checked *checked, pv_error *error) {
    pv_fault_log reported = pv_fault_log_in(checked->arena);
    for (size_t i = 0; i < checked->results.fault_count; i++) {
        bool added;
        if (!pv_fault_log_add(&reported, &checked->results.faults[i], &added, error))
            return false;
        if (added)
            pv_console_complain_of(&checked->results.faults[i]);
    }
    return true;
}

/* A rule that could not be decided is shown as far as it came. */
static pv_exit follow_rule(pv_reader *reader, const pv_profile *profile, const pv_options *options) {
    pv_checked *checked = &reader->checked;
    pv_str id = options->arguments[0];
    const pv_rule *rule = find_rule(reader->pack, id);
    pv_run_options run = profile->run;
    run.rule_pattern = id;
    run.follow = true;
    pv_fault fault;
    pv_error error = {0};
    if (!rule && pv_run_refused(reader->pack, id))
        return PV_EXIT_NOTHING; /* its own fault has been reported */
    if (!rule)
        return fail_unknown_rule(reader->pack, id, checked->arena);
    if (!pv_judge(checked, reader->pack, &run, &fault))
        return pv_command_fail(fault);
    pv_trail_report report = {.pack = reader->pack, .rule = rule, .submission = checked->submission};
    if (!choose_verdicts(&checked->results, options->subject, checked->arena, &report, &error))
        return pv_command_fail(pv_fault_of(&error));
    if (!complain_of_faults(checked, &error))
        return pv_command_fail(pv_fault_of(&error));
    return print_report(reader, options, &report);
}

static pv_exit read_and_follow(pv_library *library, const pv_profile *profile, const pv_options *options) {
    const pv_file file = pv_file_named(options->arguments[1]);
    pv_reader reader;
    pv_error error = {0};
    if (!pv_reader_init(&reader, library, pv_posix_host(), profile->packs, &error))
        return pv_command_fail(pv_fault_of(&error));
    pv_exit code = pv_reader_read(&reader, &file) == PV_READ_DONE ? follow_rule(&reader, profile, options)
                                                                  : pv_command_fail(reader.fault);
    pv_reader_clear(&reader);
    return code;
}

static pv_exit why(pv_library *library, const pv_options *options) {
    pv_project *project;
    pv_fault fault = {0};
    if (!pv_command_project(&project, library, options, &fault))
        return pv_command_fail(fault);
    pv_profile *profile = pv_project_profile_of(project, options->arguments[1], &fault);
    bool found = profile && pv_project_open_packs(project, profile, &fault);
    pv_exit code = found ? read_and_follow(library, profile, options) : pv_command_fail(fault);
    pv_project_free(project);
    return code;
}

static const char *const why_options[] = {"subject", "pack",    "language", "ocr",   "mode", "as-of",
                                          "format",  "verbose", "color",    "width", "help", NULL};

static const char *const why_formats[] = {"terminal", "json", NULL};

const pv_command pv_why_command = {
    .usage =
        {
            .command = "why",
            .arguments = "RULE FILE",
            .summary = "Shows how a rule came to its verdicts on a submission: every value it asked for and where that "
                       "stands, every helper it called, its variables, and the lines that ran. FILE may be - for "
                       "standard input.",
            .details = "Without --subject, everything that the rule applies to is shown. Of a loop, the\n"
                       "first steps of each kind are; --verbose shows all.\n"
                       "\n"
                       "Exit status:\n"
                       "  0  the rule was followed, whatever its verdict\n"
                       "  2  it came to none, there is no such rule or subject, or the submission\n"
                       "     could not be read\n"
                       "\n"
                       "Examples:\n"
                       "  proviso why ipp1.target filing.yaml\n"
                       "  proviso why ipp1.target filing.yaml --subject 1.1.6.3\n",
            .min_arguments = 2,
            .max_arguments = 2,
            .first_path = 2,
            .options = why_options,
            .formats = why_formats,
        },
    .run = why,
};
