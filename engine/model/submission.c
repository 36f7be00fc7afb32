#include "model/submission_p.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "model/message.h"

/* ---- problems ---- */

struct pv_problem_entry {
    pv_problem problem;
    size_t number; /* in the order found, which decides between problems at one place */
    pv_problem_entry *next;
};

/* Counts a problem and says whether it is to be kept. */
static bool count_problem(pv_problems *problems, pv_problem_kind kind, pv_span at) {
    if (problems->found[kind] == problems->most)
        problems->first_dropped[kind] = at;
    return problems->found[kind]++ < problems->most;
}

static void append(pv_problems *problems, pv_problem_entry *entry) {
    if (!problems->last)
        problems->first = entry;
    else
        problems->last->next = entry;
    problems->last = entry;
    problems->kept++;
}

static bool keep(pv_problems *problems, pv_problem_kind kind, pv_span at, bool given, const pv_span *other,
                 const char *message, pv_error *error) {
    pv_problem_entry *entry = PV_NEW(problems->arena, pv_problem_entry);
    pv_str copy = pv_arena_copy(problems->arena, pv_str_from(message));
    if (!entry || !copy.data)
        return pv_fail_memory(error);
    entry->problem = (pv_problem){
        .kind = kind,
        .at = at,
        .expected_here = kind == PV_PROBLEM_MISSING_PART && !given,
        .has_other = other,
        .other = other ? *other : at,
        .message = copy,
    };
    entry->number = problems->kept;
    append(problems, entry);
    return true;
}

bool pv_problems_begin(pv_problems *problems, pv_arena *arena, size_t most, const pv_problems *others,
                       pv_error *error) {
    *problems = (pv_problems){.arena = arena, .most = most > 0 ? most : pv_limits_default().problems};
    if (!others)
        return true;
    for (const pv_problem_entry *each = others->first; each; each = each->next) {
        pv_problem_entry *entry = PV_NEW(arena, pv_problem_entry);
        if (!entry)
            return pv_fail_memory(error);
        *entry = (pv_problem_entry){.problem = each->problem, .number = each->number};
        append(problems, entry);
    }
    memcpy(problems->found, others->found, sizeof problems->found);
    memcpy(problems->first_dropped, others->first_dropped, sizeof problems->first_dropped);
    return true;
}

__attribute__((format(printf, 7, 0))) static bool add_sentence(pv_problems *problems, pv_problem_kind kind, pv_span at,
                                                               bool given, const pv_span *other, pv_error *error,
                                                               const char *format, va_list arguments) {
    pv_sentence sentence;
    if (!count_problem(problems, kind, at))
        return true;
    vsnprintf(sentence.text, sizeof sentence.text, format, arguments);
    return keep(problems, kind, at, given, other, sentence.text, error);
}

bool pv_problems_add(pv_problems *problems, pv_problem_kind kind, pv_span at, pv_error *error, const char *format,
                     ...) {
    va_list arguments;
    va_start(arguments, format);
    bool added = add_sentence(problems, kind, at, false, NULL, error, format, arguments);
    va_end(arguments);
    return added;
}

bool pv_problems_add_key(pv_problems *problems, pv_span at, const pv_span *other, pv_error *error, const char *format,
                         ...) {
    va_list arguments;
    va_start(arguments, format);
    bool added = add_sentence(problems, PV_PROBLEM_WRONG_KEY, at, true, other, error, format, arguments);
    va_end(arguments);
    return added;
}

bool pv_problems_add_unsaid(pv_problems *problems, pv_span at, pv_error *error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    bool added = add_sentence(problems, PV_PROBLEM_MISSING_PART, at, true, NULL, error, format, arguments);
    va_end(arguments);
    return added;
}

bool pv_problems_add_unknown(pv_problems *problems, const char *owner, pv_str owner_id, const char *kind,
                             const pv_node *key, const pv_names *known, const char *advice, pv_error *error) {
    if (!count_problem(problems, PV_PROBLEM_UNKNOWN_NAME, key->span))
        return true;
    pv_sentence unknown = pv_message_unknown(owner, owner_id, kind, pv_node_value(key), known->names, known->count);
    char message[sizeof unknown.text + sizeof(pv_hint)];
    snprintf(message, sizeof message, "%s%s", unknown.text, advice);
    return keep(problems, PV_PROBLEM_UNKNOWN_NAME, key->span, true, NULL, message, error);
}

