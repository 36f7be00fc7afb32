#include "report/check/format.h"

/* Where the report is written, submissions go straight into it; a part is made only for another process. */
typedef struct json_report {
    pv_report base;
    pv_check_json *json;
    pv_buf packs; /* of the last part */
} json_report;

static void free_report(pv_report *base) {
    if (!base)
        return;
    json_report *report = (json_report *)base;
    pv_check_json_free(report->json);
    pv_buf_clear(&report->packs);
    pv_report_free(base);
}

static bool begin(pv_report **out, const pv_report_setup *setup, pv_error *error) {
    pv_report *base;
    if (!pv_report_new(&base, setup, sizeof(json_report), error))
        return false;
    json_report *report = (json_report *)base;
    report->packs = pv_buf_on(setup->memory);
    bool begun = setup->part ? pv_check_json_begin_part(&report->json, setup->memory, error)
                             : pv_check_json_begin(&report->json, setup->memory, setup->out, setup->context, error);
    if (!begun) {
        free_report(base);
        return false;
    }
    *out = base;
    return true;
}

static void take_part(json_report *report, pv_buf *part) {
    pv_check_json_part taken;
    part->failed |= !pv_check_json_take_part(report->json, &report->packs, &taken);
    pv_frame_put_text(part, taken.verdicts);
    pv_frame_put_text(part, taken.inputs);
    pv_frame_put_text(part, taken.faults);
    pv_frame_put_text(part, taken.packs);
    pv_check_json_forget_part(report->json);
}

static void add_submission(pv_report *base, const pv_report_input *input, pv_buf *part) {
    json_report *report = (json_report *)base;
    pv_check_json_submission(report->json, input);
    if (base->setup.part)
        take_part(report, part);
}

static bool join(pv_report *base, pv_str parts, pv_error *error) {
    json_report *report = (json_report *)base;
    while (parts.size > 0) {
        pv_check_json_part part;
        if (!pv_frame_take_text(&parts, &part.verdicts, error) || !pv_frame_take_text(&parts, &part.inputs, error) ||
            !pv_frame_take_text(&parts, &part.faults, error) || !pv_frame_take_text(&parts, &part.packs, error))
            return false;
        pv_check_json_add_part(report->json, &part);
    }
    return true;
}

static void end(pv_report *base, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    pv_check_json_end(((json_report *)base)->json, summary, faults, fault_count);
}

const pv_format pv_json_format = {
    .wants_hash = true,
    .tells_baseline = true,
    .begin = begin,
    .submission = add_submission,
    .join = join,
    .end = end,
    .free = free_report,
};
