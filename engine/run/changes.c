#include "run/changes.h"

#include <stdlib.h>

/* ---- entries ---- */

pv_str pv_entry_path(pv_arena *arena, pv_str path) {
    pv_buf out = pv_buf_on(pv_arena_memory(arena));
    size_t end;
    if (path.size == 0)
        return PV_STR("");
    if (pv_str_starts_with(path, PV_STR("/")))
        pv_buf_append_char(&out, '/');
    for (size_t at = 0; at < path.size; at = end + 1) {
        end = pv_str_find(path, PV_STR("/"), at);
        end = end == SIZE_MAX ? path.size : end;
        pv_str part = pv_str_slice(path, at, end);
        if (part.size == 0 || pv_str_equal(part, PV_STR(".")))
            continue;
        if (out.size > 0 && out.data[out.size - 1] != '/')
            pv_buf_append_char(&out, '/');
        pv_buf_append(&out, part);
    }
    pv_str normal = {0};
    if (!out.failed)
        normal = pv_str_equal(pv_buf_str(&out), path) ? path : pv_arena_copy(arena, pv_buf_str(&out));
    pv_buf_clear(&out);
    return normal;
}

static int compare_numbers(uint64_t a, uint64_t b) {
    return (a > b) - (a < b);
}

/* Of one array, so that those equal in all else stay in the order of places. */
static int compare_equals(const void *left, const void *right) {
    const pv_verdict_entry *a = *(const pv_verdict_entry *const *)left;
    const pv_verdict_entry *b = *(const pv_verdict_entry *const *)right;
    int order = pv_str_compare(a->rule, b->rule);
    order = order ? order : compare_numbers(a->fingerprint, b->fingerprint);
    return order ? order : (a > b) - (a < b);
}

bool pv_entries_number(const pv_verdict_entries *entries, pv_arena *arena, pv_error *error) {
    pv_verdict_entry **sorted = PV_NEW_ARRAY(arena, pv_verdict_entry *, entries->count);
    if (!sorted)
        return pv_fail_memory(error);
    for (size_t i = 0; i < entries->count; i++)
        sorted[i] = &entries->list[i];
    if (entries->count > 1)
        qsort(sorted, entries->count, sizeof *sorted, compare_equals);
    for (size_t i = 0; i < entries->count; i++) {
        bool equal = i > 0 && sorted[i]->fingerprint == sorted[i - 1]->fingerprint &&
                     pv_str_equal(sorted[i]->rule, sorted[i - 1]->rule);
        sorted[i]->ordinal = equal ? sorted[i - 1]->ordinal + 1 : 1;
    }
    return true;
}

bool pv_entries_of(pv_verdict_entries *out, pv_arena *arena, pv_str path, const pv_results *results,
                   bool (*wanted)(pv_state), pv_error *error) {
    size_t most = 0;
    for (size_t i = 0; i < results->verdict_count; i++)
        most += !wanted || wanted(results->verdicts[i].outcome.state);
    *out = (pv_verdict_entries){.list = PV_NEW_ARRAY(arena, pv_verdict_entry, most), .ruleset = results->ruleset};
    pv_str named = pv_entry_path(arena, path);
    if (!out->list || !named.data)
        return pv_fail_memory(error);
    for (size_t i = 0; i < results->verdict_count; i++) {
        const pv_verdict *verdict = &results->verdicts[i];
        const pv_outcome *outcome = &verdict->outcome;
        if (wanted && !wanted(outcome->state))
            continue;
        pv_verdict_entry *entry = &out->list[out->count++];
        *entry = (pv_verdict_entry){
            .path = named,
            .rule = verdict->rule->id,
            .subject = pv_subject_name(&verdict->subject, arena),
            .fingerprint = verdict->fingerprint,
            .start = outcome->at.span.start,
            .order = verdict->order,
            .state = outcome->state,
            .level = verdict->level,
            .message = outcome->message,
            .has_due = outcome->has_due,
            .due = outcome->due,
            .verdict = verdict,
        };
        if (!entry->subject.data)
            return pv_fail_memory(error);
    }
    return pv_entries_number(out, arena, error);
}

/* ---- one pair ---- */

const char *pv_change_name(pv_change_kind kind) {
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
    return names[kind];
}

