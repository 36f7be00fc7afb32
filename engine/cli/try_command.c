#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/array.h"
#include "base/digits.h"
#include "cli/command.h"
#include "model/message.h"
#include "project/project.h"
#include "project/reader.h"
#include "report/other/trail_report.h"

#define PROMPT "> "
#define TEXT_NAME PV_STR("text")

/* Expressions, tried one after another on what was read. */
typedef struct trying {
    const pv_options *options;
    pv_checked *checked;
    const pv_pack *pack;
    pv_trial trial;
    pv_subject subject;
    pv_buf kept;     /* "local" lines that had a value */
    pv_arena *arena; /* of one expression */
    bool at_fault;   /* one of them was */
} trying;

/* ---- one expression ---- */

/* The name in "local limit = 3"; empty for what is no such line. */
static pv_str local_name(pv_str line) {
    static const pv_str word = {"local ", sizeof "local " - 1};
    size_t at = word.size;
    if (!pv_str_starts_with(line, word))
        return PV_STR("");
    while (at < line.size && line.data[at] == ' ')
        at++;
    size_t name = at;
    while (at < line.size && (pv_ascii_is_letter_or_digit(line.data[at]) || line.data[at] == '_'))
        at++;
    size_t end = at;
    while (at < line.size && line.data[at] == ' ')
        at++;
    bool is_line = at < line.size && line.data[at] == '=' && pv_str_find(line, PV_STR("\n"), 0) == SIZE_MAX;
    return is_line ? pv_str_slice(line, name, end) : PV_STR("");
}

/* Shows what came of it, or its fault; false when nothing more can be tried. */
static bool try_expression(trying *all, pv_str line, pv_error *error) {
    pv_tried tried;
    pv_arena_clear(all->arena);
    pv_str name = local_name(line);
    size_t kept = all->kept.size;
    if (name.size > 0) {
        pv_buf_append(&all->kept, line);
        pv_buf_append_char(&all->kept, '\n');
    }
    if (all->kept.failed)
        return pv_fail_memory(error);
    all->trial.expression = name.size > 0 ? name : line;
    all->trial.kept = pv_buf_str(&all->kept);
    if (!pv_library_try(all->checked, all->pack, &all->trial, all->arena, &tried, error)) {
        all->at_fault = true;
        all->kept.size = kept;
        if (error->code == PV_ERROR_MEMORY)
            return false;
        pv_console_complain("%s", error->message);
        *error = (pv_error){0};
        return true;
    }
    if (tried.fault) {
        all->at_fault = true;
        all->kept.size = kept;
        pv_console_complain_of(tried.fault);
        return true;
    }
    pv_buf out = pv_buf_on(pv_library_memory(all->checked->library));
    pv_report_style style = pv_options_style(all->options, STDOUT_FILENO);
    pv_tried_terminal(&out, &style, &tried, all->arena);
    bool printed = pv_command_print(&out, PV_EXIT_CLEAN) == PV_EXIT_CLEAN;
    pv_buf_clear(&out);
    all->at_fault |= !printed;
    return printed;
}

/* ---- what is typed ---- */

static void print_help(const trying *all) {
    pv_buf out = pv_buf_on(pv_library_memory(all->checked->library));
    pv_buf_append_text(&out, "An expression of the rule language, as a rule's check would have it:\n");
    if (all->trial.subject)
        pv_buf_format(&out, "  subject.…, %s.…, parameters.…\n", pv_subject_kind_name(all->subject.kind));
    pv_buf_append_text(&out, "  response \"1.1.6.3\".text:percentages()\n"
                             "  submission.fields.county.value, fields.county, records.KIND, section \"1\"\n"
                             "  at_most(response \"1.1.6.3\".words, 100)\n"
                             "  local limit = 20         is kept for the lines that follow\n"
                             "  :help                    this text\n"
                             "  :quit                    ends it, as does the end of the input\n"
                             "docs/reference.md has all there is. Nothing is ever written.\n");
    (void)pv_command_print(&out, PV_EXIT_CLEAN);
    pv_buf_clear(&out);
}

