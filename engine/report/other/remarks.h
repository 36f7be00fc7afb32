/* Invariant: what lint and test say about the files of packs is said to GitHub Actions and in SARIF the same way: every
 * remark once, with its level and place, and every fault, because of which something is not known. What the pack has
 * settled is no annotation, and suppressed in SARIF. */
#ifndef PV_REPORT_REMARKS_H
#define PV_REPORT_REMARKS_H

#include "base/array.h"
#include "report/write/json.h"
#include "run/runner.h"

/* What kind of remark it is. */
typedef struct pv_remark_kind {
    pv_str id; /* "number.in-rule" */
    pv_level level;
    pv_str says;   /* one sentence, without a full stop: what it is that it says; empty: its id says it */
    pv_str remedy; /* what to do, a sentence with its full stop */
} pv_remark_kind;

typedef struct pv_remark {
    const pv_remark_kind *kind;
    pv_str title; /* what it is about: a rule's id, a case's file; or empty */
    pv_str path;
    pv_position start, end; /* a line of 0: the file as a whole */
    pv_str message;         /* one line or several */
    pv_str settled;         /* why it is to stand, as the pack says; empty: it asks for something still */
} pv_remark;

typedef struct pv_remarks {
    PV_ARRAY(pv_remark) all;
    const pv_fault *faults;
    size_t fault_count;
    pv_str version; /* of proviso */
    int exit_code;
} pv_remarks;

/* Annotations of GitHub Actions: faults, then what weighs most; GitHub shows ten of a level, and how many more there
 * are is said. */
void pv_remarks_github(pv_buf *out, const pv_remarks *remarks);
/* SARIF 2.1.0: a rule for each kind that is met. */
void pv_remarks_sarif(pv_buf *out, const pv_remarks *remarks);

#endif
