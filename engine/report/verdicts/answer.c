#include "report/verdicts/answer.h"

#include "report/write/layout.h"

const char *pv_answer_name(pv_answer answer) {
    static const char *const names[] = {
        [PV_ANSWER_READY] = "READY", [PV_ANSWER_NOT_READY] = "NOT READY", [PV_ANSWER_NOT_DECIDED] = "NOT DECIDED",
        [PV_ANSWER_DRAFT] = "DRAFT", [PV_ANSWER_PARTLY] = "PARTLY RUN",
    };
    return names[answer];
}

pv_answer pv_answer_of(const pv_report_context *context, const pv_summary *summary) {
    int code = pv_summary_exit_code(summary);
    if (code == 2)
        return PV_ANSWER_NOT_DECIDED;
    if (code == 1)
        return PV_ANSWER_NOT_READY;
    if (context->rule_pattern.size)
        return PV_ANSWER_PARTLY;
    return summary->by_mode[PV_MODE_DRAFT] > 0 ? PV_ANSWER_DRAFT : PV_ANSWER_READY;
}

static void separate(pv_buf *out, bool *any) {
    if (*any)
        pv_buf_append_text(out, ", ");
    *any = true;
}

void pv_answer_counts(pv_buf *out, const pv_summary *summary) {
    bool any = false;
    if (summary->not_checked > 0) {
        separate(out, &any);
        pv_layout_count(out, summary->not_checked, "check");
        pv_buf_append_text(out, " not decided");
    }
    if (summary->faults > summary->not_checked) {
        separate(out, &any);
        pv_layout_count(out, summary->faults - summary->not_checked, "fault");
    }
    separate(out, &any);
    if (summary->error > 0)
        pv_layout_count(out, summary->error, "error");
    else
        pv_buf_append_text(out, "no errors");
    if (summary->warning > 0) {
        separate(out, &any);
        pv_layout_count(out, summary->warning, "warning");
    }
    if (summary->note > 0) {
        separate(out, &any);
        pv_layout_count(out, summary->note, "note");
    }
    if (summary->open_reviews > 0)
        pv_buf_format(out, " (%zu for review)", summary->open_reviews);
    if (summary->waived > 0)
        pv_buf_format(out, ", %zu waived", summary->waived);
    if (summary->unchanged > 0)
        pv_buf_format(out, ", %zu in the baseline", summary->unchanged);
}
