#include "report/other/impact.h"

#include "report/verdicts/comparison.h"
#include "report/verdicts/verdict_json.h"
#include "report/write/layout.h"
#include "report/write/markup.h"

/* Changes of one rule that are shown, unless everything is asked for. */
#define MOST_SHOWN ((size_t)10)
#define RULE_COLUMNS ((size_t)12)
#define NAME_COLUMNS ((size_t)32)
#define COUNT_COLUMNS ((size_t)9)

/* ---- words ---- */

typedef struct wording {
    const char *text; /* "newly failing" */
    pv_ink ink;
} wording;

static const wording wordings[PV_CHANGE_COUNT] = {
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

static const wording *wording_of(pv_change_kind kind) {
    return &wordings[kind];
}

/* "new" */
static const char *impact_name(pv_impact_kind kind) {
    static const char *const names[PV_IMPACT_COUNT] = {"none", "new", "gone", "changed"};
    return names[kind];
}

/* "2 new, 1 gone". */
static void append_counts(pv_buf *out, const size_t counts[PV_IMPACT_COUNT]) {
    bool any = false;
    for (size_t kind = PV_IMPACT_NEW; kind < PV_IMPACT_COUNT; kind++) {
        if (counts[kind] == 0)
            continue;
        pv_buf_format(out, "%s%zu %s", any ? ", " : "", counts[kind], impact_name(kind));
        any = true;
    }
}

/* How many changes a row counts. */
static size_t count_changes(const pv_impact_row *rule) {
    return rule->counts[PV_IMPACT_NEW] + rule->counts[PV_IMPACT_GONE] + rule->counts[PV_IMPACT_CHANGED];
}

static void append_pack(pv_buf *out, const pv_pack *pack) {
    pv_buf_format(out, "%.*s %.*s", PV_STR_ARG(pack->manifest->id), PV_STR_ARG(pack->manifest->version));
}

/* "From demo 1.0.0 to demo 1.1.0, submission mode, as of 2024-09-30". */
static void append_run(pv_buf *out, const pv_impact *impact) {
    const pv_impact_setting *setting = &impact->setting;
    pv_buf_append_text(out, "From ");
    append_pack(out, setting->before);
    pv_buf_append_text(out, " to ");
    append_pack(out, setting->after);
    pv_buf_format(out, ", %s mode", pv_mode_name(setting->mode));
    if (setting->as_of.size > 0)
        pv_buf_format(out, ", as of %.*s", PV_STR_ARG(setting->as_of));
    if (setting->rule_pattern.size > 0)
        pv_buf_format(out, ", rules %.*s only", PV_STR_ARG(setting->rule_pattern));
}

/* What stands after the id of the rule that a change is about. */
static void append_rule_change(pv_buf *out, const pv_rule_change *change) {
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

static pv_str rule_id(const pv_rule_change *change) {
    return change->before ? change->before->id : change->after->id;
}

/* "measure 1.1.6", "loan", "the submission". */
static void append_subject(pv_buf *out, const pv_impact_row *row) {
    bool by_id = pv_str_equal(row->kind, pv_str_from(pv_subject_kind_name(PV_SUBJECT_MEASURE))) ||
                 pv_str_equal(row->kind, pv_str_from(pv_subject_kind_name(PV_SUBJECT_SECTION)));
    if (row->name.size == 0)
        pv_buf_format(out, "the %.*s", PV_STR_ARG(row->kind));
    else
        pv_buf_format(out, "%.*s%s%.*s", PV_STR_ARG(by_id ? row->kind : PV_STR("")), by_id ? " " : "",
                      PV_STR_ARG(row->name));
}

/* What the rows of subjects are headed by. */
static const char *subject_heading(const pv_impact *impact) {
    for (size_t i = 0; i < impact->subject_count; i++)
        if (pv_str_equal(impact->subjects[i].kind, pv_str_from(pv_subject_kind_name(PV_SUBJECT_MEASURE))))
            return "By measure";
    return "By subject";
}

static void append_findings(pv_buf *out, const pv_impact *impact) {
    size_t is_new = impact->counts[PV_IMPACT_NEW];
    size_t gone = impact->counts[PV_IMPACT_GONE];
    size_t changed = impact->counts[PV_IMPACT_CHANGED];
    if (is_new + gone + changed == 0) {
        pv_buf_append_text(out, "no finding changes");
        return;
    }
    if (is_new > 0)
        pv_layout_count(out, is_new, "finding");
    else
        pv_buf_append_text(out, "no finding");
    pv_buf_append_text(out, is_new > 1 ? " are new, " : " is new, ");
    if (gone > 0)
        pv_buf_format(out, "%zu %s gone", gone, gone > 1 ? "are" : "is");
    else
        pv_buf_append_text(out, "none is gone");
    if (changed > 0)
        pv_buf_format(out, ", %zu %s changed", changed, changed > 1 ? "are" : "is");
}

void pv_impact_answer(pv_buf *out, const pv_impact *impact) {
    pv_layout_count(out, impact->submissions, "submission");
    pv_buf_append_text(out, ": ");
    append_findings(out, impact);
    if (impact->reach.count == 0)
        return;
    pv_buf_append_text(out, "; ");
    pv_layout_count(out, impact->reach.count, "rule");
    pv_buf_append_text(out, impact->reach.count == 1 ? " applies to less" : " apply to less");
}

/* "stopped applying to all 73 subjects", "stopped applying to 1 of 12 subjects". */
static void append_stopped(pv_buf *out, const pv_impact_reach *reach) {
    if (reach->stopped < reach->applied)
        pv_buf_format(out, "stopped applying to %zu of ", reach->stopped);
    else
        pv_buf_append_text(out,
                           reach->applied == 1 ? "stopped applying to its only subject" : "stopped applying to all ");
    if (reach->stopped < reach->applied || reach->applied > 1)
        pv_layout_count(out, reach->applied, "subject");
}

/* What is said where verdicts differ under one version; empty where there is nothing to say. */
static void append_version_remark(pv_buf *out, const pv_impact *impact) {
    if (pv_impact_keeps_version(impact))
        pv_buf_format(out,
                      "Both packs say that they are version %.*s, and they judge differently: give the new one another "
                      "version.",
                      PV_STR_ARG(impact->setting.after->manifest->version));
}

/* ---- for a terminal ---- */

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
        pv_buf_append(text, rule_id(&rules->list[i]));
        append_rule_change(text, &rules->list[i]);
        write_wrapped(out, style, text, RULE_COLUMNS, RULE_COLUMNS);
    }
}

