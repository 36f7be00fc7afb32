#include "report/verdicts/tally.h"

#include "base/utf8.h"
#include "model/conditions.h"
#include "report/write/layout.h"

/* ---- what the verdicts on one submission add up to ---- */

/* The measure a subject belongs to, or NULL. */
static const pv_measure *measure_of(const pv_subject *subject) {
    if (subject->measure)
        return subject->measure->measure;
    if (subject->response)
        return subject->response->item->measure;
    return NULL;
}

const char *pv_standing_name(pv_standing standing) {
    static const char *const names[] = {
        [PV_STANDING_PASSES] = "passes",
        [PV_STANDING_NOT_REPORTED] = "not reported",
        [PV_STANDING_DOES_NOT_APPLY] = "does not apply",
        [PV_STANDING_NOT_AS_ASKED] = "not as asked",
        [PV_STANDING_NOT_ANSWERED] = "not answered",
        [PV_STANDING_WAIVED] = "waived",
        [PV_STANDING_KNOWN] = "known",
        [PV_STANDING_NOTE] = "note",
        [PV_STANDING_WARNING] = "warning",
        [PV_STANDING_ERROR] = "error",
        [PV_STANDING_NOT_CHECKED] = "not checked",
    };
    return names[standing];
}

bool pv_tally_blocks(const pv_verdict *verdict, pv_level fail_on) {
    return pv_state_can_be_accepted(verdict->outcome.state) && pv_verdict_is_open(verdict) && verdict->level >= fail_on;
}

static pv_standing standing_of(const pv_verdict *verdict) {
    if (verdict->outcome.state == PV_STATE_NOT_CHECKED)
        return PV_STANDING_NOT_CHECKED;
    if (!pv_verdict_is_open(verdict))
        return verdict->waiver ? PV_STANDING_WAIVED : PV_STANDING_KNOWN;
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
    if (!pv_state_is_finding(verdict->outcome.state))
        return;
    bool blocks = pv_tally_blocks(verdict, fail_on);
    const pv_measure *measure = measure_of(&verdict->subject);
    size_t blocking = blocks ? pv_verdict_count(verdict) : 0;
    tally->blocking += blocking;
    if (!measure) {
        tally->blocking_filing += blocking;
        return;
    }
    pv_measure_tally *counted = &tally->measures[measure->index];
    counted->findings++;
    tally->measures_at_stake += blocks && !counted->at_stake;
    counted->at_stake |= blocks;
    if (standing_of(verdict) > counted->standing)
        counted->standing = standing_of(verdict);
}

/* Remembers response when it uses more of a limit than any before. */
static void use_limit(pv_tightest *tightest, const pv_response *response, bool in_characters, uint64_t part,
                      uint64_t whole) {
    if (!tightest->response || part * tightest->whole > tightest->part * whole)
        *tightest = (pv_tightest){response, in_characters, part, whole};
}

static void use_limits(pv_tightest *tightest, const pv_response *response) {
    const pv_length *length = &response->item->length;
    if (length->word_limit > 0)
        use_limit(tightest, response, false, response->word_count, length->word_limit);
    if (length->word_minimum > 0)
        use_limit(tightest, response, false, length->word_minimum, response->word_count);
    if (length->character_limit > 0)
        use_limit(tightest, response, true, pv_utf8_length(response->text.value), length->character_limit);
}

static void count_responses(pv_tally *tally, const pv_filed_measure *filed) {
    pv_measure_tally *counted = &tally->measures[filed->measure->index];
    for (size_t i = 0; i < filed->measure->item_count; i++) {
        const pv_response *response = &filed->responses[i];
        tally->answered += response->unanswered == PV_ANSWERED;
        tally->exempt += pv_response_is_exempt(response);
        if (response->blank || pv_response_is_exempt(response))
            continue;
        use_limits(&counted->tightest, response);
    }
}

/* One that is given for each row is not reported, or does not apply, where that is so of every row. */
static void start_measure(pv_tally *tally, const pv_submission *submission, const pv_measure *measure) {
    const pv_filed_list list = pv_submission_filed(submission, measure);
    pv_measure_tally *counted = &tally->measures[measure->index];
    bool is_answered = false;
    counted->measure = measure;
    counted->exempt = true;
    tally->has_points |= measure->points.coefficient > 0;
    for (size_t i = 0; i < list.count; i++) {
        is_answered |= list.measures[i].answered;
        counted->exempt &= pv_measure_is_exempt(&list.measures[i]);
        count_responses(tally, &list.measures[i]);
    }
    if (!is_answered && measure->obligation == PV_OBLIGATION_OPTIONAL)
        counted->standing = PV_STANDING_NOT_REPORTED;
    if (counted->exempt)
        counted->standing = PV_STANDING_DOES_NOT_APPLY;
}

static bool is_broken(const pv_condition *condition, pv_filed_list list) {
    for (size_t i = 0; i < list.count; i++)
        if (pv_condition_is_broken(condition, &list.measures[i]))
            return true;
    return false;
}

/* What the form declares holds whatever was run: under --rule, at whatever level, accepted or not. A finding that is
 * at least a warning, and a decision to accept one, say more than this does. */
static void look_at_condition(pv_tally *tally, const pv_condition *condition, const pv_submission *submission) {
    const pv_measure *measure = pv_condition_measure(condition);
    if (!measure || !is_broken(condition, pv_submission_filed(submission, measure)))
        return;
    pv_standing *standing = &tally->measures[measure->index].standing;
    bool unanswered = condition->kind == PV_CONDITION_OBLIGATION;
    if (unanswered && (*standing < PV_STANDING_NOT_ANSWERED || *standing == PV_STANDING_NOTE))
        *standing = PV_STANDING_NOT_ANSWERED;
    else if (*standing < PV_STANDING_NOT_AS_ASKED)
        *standing = PV_STANDING_NOT_AS_ASKED;
}

