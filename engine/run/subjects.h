/* Invariant: what a rule judges in a submission is everything of its kind that the form has, given or not, in the form's order;
 * of records, the rows that are given, in theirs. */
#ifndef PV_RUN_SUBJECTS_H
#define PV_RUN_SUBJECTS_H

#include "model/verdict.h"

/* How many subjects a rule has in submission; none when it is about a collection. */
size_t pv_subjects_count(const pv_submission *submission, const pv_rule *rule);
/* The index-th of them. */
pv_subject pv_subjects_at(const pv_submission *submission, const pv_rule *rule, size_t index);

#endif
