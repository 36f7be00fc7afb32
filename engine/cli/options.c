#include "cli/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/digits.h"
#include "base/glob.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/posix_host.h"
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
    FLAG("update", update, "add what is new to the baseline; to cases that failed what they give, after showing it"),
    TEXT("id", id, "ID", "what the waiver is called in reports"),
    TEXT("reason", reason, "TEXT", "why the finding is accepted"),
    TEXT("approver", approver, "NAME", "who accepts it"),
    DATE("created", created, "DAY", "the first day on which it is accepted, written like 2024-07-01"),
    DATE("expires", expires, "DAY", "the last"),
    {.option = "files-from",
     .type = PV_SETTING_NAME,
     STORED(files_from),
     .argument = "FILE",
     .help = "the paths in FILE too (- is standard input): one on each line, or each up to a NUL"},
    TEXT("record", record, "FILE",
         "write what was checked, by what and how, with hashes; 'proviso replay FILE' checks it again"),
    FLAG("fail-on-new", fail_on_new, "exit status 1 when something fails that did not"),
    FLAG("fail-on-stopped", fail_on_stopped, "exit status 1 when a rule does not apply any more to what it applied to"),
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
    FLAG("force", force, "write over a file that is there already"),
    FLAG("highlight", highlight, "mark the words that findings are about in yellow, too"),
    FLAG("parameters", parameters, "the rules' parameters instead: the value of each, and where it was set"),
    TEXT("choices", choices, "NAME",
         "what a filer may enter instead: the rows of a table, or the choices of a field or of a column (KIND.COLUMN)"),
    FLAG("lock", lock, "write proviso.lock beside .proviso.yaml: from then on only these very packs are accepted"),
    TEXT("subject", subject, "SUBJECT", "only this one: 1.1.6.3, 'measure 1.1.6', 'allocation 2'"),
    {.option = "evaluate",
     .letter = 'e',
     .type = PV_SETTING_TEXT,
     STORED(expressions),
     .argument = "EXPRESSION",
     .help = "evaluate this instead of what is typed; may be given several times"},
    TEXT("text", text, "TEXT", "evaluate on this text, which is `text`, in place of a file"),
    FLAG("coverage", coverage, "which outcomes of each rule were seen, and which lines of the rules ran"),
    {.option = "coverage-min",
     .type = PV_SETTING_NUMBER,
     STORED(coverage_min),
     .given = offsetof(pv_options, has_coverage_min),
     .most = 100,
     .argument = "N",
     .help = "exit status 1 when less than N percent of the outcomes or of the lines are covered"},
    FLAG("mutate", mutate, "change rules and form one thing at a time, and report what no example or case notices"),
    FLAG("yes", yes, "with --update: write without asking"),
    FLAG("no-aliases", no_aliases, "with --mutate: leave the aliases in tables as they are"),
    FLAG("watch", watch, "again after every change of the files, until q is pressed"),
    FLAG("show-config", show_config, "check nothing: show how each file would be judged, and who says so"),
    {.option = "stdin-filename",
     .type = PV_SETTING_NAME,
     STORED(stdin_filename),
     .argument = "NAME",
     .help = "the file that standard input stands for: its place, its configuration"},
    FLAG("ocr", ocr,
         "recognise the text of PDFs that hold pictures of pages, by tesseract: it takes seconds a page, and every "
         "response must then be reviewed"),
    TEXT("language", language, "CODE",
         "the language of labels and prompts, of a form in several (otherwise its first)"),
    FLAG("statistics", statistics, "how often each rule passed, failed or did not apply, and the work it took"),
    FLAG("profile", profile, "on standard error, what each phase and rule took: time, budget and memory"),
    {.option = "profile-json",
     .type = PV_SETTING_NAME,
     STORED(profile_json),
     .argument = "FILE",
     .help = "the same as JSON, to FILE"},
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

