#include <string.h>

#include "base/digits.h"
#include "cli/command.h"
#include "cli/posix_host.h"
#include "model/message.h"
#include "project/checker.h"
#include "report/verdicts/place.h"
#include "report/write/json.h"
#include "report/write/layout.h"

#define DEFAULT_NAME PV_STR("waivers.yaml")
#define MAX_SUGGESTED ((size_t)1000)

typedef struct waiving {
    pv_library *library;
    const pv_options *options;
    pv_profile *profile;
    pv_reader reader;
    pv_str path; /* of the file of waivers */
    pv_buf text; /* what it holds, then with the new entry */
    const pv_verdict *verdict;
    pv_str subject; /* as the waiver will say it */
} waiving;

static pv_arena *arena_of(const waiving *all) {
    return all->reader.checked.arena;
}

/* error as what ended the command. */
static bool fail_plainly(const waiving *all, const pv_error *error, pv_fault *fault) {
    return pv_fail_input(fault, arena_of(all), (pv_str){0}, NULL, error);
}

/* ---- what must be said ---- */

typedef struct needed_option {
    const char *name;
    size_t offset; /* of its pv_str in pv_options */
} needed_option;

static const needed_option needed_options[] = {
    {"id", offsetof(pv_options, id)},
    {"reason", offsetof(pv_options, reason)},
    {"approver", offsetof(pv_options, approver)},
    {"created", offsetof(pv_options, created)},
    {"expires", offsetof(pv_options, expires)},
};

static bool is_missing(const pv_options *options, const needed_option *needed) {
    return ((const pv_str *)((const char *)options + needed->offset))->size == 0;
}

/* "--id, --reason and --expires": everything that is missing, so that nobody has to ask five times; empty: nothing. */
static void list_missing(pv_buf *out, const pv_options *options, bool needs_subject) {
    const char *missing[sizeof needed_options / sizeof *needed_options + 1];
    size_t count = 0;
    if (needs_subject)
        missing[count++] = "subject";
    for (size_t i = 0; i < sizeof needed_options / sizeof *needed_options; i++)
        if (is_missing(options, &needed_options[i]))
            missing[count++] = needed_options[i].name;
    for (size_t i = 0; i < count; i++)
        pv_buf_format(out, "%s--%s", i == 0 ? "" : i + 1 < count ? ", " : " and ", missing[i]);
}

/* False when something must still be said; error then has all of it. subjects: those that --subject could name. */
static bool check_options(const waiving *all, const pv_str *subjects, size_t count, pv_error *error) {
    bool needs_subject = !all->options->subject.data && count > 1;
    pv_buf missing = pv_buf_on(pv_library_memory(all->library));
    list_missing(&missing, all->options, needs_subject);
    bool complete = missing.size == 0 && !missing.failed;
    if (missing.failed)
        pv_fail_memory(error);
    else if (!complete && needs_subject)
        pv_fail(error, PV_ERROR_USAGE, "the rule has findings on %zu subjects; waive needs %s%s", count, missing.data,
                pv_message_hint(PV_STR(""), subjects, count).text);
    else if (!complete)
        pv_fail(error, PV_ERROR_USAGE, "waive needs %s", missing.data);
    pv_buf_clear(&missing);
    return complete;
}

/* ---- the finding ---- */

static bool read_and_judge(waiving *all, pv_fault *fault) {
    const pv_file file = pv_file_named(all->options->arguments[1]);
    pv_run_options run = all->profile->run;
    run.rule_pattern = all->options->arguments[0];
    if (pv_reader_read(&all->reader, &file) != PV_READ_DONE) {
        *fault = all->reader.fault;
        return false;
    }
    return pv_judge(&all->reader.checked, all->reader.pack, &run, fault);
}

/* The subjects of the rule's findings; several findings on one subject are there once. */
static bool list_subjects(const waiving *all, pv_str *subjects, const pv_verdict **verdicts, size_t *count,
                          pv_error *error) {
    const pv_results *results = &all->reader.checked.results;
    for (size_t i = 0; i < results->verdict_count && *count < MAX_SUGGESTED; i++) {
        const pv_verdict *verdict = &results->verdicts[i];
        if (!pv_state_can_be_accepted(verdict->outcome.state))
            continue;
        pv_str subject = pv_waiver_subject(verdict, arena_of(all));
        if (!subject.data)
            return pv_fail_memory(error);
        size_t known = 0;
        while (known < *count && !pv_str_equal(subjects[known], subject))
            known++;
        subjects[known] = subject;
        if (known < *count)
            continue;
        verdicts[known] = verdict;
        ++*count;
    }
    return true;
}

