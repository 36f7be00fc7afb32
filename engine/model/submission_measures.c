/* The measures of a submission and their responses. */
#include "model/message.h"
#include "model/submission_reader.h"

static pv_response absent_response(const pv_item *item, uint32_t expected) {
    pv_span at = {expected, expected};
    return (pv_response){.item = item, .blank = true, .text = {.span = at, .exact = true}, .at = at, .confidence = 1.0};
}

static bool fill_response(const pv_submission_reader *reader, const pv_node *node, pv_response *out) {
    if (!pv_value_prose(&out->text, reader->arena, node, reader->error))
        return false;
    out->blank = false;
    out->at = pv_text_locate(&out->text, 0, out->text.value.size);
    return pv_words_find(reader->arena, out->text.value, PV_WORD_METHOD_WORD, &out->words, reader->error);
}

/* The response at node, which names its item. */
static bool read_response(pv_submission_reader *reader, const pv_node *node, const pv_item *item, pv_response *out) {
    *out = absent_response(item, node->span.start);
    out->given = true;
    if (node->kind != PV_NODE_SCALAR)
        return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, node->span, reader->error,
                               "the response to %s is a text, not %s", pv_message_quote(item->full_id).text,
                               pv_message_found(node));
    if (!pv_text_is_blank(&node->text))
        return fill_response(reader, node, out);
    out->at = node->span;
    out->text.span = node->span;
    return true;
}

/* A response given without its item's id. It cannot be told which of several items a text answers. */
static bool read_direct(pv_submission_reader *reader, const pv_node *node, const pv_measure *measure,
                        pv_response *responses) {
    if (measure->item_count == 1)
        return read_response(reader, node, &measure->items[0], &responses[0]);
    if (pv_node_is_empty(node))
        return true;
    return pv_problems_add(&reader->problems, PV_PROBLEM_WRONG_TYPE, node->span, reader->error,
                           "measure %s has %zu items, so it is not %s; give each response under its item, %s to %s",
                           pv_message_quote(measure->id).text, measure->item_count, pv_message_found(node),
                           pv_message_quote(measure->items[0].id).text,
                           pv_message_quote(measure->items[measure->item_count - 1].id).text);
}

static bool read_items(pv_submission_reader *reader, const pv_node *node, const pv_measure *measure,
                       const pv_node **sorted, pv_response *responses) {
    const pv_children items = {"measure ", measure->id, "item", &measure->item_names};
    if (!pv_reader_sort_children(reader, node, &items, sorted))
        return false;
    uint32_t expected = pv_reader_start_of(reader, node, 0);
    for (size_t i = 0; i < measure->item_count; i++) {
        if (sorted[i] == NULL) {
            responses[i] = absent_response(&measure->items[i], expected);
            continue;
        }
        if (!read_response(reader, sorted[i], &measure->items[i], &responses[i]))
            return false;
        expected = pv_reader_end_of(reader, sorted[i]);
    }
    return true;
}

static void fill_absent(const pv_measure *measure, pv_response *responses, uint32_t expected) {
    for (size_t i = 0; i < measure->item_count; i++)
        responses[i] = absent_response(&measure->items[i], expected);
}

static bool all_blank(const pv_response *responses, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!responses[i].blank)
            return false;
    return true;
}

static bool read_measure(pv_submission_reader *reader, const pv_node *node, const pv_measure *measure,
                         const pv_node **sorted_items, pv_response *responses, pv_filed_measure *out) {
    out->given = true;
    out->at = node->key->span;
    if (node->kind == PV_NODE_MAPPING) {
        if (!read_items(reader, node, measure, sorted_items, responses))
            return false;
    } else {
        fill_absent(measure, responses, pv_reader_start_of(reader, node, 0));
        if (!read_direct(reader, node, measure, responses))
            return false;
    }
    out->blank = all_blank(responses, measure->item_count);
    return true;
}

bool pv_reader_read_measures(pv_submission_reader *reader, const pv_node *mapping, pv_submission *out) {
    const pv_form *form = reader->form;
    const pv_children names = {"the form", PV_STR(""), "measure", &form->measure_names};
    pv_filed_measure *filed = pv_reader_array(reader, form->measure_count, sizeof *filed);
    pv_response *responses = pv_reader_array(reader, form->item_count, sizeof *responses);
    const pv_node **sorted = pv_reader_array(reader, form->measure_count, sizeof *sorted);
    const pv_node **sorted_items = pv_reader_array(reader, form->item_count, sizeof *sorted_items);
    if (filed == NULL || responses == NULL || sorted == NULL || sorted_items == NULL ||
        !pv_reader_sort_children(reader, mapping, &names, sorted))
        return false;
    uint32_t expected = pv_reader_start_of(reader, mapping, reader->content_end);
    for (size_t i = 0; i < form->measure_count; i++) {
        const pv_measure *measure = &form->measures[i];
        pv_response *own = &responses[measure->items[0].index];
        filed[i] = (pv_filed_measure){.measure = measure, .blank = true, .responses = own, .at = {expected, expected}};
        if (sorted[i] == NULL) {
            fill_absent(measure, own, expected);
            continue;
        }
        if (!read_measure(reader, sorted[i], measure, sorted_items, own, &filed[i]))
            return false;
        expected = pv_reader_end_of(reader, sorted[i]);
    }
    out->measures = filed;
    out->responses = responses;
    return true;
}
