/* Invariant: a title is taken for a statement unless a plain sign speaks against it: better to miss a bad title than to
 * blame a good one. */
#ifndef PV_RUN_LINT_TITLE_H
#define PV_RUN_LINT_TITLE_H

#include "base/str.h"

/* What shows that title is not the positive statement of a requirement, as the end of a sentence that begins "the title …";
 * NULL when nothing does.
 * The signs: it starts with a small letter; it ends with a full stop, an exclamation or a question mark; it starts with an order
 * ("State the …"); it has no word that can be a verb. */
const char *pv_lint_title_fault(pv_str title);

#endif
