/* Invariant: what a format writes depends on nothing but the submissions' parts, in their order, and the end. A part holds
 * all that the format needs of one submission and nothing of those before it, so that it can be made in another process:
 * one process or many, the report is the same, byte for byte. */
#ifndef PV_REPORT_FORMAT_H
#define PV_REPORT_FORMAT_H

#include "base/frame.h"
#include "report/verdicts/report.h"

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
    bool wants_hash;     /* of each input */
    bool tells_baseline; /* what became of it, which is no verdict */
    bool as_it_goes;     /* written submission by submission: someone may be watching */
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

/* Terminal (report/terminal.c, findings.c, table.c). faults: those that belong to no submission. */
void pv_terminal_submission(pv_buf *out, const pv_report_style *style, const pv_report_context *context,
                            const pv_report_input *input);
void pv_terminal_end(pv_buf *out, const pv_report_style *style, const pv_report_context *context,
                     const pv_summary *summary, const pv_fault *faults, size_t fault_count);

/* JSON, schema version 1 (report/check_json.c): streamed, so that memory stays flat. */
typedef struct pv_check_json pv_check_json;
bool pv_check_json_begin(pv_check_json **out, pv_memory *memory, pv_buf *buf, const pv_report_context *context,
                         pv_error *error) PV_MUST_CHECK;
void pv_check_json_submission(pv_check_json *report, const pv_report_input *input);
/* faults: those that belong to no submission. */
void pv_check_json_end(pv_check_json *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count);
void pv_check_json_free(pv_check_json *report);

/* A part of such a report, made where the rest is not known (in a worker process): rows on lines of their own. A
 * report that gets its parts in order is the same, byte for byte, as one that got the submissions. */
typedef struct pv_check_json_part {
    pv_str verdicts;
    pv_str inputs;
    pv_str faults;
    pv_str packs;
} pv_check_json_part;

/* A report of which only parts are taken; it has no end. */
bool pv_check_json_begin_part(pv_check_json **out, pv_memory *memory, pv_error *error) PV_MUST_CHECK;
/* What the submissions since the last _forget_part gave; borrowed from report and packs. False when memory was
 * refused. */
bool pv_check_json_take_part(pv_check_json *report, pv_buf *packs, pv_check_json_part *out) PV_MUST_CHECK;
void pv_check_json_forget_part(pv_check_json *report);
void pv_check_json_add_part(pv_check_json *report, const pv_check_json_part *part);

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