static bool fail_no_finding(const waiving *all, pv_error *error) {
    return pv_fail(error, PV_ERROR_NOT_FOUND, "%s: there is no finding of the rule %s to waive",
                   all->options->arguments[1].data, pv_message_quote(all->options->arguments[0]).text);
}

/* The finding that is meant: the only one, or the one that --subject names as a waiver would. */
static bool find_verdict(waiving *all, pv_error *error) {
    pv_str *subjects = PV_NEW_ARRAY(arena_of(all), pv_str, MAX_SUGGESTED);
    const pv_verdict **verdicts = PV_NEW_ARRAY(arena_of(all), const pv_verdict *, MAX_SUGGESTED);
    size_t count = 0;
    if (!subjects || !verdicts)
        return pv_fail_memory(error);
    if (!list_subjects(all, subjects, verdicts, &count, error))
        return false;
    if (count == 0)
        return fail_no_finding(all, error);
    if (!check_options(all, subjects, count, error))
        return false;
    all->verdict = verdicts[0];
    all->subject = subjects[0];
    if (!all->options->subject.data)
        return true;
    const pv_waiver wanted = {.rule = all->options->arguments[0], .subject = all->options->subject};
    const pv_results *results = &all->reader.checked.results;
    bool failed = false;
    for (size_t i = 0; i < results->verdict_count; i++)
        if (pv_waiver_meets(&wanted, &results->verdicts[i], arena_of(all), &failed)) {
            all->verdict = &results->verdicts[i];
            all->subject = wanted.subject;
            return true;
        }
    if (failed)
        return pv_fail_memory(error);
    return pv_fail(error, PV_ERROR_NOT_FOUND, "the rule has no finding on '%s'%s",
                   pv_message_quote(wanted.subject).text, pv_message_hint(wanted.subject, subjects, count).text);
}

static bool check_rule(const waiving *all, pv_error *error) {
    return !all->verdict->rule->not_waivable ||
           pv_fail(error, PV_ERROR_USAGE, "the rule %s cannot be waived: its pack says so",
                   pv_message_quote(all->verdict->rule->id).text);
}

/* ---- the entry ---- */

static pv_str without_dot(pv_str path) {
    while (pv_str_starts_with(path, PV_STR("./")))
        path = pv_str_slice(path, 2, path.size);
    return path;
}

/* As JSON, which is YAML too: whatever the text is, it stays one. */
static void put_member(pv_buf *out, const char *indent, const char *key, pv_str value) {
    pv_buf_format(out, "%s%s: ", indent, key);
    pv_json json = pv_json_on(out);
    pv_json_string(&json, value);
    pv_buf_append_char(out, '\n');
}

/* The pattern that stands for this path alone. */
static void put_path(pv_buf *out, const char *indent, pv_str path) {
    pv_buf pattern = pv_buf_on(out->memory);
    for (size_t i = 0; i < path.size; i++) {
        if (strchr("*?[{\\", path.data[i]))
            pv_buf_append_char(&pattern, '\\');
        pv_buf_append_char(&pattern, path.data[i]);
    }
    put_member(out, indent, "path", pv_buf_str(&pattern));
    out->failed |= pattern.failed;
    pv_buf_clear(&pattern);
}

static void put_entry(const waiving *all, pv_buf *out, pv_str indent) {
    const pv_options *options = all->options;
    pv_str path = without_dot(options->arguments[1]);
    pv_buf inner = pv_buf_on(out->memory);
    pv_buf_append(&inner, indent);
    pv_buf_append_text(&inner, "  ");
    pv_buf_append_char(&inner, '\0');
    pv_buf_append(out, indent);
    put_member(out, "- ", "id", options->id);
    if (!inner.failed) {
        put_member(out, inner.data, "rule", all->verdict->rule->id);
        put_member(out, inner.data, "subject", all->subject);
        if (!pv_str_equal(path, PV_STANDARD_INPUT))
            put_path(out, inner.data, path);
        put_member(out, inner.data, "reason", options->reason);
        put_member(out, inner.data, "approver", options->approver);
        pv_buf_format(out, "%screated: %s\n", inner.data, options->created.data);
        pv_buf_format(out, "%sexpires: %s\n", inner.data, options->expires.data);
    }
    out->failed |= inner.failed;
    pv_buf_clear(&inner);
}

/* ---- the file ---- */

