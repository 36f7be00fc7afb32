/* Invariant: a report only reads verdicts, in the order given, and writes to a buffer; the same verdicts give the
 * same bytes. begin, then one submission after another, then end: nothing of an earlier submission is kept but sums. */
#ifndef PV_REPORT_REPORT_H
#define PV_REPORT_REPORT_H

#include "report/write/layout.h"
#include "run/baseline.h"
#include "run/changes.h"
#include "run/waivers.h"

/* One submission judged by two days. One of the two is what the report is given all the same. */
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

/* What a report is given of one submission, or of findings that belong to none: those of waivers and baseline, or
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

/* Counts what input holds: its verdicts and faults, and the submission when it is one. */
void pv_report_count(pv_summary *summary, const pv_report_input *input);

/* What was found in a folder, and not checked. */
typedef struct pv_skipped {
    pv_str path;
    pv_str why; /* as "it …" goes on from the path: "it names no form" */
} pv_skipped;

typedef struct pv_skipped_list {
    pv_skipped *items; /* in byte order of the paths, once the run is at its end */
    size_t count;
    size_t capacity;
} pv_skipped_list;

typedef struct pv_report_context {
    pv_str version;                         /* of proviso, "0.1.0" */
    pv_mode mode;                           /* of the run; how a submission was judged, its results tell */
    pv_level fail_on;                       /* likewise */
    pv_str as_of;                           /* empty: none given */
    pv_str compare;                         /* the day that as_of is compared with; empty: none */
    pv_str rule_pattern;                    /* empty: all rules were run */
    pv_str baseline;                        /* its file; empty: none */
    const struct pv_statistics *statistics; /* complete at the end; NULL: not asked for */
    const pv_skipped_list *skipped;         /* likewise; NULL: nobody keeps one */
    const struct pv_audit_facts *audit;     /* NULL: no record of the run is made */
} pv_report_context;

#endif
