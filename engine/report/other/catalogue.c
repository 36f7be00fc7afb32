#include "report/other/catalogue.h"

#include <stdio.h>

#include "report/other/conditions_report.h"
#include "report/verdicts/place.h"
#include "report/write/layout.h"
#include "report/write/markup.h"
#include "run/ruleset.h"

/* ---- parameters ---- */

#define PARAMETER_INDENT ((size_t)2)
#define NAME_COLUMNS ((size_t)22)

/* "integer from 1 to 40", "text": what may be set. */
static void write_range(pv_buf *out, const pv_parameter *parameter) {
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
    write_range(out, parameter);
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
    size_t value_column = PARAMETER_INDENT + (name_columns < NAME_COLUMNS ? NAME_COLUMNS : name_columns + 1);
    pv_buf_append_repeat(out, ' ', PARAMETER_INDENT);
    pv_layout_text(out, parameter->spec.name);
    pv_buf_append_repeat(out, ' ', value_column - PARAMETER_INDENT - name_columns);
    pv_layout_ink(out, style, PV_INK_STRONG);
    pv_parameter_write(scratch, &parameter->value);
    write_wrapped(out, style, scratch, value_column, value_column);
    pv_layout_plain(out, style);
    pv_buf_append_repeat(out, ' ', 2 * PARAMETER_INDENT);
    pv_layout_wrap(out, parameter->means, style->width, 2 * PARAMETER_INDENT, 2 * PARAMETER_INDENT, 0);
    pv_parameters_write_origin(scratch, parameter);
    pv_buf_append_repeat(out, ' ', 2 * PARAMETER_INDENT);
    pv_layout_ink(out, style, PV_INK_FAINT);
    write_wrapped(out, style, scratch, 2 * PARAMETER_INDENT, 2 * PARAMETER_INDENT);
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

static void write_parameters_json(pv_json *json, const pv_rule *rule) {
    pv_buf scratch = pv_buf_on(json->out->memory);
    pv_json_array_begin(json);
    for (size_t i = 0; i < rule->parameter_count; i++)
        parameter_object(json, &rule->parameters[i], &scratch);
    pv_json_array_end(json);
    pv_buf_clear(&scratch);
}

/* ---- rules, for people and for programs ---- */

#define LEVEL_COLUMNS ((size_t)9)

/* "record allocation", or the kind alone. */
static void write_subject(pv_buf *out, const pv_rule *rule) {
    pv_buf_append_text(out, pv_subject_kind_name(rule->each));
    pv_str of = pv_rule_subject_of(rule);
    if (of.size) {
        pv_buf_append_char(out, ' ');
        pv_buf_append(out, of);
    }
}

static void write_pack_name(pv_buf *out, const pv_pack *pack) {
    pv_buf_append(out, pack->manifest->title);
    pv_buf_append_text(out, " (");
    pv_buf_append(out, pack->manifest->id);
    pv_buf_append_char(out, ' ');
    pv_buf_append(out, pack->manifest->version);
    pv_buf_append_char(out, ')');
}

void pv_catalogue_terminal(pv_buf *out, const pv_report_style *style, const pv_pack *pack) {
    pv_buf name = pv_buf_on(out->memory);
    write_pack_name(&name, pack);
    pv_layout_inked_wrap(out, style, PV_INK_STRONG, pv_buf_str(&name), 0);
    out->failed |= name.failed;
    pv_buf_clear(&name);
    const pv_rule *rule;
    for (size_t i = 0; (rule = pv_pack_rule_at(pack, i)) != NULL; i++) {
        pv_buf_append_char(out, '\n');
        pv_layout_ink(out, style, pv_level_ink(rule->level));
        pv_layout_cell(out, pv_str_from(pv_level_name(rule->level)), LEVEL_COLUMNS);
        pv_layout_plain(out, style);
        pv_layout_inked(out, style, PV_INK_STRONG, rule->id);
        pv_layout_ink(out, style, PV_INK_FAINT);
        pv_buf_append_text(out, "  each ");
        write_subject(out, rule);
        pv_layout_plain(out, style);
        pv_buf_append_char(out, '\n');
        pv_buf_append_repeat(out, ' ', LEVEL_COLUMNS);
        pv_layout_wrap(out, rule->title, style->width, LEVEL_COLUMNS, LEVEL_COLUMNS, 0);
    }
    pv_conditions_terminal(out, style, pack);
}

static void texts_member(pv_json *json, const char *key, const pv_str *texts, size_t count) {
    pv_json_key(json, key);
    pv_json_array_begin(json);
    for (size_t i = 0; i < count; i++)
        pv_json_string(json, texts[i]);
    pv_json_array_end(json);
}

/* null where the rule says no such day. */
static void day_member(pv_json *json, const char *key, bool given, pv_date day) {
    char text[24] = "";
    if (given)
        (void)snprintf(text, sizeof text, "%04d-%02d-%02d", day.year, day.month, day.day);
    pv_json_optional_member(json, key, pv_str_from(text));
}

static void write_rule(pv_json *json, const pv_pack *pack, const pv_rule *rule) {
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "id", rule->id);
    pv_json_member(json, "title", rule->title);
    pv_json_member(json, "citation", rule->citation);
    pv_json_member(json, "remedy", rule->remedy);
    pv_json_optional_member(json, "why", rule->why);
    pv_json_member(json, "each", pv_str_from(pv_subject_kind_name(rule->each)));
    pv_json_optional_member(json, "record", rule->record_kind);
    if (rule->matrix.size)
        pv_json_member(json, "matrix", rule->matrix);
    if (rule->not_waivable) {
        pv_json_key(json, "waivable");
        pv_json_bool(json, false);
    }
    pv_json_key(json, "levels");
    pv_json_object_begin(json);
    for (pv_mode mode = 0; mode < PV_MODE_COUNT; mode++)
        pv_json_member(json, pv_mode_name(mode), pv_str_from(pv_level_name(pv_pack_level(pack, rule, mode))));
    pv_json_object_end(json);
    day_member(json, "since", rule->has_since, rule->since);
    day_member(json, "until", rule->has_until, rule->until);
    texts_member(json, "tags", rule->tags, rule->tag_count);
    texts_member(json, "judges", rule->judges, rule->judges_count);
    texts_member(json, "replaces", rule->replaces, rule->replaces_count);
    pv_json_key(json, "parameters");
    write_parameters_json(json, rule);
    pv_json_key(json, "examples");
    pv_json_unsigned(json, rule->example_count);
    pv_json_object_end(json);
}

