#include "report/check/format.h"
#include "report/verdicts/accepted.h"
#include "report/verdicts/finding.h"
#include "report/verdicts/tally.h"
#include "report/write/tap.h"

typedef struct tap_report {
    pv_report base;
    size_t points;
} tap_report;

static bool begin(pv_report **out, const pv_report_setup *setup, pv_error *error) {
    const pv_report_context *context = setup->context;
    if (!pv_report_new(out, setup, sizeof(tap_report), error))
        return false;
    pv_buf_format(setup->out, "TAP version 13\n# proviso %.*s, %s mode", PV_STR_ARG(context->version),
                  pv_mode_name(context->mode));
    if (context->as_of.size > 0)
        pv_buf_format(setup->out, ", as of %.*s", PV_STR_ARG(context->as_of));
    pv_buf_append_char(setup->out, '\n');
    return true;
}

static void put_place(pv_buf *text, pv_str path, pv_position at) {
    if (path.size == 0)
        return;
    pv_buf_append_text(text, "  ");
    pv_tap_member(text, "file", path);
    if (at.line > 0)
        pv_buf_format(text, "  line: %u\n  column: %u\n", (unsigned)at.line, (unsigned)at.column);
}

static void put_member(pv_buf *text, const char *key, pv_str value) {
    if (value.size == 0)
        return;
    pv_buf_append_text(text, "  ");
    pv_tap_member(text, key, value);
}

static void put_diagnosis(pv_buf *text, const pv_report_input *input, const pv_verdict *verdict, pv_arena *scratch) {
    pv_buf sentence = pv_buf_on(text->memory);
    pv_finding_sentence(&sentence, verdict, scratch);
    pv_buf_append_text(text, "  ---\n");
    put_member(text, "message", pv_buf_str(&sentence));
    put_member(text, "severity", pv_str_from(pv_level_name(verdict->level)));
    put_member(text, "state", pv_str_from(pv_state_name(verdict->outcome.state)));
    put_place(text, pv_finding_path(input, verdict), pv_finding_start(input, verdict));
    put_member(text, "requirement", verdict->rule->title);
    put_member(text, "form", verdict->rule->citation);
    put_member(text, "todo", verdict->rule->remedy);
    pv_buf_append_text(text, "  ...\n");
    text->failed |= sentence.failed;
    pv_buf_clear(&sentence);
}

static void put_acceptance(pv_buf *text, const pv_verdict *verdict) {
    pv_buf sentence = pv_buf_on(text->memory);
    if (verdict->waiver)
        pv_waiver_sentence(&sentence, verdict->waiver);
    else
        pv_buf_append_text(&sentence, "known: it is in the baseline");
    pv_buf_append_text(text, " # TODO ");
    pv_tap_description(text, pv_buf_str(&sentence));
    text->failed |= sentence.failed;
    pv_buf_clear(&sentence);
}

/* What does not weigh enough to fail is a TODO: shown, and no failure. */
static void put_directive(pv_buf *text, const pv_verdict *verdict, pv_level fail_on) {
    if (verdict->waiver || verdict->baseline == PV_BASELINE_UNCHANGED) {
        put_acceptance(text, verdict);
        return;
    }
    if (verdict->outcome.state == PV_STATE_NOT_APPLICABLE) {
        pv_buf_append_text(text, " # SKIP ");
        pv_tap_description(text, verdict->outcome.message);
    } else if ((verdict->outcome.state == PV_STATE_FAIL || verdict->outcome.state == PV_STATE_REVIEW) &&
               !pv_tally_blocks(verdict, fail_on)) {
        pv_buf_format(text, " # TODO %s%s", pv_level_name(verdict->level),
                      verdict->outcome.state == PV_STATE_REVIEW ? " for review" : "");
    }
}

static void put_point(pv_buf *part, bool ok, pv_buf *text) {
    pv_frame_put_number(part, ok);
    pv_frame_put_text(part, pv_buf_str(text));
    part->failed |= text->failed;
    pv_buf_reset(text);
}

/* What stands after the number of a test point. */
static void put_verdict(const pv_report_input *input, const pv_verdict *verdict, pv_buf *part, pv_buf *text,
                        pv_arena *scratch) {
    bool finding = pv_state_is_finding(verdict->outcome.state);
    pv_str name = pv_subject_title(&verdict->subject, scratch);
    text->failed |= !name.data;
    pv_tap_description(text, pv_path_relative(input->source->path));
    pv_buf_append_text(text, ": ");
    pv_tap_description(text, verdict->rule->id);
    pv_buf_append_text(text, ": ");
    pv_tap_description(text, name);
    put_directive(text, verdict, input->results->fail_on);
    pv_buf_append_char(text, '\n');
    if (finding)
        put_diagnosis(text, input, verdict, scratch);
    put_point(part, !finding, text);
}

static void add_submission(pv_report *report, const pv_report_input *input, pv_buf *part) {
    pv_arena *scratch = pv_arena_new(report->setup.memory);
    pv_buf text = pv_buf_on(report->setup.memory);
    part->failed |= !scratch;
    for (size_t i = 0; scratch && i < input->results->verdict_count; i++)
        put_verdict(input, &input->results->verdicts[i], part, &text, scratch);
    pv_buf_clear(&text);
    pv_arena_free(scratch);
}

static void write_point(tap_report *report, bool ok, pv_str text) {
    pv_buf_format(report->base.setup.out, "%s %zu - ", ok ? "ok" : "not ok", ++report->points);
    pv_buf_append(report->base.setup.out, text);
}

static bool join(pv_report *report, pv_str parts, pv_error *error) {
    while (parts.size > 0) {
        uint64_t ok;
        pv_str text;
        if (!pv_frame_take_number(&parts, &ok, error) || !pv_frame_take_text(&parts, &text, error))
            return false;
        write_point((tap_report *)report, ok != 0, text);
    }
    return true;
}

static void write_fault(tap_report *report, const pv_fault *fault) {
    pv_buf text = pv_buf_on(report->base.setup.memory);
    pv_tap_description(&text, fault->path.size > 0 ? pv_path_relative(fault->path) : PV_STR("proviso"));
    pv_buf_append_text(&text, ": fault\n  ---\n");
    put_member(&text, "message", fault->message);
    put_member(&text, "rule", fault->rule);
    put_place(&text, pv_path_relative(fault->path), fault->at);
    pv_buf_append_text(&text, "  ...\n");
    write_point(report, false, pv_buf_str(&text));
    report->base.setup.out->failed |= text.failed;
    pv_buf_clear(&text);
}

static void end(pv_report *base, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    (void)summary;
    tap_report *report = (tap_report *)base;
    for (size_t i = 0; i < fault_count; i++)
        write_fault(report, &faults[i]);
    pv_buf_format(base->setup.out, "1..%zu\n", report->points);
}

const pv_format pv_tap_format = {
    .begin = begin,
    .submission = add_submission,
    .join = join,
    .end = end,
    .free = pv_report_free,
};
