/* Invariant: every problem of a submission is reported by exactly one of these built-in rules, which run in every pack
 * and pass when there is nothing to report;
 * form.keys only where records have keys. */
#ifndef PV_RUN_STRUCTURE_H
#define PV_RUN_STRUCTURE_H

#include "model/verdict.h"

/* form.keys, form.names, form.parts, form.types: indexed by pv_problem_kind, and sorted by id. */
#define PV_STRUCTURE_RULE_COUNT PV_PROBLEM_KIND_COUNT
const pv_rule *pv_structure_rule(pv_problem_kind kind);
/* The first of them that a pack for form has: the others follow. */
pv_problem_kind pv_structure_first(const pv_form *form);

#endif
