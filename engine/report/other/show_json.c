#include "base/utf8.h"
#include "report/other/show.h"
#include "report/verdicts/json_place.h"
#include "report/write/json.h"

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

/* A document beside the submission is not written out: whoever wants it opens it. */
static void write_file(pv_json *json, const pv_value *value) {
    size_t words = 0;
    pv_error error = {0};
    json->out->failed |= !pv_words_count(value->text.value, PV_WORD_METHOD_WORD, &words, &error);
    pv_json_member(json, "file", value->file->path);
    pv_json_key(json, "words");
    pv_json_unsigned(json, words);
}

/* Values stay as written: whoever reads the report decides what 1.10 means, not this writer. */
static void write_value(pv_json *json, const pv_source *source, const pv_value *value) {
    pv_json_object_begin(json);
    if (value->file) {
        write_file(json, value);
        write_at(json, source, value->at, false);
        pv_json_object_end(json);
        return;
    }
    pv_json_key(json, "value");
    if (!value->given) {
        pv_json_null(json);
    } else if (value->unreadable) {
        pv_json_string(json, pv_source_slice(source, value->at));
    } else if (value->spec->type == PV_TYPE_LIST) {
        pv_json_array_begin(json);
        for (size_t i = 0; i < value->element_count; i++)
            pv_json_string(json, value->elements[i].value);
        pv_json_array_end(json);
    } else {
        pv_json_string(json, value->text.value);
    }
    write_at(json, source, value->at, !value->given);
    pv_json_object_end(json);
}

static void write_values(pv_json *json, const char *key, const pv_source *source, const pv_value_list *list) {
    pv_json_key(json, key);
    pv_json_object_begin(json);
    for (size_t i = 0; i < list->count; i++) {
        pv_json_key_str(json, list->values[i].spec->name);
        write_value(json, source, &list->values[i]);
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

static void write_response(pv_json *json, const pv_source *source, const pv_response *response) {
    const pv_decimal thousandths = {.coefficient = (int64_t)(response->confidence * 1000 + 0.5), .scale = 3};
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "item", response->item->id);
    pv_json_member(json, "prompt", response->item->prompt);
    pv_json_key(json, "given");
    pv_json_bool(json, response->given);
    pv_json_key(json, "blank");
    pv_json_bool(json, response->blank);
    pv_json_member(json, "text", response->text.value);
    pv_json_key(json, "words");
    pv_json_unsigned(json, response->words.count);
    write_limit(json, "word_minimum", response->item->length.word_minimum);
    write_limit(json, "word_limit", response->item->length.word_limit);
    pv_json_key(json, "characters");
    pv_json_unsigned(json, pv_utf8_length(response->text.value));
    write_limit(json, "character_limit", response->item->length.character_limit);
    write_at(json, source, response->at, response->blank);
    write_decimal(json, "confidence", thousandths);
    pv_json_object_end(json);
}

static void write_measure(pv_json *json, const pv_source *source, const pv_filed_measure *filed) {
    const pv_measure *measure = filed->measure;
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "id", measure->id);
    pv_json_member(json, "title", measure->title);
    pv_json_member(json, "obligation",
                   measure->obligation == PV_OBLIGATION_MANDATORY ? PV_STR("mandatory") : PV_STR("optional"));
    write_decimal(json, "points", measure->points);
    pv_json_key(json, "given");
    pv_json_bool(json, filed->given);
    write_at(json, source, filed->at, !filed->given);
    pv_json_key(json, "responses");
    pv_json_array_begin(json);
    for (size_t i = 0; i < measure->item_count; i++)
        write_response(json, source, &filed->responses[i]);
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
static void write_records(pv_json *json, const char *key, const pv_submission *submission, bool attachments) {
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

static void write_problems(pv_json *json, const pv_submission *submission) {
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
    for (size_t i = 0; i < submission->form->measure_count; i++)
        write_measure(&json, submission->source, &submission->measures[i]);
    pv_json_array_end(&json);
    write_records(&json, "records", submission, false);
    write_records(&json, "attachments", submission, true);
    write_problems(&json, submission);
    pv_json_object_end(&json);
    pv_buf_append_char(out, '\n');
}
