#include "run/runner.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/glob.h"
#include "run/structure.h"
#include "run/subjects.h"
#include "run/window.h"

/* What one check gathers; both arrays grow in the arena by doubling, so a verdict never moves after the end. */
typedef struct gathering {
    pv_arena *arena;
    const pv_pack *pack;
    const pv_submission *submission; /* NULL: the rules look at a collection */
    const pv_source *source;         /* where places lie */
    pv_place home;                   /* of the whole */
    const pv_run_options *options;
    pv_verdict *verdicts;
    size_t verdict_count;
    size_t verdict_capacity;
    pv_fault *faults;
    size_t fault_count;
    size_t fault_capacity;
} gathering;

bool pv_run_selects(pv_str pattern, const pv_rule *rule) {
    return pattern.size == 0 || pv_glob_matches(pattern, rule->id);
}

pv_level pv_run_level(const pv_pack *pack, const pv_rule *rule, const pv_run_options *options) {
    for (size_t i = options->level_count; i > 0; i--)
        if (pv_run_selects(options->levels[i - 1].rule_pattern, rule))
            return options->levels[i - 1].level;
    return pack ? pv_pack_level(pack, rule, options->mode) : rule->level;
}

/* Room for one more element of an array in the arena. */
static bool reserve(pv_arena *arena, void **array, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity)
        return true;
    size_t grown_capacity = *capacity ? *capacity * 2 : 64;
    void *grown = pv_arena_array(arena, grown_capacity, size);
    if (!grown)
        return false;
    if (count)
        memcpy(grown, *array, count * size);
    *array = grown;
    *capacity = grown_capacity;
    return true;
}

static pv_verdict *add_verdict(gathering *all, const pv_rule *rule, const pv_subject *subject, pv_error *error) {
    void *array = all->verdicts;
    if (!reserve(all->arena, &array, all->verdict_count, &all->verdict_capacity, sizeof *all->verdicts)) {
        pv_fail_memory(error);
        return NULL;
    }
    all->verdicts = array;
    pv_verdict *verdict = &all->verdicts[all->verdict_count++];
    *verdict = (pv_verdict){
        .rule = rule,
        .subject = *subject,
        .level = pv_run_level(all->pack, rule, all->options),
    };
    return verdict;
}

static bool add_fault(gathering *all, const pv_rule *rule, const pv_fault *fault, pv_error *error) {
    void *array = all->faults;
    if (!reserve(all->arena, &array, all->fault_count, &all->fault_capacity, sizeof *all->faults))
        return pv_fail_memory(error);
    all->faults = array;
    all->faults[all->fault_count] = *fault;
    all->faults[all->fault_count++].rule = rule->id;
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
    return pv_window_look(&ruleset->rules[rule_index], all->pack, all->arena, &open, out, error) &&
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
    verdict->fingerprint = pv_verdict_fingerprint(verdict, all->source);
    return true;
}

/* One verdict per subject of the rule's kind. */
static bool judge_all(gathering *all, pv_session *session, size_t rule_index, pv_error *error) {
    const pv_rule *rule = &all->pack->ruleset->rules[rule_index];
    size_t count = pv_subjects_count(all->submission, rule);
    for (size_t i = 0; i < count; i++) {
        const pv_subject subject = pv_subjects_at(all->submission, rule, i);
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
        verdict->fingerprint = pv_verdict_fingerprint(verdict, submission->source);
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
    verdict->fingerprint = pv_verdict_fingerprint(verdict, submission->source);
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
    for (size_t i = 0; i < all->verdict_count; i++)
        all->verdicts[i].order = (uint32_t)i;
    if (all->verdict_count > 1)
        qsort(all->verdicts, all->verdict_count, sizeof *all->verdicts, compare_verdicts);
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
        .verdicts = all->verdicts,
        .verdict_count = all->verdict_count,
        .faults = all->faults,
        .fault_count = all->fault_count,
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
