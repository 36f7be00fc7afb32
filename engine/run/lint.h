/* Invariant: a lint is a remark about a rule or form, never about a submission: it has a kind, an exact place in a file
 * of the pack, one sentence, and something to do. Findings come sorted by file and place; the same pack gives the same
 * ones. What the pack has settled, with a reason, is kept apart and not lost; what means a wrong verdict cannot be. */
#ifndef PV_RUN_LINT_H
#define PV_RUN_LINT_H

#include "base/array.h"
#include "run/runner.h"

typedef enum pv_lint_id {
    PV_LINT_ALIAS_AMBIGUOUS,
    PV_LINT_ATTRIBUTE_UNREAD,
    PV_LINT_CITATION_MALFORMED,
    PV_LINT_CITATION_MISSING,
    PV_LINT_CITATION_NUMBER,
    PV_LINT_COMPARISON_NEVER_TRUE,
    PV_LINT_CSV_MANDATORY,
    PV_LINT_EXAMPLE_NONE_FAILS,
    PV_LINT_EXAMPLE_NONE_PASSES,
    PV_LINT_FILE_UNLISTED,
    PV_LINT_FORM_ROWS,
    PV_LINT_FORM_UNUSED,
    PV_LINT_FORMAT_NOT_LITERAL,
    PV_LINT_FORMAT_VALUES,
    PV_LINT_LANGUAGE_MISSING,
    PV_LINT_NUMBER_IN_RULE,
    PV_LINT_PARAMETER_UNUSED,
    PV_LINT_PATTERN_NEVER_MATCHES,
    PV_LINT_PATTERN_SLOW,
    PV_LINT_RULE_DUPLICATE,
    PV_LINT_RULE_NEVER_APPLIES,
    PV_LINT_RULE_REPLACED,
    PV_LINT_SETTLED_UNKNOWN,
    PV_LINT_SETTLED_UNUSED,
    PV_LINT_SHARE_BY_HAND,
    PV_LINT_TITLE_NO_STATEMENT,
    PV_LINT_COUNT,
} pv_lint_id;

typedef struct pv_lint_kind {
    pv_str name; /* "title.no-statement" */
    pv_level level;
    pv_str remedy;
    bool may_stand; /* of an error: no verdict is wrong by it, so that it may be settled; all others may */
} pv_lint_kind;

typedef struct pv_lint_finding {
    pv_lint_id id;
    pv_str rule;  /* id, or empty */
    pv_str about; /* what settles it: the rule, a part of the form ("fields.county"), or else the file in the pack */
    const pv_source *source;
    pv_span at;
    pv_str message;
    const pv_settled *settled; /* by what; NULL: it is not */
} pv_lint_finding;

/* What is found about one pack; all memory in arena. */
typedef struct pv_lint {
    pv_arena *arena;
    const pv_pack *pack;
    bool *applied;          /* of each rule of the rule set: it applied to something in a case */
    PV_ARRAY(pv_str) texts; /* of the cases */
    PV_ARRAY(pv_lint_finding) findings;
    PV_ARRAY(pv_lint_finding) settled; /* once it is finished: kept out of findings */
} pv_lint;

const pv_lint_kind *pv_lint_kind_of(pv_lint_id id);

/* In this order: begin, every case of the pack, finish. They fail only for memory. */
bool pv_lint_begin(pv_lint *out, pv_arena *arena, const pv_pack *pack, pv_error *error) PV_MUST_CHECK;
/* A submission on the pack's form, and what the rules made of it. */
bool pv_lint_add_case(pv_lint *lint, const pv_submission *submission, const pv_results *results,
                      pv_error *error) PV_MUST_CHECK;
/* Looks at the rules, has the rule set look at their code where it can, and sorts the findings. */
bool pv_lint_finish(pv_lint *lint, pv_error *error) PV_MUST_CHECK;

/* What shows that title is not the positive statement of a requirement, as the end of a sentence that begins "the title
 * …"; NULL when nothing does: better to miss a bad title than to blame a good one.
 * The signs: it starts with a small letter; it ends with a full stop, an exclamation or a question mark; it starts with
 * an order ("State the …"); it has no word that can be a verb. */
const char *pv_lint_title_fault(pv_str title);

/* Whether a remark of this kind may be settled in pack.yaml. */
bool pv_lint_may_be_settled(const pv_lint_kind *kind);
/* Names the part of the form that the finding added last is about, as in "fields", "county". Fails only for memory. */
bool pv_lint_about(pv_lint *lint, const char *part, pv_str name, pv_error *error) PV_MUST_CHECK;

/* For rule sets: adds a finding. The message is one sentence without a full stop. */
bool pv_lint_add(pv_lint *lint, pv_lint_id id, pv_str rule, const pv_source *source, pv_span at, pv_error *error,
                 const char *format, ...) PV_MUST_CHECK __attribute__((format(printf, 7, 8)));

#endif
