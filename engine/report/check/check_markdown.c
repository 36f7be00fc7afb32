#include "base/utf8.h"
#include "report/check/format.h"
#include "report/verdicts/accepted.h"
#include "report/verdicts/answer.h"
#include "report/verdicts/finding.h"
#include "report/write/layout.h"
#include "report/write/markdown.h"

/* What GitHub takes of a comment, in characters, and of the summary of a step, in bytes. */
#define COMMENT_LIMIT ((size_t)65536)
#define SUMMARY_LIMIT ((size_t)1 << 20)
/* Kept for what stands around the findings: the head with its faults, and the sentence about what was left out. */
#define AROUND ((size_t)12288)
/* One text, however long it is, leaves room for others. */
#define LONGEST_TEXT ((size_t)500)
#define MOST_FAULTS ((size_t)10)

typedef struct markdown_report {
    pv_report base;
    bool in_bytes;
    size_t room; /* of the limit, for findings */
    pv_buf body; /* made before the head, which depends on the sums */
    size_t left_out;
    size_t left_out_submissions;
    size_t clean; /* submissions without a finding */
} markdown_report;

static void free_report(pv_report *base) {
    if (base)
        pv_buf_clear(&((markdown_report *)base)->body);
    pv_report_free(base);
}

static bool begin_with(pv_report **out, const pv_report_setup *setup, size_t limit, bool in_bytes, pv_error *error) {
    if (!pv_report_new(out, setup, sizeof(markdown_report), error))
        return false;
    markdown_report *report = (markdown_report *)*out;
    size_t taken = setup->filled + AROUND;
    report->in_bytes = in_bytes;
    report->room = limit > taken ? limit - taken : 0;
    report->body = pv_buf_on(setup->memory);
    return true;
}

static bool begin_comment(pv_report **out, const pv_report_setup *setup, pv_error *error) {
    return begin_with(out, setup, COMMENT_LIMIT, false, error);
}

static bool begin_summary(pv_report **out, const pv_report_setup *setup, pv_error *error) {
    return begin_with(out, setup, SUMMARY_LIMIT, true, error);
}

/* ---- a part: heading, rows, what is said of the rules ---- */

/* At most LONGEST_TEXT characters of Markdown, give or take the last one. */
static void put_cut(pv_buf *out, pv_str text) {
    size_t end = 0;
    for (size_t count = 0, size; end < text.size && count < LONGEST_TEXT; end += size) {
        pv_utf8_decode(text, end, &size);
        count += pv_markdown_comment_weight(text.data[end]);
    }
    pv_markdown_comment(out, pv_str_slice(text, 0, end));
    if (end < text.size)
        pv_buf_append_text(out, "…");
}

static void put_piece(pv_buf *part, pv_buf *text) {
    pv_frame_put_text(part, pv_buf_str(text));
    part->failed |= text->failed;
    pv_buf_reset(text);
}

static void put_heading(pv_buf *text, const pv_report_context *context, const pv_report_input *input) {
    pv_summary summary = {.submissions = input->submission ? 0 : 1}; /* that there is none decides nothing here */
    pv_report_count(&summary, input);
    pv_buf_append_text(text, "\n### ");
    if (input->submission)
        pv_markdown_code(text, pv_path_relative(input->source->path));
    else
        put_cut(text, input->title);
    pv_buf_format(text, ": %s\n\n", pv_answer_name(pv_answer_of(context, &summary)));
    pv_answer_counts(text, &summary);
    pv_buf_append_text(text, "\n\n| | place | rule | finding |\n|---|---|---|---|\n");
}

static void put_mark(pv_buf *text, const pv_verdict *verdict) {
    pv_buf_append_text(text, verdict->waiver ? "| waived, " : "| ");
    if (verdict->outcome.state == PV_STATE_NOT_CHECKED)
        pv_buf_append_text(text, "not checked");
    else
        pv_buf_append_text(text, pv_level_name(verdict->level));
    if (verdict->outcome.state == PV_STATE_REVIEW)
        pv_buf_append_text(text, ", for review");
}

