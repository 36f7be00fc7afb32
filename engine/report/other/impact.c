#include "report/other/impact.h"

#include <stdlib.h>

#include "report/verdicts/comparison.h"
#include "report/verdicts/place.h"
#include "report/write/layout.h"

bool pv_impact_init(pv_impact *impact, pv_memory *memory, const pv_impact_setting *setting, pv_error *error) {
    *impact = (pv_impact){.setting = *setting, .arena = pv_arena_new(memory)};
    return impact->arena || pv_fail_memory(error);
}

void pv_impact_clear(pv_impact *impact) {
    pv_arena_free(impact->arena);
    *impact = (pv_impact){0};
}

/* ---- one change ---- */

static void name_subject(pv_impact_change *change, const pv_subject *subject) {
    change->subject_kind = pv_str_from(pv_subject_kind_name(subject->kind));
    if (subject->section)
        change->subject_of = subject->section->id;
    if (subject->measure)
        change->subject_of = subject->measure->measure->id;
    if (subject->response) {
        change->subject_kind = pv_str_from(pv_subject_kind_name(PV_SUBJECT_MEASURE));
        change->subject_of = subject->response->item->measure->id;
    }
    if (subject->record)
        change->subject_of = subject->record->spec->name;
    if (subject->pair)
        change->subject_of = subject->pair->matrix->name;
}

static pv_str describe_place(pv_arena *arena, const pv_report_comparison *comparison, const pv_change *change) {
    const pv_source *source = pv_change_source(comparison, change);
    size_t offset = pv_change_entry(change)->start;
    return pv_arena_format(arena, "%.*s%s", PV_STR_ARG(pv_source_path_at(source, offset)),
                           pv_place_called(source, offset).text);
}

static pv_str write_members(pv_arena *arena, const pv_report_comparison *comparison, const pv_change *change) {
    pv_buf text = pv_buf_on(pv_arena_memory(arena));
    pv_json json = pv_json_on(&text);
    pv_str kept = {0};
    pv_json_object_begin(&json);
    pv_change_json_members(&json, comparison, change);
    if (!text.failed) /* without the brace that the writer needed before the members */
        kept = pv_arena_copy(arena, pv_str_slice(pv_buf_str(&text), 1, text.size));
    pv_buf_clear(&text);
    return kept;
}

static bool copy(pv_arena *arena, pv_str *text) {
    *text = pv_arena_copy(arena, *text);
    return text->data != NULL;
}

/* Rules and forms are the packs', which outlive the report; all else is copied. */
static bool describe(pv_impact_change *out, pv_arena *arena, const pv_report_comparison *comparison,
                     const pv_change *change) {
    const pv_verdict_entry *entry = pv_change_entry(change);
    *out = (pv_impact_change){
        .kind = change->kind,
        .impact = pv_impact_of(change),
        .rule = entry->rule,
        .title = entry->verdict->rule->title,
        .subject = entry->subject,
        .place = describe_place(arena, comparison, change),
        .json = write_members(arena, comparison, change),
    };
    if (change->before && !pv_str_equal(change->before->rule, out->rule))
        out->was_rule = change->before->rule;
    name_subject(out, &entry->verdict->subject);
    return pv_change_words(arena, change, &out->was, &out->is) && out->place.data && out->json.data &&
           copy(arena, &out->subject);
}

static bool is_selected(const pv_impact *impact, const pv_change *change) {
    pv_str pattern = impact->setting.rule_pattern;
    return (change->before && pv_run_selects(pattern, change->before->verdict->rule)) ||
           (change->after && pv_run_selects(pattern, change->after->verdict->rule));
}

/* What a rule applied to, and does not any more; a rule that another one replaces goes by that one's id. */
static bool count_reach(pv_impact *impact, const pv_change *change, pv_error *error) {
    const pv_verdict_entry *entry = pv_change_entry(change);
    if (!change->before || change->before->state == PV_STATE_NOT_APPLICABLE)
        return true;
    size_t row = 0;
    while (row < impact->reach.count && !pv_str_equal(impact->reach.items[row].rule, entry->rule))
        row++;
    if (row == impact->reach.count) {
        pv_impact_reach *added = PV_ARRAY_ADD(impact->arena, &impact->reach);
        if (!added)
            return pv_fail_memory(error);
        *added = (pv_impact_reach){.rule = entry->rule, .title = entry->verdict->rule->title};
    }
    impact->reach.items[row].applied++;
    impact->reach.items[row].stopped += change->kind == PV_CHANGE_NOT_APPLICABLE;
    return true;
}

