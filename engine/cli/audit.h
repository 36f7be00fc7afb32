/* Invariant: a record names files relative to the folder that it stands in, so that it can be moved with them, and
 * says nothing of the machine. */
#ifndef PV_CLI_AUDIT_H
#define PV_CLI_AUDIT_H

#include "cli/options.h"
#include "report/check/record_report.h"

/* What a check that is recorded tells the record. It points at itself, and stays where it is. */
typedef struct pv_audit {
    pv_audit_facts facts;
    pv_arena *arena;
    size_t limit;  /* bytes of a file that is hashed */
    pv_str base;   /* the folder that the record stands in, all links followed */
    pv_str unread; /* the name of standard input, which cannot be read a second time */
} pv_audit;

/* The run. All borrowed. */
typedef struct pv_audit_setting {
    const pv_options *options; /* --record among them */
    pv_project *project;       /* the profiles of the files are there */
    const pv_profile *nearest; /* the run's */
    pv_str from;               /* the path that it is nearest to */
    bool of_folder;            /* the files are all those of a folder */
    pv_str waivers;            /* a file; empty: none */
    pv_str baseline;           /* the same */
    const pv_file_list *files;
} pv_audit_setting;

/* Texts in arena. PV_ERROR_USAGE when the record would replace something else that the run reads or writes. */
bool pv_audit_init(pv_audit *audit, pv_arena *arena, const pv_audit_setting *setting, pv_error *error) PV_MUST_CHECK;
/* What the file at path is called from folder, an absolute path without links, in arena; from a folder that is gone,
 * its name alone. .data is NULL when memory is refused. */
pv_str pv_audit_name(pv_arena *arena, pv_str folder, pv_str path);
/* The file at path turned out to be no submission. */
void pv_audit_skip(const pv_audit_facts *facts, pv_str path);

#endif
