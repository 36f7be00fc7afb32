/* Invariant: what pv_options_parse accepts is exactly what a command's help lists; whatever else stands on the
 * command line is an error that names it and, where one is near, what was meant. Each option is one row: here
 * (options.c), or in project/config.c where it can be set by a configuration too. */
#ifndef PV_CLI_OPTIONS_H
#define PV_CLI_OPTIONS_H

#include "cli/console.h"
#include "project/project.h"

#define PV_MAX_FORMATS 8
#define PV_MAX_EXPRESSIONS 100

/* One --format F[=FILE]. */
typedef struct pv_format_choice {
    const char *format; /* one of the command's */
    const char *file;   /* NULL: standard output */
} pv_format_choice;

/* A pv_str that was not given has no data. */
typedef struct pv_options {
    pv_config_values asked; /* what a configuration may set too */
    pv_str compare;         /* a day */
    pv_format_choice formats[PV_MAX_FORMATS];
    size_t format_count;                    /* at least 1 for a command that has formats */
    bool has_format;                        /* one was given; else it is the default */
    pv_str subject;                         /* of the verdicts that are shown; not given: all */
    pv_str expressions[PV_MAX_EXPRESSIONS]; /* to try, in order */
    size_t expression_count;
    pv_str text;   /* to try them on */
    unsigned jobs; /* at least 1 */
    bool prune;
    bool update;
    pv_str id; /* of a waiver, with all that it says */
    pv_str reason;
    pv_str approver;
    pv_str created; /* a day */
    pv_str expires; /* the same */
    bool has_each;
    pv_subject_kind each; /* response when not given */
    pv_str output;        /* a file or folder to write to */
    bool force;           /* a file that is there is written over */
    bool highlight;
    bool parameters;
    pv_str choices; /* whose choices are listed: a table, a field, or a column, as KIND.COLUMN */
    bool lock;
    bool coverage;
    bool has_coverage_min;
    unsigned coverage_min; /* percent */
    bool mutate;
    bool watch;
    bool show_config;
    pv_str language; /* of forms; empty: the first of each */
    bool ocr;
    pv_str stdin_filename; /* not given: standard input has no name */
    bool statistics;
    bool profile;
    pv_str profile_json; /* a file */
    bool quiet;
    bool verbose;
    pv_color_choice color;
    unsigned width; /* 0: the terminal's */
    bool help;
    pv_str record; /* a file */
    bool fail_on_new;
    bool fail_on_stopped;
    bool no_aliases;
    bool yes;
    pv_str files_from;       /* a file, or "-": further arguments stand there, which pv_options_take_list takes */
    const pv_str *arguments; /* what is no option */
    size_t argument_count;
    /* Never from a command line; of a check that is made again from its record. */
    pv_buf *record_into; /* what the record goes to in place of its file, and nothing is reported; or NULL */
    pv_str config_from;  /* where the run's configuration is looked for, when not by the first argument */
    bool of_folder;      /* the files were all those of a folder */
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
    size_t first_path; /* from 1, the argument whose configuration goes for the run; 0: that of the working folder */
    const char *const *options; /* the names of those it takes, in the order of its help; NULL at the end */
    const char *const *formats; /* NULL at the end, the first is the default; NULL for none */
    bool many_formats;          /* --format may be given several times, each with a FILE */
} pv_usage;

/* Nothing is given. */
pv_options pv_options_default(void);
/* Reads arguments[0..count), which stand after the command's name and may be reordered. Borrows them; lists are in
 * arena. */
bool pv_options_parse(pv_options *out, pv_arena *arena, const pv_usage *usage, char **arguments, int count,
                      pv_error *error) PV_MUST_CHECK;
/* Adds F or F=FILE, as --format takes it, in place of the default; value is borrowed, and cut at the "=". */
bool pv_options_add_format(pv_options *options, const pv_usage *usage, char *value, pv_error *error) PV_MUST_CHECK;
/* Adds the paths in the file that --files-from names to the arguments, in arena; nothing is done without it.
 * PV_ERROR_USAGE when it names none, or standard input twice. */
bool pv_options_take_list(pv_options *options, pv_arena *arena, pv_error *error) PV_MUST_CHECK;
/* What they ask of a project. */
pv_project_settings pv_options_project(const pv_options *options);
/* Whether the command takes the option called name. */
bool pv_options_has(const pv_usage *usage, const char *name);
/* The complete help of a command. */
void pv_options_help(pv_buf *out, const pv_usage *usage, unsigned width);
/* The style of a report on descriptor. */
pv_report_style pv_options_style(const pv_options *options, int descriptor);

#endif
