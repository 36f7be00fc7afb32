#include "report/other/impact_words.h"

#include "report/write/markup.h"

static void put_text(pv_buf *out, pv_buf *text) {
    out->failed |= text->failed;
    pv_markdown_comment(out, pv_buf_str(text));
    pv_buf_reset(text);
}

static void put_rule_changes(pv_buf *out, const pv_impact *impact, pv_buf *text) {
    const pv_rule_changes *rules = &impact->setting.rules;
    for (size_t i = 0; i < rules->count; i++) {
        pv_buf_format(out, "%s- %s ", i == 0 ? "\n" : "", pv_rule_change_name(rules->list[i].kind));
        pv_markdown_code(out, pv_impact_rule_of(&rules->list[i]));
        pv_impact_write_rule_change(text, &rules->list[i]);
        put_text(out, text);
        pv_buf_append_char(out, '\n');
    }
}

static void put_change(pv_buf *out, const pv_impact_change *change) {
    pv_buf_format(out, "- **%s** ", pv_impact_wording_of(change->kind)->text);
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
    size_t count = pv_impact_changes_of(rule);
    size_t shown = count < PV_IMPACT_MOST_SHOWN ? count : PV_IMPACT_MOST_SHOWN;
    pv_buf_append_text(out, "\n### ");
    pv_markdown_code(out, rule->name);
    pv_buf_append_text(out, " (");
    pv_impact_write_counts(out, rule->counts);
    pv_buf_append_text(out, ")\n\n");
    pv_markdown_comment(out, rule->title);
    pv_buf_append_text(out, "\n\n");
    for (size_t i = rule->first; i < rule->first + shown; i++)
        put_change(out, &impact->changes[i]);
    if (shown < count)
        pv_buf_format(out, "- and %zu more\n", count - shown);
}

static void put_subjects(pv_buf *out, const pv_impact *impact, pv_buf *text) {
    pv_buf_format(out, "\n| %s | new | gone | changed |\n| --- | ---: | ---: | ---: |\n",
                  pv_impact_subject_heading(impact));
    for (size_t i = 0; i < impact->subject_count; i++) {
        const pv_impact_row *row = &impact->subjects[i];
        pv_impact_write_subject(text, row);
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
    pv_impact_write_run(&text, impact);
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
