/* Invariant: what the files of this room share about lint only adds findings. */
#ifndef PV_RUN_LINT_P_H
#define PV_RUN_LINT_P_H

#include "run/lint.h"

/* lint_form.c: names in the form's tables that may mean either of two rows. Fails only for memory. */
bool pv_lint_aliases(pv_lint *lint, pv_error *error) PV_MUST_CHECK;
/* lint_form.c: measures that are mandatory for each row of what may have none. */
bool pv_lint_repeats(pv_lint *lint, pv_error *error) PV_MUST_CHECK;
/* lint_form.c: a form that may be filed as a table and asks for what a table has no place for. Fails only for
 * memory. */
bool pv_lint_csv(pv_lint *lint, pv_error *error) PV_MUST_CHECK;
/* lint_form.c: takes what pack.yaml settles out of the sorted findings, and adds what is wrong with that. Fails only
 * for memory. */
bool pv_lint_settle(pv_lint *lint, pv_error *error) PV_MUST_CHECK;

#endif
