#include "lua/rules/declaration_p.h"

#include "lua/values/values.h"
#include "model/message.h"

static bool read_type(pv_str name, pv_type *out, pv_error *error) {
    enum { TYPE_COUNT = PV_TYPE_LIST + 1 }; /* those whose values a rule can give by itself */
    pv_str names[TYPE_COUNT];
    for (size_t type = 0; type < TYPE_COUNT; type++)
        names[type] = pv_str_from(pv_type_name((pv_type)type));
    bool found = pv_type_from_name(name, out) && (size_t)*out < TYPE_COUNT;
    return found || pv_declaration_fail_choice("type", name, names, TYPE_COUNT, error);
}

/* ---- a Lua value as the node that a form would give it by, so that one reader holds both to the same spelling ---- */

static bool make_scalar(pv_node *out, pv_arena *arena, pv_str text, pv_error *error) {
    *out = (pv_node){.kind = PV_NODE_SCALAR, .style = PV_SCALAR_DOUBLE_QUOTED};
    return pv_text_verbatim(&out->text, arena, text, 0, error);
}

/* The list of texts at index. */
static bool make_sequence(lua_State *L, int index, pv_arena *arena, pv_node *out, pv_error *error) {
    const pv_str *texts;
    size_t count;
    if (!pv_declaration_texts(L, index, arena, &texts, &count, error))
        return false;
    pv_node *elements = PV_NEW_ARRAY(arena, pv_node, count);
    if (!elements)
        return pv_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        if (!make_scalar(&elements[i], arena, texts[i], error))
            return false;
        elements[i].index = i;
        elements[i].next = i + 1 < count ? &elements[i + 1] : NULL;
    }
    *out = (pv_node){.kind = PV_NODE_SEQUENCE, .first = count > 0 ? elements : NULL, .count = count};
    return true;
}

/* The value on top. */
static bool make_node(lua_State *L, pv_arena *arena, pv_node *out, pv_error *error) {
    bool failed = false;
    if (lua_type(L, -1) == LUA_TTABLE)
        return make_sequence(L, -1, arena, out, error);
    if (lua_type(L, -1) == LUA_TBOOLEAN)
        return make_scalar(out, arena, lua_toboolean(L, -1) ? PV_STR("true") : PV_STR("false"), error);
    /* Such a number is not exact: what is written 0.1 is another number to Lua. */
    if (lua_type(L, -1) == LUA_TNUMBER && !lua_isinteger(L, -1))
        return pv_fail(error, PV_ERROR_SHAPE, "a number with a point is written as a text, like \"0.5\"");
    pv_str text = pv_declaration_value(L, -1, arena, &failed);
    return failed ? pv_fail_memory(error) : make_scalar(out, arena, text, error);
}

/* ---- one parameter ---- */

/* The value under key in the declaration on top; not given when there is none. */
static bool read_value(lua_State *L, pv_arena *arena, const pv_parameter *parameter, const char *key, pv_value *out,
                       pv_error *error) {
    pv_node node;
    pv_error failure = {0};
    *out = pv_value_absent(&parameter->spec, parameter->spec.at.start);
    bool valid = true;
    if (lua_getfield(L, -1, key) != LUA_TNIL)
        valid = make_node(L, arena, &node, &failure) && pv_value_read(out, arena, &parameter->spec, &node, &failure) &&
                (out->given || pv_fail(&failure, PV_ERROR_SHAPE, "it is empty"));
    lua_pop(L, 1);
    out->at = parameter->spec.at;
    return valid || pv_fail(error, failure.code, "%s: %s", key, failure.message);
}

/* The declaration on top. */
static bool read_parameter(lua_State *L, pv_arena *arena, const pv_source *source, pv_parameter *out, pv_error *error) {
    int table = lua_gettop(L);
    bool failed = false;
    if (lua_type(L, table) != LUA_TTABLE)
        return pv_fail(error, PV_ERROR_SHAPE, "a parameter is a table, not a %s", luaL_typename(L, table));
    if (!pv_declaration_check(L, table, pv_parameter_keys, error))
        return false;
    pv_str type = pv_declaration_text(L, table, "type", arena, &failed);
    out->means = pv_declaration_text(L, table, "means", arena, &failed);
    if (failed)
        return pv_fail_memory(error);
    if (!read_type(type, &out->spec.type, error) || !read_value(L, arena, out, "default", &out->default_value, error) ||
        !read_value(L, arena, out, "low", &out->low, error) || !read_value(L, arena, out, "high", &out->high, error))
        return false;
    out->value = out->default_value;
    out->origin = PV_PARAMETER_OF_RULE;
    out->source = source;
    return pv_parameter_check(out, error);
}

