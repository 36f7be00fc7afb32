#include "report/check/terminal_p.h"

#include <inttypes.h>
#include <string.h>

#include "model/blocks.h"
#include "report/check/format.h"
#include "report/verdicts/comparison.h"
#include "report/verdicts/finding.h"
#include "report/verdicts/matrix.h"
#include "report/verdicts/statistics.h"
#include "report/verdicts/tally.h"

/* ---- measures as a table ---- */

#define GAP "  "
#define GAP_COLUMNS ((size_t)2)
#define POINTS_COLUMNS ((size_t)6)
#define STATE_COLUMNS ((size_t)12)
#define MIN_TITLE_COLUMNS ((size_t)8)
/* Narrower than this, the length column leaves out which response it is about. */
#define WIDTH_FOR_RESPONSE 72u

typedef struct widths {
    size_t id;
    size_t title;
    size_t state;
    bool points;   /* the form gives some */
    size_t length; /* 0: no response has a limit, or there is no room */
    const char *length_heading;
    bool names_response;
} widths;

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

/* "100/100", "79/50–150" of a minimum and a limit, "79/50 or more" of a minimum alone. */
static void write_words(pv_buf *out, const pv_response *response) {
    const pv_length *length = &response->item->length;
    pv_buf_format(out, "%zu/", response->word_count);
    if (length->word_minimum > 0)
        pv_buf_format(out, length->word_limit > 0 ? "%u–" : "%u or more", (unsigned)length->word_minimum);
    if (length->word_limit > 0)
        pv_buf_format(out, "%u", (unsigned)length->word_limit);
}

/* "100/100" or "812/900 characters"; " in 1.1.6.4" where it names the response. */
static void write_length(pv_buf *out, const pv_tightest *tightest, bool names_response) {
    if (tightest->in_characters)
        pv_buf_format(out, "%" PRIu64 "/%" PRIu64 " characters", tightest->part, tightest->whole);
    else
        write_words(out, tightest->response);
    if (names_response) {
        pv_buf_append_text(out, " in ");
        pv_layout_text(out, tightest->response->item->full_id);
        if (tightest->response->filed->row_name.size > 0) {
            pv_buf_append_text(out, " (");
            pv_layout_text(out, tightest->response->filed->row_name);
            pv_buf_append_char(out, ')');
        }
    }
}

/* What the columns hold at their widest. */
static void measure_contents(widths *columns, const pv_tally *tally, pv_buf *scratch) {
    for (size_t i = 0; i < tally->measure_count; i++) {
        const pv_measure_tally *counted = &tally->measures[i];
        columns->id = larger(columns->id, pv_layout_columns(counted->measure->id));
        columns->title = larger(columns->title, pv_layout_columns(counted->measure->title));
        columns->state = larger(columns->state, strlen(pv_standing_name(counted->standing)));
        if (!counted->tightest.response)
            continue;
        if (counted->tightest.in_characters)
            columns->length_heading = "Length of limit";
        pv_buf_reset(scratch);
        write_length(scratch, &counted->tightest, columns->names_response);
        columns->length = larger(columns->length, pv_layout_columns(pv_buf_str(scratch)));
    }
    columns->id = larger(columns->id, sizeof "Measure" - 1);
    if (columns->length)
        columns->length = larger(columns->length, strlen(columns->length_heading));
}

static widths measure_widths(const pv_report_style *style, const pv_tally *tally, pv_buf *scratch) {
    widths columns = {
        .state = STATE_COLUMNS,
        .points = tally->has_points,
        .length_heading = "Words of limit",
        .names_response = style->width >= WIDTH_FOR_RESPONSE,
    };
    measure_contents(&columns, tally, scratch);
    size_t taken = columns.id + GAP_COLUMNS + columns.state + GAP_COLUMNS;
    if (columns.points)
        taken += POINTS_COLUMNS + GAP_COLUMNS;
    if (columns.length && taken + GAP_COLUMNS + columns.length + MIN_TITLE_COLUMNS > style->width)
        columns.length = 0;
    if (columns.length)
        taken += GAP_COLUMNS + columns.length;
    size_t left = style->width > taken + MIN_TITLE_COLUMNS ? style->width - taken : MIN_TITLE_COLUMNS;
    if (columns.title > left)
        columns.title = left;
    return columns;
}

