#include "report/other/conditions_report.h"

#include "report/write/markup.h"

/* ---- grouping ---- */

static bool same_judges(const pv_judges *a, const pv_judges *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = a->rules[i] == b->rules[i];
    return same;
}

const pv_condition_group *pv_condition_groups(const pv_pack *pack, pv_arena *arena, size_t *count) {
    const pv_form *form = pack->form;
    pv_condition_group *groups = PV_NEW_ARRAY(arena, pv_condition_group, form->condition_count);
    pv_str *patterns = PV_NEW_ARRAY(arena, pv_str, form->condition_count);
    *count = 0;
    if (!groups || !patterns)
        return NULL;
    for (size_t i = 0; i < form->condition_count; i++) {
        const pv_condition *condition = &form->conditions[i];
        const pv_judges judges = pv_pack_judges(pack, i);
        pv_str pattern = pv_condition_pattern(condition, arena);
        if (!pattern.data)
            return NULL;
        size_t group = 0;
        while (group < *count &&
               !(pv_str_equal(patterns[group], pattern) && same_judges(&groups[group].judges, &judges)))
            group++;
        if (group < *count) {
            groups[group].count++;
            groups[group].name = pattern;
            continue;
        }
        patterns[group] = pattern;
        groups[group] = (pv_condition_group){condition->address, 1, judges, pv_built_in_of_condition(condition)};
        (*count)++;
    }
    return groups;
}

void pv_conditions_count(const pv_pack *pack, size_t *all, size_t *by_rules) {
    *all = pack->form->condition_count;
    *by_rules = 0;
    for (size_t i = 0; i < *all; i++)
        *by_rules += pv_pack_judges(pack, i).count > 0;
}

/* The index-th rule that judges the group; NULL past the last. */
static const pv_rule *judge_of(const pv_condition_group *group, size_t index) {
    if (group->judges.count == 0)
        return index == 0 ? pv_built_in_rule(group->built_in) : NULL;
    return index < group->judges.count ? group->judges.rules[index] : NULL;
}

/* ---- for people ---- */

#define INDENT ((size_t)2)
#define NAME_COLUMNS ((size_t)44)

/* "items.*.word_limit (37)" */
static void write_name(pv_buf *out, const pv_condition_group *group) {
    pv_buf_append(out, group->name);
    if (group->count > 1)
        pv_buf_format(out, " (%zu)", group->count);
}

static void write_group(pv_buf *out, const pv_report_style *style, const pv_condition_group *group, pv_buf *scratch) {
    write_name(scratch, group);
    size_t columns = pv_layout_columns(pv_buf_str(scratch));
    pv_buf_append_repeat(out, ' ', INDENT);
    pv_layout_text(out, pv_buf_str(scratch));
    pv_buf_append_repeat(out, ' ', columns < NAME_COLUMNS ? NAME_COLUMNS - columns : 1);
    pv_buf_reset(scratch);
    const pv_rule *rule;
    for (size_t i = 0; (rule = judge_of(group, i)); i++) {
        pv_buf_append_text(scratch, i > 0 ? ", " : "");
        pv_buf_append(scratch, rule->id);
    }
    size_t at = INDENT + (columns < NAME_COLUMNS ? NAME_COLUMNS : columns + 1);
    pv_layout_ink(out, style, group->judges.count > 0 ? PV_INK_STRONG : PV_INK_FAINT);
    pv_layout_wrap(out, pv_buf_str(scratch), style->width, at, at, 0);
    pv_layout_plain(out, style);
    pv_buf_reset(scratch);
}

/* "fields.starts.low        12 weeks after “Applied”" */
static void write_asked(pv_buf *out, const pv_report_style *style, pv_str address, pv_str words) {
    size_t columns = pv_layout_columns(address);
    size_t at = INDENT + (columns < NAME_COLUMNS ? NAME_COLUMNS : columns + 1);
    pv_buf_append_repeat(out, ' ', INDENT);
    pv_layout_text(out, address);
    pv_buf_append_repeat(out, ' ', at - INDENT - columns);
    pv_layout_wrap(out, words, style->width, at, at, 0);
}

