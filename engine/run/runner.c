#include "run/runner.h"

#include <assert.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/glob.h"
#include "model/terms.h"
#include "run/meter.h"

/* ---- selection and levels ---- */

bool pv_run_selects(pv_str pattern, const pv_rule *rule) {
    return pattern.size == 0 || pv_glob_matches(pattern, rule->id);
}

pv_level pv_run_level(const pv_pack *pack, const pv_rule *rule, const pv_run_options *options) {
    for (size_t i = options->level_count; i > 0; i--)
        if (pv_run_selects(options->levels[i - 1].rule_pattern, rule))
            return options->levels[i - 1].level;
    return pack ? pv_pack_level(pack, rule, options->mode) : rule->level;
}

/* ---- subjects ---- */

/* What a rule judges in a submission is everything of its kind that the form has, given or not, in the form's order; of
 * records, the rows that are given, in theirs. */

/* The form has the kind: a rule on another is refused when it is loaded. */
static const pv_record_list *records_of(const pv_submission *submission, const pv_rule *rule) {
    size_t kind = 0;
    while (!pv_str_equal(submission->records[kind].spec->name, rule->record_kind))
        kind++;
    return &submission->records[kind];
}

static const pv_pair_list *pairs_of(const pv_submission *submission, const pv_rule *rule) {
    return &submission->matrices[pv_form_matrix(submission->form, rule->matrix)->index];
}

static size_t count_subjects(const pv_submission *submission, const pv_rule *rule) {
    switch (rule->each) {
    case PV_SUBJECT_SUBMISSION:
        return 1;
    case PV_SUBJECT_SECTION:
        return submission->form->section_count;
    case PV_SUBJECT_MEASURE:
        return submission->measure_count;
    case PV_SUBJECT_RESPONSE:
        return submission->response_count;
    case PV_SUBJECT_RECORD:
        return records_of(submission, rule)->count;
    case PV_SUBJECT_PAIR:
        return pairs_of(submission, rule)->count;
    case PV_SUBJECT_COLLECTION: /* judged once all submissions are there */
        return 0;
    }
    return 0;
}

static pv_subject subject_at(const pv_submission *submission, const pv_rule *rule, size_t index) {
    pv_subject subject = {.kind = rule->each};
    switch (rule->each) {
    case PV_SUBJECT_SECTION:
        subject.section = &submission->form->sections[index];
        break;
    case PV_SUBJECT_MEASURE:
        subject.measure = &submission->measures[index];
        break;
    case PV_SUBJECT_RESPONSE:
        subject.response = &submission->responses[index];
        break;
    case PV_SUBJECT_RECORD:
        subject.record = &records_of(submission, rule)->records[index];
        break;
    case PV_SUBJECT_PAIR:
        subject.pair = &pairs_of(submission, rule)->pairs[index];
        break;
    case PV_SUBJECT_SUBMISSION:
    case PV_SUBJECT_COLLECTION:
        break;
    }
    return subject;
}

/* ---- days ---- */

#define DAY "%04d-%02d-%02d"
#define DAY_ARG(date) (date).year, (date).month, (date).day

static bool needs_a_day(const pv_rule *rule, pv_arena *arena, pv_outcome *out, pv_error *error) {
    pv_date day = rule->has_since ? rule->since : rule->until;
    pv_str message = pv_arena_format(arena, "the rule applies %s " DAY "; say the day with --as-of",
                                     rule->has_since ? "from" : "until", DAY_ARG(day));
    pv_fault *fault = PV_NEW(arena, pv_fault);
    if (!message.data || !fault)
        return pv_fail_memory(error);
    *fault = (pv_fault){.kind = PV_FAULT_INPUT, .message = message};
    if (rule->source) {
        fault->path = rule->source->path;
        fault->at = pv_source_locate(rule->source, rule->at.start);
    }
    *out = (pv_outcome){.state = PV_STATE_NOT_CHECKED, .fault = fault};
    return true;
}

