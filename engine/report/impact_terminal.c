#include "report/impact.h"
#include "report/layout.h"
#include "report/markdown.h"

#define MOST_SHOWN ((size_t)10) /* of one rule, unless everything is asked for */
#define LABEL_COLUMNS ((size_t)7)
#define RULE_COLUMNS ((size_t)12)
#define NAME_COLUMNS ((size_t)32)
#define COUNT_COLUMNS ((size_t)9)

static const struct wording {
    const char *text;
    pv_ink ink;
} wordings[PV_CHANGE_COUNT] = {
    [PV_CHANGE_NONE] = {"unchanged", PV_INK_FAINT},
    [PV_CHANGE_FAILING] = {"newly failing", PV_INK_ERROR},
    [PV_CHANGE_REVIEW] = {"newly in review", PV_INK_WARNING},
    [PV_CHANGE_NOT_CHECKED] = {"not decided any more", PV_INK_ERROR},
    [PV_CHANGE_PASSING] = {"newly passing", PV_INK_GOOD},
    [PV_CHANGE_APPLICABLE] = {"newly applicable", PV_INK_GOOD},
    [PV_CHANGE_NOT_APPLICABLE] = {"no longer applicable", PV_INK_GOOD},
    [PV_CHANGE_LEVEL] = {"at another level", PV_INK_WARNING},
    [PV_CHANGE_WORDING] = {"worded otherwise", PV_INK_FAINT},
};

static const char *const impact_names[PV_IMPACT_COUNT] = {NULL, "new", "gone", "changed"};

/* "2 new, 1 gone". */
static void write_counts(pv_buf *out, const size_t counts[PV_IMPACT_COUNT]) {
    bool any = false;
    for (size_t kind = PV_IMPACT_NEW; kind < PV_IMPACT_COUNT; kind++) {
        if (counts[kind] == 0)
            continue;
        pv_buf_format(out, "%s%zu %s", any ? ", " : "", counts[kind], impact_names[kind]);
        any = true;
    }
}

static size_t changes_of(const pv_impact_row *rule) {
    return rule->counts[PV_IMPACT_NEW] + rule->counts[PV_IMPACT_GONE] + rule->counts[PV_IMPACT_CHANGED];
}

static void write_pack(pv_buf *out, const pv_pack *pack) {
    pv_buf_format(out, "%.*s %.*s", PV_STR_ARG(pack->manifest->id), PV_STR_ARG(pack->manifest->version));
}

/* "From demo 1.0.0 to demo 1.1.0, submission mode, as of 2024-09-30". */
static void write_run(pv_buf *out, const pv_impact *impact) {
    const pv_impact_setting *setting = &impact->setting;
    pv_buf_append_text(out, "From ");
    write_pack(out, setting->before);
    pv_buf_append_text(out, " to ");
    write_pack(out, setting->after);
    pv_buf_format(out, ", %s mode", pv_mode_name(setting->mode));
    if (setting->as_of.size > 0)
        pv_buf_format(out, ", as of %.*s", PV_STR_ARG(setting->as_of));
    if (setting->rule_pattern.size > 0)
        pv_buf_format(out, ", rules %.*s only", PV_STR_ARG(setting->rule_pattern));
}

/* What happened to a rule, after its id. */
static void describe_rule_change(pv_buf *out, const pv_rule_change *change) {
    switch (change->kind) {
    case PV_RULE_REPLACED:
        pv_buf_format(out, ", by %.*s: %.*s", PV_STR_ARG(change->after->id), PV_STR_ARG(change->after->title));
        break;
    case PV_RULE_LEVEL:
        pv_buf_format(out, ": was %s, is %s", pv_level_name(change->level_before), pv_level_name(change->level_after));
        break;
    case PV_RULE_ADDED:
        pv_buf_format(out, " (%s): %.*s", pv_level_name(change->level_after), PV_STR_ARG(change->after->title));
        break;
    case PV_RULE_REMOVED:
    case PV_RULE_CHANGE_COUNT:
        pv_buf_format(out, ": %.*s", PV_STR_ARG(change->before->title));
        break;
    }
}

static pv_str rule_of(const pv_rule_change *change) {
    return change->before ? change->before->id : change->after->id;
}

/* "measure 1.1.6", "loan", "the submission". */
static void describe_subject(pv_buf *out, const pv_impact_row *row) {
    bool by_id = pv_str_equal(row->kind, pv_str_from(pv_subject_kind_name(PV_SUBJECT_MEASURE))) ||
                 pv_str_equal(row->kind, pv_str_from(pv_subject_kind_name(PV_SUBJECT_SECTION)));
    if (row->name.size == 0)
        pv_buf_format(out, "the %.*s", PV_STR_ARG(row->kind));
    else
        pv_buf_format(out, "%.*s%s%.*s", PV_STR_ARG(by_id ? row->kind : PV_STR("")), by_id ? " " : "",
                      PV_STR_ARG(row->name));
}

/* ---- terminal ---- */

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
        pv_buf_append(text, rule_of(&rules->list[i]));
        describe_rule_change(text, &rules->list[i]);
        write_wrapped(out, style, text, RULE_COLUMNS, RULE_COLUMNS);
    }
}

