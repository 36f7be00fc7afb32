/* What the built-in rules find in a submission: the problems met while it was read, and the conditions of its form that
 * are broken and that no rule of the pack has told. */
#include "run/meter.h"
#include "run/runner_p.h"

/* ---- problems ---- */

static bool relate_first(pv_gathering *all, const pv_problem *problem, pv_verdict *verdict, pv_error *error) {
    pv_related *first = PV_NEW(all->arena, pv_related);
    if (!first)
        return pv_fail_memory(error);
    *first = (pv_related){.at = {problem->other, false}, .message = PV_STR("the first")};
    verdict->outcome.related = first;
    verdict->outcome.related_count = 1;
    return true;
}

/* A verdict of a built-in rule on the submission as a whole, at its form's name. */
static pv_verdict *add_built_in(pv_gathering *all, pv_built_in which, pv_state state, pv_error *error) {
    const pv_subject whole = {.kind = PV_SUBJECT_SUBMISSION};
    pv_verdict *verdict = pv_gathering_add(all, pv_built_in_rule(which), &whole, error);
    if (!verdict)
        return NULL;
    verdict->outcome.state = state;
    verdict->outcome.at = all->home;
    verdict->outcome.has_at = true;
    pv_verdict_identify(verdict, all->source, all->submission);
    return verdict;
}

/* What rests on a text that could not be told with certainty is for a person. */
static bool conclude(pv_gathering *all, pv_verdict *verdict, pv_error *error) {
    const pv_uncertain *part = pv_doubted(all, verdict);
    if (part && !pv_doubt(all, verdict, part, error))
        return false;
    pv_verdict_identify(verdict, all->source, all->submission);
    return true;
}

static bool add_problem(pv_gathering *all, pv_built_in which, const pv_problem *problem, pv_error *error) {
    pv_verdict *verdict = add_built_in(all, which, PV_STATE_FAIL, error);
    if (!verdict)
        return false;
    verdict->outcome.stands_for = problem->more;
    verdict->outcome.message = problem->message;
    verdict->outcome.at = (pv_place){problem->at, problem->expected_here};
    if (problem->has_other && !relate_first(all, problem, verdict, error))
        return false;
    return conclude(all, verdict, error);
}

/* One finding per problem that is the rule's to report; *found counts on. */
static bool judge_problems(pv_gathering *all, pv_built_in which, size_t *found, pv_error *error) {
    const pv_submission *submission = all->submission;
    for (size_t i = 0; i < submission->problem_count; i++) {
        if (pv_built_in_of_problem(submission->problems[i].kind) != which)
            continue;
        if (!add_problem(all, which, &submission->problems[i], error))
            return false;
        (*found)++;
    }
    return true;
}

/* ---- conditions of the form, and the rules that judge them ---- */

/* What the form declares is looked at in every filing. A rule that says it judges a condition is trusted only where it
 * has told, in this run, what is broken: a condition that is claimed and then passed over is still a finding. */

static bool spans_touch(pv_span a, pv_span b) {
    return a.start <= b.end && b.start <= a.end;
}

static bool points_at(const pv_verdict *verdict, pv_span span) {
    bool touches = spans_touch(verdict->outcome.at.span, span);
    for (size_t i = 0; !touches && i < verdict->outcome.related_count; i++)
        touches = spans_touch(verdict->outcome.related[i].at.span, span);
    return touches;
}

/* Whether a finding on more than what is broken is about that too: it points there, or at nothing in particular. */
static bool is_about(const pv_gathering *all, const pv_verdict *verdict, const pv_breach *breach) {
    const pv_place own = pv_gathering_place(all, &verdict->subject);
    bool about = own.span.start == verdict->outcome.at.span.start && own.span.end == verdict->outcome.at.span.end;
    about = about || points_at(verdict, breach->at.span) || points_at(verdict, breach->whole);
    for (size_t i = 0; !about && i < breach->related_count; i++)
        about = points_at(verdict, breach->related[i].at.span);
    return about;
}