/* Whether the rule's days let it judge (*open): never outside them, nor when no day was said. If not, out is the
 * outcome: not applicable outside them, and not checked, with a fault, when the pack was opened for no day. */
static bool look_at_days(const pv_rule *rule, const pv_pack *pack, pv_arena *arena, bool *open, pv_outcome *out,
                         pv_error *error) {
    *open = !rule->has_since && !rule->has_until;
    if (*open)
        return true;
    if (!pack->has_as_of)
        return needs_a_day(rule, arena, out, error);
    bool early = rule->has_since && pv_date_compare(pack->as_of, rule->since) < 0;
    bool late = rule->has_until && pv_date_compare(pack->as_of, rule->until) > 0;
    *open = !early && !late;
    if (*open)
        return true;
    *out = (pv_outcome){.state = PV_STATE_NOT_APPLICABLE};
    out->message = pv_arena_format(arena, "the rule applies %s " DAY ", and the day is " DAY, early ? "from" : "until",
                                   DAY_ARG(early ? rule->since : rule->until), DAY_ARG(pack->as_of));
    return out->message.data || pv_fail_memory(error);
}

pv_date pv_window_day_inside(const pv_rule *rule) {
    return rule->has_since ? rule->since : rule->until;
}

/* ---- one verdict ---- */

/* What one check gathers; a verdict does not move once the check is at its end. */
typedef struct gathering {
    pv_arena *arena;
    const pv_pack *pack;
    const pv_submission *submission; /* NULL: the rules look at a collection */
    pv_collection *collection;
    const pv_source *source; /* where places lie */
    pv_place home;           /* of the whole */
    const pv_run_options *options;
    PV_ARRAY(pv_verdict) verdicts;
    PV_ARRAY(pv_fault) faults;
    size_t *first_of_rule;   /* of each rule of the rule set: one more than its first in `judged`; 0: it was not run */
    PV_ARRAY(size_t) judged; /* of each rule and subject, in the order in which they were: where its verdicts begin */
    size_t turn[PV_BUILT_IN_COUNT]; /* of each built-in rule: how many verdicts are of rules with lesser ids */
} gathering;

static pv_verdict *add_verdict(gathering *all, const pv_rule *rule, const pv_subject *subject, pv_error *error) {
    pv_verdict *verdict = PV_ARRAY_ADD(all->arena, &all->verdicts);
    if (!verdict) {
        pv_fail_memory(error);
        return NULL;
    }
    *verdict = (pv_verdict){
        .rule = rule,
        .subject = *subject,
        .level = pv_run_level(all->pack, rule, all->options),
    };
    return verdict;
}

static bool add_fault(gathering *all, const pv_rule *rule, const pv_fault *fault, pv_error *error) {
    pv_fault *added = PV_ARRAY_ADD(all->arena, &all->faults);
    if (!added)
        return pv_fail_memory(error);
    *added = *fault;
    added->rule = rule->id;
    return true;
}

/* Where a subject stands, for verdicts that name no place of their own. */
static pv_place subject_place(const gathering *all, const pv_subject *subject) {
    const pv_response *response = subject->response;
    pv_place place;
    switch (subject->kind) {
    case PV_SUBJECT_RESPONSE:
        place = (pv_place){response->at, response->blank};
        if (response->value && pv_value_origin(response->value, all->submission, NULL, response->filed, &place.span))
            place.expected_here = false;
        return place;
    case PV_SUBJECT_MEASURE:
        return (pv_place){subject->measure->at, !subject->measure->given};
    case PV_SUBJECT_RECORD:
        return (pv_place){subject->record->at, false};
    case PV_SUBJECT_PAIR:
        return (pv_place){subject->pair->at, subject->pair->record_count == 0};
    default:
        return all->home;
    }
}

/* Why a rule has nothing to look at: the subject does not apply, or is blank and the rule does not look at blanks; else
 * empty. */
