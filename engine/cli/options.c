#include "cli/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/digits.h"
#include "base/glob.h"
#include "base/str.h"
#include "model/message.h"
#include "model/value.h"
#include "report/write/layout.h"

#define MAX_JOBS 64u
/* Options of one command. */
#define MAX_OPTIONS 40
/* What getopt_long answers for a long option: its place in the command's list from here on, above every letter. */
#define FIRST_LONG_OPTION 256
#define HELP_COLUMN ((size_t)24)

/* ---- the rows ---- */

static const char *const subject_names[] = {"submission", "section", "measure", "response", "record", "pair", NULL};
static const char *const color_names[] = {"auto", "always", "never", NULL};

#define STORED(member) .offset = offsetof(pv_options, member)
#define FLAG(name, member, text)                                                                                       \
    { .option = (name), .type = PV_SETTING_FLAG, STORED(member), .help = (text) }
#define TEXT(name, member, value, text)                                                                                \
    { .option = (name), .type = PV_SETTING_TEXT, STORED(member), .argument = (value), .help = (text) }
#define DATE(name, member, value, text)                                                                                \
    { .option = (name), .type = PV_SETTING_DATE, STORED(member), .argument = (value), .help = (text) }

/* The options that only a command line has; the others are in pv_settings_table. */
static const pv_setting rows[] = {
    DATE("compare", compare, "DATE", "judge by this day too, and report what changed between the two"),
    {.option = "format", .argument = "F[=FILE]"}, /* its help names the command's formats */
    {.option = "jobs",
     .type = PV_SETTING_NUMBER,
     STORED(jobs),
     .least = 1,
     .most = MAX_JOBS,
     .argument = "N",
     .help = "share the files among this many processes; the output stays the same"},
    FLAG("prune", prune, "take out of the baseline what is fixed"),
    FLAG("update", update, "add to the baseline what is new"),
    TEXT("id", id, "ID", "what the waiver is called in reports"),
    TEXT("reason", reason, "TEXT", "why the finding is accepted"),
    TEXT("approver", approver, "NAME", "who accepts it"),
    DATE("created", created, "DAY", "the first day on which it is accepted, written like 2024-07-01"),
    DATE("expires", expires, "DAY", "the last"),
    TEXT("record", record, "FILE",
         "write what was checked, by what and how, with hashes; 'proviso replay FILE' checks it again"),
    FLAG("fail-on-new", fail_on_new, "exit status 1 when something fails that did not"),
    {.option = "each",
     .type = PV_SETTING_CHOICE,
     STORED(each),
     .given = offsetof(pv_options, has_each),
     .choices = subject_names,
     .argument = "KIND",
     .help = "what the rule judges: response (the default), measure, section, submission or record"},
    {.option = "output",
     .letter = 'o',
     .type = PV_SETTING_TEXT,
     STORED(output),
     .argument = "PATH",
     .help = "the file to write, or the folder to write into"},
    FLAG("parameters", parameters, "the rules' parameters instead: the value of each, and where it was set"),
    FLAG("lock", lock, "write proviso.lock beside .proviso.yaml: from then on only these very packs are accepted"),
    TEXT("subject", subject, "SUBJECT", "only the verdict on this one: 1.1.6.3, 'measure 1.1.6', 'allocation 2'"),
    FLAG("coverage", coverage, "which outcomes of each rule were seen, and which lines of the rules ran"),
    {.option = "coverage-min",
     .type = PV_SETTING_NUMBER,
     STORED(coverage_min),
     .given = offsetof(pv_options, has_coverage_min),
     .most = 100,
     .argument = "N",
     .help = "exit status 1 when less than N percent of the outcomes or of the lines are covered"},
    FLAG("mutate", mutate, "change rules and form one thing at a time, and report what no example or case notices"),
    FLAG("watch", watch, "again after every change of the files, until q is pressed"),
    FLAG("show-config", show_config, "check nothing: show how each file would be judged, and who says so"),
    {.option = "stdin-filename",
     .type = PV_SETTING_NAME,
     STORED(stdin_filename),
     .argument = "NAME",
     .help = "the file that standard input stands for: its place, its configuration"},
    FLAG("statistics", statistics, "how often each rule passed, failed or did not apply, and the work it took"),
    {.option = "quiet",
     .letter = 'q',
     .type = PV_SETTING_FLAG,
     STORED(quiet),
     .help = "errors only, one line each, and the closing line"},
    {.option = "verbose",
     .letter = 'v',
     .type = PV_SETTING_FLAG,
     STORED(verbose),
     .help = "everything: what passed and what does not apply too, texts uncut"},
    {.option = "color",
     .type = PV_SETTING_CHOICE,
     STORED(color),
     .choices = color_names,
     .argument = "WHEN",
     .help = "auto (the default), always or never; auto obeys NO_COLOR"},
    {.option = "width",
     .type = PV_SETTING_NUMBER,
     STORED(width),
     .least = 40,
     .most = 200,
     .argument = "COLUMNS",
     .help = "from 40 to 200 (otherwise the terminal's, or 80)"},
    {.option = "help", .letter = 'h', .type = PV_SETTING_FLAG, STORED(help), .help = "this text"},
};

