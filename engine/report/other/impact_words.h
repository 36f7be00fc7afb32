/* Invariant: what an impact report says in words is the same for a terminal and in Markdown. */
#ifndef PV_REPORT_IMPACT_WORDS_H
#define PV_REPORT_IMPACT_WORDS_H

#include "report/other/impact.h"
#include "report/write/layout.h"

/* Changes of one rule that are shown, unless everything is asked for. */
#define PV_IMPACT_MOST_SHOWN ((size_t)10)

typedef struct pv_impact_wording {
    const char *text; /* "newly failing" */
    pv_ink ink;
} pv_impact_wording;

const pv_impact_wording *pv_impact_wording_of(pv_change_kind kind);
const char *pv_impact_name(pv_impact_kind kind); /* "new" */
/* How many changes a row counts. */
size_t pv_impact_changes_of(const pv_impact_row *row);
/* "2 new, 1 gone". */
void pv_impact_write_counts(pv_buf *out, const size_t counts[PV_IMPACT_COUNT]);
/* "From demo 1.0.0 to demo 1.1.0, submission mode, as of 2024-09-30". */
void pv_impact_write_run(pv_buf *out, const pv_impact *impact);
/* The id of the rule that a change is about, and what stands after it. */
pv_str pv_impact_rule_of(const pv_rule_change *change);
void pv_impact_write_rule_change(pv_buf *out, const pv_rule_change *change);
/* "measure 1.1.6", "loan", "the submission". */
void pv_impact_write_subject(pv_buf *out, const pv_impact_row *row);
/* What the rows of subjects are headed by. */
const char *pv_impact_subject_heading(const pv_impact *impact);

#endif
