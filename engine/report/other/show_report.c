#include "report/other/show_report.h"

#include <string.h>

#include "base/utf8.h"
#include "model/blocks.h"
#include "report/verdicts/place.h"
#include "report/write/json.h"
#include "report/write/layout.h"

/* ---- for programs ---- */

static const pv_str attachment_kind = PV_STR("attachment");

static void write_at(pv_json *json, const pv_source *source, pv_span span, bool expected_here) {
    const pv_place place = {span, expected_here};
    pv_json_key(json, "at");
    pv_json_object_begin(json);
    pv_json_place_members(json, source, &place, PV_PLACE_WORDS_NONE);
    pv_json_object_end(json);
}

static void write_decimal(pv_json *json, const char *key, pv_decimal value) {
    pv_buf text = pv_buf_on(json->out->memory);
    pv_decimal_format(value, &text);
    pv_json_key(json, key);
    pv_json_raw(json, pv_buf_str(&text));
    json->out->failed |= text.failed;
    pv_buf_clear(&text);
}

/* An attached document is not written out: whoever wants it opens it. */
static void write_file_json(pv_json *json, const pv_value *value) {
    size_t words = 0;
    pv_error error = {0};
    json->out->failed |= !pv_words_count(value->text.value, PV_WORD_METHOD_WORD, &words, &error);
    pv_json_member(json, "file", value->file->path);
    pv_json_key(json, "words");
    pv_json_unsigned(json, words);
}

/* Only of a part that does not apply. */
static void write_applies(pv_json *json, pv_str why_not) {
    if (why_not.size == 0)
        return;
    pv_json_key(json, "applies");
    pv_json_bool(json, false);
    pv_json_member(json, "why_not", why_not);
}

static bool is_looked_at(const pv_value *value) {
    return value->spec->type == PV_TYPE_FILE && pv_value_is_known(value) && !pv_value_is_blank(value);
}

/* Of a file, which is not opened, beside its path. */
static void write_looked_at_json(pv_json *json, const pv_value *value) {
    pv_json_key(json, "kind");
    if (value->kind)
        pv_json_string(json, pv_str_from(value->kind->name));
    else
        pv_json_null(json);
    pv_json_key(json, "bytes");
    pv_json_unsigned(json, value->size);
}

static void write_words_json(pv_json *json, const pv_source *source, pv_span at) {
    pv_buf scratch = pv_buf_on(json->out->memory);
    pv_json_string(json, pv_source_words(source, at, &scratch));
    json->out->failed |= scratch.failed;
    pv_buf_clear(&scratch);
}

/* Values stay as written: whoever reads the report decides what 1.10 means, not this writer. */
static void write_what_is_given(pv_json *json, const pv_source *source, const pv_value *value) {
    pv_json_key(json, "value");
    if (!value->given) {
        pv_json_null(json);
    } else if (value->unreadable) {
        write_words_json(json, source, value->at);
    } else if (value->spec->type == PV_TYPE_LIST) {
        pv_json_array_begin(json);
        for (size_t i = 0; i < value->element_count; i++)
            pv_json_string(json, value->elements[i].value);
        pv_json_array_end(json);
    } else {
        pv_json_string(json, value->text.value);
    }
    if (is_looked_at(value))
        write_looked_at_json(json, value);
}

static void write_other_reading_json(pv_json *json, const pv_source *source, const pv_text *other) {
    size_t words = 0;
    pv_error error = {0};
    pv_json_key(json, "other");
    if (!other) {
        pv_json_null(json);
        return;
    }
    json->out->failed |= !pv_words_count(other->value, PV_WORD_METHOD_WORD, &words, &error);
    pv_json_object_begin(json);
    pv_json_member(json, "text", other->value);
    pv_json_key(json, "words");
    pv_json_unsigned(json, words);
    write_at(json, source, pv_text_locate(other, 0, other->value.size), false);
    pv_json_object_end(json);
}

/* Only of what could not be told with certainty. */
static void write_uncertainty_json(pv_json *json, const pv_source *source, const pv_uncertainty *uncertainty) {
    if (!uncertainty)
        return;
    pv_json_key(json, "uncertainty");
    pv_json_object_begin(json);
    pv_json_member(json, "why", uncertainty->why);
    write_other_reading_json(json, source, uncertainty->other);
    pv_json_object_end(json);
}

