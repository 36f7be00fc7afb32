#include <stdio.h>

#include "base/hash.h"
#include "report/check/gathered_faults_p.h"
#include "report/verdicts/finding.h"
#include "report/verdicts/place.h"
#include "report/verdicts/tally.h"
#include "report/write/markup.h"

/* A finding that does not weigh enough to fail is skipped, with what it found: a pass would hide it. So is what was not
 * checked: the fault is one error, in a suite of its own. */
typedef enum outcome { OUTCOME_PASSED, OUTCOME_REMARK, OUTCOME_FAILED, OUTCOME_ERROR, OUTCOME_SKIPPED } outcome;
#define OUTCOME_COUNT ((size_t)OUTCOME_SKIPPED + 1)

/* Times are part of what readers expect, and no part of what the same filings give: they are all 0. */
#define NO_TIME " time=\"0\""

enum { FAULTS, SUITES = FAULTS + PV_FAULT_SECTION_COUNT };
static const pv_report_section sections[] = {
    PV_FAULT_SECTIONS(FAULTS),
    [SUITES] = {.name = "testsuite", .joining = PV_JOIN_AT_ONCE},
};

static void write_head(pv_report *report) {
    pv_buf_append_text(report->setup.out,
                       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"proviso\"" NO_TIME ">\n");
}

static outcome outcome_of(const pv_verdict *verdict, pv_level fail_on) {
    switch (verdict->outcome.state) {
    case PV_STATE_PASS:
        break;
    case PV_STATE_FAIL:
    case PV_STATE_REVIEW:
        if (!pv_verdict_is_open(verdict))
            return OUTCOME_SKIPPED;
        return pv_tally_blocks(verdict, fail_on) ? OUTCOME_FAILED : OUTCOME_REMARK;
    case PV_STATE_NOT_APPLICABLE:
    case PV_STATE_NOT_CHECKED:
        return OUTCOME_SKIPPED;
    }
    return OUTCOME_PASSED;
}

static void write_property(pv_buf *out, const char *name, pv_str value) {
    if (value.size == 0)
        return;
    pv_buf_append_text(out, "      <property");
    pv_markup_attribute(out, "name", pv_str_from(name));
    pv_markup_attribute(out, "value", value);
    pv_buf_append_text(out, "/>\n");
}

static void write_properties(pv_buf *out, const pv_report_context *context, const pv_report_input *input) {
    pv_buf_append_text(out, "    <properties>\n");
    write_property(out, "mode", pv_str_from(pv_mode_name(input->results->mode)));
    write_property(out, "fail-on", pv_str_from(pv_level_name(input->results->fail_on)));
    write_property(out, "as-of", context->as_of);
    if (input->pack) {
        write_property(out, "pack", input->pack->manifest->id);
        write_property(out, "pack-version", input->pack->manifest->version);
    }
    pv_buf_append_text(out, "    </properties>\n");
}

static void write_suite_head(pv_buf *out, pv_str name, const size_t counts[OUTCOME_COUNT]) {
    size_t tests = 0;
    for (size_t i = 0; i < OUTCOME_COUNT; i++)
        tests += counts[i];
    pv_buf_append_text(out, "  <testsuite");
    pv_markup_attribute(out, "name", name);
    pv_xml_number(out, "tests", tests);
    pv_xml_number(out, "failures", counts[OUTCOME_FAILED]);
    pv_xml_number(out, "errors", counts[OUTCOME_ERROR]);
    pv_xml_number(out, "skipped", counts[OUTCOME_SKIPPED] + counts[OUTCOME_REMARK]);
    pv_buf_append_text(out, NO_TIME ">\n");
}

static void write_line(pv_buf *out, const char *label, pv_str value) {
    if (value.size == 0)
        return;
    pv_buf_append_text(out, label);
    pv_xml_text(out, value);
    pv_buf_append_char(out, '\n');
}

static void write_place(pv_buf *out, pv_str path, pv_str after) {
    if (path.size == 0)
        return;
    pv_xml_text(out, path);
    pv_xml_text(out, after);
    pv_buf_append_char(out, '\n');
}