void pv_catalogue_json(pv_json *json, const pv_pack *pack) {
    pv_json_object_begin(json);
    pv_json_member(json, "id", pack->manifest->id);
    pv_json_member(json, "version", pack->manifest->version);
    pv_json_member(json, "title", pack->manifest->title);
    pv_json_member(json, "form", pack->form->id);
    pv_json_member(json, "sha256", pv_str_from(pack->sha256));
    pv_json_key(json, "rules");
    pv_json_array_begin(json);
    const pv_rule *rule;
    for (size_t i = 0; (rule = pv_pack_rule_at(pack, i)) != NULL; i++)
        write_rule(json, pack, rule);
    pv_json_array_end(json);
    pv_conditions_json(json, pack);
    pv_json_object_end(json);
}

/* ---- rules, as a page ---- */

/* The catalogue of a pack as a page for people. */

static void write_text(pv_buf *out, const char *text) {
    pv_buf_append_text(out, text);
}

/* "each row of allocation", "each response". */
static void write_subject_of(pv_buf *out, const pv_rule *rule) {
    if (rule->each == PV_SUBJECT_SUBMISSION) {
        write_text(out, "the submission");
    } else if (pv_rule_subject_of(rule).size > 0) {
        write_text(out, rule->each == PV_SUBJECT_RECORD ? "each row of " : "each pair of ");
        pv_markdown_code_cell(out, pv_rule_subject_of(rule));
    } else {
        pv_buf_format(out, "each %s", pv_subject_kind_name(rule->each));
    }
}

