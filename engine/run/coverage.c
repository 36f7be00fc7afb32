#include "run/coverage.h"

#include <assert.h>

bool pv_coverage_begin(pv_coverage *out, pv_arena *arena, const pv_pack *pack, pv_str rule_pattern, pv_error *error) {
    const pv_ruleset *ruleset = pack->ruleset;
    *out =
        (pv_coverage){.pack = pack->manifest->id, .rules = PV_NEW_ARRAY(arena, pv_rule_coverage, ruleset->rule_count)};
    if (!out->rules)
        return pv_fail_memory(error);
    for (size_t i = 0; i < ruleset->rule_count; i++)
        if (pv_run_selects(rule_pattern, &ruleset->rules[i]))
            out->rules[out->rule_count++].rule = &ruleset->rules[i];
    return true;
}

void pv_coverage_note(pv_coverage *coverage, const pv_rule *rule, pv_state state) {
    if (state >= PV_COVERED_STATES)
        return;
    for (size_t i = 0; i < coverage->rule_count; i++)
        if (coverage->rules[i].rule == rule) {
            coverage->rules[i].seen[state]++;
            return;
        }
}

void pv_coverage_add(pv_coverage *coverage, const pv_results *results) {
    for (size_t i = 0; i < results->verdict_count; i++)
        pv_coverage_note(coverage, results->verdicts[i].rule, results->verdicts[i].outcome.state);
}

pv_share pv_coverage_outcomes(const pv_coverage *coverage) {
    pv_share share = {0};
    for (size_t i = 0; i < coverage->rule_count; i++)
        for (size_t state = 0; state < PV_COVERED_STATES; state++) {
            const pv_rule_coverage *rule = &coverage->rules[i];
            share.all += rule->asked[state];
            share.covered += rule->asked[state] && rule->seen[state] > 0;
        }
    return share;
}

pv_share pv_coverage_lines(const pv_coverage *coverage) {
    pv_share share = {0};
    for (size_t i = 0; i < coverage->file_count; i++)
        for (size_t line = 0; line < coverage->files[i].file->line_count; line++) {
            share.all += coverage->files[i].lines[line] != PV_LINE_WITHOUT_CODE;
            share.covered += coverage->files[i].lines[line] == PV_LINE_RUN;
        }
    return share;
}

bool pv_coverage_is_untested(const pv_rule_coverage *rule) {
    return rule->seen[PV_STATE_PASS] + rule->seen[PV_STATE_FAIL] + rule->seen[PV_STATE_REVIEW] == 0;
}

bool pv_share_reaches(pv_share share, unsigned percent) {
    assert(share.covered <= share.all);
    return share.covered * 100 >= share.all * percent;
}
