/* Invariant: what pv_options_parse accepts is exactly what a command's help lists; whatever else stands on the
 * command line is an error that names it and, where one is near, what was meant. */
#ifndef PV_CLI_OPTIONS_H
#define PV_CLI_OPTIONS_H

#include "base/error.h"
#include "cli/console.h"

#define PV_MAX_FORMATS 8

typedef enum pv_option_id {
    PV_OPTION_PACK,
    PV_OPTION_MODE,
    PV_OPTION_AS_OF,
    PV_OPTION_COMPARE,
    PV_OPTION_FORMAT,
    PV_OPTION_FAIL_ON,
    PV_OPTION_RULE,
    PV_OPTION_JOBS,
    PV_OPTION_WAIVERS,
    PV_OPTION_BASELINE,
    PV_OPTION_PRUNE,
    PV_OPTION_UPDATE,
    PV_OPTION_ID,
    PV_OPTION_REASON,
    PV_OPTION_APPROVER,
    PV_OPTION_CREATED,
    PV_OPTION_EXPIRES,
    PV_OPTION_RECORD,
    PV_OPTION_FAIL_ON_NEW,
    PV_OPTION_EACH,
    PV_OPTION_OUTPUT,
    PV_OPTION_PARAMETERS,
    PV_OPTION_LOCK,
    PV_OPTION_SUBJECT,
    PV_OPTION_COVERAGE,
    PV_OPTION_COVERAGE_MIN,
    PV_OPTION_MUTATE,
    PV_OPTION_WATCH,
    PV_OPTION_SHOW_CONFIG,
    PV_OPTION_STDIN_FILENAME,
    PV_OPTION_STATISTICS,
    PV_OPTION_QUIET,
    PV_OPTION_VERBOSE,
    PV_OPTION_COLOR,
    PV_OPTION_WIDTH,
    PV_OPTION_HELP,
    PV_OPTION_COUNT,
} pv_option_id;

/* One --format F[=FILE]. */
typedef struct pv_format_choice {
    const char *format; /* one of the command's */
    const char *file;   /* NULL: standard output */
} pv_format_choice;

typedef struct pv_options {
    const char *pack; /* NULL: by the submission's form */
    bool has_mode;
    pv_mode mode;
    const char *as_of;   /* a date, or NULL */
    const char *compare; /* another, or NULL */
    pv_format_choice formats[PV_MAX_FORMATS];
    size_t format_count; /* at least 1 for a command that has formats */
    bool has_format;     /* one was given; else it is the default */
    bool has_fail_on;
    pv_level fail_on;
    const char *rule;     /* a glob, or NULL */
    const char *subject;  /* of the verdicts that are shown, or NULL: all */
    unsigned jobs;        /* at least 1 */
    const char *waivers;  /* a file, or NULL */
    const char *baseline; /* the same */
    bool prune;
    bool update;
    const char *id; /* of a waiver, with all that it says; each NULL when not given */
    const char *reason;
    const char *approver;
    const char *created; /* a day */
    const char *expires; /* the same */
    bool has_each;
    pv_subject_kind each; /* response when not given */
    const char *output;   /* a file or folder to write to, or NULL */
    bool parameters;
    bool lock;
    bool coverage;
    bool has_coverage_min;
    unsigned coverage_min; /* percent */
    bool mutate;
    bool watch;
    bool show_config;
    const char *stdin_filename; /* NULL: standard input has no name */
    bool statistics;
    bool quiet;
    bool verbose;
    pv_color_choice color;
    unsigned width; /* 0: the terminal's */
    bool help;
    const char *record; /* a file, or NULL */
    bool fail_on_new;
    const char *const *arguments; /* what is no option */
    size_t argument_count;
    /* Never from a command line; of a check that is made again from its record. */
    pv_buf *record_into;     /* what the record goes to in place of its file, and nobody is told anything; or NULL */
    const char *config_from; /* where the run's configuration is looked for, when not by the first argument; or NULL */
    bool of_folder;          /* the files were all those of a folder */
    /* The same; of packs that are judged themselves. */
    bool as_published; /* what a project sets of packs is left aside; a pack is the same for all files */
} pv_options;

/* What the command line of one command looks like. */
typedef struct pv_usage {
    const char *command;
    const char *arguments;              /* "PATH…" */
    const char *summary;                /* what it does, in one sentence */
    const char *details;                /* further paragraphs of its help */
    void (*write_formats)(pv_buf *out); /* what each format is for, below details; NULL: details say it */
    const char *closing;                /* what stands below that; NULL: nothing */
    size_t min_arguments;
    size_t max_arguments;
    const pv_option_id *options; /* PV_OPTION_HELP last */
    const char *const *formats;  /* NULL at the end, the first is the default; NULL for none */
    bool many_formats;           /* --format may be given several times, each with a FILE */
} pv_usage;

/* Reads arguments[0..count), which stand after the command's name and may be reordered. Borrows them. */
bool pv_options_parse(pv_options *out, const pv_usage *usage, char **arguments, int count,
                      pv_error *error) PV_MUST_CHECK;
/* Adds F or F=FILE, as --format takes it, in place of the default; value is borrowed, and cut at the "=". */
bool pv_options_add_format(pv_options *options, const pv_usage *usage, char *value, pv_error *error) PV_MUST_CHECK;
/* The complete help of a command. */
void pv_options_help(pv_buf *out, const pv_usage *usage, unsigned width);
/* The style of a report on descriptor. */
pv_report_style pv_options_style(const pv_options *options, int descriptor);

#endif
