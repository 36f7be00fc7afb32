#include "model/submission.h"

#include "model/message.h"

bool pv_submission_form_id(const pv_document *document, pv_str *out, pv_span *at, pv_error *error) {
    const pv_node *root = document->root;
    const pv_node *name = pv_node_get(root, PV_STR("form"));
    pv_span start = {root->span.start, root->span.start};
    if (name == NULL)
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

const pv_response *pv_submission_response(const pv_submission *submission, pv_str full_id) {
    size_t position = pv_names_find(&submission->form->item_names, full_id);
    return position == SIZE_MAX ? NULL : &submission->responses[position];
}