static pv_ink standing_ink(pv_standing standing) {
    switch (standing) {
    case PV_STANDING_PASSES:
        return PV_INK_GOOD;
    case PV_STANDING_NOT_REPORTED:
    case PV_STANDING_DOES_NOT_APPLY:
    case PV_STANDING_WAIVED:
    case PV_STANDING_KNOWN:
        return PV_INK_FAINT;
    case PV_STANDING_NOTE:
        return PV_INK_NOTE;
    case PV_STANDING_WARNING:
        return PV_INK_WARNING;
    case PV_STANDING_NOT_AS_ASKED:
    case PV_STANDING_NOT_ANSWERED:
    case PV_STANDING_ERROR:
    case PV_STANDING_NOT_CHECKED:
        return PV_INK_ERROR;
    }
    return PV_INK_FAINT;
}

/* Right-aligned, with a star after points that count once for a whole group. */
static void write_points(pv_buf *out, pv_decimal points, bool shared, pv_buf *scratch) {
    pv_buf_reset(scratch);
    pv_decimal_format(points, scratch);
    pv_str text = pv_buf_str(scratch);
    if (text.size < POINTS_COLUMNS)
        pv_buf_append_repeat(out, ' ', POINTS_COLUMNS - text.size);
    pv_buf_append(out, text);
    if (shared)
        pv_buf_append_char(out, '*');
}

static void write_head(pv_buf *out, const pv_report_style *style, const widths *columns) {
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_layout_cell(out, PV_STR("Measure"), columns->id + GAP_COLUMNS + columns->title);
    pv_buf_append_text(out, columns->points ? GAP "Points" GAP : GAP);
    if (columns->length) {
        pv_layout_cell(out, PV_STR("State"), columns->state);
        pv_buf_append_text(out, GAP);
        pv_buf_append_text(out, columns->length_heading);
    } else {
        pv_buf_append_text(out, "State");
    }
    pv_layout_plain(out, style);
    pv_buf_append_char(out, '\n');
}

static void write_row(pv_buf *out, const pv_report_style *style, const widths *columns, const pv_measure_tally *counted,
                      pv_buf *scratch) {
    const pv_measure *measure = counted->measure;
    pv_layout_cell(out, measure->id, columns->id);
    pv_buf_append_text(out, GAP);
    pv_layout_cell(out, measure->title, columns->title);
    pv_buf_append_text(out, GAP);
    if (columns->points) {
        if (counted->exempt)
            pv_buf_append_repeat(out, ' ', POINTS_COLUMNS);
        else
            write_points(out, measure->points, measure->group != NULL, scratch);
        pv_buf_append_text(out, measure->group && !counted->exempt ? " " : GAP);
    }
    pv_str state = pv_str_from(pv_standing_name(counted->standing));
    pv_layout_inked(out, style, standing_ink(counted->standing), state);
    if (columns->length && counted->tightest.response) {
        pv_buf_append_repeat(out, ' ', columns->state - state.size);
        pv_buf_append_text(out, GAP);
        write_length(out, &counted->tightest, columns->names_response);
    }
    pv_buf_append_char(out, '\n');
}

static void write_total(pv_buf *out, const pv_report_style *style, const widths *columns, const pv_tally *tally,
                        pv_buf *scratch) {
    if (!columns->points || !tally->points_known)
        return;
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_layout_cell(out, PV_STR("Total"), columns->id + GAP_COLUMNS + columns->title);
    pv_buf_append_text(out, GAP);
    pv_layout_plain(out, style);
    write_points(out, tally->points, false, scratch);
    pv_buf_append_text(out, "\n");
}

static bool group_applies(const pv_group *group, const pv_tally *tally) {
    bool any = false;
    for (size_t i = 0; i < group->within_count; i++)
        any |= !tally->measures[group->within[i]->index].exempt;
    return any;
}

/* "* 30 points once, for reporting on 1 of 1.2.6, 1.2.10" for each group; without points, "1 of 1.2.6, 1.2.10 is asked
 * for"; of one in another, or with others in it that have the points, under its title. */
