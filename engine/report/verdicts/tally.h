/* Invariant: every report gives the same sums, and for the same sums the same answer in the same words. Points are
 * counted as the form counts them: a group's once, however many of its measures have findings; those of a measure that
 * does not apply, not at all. A tally keeps nothing of
 * the results but counts and pointers into the submission. */
#ifndef PV_REPORT_TALLY_H
#define PV_REPORT_TALLY_H

#include "report/verdicts/report.h"
#include "report/write/json.h"
#include "run/runner.h"

/* ---- one submission ---- */

typedef enum pv_standing {
    PV_STANDING_PASSES,
    PV_STANDING_NOT_REPORTED,   /* optional and left blank */
    PV_STANDING_DOES_NOT_APPLY, /* and is not answered */
    PV_STANDING_NOT_AS_ASKED,   /* beyond a limit of the form, or with a prompt left blank, and no finding says so */
    PV_STANDING_NOT_ANSWERED,   /* mandatory and left blank, and no finding of a warning or error says so */
    PV_STANDING_WAIVED,
    PV_STANDING_KNOWN, /* in the baseline */
    PV_STANDING_NOTE,
    PV_STANDING_WARNING,
    PV_STANDING_ERROR,
    PV_STANDING_NOT_CHECKED,
} pv_standing;

/* The response of a measure that is nearest to a limit of its item, or furthest beyond one. */
typedef struct pv_tightest {
    const pv_response *response; /* NULL: there are no limits, or nothing is given */
    bool in_characters;          /* the limit is one of characters, not of words */
    uint64_t part;               /* how much of the limit it uses, as a fraction, above 1 beyond it: */
    uint64_t whole;              /* of a word limit words / limit, of a minimum minimum / words */
} pv_tightest;

/* Of a measure that is given for each row, of all its rows. */
typedef struct pv_measure_tally {
    const pv_measure *measure;
    bool exempt;          /* nothing is asked of it: it does not apply, and is not answered */
    pv_standing standing; /* the worst of its verdicts; never that it passes where a condition of the form is broken */
    size_t findings;      /* fail, review and not-checked, at any level, accepted ones too */
    bool at_stake;        /* one of them is at or above the fail level */
    pv_tightest tightest;
} pv_measure_tally;

typedef struct pv_tally {
    pv_measure_tally *measures; /* one per measure of the form, in its order */
    size_t measure_count;
    pv_summary summary;     /* of this submission alone */
    size_t blocking;        /* findings at or above the fail level */
    size_t blocking_filing; /* of those, the ones that belong to no measure: they concern the filing as a whole */
    size_t measures_at_stake;
    size_t answered;   /* responses that say something */
    size_t exempt;     /* responses to what does not apply, that say nothing */
    bool has_points;   /* the form gives points for at least one measure */
    bool points_known; /* false when a sum left the exact range */
    pv_decimal points; /* of all measures that apply, or are answered all the same */
    pv_decimal points_at_stake;
} pv_tally;

/* The tally of the results of one submission, never of none, in arena; false when memory is refused. */
bool pv_tally_count(pv_tally *out, pv_arena *arena, const pv_report_input *input, pv_level fail_on) PV_MUST_CHECK;
/* "passes", "error", … */
const char *pv_standing_name(pv_standing standing);
/* True for a finding that decides the exit code: an open one, fail or review, at or above the level. */
bool pv_tally_blocks(const pv_verdict *verdict, pv_level fail_on);

/* ---- a run ---- */

/* Can it go out? The one thing a filer wants to know first. */
typedef enum pv_answer {
    PV_ANSWER_READY,
    PV_ANSWER_NOT_READY,
    PV_ANSWER_NOT_DECIDED,
    PV_ANSWER_DRAFT,
    PV_ANSWER_PARTLY,
} pv_answer;

/* Only a run of all rules at full strength can say that something is ready. */
pv_answer pv_answer_of(const pv_report_context *context, const pv_summary *summary);
/* "READY", "NOT READY", … */
const char *pv_answer_name(pv_answer answer);
/* "2 errors, 3 warnings (1 for review), 1 waived, 12 in the baseline". Errors are named even when there are none. */
void pv_answer_counts(pv_buf *out, const pv_summary *summary);

/* The key with one object, on a line of its own. with_baseline: there is one, and the counts by it come too. */
void pv_json_summary(pv_json *json, const char *key, const pv_summary *summary, bool with_baseline);

#endif
