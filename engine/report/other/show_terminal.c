#include <string.h>

#include "report/other/show.h"
#include "report/verdicts/excerpt.h"
#include "report/verdicts/length.h"
#include "report/write/layout.h"

#define INDENT ((size_t)2)
#define TEXT_INDENT ((size_t)4)
#define TEXT_LINES ((size_t)3)

static void write_heading(pv_buf *out, const pv_report_style *style, const char *heading) {
    pv_buf_append_char(out, '\n');
    pv_layout_inked(out, style, PV_INK_STRONG, pv_str_from(heading));
    pv_buf_append_char(out, '\n');
}

/* " at 37:22", faint. */
static void write_where(pv_buf *out, const pv_report_style *style, const pv_source *source, pv_span at) {
    pv_position position = pv_source_locate(source, at.start);
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_buf_format(out, " at %u:%u", (unsigned)position.line, (unsigned)position.column);
    pv_layout_plain(out, style);
}

static void join_elements(pv_buf *out, const pv_value *value) {
    for (size_t i = 0; i < value->element_count; i++) {
        if (i > 0)
            pv_buf_append_text(out, ", ");
        pv_buf_append(out, value->elements[i].value);
    }
}

/* "letters/first.txt, 1203 words" */
static void write_file(pv_buf *out, const pv_value *value) {
    size_t words;
    pv_error error = {0};
    out->failed |= !pv_words_count(value->text.value, PV_WORD_METHOD_WORD, &words, &error);
    pv_buf_append(out, value->file->path);
    pv_buf_append_text(out, ", ");
    pv_length_write(out, &value->spec->length, out->failed ? 0 : words, value->text.value);
}

/* "  label: value", wrapped under the value. */
static void write_value(pv_buf *out, const pv_report_style *style, const pv_source *source, const pv_value *value,
                        size_t indent) {
    pv_buf text = pv_buf_on(out->memory);
    if (!value->given)
        pv_buf_append_text(&text, "(not given)");
    else if (value->unreadable)
        pv_buf_format(&text, "%.*s (not understood)", PV_STR_ARG(pv_source_slice(source, value->at)));
    else if (value->file)
        write_file(&text, value);
    else if (value->spec->type == PV_TYPE_LIST)
        join_elements(&text, value);
    else
        pv_buf_append(&text, value->text.value);
    pv_buf_append_repeat(out, ' ', indent);
    pv_layout_text(out, value->spec->label);
    pv_buf_append_text(out, ": ");
    pv_layout_wrap(out, pv_buf_str(&text), style->width, indent + pv_layout_columns(value->spec->label) + 2,
                   indent + INDENT, 0);
    out->failed |= text.failed;
    pv_buf_clear(&text);
}

static void write_fields(pv_buf *out, const pv_report_style *style, const pv_submission *submission) {
    if (submission->fields.count == 0)
        return;
    write_heading(out, style, "Fields");
    for (size_t i = 0; i < submission->fields.count; i++)
        write_value(out, style, submission->source, &submission->fields.values[i], INDENT);
}

static void write_response(pv_buf *out, const pv_report_style *style, const pv_source *source,
                           const pv_response *response) {
    pv_buf_append_repeat(out, ' ', INDENT);
    pv_layout_inked(out, style, PV_INK_STRONG, response->item->full_id);
    if (response->blank) {
        pv_layout_inked(out, style, PV_INK_WARNING, response->given ? PV_STR(" blank") : PV_STR(" not given"));
        pv_buf_append_char(out, '\n');
        return;
    }
    pv_buf_append_char(out, ' ');
    pv_length_write(out, &response->item->length, response->words.count, response->text.value);
    if (response->confidence < 1)
        pv_buf_format(out, ", aligned with %u %% confidence", (unsigned)(response->confidence * 100 + 0.5));
    write_where(out, style, source, response->at);
    pv_buf_append_char(out, '\n');
    pv_buf_append_repeat(out, ' ', TEXT_INDENT);
    pv_layout_wrap(out, response->text.value, style->width, TEXT_INDENT, TEXT_INDENT, style->verbose ? 0 : TEXT_LINES);
}

static void write_measure(pv_buf *out, const pv_report_style *style, const pv_source *source,
                          const pv_filed_measure *filed) {
    const pv_measure *measure = filed->measure;
    pv_buf_append_char(out, '\n');
    pv_layout_inked(out, style, PV_INK_STRONG, measure->id);
    pv_buf_append_char(out, ' ');
    pv_layout_text(out, measure->title);
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_buf_append_text(out, measure->obligation == PV_OBLIGATION_MANDATORY ? " (mandatory" : " (optional");
    if (measure->points.coefficient > 0) {
        pv_buf_append_text(out, ", ");
        pv_decimal_format(measure->points, out);
        pv_buf_append_text(out, " points");
    }
    pv_buf_append_char(out, ')');
    pv_layout_plain(out, style);
    pv_buf_append_text(out, filed->given ? "\n" : ": not reported\n");
    for (size_t i = 0; filed->given && i < measure->item_count; i++)
        write_response(out, style, source, &filed->responses[i]);
}

static void write_records(pv_buf *out, const pv_report_style *style, const pv_submission *submission) {
    for (size_t i = 0; i < submission->form->record_count; i++) {
        const pv_record_list *list = &submission->records[i];
        pv_buf_append_char(out, '\n');
        pv_layout_inked(out, style, PV_INK_STRONG, list->spec->label);
        pv_buf_append_text(out, list->count == 0 ? ": none\n" : "\n");
        for (size_t row = 0; row < list->count; row++) {
            const pv_record *record = &list->records[row];
            pv_buf_format(out, "  %zu", record->number);
            write_where(out, style, submission->source, record->at);
            pv_buf_append_char(out, '\n');
            for (size_t column = 0; column < record->values.count; column++)
                if (record->values.values[column].given)
                    write_value(out, style, submission->source, &record->values.values[column], TEXT_INDENT);
        }
    }
}

static void write_problems(pv_buf *out, const pv_report_style *style, const pv_submission *submission) {
    if (submission->problem_count == 0)
        return;
    write_heading(out, style, "Not understood");
    for (size_t i = 0; i < submission->problem_count; i++) {
        const pv_problem *problem = &submission->problems[i];
        const pv_place place = {problem->at, problem->expected_here};
        pv_buf_append_repeat(out, ' ', INDENT);
        pv_layout_wrap(out, problem->message, style->width, INDENT, INDENT, 0);
        pv_excerpt_write(out, style, PV_INK_ERROR, submission->source, &place);
    }
}

void pv_show_terminal(pv_buf *out, const pv_report_style *style, const pv_submission *submission) {
    const pv_form *form = submission->form;
    pv_layout_inked(out, style, PV_INK_STRONG, submission->source->path);
    pv_buf_append_char(out, '\n');
    pv_layout_wrap(out, form->title, style->width, 0, 0, 0);
    write_fields(out, style, submission);
    for (size_t i = 0; i < form->measure_count; i++)
        write_measure(out, style, submission->source, &submission->measures[i]);
    write_records(out, style, submission);
    write_problems(out, style, submission);
}