static void write_position(pv_buf *out, pv_str path, pv_position at) {
    char after[32] = "";
    if (at.line > 0)
        snprintf(after, sizeof after, ":%u:%u", (unsigned)at.line, (unsigned)at.column);
    write_place(out, path, pv_str_from(after));
}

static void write_finding_place(pv_buf *out, const pv_report_input *input, const pv_verdict *verdict) {
    if (verdict->outcome.has_at)
        write_place(out, pv_finding_path(input, verdict),
                    pv_str_from(pv_place_called(input->source, verdict->outcome.at.span.start).text));
    else
        write_position(out, pv_finding_path(input, verdict), pv_finding_start(input, verdict));
}

/* What the reader of a failure needs: where, what the form says, what to do. */
static void write_details(pv_buf *out, const pv_report_input *input, const pv_verdict *verdict) {
    const pv_source *source = input->source;
    write_finding_place(out, input, verdict);
    write_line(out, "requirement: ", verdict->rule->title);
    write_line(out, "form: ", verdict->rule->citation);
    write_line(out, "to do: ", pv_verdict_remedy(verdict));
    for (size_t i = 0; i < verdict->outcome.working_count; i++)
        write_line(out, "because: ", verdict->outcome.working[i]);
    for (size_t i = 0; i < verdict->outcome.related_count; i++) {
        uint32_t start = verdict->outcome.related[i].at.span.start;
        write_line(out, "see: ", verdict->outcome.related[i].message);
        write_place(out, pv_path_relative(pv_source_path_at(source, start)),
                    pv_str_from(pv_place_called(source, start).text));
    }
}

/* What is skipped says what it is: "for review: …" and "warning: …" ask for something, "not checked: …" of the rule. */
static void describe_skipped(pv_buf *out, const pv_verdict *verdict, outcome found) {
    if (verdict->waiver) {
        pv_waiver_sentence(out, verdict->waiver);
    } else if (verdict->baseline == PV_BASELINE_UNCHANGED) {
        pv_buf_append_text(out, "known: it is in the baseline");
    } else {
        if (found == OUTCOME_REMARK)
            pv_buf_format(out, "%s: ", pv_finding_standing(verdict));
        else if (verdict->outcome.state == PV_STATE_NOT_CHECKED)
            pv_buf_append_text(out, "not checked: ");
        pv_buf_append(out, pv_finding_message(verdict));
    }
}

static void write_skipped(pv_buf *out, const pv_verdict *verdict, outcome found) {
    pv_buf reason = pv_buf_on(out->memory);
    describe_skipped(&reason, verdict, found);
    pv_buf_append_text(out, "      <skipped");
    pv_markup_attribute(out, "message", pv_buf_str(&reason));
    pv_buf_append_text(out, "/>\n");
    out->failed |= reason.failed;
    pv_buf_clear(&reason);
}

/* "error", "warning for review". */
static void describe_standing(pv_buf *out, const pv_verdict *verdict) {
    pv_buf_append_text(out, pv_level_name(verdict->level));
    if (verdict->outcome.state == PV_STATE_REVIEW)
        pv_buf_append_text(out, " for review");
}

static void write_remark(pv_buf *out, const pv_report_input *input, const pv_verdict *verdict) {
    write_skipped(out, verdict, OUTCOME_REMARK);
    pv_buf_append_text(out, "      <system-out>");
    describe_standing(out, verdict);
    write_line(out, ": ", pv_finding_message(verdict));
    write_details(out, input, verdict);
    pv_buf_append_text(out, "</system-out>\n");
}

static void write_failure(pv_buf *out, const pv_report_input *input, const pv_verdict *verdict) {
    pv_buf text = pv_buf_on(out->memory);
    describe_standing(&text, verdict);
    pv_buf_append_text(out, "      <failure");
    pv_markup_attribute(out, "type", pv_buf_str(&text));
    pv_buf_reset(&text);
    if (verdict->outcome.state == PV_STATE_REVIEW)
        pv_buf_format(&text, "%s: ", pv_finding_standing(verdict));
    pv_buf_append(&text, pv_finding_message(verdict));
    pv_markup_attribute(out, "message", pv_buf_str(&text));
    pv_buf_append_char(out, '>');
    write_details(out, input, verdict);
    pv_buf_append_text(out, "</failure>\n");
    out->failed |= text.failed;
    pv_buf_clear(&text);
}