static void write_bounds(pv_buf *out, const pv_report_style *style, const pv_form *form, pv_buf *scratch) {
    bool any = false;
    for (size_t i = 0; i < form->condition_count; i++) {
        pv_str words = pv_condition_words(&form->conditions[i]);
        if (words.size == 0)
            continue;
        if (!any) {
            pv_buf_append_char(out, '\n');
            pv_layout_inked(out, style, PV_INK_STRONG, PV_STR("What values are held against"));
            pv_buf_append_char(out, '\n');
        }
        any = true;
        pv_buf_append(scratch, words);
        write_asked(out, style, form->conditions[i].address, pv_buf_str(scratch));
        pv_buf_reset(scratch);
    }
}

static void write_conditionals(pv_buf *out, const pv_report_style *style, const pv_form *form, pv_buf *scratch) {
    if (form->conditional_count > 0) {
        pv_buf_append_char(out, '\n');
        pv_layout_inked(out, style, PV_INK_STRONG, PV_STR("What applies only under a condition"));
        pv_buf_append_char(out, '\n');
    }
    for (size_t i = 0; i < form->conditional_count; i++) {
        const pv_conditional *part = &form->conditionals[i];
        pv_buf_format(scratch, "only if %.*s", PV_STR_ARG(part->only_if->words));
        write_asked(out, style, part->address, pv_buf_str(scratch));
        pv_buf_reset(scratch);
    }
}

/* "each row of “Plans” (records.plan)" */
static void write_rows_of(pv_buf *out, const pv_measure *measure) {
    pv_buf_format(out, "each row of “%.*s” (%s.%.*s)", PV_STR_ARG(pv_measure_rows_label(measure)),
                  measure->for_table ? "tables" : "records", PV_STR_ARG(pv_measure_rows_name(measure)));
}

/* The next measure that is given once for each row of something; before: NULL for the first. NULL: there is none. */
static const pv_measure *next_repeated(const pv_form *form, const pv_measure *before) {
    for (size_t i = before ? before->index + 1 : 0; i < form->measure_count; i++)
        if (pv_measure_is_repeated(&form->measures[i]))
            return &form->measures[i];
    return NULL;
}

static void write_repeated(pv_buf *out, const pv_report_style *style, const pv_form *form, pv_buf *scratch) {
    pv_buf address = pv_buf_on(out->memory);
    const pv_measure *measure = next_repeated(form, NULL);
    if (measure) {
        pv_buf_append_char(out, '\n');
        pv_layout_inked(out, style, PV_INK_STRONG, PV_STR("What is given once for each row"));
        pv_buf_append_char(out, '\n');
    }
    for (; measure; measure = next_repeated(form, measure)) {
        pv_buf_format(&address, "measures.%.*s", PV_STR_ARG(measure->id));
        pv_buf_append_text(scratch, "for ");
        write_rows_of(scratch, measure);
        write_asked(out, style, pv_buf_str(&address), pv_buf_str(scratch));
        pv_buf_reset(scratch);
        pv_buf_reset(&address);
    }
    out->failed |= address.failed;
    pv_buf_clear(&address);
}

void pv_conditions_terminal(pv_buf *out, const pv_report_style *style, const pv_pack *pack) {
    pv_arena *arena = pv_arena_new(out->memory);
    pv_buf scratch = pv_buf_on(out->memory);
    size_t count = 0;
    const pv_condition_group *groups = arena ? pv_condition_groups(pack, arena, &count) : NULL;
    out->failed |= !groups;
    if (count > 0) {
        pv_buf_append_char(out, '\n');
        pv_layout_inked(out, style, PV_INK_STRONG, PV_STR("What the form declares, and who judges it"));
        pv_buf_append_char(out, '\n');
    }
    for (size_t i = 0; groups && i < count; i++)
        write_group(out, style, &groups[i], &scratch);
    write_bounds(out, style, pack->form, &scratch);
    write_conditionals(out, style, pack->form, &scratch);
    write_repeated(out, style, pack->form, &scratch);
    out->failed |= scratch.failed;
    pv_buf_clear(&scratch);
    pv_arena_free(arena);
}

/* ---- as a page ---- */

