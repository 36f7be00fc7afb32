/* Invariant: a fault of a rule is reported once in a run, at the rule, with the subjects that it left unchecked: never
 * as something that is wrong with a submission. Two that differ only in words, or in where a budget ran out, are one.
 * What is gathered goes through entries, so that one process or many come to the same. */
#ifndef PV_REPORT_GATHERED_FAULTS_P_H
#define PV_REPORT_GATHERED_FAULTS_P_H

#include "report/check/format.h"

/* Two sections, one after the other, that a format has among its own. */
#define PV_FAULT_SECTIONS(first)                                                                                       \
    [first] = {.name = "faults of rules", .joining = PV_JOIN_EQUALS},                                                  \
    [(first) + 1] = {.name = "what they left open", .joining = PV_JOIN_AT_END}
#define PV_FAULT_SECTION_COUNT 2

typedef struct pv_gathered_fault {
    pv_fault fault;
    size_t open; /* subjects left unchecked; 0: it belongs to no rule that was run */
    pv_str left; /* "not checked because of it: a.yaml: 1.1.1, 1.1.2 and 35 more"; empty where open is 0 */
} pv_gathered_fault;

/* For a submission: adds the faults of its results to the sections from first on. */
void pv_faults_gather(pv_report *report, size_t first, const pv_report_input *input);
/* For admit, which is to call it for every entry of the second section: always true. */
bool pv_faults_admit(pv_report *report, size_t first, uint64_t number, pv_buf *out);
/* At the end: the faults of rules in the order in which they were met, then those of no submission. In the arena of the
 * report; NULL, with report->failed, when memory is refused. */
const pv_gathered_fault *pv_faults_gathered(pv_report *report, size_t first, const pv_fault *faults, size_t fault_count,
                                            size_t *count);

/* The message, and on a line below what was left open. Appended to out. */
void pv_fault_sentence(pv_buf *out, const pv_gathered_fault *gathered);

#endif
