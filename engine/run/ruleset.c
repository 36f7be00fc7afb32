#include "run/ruleset.h"

#include "base/str.h"
#include "model/message.h"
#include "model/shape.h"

/* ---- built-in rules ---- */

#define OF_FORM .level = PV_LEVEL_ERROR, .each = PV_SUBJECT_SUBMISSION, .checks_blank = true

static const pv_rule built_in[PV_BUILT_IN_COUNT] = {
    [PV_BUILT_IN_APPLIES] =
        {
            .id = PV_STR("form.applies"),
            .title = PV_STR("What is given in a field or column applies"),
            .citation = PV_STR("The form: under which condition each of its fields and columns applies"),
            .remedy = PV_STR("Take the value out, or correct what says that it does not apply."),
            .why = PV_STR("Either the value is one too many, or what it hangs on is wrong; which of them, only the "
                          "filer knows."),
            .level = PV_LEVEL_WARNING,
            .each = PV_SUBJECT_SUBMISSION,
            .checks_blank = true,
        },
    [PV_BUILT_IN_COUNTS] =
        {
            .id = PV_STR("form.counts"),
            .title =
                PV_STR("There are as many rows, and as many measures of a group are reported on, as the form says"),
            .citation = PV_STR("The form: how many rows it has, and how many measures of a group it asks for"),
            .remedy = PV_STR("Add what is missing, or take out what is too much."),
            .why = PV_STR("What the form declares is judged whether or not a rule of the pack looks at it."),
            OF_FORM,
        },
    [PV_BUILT_IN_KEYS] =
        {
            .id = PV_STR("form.keys"),
            .title = PV_STR("No two rows are about the same thing, and every row belongs to one that is given"),
            .citation = PV_STR("The form: the key of each record kind, and to which other kind its rows belong"),
            .remedy = PV_STR("Correct the key at the place shown, take the row out, or add the row it belongs to."),
            .why = PV_STR("Of two rows about one thing nobody can tell which is right, and a row that belongs to "
                          "nothing would be left out of every count."),
            OF_FORM,
        },
    [PV_BUILT_IN_LIMITS] =
        {
            .id = PV_STR("form.limits"),
            .title = PV_STR("Every text is as long as the form asks for, and no longer than it allows"),
            .citation = PV_STR("The form: the least and the most words, and the most characters, of each text"),
            .remedy = PV_STR("Shorten the text from the place shown on, or say more where too little is said."),
            .why =
                PV_STR("Words are counted as Microsoft Word counts them, characters as Unicode code points; the limit "
                       "itself is allowed."),
            OF_FORM,
        },
    [PV_BUILT_IN_NAMES] =
        {
            .id = PV_STR("form.names"),
            .title = PV_STR("Every field, measure, item and record kind in the submission is one that the form has"),
            .citation = PV_STR("The form: its fields, measures, items and records"),
            .remedy = PV_STR("Correct the name, or take the entry out: what stands under a name the form has not may "
                             "stay unread."),
            .why = PV_STR("An answer under a misspelt name would otherwise be lost without a word."),
            OF_FORM,
        },
    [PV_BUILT_IN_PARTS] =
        {
            .id = PV_STR("form.parts"),
            .title = PV_STR("Every row gives the columns that the form requires of it"),
            .citation = PV_STR("The form: the required columns of each record kind"),
            .remedy = PV_STR("Add what is missing at the place shown."),
            .why = PV_STR("A row that lacks a part cannot be added up or matched."),
            OF_FORM,
        },
    [PV_BUILT_IN_REQUIRED] =
        {
            .id = PV_STR("form.required"),
            .title = PV_STR("Every field, measure and prompt that the form requires is answered"),
            .citation = PV_STR("The form: its required fields and prompts, and its mandatory measures"),
            .remedy =
                PV_STR("Give what is missing at the place shown; an optional measure may be left out as a whole."),
            .why = PV_STR("What the form declares is judged whether or not a rule of the pack looks at it."),
            OF_FORM,
        },
    [PV_BUILT_IN_TYPES] =
        {
            .id = PV_STR("form.types"),
            .title = PV_STR("Every value is written the way the form asks for it"),
            .citation = PV_STR("The form: the type and the choices of each field and column"),
            .remedy = PV_STR("Write the value in the form the message shows."),
            .why = PV_STR("A value that has to be guessed cannot be checked."),
            OF_FORM,
        },
    [PV_BUILT_IN_VALUES] =
        {
            .id = PV_STR("form.values"),
            .title =
                PV_STR("Every value lies within the bounds and has the pattern that the form sets, and agrees with "
                       "what it is computed from"),
            .citation = PV_STR("The form: the bounds, the pattern and the computation of each field and column"),
            .remedy = PV_STR("Correct the value at the place shown, or the one that it is held against."),
            .why = PV_STR("Both bounds are allowed themselves; of a value that leaves the day open a person decides."),
            OF_FORM,
        },
};

const pv_rule *pv_built_in_rule(pv_built_in which) {
    return &built_in[which];
}

pv_built_in pv_built_in_of_problem(pv_problem_kind kind) {
    static const pv_built_in rules[PV_PROBLEM_KIND_COUNT] = {
        [PV_PROBLEM_WRONG_KEY] = PV_BUILT_IN_KEYS,
        [PV_PROBLEM_UNKNOWN_NAME] = PV_BUILT_IN_NAMES,
        [PV_PROBLEM_MISSING_PART] = PV_BUILT_IN_PARTS,
        [PV_PROBLEM_WRONG_TYPE] = PV_BUILT_IN_TYPES,
    };
    return rules[kind];
}

