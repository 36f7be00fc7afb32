#include "cli/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/glob.h"
#include "base/str.h"
#include "model/message.h"
#include "model/value.h"
#include "report/write/layout.h"

#define MAX_JOBS 64u
#define MAX_CHOICES 16
/* What getopt_long answers for a long option: its id from here on, above every letter. */
#define FIRST_LONG_OPTION 256
#define HELP_COLUMN ((size_t)24)

typedef struct option_record {
    const char *name;
    char letter;          /* its short form, or 0 */
    const char *argument; /* what stands after it, or NULL */
    const char *help;
} option_record;

static const option_record records[PV_OPTION_COUNT] = {
    [PV_OPTION_PACK] = {"pack", 0, "PACK",
                        "the pack to use: its id or its folder (otherwise the submission's form finds it)"},
    [PV_OPTION_MODE] = {"mode", 0, "MODE", "draft, submission (the default) or gate: how much each failure matters"},
    [PV_OPTION_AS_OF] = {"as-of", 0, "DATE", "the day that the rules are to be applied on, written like 2022-07-01"},
    [PV_OPTION_COMPARE] = {"compare", 0, "DATE", "judge by this day too, and report what changed between the two"},
    [PV_OPTION_FORMAT] = {"format", 0, "F[=FILE]", NULL},
    [PV_OPTION_FAIL_ON] = {"fail-on", 0, "LEVEL",
                           "error (the default), warning or note: findings from here up give exit status 1"},
    [PV_OPTION_RULE] = {"rule", 0, "PATTERN", "only the rules whose id matches, as in 'ipp1.word-*'"},
    [PV_OPTION_JOBS] = {"jobs", 0, "N", "share the files among this many processes; the output stays the same"},
    [PV_OPTION_WAIVERS] = {"waivers", 0, "FILE", "the findings that someone has accepted, until a day; needs --as-of"},
    [PV_OPTION_BASELINE] = {"baseline", 0, "FILE",
                            "the findings that were there before; only others count for the exit status"},
    [PV_OPTION_PRUNE] = {"prune", 0, NULL, "take out of the baseline what is fixed"},
    [PV_OPTION_UPDATE] = {"update", 0, NULL, "add to the baseline what is new"},
    [PV_OPTION_ID] = {"id", 0, "ID", "what the waiver is called in reports"},
    [PV_OPTION_REASON] = {"reason", 0, "TEXT", "why the finding is accepted"},
    [PV_OPTION_APPROVER] = {"approver", 0, "NAME", "who accepts it"},
    [PV_OPTION_CREATED] = {"created", 0, "DAY", "the first day on which it is accepted, written like 2024-07-01"},
    [PV_OPTION_EXPIRES] = {"expires", 0, "DAY", "the last"},
    [PV_OPTION_RECORD] =
        {"record", 0, "FILE",
         "write what was checked, by what and how, with hashes; 'proviso replay FILE' checks it again"},
    [PV_OPTION_FAIL_ON_NEW] = {"fail-on-new", 0, NULL, "exit status 1 when something fails that did not"},
    [PV_OPTION_EACH] = {"each", 0, "KIND",
                        "what the rule judges: response (the default), measure, section, submission or record"},
    [PV_OPTION_OUTPUT] = {"output", 'o', "PATH", "the file to write, or the folder to write into"},
    [PV_OPTION_PARAMETERS] = {"parameters", 0, NULL,
                              "the rules' parameters instead: the value of each, and where it was set"},
    [PV_OPTION_LOCK] = {"lock", 0, NULL,
                        "write proviso.lock beside .proviso.yaml: from then on only these very packs are accepted"},
    [PV_OPTION_SUBJECT] = {"subject", 0, "SUBJECT",
                           "only the verdict on this one: 1.1.6.3, 'measure 1.1.6', 'allocation 2'"},
    [PV_OPTION_COVERAGE] = {"coverage", 0, NULL,
                            "which outcomes of each rule were seen, and which lines of the rules ran"},
    [PV_OPTION_COVERAGE_MIN] = {"coverage-min", 0, "N",
                                "exit status 1 when less than N percent of the outcomes or of the lines are covered"},
    [PV_OPTION_MUTATE] = {"mutate", 0, NULL,
                          "change rules and form one thing at a time, and report what no example or case notices"},
    [PV_OPTION_WATCH] = {"watch", 0, NULL, "again after every change of the files, until q is pressed"},
    [PV_OPTION_SHOW_CONFIG] = {"show-config", 0, NULL,
                               "check nothing: show how each file would be judged, and who says so"},
    [PV_OPTION_STDIN_FILENAME] = {"stdin-filename", 0, "NAME",
                                  "the file that standard input stands for: its place, its configuration"},
    [PV_OPTION_STATISTICS] = {"statistics", 0, NULL,
                              "how often each rule passed, failed or did not apply, and the work it took"},
    [PV_OPTION_QUIET] = {"quiet", 'q', NULL, "errors only, one line each, and the closing line"},
    [PV_OPTION_VERBOSE] = {"verbose", 'v', NULL, "everything: what passed and what does not apply too, texts uncut"},
    [PV_OPTION_COLOR] = {"color", 0, "WHEN", "auto (the default), always or never; auto obeys NO_COLOR"},
    [PV_OPTION_WIDTH] = {"width", 0, "COLUMNS", "from 40 to 200 (otherwise the terminal's, or 80)"},
    [PV_OPTION_HELP] = {"help", 'h', NULL, "this text"},
};