static bool is_same_subject(const pv_subject *a, const pv_subject *b) {
    return a->kind == b->kind && a->measure == b->measure && a->response == b->response && a->record == b->record &&
           a->kind != PV_SUBJECT_SUBMISSION;
}

/* Whether a verdict of the rule on its index-th subject tells the breach. */
static bool verdict_tells(const pv_gathering *all, size_t rule_index, size_t index, const pv_breach *breach) {
    const size_t judged = all->first_of_rule[rule_index] - 1 + index;
    for (size_t i = all->judged.items[judged]; i < all->judged.items[judged + 1]; i++) {
        const pv_verdict *verdict = &all->verdicts.items[i];
        if (pv_state_is_finding(verdict->outcome.state) &&
            (is_same_subject(&verdict->subject, &breach->subject) || is_about(all, verdict, breach)))
            return true;
    }
    return false;
}

/* The record itself or one that it belongs to, of this kind; NULL when there is none. */
static const pv_record *record_of_kind(const pv_record *record, const pv_record_spec *kind) {
    while (record && record->spec != kind)
        record = record->owner;
    return record;
}

/* The position, among the pairs of the matrix, of the one that the record is about; SIZE_MAX when it is about none. */
static size_t pair_of(const pv_matrix *matrix, const pv_record *record) {
    record = record_of_kind(record, matrix->records);
    const pv_value_list *row = record ? record->values.values[matrix->row_cell].row : NULL;
    const pv_value_list *column = record ? record->values.values[matrix->column_cell].row : NULL;
    if (!row || !column)
        return SIZE_MAX;
    return pv_table_row_number(matrix->rows, row) * matrix->columns->row_count +
           pv_table_row_number(matrix->columns, column);
}

/* The subject of the rule that is or contains that of the breach, by its position; SIZE_MAX when there is none. A
 * measure is contained in each of its responses, when none of them is given: the last of them decides. */
static size_t subject_that_contains(const pv_gathering *all, const pv_rule *rule, const pv_breach *breach) {
    const pv_submission *submission = all->submission;
    const pv_measure *measure = pv_condition_measure(breach->condition);
    const pv_response *response = breach->subject.response;
    const pv_filed_measure *filed = response ? response->filed : breach->subject.measure;
    const pv_record *record = breach->subject.record;
    switch (rule->each) {
    case PV_SUBJECT_SUBMISSION:
        return 0;
    case PV_SUBJECT_SECTION:
        return measure ? measure->section->index : SIZE_MAX;
    case PV_SUBJECT_MEASURE:
        return filed ? (size_t)(filed - submission->measures) : SIZE_MAX;
    case PV_SUBJECT_RESPONSE:
        return response ? (size_t)(response - submission->responses) : SIZE_MAX;
    case PV_SUBJECT_RECORD:
        record = record ? record_of_kind(record, pv_form_record(submission->form, rule->record_kind)) : NULL;
        return record ? record->number - 1 : SIZE_MAX;
    case PV_SUBJECT_PAIR:
        return record ? pair_of(pv_form_matrix(submission->form, rule->matrix), record) : SIZE_MAX;
    case PV_SUBJECT_COLLECTION:
        return SIZE_MAX;
    }
    return SIZE_MAX;
}

/* Whether the rule told the breach, in this run. */
static bool rule_tells(const pv_gathering *all, const pv_rule *rule, const pv_breach *breach) {
    size_t rule_index = (size_t)(rule - all->pack->ruleset->rules);
    if (all->first_of_rule[rule_index] == 0)
        return false;
    const pv_filed_measure *filed = breach->subject.measure;
    if (filed && rule->each == PV_SUBJECT_RESPONSE) { /* a measure is blank when each of its responses is */
        const size_t first = (size_t)(filed->responses - all->submission->responses);
        for (size_t i = 0; i < filed->measure->item_count; i++)
            if (verdict_tells(all, rule_index, first + i, breach))
                return true;
        return false;
    }
    size_t index = subject_that_contains(all, rule, breach);
    return index != SIZE_MAX && verdict_tells(all, rule_index, index, breach);
}