static void write_groups(pv_buf *out, const pv_report_style *style, const widths *columns, const pv_form *form,
                         const pv_tally *tally, pv_buf *scratch) {
    for (size_t i = 0; i < form->group_count; i++) {
        const pv_group *group = &form->groups[i];
        if (!group_applies(group, tally))
            continue;
        bool has_points = columns->points && group->scored == group;
        pv_buf_reset(scratch);
        pv_buf_append_text(scratch, has_points ? "* " : "");
        if (group->group || group->group_count > 0)
            pv_buf_format(scratch, "“%.*s”: ", PV_STR_ARG(group->title));
        if (has_points) {
            pv_decimal_format(group->points, scratch);
            pv_buf_append_text(scratch, " points once, for reporting on ");
        }
        pv_buf_format(scratch, "%u of ", (unsigned)group->choose);
        pv_group_write_members(scratch, group);
        pv_buf_append_text(scratch, has_points ? "" : group->choose == 1 ? " is asked for" : " are asked for");
        pv_layout_inked_wrap(out, style, PV_INK_FAINT, pv_buf_str(scratch), GAP_COLUMNS);
    }
}

static void write_table(pv_buf *out, const pv_report_style *style, const pv_form *form, const pv_tally *tally) {
    if (tally->measure_count == 0)
        return;
    pv_buf scratch = pv_buf_on(out->memory);
    widths columns = measure_widths(style, tally, &scratch);
    pv_buf_append_char(out, '\n');
    write_head(out, style, &columns);
    for (size_t i = 0; i < tally->measure_count; i++)
        write_row(out, style, &columns, &tally->measures[i], &scratch);
    write_total(out, style, &columns, tally, &scratch);
    write_groups(out, style, &columns, form, tally, &scratch);
    out->failed |= scratch.failed;
    pv_buf_clear(&scratch);
}

/* ---- a submission, and the end ---- */

typedef struct wording {
    const char *text;
    pv_ink ink;
} wording;

#define LABEL_COLUMNS ((size_t)13)
#define INDENT ((size_t)2)
/* Measures that are named to be read first. */
#define MOST_READ_FIRST ((size_t)3)
/* Files that were passed over, by name. */
#define MOST_SKIPPED ((size_t)10)

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
    pv_decimal_format(measure->points, text);
    pv_buf_append_char(text, ')');
}

static pv_decimal points_of(const pv_measure_tally *counted) {
    const pv_measure *measure = counted->measure;
    return measure->group ? measure->group->points : measure->points;
}

/* An order of all measures of a form: fewer points, or as many and later in it. */
static bool weighs_less(const pv_measure_tally *a, const pv_measure_tally *b) {
    int order = pv_decimal_compare(points_of(a), points_of(b));
    return order != 0 ? order < 0 : a > b;
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
        write_measure(text, tally->measures[i].measure, in_points);
        any = true;
    }
}

static size_t measures_with_warnings(const pv_tally *tally) {
    size_t count = 0;
    for (size_t i = 0; i < tally->measure_count; i++)
        count += tally->measures[i].standing == PV_STANDING_WARNING;
    return count;
}

