#include "report/verdicts/findings.h"

#include <string.h>

#include "report/verdicts/excerpt.h"
#include "report/verdicts/finding.h"

#define INDENT ((size_t)2)
#define LABEL_COLUMNS ((size_t)9)
#define PROMPT_LINES ((size_t)2)

static bool is_unchecked(const pv_verdict *verdict) {
    return verdict->outcome.state == PV_STATE_NOT_CHECKED;
}

static bool same_group(const pv_verdict *a, const pv_verdict *b) {
    return a->rule == b->rule && a->outcome.state == b->outcome.state && a->level == b->level;
}

static const char *tag_of(const pv_verdict *verdict) {
    return is_unchecked(verdict) ? "not checked" : pv_level_name(verdict->level);
}

static pv_ink ink_of(const pv_verdict *verdict) {
    return is_unchecked(verdict) ? PV_INK_ERROR : pv_level_ink(verdict->level);
}

static pv_str name_of(pv_buf *out, const pv_verdict *verdict, pv_arena *scratch) {
    pv_str name = pv_subject_title(&verdict->subject, scratch);
    if (!name.data)
        out->failed = true;
    return name;
}

static void write_labelled(pv_buf *out, const pv_report_style *style, const char *label, pv_str text,
                           size_t max_lines) {
    pv_layout_labelled(out, style, label, LABEL_COLUMNS, text, max_lines);
}

/* "error[ipp1.word-limit]" and, under it, the requirement. */
static void write_group_head(pv_buf *out, const pv_report_style *style, const pv_verdict *verdict) {
    pv_layout_ink(out, style, ink_of(verdict));
    pv_buf_append_text(out, tag_of(verdict));
    pv_buf_append_char(out, '[');
    pv_layout_text(out, verdict->rule->id);
    pv_buf_append_char(out, ']');
    pv_layout_plain(out, style);
    pv_buf_append_text(out, verdict->outcome.state == PV_STATE_REVIEW ? " for review\n" : "\n");
    pv_layout_inked_wrap(out, style, PV_INK_STRONG, verdict->rule->title, 0);
}

/* "  1.1.6.1: 103 words, 3 more than …"; a submission needs no name, nor do all of them. */
static void write_message(pv_buf *out, const pv_report_style *style, const pv_verdict *verdict, pv_arena *scratch) {
    size_t at = INDENT;
    pv_buf_append_repeat(out, ' ', INDENT);
    if (pv_finding_has_name(verdict)) {
        pv_str name = name_of(out, verdict, scratch);
        pv_layout_inked(out, style, PV_INK_STRONG, name);
        pv_buf_append_text(out, ": ");
        at += pv_layout_columns(name) + strlen(": ");
    }
    pv_layout_wrap(out, verdict->outcome.message, style->width, at, INDENT, 0);
}

static void write_working(pv_buf *out, const pv_report_style *style, const pv_verdict *verdict) {
    const char *label = "because";
    for (size_t i = 0; i < verdict->outcome.working_count; i++) {
        if (pv_str_equal(verdict->outcome.working[i], verdict->outcome.message))
            continue;
        write_labelled(out, style, label, verdict->outcome.working[i], 0);
        label = "";
    }
}

static void write_related(pv_buf *out, const pv_report_style *style, const pv_source *source,
                          const pv_verdict *verdict) {
    for (size_t i = 0; i < verdict->outcome.related_count; i++) {
        const pv_related *related = &verdict->outcome.related[i];
        write_labelled(out, style, "see", related->message, 0);
        pv_excerpt_write(out, style, PV_INK_NOTE, source, &related->at);
    }
}

/* A note is worth knowing, not worth a screen: where it is, and the rest on request. */
static bool is_brief(const pv_report_style *style, const pv_verdict *verdict) {
    return verdict->level == PV_LEVEL_NOTE && !style->verbose && verdict->outcome.has_at;
}

