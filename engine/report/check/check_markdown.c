#include "base/utf8.h"
#include "report/check/gathered_faults_p.h"
#include "report/verdicts/finding.h"
#include "report/verdicts/tally.h"
#include "report/write/layout.h"
#include "report/write/markup.h"

/* What GitHub takes of a comment, in characters, and of the summary of a step, in bytes. */
#define COMMENT_LIMIT ((size_t)65536)
#define SUMMARY_LIMIT ((size_t)1 << 20)
/* Kept for what stands around the findings: the head with its faults, and the sentences about what was left out and
 * what was passed over. */
#define AROUND ((size_t)20480)
#define MOST_BYTES_OF_A_CHARACTER 4
/* One text, however long it is, leaves room for others. */
#define LONGEST_TEXT ((size_t)500)
#define MOST_FAULTS ((size_t)10)
/* Files that were passed over, by name; their texts are shorter. */
#define MOST_SKIPPED ((size_t)4)
#define LONGEST_SKIPPED ((size_t)80)

enum { FAULTS, CLEAN = FAULTS + PV_FAULT_SECTION_COUNT, FINDINGS };
static const pv_report_section sections[] = {
    PV_FAULT_SECTIONS(FAULTS), [CLEAN] = {.name = "submissions without a finding", .joining = PV_JOIN_AT_END},
    [FINDINGS] = {.name = "findings", .joining = PV_JOIN_AT_END}, /* below the head, which depends on the sums */
};

/* The pieces of a submission, in this order: they are joined whole, as long as there is room. */
typedef enum piece { PIECE_HEADING, PIECE_FIRST_ROW, PIECE_ROW, PIECE_RULES } piece;

typedef struct markdown_state {
    bool in_bytes;
    size_t room;    /* of the limit, for findings */
    pv_buf heading; /* which goes with the first row or not at all */
    bool open;      /* the submission at hand has had room so far */
    size_t left_out;
    size_t left_out_submissions;
} markdown_state;

static void init_with(pv_report *report, size_t limit, bool in_bytes) {
    markdown_state *state = report->state;
    size_t taken = report->setup.filled + (in_bytes ? AROUND * MOST_BYTES_OF_A_CHARACTER : AROUND);
    state->in_bytes = in_bytes;
    state->room = limit > taken ? limit - taken : 0;
    state->heading = pv_buf_on(report->setup.memory);
}

static bool init_comment(pv_report *report, pv_error *error) {
    (void)error;
    init_with(report, COMMENT_LIMIT, false);
    return true;
}

static bool init_summary(pv_report *report, pv_error *error) {
    (void)error;
    init_with(report, SUMMARY_LIMIT, true);
    return true;
}

static void clear(pv_report *report) {
    pv_buf_clear(&((markdown_state *)report->state)->heading);
}

/* ---- of a submission: heading, rows, what is said of the rules ---- */

/* At most LONGEST_TEXT characters of Markdown, give or take the last one. */
static void put_cut_at(pv_buf *out, pv_str raw, size_t longest) {
    pv_buf visible = pv_buf_on(out->memory);
    pv_layout_visible(&visible, raw);
    pv_str text = pv_buf_str(&visible);
    size_t end = 0;
    for (size_t count = 0, size; end < text.size && count < longest; end += size) {
        pv_utf8_decode(text, end, &size);
        count += pv_markdown_comment_weight(text.data[end]);
    }
    pv_markdown_comment(out, pv_str_slice(text, 0, end));
    if (end < text.size)
        pv_buf_append_text(out, "…");
    out->failed |= visible.failed;
    pv_buf_clear(&visible);
}

static void put_cut(pv_buf *out, pv_str text) {
    put_cut_at(out, text, LONGEST_TEXT);
}

static void put_skipped(pv_buf *out, pv_str text) {
    put_cut_at(out, text, LONGEST_SKIPPED);
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
    pv_buf_append_text(text, pv_level_name(verdict->level));
    if (verdict->outcome.state == PV_STATE_REVIEW)
        pv_buf_append_text(text, ", for review");
}