/* Of several measures with warnings those that weigh most: by points, of as many the first in the form. */
static void describe_read_first(pv_buf *text, const pv_tally *tally) {
    const pv_measure_tally *before = NULL;
    if (measures_with_warnings(tally) < 2)
        return;
    for (size_t named = 0; named < MOST_READ_FIRST; named++) {
        const pv_measure_tally *next = NULL;
        for (size_t i = 0; i < tally->measure_count; i++) {
            const pv_measure_tally *counted = &tally->measures[i];
            if (counted->standing == PV_STANDING_WARNING && (!before || weighs_less(counted, before)) &&
                (!next || weighs_less(next, counted)))
                next = counted;
        }
        if (!next)
            return;
        pv_buf_append_text(text, before ? ", " : "the warnings of ");
        write_measure(text, next->measure, true);
        before = next;
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

#define MOST_LEFT_OUT ((size_t)3) /* that are said one by one */

/* What of a document was passed over: that nothing is found in it says nothing. */
static void describe_left_out(pv_buf *text, const pv_submission *submission) {
    const size_t count = submission->left_out_count;
    for (size_t i = 0; i < count && i < MOST_LEFT_OUT; i++) {
        const pv_left_out *left_out = &submission->left_out[i];
        pv_buf_append_text(text, i == 0 ? "" : "; ");
        pv_layout_text(text, pv_str_from(pv_source_describe(submission->source, left_out->at.start).text));
        pv_buf_append_text(text, ": ");
        pv_layout_text(text, left_out->what);
    }
    if (count > MOST_LEFT_OUT)
        pv_buf_format(text, "; and %zu more, which proviso show lists", count - MOST_LEFT_OUT);
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
    if (tally->blocking == 0 && tally->has_points) {
        describe_read_first(&text, tally);
        if (text.size > 0)
            write_labelled(out, style, PV_INK_FAINT, "read first", &text);
    }
    if (input->submission->form->item_count > 0) {
        size_t asked = input->submission->response_count;
        pv_buf_format(&text, "%zu of %zu response%s", tally->answered, asked, asked == 1 ? "" : "s");
        if (tally->exempt > 0)
            pv_buf_format(&text, "; %zu %s not apply", tally->exempt, tally->exempt == 1 ? "does" : "do");
        write_labelled(out, style, PV_INK_FAINT, "answered", &text);
    }
    if (input->submission->left_out_count > 0) {
        describe_left_out(&text, input->submission);
        write_labelled(out, style, PV_INK_FAINT, "left out", &text);
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
        return; /* that all is well with the other files is no news */
    }
    pv_layout_inked(out, style, PV_INK_STRONG, input->title);
    pv_buf_append_text(out, "\n\n");
    pv_answer_counts(&text, &summary);
    write_labelled(out, style, wording_of(pv_answer_of(context, &summary)).ink, "found", &text);
    pv_findings_write(out, style, input, scratch);
    pv_findings_write_rest(out, style, input, scratch);
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
    write_table(out, style, input->submission->form, &tally);
    pv_matrices_terminal(out, style, input, scratch);
    pv_findings_write_rest(out, style, input, scratch);
    pv_accepted_write(out, style, context, input, scratch);
    pv_due_write(out, style, context->as_of, input, scratch);
    if (style->verbose)
        pv_findings_write_others(out, style, input, scratch);
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
static void describe_run(pv_buf *text, const pv_report_style *style, const pv_report_context *context,
                         const pv_summary *summary) {
    if (summary->submissions == 0 && summary->fail + summary->review + summary->not_checked == 0) {
        pv_buf_append_text(text, "nothing was checked: ");
        pv_layout_count(text, summary->faults, "fault");
        return;
    }
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
    if (style->quiet && context->skipped && context->skipped->count > 0) { /* else they were named above */
        pv_buf_append_text(text, "; ");
        pv_layout_count(text, context->skipped->count, "file");
        pv_buf_append_text(text, " passed over");
    }
    if (summary->by_mode[PV_MODE_DRAFT] > 0)
        pv_buf_append_text(text, "; before it goes out, check it in submission mode");
}

/* What was found and not checked, before the answer that does not cover it; of many, some by name. */
static void write_skipped(pv_buf *out, const pv_report_style *style, const pv_report_context *context, pv_buf *text) {
    if (!context->skipped || context->skipped->count == 0 || style->quiet)
        return;
    pv_skipped_sentence(text, context, style->verbose ? SIZE_MAX : MOST_SKIPPED, pv_layout_text);
    pv_buf_append_repeat(out, ' ', INDENT);
    pv_layout_wrap(out, pv_buf_str(text), style->width, INDENT, INDENT, 0);
    pv_buf_append_char(out, '\n');
    out->failed |= text->failed;
    pv_buf_reset(text);
}

static void write_foot(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    pv_buf *out = report->setup.out;
    const pv_report_style *style = &report->setup.style;
    const pv_report_context *context = report->setup.context;
    if (summary->submissions > 0)
        pv_comparison_terminal_end(out, style, context, report->state);
    for (size_t i = 0; i < fault_count; i++) {
        pv_findings_write_fault(out, style, &faults[i]);
        pv_buf_append_char(out, '\n');
    }
    if (context->statistics)
        pv_statistics_terminal(out, style, context->statistics);
    write_skipped(out, style, context, &report->text);
    wording answer = wording_of(pv_answer_of(context, summary));
    describe_run(&report->text, style, context, summary);
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
