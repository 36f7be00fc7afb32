#include "report/other/catalogue.h"

#include <stdio.h>

#include "report/other/parameters.h"
#include "report/verdicts/excerpt.h"
#include "report/write/layout.h"
#include "run/ruleset.h"

#define LEVEL_COLUMNS ((size_t)9)

const pv_rule *pv_catalogue_rule(const pv_pack *pack, size_t index) {
    index += pv_structure_first(pack->form);
    if (index < PV_STRUCTURE_RULE_COUNT)
        return pv_structure_rule((pv_problem_kind)index);
    index -= PV_STRUCTURE_RULE_COUNT;
    return index < pack->ruleset->rule_count ? &pack->ruleset->rules[index] : NULL;
}

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
    for (size_t i = 0; (rule = pv_catalogue_rule(pack, i)) != NULL; i++) {
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
    texts_member(json, "replaces", rule->replaces, rule->replaces_count);
    pv_json_key(json, "parameters");
    pv_parameters_json(json, rule);
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
    for (size_t i = 0; (rule = pv_catalogue_rule(pack, i)) != NULL; i++)
        write_rule(json, pack, rule);
    pv_json_array_end(json);
    pv_json_object_end(json);
}
