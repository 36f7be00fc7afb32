/* Invariant: a record is the JSON report of a run inside what surrounded it. It depends on what was judged, by what and
 * how, and on nothing else: not on a clock, on the machine, on the number of processes, or on where the files lie (all
 * are named relative to the record). */
#ifndef PV_REPORT_RECORD_REPORT_H
#define PV_REPORT_RECORD_REPORT_H

#include "report/check/format.h"

typedef struct pv_audit_library {
    const char *name;
    const char *version;
} pv_audit_library;

/* A file that the run depends on besides its submissions. */
typedef struct pv_audit_file {
    pv_str path;     /* as the record names it; empty: there is none */
    char sha256[65]; /* empty: it could not be read */
} pv_audit_file;

/* A file that was to be checked. */
typedef struct pv_audit_input {
    pv_str path; /* as reports name it */
    bool skipped;
} pv_audit_input;

/* What only the one who runs the check knows. */
typedef struct pv_audit_facts {
    const pv_audit_library *libraries; /* that the program was built with */
    size_t library_count;
    /* What stood on the command line. */
    pv_str pack; /* empty: not there */
    bool has_mode;
    bool has_fail_on;
    pv_str given_waivers;  /* as the record names it; empty: not there */
    pv_str given_baseline; /* the same */
    pv_str standard_input; /* the file that it stood for, the same */
    pv_str from;           /* the folder that the run's configuration was looked for from, as the record names it */
    bool of_folder;        /* a folder was named, all of whose files are inputs */
    /* What else the run depended on. */
    pv_audit_file configuration;
    pv_audit_file lock;
    const pv_audit_file *others; /* the configurations of some of the inputs only, and their lock files */
    size_t other_count;
    pv_audit_file waivers;
    pv_audit_file baseline;
    pv_audit_input *inputs; /* in the order of the report */
    size_t input_count;
    /* How the record calls the file at path, in arena; .data is NULL when memory is refused. */
    pv_str (*name)(void *payload, pv_arena *arena, pv_str path);
    /* Of the bytes of a file that became no submission; empty when it cannot be read. */
    void (*hash)(void *payload, pv_str path, char out[65]);
    void *payload;
} pv_audit_facts;

/* Needs context->audit. */
extern const pv_format pv_record_format;

#endif