static void write_change(pv_buf *out, const pv_report_style *style, const pv_impact_change *change) {
    pv_buf_append_text(out, "  ");
    pv_layout_inked(out, style, wordings[change->kind].ink, pv_str_from(wordings[change->kind].text));
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
    size_t count = changes_of(rule);
    size_t shown = style->verbose || count < MOST_SHOWN ? count : MOST_SHOWN;
    pv_buf_append_char(out, '\n');
    pv_layout_inked(out, style, PV_INK_STRONG, rule->name);
    pv_buf_append_text(text, " (");
    write_counts(text, rule->counts);
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
    pv_layout_cell(out, PV_STR("By measure"), NAME_COLUMNS);
    for (size_t kind = PV_IMPACT_NEW; kind < PV_IMPACT_COUNT; kind++)
        pv_buf_format(out, "%*s", (int)COUNT_COLUMNS, impact_names[kind]);
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
    for (size_t i = 0; i < impact->subject_count; i++) {
        describe_subject(text, &impact->subjects[i]);
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
    pv_buf_format(text, "Besides, %zu more %s, and %zu that passed %s not apply any more.", applicable,
                  applicable == 1 ? "verdict is reached, a pass" : "verdicts are reached, all passes", dropped,
                  dropped == 1 ? "does" : "do");
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

void pv_impact_terminal(pv_buf *out, const pv_report_style *style, const pv_impact *impact, size_t fault_count) {
    pv_buf text = pv_buf_on(out->memory);
    pv_layout_ink(out, style, PV_INK_STRONG);
    pv_impact_answer(out, impact);
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
    write_run(&text, impact);
    write_wrapped(out, style, &text, 0, 0);
    if (!style->quiet) {
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

/* ---- Markdown ---- */

static void put_text(pv_buf *out, pv_buf *text) {
    out->failed |= text->failed;
    pv_markdown_comment(out, pv_buf_str(text));
    pv_buf_reset(text);
}

static void put_rule_changes(pv_buf *out, const pv_impact *impact, pv_buf *text) {
    const pv_rule_changes *rules = &impact->setting.rules;
    for (size_t i = 0; i < rules->count; i++) {
        pv_buf_format(out, "%s- %s ", i == 0 ? "\n" : "", pv_rule_change_name(rules->list[i].kind));
        pv_markdown_code(out, rule_of(&rules->list[i]));
        describe_rule_change(text, &rules->list[i]);
        put_text(out, text);
        pv_buf_append_char(out, '\n');
    }
}

static void put_change(pv_buf *out, const pv_impact_change *change) {
    pv_buf_format(out, "- **%s** ", wordings[change->kind].text);
    pv_markdown_comment(out, change->subject);
    pv_buf_append_text(out, " (");
    pv_markdown_code(out, change->place);
    pv_buf_append_text(out, "): was ");
    pv_markdown_comment(out, change->was);
    pv_buf_append_text(out, "; is ");
    pv_markdown_comment(out, change->is);
    pv_buf_append_char(out, '\n');
}

static void put_rule(pv_buf *out, const pv_impact *impact, const pv_impact_row *rule) {
    size_t count = changes_of(rule);
    size_t shown = count < MOST_SHOWN ? count : MOST_SHOWN;
    pv_buf_append_text(out, "\n### ");
    pv_markdown_code(out, rule->name);
    pv_buf_append_text(out, " (");
    write_counts(out, rule->counts);
    pv_buf_append_text(out, ")\n\n");
    pv_markdown_comment(out, rule->title);
    pv_buf_append_text(out, "\n\n");
    for (size_t i = rule->first; i < rule->first + shown; i++)
        put_change(out, &impact->changes[i]);
    if (shown < count)
        pv_buf_format(out, "- and %zu more\n", count - shown);
}

static void put_subjects(pv_buf *out, const pv_impact *impact, pv_buf *text) {
    pv_buf_append_text(out, "\n| By measure | new | gone | changed |\n| --- | ---: | ---: | ---: |\n");
    for (size_t i = 0; i < impact->subject_count; i++) {
        const pv_impact_row *row = &impact->subjects[i];
        describe_subject(text, row);
        pv_buf_append_text(out, "| ");
        put_text(out, text);
        pv_buf_format(out, " | %zu | %zu | %zu |\n", row->counts[PV_IMPACT_NEW], row->counts[PV_IMPACT_GONE],
                      row->counts[PV_IMPACT_CHANGED]);
    }
}

void pv_impact_markdown(pv_buf *out, const pv_impact *impact, size_t fault_count) {
    pv_buf text = pv_buf_on(out->memory);
    pv_buf_append_text(out, "## ");
    pv_impact_answer(&text, impact);
    put_text(out, &text);
    pv_buf_append_text(out, "\n\n");
    write_run(&text, impact);
    put_text(out, &text);
    pv_buf_append_char(out, '\n');
    put_rule_changes(out, impact, &text);
    for (size_t i = 0; i < impact->rule_count; i++)
        put_rule(out, impact, &impact->rules[i]);
    if (impact->subject_count > 0)
        put_subjects(out, impact, &text);
    if (fault_count > 0)
        pv_buf_append_text(out, "\nWhat could not be judged is missing here.\n");
    out->failed |= text.failed;
    pv_buf_clear(&text);
}
