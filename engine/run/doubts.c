/* What rests on a response, field or cell whose text could not be told with certainty from what is printed around it is
 * for a person to judge, whatever the rule says of it. */
#include "base/utf8.h"
#include "run/runner_p.h"
#include "text/words.h"

/* Of a long reading its beginning and its end are shown: that is where two differ. */
#define LONGEST_SHOWN ((size_t)90)
#define SHOWN_AT_END ((size_t)40)

static const pv_str remedy = PV_STR("Look at the document and say which reading is meant; `proviso import` writes what "
                                    "was read as a submission in which it can be put right.");

const pv_uncertain *pv_uncertain_response(const pv_submission *submission, const pv_response *response) {
    for (size_t i = 0; response->uncertainty && i < submission->uncertain_count; i++)
        if (submission->uncertain[i].response == response)
            return &submission->uncertain[i];
    return NULL;
}

static bool touches(const pv_gathering *all, const pv_outcome *outcome, const pv_uncertain *part) {
    if (outcome->has_at && pv_uncertain_touches(part, all->source, outcome->at.span))
        return true;
    for (size_t i = 0; i < outcome->related_count; i++)
        if (pv_uncertain_touches(part, all->source, outcome->related[i].at.span))
            return true;
    return false;
}

const pv_uncertain *pv_doubted(const pv_gathering *all, const pv_verdict *verdict) {
    const pv_submission *submission = all->submission;
    const pv_uncertain *of_subject =
        submission && verdict->subject.response ? pv_uncertain_response(submission, verdict->subject.response) : NULL;
    if (of_subject)
        return of_subject;
    if (verdict->outcome.looked_at)
        return verdict->outcome.looked_at;
    for (size_t i = 0; submission && i < submission->uncertain_count; i++)
        if (touches(all, &verdict->outcome, &submission->uncertain[i]))
            return &submission->uncertain[i];
    return NULL;
}

/* Text with each line break as a space. */
static void put_on_a_line(pv_buf *out, pv_str text) {
    for (size_t i = 0; i < text.size; i++)
        pv_buf_append_char(out, text.data[i] == '\n' ? ' ' : text.data[i]);
}

/* “We count … by May 2022.” (96 words) */
static bool put_reading(pv_buf *out, const pv_text *reading, pv_error *error) {
    pv_str text = pv_str_trim(reading->value);
    size_t words;
    if (!pv_words_count(text, PV_WORD_METHOD_WORD, &words, error))
        return false;
    if (text.size == 0) {
        pv_buf_append_text(out, "nothing");
        return true;
    }
    pv_buf_append_text(out, "“");
    if (text.size <= LONGEST_SHOWN) {
        put_on_a_line(out, text);
    } else {
        size_t end = text.size - SHOWN_AT_END;
        while (end < text.size && text.data[end] != ' ' && text.data[end] != '\n')
            end++;
        put_on_a_line(out, pv_str_trim(pv_utf8_cut(text, SHOWN_AT_END)));
        pv_buf_append_text(out, " …");
        put_on_a_line(out, pv_str_slice(text, end, text.size));
    }
    pv_buf_format(out, "” (%zu word%s)", words, words == 1 ? "" : "s");
    return true;
}

/* "the response to 1.1.6.2", "“County”", "“Amount” of row 2 of “Budget”". */
static bool put_called(pv_gathering *all, pv_buf *out, const pv_uncertain *part, pv_error *error) {
    if (part->response) {
        pv_buf_format(out, "the response to %.*s", PV_STR_ARG(part->response->item->full_id));
        return true;
    }
    pv_buf_format(out, "“%s”", pv_message_quote(part->value->spec->label).text);
    if (!part->record)
        return true;
    const pv_str record = pv_record_called(part->record, all->arena);
    if (!record.data)
        return pv_fail_memory(error);
    pv_buf_format(out, " of %.*s", PV_STR_ARG(record));
    return true;
}