/* A line that begins with a colon; false when it ends all. */
static bool obey(trying *all, pv_str line) {
    const pv_str orders[] = {PV_STR(":help"), PV_STR(":quit")};
    if (pv_str_equal(line, orders[1]))
        return false;
    if (pv_str_equal(line, orders[0])) {
        print_help(all);
        return true;
    }
    all->at_fault = true;
    pv_console_complain("there is no '%s'%s", pv_message_quote(line).text,
                        pv_message_hint(line, orders, sizeof orders / sizeof *orders).text);
    return true;
}

static bool take_line(trying *all, pv_str line, bool *ended, pv_error *error) {
    line = pv_str_trim(line);
    *ended = line.size > 0 && line.data[0] == ':' && !obey(all, line);
    return line.size == 0 || line.data[0] == ':' || try_expression(all, line, error);
}

static bool read_and_try(trying *all, bool asks, pv_error *error) {
    char *line = NULL;
    size_t capacity = 0;
    bool goes_on = true;
    bool ended = false;
    while (goes_on && !ended) {
        if (asks && !pv_console_write(STDOUT_FILENO, PV_STR(PROMPT)))
            break;
        ssize_t size = getline(&line, &capacity, stdin);
        if (size < 0)
            break;
        goes_on = take_line(all, (pv_str){line, (size_t)size}, &ended, error);
    }
    if (asks && !ended)
        (void)pv_console_write(STDOUT_FILENO, PV_STR("\n"));
    free(line);
    return goes_on;
}

/* An expression at fault lets those after it be tried; it decides the exit status, but where somebody has seen it. */
static pv_exit try_all(trying *all) {
    const pv_options *options = all->options;
    pv_error error = {0};
    pv_memory *memory = pv_library_memory(all->checked->library);
    bool asks = options->expression_count == 0 && isatty(STDIN_FILENO);
    all->arena = pv_arena_new(memory);
    all->kept = pv_buf_on(memory);
    bool done = all->arena || pv_fail_memory(&error);
    for (size_t i = 0; done && i < options->expression_count; i++)
        done = try_expression(all, pv_str_trim(options->expressions[i]), &error);
    if (done && options->expression_count == 0)
        done = read_and_try(all, asks, &error);
    pv_arena_free(all->arena);
    pv_buf_clear(&all->kept);
    if (error.code != PV_OK)
        return pv_command_fail(pv_fault_of(&error));
    return !done || (all->at_fault && !asks) ? PV_EXIT_NOTHING : PV_EXIT_CLEAN;
}

/* ---- what it is tried on ---- */

/* The subject asked for; not asked for, the first to which the rule applies, or the first of all. */
static bool choose_subject(trying *all, const pv_rule *rule, pv_str asked, pv_error *error) {
    const pv_results *results = &all->checked->results;
    const pv_verdict *chosen = NULL;
    pv_str *names = PV_NEW_ARRAY(all->checked->arena, pv_str, results->verdict_count);
    if (!names)
        return pv_fail_memory(error);
    for (size_t i = 0; i < results->verdict_count; i++) {
        const pv_verdict *each = &results->verdicts[i];
        bool meant;
        if (!pv_command_means(&each->subject, asked, all->checked->arena, &names[i], &meant, error))
            return false;
        bool applies = each->outcome.state != PV_STATE_NOT_APPLICABLE;
        bool better = !chosen || (applies && chosen->outcome.state == PV_STATE_NOT_APPLICABLE);
        if (asked.size > 0 ? !chosen && meant : better)
            chosen = each;
    }
    if (!chosen && asked.size > 0)
        return pv_fail(error, PV_ERROR_NOT_FOUND, "the rule judges no subject '%s'%s", pv_message_quote(asked).text,
                       pv_message_hint(asked, names, results->verdict_count).text);
    if (!chosen)
        return pv_fail(error, PV_ERROR_NOT_FOUND, "the submission has nothing that the rule %s judges",
                       pv_message_quote(rule->id).text);
    all->subject = chosen->subject;
    all->trial.subject = &all->subject;
    return true;
}