/* The file where it is not the one in the heading. */
static void put_place(pv_buf *text, const pv_report_input *input, const pv_verdict *verdict) {
    pv_position at = pv_finding_start(input, verdict);
    pv_str path = pv_finding_path(input, verdict);
    pv_buf_append_text(text, " | ");
    if (!pv_str_equal(path, pv_path_relative(input->source->path))) {
        pv_markdown_code_cell(text, path);
        pv_buf_append_char(text, ' ');
    }
    pv_buf_format(text, "%u:%u | ", (unsigned)at.line, (unsigned)at.column);
}

static void put_row(pv_buf *text, const pv_report_input *input, const pv_verdict *verdict, pv_arena *scratch) {
    pv_buf sentence = pv_buf_on(text->memory);
    pv_finding_sentence(&sentence, verdict, scratch);
    if (verdict->waiver) {
        pv_buf_append_text(&sentence, "; ");
        pv_waiver_sentence(&sentence, verdict->waiver);
    }
    put_mark(text, verdict);
    put_place(text, input, verdict);
    pv_markdown_code_cell(text, verdict->rule->id);
    pv_buf_append_text(text, " | ");
    put_cut(text, pv_buf_str(&sentence));
    pv_buf_append_text(text, " |\n");
    text->failed |= sentence.failed;
    pv_buf_clear(&sentence);
}

static void put_rule(pv_buf *text, const pv_rule *rule) {
    pv_buf_append_text(text, "- ");
    pv_markdown_code(text, rule->id);
    pv_buf_append_text(text, ": ");
    put_cut(text, rule->title);
    pv_buf_append_text(text, ". *Form:* ");
    put_cut(text, rule->citation);
    pv_buf_append_text(text, " *To do:* ");
    put_cut(text, rule->remedy);
    pv_buf_append_char(text, '\n');
}

/* Each rule of the findings once: they come sorted, but by level first. */
static void put_rules(pv_buf *text, const pv_verdict *const *findings, size_t count) {
    pv_buf_append_text(text, "\n<details><summary>What the form says, and what to do</summary>\n\n");
    for (size_t i = 0; i < count; i++) {
        size_t earlier = 0;
        while (findings[earlier]->rule != findings[i]->rule)
            earlier++;
        if (earlier == i)
            put_rule(text, findings[i]->rule);
    }
    pv_buf_append_text(text, "\n</details>\n");
}

/* What was waived is shown after what asks for something. There is room for all verdicts. */
static size_t add_waived(const pv_verdict **findings, size_t count, const pv_results *results) {
    for (size_t i = 0; i < results->verdict_count; i++)
        if (results->verdicts[i].waiver)
            findings[count++] = &results->verdicts[i];
    return count;
}

static void add_submission(pv_report *report, const pv_report_input *input, pv_buf *part) {
    pv_arena *scratch = pv_arena_new(report->setup.memory);
    pv_buf text = pv_buf_on(report->setup.memory);
    size_t count = 0;
    const pv_verdict **findings = scratch ? pv_findings_sorted(input->results, scratch, &count) : NULL;
    part->failed |= !findings;
    if (findings)
        count = add_waived(findings, count, input->results);
    if (count > 0 || input->submission)
        pv_frame_put_number(part, count);
    if (findings && count > 0) {
        put_heading(&text, report->setup.context, input);
        put_piece(part, &text);
        for (size_t i = 0; i < count; i++) {
            put_row(&text, input, findings[i], scratch);
            put_piece(part, &text);
        }
        put_rules(&text, findings, count);
        put_piece(part, &text);
    }
    pv_buf_clear(&text);
    pv_arena_free(scratch);
}

/* ---- joining: whole pieces, as long as there is room ---- */

static size_t size_of(const markdown_report *report, pv_str text) {
    return report->in_bytes ? text.size : pv_utf8_length(text);
}

static bool add_piece(markdown_report *report, pv_str piece) {
    size_t size = size_of(report, piece);
    if (size > report->room)
        return false;
    report->room -= size;
    pv_buf_append(&report->body, piece);
    return true;
}

/* The heading goes with the first row or not at all. */
static bool fits(const markdown_report *report, pv_str heading, pv_str row) {
    return size_of(report, heading) + size_of(report, row) <= report->room;
}

