/* What a rule's check and when get as their third argument. */
#include "lua/value.h"

enum { MAX_SUGGESTED_PARAMETERS = 64 };

static void make_parameters(lua_State *L, const void *address) {
    pv_handle_new(L, &pv_parameters_class, address, NULL);
}

void pv_push_parameters(lua_State *L, const pv_rule *rule) {
    pv_class_push_cached(L, rule, make_parameters);
}

static size_t declared_names(lua_State *L, pv_str *names, size_t capacity) {
    const pv_rule *rule = pv_self(L);
    size_t count = rule->parameter_count < capacity ? rule->parameter_count : capacity;
    for (size_t i = 0; i < count; i++)
        names[i] = rule->parameters[i].spec.name;
    return count;
}

static int get_declared(lua_State *L, pv_str name) {
    const pv_parameter *parameter = pv_rule_parameter(pv_self(L), name);
    if (parameter) {
        pv_push_form_value(L, &parameter->value);
        return 1;
    }
    pv_str names[MAX_SUGGESTED_PARAMETERS];
    size_t count = declared_names(L, names, MAX_SUGGESTED_PARAMETERS);
    return pv_raise_unknown(L, "the list of the rule's parameters", name, names, count);
}

static int l_parameters_to_string(lua_State *L) {
    const pv_rule *rule = pv_self_check(L, &pv_parameters_class);
    lua_pushfstring(L, "the parameters of %s", rule->id.data);
    return 1;
}

static const pv_member members[] = {PV_MEMBERS_END};

const pv_class pv_parameters_class = {
    .name = "parameters",
    .doc = "The rule's parameters by name, each with the value that the rule, its pack or the project gives it.",
    .members = members,
    .get_declared = get_declared,
    .declared_names = declared_names,
    .to_string = l_parameters_to_string,
};
