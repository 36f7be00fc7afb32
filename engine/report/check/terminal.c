#include "report/check/format.h"
#include "report/verdicts/accepted.h"
#include "report/verdicts/answer.h"
#include "report/verdicts/comparison.h"
#include "report/verdicts/due.h"
#include "report/verdicts/findings.h"
#include "report/verdicts/matrix.h"
#include "report/verdicts/statistics.h"
#include "report/verdicts/table.h"
#include "report/verdicts/tally.h"

typedef struct wording {
    const char *text;
    pv_ink ink;
} wording;

#define LABEL_COLUMNS ((size_t)13)
#define INDENT ((size_t)2)

enum { SUBMISSIONS };
static const pv_report_section sections[] = {[SUBMISSIONS] = {.name = "submissions", .joining = PV_JOIN_AT_ONCE}};

static wording wording_of(pv_answer answer) {
    static const pv_ink inks[] = {
        [PV_ANSWER_READY] = PV_INK_GOOD, [PV_ANSWER_NOT_READY] = PV_INK_ERROR, [PV_ANSWER_NOT_DECIDED] = PV_INK_ERROR,
        [PV_ANSWER_DRAFT] = PV_INK_NOTE, [PV_ANSWER_PARTLY] = PV_INK_NOTE,
    };
    return (wording){pv_answer_name(answer), inks[answer]};
}

static void write_label(pv_buf *out, const pv_report_style *style, pv_ink ink, const char *label) {
    pv_buf_append_repeat(out, ' ', INDENT);
    pv_layout_ink(out, style, ink);
    pv_layout_cell(out, pv_str_from(label), LABEL_COLUMNS);
    pv_layout_plain(out, style);
}

/* A line under a label; text is spent. */
static void write_labelled(pv_buf *out, const pv_report_style *style, pv_ink ink, const char *label, pv_buf *text) {
    write_label(out, style, ink, label);
    pv_layout_wrap(out, pv_buf_str(text), style->width, INDENT + LABEL_COLUMNS, INDENT + LABEL_COLUMNS, 0);
    out->failed |= text->failed;
    pv_buf_reset(text);
}

static void write_measure(pv_buf *text, const pv_measure *measure, bool with_points) {
    pv_layout_text(text, measure->id);
    if (!with_points)
        return;
    pv_buf_append_text(text, " (");
    pv_decimal_format(measure->group ? measure->group->points : measure->points, text);
    pv_buf_append_char(text, ')');
}

/* "130 of 420 points: 1.1.6 (80), 1.3.7 (50)", or "2 of 11 measures: 1.1.6, 1.3.7" where points do not say it. */
static void describe_measures_at_stake(pv_buf *text, const pv_tally *tally) {
    bool in_points = tally->has_points && tally->points_known;
    if (in_points) {
        pv_decimal_format(tally->points_at_stake, text);
        pv_buf_append_text(text, " of ");
        pv_decimal_format(tally->points, text);
        pv_buf_append_text(text, " points");
    } else {
        pv_buf_format(text, "%zu of ", tally->measures_at_stake);
        pv_layout_count(text, tally->measure_count, "measure");
    }
    bool any = false;
    for (size_t i = 0; i < tally->measure_count; i++) {
        if (!tally->measures[i].at_stake)
            continue;
        pv_buf_append_text(text, any ? ", " : ": ");
        write_measure(text, tally->measures[i].filed->measure, in_points);
        any = true;
    }
}

/* What of a measure is in doubt costs the measure, or its points; what belongs to no measure, the filing. */
static void describe_stake(pv_buf *text, const pv_tally *tally) {
    bool of_measures = tally->blocking > tally->blocking_filing;
    if (of_measures)
        describe_measures_at_stake(text, tally);
    if (tally->blocking_filing > 0) {
        pv_buf_append_text(text, of_measures ? "; and the filing as a whole (" : "the filing as a whole (");
        pv_layout_count(text, tally->blocking_filing, "finding");
        pv_buf_append_char(text, ')');
    }
}