static size_t option_count(const pv_usage *usage) {
    size_t count = 1;
    while (usage->options[count - 1] != PV_OPTION_HELP)
        count++;
    return count;
}

/* The index of value among choices (NULL at the end), or an error that names them. */
static bool choose(const char *option, const char *value, const char *const *choices, size_t *out, pv_error *error) {
    pv_str names[MAX_CHOICES];
    size_t count = 0;
    for (; count < MAX_CHOICES && choices[count]; count++) {
        names[count] = pv_str_from(choices[count]);
        if (pv_str_equal(names[count], pv_str_from(value))) {
            *out = count;
            return true;
        }
    }
    return pv_fail(error, PV_ERROR_USAGE, "--%s has no '%s'%s", option, pv_message_quote(pv_str_from(value)).text,
                   pv_message_hint(pv_str_from(value), names, count).text);
}

static bool read_number(const char *option, const char *value, unsigned least, unsigned most, unsigned *out,
                        pv_error *error) {
    unsigned number = 0;
    const char *digit = value;
    while (*digit >= '0' && *digit <= '9' && number <= most)
        number = number * 10 + (unsigned)(*digit++ - '0');
    if (*value == '\0' || *digit != '\0' || number < least || number > most)
        return pv_fail(error, PV_ERROR_USAGE, "--%s takes a whole number from %u to %u, not '%s'", option, least, most,
                       pv_message_quote(pv_str_from(value)).text);
    *out = number;
    return true;
}

bool pv_options_add_format(pv_options *options, const pv_usage *usage, char *value, pv_error *error) {
    char *file = usage->many_formats ? strchr(value, '=') : NULL;
    if (file)
        *file++ = '\0';
    size_t chosen = 0;
    if (!choose("format", value, usage->formats, &chosen, error))
        return false;
    if (file && *file == '\0')
        return pv_fail(error, PV_ERROR_USAGE, "--format %s= needs the name of a file after it", value);
    if (!options->has_format)
        options->format_count = 0;
    options->has_format = true;
    if (options->format_count == PV_MAX_FORMATS)
        return pv_fail(error, PV_ERROR_USAGE, "--format can be given at most %d times", PV_MAX_FORMATS);
    for (size_t i = 0; i < options->format_count; i++) {
        const char *other = options->formats[i].file;
        if (!file && !other)
            return pv_fail(error, PV_ERROR_USAGE, "only one --format can go to standard output%s",
                           usage->many_formats ? "; give the other a file, as in --format json=FILE" : "");
        if (file && other && strcmp(file, other) == 0)
            return pv_fail(error, PV_ERROR_USAGE, "two reports cannot go to one file, %s", file);
    }
    options->formats[options->format_count++] = (pv_format_choice){usage->formats[chosen], file};
    return true;
}

static bool read_mode(pv_options *options, const char *value, pv_error *error) {
    const char *const modes[] = {pv_mode_name(PV_MODE_DRAFT), pv_mode_name(PV_MODE_SUBMISSION),
                                 pv_mode_name(PV_MODE_GATE), NULL};
    size_t chosen = 0;
    if (!choose("mode", value, modes, &chosen, error))
        return false;
    options->mode = (pv_mode)chosen;
    options->has_mode = true;
    return true;
}

