#include "report/comparison.h"
#include "report/format.h"

typedef struct terminal_report {
    pv_report base;
    pv_comparison_totals totals; /* of submissions that were compared, all in this process */
} terminal_report;

static bool begin(pv_report **out, const pv_report_setup *setup, pv_error *error) {
    return pv_report_new(out, setup, sizeof(terminal_report), error);
}

static void add_submission(pv_report *base, const pv_report_input *input, pv_buf *part) {
    terminal_report *report = (terminal_report *)base;
    if (input->comparison)
        pv_comparison_totals_add(&report->totals, input->comparison);
    pv_terminal_submission(part, &base->setup.style, base->setup.context, input);
}

static void end(pv_report *base, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    const pv_report_setup *setup = &base->setup;
    const terminal_report *report = (const terminal_report *)base;
    if (summary->submissions == 0)
        return; /* standard error has said all there is to say */
    pv_comparison_terminal_end(setup->out, &setup->style, setup->context, &report->totals);
    pv_terminal_end(setup->out, &setup->style, setup->context, summary, faults, fault_count);
}

const pv_format pv_terminal_format = {
    .tells_baseline = true,
    .as_it_goes = true,
    .begin = begin,
    .submission = add_submission,
    .join = pv_report_join_text,
    .end = end,
    .free = pv_report_free,
};