static bool add_remainder(pv_problems *problems, pv_problem_kind kind, pv_error *error) {
    if (problems->found[kind] <= problems->most)
        return true;
    size_t dropped = problems->found[kind] - problems->most;
    char message[80];
    snprintf(message, sizeof message, "%zu more %s like this from here on", dropped,
             dropped == 1 ? "problem" : "problems");
    if (!keep(problems, kind, problems->first_dropped[kind], false, NULL, message, error))
        return false;
    problems->last->problem.more = dropped;
    return true;
}

static int compare_entries(const void *left, const void *right) {
    const pv_problem_entry *a = *(pv_problem_entry *const *)left;
    const pv_problem_entry *b = *(pv_problem_entry *const *)right;
    if (a->problem.at.start != b->problem.at.start)
        return a->problem.at.start < b->problem.at.start ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

bool pv_problems_finish(pv_problems *problems, const pv_problem **out, size_t *count, pv_error *error) {
    for (size_t kind = 0; kind < PV_PROBLEM_KIND_COUNT; kind++)
        if (!add_remainder(problems, (pv_problem_kind)kind, error))
            return false;
    pv_problem_entry **entries = PV_NEW_ARRAY(problems->arena, pv_problem_entry *, problems->kept);
    pv_problem *sorted = PV_NEW_ARRAY(problems->arena, pv_problem, problems->kept);
    if (!entries || !sorted)
        return pv_fail_memory(error);
    size_t position = 0;
    for (pv_problem_entry *entry = problems->first; entry; entry = entry->next)
        entries[position++] = entry;
    qsort(entries, problems->kept, sizeof *entries, compare_entries);
    for (size_t i = 0; i < problems->kept; i++)
        sorted[i] = entries[i]->problem;
    *out = sorted;
    *count = problems->kept;
    return true;
}

/* ---- what reading shares ---- */

void *pv_reader_array(const pv_submission_reader *reader, size_t count, size_t size) {
    void *array = pv_arena_array(reader->arena, count, size);
    if (!array)
        pv_fail_memory(reader->error);
    return array;
}

uint32_t pv_reader_start_of(const pv_submission_reader *reader, const pv_node *node, uint32_t fallback) {
    if (!node)
        return fallback;
    pv_str bytes = reader->source->bytes;
    uint32_t end = node->key->span.end;
    uint32_t colon = end;
    while (colon < bytes.size && (bytes.data[colon] == ' ' || bytes.data[colon] == '\t'))
        colon++;
    return colon < bytes.size && bytes.data[colon] == ':' ? colon + 1 : end;
}

uint32_t pv_reader_end_of(const pv_submission_reader *reader, const pv_node *node) {
    uint32_t start = pv_reader_start_of(reader, node, 0);
    return node->span.end > start ? node->span.end : start;
}

/* Children that can be read are there; anything else than a mapping with nothing in it has become a problem. */
static bool check_mapping(pv_submission_reader *reader, const pv_node *node, const pv_children *children) {
    if (!node || node->kind == PV_NODE_MAPPING || pv_node_is_empty(node))
        return true;
    return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, node->span, reader->error,
                           "this is %s; give each %s under its name, like name: value", pv_message_found(node),
                           children->kind);
}

/* What to add about an unknown name that is the later part of a number: between braces, `amount: 2,520` is an amount
 * of 2, and a key 520 without a value. Nothing about any other. */
