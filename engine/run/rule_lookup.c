#include "run/rule_lookup.h"

#include "base/str.h"
#include "model/message.h"
#include "run/structure.h"

const pv_rule *pv_rule_at(const pv_ruleset *ruleset, size_t index) {
    if (index < ruleset->rule_count)
        return &ruleset->rules[index];
    index -= ruleset->rule_count;
    return index < PV_STRUCTURE_RULE_COUNT ? pv_structure_rule((pv_problem_kind)index) : NULL;
}

const pv_rule *pv_rule_find(const pv_ruleset *ruleset, pv_str id) {
    const pv_rule *rule;
    for (size_t i = 0; (rule = pv_rule_at(ruleset, i)) != NULL; i++)
        if (pv_str_equal(rule->id, id))
            return rule;
    return NULL;
}

/* Each is held against the nearest so far, since the ids stand in no array. */
const pv_rule *pv_rule_nearest(const pv_ruleset *ruleset, pv_str id) {
    const pv_rule *nearest = NULL;
    const pv_rule *rule;
    for (size_t i = 0; (rule = pv_rule_at(ruleset, i)) != NULL; i++) {
        pv_str rivals[2];
        size_t count = 0;
        if (nearest != NULL)
            rivals[count++] = nearest->id;
        rivals[count++] = rule->id;
        if (pv_suggest(id, rivals, count) == count - 1)
            nearest = rule;
    }
    return nearest;
}

bool pv_rule_may_be_refused(const pv_ruleset *ruleset) {
    for (size_t i = 0; i < ruleset->fault_count; i++)
        if (ruleset->faults[i].kind == PV_FAULT_LOAD)
            return true;
    return false;
}

bool pv_rule_require(const pv_ruleset *ruleset, pv_str id, pv_span at, pv_error *error) {
    if (pv_rule_find(ruleset, id) != NULL || pv_rule_may_be_refused(ruleset))
        return true;
    const pv_rule *nearest = pv_rule_nearest(ruleset, id);
    pv_str name = nearest == NULL ? PV_STR("") : nearest->id;
    return pv_fail_at(error, PV_ERROR_NOT_FOUND, at, "%s",
                      pv_message_unknown("the pack", PV_STR(""), "rule", id, &name, nearest != NULL).text);
}
