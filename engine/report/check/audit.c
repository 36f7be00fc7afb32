#include "report/check/audit.h"

#include "base/hash.h"
#include "report/check/audit_rows.h"
#include "report/verdicts/json_summary.h"
#include "report/write/json_list.h"

/* A submission's part of the record, kept until the end. */
typedef struct judged_input {
    pv_str path; /* as reports name it */
    pv_str text;
    struct judged_input *next;
} judged_input;

typedef struct audit_report {
    pv_report base;
    pv_arena *arena;
    pv_audit_rows *rows;       /* what makes them */
    judged_input *first_input; /* in the order of the report */
    judged_input *last_input;
    pv_json_list packs; /* each once, in the order of first use */
    pv_json_list parameters;
    pv_json_list faults;
    pv_sha256 *verdicts;
    size_t verdict_count;
} audit_report;

/* ---- parts ---- */

static void free_report(pv_report *base) {
    if (!base)
        return;
    audit_report *report = (audit_report *)base;
    pv_audit_rows_free(report->rows);
    pv_json_list_clear(&report->packs);
    pv_json_list_clear(&report->parameters);
    pv_json_list_clear(&report->faults);
    pv_arena_free(report->arena);
    pv_report_free(base);
}

static bool begin(pv_report **out, const pv_report_setup *setup, pv_error *error) {
    pv_report *base;
    if (!pv_report_new(&base, setup, sizeof(audit_report), error))
        return false;
    audit_report *report = (audit_report *)base;
    report->arena = pv_arena_new(setup->memory);
    if (report->arena) {
        report->packs = pv_json_list_in(report->arena);
        report->parameters = pv_json_list_in(report->arena);
        report->faults = pv_json_list_in(report->arena);
        report->verdicts = pv_sha256_begin(report->arena);
    }
    if (!report->verdicts || !pv_audit_rows_new(&report->rows, setup->memory, setup->context->audit, error)) {
        free_report(base);
        return pv_fail_memory(error);
    }
    *out = base;
    return true;
}

static void add_submission(pv_report *base, const pv_report_input *input, pv_buf *part) {
    pv_audit_rows_write(((audit_report *)base)->rows, input, part);
}

static bool add_input(audit_report *report, pv_str path, pv_str text, pv_error *error) {
    judged_input *added = PV_NEW(report->arena, judged_input);
    if (!added)
        return pv_fail_memory(error);
    *added = (judged_input){.path = pv_arena_copy(report->arena, path), .text = pv_arena_copy(report->arena, text)};
    if (!added->path.data || !added->text.data)
        return pv_fail_memory(error);
    if (report->last_input)
        report->last_input->next = added;
    else
        report->first_input = added;
    report->last_input = added;
    return true;
}

/* Adds those of the rows (each on a line of its own) that are not in the list yet. */
static bool add_rows(pv_json_list *list, pv_str rows, pv_error *error) {
    size_t index;
    for (size_t start = 0; start < rows.size;) {
        size_t end = pv_str_find(rows, PV_STR("\n"), start);
        if (!pv_json_list_add(list, pv_str_slice(rows, start, end), &index, error))
            return false;
        start = end + 1;
    }
    return true;
}

static bool join_part(audit_report *report, const pv_audit_part *part, pv_error *error) {
    pv_sha256_add(report->verdicts, part->verdicts);
    report->verdict_count += part->verdict_count;
    return (part->input.size == 0 || add_input(report, part->path, part->input, error)) &&
           add_rows(&report->packs, part->packs, error) && add_rows(&report->parameters, part->parameters, error) &&
           add_rows(&report->faults, part->faults, error);
}

static bool join(pv_report *base, pv_str parts, pv_error *error) {
    while (parts.size > 0) {
        pv_audit_part part;
        if (!pv_audit_part_take(&parts, &part, error) || !join_part((audit_report *)base, &part, error))
            return false;
    }
    return true;
}

/* ---- the record ---- */

static void write_file(pv_json *json, const pv_audit_file *file) {
    pv_json_object_begin(json);
    pv_json_member(json, "path", file->path);
    pv_json_optional_member(json, "sha256", pv_str_from(file->sha256));
    pv_json_object_end(json);
}

static void write_file_or_none(pv_json *json, const char *key, const pv_audit_file *file) {
    pv_json_key(json, key);
    if (file->path.size == 0)
        pv_json_null(json);
    else
        write_file(json, file);
}

static void write_engine(pv_json *json, const pv_report_context *context) {
    const pv_audit_facts *facts = context->audit;
    pv_json_line_break(json);
    pv_json_key(json, "engine");
    pv_json_object_begin(json);
    pv_json_member(json, "version", context->version);
    pv_json_key(json, "built_with");
    pv_json_object_begin(json);
    for (size_t i = 0; i < facts->library_count; i++)
        pv_json_member(json, facts->libraries[i].name, pv_str_from(facts->libraries[i].version));
    pv_json_object_end(json);
    pv_json_object_end(json);
}

