/* The whole submission, from its document. */
#include "model/message.h"
#include "model/submission_reader.h"

static const pv_str part_names[] = {PV_STR("form"), PV_STR("fields"), PV_STR("records"), PV_STR("measures")};
enum { PART_FORM, PART_FIELDS, PART_RECORDS, PART_MEASURES, PART_COUNT };

/* What --pack or a renamed form makes possible: a submission judged by a form it is not on. */
static bool check_form_id(pv_submission_reader *reader, const pv_document *document, const pv_node *node) {
    const pv_form *form = reader->form;
    if (node == NULL) {
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
    if (sorted == NULL || values == NULL || !pv_reader_sort_children(reader, mapping, &names, sorted))
        return false;
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
    for (size_t i = 0; i < submission->form->measure_count; i++)
        if (!submission->measures[i].blank)
            return false;
    return submission->problem_count == 0;
}

static bool read_parts(pv_submission_reader *reader, const pv_document *document, pv_submission *out) {
    pv_names known;
    size_t repeated;
    const pv_node *part[PART_COUNT];
    if (!pv_names_index(&known, reader->arena, part_names, PART_COUNT, &repeated, reader->error))
        return false;
    const pv_children children = {"a submission", PV_STR(""), "part", &known};
    return pv_reader_sort_children(reader, document->root, &children, part) &&
           check_form_id(reader, document, part[PART_FORM]) && read_fields(reader, part[PART_FIELDS], out) &&
           pv_reader_read_records(reader, part[PART_RECORDS], out) && pv_reader_fill_matrices(reader, out) &&
           pv_reader_read_measures(reader, part[PART_MEASURES], out) &&
           pv_problems_finish(&reader->problems, &out->problems, &out->problem_count, reader->error);
}

bool pv_submission_build(pv_submission **out, pv_arena *arena, const pv_form *form, const pv_document *document,
                         pv_error *error) {
    pv_submission *submission = PV_NEW(arena, pv_submission);
    if (submission == NULL)
        return pv_fail_memory(error);
    *submission = (pv_submission){.form = form, .source = document->source, .format = document->format};
    pv_submission_reader reader = {
        .arena = arena,
        .error = error,
        .form = form,
        .source = document->source,
        .attachments = document->attachments,
        .content_end = document->root->span.end,
        .columns_told = document->has_headings,
    };
    if (!pv_problems_begin(&reader.problems, arena, document->problems, error) ||
        !read_parts(&reader, document, submission))
        return false;
    submission->blank = is_blank(submission);
    *out = submission;
    return true;
}