static bool read_level(pv_options *options, const char *value, pv_error *error) {
    const char *const levels[] = {pv_level_name(PV_LEVEL_NOTE), pv_level_name(PV_LEVEL_WARNING),
                                  pv_level_name(PV_LEVEL_ERROR), NULL};
    size_t chosen = 0;
    if (!choose("fail-on", value, levels, &chosen, error))
        return false;
    options->fail_on = (pv_level)chosen;
    options->has_fail_on = true;
    return true;
}

static bool read_each(pv_options *options, const char *value, pv_error *error) {
    const char *const kinds[] = {pv_subject_kind_name(PV_SUBJECT_SUBMISSION),
                                 pv_subject_kind_name(PV_SUBJECT_SECTION),
                                 pv_subject_kind_name(PV_SUBJECT_MEASURE),
                                 pv_subject_kind_name(PV_SUBJECT_RESPONSE),
                                 pv_subject_kind_name(PV_SUBJECT_RECORD),
                                 pv_subject_kind_name(PV_SUBJECT_PAIR),
                                 NULL};
    size_t chosen = 0;
    if (!choose("each", value, kinds, &chosen, error))
        return false;
    options->each = (pv_subject_kind)chosen;
    options->has_each = true;
    return true;
}

static bool read_color(pv_options *options, const char *value, pv_error *error) {
    static const char *const choices[] = {"auto", "always", "never", NULL};
    size_t chosen = 0;
    if (!choose("color", value, choices, &chosen, error))
        return false;
    options->color = (pv_color_choice)chosen;
    return true;
}

static bool read_pattern(const char *option, const char *value, pv_error *error) {
    pv_error wrong = {0};
    return pv_glob_check(pv_str_from(value), &wrong) ||
           pv_fail(error, PV_ERROR_USAGE, "--%s: %s", option, wrong.message);
}

static bool read_date(const char *option, const char *value, const char **out, pv_error *error) {
    pv_date date;
    if (!pv_date_parse(pv_str_from(value), &date))
        return pv_fail(error, PV_ERROR_USAGE, "--%s takes a day that exists, written like 2022-07-01, not '%s'", option,
                       pv_message_quote(pv_str_from(value)).text);
    *out = value;
    return true;
}

/* What an option that is only there or not sets; NULL: it is none. */
static bool *flag_of(pv_options *options, pv_option_id id) {
    switch (id) {
    case PV_OPTION_PRUNE:
        return &options->prune;
    case PV_OPTION_UPDATE:
        return &options->update;
    case PV_OPTION_FAIL_ON_NEW:
        return &options->fail_on_new;
    case PV_OPTION_PARAMETERS:
        return &options->parameters;
    case PV_OPTION_LOCK:
        return &options->lock;
    case PV_OPTION_COVERAGE:
        return &options->coverage;
    case PV_OPTION_MUTATE:
        return &options->mutate;
    case PV_OPTION_WATCH:
        return &options->watch;
    case PV_OPTION_SHOW_CONFIG:
        return &options->show_config;
    case PV_OPTION_STATISTICS:
        return &options->statistics;
    case PV_OPTION_QUIET:
        return &options->quiet;
    case PV_OPTION_VERBOSE:
        return &options->verbose;
    case PV_OPTION_HELP:
        return &options->help;
    default:
        return NULL;
    }
}

/* Where an option whose value is taken as it is keeps it; NULL: it is none. */
static const char **text_of(pv_options *options, pv_option_id id) {
    switch (id) {
    case PV_OPTION_PACK:
        return &options->pack;
    case PV_OPTION_WAIVERS:
        return &options->waivers;
    case PV_OPTION_BASELINE:
        return &options->baseline;
    case PV_OPTION_ID:
        return &options->id;
    case PV_OPTION_REASON:
        return &options->reason;
    case PV_OPTION_APPROVER:
        return &options->approver;
    case PV_OPTION_RECORD:
        return &options->record;
    case PV_OPTION_OUTPUT:
        return &options->output;
    case PV_OPTION_SUBJECT:
        return &options->subject;
    default:
        return NULL;
    }
}

