#include "run/comparison.h"

#include <stdlib.h>

/* A verdict with what it is matched by. */
typedef struct entry {
    const pv_verdict *verdict;
    pv_str rule; /* its id, or the id of the rule that replaces it */
    pv_str subject;
    bool taken;
} entry;

typedef struct entries {
    entry *list; /* by rule, subject and order */
    size_t count;
} entries;

static const char *const names[PV_CHANGE_COUNT] = {
    [PV_CHANGE_NONE] = "none",
    [PV_CHANGE_FAILING] = "newly-failing",
    [PV_CHANGE_REVIEW] = "newly-in-review",
    [PV_CHANGE_NOT_CHECKED] = "newly-not-checked",
    [PV_CHANGE_PASSING] = "newly-passing",
    [PV_CHANGE_APPLICABLE] = "newly-applicable",
    [PV_CHANGE_NOT_APPLICABLE] = "no-longer-applicable",
    [PV_CHANGE_LEVEL] = "changed-level",
    [PV_CHANGE_WORDING] = "changed-wording",
};

const char *pv_change_name(pv_change_kind kind) {
    return names[kind];
}

size_t pv_comparison_changed(const pv_comparison *comparison) {
    return comparison->count - comparison->counts[PV_CHANGE_NONE];
}

const pv_verdict *pv_change_verdict(const pv_change *change) {
    return change->after ? change->after : change->before;
}

/* ---- one pair ---- */

static bool same_due(const pv_verdict *a, const pv_verdict *b) {
    return a->outcome.has_due == b->outcome.has_due &&
           (!a->outcome.has_due || pv_date_compare(a->outcome.due, b->outcome.due) == 0);
}

static pv_change_kind kind_of(const pv_verdict *before, const pv_verdict *after) {
    pv_state was = before ? before->outcome.state : PV_STATE_NOT_APPLICABLE;
    pv_state is = after ? after->outcome.state : PV_STATE_NOT_APPLICABLE;
    if (was == is && is == PV_STATE_NOT_APPLICABLE)
        return PV_CHANGE_NONE;
    if (was == is && pv_state_is_finding(is) && before->level != after->level)
        return PV_CHANGE_LEVEL;
    if (was == is)
        return same_due(before, after) && pv_str_equal(before->outcome.message, after->outcome.message)
                   ? PV_CHANGE_NONE
                   : PV_CHANGE_WORDING;
    switch (is) {
    case PV_STATE_FAIL:
        return PV_CHANGE_FAILING;
    case PV_STATE_REVIEW:
        return PV_CHANGE_REVIEW;
    case PV_STATE_NOT_CHECKED:
        return PV_CHANGE_NOT_CHECKED;
    case PV_STATE_PASS:
        return was == PV_STATE_NOT_APPLICABLE ? PV_CHANGE_APPLICABLE : PV_CHANGE_PASSING;
    case PV_STATE_NOT_APPLICABLE:
        return PV_CHANGE_NOT_APPLICABLE;
    }
    return PV_CHANGE_NONE;
}

typedef struct pairing {
    pv_change *changes;
    size_t count;
} pairing;

static void add_pair(pairing *all, entry *before, entry *after) {
    pv_change *change = &all->changes[all->count++];
    *change = (pv_change){
        .before = before ? before->verdict : NULL,
        .after = after ? after->verdict : NULL,
        .subject = after ? after->subject : before->subject,
    };
    change->kind = kind_of(change->before, change->after);
    if (before)
        before->taken = true;
    if (after)
        after->taken = true;
}

/* ---- matching ---- */

static int compare_keys(const entry *a, const entry *b) {
    int order = pv_str_compare(a->rule, b->rule);
    return order != 0 ? order : pv_str_compare(a->subject, b->subject);
}

static int compare_entries(const void *left, const void *right) {
    const entry *a = left;
    const entry *b = right;
    int order = compare_keys(a, b);
    return order != 0 ? order : (a->verdict > b->verdict) - (a->verdict < b->verdict);
}

static bool replaces(const pv_rule *rule, pv_str id) {
    for (size_t i = 0; i < rule->replaces_count; i++)
        if (pv_str_equal(rule->replaces[i], id))
            return true;
    return false;
}

/* The rules among the results' that replace others. Most packs have none. */
static bool find_replacing(const pv_rule ***out, size_t *count, pv_arena *arena, const pv_results *results,
                           pv_error *error) {
    *count = 0;
    *out = PV_NEW_ARRAY(arena, const pv_rule *, results->verdict_count);
    if (!*out)
        return pv_fail_memory(error);
    for (size_t i = 0; i < results->verdict_count; i++) {
        const pv_rule *rule = results->verdicts[i].rule;
        size_t known = rule->replaces_count > 0 ? 0 : *count;
        while (known < *count && (*out)[known] != rule)
            known++;
        if (rule->replaces_count > 0 && known == *count)
            (*out)[(*count)++] = rule;
    }
    return true;
}

