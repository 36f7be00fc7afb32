/* Invariant: a record names files relative to the folder that it stands in, so that it can be moved with them, and says nothing of
 * the machine. */
#ifndef PV_CLI_AUDIT_H
#define PV_CLI_AUDIT_H

#include "cli/config.h"
#include "cli/files.h"
#include "cli/options.h"
#include "report/audit.h"

/* What a check that is recorded tells the record. It points at itself, and stays where it is. */
typedef struct pv_audit {
    pv_audit_facts facts;
    pv_arena *arena;
    size_t limit; /* bytes of a file that is hashed */
    pv_str base;  /* the folder that the record stands in, all links followed */
} pv_audit;

/* For a run with these options (--record among them), configuration and files, which are borrowed; texts in arena. PV_ERROR_USAGE
 * when the record would take the place of something else that the run reads or writes. */
bool pv_audit_init(pv_audit *audit, pv_arena *arena, const pv_options *options, const pv_config *config,
                   const pv_file_list *files, pv_error *error) PV_MUST_CHECK;
/* The file at path turned out to be no submission. */
void pv_audit_skip(const pv_audit_facts *facts, pv_str path);

#endif
