#include "report/tally.h"

const pv_measure *pv_tally_measure_of(const pv_subject *subject) {
    if (subject->measure)
        return subject->measure->measure;
    if (subject->response)
        return subject->response->item->measure;
    return NULL;
}

const char *pv_standing_name(pv_standing standing) {
    static const char *const names[] = {
        [PV_STANDING_PASSES] = "passes", [PV_STANDING_NOT_REPORTED] = "not reported",
        [PV_STANDING_NOTE] = "note",     [PV_STANDING_WARNING] = "warning",
        [PV_STANDING_ERROR] = "error",   [PV_STANDING_NOT_CHECKED] = "not checked",
    };
    return names[standing];
}

bool pv_tally_blocks(const pv_verdict *verdict, pv_level fail_on) {
    return (verdict->state == PV_STATE_FAIL || verdict->state == PV_STATE_REVIEW) && verdict->level >= fail_on;
}

static pv_standing standing_of(const pv_verdict *verdict) {
    if (verdict->state == PV_STATE_NOT_CHECKED)
        return PV_STANDING_NOT_CHECKED;
    switch (verdict->level) {
    case PV_LEVEL_ERROR:
        return PV_STANDING_ERROR;
    case PV_LEVEL_WARNING:
        return PV_STANDING_WARNING;
    case PV_LEVEL_NOTE:
        return PV_STANDING_NOTE;
    }
    return PV_STANDING_NOTE;
}

static void count_verdict(pv_tally *tally, const pv_verdict *verdict, pv_level fail_on) {
    if (!pv_state_is_finding(verdict->state))
        return;
    bool blocks = pv_tally_blocks(verdict, fail_on);
    const pv_measure *measure = pv_tally_measure_of(&verdict->subject);
    tally->blocking += blocks;
    if (!measure) {
        tally->blocking_filing += blocks;
        return;
    }
    pv_measure_tally *counted = &tally->measures[measure->index];
    counted->findings++;
    counted->at_stake |= blocks;
    if (standing_of(verdict) > counted->standing)
        counted->standing = standing_of(verdict);
}

/* True when a fills more of its limit than b does of its own: words_a / limit_a > words_b / limit_b. */
static bool is_fuller(const pv_response *a, const pv_response *b) {
    return (uint64_t)a->words.count * b->item->word_limit > (uint64_t)b->words.count * a->item->word_limit;
}

static void start_measure(pv_tally *tally, const pv_filed_measure *filed) {
    pv_measure_tally *counted = &tally->measures[filed->measure->index];
    counted->filed = filed;
    if (filed->blank && filed->measure->obligation == PV_OBLIGATION_OPTIONAL)
        counted->standing = PV_STANDING_NOT_REPORTED;
    for (size_t i = 0; i < filed->measure->item_count; i++) {
        const pv_response *response = &filed->responses[i];
        tally->answered += !response->blank;
        if (response->item->word_limit == 0 || response->blank)
            continue;
        if (!counted->fullest || is_fuller(response, counted->fullest))
            counted->fullest = response;
    }
}

/* Adds points unless a measure of the same group, before this one, has brought them already. */
static bool add_points(const pv_tally *tally, const pv_measure *measure, bool only_at_stake, pv_decimal *sum) {
    const pv_group *group = measure->group;
    for (size_t i = 0; group && i < group->measure_count; i++) {
        const pv_measure *other = group->measures[i];
        if (other->index < measure->index && (!only_at_stake || tally->measures[other->index].at_stake))
            return true;
    }
    pv_error ignored = {0};
    return pv_decimal_add(*sum, group ? group->points : measure->points, sum, &ignored);
}

static bool sum_points(pv_tally *tally) {
    for (size_t i = 0; i < tally->measure_count; i++) {
        const pv_measure_tally *counted = &tally->measures[i];
        const pv_measure *measure = counted->filed->measure;
        if (!add_points(tally, measure, false, &tally->points))
            return false;
        if (counted->at_stake && !add_points(tally, measure, true, &tally->points_at_stake))
            return false;
    }
    return true;
}

bool pv_tally_count(pv_tally *out, pv_arena *arena, const pv_report_input *input, pv_level fail_on) {
    const pv_submission *submission = input->submission;
    size_t measure_count = submission->form->measure_count;
    *out = (pv_tally){
        .measures = PV_NEW_ARRAY(arena, pv_measure_tally, measure_count),
        .measure_count = measure_count,
    };
    if (!out->measures)
        return false;
    for (size_t i = 0; i < measure_count; i++)
        start_measure(out, &submission->measures[i]);
    for (size_t i = 0; i < input->results->verdict_count; i++)
        count_verdict(out, &input->results->verdicts[i], fail_on);
    pv_summary_add(&out->summary, input->results);
    out->points_known = sum_points(out);
    return true;
}