static void write_value_json(pv_json *json, const pv_source *source, const pv_value *value) {
    pv_json_object_begin(json);
    if (value->file) {
        write_file_json(json, value);
        write_at(json, source, value->at, false);
        pv_json_object_end(json);
        return;
    }
    write_what_is_given(json, source, value);
    write_applies(json, value->why_not);
    write_at(json, source, value->at, !value->given);
    write_uncertainty_json(json, source, value->uncertainty);
    pv_json_object_end(json);
}

static void write_values(pv_json *json, const char *key, const pv_source *source, const pv_value_list *list) {
    pv_json_key(json, key);
    pv_json_object_begin(json);
    for (size_t i = 0; i < list->count; i++) {
        pv_json_key_str(json, list->values[i].spec->name);
        write_value_json(json, source, &list->values[i]);
    }
    pv_json_object_end(json);
}

/* null where the form sets none. */
static void write_limit(pv_json *json, const char *key, uint32_t limit) {
    pv_json_key(json, key);
    if (limit > 0)
        pv_json_unsigned(json, limit);
    else
        pv_json_null(json);
}

/* Numbers and bullets that the word processor makes, each by the character of the text that it stands before. Only
 * where there are any. */
static void write_labels_json(pv_json *json, const pv_response *response) {
    const pv_text *text = &response->text;
    if (text->label_count == 0)
        return;
    pv_json_key(json, "words_with_labels");
    pv_json_unsigned(json, response->word_count + pv_text_label_words(text, 0, text->value.size));
    pv_json_key(json, "labels");
    pv_json_array_begin(json);
    for (size_t i = 0; i < text->label_count; i++) {
        pv_json_object_begin(json);
        pv_json_member(json, "label", text->labels[i].label);
        pv_json_key(json, "before");
        pv_json_unsigned(json, pv_utf8_length(pv_str_slice(text->value, 0, text->labels[i].at)) + 1);
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
}

static void write_response_json(pv_json *json, const pv_source *source, const pv_response *response) {
    const pv_decimal thousandths = {.coefficient = (int64_t)(response->confidence * 1000 + 0.5), .scale = 3};
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "item", response->item->id);
    pv_json_member(json, "prompt", response->item->prompt);
    write_applies(json, response->why_not);
    pv_json_key(json, "given");
    pv_json_bool(json, response->given);
    pv_json_key(json, "blank");
    pv_json_bool(json, response->blank);
    pv_json_member(json, "text", response->text.value);
    if (response->value) {
        pv_json_member(json, "type", pv_str_from(pv_type_name(response->value->spec->type)));
        write_what_is_given(json, source, response->value);
    }
    pv_json_key(json, "words");
    pv_json_unsigned(json, response->word_count);
    write_limit(json, "word_minimum", response->item->length.word_minimum);
    write_limit(json, "word_limit", response->item->length.word_limit);
    pv_json_key(json, "characters");
    pv_json_unsigned(json, pv_utf8_length(response->text.value));
    write_limit(json, "character_limit", response->item->length.character_limit);
    write_at(json, source, response->at, response->blank);
    write_decimal(json, "confidence", thousandths);
    write_labels_json(json, response);
    write_uncertainty_json(json, source, response->uncertainty);
    pv_json_object_end(json);
}

/* The row that the measure is given for; null where there is none. */
static void write_row_json(pv_json *json, const pv_filed_measure *filed) {
    pv_json_member(json, "for_each", pv_measure_rows_name(filed->measure));
    pv_json_optional_member(json, "row", filed->row_name);
}

static void write_measure_json(pv_json *json, const pv_source *source, const pv_filed_measure *filed) {
    const pv_measure *measure = filed->measure;
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "id", measure->id);
    pv_json_member(json, "title", measure->title);
    if (pv_measure_is_repeated(measure))
        write_row_json(json, filed);
    pv_json_member(json, "obligation",
                   measure->obligation == PV_OBLIGATION_MANDATORY ? PV_STR("mandatory") : PV_STR("optional"));
    write_decimal(json, "points", measure->points);
    write_applies(json, filed->why_not);
    pv_json_key(json, "given");
    pv_json_bool(json, filed->given);
    write_at(json, source, filed->at, !filed->given);
    pv_json_key(json, "responses");
    pv_json_array_begin(json);
    for (size_t i = 0; i < measure->item_count; i++)
        write_response_json(json, source, &filed->responses[i]);
    pv_json_array_end(json);
    pv_json_object_end(json);
}