static pv_hint advise_quotes(const pv_source *source, const pv_node *child) {
    enum { LONGEST_NUMBER = 32 }; /* no exact number is longer, and keys without end stay cheap */
    pv_hint advice = {.text = ""};
    pv_str bytes = source->bytes;
    size_t key = child->key->span.start;
    size_t start = key;
    size_t end = child->key->span.end;
    while (start > 0 && key - start < LONGEST_NUMBER && (pv_digit_at(bytes, start - 1) || bytes.data[start - 1] == ','))
        start--;
    while (end - key < LONGEST_NUMBER &&
           (pv_digit_at(bytes, end) || (end < bytes.size && bytes.data[end] == ',' && pv_digit_at(bytes, end + 1))))
        end++;
    pv_decimal number;
    pv_error failure = {0};
    pv_str text = pv_str_slice(bytes, start, end);
    if (start < key && pv_node_is_empty(child) && pv_decimal_parse(text, true, &number, &failure))
        snprintf(advice.text, sizeof advice.text, "; a comma ends a value here: write \"%s\" in quotes",
                 pv_message_quote(text).text);
    return advice;
}

bool pv_reader_sort_children(pv_submission_reader *reader, const pv_node *mapping, const pv_children *children,
                             const pv_node **sorted) {
    for (size_t i = 0; i < children->known->count; i++)
        sorted[i] = NULL;
    if (!mapping || mapping->kind != PV_NODE_MAPPING)
        return check_mapping(reader, mapping, children);
    for (const pv_node *child = mapping->first; child; child = child->next) {
        size_t position = pv_names_find(children->known, pv_node_value(child->key));
        if (position != SIZE_MAX)
            sorted[position] = child;
        else if (!pv_problems_add_unknown(&reader->problems, children->owner, children->owner_id, children->kind,
                                          child->key, children->known, advise_quotes(reader->source, child).text,
                                          reader->error))
            return false;
    }
    return true;
}

bool pv_reader_check_unquoted(pv_submission_reader *reader, pv_str label, pv_str name, const pv_node *node) {
    if (node->comment.start == node->comment.end)
        return !pv_node_is_null(node) ||
               pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, node->span, reader->error,
                               "%s: %s may stand for nothing or be a text; leave it out where nothing is given, or put "
                               "it in quotes",
                               pv_message_label(label, name).text, pv_message_quote(pv_node_value(node)).text);
    const bool is_below = pv_source_locate(reader->source, node->comment.start).line >
                          pv_source_locate(reader->source, node->span.end).line;
    return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, node->comment, reader->error,
                           "%s: what follows # is a comment and not read; put the whole text in quotes if it belongs "
                           "to it, else %s",
                           pv_message_label(label, name).text,
                           is_below ? "a blank after the #" : "the comment on a line of its own");
}

/* A number, a day or a boolean is whole before a comment; a text may have been cut by it, and so may what is blank. */
static bool check_unquoted(pv_submission_reader *reader, const pv_value_spec *spec, const pv_node *node) {
    bool may_be_cut = pv_value_is_text(spec) || spec->type == PV_TYPE_ROW || spec->type == PV_TYPE_LIST;
    if ((may_be_cut || pv_node_is_empty(node)) && !pv_reader_check_unquoted(reader, spec->label, spec->name, node))
        return false;
    for (const pv_node *entry = spec->type == PV_TYPE_LIST ? node->first : NULL; entry; entry = entry->next)
        if (!pv_reader_check_unquoted(reader, spec->label, spec->name, entry))
            return false;
    return true;
}

bool pv_answer_judge(const pv_form *form, pv_arena *arena, pv_str text, const pv_token_list *asked,
                     const pv_str *accepts, size_t accept_count, pv_unanswered *out, pv_error *error) {
    if (!pv_unanswered_judge(form->empty_words, arena, text, asked, out, error))
        return false;
    if (*out == PV_ANSWERED || *out == PV_UNANSWERED_BLANK)
        return true;
    for (size_t i = 0; i < accept_count; i++) {
        pv_token_list given, accepted;
        if (!pv_tokens_find(arena, text, &given, error) || !pv_tokens_find(arena, accepts[i], &accepted, error))
            return false;
        if (pv_tokens_are_same(&given, &accepted))
            *out = PV_ANSWERED;
    }
    return true;
}

/* A text of more bytes in a field or cell is no placeholder. */
#define PLACEHOLDER_BYTES_MOST 512

bool pv_value_judge(const pv_form *form, pv_arena *arena, const pv_value_spec *spec, pv_str text, pv_unanswered *out,
                    pv_error *error) {
    *out = PV_ANSWERED;
    return text.size > PLACEHOLDER_BYTES_MOST ||
           pv_answer_judge(form, arena, text, NULL, spec->accepts, spec->accept_count, out, error);
}

