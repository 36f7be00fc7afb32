#include "report/verdicts/accepted.h"

#include "report/verdicts/excerpt.h"
#include "report/verdicts/finding.h"
#include "report/write/layout.h"

#define INDENT ((size_t)2)

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
static void write_row(pv_buf *out, const pv_report_style *style, const pv_report_input *input,
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

void pv_waiver_sentence(pv_buf *out, const pv_waiver *waiver) {
    char day[PV_DATE_SIZE];
    pv_date_write(waiver->expires, day);
    pv_buf_append_text(out, "waived by ");
    pv_buf_append(out, waiver->approver);
    pv_buf_format(out, " until %s (", day);
    pv_buf_append(out, waiver->id);
    pv_buf_append_text(out, "): ");
    pv_buf_append(out, waiver->reason);
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
        write_row(out, style, input, verdict, scratch);
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
            write_row(out, style, input, &input->results->verdicts[i], scratch);
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
