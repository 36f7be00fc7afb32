/* Invariant: of all ways to read a clause in a passage, the one that keeps most of its words; what is taken out and put in is told in
 * the passage's order, each run once. Words filled in where the clause leaves room are neither. */
#ifndef PV_TEXT_CLAUSE_DIFF_H
#define PV_TEXT_CLAUSE_DIFF_H

#include "text/clauses.h"

/* Fills out as changed when at least half of the clause's words stand in order in the passage; else leaves it as it is. Time and
 * memory are in proportion to the words of the one times those of the other. */
bool pv_clause_diff(pv_arena *arena, const pv_clause *clause, const pv_token *passage, size_t count,
                    pv_clause_result *out, pv_error *error) PV_MUST_CHECK;

#endif