#define ROW_COUNT (sizeof rows / sizeof *rows)

_Static_assert(sizeof(pv_subject_kind) == sizeof(unsigned) && sizeof(pv_color_choice) == sizeof(unsigned),
               "choices are kept as unsigned");

static bool is_called(const pv_setting *row, const char *name) {
    return row->option && strcmp(row->option, name) == 0;
}

/* The row of an option that there is, and the key that it has in a configuration; PV_SETTING_COUNT: none. */
static const pv_setting *row_called(const char *name, pv_config_key *key) {
    for (*key = 0; *key < PV_SETTING_COUNT; ++*key)
        if (is_called(&pv_settings_table[*key], name))
            return &pv_settings_table[*key];
    size_t i = 0;
    while (i + 1 < ROW_COUNT && !is_called(&rows[i], name))
        i++;
    return &rows[i];
}

static size_t option_count(const pv_usage *usage) {
    size_t count = 0;
    while (usage->options[count])
        count++;
    return count;
}

/* ---- reading values ---- */

/* The index of value among choices (NULL at the end), or an error that names them. */
static bool choose(const char *option, const char *value, const char *const *choices, unsigned *out, pv_error *error) {
    pv_str names[PV_MAX_CHOICES];
    unsigned count = 0;
    for (; count < PV_MAX_CHOICES && choices[count]; count++) {
        names[count] = pv_str_from(choices[count]);
        if (pv_str_equal(names[count], pv_str_from(value))) {
            *out = count;
            return true;
        }
    }
    return pv_fail(error, PV_ERROR_USAGE, "--%s has no '%s'%s", option, pv_message_quote(pv_str_from(value)).text,
                   pv_message_hint(pv_str_from(value), names, count).text);
}

static bool read_number(const pv_setting *row, const char *value, unsigned *out, pv_error *error) {
    uint64_t number = 0;
    if (!pv_digits_read(pv_str_from(value), row->most, &number) || number < row->least)
        return pv_fail(error, PV_ERROR_USAGE, "--%s takes a whole number from %u to %u, not '%s'", row->option,
                       row->least, row->most, pv_message_quote(pv_str_from(value)).text);
    *out = (unsigned)number;
    return true;
}

static bool check_text(const pv_setting *row, pv_str value, pv_error *error) {
    pv_date date;
    pv_error wrong = {0};
    if (row->type == PV_SETTING_DATE && !pv_date_parse(value, &date))
        return pv_fail(error, PV_ERROR_USAGE, "--%s takes a day that exists, written like 2022-07-01, not '%s'",
                       row->option, pv_message_quote(value).text);
    if (row->type == PV_SETTING_PATTERN && !pv_glob_check(value, &wrong))
        return pv_fail(error, PV_ERROR_USAGE, "--%s: %s", row->option, wrong.message);
    return row->type != PV_SETTING_NAME || value.size > 0 ||
           pv_fail(error, PV_ERROR_USAGE, "--%s needs a name that is not empty", row->option);
}