bool pv_reader_holds_null(const pv_node *node) {
    bool found = pv_node_is_null(node);
    for (const pv_node *entry = node->kind == PV_NODE_SEQUENCE ? node->first : NULL; entry && !found;
         entry = entry->next)
        found = pv_node_is_null(entry);
    return found;
}

/* Whether a text, document or list that is there says something: a list does with one entry that does. */
static bool judge_value(const pv_submission_reader *reader, pv_value *value) {
    const pv_value_spec *spec = value->spec;
    bool list = spec->type == PV_TYPE_LIST;
    size_t count = list ? value->element_count : 1;
    if (pv_value_is_blank(value))
        value->unanswered = PV_UNANSWERED_BLANK;
    if (!pv_value_is_known(value) || value->unanswered == PV_UNANSWERED_BLANK ||
        (spec->choices && (list || !value->other)) || (!list && !pv_value_is_text(spec)))
        return true;
    for (size_t i = 0; i < count; i++) {
        pv_str text = list ? value->elements[i].value : value->text.value;
        if (!pv_value_judge(reader->form, reader->arena, spec, text, &value->unanswered, reader->error))
            return false;
        if (value->unanswered == PV_ANSWERED)
            return true;
    }
    return true;
}

static bool read_value(pv_submission_reader *reader, const pv_value_spec *spec, const pv_node *node, pv_value *out) {
    pv_error failure = {0};
    if (spec->type == PV_TYPE_FILE)
        return pv_reader_look_at_file(reader, spec, node, out);
    if (!check_unquoted(reader, spec, node))
        return false;
    if (spec->type == PV_TYPE_DOCUMENT && node->kind == PV_NODE_MAPPING)
        return pv_reader_read_file(reader, spec, node, out) && judge_value(reader, out);
    if (pv_value_read(out, reader->arena, spec, node, &failure))
        return pv_reader_holds_null(node) || judge_value(reader, out);
    if (failure.code == PV_ERROR_MEMORY)
        return pv_fail_memory(reader->error);
    return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, failure.where, reader->error, "%s: %s",
                           pv_message_label(spec->label, spec->name).text, failure.message);
}

bool pv_reader_value(pv_submission_reader *reader, const pv_value_spec *spec, const pv_node *node, pv_value *out) {
    if (!read_value(reader, spec, node, out))
        return false;
    out->uncertainty = node->uncertainty;
    return true;
}

bool pv_reader_values(pv_submission_reader *reader, const pv_value_spec *specs, size_t count,
                      const pv_node *const *sorted, uint32_t expected, pv_value *values) {
    for (size_t i = 0; i < count; i++) {
        if (!sorted[i]) {
            values[i] = pv_value_absent(&specs[i], expected);
            continue;
        }
        if (!pv_reader_value(reader, &specs[i], sorted[i], &values[i]))
            return false;
        expected = pv_reader_end_of(reader, sorted[i]);
    }
    return true;
}

/* ---- the whole ---- */

static const pv_str part_names[] = {PV_STR("form"), PV_STR("fields"), PV_STR("records"), PV_STR("measures"),
                                    PV_STR("labels")};
enum { PART_FORM, PART_FIELDS, PART_RECORDS, PART_MEASURES, PART_LABELS, PART_COUNT };

/* What --pack or a renamed form makes possible: a submission judged by a form it is not on. */
static bool check_form_id(pv_submission_reader *reader, const pv_document *document, const pv_node *node) {
    const pv_form *form = reader->form;
    if (!node) {
        pv_span start = {document->root->span.start, document->root->span.start};
        return pv_problems_add(&reader->problems, PV_PROBLEM_MISSING_PART, start, reader->error,
                               "the submission does not name its form; begin with form: %s",
                               pv_message_quote(form->id).text);
    }
    if (node->kind != PV_NODE_SCALAR)
        return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, node->span, reader->error,
                               "form is the form's name, not %s", pv_message_found(node));
    if (pv_str_equal(pv_node_value(node), form->id))
        return true;
    return pv_problems_add(&reader->problems, PV_PROBLEM_UNKNOWN_NAME, node->span, reader->error,
                           "the submission is on the form '%s', but is read as one on %s",
                           pv_message_quote(pv_node_value(node)).text, pv_message_quote(form->id).text);
}

