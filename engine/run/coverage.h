/* Invariant: coverage counts what was seen and never what was said: an outcome is counted when a rule gave it, in an
 * example or a case, whether or not it was the one expected. */
#ifndef PV_RUN_COVERAGE_H
#define PV_RUN_COVERAGE_H

#include "run/runner.h"

/* The outcomes that coverage asks for, by pv_state. */
#define PV_COVERED_STATES 4

typedef struct pv_rule_coverage {
    const pv_rule *rule;
    size_t seen[PV_COVERED_STATES];
    bool asked[PV_COVERED_STATES]; /* the rule's code can give it; its host tells */
} pv_rule_coverage;

/* A line of a rule file. */
typedef enum pv_line_state {
    PV_LINE_WITHOUT_CODE, /* nothing in it can run while a rule is judged */
    PV_LINE_MISSED,
    PV_LINE_RUN,
} pv_line_state;

typedef struct pv_file_coverage {
    const pv_source *file;
    const uint8_t *lines; /* a pv_line_state for each line of file */
} pv_file_coverage;

typedef struct pv_coverage {
    pv_str pack;             /* its id */
    pv_rule_coverage *rules; /* of the pack, selected ones, by id */
    size_t rule_count;
    const pv_file_coverage *files; /* none where lines were not recorded */
    size_t file_count;
} pv_coverage;

typedef struct pv_share {
    size_t covered;
    size_t all;
} pv_share;

/* Nothing seen and nothing asked yet of the rules that the pattern selects, in arena. Fails only for memory. */
bool pv_coverage_begin(pv_coverage *out, pv_arena *arena, const pv_pack *pack, pv_str rule_pattern,
                       pv_error *error) PV_MUST_CHECK;
/* What one rule gave once; a rule that is not among those covered is passed over. */
void pv_coverage_note(pv_coverage *coverage, const pv_rule *rule, pv_state state);
void pv_coverage_add(pv_coverage *coverage, const pv_results *results);
/* Of the outcomes asked for, those seen. */
pv_share pv_coverage_outcomes(const pv_coverage *coverage);
/* Of the lines with code, those that ran. */
pv_share pv_coverage_lines(const pv_coverage *coverage);
/* No example or case made it pass or gave a finding: whatever it says is untested. */
bool pv_coverage_is_untested(const pv_rule_coverage *rule);
/* Whether the share is at least this percentage; a share of nothing is whole. */
bool pv_share_reaches(pv_share share, unsigned percent);

#endif
