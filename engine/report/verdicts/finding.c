#include "report/verdicts/finding.h"

#include <stdlib.h>

bool pv_finding_has_name(const pv_verdict *verdict) {
    return verdict->subject.kind != PV_SUBJECT_SUBMISSION && verdict->subject.kind != PV_SUBJECT_COLLECTION;
}

pv_str pv_finding_message(const pv_verdict *verdict) {
    return verdict->outcome.message.size > 0 ? verdict->outcome.message : verdict->rule->title;
}

const char *pv_finding_standing(const pv_verdict *verdict) {
    return verdict->outcome.state == PV_STATE_REVIEW ? "for review" : pv_level_name(verdict->level);
}

void pv_finding_sentence(pv_buf *out, const pv_verdict *verdict, pv_arena *scratch) {
    if (pv_finding_has_name(verdict)) {
        pv_str name = pv_subject_title(&verdict->subject, scratch);
        out->failed |= !name.data;
        pv_buf_append(out, name);
        pv_buf_append_text(out, ": ");
    }
    pv_buf_append(out, pv_finding_message(verdict));
}

void pv_finding_own_remedy(pv_buf *out, const pv_verdict *verdict) {
    if (verdict->outcome.remedy.size > 0)
        pv_buf_format(out, ". To do: %.*s", PV_STR_ARG(verdict->outcome.remedy));
}

pv_str pv_finding_path(const pv_report_input *input, const pv_verdict *verdict) {
    const pv_source *source = input->source;
    const pv_source *file = verdict->outcome.has_at ? pv_source_part(source, verdict->outcome.at.span.start) : source;
    bool is_collection = verdict->subject.kind == PV_SUBJECT_COLLECTION && file == source && source->bytes.size == 0;
    return is_collection ? PV_STR("") : pv_path_relative(file->path);
}

pv_position pv_finding_start(const pv_report_input *input, const pv_verdict *verdict) {
    const pv_position first = {1, 1};
    return verdict->outcome.has_at ? pv_source_locate(input->source, verdict->outcome.at.span.start) : first;
}

pv_position pv_finding_end(const pv_report_input *input, const pv_verdict *verdict) {
    const pv_position first = {1, 1};
    return verdict->outcome.has_at ? pv_source_locate(input->source, verdict->outcome.at.span.end) : first;
}

bool pv_finding_has_lines(const pv_report_input *input, const pv_verdict *verdict) {
    return !verdict->outcome.has_at || pv_source_has_lines(input->source, verdict->outcome.at.span.start);
}

void pv_finding_where(pv_buf *out, const pv_report_input *input, const pv_verdict *verdict) {
    if (!pv_finding_has_lines(input, verdict))
        pv_buf_format(out, " (%s)", pv_source_describe(input->source, verdict->outcome.at.span.start).text);
}

static bool is_unchecked(const pv_verdict *verdict) {
    return verdict->outcome.state == PV_STATE_NOT_CHECKED;
}

pv_fault pv_finding_fault(const pv_verdict *verdict) {
    pv_fault fault = {.kind = PV_FAULT_ERROR, .message = verdict->outcome.message};
    if (verdict->outcome.fault)
        fault = *verdict->outcome.fault;
    fault.rule = verdict->rule->id;
    return fault;
}

bool pv_fault_is_of_budget(pv_fault_kind kind) {
    return kind == PV_FAULT_FUEL || kind == PV_FAULT_MEMORY || kind == PV_FAULT_TIME;
}

static int compare_numbers(uint32_t a, uint32_t b) {
    return (a > b) - (a < b);
}

/* Of two verdicts on one rule: by what faults are told apart. */
static int compare_faults(const pv_verdict *left, const pv_verdict *right) {
    const pv_fault a = pv_finding_fault(left);
    const pv_fault b = pv_finding_fault(right);
    if (a.kind != b.kind)
        return a.kind < b.kind ? -1 : 1;
    if (pv_fault_is_of_budget(a.kind))
        return 0;
    int order = pv_str_compare(a.path, b.path);
    if (order == 0)
        order = compare_numbers(a.at.line, b.at.line);
    return order != 0 ? order : compare_numbers(a.at.column, b.at.column);
}

bool pv_findings_share_fault(const pv_verdict *a, const pv_verdict *b) {
    return is_unchecked(a) && is_unchecked(b) && a->rule == b->rule && compare_faults(a, b) == 0;
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
    if (order == 0 && is_unchecked(a))
        order = compare_faults(a, b);
    return order != 0 ? order : (a > b) - (a < b);
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
