#include "report/check/check_json_p.h"

#include "base/hash.h"
#include "model/blocks.h"
#include "report/verdicts/baseline_json.h"
#include "report/verdicts/matrix.h"
#include "report/verdicts/statistics.h"
#include "report/verdicts/tally.h"

static const pv_report_section sections[] = {PV_JSON_SECTIONS};

static bool init(pv_report *report, pv_error *error) {
    return pv_json_verdicts_new(&((pv_json_state *)report->state)->writer, report->setup.memory, error);
}

static void clear(pv_report *report) {
    pv_json_verdicts_free(((pv_json_state *)report->state)->writer);
}

void pv_json_report_begin(pv_report *report) {
    const pv_report_context *context = report->setup.context;
    pv_json *json = &((pv_json_state *)report->state)->json;
    pv_json_object_begin(json);
    pv_json_key(json, "schema");
    pv_json_unsigned(json, 1);
    pv_json_member(json, "proviso", context->version);
    pv_json_member(json, "mode", pv_str_from(pv_mode_name(context->mode)));
    pv_json_optional_member(json, "as_of", context->as_of);
    if (context->rule_pattern.size > 0)
        pv_json_member(json, "rule", context->rule_pattern);
    pv_json_line_break(json);
    pv_json_key(json, sections[PV_JSON_VERDICTS].name);
    pv_json_array_begin(json);
}

static void write_head(pv_report *report) {
    ((pv_json_state *)report->state)->json = pv_json_on(report->setup.out);
    pv_json_report_begin(report);
}

/* ---- of a submission ---- */

/* The rows that stand in report->text after "[", as one entry; where there are none, nothing. */
static void add_rows(pv_report *report, size_t section) {
    const size_t start = sizeof "[\n" - 1;
    pv_str text = pv_buf_str(&report->text);
    if (!report->text.failed && text.size > start)
        pv_entry_add(report, section, 0, pv_str_slice(text, start, text.size));
    report->failed |= report->text.failed;
    pv_buf_reset(&report->text);
}

static void add_verdicts(pv_report *report, const pv_report_input *input) {
    pv_json json = pv_json_on(&report->text);
    pv_json_array_begin(&json);
    pv_json_verdicts_write(((pv_json_state *)report->state)->writer, &json, input);
    add_rows(report, PV_JSON_VERDICTS);
}

static void add_changes(pv_report *report, const pv_report_input *input) {
    pv_json json = pv_json_on(&report->text);
    pv_json_array_begin(&json);
    pv_comparison_json(&json, input);
    add_rows(report, PV_JSON_CHANGES);
    pv_comparison_totals_add(&((pv_json_state *)report->state)->totals, input->comparison);
}

static void add_pack(pv_report *report, const pv_pack *pack) {
    pv_json json = pv_json_on(&report->text);
    pv_json_object_begin(&json);
    pv_json_member(&json, "id", pack->manifest->id);
    pv_json_member(&json, "version", pack->manifest->version);
    pv_json_member(&json, "sha256", pv_str_from(pack->sha256));
    pv_json_object_end(&json);
    pv_entry_add_row(report, PV_JSON_PACKS);
}

static void add_faults(pv_report *report, const pv_fault *faults, size_t count) {
    for (size_t i = 0; i < count; i++) {
        pv_json json = pv_json_on(&report->text);
        pv_json_fault(&json, &faults[i]);
        pv_entry_add_row(report, PV_JSON_FAULTS);
    }
}

/* The files attached to a submission, where it has any. */
static void write_files(pv_json *json, const pv_source *source) {
    if (source->attached_count == 0)
        return;
    pv_json_key(json, "files");
    pv_json_array_begin(json);
    for (size_t i = 0; i < source->attached_count; i++) {
        char sha256[65];
        pv_hash_sha256(&source->attached[i]->bytes, 1, sha256);
        pv_json_file(json, source->attached[i]->path, sha256);
    }
    pv_json_array_end(json);
}

/* What of a document was passed over, each with its place as people call it. */
static void write_left_out(pv_json *json, const pv_submission *submission) {
    if (submission->left_out_count == 0)
        return;
    pv_json_key(json, "left_out");
    pv_json_array_begin(json);
    for (size_t i = 0; i < submission->left_out_count; i++) {
        const pv_left_out *left_out = &submission->left_out[i];
        const pv_source_place place = pv_source_describe(submission->source, left_out->at.start);
        pv_json_object_begin(json);
        pv_json_member(json, "place", pv_str_from(place.text));
        pv_json_member(json, "what", left_out->what);
        pv_json_object_end(json);
    }
    pv_json_array_end(json);
}

static void add_input(pv_report *report, const pv_report_input *input) {
    const pv_submission *submission = input->submission;
    pv_json json = pv_json_on(&report->text);
    pv_json_object_begin(&json);
    pv_json_member(&json, "path", submission->source->path);
    pv_json_member(&json, "sha256", pv_str_from(input->sha256));
    pv_json_member(&json, "form", submission->form->id);
    pv_json_member(&json, "format", submission->format);
    pv_json_member(&json, "mode", pv_str_from(pv_mode_name(input->results->mode)));
    pv_json_member(&json, "fail_on", pv_str_from(pv_level_name(input->results->fail_on)));
    write_files(&json, submission->source);
    write_left_out(&json, submission);
    pv_matrices_json(&json, input);
    pv_json_object_end(&json);
    pv_entry_add_row(report, PV_JSON_INPUTS);
}