/* Adds points unless a measure of the same group, before this one, has brought them already. */
static bool add_points(const pv_tally *tally, const pv_measure *measure, bool only_at_stake, pv_decimal *sum) {
    const pv_group *group = measure->group ? measure->group->scored : NULL;
    for (size_t i = 0; group && i < group->within_count; i++) {
        const pv_measure *other = group->within[i];
        if (other->index < measure->index && !tally->measures[other->index].exempt &&
            (!only_at_stake || tally->measures[other->index].at_stake))
            return true;
    }
    pv_error ignored = {0};
    return pv_decimal_add(*sum, measure->points, sum, &ignored);
}

static bool sum_points(pv_tally *tally) {
    for (size_t i = 0; i < tally->measure_count; i++) {
        const pv_measure_tally *counted = &tally->measures[i];
        const pv_measure *measure = counted->measure;
        if (counted->exempt)
            continue;
        if (!add_points(tally, measure, false, &tally->points))
            return false;
        if (counted->at_stake && !add_points(tally, measure, true, &tally->points_at_stake))
            return false;
    }
    return true;
}

void pv_report_count(pv_summary *summary, const pv_report_input *input) {
    if (input->submission)
        pv_summary_add(summary, input->results);
    else
        pv_summary_add_findings(summary, input->results);
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
        start_measure(out, submission, &submission->form->measures[i]);
    for (size_t i = 0; i < input->results->verdict_count; i++)
        count_verdict(out, &input->results->verdicts[i], fail_on);
    for (size_t i = 0; i < submission->form->condition_count; i++)
        look_at_condition(out, &submission->form->conditions[i], submission);
    pv_report_count(&out->summary, input);
    out->points_known = sum_points(out);
    return true;
}

/* ---- the answer of a run ---- */

const char *pv_answer_name(pv_answer answer) {
    static const char *const names[] = {
        [PV_ANSWER_READY] = "READY", [PV_ANSWER_NOT_READY] = "NOT READY", [PV_ANSWER_NOT_DECIDED] = "NOT DECIDED",
        [PV_ANSWER_DRAFT] = "DRAFT", [PV_ANSWER_PARTLY] = "PARTLY RUN",
    };
    return names[answer];
}

pv_answer pv_answer_of(const pv_report_context *context, const pv_summary *summary) {
    int code = pv_summary_exit_code(summary);
    if (code == 2)
        return PV_ANSWER_NOT_DECIDED;
    if (code == 1)
        return PV_ANSWER_NOT_READY;
    if (context->rule_pattern.size)
        return PV_ANSWER_PARTLY;
    return summary->by_mode[PV_MODE_DRAFT] > 0 ? PV_ANSWER_DRAFT : PV_ANSWER_READY;
}

static void separate(pv_buf *out, bool *any) {
    if (*any)
        pv_buf_append_text(out, ", ");
    *any = true;
}

void pv_answer_counts(pv_buf *out, const pv_summary *summary) {
    bool any = false;
    if (summary->not_checked > 0) {
        separate(out, &any);
        pv_layout_count(out, summary->not_checked, "check");
        pv_buf_append_text(out, " not decided");
    }
    if (summary->faults > summary->not_checked) {
        separate(out, &any);
        pv_layout_count(out, summary->faults - summary->not_checked, "fault");
    }
    separate(out, &any);
    if (summary->error > 0)
        pv_layout_count(out, summary->error, "error");
    else
        pv_buf_append_text(out, "no errors");
    if (summary->warning > 0) {
        separate(out, &any);
        pv_layout_count(out, summary->warning, "warning");
    }
    if (summary->note > 0) {
        separate(out, &any);
        pv_layout_count(out, summary->note, "note");
    }
    if (summary->open_reviews > 0)
        pv_buf_format(out, " (%zu for review)", summary->open_reviews);
    if (summary->waived > 0)
        pv_buf_format(out, ", %zu waived", summary->waived);
    if (summary->unchanged > 0)
        pv_buf_format(out, ", %zu in the baseline", summary->unchanged);
}

/* ---- sums for programs ---- */

static void write_baseline_counts(pv_json *json, const pv_summary *summary) {
    pv_json_key(json, "baseline");
    pv_json_object_begin(json);
    pv_json_key(json, "new");
    pv_json_unsigned(json, summary->new_findings);
    pv_json_key(json, "unchanged");
    pv_json_unsigned(json, summary->unchanged);
    pv_json_key(json, "fixed");
    pv_json_unsigned(json, summary->fixed);
    pv_json_object_end(json);
}

void pv_json_summary(pv_json *json, const char *key, const pv_summary *summary, bool with_baseline) {
    const struct {
        const char *key;
        size_t count;
    } counts[] = {
        {"pass", summary->pass},
        {"fail", summary->fail},
        {"review", summary->review},
        {"not_applicable", summary->not_applicable},
        {"not_checked", summary->not_checked},
        {"waived", summary->waived},
        {"error", summary->error},
        {"warning", summary->warning},
        {"note", summary->note},
        {"submissions", summary->submissions},
        {"faults", summary->faults},
    };
    pv_json_line_break(json);
    pv_json_key(json, key);
    pv_json_object_begin(json);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        pv_json_key(json, counts[i].key);
        pv_json_unsigned(json, counts[i].count);
    }
    if (with_baseline)
        write_baseline_counts(json, summary);
    pv_json_object_end(json);
}