bool pv_options_has(const pv_usage *usage, const char *name) {
    for (size_t i = 0; usage->options[i]; i++)
        if (strcmp(usage->options[i], name) == 0)
            return true;
    return false;
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

/* The day that it is, where the program runs. The one place where the day is read. */
static bool read_today(pv_arena *arena, pv_str *out, pv_error *error) {
    time_t now = time(NULL);
    struct tm local;
    if (now == (time_t)-1 || !localtime_r(&now, &local))
        return pv_fail(error, PV_ERROR_IO, "the clock cannot be read; write the day, like 2022-07-01");
    *out = pv_arena_format(arena, "%04d-%02d-%02d", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
    return out->data || pv_fail_memory(error);
}

static bool check_text(const pv_setting *row, pv_str value, pv_error *error) {
    pv_date date;
    pv_error wrong = {0};
    if (row->type == PV_SETTING_DATE && !pv_date_parse(value, &date))
        return pv_fail(error, PV_ERROR_USAGE,
                       "--%s takes a day that exists, written like 2022-07-01, or today, not '%s'", row->option,
                       pv_message_quote(value).text);
    if (row->type == PV_SETTING_PATTERN && !pv_glob_check(value, &wrong))
        return pv_fail(error, PV_ERROR_USAGE, "--%s: %s", row->option, wrong.message);
    return row->type != PV_SETTING_NAME || value.size > 0 ||
           pv_fail(error, PV_ERROR_USAGE, "--%s needs a name that is not empty", row->option);
}

/* Patterns that are given one after another are one, for what any of them selects; an empty one selects all. */
static bool join_patterns(pv_arena *arena, pv_str before, pv_str *pattern, pv_error *error) {
    if (before.data && before.size == 0)
        *pattern = before;
    if (before.size == 0 || pattern->size == 0)
        return true;
    pv_error ignored = {0};
    if (!pv_glob_check(*pattern, &ignored))
        return true; /* and is refused as it stands */
    *pattern = pv_glob_union(arena, before, *pattern);
    return pattern->data || pv_fail_memory(error);
}

static bool store_text(pv_arena *arena, const pv_setting *row, char *place, pv_str text, pv_error *error) {
    pv_str before;
    memcpy(&before, place, sizeof before);
    if (row->type == PV_SETTING_DATE && pv_str_equal(text, PV_STR("today")) && !read_today(arena, &text, error))
        return false;
    if (row->type == PV_SETTING_PATTERN && !join_patterns(arena, before, &text, error))
        return false;
    memcpy(place, &text, sizeof text);
    return check_text(row, text, error);
}

/* Puts the value of row where it is kept: at its offset from base. */
static bool store(pv_arena *arena, const pv_setting *row, void *base, const char *value, pv_error *error) {
    char *place = (char *)base + row->offset;
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
        return store_text(arena, row, place, pv_str_from(value), error);
    }
}

static bool add_expression(pv_options *options, pv_str expression, pv_error *error) {
    if (options->expression_count == PV_MAX_EXPRESSIONS)
        return pv_fail(error, PV_ERROR_USAGE, "--evaluate can be given at most %d times", PV_MAX_EXPRESSIONS);
    options->expressions[options->expression_count++] = expression;
    return true;
}

static bool apply(pv_options *options, pv_arena *arena, const pv_usage *usage, const char *name, char *value,
                  pv_error *error) {
    pv_config_key key;
    const pv_setting *row = row_called(name, &key);
    if (row->type == PV_SETTING_SPECIAL)
        return pv_options_add_format(options, usage, value, error);
    bool is_key = key < PV_SETTING_COUNT;
    if (is_called(row, "evaluate"))
        return add_expression(options, pv_str_from(value), error);
    if (!store(arena, row, is_key ? (void *)&options->asked : options, value, error))
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

/* Where name is what a few options begin with: an option is written in full, so that a script goes on to mean the same
 * when there are more. */
static bool hint_at_longer(char *hint, size_t size, pv_str name, const pv_str *names, size_t count) {
    size_t found = 0;
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        found += pv_str_starts_with(names[i], name);
    if (name.size == 0 || found == 0 || found > 3)
        return false;
    for (size_t i = 0; i < count; i++)
        if (pv_str_starts_with(names[i], name) && used < size)
            used += (size_t)snprintf(hint + used, size - used, "%s--%.*s", used == 0 ? "; did you mean " : " or ",
                                     PV_STR_ARG(names[i]));
    if (used < size)
        snprintf(hint + used, size - used, "?");
    return true;
}

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
    char hint[320] = "";
    size_t near = pv_suggest(name, names, count);
    if (!hint_at_longer(hint, sizeof hint, name, names, count) && near != SIZE_MAX)
        snprintf(hint, sizeof hint, "%s; did you mean --%s?", pv_message_difference(name, names[near]).text,
                 names[near].data);
    return pv_fail(error, PV_ERROR_USAGE, "%s has no option '%s'%s", usage->command,
                   pv_message_quote(pv_str_from(given)).text, hint);
}

static bool check_arguments(const pv_options *options, const pv_usage *usage, pv_error *error) {
    if (options->help)
        return true;
    size_t least = usage->min_arguments - (options->files_from.data ? 1 : 0); /* which may be all paths there are */
    if (options->argument_count < least && !options->show_config)
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

/* ---- a list of paths in a file ---- */

/* Bytes of one: a million long paths. */
#define MOST_LIST_BYTES ((size_t)256 << 20)

typedef PV_ARRAY(pv_str) path_list;

static const char *name_of_list(const pv_options *options) {
    return pv_str_equal(options->files_from, PV_STANDARD_INPUT) ? "standard input" : options->files_from.data;
}

/* Lines as Windows ends them, too; where there is a NUL each path ends in one, and may hold anything else. */
static bool split_list(path_list *out, pv_arena *arena, pv_str text, pv_error *error) {
    const pv_str end_sign = pv_str_find(text, PV_STR("\0"), 0) != SIZE_MAX ? PV_STR("\0") : PV_STR("\n");
    bool by_line = end_sign.data[0] == '\n';
    if (by_line)
        text = pv_str_slice(text, pv_utf8_mark_size(text), text.size);
    for (size_t start = 0, end; start < text.size; start = end + 1) {
        end = pv_str_find(text, end_sign, start);
        if (end == SIZE_MAX)
            end = text.size;
        pv_str path = pv_str_slice(text, start, end);
        if (by_line && pv_str_ends_with(path, PV_STR("\r")))
            path.size--;
        if (path.size == 0)
            continue;
        pv_str *place = PV_ARRAY_ADD(arena, out);
        if (place)
            *place = pv_arena_copy(arena, path);
        if (!place || !place->data)
            return pv_fail_memory(error);
    }
    return true;
}

static bool read_list(path_list *out, pv_arena *arena, const pv_options *options, pv_error *error) {
    pv_error failure = {0};
    pv_buf text = pv_buf_on(pv_arena_memory(arena));
    bool read = pv_host_read(pv_posix_host(), &text, options->files_from, MOST_LIST_BYTES, &failure);
    if (!read)
        pv_fail(error, failure.code, "--files-from: %s %s", name_of_list(options), failure.message);
    else if (text.size > MOST_LIST_BYTES)
        read = pv_fail(error, PV_ERROR_LIMIT, "--files-from: %s is longer than %zu bytes", name_of_list(options),
                       MOST_LIST_BYTES);
    read = read && split_list(out, arena, pv_buf_str(&text), error);
    pv_buf_clear(&text);
    return read;
}

bool pv_options_take_list(pv_options *options, pv_arena *arena, pv_error *error) {
    path_list paths = {0};
    bool taken = pv_str_equal(options->files_from, PV_STANDARD_INPUT);
    if (!options->files_from.data)
        return true;
    for (size_t i = 0; i < options->argument_count; i++) {
        pv_str *place = PV_ARRAY_ADD(arena, &paths);
        if (!place)
            return pv_fail_memory(error);
        *place = options->arguments[i];
    }
    if (!read_list(&paths, arena, options, error))
        return false;
    if (paths.count == options->argument_count)
        return pv_fail(error, PV_ERROR_USAGE, "--files-from: %s names no file, so there is nothing to check",
                       name_of_list(options));
    for (size_t i = 0; taken && i < paths.count; i++)
        if (pv_str_equal(paths.items[i], PV_STANDARD_INPUT))
            return pv_fail(error, PV_ERROR_USAGE, "standard input is the list of files; - cannot be one of them");
    options->arguments = paths.items;
    options->argument_count = paths.count;
    options->files_from = (pv_str){0};
    return true;
}

/* ---- reading a command line ---- */

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

/* Where the long option stands that getopt_long has just read: its value may be an argument of its own. */
static int written_at(char **arguments) {
    return optarg && optarg == arguments[optind - 1] ? optind - 2 : optind - 1;
}

/* getopt_long takes abbreviations too. */
static bool is_written_in_full(const char *written, const char *name) {
    size_t length = strlen(name);
    return strncmp(written, "--", 2) == 0 && strncmp(written + 2, name, length) == 0 &&
           (written[2 + length] == '\0' || written[2 + length] == '=');
}

/* Whether each of several goes, or only how the answer is shown or made depends on it: then the last one goes. */
static bool may_come_again(const char *name) {
    static const char *const names[] = {"format", "rule", "evaluate", "jobs", "color", "width"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* Refuses an option whose other value would be dropped without a word; *earlier: the value it had, NULL none. */
static bool take_value(const char **earlier, const char *name, const char *value, pv_error *error) {
    if (*earlier && value && strcmp(*earlier, value) != 0 && !may_come_again(name))
        return pv_fail(error, PV_ERROR_USAGE, "--%s is given twice, as '%s' and as '%s'; give one of them", name,
                       pv_message_quote(pv_str_from(*earlier)).text, pv_message_quote(pv_str_from(value)).text);
    *earlier = value;
    return true;
}

bool pv_options_parse(pv_options *out, pv_arena *arena, const pv_usage *usage, char **arguments, int count,
                      pv_error *error) {
    getopt_table table;
    const char *values[MAX_OPTIONS] = {NULL};
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
        if (found >= FIRST_LONG_OPTION && !is_written_in_full(arguments[written_at(arguments)], usage->options[at]))
            return fail_unknown(usage, arguments[written_at(arguments)], error);
        if (!take_value(&values[at], usage->options[at], optarg, error) ||
            !apply(out, arena, usage, usage->options[at], optarg, error))
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