static void add_baseline(pv_report *report, const pv_report_baseline *baseline) {
    for (size_t i = 0; i < baseline->fixed_count; i++) {
        pv_json json = pv_json_on(&report->text);
        pv_verdict_entry_json(&json, baseline->fixed[i]);
        pv_entry_add_row(report, PV_JSON_FIXED);
    }
    for (size_t i = 0; i < baseline->note_count; i++) {
        pv_json json = pv_json_on(&report->text);
        pv_json_string(&json, baseline->notes[i]);
        pv_entry_add_row(report, PV_JSON_NOTES);
    }
}

static void add_submission(pv_report *report, const pv_report_input *input) {
    if (input->pack)
        add_pack(report, input->pack);
    add_verdicts(report, input);
    add_faults(report, input->results->faults, input->results->fault_count);
    if (input->submission)
        add_input(report, input);
    if (input->baseline)
        add_baseline(report, input->baseline);
    if (input->comparison)
        add_changes(report, input);
}

/* ---- the end ---- */

static void write_notes(pv_json *json, const pv_report *report) {
    pv_json_line_break(json);
    pv_json_key(json, sections[PV_JSON_NOTES].name);
    pv_json_array_begin(json);
    for (size_t i = 0; i < pv_entry_count(report, PV_JSON_NOTES); i++)
        pv_json_raw(json, pv_entry_at(report, PV_JSON_NOTES, i));
    pv_json_line_break(json);
    pv_json_array_end(json);
}

static void write_baseline(pv_json *json, const pv_report *report) {
    pv_json_line_break(json);
    pv_json_key(json, "baseline");
    pv_json_object_begin(json);
    pv_json_member(json, "path", report->setup.context->baseline);
    write_notes(json, report);
    pv_entry_write_member(json, report, PV_JSON_FIXED);
    pv_json_object_end(json);
}

static void write_comparison(pv_json *json, const pv_report *report) {
    const pv_report_context *context = report->setup.context;
    const pv_comparison_totals *totals = &((const pv_json_state *)report->state)->totals;
    pv_str earlier;
    pv_str later;
    pv_comparison_days(context, &earlier, &later);
    pv_json_line_break(json);
    pv_json_key(json, "comparison");
    pv_json_object_begin(json);
    pv_json_member(json, "as_of", context->as_of);
    pv_json_member(json, "compare", context->compare);
    pv_json_member(json, "earlier", earlier);
    pv_json_member(json, "later", later);
    pv_entry_write_member(json, report, PV_JSON_CHANGES);
    pv_json_line_break(json);
    pv_json_key(json, "unchanged");
    pv_json_unsigned(json, totals->counts[PV_CHANGE_NONE]);
    pv_json_summary(json, "before", &totals->before, false);
    pv_json_summary(json, "after", &totals->after, false);
    pv_json_object_end(json);
}

static void write_packs(pv_json *json, const pv_report *report) {
    size_t count = pv_entry_count(report, PV_JSON_PACKS);
    pv_json_line_break(json);
    pv_json_key(json, "pack");
    if (count > 0)
        pv_json_raw(json, pv_entry_at(report, PV_JSON_PACKS, 0));
    else
        pv_json_null(json);
    pv_json_key(json, sections[PV_JSON_PACKS].name);
    pv_json_array_begin(json);
    for (size_t i = 0; i < count; i++)
        pv_json_raw(json, pv_entry_at(report, PV_JSON_PACKS, i));
    pv_json_array_end(json);
}

/* What was found and not checked, in byte order of the paths. */
static void write_skipped(pv_json *json, const pv_skipped_list *skipped) {
    pv_json_line_break(json);
    pv_json_key(json, "skipped");
    pv_json_array_begin(json);
    for (size_t i = 0; skipped && i < skipped->count; i++) {
        pv_json_line_break(json);
        pv_json_object_begin(json);
        pv_json_member(json, "path", pv_path_relative(skipped->items[i].path));
        pv_json_member(json, "reason", skipped->items[i].why);
        pv_json_object_end(json);
    }
    pv_json_line_break(json);
    pv_json_array_end(json);
}

void pv_json_report_end(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    const pv_report_context *context = report->setup.context;
    pv_json *json = &((pv_json_state *)report->state)->json;
    add_faults(report, faults, fault_count);
    pv_json_line_break(json);
    pv_json_array_end(json);
    pv_entry_write_member(json, report, PV_JSON_INPUTS);
    pv_entry_write_member(json, report, PV_JSON_FAULTS);
    write_skipped(json, context->skipped);
    pv_json_summary(json, "summary", summary, context->baseline.size > 0);
    if (context->baseline.size > 0)
        write_baseline(json, report);
    if (context->compare.size > 0)
        write_comparison(json, report);
    write_packs(json, report);
    if (context->statistics) {
        pv_json_line_break(json);
        pv_json_key(json, "statistics");
        pv_statistics_json(json, context->statistics);
    }
    pv_json_object_end(json);
}

static void write_foot(pv_report *report, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    pv_json_report_end(report, summary, faults, fault_count);
    pv_buf_append_char(report->setup.out, '\n');
}

const pv_format pv_json_format = {
    .help = "everything, for programs (docs/schema/check.schema.json)",
    .wants_hash = true,
    .reports_baseline = true,
    .sections = sections,
    .section_count = sizeof sections / sizeof *sections,
    .state_size = sizeof(pv_json_state),
    .init = init,
    .clear = clear,
    .head = write_head,
    .submission = add_submission,
    .foot = write_foot,
};