/* What stands before the "-" of the last entry, so that one more stands under it. */
static bool find_indent(const pv_document *document, pv_str *out, pv_error *error) {
    const pv_node *last = document->root->first;
    while (last && last->next)
        last = last->next;
    if (!last)
        return pv_fail(error, PV_ERROR_SHAPE, "the list is empty in brackets; take them out");
    const pv_source *source = document->source;
    pv_position at = pv_source_locate(source, last->span.start);
    pv_str line = pv_source_line(source, at.line);
    size_t spaces = 0;
    while (spaces < line.size && line.data[spaces] == ' ')
        spaces++;
    *out = pv_str_slice(line, 0, spaces);
    return (spaces < line.size && line.data[spaces] == '-') ||
           pv_fail(error, PV_ERROR_SHAPE, "its entries are not written with \"- \" on lines of their own");
}

/* Reads the text as waivers; *count is how many of them are well-formed. */
static bool read_text(waiving *all, const pv_document **document, const pv_waivers **waivers, pv_fault *fault) {
    return pv_acceptance_read_waivers(waivers, document, all->library, arena_of(all), all->path, pv_buf_str(&all->text),
                                      fault);
}

static bool fail_appending(const waiving *all, const char *why, pv_fault *fault) {
    pv_error error = {0};
    pv_fail(&error, PV_ERROR_SHAPE, "%.*s: the waiver cannot be added at its end: %s", PV_STR_ARG(all->path), why);
    return fail_plainly(all, &error, fault);
}

/* Adds the entry after what the file holds, of which no byte changes. */
static bool append_entry(waiving *all, pv_buf *entry, pv_fault *fault) {
    const pv_document *document;
    const pv_waivers *before;
    const pv_waivers *after;
    pv_str indent = {0};
    pv_error wrong = {0};
    if (!read_text(all, &document, &before, fault))
        return false;
    if (document && !find_indent(document, &indent, &wrong))
        return fail_appending(all, wrong.message, fault);
    put_entry(all, entry, indent);
    if (all->text.size > 0 && all->text.data[all->text.size - 1] != '\n')
        pv_buf_append_char(&all->text, '\n');
    pv_buf_append(&all->text, pv_buf_str(entry));
    if (entry->failed || all->text.failed)
        return pv_fail_no_memory(fault);
    if (!read_text(all, &document, &after, fault))
        return fail_appending(all, fault->message.data, fault);
    if (after->count == before->count + 1)
        return true;
    const char *why = after->problem_count > before->problem_count
                          ? after->problems[after->problem_count - 1].message.data
                          : "what it ends with goes on";
    return fail_appending(all, why, fault);
}

static bool read_file(waiving *all, pv_error *error) {
    return !pv_host_exists(pv_posix_host(), all->path) ||
           pv_host_read(pv_posix_host(), &all->text, all->path, pv_library_limits(all->library)->source_bytes, error);
}

static bool write_waiver(waiving *all, pv_buf *entry, pv_fault *fault) {
    pv_error error = {0};
    if (!read_file(all, &error))
        return fail_plainly(all, &error, fault);
    return append_entry(all, entry, fault) &&
           (pv_posix_replace(all->path, pv_buf_str(&all->text), &error) || fail_plainly(all, &error, fault));
}

/* Finds what is to be waived, and whether it may be. */
static bool find_finding(waiving *all, pv_fault *fault) {
    pv_error error = {0};
    return read_and_judge(all, fault) &&
           ((find_verdict(all, &error) && check_rule(all, &error)) || fail_plainly(all, &error, fault));
}

/* How the next check takes the waiver: a waiver that nothing reads is one that its approver believes in. */
static void tell_use(const waiving *all, pv_buf *out) {
    const pv_config *config = &all->profile->config;
    bool configured =
        pv_config_gives(&config->values, PV_CONFIG_WAIVERS) && pv_str_equal(config->values.waivers, all->path);
    bool has_day = pv_config_gives(&config->values, PV_CONFIG_AS_OF);
    if (configured) {
        pv_buf_append(out, without_dot(config->path));
        pv_buf_append_text(out, has_day ? " names this file and the day: the next check takes the waiver.\n"
                                        : " names this file: the next check takes the waiver, with --as-of DAY.\n");
        return;
    }
    pv_buf_append_text(out, "The next check takes the waiver with --as-of DAY --waivers ");
    pv_buf_append(out, all->path);
    pv_buf_append_text(out, ",\nor where .proviso.yaml says \"waivers: ");
    pv_buf_append(out, all->path);
    pv_buf_append_text(out, "\".\n");
}

