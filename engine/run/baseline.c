#include "run/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "base/glob.h"

int pv_baseline_compare(const pv_baseline_entry *left, const pv_baseline_entry *right) {
    int order = pv_str_compare(left->path, right->path);
    order = order ? order : pv_str_compare_natural(left->rule, right->rule);
    order = order ? order : pv_str_compare(left->rule, right->rule);
    order = order ? order : pv_str_compare_natural(left->subject, right->subject);
    order = order ? order : pv_str_compare(left->subject, right->subject);
    if (order)
        return order;
    if (left->fingerprint != right->fingerprint)
        return left->fingerprint < right->fingerprint ? -1 : 1;
    return (left->ordinal > right->ordinal) - (left->ordinal < right->ordinal);
}

/* ---- the findings of a submission ---- */

/* Equal but for their number; entries of one array, so that the order of places decides. */
static int compare_equals(const void *left, const void *right) {
    const pv_baseline_entry *a = *(const pv_baseline_entry *const *)left;
    const pv_baseline_entry *b = *(const pv_baseline_entry *const *)right;
    int order = pv_str_compare(a->rule, b->rule);
    if (order)
        return order;
    if (a->fingerprint != b->fingerprint)
        return a->fingerprint < b->fingerprint ? -1 : 1;
    return (a > b) - (a < b);
}

static bool number_equals(pv_baseline_findings *findings, pv_arena *arena) {
    pv_baseline_entry **sorted = PV_NEW_ARRAY(arena, pv_baseline_entry *, findings->count);
    if (!sorted)
        return false;
    for (size_t i = 0; i < findings->count; i++)
        sorted[i] = &findings->entries[i];
    if (findings->count > 1)
        qsort(sorted, findings->count, sizeof *sorted, compare_equals);
    for (size_t i = 0; i < findings->count; i++) {
        bool equal = i > 0 && sorted[i]->fingerprint == sorted[i - 1]->fingerprint &&
                     pv_str_equal(sorted[i]->rule, sorted[i - 1]->rule);
        sorted[i]->ordinal = equal ? sorted[i - 1]->ordinal + 1 : 1;
    }
    return true;
}

static pv_str plain_path(pv_str path) {
    while (pv_str_starts_with(path, PV_STR("./")))
        path = pv_str_slice(path, 2, path.size);
    return path;
}

bool pv_baseline_findings_of(pv_baseline_findings *out, pv_arena *arena, pv_str path, const pv_results *results,
                             pv_error *error) {
    *out = (pv_baseline_findings){0};
    size_t most = 0;
    for (size_t i = 0; i < results->verdict_count; i++)
        most += pv_state_can_be_accepted(results->verdicts[i].outcome.state);
    out->entries = PV_NEW_ARRAY(arena, pv_baseline_entry, most);
    out->verdicts = PV_NEW_ARRAY(arena, size_t, most);
    if (!out->entries || !out->verdicts)
        return pv_fail_memory(error);
    for (size_t i = 0; i < results->verdict_count; i++) {
        const pv_verdict *verdict = &results->verdicts[i];
        if (!pv_state_can_be_accepted(verdict->outcome.state))
            continue;
        pv_str subject = pv_subject_name(&verdict->subject, arena);
        if (!subject.data)
            return pv_fail_memory(error);
        out->verdicts[out->count] = i;
        out->entries[out->count++] =
            (pv_baseline_entry){plain_path(path), verdict->rule->id, subject, verdict->fingerprint, 0};
    }
    return number_equals(out, arena) || pv_fail_memory(error);
}

/* ---- against the baseline ---- */

/* The entries of a path, which stand together. */
static void entries_of_path(const pv_baseline *baseline, pv_str path, size_t *start, size_t *end) {
    size_t low = 0;
    size_t high = baseline->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pv_str_compare(baseline->entries[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *start = low;
    while (low < baseline->count && pv_str_equal(baseline->entries[low].path, path))
        low++;
    *end = low;
}

/* By what makes a finding the same, subjects' names left aside: a row's number may have changed. */
static int compare_keys(const pv_baseline_entry *a, const pv_baseline_entry *b) {
    int order = pv_str_compare(a->rule, b->rule);
    if (order)
        return order;
    if (a->fingerprint != b->fingerprint)
        return a->fingerprint < b->fingerprint ? -1 : 1;
    return (a->ordinal > b->ordinal) - (a->ordinal < b->ordinal);
}

static int compare_key_pointers(const void *left, const void *right) {
    return compare_keys(*(const pv_baseline_entry *const *)left, *(const pv_baseline_entry *const *)right);
}

/* The entries [start, end) by their keys, in arena. */
static const pv_baseline_entry **sort_by_key(const pv_baseline *baseline, size_t start, size_t end, pv_arena *arena) {
    const pv_baseline_entry **sorted = PV_NEW_ARRAY(arena, const pv_baseline_entry *, end - start);
    for (size_t i = start; sorted && i < end; i++)
        sorted[i - start] = &baseline->entries[i];
    if (sorted && end - start > 1)
        qsort(sorted, end - start, sizeof *sorted, compare_key_pointers);
    return sorted;
}

static void mark_findings(const pv_baseline *baseline, const pv_baseline_entry *const *sorted, size_t count,
                          const pv_baseline_findings *findings, pv_verdict *verdicts, unsigned char *notes) {
    for (size_t i = 0; i < findings->count; i++) {
        const pv_baseline_entry *wanted = &findings->entries[i];
        pv_verdict *verdict = &verdicts[findings->verdicts[i]];
        const pv_baseline_entry *const *found =
            count > 0 ? bsearch(&wanted, sorted, count, sizeof *sorted, compare_key_pointers) : NULL;
        if (found)
            notes[*found - baseline->entries] |= PV_BASELINE_SEEN;
        if (!verdict->waiver)
            verdict->baseline = found ? PV_BASELINE_UNCHANGED : PV_BASELINE_NEW;
    }
}

/* Whether the rule came to a verdict wherever it had to. */
static bool was_decided(const pv_results *results, pv_str rule) {
    for (size_t i = 0; i < results->verdict_count; i++)
        if (results->verdicts[i].outcome.state == PV_STATE_NOT_CHECKED &&
            pv_str_equal(results->verdicts[i].rule->id, rule))
            return false;
    return true;
}

bool pv_baseline_apply(const pv_baseline *baseline, pv_str path, pv_str rule_pattern, bool lost, pv_results *results,
                       unsigned char *notes, pv_arena *arena, pv_error *error) {
    pv_baseline_findings findings;
    size_t start;
    size_t end;
    pv_verdict *verdicts = PV_NEW_ARRAY(arena, pv_verdict, results->verdict_count);
    if (!verdicts || !pv_baseline_findings_of(&findings, arena, path, results, error))
        return pv_fail_memory(error);
    if (results->verdict_count > 0)
        memcpy(verdicts, results->verdicts, results->verdict_count * sizeof *verdicts);
    entries_of_path(baseline, plain_path(path), &start, &end);
    const pv_baseline_entry **sorted = sort_by_key(baseline, start, end, arena);
    if (!sorted)
        return pv_fail_memory(error);
    mark_findings(baseline, sorted, end - start, &findings, verdicts, notes);
    results->verdicts = verdicts;
    for (size_t i = start; i < end; i++) {
        pv_str rule = baseline->entries[i].rule;
        bool judged = !lost && (rule_pattern.size == 0 || pv_glob_matches(rule_pattern, rule));
        if (!(notes[i] & PV_BASELINE_SEEN) && judged && was_decided(results, rule))
            notes[i] |= PV_BASELINE_FIXED;
    }
    return true;
}