/* The file and line that a reader of the report is taken to. */
static void write_file(pv_buf *out, pv_str path, uint32_t line) {
    if (path.size == 0)
        return;
    pv_markup_attribute(out, "file", path);
    if (line > 0)
        pv_xml_number(out, "line", line);
}

/* Consumers know a test by class and name, over all suites: the file is the class, and a further verdict of the same
 * rule on the same subject is numbered. */
static void write_name(pv_buf *out, const pv_report_input *input, const pv_verdict *verdict, pv_str subject,
                       size_t ordinal) {
    pv_buf name = pv_buf_on(out->memory);
    pv_buf_append(&name, verdict->rule->id);
    pv_buf_append_text(&name, verdict->subject.kind == PV_SUBJECT_RESPONSE ? ": response " : ": ");
    pv_buf_append(&name, subject);
    if (ordinal > 1)
        pv_buf_format(&name, ", %zu", ordinal);
    pv_markup_attribute(out, "name", pv_buf_str(&name));
    pv_markup_attribute(out, "classname", pv_path_relative(input->source->path));
    out->failed |= name.failed;
    pv_buf_clear(&name);
}

static void write_case(pv_buf *out, const pv_report_input *input, const pv_verdict *verdict, outcome found,
                       pv_str subject, size_t ordinal) {
    pv_buf_append_text(out, "    <testcase");
    write_name(out, input, verdict, subject, ordinal);
    write_file(out, pv_finding_path(input, verdict),
               pv_finding_has_lines(input, verdict) ? pv_finding_start(input, verdict).line : 0);
    pv_buf_append_text(out, NO_TIME);
    if (found == OUTCOME_PASSED) {
        pv_buf_append_text(out, "/>\n");
        return;
    }
    pv_buf_append_text(out, ">\n");
    if (found == OUTCOME_SKIPPED)
        write_skipped(out, verdict, found);
    else if (found == OUTCOME_REMARK)
        write_remark(out, input, verdict);
    else
        write_failure(out, input, verdict);
    pv_buf_append_text(out, "    </testcase>\n");
}

static uint64_t key_of(const pv_verdict *verdict, pv_str subject) {
    return pv_hash_continue(pv_hash_continue(PV_HASH_SEED, verdict->rule->id), subject);
}

static bool write_suite(pv_buf *out, const pv_report *report, const pv_report_input *input) {
    pv_arena *scratch = report->scratch;
    const pv_results *results = input->results;
    size_t counts[OUTCOME_COUNT] = {0};
    pv_str *subjects = PV_NEW_ARRAY(scratch, pv_str, results->verdict_count);
    uint64_t *keys = PV_NEW_ARRAY(scratch, uint64_t, results->verdict_count);
    for (size_t i = 0; subjects && keys && i < results->verdict_count; i++) {
        const pv_verdict *verdict = &results->verdicts[i];
        counts[outcome_of(verdict, input->results->fail_on)]++;
        subjects[i] = pv_subject_title(&verdict->subject, scratch);
        if (!subjects[i].data)
            return false;
        keys[i] = key_of(verdict, subjects[i]);
    }
    const size_t *ordinals = subjects && keys ? pv_finding_ordinals(keys, results->verdict_count, scratch) : NULL;
    if (!ordinals)
        return false;
    write_suite_head(out, pv_path_relative(input->source->path), counts);
    write_properties(out, report->setup.context, input);
    for (size_t i = 0; i < results->verdict_count; i++) {
        const pv_verdict *verdict = &results->verdicts[i];
        write_case(out, input, verdict, outcome_of(verdict, input->results->fail_on), subjects[i], ordinals[i]);
    }
    pv_buf_append_text(out, "  </testsuite>\n");
    return true;
}

static void add_submission(pv_report *report, const pv_report_input *input) {
    pv_faults_gather(report, FAULTS, input);
    report->failed |= !write_suite(&report->text, report, input);
    pv_entry_add_text(report, SUITES, 0);
}

static bool admit(pv_report *report, size_t section, uint64_t number, pv_str entry, pv_buf *out) {
    (void)entry;
    return section != FAULTS + 1 || pv_faults_admit(report, FAULTS, number, out);
}

/* ---- the end ---- */

