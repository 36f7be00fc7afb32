/* Invariant: the reports of several processes are the same, byte for byte, as those of one: each worker takes a slice
 * of the files whenever it is done with one, and their reports are joined in order. A worker that dies costs the one
 * file that it died of, a fault; another goes on in its place. */
#ifndef PV_CLI_JOBS_H
#define PV_CLI_JOBS_H

#include "cli/sink.h"
#include "project/checker.h"
#include "project/collections.h"

typedef struct pv_jobs {
    unsigned count; /* processes */
    pv_library *library;
    pv_project *project;
    const pv_options *options;
    pv_acceptance *acceptance;   /* NULL: none */
    pv_collections *collections; /* what is about all submissions */
} pv_jobs;

/* How many of the processes asked for get something to do. */
unsigned pv_jobs_worth_starting(unsigned asked, size_t file_count);
/* Checks files in worker processes and reports to sink what they found. */
bool pv_jobs_check(const pv_jobs *jobs, const pv_file *files, size_t file_count, pv_sink *sink,
                   pv_error *error) PV_MUST_CHECK;

#endif
