#include "run/runner.h"

#include <assert.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/glob.h"

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
        return submission->form->measure_count;
    case PV_SUBJECT_RESPONSE:
        return submission->form->item_count;
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
    const pv_source *source;         /* where places lie */
    pv_place home;                   /* of the whole */
    const pv_run_options *options;
    PV_ARRAY(pv_verdict) verdicts;
    PV_ARRAY(pv_fault) faults;
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
    switch (subject->kind) {
    case PV_SUBJECT_RESPONSE:
        return (pv_place){subject->response->at, subject->response->blank};
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

/* Why a rule that does not look at blanks has nothing to look at, or NULL. */
static const char *blank_reason(const pv_rule *rule, const pv_subject *subject) {
    if (rule->checks_blank)
        return NULL;
    if (subject->kind == PV_SUBJECT_RESPONSE && subject->response->blank)
        return "the response is blank";
    if (subject->kind == PV_SUBJECT_MEASURE && subject->measure->blank)
        return "no response is given in this measure";
    return NULL;
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

static bool judge(gathering *all, pv_session *session, size_t rule_index, const pv_subject *subject, pv_error *error) {
    const pv_rule *rule = &all->pack->ruleset->rules[rule_index];
    pv_verdict *verdict = add_verdict(all, rule, subject, error);
    if (!verdict)
        return false;
    verdict->outcome.at = subject_place(all, subject);
    verdict->outcome.has_at = true;
    const char *reason = blank_reason(rule, subject);
    if (reason) {
        verdict->outcome.state = PV_STATE_NOT_APPLICABLE;
        verdict->outcome.message = pv_str_from(reason);
    } else {
        pv_outcome outcome = {.state = PV_STATE_NOT_CHECKED};
        if (!evaluate(all, session, rule_index, subject, &outcome, error) ||
            !take_outcome(all, verdict, &outcome, error))
            return false;
    }
    pv_verdict_identify(verdict, all->source);
    return true;
}

/* One verdict per subject of the rule's kind. */
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

/* The built-in rules: one finding per problem, and a pass where there is none. */
static bool judge_structure(gathering *all, pv_problem_kind kind, pv_error *error) {
    const pv_rule *rule = pv_structure_rule(kind);
    const pv_submission *submission = all->submission;
    pv_subject subject = {.kind = PV_SUBJECT_SUBMISSION};
    size_t found = 0;
    for (size_t i = 0; i < submission->problem_count; i++) {
        const pv_problem *problem = &submission->problems[i];
        if (problem->kind != kind)
            continue;
        pv_verdict *verdict = add_verdict(all, rule, &subject, error);
        if (!verdict)
            return false;
        verdict->outcome.state = PV_STATE_FAIL;
        verdict->outcome.message = problem->message;
        verdict->outcome.at = (pv_place){problem->at, problem->expected_here};
        verdict->outcome.has_at = true;
        if (problem->has_other && !relate_first(all, problem, verdict, error))
            return false;
        pv_verdict_identify(verdict, submission->source);
        found++;
    }
    if (found > 0)
        return true;
    pv_verdict *verdict = add_verdict(all, rule, &subject, error);
    if (!verdict)
        return false;
    verdict->outcome.state = PV_STATE_PASS;
    verdict->outcome.at = (pv_place){submission->at, false};
    verdict->outcome.has_at = true;
    pv_verdict_identify(verdict, submission->source);
    return true;
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
    for (size_t i = 0; i < all->verdicts.count; i++)
        all->verdicts.items[i].order = (uint32_t)i;
    if (all->verdicts.count > 1)
        qsort(all->verdicts.items, all->verdicts.count, sizeof *all->verdicts.items, compare_verdicts);
}

/* The built-in rules and the pack's, each selected one in its place in the order of ids. */
static bool judge_selected(gathering *all, pv_session *session, pv_error *error) {
    pv_str pattern = all->options->rule_pattern;
    const pv_ruleset *ruleset = all->pack->ruleset;
    pv_problem_kind kind = pv_structure_first(all->pack->form);
    size_t own = 0;
    while (kind < PV_STRUCTURE_RULE_COUNT || own < ruleset->rule_count) {
        const pv_rule *built_in = kind < PV_STRUCTURE_RULE_COUNT ? pv_structure_rule(kind) : NULL;
        const pv_rule *of_pack = own < ruleset->rule_count ? &ruleset->rules[own] : NULL;
        bool judged = true;
        if (built_in && (!of_pack || pv_str_compare_natural(built_in->id, of_pack->id) < 0)) {
            if (pv_run_selects(pattern, built_in))
                judged = judge_structure(all, kind, error);
            kind++;
        } else if (of_pack) { /* as it is: one of the two is left */
            if (pv_run_selects(pattern, of_pack))
                judged = judge_all(all, session, own, error);
            own++;
        }
        if (!judged)
            return false;
    }
    return true;
}

static void give_results(gathering *all, pv_results *out) {
    sort_verdicts(all);
    *out = (pv_results){
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
    pv_session *session = NULL;
    if (!methods->begin(pack->ruleset, submission, &session, error))
        return false;
    bool done = judge_selected(&all, session, error);
    methods->end(session);
    if (done)
        give_results(&all, out);
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

bool pv_run_check_collection(pv_results *out, pv_arena *arena, const pv_pack *pack, const pv_collection *collection,
                             const pv_run_options *options, pv_error *error) {
    gathering all = {.arena = arena, .pack = pack, .source = collection->source, .options = options};
    const pv_ruleset *ruleset = pack->ruleset;
    const pv_subject subject = {.kind = PV_SUBJECT_COLLECTION};
    pv_session *session = NULL;
    *out = (pv_results){0};
    if (collection->count == 0)
        return true;
    assert(ruleset->methods->begin_collection || !pv_run_needs_collection(pack, options->rule_pattern));
    if (!ruleset->methods->begin_collection)
        return true;
    all.home = (pv_place){collection->entries[0].filing->at, false};
    if (!ruleset->methods->begin_collection(pack->ruleset, collection, &session, error))
        return false;
    bool done = true;
    for (size_t i = 0; done && i < ruleset->rule_count; i++)
        if (is_selected_for_collection(&ruleset->rules[i], options->rule_pattern))
            done = judge(&all, session, i, &subject, error);
    ruleset->methods->end(session);
    if (done)
        give_results(&all, out);
    return done;
}

size_t pv_run_selected(const pv_pack *pack, pv_str rule_pattern) {
    size_t count = 0;
    for (pv_problem_kind kind = pv_structure_first(pack->form); kind < PV_STRUCTURE_RULE_COUNT; kind++)
        count += pv_run_selects(rule_pattern, pv_structure_rule(kind));
    for (size_t i = 0; i < pack->ruleset->rule_count; i++)
        count += pv_run_selects(rule_pattern, &pack->ruleset->rules[i]);
    return count;
}

/* ---- sums ---- */

/* fail and review. */
static void count_finding(pv_summary *summary, const pv_verdict *verdict, pv_level fail_on) {
    summary->waived += verdict->waiver != NULL;
    summary->unchanged += !verdict->waiver && verdict->baseline == PV_BASELINE_UNCHANGED;
    if (!pv_verdict_is_open(verdict))
        return;
    summary->open_reviews += verdict->outcome.state == PV_STATE_REVIEW;
    summary->new_findings += verdict->baseline == PV_BASELINE_NEW;
    summary->blocking += verdict->level >= fail_on;
    switch (verdict->level) {
    case PV_LEVEL_ERROR:
        summary->error++;
        break;
    case PV_LEVEL_WARNING:
        summary->warning++;
        break;
    case PV_LEVEL_NOTE:
        summary->note++;
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
            summary->fail++;
            count_finding(summary, verdict, results->fail_on);
            break;
        case PV_STATE_REVIEW:
            summary->review++;
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