/* An option whose value means something. */
static bool read_value(pv_options *options, const pv_usage *usage, pv_option_id id, char *value, pv_error *error) {
    switch (id) {
    case PV_OPTION_MODE:
        return read_mode(options, value, error);
    case PV_OPTION_AS_OF:
        return read_date("as-of", value, &options->as_of, error);
    case PV_OPTION_COMPARE:
        return read_date("compare", value, &options->compare, error);
    case PV_OPTION_FORMAT:
        return pv_options_add_format(options, usage, value, error);
    case PV_OPTION_FAIL_ON:
        return read_level(options, value, error);
    case PV_OPTION_RULE:
        options->rule = value;
        return read_pattern("rule", value, error);
    case PV_OPTION_JOBS:
        return read_number("jobs", value, 1, MAX_JOBS, &options->jobs, error);
    case PV_OPTION_CREATED:
        return read_date("created", value, &options->created, error);
    case PV_OPTION_EXPIRES:
        return read_date("expires", value, &options->expires, error);
    case PV_OPTION_EACH:
        return read_each(options, value, error);
    case PV_OPTION_COVERAGE_MIN:
        options->has_coverage_min = true;
        return read_number("coverage-min", value, 0, 100, &options->coverage_min, error);
    case PV_OPTION_STDIN_FILENAME:
        options->stdin_filename = value;
        return *value || pv_fail(error, PV_ERROR_USAGE, "--stdin-filename needs a name that is not empty");
    case PV_OPTION_COLOR:
        return read_color(options, value, error);
    case PV_OPTION_WIDTH:
        return read_number("width", value, 40, 200, &options->width, error);
    default:
        return true;
    }
}

static bool apply(pv_options *options, const pv_usage *usage, pv_option_id id, char *value, pv_error *error) {
    bool *flag = flag_of(options, id);
    const char **text = text_of(options, id);
    if (flag)
        *flag = true;
    else if (text)
        *text = value;
    else
        return read_value(options, usage, id, value, error);
    return true;
}

static bool fail_unknown(const pv_usage *usage, const char *given, pv_error *error) {
    pv_str names[PV_OPTION_COUNT];
    size_t count = option_count(usage);
    for (size_t i = 0; i < count; i++)
        names[i] = pv_str_from(records[usage->options[i]].name);
    pv_str name = pv_str_from(given);
    while (name.size > 0 && name.data[0] == '-')
        name = pv_str_slice(name, 1, name.size);
    size_t equals = pv_str_find(name, PV_STR("="), 0);
    if (equals != SIZE_MAX)
        name = pv_str_slice(name, 0, equals);
    char hint[64] = "";
    size_t near = pv_suggest(name, names, count);
    if (near != SIZE_MAX)
        snprintf(hint, sizeof hint, "; did you mean --%s?", names[near].data);
    return pv_fail(error, PV_ERROR_USAGE, "%s has no option '%s'%s", usage->command,
                   pv_message_quote(pv_str_from(given)).text, hint);
}

static bool check_arguments(const pv_options *options, const pv_usage *usage, pv_error *error) {
    if (options->help)
        return true;
    if (options->argument_count < usage->min_arguments && !options->show_config)
        return pv_fail(error, PV_ERROR_USAGE, "%s needs %s; 'proviso %s --help' shows how", usage->command,
                       usage->arguments, usage->command);
    if (options->argument_count > usage->max_arguments)
        return pv_fail(error, PV_ERROR_USAGE, "%s takes no further argument '%s'", usage->command,
                       pv_message_quote(pv_str_from(options->arguments[usage->max_arguments])).text);
    if (options->quiet && options->verbose)
        return pv_fail(error, PV_ERROR_USAGE, "--quiet and --verbose cannot both be given");
    if (options->compare && !options->as_of)
        return pv_fail(error, PV_ERROR_USAGE,
                       "--compare needs the day that it is compared with: --as-of DATE --compare %s", options->compare);
    if (options->compare && options->record)
        return pv_fail(error, PV_ERROR_USAGE, "--record and --compare cannot both be given; record each day by itself");
    if (options->compare && strcmp(options->compare, options->as_of) == 0)
        return pv_fail(error, PV_ERROR_USAGE, "--as-of and --compare name the same day, %s; name two",
                       options->compare);
    if (options->compare && (options->waivers || options->baseline))
        return pv_fail(error, PV_ERROR_USAGE,
                       "--compare shows what the rules say on two days; it takes neither --waivers nor --baseline");
    return true;
}

