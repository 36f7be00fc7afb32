#include "report/other/lint_report.h"

#include "report/other/conditions_report.h"
#include "report/verdicts/place.h"
#include "report/verdicts/verdict_json.h"
#include "report/write/layout.h"

#define LABEL_COLUMNS ((size_t)9)

void pv_lint_tally_add(pv_lint_tally *tally, const pv_lint *lint) {
    tally->packs++;
    tally->rules += lint->pack->ruleset->rule_count;
    size_t conditions;
    size_t by_rules;
    pv_conditions_count(lint->pack, &conditions, &by_rules);
    tally->conditions += conditions;
    tally->judged_by_rules += by_rules;
    for (size_t i = 0; i < lint->findings.count; i++)
        tally->findings[pv_lint_kind_of(lint->findings.items[i].id)->level]++;
    tally->settled += lint->settled.count;
}

size_t pv_lint_tally_at_or_above(const pv_lint_tally *tally, pv_level level) {
    size_t count = 0;
    for (size_t each = level; each <= PV_LEVEL_ERROR; each++)
        count += tally->findings[each];
    return count;
}

/* ---- terminal ---- */

/* "warning[number.in-rule] ipp1.count-asked" */
static void write_head(pv_buf *out, const pv_report_style *style, const pv_lint_finding *finding) {
    const pv_lint_kind *kind = pv_lint_kind_of(finding->id);
    pv_layout_ink(out, style, pv_level_ink(kind->level));
    pv_buf_format(out, "%s[%.*s]", pv_level_name(kind->level), PV_STR_ARG(kind->name));
    pv_layout_plain(out, style);
    if (finding->rule.size > 0)
        pv_buf_append_char(out, ' ');
    pv_layout_inked(out, style, PV_INK_STRONG, finding->rule);
    pv_buf_append_char(out, '\n');
}

/* What to write into pack.yaml for a remark that is to stand. */
static void write_settling(pv_buf *out, const pv_report_style *style, const pv_lint_finding *finding) {
    pv_buf entry = pv_buf_on(out->memory);
    pv_buf_format(&entry, "settled: [{ remark: %.*s, at: %.*s, reason: … }]",
                  PV_STR_ARG(pv_lint_kind_of(finding->id)->name), PV_STR_ARG(finding->about));
    pv_layout_labelled(out, style, "or", LABEL_COLUMNS, pv_buf_str(&entry), 0);
    out->failed = out->failed || entry.failed;
    pv_buf_clear(&entry);
}

static void write_finding(pv_buf *out, const pv_report_style *style, const pv_lint_finding *finding) {
    const pv_lint_kind *kind = pv_lint_kind_of(finding->id);
    const pv_place at = {finding->at, false};
    write_head(out, style, finding);
    pv_layout_inked_wrap(out, style, PV_INK_STRONG, finding->message, 0);
    pv_excerpt_write(out, style, pv_level_ink(kind->level), finding->source, &at);
    if (finding->settled)
        pv_layout_labelled(out, style, "settled", LABEL_COLUMNS, finding->settled->reason, 0);
    else
        pv_layout_labelled(out, style, "to do", LABEL_COLUMNS, kind->remedy, 0);
    if (style->verbose && !finding->settled && pv_lint_may_be_settled(kind))
        write_settling(out, style, finding);
    pv_buf_append_char(out, '\n');
}

/* "PATH:LINE:COLUMN: error: what [kind]" */
static void write_line(pv_buf *out, const pv_report_style *style, const pv_lint_finding *finding) {
    const pv_lint_kind *kind = pv_lint_kind_of(finding->id);
    pv_position at = pv_source_locate(finding->source, finding->at.start);
    pv_layout_text(out, finding->source->path);
    pv_buf_format(out, ":%u:%u: ", (unsigned)at.line, (unsigned)at.column);
    pv_layout_inked(out, style, pv_level_ink(kind->level), pv_str_from(pv_level_name(kind->level)));
    pv_buf_append_text(out, ": ");
    pv_layout_text(out, finding->message);
    pv_buf_format(out, " [%.*s]\n", PV_STR_ARG(kind->name));
}

void pv_lint_terminal(pv_buf *out, const pv_report_style *style, const pv_lint *lint) {
    for (size_t i = 0; i < lint->findings.count; i++) {
        const pv_lint_finding *finding = &lint->findings.items[i];
        if (!style->quiet)
            write_finding(out, style, finding);
        else if (pv_lint_kind_of(finding->id)->level == PV_LEVEL_ERROR)
            write_line(out, style, finding);
    }
    for (size_t i = 0; style->verbose && !style->quiet && i < lint->settled.count; i++)
        write_finding(out, style, &lint->settled.items[i]);
}

