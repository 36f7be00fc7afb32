#include "report/verdicts/finding.h"

#include <stdlib.h>

bool pv_finding_has_name(const pv_verdict *verdict) {
    return verdict->subject.kind != PV_SUBJECT_SUBMISSION && verdict->subject.kind != PV_SUBJECT_COLLECTION;
}

void pv_finding_sentence(pv_buf *out, const pv_verdict *verdict, pv_arena *scratch) {
    if (pv_finding_has_name(verdict)) {
        pv_str name = pv_subject_title(&verdict->subject, scratch);
        out->failed |= !name.data;
        pv_buf_append(out, name);
        pv_buf_append_text(out, ": ");
    }
    pv_buf_append(out, verdict->outcome.message.size > 0 ? verdict->outcome.message : verdict->rule->title);
}

pv_str pv_finding_path(const pv_report_input *input, const pv_verdict *verdict) {
    const pv_source *source = input->source;
    return pv_path_relative(verdict->outcome.has_at ? pv_source_path_at(source, verdict->outcome.at.span.start)
                                                    : source->path);
}

pv_position pv_finding_start(const pv_report_input *input, const pv_verdict *verdict) {
    const pv_position first = {1, 1};
    return verdict->outcome.has_at ? pv_source_locate(input->source, verdict->outcome.at.span.start) : first;
}

pv_position pv_finding_end(const pv_report_input *input, const pv_verdict *verdict) {
    const pv_position first = {1, 1};
    return verdict->outcome.has_at ? pv_source_locate(input->source, verdict->outcome.at.span.end) : first;
}

const pv_fault *pv_finding_fault(const pv_results *results, const pv_rule *rule) {
    for (size_t i = 0; i < results->fault_count; i++)
        if (pv_str_equal(results->faults[i].rule, rule->id))
            return &results->faults[i];
    return NULL;
}

static bool is_unchecked(const pv_verdict *verdict) {
    return verdict->outcome.state == PV_STATE_NOT_CHECKED;
}

static int compare_findings(const void *left, const void *right) {
    const pv_verdict *a = *(const pv_verdict *const *)left;
    const pv_verdict *b = *(const pv_verdict *const *)right;
    if (is_unchecked(a) != is_unchecked(b))
        return is_unchecked(a) ? -1 : 1;
    if (!is_unchecked(a) && a->level != b->level)
        return a->level > b->level ? -1 : 1;
    if (a->outcome.state != b->outcome.state)
        return a->outcome.state < b->outcome.state ? -1 : 1;
    int order = pv_str_compare_natural(a->rule->id, b->rule->id);
    if (order != 0)
        return order;
    return (a > b) - (a < b);
}

const pv_verdict **pv_findings_sorted(const pv_results *results, pv_arena *scratch, size_t *count) {
    *count = 0;
    const pv_verdict **findings = PV_NEW_ARRAY(scratch, const pv_verdict *, results->verdict_count);
    if (!findings)
        return NULL;
    for (size_t i = 0; i < results->verdict_count; i++)
        if (pv_verdict_is_open(&results->verdicts[i]))
            findings[(*count)++] = &results->verdicts[i];
    if (*count > 1)
        qsort(findings, *count, sizeof *findings, compare_findings);
    return findings;
}

static int compare_keys(const void *left, const void *right) {
    const uint64_t *a = *(const uint64_t *const *)left;
    const uint64_t *b = *(const uint64_t *const *)right;
    if (*a != *b)
        return *a < *b ? -1 : 1;
    return (a > b) - (a < b);
}

const size_t *pv_finding_ordinals(const uint64_t *keys, size_t count, pv_arena *scratch) {
    size_t *ordinals = PV_NEW_ARRAY(scratch, size_t, count);
    const uint64_t **sorted = PV_NEW_ARRAY(scratch, const uint64_t *, count);
    if (!ordinals || !sorted)
        return NULL;
    for (size_t i = 0; i < count; i++)
        sorted[i] = &keys[i];
    if (count > 1)
        qsort(sorted, count, sizeof *sorted, compare_keys);
    for (size_t i = 0, run = 0; i < count; i++) {
        run = i > 0 && *sorted[i] == *sorted[i - 1] ? run + 1 : 1;
        ordinals[sorted[i] - keys] = run;
    }
    return ordinals;
}

void pv_skipped_sentence(pv_buf *out, const pv_report_context *context, size_t most,
                         void (*put)(pv_buf *out, pv_str text)) {
    const pv_skipped_list *skipped = context->skipped;
    if (!skipped || skipped->count == 0)
        return;
    pv_layout_count(out, skipped->count, "file");
    pv_buf_append_text(out, " passed over: ");
    for (size_t i = 0; i < skipped->count && i < most; i++) {
        pv_buf_append_text(out, i > 0 ? ", " : "");
        (put ? put : pv_buf_append)(out, pv_path_relative(skipped->items[i].path));
        pv_buf_append_text(out, " (");
        (put ? put : pv_buf_append)(out, skipped->items[i].why);
        pv_buf_append_char(out, ')');
    }
    if (skipped->count > most)
        pv_buf_format(out, " and %zu more", skipped->count - most);
}

pv_str pv_path_relative(pv_str path) {
    while (path.size > 2 && path.data[0] == '.' && path.data[1] == '/') {
        path = pv_str_slice(path, 2, path.size);
        while (path.size > 1 && path.data[0] == '/')
            path = pv_str_slice(path, 1, path.size);
    }
    return path;
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
