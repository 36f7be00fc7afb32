#include "report/other/parameters.h"

#include "report/write/layout.h"

#define INDENT ((size_t)2)
#define NAME_COLUMNS ((size_t)22)

void pv_parameters_write_range(pv_buf *out, const pv_parameter *parameter) {
    pv_buf_append_text(out, pv_type_name(parameter->spec.type));
    if (parameter->low.given) {
        pv_buf_append_text(out, " from ");
        pv_parameter_write(out, &parameter->low);
    }
    if (parameter->high.given) {
        pv_buf_append_text(out, parameter->low.given ? " to " : " up to ");
        pv_parameter_write(out, &parameter->high);
    }
}

void pv_parameters_write_origin(pv_buf *out, const pv_parameter *parameter) {
    pv_parameters_write_range(out, parameter);
    pv_buf_append_text(out, "; ");
    if (parameter->origin == PV_PARAMETER_OF_RULE) {
        pv_buf_append_text(out, "the rule's default");
        return;
    }
    pv_position at = pv_source_locate(parameter->source, parameter->value.at.start);
    pv_buf_format(out, "set by the %s, ", pv_parameter_origin_name(parameter->origin));
    pv_layout_text(out, parameter->source->path);
    pv_buf_format(out, ":%u:%u; the rule's default is ", at.line, at.column);
    pv_parameter_write(out, &parameter->default_value);
}

/* scratch is empty, and empty again afterwards. */
static void write_wrapped(pv_buf *out, const pv_report_style *style, pv_buf *scratch, size_t at, size_t indent) {
    pv_layout_wrap(out, pv_buf_str(scratch), style->width, at, indent, 0);
    out->failed |= scratch->failed;
    pv_buf_reset(scratch);
}

static void write_parameter(pv_buf *out, const pv_report_style *style, const pv_parameter *parameter, pv_buf *scratch) {
    size_t name_columns = pv_layout_columns(parameter->spec.name);
    size_t value_column = INDENT + (name_columns < NAME_COLUMNS ? NAME_COLUMNS : name_columns + 1);
    pv_buf_append_repeat(out, ' ', INDENT);
    pv_layout_text(out, parameter->spec.name);
    pv_buf_append_repeat(out, ' ', value_column - INDENT - name_columns);
    pv_layout_ink(out, style, PV_INK_STRONG);
    pv_parameter_write(scratch, &parameter->value);
    write_wrapped(out, style, scratch, value_column, value_column);
    pv_layout_plain(out, style);
    pv_buf_append_repeat(out, ' ', 2 * INDENT);
    pv_layout_wrap(out, parameter->means, style->width, 2 * INDENT, 2 * INDENT, 0);
    pv_parameters_write_origin(scratch, parameter);
    pv_buf_append_repeat(out, ' ', 2 * INDENT);
    pv_layout_ink(out, style, PV_INK_FAINT);
    write_wrapped(out, style, scratch, 2 * INDENT, 2 * INDENT);
    pv_layout_plain(out, style);
}

void pv_parameters_terminal(pv_buf *out, const pv_report_style *style, const pv_pack *pack) {
    pv_buf scratch = pv_buf_on(out->memory);
    size_t found = 0;
    pv_layout_inked(out, style, PV_INK_STRONG, pack->manifest->id);
    pv_buf_append_char(out, '\n');
    for (size_t i = 0; i < pack->ruleset->rule_count; i++) {
        const pv_rule *rule = &pack->ruleset->rules[i];
        if (rule->parameter_count == 0)
            continue;
        pv_buf_append_char(out, '\n');
        pv_layout_inked(out, style, PV_INK_STRONG, rule->id);
        pv_buf_append_char(out, '\n');
        for (size_t j = 0; j < rule->parameter_count; j++, found++)
            write_parameter(out, style, &rule->parameters[j], &scratch);
    }
    if (found == 0)
        pv_buf_append_text(out, "no rule has a parameter\n");
    pv_buf_clear(&scratch);
}

/* null where the value is not given. */
static void value_member(pv_json *json, pv_buf *scratch, const char *key, const pv_value *value) {
    pv_buf_reset(scratch);
    if (value->given)
        pv_parameter_write(scratch, value);
    json->out->failed |= scratch->failed;
    pv_json_optional_member(json, key, pv_buf_str(scratch));
}

static void parameter_object(pv_json *json, const pv_parameter *parameter, pv_buf *scratch) {
    pv_position at = pv_source_locate(parameter->source, parameter->value.at.start);
    pv_json_object_begin(json);
    pv_json_member(json, "name", parameter->spec.name);
    pv_json_member(json, "type", pv_str_from(pv_type_name(parameter->spec.type)));
    pv_json_member(json, "means", parameter->means);
    value_member(json, scratch, "value", &parameter->value);
    value_member(json, scratch, "default", &parameter->default_value);
    value_member(json, scratch, "low", &parameter->low);
    value_member(json, scratch, "high", &parameter->high);
    pv_json_member(json, "set_by", pv_str_from(pv_parameter_origin_name(parameter->origin)));
    pv_json_key(json, "set_at");
    pv_json_object_begin(json);
    pv_json_member(json, "path", parameter->source->path);
    pv_json_key(json, "line");
    pv_json_unsigned(json, at.line);
    pv_json_key(json, "column");
    pv_json_unsigned(json, at.column);
    pv_json_object_end(json);
    pv_json_object_end(json);
}

void pv_parameters_json(pv_json *json, const pv_rule *rule) {
    pv_buf scratch = pv_buf_on(json->out->memory);
    pv_json_array_begin(json);
    for (size_t i = 0; i < rule->parameter_count; i++)
        parameter_object(json, &rule->parameters[i], &scratch);
    pv_json_array_end(json);
    pv_buf_clear(&scratch);
}