size_t pv_changes_differing(const pv_changes *changes) {
    return changes->count - changes->counts[PV_CHANGE_NONE];
}

const pv_verdict_entry *pv_change_entry(const pv_change *change) {
    return change->after ? change->after : change->before;
}

static bool same_words(const pv_verdict_entry *a, const pv_verdict_entry *b) {
    bool same_due = a->has_due == b->has_due && (!a->has_due || pv_date_compare(a->due, b->due) == 0);
    return same_due && pv_str_equal(a->message, b->message);
}

static pv_change_kind kind_of(const pv_verdict_entry *before, const pv_verdict_entry *after) {
    pv_state was = before ? before->state : PV_STATE_NOT_APPLICABLE;
    pv_state is = after ? after->state : PV_STATE_NOT_APPLICABLE;
    if (was == is && is == PV_STATE_NOT_APPLICABLE)
        return PV_CHANGE_NONE;
    if (was == is && pv_state_is_finding(is) && before->level != after->level)
        return PV_CHANGE_LEVEL;
    if (was == is)
        return same_words(before, after) ? PV_CHANGE_NONE : PV_CHANGE_WORDING;
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

static bool is_finding(const pv_verdict_entry *entry) {
    return entry && pv_state_is_finding(entry->state);
}

pv_impact_kind pv_impact_of(const pv_change *change) {
    bool was = is_finding(change->before);
    bool is = is_finding(change->after);
    if (change->kind == PV_CHANGE_NONE || (!was && !is))
        return PV_IMPACT_NONE;
    if (was && is)
        return PV_IMPACT_CHANGED;
    return is ? PV_IMPACT_NEW : PV_IMPACT_GONE;
}

/* ---- pairing ---- */

/* An entry that is to be paired. */
typedef struct candidate {
    const pv_verdict_entry *entry;
    pv_str rule; /* its id, or the id of the rule that replaces it */
    pv_identity identity;
    bool taken;
} candidate;

typedef struct candidates {
    candidate *list; /* by what must agree; of equals, in the order of entries */
    size_t count;
} candidates;

typedef struct pairing {
    pv_change *changes;
    size_t count;
} pairing;

static int compare_keys(const candidate *a, const candidate *b) {
    int order = pv_str_compare(a->entry->path, b->entry->path);
    order = order ? order : pv_str_compare(a->rule, b->rule);
    if (a->identity == PV_IDENTITY_SUBJECT)
        return order ? order : pv_str_compare(a->entry->subject, b->entry->subject);
    order = order ? order : compare_numbers(a->entry->fingerprint, b->entry->fingerprint);
    return order ? order : compare_numbers(a->entry->ordinal, b->entry->ordinal);
}

static int compare_candidates(const void *left, const void *right) {
    const candidate *a = left;
    const candidate *b = right;
    int order = compare_keys(a, b);
    return order ? order : (a->entry > b->entry) - (a->entry < b->entry);
}

static bool gather(candidates *out, pv_arena *arena, const pv_verdict_entries *entries, pv_identity identity) {
    *out = (candidates){PV_NEW_ARRAY(arena, candidate, entries->count), entries->count};
    for (size_t i = 0; out->list && i < out->count; i++)
        out->list[i] = (candidate){.entry = &entries->list[i], .rule = entries->list[i].rule, .identity = identity};
    return out->list;
}

static void sort(candidates *all) {
    if (all->count > 1)
        qsort(all->list, all->count, sizeof *all->list, compare_candidates);
}

static bool replaces(const pv_rule *rule, pv_str id) {
    for (size_t i = 0; i < rule->replaces_count; i++)
        if (pv_str_equal(rule->replaces[i], id))
            return true;
    return false;
}

/* The rules of entries that replace others. Most packs have none. */
static bool find_replacing(const pv_rule ***out, size_t *count, pv_arena *arena, const pv_verdict_entries *entries) {
    *count = 0;
    *out = PV_NEW_ARRAY(arena, const pv_rule *, entries->count);
    for (size_t i = 0; *out && i < entries->count; i++) {
        const pv_rule *rule = entries->list[i].verdict ? entries->list[i].verdict->rule : NULL;
        bool replacing = rule && rule->replaces_count > 0;
        size_t known = replacing ? 0 : *count;
        while (known < *count && (*out)[known] != rule)
            known++;
        if (replacing && known == *count)
            (*out)[(*count)++] = rule;
    }
    return *out;
}

/* Has the verdicts of rules that a pack has no more stand with those of the rule its manifest names instead. */
static void follow_retired(candidates *before, const pv_ruleset *after) {
    for (size_t i = 0; i < before->count; i++) {
        pv_str *id = &before->list[i].rule;
        for (size_t k = 0; k < after->retired_count; k++)
            if (pv_str_equal(after->retired[k].rule, *id)) {
                *id = after->retired[k].by;
                break;
            }
    }
}

/* Has the verdicts of replaced rules stand with those of the rules that replace them. */
static bool follow_replaced(candidates *before, pv_arena *arena, const pv_verdict_entries *after) {
    const pv_rule **replacing;
    size_t count;
    if (after->ruleset)
        follow_retired(before, after->ruleset);
    if (!find_replacing(&replacing, &count, arena, after))
        return false;
    for (size_t i = 0; count > 0 && i < before->count; i++)
        for (size_t k = 0; k < count; k++)
            if (replaces(replacing[k], before->list[i].rule)) {
                before->list[i].rule = replacing[k]->id;
                break;
            }
    return true;
}

static void add_pair(pairing *all, candidate *before, candidate *after, bool among_others) {
    pv_change *change = &all->changes[all->count++];
    *change = (pv_change){
        .before = before ? before->entry : NULL, .after = after ? after->entry : NULL, .among_others = among_others};
    change->kind = kind_of(change->before, change->after);
    if (among_others && !after && pv_state_is_finding(before->entry->state))
        change->kind = PV_CHANGE_PASSING;
    if (before)
        before->taken = true;
    if (after)
        after->taken = true;
}

/* How many candidates from start on agree in what must agree. */
static size_t group_size(const candidates *all, size_t start) {
    size_t end = start;
    while (end < all->count && compare_keys(&all->list[start], &all->list[end]) == 0)
        end++;
    return end - start;
}

static candidate *next_free(candidate *group, size_t count, size_t *from) {
    while (*from < count && group[*from].taken)
        ++*from;
    return *from < count ? &group[*from] : NULL;
}

/* Pairs those that stand at the same words. Findings of one rule on one subject are few but in a hostile filing; there
 * the search goes on from where the last was found, since both sides are in one order. */
static void pair_alike(pairing *all, candidate *before, size_t before_count, candidate *after, size_t after_count) {
    size_t from = 0;
    for (size_t i = 0; i < before_count; i++)
        for (size_t k = from; k < after_count; k++) {
            if (before[i].entry->fingerprint != after[k].entry->fingerprint)
                continue;
            add_pair(all, &before[i], &after[k], true);
            from = k + 1;
            break;
        }
}

static void pair_group(pairing *all, candidate *before, size_t before_count, candidate *after, size_t after_count) {
    size_t b = 0;
    size_t a = 0;
    bool on_both_sides = before_count > 0 && after_count > 0;
    if (before_count > 1 || after_count > 1)
        pair_alike(all, before, before_count, after, after_count);
    for (;;) {
        candidate *was = next_free(before, before_count, &b);
        candidate *is = next_free(after, after_count, &a);
        if (!was && !is)
            return;
        add_pair(all, was, is, on_both_sides);
    }
}

static void pair_all(pairing *all, candidates *before, candidates *after) {
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

/* By where they begin, then by rule and subject; of several, in the order they were reached. */
static int compare_changes(const void *left, const void *right) {
    const pv_change *a = left;
    const pv_change *b = right;
    const pv_verdict_entry *x = pv_change_entry(a);
    const pv_verdict_entry *y = pv_change_entry(b);
    int order = pv_str_compare(x->path, y->path);
    order = order ? order : compare_numbers(x->start, y->start);
    order = order ? order : pv_str_compare_natural(x->rule, y->rule);
    order = order ? order : pv_str_compare_natural(x->subject, y->subject);
    order = order ? order : compare_numbers(x->order, y->order);
    return order ? order : (!a->after) - (!b->after);
}

bool pv_changes_between(pv_changes *out, pv_arena *arena, const pv_verdict_entries *before,
                        const pv_verdict_entries *after, pv_identity identity, pv_error *error) {
    candidates was;
    candidates is;
    pairing all = {.changes = PV_NEW_ARRAY(arena, pv_change, before->count + after->count)};
    if (!all.changes || !gather(&was, arena, before, identity) || !gather(&is, arena, after, identity) ||
        (identity == PV_IDENTITY_SUBJECT && !follow_replaced(&was, arena, after)))
        return pv_fail_memory(error);
    sort(&was);
    sort(&is);
    pair_all(&all, &was, &is);
    if (all.count > 1)
        qsort(all.changes, all.count, sizeof *all.changes, compare_changes);
    *out = (pv_changes){.list = all.changes, .count = all.count};
    for (size_t i = 0; i < all.count; i++)
        out->counts[all.changes[i].kind]++;
    return true;
}

bool pv_changes_of(pv_changes *out, pv_arena *arena, const pv_results *before, const pv_results *after,
                   pv_error *error) {
    pv_verdict_entries was;
    pv_verdict_entries is;
    return pv_entries_of(&was, arena, (pv_str){0}, before, NULL, error) &&
           pv_entries_of(&is, arena, (pv_str){0}, after, NULL, error) &&
           pv_changes_between(out, arena, &was, &is, PV_IDENTITY_SUBJECT, error);
}

/* ---- rules ---- */

const char *pv_rule_change_name(pv_rule_change_kind kind) {
    static const char *const names[PV_RULE_CHANGE_COUNT] = {"added", "removed", "replaced", "level"};
    return names[kind];
}

static bool replaces_one_of(const pv_rule *rule, const pv_ruleset *before) {
    for (size_t i = 0; i < rule->replaces_count; i++)
        if (pv_rule_find(before, rule->replaces[i]))
            return true;
    return false;
}

/* What became of a rule that was there before; false when nothing did. */
static bool follow_rule(pv_rule_change *out, const pv_rule *rule, const pv_pack *before, const pv_pack *after,
                        pv_mode mode) {
    const pv_rule *same = pv_rule_find(after->ruleset, rule->id);
    const pv_rule *other = same ? same : pv_rule_successor(after->ruleset, rule->id);
    *out = (pv_rule_change){.before = rule, .after = other, .level_before = pv_pack_level(before, rule, mode)};
    out->level_after = other ? pv_pack_level(after, other, mode) : out->level_before;
    out->kind = same ? PV_RULE_LEVEL : other ? PV_RULE_REPLACED : PV_RULE_REMOVED;
    return !same || out->level_before != out->level_after;
}

typedef struct rule_changes {
    pv_rule_change *list;
    size_t count;
    pv_str pattern;
} rule_changes;

static void add_rule_change(rule_changes *all, const pv_rule_change *change) {
    if ((change->before && pv_run_selects(all->pattern, change->before)) ||
        (change->after && pv_run_selects(all->pattern, change->after)))
        all->list[all->count++] = *change;
}

bool pv_rule_changes_between(pv_rule_changes *out, pv_arena *arena, const pv_pack *before, const pv_pack *after,
                             pv_mode mode, pv_str pattern, pv_error *error) {
    size_t most = before->ruleset->rule_count + after->ruleset->rule_count;
    rule_changes all = {.list = PV_NEW_ARRAY(arena, pv_rule_change, most), .pattern = pattern};
    if (!all.list)
        return pv_fail_memory(error);
    for (size_t i = 0; i < after->ruleset->rule_count; i++) {
        const pv_rule *rule = &after->ruleset->rules[i];
        pv_rule_change added = {.kind = PV_RULE_ADDED, .after = rule, .level_after = pv_pack_level(after, rule, mode)};
        if (!pv_rule_find(before->ruleset, rule->id) && !replaces_one_of(rule, before->ruleset))
            add_rule_change(&all, &added);
    }
    for (pv_rule_change_kind kind = PV_RULE_REMOVED; kind < PV_RULE_CHANGE_COUNT; kind++)
        for (size_t i = 0; i < before->ruleset->rule_count; i++) {
            pv_rule_change change;
            if (follow_rule(&change, &before->ruleset->rules[i], before, after, mode) && change.kind == kind)
                add_rule_change(&all, &change);
        }
    *out = (pv_rule_changes){all.list, all.count};
    return true;
}
