/* Invariant: every report gets the same submissions in the same order. Nothing is written before there is something
 * to say, so that a run that fails at once leaves no half of a report. */
#ifndef PV_CLI_OUTPUTS_H
#define PV_CLI_OUTPUTS_H

#include "cli/options.h"
#include "report/check/format.h"

typedef struct pv_output {
    const pv_format *format;
    pv_report *report;
    const char *file; /* NULL: standard output */
    bool append;      /* to what stands in the file already */
    pv_buf *into;     /* in place of a file; or NULL */
    int descriptor;   /* -1: not open yet */
    pv_buf pending;   /* made, not written yet */
    pv_buf shipped;   /* in a worker: entries for the process that writes */
} pv_output;

typedef struct pv_outputs {
    pv_output list[PV_MAX_FORMATS + 2]; /* those asked for; a step summary where there is a file for one; a record */
    size_t count;
    pv_report_context context;
    bool in_worker; /* entries are shipped to another process, nothing is written here */
} pv_outputs;

/* The reports that options ask for. Contents are yours: pv_outputs_clear; they point at themselves, and stay where they
 * are. */
bool pv_outputs_init(pv_outputs *outputs, pv_memory *memory, const pv_options *options,
                     const pv_report_context *context, pv_error *error) PV_MUST_CHECK;
/* The same reports in a worker process: their parts are taken, and joined in the process that writes. */
bool pv_outputs_init_part(pv_outputs *outputs, pv_memory *memory, const pv_options *options,
                          const pv_report_context *context, pv_error *error) PV_MUST_CHECK;
void pv_outputs_clear(pv_outputs *outputs);
/* Whether one of them wants the hash of each input. */
bool pv_outputs_need_hash(const pv_outputs *outputs);
/* Of a submission, or of findings that belong to none (which are told after them all, and never in a worker). */
bool pv_outputs_submission(pv_outputs *outputs, const pv_report_input *input, pv_error *error) PV_MUST_CHECK;
/* Moves what was shipped since the last time to the end of frame. */
void pv_outputs_ship(pv_outputs *outputs, pv_buf *frame);
/* Joins what another process shipped, off the front of frame. */
bool pv_outputs_join(pv_outputs *outputs, pv_str *frame, pv_error *error) PV_MUST_CHECK;
/* Closes every report. faults belong to no submission. */
bool pv_outputs_end(pv_outputs *outputs, const pv_summary *summary, const pv_fault *faults, size_t fault_count,
                    pv_error *error) PV_MUST_CHECK;

#endif