/* In the scope of the rule: its subject, its parameters. The fault may be of error, and lives as long. */
static bool enter_rule(trying *all, const pv_profile *profile, pv_str id, pv_fault *fault, pv_error *error) {
    const pv_ruleset *ruleset = all->pack->ruleset;
    const pv_rule *rule = pv_rule_find(ruleset, id);
    if (!rule && !pv_rule_require(ruleset, id, (pv_span){0, 0}, error)) {
        *fault = pv_fault_of(error);
        return false;
    }
    pv_run_options run = profile->run;
    run.rule_pattern = id;
    if (!pv_judge(all->checked, all->pack, &run, fault))
        return false;
    if (rule && rule >= ruleset->rules && rule < ruleset->rules + ruleset->rule_count)
        all->trial.rule_index = (size_t)(rule - ruleset->rules);
    if (!rule || !choose_subject(all, rule, all->options->subject, error)) {
        *fault = rule ? pv_fault_of(error) : pv_fault_no_memory();
        return false;
    }
    return true;
}

static pv_exit try_on_file(pv_library *library, const pv_profile *profile, const pv_options *options) {
    const pv_str path = options->arguments[options->argument_count - 1];
    const pv_file file = pv_file_named(path);
    pv_reader reader;
    pv_fault fault;
    pv_error error = {0};
    if (!pv_reader_init(&reader, library, pv_posix_host(), profile->packs, &error))
        return pv_command_fail(pv_fault_of(&error));
    pv_exit code = PV_EXIT_NOTHING;
    if (pv_reader_read(&reader, &file) != PV_READ_DONE) {
        code = pv_command_fail(reader.fault);
    } else {
        trying all = {.options = options, .checked = &reader.checked, .pack = reader.pack};
        all.trial.rule_index = SIZE_MAX;
        bool entered = options->argument_count < 2 || enter_rule(&all, profile, options->arguments[0], &fault, &error);
        code = entered ? try_all(&all) : pv_command_fail(fault);
    }
    pv_reader_clear(&reader);
    return code;
}

/* ---- a text alone ---- */

/* What stands for a pack where none is named. */
static const struct {
    const char *name;
    const char *text;
} empty_pack[] = {
    {"pack.yaml", "pack: try\nversion: 1.0.0\ntitle: A text\nform: form.yaml\nrules: [rules.lua]\n"},
    {"form.yaml", "form: try\ntitle: A text\n"},
    {"rules.lua", "return { tried = true }\n"},
};

static bool give_file(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    (void)payload;
    (void)arena;
    for (size_t i = 0; i < sizeof empty_pack / sizeof *empty_pack; i++)
        if (pv_str_equal(name, pv_str_from(empty_pack[i].name))) {
            *path = pv_str_from(empty_pack[i].name);
            *bytes = pv_str_from(empty_pack[i].text);
            return true;
        }
    return pv_fail(error, PV_ERROR_NOT_FOUND, "there is no such file");
}

/* payload: the options, whose text is the one file there is. */
static bool give_text(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    const pv_options *options = payload;
    (void)arena;
    (void)error;
    *path = name;
    *bytes = options->text;
    return true;
}

static pv_exit try_in(pv_checked *checked, const pv_pack *pack, const pv_options *options, pv_str document) {
    pv_options asked = *options;
    pv_fault fault;
    pv_error error = {0};
    checked->files = (pv_sibling_reader){.read = give_text, .payload = &asked};
    trying all = {.options = options, .checked = checked, .pack = pack};
    all.trial.rule_index = SIZE_MAX;
    if (!pv_read_document(checked, PV_STR("form"), document, &fault) || !pv_read_submission(checked, pack, &fault))
        return pv_command_fail(fault);
    if (!pv_library_text(checked, TEXT_NAME, &all.trial.text, &error))
        return pv_command_fail(pv_fault_of(&error));
    return try_all(&all);
}

