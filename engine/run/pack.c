#include "run/pack.h"

#include "base/hash.h"
#include "base/suggest.h"
#include "model/message.h"
#include "run/structure.h"

/* The index-th of all rules that can be given a level: the rule set's, then the built-in ones; NULL past the last. */
static const pv_rule *rule_at(const pv_ruleset *ruleset, size_t index) {
    if (index < ruleset->rule_count)
        return &ruleset->rules[index];
    index -= ruleset->rule_count;
    return index < PV_STRUCTURE_RULE_COUNT ? pv_structure_rule((pv_problem_kind)index) : NULL;
}

static bool has_rule(const pv_ruleset *ruleset, pv_str id) {
    const pv_rule *rule;
    for (size_t i = 0; (rule = rule_at(ruleset, i)) != NULL; i++)
        if (pv_str_equal(rule->id, id))
            return true;
    return false;
}

/* The rule whose id is nearest to id, or NULL. Each is held against the nearest so far, since the ids stand in no array. */
static const pv_rule *nearest_rule(const pv_ruleset *ruleset, pv_str id) {
    const pv_rule *nearest = NULL;
    const pv_rule *rule;
    for (size_t i = 0; (rule = rule_at(ruleset, i)) != NULL; i++) {
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

/* A rule file that did not load may hold any rule; its fault is reported already. */
static bool may_be_in_refused_file(const pv_ruleset *ruleset) {
    for (size_t i = 0; i < ruleset->fault_count; i++)
        if (ruleset->faults[i].kind == PV_FAULT_LOAD)
            return true;
    return false;
}

static bool check_level_setting(const pv_level_setting *setting, const pv_ruleset *ruleset, pv_error *error) {
    if (has_rule(ruleset, setting->rule) || may_be_in_refused_file(ruleset))
        return true;
    const pv_rule *nearest = nearest_rule(ruleset, setting->rule);
    pv_str id = nearest == NULL ? PV_STR("") : nearest->id;
    return pv_fail_at(error, PV_ERROR_NOT_FOUND, setting->at, "%s",
                      pv_message_unknown("the pack", PV_STR(""), "rule", setting->rule, &id, nearest != NULL).text);
}

bool pv_pack_assemble(pv_pack *out, const pv_manifest *manifest, const pv_form *form, pv_ruleset *ruleset,
                      const pv_str *parts, size_t part_count, pv_error *error) {
    for (size_t i = 0; i < manifest->level_count; i++)
        if (!check_level_setting(&manifest->levels[i], ruleset, error))
            return false;
    *out = (pv_pack){.manifest = manifest, .form = form, .ruleset = ruleset};
    pv_hash_sha256(parts, part_count, out->sha256);
    return true;
}

pv_level pv_pack_level(const pv_pack *pack, const pv_rule *rule, pv_mode mode) {
    for (size_t i = 0; i < pack->manifest->level_count; i++) {
        const pv_level_setting *setting = &pack->manifest->levels[i];
        if (setting->mode == mode && pv_str_equal(setting->rule, rule->id))
            return setting->level;
    }
    return rule->level;
}
