/* Invariant: what a format writes depends on nothing but the submissions' parts, in their order, and the end. A part holds
 * all that the format needs of one submission and nothing of those before it, so that it can be made in another process:
 * one process or many, the report is the same, byte for byte. */
#ifndef PV_REPORT_FORMAT_H
#define PV_REPORT_FORMAT_H

#include "base/frame.h"
#include "report/report.h"

/* What a report is made for; borrowed, and outlives it. */
typedef struct pv_report_setup {
    pv_memory *memory;
    pv_report_style style;
    const pv_report_context *context;
    pv_buf *out;   /* what join and end write to; whoever owns it may empty it in between */
    bool part;     /* parts are made here, and joined in another process */
    size_t filled; /* bytes that stand already where the report goes */
} pv_report_setup;

/* One report of a run. Each format has its own, which begins with this. */
typedef struct pv_report {
    pv_report_setup setup;
    size_t size; /* of the format's own */
} pv_report;

typedef struct pv_format {
    bool wants_hash; /* of each input */
    bool as_it_goes; /* written submission by submission: someone may be watching */
    bool (*begin)(pv_report **out, const pv_report_setup *setup, pv_error *error);
    /* Adds a submission to the end of part; refused memory leaves that failed. */
    void (*submission)(pv_report *report, const pv_report_input *input, pv_buf *part);
    /* Takes parts, of any number of submissions, into the report. */
    bool (*join)(pv_report *report, pv_str parts, pv_error *error);
    /* faults: those that belong to no submission. */
    void (*end)(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count);
    void (*free)(pv_report *report); /* NULL is allowed */
} pv_format;

/* For formats: size zeroed bytes that begin with the report's setup, and their end (NULL is allowed). */
bool pv_report_new(pv_report **out, const pv_report_setup *setup, size_t size, pv_error *error) PV_MUST_CHECK;
void pv_report_free(pv_report *report);
/* For formats whose part is the piece of the report: appends it. */
bool pv_report_join_text(pv_report *report, pv_str parts, pv_error *error) PV_MUST_CHECK;

extern const pv_format pv_terminal_format;
extern const pv_format pv_json_format;
extern const pv_format pv_sarif_format;
extern const pv_format pv_junit_format;
extern const pv_format pv_tap_format;
extern const pv_format pv_github_format;
extern const pv_format pv_gitlab_format;
extern const pv_format pv_markdown_format;
/* The Markdown at the length that a step summary of GitHub may have. */
extern const pv_format pv_step_summary_format;

#endif