static bool read_fields(pv_submission_reader *reader, const pv_node *mapping, pv_submission *out) {
    const pv_form *form = reader->form;
    const pv_children names = {"the form", PV_STR(""), "field", &form->field_names};
    const pv_node **sorted = pv_reader_array(reader, form->field_count, sizeof *sorted);
    pv_value *values = pv_reader_array(reader, form->field_count, sizeof *values);
    if (!sorted || !values || !pv_reader_sort_children(reader, mapping, &names, sorted))
        return false;
    reader->fields = values;
    out->fields = (pv_value_list){.values = values, .count = form->field_count};
    uint32_t expected = pv_reader_start_of(reader, mapping, reader->content_end);
    return pv_reader_values(reader, form->fields, form->field_count, sorted, expected, values);
}

static bool is_blank(const pv_submission *submission) {
    for (size_t i = 0; i < submission->fields.count; i++)
        if (!pv_value_is_blank(&submission->fields.values[i]))
            return false;
    for (size_t i = 0; i < submission->form->record_count; i++)
        if (submission->records[i].count > 0)
            return false;
    for (size_t i = 0; i < submission->measure_count; i++)
        if (!submission->measures[i].blank)
            return false;
    return submission->problem_count == 0;
}

/* A part whose name is misspelt is an error, and is read as what is meant: what else stands in it is then told too, and
 * nothing in it is said to be missing. */
static void take_misspelt_parts(const pv_node *root, const pv_names *known, const pv_node **part) {
    for (const pv_node *child = root->kind == PV_NODE_MAPPING ? root->first : NULL; child; child = child->next) {
        pv_str name = pv_node_value(child->key);
        size_t meant = pv_names_find(known, name) == SIZE_MAX ? pv_suggest(name, part_names, PART_COUNT) : SIZE_MAX;
        if (meant != SIZE_MAX && meant != PART_FORM && !part[meant] && child->kind == PV_NODE_MAPPING)
            part[meant] = child;
    }
}

static bool read_parts(pv_submission_reader *reader, const pv_document *document, pv_submission *out) {
    pv_names known;
    size_t repeated;
    const pv_node *part[PART_COUNT] = {0};
    if (!pv_names_index(&known, reader->arena, part_names, PART_COUNT, &repeated, reader->error))
        return false;
    const pv_children children = {"a submission", PV_STR(""), "part", &known};
    if (!pv_reader_sort_children(reader, document->root, &children, part))
        return false;
    take_misspelt_parts(document->root, &known, part);
    return check_form_id(reader, document, part[PART_FORM]) && read_fields(reader, part[PART_FIELDS], out) &&
           pv_reader_read_records(reader, part[PART_RECORDS], out) &&
           pv_reader_read_measures(reader, part[PART_MEASURES], out) &&
           pv_reader_read_labels(reader, part[PART_LABELS]) &&
           pv_problems_finish(&reader->problems, &out->problems, &out->problem_count, reader->error);
}

bool pv_submission_build(pv_submission **out, pv_arena *arena, const pv_form *form, const pv_document *document,
                         pv_error *error) {
    pv_submission *submission = PV_NEW(arena, pv_submission);
    if (!submission)
        return pv_fail_memory(error);
    *submission = (pv_submission){
        .form = form,
        .source = document->source,
        .format = document->format,
        .left_out = document->left_out,
        .left_out_count = document->left_out_count,
        .is_made = document->is_made,
        .has_changes = document->original != NULL,
    };
    pv_submission_reader reader = {
        .arena = arena,
        .error = error,
        .form = form,
        .source = document->source,
        .attachments = document->attachments,
        .content_end = document->root->span.end,
        .columns_reported = document->has_headings,
    };
    if (!pv_problems_begin(&reader.problems, arena, document->problems_kept, document->problems, error) ||
        !read_parts(&reader, document, submission))
        return false;
    submission->blank = is_blank(submission);
    *out = submission;
    return pv_submission_find_uncertain(submission, arena, error);
}