void pv_lint_terminal_end(pv_buf *out, const pv_report_style *style, const pv_lint_tally *tally, pv_level fail_on,
                          bool whole) {
    bool passes = whole && pv_lint_tally_at_or_above(tally, fail_on) == 0;
    pv_str result = passes ? PV_STR("PASSED") : whole ? PV_STR("FAILED") : PV_STR("INCOMPLETE");
    pv_layout_inked(out, style, passes ? PV_INK_GOOD : PV_INK_ERROR, result);
    pv_buf_append_text(out, "  ");
    for (size_t level = PV_LEVEL_ERROR + 1; level-- > 0;) {
        pv_layout_count(out, tally->findings[level], pv_level_name((pv_level)level));
        pv_buf_append_text(out, level > 0 ? ", " : " in ");
    }
    pv_layout_count(out, tally->rules, "rule");
    pv_buf_append_text(out, " of ");
    pv_layout_count(out, tally->packs, "pack");
    if (tally->settled > 0)
        pv_buf_format(out, "; %zu settled", tally->settled);
    pv_buf_append_char(out, '\n');
    if (tally->conditions == 0)
        return;
    pv_buf_format(out, "%zu of ", tally->judged_by_rules);
    pv_layout_count(out, tally->conditions, "condition");
    pv_buf_format(out, " that the form%s declare%s %s judged by rules, %zu by the engine\n",
                  tally->packs == 1 ? "" : "s", tally->packs == 1 ? "s" : "",
                  tally->judged_by_rules == 1 ? "is" : "are", tally->conditions - tally->judged_by_rules);
}

/* ---- JSON ---- */

static void write_count(pv_json *json, const char *key, size_t count) {
    pv_json_key(json, key);
    pv_json_unsigned(json, count);
}

void pv_lint_json_begin(pv_json *json, pv_str version) {
    pv_json_object_begin(json);
    write_count(json, "schema", 1);
    pv_json_member(json, "proviso", version);
    pv_json_key(json, "findings");
    pv_json_array_begin(json);
}

static void write_findings(pv_json *json, const pv_lint *lint, const pv_lint_finding *findings, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const pv_lint_finding *finding = &findings[i];
        const pv_lint_kind *kind = pv_lint_kind_of(finding->id);
        const pv_place at = {finding->at, false};
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "id", kind->name);
        pv_json_member(json, "level", pv_str_from(pv_level_name(kind->level)));
        pv_json_member(json, "pack", lint->pack->manifest->id);
        pv_json_optional_member(json, "rule", finding->rule);
        pv_json_member(json, "message", finding->message);
        pv_json_member(json, "remedy", kind->remedy);
        pv_json_member(json, "about", finding->about);
        pv_json_key(json, "at");
        pv_json_object_begin(json);
        pv_json_place_members(json, finding->source, &at, PV_PLACE_WORDS_ALL);
        pv_json_object_end(json);
        if (finding->settled)
            pv_json_member(json, "reason", finding->settled->reason);
        pv_json_object_end(json);
    }
}

void pv_lint_json_pack(pv_json *json, const pv_lint *lint) {
    write_findings(json, lint, lint->findings.items, lint->findings.count);
}

void pv_lint_json_end(pv_json *json, const pv_lint_tally *tally, const pv_lint *const *lints, size_t lint_count,
                      const pv_fault *faults, size_t fault_count) {
    pv_json_array_end(json);
    pv_json_key(json, "settled");
    pv_json_array_begin(json);
    for (size_t i = 0; i < lint_count; i++)
        write_findings(json, lints[i], lints[i]->settled.items, lints[i]->settled.count);
    pv_json_array_end(json);
    pv_json_key(json, "faults");
    pv_json_array_begin(json);
    for (size_t i = 0; i < fault_count; i++)
        pv_json_fault(json, &faults[i]);
    pv_json_array_end(json);
    pv_json_key(json, "summary");
    pv_json_object_begin(json);
    write_count(json, "packs", tally->packs);
    write_count(json, "rules", tally->rules);
    write_count(json, "conditions", tally->conditions);
    write_count(json, "judged_by_rules", tally->judged_by_rules);
    for (size_t level = PV_LEVEL_ERROR + 1; level-- > 0;)
        write_count(json, pv_level_name((pv_level)level), tally->findings[level]);
    write_count(json, "settled", tally->settled);
    pv_json_object_end(json);
    pv_json_object_end(json);
    pv_buf_append_char(json->out, '\n');
}

/* ---- remarks ---- */

/* The kind of a lint: one for all its remarks. */
static const pv_remark_kind *remark_kind(pv_arena *arena, const pv_remarks *remarks, pv_lint_id id) {
    const pv_lint_kind *kind = pv_lint_kind_of(id);
    for (size_t i = 0; i < remarks->all.count; i++)
        if (pv_str_equal(remarks->all.items[i].kind->id, kind->name))
            return remarks->all.items[i].kind;
    pv_remark_kind *made = PV_NEW(arena, pv_remark_kind);
    if (made)
        *made = (pv_remark_kind){.id = kind->name, .level = kind->level, .remedy = kind->remedy};
    return made;
}

static bool add_remark(pv_remarks *remarks, const pv_lint *lint, const pv_lint_finding *finding) {
    const pv_source *source = finding->source;
    const pv_remark_kind *kind = remark_kind(lint->arena, remarks, finding->id);
    pv_remark *added = kind ? PV_ARRAY_ADD(lint->arena, &remarks->all) : NULL;
    if (added)
        *added = (pv_remark){.kind = kind,
                             .title = finding->rule,
                             .path = source->path,
                             .start = pv_source_locate(source, finding->at.start),
                             .end = pv_source_locate(source, finding->at.end),
                             .message = finding->message,
                             .settled = finding->settled ? finding->settled->reason : (pv_str){0}};
    return added != NULL;
}

bool pv_lint_add_remarks(pv_remarks *remarks, const pv_lint *lint) {
    for (size_t i = 0; i < lint->findings.count; i++)
        if (!add_remark(remarks, lint, &lint->findings.items[i]))
            return false;
    for (size_t i = 0; i < lint->settled.count; i++)
        if (!add_remark(remarks, lint, &lint->settled.items[i]))
            return false;
    return true;
}