static bool same_place(const pv_verdict *a, const pv_verdict *b) {
    return a->outcome.has_at && b->outcome.has_at && a->outcome.at.span.start == b->outcome.at.span.start &&
           a->outcome.at.span.end == b->outcome.at.span.end;
}

/* The index-th of a group. Several in a row about one place show it once, under the last of them. */
static void write_occurrence(pv_buf *out, const pv_report_style *style, const pv_source *source,
                             const pv_verdict *const *group, size_t count, size_t index, pv_arena *scratch) {
    const pv_verdict *verdict = group[index];
    const pv_verdict *previous = index > 0 ? group[index - 1] : NULL;
    const pv_verdict *next = index + 1 < count ? group[index + 1] : NULL;
    if (!previous || !same_place(verdict, previous))
        pv_buf_append_char(out, '\n');
    write_message(out, style, verdict, scratch);
    if (is_brief(style, verdict)) {
        pv_place_write(out, style, pv_source_path_at(source, verdict->outcome.at.span.start),
                       pv_source_locate(source, verdict->outcome.at.span.start));
        return;
    }
    if (verdict->outcome.has_at && !(next && same_place(verdict, next)))
        pv_excerpt_write(out, style, ink_of(verdict), source, &verdict->outcome.at);
    if (verdict->subject.kind == PV_SUBJECT_RESPONSE)
        write_labelled(out, style, "asked", verdict->subject.response->item->prompt, style->verbose ? 0 : PROMPT_LINES);
    write_working(out, style, verdict);
    write_related(out, style, source, verdict);
}

/* A rule that could not be decided says why once, and then only for which subjects. */
static void write_unchecked(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
                            const pv_verdict *const *group, size_t count, pv_arena *scratch) {
    const pv_fault *fault = pv_finding_fault(input->results, group[0]->rule);
    pv_buf_append_char(out, '\n');
    pv_buf_append_repeat(out, ' ', INDENT);
    pv_layout_wrap(out, fault ? fault->message : group[0]->outcome.message, style->width, INDENT, INDENT, 0);
    if (fault && fault->path.size)
        pv_place_write(out, style, fault->path, fault->at);
    pv_buf names = pv_buf_on(out->memory);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            pv_buf_append_text(&names, ", ");
        pv_buf_append(&names, name_of(out, group[i], scratch));
    }
    out->failed |= names.failed;
    write_labelled(out, style, "open for", pv_buf_str(&names), style->verbose ? 0 : PROMPT_LINES);
    pv_buf_clear(&names);
}

static void write_group(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
                        const pv_verdict *const *group, size_t count, pv_arena *scratch) {
    const pv_rule *rule = group[0]->rule;
    pv_buf_append_char(out, '\n');
    write_group_head(out, style, group[0]);
    if (is_unchecked(group[0])) {
        write_unchecked(out, style, input, group, count, scratch);
        return;
    }
    for (size_t i = 0; i < count; i++)
        write_occurrence(out, style, input->source, group, count, i, scratch);
    if (count > 1)
        pv_buf_append_char(out, '\n');
    write_labelled(out, style, "form", rule->citation, 0);
    write_labelled(out, style, "to do", rule->remedy, 0);
}

void pv_findings_write(pv_buf *out, const pv_report_style *style, const pv_report_input *input, pv_arena *scratch) {
    size_t count;
    const pv_verdict **findings = pv_findings_sorted(input->results, scratch, &count);
    if (!findings) {
        out->failed = true;
        return;
    }
    for (size_t start = 0; start < count;) {
        size_t end = start + 1;
        while (end < count && same_group(findings[start], findings[end]))
            end++;
        write_group(out, style, input, findings + start, end - start, scratch);
        start = end;
    }
}