bool pv_impact_add(pv_impact *impact, const pv_report_input *input, pv_error *error) {
    const pv_report_comparison *comparison = input->comparison;
    impact->submissions++;
    for (size_t i = 0; i < comparison->found->count; i++) {
        const pv_change *change = &comparison->found->list[i];
        if (!is_selected(impact, change))
            continue;
        if (!count_reach(impact, change, error))
            return false;
        impact->kinds[change->kind]++;
        impact->counts[pv_impact_of(change)]++;
        if (pv_impact_of(change) == PV_IMPACT_NONE)
            continue;
        const size_t order = impact->changes.count;
        pv_impact_change *added = PV_ARRAY_ADD(impact->arena, &impact->changes);
        if (!added || !describe(added, impact->arena, comparison, change))
            return pv_fail_memory(error);
        added->order = order;
    }
    return true;
}

/* ---- the end ---- */

/* By rule; of one rule what is new first, then in the order of submissions and places. */
static int compare_changes(const void *left, const void *right) {
    const pv_impact_change *a = left;
    const pv_impact_change *b = right;
    int order = pv_str_compare_natural(a->rule, b->rule);
    if (order == 0)
        order = (a->impact > b->impact) - (a->impact < b->impact);
    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

static int compare_rows(const void *left, const void *right) {
    const pv_impact_row *a = left;
    const pv_impact_row *b = right;
    int order = pv_str_compare(a->kind, b->kind);
    return order != 0 ? order : pv_str_compare_natural(a->name, b->name);
}

static void count_rules(pv_impact *impact, pv_impact_row *rows) {
    for (size_t i = 0; i < impact->changes.count; i++) {
        const pv_impact_change *change = &impact->changes.items[i];
        if (impact->rule_count == 0 || !pv_str_equal(rows[impact->rule_count - 1].name, change->rule))
            rows[impact->rule_count++] = (pv_impact_row){.name = change->rule, .title = change->title, .first = i};
        rows[impact->rule_count - 1].counts[change->impact]++;
    }
    impact->rules = rows;
}

static void count_subjects(pv_impact *impact, pv_impact_row *rows) {
    for (size_t i = 0; i < impact->changes.count; i++) {
        const pv_impact_change *change = &impact->changes.items[i];
        size_t row = 0;
        while (row < impact->subject_count && (!pv_str_equal(rows[row].kind, change->subject_kind) ||
                                               !pv_str_equal(rows[row].name, change->subject_of)))
            row++;
        if (row == impact->subject_count)
            rows[impact->subject_count++] = (pv_impact_row){.kind = change->subject_kind, .name = change->subject_of};
        rows[row].counts[change->impact]++;
    }
    if (impact->subject_count > 1)
        qsort(rows, impact->subject_count, sizeof *rows, compare_rows);
    impact->subjects = rows;
}

static int compare_reach(const void *left, const void *right) {
    return pv_str_compare_natural(((const pv_impact_reach *)left)->rule, ((const pv_impact_reach *)right)->rule);
}

/* Only rules that apply to less stay. */
static void keep_stopped(pv_impact *impact) {
    size_t kept = 0;
    for (size_t i = 0; i < impact->reach.count; i++)
        if (impact->reach.items[i].stopped > 0)
            impact->reach.items[kept++] = impact->reach.items[i];
    impact->reach.count = kept;
    if (kept > 1)
        qsort(impact->reach.items, kept, sizeof *impact->reach.items, compare_reach);
}

bool pv_impact_keeps_version(const pv_impact *impact) {
    const pv_manifest *before = impact->setting.before->manifest;
    const pv_manifest *after = impact->setting.after->manifest;
    size_t differing = 0;
    for (size_t kind = PV_CHANGE_NONE + 1; kind < PV_CHANGE_COUNT; kind++)
        differing += impact->kinds[kind];
    return differing > 0 && pv_str_equal(before->id, after->id) && pv_str_equal(before->version, after->version);
}

bool pv_impact_end(pv_impact *impact, pv_error *error) {
    pv_impact_row *rules = PV_NEW_ARRAY(impact->arena, pv_impact_row, impact->changes.count);
    pv_impact_row *subjects = PV_NEW_ARRAY(impact->arena, pv_impact_row, impact->changes.count);
    if (!rules || !subjects)
        return pv_fail_memory(error);
    if (impact->changes.count > 1)
        qsort(impact->changes.items, impact->changes.count, sizeof *impact->changes.items, compare_changes);
    keep_stopped(impact);
    count_rules(impact, rules);
    count_subjects(impact, subjects);
    return true;
}