pv_built_in pv_built_in_of_condition(const pv_condition *condition) {
    pv_problem_kind problem;
    if (pv_condition_is_structural(condition, &problem))
        return pv_built_in_of_problem(problem);
    switch (condition->kind) {
    case PV_CONDITION_WORD_MINIMUM:
    case PV_CONDITION_WORD_LIMIT:
    case PV_CONDITION_CHARACTER_LIMIT:
        return PV_BUILT_IN_LIMITS;
    case PV_CONDITION_CHOOSE:
    case PV_CONDITION_GROUP_MOST:
    case PV_CONDITION_ROWS_LEAST:
    case PV_CONDITION_ROWS_MOST:
    case PV_CONDITION_LEAST:
    case PV_CONDITION_MOST:
        return PV_BUILT_IN_COUNTS;
    case PV_CONDITION_LOW:
    case PV_CONDITION_HIGH:
    case PV_CONDITION_PATTERN:
    case PV_CONDITION_UNIQUE:
    case PV_CONDITION_COMPUTED:
    case PV_CONDITION_PREFILLED:
    case PV_CONDITION_KINDS:
    case PV_CONDITION_SIZE_MOST:
        return PV_BUILT_IN_VALUES;
    case PV_CONDITION_ONLY_IF:
        return PV_BUILT_IN_APPLIES;
    default:
        return PV_BUILT_IN_REQUIRED;
    }
}

unsigned pv_built_ins_of(const pv_form *form) {
    unsigned all = 1u << PV_BUILT_IN_NAMES | 1u << PV_BUILT_IN_PARTS | 1u << PV_BUILT_IN_TYPES;
    for (size_t i = 0; i < form->condition_count; i++)
        all |= 1u << pv_built_in_of_condition(&form->conditions[i]);
    return all;
}

/* ---- finding a rule ---- */

const pv_rule *pv_rule_at(const pv_ruleset *ruleset, size_t index) {
    if (index < ruleset->rule_count)
        return &ruleset->rules[index];
    index -= ruleset->rule_count;
    return index < PV_BUILT_IN_COUNT ? pv_built_in_rule((pv_built_in)index) : NULL;
}

const pv_rule *pv_rule_find(const pv_ruleset *ruleset, pv_str id) {
    const pv_rule *rule;
    for (size_t i = 0; (rule = pv_rule_at(ruleset, i)); i++)
        if (pv_str_equal(rule->id, id))
            return rule;
    return NULL;
}

const pv_rule *pv_rule_successor(const pv_ruleset *ruleset, pv_str id) {
    for (size_t i = 0; i < ruleset->rule_count; i++)
        for (size_t k = 0; k < ruleset->rules[i].replaces_count; k++)
            if (pv_str_equal(ruleset->rules[i].replaces[k], id))
                return &ruleset->rules[i];
    for (size_t i = 0; i < ruleset->retired_count; i++)
        if (pv_str_equal(ruleset->retired[i].rule, id))
            return pv_rule_find(ruleset, ruleset->retired[i].by);
    return NULL;
}

/* Each is held against the nearest so far, since the ids stand in no array. */
const pv_rule *pv_rule_nearest(const pv_ruleset *ruleset, pv_str id) {
    const pv_rule *nearest = pv_rule_successor(ruleset, id);
    const pv_rule *rule;
    if (nearest)
        return nearest;
    for (size_t i = 0; (rule = pv_rule_at(ruleset, i)); i++) {
        pv_str rivals[2];
        size_t count = 0;
        if (nearest)
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
    if (pv_rule_find(ruleset, id) || pv_rule_may_be_refused(ruleset))
        return true;
    const pv_rule *successor = pv_rule_successor(ruleset, id);
    if (successor)
        return pv_fail_at(error, PV_ERROR_NOT_FOUND, at, "the pack has no rule %s any more; %s stands for it",
                          pv_message_quote(id).text, pv_message_quote(successor->id).text);
    const pv_rule *nearest = pv_rule_nearest(ruleset, id);
    pv_str name = nearest ? nearest->id : PV_STR("");
    return pv_fail_at(error, PV_ERROR_NOT_FOUND, at, "%s",
                      pv_message_unknown("the pack", PV_STR(""), "rule", id, &name, nearest ? 1 : 0).text);
}

/* ---- parameters ---- */

bool pv_settings_read(pv_settings *out, const pv_source *source, const pv_node *node, pv_error *error) {
    if (!pv_shape_expect(node, PV_NODE_MAPPING, "the parameters", error))
        return false;
    for (const pv_node *rule = node->first; rule; rule = rule->next)
        if (!pv_shape_expect(rule, PV_NODE_MAPPING, "what is set of a rule", error))
            return false;
    *out = (pv_settings){.source = source, .rules = node};
    return true;
}

static bool fail_unknown_parameter(const pv_rule *rule, const pv_node *setting, pv_arena *arena, pv_error *error) {
    pv_str *names = PV_NEW_ARRAY(arena, pv_str, rule->parameter_count);
    if (!names)
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
    if (settings->before && !pv_settings_apply(settings->before, origin, ruleset, arena, error))
        return false;
    if (!settings->rules)
        return true;
    for (const pv_node *of_rule = settings->rules->first; of_rule; of_rule = of_rule->next) {
        pv_str id = pv_node_value(of_rule->key);
        const pv_rule *rule = pv_rule_find(ruleset, id);
        if (!rule && origin == PV_PARAMETER_OF_PACK && !pv_rule_require(ruleset, id, of_rule->key->span, error))
            return false;
        for (const pv_node *setting = of_rule->first; rule && setting; setting = setting->next) {
            pv_parameter *parameter = pv_rule_parameter(rule, pv_node_value(setting->key));
            if (!parameter)
                return fail_unknown_parameter(rule, setting, arena, error);
            if (!pv_parameter_set(parameter, arena, origin, settings->source, setting, error))
                return false;
        }
    }
    return true;
}