/* Puts the value of row where it is kept: at its offset from base. */
static bool store(const pv_setting *row, void *base, const char *value, pv_error *error) {
    char *place = (char *)base + row->offset;
    const pv_str text = pv_str_from(value);
    unsigned number = 0;
    switch (row->type) {
    case PV_SETTING_FLAG:
        *(bool *)place = true;
        return true;
    case PV_SETTING_NUMBER:
        if (!read_number(row, value, &number, error))
            return false;
        memcpy(place, &number, sizeof number);
        return true;
    case PV_SETTING_CHOICE:
        if (!choose(row->option, value, row->choices, &number, error))
            return false;
        memcpy(place, &number, sizeof number);
        return true;
    default:
        memcpy(place, &text, sizeof text);
        return check_text(row, text, error);
    }
}

static bool apply(pv_options *options, const pv_usage *usage, const char *name, char *value, pv_error *error) {
    pv_config_key key;
    const pv_setting *row = row_called(name, &key);
    if (row->type == PV_SETTING_SPECIAL)
        return pv_options_add_format(options, usage, value, error);
    bool is_key = key < PV_SETTING_COUNT;
    if (!store(row, is_key ? (void *)&options->asked : options, value, error))
        return false;
    /* The name of no pack leaves it to the configuration; that of no file says that there is to be none. */
    if (is_key && (row->type != PV_SETTING_PACK || *value))
        options->asked.given |= (uint32_t)1 << key;
    if (row->given > 0)
        *(bool *)((char *)options + row->given) = true;
    return true;
}

bool pv_options_add_format(pv_options *options, const pv_usage *usage, char *value, pv_error *error) {
    char *file = usage->many_formats ? strchr(value, '=') : NULL;
    if (file)
        *file++ = '\0';
    unsigned chosen = 0;
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

/* ---- the command line ---- */

static bool fail_unknown(const pv_usage *usage, const char *given, pv_error *error) {
    pv_str names[MAX_OPTIONS];
    size_t count = option_count(usage);
    for (size_t i = 0; i < count; i++)
        names[i] = pv_str_from(usage->options[i]);
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
                       pv_message_quote(options->arguments[usage->max_arguments]).text);
    if (options->quiet && options->verbose)
        return pv_fail(error, PV_ERROR_USAGE, "--quiet and --verbose cannot both be given");
    if (!options->compare.data)
        return true;
    if (!options->asked.as_of.data)
        return pv_fail(error, PV_ERROR_USAGE,
                       "--compare needs the day that it is compared with: --as-of DATE --compare %s",
                       options->compare.data);
    if (options->record.data)
        return pv_fail(error, PV_ERROR_USAGE, "--record and --compare cannot both be given; record each day by itself");
    if (pv_str_equal(options->compare, options->asked.as_of))
        return pv_fail(error, PV_ERROR_USAGE, "--as-of and --compare name the same day, %s; name two",
                       options->compare.data);
    if (options->asked.waivers.data || options->asked.baseline.data)
        return pv_fail(error, PV_ERROR_USAGE,
                       "--compare shows what the rules say on two days; it takes neither --waivers nor --baseline");
    return true;
}

pv_options pv_options_default(void) {
    return (pv_options){.asked = pv_config_defaults(), .jobs = 1, .each = PV_SUBJECT_RESPONSE};
}

pv_project_settings pv_options_project(const pv_options *options) {
    return (pv_project_settings){
        .asked = options->asked,
        .standard_input = options->stdin_filename,
        .as_published = options->as_published,
    };
}

static bool take_arguments(pv_options *options, pv_arena *arena, char **arguments, size_t count, pv_error *error) {
    pv_str *taken = PV_NEW_ARRAY(arena, pv_str, count);
    if (!taken)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        taken[i] = pv_str_from(arguments[i]);
    options->arguments = taken;
    options->argument_count = count;
    return true;
}