static void write_note(pv_buf *out, const char *part, pv_str name, pv_str note) {
    if (note.size == 0)
        return;
    pv_buf_append_text(out, "| ");
    pv_buf_append_text(out, part);
    pv_markdown_cell(out, name);
    pv_buf_append_text(out, " | ");
    pv_markdown_cell(out, note);
    pv_buf_append_text(out, " |\n");
}

static bool has_notes(const pv_form *form) {
    bool any = form->note.size > 0;
    for (size_t i = 0; i < form->field_count; i++)
        any |= form->fields[i].note.size > 0;
    for (size_t i = 0; i < form->section_count; i++)
        any |= form->sections[i].note.size > 0;
    for (size_t i = 0; i < form->measure_count; i++)
        any |= form->measures[i].note.size > 0;
    for (size_t i = 0; i < form->item_count; i++)
        any |= form->items[i].note.size > 0;
    return any;
}

static void write_notes(pv_buf *out, const pv_form *form) {
    if (!has_notes(form))
        return;
    pv_buf_append_text(out, "\n## What the form prints beside its parts, and nobody judges\n\n| part | note "
                            "|\n|---|---|\n");
    write_note(out, "the form", PV_STR(""), form->note);
    for (size_t i = 0; i < form->field_count; i++)
        write_note(out, "field ", form->fields[i].name, form->fields[i].note);
    for (size_t i = 0; i < form->section_count; i++)
        write_note(out, "section ", form->sections[i].id, form->sections[i].note);
    for (size_t i = 0; i < form->measure_count; i++) {
        const pv_measure *measure = &form->measures[i];
        write_note(out, "measure ", measure->id, measure->note);
        for (size_t k = 0; k < measure->item_count; k++)
            write_note(out, "item ", measure->items[k].full_id, measure->items[k].note);
    }
}

static void write_conditionals_markdown(pv_buf *out, const pv_form *form) {
    if (form->conditional_count > 0)
        pv_buf_append_text(out, "\n## What applies only under a condition\n\n| part | applies only if |\n|---|---|\n");
    for (size_t i = 0; i < form->conditional_count; i++) {
        pv_buf_append_text(out, "| ");
        pv_markdown_code_cell(out, form->conditionals[i].address);
        pv_buf_append_text(out, " | ");
        pv_markdown_cell(out, form->conditionals[i].only_if->words);
        pv_buf_append_text(out, " |\n");
    }
}

static void write_repeated_markdown(pv_buf *out, const pv_form *form) {
    pv_buf rows = pv_buf_on(out->memory);
    const pv_measure *measure = next_repeated(form, NULL);
    if (measure)
        pv_buf_append_text(out, "\n## What is given once for each row\n\n| measure | for |\n|---|---|\n");
    for (; measure; measure = next_repeated(form, measure)) {
        pv_buf_append_text(out, "| ");
        pv_markdown_cell(out, measure->id);
        pv_buf_append_char(out, ' ');
        pv_markdown_cell(out, measure->title);
        pv_buf_append_text(out, " | ");
        write_rows_of(&rows, measure);
        pv_markdown_cell(out, pv_buf_str(&rows));
        pv_buf_append_text(out, " |\n");
        pv_buf_reset(&rows);
    }
    out->failed |= rows.failed;
    pv_buf_clear(&rows);
}

/* What values are held against. */
static void write_bounds_markdown(pv_buf *out, const pv_form *form) {
    bool any = false;
    for (size_t i = 0; i < form->condition_count; i++) {
        pv_str words = pv_condition_words(&form->conditions[i]);
        if (words.size == 0)
            continue;
        if (!any)
            pv_buf_append_text(out, "\n## What values are held against\n\n| condition | asks for |\n|---|---|\n");
        any = true;
        pv_buf_append_text(out, "| ");
        pv_markdown_code_cell(out, form->conditions[i].address);
        pv_buf_append_text(out, " | ");
        pv_markdown_cell(out, words);
        pv_buf_append_text(out, " |\n");
    }
}