static bool some_rule_tells(const pv_gathering *all, const pv_judges *judges, const pv_breach *breach) {
    for (size_t i = 0; i < judges->count; i++)
        if (rule_tells(all, judges->rules[i], breach))
            return true;
    return false;
}

static bool some_rule_ran(const pv_gathering *all, const pv_judges *judges) {
    for (size_t i = 0; i < judges->count; i++)
        if (all->first_of_rule[judges->rules[i] - all->pack->ruleset->rules] > 0)
            return true;
    return false;
}

/* What is broken, and why a built-in rule says so where a rule of the pack should have. */
static pv_str message_of(const pv_gathering *all, const pv_judges *judges, const pv_breach *breach) {
    if (judges->count == 0)
        return breach->message;
    const pv_rule *rule = judges->rules[0];
    bool was_run = all->first_of_rule[rule - all->pack->ruleset->rules] > 0;
    return pv_arena_format(all->arena, "%.*s (%.*s, which judges this, %s)", PV_STR_ARG(breach->message),
                           PV_STR_ARG(rule->id), was_run ? "did not report it" : "was not run");
}

static bool add_finding(pv_gathering *all, pv_built_in which, const pv_breach *breach, const pv_judges *judges,
                        pv_error *error) {
    pv_verdict *verdict = pv_gathering_add(all, pv_built_in_rule(which), &breach->subject, error);
    pv_str *working = PV_NEW(all->arena, pv_str);
    pv_str message = message_of(all, judges, breach);
    if (!verdict)
        return false;
    if (!working || !message.data)
        return pv_fail_memory(error);
    *working = breach->working;
    verdict->condition = breach->condition;
    verdict->outcome = (pv_outcome){
        .state = breach->doubtful ? PV_STATE_REVIEW : PV_STATE_FAIL,
        .message = message,
        .at = breach->at,
        .has_at = true,
        .related = breach->related,
        .related_count = breach->related_count,
        .working = working,
        .working_count = breach->working.size > 0,
        .remedy = breach->remedy,
    };
    return conclude(all, verdict, error);
}

/* ---- conditions that are kept by a text which could not be told with certainty ---- */

static bool is_doubted_already(const pv_gathering *all, size_t first, const pv_response *response) {
    for (size_t i = first; i < all->verdicts.count; i++)
        if (all->verdicts.items[i].subject.response == response)
            return true;
    return false;
}

/* A condition on an item is kept by the response as it was read, and perhaps not as it is meant: each such response is
 * a finding of the rule once, unless it is one already. first: of the rule's verdicts. */
static bool doubt_kept(pv_gathering *all, pv_built_in which, const pv_condition *condition, size_t first, size_t *found,
                       pv_error *error) {
    const pv_submission *submission = all->submission;
    const pv_filed_list filed = pv_submission_filed(submission, condition->item->measure);
    for (size_t i = 0; i < filed.count; i++) {
        const pv_response *response = pv_filed_response(&filed.measures[i], condition->item);
        const pv_subject subject = {.kind = PV_SUBJECT_RESPONSE, .response = response};
        if (!response->uncertainty || pv_response_is_exempt(response) || is_doubted_already(all, first, response))
            continue;
        pv_verdict *verdict = pv_gathering_add(all, pv_built_in_rule(which), &subject, error);
        if (!verdict)
            return false;
        verdict->outcome =
            (pv_outcome){.state = PV_STATE_PASS, .at = pv_gathering_place(all, &subject), .has_at = true};
        if (!conclude(all, verdict, error))
            return false;
        ++*found;
    }
    return true;
}

/* A field or cell that is uncertain is a finding of the rule on types once, unless it is one already, whatever its
 * conditions are: nothing may pass by it. first: of the rule's verdicts. */
