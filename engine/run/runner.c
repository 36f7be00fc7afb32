#include "run/runner_p.h"

#include <assert.h>

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

pv_verdict *pv_gathering_add(pv_gathering *all, const pv_rule *rule, const pv_subject *subject, pv_error *error) {
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

static bool add_fault(pv_gathering *all, const pv_rule *rule, const pv_fault *fault, pv_error *error) {
    pv_fault *added = PV_ARRAY_ADD(all->arena, &all->faults);
    if (!added)
        return pv_fail_memory(error);
    *added = *fault;
    added->rule = rule->id;
    return true;
}

pv_place pv_gathering_place(const pv_gathering *all, const pv_subject *subject) {
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

static const pv_uncertain *first_uncertain(const pv_submission *submission, const pv_filed_measure *measure) {
    for (size_t i = 0; i < measure->measure->item_count; i++)
        if (measure->responses[i].uncertainty)
            return pv_uncertain_response(submission, &measure->responses[i]);
    return NULL;
}

/* Why a rule has nothing to look at: the subject does not apply, or is blank and the rule does not look at blanks; else
 * empty. *rests_on: what is uncertain by which that is so; or NULL. */
static pv_str reason_to_pass_over(const pv_submission *submission, const pv_rule *rule, const pv_subject *subject,
                                  const pv_uncertain **rests_on) {
    const pv_response *response = subject->kind == PV_SUBJECT_RESPONSE ? subject->response : NULL;
    const pv_filed_measure *measure = subject->kind == PV_SUBJECT_MEASURE ? subject->measure : NULL;
    if (response && pv_response_is_exempt(response))
        return response->why_not;
    if (measure && pv_measure_is_exempt(measure))
        return measure->why_not;
    if (response && response->value && !rule->checks_typed)
        return PV_STR("the prompt asks for a value, not for prose");
    *rests_on = response  ? pv_uncertain_response(submission, response)
                : measure ? first_uncertain(submission, measure)
                          : NULL;
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
static bool take_outcome(pv_gathering *all, pv_verdict *verdict, const pv_outcome *outcome, pv_error *error) {
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
static bool evaluate(pv_gathering *all, pv_session *session, size_t rule_index, const pv_subject *subject,
                     pv_outcome *out, pv_error *error) {
    pv_ruleset *ruleset = all->pack->ruleset;
    const pv_ruleset_methods *methods = ruleset->methods;
    bool followed = all->options->follow && methods->follow;
    bool open;
    return look_at_days(&ruleset->rules[rule_index], all->pack, all->arena, &open, out, error) &&
           (!open ||
            (followed ? methods->follow : methods->evaluate)(session, rule_index, subject, all->arena, out, error));
}

/* A verdict at its subject's own place, until it has another. */
static pv_verdict *add_at_subject(pv_gathering *all, const pv_rule *rule, const pv_subject *subject, pv_error *error) {
    pv_verdict *verdict = pv_gathering_add(all, rule, subject, error);
    if (!verdict)
        return NULL;
    verdict->outcome.at = pv_gathering_place(all, subject);
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
static bool add_further(pv_gathering *all, const pv_outcome *outcome, pv_error *error) {
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

/* Leaves the verdicts from first on to a person where they rest on what could not be told with certainty. rests_on: why
 * nothing was looked at does. */
static bool doubt_verdicts(pv_gathering *all, size_t first, const pv_uncertain *rests_on, pv_error *error) {
    const pv_uncertain *looked_at = all->verdicts.items[first].outcome.looked_at;
    for (size_t i = first; i < all->verdicts.count; i++) {
        pv_verdict *verdict = &all->verdicts.items[i];
        bool is_open = verdict->outcome.state != PV_STATE_NOT_APPLICABLE;
        verdict->outcome.looked_at = looked_at;
        const pv_uncertain *part = is_open ? pv_doubted(all, verdict) : looked_at ? looked_at : rests_on;
        if (part && !pv_doubt(all, verdict, part, error))
            return false;
    }
    return true;
}

/* Of what a finding points at the words are needed. A submission that cannot be read again is a fault of the rule that
 * points into it: what it has found cannot be shown. */
static bool complete_place(pv_gathering *all, size_t offset, pv_outcome *out, pv_error *error) {
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

static bool complete_places(pv_gathering *all, const pv_outcome *at, pv_outcome *out, pv_error *error) {
    if (at->has_at && !complete_place(all, at->at.span.start, out, error))
        return false;
    for (size_t i = 0; i < at->related_count; i++)
        if (!complete_place(all, at->related[i].at.span.start, out, error))
            return false;
    return true;
}

static bool complete_outcome(pv_gathering *all, pv_outcome *outcome, pv_error *error) {
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

static bool judge(pv_gathering *all, pv_session *session, size_t rule_index, const pv_subject *subject,
                  pv_error *error) {
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
    const pv_uncertain *rests_on = NULL;
    pv_str reason = reason_to_pass_over(all->submission, rule, subject, &rests_on);
    if (reason.size > 0) {
        verdict->outcome.state = PV_STATE_NOT_APPLICABLE;
        verdict->outcome.message = reason;
        pv_meter_pass_over(meter, rule);
    } else {
        rests_on = NULL;
        pv_outcome outcome = {.state = PV_STATE_NOT_CHECKED};
        pv_meter_begin_call(meter, PV_PHASE_RULES);
        bool evaluated = evaluate(all, session, rule_index, subject, &outcome, error);
        pv_meter_end_call(meter, rule, subject, all->source, verdict->outcome.at.span.start);
        if (!evaluated || !complete_outcome(all, &outcome, error) || !take_outcome(all, verdict, &outcome, error) ||
            !add_further(all, &outcome, error))
            return false;
    }
    if (!doubt_verdicts(all, first, rests_on, error))
        return false;
    pv_verdicts_identify(&all->verdicts.items[first], all->verdicts.count - first, all->source, all->submission,
                         &all->rule_hash);
    return true;
}

/* Every subject of the rule's kind. */
static bool judge_all(pv_gathering *all, pv_session *session, size_t rule_index, pv_error *error) {
    const pv_rule *rule = &all->pack->ruleset->rules[rule_index];
    size_t count = count_subjects(all->submission, rule);
    for (size_t i = 0; i < count; i++) {
        const pv_subject subject = subject_at(all->submission, rule, i);
        if (!judge(all, session, rule_index, &subject, error))
            return false;
    }
    return true;
}

/* ---- a submission ---- */

/* Where a verdict comes: by where it begins, then by the order in which it was reached, that of the rules' ids, then of
 * the subjects. */
typedef struct rank {
    uint64_t key;
    uint32_t verdict; /* its index */
} rank;

static void merge(const rank *from, size_t middle, size_t end, rank *to) {
    size_t left = 0, right = middle;
    for (size_t i = 0; i < end; i++)
        to[i] = right == end || (left < middle && from[left].key <= from[right].key) ? from[left++] : from[right++];
}

/* Sorts the ranks by merging runs that are in order, of which the verdicts of each rule are one: into either array. */
static rank *sort_ranks(rank *ranks, rank *other, size_t count) {
    for (size_t runs = 2; runs > 1;) {
        runs = 0;
        for (size_t start = 0; start < count; runs++) {
            size_t middle = start + 1;
            while (middle < count && ranks[middle - 1].key <= ranks[middle].key)
                middle++;
            size_t end = middle + (middle < count);
            while (end < count && ranks[end - 1].key <= ranks[end].key)
                end++;
            merge(ranks + start, middle - start, end - start, other + start);
            start = end;
        }
        rank *merged = other;
        other = ranks;
        ranks = merged;
    }
    return ranks;
}

/* Puts the verdict of each rank where the rank is, in place: each goes to where the one before it in its circle was. */
static void put_in_order(pv_verdict *verdicts, rank *in_order, size_t count) {
    for (size_t start = 0; start < count; start++) {
        size_t to = start;
        size_t from = in_order[to].verdict;
        if (from == start)
            continue;
        const pv_verdict first = verdicts[start];
        for (; from != start; from = in_order[to].verdict) {
            verdicts[to] = verdicts[from];
            in_order[to].verdict = (uint32_t)to;
            to = from;
        }
        verdicts[to] = first;
        in_order[to].verdict = (uint32_t)to;
    }
}

static bool sort_verdicts(pv_gathering *all, pv_error *error) {
    const size_t count = all->verdicts.count;
    rank *ranks = pv_arena_room(all->arena, (2 * count + 1) * sizeof *ranks);
    if (!ranks)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        const pv_verdict *verdict = &all->verdicts.items[i];
        ranks[i] = (rank){(uint64_t)verdict->outcome.at.span.start << 32 | verdict->order, (uint32_t)i};
    }
    put_in_order(all->verdicts.items, sort_ranks(ranks, ranks + count, count), count);
    return true;
}

/* The order of ids, though built-in rules judge last. of_pack: how many verdicts are of the pack's rules. */
static void number_verdicts(pv_gathering *all, size_t of_pack) {
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

/* Which built-in rule judges which condition. */
static bool share_conditions(pv_gathering *all, pv_error *error) {
    const pv_form *form = all->submission->form;
    pv_problem_kind problem;
    all->built_in_of = pv_arena_room(all->arena, form->condition_count + 1);
    for (size_t i = 0; all->built_in_of && i < form->condition_count; i++)
        all->built_in_of[i] = (unsigned char)(pv_condition_is_structural(&form->conditions[i], &problem)
                                                  ? PV_BUILT_IN_COUNT
                                                  : pv_built_in_of_condition(&form->conditions[i]));
    return all->built_in_of || pv_fail_memory(error);
}

/* Room for a verdict of each rule on each of its subjects, and for a few findings more; whoever adds one fills it. */
static bool make_room(pv_gathering *all, pv_error *error) {
    const pv_ruleset *ruleset = all->pack->ruleset;
    size_t judged = 0;
    for (size_t i = 0; i < ruleset->rule_count; i++)
        if (pv_run_selects(all->options->rule_pattern, &ruleset->rules[i]))
            judged += count_subjects(all->submission, &ruleset->rules[i]);
    all->verdicts.capacity = judged + (size_t)2 * PV_BUILT_IN_COUNT;
    all->verdicts.items = pv_arena_room(all->arena, all->verdicts.capacity * sizeof *all->verdicts.items);
    all->judged.capacity = judged + 1;
    all->judged.items = pv_arena_room(all->arena, all->judged.capacity * sizeof *all->judged.items);
    all->first_of_rule = PV_NEW_ARRAY(all->arena, size_t, ruleset->rule_count);
    return (all->verdicts.items && all->judged.items && all->first_of_rule) || pv_fail_memory(error);
}

/* The selected rules of the pack in the order of their ids, then the built-in ones, which go by what those told. */
static bool judge_selected(pv_gathering *all, pv_session *session, pv_error *error) {
    pv_str pattern = all->options->rule_pattern;
    const pv_ruleset *ruleset = all->pack->ruleset;
    pv_built_in turn = 0;
    if (!make_room(all, error) || !share_conditions(all, error))
        return false;
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
    const unsigned built_in = pv_built_ins_of(all->submission->form);
    for (pv_built_in which = 0; which < PV_BUILT_IN_COUNT; which++)
        if (built_in >> which & 1 && pv_run_selects(pattern, pv_built_in_rule(which)) &&
            !pv_built_in_judge(all, which, error))
            return false;
    number_verdicts(all, of_pack);
    return true;
}

static bool give_results(pv_gathering *all, pv_results *out, pv_error *error) {
    if (!sort_verdicts(all, error))
        return false;
    *out = (pv_results){
        .ruleset = all->pack->ruleset,
        .verdicts = all->verdicts.items,
        .verdict_count = all->verdicts.count,
        .faults = all->faults.items,
        .fault_count = all->faults.count,
        .mode = all->options->mode,
        .fail_on = all->options->fail_on,
    };
    return true;
}

bool pv_run_check(pv_results *out, pv_arena *arena, const pv_pack *pack, const pv_submission *submission,
                  const pv_run_options *options, pv_error *error) {
    pv_gathering all = {
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
    done = done && give_results(&all, out, error);
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
static bool find_home(pv_gathering *all, pv_error *error) {
    pv_error failure = {0};
    const pv_span first = all->collection->entries[0].filing->at;
    bool is_there = pv_collection_complete(all->collection, first.start, &failure);
    all->home = is_there ? (pv_place){first, false} : (pv_place){{0, 0}, false};
    return is_there || failure.code != PV_ERROR_MEMORY || pv_fail_memory(error);
}

bool pv_run_check_collection(pv_results *out, pv_arena *arena, const pv_pack *pack, pv_collection *collection,
                             const pv_run_options *options, pv_error *error) {
    pv_gathering all = {
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
    done = done && give_results(&all, out, error);
    (void)pv_meter_enter(ruleset->meter, before);
    return done;
}

size_t pv_run_selected(const pv_pack *pack, pv_str rule_pattern) {
    const unsigned built_in = pv_built_ins_of(pack->form);
    size_t count = 0;
    for (pv_built_in which = 0; which < PV_BUILT_IN_COUNT; which++)
        count += built_in >> which & 1 && pv_run_selects(rule_pattern, pv_built_in_rule(which));
    for (size_t i = 0; i < pack->ruleset->rule_count; i++)
        count += pv_run_selects(rule_pattern, &pack->ruleset->rules[i]);
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
