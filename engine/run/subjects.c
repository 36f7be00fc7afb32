#include "run/subjects.h"

/* The form has the kind: a rule on another is refused when it is loaded. */
static const pv_record_list *records_of(const pv_submission *submission, const pv_rule *rule) {
    size_t kind = 0;
    while (!pv_str_equal(submission->records[kind].spec->name, rule->record_kind))
        kind++;
    return &submission->records[kind];
}

static const pv_pair_list *pairs_of(const pv_submission *submission, const pv_rule *rule) {
    return &submission->matrices[pv_form_matrix(submission->form, rule->matrix)->index];
}

size_t pv_subjects_count(const pv_submission *submission, const pv_rule *rule) {
    switch (rule->each) {
    case PV_SUBJECT_SUBMISSION:
        return 1;
    case PV_SUBJECT_SECTION:
        return submission->form->section_count;
    case PV_SUBJECT_MEASURE:
        return submission->form->measure_count;
    case PV_SUBJECT_RESPONSE:
        return submission->form->item_count;
    case PV_SUBJECT_RECORD:
        return records_of(submission, rule)->count;
    case PV_SUBJECT_PAIR:
        return pairs_of(submission, rule)->count;
    case PV_SUBJECT_COLLECTION: /* judged once all submissions are there */
        return 0;
    }
    return 0;
}

pv_subject pv_subjects_at(const pv_submission *submission, const pv_rule *rule, size_t index) {
    pv_subject subject = {.kind = rule->each};
    switch (rule->each) {
    case PV_SUBJECT_SECTION:
        subject.section = &submission->form->sections[index];
        break;
    case PV_SUBJECT_MEASURE:
        subject.measure = &submission->measures[index];
        break;
    case PV_SUBJECT_RESPONSE:
        subject.response = &submission->responses[index];
        break;
    case PV_SUBJECT_RECORD:
        subject.record = &records_of(submission, rule)->records[index];
        break;
    case PV_SUBJECT_PAIR:
        subject.pair = &pairs_of(submission, rule)->pairs[index];
        break;
    case PV_SUBJECT_SUBMISSION:
    case PV_SUBJECT_COLLECTION:
        break;
    }
    return subject;
}