bool pv_parameters_read(lua_State *L, int index, pv_arena *arena, pv_rule *rule, pv_error *error) {
    int table = lua_absindex(L, index);
    int top = lua_gettop(L);
    luaL_checkstack(L, 10, "parameters nested too deeply");
    MAY_RAISE(pv_sandbox_push_sorted_keys(L, table));
    int keys = lua_gettop(L);
    size_t count = (size_t)lua_rawlen(L, keys);
    pv_parameter *parameters = PV_NEW_ARRAY(arena, pv_parameter, count);
    bool valid = parameters || pv_fail_memory(error);
    for (size_t i = 0; valid && i < count; i++) {
        bool failed = false;
        pv_error fault = {0};
        if (lua_rawgeti(L, keys, (lua_Integer)i + 1) != LUA_TSTRING) {
            valid = pv_fail(error, PV_ERROR_SHAPE, "\"parameters\" gives each parameter by its name");
            break;
        }
        pv_str name = pv_declaration_value(L, -1, arena, &failed);
        parameters[i].spec = (pv_value_spec){.name = name, .label = name, .at = rule->at};
        lua_rawget(L, table);
        valid = failed ? pv_fail_memory(error) : read_parameter(L, arena, rule->source, &parameters[i], &fault);
        lua_settop(L, keys);
        if (!valid && !failed)
            (void)pv_fail(error, fault.code, "parameter \"%s\": %s", pv_message_quote(name).text, fault.message);
    }
    lua_settop(L, top);
    rule->parameters = parameters;
    rule->parameter_count = valid ? count : 0;
    return valid;
}

/* Sets one of values by the name and value on top. */
static bool read_setting(lua_State *L, pv_arena *arena, const pv_rule *rule, pv_value *values, pv_error *error) {
    bool failed = false;
    const pv_str name = pv_declaration_value(L, -2, arena, &failed);
    const pv_parameter *declared = failed ? NULL : pv_rule_parameter(rule, name);
    pv_node node;
    if (!declared)
        return failed ? pv_fail_memory(error)
                      : pv_fail(error, PV_ERROR_SHAPE, "the rule has no parameter %s", pv_message_quote(name).text);
    pv_parameter set = *declared;
    if (!make_node(L, arena, &node, error) ||
        !pv_parameter_set(&set, arena, PV_PARAMETER_OF_RULE, rule->source, &node, error))
        return false;
    set.value.spec = &declared->spec; /* and not the copy's */
    values[declared - rule->parameters] = set.value;
    return true;
}

bool pv_parameter_values_read(lua_State *L, int index, pv_arena *arena, const pv_rule *rule, const pv_value **out,
                              pv_error *error) {
    const int table = lua_absindex(L, index);
    const int top = lua_gettop(L);
    luaL_checkstack(L, 10, "parameters nested too deeply");
    pv_value *values = PV_NEW_ARRAY(arena, pv_value, rule->parameter_count);
    if (!values)
        return pv_fail_memory(error);
    for (size_t i = 0; i < rule->parameter_count; i++)
        values[i] = rule->parameters[i].default_value;
    MAY_RAISE(pv_sandbox_push_sorted_keys(L, table));
    const int keys = lua_gettop(L);
    bool valid = true;
    for (lua_Integer i = 1; valid && i <= (lua_Integer)lua_rawlen(L, keys); i++) {
        valid = lua_rawgeti(L, keys, i) == LUA_TSTRING ||
                pv_fail(error, PV_ERROR_SHAPE, "\"parameters\" gives each parameter by its name");
        if (!valid)
            break;
        lua_pushvalue(L, -1);
        lua_rawget(L, table);
        valid = read_setting(L, arena, rule, values, error);
        lua_settop(L, keys);
    }
    lua_settop(L, top);
    *out = values;
    return valid;
}

/* ---- what a rule's check and when get as their third argument ---- */

enum { MAX_SUGGESTED_PARAMETERS = 64 };

int pv_push_parameters(lua_State *L, const pv_rule *rule) {
    return pv_handle_push(L, &pv_parameters_class, rule, NULL);
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
    if (parameter)
        return pv_push_form_value(L, &parameter->value);
    pv_str names[MAX_SUGGESTED_PARAMETERS];
    size_t count = declared_names(L, names, MAX_SUGGESTED_PARAMETERS);
    return pv_raise_unknown(L, "the list of the rule's parameters", name, names, count);
}

static bool foresee_parameter(const pv_form *form, const void *of, pv_str name, pv_str argument, pv_foreseen *out) {
    (void)form;
    (void)argument;
    const pv_parameter *parameter = of ? pv_rule_parameter(of, name) : NULL;
    if (parameter)
        *out = pv_foresee_value(&parameter->spec, false);
    return parameter;
}

static bool add_parameter_names(const pv_form *form, const void *of, pv_str method, pv_name_list *out) {
    (void)form;
    (void)method;
    const pv_rule *rule = of;
    for (size_t i = 0; rule && i < rule->parameter_count; i++)
        if (!pv_name_list_add(out, rule->parameters[i].spec.name))
            return false;
    return true;
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
    .foresee = foresee_parameter,
    .add_names = add_parameter_names,
    .to_string = l_parameters_to_string,
};