/* The file where it is not the one in the heading. */
static void put_place(pv_buf *text, const pv_report_input *input, const pv_verdict *verdict) {
    pv_str path = pv_finding_path(input, verdict);
    pv_buf_append_text(text, " | ");
    if (path.size == 0) { /* of all submissions together */
        pv_buf_append_text(text, "| ");
        return;
    }
    if (!pv_str_equal(path, pv_path_relative(input->source->path))) {
        pv_markdown_code_cell(text, path);
        pv_buf_append_char(text, ' ');
    }
    if (pv_finding_has_lines(input, verdict)) {
        pv_position at = pv_finding_start(input, verdict);
        pv_buf_format(text, "%u:%u | ", (unsigned)at.line, (unsigned)at.column);
        return;
    }
    put_cut(text, pv_str_from(pv_source_describe(input->source, verdict->outcome.at.span.start).text));
    pv_buf_append_text(text, " | ");
}

static void put_row(pv_buf *text, const pv_report_input *input, const pv_verdict *verdict, pv_arena *scratch) {
    pv_buf sentence = pv_buf_on(text->memory);
    pv_finding_sentence(&sentence, verdict, scratch);
    pv_finding_own_remedy(&sentence, verdict);
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

static void add_submission(pv_report *report, const pv_report_input *input) {
    size_t count = 0;
    const pv_verdict **findings = pv_findings_sorted(input->results, report->scratch, &count);
    report->failed |= !findings;
    if (!findings)
        return;
    pv_faults_gather(report, FAULTS, input);
    bool all_checked = count == 0 || !pv_findings_share_fault(findings[0], findings[0]);
    while (count > 0 && pv_findings_share_fault(findings[0], findings[0])) {
        findings++; /* what was not checked comes first, and stands with its fault */
        count--;
    }
    count = add_waived(findings, count, input->results);
    if (count == 0) {
        if (input->submission && all_checked)
            pv_entry_add(report, CLEAN, 0, (pv_str){0});
        return;
    }
    put_heading(&report->text, report->setup.context, input);
    pv_entry_add_text(report, FINDINGS, PIECE_HEADING);
    for (size_t i = 0; i < count; i++) {
        put_row(&report->text, input, findings[i], report->scratch);
        pv_entry_add_text(report, FINDINGS, i == 0 ? PIECE_FIRST_ROW : PIECE_ROW);
    }
    put_rules(&report->text, findings, count);
    pv_entry_add_text(report, FINDINGS, PIECE_RULES);
}

/* ---- joining ---- */

static bool take_room(markdown_state *state, pv_str one, pv_str other) {
    size_t size = state->in_bytes ? one.size + other.size : pv_utf8_length(one) + pv_utf8_length(other);
    if (size > state->room)
        return false;
    state->room -= size;
    return true;
}

static bool admit_row(pv_report *report, bool is_first, pv_str row, pv_buf *out) {
    markdown_state *state = report->state;
    pv_str heading = is_first ? pv_buf_str(&state->heading) : (pv_str){0};
    bool was_open = state->open;
    state->open = was_open && take_room(state, heading, row);
    if (state->open)
        pv_buf_append(out, heading);
    state->left_out += !state->open;
    state->left_out_submissions += was_open && !state->open;
    return state->open;
}

static bool admit(pv_report *report, size_t section, uint64_t number, pv_str entry, pv_buf *out) {
    markdown_state *state = report->state;
    if (section == FAULTS + 1)
        return pv_faults_admit(report, FAULTS, number, out);
    if (section != FINDINGS)
        return true;
    switch ((piece)number) {
    case PIECE_HEADING:
        pv_buf_reset(&state->heading);
        pv_buf_append(&state->heading, entry);
        report->failed |= state->heading.failed;
        state->open = true;
        return false;
    case PIECE_FIRST_ROW:
    case PIECE_ROW:
        return admit_row(report, number == PIECE_FIRST_ROW, entry, out);
    case PIECE_RULES:
        return state->open && take_room(state, entry, (pv_str){0});
    }
    return false;
}

/* ---- the end ---- */

static void write_fault(pv_buf *out, const pv_gathered_fault *gathered) {
    const pv_fault *fault = &gathered->fault;
    pv_buf_append_text(out, "| ");
    if (fault->path.size > 0)
        pv_markdown_code_cell(out, pv_path_relative(fault->path));
    if (fault->path.size > 0 && fault->at.line > 0)
        pv_buf_format(out, " %u:%u", (unsigned)fault->at.line, (unsigned)fault->at.column);
    pv_buf_append_text(out, " | ");
    if (fault->rule.size > 0)
        pv_markdown_code_cell(out, fault->rule);
    pv_buf_append_text(out, " | ");
    put_cut(out, fault->message);
    if (gathered->left.size > 0) {
        pv_buf_append_text(out, "; ");
        put_cut(out, gathered->left);
    }
    pv_buf_append_text(out, " |\n");
}

/* What kept proviso from checking: the rules' faults once each, and those of no submission. */
static void write_faults(pv_buf *out, const pv_gathered_fault *faults, size_t count) {
    size_t shown = count < MOST_FAULTS ? count : MOST_FAULTS;
    if (shown == 0)
        return;
    pv_buf_append_text(out, "\n### Faults\n\n| place | rule | fault |\n|---|---|---|\n");
    for (size_t i = 0; i < shown; i++)
        write_fault(out, &faults[i]);
    if (shown < count)
        pv_buf_format(out, "\nand %zu more\n", count - shown);
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

static void write_tail(pv_buf *out, const pv_report *report, const pv_summary *summary) {
    const markdown_state *state = report->state;
    size_t clean = pv_entry_count(report, CLEAN);
    if (clean > 0 && clean < summary->submissions) {
        pv_buf_append_char(out, '\n');
        pv_layout_count(out, clean, "submission");
        pv_buf_append_text(out, " without a finding.\n");
    }
    if (state->left_out > 0) {
        pv_buf_append_text(out, "\n**and ");
        pv_buf_format(out, "%zu more finding%s**, in ", state->left_out, state->left_out == 1 ? "" : "s");
        pv_layout_count(out, state->left_out_submissions, "submission");
        pv_buf_append_text(out, ", for which there is no room here.\n");
    }
}

/* What was found and not checked; of many, some by name. */
static void write_skipped(pv_buf *out, const pv_report_context *context) {
    if (!context->skipped || context->skipped->count == 0)
        return;
    pv_buf_append_char(out, '\n');
    pv_skipped_sentence(out, context, MOST_SKIPPED, put_skipped);
    pv_buf_append_text(out, ".\n");
}

static void write_foot(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    pv_buf *out = report->setup.out;
    if (report->setup.filled > 0)
        pv_buf_append_char(out, '\n'); /* a heading begins a line */
    write_head(out, report->setup.context, summary);
    size_t count;
    const pv_gathered_fault *gathered = pv_faults_gathered(report, FAULTS, faults, fault_count, &count);
    write_faults(out, gathered, count);
    pv_entry_write(report, FINDINGS, SIZE_MAX);
    write_tail(out, report, summary);
    write_skipped(out, report->setup.context);
}

const pv_format pv_markdown_format = {
    .help = "for a comment on a change",
    .sections = sections,
    .section_count = sizeof sections / sizeof *sections,
    .state_size = sizeof(markdown_state),
    .init = init_comment,
    .clear = clear,
    .submission = add_submission,
    .admit = admit,
    .foot = write_foot,
};

const pv_format pv_step_summary_format = {
    .help = "the same, added to the summary of a step of GitHub Actions",
    .sections = sections,
    .section_count = sizeof sections / sizeof *sections,
    .state_size = sizeof(markdown_state),
    .init = init_summary,
    .clear = clear,
    .submission = add_submission,
    .admit = admit,
    .foot = write_foot,
};