static bool doubt_values(pv_gathering *all, size_t first, size_t *found, pv_error *error) {
    const pv_submission *submission = all->submission;
    const pv_built_in which = pv_built_in_of_problem(PV_PROBLEM_WRONG_TYPE);
    for (size_t i = 0; i < submission->uncertain_count; i++) {
        const pv_uncertain *part = &submission->uncertain[i];
        bool is_told = part->response != NULL;
        for (size_t k = first; k < all->verdicts.count && !is_told; k++)
            is_told = pv_uncertain_touches(part, all->source, all->verdicts.items[k].outcome.at.span);
        if (is_told)
            continue;
        const pv_subject subject = part->record ? (pv_subject){.kind = PV_SUBJECT_RECORD, .record = part->record}
                                                : (pv_subject){.kind = PV_SUBJECT_SUBMISSION};
        pv_verdict *verdict = pv_gathering_add(all, pv_built_in_rule(which), &subject, error);
        if (!verdict)
            return false;
        verdict->outcome =
            (pv_outcome){.state = PV_STATE_PASS, .at = {part->at, false}, .has_at = true, .looked_at = part};
        if (!conclude(all, verdict, error))
            return false;
        ++*found;
    }
    return true;
}

/* The day it is judged by; NULL: none was said. */
static const pv_date *day_of(const pv_gathering *all) {
    return all->pack->has_as_of ? &all->pack->as_of : NULL;
}

/* One finding per breach of the rule's conditions that no rule of the pack has told; *found counts on, and *told those
 * that one has. */
static bool judge_conditions(pv_gathering *all, pv_built_in which, size_t *found, size_t *told, pv_error *error) {
    const pv_form *form = all->submission->form;
    const bool has_doubts = all->submission->uncertain_count > 0;
    const size_t first = all->verdicts.count - *found;
    for (size_t i = 0; i < form->condition_count; i++) {
        const pv_condition *condition = &form->conditions[i];
        pv_problem_kind problem;
        pv_breaches breaches = {0};
        if ((has_doubts ? pv_built_in_of_condition(condition) : all->built_in_of[i]) != which)
            continue;
        const pv_judges judges = pv_pack_judges(all->pack, i);
        if (has_doubts && pv_condition_is_structural(condition, &problem)) {
            if (condition->item && !doubt_kept(all, which, condition, first, found, error))
                return false;
            continue;
        }
        if (!pv_condition_breaches(condition, all->submission, day_of(all), all->arena, &breaches, error))
            return false;
        for (size_t k = 0; k < breaches.count; k++) {
            bool is_told = some_rule_tells(all, &judges, &breaches.items[k]);
            *told += is_told;
            *found += !is_told;
            if (!is_told && !add_finding(all, which, &breaches.items[k], &judges, error))
                return false;
        }
        if (has_doubts && condition->item && !some_rule_ran(all, &judges) &&
            !doubt_kept(all, which, condition, first, found, error))
            return false;
    }
    return true;
}

static bool judge(pv_gathering *all, pv_built_in which, pv_error *error) {
    size_t found = 0;
    size_t told = 0;
    const size_t first = all->verdicts.count;
    if (!judge_problems(all, which, &found, error) || !judge_conditions(all, which, &found, &told, error))
        return false;
    if (which == pv_built_in_of_problem(PV_PROBLEM_WRONG_TYPE) && !doubt_values(all, first, &found, error))
        return false;
    if (found > 0)
        return true;
    pv_verdict *verdict = add_built_in(all, which, told > 0 ? PV_STATE_NOT_APPLICABLE : PV_STATE_PASS, error);
    if (verdict && told > 0)
        verdict->outcome.message = PV_STR("rules of the pack report what is not as the form says");
    return verdict;
}

bool pv_built_in_judge(pv_gathering *all, pv_built_in which, pv_error *error) {
    const pv_subject whole = {.kind = PV_SUBJECT_SUBMISSION};
    pv_meter *meter = all->pack->ruleset->meter;
    pv_meter_begin_call(meter, PV_PHASE_CONDITIONS);
    bool judged = judge(all, which, error);
    pv_meter_end_call(meter, pv_built_in_rule(which), &whole, all->source, all->home.span.start);
    return judged;
}
