/* Invariant: every problem of a submission is reported by exactly one of these built-in rules, which run in every pack
 * and pass when there is nothing to report. */
#ifndef PV_RUN_STRUCTURE_H
#define PV_RUN_STRUCTURE_H

#include "model/verdict.h"

/* form.names, form.parts, form.types: indexed by pv_problem_kind, and sorted by id. */
#define PV_STRUCTURE_RULE_COUNT 3
const pv_rule *pv_structure_rule(pv_problem_kind kind);

#endif