static void write_record(pv_json *json, const pv_source *source, const pv_record *record) {
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "kind", record->spec->name);
    pv_json_key(json, "number");
    pv_json_unsigned(json, record->number);
    write_values(json, "values", source, &record->values);
    write_at(json, source, record->at, false);
    pv_json_object_end(json);
}

/* The rows of the attachment kind, or of all the others. */
static void write_records_json(pv_json *json, const char *key, const pv_submission *submission, bool attachments) {
    pv_json_line_break(json);
    pv_json_key(json, key);
    pv_json_array_begin(json);
    for (size_t i = 0; i < submission->form->record_count; i++) {
        const pv_record_list *list = &submission->records[i];
        for (size_t row = 0; row < list->count; row++)
            if (pv_str_equal(list->spec->name, attachment_kind) == attachments)
                write_record(json, submission->source, &list->records[row]);
    }
    pv_json_array_end(json);
}

static void write_problems_json(pv_json *json, const pv_submission *submission) {
    pv_json_line_break(json);
    pv_json_key(json, "not_understood");
    pv_json_array_begin(json);
    for (size_t i = 0; i < submission->problem_count; i++) {
        const pv_problem *problem = &submission->problems[i];
        pv_json_line_break(json);
        pv_json_object_begin(json);
        write_at(json, submission->source, problem->at, problem->expected_here);
        pv_json_member(json, "why", problem->message);
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
}

/* Only of a document. */
static void write_left_out_json(pv_json *json, const pv_submission *submission) {
    if (submission->has_changes)
        pv_json_member(json, "tracked_changes", PV_STR("accepted"));
    if (submission->left_out_count == 0)
        return;
    pv_json_line_break(json);
    pv_json_key(json, "left_out");
    pv_json_array_begin(json);
    for (size_t i = 0; i < submission->left_out_count; i++) {
        pv_json_line_break(json);
        pv_json_object_begin(json);
        write_at(json, submission->source, submission->left_out[i].at, false);
        pv_json_member(json, "what", submission->left_out[i].what);
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
}

void pv_show_json(pv_buf *out, const pv_submission *submission) {
    pv_json json = pv_json_on(out);
    pv_json_object_begin(&json);
    pv_json_key(&json, "schema");
    pv_json_unsigned(&json, 1);
    pv_json_member(&json, "path", submission->source->path);
    pv_json_member(&json, "form", submission->form->id);
    pv_json_member(&json, "format", submission->format);
    pv_json_line_break(&json);
    write_values(&json, "fields", submission->source, &submission->fields);
    pv_json_line_break(&json);
    pv_json_key(&json, "measures");
    pv_json_array_begin(&json);
    for (size_t i = 0; i < submission->measure_count; i++)
        write_measure_json(&json, submission->source, &submission->measures[i]);
    pv_json_array_end(&json);
    write_records_json(&json, "records", submission, false);
    write_records_json(&json, "attachments", submission, true);
    write_problems_json(&json, submission);
    write_left_out_json(&json, submission);
    pv_json_object_end(&json);
    pv_buf_append_char(out, '\n');
}

/* ---- how long a text may be ---- */

bool pv_length_is_limited(const pv_length *length) {
    return length->word_minimum > 0 || length->word_limit > 0 || length->character_limit > 0;
}

/* "50 to 300", "at least 50" or "at most 300"; one of them is not 0. */
static void write_range(pv_buf *out, uint32_t least, uint32_t most) {
    if (least > 0 && most > 0)
        pv_buf_format(out, "%u to %u", least, most);
    else
        pv_buf_format(out, "at %s %u", least > 0 ? "least" : "most", least > 0 ? least : most);
}

void pv_length_write_limits(pv_buf *out, const pv_length *length) {
    uint32_t words = length->word_limit > 0 ? length->word_limit : length->word_minimum;
    if (words > 0) {
        write_range(out, length->word_minimum, length->word_limit);
        pv_buf_append_text(out, words == 1 ? " word" : " words");
    }
    if (length->character_limit > 0) {
        pv_buf_append_text(out, words > 0 ? ", " : "");
        write_range(out, 0, length->character_limit);
        pv_buf_append_text(out, length->character_limit == 1 ? " character" : " characters");
    }
}

/* "139 words of 50 to 300, 812 characters of at most 1800"; the words also of a text that is not limited. */
static void write_length(pv_buf *out, const pv_length *length, size_t words, pv_str text) {
    pv_layout_count(out, words, "word");
    if (length->word_minimum > 0 || length->word_limit > 0) {
        pv_buf_append_text(out, " of ");
        write_range(out, length->word_minimum, length->word_limit);
    }
    if (length->character_limit > 0) {
        pv_buf_append_text(out, ", ");
        pv_layout_count(out, pv_utf8_length(text), "character");
        pv_buf_append_text(out, " of ");
        write_range(out, 0, length->character_limit);
    }
}

/* ---- for people ---- */

#define INDENT ((size_t)2)
#define TEXT_INDENT ((size_t)4)
#define TEXT_LINES ((size_t)3)

static void write_heading(pv_buf *out, const pv_report_style *style, const char *heading) {
    pv_buf_append_char(out, '\n');
    pv_layout_inked(out, style, PV_INK_STRONG, pv_str_from(heading));
    pv_buf_append_char(out, '\n');
}

/* " at 37:22", " on page 2, paragraph 7", faint. */
static void write_where(pv_buf *out, const pv_report_style *style, const pv_source *source, pv_span at) {
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_buf_append_text(out, pv_source_has_lines(source, at.start) ? " at " : ", ");
    pv_layout_text(out, pv_str_from(pv_place_called_alone(source, at.start).text));
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
    write_length(out, &value->spec->length, out->failed ? 0 : words, value->text.value);
}

static void write_unreadable(pv_buf *text, const pv_source *source, pv_span at) {
    pv_buf scratch = pv_buf_on(text->memory);
    pv_buf_append(text, pv_source_words(source, at, &scratch));
    pv_buf_append_text(text, " (not understood)");
    text->failed |= scratch.failed;
    pv_buf_clear(&scratch);
}

static void write_given(pv_buf *text, const pv_source *source, const pv_value *value) {
    if (value->unreadable)
        write_unreadable(text, source, value->at);
    else if (value->file)
        write_file(text, value);
    else if (is_looked_at(value))
        pv_buf_format(text, "%.*s, %s%s%s", PV_STR_ARG(value->text.value), value->kind ? value->kind->called : "",
                      value->kind ? ", " : "", pv_file_size_show(value->size).text);
    else if (value->spec->type == PV_TYPE_LIST)
        join_elements(text, value);
    else
        pv_buf_append(text, value->text.value);
}

/* The text, with made labels in "‹ ›" before what they stand before. */
static void write_text(pv_buf *out, const pv_report_style *style, const pv_text *text) {
    pv_buf shown = pv_buf_on(out->memory);
    size_t done = 0;
    for (size_t i = 0; i < text->label_count; i++) {
        pv_buf_append(&shown, pv_str_slice(text->value, done, text->labels[i].at));
        pv_buf_format(&shown, "‹%.*s› ", PV_STR_ARG(text->labels[i].label));
        done = text->labels[i].at;
    }
    pv_buf_append(&shown, pv_str_slice(text->value, done, text->value.size));
    pv_buf_append_repeat(out, ' ', TEXT_INDENT);
    pv_layout_wrap(out, pv_buf_str(&shown), style->width, TEXT_INDENT, TEXT_INDENT, style->verbose ? 0 : TEXT_LINES);
    out->failed |= shown.failed;
    pv_buf_clear(&shown);
}

/* Why it is not certain, and the other reading. */
static void write_uncertainty(pv_buf *out, const pv_report_style *style, const pv_source *source,
                              const pv_uncertainty *uncertainty) {
    if (!uncertainty)
        return;
    pv_buf_append_repeat(out, ' ', TEXT_INDENT);
    pv_layout_inked(out, style, PV_INK_WARNING, PV_STR("not certain: "));
    pv_layout_wrap(out, uncertainty->why, style->width, TEXT_INDENT + strlen("not certain: "), TEXT_INDENT, 0);
    const pv_text *other = uncertainty->other;
    size_t words = 0;
    pv_error error = {0};
    if (!other)
        return;
    out->failed |= !pv_words_count(other->value, PV_WORD_METHOD_WORD, &words, &error);
    pv_buf_append_repeat(out, ' ', TEXT_INDENT);
    pv_buf_append_text(out, "it may be ");
    pv_layout_count(out, words, "word");
    write_where(out, style, source, pv_text_locate(other, 0, other->value.size));
    pv_buf_append_text(out, ":\n");
    write_text(out, style, other);
}

/* "  label: value", wrapped under the value. */
static void write_value(pv_buf *out, const pv_report_style *style, const pv_source *source, const pv_value *value,
                        size_t indent) {
    pv_buf text = pv_buf_on(out->memory);
    if (!value->given && value->why_not.size > 0)
        pv_buf_format(&text, "(%.*s)", PV_STR_ARG(value->why_not));
    else if (!value->given)
        pv_buf_append_text(&text, "(not given)");
    else
        write_given(&text, source, value);
    if (value->given && value->why_not.size > 0)
        pv_buf_format(&text, " (%.*s)", PV_STR_ARG(value->why_not));
    if (value->given && !pv_source_has_lines(source, value->at.start))
        pv_buf_format(&text, " (%s)", pv_source_describe(source, value->at.start).text);
    pv_buf_append_repeat(out, ' ', indent);
    pv_layout_text(out, value->spec->label);
    pv_buf_append_text(out, ": ");
    pv_layout_wrap(out, pv_buf_str(&text), style->width, indent + pv_layout_columns(value->spec->label) + 2,
                   indent + INDENT, 0);
    write_uncertainty(out, style, source, value->uncertainty);
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

/* On lines of its own, below what does not apply. */
static void write_why_not(pv_buf *out, const pv_report_style *style, pv_str why_not) {
    if (why_not.size == 0)
        return;
    pv_buf_append_repeat(out, ' ', TEXT_INDENT);
    pv_layout_wrap(out, why_not, style->width, TEXT_INDENT, TEXT_INDENT, 0);
}

/* After the item's id, of one that asks for a value. */
static void write_response_value(pv_buf *out, const pv_report_style *style, const pv_source *source,
                                 const pv_response *response) {
    pv_buf text = pv_buf_on(out->memory);
    pv_buf_append_char(out, ' ');
    pv_layout_text(out, pv_str_from(pv_type_name(response->value->spec->type)));
    write_where(out, style, source, response->at);
    pv_buf_append_char(out, '\n');
    write_given(&text, source, response->value);
    pv_buf_append_repeat(out, ' ', TEXT_INDENT);
    pv_layout_wrap(out, pv_buf_str(&text), style->width, TEXT_INDENT, TEXT_INDENT, style->verbose ? 0 : TEXT_LINES);
    write_uncertainty(out, style, source, response->uncertainty);
    out->failed |= text.failed;
    pv_buf_clear(&text);
}

/* ", 102 with the numbers and bullets that the word processor adds" */
static void write_labelled_count(pv_buf *out, const pv_response *response) {
    char said[PV_LABELLED_SIZE];
    const size_t labels = pv_text_label_words(&response->text, 0, response->text.value.size);
    if (labels == 0)
        return;
    pv_labelled_count(response->word_count + labels, said);
    pv_buf_append_text(out, said);
}

/* ", in 2 parts", faint. */
static void write_part_count(pv_buf *out, const pv_report_style *style, const pv_source *source, pv_span at) {
    const pv_parts parts = pv_source_parts(source, at);
    if (parts.cut_count == 0)
        return;
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_buf_format(out, ", in %zu parts", pv_parts_count(&parts));
    pv_layout_plain(out, style);
}

static void write_response(pv_buf *out, const pv_report_style *style, const pv_source *source,
                           const pv_response *response) {
    pv_buf_append_repeat(out, ' ', INDENT);
    pv_layout_inked(out, style, PV_INK_STRONG, response->item->full_id);
    if (response->blank) {
        pv_layout_inked(out, style, response->why_not.size > 0 ? PV_INK_FAINT : PV_INK_WARNING,
                        response->given ? PV_STR(" blank") : PV_STR(" not given"));
        pv_buf_append_char(out, '\n');
        write_why_not(out, style, response->why_not);
        return;
    }
    if (response->value) {
        write_response_value(out, style, source, response);
        return;
    }
    pv_buf_append_char(out, ' ');
    write_length(out, &response->item->length, response->word_count, response->text.value);
    write_labelled_count(out, response);
    if (response->confidence < 1)
        pv_buf_format(out, ", read with %u %% confidence", (unsigned)(response->confidence * 100 + 0.5));
    write_where(out, style, source, response->at);
    write_part_count(out, style, source, response->at);
    pv_buf_append_char(out, '\n');
    write_text(out, style, &response->text);
    write_uncertainty(out, style, source, response->uncertainty);
}

static void write_measure(pv_buf *out, const pv_report_style *style, const pv_source *source,
                          const pv_filed_measure *filed) {
    const pv_measure *measure = filed->measure;
    pv_buf_append_char(out, '\n');
    pv_layout_inked(out, style, PV_INK_STRONG, measure->id);
    pv_buf_append_char(out, ' ');
    pv_layout_text(out, measure->title);
    if (filed->row_name.size > 0) {
        pv_buf_append_text(out, " for ");
        pv_layout_text(out, filed->row_name);
    }
    pv_layout_ink(out, style, PV_INK_FAINT);
    pv_buf_append_text(out, measure->obligation == PV_OBLIGATION_MANDATORY ? " (mandatory" : " (optional");
    if (measure->points.coefficient > 0) {
        pv_buf_append_text(out, ", ");
        pv_decimal_format(measure->points, out);
        pv_buf_append_text(out, " points");
    }
    pv_buf_append_char(out, ')');
    pv_layout_plain(out, style);
    if (pv_filed_has_no_row(filed))
        pv_buf_format(out, ": “%s” has no row\n", pv_message_quote(pv_measure_rows_label(measure)).text);
    else
        pv_buf_append_text(out, filed->given ? "\n" : ": not reported\n");
    if (!filed->given)
        write_why_not(out, style, filed->why_not);
    for (size_t i = 0; filed->given && !pv_filed_has_no_row(filed) && i < measure->item_count; i++)
        write_response(out, style, source, &filed->responses[i]);
}

static void write_records(pv_buf *out, const pv_report_style *style, const pv_submission *submission) {
    for (size_t i = 0; i < submission->form->record_count; i++) {
        const pv_record_list *list = &submission->records[i];
        pv_buf_append_char(out, '\n');
        pv_layout_inked(out, style, PV_INK_STRONG, list->spec->label);
        pv_buf_append_text(out, list->count == 0 ? ": none\n" : "\n");
        write_why_not(out, style, list->why_not);
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

static void write_left_out(pv_buf *out, const pv_report_style *style, const pv_submission *submission) {
    if (submission->left_out_count == 0)
        return;
    write_heading(out, style, "Left out");
    for (size_t i = 0; i < submission->left_out_count; i++) {
        pv_buf_append_repeat(out, ' ', INDENT);
        pv_layout_wrap(out, submission->left_out[i].what, style->width, INDENT, INDENT, 0);
        pv_place_write_at(out, style, submission->source, submission->left_out[i].at.start);
    }
}

void pv_show_terminal(pv_buf *out, const pv_report_style *style, const pv_submission *submission) {
    const pv_form *form = submission->form;
    pv_layout_inked(out, style, PV_INK_STRONG, submission->source->path);
    pv_buf_append_char(out, '\n');
    pv_layout_wrap(out, form->title, style->width, 0, 0, 0);
    if (submission->has_changes)
        pv_buf_append_text(out, "with its tracked changes accepted\n");
    write_fields(out, style, submission);
    for (size_t i = 0; i < submission->measure_count; i++)
        write_measure(out, style, submission->source, &submission->measures[i]);
    write_records(out, style, submission);
    write_problems(out, style, submission);
    write_left_out(out, style, submission);
}
