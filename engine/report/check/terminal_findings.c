#include "report/check/terminal_p.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/verdicts/finding.h"
#include "report/verdicts/place.h"
#include "report/verdicts/tally.h"
#include "report/write/layout.h"

/* ---- findings, grouped by level and rule ---- */

#define INDENT ((size_t)2)
#define LABEL_COLUMNS ((size_t)9)
#define PROMPT_LINES ((size_t)2)
/* On one line, so many subjects are named; the rest is a number. */
#define MOST_NAMED ((size_t)10)

static bool is_unchecked(const pv_verdict *verdict) {
    return verdict->outcome.state == PV_STATE_NOT_CHECKED;
}

static bool same_group(const pv_verdict *a, const pv_verdict *b) {
    if (is_unchecked(a) || is_unchecked(b))
        return pv_findings_share_fault(a, b);
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

/* "error[ipp1.word-limit]: 1.1.6.1: 103 words, 3 more than …": what is wrong comes first, and is what the eye finds. */
static void write_headline(pv_buf *out, const pv_report_style *style, const pv_verdict *verdict, pv_str sentence) {
    const char *after = verdict->outcome.state == PV_STATE_REVIEW ? "] for review:" : "]:";
    const char *tag = tag_of(verdict);
    size_t at = strlen(tag) + strlen("[") + pv_layout_columns(verdict->rule->id) + strlen(after) + 1;
    size_t blank = pv_str_find(sentence, PV_STR(" "), 0);
    pv_str first_word = pv_str_slice(sentence, 0, blank == SIZE_MAX ? sentence.size : blank);
    bool fits = at + pv_layout_columns(first_word) <= style->width;
    pv_layout_ink(out, style, ink_of(verdict));
    pv_buf_append_text(out, tag);
    pv_buf_append_char(out, '[');
    pv_layout_text(out, verdict->rule->id);
    pv_buf_append_char(out, ']');
    pv_layout_plain(out, style);
    pv_buf_append_text(out, after + 1);
    pv_buf_append_text(out, fits ? " " : "\n  ");
    pv_layout_inked_wrap_at(out, style, PV_INK_STRONG, sentence, fits ? at : INDENT, INDENT);
}

/* A submission needs no name, nor do all of them. */
static void write_message(pv_buf *out, const pv_report_style *style, const pv_verdict *verdict, pv_arena *scratch) {
    pv_buf sentence = pv_buf_on(out->memory);
    pv_finding_sentence(&sentence, verdict, scratch);
    write_headline(out, style, verdict, pv_buf_str(&sentence));
    out->failed |= sentence.failed;
    pv_buf_clear(&sentence);
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
                             const pv_verdict *const *group, size_t count, size_t index, bool with_remedy,
                             pv_arena *scratch) {
    const pv_verdict *verdict = group[index];
    const pv_verdict *previous = index > 0 ? group[index - 1] : NULL;
    const pv_verdict *next = index + 1 < count ? group[index + 1] : NULL;
    if (!previous || !same_place(verdict, previous))
        pv_buf_append_char(out, '\n');
    write_message(out, style, verdict, scratch);
    if (is_brief(style, verdict)) {
        pv_place_write_at(out, style, source, verdict->outcome.at.span.start);
        return;
    }
    if (verdict->outcome.has_at && !(next && same_place(verdict, next)))
        pv_excerpt_write(out, style, ink_of(verdict), source, &verdict->outcome.at);
    if (verdict->subject.kind == PV_SUBJECT_RESPONSE)
        write_labelled(out, style, "asked", verdict->subject.response->item->prompt, style->verbose ? 0 : PROMPT_LINES);
    write_working(out, style, verdict);
    write_related(out, style, source, verdict);
    if (with_remedy)
        write_labelled(out, style, "to do", pv_verdict_remedy(verdict), 0);
}

/* Whether one thing is to be done about all of a group. */
static bool has_one_remedy(const pv_verdict *const *group, size_t count) {
    bool one = true;
    for (size_t i = 1; one && i < count; i++)
        one = pv_str_equal(pv_verdict_remedy(group[i]), pv_verdict_remedy(group[0]));
    return one;
}

/* A rule that could not be decided says why once, and then only for which subjects. */
static void write_unchecked(pv_buf *out, const pv_report_style *style, const pv_verdict *const *group, size_t count,
                            pv_arena *scratch) {
    const pv_fault fault = pv_finding_fault(group[0]);
    pv_buf_append_char(out, '\n');
    write_headline(out, style, group[0], fault.message);
    if (fault.path.size > 0)
        pv_place_write(out, style, fault.path, fault.at);
    pv_buf names = pv_buf_on(out->memory);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            pv_buf_append_text(&names, ", ");
        pv_buf_append(&names, name_of(out, group[i], scratch));
    }
    out->failed |= names.failed;
    write_labelled(out, style, "open for", pv_buf_str(&names), style->verbose ? 0 : PROMPT_LINES);
    write_labelled(out, style, "rule", group[0]->rule->title, 0);
    pv_buf_clear(&names);
}