static void describe_form(pv_buf *text, const pv_report_input *input) {
    pv_layout_text(text, input->submission->form->title);
    pv_buf_append_text(text, " (");
    pv_layout_text(text, input->pack->manifest->id);
    pv_buf_append_char(text, ' ');
    pv_layout_text(text, input->pack->manifest->version);
    pv_buf_append_text(text, ", ");
    pv_buf_append_text(text, pv_mode_name(input->results->mode));
    pv_buf_append_text(text, " mode");
    if (input->results->fail_on != PV_LEVEL_ERROR)
        pv_buf_format(text, ", fails on every %s", pv_level_name(input->results->fail_on));
    pv_buf_append_char(text, ')');
}

static void write_header(pv_buf *out, const pv_report_style *style, const pv_report_context *context,
                         const pv_report_input *input, const pv_tally *tally) {
    pv_buf text = pv_buf_on(out->memory);
    pv_layout_inked(out, style, PV_INK_STRONG, input->submission->source->path);
    pv_buf_append_char(out, '\n');
    describe_form(&text, input);
    pv_layout_wrap(out, pv_buf_str(&text), style->width, 0, 0, 0);
    pv_buf_reset(&text);
    pv_buf_append_char(out, '\n');

    pv_summary summary = tally->summary;
    summary.faults += input->pack->ruleset->fault_count; /* rules that were lost are missing here too */
    wording answer = wording_of(pv_answer_of(context, &summary));
    pv_answer_counts(&text, &summary);
    write_labelled(out, style, answer.ink, answer.text, &text);
    if (tally->blocking > 0) {
        describe_stake(&text, tally);
        write_labelled(out, style, PV_INK_FAINT, "at stake", &text);
    }
    if (input->submission->form->item_count > 0) {
        pv_buf_format(&text, "%zu of %zu responses", tally->answered, input->submission->form->item_count);
        write_labelled(out, style, PV_INK_FAINT, "answered", &text);
    }
    pv_buf_clear(&text);
}

/* Findings that belong to no submission; where there are none, nothing. */
static void write_loose(pv_buf *out, const pv_report_style *style, const pv_report_context *context,
                        const pv_report_input *input, pv_arena *scratch) {
    pv_buf text = pv_buf_on(out->memory);
    pv_summary summary = {.submissions = 1}; /* that there is none decides nothing here */
    pv_report_count(&summary, input);
    if (summary.fail + summary.review + summary.not_checked + summary.faults == 0 && !style->verbose) {
        pv_buf_clear(&text);
        return; /* that all is well beside them is no news */
    }
    pv_layout_inked(out, style, PV_INK_STRONG, input->title);
    pv_buf_append_text(out, "\n\n");
    pv_answer_counts(&text, &summary);
    write_labelled(out, style, wording_of(pv_answer_of(context, &summary)).ink, "found", &text);
    pv_findings_write(out, style, input, scratch);
    if (style->verbose)
        pv_findings_write_others(out, style, input, scratch);
    pv_buf_append_char(out, '\n');
    pv_buf_clear(&text);
}

static void write_submission(pv_buf *out, const pv_report_style *style, const pv_report_context *context,
                             const pv_report_input *input, pv_arena *scratch) {
    if (input->comparison) {
        pv_comparison_terminal(out, style, context, input, scratch);
        return;
    }
    if (style->quiet) {
        pv_findings_write_lines(out, style, input, scratch);
        return;
    }
    if (input->baseline) {
        pv_baseline_terminal(out, style, input->baseline);
        return;
    }
    if (!input->submission) {
        write_loose(out, style, context, input, scratch);
        return;
    }
    pv_tally tally;
    if (!pv_tally_count(&tally, scratch, input, input->results->fail_on)) {
        out->failed = true;
        return;
    }
    write_header(out, style, context, input, &tally);
    pv_findings_write(out, style, input, scratch);
    pv_accepted_write(out, style, context, input, scratch);
    pv_due_write(out, style, context->as_of, input, scratch);
    if (style->verbose)
        pv_findings_write_others(out, style, input, scratch);
    pv_table_write(out, style, input->submission->form, &tally);
    pv_matrices_terminal(out, style, input, scratch);
    pv_buf_append_char(out, '\n');
}