/* The command's options as getopt_long takes them, and which of them each letter is. */
typedef struct getopt_table {
    struct option long_options[MAX_OPTIONS + 1];
    char letters[2 * MAX_OPTIONS + 2];
    size_t by_letter[FIRST_LONG_OPTION];
} getopt_table;

static void fill_table(getopt_table *table, const pv_usage *usage) {
    size_t letter_count = 0;
    size_t count = option_count(usage);
    *table = (getopt_table){0};
    table->letters[letter_count++] = ':';
    for (size_t i = 0; i < count; i++) {
        pv_config_key key;
        const pv_setting *row = row_called(usage->options[i], &key);
        table->long_options[i] = (struct option){.name = row->option,
                                                 .has_arg = row->argument ? required_argument : no_argument,
                                                 .val = (int)i + FIRST_LONG_OPTION};
        if (!row->letter)
            continue;
        table->by_letter[(unsigned char)row->letter] = i;
        table->letters[letter_count++] = row->letter;
        if (row->argument)
            table->letters[letter_count++] = ':';
    }
}

bool pv_options_parse(pv_options *out, pv_arena *arena, const pv_usage *usage, char **arguments, int count,
                      pv_error *error) {
    getopt_table table;
    *out = pv_options_default();
    fill_table(&table, usage);
    opterr = 0;
    optind = 0; /* glibc: start anew */
    for (int found; (found = getopt_long(count, arguments, table.letters, table.long_options, NULL)) != -1;) {
        if (found == '?') {
            const char letter[] = {'-', (char)optopt, '\0'};
            return fail_unknown(usage, optopt > 0 && optopt < FIRST_LONG_OPTION ? letter : arguments[optind - 1],
                                error);
        }
        if (found == ':')
            return pv_fail(error, PV_ERROR_USAGE, "%s needs a value after it", arguments[optind - 1]);
        size_t at = found < FIRST_LONG_OPTION ? table.by_letter[found] : (size_t)(found - FIRST_LONG_OPTION);
        if (!apply(out, usage, usage->options[at], optarg, error))
            return false;
    }
    if (out->format_count == 0 && usage->formats)
        out->formats[out->format_count++] = (pv_format_choice){usage->formats[0], NULL};
    return take_arguments(out, arena, arguments + optind, (size_t)(count - optind), error) &&
           check_arguments(out, usage, error);
}

/* ---- help ---- */

static void write_format_help(pv_buf *out, const pv_usage *usage) {
    for (size_t i = 0; usage->formats[i]; i++) {
        pv_buf_append_text(out, i == 0 ? "" : usage->formats[i + 1] ? ", " : " or ");
        pv_buf_append_text(out, usage->formats[i]);
        pv_buf_append_text(out, i == 0 ? " (the default)" : "");
    }
    if (usage->many_formats)
        pv_buf_append_text(out, ", to standard output or to FILE; may be given several times");
}

static void write_option(pv_buf *out, const pv_usage *usage, const char *name, unsigned width) {
    pv_config_key key;
    const pv_setting *row = row_called(name, &key);
    size_t start = out->size;
    pv_buf_append_text(out, "  ");
    if (row->letter)
        pv_buf_format(out, "-%c, ", row->letter);
    pv_buf_format(out, "--%s", row->option);
    if (row->type == PV_SETTING_SPECIAL && !usage->many_formats)
        pv_buf_append_text(out, " F");
    else if (row->argument)
        pv_buf_format(out, " %s", row->argument);
    size_t used = out->size - start;
    pv_buf_append_repeat(out, ' ', used + 2 <= HELP_COLUMN ? HELP_COLUMN - used : 2);
    size_t at = used + 2 <= HELP_COLUMN ? HELP_COLUMN : used + 2;
    pv_buf help = pv_buf_on(out->memory);
    if (row->help)
        pv_buf_append_text(&help, row->help);
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
        write_option(out, usage, usage->options[i], width);
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