static pv_str reason_to_pass_over(const pv_rule *rule, const pv_subject *subject) {
    const pv_response *response = subject->kind == PV_SUBJECT_RESPONSE ? subject->response : NULL;
    const pv_filed_measure *measure = subject->kind == PV_SUBJECT_MEASURE ? subject->measure : NULL;
    if (response && pv_response_is_exempt(response))
        return response->why_not;
    if (measure && pv_measure_is_exempt(measure))
        return measure->why_not;
    if (response && response->value && !rule->checks_typed)
        return PV_STR("the prompt asks for a value, not for prose");
    if (response && response->blank && !rule->checks_blank)
        return PV_STR("the response is blank");
    if (response && response->value && !response->blank && !pv_value_is_known(response->value))
        return response->value->unreadable ? PV_STR("the value cannot be read as what the form asks for")
                                           : PV_STR("words that the form accepts are given instead of a value");
    if (measure && measure->blank && !rule->checks_blank)
        return PV_STR("no response is given in this measure");
    return PV_STR("");
}

/* What the rule host left, at the place that stood there before where it names none. */
static bool take_outcome(gathering *all, pv_verdict *verdict, const pv_outcome *outcome, pv_error *error) {
    const pv_place at = outcome->has_at ? outcome->at : verdict->outcome.at;
    verdict->outcome = *outcome;
    verdict->outcome.at = at;
    verdict->outcome.has_at = true;
    if (outcome->state == PV_STATE_REVIEW && verdict->rule->has_review_level &&
        verdict->rule->review_level < verdict->level)
        verdict->level = verdict->rule->review_level;
    if (!outcome->fault)
        return true;
    verdict->outcome.message = outcome->fault->message;
    return add_fault(all, verdict->rule, outcome->fault, error);
}

/* What the rule's days leave to decide, the rule host decides. */
static bool evaluate(gathering *all, pv_session *session, size_t rule_index, const pv_subject *subject, pv_outcome *out,
                     pv_error *error) {
    pv_ruleset *ruleset = all->pack->ruleset;
    const pv_ruleset_methods *methods = ruleset->methods;
    bool followed = all->options->follow && methods->follow;
    bool open;
    return look_at_days(&ruleset->rules[rule_index], all->pack, all->arena, &open, out, error) &&
           (!open ||
            (followed ? methods->follow : methods->evaluate)(session, rule_index, subject, all->arena, out, error));
}

/* A verdict at its subject's own place, until it has another. */
static pv_verdict *add_at_subject(gathering *all, const pv_rule *rule, const pv_subject *subject, pv_error *error) {
    pv_verdict *verdict = add_verdict(all, rule, subject, error);
    if (!verdict)
        return NULL;
    verdict->outcome.at = subject_place(all, subject);
    verdict->outcome.has_at = true;
    return verdict;
}

/* By place, what stands for others last; those at one place stay in the order in which the rule gave them. */
static bool comes_before(const pv_verdict *a, const pv_verdict *b) {
    bool is_rest = a->outcome.stands_for > 0;
    if (is_rest != (b->outcome.stands_for > 0))
        return !is_rest;
    return a->outcome.at.span.start < b->outcome.at.span.start;
}

/* The further findings of the rule on the subject, of which the last verdict is the first. */
static bool add_further(gathering *all, const pv_outcome *outcome, pv_error *error) {
    const size_t first = all->verdicts.count - 1;
    const pv_rule *rule = all->verdicts.items[first].rule;
    const pv_subject subject = all->verdicts.items[first].subject;
    for (size_t i = 0; i < outcome->further_count; i++) {
        pv_verdict *verdict = add_at_subject(all, rule, &subject, error);
        if (!verdict || !take_outcome(all, verdict, &outcome->further[i], error))
            return false;
    }
    pv_verdict *list = all->verdicts.items;
    for (size_t i = first + 1; i < all->verdicts.count; i++) {
        const pv_verdict verdict = list[i];
        size_t to = i;
        for (; to > first && comes_before(&verdict, &list[to - 1]); to--)
            list[to] = list[to - 1];
        list[to] = verdict;
    }
    return true;
}