void pv_conditions_markdown(pv_buf *out, const pv_pack *pack) {
    pv_arena *arena = pv_arena_new(out->memory);
    size_t count = 0;
    const pv_condition_group *groups = arena ? pv_condition_groups(pack, arena, &count) : NULL;
    out->failed |= !groups;
    if (count > 0)
        pv_buf_append_text(out, "\n## What the form declares, and who judges it\n\n| condition | how many | judged by "
                                "|\n|---|---|---|\n");
    for (size_t i = 0; groups && i < count; i++) {
        pv_buf_append_text(out, "| ");
        pv_markdown_code_cell(out, groups[i].name);
        pv_buf_format(out, " | %zu | ", groups[i].count);
        const pv_rule *rule;
        for (size_t k = 0; (rule = judge_of(&groups[i], k)); k++) {
            pv_buf_append_text(out, k > 0 ? ", " : "");
            pv_markdown_link(out, rule->id);
        }
        pv_buf_append_text(out, " |\n");
    }
    write_bounds_markdown(out, pack->form);
    write_conditionals_markdown(out, pack->form);
    write_repeated_markdown(out, pack->form);
    write_notes(out, pack->form);
    pv_arena_free(arena);
}

/* ---- for programs ---- */

static void write_measures(pv_json *json, const pv_group *group) {
    pv_json_key(json, "measures");
    pv_json_array_begin(json);
    for (size_t i = 0; i < group->measure_count; i++)
        pv_json_string(json, group->measures[i]->id);
    pv_json_array_end(json);
    if (group->group_count == 0)
        return;
    pv_json_key(json, "groups");
    pv_json_array_begin(json);
    for (size_t i = 0; i < group->group_count; i++)
        pv_json_string(json, group->groups[i]->id);
    pv_json_array_end(json);
    pv_json_key(json, "within"); /* its measures and those of the groups in it */
    pv_json_array_begin(json);
    for (size_t i = 0; i < group->within_count; i++)
        pv_json_string(json, group->within[i]->id);
    pv_json_array_end(json);
}

static void write_condition(pv_json *json, const pv_condition *condition, const pv_judges *judges) {
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "condition", condition->address);
    pv_json_member(json, "kind", pv_str_from(pv_condition_kind_name(condition->kind)));
    pv_json_key(json, "number");
    if (condition->number > 0)
        pv_json_unsigned(json, condition->number);
    else
        pv_json_null(json);
    if (pv_condition_words(condition).size > 0)
        pv_json_member(json, "asks", pv_condition_words(condition));
    if (condition->spec)
        pv_json_member(json, "type", pv_str_from(pv_type_name(condition->spec->type)));
    if (condition->group)
        write_measures(json, condition->group);
    pv_json_key(json, "judges");
    pv_json_array_begin(json);
    for (size_t i = 0; i < judges->count; i++)
        pv_json_string(json, judges->rules[i]->id);
    pv_json_array_end(json);
    pv_json_member(json, "otherwise", pv_built_in_rule(pv_built_in_of_condition(condition))->id);
    pv_json_object_end(json);
}

/* Only of a form that has such measures. */
static void write_repeated_json(pv_json *json, const pv_form *form) {
    const pv_measure *measure = next_repeated(form, NULL);
    if (!measure)
        return;
    pv_json_key(json, "for_each");
    pv_json_array_begin(json);
    for (; measure; measure = next_repeated(form, measure)) {
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "measure", measure->id);
        pv_json_member(json, measure->for_table ? "table" : "records", pv_measure_rows_name(measure));
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
}

void pv_conditions_json(pv_json *json, const pv_pack *pack) {
    pv_json_key(json, "conditions");
    pv_json_array_begin(json);
    for (size_t i = 0; i < pack->form->condition_count; i++) {
        const pv_judges judges = pv_pack_judges(pack, i);
        write_condition(json, &pack->form->conditions[i], &judges);
    }
    pv_json_array_end(json);
    pv_json_key(json, "only_if");
    pv_json_array_begin(json);
    for (size_t i = 0; i < pack->form->conditional_count; i++) {
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "part", pack->form->conditionals[i].address);
        pv_json_member(json, "applies_only_if", pack->form->conditionals[i].only_if->words);
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
    write_repeated_json(json, pack->form);
}