static void write_group(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
                        const pv_verdict *const *group, size_t count, pv_arena *scratch) {
    const pv_rule *rule = group[0]->rule;
    if (is_unchecked(group[0])) {
        write_unchecked(out, style, group, count, scratch);
        return;
    }
    bool each = !has_one_remedy(group, count);
    for (size_t i = 0; i < count; i++)
        write_occurrence(out, style, input->source, group, count, i, each, scratch);
    if (count > 1)
        pv_buf_append_char(out, '\n');
    write_labelled(out, style, "rule", rule->title, 0);
    write_labelled(out, style, "form", rule->citation, 0);
    if (!each)
        write_labelled(out, style, "to do", pv_verdict_remedy(group[0]), 0);
}

/* ---- what decides, in full; the rest, where it is much, a line each ---- */

/* A few are shown in full: they fit on a screen. */
#define MOST_IN_FULL ((size_t)3)
#define MIN_TEXT_COLUMNS ((size_t)16)

/* Whether it stands in the way, so that whoever reads must deal with it. */
static bool decides(const pv_verdict *verdict, pv_level fail_on) {
    return is_unchecked(verdict) || pv_tally_blocks(verdict, fail_on);
}

/* Sorted, of those that decide or of the others; NULL when memory is refused. */
static const pv_verdict **findings_of(pv_buf *out, const pv_report_input *input, bool deciding, size_t *count,
                                      pv_arena *scratch) {
    size_t all;
    const pv_verdict **findings = pv_findings_sorted(input->results, scratch, &all);
    out->failed |= !findings;
    *count = 0;
    for (size_t i = 0; findings && i < all; i++)
        if (decides(findings[i], input->results->fail_on) == deciding)
            findings[(*count)++] = findings[i];
    return findings;
}

static size_t end_of_group(const pv_verdict *const *findings, size_t count, size_t start) {
    size_t end = start + 1;
    while (end < count && same_group(findings[start], findings[end]))
        end++;
    return end;
}

static void write_in_full(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
                          const pv_verdict *const *findings, size_t count, pv_arena *scratch) {
    for (size_t start = 0, end; start < count; start = end) {
        end = end_of_group(findings, count, start);
        write_group(out, style, input, findings + start, end - start, scratch);
    }
}

void pv_findings_write(pv_buf *out, const pv_report_style *style, const pv_report_input *input, pv_arena *scratch) {
    size_t count;
    const pv_verdict **findings = findings_of(out, input, true, &count, scratch);
    if (findings)
        write_in_full(out, style, input, findings, count, scratch);
}

static pv_str brief_place(const pv_report_input *input, const pv_verdict *verdict, pv_arena *scratch) {
    if (!verdict->outcome.has_at)
        return PV_STR("");
    if (!pv_finding_has_lines(input, verdict))
        return pv_arena_format(scratch, "%s",
                               pv_place_called_shortly(input->source, verdict->outcome.at.span.start).text);
    return pv_place_brief(scratch, input->source, verdict->outcome.at.span.start);
}