/* Of what a finding points at the words are needed. A submission that cannot be read again is a fault of the rule that
 * points into it: what it has found cannot be shown. */
static bool complete_place(gathering *all, size_t offset, pv_outcome *out, pv_error *error) {
    pv_error failure = {0};
    if (pv_collection_complete(all->collection, offset, &failure))
        return true;
    pv_fault *fault = PV_NEW(all->arena, pv_fault);
    pv_str message = pv_arena_format(all->arena, "%s", failure.message);
    if (failure.code == PV_ERROR_MEMORY || !fault || !message.data)
        return pv_fail_memory(error);
    *fault = (pv_fault){.kind = PV_FAULT_INPUT, .message = message};
    *out = (pv_outcome){.state = PV_STATE_NOT_CHECKED, .work = out->work, .fault = fault};
    return true;
}

static bool complete_places(gathering *all, const pv_outcome *at, pv_outcome *out, pv_error *error) {
    if (at->has_at && !complete_place(all, at->at.span.start, out, error))
        return false;
    for (size_t i = 0; i < at->related_count; i++)
        if (!complete_place(all, at->related[i].at.span.start, out, error))
            return false;
    return true;
}

static bool complete_outcome(gathering *all, pv_outcome *outcome, pv_error *error) {
    const pv_outcome given = *outcome;
    if (!all->collection)
        return true;
    if (!complete_places(all, &given, outcome, error))
        return false;
    for (size_t i = 0; i < given.further_count; i++)
        if (!complete_places(all, &given.further[i], outcome, error))
            return false;
    return true;
}

static bool judge(gathering *all, pv_session *session, size_t rule_index, const pv_subject *subject, pv_error *error) {
    const pv_rule *rule = &all->pack->ruleset->rules[rule_index];
    const size_t first = all->verdicts.count;
    size_t *begins = PV_ARRAY_ADD(all->arena, &all->judged);
    if (!begins)
        return pv_fail_memory(error);
    *begins = first;
    pv_meter *meter = all->pack->ruleset->meter;
    pv_verdict *verdict = add_at_subject(all, rule, subject, error);
    if (!verdict)
        return false;
    pv_str reason = reason_to_pass_over(rule, subject);
    if (reason.size > 0) {
        verdict->outcome.state = PV_STATE_NOT_APPLICABLE;
        verdict->outcome.message = reason;
        pv_meter_pass_over(meter, rule);
    } else {
        pv_outcome outcome = {.state = PV_STATE_NOT_CHECKED};
        pv_meter_begin_call(meter, PV_PHASE_RULES);
        bool evaluated = evaluate(all, session, rule_index, subject, &outcome, error);
        pv_meter_end_call(meter, rule, subject, all->source, verdict->outcome.at.span.start);
        if (!evaluated || !complete_outcome(all, &outcome, error) || !take_outcome(all, verdict, &outcome, error) ||
            !add_further(all, &outcome, error))
            return false;
    }
    pv_verdicts_identify(&all->verdicts.items[first], all->verdicts.count - first, all->source);
    return true;
}

/* Every subject of the rule's kind. */
static bool judge_all(gathering *all, pv_session *session, size_t rule_index, pv_error *error) {
    const pv_rule *rule = &all->pack->ruleset->rules[rule_index];
    size_t count = count_subjects(all->submission, rule);
    for (size_t i = 0; i < count; i++) {
        const pv_subject subject = subject_at(all->submission, rule, i);
        if (!judge(all, session, rule_index, &subject, error))
            return false;
    }
    return true;
}

static bool relate_first(gathering *all, const pv_problem *problem, pv_verdict *verdict, pv_error *error) {
    pv_related *first = PV_NEW(all->arena, pv_related);
    if (!first)
        return pv_fail_memory(error);
    *first = (pv_related){.at = {problem->other, false}, .message = PV_STR("the first")};
    verdict->outcome.related = first;
    verdict->outcome.related_count = 1;
    return true;
}

/* ---- a submission ---- */