/* Where the rule has several findings on the subject and all of them are waived: how one alone would be. */
static void tell_fingerprints(waiving *all, pv_buf *out) {
    const pv_results *results = &all->reader.checked.results;
    const pv_waiver written = {.rule = all->verdict->rule->id, .subject = all->subject};
    pv_buf each = pv_buf_on(out->memory);
    size_t count = 0;
    bool failed = false;
    for (size_t i = 0; i < results->verdict_count; i++) {
        const pv_verdict *verdict = &results->verdicts[i];
        char digits[PV_HEX_SIZE];
        if (verdict->of == 0 || !pv_waiver_meets(&written, verdict, arena_of(all), &failed))
            continue;
        pv_hex_write(verdict->fingerprint, digits);
        count += pv_verdict_count(verdict);
        pv_buf_format(&each, "  %s  ", digits);
        pv_layout_text(
            &each, pv_str_from(pv_place_called_alone(all->reader.checked.source, verdict->outcome.at.span.start).text));
        pv_buf_append_text(&each, "  ");
        pv_layout_text(&each, verdict->outcome.message);
        pv_buf_append_char(&each, '\n');
    }
    if (count > 1) {
        pv_buf_format(out, "It accepts %zu findings; one alone is waived by its fingerprint as --subject:\n", count);
        pv_buf_append(out, pv_buf_str(&each));
    }
    out->failed |= each.failed || failed;
    pv_buf_clear(&each);
}

static pv_exit waive_finding(waiving *all) {
    pv_memory *memory = pv_library_memory(all->library);
    pv_buf entry = pv_buf_on(memory);
    pv_buf out = pv_buf_on(memory);
    pv_fault fault = {0};
    pv_exit code;
    if (find_finding(all, &fault) && write_waiver(all, &entry, &fault)) {
        pv_buf_append(&out, all->path);
        pv_buf_append_text(&out, ":\n");
        pv_buf_append(&out, pv_buf_str(&entry));
        tell_fingerprints(all, &out);
        tell_use(all, &out);
        code = pv_command_print(&out, PV_EXIT_CLEAN);
    } else {
        code = pv_command_fail(fault);
    }
    pv_buf_clear(&entry);
    pv_buf_clear(&out);
    return code;
}

static pv_exit waive_in(waiving *all, pv_project *project) {
    pv_fault fault = {0};
    pv_error error = {0};
    all->profile = pv_project_profile_of(project, all->options->arguments[1], &fault);
    if (!all->profile || !pv_project_open_packs(project, all->profile, &fault))
        return pv_command_fail(fault);
    all->path = all->profile->values.waivers;
    if (all->path.size == 0)
        all->path = DEFAULT_NAME;
    if (!pv_reader_init(&all->reader, all->library, pv_posix_host(), all->profile->packs, &error))
        return pv_command_fail(pv_fault_of(&error));
    pv_exit code = waive_finding(all);
    pv_reader_clear(&all->reader);
    return code;
}

static pv_exit waive(pv_library *library, const pv_options *options) {
    waiving all = {.library = library, .options = options, .text = pv_buf_on(pv_library_memory(library))};
    pv_project *project;
    pv_fault fault = {0};
    pv_library_keep_problems(library, PV_BASELINE_MOST);
    if (!pv_command_project(&project, library, options, &fault))
        return pv_command_fail(fault);
    pv_exit code = waive_in(&all, project);
    pv_project_free(project);
    pv_buf_clear(&all.text);
    return code;
}

static const char *const waive_options[] = {"subject", "id",   "reason", "approver", "created", "expires",
                                            "waivers", "pack", "mode",   "as-of",    "help",    NULL};

const pv_command pv_waive_command = {
    .usage =
        {
            .command = "waive",
            .arguments = "RULE FILE",
            .summary = "Writes a waiver of a finding that is there: the decision of a named person to accept it for a "
                       "time.",
            .details = "RULE has a finding in FILE; --subject says on what, when there are several: a name\n"
                       "as reports print it, or a fingerprint as JSON does. The waiver is added at the end\n"
                       "of what --waivers names, else of what the configuration does, else of\n"
                       "waivers.yaml; nothing that stands there is changed.\n"
                       "\n"
                       "Exit status:\n"
                       "  0  the waiver was written, and is shown\n"
                       "  2  it was not: there is no such finding, it cannot be waived, or the file holds\n"
                       "     something else\n"
                       "\n"
                       "Examples:\n"
                       "  proviso waive ipp1.target filing.yaml --subject 1.1.6.3 --id W-7 \\\n"
                       "      --reason 'The county sets its target in March.' --approver 'Ana Ruiz' \\\n"
                       "      --created 2024-01-15 --expires 2024-03-31\n",
            .min_arguments = 2,
            .max_arguments = 2,
            .first_path = 2,
            .options = waive_options,
        },
    .run = waive,
};