static void add_submission(pv_report *report, const pv_report_input *input) {
    if (input->comparison)
        pv_comparison_totals_add(report->state, input->comparison);
    write_submission(&report->text, &report->setup.style, report->setup.context, input, report->scratch);
    pv_entry_add_text(report, SUBMISSIONS, 0);
}

/* Where the submissions were not all judged in one mode: "; 2 in draft mode, 1 in gate mode". */
static void describe_modes(pv_buf *text, const pv_summary *summary) {
    const char *before = "; ";
    for (pv_mode mode = PV_MODE_DRAFT; mode < PV_MODE_COUNT; mode++) {
        if (summary->by_mode[mode] == 0 || summary->by_mode[mode] == summary->submissions)
            continue;
        pv_buf_format(text, "%s%zu in %s mode", before, summary->by_mode[mode], pv_mode_name(mode));
        before = ", ";
    }
}

/* The same of levels, where not all fail on errors alone. */
static void describe_fail_levels(pv_buf *text, const pv_summary *summary) {
    const char *before = "; ";
    if (summary->by_fail_on[PV_LEVEL_ERROR] == summary->submissions)
        return;
    for (size_t level = 0; level < PV_LEVEL_COUNT; level++) {
        size_t count = summary->by_fail_on[level];
        if (count == 0)
            continue;
        pv_buf_append_text(text, before);
        if (count < summary->submissions)
            pv_buf_format(text, "%zu ", count);
        pv_buf_format(text, "%s on every %s", count == 1 || count == summary->submissions ? "fails" : "fail",
                      pv_level_name((pv_level)level));
        before = ", ";
    }
}

/* What the answer rests on, and what to know about it. */
static void describe_run(pv_buf *text, const pv_report_context *context, const pv_summary *summary) {
    pv_layout_count(text, summary->submissions, "submission");
    pv_buf_append_text(text, ": ");
    pv_answer_counts(text, summary);
    pv_buf_append_text(text, "; ");
    pv_layout_count(text, summary->pass, "check");
    pv_buf_format(text, " passed, %zu not applicable", summary->not_applicable);
    if (context->baseline.size)
        pv_buf_format(text, "; %zu new, %zu known, %zu fixed since the baseline", summary->new_findings,
                      summary->unchanged, summary->fixed);
    if (context->compare.size)
        pv_buf_format(text, ", as of %.*s", PV_STR_ARG(context->as_of));
    describe_modes(text, summary);
    describe_fail_levels(text, summary);
    if (context->rule_pattern.size) {
        pv_buf_append_text(text, "; only rules ");
        pv_layout_text(text, context->rule_pattern);
        pv_buf_append_text(text, " were run");
    }
    if (summary->by_mode[PV_MODE_DRAFT] > 0)
        pv_buf_append_text(text, "; before it goes out, check it in submission mode");
}

static void write_foot(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    pv_buf *out = report->setup.out;
    const pv_report_style *style = &report->setup.style;
    const pv_report_context *context = report->setup.context;
    if (summary->submissions == 0)
        return; /* standard error has said all there is to say */
    pv_comparison_terminal_end(out, style, context, report->state);
    for (size_t i = 0; i < fault_count; i++) {
        pv_findings_write_fault(out, style, &faults[i]);
        pv_buf_append_char(out, '\n');
    }
    if (context->statistics)
        pv_statistics_terminal(out, style, context->statistics);
    wording answer = wording_of(pv_answer_of(context, summary));
    describe_run(&report->text, context, summary);
    write_labelled(out, style, answer.ink, answer.text, &report->text);
}

const pv_format pv_terminal_format = {
    .help = "for people",
    .reports_baseline = true,
    .per_submission = true,
    .sections = sections,
    .section_count = sizeof sections / sizeof *sections,
    .state_size = sizeof(pv_comparison_totals), /* comparisons are all made in one process */
    .submission = add_submission,
    .foot = write_foot,
};