/* ---- the head ---- */

static void write_levels_counted(pv_buf *out, const pv_pack *pack) {
    size_t counts[PV_LEVEL_ERROR + 1] = {0};
    for (size_t i = 0; i < pack->ruleset->rule_count; i++)
        counts[pack->ruleset->rules[i].level]++;
    pv_layout_count(out, pack->ruleset->rule_count, "rule");
    const char *separator = ": ";
    for (int level = PV_LEVEL_ERROR; level >= PV_LEVEL_NOTE; level--) {
        if (counts[level] == 0)
            continue;
        write_text(out, separator);
        pv_layout_count(out, counts[level], pv_level_name((pv_level)level));
        separator = ", ";
    }
}

static void write_day(pv_buf *out, const char *before, pv_date day) {
    pv_buf_format(out, "%s%04d-%02d-%02d", before, day.year, day.month, day.day);
}

static void write_head(pv_buf *out, const pv_pack *pack) {
    const pv_manifest *manifest = pack->manifest;
    write_text(out, "<!-- Generated by \"proviso rules --format markdown\": edit the rules instead. -->\n# ");
    pv_markdown_text(out, manifest->title);
    write_text(out, "\n\nThe pack ");
    pv_markdown_code(out, manifest->id);
    write_text(out, " ");
    pv_markdown_text(out, manifest->version);
    write_text(out, " judges the form ");
    pv_markdown_code(out, pack->form->id);
    write_text(out, ", “");
    pv_markdown_text(out, pack->form->title);
    write_text(out, "”, by ");
    write_levels_counted(out, pack);
    write_text(out, ".");
    if (manifest->has_from)
        write_day(out, " In effect from ", manifest->from);
    if (manifest->has_to)
        write_day(out, manifest->has_from ? " to " : " In effect until ", manifest->to);
    write_text(out, manifest->has_from || manifest->has_to ? ".\n" : "\n");
}

static void write_contents(pv_buf *out, const pv_pack *pack) {
    write_text(out, "\n## The rules\n\n| rule | requires | of | level |\n|---|---|---|---|\n");
    const pv_rule *rule;
    for (size_t i = 0; (rule = pv_pack_rule_at(pack, i)) != NULL; i++) {
        write_text(out, "| ");
        pv_markdown_link(out, rule->id);
        write_text(out, " | ");
        pv_markdown_cell(out, rule->title);
        write_text(out, " | ");
        write_subject_of(out, rule);
        pv_buf_format(out, " | %s |\n", pv_level_name(rule->level));
    }
}

/* ---- one rule ---- */

static void write_item(pv_buf *out, const char *label, pv_str text) {
    if (text.size == 0)
        return;
    pv_buf_format(out, "- **%s:** ", label);
    pv_markdown_text(out, text);
    write_text(out, "\n");
}

static void write_judged(pv_buf *out, const pv_rule *rule) {
    write_text(out, "- **Judges:** ");
    write_subject_of(out, rule);
    if (rule->each == PV_SUBJECT_RESPONSE || rule->each == PV_SUBJECT_MEASURE)
        write_text(out, rule->checks_blank ? ", blank ones too" : "; a blank one is not applicable");
    if (rule->checks_typed)
        write_text(out, "; those to items that ask for a value too");
    write_text(out, "\n");
}

/* The rule's own level, then the modes in which it differs. */
static void write_level(pv_buf *out, const pv_pack *pack, const pv_rule *rule) {
    pv_buf_format(out, "- **Level:** %s", pv_level_name(rule->level));
    for (pv_mode mode = 0; mode < PV_MODE_COUNT; mode++)
        if (pv_pack_level(pack, rule, mode) != rule->level)
            pv_buf_format(out, ", in %s mode %s", pv_mode_name(mode), pv_level_name(pv_pack_level(pack, rule, mode)));
    write_text(out, "\n");
}

