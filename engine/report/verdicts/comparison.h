/* Invariant: what changed between two days is told from the earlier to the later, whichever of them is judged; nothing
 * of an earlier submission is kept but sums. A changed verdict is written in one way, by a comparison and by an impact
 * (report/other/impact.h). */
#ifndef PV_REPORT_COMPARISON_H
#define PV_REPORT_COMPARISON_H

#include "report/verdicts/report.h"
#include "report/write/json.h"

/* ---- a changed verdict ---- */

/* What it was and is: "review: falls due on …", with the due day where the message does not name it, and the level
 * where that differs; "not judged". In arena; false when memory is refused. */
bool pv_change_words(pv_arena *arena, const pv_change *change, pv_str *was, pv_str *is);
/* These two on lines of their own; was NULL: it is the same. */
void pv_change_sides(pv_buf *out, const pv_report_style *style, const pv_str *was, pv_str is);
/* Members of an object: path, rule, subject, change, before, after. */
void pv_change_json_members(pv_json *json, const pv_report_comparison *comparison, const pv_change *change);
/* What it has its place in: the submission as it was read for the side that says where it stands. */
const pv_source *pv_change_source(const pv_report_comparison *comparison, const pv_change *change);

/* ---- a comparison ---- */

/* Sums over submissions that were compared. */
typedef struct pv_comparison_totals {
    pv_summary before; /* the earlier day */
    pv_summary after;
    size_t counts[PV_CHANGE_COUNT];
    size_t submissions;
} pv_comparison_totals;

void pv_comparison_totals_add(pv_comparison_totals *totals, const pv_report_comparison *comparison);
/* The two days of a run that compares, the earlier first. */
void pv_comparison_days(const pv_report_context *context, pv_str *earlier, pv_str *later);

/* The changes of one submission, grouped and in order of place, then the sums of both days side by side. With
 * style->verbose the findings that did not change too. */
void pv_comparison_terminal(pv_buf *out, const pv_report_style *style, const pv_report_context *context,
                            const pv_report_input *input, pv_arena *scratch);
/* The sums of all submissions, where there were several. */
void pv_comparison_terminal_end(pv_buf *out, const pv_report_style *style, const pv_report_context *context,
                                const pv_comparison_totals *totals);

/* The changes of one submission, each on a line of its own, into the array begun in json. */
void pv_comparison_json(pv_json *json, const pv_report_input *input);

#endif