static void write_options(pv_json *json, const pv_report_context *context) {
    const pv_audit_facts *facts = context->audit;
    pv_json_line_break(json);
    pv_json_key(json, "options");
    pv_json_object_begin(json);
    pv_json_optional_member(json, "pack", facts->pack);
    pv_json_optional_member(json, "mode", pv_str_from(facts->has_mode ? pv_mode_name(context->mode) : ""));
    pv_json_optional_member(json, "fail_on", pv_str_from(facts->has_fail_on ? pv_level_name(context->fail_on) : ""));
    pv_json_optional_member(json, "as_of", context->as_of);
    pv_json_optional_member(json, "rule", context->rule_pattern);
    pv_json_optional_member(json, "waivers", facts->given_waivers);
    pv_json_optional_member(json, "baseline", facts->given_baseline);
    pv_json_optional_member(json, "stdin_filename", facts->standard_input);
    pv_json_member(json, "from", facts->from);
    pv_json_key(json, "of_folder");
    pv_json_bool(json, facts->of_folder);
    pv_json_object_end(json);
}

static void write_configuration(pv_json *json, audit_report *report) {
    const pv_report_context *context = report->base.setup.context;
    const pv_audit_facts *facts = context->audit;
    pv_json_line_break(json);
    pv_json_key(json, "configuration");
    pv_json_object_begin(json);
    pv_json_member(json, "mode", pv_str_from(pv_mode_name(context->mode)));
    pv_json_member(json, "fail_on", pv_str_from(pv_level_name(context->fail_on)));
    write_file_or_none(json, "file", &facts->configuration);
    write_file_or_none(json, "lock", &facts->lock);
    pv_json_key(json, "others");
    pv_json_array_begin(json);
    for (size_t i = 0; i < facts->other_count; i++)
        write_file(json, &facts->others[i]);
    pv_json_array_end(json);
    write_file_or_none(json, "waivers", &facts->waivers);
    write_file_or_none(json, "baseline", &facts->baseline);
    pv_json_list_write(json, "parameters", &report->parameters);
    pv_json_object_end(json);
}

/* A file that could not be read as a submission; a fault says why. */
static void write_unread(pv_json *json, const pv_audit_facts *facts, pv_str path, pv_arena *arena) {
    char sha256[65] = "";
    pv_str name = facts->name(facts->payload, arena, path);
    facts->hash(facts->payload, path, sha256);
    pv_json_line_break(json);
    pv_json_object_begin(json);
    pv_json_member(json, "path", name);
    pv_json_optional_member(json, "sha256", pv_str_from(sha256));
    pv_json_raw(json, PV_STR("\"form\":null,\"format\":null,\"pack\":null,\"mode\":null,\"fail_on\":null,\"files\":[],"
                             "\"verdicts\":null"));
    pv_json_object_end(json);
    json->out->failed |= !name.data;
}

static void write_inputs(pv_json *json, const audit_report *report) {
    const pv_audit_facts *facts = report->base.setup.context->audit;
    const judged_input *next = report->first_input;
    pv_json_line_break(json);
    pv_json_key(json, "inputs");
    pv_json_array_begin(json);
    for (size_t i = 0; i < facts->input_count; i++) {
        const pv_audit_input *input = &facts->inputs[i];
        if (next && pv_str_equal(next->path, input->path)) {
            pv_json_line_break(json);
            pv_json_raw(json, next->text);
            next = next->next;
        } else if (!input->skipped) {
            write_unread(json, facts, input->path, report->arena);
        }
    }
    pv_json_line_break(json);
    pv_json_array_end(json);
}

static void write_verdicts(pv_json *json, audit_report *report) {
    char sha256[65];
    pv_sha256_end(report->verdicts, sha256);
    pv_json_line_break(json);
    pv_json_key(json, "verdicts");
    pv_json_object_begin(json);
    pv_json_key(json, "count");
    pv_json_unsigned(json, report->verdict_count);
    pv_json_member(json, "sha256", pv_str_from(sha256));
    pv_json_object_end(json);
}

static bool add_faults(audit_report *report, const pv_fault *faults, size_t count) {
    pv_error error = {0};
    bool added = true;
    pv_buf rows = pv_buf_on(report->base.setup.memory);
    for (size_t i = 0; i < count; i++)
        pv_audit_rows_fault(report->rows, &faults[i], &rows);
    added = !rows.failed && add_rows(&report->faults, pv_buf_str(&rows), &error);
    pv_buf_clear(&rows);
    return added;
}

static void end(pv_report *base, const pv_summary *summary, const pv_fault *faults, size_t fault_count) {
    audit_report *report = (audit_report *)base;
    const pv_report_context *context = base->setup.context;
    pv_json json = pv_json_on(base->setup.out);
    base->setup.out->failed |= !add_faults(report, faults, fault_count);
    pv_json_object_begin(&json);
    pv_json_key(&json, "schema");
    pv_json_unsigned(&json, PV_AUDIT_SCHEMA);
    pv_json_member(&json, "kind", PV_AUDIT_KIND);
    write_engine(&json, context);
    write_options(&json, context);
    write_configuration(&json, report);
    pv_json_list_write(&json, "packs", &report->packs);
    write_inputs(&json, report);
    write_verdicts(&json, report);
    pv_json_list_write(&json, "faults", &report->faults);
    pv_json_summary(&json, "summary", summary, false);
    pv_json_line_break(&json);
    pv_json_key(&json, "exit_status");
    pv_json_unsigned(&json, (uint64_t)pv_summary_exit_code(summary));
    pv_json_object_end(&json);
    pv_buf_append_char(json.out, '\n');
}

const pv_format pv_audit_format = {
    .wants_hash = true,
    .begin = begin,
    .submission = add_submission,
    .join = join,
    .end = end,
    .free = free_report,
};
