/* Invariant: a report only reads verdicts, in the order given, and writes to a buffer; the same verdicts give the
 * same bytes. begin, then one submission after another, then end: nothing of an earlier submission is kept but sums. */
#ifndef PV_REPORT_REPORT_H
#define PV_REPORT_REPORT_H

#include "run/baseline.h"
#include "run/changes.h"
#include "run/waivers.h"

/* One submission judged by two days. One of the two is what the report is told of all the same. */
typedef struct pv_report_comparison {
    const pv_changes *found;
    const struct pv_report_input *before; /* as of the earlier day */
    const struct pv_report_input *after;
} pv_report_comparison;

/* What became of the baseline in a run. */
typedef struct pv_report_baseline {
    pv_str path;
    const pv_verdict_entry *const *fixed; /* in its order */
    size_t fixed_count;
    const pv_str *notes; /* sentences: what was different when it was made */
    size_t note_count;
} pv_report_baseline;

/* What a report is told of one submission, or of findings that belong to none: those of a file beside the submissions, or
 * of all of them together. All borrowed for the call. */
typedef struct pv_report_input {
    const pv_submission *submission;        /* NULL: findings of no submission */
    const pv_source *source;                /* what places lie in; of a submission, its own */
    const pv_pack *pack;                    /* NULL: built-in rules only, and findings of no submission */
    const pv_results *results;              /* never NULL */
    const char *sha256;                     /* of the source bytes; of a submission only */
    const pv_report_comparison *comparison; /* NULL: one day alone */
    /* At most once in a run, with no submission and no verdict; NULL: it is about something else. */
    const pv_report_baseline *baseline;
    pv_str title; /* what heads the findings of no submission: "Waivers (waivers.yaml)" */
} pv_report_input;

/* Counts what input tells: its verdicts and faults, and the submission when it is one. */
void pv_report_count(pv_summary *summary, const pv_report_input *input);

typedef struct pv_report_style {
    bool color;
    unsigned width; /* columns; at least 40 */
    bool quiet;     /* findings of level error only, one line each, and the closing line */
    bool verbose;   /* passed and not-applicable verdicts too, with their working */
} pv_report_style;

typedef struct pv_report_context {
    pv_str version;                         /* of proviso, "0.1.0" */
    pv_mode mode;                           /* of the run; how a submission was judged, its results tell */
    pv_level fail_on;                       /* likewise */
    pv_str as_of;                           /* empty: none given */
    pv_str compare;                         /* the day that as_of is compared with; empty: none */
    pv_str rule_pattern;                    /* empty: all rules were run */
    pv_str baseline;                        /* its file; empty: none */
    const struct pv_statistics *statistics; /* complete at the end; NULL: not asked for */
    const struct pv_audit_facts *audit;     /* NULL: no record of the run is made */
} pv_report_context;

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

/* What was read (report/show_json.c, show_terminal.c). */
void pv_show_json(pv_buf *out, const pv_submission *submission);
void pv_show_terminal(pv_buf *out, const pv_report_style *style, const pv_submission *submission);

#endif