static pv_exit try_on_text(pv_library *library, const pv_profile *profile, const pv_options *options) {
    pv_checked checked;
    pv_fault fault;
    pv_error error = {0};
    const pv_pack *pack = NULL;
    bool opened = profile ? (pack = pv_pack_store_at(profile->packs, 0, &fault)) != NULL
                          : pv_library_open_pack(library, give_file, NULL, NULL, NULL, &pack, &fault);
    if (!opened)
        return pv_command_fail(fault);
    if (!pv_checked_new(&checked, library, &error))
        return pv_command_fail(pv_fault_of(&error));
    pv_buf document = pv_buf_on(pv_library_memory(library));
    pv_buf_format(&document, "form: %.*s\n", PV_STR_ARG(pack->form->id));
    pv_exit code = document.failed ? pv_command_fail(pv_fault_no_memory())
                                   : try_in(&checked, pack, options, pv_buf_str(&document));
    pv_buf_clear(&document);
    pv_checked_clear(&checked);
    return code;
}

/* ---- the command ---- */

static bool check_usage(const pv_options *options, pv_error *error) {
    bool has_text = options->text.data != NULL;
    if (has_text && options->argument_count > 0)
        return pv_fail(error, PV_ERROR_USAGE, "try takes a file or --text, not both");
    if (!has_text && options->argument_count == 0)
        return pv_fail(error, PV_ERROR_USAGE, "try needs a FILE, or --text TEXT");
    if (options->subject.data && options->argument_count < 2)
        return pv_fail(error, PV_ERROR_USAGE, "--subject is one of a rule's: try RULE FILE");
    bool from_input =
        options->argument_count > 0 && pv_str_equal(options->arguments[options->argument_count - 1], PV_STANDARD_INPUT);
    if (from_input && options->expression_count == 0)
        return pv_fail(error, PV_ERROR_USAGE, "the file is standard input, so the expressions are given by -e");
    return true;
}

static pv_exit try(pv_library *library, const pv_options *options) {
    pv_project *project;
    pv_fault fault = {0};
    pv_error error = {0};
    if (!check_usage(options, &error))
        return pv_command_fail(pv_fault_of(&error));
    if (options->text.data && !options->asked.pack.data)
        return try_on_text(library, NULL, options);
    if (!pv_command_project(&project, library, options, &fault))
        return pv_command_fail(fault);
    pv_str path = options->argument_count > 0 ? options->arguments[options->argument_count - 1] : PV_STR(".");
    pv_profile *profile = pv_project_profile_of(project, path, &fault);
    bool found = profile && pv_project_open_packs(project, profile, &fault);
    pv_exit code = !found               ? pv_command_fail(fault)
                   : options->text.data ? try_on_text(library, profile, options)
                                        : try_on_file(library, profile, options);
    pv_project_free(project);
    return code;
}

static const char *const try_options[] = {"evaluate", "text",  "subject", "pack", "as-of",
                                          "color",    "width", "help",    NULL};

const pv_command pv_try_command = {
    .usage =
        {
            .command = "try",
            .arguments = "[RULE] FILE",
            .summary = "Evaluates expressions of the rule language on a submission, and shows every value with its "
                       "place and what it has. FILE may be - for standard input.",
            .details = "Expressions are typed, or read from standard input, a line each.\n"
                       "`submission`, `fields`, `records`, `response \"ID\"`, `measure \"ID\"` and\n"
                       "`section \"ID\"` are those of FILE; with RULE, `subject`, its kind and\n"
                       "`parameters` are what the rule gets. Each expression has the budget of a rule\n"
                       "and cannot do more than one. Nothing is ever written. :help and :quit are what\n"
                       "they say.\n"
                       "\n"
                       "Exit status:\n"
                       "  0  every expression had a value, or somebody typed them\n"
                       "  2  one was at fault, or the submission could not be read\n"
                       "\n"
                       "Examples:\n"
                       "  proviso try filing.yaml\n"
                       "  proviso try filing.yaml -e 'response \"1.1.6.3\".text:percentages()'\n"
                       "  proviso try ipp1.target filing.yaml --subject 1.1.6.3\n"
                       "  proviso try --text '2003-2014' -e 'text:dates(\"bare-years\")'\n",
            .min_arguments = 0,
            .max_arguments = 2,
            .options = try_options,
        },
    .run = try,
};