static void write_window(pv_buf *out, const pv_rule *rule) {
    if (!rule->has_since && !rule->has_until)
        return;
    write_text(out, "- **Applies:** ");
    if (rule->has_since)
        write_day(out, "from ", rule->since);
    if (rule->has_until)
        write_day(out, rule->has_since ? " to " : "until ", rule->until);
    write_text(out, "\n");
}

static void write_list(pv_buf *out, const char *label, const pv_str *texts, size_t count) {
    if (count == 0)
        return;
    pv_buf_format(out, "- **%s:** ", label);
    for (size_t i = 0; i < count; i++) {
        write_text(out, i > 0 ? ", " : "");
        pv_markdown_code(out, texts[i]);
    }
    write_text(out, "\n");
}

static void write_parameters(pv_buf *out, const pv_rule *rule) {
    if (rule->parameter_count == 0)
        return;
    pv_buf scratch = pv_buf_on(out->memory);
    write_text(out, "\n| parameter | value | may be | means |\n|---|---|---|---|\n");
    for (size_t i = 0; i < rule->parameter_count; i++) {
        const pv_parameter *parameter = &rule->parameters[i];
        write_text(out, "| ");
        pv_markdown_code_cell(out, parameter->spec.name);
        write_text(out, " | ");
        pv_buf_reset(&scratch);
        pv_parameter_write(&scratch, &parameter->value);
        pv_markdown_cell(out, pv_buf_str(&scratch));
        write_text(out, " | ");
        pv_buf_reset(&scratch);
        write_range(&scratch, parameter);
        pv_markdown_cell(out, pv_buf_str(&scratch));
        write_text(out, " | ");
        pv_markdown_cell(out, parameter->means);
        write_text(out, " |\n");
    }
    out->failed |= scratch.failed;
    pv_buf_clear(&scratch);
}

static void write_examples(pv_buf *out, const pv_rule *rule, const pv_catalogue_example *examples, size_t count) {
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (examples[i].rule != rule)
            continue;
        write_text(out, any ? "" : "\n| given | verdict |\n|---|---|\n");
        any = true;
        write_text(out, "| ");
        pv_markdown_cell(out, examples[i].given);
        write_text(out, " | ");
        pv_markdown_cell(out, examples[i].outcome);
        write_text(out, " |\n");
    }
}

static void write_rule_part(pv_buf *out, const pv_pack *pack, const pv_rule *rule) {
    write_text(out, "\n### ");
    pv_markdown_text(out, rule->id);
    write_text(out, "\n\n**");
    pv_markdown_text(out, rule->title);
    write_text(out, "**\n\n> ");
    pv_markdown_text(out, rule->citation);
    write_text(out, "\n\n");
    write_item(out, "Why", rule->why);
    write_judged(out, rule);
    write_level(out, pack, rule);
    write_window(out, rule);
    if (rule->not_waivable)
        write_text(out, "- **Waivers:** none can accept a failure of it\n");
    write_item(out, "To do", rule->remedy);
    write_list(out, "Conditions of the form", rule->judges, rule->judges_count);
    write_list(out, "Replaces", rule->replaces, rule->replaces_count);
    write_list(out, "Tags", rule->tags, rule->tag_count);
    write_parameters(out, rule);
}

void pv_catalogue_markdown(pv_buf *out, const pv_pack *pack, const pv_catalogue_example *examples,
                           size_t example_count) {
    write_head(out, pack);
    write_contents(out, pack);
    const pv_rule *rule;
    for (size_t i = 0; (rule = pv_pack_rule_at(pack, i)) != NULL; i++) {
        write_rule_part(out, pack, rule);
        write_examples(out, rule, examples, example_count);
    }
    pv_conditions_markdown(out, pack);
}