bool pv_submission_form_id(const pv_document *document, pv_str *out, pv_span *at, pv_error *error) {
    const pv_node *root = document->root;
    const pv_node *name = pv_node_get(root, PV_STR("form"));
    pv_span start = {root->span.start, root->span.start};
    if (!name)
        return pv_fail_at(error, PV_ERROR_NOT_FOUND, start,
                          "this is no submission: it does not name its form (form: …)");
    if (name->kind != PV_NODE_SCALAR)
        return pv_fail_at(error, PV_ERROR_SHAPE, name->span, "form must be the form's name, but is %s",
                          pv_message_found(name));
    if (pv_text_is_blank(&name->text))
        return pv_fail_at(error, PV_ERROR_SHAPE, name->span, "form is empty; it must be the form's name");
    *out = pv_node_value(name);
    *at = name->span;
    return true;
}

/* ---- what is uncertain ---- */

static void list_uncertain(const pv_value_list *values, const pv_record *record, pv_uncertain *list, size_t *count) {
    for (size_t i = 0; i < values->count; i++) {
        const pv_value *value = &values->values[i];
        if (value->uncertainty && list)
            list[*count] = (pv_uncertain){value->uncertainty, NULL, value, record, value->at};
        *count += value->uncertainty != NULL;
    }
}

/* list: NULL: only counts. */
static size_t list_all_uncertain(const pv_submission *submission, pv_uncertain *list) {
    size_t count = 0;
    list_uncertain(&submission->fields, NULL, list, &count);
    for (size_t i = 0; i < submission->form->record_count; i++)
        for (size_t k = 0; k < submission->records[i].count; k++)
            list_uncertain(&submission->records[i].records[k].values, &submission->records[i].records[k], list, &count);
    for (size_t i = 0; i < submission->response_count; i++) {
        const pv_response *response = &submission->responses[i];
        if (response->uncertainty && list)
            list[count] = (pv_uncertain){response->uncertainty, response, NULL, NULL, response->at};
        count += response->uncertainty != NULL;
    }
    return count;
}

bool pv_submission_find_uncertain(pv_submission *submission, pv_arena *arena, pv_error *error) {
    submission->uncertain_count = list_all_uncertain(submission, NULL);
    pv_uncertain *list = PV_NEW_ARRAY(arena, pv_uncertain, submission->uncertain_count);
    if (!list)
        return pv_fail_memory(error);
    (void)list_all_uncertain(submission, list);
    submission->uncertain = list;
    return true;
}

bool pv_uncertain_touches(const pv_uncertain *part, const pv_source *source, pv_span span) {
    const pv_parts parts = pv_source_parts(source, part->at);
    for (size_t i = 0; i < pv_parts_count(&parts); i++) {
        const pv_span words = pv_parts_at(&parts, i);
        if (words.start < span.end && span.start < words.end)
            return true;
    }
    return false;
}

bool pv_response_is_exempt(const pv_response *response) {
    return response->why_not.size > 0 && response->unanswered != PV_ANSWERED;
}

bool pv_measure_is_exempt(const pv_filed_measure *measure) {
    return measure->why_not.size > 0 && !measure->answered;
}

const pv_response *pv_submission_response(const pv_submission *submission, pv_str full_id) {
    const pv_item *item = pv_form_item(submission->form, full_id);
    return item ? pv_submission_answer(submission, item) : NULL;
}

const pv_response *pv_submission_answer(const pv_submission *submission, const pv_item *item) {
    return pv_filed_response(pv_submission_filed(submission, item->measure).measures, item);
}

pv_filed_list pv_submission_filed(const pv_submission *submission, const pv_measure *measure) {
    const size_t *starts = &submission->measure_starts[measure->index];
    return (pv_filed_list){&submission->measures[starts[0]], starts[1] - starts[0]};
}

const pv_response *pv_filed_response(const pv_filed_measure *filed, const pv_item *item) {
    return &filed->responses[item - filed->measure->items];
}

bool pv_filed_has_no_row(const pv_filed_measure *filed) {
    return pv_measure_is_repeated(filed->measure) && !filed->row && !filed->record;
}
