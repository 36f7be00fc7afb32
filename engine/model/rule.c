#include "model/rule.h"

#include "model/message.h"

static const char *const level_names[] = {
    [PV_LEVEL_NOTE] = "note",
    [PV_LEVEL_WARNING] = "warning",
    [PV_LEVEL_ERROR] = "error",
};

static const char *const subject_kind_names[] = {
    [PV_SUBJECT_SUBMISSION] = "submission", [PV_SUBJECT_SECTION] = "section", [PV_SUBJECT_MEASURE] = "measure",
    [PV_SUBJECT_RESPONSE] = "response",     [PV_SUBJECT_RECORD] = "record",   [PV_SUBJECT_PAIR] = "pair",
    [PV_SUBJECT_COLLECTION] = "collection",
};

/* The position of name, or count. */
static size_t find_name(const char *const *names, size_t count, pv_str name) {
    size_t position = 0;
    while (position < count && !pv_str_equal(name, pv_str_from(names[position])))
        position++;
    return position;
}

pv_str pv_rule_subject_of(const pv_rule *rule) {
    return rule->each == PV_SUBJECT_PAIR ? rule->matrix : rule->record_kind;
}

pv_parameter *pv_rule_parameter(const pv_rule *rule, pv_str name) {
    for (size_t i = 0; i < rule->parameter_count; i++)
        if (pv_str_equal(rule->parameters[i].spec.name, name))
            return &rule->parameters[i];
    return NULL;
}

const char *pv_level_name(pv_level level) {
    return level_names[level];
}

bool pv_level_from_name(pv_str name, pv_level *out) {
    size_t count = sizeof level_names / sizeof *level_names;
    size_t position = find_name(level_names, count, name);
    if (position == count)
        return false;
    *out = (pv_level)position;
    return true;
}

const char *pv_subject_kind_name(pv_subject_kind kind) {
    return subject_kind_names[kind];
}

bool pv_subject_kind_from_name(pv_str name, pv_subject_kind *out) {
    size_t count = sizeof subject_kind_names / sizeof *subject_kind_names;
    size_t position = find_name(subject_kind_names, count, name);
    if (position == count)
        return false;
    *out = (pv_subject_kind)position;
    return true;
}

/* ---- parameters ---- */

const char *pv_parameter_origin_name(pv_parameter_origin origin) {
    static const char *const names[PV_PARAMETER_ORIGIN_COUNT] = {
        [PV_PARAMETER_OF_RULE] = "rule",
        [PV_PARAMETER_OF_PACK] = "pack",
        [PV_PARAMETER_OF_PROJECT] = "project",
    };
    return names[origin];
}

static bool has_order(pv_type type) {
    return type == PV_TYPE_INTEGER || type == PV_TYPE_DECIMAL || type == PV_TYPE_PERCENTAGE || type == PV_TYPE_DATE;
}

/* Of two values of one type that has an order. */
static int compare(const pv_value *a, const pv_value *b) {
    return a->spec->type == PV_TYPE_DATE ? pv_date_compare(a->date, b->date) : pv_decimal_compare(a->number, b->number);
}

static pv_quote quote(const pv_value *value) {
    return pv_message_quote(pv_str_trim(value->text.value));
}

static bool check_limits(const pv_parameter *parameter, const pv_value *value, pv_error *error) {
    bool low = parameter->low.given && compare(value, &parameter->low) < 0;
    bool high = parameter->high.given && compare(value, &parameter->high) > 0;
    if (!low && !high)
        return true;
    return pv_fail(error, PV_ERROR_SHAPE, "%s is %s, but must be at %s %s", pv_message_quote(parameter->spec.name).text,
                   quote(value).text, low ? "least" : "most", quote(low ? &parameter->low : &parameter->high).text);
}

bool pv_parameter_check(const pv_parameter *parameter, pv_error *error) {
    const pv_quote name = pv_message_quote(parameter->spec.name);
    bool limited = parameter->low.given || parameter->high.given;
    if (limited && !has_order(parameter->spec.type))
        return pv_fail(error, PV_ERROR_SHAPE, "%s is a %s, which has no low and high", name.text,
                       pv_type_name(parameter->spec.type));
    if (parameter->low.given && parameter->high.given && compare(&parameter->low, &parameter->high) > 0)
        return pv_fail(error, PV_ERROR_SHAPE, "the low of %s, %s, is above its high, %s", name.text,
                       quote(&parameter->low).text, quote(&parameter->high).text);
    return check_limits(parameter, &parameter->default_value, error);
}

bool pv_parameter_set(pv_parameter *parameter, pv_arena *arena, pv_parameter_origin origin, const pv_source *source,
                      const pv_node *node, pv_error *error) {
    pv_value value;
    pv_error failure = {0};
    if (!pv_value_read(&value, arena, &parameter->spec, node, error))
        return false;
    if (!value.given)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s is empty",
                          pv_message_quote(parameter->spec.name).text);
    if (!check_limits(parameter, &value, &failure))
        return pv_fail_at(error, failure.code, node->span, "%s", failure.message);
    parameter->value = value;
    parameter->origin = origin;
    parameter->source = source;
    return true;
}

void pv_parameter_write(pv_buf *out, const pv_value *value) {
    if (value->spec->type != PV_TYPE_LIST) {
        pv_buf_append(out, pv_str_trim(value->text.value));
        return;
    }
    pv_buf_append_char(out, '[');
    for (size_t i = 0; i < value->element_count; i++) {
        pv_buf_append_text(out, i > 0 ? ", " : "");
        pv_buf_append(out, value->elements[i].value);
    }
    pv_buf_append_char(out, ']');
}
