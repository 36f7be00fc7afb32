/* A document with tracked changes, judged with them accepted and without them: what came to the same is said once. */
#include <string.h>

#include "run/changes.h"

/* "passes with the tracked changes accepted". */
static const char *const said[] = {
    [PV_STATE_PASS] = "passes",
    [PV_STATE_FAIL] = "fails",
    [PV_STATE_REVIEW] = "is for review",
    [PV_STATE_NOT_APPLICABLE] = "does not apply",
    [PV_STATE_NOT_CHECKED] = "could not be checked",
};

static pv_str message_of(const pv_verdict *verdict) {
    return verdict->outcome.message.size > 0 ? verdict->outcome.message : verdict->rule->title;
}

/* What it came to in both views, before its working. */
static bool add_working(pv_verdict *verdict, const pv_verdict *original, pv_arena *arena, pv_error *error) {
    pv_outcome *outcome = &verdict->outcome;
    pv_str *working = PV_NEW_ARRAY(arena, pv_str, outcome->working_count + 2);
    if (!working)
        return pv_fail_memory(error);
    working[0] = pv_arena_format(arena, "with the tracked changes accepted: %s: %.*s", pv_state_name(outcome->state),
                                 PV_STR_ARG(message_of(verdict)));
    working[1] = pv_arena_format(arena, "without them: %s: %.*s", pv_state_name(original->outcome.state),
                                 PV_STR_ARG(message_of(original)));
    for (size_t i = 0; i < outcome->working_count; i++)
        working[i + 2] = outcome->working[i];
    outcome->working = working;
    outcome->working_count += 2;
    return (working[0].data && working[1].data) || pv_fail_memory(error);
}

/* Where the finding is that only the original has. */
static bool relate_original(pv_verdict *verdict, const pv_verdict *original, pv_arena *arena, pv_error *error) {
    pv_outcome *outcome = &verdict->outcome;
    pv_related *related = PV_NEW_ARRAY(arena, pv_related, outcome->related_count + 1);
    if (!related)
        return pv_fail_memory(error);
    for (size_t i = 0; i < outcome->related_count; i++)
        related[i] = outcome->related[i];
    related[outcome->related_count] =
        (pv_related){.at = original->outcome.at, .message = PV_STR("without the tracked changes")};
    outcome->related = related;
    outcome->related_count++;
    return true;
}

/* One is a finding, and the other none: whether it stands depends on whether the changes are accepted. */
static bool leave_open(pv_verdict *verdict, const pv_verdict *original, pv_arena *arena,
                       const pv_submission *submission, pv_error *error) {
    pv_outcome *outcome = &verdict->outcome;
    const bool is_of_original = pv_state_is_finding(original->outcome.state);
    const pv_str message = message_of(is_of_original ? original : verdict);
    const bool has_place = is_of_original && original->outcome.has_at;
    outcome->message = pv_arena_format(arena, "%s with the tracked changes accepted, %s without them: %.*s",
                                       said[outcome->state], said[original->outcome.state], PV_STR_ARG(message));
    if (!outcome->message.data)
        return pv_fail_memory(error);
    if (has_place && !relate_original(verdict, original, arena, error))
        return false;
    if (is_of_original)
        outcome->remedy = pv_verdict_remedy(original);
    outcome->state = PV_STATE_REVIEW;
    if (is_of_original)
        pv_verdict_identify(verdict, submission->source, submission);
    return true;
}

/* What could not be checked stays so; two that are no findings differ in nothing that anyone must act on. */
static bool join(pv_verdict *verdict, const pv_verdict *original, pv_arena *arena, const pv_submission *submission,
                 pv_error *error) {
    const pv_state state = verdict->outcome.state;
    const pv_state other = original->outcome.state;
    const bool is_finding = pv_state_is_finding(state);
    const bool is_other_finding = pv_state_is_finding(other);
    if (state == PV_STATE_NOT_CHECKED || (!is_finding && !is_other_finding) ||
        (state == other && pv_str_equal(message_of(verdict), message_of(original))))
        return true;
    return add_working(verdict, original, arena, error) &&
           (is_finding == is_other_finding || leave_open(verdict, original, arena, submission, error));
}

bool pv_run_join_views(pv_results *results, pv_arena *arena, const pv_results *original,
                       const pv_submission *submission, pv_error *error) {
    pv_changes found;
    pv_verdict *verdicts = PV_NEW_ARRAY(arena, pv_verdict, results->verdict_count);
    if (!verdicts)
        return pv_fail_memory(error);
    if (!pv_changes_of(&found, arena, original, results, error))
        return false;
    if (results->verdict_count > 0)
        memcpy(verdicts, results->verdicts, results->verdict_count * sizeof *verdicts);
    for (size_t i = 0; i < found.count; i++) {
        const pv_change *change = &found.list[i];
        if (change->before && change->after &&
            !join(&verdicts[change->after->verdict - results->verdicts], change->before->verdict, arena, submission,
                  error))
            return false;
    }
    results->verdicts = verdicts;
    return true;
}
