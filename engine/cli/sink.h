/* Invariant: what a run reports is reported once: each fault on standard error when it is first met, each submission in
 * every report, in the same order, the sums at the end. A report's file is written anew and whole, or it is not there:
 * a run that ends before its reports are complete leaves neither half of one nor the file of an earlier run. */
#ifndef PV_CLI_SINK_H
#define PV_CLI_SINK_H

#include "cli/options.h"
#include "project/checker.h"
#include "report/check/format.h"
#include "report/verdicts/statistics.h"

/* ---- the reports of a run, and where they go ---- */

typedef struct pv_output {
    const pv_format *format;
    pv_report *report;
    const char *file; /* NULL: standard output */
    bool append;      /* to what stands in the file already */
    bool complete;    /* all of the report is in its file */
    pv_buf *into;     /* in place of a file; or NULL */
    int descriptor;   /* -1: not open yet */
    pv_buf pending;   /* made, not written yet */
} pv_output;

typedef struct pv_outputs {
    pv_output list[PV_MAX_FORMATS + 2]; /* those asked for; a step summary where there is a file for one; a record */
    size_t count;
    pv_report_context context;
    bool in_worker; /* entries are shipped to another process, nothing is written here */
    pv_buf shipped; /* they: for each submission those of each report, in order; whoever ships them gives the room */
} pv_outputs;

/* The reports that options ask for, in a worker process, which ends without clearing them. They point at themselves,
 * and stay where they are. */
bool pv_outputs_init_in_worker(pv_outputs *outputs, pv_memory *memory, const pv_options *options,
                               const pv_report_context *context, pv_error *error) PV_MUST_CHECK;
/* Whether one of them wants the hash of each input. */
bool pv_outputs_need_hash(const pv_outputs *outputs);
/* Of a submission, or of findings that belong to none (which are reported after them all, and never in a worker). */
bool pv_outputs_submission(pv_outputs *outputs, const pv_report_input *input, pv_error *error) PV_MUST_CHECK;
/* Joins what another process shipped. */
bool pv_outputs_join(pv_outputs *outputs, pv_str shipped, pv_error *error) PV_MUST_CHECK;

/* Of a run that ends before it has reports: takes away the files that its reports, and its record, would have been
 * written to, but for those that are spared, as the run may have been meant to read them. */
void pv_outputs_discard(const pv_options *options, bool (*spares)(void *payload, pv_str file), void *payload);

/* ---- the sink ---- */

typedef struct pv_sink {
    pv_arena *arena;
    bool quiet;  /* not a word about what is skipped */
    bool silent; /* nor about faults */
    pv_outputs outputs;
    pv_summary summary;
    pv_statistics statistics; /* of rules, when they are asked for */
    pv_skipped_list skipped;
    pv_meter *meter; /* NULL: nobody asks what reporting costs */
    pv_str own[2];   /* waivers and baseline of the run: it is no news that they are no submissions; empty: none */
    pv_fault_log reported; /* all faults met */
    pv_fault_log
        unattached; /* those of no submission: they stand at the end of the reports, and count for themselves */
} pv_sink;

/* Contents are yours: pv_sink_clear. */
bool pv_sink_init(pv_sink *sink, pv_memory *memory, const pv_options *options, const pv_report_context *context,
                  pv_error *error) PV_MUST_CHECK;
void pv_sink_clear(pv_sink *sink);
/* What a checker reports to. */
pv_listener pv_sink_listener(pv_sink *sink);

bool pv_sink_skipped(pv_sink *sink, pv_str path, pv_str why, pv_error *error) PV_MUST_CHECK;
bool pv_sink_fault(pv_sink *sink, const pv_fault *fault, bool of_submission, pv_error *error) PV_MUST_CHECK;
bool pv_sink_submission(pv_sink *sink, const pv_report_input *input, pv_error *error) PV_MUST_CHECK;
/* Ends each report, also after one that could not be written: then false, with the first error. *code is what the
 * process answers with. */
bool pv_sink_end(pv_sink *sink, int *code, pv_error *error) PV_MUST_CHECK;

#endif
