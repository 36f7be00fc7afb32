/* Invariant: every finding is shown once, in the order given, at its exact words, with what to do. */
#ifndef PV_REPORT_LINT_REPORT_H
#define PV_REPORT_LINT_REPORT_H

#include "report/other/remarks.h"
#include "report/verdicts/report.h"
#include "report/write/json.h"
#include "run/lint.h"

/* What was found in several packs. */
typedef struct pv_lint_tally {
    size_t packs;
    size_t rules;
    size_t findings[PV_LEVEL_ERROR + 1]; /* by level */
    size_t settled;                      /* not among them */
    size_t conditions;                   /* that the forms declare ... */
    size_t judged_by_rules; /* ... and those of them that rules of the packs judge; the others the engine */
} pv_lint_tally;

void pv_lint_tally_add(pv_lint_tally *tally, const pv_lint *lint);
/* How many findings are at or above the level. */
size_t pv_lint_tally_at_or_above(const pv_lint_tally *tally, pv_level level);

/* One pack's findings; refused memory leaves out failed. style->quiet: errors only, one line each;
 * style->verbose: what is settled too, and of each how it is settled. */
void pv_lint_terminal(pv_buf *out, const pv_report_style *style, const pv_lint *lint);
/* whole: everything could be looked at. */
void pv_lint_terminal_end(pv_buf *out, const pv_report_style *style, const pv_lint_tally *tally, pv_level fail_on,
                          bool whole);

/* The report as JSON: begin, one pack after another, end. version: of proviso. */
void pv_lint_json_begin(pv_json *json, pv_str version);
void pv_lint_json_pack(pv_json *json, const pv_lint *lint);
/* lints: of all packs, whose settled remarks are a list of their own. */
void pv_lint_json_end(pv_json *json, const pv_lint_tally *tally, const pv_lint *const *lints, size_t lint_count,
                      const pv_fault *faults, size_t fault_count);

/* The same findings as remarks, in the arena of the lint; false when memory is refused. */
bool pv_lint_add_remarks(pv_remarks *remarks, const pv_lint *lint) PV_MUST_CHECK;

#endif