static pv_str fault_class(const pv_fault *fault) {
    return fault->path.size > 0 ? pv_path_relative(fault->path) : PV_STR("proviso");
}

static uint64_t fault_key(const pv_fault *fault) {
    return pv_hash_continue(pv_hash_continue(PV_HASH_SEED, fault->rule), fault_class(fault));
}

/* "marks.titled: fault", and a number where there are several in one file. */
static void write_fault(pv_buf *out, const pv_gathered_fault *gathered, size_t ordinal) {
    const pv_fault *fault = &gathered->fault;
    pv_buf name = pv_buf_on(out->memory);
    pv_buf_append(&name, fault->rule);
    pv_buf_append_text(&name, fault->rule.size > 0 ? ": fault" : "fault");
    if (ordinal > 1)
        pv_buf_format(&name, ", %zu", ordinal);
    pv_buf_append_text(out, "    <testcase");
    pv_markup_attribute(out, "name", pv_buf_str(&name));
    pv_markup_attribute(out, "classname", fault_class(fault));
    write_file(out, pv_path_relative(fault->path), fault->at.line);
    pv_buf_append_text(out, NO_TIME ">\n      <error");
    pv_markup_attribute(out, "type", pv_str_from(pv_fault_kind_name(fault->kind)));
    pv_markup_attribute(out, "message", fault->message);
    pv_buf_append_char(out, '>');
    write_position(out, pv_path_relative(fault->path), fault->at);
    write_line(out, "", gathered->left);
    pv_buf_append_text(out, "</error>\n    </testcase>\n");
    out->failed |= name.failed;
    pv_buf_clear(&name);
}

static void write_faults(pv_report *report, const pv_gathered_fault *faults, size_t count) {
    const size_t counts[OUTCOME_COUNT] = {[OUTCOME_ERROR] = count};
    uint64_t *keys = PV_NEW_ARRAY(report->scratch, uint64_t, count);
    for (size_t i = 0; keys && i < count; i++)
        keys[i] = fault_key(&faults[i].fault);
    const size_t *ordinals = keys ? pv_finding_ordinals(keys, count, report->scratch) : NULL;
    report->failed |= !ordinals;
    write_suite_head(report->setup.out, PV_STR("faults"), counts);
    for (size_t i = 0; ordinals && i < count; i++)
        write_fault(report->setup.out, &faults[i], ordinals[i]);
    pv_buf_append_text(report->setup.out, "  </testsuite>\n");
}

/* What was found and not checked: tests that were not run. */
static void write_passed_over(pv_buf *out, const pv_skipped_list *skipped) {
    const size_t counts[OUTCOME_COUNT] = {[OUTCOME_SKIPPED] = skipped ? skipped->count : 0};
    if (counts[OUTCOME_SKIPPED] == 0)
        return;
    write_suite_head(out, PV_STR("passed over"), counts);
    for (size_t i = 0; i < skipped->count; i++) {
        pv_buf_append_text(out, "    <testcase");
        pv_markup_attribute(out, "name", pv_path_relative(skipped->items[i].path));
        pv_markup_attribute(out, "classname", PV_STR("passed over"));
        pv_buf_append_text(out, NO_TIME);
        pv_markup_attribute(out, "file", pv_path_relative(skipped->items[i].path));
        pv_buf_append_text(out, ">\n      <skipped");
        pv_markup_attribute(out, "message", skipped->items[i].why);
        pv_buf_append_text(out, "/>\n    </testcase>\n");
    }
    pv_buf_append_text(out, "  </testsuite>\n");
}

static void write_foot(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    (void)summary;
    size_t count;
    const pv_gathered_fault *gathered = pv_faults_gathered(report, FAULTS, faults, fault_count, &count);
    if (gathered && count > 0)
        write_faults(report, gathered, count);
    write_passed_over(report->setup.out, report->setup.context->skipped);
    pv_buf_append_text(report->setup.out, "</testsuites>\n");
}

const pv_format pv_junit_format = {
    .help = "JUnit XML: a test for each rule and subject",
    .sections = sections,
    .section_count = sizeof sections / sizeof *sections,
    .head = write_head,
    .submission = add_submission,
    .admit = admit,
    .foot = write_foot,
};