/* Has the verdicts of replaced rules stand with those of the rules that replace them. */
static bool follow_replaced(entries *before, pv_arena *arena, const pv_results *after, pv_error *error) {
    const pv_rule **replacing;
    size_t count;
    if (!find_replacing(&replacing, &count, arena, after, error))
        return false;
    for (size_t i = 0; count > 0 && i < before->count; i++)
        for (size_t k = 0; k < count; k++)
            if (replaces(replacing[k], before->list[i].rule)) {
                before->list[i].rule = replacing[k]->id;
                break;
            }
    return true;
}

static void sort(entries *all) {
    if (all->count > 1)
        qsort(all->list, all->count, sizeof *all->list, compare_entries);
}

static bool gather(entries *out, pv_arena *arena, const pv_results *results, pv_error *error) {
    out->count = results->verdict_count;
    out->list = PV_NEW_ARRAY(arena, entry, out->count);
    if (!out->list)
        return pv_fail_memory(error);
    for (size_t i = 0; i < out->count; i++) {
        const pv_verdict *verdict = &results->verdicts[i];
        out->list[i] = (entry){
            .verdict = verdict,
            .rule = verdict->rule->id,
            .subject = pv_subject_name(&verdict->subject, arena),
        };
        if (!out->list[i].subject.data)
            return pv_fail_memory(error);
    }
    return true;
}

/* How many entries from start on are of one rule and subject. */
static size_t group_size(const entries *all, size_t start) {
    size_t end = start;
    while (end < all->count && compare_keys(&all->list[start], &all->list[end]) == 0)
        end++;
    return end - start;
}

static entry *next_free(entry *group, size_t count, size_t *from) {
    while (*from < count && group[*from].taken)
        ++*from;
    return *from < count ? &group[*from] : NULL;
}

/* Pairs those that stand at the same words. Findings of one rule on one subject are few but in a hostile filing; there the
 * search goes on from where the last was found, since both sides are in one order. */
static void pair_alike(pairing *all, entry *before, size_t before_count, entry *after, size_t after_count) {
    size_t from = 0;
    for (size_t i = 0; i < before_count; i++)
        for (size_t k = from; k < after_count; k++) {
            if (before[i].verdict->fingerprint != after[k].verdict->fingerprint)
                continue;
            add_pair(all, &before[i], &after[k]);
            from = k + 1;
            break;
        }
}

static void pair_group(pairing *all, entry *before, size_t before_count, entry *after, size_t after_count) {
    size_t b = 0;
    size_t a = 0;
    if (before_count > 1 || after_count > 1)
        pair_alike(all, before, before_count, after, after_count);
    for (;;) {
        entry *was = next_free(before, before_count, &b);
        entry *is = next_free(after, after_count, &a);
        if (!was && !is)
            return;
        add_pair(all, was, is);
    }
}

static void pair_all(pairing *all, entries *before, entries *after) {
    size_t b = 0;
    size_t a = 0;
    while (b < before->count || a < after->count) {
        int order = b == before->count ? 1 : a == after->count ? -1 : compare_keys(&before->list[b], &after->list[a]);
        size_t before_count = order <= 0 ? group_size(before, b) : 0;
        size_t after_count = order >= 0 ? group_size(after, a) : 0;
        pair_group(all, before->list + b, before_count, after->list + a, after_count);
        b += before_count;
        a += after_count;
    }
}

/* ---- order ---- */

/* By where they begin, then by rule and subject; of several, in the order they were reached. */
static int compare_changes(const void *left, const void *right) {
    const pv_change *a = left;
    const pv_change *b = right;
    const pv_verdict *x = pv_change_verdict(a);
    const pv_verdict *y = pv_change_verdict(b);
    if (x->outcome.at.span.start != y->outcome.at.span.start)
        return x->outcome.at.span.start < y->outcome.at.span.start ? -1 : 1;
    int order = pv_str_compare_natural(x->rule->id, y->rule->id);
    if (order == 0)
        order = pv_str_compare_natural(a->subject, b->subject);
    if (order == 0)
        order = (x->order > y->order) - (x->order < y->order);
    return order != 0 ? order : (a->after == NULL) - (b->after == NULL);
}

bool pv_comparison_make(pv_comparison *out, pv_arena *arena, const pv_results *before, const pv_results *after,
                        pv_error *error) {
    entries was;
    entries is;
    if (!gather(&was, arena, before, error) || !gather(&is, arena, after, error) ||
        !follow_replaced(&was, arena, after, error))
        return false;
    sort(&was);
    sort(&is);
    pairing all = {.changes = PV_NEW_ARRAY(arena, pv_change, was.count + is.count)};
    if (!all.changes)
        return pv_fail_memory(error);
    pair_all(&all, &was, &is);
    if (all.count > 1)
        qsort(all.changes, all.count, sizeof *all.changes, compare_changes);
    *out = (pv_comparison){.changes = all.changes, .count = all.count};
    for (size_t i = 0; i < all.count; i++)
        out->counts[all.changes[i].kind]++;
    return true;
}