/* text and "[rule]" on what is left of a line, from column at; where that is too little, text is cut, not the rule. */
static void write_rest_of_line(pv_buf *out, const pv_report_style *style, pv_str text, const pv_rule *rule, size_t at) {
    size_t taken = at + strlen(" []") + pv_layout_columns(rule->id);
    pv_layout_cut(out, text, style->width > taken + MIN_TEXT_COLUMNS ? style->width - taken : MIN_TEXT_COLUMNS);
    pv_buf_append_char(out, ' ');
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_buf_append_char(out, '[');
    pv_layout_text(out, rule->id);
    pv_buf_append_char(out, ']');
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
}

/* "  68:82  1.1.6.5: county social services is not named [ipp1.agencies-named]" */
static void write_one_line(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
                           const pv_verdict *verdict, size_t place_columns, pv_arena *scratch) {
    pv_buf sentence = pv_buf_on(out->memory);
    pv_finding_sentence(&sentence, verdict, scratch);
    pv_buf_append_repeat(out, ' ', INDENT);
    pv_layout_cell(out, brief_place(input, verdict, scratch), place_columns);
    pv_buf_append_repeat(out, ' ', INDENT);
    write_rest_of_line(out, style, pv_buf_str(&sentence), verdict->rule, place_columns + 2 * INDENT);
    out->failed |= sentence.failed;
    pv_buf_clear(&sentence);
}

/* "  12 of: 1.2.5.1, 1.2.5.2, … [ipp1.near-duplicate]" */
static void write_names(pv_buf *out, const pv_report_style *style, const pv_verdict *const *group, size_t count,
                        pv_arena *scratch) {
    pv_buf names = pv_buf_on(out->memory);
    pv_buf_format(&names, "%zu: ", count);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            pv_buf_append_text(&names, ", ");
        pv_buf_append(&names, name_of(out, group[i], scratch));
    }
    pv_buf_append_repeat(out, ' ', INDENT);
    write_rest_of_line(out, style, pv_buf_str(&names), group[0]->rule, INDENT);
    out->failed |= names.failed;
    pv_buf_clear(&names);
}

/* "Warnings", "Notes for review"; above the findings of one level and state that follow, if there are any. */
static void write_briefly(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
                          const pv_verdict *const *findings, size_t count, size_t place_columns, pv_arena *scratch) {
    static const char *const headings[] = {
        [PV_LEVEL_ERROR] = "Errors", [PV_LEVEL_WARNING] = "Warnings", [PV_LEVEL_NOTE] = "Notes"};
    pv_buf_append_char(out, '\n');
    pv_layout_ink(out, style, ink_of(findings[0]));
    pv_buf_append_text(out, headings[findings[0]->level]);
    pv_layout_plain(out, style);
    pv_buf_append_text(out, findings[0]->outcome.state == PV_STATE_REVIEW ? " for review\n" : "\n");
    for (size_t start = 0, end; start < count; start = end) {
        end = end_of_group(findings, count, start);
        if (findings[start]->level == PV_LEVEL_NOTE && end - start > 1) {
            write_names(out, style, findings + start, end - start, scratch);
            continue;
        }
        for (size_t i = start; i < end; i++)
            write_one_line(out, style, input, findings[i], place_columns, scratch);
    }
}

void pv_findings_write_rest(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
                            pv_arena *scratch) {
    size_t count;
    const pv_verdict **findings = findings_of(out, input, false, &count, scratch);
    if (!findings || count == 0)
        return;
    if (style->verbose || count <= MOST_IN_FULL) {
        write_in_full(out, style, input, findings, count, scratch);
        return;
    }
    size_t place_columns = 0;
    for (size_t i = 0; i < count; i++) {
        size_t columns = pv_layout_columns(brief_place(input, findings[i], scratch));
        place_columns = columns > place_columns ? columns : place_columns;
    }
    for (size_t start = 0, end; start < count; start = end) {
        for (end = start + 1; end < count && findings[end]->level == findings[start]->level &&
                              findings[end]->outcome.state == findings[start]->outcome.state;)
            end++;
        write_briefly(out, style, input, findings + start, end - start, place_columns, scratch);
    }
    pv_buf_append_text(out, "\n  --verbose shows each at its words, why, and what to do.\n");
}