/* What was read: a list by the words that it was read from. */
static bool put_read(pv_gathering *all, pv_buf *out, const pv_uncertain *part, pv_error *error) {
    if (part->response && !part->response->value)
        return put_reading(out, &part->response->text, error);
    const pv_value *value = part->response ? part->response->value : part->value;
    pv_buf scratch = pv_buf_on(pv_arena_memory(all->arena));
    const pv_text reading = {.value = value->spec->type == PV_TYPE_LIST || value->unreadable
                                          ? pv_source_words(all->source, value->at, &scratch)
                                          : value->text.value};
    const bool put = put_reading(out, &reading, error);
    out->failed |= scratch.failed;
    pv_buf_clear(&scratch);
    return put;
}

static bool put_message(pv_gathering *all, pv_buf *out, const pv_verdict *verdict, const pv_uncertain *part,
                        pv_error *error) {
    const bool is_subject = part->response && verdict->subject.response == part->response;
    if (!is_subject) {
        pv_buf_append_text(out, "this rests on ");
        if (!put_called(all, out, part, error))
            return false;
        pv_buf_append_text(out, ": ");
    }
    pv_buf_append(out, part->uncertainty->why);
    pv_buf_append_text(out, "; it was read as ");
    if (!put_read(all, out, part, error))
        return false;
    if (!part->uncertainty->other)
        return true;
    pv_buf_append_text(out, ", and may be ");
    return put_reading(out, part->uncertainty->other, error);
}

/* What the rule said, and how it came to it. */
static bool tell_working(pv_gathering *all, pv_outcome *outcome, pv_str title, pv_error *error) {
    pv_str *working = PV_NEW_ARRAY(all->arena, pv_str, outcome->working_count + 1);
    pv_str said = outcome->message.size > 0 ? outcome->message : title;
    if (!working)
        return pv_fail_memory(error);
    working[0] =
        pv_arena_format(all->arena, "as it was read: %s: %.*s", pv_state_name(outcome->state), PV_STR_ARG(said));
    for (size_t i = 0; i < outcome->working_count; i++)
        working[i + 1] = outcome->working[i];
    outcome->working = working;
    outcome->working_count++;
    return working[0].data || pv_fail_memory(error);
}

/* Where the other reading stands. */
static bool relate_other(pv_gathering *all, pv_outcome *outcome, const pv_text *other, pv_error *error) {
    if (!other || other->value.size == 0)
        return true;
    pv_related *related = PV_NEW_ARRAY(all->arena, pv_related, outcome->related_count + 1);
    if (!related)
        return pv_fail_memory(error);
    for (size_t i = 0; i < outcome->related_count; i++)
        related[i] = outcome->related[i];
    related[outcome->related_count] = (pv_related){.at = {pv_text_locate(other, 0, other->value.size), false},
                                                   .message = PV_STR("the other reading")};
    outcome->related = related;
    outcome->related_count++;
    return true;
}

bool pv_doubt(pv_gathering *all, pv_verdict *verdict, const pv_uncertain *part, pv_error *error) {
    pv_outcome *outcome = &verdict->outcome;
    if (outcome->state == PV_STATE_NOT_CHECKED)
        return true;
    pv_buf text = pv_buf_on(pv_arena_memory(all->arena));
    bool made = put_message(all, &text, verdict, part, error);
    pv_str message = pv_arena_copy(all->arena, pv_buf_str(&text));
    bool is_whole = !text.failed && message.data;
    pv_buf_clear(&text);
    if (!made || !is_whole)
        return made ? pv_fail_memory(error) : false;
    if (!tell_working(all, outcome, verdict->rule->title, error) ||
        !relate_other(all, outcome, part->uncertainty->other, error))
        return false;
    outcome->state = PV_STATE_REVIEW;
    outcome->message = message;
    outcome->remedy = remedy;
    return true;
}
