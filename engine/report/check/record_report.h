/* Invariant: a record is the JSON report of a run inside what surrounded it. It depends on what was judged, by what and
 * how, and on nothing else: not on a clock, on the machine, on the number of processes, or on where the files lie (all
 * are named relative to the record). */
#ifndef PV_REPORT_RECORD_REPORT_H
#define PV_REPORT_RECORD_REPORT_H

#include "report/check/format.h"

/* A file that was to be checked. */
typedef struct pv_audit_input {
    pv_str path; /* as reports name it */
    bool skipped;
} pv_audit_input;

/* What only the one who runs the check knows. */
typedef struct pv_audit_facts {
    pv_str surroundings;    /* members of the record, as JSON: engine, options, configuration */
    pv_str baseline;        /* its file, as the record names it; empty: none */
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