/* A verdict of a built-in rule on the submission as a whole, at its form's name. */
static pv_verdict *add_built_in(gathering *all, pv_built_in which, pv_state state, pv_error *error) {
    const pv_subject whole = {.kind = PV_SUBJECT_SUBMISSION};
    pv_verdict *verdict = add_verdict(all, pv_built_in_rule(which), &whole, error);
    if (!verdict)
        return NULL;
    verdict->outcome.state = state;
    verdict->outcome.at = all->home;
    verdict->outcome.has_at = true;
    pv_verdict_identify(verdict, all->source);
    return verdict;
}

static bool add_problem(gathering *all, pv_built_in which, const pv_problem *problem, pv_error *error) {
    pv_verdict *verdict = add_built_in(all, which, PV_STATE_FAIL, error);
    if (!verdict)
        return false;
    verdict->outcome.stands_for = problem->more;
    verdict->outcome.message = problem->message;
    verdict->outcome.at = (pv_place){problem->at, problem->expected_here};
    if (problem->has_other && !relate_first(all, problem, verdict, error))
        return false;
    pv_verdict_identify(verdict, all->source);
    return true;
}

/* One finding per problem that is the rule's to report; *found counts on. */
static bool judge_problems(gathering *all, pv_built_in which, size_t *found, pv_error *error) {
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
static bool is_about(const gathering *all, const pv_verdict *verdict, const pv_breach *breach) {
    const pv_place own = subject_place(all, &verdict->subject);
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
static bool verdict_tells(const gathering *all, size_t rule_index, size_t index, const pv_breach *breach) {
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
static size_t subject_that_contains(const gathering *all, const pv_rule *rule, const pv_breach *breach) {
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
        record = record ? record_of_kind(record, records_of(submission, rule)->spec) : NULL;
        return record ? record->number - 1 : SIZE_MAX;
    case PV_SUBJECT_PAIR:
        return record ? pair_of(pv_form_matrix(submission->form, rule->matrix), record) : SIZE_MAX;
    case PV_SUBJECT_COLLECTION:
        return SIZE_MAX;
    }
    return SIZE_MAX;
}

/* Whether the rule told the breach, in this run. */
static bool rule_tells(const gathering *all, const pv_rule *rule, const pv_breach *breach) {
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

static bool some_rule_tells(const gathering *all, const pv_judges *judges, const pv_breach *breach) {
    for (size_t i = 0; i < judges->count; i++)
        if (rule_tells(all, judges->rules[i], breach))
            return true;
    return false;
}

/* What is broken, and why a built-in rule says so where a rule of the pack should have. */
static pv_str message_of(const gathering *all, const pv_judges *judges, const pv_breach *breach) {
    if (judges->count == 0)
        return breach->message;
    const pv_rule *rule = judges->rules[0];
    bool was_run = all->first_of_rule[rule - all->pack->ruleset->rules] > 0;
    return pv_arena_format(all->arena, "%.*s (%.*s, which judges this, %s)", PV_STR_ARG(breach->message),
                           PV_STR_ARG(rule->id), was_run ? "did not report it" : "was not run");
}

static bool add_finding(gathering *all, pv_built_in which, const pv_breach *breach, const pv_judges *judges,
                        pv_error *error) {
    pv_verdict *verdict = add_verdict(all, pv_built_in_rule(which), &breach->subject, error);
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
    pv_verdict_identify(verdict, all->source);
    return true;
}

/* The day it is judged by; NULL: none was said. */
static const pv_date *day_of(const gathering *all) {
    return all->pack->has_as_of ? &all->pack->as_of : NULL;
}

/* One finding per breach of the rule's conditions that no rule of the pack has told; *found counts on, and *told those
 * that one has. */
static bool judge_conditions(gathering *all, pv_built_in which, size_t *found, size_t *told, pv_error *error) {
    const pv_form *form = all->submission->form;
    for (size_t i = 0; i < form->condition_count; i++) {
        const pv_condition *condition = &form->conditions[i];
        pv_problem_kind problem;
        pv_breaches breaches = {0};
        if (pv_built_in_of_condition(condition) != which || pv_condition_is_structural(condition, &problem))
            continue;
        const pv_judges judges = pv_pack_judges(all->pack, i);
        if (!pv_condition_breaches(condition, all->submission, day_of(all), all->arena, &breaches, error))
            return false;
        for (size_t k = 0; k < breaches.count; k++) {
            bool is_told = some_rule_tells(all, &judges, &breaches.items[k]);
            *told += is_told;
            *found += !is_told;
            if (!is_told && !add_finding(all, which, &breaches.items[k], &judges, error))
                return false;
        }
    }
    return true;
}

/* The verdicts of a built-in rule: its findings, else one that says there is nothing for it to report. */
static bool judge_built_in(gathering *all, pv_built_in which, pv_error *error) {
    size_t found = 0;
    size_t told = 0;
    if (!judge_problems(all, which, &found, error) || !judge_conditions(all, which, &found, &told, error))
        return false;
    if (found > 0)
        return true;
    pv_verdict *verdict = add_built_in(all, which, told > 0 ? PV_STATE_NOT_APPLICABLE : PV_STATE_PASS, error);
    if (verdict && told > 0)
        verdict->outcome.message = PV_STR("rules of the pack report what is not as the form says");
    return verdict;
}

static bool judge_built_in_measured(gathering *all, pv_built_in which, pv_error *error) {
    const pv_subject whole = {.kind = PV_SUBJECT_SUBMISSION};
    pv_meter *meter = all->pack->ruleset->meter;
    pv_meter_begin_call(meter, PV_PHASE_CONDITIONS);
    bool judged = judge_built_in(all, which, error);
    pv_meter_end_call(meter, pv_built_in_rule(which), &whole, all->source, all->home.span.start);
    return judged;
}

/* By where they begin, then by the order in which they were reached: that of the rules' ids, then of the subjects. */
static int compare_verdicts(const void *left, const void *right) {
    const pv_verdict *a = left;
    const pv_verdict *b = right;
    if (a->outcome.at.span.start != b->outcome.at.span.start)
        return a->outcome.at.span.start < b->outcome.at.span.start ? -1 : 1;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return 0;
}

static void sort_verdicts(gathering *all) {
    if (all->verdicts.count > 1)
        qsort(all->verdicts.items, all->verdicts.count, sizeof *all->verdicts.items, compare_verdicts);
}

/* The order of ids, though built-in rules judge last. of_pack: how many verdicts are of the pack's rules. */
static void number_verdicts(gathering *all, size_t of_pack) {
    size_t earlier = 0; /* verdicts of built-in rules that come before the one at hand */
    size_t next = of_pack;
    size_t number = 0;
    for (pv_built_in which = 0; which < PV_BUILT_IN_COUNT; which++) {
        for (; number < all->turn[which]; number++)
            all->verdicts.items[number].order = (uint32_t)(number + earlier);
        for (; next < all->verdicts.count && all->verdicts.items[next].rule == pv_built_in_rule(which); next++) {
            all->verdicts.items[next].order = (uint32_t)(number + earlier);
            earlier++;
        }
    }
    for (; number < of_pack; number++)
        all->verdicts.items[number].order = (uint32_t)(number + earlier);
}

/* The selected rules of the pack in the order of their ids, then the built-in ones, which go by what those told. */
static bool judge_selected(gathering *all, pv_session *session, pv_error *error) {
    pv_str pattern = all->options->rule_pattern;
    const pv_ruleset *ruleset = all->pack->ruleset;
    pv_built_in turn = 0;
    all->first_of_rule = PV_NEW_ARRAY(all->arena, size_t, ruleset->rule_count);
    if (!all->first_of_rule)
        return pv_fail_memory(error);
    for (size_t i = 0; i < ruleset->rule_count; i++) {
        const pv_rule *rule = &ruleset->rules[i];
        while (turn < PV_BUILT_IN_COUNT && pv_str_compare_natural(pv_built_in_rule(turn)->id, rule->id) < 0)
            all->turn[turn++] = all->verdicts.count;
        if (!pv_run_selects(pattern, rule))
            continue;
        all->first_of_rule[i] = all->judged.count + 1;
        if (!judge_all(all, session, i, error))
            return false;
    }
    size_t of_pack = all->verdicts.count;
    size_t *end = PV_ARRAY_ADD(all->arena, &all->judged);
    if (!end)
        return pv_fail_memory(error);
    *end = of_pack;
    while (turn < PV_BUILT_IN_COUNT)
        all->turn[turn++] = of_pack;
    for (pv_built_in which = 0; which < PV_BUILT_IN_COUNT; which++)
        if (pv_built_in_is_of(which, all->submission->form) && pv_run_selects(pattern, pv_built_in_rule(which)) &&
            !judge_built_in_measured(all, which, error))
            return false;
    number_verdicts(all, of_pack);
    return true;
}

static void give_results(gathering *all, pv_results *out) {
    sort_verdicts(all);
    *out = (pv_results){
        .ruleset = all->pack->ruleset,
        .verdicts = all->verdicts.items,
        .verdict_count = all->verdicts.count,
        .faults = all->faults.items,
        .fault_count = all->faults.count,
        .mode = all->options->mode,
        .fail_on = all->options->fail_on,
    };
}

bool pv_run_check(pv_results *out, pv_arena *arena, const pv_pack *pack, const pv_submission *submission,
                  const pv_run_options *options, pv_error *error) {
    gathering all = {
        .arena = arena,
        .pack = pack,
        .submission = submission,
        .source = submission->source,
        .home = {submission->at, false},
        .options = options,
    };
    const pv_ruleset_methods *methods = pack->ruleset->methods;
    pv_meter *meter = pack->ruleset->meter;
    pv_session *session = NULL;
    const pv_phase before = pv_meter_enter(meter, PV_PHASE_SESSION);
    pv_meter_count(meter);
    bool done = methods->begin(pack->ruleset, submission, &session, error);
    (void)pv_meter_enter(meter, PV_PHASE_VERDICTS);
    done = done && judge_selected(&all, session, error);
    (void)pv_meter_enter(meter, PV_PHASE_SESSION);
    if (session)
        methods->end(session);
    (void)pv_meter_enter(meter, PV_PHASE_VERDICTS);
    if (done)
        give_results(&all, out);
    (void)pv_meter_enter(meter, before);
    return done;
}

/* ---- all submissions together ---- */

static bool is_selected_for_collection(const pv_rule *rule, pv_str pattern) {
    return rule->each == PV_SUBJECT_COLLECTION && pv_run_selects(pattern, rule);
}

bool pv_run_needs_collection(const pv_pack *pack, pv_str rule_pattern) {
    bool needed = false;
    for (size_t i = 0; !needed && i < pack->ruleset->rule_count; i++)
        needed = is_selected_for_collection(&pack->ruleset->rules[i], rule_pattern);
    return needed;
}

/* The first submission's; where that cannot be read again, none in any file. */
static bool find_home(gathering *all, pv_error *error) {
    pv_error failure = {0};
    const pv_span first = all->collection->entries[0].filing->at;
    bool is_there = pv_collection_complete(all->collection, first.start, &failure);
    all->home = is_there ? (pv_place){first, false} : (pv_place){{0, 0}, false};
    return is_there || failure.code != PV_ERROR_MEMORY || pv_fail_memory(error);
}

bool pv_run_check_collection(pv_results *out, pv_arena *arena, const pv_pack *pack, pv_collection *collection,
                             const pv_run_options *options, pv_error *error) {
    gathering all = {
        .arena = arena, .pack = pack, .source = collection->source, .collection = collection, .options = options};
    const pv_ruleset *ruleset = pack->ruleset;
    const pv_subject subject = {.kind = PV_SUBJECT_COLLECTION};
    pv_session *session = NULL;
    *out = (pv_results){0};
    if (collection->count == 0)
        return true;
    assert(ruleset->methods->begin_collection || !pv_run_needs_collection(pack, options->rule_pattern));
    if (!ruleset->methods->begin_collection)
        return true;
    if (!find_home(&all, error))
        return false;
    const pv_phase before = pv_meter_enter(ruleset->meter, PV_PHASE_SESSION);
    bool done = ruleset->methods->begin_collection(pack->ruleset, collection, &session, error);
    (void)pv_meter_enter(ruleset->meter, PV_PHASE_VERDICTS);
    for (size_t i = 0; done && i < ruleset->rule_count; i++)
        if (is_selected_for_collection(&ruleset->rules[i], options->rule_pattern))
            done = judge(&all, session, i, &subject, error);
    if (session)
        ruleset->methods->end(session);
    number_verdicts(&all, all.verdicts.count);
    if (done)
        give_results(&all, out);
    (void)pv_meter_enter(ruleset->meter, before);
    return done;
}

size_t pv_run_selected(const pv_pack *pack, pv_str rule_pattern) {
    size_t count = 0;
    const pv_rule *rule;
    for (size_t i = 0; (rule = pv_pack_rule_at(pack, i)); i++)
        count += pv_run_selects(rule_pattern, rule);
    return count;
}

bool pv_run_refused(const pv_pack *pack, pv_str rule_pattern) {
    const pv_ruleset *ruleset = pack->ruleset;
    for (size_t i = 0; i < ruleset->fault_count; i++)
        if (ruleset->faults[i].rule.size > 0 && pv_glob_matches(rule_pattern, ruleset->faults[i].rule))
            return true;
    return false;
}

/* ---- sums ---- */

/* fail and review. */
static void count_finding(pv_summary *summary, const pv_verdict *verdict, pv_level fail_on) {
    size_t count = pv_verdict_count(verdict);
    summary->waived += verdict->waiver ? count : 0;
    summary->unchanged += !verdict->waiver && verdict->baseline == PV_BASELINE_UNCHANGED ? count : 0;
    if (!pv_verdict_is_open(verdict))
        return;
    summary->open_reviews += verdict->outcome.state == PV_STATE_REVIEW ? count : 0;
    summary->new_findings += verdict->baseline == PV_BASELINE_NEW ? count : 0;
    summary->blocking += verdict->level >= fail_on ? count : 0;
    switch (verdict->level) {
    case PV_LEVEL_ERROR:
        summary->error += count;
        break;
    case PV_LEVEL_WARNING:
        summary->warning += count;
        break;
    case PV_LEVEL_NOTE:
        summary->note += count;
        break;
    }
}

void pv_summary_add_findings(pv_summary *summary, const pv_results *results) {
    for (size_t i = 0; i < results->verdict_count; i++) {
        const pv_verdict *verdict = &results->verdicts[i];
        switch (verdict->outcome.state) {
        case PV_STATE_PASS:
            summary->pass++;
            break;
        case PV_STATE_FAIL:
            summary->fail += pv_verdict_count(verdict);
            count_finding(summary, verdict, results->fail_on);
            break;
        case PV_STATE_REVIEW:
            summary->review += pv_verdict_count(verdict);
            count_finding(summary, verdict, results->fail_on);
            break;
        case PV_STATE_NOT_APPLICABLE:
            summary->not_applicable++;
            break;
        case PV_STATE_NOT_CHECKED:
            summary->not_checked++;
            break;
        }
    }
    summary->faults += results->fault_count;
}

void pv_summary_add(pv_summary *summary, const pv_results *results) {
    pv_summary_add_findings(summary, results);
    summary->submissions++;
    summary->by_mode[results->mode]++;
    summary->by_fail_on[results->fail_on]++;
}

int pv_summary_exit_code(const pv_summary *summary) {
    if (summary->faults > 0 || summary->not_checked > 0 || summary->submissions == 0)
        return 2;
    return summary->blocking > 0 ? 1 : 0;
}