static void write_change(pv_buf *out, const pv_report_style *style, const pv_impact_change *change) {
    pv_buf_append_text(out, "  ");
    pv_layout_inked(out, style, wording_of(change->kind)->ink, pv_str_from(wording_of(change->kind)->text));
    pv_buf_append_text(out, "  ");
    pv_layout_text(out, change->subject);
    pv_buf_append_text(out, "  ");
    pv_layout_inked(out, style, PV_INK_FAINT, change->place);
    pv_buf_append_char(out, '\n');
    pv_change_sides(out, style, &change->was, change->is);
}

static void write_rule(pv_buf *out, const pv_report_style *style, const pv_impact *impact, const pv_impact_row *rule,
                       pv_buf *text) {
    size_t count = count_changes(rule);
    size_t shown = style->verbose || count < MOST_SHOWN ? count : MOST_SHOWN;
    pv_buf_append_char(out, '\n');
    pv_layout_inked(out, style, PV_INK_STRONG, rule->name);
    pv_buf_append_text(text, " (");
    append_counts(text, rule->counts);
    pv_buf_append_text(text, "): ");
    pv_buf_append(text, rule->title);
    pv_layout_text(out, PV_STR(" "));
    write_wrapped(out, style, text, pv_layout_columns(rule->name) + 1, 2);
    for (size_t i = rule->first; i < rule->first + shown; i++)
        write_change(out, style, &impact->changes.items[i]);
    if (shown < count)
        pv_buf_format(out, "  and %zu more; --verbose shows them\n", count - shown);
}

static void write_subjects(pv_buf *out, const pv_report_style *style, const pv_impact *impact, pv_buf *text) {
    pv_buf_append_char(out, '\n');
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_layout_cell(out, pv_str_from(subject_heading(impact)), NAME_COLUMNS);
    for (size_t kind = PV_IMPACT_NEW; kind < PV_IMPACT_COUNT; kind++)
        pv_buf_format(out, "%*s", (int)COUNT_COLUMNS, impact_name(kind));
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
    for (size_t i = 0; i < impact->subject_count; i++) {
        append_subject(text, &impact->subjects[i]);
        pv_buf_append_text(out, "  ");
        pv_layout_cell(out, pv_buf_str(text), NAME_COLUMNS - 2);
        for (size_t kind = PV_IMPACT_NEW; kind < PV_IMPACT_COUNT; kind++)
            pv_layout_number(out, impact->subjects[i].counts[kind], COUNT_COLUMNS);
        pv_buf_append_char(out, '\n');
        pv_buf_reset(text);
    }
}

