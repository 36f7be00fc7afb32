#include "run/settings.h"

#include "model/message.h"
#include "model/shape.h"
#include "run/rule_lookup.h"

bool pv_settings_read(pv_settings *out, const pv_source *source, const pv_node *node, pv_error *error) {
    if (!pv_shape_expect(node, PV_NODE_MAPPING, "the parameters", error))
        return false;
    for (const pv_node *rule = node->first; rule != NULL; rule = rule->next)
        if (!pv_shape_expect(rule, PV_NODE_MAPPING, "what is set of a rule", error))
            return false;
    *out = (pv_settings){.source = source, .rules = node};
    return true;
}

static bool fail_unknown_parameter(const pv_rule *rule, const pv_node *setting, pv_arena *arena, pv_error *error) {
    pv_str *names = PV_NEW_ARRAY(arena, pv_str, rule->parameter_count);
    if (names == NULL)
        return pv_fail_memory(error);
    for (size_t i = 0; i < rule->parameter_count; i++)
        names[i] = rule->parameters[i].spec.name;
    return pv_fail_at(
        error, PV_ERROR_NOT_FOUND, setting->key->span, "%s",
        pv_message_unknown("rule ", rule->id, "parameter", pv_node_value(setting->key), names, rule->parameter_count)
            .text);
}

bool pv_settings_apply(const pv_settings *settings, pv_parameter_origin origin, const pv_ruleset *ruleset,
                       pv_arena *arena, pv_error *error) {
    if (settings->before != NULL && !pv_settings_apply(settings->before, origin, ruleset, arena, error))
        return false;
    if (settings->rules == NULL)
        return true;
    for (const pv_node *of_rule = settings->rules->first; of_rule != NULL; of_rule = of_rule->next) {
        pv_str id = pv_node_value(of_rule->key);
        const pv_rule *rule = pv_rule_find(ruleset, id);
        if (rule == NULL && origin == PV_PARAMETER_OF_PACK && !pv_rule_require(ruleset, id, of_rule->key->span, error))
            return false;
        for (const pv_node *setting = of_rule->first; rule != NULL && setting != NULL; setting = setting->next) {
            pv_parameter *parameter = pv_rule_parameter(rule, pv_node_value(setting->key));
            if (parameter == NULL)
                return fail_unknown_parameter(rule, setting, arena, error);
            if (!pv_parameter_set(parameter, arena, origin, settings->source, setting, error))
                return false;
        }
    }
    return true;
}
