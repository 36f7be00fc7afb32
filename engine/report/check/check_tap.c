#include "report/check/gathered_faults_p.h"
#include "report/verdicts/finding.h"
#include "report/verdicts/tally.h"
#include "report/write/markup.h"

enum { FAULTS, POINTS = FAULTS + PV_FAULT_SECTION_COUNT };
static const pv_report_section sections[] = {
    PV_FAULT_SECTIONS(FAULTS),
    [POINTS] = {.name = "test points", .joining = PV_JOIN_AT_ONCE},
};

/* What an entry says of its point. */
typedef enum outcome { OUTCOME_NOT_OK, OUTCOME_OK } outcome;

static void write_head(pv_report *report) {
    const pv_report_context *context = report->setup.context;
    pv_buf *out = report->setup.out;
    pv_buf_format(out, "TAP version 13\n# proviso %.*s, %s mode", PV_STR_ARG(context->version),
                  pv_mode_name(context->mode));
    if (context->as_of.size > 0)
        pv_buf_format(out, ", as of %.*s", PV_STR_ARG(context->as_of));
    pv_buf_append_char(out, '\n');
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
    if (pv_finding_has_lines(input, verdict)) {
        put_place(text, pv_finding_path(input, verdict), pv_finding_start(input, verdict));
    } else {
        put_place(text, pv_finding_path(input, verdict), (pv_position){0});
        put_member(text, "place", pv_str_from(pv_source_describe(input->source, verdict->outcome.at.span.start).text));
    }
    put_member(text, "requirement", verdict->rule->title);
    put_member(text, "form", verdict->rule->citation);
    put_member(text, "todo", pv_verdict_remedy(verdict));
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

/* What does not weigh enough to fail is a TODO: shown, and no failure. What was not checked is skipped here, and its
 * fault is a point of its own. */
static void put_directive(pv_buf *text, const pv_verdict *verdict, pv_level fail_on) {
    if (verdict->waiver || verdict->baseline == PV_BASELINE_UNCHANGED) {
        put_acceptance(text, verdict);
        return;
    }
    if (verdict->outcome.state == PV_STATE_NOT_APPLICABLE) {
        pv_buf_append_text(text, " # SKIP ");
        pv_tap_description(text, verdict->outcome.message);
    } else if (verdict->outcome.state == PV_STATE_NOT_CHECKED) {
        pv_buf_append_text(text, " # SKIP not checked: ");
        pv_tap_description(text, verdict->outcome.message);
    } else if (verdict->outcome.state != PV_STATE_PASS && !pv_tally_blocks(verdict, fail_on)) {
        pv_buf_format(text, " # TODO %s: ", pv_finding_standing(verdict));
        pv_tap_description(text, pv_finding_message(verdict));
    }
}

/* What stands after the number of a test point. */
static void add_verdict(pv_report *report, const pv_report_input *input, const pv_verdict *verdict) {
    pv_buf *text = &report->text;
    bool finding = pv_state_can_be_accepted(verdict->outcome.state);
    pv_str name = pv_subject_title(&verdict->subject, report->scratch);
    text->failed |= !name.data;
    pv_tap_description(text, pv_path_relative(input->source->path));
    pv_buf_append_text(text, ": ");
    pv_tap_description(text, verdict->rule->id);
    pv_buf_append_text(text, ": ");
    pv_tap_description(text, name);
    put_directive(text, verdict, input->results->fail_on);
    pv_buf_append_char(text, '\n');
    if (finding)
        put_diagnosis(text, input, verdict, report->scratch);
    pv_entry_add_text(report, POINTS, finding ? OUTCOME_NOT_OK : OUTCOME_OK);
}

static void add_submission(pv_report *report, const pv_report_input *input) {
    pv_faults_gather(report, FAULTS, input);
    for (size_t i = 0; i < input->results->verdict_count; i++)
        add_verdict(report, input, &input->results->verdicts[i]);
}

static bool admit(pv_report *report, size_t section, uint64_t number, pv_str entry, pv_buf *out) {
    (void)entry;
    if (section == POINTS)
        pv_buf_format(out, "%s %zu - ", number == OUTCOME_OK ? "ok" : "not ok", pv_entry_count(report, section) + 1);
    return section != FAULTS + 1 || pv_faults_admit(report, FAULTS, number, out);
}

static void add_fault(pv_report *report, const pv_gathered_fault *gathered) {
    const pv_fault *fault = &gathered->fault;
    pv_buf *text = &report->text;
    pv_tap_description(text, fault->path.size > 0 ? pv_path_relative(fault->path) : PV_STR("proviso"));
    if (fault->rule.size > 0) {
        pv_buf_append_text(text, ": ");
        pv_tap_description(text, fault->rule);
    }
    pv_buf_append_text(text, ": fault\n  ---\n");
    put_member(text, "message", fault->message);
    put_member(text, "rule", fault->rule);
    put_place(text, pv_path_relative(fault->path), fault->at);
    put_member(text, "note", gathered->left);
    pv_buf_append_text(text, "  ...\n");
    pv_entry_add_text(report, POINTS, OUTCOME_NOT_OK);
}

/* What was found and not checked. */
static void add_skipped(pv_report *report) {
    const pv_skipped_list *skipped = report->setup.context->skipped;
    for (size_t i = 0; skipped && i < skipped->count; i++) {
        pv_tap_description(&report->text, pv_path_relative(skipped->items[i].path));
        pv_buf_append_text(&report->text, ": passed over # SKIP ");
        pv_tap_description(&report->text, skipped->items[i].why);
        pv_buf_append_char(&report->text, '\n');
        pv_entry_add_text(report, POINTS, OUTCOME_OK);
    }
}

static void write_foot(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    (void)summary;
    size_t count;
    const pv_gathered_fault *gathered = pv_faults_gathered(report, FAULTS, faults, fault_count, &count);
    for (size_t i = 0; i < count; i++)
        add_fault(report, &gathered[i]);
    add_skipped(report);
    pv_buf_format(report->setup.out, "1..%zu\n", pv_entry_count(report, POINTS));
}

const pv_format pv_tap_format = {
    .help = "Test Anything Protocol, version 13: the same, line by line",
    .sections = sections,
    .section_count = sizeof sections / sizeof *sections,
    .head = write_head,
    .submission = add_submission,
    .admit = admit,
    .foot = write_foot,
};