static void write_line(pv_buf *out, const pv_report_style *style, const pv_source *source, const pv_verdict *verdict,
                       pv_arena *scratch) {
    const size_t start = verdict->outcome.at.span.start;
    pv_layout_text(out, pv_source_path_at(source, start));
    pv_layout_text(out, pv_str_from(pv_place_called(source, start).text));
    pv_buf_append_text(out, ": ");
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

/* "a.yaml: 1.1.1, 1.1.2 and 35 more" */
static void write_open(pv_buf *out, pv_str path, const pv_verdict *const *group, size_t count, pv_arena *scratch) {
    size_t shown = count < MOST_NAMED ? count : MOST_NAMED;
    pv_layout_text(out, path);
    for (size_t i = 0; i < shown && pv_finding_has_name(group[i]); i++) {
        pv_buf_append_text(out, i > 0 ? ", " : ": ");
        pv_layout_text(out, name_of(out, group[i], scratch));
    }
    if (shown < count)
        pv_buf_format(out, " and %zu more", count - shown);
}

/* "rules.lua:7:1: not checked: why (a.yaml: 1.1.1) [rule]": at the rule, whose fault it is. */
static void write_unchecked_line(pv_buf *out, const pv_report_style *style, pv_str path, const pv_verdict *const *group,
                                 size_t count, pv_arena *scratch) {
    const pv_fault fault = pv_finding_fault(group[0]);
    pv_layout_text(out, fault.path.size > 0 ? fault.path : path);
    if (fault.at.line > 0)
        pv_buf_format(out, ":%u:%u", (unsigned)fault.at.line, (unsigned)fault.at.column);
    pv_buf_append_text(out, ": ");
    pv_layout_inked(out, style, ink_of(group[0]), pv_str_from(tag_of(group[0])));
    pv_buf_append_text(out, ": ");
    pv_layout_text(out, fault.message);
    pv_buf_append_text(out, " (");
    write_open(out, path, group, count, scratch);
    pv_buf_append_text(out, ") [");
    pv_layout_text(out, fault.rule);
    pv_buf_append_text(out, "]\n");
}

void pv_findings_write_lines(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
                             pv_arena *scratch) {
    size_t count;
    const pv_verdict **findings = pv_findings_sorted(input->results, scratch, &count);
    out->failed |= !findings;
    for (size_t start = 0, end; findings && start < count && is_unchecked(findings[start]); start = end) {
        for (end = start + 1; end < count && pv_findings_share_fault(findings[start], findings[end]);)
            end++;
        write_unchecked_line(out, style, input->source->path, findings + start, end - start, scratch);
    }
    for (size_t i = 0; i < input->results->verdict_count; i++) {
        const pv_verdict *verdict = &input->results->verdicts[i];
        if (pv_verdict_is_open(verdict) && !is_unchecked(verdict) && verdict->level == PV_LEVEL_ERROR)
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

/* ---- what was accepted ---- */

static bool is_waived(const pv_verdict *verdict) {
    return verdict->waiver != NULL;
}

static bool is_known(const pv_verdict *verdict) {
    return !verdict->waiver && verdict->baseline == PV_BASELINE_UNCHANGED;
}

static size_t count_of(const pv_results *results, bool (*chosen)(const pv_verdict *)) {
    size_t count = 0;
    for (size_t i = 0; i < results->verdict_count; i++)
        count += chosen(&results->verdicts[i]);
    return count;
}

static void write_heading(pv_buf *out, const pv_report_style *style, const char *heading) {
    pv_buf_append_char(out, '\n');
    pv_layout_inked(out, style, PV_INK_STRONG, pv_str_from(heading));
    pv_buf_append_char(out, '\n');
}

/* "  1.1.1  demo.limit  8:32  6 words, 1 more than the limit of 5" */
static void write_accepted_row(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
                               const pv_verdict *verdict, pv_arena *scratch) {
    pv_buf row = pv_buf_on(out->memory);
    if (pv_finding_has_name(verdict)) {
        pv_buf_append(&row, pv_subject_title(&verdict->subject, scratch));
        pv_buf_append_text(&row, "  ");
    }
    pv_buf_append(&row, verdict->rule->id);
    pv_buf_append_text(&row, "  ");
    if (verdict->outcome.has_at)
        pv_buf_append(&row, pv_place_brief(scratch, input->source, verdict->outcome.at.span.start));
    pv_buf_append_repeat(out, ' ', INDENT);
    pv_layout_text(out, pv_buf_str(&row));
    pv_buf_append_text(out, "  ");
    size_t at = INDENT + pv_layout_columns(pv_buf_str(&row)) + 2;
    pv_layout_wrap(out, verdict->outcome.message.size > 0 ? verdict->outcome.message : verdict->rule->title,
                   style->width, at, INDENT + INDENT, 0);
    out->failed |= row.failed;
    pv_buf_clear(&row);
}

static void write_waived(pv_buf *out, const pv_report_style *style, const pv_report_input *input, pv_arena *scratch) {
    pv_buf sentence = pv_buf_on(out->memory);
    if (count_of(input->results, is_waived) == 0)
        return;
    write_heading(out, style, "Waived");
    for (size_t i = 0; i < input->results->verdict_count; i++) {
        const pv_verdict *verdict = &input->results->verdicts[i];
        if (!is_waived(verdict))
            continue;
        write_accepted_row(out, style, input, verdict, scratch);
        pv_waiver_sentence(&sentence, verdict->waiver);
        pv_buf_append_repeat(out, ' ', INDENT + INDENT);
        pv_layout_wrap(out, pv_buf_str(&sentence), style->width, INDENT + INDENT, INDENT + INDENT, 0);
        out->failed |= sentence.failed;
        pv_buf_reset(&sentence);
    }
    pv_buf_clear(&sentence);
}

static void write_known(pv_buf *out, const pv_report_style *style, const pv_report_context *context,
                        const pv_report_input *input, pv_arena *scratch) {
    size_t count = count_of(input->results, is_known);
    if (count == 0)
        return;
    pv_buf text = pv_buf_on(out->memory);
    pv_layout_count(&text, count, "known finding");
    pv_buf_append_text(&text, count == 1 ? " is in the baseline (" : " are in the baseline (");
    pv_buf_append(&text, context->baseline);
    pv_buf_append_text(&text, style->verbose ? ")" : "); --verbose shows which");
    pv_buf_append_char(out, '\n');
    pv_layout_wrap(out, pv_buf_str(&text), style->width, 0, 0, 0);
    for (size_t i = 0; style->verbose && i < input->results->verdict_count; i++)
        if (is_known(&input->results->verdicts[i]))
            write_accepted_row(out, style, input, &input->results->verdicts[i], scratch);
    out->failed |= text.failed;
    pv_buf_clear(&text);
}

void pv_accepted_write(pv_buf *out, const pv_report_style *style, const pv_report_context *context,
                       const pv_report_input *input, pv_arena *scratch) {
    write_waived(out, style, input, scratch);
    write_known(out, style, context, input, scratch);
}

static void write_fixed(pv_buf *out, const pv_report_style *style, const pv_verdict_entry *entry) {
    pv_buf row = pv_buf_on(out->memory);
    pv_buf_append(&row, entry->path);
    pv_buf_append_text(&row, ": ");
    pv_buf_append(&row, entry->rule);
    pv_buf_append_text(&row, ": ");
    pv_buf_append(&row, entry->subject);
    pv_buf_append_repeat(out, ' ', INDENT);
    pv_layout_wrap(out, pv_buf_str(&row), style->width, INDENT, INDENT + INDENT, 0);
    out->failed |= row.failed;
    pv_buf_clear(&row);
}

void pv_baseline_terminal(pv_buf *out, const pv_report_style *style, const pv_report_baseline *baseline) {
    if (style->quiet || baseline->fixed_count + baseline->note_count == 0)
        return;
    pv_buf title = pv_buf_on(out->memory);
    pv_buf_append_text(&title, "Baseline (");
    pv_buf_append(&title, baseline->path);
    pv_buf_append_char(&title, ')');
    pv_layout_inked(out, style, PV_INK_STRONG, pv_buf_str(&title));
    pv_buf_append_text(out, "\n\n");
    for (size_t i = 0; i < baseline->note_count; i++) {
        pv_buf_append_repeat(out, ' ', INDENT);
        pv_layout_wrap(out, baseline->notes[i], style->width, INDENT, INDENT, 0);
    }
    if (baseline->fixed_count > 0) {
        pv_buf_reset(&title);
        pv_layout_count(&title, baseline->fixed_count, "finding");
        pv_buf_append_text(&title, baseline->fixed_count == 1 ? " in it is fixed; " : " in it are fixed; ");
        pv_buf_append_text(&title, "proviso baseline --prune takes out what is fixed:");
        pv_buf_append_repeat(out, ' ', INDENT);
        pv_layout_wrap(out, pv_buf_str(&title), style->width, INDENT, INDENT, 0);
    }
    for (size_t i = 0; i < baseline->fixed_count; i++)
        write_fixed(out, style, baseline->fixed[i]);
    pv_buf_append_char(out, '\n');
    out->failed |= title.failed;
    pv_buf_clear(&title);
}

/* ---- what falls due ---- */

#define GAP_COLUMNS ((size_t)2)
#define DAY_COLUMNS (PV_DATE_SIZE - 1)
/* Narrower than this, the subject stands on a line below the day. */
#define WIDTH_FOR_ONE_LINE 60u

/* One line of the list, with the texts of its columns. */
typedef struct due_row {
    const pv_verdict *verdict;
    pv_str when;
    pv_str subject;
    pv_str place;
} due_row;

typedef struct due_list {
    const pv_report_input *input;
    pv_arena *scratch;
    due_row *rows;
    size_t count;
    size_t when_columns; /* of the widest */
} due_list;

static bool is_listed(const pv_verdict *verdict, bool verbose) {
    bool open = verdict->outcome.state == PV_STATE_FAIL || verdict->outcome.state == PV_STATE_REVIEW;
    return verdict->outcome.has_due && (open || (verbose && verdict->outcome.state == PV_STATE_PASS));
}

/* By day, then by place, which is the order of the verdicts. */
static int compare_rows(const void *left, const void *right) {
    const pv_verdict *a = ((const due_row *)left)->verdict;
    const pv_verdict *b = ((const due_row *)right)->verdict;
    int order = pv_date_compare(a->outcome.due, b->outcome.due);
    return order != 0 ? order : (a > b) - (a < b);
}

/* "in 12 days", "today", "overdue by 1 day"; empty where no day was judged by. */
static pv_str describe_when(pv_arena *scratch, const pv_date *as_of, pv_date due) {
    if (!as_of)
        return PV_STR("");
    int64_t days = pv_date_days_between(*as_of, due);
    if (days == 0)
        return PV_STR("today");
    int64_t count = days < 0 ? -days : days;
    return pv_arena_format(scratch, "%s %" PRId64 " day%s", days < 0 ? "overdue by" : "in", count,
                           count == 1 ? "" : "s");
}

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

static bool add_row(due_list *list, const pv_verdict *verdict, const pv_date *as_of) {
    due_row row = {
        .verdict = verdict,
        .when = describe_when(list->scratch, as_of, verdict->outcome.due),
        .subject = pv_subject_title(&verdict->subject, list->scratch),
        .place = pv_place_brief(list->scratch, list->input->source, verdict->outcome.at.span.start),
    };
    list->when_columns = larger(list->when_columns, row.when.size);
    list->rows[list->count++] = row;
    return row.when.data && row.subject.data && row.place.data;
}

static bool gather(due_list *list, const pv_date *as_of, bool verbose) {
    const pv_results *results = list->input->results;
    list->rows = PV_NEW_ARRAY(list->scratch, due_row, results->verdict_count);
    bool gathered = list->rows != NULL;
    for (size_t i = 0; gathered && i < results->verdict_count; i++)
        if (is_listed(&results->verdicts[i], verbose))
            gathered = add_row(list, &results->verdicts[i], as_of);
    if (gathered && list->count > 1)
        qsort(list->rows, list->count, sizeof *list->rows, compare_rows);
    return gathered;
}

static void write_gap(pv_buf *out, size_t columns) {
    pv_buf_append_repeat(out, ' ', columns);
}

static pv_ink due_ink_of(const pv_verdict *verdict) {
    return verdict->outcome.state == PV_STATE_PASS ? PV_INK_FAINT : pv_level_ink(verdict->level);
}

/* "no meeting in Q2 2024 (mou.meeting-quarterly, 18:17)" */
static void write_what(pv_buf *out, const pv_report_style *style, const due_row *row, size_t indent,
                       pv_arena *scratch) {
    const pv_rule *rule = row->verdict->rule;
    pv_str message = row->verdict->outcome.message.size > 0 ? row->verdict->outcome.message : rule->title;
    pv_str text = pv_arena_format(scratch, "%.*s (%.*s, %.*s)", PV_STR_ARG(message), PV_STR_ARG(rule->id),
                                  PV_STR_ARG(row->place));
    out->failed |= !text.data;
    write_gap(out, indent);
    pv_layout_wrap(out, text, style->width, indent, indent, 0);
}

static void write_due_row(pv_buf *out, const pv_report_style *style, const due_list *list, const due_row *row) {
    char day[PV_DATE_SIZE];
    pv_date_write(row->verdict->outcome.due, day);
    write_gap(out, INDENT);
    pv_layout_inked(out, style, due_ink_of(row->verdict), pv_str_from(day));
    bool one_line = style->width >= WIDTH_FOR_ONE_LINE;
    size_t beneath = one_line ? INDENT + DAY_COLUMNS + GAP_COLUMNS : 2 * INDENT;
    size_t at = beneath;
    if (row->when.size > 0) {
        write_gap(out, GAP_COLUMNS);
        pv_layout_cell(out, row->when, one_line ? list->when_columns : row->when.size);
        at += one_line ? list->when_columns + GAP_COLUMNS : 0;
    }
    if (!one_line)
        pv_buf_append_char(out, '\n');
    write_gap(out, one_line ? GAP_COLUMNS : beneath);
    pv_layout_wrap(out, row->subject, style->width, at, at, 0);
    write_what(out, style, row, beneath, list->scratch);
}

void pv_due_write(pv_buf *out, const pv_report_style *style, pv_str as_of, const pv_report_input *input,
                  pv_arena *scratch) {
    due_list list = {.input = input, .scratch = scratch};
    pv_date day;
    bool has_day = pv_date_parse(as_of, &day);
    if (!gather(&list, has_day ? &day : NULL, style->verbose)) {
        out->failed = true;
        return;
    }
    if (list.count == 0)
        return;
    pv_buf_append_char(out, '\n');
    pv_layout_inked(out, style, PV_INK_STRONG, PV_STR("Falls due"));
    if (has_day)
        pv_buf_format(out, ", seen from %.*s", PV_STR_ARG(as_of));
    pv_buf_append_char(out, '\n');
    for (size_t i = 0; i < list.count; i++)
        write_due_row(out, style, &list, &list.rows[i]);
}
