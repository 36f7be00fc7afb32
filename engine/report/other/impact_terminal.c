#include "report/other/impact_words.h"

#define LABEL_COLUMNS ((size_t)7)
#define RULE_COLUMNS ((size_t)12)
#define NAME_COLUMNS ((size_t)32)
#define COUNT_COLUMNS ((size_t)9)

static void write_wrapped(pv_buf *out, const pv_report_style *style, pv_buf *text, size_t at, size_t indent) {
    out->failed |= text->failed;
    pv_layout_wrap(out, pv_buf_str(text), style->width, at, indent, 0);
    pv_buf_reset(text);
}

static void write_rule_changes(pv_buf *out, const pv_report_style *style, const pv_impact *impact, pv_buf *text) {
    const pv_rule_changes *rules = &impact->setting.rules;
    if (rules->count == 0)
        return;
    pv_buf_append_char(out, '\n');
    pv_layout_inked(out, style, PV_INK_STRONG, PV_STR("Rules"));
    pv_buf_append_char(out, '\n');
    for (size_t i = 0; i < rules->count; i++) {
        pv_buf_append_text(out, "  ");
        pv_layout_cell(out, pv_str_from(pv_rule_change_name(rules->list[i].kind)), RULE_COLUMNS - 2);
        pv_buf_append(text, pv_impact_rule_of(&rules->list[i]));
        pv_impact_write_rule_change(text, &rules->list[i]);
        write_wrapped(out, style, text, RULE_COLUMNS, RULE_COLUMNS);
    }
}

static void write_change(pv_buf *out, const pv_report_style *style, const pv_impact_change *change) {
    pv_buf_append_text(out, "  ");
    pv_layout_inked(out, style, pv_impact_wording_of(change->kind)->ink,
                    pv_str_from(pv_impact_wording_of(change->kind)->text));
    pv_buf_append_text(out, "  ");
    pv_layout_text(out, change->subject);
    pv_buf_append_text(out, "  ");
    pv_layout_inked(out, style, PV_INK_FAINT, change->place);
    pv_buf_append_char(out, '\n');
    pv_layout_labelled(out, style, "  was", LABEL_COLUMNS, change->was, style->verbose ? 0 : 2);
    pv_layout_labelled(out, style, "  is", LABEL_COLUMNS, change->is, style->verbose ? 0 : 2);
}

static void write_rule(pv_buf *out, const pv_report_style *style, const pv_impact *impact, const pv_impact_row *rule,
                       pv_buf *text) {
    size_t count = pv_impact_changes_of(rule);
    size_t shown = style->verbose || count < PV_IMPACT_MOST_SHOWN ? count : PV_IMPACT_MOST_SHOWN;
    pv_buf_append_char(out, '\n');
    pv_layout_inked(out, style, PV_INK_STRONG, rule->name);
    pv_buf_append_text(text, " (");
    pv_impact_write_counts(text, rule->counts);
    pv_buf_append_text(text, "): ");
    pv_buf_append(text, rule->title);
    pv_layout_text(out, PV_STR(" "));
    write_wrapped(out, style, text, pv_layout_columns(rule->name) + 1, 2);
    for (size_t i = rule->first; i < rule->first + shown; i++)
        write_change(out, style, &impact->changes[i]);
    if (shown < count)
        pv_buf_format(out, "  and %zu more; --verbose shows them\n", count - shown);
}

static void write_subjects(pv_buf *out, const pv_report_style *style, const pv_impact *impact, pv_buf *text) {
    pv_buf_append_char(out, '\n');
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_layout_cell(out, pv_str_from(pv_impact_subject_heading(impact)), NAME_COLUMNS);
    for (size_t kind = PV_IMPACT_NEW; kind < PV_IMPACT_COUNT; kind++)
        pv_buf_format(out, "%*s", (int)COUNT_COLUMNS, pv_impact_name(kind));
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
    for (size_t i = 0; i < impact->subject_count; i++) {
        pv_impact_write_subject(text, &impact->subjects[i]);
        pv_buf_append_text(out, "  ");
        pv_layout_cell(out, pv_buf_str(text), NAME_COLUMNS - 2);
        for (size_t kind = PV_IMPACT_NEW; kind < PV_IMPACT_COUNT; kind++)
            pv_layout_number(out, impact->subjects[i].counts[kind], COUNT_COLUMNS);
        pv_buf_append_char(out, '\n');
        pv_buf_reset(text);
    }
}

/* Of what passes and passed, or does not apply: only how many. */
static void write_others(pv_buf *out, const pv_report_style *style, const pv_impact *impact, pv_buf *text) {
    size_t shown = 0;
    for (size_t i = 0; i < impact->count; i++)
        shown += impact->changes[i].kind == PV_CHANGE_NOT_APPLICABLE;
    size_t applicable = impact->kinds[PV_CHANGE_APPLICABLE];
    size_t dropped = impact->kinds[PV_CHANGE_NOT_APPLICABLE] - shown;
    if (applicable + dropped == 0)
        return;
    pv_buf_append_char(out, '\n');
    pv_buf_append_text(text, "Besides, ");
    if (applicable > 0)
        pv_buf_format(text, "%zu %s now, and %s%s", applicable,
                      applicable == 1 ? "verdict is reached" : "verdicts are reached",
                      applicable == 1 ? "passes" : "pass", dropped > 0 ? "; " : ".");
    if (dropped > 0)
        pv_buf_format(text, "%zu that passed %s not apply any more.", dropped, dropped == 1 ? "does" : "do");
    write_wrapped(out, style, text, 0, 0);
}

static void write_faults(pv_buf *out, const pv_report_style *style, size_t count, pv_buf *text) {
    if (count == 0)
        return;
    pv_buf_append_char(out, '\n');
    pv_layout_count(text, count, "fault");
    pv_buf_append_text(text, " kept this from being all; standard error names each");
    write_wrapped(out, style, text, 0, 0);
}

/* One line for each that fails now. */
static void write_lines(pv_buf *out, const pv_impact *impact) {
    for (size_t i = 0; i < impact->count; i++) {
        const pv_impact_change *change = &impact->changes[i];
        if (change->kind != PV_CHANGE_FAILING)
            continue;
        pv_layout_text(out, change->place);
        pv_buf_append_text(out, ": newly failing: ");
        pv_layout_text(out, change->subject);
        pv_buf_append_text(out, ": ");
        pv_layout_text(out, change->is);
        pv_buf_append_text(out, " [");
        pv_layout_text(out, change->rule);
        pv_buf_append_text(out, "]\n");
    }
}

void pv_impact_terminal(pv_buf *out, const pv_report_style *style, const pv_impact *impact, size_t fault_count) {
    pv_buf text = pv_buf_on(out->memory);
    pv_layout_ink(out, style, PV_INK_STRONG);
    pv_impact_answer(out, impact);
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
    pv_impact_write_run(&text, impact);
    write_wrapped(out, style, &text, 0, 0);
    if (style->quiet) {
        write_lines(out, impact);
    } else {
        write_rule_changes(out, style, impact, &text);
        for (size_t i = 0; i < impact->rule_count; i++)
            write_rule(out, style, impact, &impact->rules[i], &text);
        if (impact->subject_count > 0)
            write_subjects(out, style, impact, &text);
        write_others(out, style, impact, &text);
    }
    write_faults(out, style, fault_count, &text);
    out->failed |= text.failed;
    pv_buf_clear(&text);
}