/* Rules that apply to less, whatever they said of what they applied to. */
static void write_stopped(pv_buf *out, const pv_report_style *style, const pv_impact *impact, pv_buf *text) {
    for (size_t i = 0; i < impact->reach.count; i++) {
        const pv_impact_reach *reach = &impact->reach.items[i];
        if (i == 0) {
            pv_buf_append_char(out, '\n');
            pv_layout_inked(out, style, PV_INK_STRONG, PV_STR("Applying to less"));
            pv_buf_append_char(out, '\n');
        }
        pv_buf_append_text(out, "  ");
        pv_layout_inked(out, style, PV_INK_WARNING, reach->rule);
        pv_buf_append_text(out, " ");
        append_stopped(text, reach);
        pv_buf_append_text(text, ": ");
        pv_buf_append(text, reach->title);
        write_wrapped(out, style, text, pv_layout_columns(reach->rule) + 3, 4);
    }
}

/* Of what passes now and did not apply: only how many. */
static void write_others(pv_buf *out, const pv_report_style *style, const pv_impact *impact, pv_buf *text) {
    size_t applicable = impact->kinds[PV_CHANGE_APPLICABLE];
    if (applicable == 0)
        return;
    pv_buf_append_char(out, '\n');
    pv_buf_format(text, "Besides, %zu %s now, and %s.", applicable,
                  applicable == 1 ? "verdict is reached" : "verdicts are reached", applicable == 1 ? "passes" : "pass");
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

/* One line for each that fails now, and for each rule that applies to less. */
static void write_lines(pv_buf *out, const pv_impact *impact) {
    for (size_t i = 0; i < impact->changes.count; i++) {
        const pv_impact_change *change = &impact->changes.items[i];
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
    for (size_t i = 0; i < impact->reach.count; i++) {
        pv_layout_text(out, impact->reach.items[i].rule);
        pv_buf_append_char(out, ' ');
        append_stopped(out, &impact->reach.items[i]);
        pv_buf_append_char(out, '\n');
    }
}

void pv_impact_terminal(pv_buf *out, const pv_report_style *style, const pv_impact *impact, size_t fault_count) {
    pv_buf text = pv_buf_on(out->memory);
    pv_layout_ink(out, style, PV_INK_STRONG);
    pv_impact_answer(&text, impact);
    write_wrapped(out, style, &text, 0, 0);
    pv_layout_plain(out, style);
    append_run(&text, impact);
    write_wrapped(out, style, &text, 0, 0);
    append_version_remark(&text, impact);
    if (text.size > 0)
        write_wrapped(out, style, &text, 0, 0);
    if (style->quiet) {
        write_lines(out, impact);
    } else {
        write_rule_changes(out, style, impact, &text);
        for (size_t i = 0; i < impact->rule_count; i++)
            write_rule(out, style, impact, &impact->rules[i], &text);
        if (impact->subject_count > 0)
            write_subjects(out, style, impact, &text);
        write_stopped(out, style, impact, &text);
        write_others(out, style, impact, &text);
    }
    write_faults(out, style, fault_count, &text);
    out->failed |= text.failed;
    pv_buf_clear(&text);
}

/* ---- in Markdown ---- */

static void put_text(pv_buf *out, pv_buf *text) {
    out->failed |= text->failed;
    pv_markdown_comment(out, pv_buf_str(text));
    pv_buf_reset(text);
}

static void put_rule_changes(pv_buf *out, const pv_impact *impact, pv_buf *text) {
    const pv_rule_changes *rules = &impact->setting.rules;
    for (size_t i = 0; i < rules->count; i++) {
        pv_buf_format(out, "%s- %s ", i == 0 ? "\n" : "", pv_rule_change_name(rules->list[i].kind));
        pv_markdown_code(out, rule_id(&rules->list[i]));
        append_rule_change(text, &rules->list[i]);
        put_text(out, text);
        pv_buf_append_char(out, '\n');
    }
}

static void put_change(pv_buf *out, const pv_impact_change *change) {
    pv_buf_format(out, "- **%s** ", wording_of(change->kind)->text);
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
    size_t count = count_changes(rule);
    size_t shown = count < MOST_SHOWN ? count : MOST_SHOWN;
    pv_buf_append_text(out, "\n### ");
    pv_markdown_code(out, rule->name);
    pv_buf_append_text(out, " (");
    append_counts(out, rule->counts);
    pv_buf_append_text(out, ")\n\n");
    pv_markdown_comment(out, rule->title);
    pv_buf_append_text(out, "\n\n");
    for (size_t i = rule->first; i < rule->first + shown; i++)
        put_change(out, &impact->changes.items[i]);
    if (shown < count)
        pv_buf_format(out, "- and %zu more\n", count - shown);
}

static void put_subjects(pv_buf *out, const pv_impact *impact, pv_buf *text) {
    pv_buf_format(out, "\n| %s | new | gone | changed |\n| --- | ---: | ---: | ---: |\n", subject_heading(impact));
    for (size_t i = 0; i < impact->subject_count; i++) {
        const pv_impact_row *row = &impact->subjects[i];
        append_subject(text, row);
        pv_buf_append_text(out, "| ");
        put_text(out, text);
        pv_buf_format(out, " | %zu | %zu | %zu |\n", row->counts[PV_IMPACT_NEW], row->counts[PV_IMPACT_GONE],
                      row->counts[PV_IMPACT_CHANGED]);
    }
}

static void put_stopped(pv_buf *out, const pv_impact *impact, pv_buf *text) {
    for (size_t i = 0; i < impact->reach.count; i++) {
        const pv_impact_reach *reach = &impact->reach.items[i];
        pv_buf_append_text(out, i == 0 ? "\n- " : "- ");
        pv_markdown_code(out, reach->rule);
        pv_buf_append_char(out, ' ');
        append_stopped(text, reach);
        pv_buf_append_text(text, ": ");
        pv_buf_append(text, reach->title);
        put_text(out, text);
        pv_buf_append_char(out, '\n');
    }
}

void pv_impact_markdown(pv_buf *out, const pv_impact *impact, size_t fault_count) {
    pv_buf text = pv_buf_on(out->memory);
    pv_buf_append_text(out, "## ");
    pv_impact_answer(&text, impact);
    put_text(out, &text);
    pv_buf_append_text(out, "\n\n");
    append_run(&text, impact);
    put_text(out, &text);
    pv_buf_append_char(out, '\n');
    append_version_remark(&text, impact);
    if (text.size > 0) {
        pv_buf_append_char(out, '\n');
        put_text(out, &text);
        pv_buf_append_char(out, '\n');
    }
    put_rule_changes(out, impact, &text);
    for (size_t i = 0; i < impact->rule_count; i++)
        put_rule(out, impact, &impact->rules[i]);
    if (impact->subject_count > 0)
        put_subjects(out, impact, &text);
    put_stopped(out, impact, &text);
    if (fault_count > 0)
        pv_buf_append_text(out, "\nWhat could not be judged is missing here.\n");
    out->failed |= text.failed;
    pv_buf_clear(&text);
}

/* ---- for programs ---- */

static void json_pack(pv_json *json, const char *key, const pv_pack *pack) {
    pv_json_key(json, key);
    pv_json_object_begin(json);
    pv_json_member(json, "id", pack->manifest->id);
    pv_json_member(json, "version", pack->manifest->version);
    pv_json_member(json, "sha256", pv_str_from(pack->sha256));
    pv_json_object_end(json);
}

static void json_number(pv_json *json, const char *key, size_t number) {
    pv_json_key(json, key);
    pv_json_unsigned(json, number);
}

static void json_counts(pv_json *json, const size_t counts[PV_IMPACT_COUNT]) {
    json_number(json, "new", counts[PV_IMPACT_NEW]);
    json_number(json, "gone", counts[PV_IMPACT_GONE]);
    json_number(json, "changed", counts[PV_IMPACT_CHANGED]);
}

static void json_summary(pv_json *json, const pv_impact *impact, size_t fault_count) {
    static const struct {
        const char *key;
        pv_change_kind kind;
    } kinds[] = {
        {"newly_failing", PV_CHANGE_FAILING},
        {"newly_in_review", PV_CHANGE_REVIEW},
        {"newly_not_checked", PV_CHANGE_NOT_CHECKED},
        {"newly_passing", PV_CHANGE_PASSING},
        {"newly_applicable", PV_CHANGE_APPLICABLE},
        {"no_longer_applicable", PV_CHANGE_NOT_APPLICABLE},
        {"changed_level", PV_CHANGE_LEVEL},
        {"changed_wording", PV_CHANGE_WORDING},
        {"unchanged", PV_CHANGE_NONE},
    };
    pv_json_line_break(json);
    pv_json_key(json, "summary");
    pv_json_object_begin(json);
    json_number(json, "submissions", impact->submissions);
    json_counts(json, impact->counts);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        json_number(json, kinds[i].key, impact->kinds[kinds[i].kind]);
    json_number(json, "faults", fault_count);
    pv_json_object_end(json);
}

static void begin_rows(pv_json *json, const char *key) {
    pv_json_line_break(json);
    pv_json_key(json, key);
    pv_json_array_begin(json);
}

static void end_rows(pv_json *json) {
    pv_json_line_break(json);
    pv_json_array_end(json);
}

static void json_rule(pv_json *json, const char *key, const pv_rule *rule, pv_level level) {
    pv_json_key(json, key);
    if (!rule) {
        pv_json_null(json);
        return;
    }
    pv_json_object_begin(json);
    pv_json_member(json, "id", rule->id);
    pv_json_member(json, "title", rule->title);
    pv_json_member(json, "level", pv_str_from(pv_level_name(level)));
    pv_json_object_end(json);
}

static void json_rules(pv_json *json, const pv_rule_changes *rules) {
    begin_rows(json, "rules");
    for (size_t i = 0; i < rules->count; i++) {
        const pv_rule_change *change = &rules->list[i];
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "change", pv_str_from(pv_rule_change_name(change->kind)));
        json_rule(json, "before", change->before, change->level_before);
        json_rule(json, "after", change->after, change->level_after);
        pv_json_object_end(json);
    }
    end_rows(json);
}

static void json_by_rule(pv_json *json, const pv_impact *impact) {
    begin_rows(json, "by_rule");
    for (size_t i = 0; i < impact->rule_count; i++) {
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "rule", impact->rules[i].name);
        json_counts(json, impact->rules[i].counts);
        pv_json_object_end(json);
    }
    end_rows(json);
}

