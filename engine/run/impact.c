#include "run/impact.h"

#include "run/rule_lookup.h"

const char *pv_rule_change_name(pv_rule_change_kind kind) {
    static const char *const names[PV_RULE_CHANGE_COUNT] = {"added", "removed", "replaced", "level"};
    return names[kind];
}

/* The rule of after that stands for one of before; NULL when none does. */
static const pv_rule *successor(const pv_ruleset *after, pv_str id) {
    for (size_t i = 0; i < after->rule_count; i++)
        for (size_t k = 0; k < after->rules[i].replaces_count; k++)
            if (pv_str_equal(after->rules[i].replaces[k], id))
                return &after->rules[i];
    return NULL;
}

static bool replaces_one_of(const pv_rule *rule, const pv_ruleset *before) {
    for (size_t i = 0; i < rule->replaces_count; i++)
        if (pv_rule_find(before, rule->replaces[i]))
            return true;
    return false;
}

static bool is_selected(pv_str pattern, const pv_rule_change *change) {
    return (change->before && pv_run_selects(pattern, change->before)) ||
           (change->after && pv_run_selects(pattern, change->after));
}

/* What became of a rule that was there before; false when nothing did. */
static bool follow(pv_rule_change *out, const pv_rule *rule, const pv_pack *before, const pv_pack *after,
                   pv_mode mode) {
    const pv_rule *same = pv_rule_find(after->ruleset, rule->id);
    const pv_rule *other = same ? same : successor(after->ruleset, rule->id);
    *out = (pv_rule_change){.before = rule, .after = other, .level_before = pv_pack_level(before, rule, mode)};
    out->level_after = other ? pv_pack_level(after, other, mode) : out->level_before;
    out->kind = same ? PV_RULE_LEVEL : other ? PV_RULE_REPLACED : PV_RULE_REMOVED;
    return !same || out->level_before != out->level_after;
}

typedef struct changes {
    pv_rule_change *list;
    size_t count;
} changes;

static void add(changes *all, pv_str pattern, pv_rule_change_kind kind, const pv_rule_change *change) {
    if (change->kind == kind && is_selected(pattern, change))
        all->list[all->count++] = *change;
}

bool pv_impact_rules(pv_rule_changes *out, pv_arena *arena, const pv_pack *before, const pv_pack *after, pv_mode mode,
                     pv_str pattern, pv_error *error) {
    size_t most = before->ruleset->rule_count + after->ruleset->rule_count;
    changes all = {.list = PV_NEW_ARRAY(arena, pv_rule_change, most)};
    if (!all.list)
        return pv_fail_memory(error);
    for (size_t i = 0; i < after->ruleset->rule_count; i++) {
        const pv_rule *rule = &after->ruleset->rules[i];
        pv_rule_change added = {.kind = PV_RULE_ADDED, .after = rule, .level_after = pv_pack_level(after, rule, mode)};
        if (!pv_rule_find(before->ruleset, rule->id) && !replaces_one_of(rule, before->ruleset))
            add(&all, pattern, PV_RULE_ADDED, &added);
    }
    for (pv_rule_change_kind kind = PV_RULE_REMOVED; kind < PV_RULE_CHANGE_COUNT; kind++)
        for (size_t i = 0; i < before->ruleset->rule_count; i++) {
            pv_rule_change change;
            if (follow(&change, &before->ruleset->rules[i], before, after, mode))
                add(&all, pattern, kind, &change);
        }
    *out = (pv_rule_changes){all.list, all.count};
    return true;
}

static bool is_finding(const pv_verdict *verdict) {
    return verdict && pv_state_is_finding(verdict->outcome.state);
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