static void write_line(pv_buf *out, const pv_report_style *style, const pv_source *source, const pv_verdict *verdict,
                       pv_arena *scratch) {
    pv_position at = pv_source_locate(source, verdict->outcome.at.span.start);
    pv_layout_text(out, pv_source_path_at(source, verdict->outcome.at.span.start));
    pv_buf_format(out, ":%u:%u: ", (unsigned)at.line, (unsigned)at.column);
    pv_layout_inked(out, style, ink_of(verdict), pv_str_from(tag_of(verdict)));
    pv_buf_append_text(out, ": ");
    if (pv_finding_has_name(verdict)) {
        pv_layout_text(out, name_of(out, verdict, scratch));
        pv_buf_append_text(out, ": ");
    }
    pv_layout_text(out, verdict->outcome.message);
    pv_buf_append_text(out, " [");
    pv_layout_text(out, verdict->rule->id);
    pv_buf_append_text(out, "]\n");
}

void pv_findings_write_lines(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
                             pv_arena *scratch) {
    for (size_t i = 0; i < input->results->verdict_count; i++) {
        const pv_verdict *verdict = &input->results->verdicts[i];
        bool error = pv_verdict_is_open(verdict) && verdict->level == PV_LEVEL_ERROR;
        if (error || is_unchecked(verdict))
            write_line(out, style, input->source, verdict, scratch);
    }
}

static void write_others_of(pv_buf *out, const pv_report_style *style, const pv_report_input *input, pv_state state,
                            const char *heading, pv_arena *scratch) {
    bool any = false;
    for (size_t i = 0; i < input->results->verdict_count; i++) {
        const pv_verdict *verdict = &input->results->verdicts[i];
        if (verdict->outcome.state != state)
            continue;
        if (!any) {
            pv_buf_append_char(out, '\n');
            pv_layout_inked(out, style, PV_INK_STRONG, pv_str_from(heading));
            pv_buf_append_char(out, '\n');
        }
        any = true;
        pv_str name = name_of(out, verdict, scratch);
        pv_buf_append_repeat(out, ' ', INDENT);
        pv_layout_text(out, name);
        pv_buf_append_char(out, ' ');
        pv_layout_inked(out, style, PV_INK_FAINT, verdict->rule->id);
        pv_buf_append_char(out, ' ');
        size_t at = INDENT + pv_layout_columns(name) + pv_layout_columns(verdict->rule->id) + 2;
        pv_layout_wrap(out, verdict->outcome.message.size ? verdict->outcome.message : verdict->rule->title,
                       style->width, at, INDENT + INDENT, 0);
        for (size_t step = 0; step < verdict->outcome.working_count; step++) {
            if (pv_str_equal(verdict->outcome.working[step], verdict->outcome.message))
                continue;
            pv_buf_append_repeat(out, ' ', INDENT + INDENT);
            pv_layout_wrap(out, verdict->outcome.working[step], style->width, INDENT + INDENT, INDENT + INDENT, 0);
        }
    }
}

void pv_findings_write_others(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
                              pv_arena *scratch) {
    write_others_of(out, style, input, PV_STATE_PASS, "Passed", scratch);
    write_others_of(out, style, input, PV_STATE_NOT_APPLICABLE, "Not applicable", scratch);
}

void pv_findings_write_fault(pv_buf *out, const pv_report_style *style, const pv_fault *fault) {
    pv_layout_ink(out, style, PV_INK_ERROR);
    pv_buf_append_text(out, "fault");
    if (fault->rule.size) {
        pv_buf_append_char(out, '[');
        pv_layout_text(out, fault->rule);
        pv_buf_append_char(out, ']');
    }
    pv_buf_append_char(out, ':');
    pv_layout_plain(out, style);
    pv_buf_append_char(out, ' ');
    size_t at = strlen("fault: ") + (fault->rule.size ? pv_layout_columns(fault->rule) + strlen("[]") : 0);
    pv_layout_wrap(out, fault->message, style->width, at, INDENT, 0);
    if (fault->path.size)
        pv_place_write(out, style, fault->path, fault->at);
}