static void json_by_subject(pv_json *json, const pv_impact *impact) {
    begin_rows(json, "by_subject");
    for (size_t i = 0; i < impact->subject_count; i++) {
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "kind", impact->subjects[i].kind);
        pv_json_optional_member(json, "of", impact->subjects[i].name);
        json_counts(json, impact->subjects[i].counts);
        pv_json_object_end(json);
    }
    end_rows(json);
}

static void json_stopped(pv_json *json, const pv_impact *impact) {
    begin_rows(json, "stopped_applying");
    for (size_t i = 0; i < impact->reach.count; i++) {
        const pv_impact_reach *reach = &impact->reach.items[i];
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "rule", reach->rule);
        pv_json_member(json, "title", reach->title);
        json_number(json, "applied_to", reach->applied);
        json_number(json, "stopped_for", reach->stopped);
        pv_json_object_end(json);
    }
    end_rows(json);
}

static void json_changes(pv_json *json, const pv_impact *impact) {
    begin_rows(json, "changes");
    for (size_t i = 0; i < impact->changes.count; i++) {
        const pv_impact_change *change = &impact->changes.items[i];
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "finding", pv_str_from(impact_name(change->impact)));
        pv_json_raw(json, change->json);
        pv_json_optional_member(json, "was_rule", change->was_rule);
        pv_json_key(json, "counts_for");
        pv_json_object_begin(json);
        pv_json_member(json, "kind", change->subject_kind);
        pv_json_optional_member(json, "of", change->subject_of);
        pv_json_object_end(json);
        pv_json_object_end(json);
    }
    end_rows(json);
}

void pv_impact_json(pv_buf *out, const pv_impact *impact, const pv_fault *faults, size_t fault_count) {
    const pv_impact_setting *setting = &impact->setting;
    pv_json json = pv_json_on(out);
    pv_json_object_begin(&json);
    json_number(&json, "schema", 1);
    pv_json_member(&json, "proviso", setting->version);
    pv_json_member(&json, "mode", pv_str_from(pv_mode_name(setting->mode)));
    pv_json_optional_member(&json, "as_of", setting->as_of);
    pv_json_optional_member(&json, "rule", setting->rule_pattern);
    json_pack(&json, "old", setting->before);
    json_pack(&json, "new", setting->after);
    pv_json_key(&json, "version_kept");
    pv_json_bool(&json, pv_impact_keeps_version(impact));
    json_summary(&json, impact, fault_count);
    json_rules(&json, &setting->rules);
    json_by_rule(&json, impact);
    json_by_subject(&json, impact);
    json_stopped(&json, impact);
    json_changes(&json, impact);
    begin_rows(&json, "faults");
    for (size_t i = 0; i < fault_count; i++)
        pv_json_fault(&json, &faults[i]);
    end_rows(&json);
    pv_json_object_end(&json);
    pv_buf_append_char(out, '\n');
}
