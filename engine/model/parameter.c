#include "model/parameter.h"

#include "model/message.h"

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