static bool join_findings(markdown_report *report, uint64_t count, pv_str *parts, pv_error *error) {
    pv_str heading;
    pv_str piece;
    bool open = false;
    if (!pv_frame_take_text(parts, &heading, error))
        return false;
    uint64_t shown = 0;
    for (uint64_t i = 0; i < count; i++) {
        if (!pv_frame_take_text(parts, &piece, error))
            return false;
        if (i == 0 && fits(report, heading, piece))
            open = add_piece(report, heading);
        open = open && add_piece(report, piece);
        shown += open;
    }
    report->left_out += (size_t)(count - shown);
    report->left_out_submissions += shown < count;
    if (!pv_frame_take_text(parts, &piece, error))
        return false;
    if (open)
        (void)add_piece(report, piece);
    return true;
}

static bool join(pv_report *base, pv_str parts, pv_error *error) {
    markdown_report *report = (markdown_report *)base;
    while (parts.size > 0) {
        uint64_t count;
        if (!pv_frame_take_number(&parts, &count, error))
            return false;
        report->clean += count == 0; /* of submissions only */
        if (count > 0 && !join_findings(report, count, &parts, error))
            return false;
    }
    return true;
}

/* ---- the end ---- */

static void write_fault(pv_buf *out, const pv_fault *fault) {
    pv_buf_append_text(out, "- **fault** ");
    if (fault->path.size > 0) {
        put_cut(out, pv_path_relative(fault->path));
        if (fault->at.line > 0)
            pv_buf_format(out, ":%u:%u", (unsigned)fault->at.line, (unsigned)fault->at.column);
        pv_buf_append_text(out, ": ");
    }
    put_cut(out, fault->message);
    pv_buf_append_char(out, '\n');
}

static void write_head(pv_buf *out, const pv_report_context *context, const pv_summary *summary) {
    pv_buf_format(out, "## proviso: %s\n\n", pv_answer_name(pv_answer_of(context, summary)));
    pv_layout_count(out, summary->submissions, "submission");
    pv_buf_append_text(out, ": ");
    pv_answer_counts(out, summary);
    pv_buf_format(out, "; %s mode", pv_mode_name(context->mode));
    if (context->as_of.size > 0)
        pv_buf_format(out, ", as of %.*s", PV_STR_ARG(context->as_of));
    if (context->fail_on != PV_LEVEL_ERROR)
        pv_buf_format(out, ", fails on every %s", pv_level_name(context->fail_on));
    if (context->rule_pattern.size > 0) {
        pv_buf_append_text(out, ", only rules ");
        put_cut(out, context->rule_pattern);
    }
    pv_buf_append_text(out, ".\n");
}

static void write_tail(pv_buf *out, const markdown_report *report, const pv_summary *summary) {
    if (report->clean > 0 && report->clean < summary->submissions) {
        pv_buf_append_char(out, '\n');
        pv_layout_count(out, report->clean, "submission");
        pv_buf_append_text(out, " without a finding.\n");
    }
    if (report->left_out > 0) {
        pv_buf_append_text(out, "\n**and ");
        pv_buf_format(out, "%zu more finding%s**, in ", report->left_out, report->left_out == 1 ? "" : "s");
        pv_layout_count(out, report->left_out_submissions, "submission");
        pv_buf_append_text(out, ", for which there is no room here.\n");
    }
}

static void end(pv_report *base, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    const markdown_report *report = (const markdown_report *)base;
    pv_buf *out = base->setup.out;
    if (base->setup.filled > 0)
        pv_buf_append_char(out, '\n'); /* a heading begins a line */
    write_head(out, base->setup.context, summary);
    size_t shown = fault_count < MOST_FAULTS ? fault_count : MOST_FAULTS;
    if (shown > 0)
        pv_buf_append_char(out, '\n');
    for (size_t i = 0; i < shown; i++)
        write_fault(out, &faults[i]);
    if (shown < fault_count)
        pv_buf_format(out, "- and %zu more\n", fault_count - shown);
    pv_buf_append(out, pv_buf_str(&report->body));
    out->failed |= report->body.failed;
    write_tail(out, report, summary);
}

const pv_format pv_markdown_format = {
    .begin = begin_comment,
    .submission = add_submission,
    .join = join,
    .end = end,
    .free = free_report,
};

const pv_format pv_step_summary_format = {
    .begin = begin_summary,
    .submission = add_submission,
    .join = join,
    .end = end,
    .free = free_report,
};
