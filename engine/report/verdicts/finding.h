/* Invariant: what reports say of one verdict in running text (its subject, its sentence, its file) is the same in all
 * of them. Nothing here escapes: that is for the format. */
#ifndef PV_REPORT_FINDING_H
#define PV_REPORT_FINDING_H

#include "report/verdicts/report.h"

/* Whether naming its subject says something: what is about all of a submission, or about all submissions, is named by
 * its file. */
bool pv_finding_has_name(const pv_verdict *verdict);
/* What it says: the message, or where there is none the rule's title. */
pv_str pv_finding_message(const pv_verdict *verdict);
/* What it asks for, of a failure or a review: "error", "warning", "note", "for review". */
const char *pv_finding_standing(const pv_verdict *verdict);
/* "1.1.6.1: 103 words, 3 more than …": the message, or where there is none the rule's title, after the name of its
 * subject where that has one. Appended to out. */
void pv_finding_sentence(pv_buf *out, const pv_verdict *verdict, pv_arena *scratch);
/* ". To do: Take out 3 words.", to follow that sentence where a report has the remedies of rules elsewhere: what is to
 * be done about this finding instead; nothing where its rule's remedy stands. Appended to out. */
void pv_finding_own_remedy(pv_buf *out, const pv_verdict *verdict);
/* The file that a verdict's place lies in, as a user would name it; empty where it is in none, as of the collection. */
pv_str pv_finding_path(const pv_report_input *input, const pv_verdict *verdict);
/* Where its words begin and end (one past the last); 1:1 where it has no place. */
pv_position pv_finding_start(const pv_report_input *input, const pv_verdict *verdict);
pv_position pv_finding_end(const pv_report_input *input, const pv_verdict *verdict);

/* Whether its file is one of lines (pv_source_has_lines), or it has no place: else start and end say nothing to whoever
 * opens the file. */
bool pv_finding_has_lines(const pv_report_input *input, const pv_verdict *verdict);
/* " (page 2, paragraph 7)", to follow its sentence in a format whose places are lines, of a file that has none; else
 * nothing. Appended to out. */
void pv_finding_where(pv_buf *out, const pv_report_input *input, const pv_verdict *verdict);

/* "waived by Ana Ruiz until 2024-12-31 (W-1): the county has agreed". Appended to out. */
void pv_waiver_sentence(pv_buf *out, const pv_waiver *waiver);

/* Why a verdict was not reached: the fault of its rule. */
pv_fault pv_finding_fault(const pv_verdict *verdict);
/* Whether two verdicts were not reached because of one fault: at one place of one rule; where a budget ran out is no
 * place of the rule's. */
bool pv_findings_share_fault(const pv_verdict *a, const pv_verdict *b);
/* Fuel, memory and time run out wherever the rule happens to be. */
bool pv_fault_is_of_budget(pv_fault_kind kind);
/* The open findings in the order in which people read them, in scratch: what could not be checked, by rule and fault;
 * then by level, failures before reviews, by rule; within a rule in the order given. NULL when memory is refused. */
const pv_verdict **pv_findings_sorted(const pv_results *results, pv_arena *scratch, size_t *count);

/* For each of keys its number among the equal ones, from 1, in the order given; in scratch, NULL when memory is
 * refused. */
const size_t *pv_finding_ordinals(const uint64_t *keys, size_t count, pv_arena *scratch);

/* "2 files passed over: a.yaml (it names no form), b.yaml (…) and 3 more": at most so many by name. put appends a text
 * as the format must have it; NULL: as it is. Where nothing was passed over, nothing. */
void pv_skipped_sentence(pv_buf *out, const pv_report_context *context, size_t most,
                         void (*put)(pv_buf *out, pv_str text));

#endif