bool pv_options_parse(pv_options *out, const pv_usage *usage, char **arguments, int count, pv_error *error) {
    *out = (pv_options){.mode = PV_MODE_SUBMISSION, .fail_on = PV_LEVEL_ERROR, .jobs = 1, .each = PV_SUBJECT_RESPONSE};
    struct option table[PV_OPTION_COUNT + 1] = {0};
    char letters[2 * PV_OPTION_COUNT + 2] = ":";
    size_t letter_count = 1;
    size_t option_total = option_count(usage);
    for (size_t i = 0; i < option_total; i++) {
        const option_record *record = &records[usage->options[i]];
        table[i] = (struct option){.name = record->name, .has_arg = record->argument ? required_argument : no_argument};
        table[i].val = (int)usage->options[i] + FIRST_LONG_OPTION;
        if (record->letter)
            letters[letter_count++] = record->letter;
        if (record->letter && record->argument)
            letters[letter_count++] = ':';
    }
    opterr = 0;
    optind = 0; /* glibc: start anew */
    for (int found; (found = getopt_long(count, arguments, letters, table, NULL)) != -1;) {
        if (found == '?') {
            const char letter[] = {'-', (char)optopt, '\0'};
            return fail_unknown(usage, optopt > 0 && optopt < FIRST_LONG_OPTION ? letter : arguments[optind - 1],
                                error);
        }
        if (found == ':')
            return pv_fail(error, PV_ERROR_USAGE, "%s needs a value after it", arguments[optind - 1]);
        size_t id = (size_t)(found - FIRST_LONG_OPTION);
        if (found < FIRST_LONG_OPTION)
            for (id = 0; records[id].letter != found;)
                id++;
        if (!apply(out, usage, (pv_option_id)id, optarg, error))
            return false;
    }
    out->arguments = (const char *const *)(arguments + optind);
    out->argument_count = (size_t)(count - optind);
    if (out->format_count == 0 && usage->formats)
        out->formats[out->format_count++] = (pv_format_choice){usage->formats[0], NULL};
    return check_arguments(out, usage, error);
}

static void write_format_help(pv_buf *out, const pv_usage *usage) {
    for (size_t i = 0; usage->formats[i]; i++) {
        pv_buf_append_text(out, i == 0 ? "" : usage->formats[i + 1] ? ", " : " or ");
        pv_buf_append_text(out, usage->formats[i]);
        pv_buf_append_text(out, i == 0 ? " (the default)" : "");
    }
    if (usage->many_formats)
        pv_buf_append_text(out, ", to standard output or to FILE; may be given several times");
}

static void write_option(pv_buf *out, const pv_usage *usage, const option_record *record, unsigned width) {
    size_t start = out->size;
    pv_buf_append_text(out, "  ");
    if (record->letter)
        pv_buf_format(out, "-%c, ", record->letter);
    pv_buf_format(out, "--%s", record->name);
    if (record == &records[PV_OPTION_FORMAT] && !usage->many_formats)
        pv_buf_append_text(out, " F");
    else if (record->argument)
        pv_buf_format(out, " %s", record->argument);
    size_t used = out->size - start;
    pv_buf_append_repeat(out, ' ', used + 2 <= HELP_COLUMN ? HELP_COLUMN - used : 2);
    size_t at = used + 2 <= HELP_COLUMN ? HELP_COLUMN : used + 2;
    pv_buf help = pv_buf_on(out->memory);
    if (record->help)
        pv_buf_append_text(&help, record->help);
    else
        write_format_help(&help, usage);
    pv_layout_wrap(out, pv_buf_str(&help), width, at, HELP_COLUMN, 0);
    pv_buf_clear(&help);
}

void pv_options_help(pv_buf *out, const pv_usage *usage, unsigned width) {
    pv_buf_format(out, "usage: proviso %s [OPTION]... %s\n\n", usage->command, usage->arguments);
    pv_layout_wrap(out, pv_str_from(usage->summary), width, 0, 0, 0);
    pv_buf_append_text(out, "\nOptions:\n");
    size_t count = option_count(usage);
    for (size_t i = 0; i < count; i++)
        write_option(out, usage, &records[usage->options[i]], width);
    pv_buf_append_char(out, '\n');
    pv_buf_append_text(out, usage->details);
    if (usage->write_formats)
        usage->write_formats(out);
    pv_buf_append_text(out, usage->closing ? usage->closing : "");
}

pv_report_style pv_options_style(const pv_options *options, int descriptor) {
    return (pv_report_style){
        .color = pv_console_color(options->color, descriptor),
        .width = pv_console_width(options->width, descriptor),
        .quiet = options->quiet,
        .verbose = options->verbose,
    };
}
